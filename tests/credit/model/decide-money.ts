import { type Account, type Book, type Debt, entry, restOf } from './book.ts';
import { dayOf } from './calendar.ts';
import { type At, debtTold, isAmount, met, type Outcome, refuse, refuseOn, sameness, told } from './outcome.ts';
import type { Chosen, Request } from './requests.ts';

type LowerDebt = {
  retailerId: string;
  amountMinor: bigint;
  key: string;
  allocations?: Chosen;
  receivedAt?: Date;
};
type Shares = [debtId: string, amount: bigint][];

const DAY_MS = 86_400_000;
const sumOf = (shares: Shares): bigint => shares.reduce((sum, [, amount]) => sum + amount, 0n);

/** A payment, credit note, write-off or correction downwards; the first two may leave money for later debts. */
export function lowerDebt(
  book: Book,
  kind: 'PAYMENT' | 'CREDIT_NOTE' | 'WRITE_OFF' | 'ADJUSTMENT',
  asked: LowerDebt,
  { now, id }: At,
): Outcome {
  const { retailerId, amountMinor: amount, key, allocations, receivedAt } = asked;
  const mayKeep = kind === 'PAYMENT' || kind === 'CREDIT_NOTE';
  if (!isAmount(amount)) return refuse('INVALID_AMOUNT');
  const account = book.accounts.get(retailerId);
  if (account === undefined) return refuse('CREDIT_ACCOUNT_NOT_FOUND');
  const request = sameness(kind, amount, receivedAt ?? null, allocations ?? null);
  const before = met(book, account, key, request);
  if (before !== undefined) return before;
  if (!mayKeep && amount > account.owed) return refuseOn(account, 'INVALID_AMOUNT');
  if (receivedAt !== undefined && receivedAt.getTime() > now + DAY_MS) return refuseOn(account, 'INVALID_TERMS');
  if (allocations !== undefined) {
    const chosen = allocations.reduce((sum, { amountMinor }) => sum + amountMinor, 0n);
    const isFaulty = isFaultyChoice(book, account, allocations, amount) || (!mayKeep && chosen !== amount);
    if (isFaulty) return refuseOn(account, 'INVALID_ALLOCATION');
  }
  const settles = sharesOf(account, amount, allocations);
  const used = sumOf(settles);
  return {
    retailerId,
    entries: [
      entry(kind, {
        ...{ id, key, owed: -used, unapplied: amount - used, paymentId: id, settles },
        receivedAt: receivedAt?.getTime() ?? now,
      }),
    ],
    tell: () => ({
      ...{ ...told(account, id), paymentId: id, appliedMinor: used, unappliedMinor: amount - used },
      owedMinor: account.owed,
    }),
    remember: { key, request },
  };
}

/** Puts kept money against debts. */
export function allocate(book: Book, asked: Extract<Request, { do: 'allocate' }>, { id }: At): Outcome {
  const { paymentId, key, allocations } = asked;
  const payment = book.payments.get(paymentId);
  const account = book.accounts.get(payment?.retailerId ?? '');
  if (payment === undefined || account === undefined) return refuse('LEDGER_ENTRY_NOT_FOUND');
  const request = sameness('ALLOCATE', paymentId, allocations ?? null);
  const before = met(book, account, key, request);
  if (before !== undefined) return before;
  const isFaulty =
    payment.kept === 0n ||
    account.owed === 0n ||
    (allocations !== undefined &&
      (allocations.length === 0 || isFaultyChoice(book, account, allocations, payment.kept)));
  if (isFaulty) return refuseOn(account, 'INVALID_ALLOCATION');
  const settles = sharesOf(account, payment.kept, allocations);
  const used = sumOf(settles);
  return {
    retailerId: account.retailerId,
    entries: [entry('PAYMENT', { id, key, owed: -used, unapplied: -used, paymentId, settles })],
    tell: () => ({
      ...{ ...told(account, id), paymentId, appliedMinor: used, unappliedMinor: -used },
      owedMinor: account.owed,
    }),
    remember: { key, request },
  };
}

/** Takes back whatever lowered a debt: what it settled is owed again, what was kept of it is gone. */
export function reverse(book: Book, { paymentId }: Extract<Request, { do: 'reverse' }>, { id }: At): Outcome {
  const payment = book.payments.get(paymentId);
  const account = book.accounts.get(payment?.retailerId ?? '');
  if (payment === undefined || account === undefined) {
    const isEntry = [...book.keys.values()].some(({ entryId }) => entryId === paymentId);
    return refuse(isEntry ? 'NOT_REVERSIBLE' : 'LEDGER_ENTRY_NOT_FOUND');
  }
  const key = `reverse:${paymentId}`;
  const request = sameness('PAYMENT_REVERSAL', paymentId);
  const before = met(book, account, key, request);
  if (before !== undefined) return before;
  const settles = [...payment.settled]
    .filter(([, amount]) => amount !== 0n)
    .map(([debt, amount]): Shares[number] => [debt, -amount]);
  const back = -sumOf(settles);
  const { kept } = payment;
  return {
    retailerId: account.retailerId,
    entries: [
      entry('PAYMENT_REVERSAL', { id, key, owed: back, unapplied: -kept, paymentId, reverses: paymentId, settles }),
    ],
    tell: () => ({
      ...{ ...told(account, id), paymentId, appliedMinor: -back, unappliedMinor: -kept },
      owedMinor: account.owed,
    }),
    remember: { key, request },
  };
}

/** A debt that no delivery made. */
export function addDebt(book: Book, asked: Extract<Request, { do: 'adjustBalance' }>, { now, id }: At): Outcome {
  const { retailerId, amountMinor: amount, key, dueOn } = asked;
  if (!isAmount(amount)) return refuse('INVALID_AMOUNT');
  const account = book.accounts.get(retailerId);
  if (account === undefined) return refuse('CREDIT_ACCOUNT_NOT_FOUND');
  const request = sameness('ADD_DEBT', amount, dueOn ?? null);
  const before = met(book, account, key, request);
  if (before !== undefined) return before;
  const dueDay = dueOn === undefined ? dayOf(now) + account.termsDays : Date.parse(dueOn) / DAY_MS;
  return {
    retailerId,
    entries: [entry('ADJUSTMENT', { id, key, owed: amount, receivableId: id, dueDay })],
    tell: () => ({
      ...{ ...told(account, id), paymentId: null, appliedMinor: -amount, unappliedMinor: 0n },
      ...{ owedMinor: account.owed, ...debtTold(id, dueDay) },
    }),
    remember: { key, request },
  };
}

/** The debts chosen, or the oldest due first. */
function sharesOf(account: Account, amount: bigint, allocations: Chosen | undefined): Shares {
  if (allocations !== undefined) return allocations.map(({ receivableId, amountMinor }) => [receivableId, amountMinor]);
  const shares: Shares = [];
  let left = amount;
  for (const debt of [...account.openDebts].sort(oldestDueFirst)) {
    if (left === 0n) break;
    const share = left < restOf(debt) ? left : restOf(debt);
    left -= share;
    shares.push([debt.id, share]);
  }
  return shares;
}

const oldestDueFirst = (a: Debt, b: Debt): number => a.dueDay - b.dueDay || (a.id < b.id ? -1 : 1);

/** Twice the same debt, one of another shop, more than is open on it, or more than there is. */
function isFaultyChoice(book: Book, account: Account, allocations: Chosen, amount: bigint): boolean {
  const debts = allocations.map(({ receivableId }) => book.debts.get(receivableId));
  return (
    new Set(allocations.map(({ receivableId }) => receivableId)).size < allocations.length ||
    debts.some((debt) => debt?.retailerId !== account.retailerId) ||
    allocations.some(({ amountMinor }, n) => amountMinor <= 0n || amountMinor > restOf(debts[n] as Debt)) ||
    allocations.reduce((sum, { amountMinor }) => sum + amountMinor, 0n) > amount
  );
}
