import { type Database, isTransient } from '../db/index.ts';
import type { Logger } from '../shared/logger.ts';
import type { PauseOrder } from './judge-outcome.ts';
import { type Outcome, pauseLine, type Recorded, recordOutcomes, resumeLine } from './outcome-store.ts';

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
      logger.info({ wholesalerId: claimed.wholesalerId, lineId: claimed.lineId }, 'stopped line works again');
    }
    for (const [lineId, { wholesalerId, order }] of worstPauses(set)) await pause({ wholesalerId, lineId }, order);
  }

  async function pause(line: { wholesalerId: string; lineId: string }, order: PauseOrder): Promise<void> {
    const rest = await pauseLine(db, line, order);
    if (rest === null) return;
    const { metaCode, detail } = order;
    const fields = { ...line, metaCode, detail, restMs: Math.round(rest.ms), timesInARow: rest.tries };
    if (order.reason === 'line_rate') logger.warn(fields, 'line paused for its rate limit');
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

/** One pause per line: a stop before a rate limit, and the longest rest that was asked for. */
function worstPauses(set: Waiting[]): Map<string, { wholesalerId: string; order: PauseOrder }> {
  const worst = new Map<string, { wholesalerId: string; order: PauseOrder }>();
  for (const { outcome } of set) {
    const { wholesalerId, lineId } = outcome.claimed;
    const order = outcome.verdict.pause;
    if (order === undefined) continue;
    const known = worst.get(lineId)?.order;
    if (known === undefined || weight(order) > weight(known)) worst.set(lineId, { wholesalerId, order });
  }
  return worst;
}

const weight = (order: PauseOrder): number =>
  (order.reason === 'line_stopped' ? 1e12 : 0) + Math.max(order.baseMs, order.retryAfterMs);

/** What a person should do about a stopped line. */
function hintFor(metaCode: number | undefined): string {
  switch (metaCode) {
    case 0:
    case 190:
      return 'The access token is bad or expired: put a new one into the setting that the line names, and restart.';
    case 368:
    case 130497:
    case 131031:
    case 131037:
      return 'The account or number is restricted: see WhatsApp Manager > Account quality.';
    case 131042:
    case 131044:
      return 'Meta wants a payment method: see WhatsApp Manager > Payment settings.';
    case 131045:
    case 133010:
      return 'The number is not registered with the Cloud API: register it, then wait for the next try.';
    case 131048:
    case 131064:
      return 'Meta limits this number for its quality: see WhatsApp Manager > Phone numbers before sending more.';
    default:
      return 'Check token, permissions and registration of the number: npm run doctor';
  }
}
