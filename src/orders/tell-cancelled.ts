import { writeAudit } from '../audit/index.ts';
import type { Released } from '../credit/index.ts';
import type { Tx } from '../db/index.ts';
import { tellRetailers } from '../notices/index.ts';
import { orderKey, type StoredOrder } from './order-store.ts';
import type { CancelItem } from './types.ts';

export type Cancelled = {
  item: CancelItem;
  order: StoredOrder;
  /** Null where the order waited, so that nothing was held for it. */
  release: Released | null;
};

/**
 * Keeps who cancelled orders past their shops, and tells those shops, once for each, in the transaction of the cancelling.
 * A shop that cancels in its chat is answered there instead. Returns the orders, by `orderKey`, of shops that nobody could
 * be told for: none of their phones is known.
 */
export async function tellCancelled(tx: Tx, cancelled: readonly Cancelled[]): Promise<Set<string>> {
  const byOthers = cancelled.filter(({ item }) => item.source !== 'chat');
  await writeAudit(
    tx,
    byOthers.map(({ item: { wholesalerId, orderId, actor }, order }) => ({
      wholesalerId,
      actor,
      action: 'order_cancelled',
      subject: { orderId, number: order.number },
      before: { status: order.status },
    })),
  );
  const untold = new Set<string>();
  for (const wholesalerId of new Set(byOthers.map(({ item }) => item.wholesalerId))) {
    const mine = byOthers.filter(({ item }) => item.wholesalerId === wholesalerId);
    const silent = await tellRetailers(tx, wholesalerId, mine.map(newsOf));
    for (const one of mine) if (silent.has(newsOf(one).eventKey)) untold.add(orderKey(wholesalerId, one.item.orderId));
  }
  return untold;
}

function newsOf({ item, order, release }: Cancelled) {
  const { retailerId, currency, number, amountMinor } = order;
  return {
    retailerId,
    // An order that waited does so once; one that was placed can be opened again, and cancelled again.
    eventKey: release === null ? `i:withdrawn:${item.orderId}` : `i:cancelled:${release.ledgerEntryId}`,
    payload: {
      type: 'order_cancelled',
      retailerId,
      currency,
      number,
      amountMinor: amountMinor.toString(),
      reason: item.reason,
      releasedMinor: release?.releasedMinor.toString() ?? null,
      availableMinor: release?.availableMinor.toString() ?? null,
    },
  };
}
