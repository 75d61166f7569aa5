import type { Tx } from '../db/index.ts';

/** Orders that were placed on a day of the wholesaler's calendar, whatever became of them since. */
export type DayOfOrders = { day: string; count: number; amountMinor: bigint };

const DAYS_MAX = 62;

/** The last days up to today, oldest first, with none left out; a day without orders has zeros. */
export async function ordersByDay(tx: Tx, wholesalerId: string, days: number): Promise<DayOfOrders[]> {
  return tx.$queryRaw<DayOfOrders[]>`
    with shop as (
      select time_zone, (app_clock() at time zone time_zone)::date as today from wholesaler where id = ${wholesalerId}
    ), calendar as (
      select today - back as day, time_zone from shop, generate_series(0, ${Math.min(days, DAYS_MAX) - 1}::int) as back
    )
    select to_char(c.day, 'YYYY-MM-DD') as day, coalesce(n.count, 0)::int as count,
           coalesce(n.amount, 0)::bigint as "amountMinor"
      from calendar c
      cross join lateral (
        select count(*) as count, sum(o.amount_minor)::bigint as amount from orders o
         where o.wholesaler_id = ${wholesalerId}
           and o.placed_at >= c.day::timestamp at time zone c.time_zone
           and o.placed_at < (c.day + 1)::timestamp at time zone c.time_zone) as n
     order by c.day`;
}

export type OpenOrderState = 'waiting_for_approval' | 'waiting_on_credit' | 'approved' | 'part_delivered';
export type OpenOrders = Record<OpenOrderState, { count: number; amountMinor: bigint }>;

/** How many orders wait in each open state, and what they come to. */
export async function openOrders(tx: Tx, wholesalerId: string): Promise<OpenOrders> {
  const none = { count: 0, amountMinor: 0n };
  const open: OpenOrders = {
    waiting_for_approval: none,
    waiting_on_credit: none,
    approved: none,
    part_delivered: none,
  };
  const rows = await tx.$queryRaw<{ status: OpenOrderState; count: number; amountMinor: bigint }[]>`
    select status, count(*)::int as count, sum(amount_minor)::bigint as "amountMinor" from orders
     where wholesaler_id = ${wholesalerId}
       and status in ('waiting_for_approval', 'waiting_on_credit', 'approved', 'part_delivered')
     group by status`;
  for (const { status, count, amountMinor } of rows) open[status] = { count, amountMinor };
  return open;
}
