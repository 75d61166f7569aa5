import type { Database } from '../db/index.ts';

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
