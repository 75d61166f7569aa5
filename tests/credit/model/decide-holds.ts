import {
  type Account,
  availableOf,
  type Book,
  type Entry,
  entry,
  type Grant,
  grantsFor,
  type Hold,
  leftOf,
  restOf,
} from './book.ts';
import { dayOf } from './calendar.ts';
import {
  type At,
  again,
  debtTold,
  derivedKey,
  holdNow,
  isAmount,
  met,
  type Outcome,
  refuse,
  refuseOn,
  sameness,
  told,
} from './outcome.ts';
import type { Request } from './requests.ts';

type Asked<Do extends Request['do']> = Extract<Request, { do: Do }>;

/** EXPIRE entries for the due holds of an account, oldest first. */
export function lapsesOf(account: Account, now: number): Entry[] {
  return [...account.openHolds]
    .filter((hold) => hold.expiresAt <= now)
    .sort((a, b) => a.expiresAt - b.expiresAt || (a.id < b.id ? -1 : 1))
    .map((hold) =>
      entry('EXPIRE', { key: `expire:${hold.id}`, held: -leftOf(hold), holdId: hold.id, orderId: hold.orderId }),
    );
}

/** What is past its due date and the days of grace, by the wholesaler's calendar. */
function overdueOf(account: Account, now: number): bigint {
  const today = dayOf(now);
  let sum = 0n;
  for (const debt of account.openDebts) if (debt.dueDay + account.graceDays < today) sum += restOf(debt);
  return sum;
}

type Test = { code?: string; available: bigint; shortBy?: bigint; lapses: Entry[]; grant?: Grant };

/** Whether so much more may be held: not blocked, valid, nothing overdue, and it fits, at the worst with a grant. */
function test(account: Account, amount: bigint, now: number, grant: Grant | undefined): Test {
  const available = availableOf(account);
  if (account.status !== 'active') {
    return { code: account.status === 'blocked' ? 'CREDIT_BLOCKED' : 'CREDIT_INACTIVE', available, lapses: [] };
  }
  if (account.validUntil !== null && account.validUntil < now)
    return { code: 'CREDIT_INACTIVE', available, lapses: [] };
  if (overdueOf(account, now) > account.tolerance) return { code: 'CREDIT_BLOCKED', available, lapses: [] };
  if (amount <= available) return { available, lapses: [] };
  const lapses = lapsesOf(account, now);
  const roomier = lapses.reduce((room, { held }) => room - held, available);
  if (amount <= roomier) return { available: roomier, lapses };
  const most = roomier + (grant?.amount ?? 0n);
  if (amount <= most) return { available: most, lapses, ...(grant && { grant }) };
  return { code: 'INSUFFICIENT_CREDIT', available: most, shortBy: amount - most, lapses };
}

/** The grant that counts for an order: the largest of an open one and those that its hold has used. */
function grantFor(
  book: Book,
  account: Account,
  orderId: string,
  holdId: string | null,
  now: number,
): Grant | undefined {
  const open = grantsFor(book, account.retailerId, orderId).find(
    ({ usedBy, ended, expiresAt }) => usedBy === null && !ended && expiresAt > now,
  );
  const used = holdId === null ? undefined : usedFor(book, account, orderId, holdId);
  return open !== undefined && (used === undefined || open.amount > used.amount) ? open : used;
}

/** The largest grant that this hold has used. */
const usedFor = (book: Book, account: Account, orderId: string, holdId: string): Grant | undefined =>
  grantsFor(book, account.retailerId, orderId)
    .filter(({ usedBy }) => usedBy === holdId)
    .sort((a, b) => (a.amount < b.amount ? 1 : -1))[0];

export function acquire(book: Book, asked: Asked<'hold'>, { now, id }: At): Outcome {
  const { retailerId, orderId, amountMinor: amount, key, holdLifetimeMinutes } = asked;
  const isRecorded = true;
  if (!isAmount(amount)) return refuse('INVALID_AMOUNT', {}, { isRecorded });
  const account = book.accounts.get(retailerId);
  if (account === undefined) return refuse('CREDIT_ACCOUNT_NOT_FOUND', {}, { isRecorded });
  const request = sameness('HOLD', orderId, amount, holdLifetimeMinutes ?? null);
  const known = book.keys.get(key);
  if (known !== undefined) {
    const isSame = known.retailerId === retailerId && known.request === request;
    const isOpen = book.holds.get(known.entryId ?? '')?.state === 'open';
    return isSame && isOpen ? again(book, known) : refuseOn(account, 'DUPLICATE_ORDER', { isRecorded });
  }
  const seen = test(account, amount, now, grantFor(book, account, orderId, null, now));
  if (seen.code !== undefined) {
    const figures = { availableMinor: seen.available, ...(seen.shortBy && { shortByMinor: seen.shortBy }) };
    return refuse(seen.code, figures, { retailerId, entries: seen.lapses, isRecorded });
  }
  const held = entry('HOLD', {
    ...{ id, key, held: amount, holdId: id, orderId, override: seen.grant?.amount ?? 0n },
    expiresAt: now + (holdLifetimeMinutes ?? account.lifetimeMinutes) * 60_000,
    ...(seen.grant && { uses: seen.grant }),
  });
  return {
    retailerId,
    entries: [...seen.lapses, held],
    tell: () => ({ replayed: false, ledgerEntryId: id, holdId: id, availableMinor: seen.available - amount }),
    remember: { key, request },
  };
}

type OnHold = { account: Account; hold: Hold };

/** What all calls about a hold begin with: the hold must exist, the key be new and the hold open. */
function enter(book: Book, holdId: string, key: string, request: string): Outcome | OnHold {
  const hold = book.holds.get(holdId);
  const account = book.accounts.get(hold?.retailerId ?? '');
  if (hold === undefined || account === undefined) return refuse('LEDGER_ENTRY_NOT_FOUND');
  const before = met(book, account, key, request);
  if (before !== undefined) return before;
  return hold.state === 'open' ? { account, hold } : refuseOn(account, 'HOLD_NOT_OPEN');
}

export function adjust(book: Book, { holdId, amountMinor: amount, key }: Asked<'adjust'>, { now, id }: At): Outcome {
  if (!isAmount(amount)) return refuse('INVALID_AMOUNT');
  const request = sameness('HOLD_ADJUST', holdId, amount);
  const on = enter(book, holdId, key, request);
  if (!('hold' in on)) return on;
  const { account, hold } = on;
  const { retailerId } = account;
  if (amount <= hold.captured + hold.released) return refuseOn(account, 'INVALID_AMOUNT');
  const delta = amount - hold.amount;
  let seen: Test = { available: 0n, lapses: [] };
  if (delta > 0n) {
    if (hold.expiresAt <= now) return refuseOn(account, 'HOLD_NOT_OPEN');
    seen = test(account, delta, now, grantFor(book, account, hold.orderId, holdId, now));
    if (seen.code !== undefined) {
      const figures = { availableMinor: seen.available, ...(seen.shortBy && { shortByMinor: seen.shortBy }) };
      return refuse(seen.code, figures, { retailerId, entries: seen.lapses, isRecorded: true });
    }
  }
  const override = seen.grant?.amount ?? 0n;
  const adjusted = entry('HOLD_ADJUST', {
    ...{ id, key, held: delta, holdId, orderId: hold.orderId, expiresAt: hold.expiresAt, override },
    ...(seen.grant && { uses: seen.grant }),
  });
  return {
    retailerId,
    entries: [...seen.lapses, adjusted],
    tell: () => ({
      ...told(account, id),
      ...{ availableMinor: availableOf(account) + override, amountMinor: delta },
      ...holdNow(hold),
    }),
    remember: { key, request },
  };
}

export function capture(book: Book, asked: Asked<'capture'>, { now, id }: At): Outcome {
  const { holdId, amountMinor: amount, key, releaseRest = false } = asked;
  if (!isAmount(amount)) return refuse('INVALID_AMOUNT');
  const request = sameness('CAPTURE', holdId, amount, releaseRest);
  const on = enter(book, holdId, key, request);
  if (!('hold' in on)) return on;
  const { account, hold } = on;
  const { retailerId } = account;
  const about = { holdId, orderId: hold.orderId };
  const left = leftOf(hold);
  const excess = amount - left;
  const entries: Entry[] = [];
  if (excess > 0n) {
    if (excess * 10_000n > hold.amount * BigInt(account.overCaptureBp))
      return refuseOn(account, 'CAPTURE_EXCEEDS_HOLD');
    // Other holds whose time is over make room; never this one, whose goods are out.
    if (excess > availableOf(account) && hold.expiresAt > now) entries.push(...lapsesOf(account, now));
    const override = usedFor(book, account, hold.orderId, holdId)?.amount ?? 0n;
    const room = entries.reduce((sum, { held }) => sum - held, availableOf(account) + override);
    if (excess > room) {
      return refuse(
        'CAPTURE_EXCEEDS_HOLD',
        { availableMinor: room, shortByMinor: excess - room },
        { retailerId, entries },
      );
    }
    const { expiresAt } = hold;
    entries.push(entry('HOLD_ADJUST', { key: derivedKey(book, key, 1), held: excess, ...about, expiresAt, override }));
  } else if (releaseRest && excess < 0n) {
    entries.push(entry('RELEASE', { key: `release:${holdId}`, held: excess, ...about }));
  }
  const dueDay = dayOf(now) + account.termsDays;
  entries.push(entry('CAPTURE', { id, key, held: -amount, owed: amount, ...about, receivableId: id, dueDay }));
  entries.push(
    ...applyKept(book, account, { amount, receivableId: id, key, taken: excess > 0n ? 1 : 0, orderId: hold.orderId }),
  );
  return {
    retailerId,
    entries,
    tell: () => ({
      ...{ ...told(account, id), amountMinor: amount, ...holdNow(hold), ...debtTold(id, dueDay) },
      owedMinor: account.owed,
    }),
    remember: { key, request },
  };
}

type NewDebt = { amount: bigint; receivableId: string; key: string; taken: number; orderId: string };

/** Kept money goes to a new debt at once, the oldest money first. */
function applyKept(book: Book, account: Account, { amount, receivableId, key, taken, orderId }: NewDebt): Entry[] {
  const kept = [...account.keptPayments].sort((a, b) => a.receivedAt - b.receivedAt || (a.id < b.id ? -1 : 1));
  const entries: Entry[] = [];
  let left = amount;
  let n = taken;
  for (const payment of kept.slice(0, 32)) {
    if (left === 0n) break;
    const share = left < payment.kept ? left : payment.kept;
    left -= share;
    const derived = derivedKey(book, key, n + 1);
    n = Number(derived.slice(key.length + 1));
    entries.push(
      entry('PAYMENT', {
        ...{ key: derived, owed: -share, unapplied: -share, paymentId: payment.id, receivableId, orderId },
        settles: [[receivableId, share]],
      }),
    );
  }
  return entries;
}

/** Gives back all that is left. Asked again, it answers as the first time, also where a delivery gave the rest back. */
export function release(book: Book, { holdId }: Asked<'release'>, { id }: At): Outcome {
  const hold = book.holds.get(holdId);
  const account = book.accounts.get(hold?.retailerId ?? '');
  if (hold === undefined || account === undefined) return refuse('LEDGER_ENTRY_NOT_FOUND');
  const key = `release:${holdId}`;
  const known = book.keys.get(key);
  if (hold.state !== 'open') return known === undefined ? refuse('HOLD_NOT_OPEN') : again(book, known);
  const given = leftOf(hold);
  return {
    retailerId: account.retailerId,
    entries: [entry('RELEASE', { id, key, held: -given, holdId, orderId: hold.orderId })],
    tell: () => ({ ...told(account, id), holdId, releasedMinor: given }),
  };
}

export function releasePart(book: Book, asked: Asked<'releasePart'>, { id }: At): Outcome {
  const { holdId, amountMinor: amount, key } = asked;
  if (!isAmount(amount)) return refuse('INVALID_AMOUNT');
  const request = sameness('RELEASE', holdId, amount);
  const on = enter(book, holdId, key, request);
  if (!('hold' in on)) return on;
  const { account, hold } = on;
  if (amount > leftOf(hold)) return refuseOn(account, 'INVALID_AMOUNT');
  return {
    retailerId: account.retailerId,
    entries: [entry('RELEASE', { id, key, held: -amount, holdId, orderId: hold.orderId })],
    tell: () => ({ ...told(account, id), amountMinor: amount, ...holdNow(hold) }),
    remember: { key, request },
  };
}

const TEN_YEARS = 10;

export function extend(book: Book, { holdId, expiresAt, key }: Asked<'extend'>, { now, id }: At): Outcome {
  const request = sameness('EXTEND', holdId, expiresAt);
  const on = enter(book, holdId, key, request);
  if (!('hold' in on)) return on;
  const { account, hold } = on;
  const latest = new Date(now);
  latest.setUTCFullYear(latest.getUTCFullYear() + TEN_YEARS);
  if (expiresAt.getTime() <= now || expiresAt > latest) return refuseOn(account, 'INVALID_TERMS');
  const facts = { id, key, holdId, orderId: hold.orderId, expiresAt: expiresAt.getTime() };
  return {
    retailerId: account.retailerId,
    entries: [entry('HOLD_ADJUST', facts)],
    tell: () => ({ ...told(account, id), amountMinor: 0n, ...holdNow(hold) }),
    remember: { key, request },
  };
}
