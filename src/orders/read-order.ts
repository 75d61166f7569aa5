import type { Tx } from '../db/index.ts';
import { Prisma } from '../generated/prisma/client.ts';
import type { OrderDetails, RecentOrder } from './types.ts';

/** Lines of one order that are told in a chat; the rest is counted. */
const LINES_MAX = 30;

/** One order of a shop by the number that people say, with what became of it; null when the shop has no such order. */
export async function readOrderByNumber(
  tx: Tx,
  { wholesalerId, retailerId, number }: { wholesalerId: string; retailerId: string; number: number },
): Promise<OrderDetails | null> {
  if (!isOrderNumber(number)) return null;
  const [row] = await tx.$queryRaw<(OrderDetails & { lineCount: number })[]>`
    select o.id, o.number, o.status, o.amount_minor as "amountMinor", o.placed_at as "placedAt",
           coalesce(h.captured_minor, 0) as "chargedMinor",
           case when h.state = 'open' then h.amount_minor - h.captured_minor - h.released_minor else 0 end as "heldMinor",
           (select min(r.due_on)::text from receivable r
             where r.wholesaler_id = o.wholesaler_id and r.retailer_id = o.retailer_id and r.order_id = o.id
               and r.paid_minor < r.amount_minor) as "dueOn",
           coalesce((select jsonb_agg(jsonb_build_object('sku', l.sku, 'name', l.name, 'unit', l.unit,
                                                         'quantityMilli', l.quantity_milli) order by l.position)
                       from (select * from order_line n where n.wholesaler_id = o.wholesaler_id and n.order_id = o.id
                              order by position limit ${LINES_MAX}) l), '[]') as lines,
           (select count(*)::int from order_line n
             where n.wholesaler_id = o.wholesaler_id and n.order_id = o.id) as "lineCount"
      from orders o
      left join credit_hold h on h.wholesaler_id = o.wholesaler_id and h.id = o.credit_ledger_entry_id
     where o.wholesaler_id = ${wholesalerId} and o.number = ${number} and o.retailer_id = ${retailerId}`;
  if (row === undefined) return null;
  const { lineCount, ...order } = row;
  return { ...order, linesLeftOut: lineCount - order.lines.length };
}

/** An order of this retailer with all of its lines, by its id or by its number; null where it has none such. */
export async function findOrderOf(
  tx: Tx,
  order: { wholesalerId: string; retailerId: string } & ({ id: string } | { number: number }),
): Promise<Omit<RecentOrder, 'retailerId'> | null> {
  const { wholesalerId, retailerId } = order;
  if ('number' in order && !isOrderNumber(order.number)) return null;
  const which = 'id' in order ? Prisma.sql`o.id = ${order.id}` : Prisma.sql`o.number = ${order.number}`;
  const [row] = await tx.$queryRaw<Omit<RecentOrder, 'retailerId'>[]>`
    select o.id, o.number, o.status, o.amount_minor as "amountMinor", o.placed_at as "placedAt",
           coalesce((select jsonb_agg(jsonb_build_object('sku', l.sku, 'name', l.name, 'unit', l.unit,
                                                         'quantityMilli', l.quantity_milli) order by l.position)
                       from order_line l where l.wholesaler_id = o.wholesaler_id and l.order_id = o.id), '[]') as lines
      from orders o
     where o.wholesaler_id = ${wholesalerId} and ${which} and o.retailer_id = ${retailerId}`;
  return row ?? null;
}

const isOrderNumber = (number: number): boolean => Number.isInteger(number) && number >= 1 && number <= 2_147_483_647;

/** The numbers that people know orders by, by order id; orders that are kept elsewhere have none. */
export async function orderNumbersOf(tx: Tx, wholesalerId: string, orderIds: string[]): Promise<Map<string, number>> {
  if (orderIds.length === 0) return new Map();
  const rows = await tx.$queryRaw<{ id: string; number: number }[]>`
    select id, number from orders where wholesaler_id = ${wholesalerId} and id = any (${orderIds}::text[])`;
  return new Map(rows.map(({ id, number }) => [id, number]));
}
