import type { Database } from '../db/index.ts';
import { isTransient } from '../db/index.ts';
import { ServiceError } from '../shared/errors.ts';
import type { Logger } from '../shared/logger.ts';
import { createLineAccounts } from './line-accounts.ts';
import { storeEvents } from './store-events.ts';
import type { IncomingEvent, Recorded } from './types.ts';

export type Recorder = {
  /** Resolves only after COMMIT; rejects when nothing of the delivery was stored. */
  record(events: IncomingEvent[], receivedAt: Date): Promise<Recorded>;
  /** Resolves when every delivery that was taken in is stored or refused. */
  stop(): Promise<void>;
};

type RecorderOptions = {
  db: Database;
  logger: Logger;
  /** Called after COMMIT with the wholesalers that have something new to work on. */
  onStored: (wholesalerIds: string[]) => void;
  /** Statements under way at once. Two keep the database busy while the next group gathers. */
  groupsAtOnceMax?: number;
  /** Events in one statement, unless a single delivery has more. */
  groupEventsMax?: number;
  /** Events waiting for a statement; beyond it a delivery is refused, so that Meta brings it again later. */
  waitingEventsMax?: number;
};

type Delivery = {
  events: IncomingEvent[];
  receivedAt: Date;
  resolve: (recorded: Recorded) => void;
  reject: (error: unknown) => void;
};

const NOTHING: Recorded = { fresh: 0, repeated: 0, stray: 0 };

/**
 * Stores deliveries, several in one statement when they arrive together. A lone delivery goes at once: nothing waits on
 * a timer. Deliveries that come while the statements are under way leave together with the next one, which is what
 * lets one COMMIT carry many of them.
 */
export function createRecorder(options: RecorderOptions): Recorder {
  const { groupsAtOnceMax = 2, groupEventsMax = 1000, waitingEventsMax = 20_000 } = options;
  const waiting: Delivery[] = [];
  const underWay = new Set<Promise<void>>();
  const accounts = createLineAccounts(options.db);
  let waitingEvents = 0;

  function takeGroup(): Delivery[] {
    const group: Delivery[] = [];
    let size = 0;
    for (let next = waiting[0]; next !== undefined; next = waiting[0]) {
      if (group.length > 0 && size + next.events.length > groupEventsMax) break;
      waiting.shift();
      group.push(next);
      size += next.events.length;
    }
    waitingEvents -= size;
    return group;
  }

  function pump(): void {
    while (waiting.length > 0 && underWay.size < groupsAtOnceMax) {
      const run = storeGroup(takeGroup()).finally(() => {
        underWay.delete(run);
        pump();
      });
      underWay.add(run);
    }
  }

  async function storeGroup(group: Delivery[]): Promise<void> {
    try {
      await store(group);
    } catch (error) {
      if (group.length === 1 || isTransient(error)) {
        for (const delivery of group) delivery.reject(error);
        return;
      }
      // One delivery of the group may be at fault; alone, it can harm nobody else.
      for (const delivery of group) await store([delivery]).catch(delivery.reject);
    }
  }

  async function store(group: Delivery[]): Promise<void> {
    const first = group[0];
    if (first === undefined) return;
    const events = await accounts.place(group.flatMap((delivery) => delivery.events));
    const stored = await storeEvents(options.db, events, first.receivedAt);
    options.logger.debug({ deliveries: group.length, ...stored }, 'deliveries stored');
    // What a group came to is told once, with its first delivery, so that whoever adds it up counts each row once.
    for (const delivery of group) delivery.resolve(delivery === first ? stored : NOTHING);
    if (stored.wholesalerIds.length > 0) options.onStored(stored.wholesalerIds);
  }

  return {
    record(events, receivedAt) {
      if (events.length === 0) return Promise.resolve({ fresh: 0, repeated: 0, stray: 0 });
      if (waitingEvents + events.length > waitingEventsMax && waiting.length > 0) {
        return Promise.reject(
          new ServiceError({ code: 'overloaded', message: 'too many deliveries are waiting', retryable: true }),
        );
      }
      return new Promise((resolve, reject) => {
        waiting.push({ events, receivedAt, resolve, reject });
        waitingEvents += events.length;
        pump();
      });
    },
    async stop() {
      while (underWay.size > 0) await Promise.allSettled(underWay);
    },
  };
}
