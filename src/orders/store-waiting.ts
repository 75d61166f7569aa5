import type { Tx } from '../db/index.ts';
import { mustExist } from '../shared/assert.ts';
import type { WaitingStatus } from './lifecycle.ts';
import { insertOrders, orderKey, readOrders } from './order-store.ts';
import type { PlaceItem } from './types.ts';

export type ItemToStore = PlaceItem & { status: WaitingStatus; waitMinutes: number };

export type StoreAnswer = {
  orderId: string;
  number: number;
  /** As it is now: the same order, stored or placed before, keeps its number and what became of it. */
  status: string;
  amountMinor: bigint;
  replayed: boolean;
};

/**
 * Stores orders that cannot be placed yet, with number, lines and prices and without credit, in the caller's transaction.
 * An order id that is there already is stored no second time.
 */
export async function storeWaiting(tx: Tx, items: ItemToStore[]): Promise<StoreAnswer[]> {
  if (items.length === 0) return [];
  const before = await readOrders(tx, items);
  await insertOrders(
    tx,
    items.map((item) => ({ item, ledgerEntryId: null, status: item.status, waitMinutes: item.waitMinutes })),
  );
  const stored = await readOrders(tx, items);
  return items.map((item) => {
    const key = orderKey(item.wholesalerId, item.orderId);
    const { id, number, status, amountMinor } = mustExist(stored.get(key), 'the stored order');
    return { orderId: id, number, status, amountMinor, replayed: before.has(key) };
  });
}
