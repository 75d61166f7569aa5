import { awaitAccounts } from '../credit/index.ts';
import type { Tx } from '../db/index.ts';
import { isWaiting, type WaitingStatus } from './lifecycle.ts';
import { type OrderKey, orderKey, readOrders } from './order-store.ts';

export type WaitingOrder = {
  wholesalerId: string;
  id: string;
  number: number;
  retailerId: string;
  status: WaitingStatus;
  currency: string;
  amountMinor: bigint;
  lineId: string | null;
  personKey: string | null;
};

/** Why an order could not be taken hold of: its account stayed with somebody else, or it waits no longer. */
export type NotHeld =
  | { kind: 'busy' }
  | { kind: 'not_found' }
  | { kind: 'not_waiting'; number: number; status: string };

export type Held = { kind: 'held'; order: WaitingOrder } | NotHeld;

/**
 * Takes hold of orders that wait, to the end of the transaction: their accounts first, then their rows. Everybody who
 * decides on one comes through here, so of an approval, a cancellation and a confirmation at one instant the first wins,
 * and the others find what it left.
 */
export async function holdWaitingOrders(tx: Tx, keys: OrderKey[]): Promise<Map<string, Held>> {
  if (keys.length === 0) return new Map();
  const stored = await readOrders(tx, keys);
  const held = await awaitAccounts(tx, [...stored.values()]);
  const heldAccounts = new Set(held.map(({ wholesalerId, retailerId }) => orderKey(wholesalerId, retailerId)));
  const ours = [...stored.values()].filter((order) => heldAccounts.has(orderKey(order.wholesalerId, order.retailerId)));
  const locked = new Map((await lockOrders(tx, ours)).map((row) => [orderKey(row.wholesalerId, row.id), row]));
  return new Map(
    keys.map(({ wholesalerId, orderId }): [string, Held] => {
      const key = orderKey(wholesalerId, orderId);
      if (!stored.has(key)) return [key, { kind: 'not_found' }];
      const order = locked.get(key);
      if (order === undefined) return [key, { kind: 'busy' }];
      const { status, number } = order;
      return [
        key,
        isWaiting(status) ? { kind: 'held', order: { ...order, status } } : { kind: 'not_waiting', number, status },
      ];
    }),
  );
}

async function lockOrders(tx: Tx, orders: { wholesalerId: string; id: string }[]) {
  if (orders.length === 0) return [];
  const input = JSON.stringify(orders.map(({ wholesalerId, id }) => ({ wholesaler_id: wholesalerId, id })));
  // In key order, like every statement that locks several.
  return tx.$queryRaw<(Omit<WaitingOrder, 'status'> & { status: string })[]>`
    select o.wholesaler_id as "wholesalerId", o.id, o.number, o.retailer_id as "retailerId", o.status, o.currency,
           o.amount_minor as "amountMinor", o.line_id as "lineId", o.person_key as "personKey"
      from jsonb_to_recordset(${input}::jsonb) as k (wholesaler_id text, id text)
      join orders o on o.wholesaler_id = k.wholesaler_id and o.id = k.id
     order by o.wholesaler_id, o.id
       for no key update of o`;
}
