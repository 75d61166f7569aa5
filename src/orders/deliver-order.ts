import { captureHold } from '../credit/index.ts';
import type { Tx } from '../db/index.ts';
import { orderKey, readOrders } from './order-store.ts';
import type { DeliverAnswer, DeliverItem } from './types.ts';

/**
 * Books a delivery, of a part or of all that is left, as a debt of the shop, in the caller's transaction: account, hold
 * and order are locked in that order, so a cancellation at the same moment either comes first or is told.
 */
export async function deliverOrder(tx: Tx, item: DeliverItem): Promise<DeliverAnswer> {
  const { wholesalerId, orderId } = item;
  const order = (await readOrders(tx, [item])).get(orderKey(wholesalerId, orderId));
  if (order === undefined || order.ledgerEntryId === null) return { kind: 'refused', orderId, because: 'not_found' };
  const amountMinor = item.amountMinor ?? (await amountLeft(tx, item, order.ledgerEntryId));
  if (amountMinor === 0n) return { kind: 'refused', orderId, because: 'already_closed' };
  const booked = await captureHold(tx, {
    wholesalerId,
    holdId: order.ledgerEntryId,
    key: item.key,
    amountMinor,
    reference: item.reference ?? null,
    releaseRest: item.releaseRest,
    reason: item.reason ?? null,
    actor: item.actor,
    source: item.source,
  });
  if (booked.kind === 'refused') return { kind: 'refused', orderId, because: booked };
  const status = booked.hold?.state === 'open' ? 'part_delivered' : 'delivered';
  await tx.$executeRaw`
    update orders set status = ${status}, closed_at = case when ${status} = 'delivered' then app_clock() end
     where wholesaler_id = ${wholesalerId} and id = ${orderId} and status in ('approved', 'part_delivered')`;
  return {
    kind: 'delivered',
    orderId,
    number: order.number,
    status,
    amountMinor: booked.amountMinor,
    leftMinor: booked.hold?.leftMinor ?? 0n,
    receivableId: booked.receivable?.id ?? null,
    dueOn: booked.receivable?.dueOn ?? null,
    availableMinor: booked.figures.availableMinor,
    replayed: booked.replayed,
  };
}

// What the same delivery booked when it came before, else what the hold has left. The capture tests it under the lock.
async function amountLeft(tx: Tx, { wholesalerId, key }: DeliverItem, holdId: string): Promise<bigint> {
  const [row] = await tx.$queryRaw<{ amountMinor: bigint }[]>`
    select coalesce(
      (select e.owed_delta from ledger_entry e where e.wholesaler_id = ${wholesalerId} and e.key = ${key}),
      (select h.amount_minor - h.captured_minor - h.released_minor from credit_hold h
        where h.wholesaler_id = ${wholesalerId} and h.id = ${holdId}::uuid)) as "amountMinor"`;
  return row?.amountMinor ?? 0n;
}
