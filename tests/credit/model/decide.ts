/** What each request must lead to, by the book as it stands: the answer, and the entries of the ledger. */
import { mustExist } from '../../../src/shared/assert.ts';
import { type Book, type Entry, write } from './book.ts';
import { changeLimit, grantOverride, setStatus, setTerms } from './decide-accounts.ts';
import { acquire, adjust, capture, extend, lapsesOf, release, releasePart } from './decide-holds.ts';
import { addDebt, allocate, lowerDebt, reverse } from './decide-money.ts';
import type { At, Outcome } from './outcome.ts';
import type { Answer, Done, Request } from './requests.ts';

export type { Outcome } from './outcome.ts';

/** Decides, and changes nothing: `carryOut` does. */
export function decide(book: Book, request: Request, at: At): Outcome {
  switch (request.do) {
    case 'hold':
      return acquire(book, request, at);
    case 'adjust':
      return adjust(book, request, at);
    case 'capture':
      return capture(book, request, at);
    case 'release':
      return release(book, request, at);
    case 'releasePart':
      return releasePart(book, request, at);
    case 'extend':
      return extend(book, request, at);
    case 'pay':
      return lowerDebt(book, 'PAYMENT', request, at);
    case 'creditNote':
      return lowerDebt(book, 'CREDIT_NOTE', request, at);
    case 'writeOff':
      return lowerDebt(book, 'WRITE_OFF', request, at);
    case 'allocate':
      return allocate(book, request, at);
    case 'reverse':
      return reverse(book, request, at);
    case 'adjustBalance':
      return request.amountMinor < 0n
        ? lowerDebt(book, 'ADJUSTMENT', { ...request, amountMinor: -request.amountMinor }, at)
        : addDebt(book, request, at);
    case 'limit':
      return changeLimit(book, request, at);
    case 'terms':
      return setTerms(book, request, at);
    case 'block':
      return setStatus(book, request.retailerId, 'blocked', at);
    case 'unblock':
      return setStatus(book, request.retailerId, 'active', at);
    case 'close':
      return setStatus(book, request.retailerId, 'closed', at);
    case 'override':
      return grantOverride(book, request, at);
  }
}

/** Writes what was decided into the book, remembers the answer under its key, and gives it. */
export function carryOut(book: Book, outcome: Outcome): Answer {
  for (const written of outcome.entries) {
    write(book, mustExist(book.accounts.get(outcome.retailerId ?? ''), 'the account of an entry'), written);
  }
  if (outcome.refused !== undefined) return outcome.refused;
  outcome.alsoDo?.();
  const answer: Done = { success: true, ...outcome.tell() };
  if (outcome.remember !== undefined) {
    const { key, request } = outcome.remember;
    const known = mustExist(book.keys.get(key), `the key ${key}`);
    known.request = request;
    known.answer = answer;
  }
  return answer;
}

/** Lapses every hold that is due, as the timer does; returns the entries, each with its account. */
export function lapseDue(book: Book, now: number): [retailerId: string, Entry][] {
  return [...book.accounts.values()].flatMap((account) =>
    lapsesOf(account, now).map((lapse): [string, Entry] => {
      write(book, account, lapse);
      return [account.retailerId, lapse];
    }),
  );
}
