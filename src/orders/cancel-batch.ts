import { type Released, releaseBatch } from '../credit/index.ts';
import type { Tx } from '../db/index.ts';
import { mustExist } from '../shared/assert.ts';
import { closeOrders, orderKey, readOrders, type StoredOrder } from './order-store.ts';
import type { CancelAnswer, CancelItem } from './types.ts';

/**
 * Cancels placed orders and gives their credit back, in the caller's transaction: account, hold and order are locked in
 * that order. The release decides a race with a delivery: whoever has the account first wins, the other is told.
 */
export async function cancelBatch(tx: Tx, items: CancelItem[]): Promise<CancelAnswer[]> {
  const stored = await readOrders(tx, items);
  const cancellable = items.flatMap((item) => {
    const order = stored.get(orderKey(item.wholesalerId, item.orderId));
    return order?.retailerId === item.retailerId && order.status === 'approved' && order.ledgerEntryId !== null
      ? [{ item, ledgerEntryId: order.ledgerEntryId }]
      : [];
  });
  const released = await releaseBatch(
    tx,
    cancellable.map(({ item, ledgerEntryId }) => ({
      wholesalerId: item.wholesalerId,
      ledgerEntryId,
      reason: item.reason,
      actor: item.actor,
      source: 'chat',
    })),
  );
  const givenBack = new Map<string, Released>();
  const busy = new Set<string>();
  cancellable.forEach(({ item }, index) => {
    const verdict = mustExist(released[index], 'an answer to a release');
    const key = orderKey(item.wholesalerId, item.orderId);
    if (verdict.kind === 'released') givenBack.set(key, verdict);
    else if (verdict.kind === 'busy' || verdict.code === 'MAX_RETRIES_EXCEEDED') busy.add(key);
  });
  const closed = await closeOrders(
    tx,
    'cancelled',
    items.filter((item) => givenBack.has(orderKey(item.wholesalerId, item.orderId))),
  );
  return items.map((item) => {
    const key = orderKey(item.wholesalerId, item.orderId);
    const order = stored.get(key);
    if (busy.has(key)) return { kind: 'busy', orderId: item.orderId };
    const release = givenBack.get(key);
    if (order === undefined || order.retailerId !== item.retailerId) return refused(item, null, 'not_found');
    if (release === undefined || !closed.has(key)) return refused(item, order, whyNot(order));
    return {
      kind: 'cancelled',
      orderId: item.orderId,
      number: order.number,
      releasedMinor: release.releasedMinor,
      availableMinor: release.availableMinor,
    };
  });
}

function whyNot(order: StoredOrder): 'already_closed' | 'delivered' {
  return order.status === 'delivered' || order.status === 'part_delivered' ? 'delivered' : 'already_closed';
}

function refused(
  item: CancelItem,
  order: StoredOrder | null,
  because: 'not_found' | 'already_closed' | 'delivered',
): CancelAnswer {
  return { kind: 'refused', orderId: item.orderId, number: order?.number ?? null, because };
}
