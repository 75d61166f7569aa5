import { mustExist } from '../../../src/shared/assert.ts';
import { type Account, availableOf, type Book, type Entry, type Hold, type Known, leftOf } from './book.ts';
import { isoDay } from './calendar.ts';
import type { Refusal, Told } from './requests.ts';

/** When it happens (ms since 1970), and the id that the call gives to what it makes. */
export type At = { now: number; id: string };

export type Outcome = {
  /** The account that it is about, where there is one. */
  retailerId?: string;
  /** In the order of the ledger; a refusal may still have lapsed holds. */
  entries: Entry[];
  refused?: Refusal;
  /** The refusal leaves a credit_decision. */
  isRecorded?: boolean;
  /** The answer, told after the entries are written. */
  tell: () => Told;
  /** The key under which the answer will be given again, and to which request. */
  remember?: { key: string; request: string };
  /** What changes beside the ledger. */
  alsoDo?: () => void;
};

const nothingToTell = (): never => {
  throw new Error('a refusal tells nothing else');
};

type Figures = { availableMinor?: bigint; shortByMinor?: bigint };

/** A refusal without figures, or, where the account was looked at, with what is available on it. */
export function refuse(code: string, figures: Figures = {}, more: Partial<Outcome> = {}): Outcome {
  return { entries: [], refused: { success: false, code, ...figures }, tell: nothingToTell, ...more };
}

export const refuseOn = (account: Account, code: string, more: Partial<Outcome> = {}): Outcome =>
  refuse(code, { availableMinor: availableOf(account) }, { retailerId: account.retailerId, ...more });

/** The first answer again; what it says of a hold is as it is now. */
export function again(book: Book, known: Known): Outcome {
  const answer = mustExist(known.answer, 'the answer of a key');
  const hold = typeof answer.holdId === 'string' && 'state' in answer ? book.holds.get(answer.holdId) : undefined;
  const { entryId: ledgerEntryId } = known;
  return { entries: [], tell: () => ({ ...answer, ledgerEntryId, replayed: true, ...(hold && holdNow(hold)) }) };
}

export const holdNow = (hold: Hold) => ({
  holdId: hold.id,
  orderId: hold.orderId,
  state: hold.state,
  leftMinor: leftOf(hold),
  expiresAt: new Date(hold.expiresAt),
});

/** What every carried-out call tells of its account, after it. */
export const told = (account: Account, ledgerEntryId: string | null) => ({
  replayed: false,
  ledgerEntryId,
  availableMinor: availableOf(account),
});

export const debtTold = (id: string, dueDay: number) => ({ receivableId: id, dueOn: isoDay(dueDay) });

/** Tells a key's earlier use from a new one: a refusal, the first answer again, or undefined for a new key. */
export function met(book: Book, account: Account, key: string, request: string): Outcome | undefined {
  const known = book.keys.get(key);
  if (known === undefined) return undefined;
  if (known.retailerId !== account.retailerId || known.request !== request) return refuseOn(account, 'DUPLICATE_ORDER');
  return again(book, known);
}

/** The parts of a request that make it the same request. */
export const sameness = (...parts: unknown[]): string =>
  JSON.stringify(parts, (_name, value: unknown) => (typeof value === 'bigint' ? `${value}n` : value));

export const isAmount = (amount: bigint): boolean => amount > 0n && amount <= 9_007_199_254_740_991n;

/** The key of a further entry of one call, that number `from` or a later one that is free. */
export function derivedKey(book: Book, key: string, from: number): string {
  for (let n = from; ; n += 1) if (!book.keys.has(`${key}/${n}`)) return `${key}/${n}`;
}
