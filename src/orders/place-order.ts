import { createGate, refused, untilKnown } from '../credit/index.ts';
import { type Database, inTransaction } from '../db/index.ts';
import { mustExist } from '../shared/assert.ts';
import { takeOrderNumbers } from './order-numbers.ts';
import { placeBatch } from './place-batch.ts';
import type { PlaceAnswer, PlaceItem } from './types.ts';

/** An order to be placed by itself; it gets its number at the desk. */
export type OrderToPlace = Omit<PlaceItem, 'number'>;

export type OrderDesk = {
  /**
   * Places one order and holds its credit, both or neither. The order id is the idempotency key: the same order again
   * gets its first answer. Throws when the database breaks, or when the order cannot be written as it is.
   */
  place(order: OrderToPlace): Promise<PlaceAnswer>;
};

type AtDesk = { order: OrderToPlace; number?: number };

/**
 * Where single orders are placed, one desk per process. Orders that arrive together leave together: the gate of the credit
 * lock, with `placeBatch` in one transaction as its unit, so that callers of one account share a lock and a COMMIT instead
 * of queueing for them. An order that cannot be written fails the whole transaction, so then each is tried alone: the
 * others are placed, and its own caller hears why.
 */
export function createOrderDesk(db: Database): OrderDesk {
  async function place(items: AtDesk[], wait: 'none' | 'promised'): Promise<PlaceAnswer[]> {
    await giveNumbers(db, items);
    const orders = items.map(({ order, number }) => ({ ...order, number: mustExist(number, 'the order number') }));
    return inTransaction(db, (tx) => placeBatch(tx, orders, { wait }));
  }

  const gate = createGate<AtDesk, PlaceAnswer>({
    accountOf: ({ order }) => JSON.stringify([order.wholesalerId, order.retailerId]),
    call: place,
    isBusy: ({ kind }) => kind === 'busy',
    alone: async (item) => mustExist((await untilKnown(() => place([item], 'promised')))[0], 'an answer'),
    late: ({ order: { orderId, amountMinor } }) => ({
      ...refused('MAX_RETRIES_EXCEEDED'),
      orderId,
      amountMinor,
    }),
  });

  return { place: (order) => gate.enter({ order }) };
}

/** Before any credit is locked, and once: an order that is tried again keeps its number. */
async function giveNumbers(db: Database, items: AtDesk[]): Promise<void> {
  const without = items.filter(({ number }) => number === undefined);
  for (const wholesalerId of new Set(without.map(({ order }) => order.wholesalerId))) {
    const mine = without.filter(({ order }) => order.wholesalerId === wholesalerId);
    const first = await takeOrderNumbers(db, wholesalerId, mine.length);
    mine.forEach((item, nth) => {
      item.number = first + nth;
    });
  }
}
