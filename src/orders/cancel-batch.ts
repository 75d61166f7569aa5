import { type Released, releaseBatch } from '../credit/index.ts';
import type { Tx } from '../db/index.ts';
import { mustExist } from '../shared/assert.ts';
import { isWaiting } from './lifecycle.ts';
import { closeOrders, orderKey, readOrders, type StoredOrder } from './order-store.ts';
import { proposeWaitingOrders } from './propose-waiting.ts';
import { tellCancelled } from './tell-cancelled.ts';
import type { CancelAnswer, CancelItem } from './types.ts';
import { holdWaitingOrders } from './waiting-orders.ts';
import { withdrawRequests } from './withdraw-requests.ts';

/**
 * Cancels orders and gives back the credit of those that were placed, in the caller's transaction: account, hold and order
 * are locked in that order. The account decides a race with a delivery, or with an approval of an order that waits: whoever
 * has it first wins, the other is told. A shop whose order somebody else cancels hears of it.
 */
export async function cancelBatch(tx: Tx, items: CancelItem[]): Promise<CancelAnswer[]> {
  if (items.length === 0) return [];
  const seen = await readOrders(tx, items);
  const waiting = items.filter((item) => {
    const order = seen.get(orderKey(item.wholesalerId, item.orderId));
    return order?.retailerId === item.retailerId && isWaiting(order.status);
  });
  const held = await holdWaitingOrders(tx, waiting);
  // Read again: an order that waited a moment ago may have been approved before its account was ours.
  const stored = waiting.length === 0 ? seen : await readOrders(tx, items);
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
      source: item.source,
    })),
  );
  const givenBack = new Map<string, Released>();
  const busy = new Set([...held].flatMap(([key, { kind }]) => (kind === 'busy' ? [key] : [])));
  cancellable.forEach(({ item }, index) => {
    const verdict = mustExist(released[index], 'an answer to a release');
    const key = orderKey(item.wholesalerId, item.orderId);
    if (verdict.kind === 'released') givenBack.set(key, verdict);
    else if (verdict.kind === 'busy' || verdict.code === 'MAX_RETRIES_EXCEEDED') busy.add(key);
  });
  const closed = await closeOrders(
    tx,
    'cancelled',
    items.filter((item) => {
      const key = orderKey(item.wholesalerId, item.orderId);
      return givenBack.has(key) || held.get(key)?.kind === 'held';
    }),
  );
  await withdrawRequests(
    tx,
    items.filter((item) => {
      const key = orderKey(item.wholesalerId, item.orderId);
      return closed.has(key) && !givenBack.has(key);
    }),
  );
  const untold = await tellCancelled(
    tx,
    items.flatMap((item) => {
      const key = orderKey(item.wholesalerId, item.orderId);
      const order = closed.has(key) ? stored.get(key) : undefined;
      return order === undefined ? [] : [{ item, order, release: givenBack.get(key) ?? null }];
    }),
  );
  await proposeToShopsOf(tx, items, givenBack);
  const late = items.filter((item) => {
    const key = orderKey(item.wholesalerId, item.orderId);
    return !closed.has(key) && !busy.has(key);
  });
  // Once more: whoever had the account before us may have delivered the order since, and the shop is told which it was.
  const now = late.length === 0 ? stored : await readOrders(tx, late);
  return items.map((item) => {
    const key = orderKey(item.wholesalerId, item.orderId);
    const order = closed.has(key) ? stored.get(key) : now.get(key);
    if (busy.has(key)) return { kind: 'busy', orderId: item.orderId };
    const release = givenBack.get(key);
    if (order === undefined || order.retailerId !== item.retailerId) return refused(item, null, 'not_found');
    if (closed.has(key) && release === undefined) {
      return { kind: 'withdrawn', orderId: item.orderId, number: order.number, isTold: !untold.has(key) };
    }
    if (release === undefined || !closed.has(key)) return refused(item, order, whyNot(order));
    return {
      kind: 'cancelled',
      orderId: item.orderId,
      number: order.number,
      releasedMinor: release.releasedMinor,
      availableMinor: release.availableMinor,
      isTold: !untold.has(key),
    };
  });
}

/** What a cancellation gave back may be what another order of the shop waits for. */
async function proposeToShopsOf(tx: Tx, items: CancelItem[], givenBack: ReadonlyMap<string, Released>): Promise<void> {
  const freed = items.filter((item) => givenBack.has(orderKey(item.wholesalerId, item.orderId)));
  for (const wholesalerId of new Set(freed.map((item) => item.wholesalerId))) {
    const mine = freed.filter((item) => item.wholesalerId === wholesalerId);
    await proposeWaitingOrders(tx, wholesalerId, [...new Set(mine.map(({ retailerId }) => retailerId))]);
  }
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
