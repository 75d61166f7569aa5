import type { Tx } from '../db/index.ts';
import type { AccountKey } from './types.ts';

/** What an account owes by when; days of the wholesaler's calendar, amounts in minor units. */
export type AccountDues = AccountKey & {
  /** Past its due date, days of grace or not. */
  pastMinor: bigint;
  pastSince: string | null;
  /** The next day on which something falls due, today included, and how much. */
  nextMinor: bigint;
  nextOn: string | null;
  /** Paid, and not yet against any debt. */
  unappliedMinor: bigint;
};

/** Reads what is due when, without a lock; accounts that do not exist are missing in the answer. */
export async function readDues(tx: Tx, keys: readonly AccountKey[]): Promise<AccountDues[]> {
  if (keys.length === 0) return [];
  return tx.$queryRaw<AccountDues[]>`
    select a.wholesaler_id as "wholesalerId", a.retailer_id as "retailerId", a.unapplied_minor as "unappliedMinor",
           coalesce(d.past, 0) as "pastMinor", d.past_since as "pastSince", coalesce(d.next, 0) as "nextMinor",
           d.next_on as "nextOn"
      from (select distinct * from unnest(
              ${keys.map((key) => key.wholesalerId)}::text[],
              ${keys.map((key) => key.retailerId)}::text[])) as k (wholesaler_id, retailer_id)
      join credit_account a using (wholesaler_id, retailer_id)
      join wholesaler w on w.id = a.wholesaler_id
     cross join lateral (select (app_clock() at time zone w.time_zone)::date as day) as today
     cross join lateral (
       select sum(days.due) filter (where days.due_on < today.day)::bigint as past,
              min(days.due_on) filter (where days.due_on < today.day)::text as past_since,
              (array_agg(days.due order by days.due_on) filter (where days.due_on >= today.day))[1]::bigint as next,
              min(days.due_on) filter (where days.due_on >= today.day)::text as next_on
         from (select due_on, sum(amount_minor - paid_minor) as due from receivable r
                where r.wholesaler_id = a.wholesaler_id and r.retailer_id = a.retailer_id and r.paid_minor < r.amount_minor
                group by due_on) as days) as d`;
}
