import { type Database, inTransaction, type Tx } from '../db/index.ts';
import { messageOf } from '../shared/errors.ts';
import { type Cursor, claimConversations, FIRST, type WorkItem } from './claim.ts';
import type { ConversationHandler } from './handler.ts';

// A suspect is an event whose set failed, or that was next in line when a worker died. Most are innocent: a death makes
// suspects of all that waited. So they are first tried a few together, and what was among them when that went wrong, alone.
// Each try is counted in a commit of its own before it starts: an event that kills the process is counted too, and ends
// parked instead of killing every worker that ever picks it up.

/** How long a counted try keeps others away: longer than its transaction may take. */
const TRY_LEASE = '20 seconds';
/** Counted tries before an event is parked: one together with others at most, the rest alone. */
export const TRIES_MAX = 3;
/** Suspects tried together: one kill may count against so many, and only those are then tried alone. */
const TOGETHER_MAX = 32;
const LIMITS = { maxWaitMs: 5_000, timeoutMs: 15_000 };

/** Marks the events of a failed set, so that the one that made it fail is found. */
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
 * Takes the next suspects and commits their count; null when there are none. An event out of tries is parked here, with an
 * apology to the person in the same transaction, and its conversation goes on.
 */
export async function nextSuspects(
  db: Database,
  handler: ConversationHandler,
  wholesalerId: string,
  except: Cursor[],
): Promise<{ keys: Cursor[]; parked: boolean } | null> {
  return inTransaction(
    db,
    async (tx) => {
      const claim = { wholesalerId, after: FIRST, max: TOGETHER_MAX, which: 'suspect', except } as const;
      const items = await claimConversations(tx, claim);
      if (items.length === 0) return null;
      const tried = items.find(({ event }) => event.tries > 1);
      if (tried !== undefined && tried.event.tries > TRIES_MAX) {
        await park(tx, wholesalerId, tried);
        await handler.apologise(tx, tried);
        return { keys: [tried.conversation], parked: true };
      }
      const taken = tried === undefined ? items : [tried];
      await tx.$executeRaw`
        update inbox_event set tries = tries + 1, not_before = app_clock() + ${TRY_LEASE}::interval
         where wholesaler_id = ${wholesalerId} and id = any (${taken.map(({ event }) => event.id)}::uuid[])`;
      return { keys: taken.map(({ conversation }) => conversation), parked: false };
    },
    LIMITS,
  );
}

async function park(tx: Tx, wholesalerId: string, item: WorkItem): Promise<void> {
  await tx.$executeRaw`
    update inbox_event set state = 'parked', done_at = app_clock()
     where wholesaler_id = ${wholesalerId} and id = ${item.event.id}::uuid and state = 'waiting'`;
}

/** After a failed try: keeps the reason and lets the event rest, longer after each; out of tries, not at all. */
export async function restAfterFailure(db: Database, wholesalerId: string, key: Cursor, error: unknown): Promise<void> {
  await db.prisma.$executeRaw`
    update inbox_event set last_error = ${messageOf(error).slice(0, 2_000)},
           not_before = app_clock() + case when tries > ${TRIES_MAX} then interval '0'
                                           else interval '100 milliseconds' * power(2, tries) end
     where wholesaler_id = ${wholesalerId} and state = 'waiting' and kind <> 'status' and tries > 0
       and line_id = ${key.lineId}::uuid and person_key = ${key.personKey}`;
}

/** After a try that failed for no fault of the event: its count is taken back. */
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
