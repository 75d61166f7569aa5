import { type Account, availableOf, type Book, ENDLESS, entry } from './book.ts';
import { type At, isAmount, met, type Outcome, refuse, refuseOn, sameness, told } from './outcome.ts';
import type { Request } from './requests.ts';

type Asked<Do extends Request['do']> = Extract<Request, { do: Do }>;

/** What an answer about an account shows of it. */
const accountTold = (account: Account, ledgerEntryId: string | null, replayed = false) => ({
  ...told(account, ledgerEntryId),
  ...{ replayed, limitMinor: account.limit, owedMinor: account.owed, heldMinor: account.held },
});

export function changeLimit(book: Book, asked: Asked<'limit'>, { now, id }: At): Outcome {
  const { retailerId, limitMinor, validUntil, key } = asked;
  if (limitMinor !== undefined && limitMinor !== 0n && !isAmount(limitMinor)) return refuse('INVALID_AMOUNT');
  const account = book.accounts.get(retailerId);
  if (account === undefined) return refuse('CREDIT_ACCOUNT_NOT_FOUND');
  const request = sameness('LIMIT_CHANGE', limitMinor ?? null, validUntil === undefined ? 'as it is' : validUntil);
  const before = met(book, account, key, request);
  if (before !== undefined) return before;
  const until = validUntil === undefined ? undefined : (validUntil?.getTime() ?? ENDLESS);
  if (until !== undefined && until <= now) return refuseOn(account, 'INVALID_TERMS');
  const isOther = until !== undefined && until !== (account.validUntil ?? ENDLESS);
  const delta = (limitMinor ?? account.limit) - account.limit;
  // Nothing to do: nothing is written, and the key stays free.
  if (delta === 0n && !isOther) return { retailerId, entries: [], tell: () => accountTold(account, null, true) };
  return {
    retailerId,
    entries: [entry('LIMIT_CHANGE', { id, key, limit: delta, expiresAt: isOther ? until : null })],
    tell: () => accountTold(account, id),
    remember: { key, request },
  };
}

/** Terms move no figure and are no ledger entry. */
export function setTerms(book: Book, asked: Asked<'terms'>, { id }: At): Outcome {
  const account = book.accounts.get(asked.retailerId);
  if (account === undefined) return refuse('CREDIT_ACCOUNT_NOT_FOUND');
  const terms = {
    termsDays: asked.termsDays ?? account.termsDays,
    graceDays: asked.graceDays ?? account.graceDays,
    tolerance: asked.overdueToleranceMinor ?? account.tolerance,
    overCaptureBp: asked.overCaptureBasisPoints ?? account.overCaptureBp,
  };
  const isSame = Object.entries(terms).every(([name, value]) => account[name as keyof typeof terms] === value);
  return {
    retailerId: account.retailerId,
    entries: [],
    alsoDo: () => Object.assign(account, terms),
    tell: () => accountTold(account, isSame ? null : id, isSame),
  };
}

export function setStatus(book: Book, retailerId: string, status: Account['status'], { id }: At): Outcome {
  const account = book.accounts.get(retailerId);
  if (account === undefined) return refuse('CREDIT_ACCOUNT_NOT_FOUND');
  const isSame = account.status === status;
  const { statusEntryId } = account;
  return {
    retailerId,
    entries: isSame ? [] : [entry(status === 'active' ? 'UNBLOCK' : 'BLOCK', { id, status })],
    tell: () => ({
      ...{ ledgerEntryId: isSame ? statusEntryId : id, replayed: isSame },
      availableMinor: availableOf(account),
    }),
  };
}

export function grantOverride(book: Book, asked: Asked<'override'>, { now, id }: At): Outcome {
  const { retailerId, orderId, amountMinor: amount, expiresAt, key } = asked;
  if (!isAmount(amount)) return refuse('INVALID_AMOUNT');
  const account = book.accounts.get(retailerId);
  if (account === undefined) return refuse('CREDIT_ACCOUNT_NOT_FOUND');
  const request = sameness('OVERRIDE', orderId, amount, expiresAt);
  const before = met(book, account, key, request);
  if (before !== undefined) return before;
  const latest = new Date(now);
  latest.setUTCFullYear(latest.getUTCFullYear() + 1);
  if (expiresAt.getTime() <= now || expiresAt > latest) return refuseOn(account, 'INVALID_TERMS');
  return {
    retailerId,
    entries: [entry('OVERRIDE', { id, key, override: amount, orderId, expiresAt: expiresAt.getTime() })],
    tell: () => accountTold(account, id),
    remember: { key, request },
  };
}
