import type { Tx } from '../db/index.ts';
import type { OpenApproval } from './types.ts';

/** So many past orders and payments are shown to whoever decides. */
const HISTORY = 3;

type Row = Omit<OpenApproval, 'lastOrders' | 'lastPayments'> & {
  lastOrders: { number: number; status: string; amountMinor: string; placedAt: string }[];
  lastPayments: { amountMinor: string; receivedAt: string }[];
};

/**
 * Requests that wait for an answer, oldest first, at most `limit` behind the one given, with what one wants to know to
 * decide. That one may have been answered meanwhile: its place in the order is kept.
 */
export async function listOpenApprovals(
  tx: Tx,
  wholesalerId: string,
  limit: number,
  afterId: string | null = null,
): Promise<OpenApproval[]> {
  const rows = await tx.$queryRaw<Row[]>`
    select r.id, r.order_id as "orderId", o.number, r.retailer_id as "retailerId", s.name as shop,
           o.amount_minor as "amountMinor", o.currency, r.short_minor as "shortMinor", r.limit_minor as "limitMinor",
           r.owed_minor as "owedMinor", r.held_minor as "heldMinor", r.overdue_minor as "overdueMinor",
           r.asked_at as "askedAt", r.expires_at as "expiresAt",
           coalesce((select jsonb_agg(jsonb_build_object('number', n.number, 'status', n.status,
                                        'amountMinor', n.amount_minor::text, 'placedAt', n.placed_at)
                                      order by n.placed_at desc)
                       from (select * from orders p
                              where p.wholesaler_id = r.wholesaler_id and p.retailer_id = r.retailer_id and p.id <> r.order_id
                              order by p.placed_at desc limit ${HISTORY}) n), '[]') as "lastOrders",
           coalesce((select jsonb_agg(jsonb_build_object('amountMinor', n.amount_minor::text, 'receivedAt', n.received_at)
                                      order by n.received_at desc)
                       from (select * from payment p
                              where p.wholesaler_id = r.wholesaler_id and p.retailer_id = r.retailer_id
                                and p.kind = 'payment' and p.reversed_by is null
                              order by p.received_at desc limit ${HISTORY}) n), '[]') as "lastPayments"
      from approval_request r
      join orders o on o.wholesaler_id = r.wholesaler_id and o.id = r.order_id
      join retailer s on s.wholesaler_id = r.wholesaler_id and s.id = r.retailer_id
     where r.wholesaler_id = ${wholesalerId} and r.state = 'open' and r.expires_at > app_clock()
       and (${afterId}::uuid is null or (r.asked_at, r.id) > (
             select p.asked_at, p.id from approval_request p
              where p.wholesaler_id = ${wholesalerId} and p.id = ${afterId}::uuid))
     order by r.asked_at, r.id limit ${limit}`;
  return rows.map((row) => ({
    ...row,
    lastOrders: row.lastOrders.map(({ amountMinor, placedAt, ...one }) => ({
      ...one,
      amountMinor: BigInt(amountMinor),
      placedAt: new Date(placedAt),
    })),
    lastPayments: row.lastPayments.map(({ amountMinor, receivedAt }) => ({
      amountMinor: BigInt(amountMinor),
      receivedAt: new Date(receivedAt),
    })),
  }));
}
