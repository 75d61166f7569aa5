import type { Tx } from '../db/index.ts';
import type { OrderKey } from './order-store.ts';

/** Ends the requests for approval of orders that were cancelled while they waited; the caller holds the orders. */
export async function withdrawRequests(
  tx: Tx,
  orders: (OrderKey & { source: string; actor: string })[],
): Promise<void> {
  if (orders.length === 0) return;
  const input = JSON.stringify(
    orders.map(({ wholesalerId, orderId, source, actor }) => ({
      wholesaler_id: wholesalerId,
      order_id: orderId,
      by: source === 'chat' ? null : actor,
    })),
  );
  await tx.$executeRaw`
    update approval_request r
       set state = 'withdrawn', decided_at = app_clock(), decided_by = coalesce(k.by, 'retailer:' || r.retailer_id)
      from jsonb_to_recordset(${input}::jsonb) as k (wholesaler_id text, order_id text, by text)
     where r.wholesaler_id = k.wholesaler_id and r.order_id = k.order_id and r.state = 'open'`;
}
