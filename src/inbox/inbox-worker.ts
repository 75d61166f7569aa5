import { type Database, inTransaction } from '../db/index.ts';
import type { Logger } from '../shared/logger.ts';
import { type Cursor, claimConversations, FIRST, wholesalersWaiting } from './claim.ts';
import type { ConversationHandler, StatusHandler } from './handler.ts';
import { createHeartbeat } from './heartbeat.ts';
import { createLanes, type Lanes } from './lanes.ts';
import { forgiveTry, nextSuspects, restAfterBusy, restAfterFailure, suspect } from './suspects.ts';
import type { IncomingStatus } from './types.ts';
import { isRetryable, ranOutOfTime, SetFailedError, workSet, workThese } from './work-set.ts';
import { workStatuses, workStatusesAlone } from './work-statuses.ts';

export type InboxWorkerOptions = {
  db: Database;
  logger: Logger;
  handler: ConversationHandler;
  readStatus: (payload: unknown) => IncomingStatus;
  applyStatuses: StatusHandler;
  codeVersion: string;
  /** Called after COMMIT of work that may have queued replies. */
  onWorked: (wholesalerId: string) => void;
  /** Conversations in one set. */
  setMax?: number;
  /** Sets under way at once in this process. */
  setsAtOnce?: number;
  /** Conversations worked on in transactions of their own at once: waiting for an account, or suspect. */
  aloneAtOnce?: number;
  pollMs?: number;
};

export type InboxWorker = {
  start(): void;
  /** Says that a wholesaler may have something waiting. */
  wake(wholesalerId: string): void;
  /** Finishes what is under way and takes nothing new. */
  stop(): Promise<void>;
};

const BACK_OFF_MAX_MS = 2_000;
const BEAT_MS = 1_000;

const nameOf = ({ lineId, personKey }: Cursor): string => `${lineId}/${personKey}`;

/**
 * Feeds waiting events to the conversation handler: in order per conversation, many conversations at once in sets, one
 * wholesaler at a time per set. Runs beside other workers, in this process and in others; row locks keep them apart.
 */
export function createInboxWorker(options: InboxWorkerOptions): InboxWorker {
  const { db, logger, handler, codeVersion } = options;
  const { setMax = 128, setsAtOnce = 2, aloneAtOnce = 4, pollMs = 250 } = options;
  const heartbeat = createHeartbeat(db);
  const cursors = new Map<string, Cursor>();
  // How many conversations a set of a wholesaler takes, where that is fewer than the most.
  const sizes = new Map<string, number>();
  // Conversations that wait for their account in this process; sets leave them alone meanwhile.
  const alone = new Map<string, Map<string, Cursor>>();
  let aloneCount = 0;
  let idleAlone: (() => void) | null = null;

  const sets = createLanes({ name: 'sets', lanes: setsAtOnce, logger, backOffMaxMs: BACK_OFF_MAX_MS, run: runSet });
  const statuses = createLanes({ name: 'statuses', lanes: 1, logger, backOffMaxMs: BACK_OFF_MAX_MS, run: runStatuses });
  // One try at a time: with two, innocent ones would die and be counted beside the one that kills.
  const suspects = createLanes({ name: 'suspects', lanes: 1, logger, backOffMaxMs: BACK_OFF_MAX_MS, run: runSuspects });

  async function runSet(wholesalerId: string, again: () => void): Promise<boolean> {
    const except = [...(alone.get(wholesalerId)?.values() ?? [])];
    const after = cursors.get(wholesalerId) ?? FIRST;
    const max = sizes.get(wholesalerId) ?? setMax;
    let claimed = false;
    try {
      const claim = { wholesalerId, after, max, which: 'fresh', except } as const;
      const set = await workSet(db, handler, codeVersion, claim, () => {
        claimed = true;
        again();
      });
      if (max * 2 >= setMax) sizes.delete(wholesalerId);
      else sizes.set(wholesalerId, max * 2);
      cursors.set(wholesalerId, set.claimed < max || set.last === null ? FIRST : set.last);
      for (const key of set.busy) startAlone(wholesalerId, key);
      if (set.done > 0) options.onWorked(wholesalerId);
      // Nothing behind the cursor may still mean something before it.
      return set.done > 0 || set.moved > 0 || (set.claimed === 0 && after !== FIRST);
    } catch (error) {
      if (!(error instanceof SetFailedError)) {
        // A set that ran out of its time would do so again: with half as many, one day it fits.
        if (claimed) sizes.set(wholesalerId, Math.max(1, Math.floor(max / 2)));
        if (claimed && max === 1 && ranOutOfTime(error)) await suspectNext(wholesalerId, after, error);
        throw error;
      }
      logger.error(
        { wholesalerId, events: error.items.length, err: error.cause },
        'set failed, trying its events a few at a time',
      );
      await suspect(db, wholesalerId, error.items, error.cause);
      suspects.wake(wholesalerId);
      return true;
    }
  }

  async function runStatuses(wholesalerId: string): Promise<boolean> {
    try {
      const applied = await workStatuses(db, wholesalerId, options.readStatus, options.applyStatuses);
      if (applied > 0) options.onWorked(wholesalerId);
      return applied > 0;
    } catch (error) {
      if (isRetryable(error)) throw error;
      logger.error({ wholesalerId, err: error }, 'set of statuses failed, applying them one by one');
      await workStatusesAlone(db, wholesalerId, options.readStatus, options.applyStatuses);
      return true;
    }
  }

  async function runSuspects(wholesalerId: string): Promise<boolean> {
    const found = await nextSuspects(db, handler, wholesalerId, [...(alone.get(wholesalerId)?.values() ?? [])]);
    if (found === null) return false;
    const { keys } = found;
    if (found.parked) {
      logger.error({ wholesalerId, lineId: keys[0]?.lineId }, 'event parked; staff should look at it');
      options.onWorked(wholesalerId);
      return true;
    }
    try {
      const worked = await workThese(db, handler, codeVersion, wholesalerId, keys, true);
      await putBack(wholesalerId, keys, worked);
      options.onWorked(wholesalerId);
    } catch (error) {
      if (isRetryable(error) && !ranOutOfTime(error)) {
        for (const key of keys) await forgiveTry(db, wholesalerId, key);
        throw error;
      }
      logger.error({ wholesalerId, lineIds: [...new Set(keys.map(({ lineId }) => lineId))], err: error }, 'try failed');
      for (const key of keys) await restAfterFailure(db, wholesalerId, key, error);
    }
    sets.wake(wholesalerId);
    return true;
  }

  /** After a try: what found its account busy among others is tried alone and waits for it; what was not done rests. */
  async function putBack(wholesalerId: string, keys: Cursor[], worked: { key: Cursor; kind: string }[]): Promise<void> {
    const kinds = new Map(worked.map(({ key, kind }) => [nameOf(key), kind]));
    for (const key of keys) {
      const kind = kinds.get(nameOf(key));
      if (kind === 'busy' && keys.length > 1) await restAfterBusy(db, wholesalerId, key);
      else if (kind !== 'done') await forgiveTry(db, wholesalerId, key);
    }
  }

  // Alone in its set it still ran out of time: from now on its tries are counted, so that it ends parked.
  async function suspectNext(wholesalerId: string, after: Cursor, error: unknown): Promise<void> {
    const claim = { wholesalerId, after, max: 1, which: 'fresh', except: [] } as const;
    const items = await inTransaction(db, (tx) => claimConversations(tx, claim));
    await suspect(db, wholesalerId, items, error);
    suspects.wake(wholesalerId);
  }

  // A set never waits for a credit account, so what found its account busy runs here, beside the sets.
  function startAlone(wholesalerId: string, key: Cursor): void {
    const keys = alone.get(wholesalerId) ?? new Map<string, Cursor>();
    const name = nameOf(key);
    // Beyond the bound the conversation stays in the sets, which look at it again.
    if (keys.has(name) || aloneCount >= aloneAtOnce) return;
    keys.set(name, key);
    alone.set(wholesalerId, keys);
    aloneCount += 1;
    workThese(db, handler, codeVersion, wholesalerId, [key])
      .then(async ([worked]) => {
        if (worked?.kind === 'busy') await restAfterBusy(db, wholesalerId, key);
        else options.onWorked(wholesalerId);
      })
      .catch(async (error: unknown) => {
        if (isRetryable(error)) return logger.warn({ wholesalerId, err: error }, 'event put back');
        logger.error({ wholesalerId, err: error }, 'event failed alone');
        await db.prisma.$executeRaw`
          update inbox_event set tries = 1 where wholesaler_id = ${wholesalerId} and state = 'waiting' and tries = 0
             and id = (select id from inbox_event where wholesaler_id = ${wholesalerId} and state = 'waiting'
                        and kind <> 'status' and line_id = ${key.lineId}::uuid and person_key = ${key.personKey}
                        order by sent_at, id limit 1)`;
        suspects.wake(wholesalerId);
      })
      .catch((error: unknown) => logger.error({ wholesalerId, err: error }, 'event could not be put back'))
      .finally(() => {
        keys.delete(name);
        aloneCount -= 1;
        sets.wake(wholesalerId);
        if (aloneCount === 0) idleAlone?.();
      });
  }

  const timers: NodeJS.Timeout[] = [];
  const all: Lanes[] = [sets, statuses, suspects];

  // Wake-ups can be lost with a connection or a process; the poll finds what they would have told.
  async function poll(): Promise<void> {
    for (const wholesalerId of await wholesalersWaiting(db.prisma)) for (const lanes of all) lanes.wake(wholesalerId);
  }

  return {
    start() {
      for (const lanes of all) lanes.start();
      timers.push(every(pollMs, 'poll', poll), every(BEAT_MS, 'heartbeat', beat));
    },
    wake(wholesalerId) {
      sets.wake(wholesalerId);
      statuses.wake(wholesalerId);
    },
    async stop() {
      for (const timer of timers) clearInterval(timer);
      await Promise.all(all.map((lanes) => lanes.stop()));
      if (aloneCount > 0) await new Promise<void>((resolve) => (idleAlone = resolve));
      await heartbeat.stop().catch((error: unknown) => logger.warn({ err: error }, 'worker left without saying so'));
    },
  };

  async function beat(): Promise<void> {
    const found = await heartbeat.beat();
    if (found > 0) logger.warn({ events: found }, 'a worker died; what was next in line is tried apart');
  }

  function every(ms: number, name: string, work: () => Promise<void>): NodeJS.Timeout {
    let running = false;
    const tick = (): void => {
      if (running) return;
      running = true;
      work()
        .catch((error: unknown) => logger.warn({ err: error }, `${name} failed`))
        .finally(() => {
          running = false;
        });
    };
    tick();
    return setInterval(tick, ms);
  }
}
