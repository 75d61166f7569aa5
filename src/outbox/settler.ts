import { type Database, isTransient } from '../db/index.ts';
import type { Logger } from '../shared/logger.ts';
import type { PauseOrder } from './judge-outcome.ts';
import { hintFor } from './line-hints.ts';
import { type Outcome, type Recorded, recordOutcomes } from './outcome-store.ts';
import { liftLimit, type PausedLine, pause as pauseInDatabase, resumeLine } from './pause-store.ts';

export type Settler = {
  /** Records one outcome; resolves when it is in the database, with undefined when it could not be recorded. */
  settle(outcome: Outcome, probing: boolean): Promise<Recorded | undefined>;
  /** Gives up what waits for the database; its leases run out, and evidence settles it. */
  abandon(): void;
};

type Waiting = { outcome: Outcome; probing: boolean; done: (recorded: Recorded | undefined) => void };

const SET_MAX = 200;
const RETRY_MIN_MS = 50;
const RETRY_MAX_MS = 2_000;

/**
 * Writes outcomes in sets, one write at a time per wholesaler: what arrives while a write runs leaves with the next. So
 * a quiet line waits for nothing, and a busy one needs few statements.
 */
export function createSettler(options: { db: Database; logger: Logger }): Settler {
  const { db, logger } = options;
  const queues = new Map<string, Waiting[]>();
  const rests = new Set<() => void>();
  let abandoned = false;

  function settle(outcome: Outcome, probing: boolean): Promise<Recorded | undefined> {
    const { wholesalerId } = outcome.claimed;
    return new Promise((done) => {
      const queue = queues.get(wholesalerId);
      if (queue !== undefined) {
        queue.push({ outcome, probing, done });
        return;
      }
      queues.set(wholesalerId, [{ outcome, probing, done }]);
      // After this turn of the event loop, because answers that came in together should leave together.
      setImmediate(() => void drain(wholesalerId));
    });
  }

  async function drain(wholesalerId: string): Promise<void> {
    const queue = queues.get(wholesalerId) ?? [];
    while (queue.length > 0) await write(wholesalerId, queue.splice(0, SET_MAX));
    queues.delete(wholesalerId);
  }

  // Never throws: each outcome is recorded, or reported and given up.
  async function write(wholesalerId: string, set: Waiting[]): Promise<void> {
    try {
      await untilDatabaseAnswers(() => changeLines(set));
      const recorded = await untilDatabaseAnswers(() =>
        recordOutcomes(
          db,
          wholesalerId,
          set.map((waiting) => waiting.outcome),
        ),
      );
      const byId = new Map(recorded.map((one) => [one.id, one]));
      for (const { outcome, done } of set) done(byId.get(outcome.claimed.message.outboxId));
    } catch (error) {
      if (set.length > 1 && !abandoned) {
        // One of them cannot be stored; the others must not share its fate.
        for (const waiting of set) await write(wholesalerId, [waiting]);
        return;
      }
      const ids = set.map((waiting) => waiting.outcome.claimed.message.outboxId);
      const hint = 'The messages become uncertain when their lease is over, and statuses settle them.';
      logger.error({ wholesalerId, outboxIds: ids, err: error, hint }, 'outcome of sends could not be recorded');
      for (const { done } of set) done(undefined);
    }
  }

  // Before the messages are put back: otherwise another process would take them to a line that just asked for a rest.
  async function changeLines(set: Waiting[]): Promise<void> {
    for (const { outcome, probing } of set) {
      const { claimed, verdict } = outcome;
      if (!probing || !verdict.lineWorks || !(await resumeLine(db, claimed))) continue;
      logger.info(idsOf(claimed), 'stopped line works again');
    }
    for (const { outcome } of firstTemplates(set)) {
      if (await liftLimit(db, outcome.claimed)) logger.info(idsOf(outcome.claimed), 'limited line works again');
    }
    for (const { line, order } of worstPauses(set)) await pause(line, order);
  }

  async function pause(line: PausedLine, order: PauseOrder): Promise<void> {
    const rest = await pauseInDatabase(db, line, order);
    if (rest === null) return;
    const { metaCode, detail } = order;
    const fields = { ...idsOf(line), metaCode, detail, restMs: Math.round(rest.ms), timesInARow: rest.tries };
    if (order.reason === 'line_rate') logger.warn(fields, 'line paused for its rate limit');
    else if (order.reason === 'app_rate') logger.warn(fields, "every line of the app paused for Meta's call limit");
    else if (order.reason === 'line_limited')
      logger.error({ ...fields, hint: hintFor(metaCode) }, 'line may only answer');
    else logger.error({ ...fields, hint: hintFor(metaCode) }, 'line stopped by Meta; its replies wait');
  }

  async function untilDatabaseAnswers<T>(work: () => Promise<T>): Promise<T> {
    for (let failures = 0; ; failures += 1) {
      try {
        return await work();
      } catch (error) {
        if (abandoned || !isTransient(error)) throw error;
        logger.warn({ err: error }, 'database busy; outcomes of sends wait');
        await rest(Math.min(RETRY_MAX_MS, RETRY_MIN_MS * 2 ** failures));
      }
    }
  }

  function rest(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const end = (): void => {
        clearTimeout(timer);
        rests.delete(end);
        resolve();
      };
      const timer = setTimeout(end, ms);
      rests.add(end);
    });
  }

  return {
    settle,
    abandon() {
      abandoned = true;
      for (const end of [...rests]) end();
    },
  };
}

/** One pause per line and reason of a kind: a stop before a rate limit, and the longest rest that was asked for. */
function worstPauses(set: Waiting[]): { line: PausedLine; order: PauseOrder }[] {
  const worst = new Map<string, { line: PausedLine; order: PauseOrder }>();
  for (const { outcome } of set) {
    const { claimed, verdict } = outcome;
    const order = verdict.pause;
    if (order === undefined) continue;
    // A rest of the app and a limit are kept beside the rest of a line; a stop takes the place of a rate limit.
    const what = { app_rate: claimed.tokenRef, line_limited: `limit of ${claimed.lineId}` };
    const key = order.reason in what ? what[order.reason as keyof typeof what] : claimed.lineId;
    const known = worst.get(key)?.order;
    if (known === undefined || weight(order) > weight(known)) worst.set(key, { line: claimed, order });
  }
  return [...worst.values()];
}

/** Of each line one template that Meta took, which shows that the line may begin something again. */
function firstTemplates(set: Waiting[]): Waiting[] {
  const byLine = new Map<string, Waiting>();
  for (const waiting of set) {
    const { claimed, verdict } = waiting.outcome;
    if (verdict.state === 'accepted' && claimed.message.reply.kind === 'template') byLine.set(claimed.lineId, waiting);
  }
  return [...byLine.values()];
}

const idsOf = ({ wholesalerId, lineId }: Pick<PausedLine, 'wholesalerId' | 'lineId'>) => ({ wholesalerId, lineId });

const weight = (order: PauseOrder): number =>
  (order.reason === 'line_stopped' ? 1e12 : 0) + Math.max(order.baseMs, order.retryAfterMs);
