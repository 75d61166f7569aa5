import type { Database, Tx } from '../db/index.ts';

export type OutboxState =
  | 'queued'
  | 'sending'
  | 'uncertain'
  | 'accepted'
  | 'sent'
  | 'delivered'
  | 'read'
  | 'failed'
  | 'dropped';

/** On its way: not with Meta, and not given up. */
export const STILL_GOING: readonly OutboxState[] = ['queued', 'sending', 'uncertain'];

/** How many messages of a wholesaler are in which state; every state is there, also with 0. */
export async function outboxCounts(
  db: Pick<Database, 'prisma'>,
  wholesalerId: string,
): Promise<Record<OutboxState, number>> {
  const counts: Record<OutboxState, number> = {
    queued: 0,
    sending: 0,
    uncertain: 0,
    accepted: 0,
    sent: 0,
    delivered: 0,
    read: 0,
    failed: 0,
    dropped: 0,
  };
  const rows = await db.prisma.$queryRaw<{ state: OutboxState; count: number }[]>`
    select state, count(*)::int as count from outbox_message where wholesaler_id = ${wholesalerId} group by state`;
  for (const row of rows) counts[row.state] = row.count;
  return counts;
}

/** How many replies of a wholesaler wait for something or for somebody. */
export type OutboxTroubles = {
  /** In their queues, or being sent. */
  waiting: number;
  /** Given up in the last days, or parked by staff. */
  failed: number;
  /** Nobody knows whether they went. */
  uncertain: number;
};

export async function outboxTroubles(tx: Tx, wholesalerId: string): Promise<OutboxTroubles> {
  const [row] = await tx.$queryRaw<OutboxTroubles[]>`
    select (select count(*) from outbox_message
             where wholesaler_id = ${wholesalerId} and state in ('queued', 'sending'))::int as waiting,
           (select count(*) from outbox_message
             where wholesaler_id = ${wholesalerId} and state = 'failed'
               and settled_at > app_clock() - interval '3 days')::int as failed,
           (select count(*) from outbox_message where wholesaler_id = ${wholesalerId} and state = 'uncertain')::int
             as uncertain`;
  return row ?? { waiting: 0, failed: 0, uncertain: 0 };
}
