import type { Tx } from '../db/index.ts';
import type { AccountKey } from './types.ts';

/** A debt that is not wholly paid; amounts in minor units. */
export type OpenReceivable = {
  receivableId: string;
  orderId: string | null;
  /** The wholesaler's own number of the invoice. */
  reference: string | null;
  amountMinor: bigint;
  paidMinor: bigint;
  leftMinor: bigint;
  /** A day of the wholesaler's calendar, YYYY-MM-DD; overdue from the day after. */
  dueOn: string;
  openedAt: Date;
};

/** The open debts of an account, oldest due first, which is the order in which payments settle them; at most `limit`. */
export function openReceivables(tx: Tx, key: AccountKey, limit: number): Promise<OpenReceivable[]> {
  return tx.$queryRaw<OpenReceivable[]>`
    select id as "receivableId", order_id as "orderId", reference, amount_minor as "amountMinor",
           paid_minor as "paidMinor", amount_minor - paid_minor as "leftMinor", due_on::text as "dueOn",
           opened_at as "openedAt"
      from receivable
     where wholesaler_id = ${key.wholesalerId} and retailer_id = ${key.retailerId} and paid_minor < amount_minor
     order by due_on, id limit ${limit}`;
}

/** What is left of open debts of several accounts of a wholesaler, oldest due first; at most `limit` of each. */
export async function debtsOf(
  tx: Tx,
  wholesalerId: string,
  retailerIds: readonly string[],
  limit: number,
): Promise<{ retailerId: string; leftMinor: bigint; dueOn: string }[]> {
  if (retailerIds.length === 0) return [];
  return tx.$queryRaw<{ retailerId: string; leftMinor: bigint; dueOn: string }[]>`
    select k.retailer_id as "retailerId", r.left_minor as "leftMinor", r.due_on::text as "dueOn"
      from (select distinct * from unnest(${retailerIds}::text[]) as u (retailer_id)) k
     cross join lateral (
       select amount_minor - paid_minor as left_minor, due_on, id from receivable
        where wholesaler_id = ${wholesalerId} and retailer_id = k.retailer_id and paid_minor < amount_minor
        order by due_on, id limit ${limit}) r
     order by k.retailer_id, r.due_on, r.id`;
}
