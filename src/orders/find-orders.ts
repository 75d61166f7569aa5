import type { Tx } from '../db/index.ts';
import type { OrderStatus } from './lifecycle.ts';

/** An order that somebody looked for; amounts in minor units. */
export type FoundOrder = {
  id: string;
  number: number;
  status: OrderStatus;
  retailerName: string;
  amountMinor: bigint;
  placedAt: Date;
};

/** The order with this number ("1042", "#1042") or this id; at most both. */
export async function findOrders(tx: Tx, wholesalerId: string, words: string): Promise<FoundOrder[]> {
  const number = /^#?(\d{1,9})$/.exec(words)?.[1];
  return tx.$queryRaw<FoundOrder[]>`
    select o.id, o.number, o.status, r.name as "retailerName", o.amount_minor as "amountMinor", o.placed_at as "placedAt"
      from orders o join retailer r on r.wholesaler_id = o.wholesaler_id and r.id = o.retailer_id
     where o.wholesaler_id = ${wholesalerId} and (o.number = ${number ?? null}::int or o.id = ${words})
     order by o.placed_at desc limit 2`;
}
