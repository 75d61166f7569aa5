import type { Tx } from '../db/index.ts';

/** What all shops of a wholesaler owe together, by days past the due date. Amounts in minor units. */
export type AgeingTotals = {
  notDueMinor: bigint;
  days1To30Minor: bigint;
  days31To60Minor: bigint;
  days61To90Minor: bigint;
  over90Minor: bigint;
  /** Shops that owe something that is past its due date. */
  overdueShops: number;
};

/** Adds up the open debts as they are now, by the index that has those alone. */
export async function ageingTotals(tx: Tx, wholesalerId: string): Promise<AgeingTotals> {
  const [row] = await tx.$queryRaw<AgeingTotals[]>`
    with debt as (
      select r.retailer_id, r.amount_minor - r.paid_minor as rest, today.day - r.due_on as late
        from receivable r
       cross join (select (app_clock() at time zone w.time_zone)::date as day
                     from wholesaler w where w.id = ${wholesalerId} offset 0) as today
       where r.wholesaler_id = ${wholesalerId} and r.paid_minor < r.amount_minor
    )
    select coalesce(sum(rest) filter (where late <= 0), 0)::bigint as "notDueMinor",
           coalesce(sum(rest) filter (where late between 1 and 30), 0)::bigint as "days1To30Minor",
           coalesce(sum(rest) filter (where late between 31 and 60), 0)::bigint as "days31To60Minor",
           coalesce(sum(rest) filter (where late between 61 and 90), 0)::bigint as "days61To90Minor",
           coalesce(sum(rest) filter (where late > 90), 0)::bigint as "over90Minor",
           count(distinct retailer_id) filter (where late > 0)::int as "overdueShops"
      from debt`;
  const none = { notDueMinor: 0n, days1To30Minor: 0n, days31To60Minor: 0n, days61To90Minor: 0n, over90Minor: 0n };
  return row ?? { ...none, overdueShops: 0 };
}
