import { type Database, inTransaction, type Tx } from '../db/index.ts';
import { messageOf } from '../shared/errors.ts';
import type { StatusHandler, StatusItem } from './handler.ts';
import type { IncomingStatus } from './types.ts';
import { isRetryable } from './work-set.ts';

const SET_MAX = 500;
const LIMITS = { maxWaitMs: 5_000, timeoutMs: 15_000 };

type StatusRow = { id: string; line_id: string; payload: unknown; sent_at: Date; received_at: Date };

/**
 * Applies waiting statuses of one wholesaler in one transaction and returns how many there were. Statuses belong to no
 * conversation and need no order: they only ever move a reply forward. FOR UPDATE SKIP LOCKED on the events, so two
 * processes never apply the same one.
 */
export async function workStatuses(
  db: Database,
  wholesalerId: string,
  readStatus: (payload: unknown) => IncomingStatus,
  apply: StatusHandler,
  max = SET_MAX,
  onClaimed: (ids: string[]) => void = () => {},
): Promise<number> {
  return inTransaction(
    db,
    async (tx) => {
      const rows = await tx.$queryRaw<StatusRow[]>`
        select id, line_id, payload, sent_at, received_at from inbox_event
         where wholesaler_id = ${wholesalerId} and state = 'waiting' and kind = 'status' and not_before <= app_clock()
         order by id limit ${max} for update skip locked`;
      if (rows.length === 0) return 0;
      onClaimed(rows.map((row) => row.id));
      await apply(
        tx,
        rows.map((row) => toItem(wholesalerId, row, readStatus)),
      );
      await markDone(
        tx,
        wholesalerId,
        rows.map((row) => row.id),
      );
      return rows.length;
    },
    LIMITS,
  );
}

/** After a set of statuses failed: tries them one by one and parks those that fail alone, so that the rest go on. */
export async function workStatusesAlone(
  db: Database,
  wholesalerId: string,
  readStatus: (payload: unknown) => IncomingStatus,
  apply: StatusHandler,
): Promise<void> {
  for (let tried = 0; tried < SET_MAX; tried += 1) {
    let claimed: string[] = [];
    try {
      const done = await workStatuses(db, wholesalerId, readStatus, apply, 1, (ids) => {
        claimed = ids;
      });
      if (done === 0) return;
    } catch (error) {
      if (isRetryable(error)) throw error;
      await db.prisma.$executeRaw`
        update inbox_event set state = 'parked', done_at = app_clock(), last_error = ${messageOf(error).slice(0, 2_000)}
         where wholesaler_id = ${wholesalerId} and id = any (${claimed}::uuid[]) and state = 'waiting'`;
    }
  }
}

async function markDone(tx: Tx, wholesalerId: string, ids: string[]): Promise<void> {
  await tx.$executeRaw`
    update inbox_event set state = 'done', done_at = app_clock()
     where wholesaler_id = ${wholesalerId} and id = any (${ids}::uuid[])`;
}

function toItem(wholesalerId: string, row: StatusRow, readStatus: (payload: unknown) => IncomingStatus): StatusItem {
  return {
    wholesalerId,
    lineId: row.line_id,
    eventId: row.id,
    status: readStatus(row.payload),
    reportedAt: row.sent_at,
    receivedAt: row.received_at,
  };
}
