import type { SentMessage } from '../../src/simulator/fake-graph.ts';
import { type Crowd, markOf, marksIn, phoneOf } from './crowd.ts';

/** How each reply fared, counted at the fake Graph API; `refused` are those that the service gave up and told. */
export type Tally = {
  expected: number;
  /** Arrived once. */
  once: number;
  /** Arrived again although no status had said that the first one arrived: nobody could know. */
  again: number;
  /** Refused for good or given up, and told to staff. */
  refused: number;
  /** Meta accepted it, failed it, and reported neither: nobody could know. */
  unreported: number;
  /** Messages that arrived with more than one answer in them. */
  merged: number;
  /** Arrived at a later try because Meta had accepted it and then reported that it failed; so it has no place in order. */
  afterFailure: number;
  /** Overtook one that was uncertain for more than the minute that others wait for it at most. */
  afterMinute: number;
  /** The rest are faults of ours. */
  twice: string[];
  lost: string[];
  outOfOrder: string[];
  unasked: string[];
};

/** An answer in the outbox, and when it was queued. */
export type Known = { person: string; mark: string; queuedAt: Date };
export type Outbox = {
  /** Answers that the service gave up, and told staff. */
  givenUp: Known[];
  /** Answers that were sent again by evidence, so that their outcome had been unknown. */
  resent: Known[];
};

type Copy = { at: number; time: number; arrived: boolean; statuses: string };
type Facts = { told: Set<string>; resent: Map<string, number> };

/** How long others of the same person wait for an uncertain one; `uncertainBlocksMs` of the outbox. */
const WAIT_MS_MAX = 60_000;

/** `turns[n]` is how many messages person n wrote. */
export function tally(crowd: Crowd, turns: number[], sent: readonly SentMessage[], outbox: Outbox): Tally {
  const result: Tally = {
    expected: 0,
    once: 0,
    again: 0,
    refused: 0,
    unreported: 0,
    merged: 0,
    afterFailure: 0,
    afterMinute: 0,
    twice: [],
    lost: [],
    outOfOrder: [],
    unasked: [],
  };
  const facts: Facts = {
    told: new Set(outbox.givenUp.map(({ person, mark }) => `${person} ${mark}`)),
    resent: new Map(outbox.resent.map(({ person, mark, queuedAt }) => [`${person} ${mark}`, queuedAt.getTime()])),
  };
  const byPerson = new Map<string, Map<string, Copy[]>>();
  for (const [at, message] of sent.entries()) {
    const marks = marksIn(message.body);
    if (marks.length > 1) result.merged += 1;
    const person = message.to ?? '';
    const copies = byPerson.get(person) ?? new Map<string, Copy[]>();
    byPerson.set(person, copies);
    for (const [place, mark] of marks.entries()) {
      const copy = {
        at: at + place / 100,
        time: message.at.getTime(),
        arrived: message.failsWith === undefined,
        statuses: message.statuses,
      };
      copies.set(mark, [...(copies.get(mark) ?? []), copy]);
    }
  }
  for (let n = 0; n < crowd.persons; n += 1) {
    const copies = byPerson.get(phoneOf(n)) ?? new Map<string, Copy[]>();
    const expected = Array.from({ length: turns[n] ?? 0 }, (_, turn) => markOf(turn));
    result.expected += expected.length;
    for (const mark of copies.keys()) if (!expected.includes(mark)) result.unasked.push(`${phoneOf(n)} ${mark}`);
    countPerson(result, phoneOf(n), expected, copies, facts);
  }
  return result;
}

function countPerson(
  result: Tally,
  person: string,
  expected: string[],
  copies: Map<string, Copy[]>,
  { told, resent }: Facts,
): void {
  let newest = -1;
  let newestMark = '';
  for (const mark of expected) {
    const all = copies.get(mark) ?? [];
    const arrived = all.filter((copy) => copy.arrived);
    const [first] = arrived;
    if (first === undefined) {
      if (told.has(`${person} ${mark}`)) result.refused += 1;
      else if (all.some(({ statuses }) => statuses === 'none')) result.unreported += 1;
      else result.lost.push(`${person} ${mark}`);
      continue;
    }
    if (arrived.length === 1) result.once += 1;
    // A copy whose statuses were lost could not be known to have arrived.
    else if (arrived.slice(0, -1).every(({ statuses }) => statuses === 'none')) result.again += 1;
    else result.twice.push(`${person} ${mark} ${arrived.map(({ statuses }) => statuses).join(',')}`);
    // It came late because an earlier try was accepted and then failed; that says nothing of the others.
    if (all.some((copy) => !copy.arrived)) {
      result.afterFailure += 1;
      continue;
    }
    if (first.at < newest) {
      const queuedAt = resent.get(`${person} ${newestMark}`);
      if (queuedAt !== undefined && first.time - queuedAt >= WAIT_MS_MAX) result.afterMinute += 1;
      else result.outOfOrder.push(`${person} ${mark}`);
      continue;
    }
    newestMark = mark;
    newest = first.at;
  }
}
