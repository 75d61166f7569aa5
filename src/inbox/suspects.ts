import { type Database, inTransaction, type Tx } from '../db/index.ts';
import { messageOf } from '../shared/errors.ts';
import { type Cursor, claimConversations, FIRST, type WorkItem } from './claim.ts';
import type { ConversationHandler } from './handler.ts';

// A suspect is an event whose set failed, or that was next in line when a worker died. It is tried alone, each try
// counted in a commit of its own before it starts: an event that kills the process is counted too, and ends parked
// instead of killing every worker that ever picks it up.

/** How long a counted try keeps others away: longer than its transaction may take. */
const ALONE_LEASE = '20 seconds';
/** Tries alone before an event is parked. */
export const ALONE_TRIES_MAX = 3;
const LIMITS = { maxWaitMs: 5_000, timeoutMs: 15_000 };

/** Marks the events of a failed set, so that each is tried alone from now on. */
export async function suspect(db: Database, wholesalerId: string, items: WorkItem[], error: unknown): Promise<void> {
  const ids = items.map((item) => item.event.id);
  await db.prisma.$executeRaw`
    update inbox_event set tries = 1, last_error = ${messageOf(error).slice(0, 2_000)}
     where wholesaler_id = ${wholesalerId} and id = any (${ids}::uuid[]) and state = 'waiting' and tries = 0`;
}

/** Marks what was next in line of each conversation when a worker died: it may have been in that worker's hands. */
export async function suspectWhatWasNext(db: Database, diedAt: Date): Promise<number> {
  return db.prisma.$executeRaw`
    update inbox_event set tries = 1, last_error = 'a worker died while this was next in line'
     where (wholesaler_id, id) in (
       select distinct on (wholesaler_id, line_id, person_key) wholesaler_id, id
         from inbox_event
        where state = 'waiting' and kind <> 'status' and received_at <= ${diedAt}
        order by wholesaler_id, line_id, person_key, sent_at, id)
       and state = 'waiting' and tries = 0`;
}

/**
 * Takes the next suspect and commits its count; null when there is none. An event out of tries is parked here, with an
 * apology to the person in the same transaction, and its conversation goes on.
 */
export async function nextSuspect(
  db: Database,
  handler: ConversationHandler,
  wholesalerId: string,
  except: Cursor[],
): Promise<{ key: Cursor; parked: boolean } | null> {
  return inTransaction(
    db,
    async (tx) => {
      const [item] = await claimConversations(tx, { wholesalerId, after: FIRST, max: 1, which: 'suspect', except });
      if (item === undefined) return null;
      const parked = item.event.tries > ALONE_TRIES_MAX;
      if (parked) {
        await park(tx, wholesalerId, item);
        await handler.apologise(tx, item);
      } else {
        await tx.$executeRaw`
          update inbox_event set tries = tries + 1, not_before = app_clock() + ${ALONE_LEASE}::interval
           where wholesaler_id = ${wholesalerId} and id = ${item.event.id}::uuid`;
      }
      return { key: item.conversation, parked };
    },
    LIMITS,
  );
}

async function park(tx: Tx, wholesalerId: string, item: WorkItem): Promise<void> {
  await tx.$executeRaw`
    update inbox_event set state = 'parked', done_at = app_clock()
     where wholesaler_id = ${wholesalerId} and id = ${item.event.id}::uuid and state = 'waiting'`;
}

/** After a failed try alone: keeps the reason and lets the event rest, longer after each; out of tries, not at all. */
export async function restAfterFailure(db: Database, wholesalerId: string, key: Cursor, error: unknown): Promise<void> {
  await db.prisma.$executeRaw`
    update inbox_event set last_error = ${messageOf(error).slice(0, 2_000)},
           not_before = app_clock() + case when tries > ${ALONE_TRIES_MAX} then interval '0'
                                           else interval '100 milliseconds' * power(2, tries) end
     where wholesaler_id = ${wholesalerId} and state = 'waiting' and kind <> 'status' and tries > 0
       and line_id = ${key.lineId}::uuid and person_key = ${key.personKey}`;
}

/** After a try alone that failed for no fault of the event: its count is taken back. */
export async function forgiveTry(db: Database, wholesalerId: string, key: Cursor): Promise<void> {
  await db.prisma.$executeRaw`
    update inbox_event set tries = greatest(tries - 1, 1), not_before = app_clock() + interval '250 milliseconds'
     where wholesaler_id = ${wholesalerId} and state = 'waiting' and kind <> 'status' and tries > 0
       and line_id = ${key.lineId}::uuid and person_key = ${key.personKey}`;
}

/** After the promised attempts for a credit account were used up: the event waits a little and nothing is counted. */
export async function restAfterBusy(db: Database, wholesalerId: string, key: Cursor): Promise<void> {
  await db.prisma.$executeRaw`
    update inbox_event set not_before = app_clock() + interval '250 milliseconds'
     where (wholesaler_id, id) = (
       select wholesaler_id, id from inbox_event
        where wholesaler_id = ${wholesalerId} and state = 'waiting' and kind <> 'status'
          and line_id = ${key.lineId}::uuid and person_key = ${key.personKey}
        order by sent_at, id limit 1)`;
}
