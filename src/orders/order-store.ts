import type { Tx } from '../db/index.ts';
import type { PlaceItem, RecentOrder } from './types.ts';

type NewOrder = { item: PlaceItem; ledgerEntryId: string };

/** Writes orders and their lines in one statement; an order that exists already, or comes twice, is written once. */
export async function insertOrders(tx: Tx, orders: NewOrder[]): Promise<void> {
  if (orders.length === 0) return;
  const rows = firstOfEach(orders).map(({ item, ledgerEntryId }) => ({
    wholesaler_id: item.wholesalerId,
    id: item.orderId,
    number: item.number,
    retailer_id: item.retailerId,
    currency: item.currency,
    amount_minor: item.amountMinor.toString(),
    source: item.source,
    credit_ledger_entry_id: ledgerEntryId,
    line_id: item.cause?.lineId ?? null,
    person_key: item.cause?.personKey ?? null,
    cause_event_id: item.cause?.eventId ?? null,
    lines: item.lines.map((line, index) => ({
      position: index + 1,
      sku: line.sku,
      name: line.name,
      unit: line.unit,
      quantity_milli: line.quantityMilli,
      unit_price_minor: line.unitPriceMinor.toString(),
      total_minor: line.totalMinor.toString(),
    })),
  }));
  await tx.$executeRaw`
    with input as (
      select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (
        wholesaler_id text, id text, number integer, retailer_id text, currency text, amount_minor bigint, source text,
        credit_ledger_entry_id uuid, line_id uuid, person_key text, cause_event_id uuid, lines jsonb)
    ), placed as (
      insert into orders (wholesaler_id, id, number, retailer_id, status, currency, amount_minor, source,
                          credit_ledger_entry_id, line_id, person_key, cause_event_id)
      select wholesaler_id, id, number, retailer_id, 'approved', currency, amount_minor, source,
             credit_ledger_entry_id, line_id, person_key, cause_event_id
        from input
      on conflict (wholesaler_id, id) do nothing
      returning wholesaler_id, id
    )
    insert into order_line (wholesaler_id, order_id, position, sku, name, unit, quantity_milli, unit_price_minor,
                            total_minor)
    select p.wholesaler_id, p.id, l.*
      from placed p
      join input i on i.wholesaler_id = p.wholesaler_id and i.id = p.id
      cross join lateral jsonb_to_recordset(i.lines) as l (
        position integer, sku text, name text, unit text, quantity_milli bigint, unit_price_minor bigint,
        total_minor bigint)`;
}

// A batch may hold a request and its repeat. The statement below would find the lines of both for the one order.
function firstOfEach(orders: NewOrder[]): NewOrder[] {
  const first = new Map<string, NewOrder>();
  for (const order of orders) {
    const key = orderKey(order.item.wholesalerId, order.item.orderId);
    if (!first.has(key)) first.set(key, order);
  }
  return [...first.values()];
}

export type OrderKey = { wholesalerId: string; orderId: string };

export type StoredOrder = {
  wholesalerId: string;
  id: string;
  number: number;
  retailerId: string;
  status: string;
  amountMinor: bigint;
  ledgerEntryId: string | null;
};

/** Reads orders by key, without a lock. */
export async function readOrders(tx: Tx, keys: OrderKey[]): Promise<Map<string, StoredOrder>> {
  if (keys.length === 0) return new Map();
  const input = JSON.stringify(keys.map((key) => ({ wholesaler_id: key.wholesalerId, id: key.orderId })));
  const rows = await tx.$queryRaw<StoredOrder[]>`
    select o.wholesaler_id as "wholesalerId", o.id, o.number, o.retailer_id as "retailerId", o.status,
           o.amount_minor as "amountMinor", o.credit_ledger_entry_id as "ledgerEntryId"
      from jsonb_to_recordset(${input}::jsonb) as k (wholesaler_id text, id text)
      join orders o on o.wholesaler_id = k.wholesaler_id and o.id = k.id`;
  return new Map(rows.map((row) => [orderKey(row.wholesalerId, row.id), row]));
}

export const orderKey = (wholesalerId: string, orderId: string): string => JSON.stringify([wholesalerId, orderId]);

/** Moves orders from one of the open states to a closed one; returns the keys of those that were still open. */
export async function closeOrders(
  tx: Tx,
  status: 'cancelled' | 'expired',
  orders: (OrderKey & { reason: string })[],
): Promise<Set<string>> {
  if (orders.length === 0) return new Set();
  const input = JSON.stringify(
    orders.map((order) => ({ wholesaler_id: order.wholesalerId, id: order.orderId, reason: order.reason })),
  );
  const rows = await tx.$queryRaw<{ wholesaler_id: string; id: string }[]>`
    update orders o set status = ${status}, closed_at = app_clock(), close_reason = k.reason
      from jsonb_to_recordset(${input}::jsonb) as k (wholesaler_id text, id text, reason text)
     where o.wholesaler_id = k.wholesaler_id and o.id = k.id
       and o.status in ('approved', 'waiting_for_approval', 'waiting_on_credit')
    returning o.wholesaler_id, o.id`;
  return new Set(rows.map((row) => orderKey(row.wholesaler_id, row.id)));
}

/** The newest orders of each shop, newest first, with their lines. */
export async function recentOrders(
  tx: Tx,
  wholesalerId: string,
  retailerIds: string[],
  perRetailer: number,
): Promise<RecentOrder[]> {
  if (retailerIds.length === 0) return [];
  return tx.$queryRaw<RecentOrder[]>`
    select o.retailer_id as "retailerId", o.id, o.number, o.status, o.amount_minor as "amountMinor",
           o.placed_at as "placedAt",
           coalesce((select jsonb_agg(jsonb_build_object('sku', l.sku, 'name', l.name, 'unit', l.unit,
                                                         'quantityMilli', l.quantity_milli) order by l.position)
                       from order_line l where l.wholesaler_id = o.wholesaler_id and l.order_id = o.id), '[]') as lines
      from unnest(${retailerIds}::text[]) as r (id)
      cross join lateral (
        select * from orders n where n.wholesaler_id = ${wholesalerId} and n.retailer_id = r.id
         order by n.placed_at desc, n.number desc limit ${perRetailer}) o
     order by o.retailer_id, o.placed_at desc, o.number desc`;
}
