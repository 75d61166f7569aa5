import type { Tx } from '../db/index.ts';
import type { WaitingStatus } from './lifecycle.ts';
import type { PlaceItem, RecentOrder } from './types.ts';

type NewOrder = {
  item: PlaceItem;
  status: 'approved' | WaitingStatus;
  /** Null while the order waits. */
  ledgerEntryId: string | null;
  waitMinutes: number | null;
};

/** Writes orders and their lines in one statement; an order that exists already, or comes twice, is written once. */
export async function insertOrders(tx: Tx, orders: NewOrder[]): Promise<void> {
  if (orders.length === 0) return;
  const rows = firstOfEach(orders).map(({ item, status, ledgerEntryId, waitMinutes }) => ({
    wholesaler_id: item.wholesalerId,
    id: item.orderId,
    number: item.number,
    retailer_id: item.retailerId,
    status,
    wait_minutes: waitMinutes,
    currency: item.currency,
    amount_minor: item.amountMinor.toString(),
    source: item.source,
    credit_ledger_entry_id: ledgerEntryId,
    request_sha256: item.requestSha256 ?? null,
    line_id: item.cause?.lineId ?? null,
    person_key: item.cause?.personKey ?? null,
    cause_event_id: item.cause?.eventId ?? null,
    lines: toLineRows(item),
  }));
  await tx.$executeRaw`
    with input as (
      select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (
        wholesaler_id text, id text, number integer, retailer_id text, status text, wait_minutes integer,
        currency text, amount_minor bigint, source text,
        credit_ledger_entry_id uuid, request_sha256 text, line_id uuid, person_key text, cause_event_id uuid, lines jsonb)
    ), placed as (
      insert into orders (wholesaler_id, id, number, retailer_id, status, currency, amount_minor, source,
                          credit_ledger_entry_id, request_sha256, line_id, person_key, cause_event_id, waits_until)
      select wholesaler_id, id, number, retailer_id, status, currency, amount_minor, source,
             credit_ledger_entry_id, decode(request_sha256, 'hex'), line_id, person_key, cause_event_id,
             app_clock() + wait_minutes * interval '1 minute'
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

/**
 * Makes orders that waited on credit what was confirmed of them: approved, on their hold, with today's lines and prices.
 * The caller holds them, so each is found as it was read.
 */
export async function confirmWaiting(tx: Tx, orders: { item: PlaceItem; ledgerEntryId: string }[]): Promise<void> {
  if (orders.length === 0) return;
  const rows = orders.map(({ item, ledgerEntryId }) => ({
    wholesaler_id: item.wholesalerId,
    id: item.orderId,
    amount_minor: item.amountMinor.toString(),
    credit_ledger_entry_id: ledgerEntryId,
    count: item.lines.length,
    lines: toLineRows(item),
  }));
  const input = JSON.stringify(rows);
  const confirmed = await tx.$executeRaw`
    update orders o set status = 'approved', credit_ledger_entry_id = i.credit_ledger_entry_id,
           amount_minor = i.amount_minor, placed_at = app_clock()
      from jsonb_to_recordset(${input}::jsonb)
             as i (wholesaler_id text, id text, amount_minor bigint, credit_ledger_entry_id uuid)
     where o.wholesaler_id = i.wholesaler_id and o.id = i.id and o.status = 'waiting_on_credit'`;
  // The holds are part of this transaction, which has to be rolled back with them.
  if (confirmed !== orders.length) throw new Error('an order that was held changed all the same');
  await tx.$executeRaw`
    delete from order_line l using jsonb_to_recordset(${input}::jsonb) as i (wholesaler_id text, id text, count integer)
     where l.wholesaler_id = i.wholesaler_id and l.order_id = i.id and l.position > i.count`;
  await tx.$executeRaw`
    insert into order_line (wholesaler_id, order_id, position, sku, name, unit, quantity_milli, unit_price_minor,
                            total_minor)
    select i.wholesaler_id, i.id, l.*
      from jsonb_to_recordset(${input}::jsonb) as i (wholesaler_id text, id text, lines jsonb)
      cross join lateral jsonb_to_recordset(i.lines) as l (
        position integer, sku text, name text, unit text, quantity_milli bigint, unit_price_minor bigint,
        total_minor bigint)
    on conflict (wholesaler_id, order_id, position) do update
       set sku = excluded.sku, name = excluded.name, unit = excluded.unit, quantity_milli = excluded.quantity_milli,
           unit_price_minor = excluded.unit_price_minor, total_minor = excluded.total_minor`;
}

function toLineRows({ lines }: PlaceItem) {
  return lines.map((line, index) => ({
    position: index + 1,
    sku: line.sku,
    name: line.name,
    unit: line.unit,
    quantity_milli: line.quantityMilli,
    unit_price_minor: line.unitPriceMinor.toString(),
    total_minor: line.totalMinor.toString(),
  }));
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
  currency: string;
  amountMinor: bigint;
  ledgerEntryId: string | null;
  requestSha256: string | null;
};

/** Reads orders by key, without a lock. */
export async function readOrders(tx: Tx, keys: OrderKey[]): Promise<Map<string, StoredOrder>> {
  if (keys.length === 0) return new Map();
  const input = JSON.stringify(keys.map((key) => ({ wholesaler_id: key.wholesalerId, id: key.orderId })));
  const rows = await tx.$queryRaw<StoredOrder[]>`
    select o.wholesaler_id as "wholesalerId", o.id, o.number, o.retailer_id as "retailerId", o.status,
           o.currency, o.amount_minor as "amountMinor", o.credit_ledger_entry_id as "ledgerEntryId",
           encode(o.request_sha256, 'hex') as "requestSha256"
      from jsonb_to_recordset(${input}::jsonb) as k (wholesaler_id text, id text)
      join orders o on o.wholesaler_id = k.wholesaler_id and o.id = k.id`;
  return new Map(rows.map((row) => [orderKey(row.wholesalerId, row.id), row]));
}

export const orderKey = (wholesalerId: string, orderId: string): string => JSON.stringify([wholesalerId, orderId]);

/** Moves orders that were placed, or wait, to a closed state; returns the keys of those that were still open. */
export async function closeOrders(
  tx: Tx,
  status: 'cancelled' | 'rejected' | 'expired',
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

/** Orders that wait are known beside the newest ones, up to this many of a shop. */
const WAITING_KNOWN = 5;

/** The newest orders of each shop and those that wait, newest first, with their lines. */
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
        (select * from orders n where n.wholesaler_id = ${wholesalerId} and n.retailer_id = r.id
          order by n.placed_at desc, n.number desc limit ${perRetailer})
        union
        (select * from orders w where w.wholesaler_id = ${wholesalerId} and w.retailer_id = r.id
            and w.status in ('waiting_for_approval', 'waiting_on_credit')
          order by w.placed_at desc limit ${WAITING_KNOWN})) o
     order by o.retailer_id, o.placed_at desc, o.number desc`;
}
