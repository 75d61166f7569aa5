/**
 * Whether a concurrent history is right. The ledger says in which order things happened; in that order, and once, the
 * model is asked what each call must answer and write. What wrote no entry (refusals, first answers again) must be right
 * at some moment between sending and answering. All of it in time that grows with the number of calls.
 */
import { isDeepStrictEqual } from 'node:util';
import { type Account, type Book, type Entry, entry, openAccount, openBook } from '../model/book.ts';
import { carryOut, decide, type Outcome } from '../model/decide.ts';
import { differences, type RealEntry, shown } from '../model/real.ts';
import type { Answer, Request } from '../model/requests.ts';
import { type Call, isUnknown } from './callers.ts';

export type Judgement = {
  calls: number;
  /** Answered with success; of these `replayed` were first answers again. */
  acknowledged: number;
  refused: number;
  /** Refused for the time being, without a look at the account. */
  busy: number;
  /** No answer, or one that the library could not settle. */
  unknown: number;
  replayed: number;
  entries: number;
  /** Acknowledged, but not in the ledger. */
  lost: number;
  /** Carried out more than once. */
  twice: number;
  /** What is wrong, each as a sentence. */
  faults: string[];
  /** The accounts as the model has them in the end. */
  book: Book;
};

export type Ledger = { retailerId: string; terms: Partial<Account>; entries: RealEntry[] }[];

export function judge(calls: readonly Call[], ledger: Ledger): Judgement {
  const book = openBook();
  const answered = calls.filter(({ answer }) => !isUnknown({ answer }));
  const acknowledged = answered.filter(({ answer }) => answer?.success === true);
  const faults: string[] = [];
  const byKey = groupBy(calls, ({ request }) => keyOf(request));
  const entryIds = new Set(ledger.flatMap(({ entries }) => entries.map(({ id }) => id)));
  const missing = acknowledged.filter(({ answer }) => isMissing(answer, entryIds));
  for (const { request, answer } of missing) faults.push(`acknowledged and lost: ${shown(request)} ${shown(answer)}`);
  let twice = 0;
  for (const [key, same] of byKey) {
    if (key === '') continue;
    const first = same.filter(
      ({ answer }) => answer?.success === true && !answer.replayed && answer.ledgerEntryId !== null,
    );
    if (first.length <= 1) continue;
    twice += first.length - 1;
    faults.push(`carried out ${first.length} times: ${key}`);
  }
  for (const { key } of ledger.flatMap(({ entries }) => entries.filter(({ isAnswering }) => isAnswering))) {
    const same = byKey.get(key ?? '') ?? [];
    const isRefused = same.every(({ answer }) => answer?.success === false && !isUnknown({ answer }));
    if (same.length > 0 && isRefused) faults.push(`refused and booked all the same: ${key}`);
  }
  for (const { retailerId, terms, entries } of ledger) {
    const account = openAccount(book, retailerId, terms);
    const own = replay(book, account, entries, byKey, calls);
    faults.push(...own);
  }
  faults.push(...outOfOrder(ledger, byKey));
  return {
    calls: calls.length,
    acknowledged: acknowledged.length,
    refused: answered.filter(({ answer }) => answer?.success === false && !isBusy(answer)).length,
    busy: answered.filter(({ answer }) => isBusy(answer)).length,
    unknown: calls.length - answered.length,
    replayed: acknowledged.filter(({ answer }) => answer?.success === true && answer.replayed).length,
    entries: entryIds.size,
    lost: missing.length,
    twice,
    faults,
    book,
  };
}

const isBusy = (answer: Answer | null): boolean => answer?.success === false && answer.code === 'MAX_RETRIES_EXCEEDED';
const isMissing = (answer: Answer | null, entryIds: Set<string>): boolean =>
  answer?.success === true && answer.ledgerEntryId !== null && !entryIds.has(answer.ledgerEntryId);

/** The key under which the ledger has a request; '' for those that have none. */
export function keyOf(request: Request): string {
  if ('key' in request) return request.key;
  if (request.do === 'release') return `release:${request.holdId}`;
  return request.do === 'reverse' ? `reverse:${request.paymentId}` : '';
}

/** Walks one account through its entries. */
function replay(
  book: Book,
  account: Account,
  entries: RealEntry[],
  byKey: Map<string, Call[]>,
  calls: readonly Call[],
): string[] {
  const faults: string[] = [];
  const moments = momentsOf(account.retailerId, entries, byKey, calls);
  const says = (real: RealEntry, what: string): void => {
    faults.push(`entry ${real.seq} of ${account.retailerId} (${real.kind} ${real.key ?? ''}): ${what}`);
  };
  moments.passing(0, (call) => isRightNow(book, call, entries[0]?.at ?? 0));
  for (let at = 0; at < entries.length; ) {
    const real = entries[at] as RealEntry;
    const group = read(book, entries, at, byKey);
    if (group.outcome === undefined) {
      says(real, group.problem);
      // Goes on with what the ledger says would need its details; what follows is not to be trusted.
      return faults;
    }
    const first = group.calls.find(({ answer }) => answer?.success === true && !answer.replayed);
    const answer = carryOut(book, group.outcome);
    for (const one of entries.slice(at, at + group.outcome.entries.length)) learnId(book, one);
    if (first !== undefined && !isDeepStrictEqual(first.answer, answer)) {
      says(real, `${shown(first.request)} was answered ${shown(first.answer)}, not ${shown(answer)}`);
    }
    at += group.outcome.entries.length;
    const now = entries[at - 1]?.at ?? 0;
    moments.passing(account.seq, (call) => isRightNow(book, call, now));
  }
  for (const call of moments.never()) {
    faults.push(`never right on ${account.retailerId}: ${shown(call.request)} was answered ${shown(call.answer)}`);
  }
  return faults;
}

/** Whether the call would be answered like this now, without a new entry. */
function isRightNow(book: Book, { request, answer }: Call, now: number): boolean {
  const outcome = decide(book, request, { now, id: 'none' });
  if (outcome.refused !== undefined) return isDeepStrictEqual(outcome.refused, answer);
  return outcome.entries.length === 0 && isDeepStrictEqual({ success: true, ...outcome.tell() }, answer);
}

type Group = { outcome: Outcome; calls: Call[] } | { outcome?: undefined; problem: string };

/** The entries from here on that one call wrote, as the model says that it must have written them. */
function read(book: Book, entries: RealEntry[], at: number, byKey: Map<string, Call[]>): Group {
  const real = entries[at] as RealEntry;
  const { retailerId } = real;
  if (real.key === null || real.kind === 'EXPIRE') return readAlone(book, real, byKey);
  const next = entries[at + 1];
  const answering = isBefore(real, next) ? next : real;
  const asked = byKey.get(answering.key ?? '') ?? [];
  const problems: string[] = [];
  // A key may have come with several bodies; the ledger shows which was first.
  for (const request of different(asked)) {
    const outcome = decide(book, request, { now: real.at, id: answering.id });
    const wrong = misfit(outcome, entries, at);
    if (wrong === '' && outcome.retailerId === retailerId) {
      return { outcome, calls: asked.filter((call) => isDeepStrictEqual(call.request, request)) };
    }
    problems.push(`${shown(request)}: ${wrong}`);
  }
  return { problem: problems.length === 0 ? 'nobody asked for it' : problems.join('; or ') };
}

/** An entry that no key leads to: the first limit, a status, a lapse. */
function readAlone(book: Book, real: RealEntry, byKey: Map<string, Call[]>): Group {
  const { retailerId, id } = real;
  if (real.kind === 'EXPIRE') {
    const hold = book.holds.get(real.holdId ?? '');
    const isDue = hold?.state === 'open' && hold.expiresAt <= real.at;
    if (!isDue) return { problem: 'the hold was not due' };
    return { outcome: asIs(retailerId, entry('EXPIRE', { ...real })), calls: [] };
  }
  if (real.kind === 'LIMIT_CHANGE') return { outcome: asIs(retailerId, entry('LIMIT_CHANGE', { ...real })), calls: [] };
  const request: Request = { do: real.kind === 'UNBLOCK' ? 'unblock' : 'block', wholesalerId: '', retailerId };
  const outcome = decide(book, request, { now: real.at, id });
  const calls = (byKey.get('') ?? []).filter(({ answer }) => answer?.success === true && answer.ledgerEntryId === id);
  if (outcome.entries.length !== 1) return { problem: 'the account was so already' };
  return { outcome, calls };
}

const asIs = (retailerId: string, written: Entry): Outcome => ({
  retailerId,
  entries: [written],
  tell: () => ({ replayed: false, ledgerEntryId: written.id }),
});

/** What is wrong with the entries from here on, if the call was this one; '' if nothing. */
function misfit({ entries: expected, refused }: Outcome, entries: RealEntry[], at: number): string {
  if (expected.length === 0) return refused === undefined ? 'it is done already' : `it is refused, ${refused.code}`;
  for (const [n, model] of expected.entries()) {
    const real = entries[at + n];
    const wrong = real === undefined ? ['it is missing'] : differences(real, model);
    if (wrong.length > 0) return `${model.kind} ${wrong.join(', ')}`;
  }
  return '';
}

function different(calls: readonly Call[]): Request[] {
  const requests: Request[] = [];
  for (const { request } of calls) if (!requests.some((one) => isDeepStrictEqual(one, request))) requests.push(request);
  return requests;
}

/** SQL names derived entries itself. */
function learnId(book: Book, real: RealEntry): void {
  const known = book.keys.get(real.key ?? '');
  if (known !== undefined) known.entryId = real.id;
}

type Moments = {
  /** Asks about every call that may have been answered while the account stood at this number. */
  passing(seq: number, isRight: (call: Call) => boolean): void;
  /** The calls whose answer was right at no moment. */
  never(): Call[];
};

/** The calls that wrote no entry, each with the numbers between which it must have been answered. */
function momentsOf(
  retailerId: string,
  entries: RealEntry[],
  byKey: Map<string, Call[]>,
  calls: readonly Call[],
): Moments {
  const own = new Set(entries.map(({ id }) => id));
  const holds = new Set(entries.flatMap(({ holdId }) => holdId ?? []));
  const payments = new Set(entries.flatMap(({ paymentId }) => paymentId ?? []));
  const isOurs = (request: Request): boolean => {
    if ('retailerId' in request) return request.retailerId === retailerId;
    return 'holdId' in request ? holds.has(request.holdId) : payments.has(request.paymentId);
  };
  const spans = entries.map((one, at) => ({ seq: one.seq, ...spanOf(one, entries[at + 1], byKey) }));
  // The newest entry that was acknowledged before a moment, and the oldest that was asked for after it.
  const acked = prefixBest(spans, ({ ackedUs }) => ackedUs, Math.max);
  const sent = prefixBest(spans, ({ sentUs }) => -sentUs, Math.min);
  const open: { from: number; to: number; call: Call }[] = calls
    .filter(({ request, answer }) => !isUnknown({ answer }) && !isBusy(answer) && isOurs(request))
    .filter(
      ({ answer }) => answer?.success === false || answer?.replayed === true || !own.has(answer?.ledgerEntryId ?? ''),
    )
    .map((call) => ({
      from: acked(call.sentUs) ?? 0,
      to: (sent(-call.answeredUs) ?? Number.MAX_SAFE_INTEGER) - 1,
      call,
    }))
    .sort((a, b) => b.from - a.from);
  let current: typeof open = [];
  const missed: Call[] = [];
  return {
    passing(seq, isRight) {
      while ((open.at(-1)?.from ?? Number.MAX_SAFE_INTEGER) <= seq) current.push(open.pop() as (typeof open)[number]);
      current = current.filter(({ call, to }) => {
        if (seq > to) {
          missed.push(call);
          return false;
        }
        return !isRight(call);
      });
    },
    never: () => [...missed, ...current.map(({ call }) => call), ...open.map(({ call }) => call)],
  };
}

type Span = { sentUs: number; ackedUs: number };

/** When an entry was asked for first, and first acknowledged; never, where it only follows from another one. */
function spanOf(real: RealEntry, next: RealEntry | undefined, byKey: Map<string, Call[]>): Span {
  const isOwn = real.isAnswering || (isRelease(real) && !isBefore(real, next));
  const calls = isOwn ? (byKey.get(real.key ?? '') ?? []) : [];
  const acked = calls.filter(({ answer }) => answer?.success === true && answer.ledgerEntryId === real.id);
  return {
    sentUs: calls.length === 0 ? -Infinity : Math.min(...calls.map(({ sentUs }) => sentUs)),
    ackedUs: Math.min(Infinity, ...acked.map(({ answeredUs }) => answeredUs)),
  };
}

const isRelease = ({ key, holdId }: RealEntry): boolean => key === `release:${holdId}`;

/** Whether an entry is the first part of the delivery that follows it: more held, or the rest given back. */
const isBefore = (real: RealEntry, next: RealEntry | undefined): next is RealEntry =>
  !real.isAnswering && next?.kind === 'CAPTURE' && next.holdId === real.holdId && next.at === real.at;

/** Answers, for a moment, the best number among the spans whose own moment lies before it. */
function prefixBest<T extends Span & { seq: number }>(
  spans: T[],
  momentOf: (span: T) => number,
  better: (a: number, b: number) => number,
): (moment: number) => number | undefined {
  const sorted = spans.filter((span) => Number.isFinite(momentOf(span))).sort((a, b) => momentOf(a) - momentOf(b));
  const best: number[] = [];
  for (const { seq } of sorted) best.push(best.length === 0 ? seq : better(best.at(-1) as number, seq));
  return (moment) => {
    let [low, high] = [0, sorted.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (momentOf(sorted[middle] as T) < moment) low = middle + 1;
      else high = middle;
    }
    return best[low - 1];
  };
}

/** If A was acknowledged before B was sent, A stands before B. */
function outOfOrder(ledger: Ledger, byKey: Map<string, Call[]>): string[] {
  const faults: string[] = [];
  for (const { retailerId, entries } of ledger) {
    let earliest = { ackedUs: Infinity, seq: 0 };
    for (let at = entries.length - 1; at >= 0; at -= 1) {
      const real = entries[at] as RealEntry;
      const { seq } = real;
      const { sentUs, ackedUs } = spanOf(real, entries[at + 1], byKey);
      if (earliest.ackedUs < sentUs) {
        faults.push(`entry ${earliest.seq} of ${retailerId} was acknowledged before entry ${seq} was asked for`);
      }
      if (ackedUs < earliest.ackedUs) earliest = { ackedUs, seq };
    }
  }
  return faults;
}

function groupBy<T>(list: readonly T[], keyOfOne: (one: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const one of list) {
    const group = groups.get(keyOfOne(one));
    if (group === undefined) groups.set(keyOfOne(one), [one]);
    else group.push(one);
  }
  return groups;
}
