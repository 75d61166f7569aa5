import type { Tx } from '../db/index.ts';
import { likeAnywhere } from '../shared/like-pattern.ts';
import type { OrderStatus } from './lifecycle.ts';

/** What the credit lock compared when it decided; amounts in minor units. */
export type DecisionFigures = {
  limitMinor: bigint;
  owedMinor: bigint;
  heldMinor: bigint;
  /** limit - owed - held + what was granted above the limit for this order. */
  availableMinor: bigint;
};

export type BoardOrder = {
  id: string;
  number: number;
  retailerId: string;
  retailerName: string;
  status: OrderStatus;
  amountMinor: bigint;
  currency: string;
  source: string;
  placedAt: Date;
  /** The same to the microsecond, as `before` wants it: of orders placed in one millisecond none is left out. */
  placedAtExact: string;
  lineCount: number;
  /** Null where no decision is kept under this order. */
  decision: DecisionFigures | null;
  /** Of an order that waits: what the credit lock would say now, and how much is missing; null for all others. */
  now: { code: string | null; shortByMinor: bigint | null } | null;
};

export type BoardQuery = {
  wholesalerId: string;
  /** Empty: all. */
  statuses: readonly OrderStatus[];
  /** A number, or a part of the name or id of the shop. */
  search: string;
  retailerId?: string | undefined;
  /** The last order of the page before. */
  before?: { placedAt: string; id: string } | undefined;
  limit: number;
};

/**
 * Orders newest first, with what their credit was compared with. A search by words looks up the shops first, of which it
 * takes a hundred; the pages run along the index of the newest orders.
 */
export async function orderBoard(tx: Tx, query: BoardQuery): Promise<BoardOrder[]> {
  const { wholesalerId, search, before, limit } = query;
  const number = /^\d{1,9}$/.test(search) ? Number(search) : null;
  const retailers =
    query.retailerId !== undefined
      ? [query.retailerId]
      : search === '' || number !== null
        ? null
        : await retailersLike(tx, wholesalerId, search);
  type Row = Omit<BoardOrder, 'decision' | 'now'> & { [K in keyof DecisionFigures]: bigint | null } & {
    waits: boolean;
    nowCode: string | null;
    nowShortMinor: bigint | null;
  };
  const rows = await tx.$queryRaw<Row[]>`
    with page as (
      select * from orders o
       where o.wholesaler_id = ${wholesalerId}
         and (${query.statuses.length === 0} or o.status = any (${[...query.statuses]}::text[]))
         and (${number}::int is null or o.number = ${number}::int)
         and (${retailers}::text[] is null or o.retailer_id = any (${retailers}::text[]))
         and (${before?.placedAt ?? null}::timestamptz is null
              or (o.placed_at, o.id) < (${before?.placedAt ?? null}::timestamptz, ${before?.id ?? null}::text))
       order by o.placed_at desc, o.id desc limit ${limit}
    )
    select o.id, o.number, o.retailer_id as "retailerId", r.name as "retailerName", o.status,
           o.amount_minor as "amountMinor", o.currency, o.source, o.placed_at as "placedAt",
           to_char(o.placed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as "placedAtExact",
           (select count(*) from order_line l where l.wholesaler_id = o.wholesaler_id and l.order_id = o.id)::int
             as "lineCount",
           coalesce(h.limit_after, d.limit_minor) as "limitMinor", coalesce(h.owed_after, d.owed_minor) as "owedMinor",
           coalesce(h.held_after - h.held_delta, d.held_minor) as "heldMinor",
           coalesce(h.limit_after - h.owed_after - h.held_after + h.held_delta + h.override_minor,
                    d.available_minor + coalesce(d.override_minor, 0)) as "availableMinor",
           n.waits is not null as waits, n.code as "nowCode", n.short_by_minor as "nowShortMinor"
      from page o
      join retailer r on r.wholesaler_id = o.wholesaler_id and r.id = o.retailer_id
      left join ledger_entry h on h.wholesaler_id = o.wholesaler_id and h.key = o.id and h.kind = 'HOLD'
      left join lateral (
        select * from credit_decision c
         where c.wholesaler_id = o.wholesaler_id and c.retailer_id = o.retailer_id and c.order_id = o.id
         order by c.at desc limit 1) d on o.credit_ledger_entry_id is null
      left join lateral (
        select true as waits, k.code, k.short_by_minor
          from credit_check(o.wholesaler_id, o.retailer_id, o.amount_minor, o.id) k
         where o.status in ('waiting_for_approval', 'waiting_on_credit')) n on true
     order by o.placed_at desc, o.id desc`;
  return rows.map(({ limitMinor, owedMinor, heldMinor, availableMinor, waits, nowCode, nowShortMinor, ...row }) => ({
    ...row,
    now: waits ? { code: nowCode, shortByMinor: nowShortMinor } : null,
    decision:
      limitMinor === null || owedMinor === null || heldMinor === null || availableMinor === null
        ? null
        : { limitMinor, owedMinor, heldMinor, availableMinor },
  }));
}

const RETAILERS_MAX = 100;

async function retailersLike(tx: Tx, wholesalerId: string, words: string): Promise<string[]> {
  const like = likeAnywhere(words);
  const rows = await tx.$queryRaw<{ id: string }[]>`
    select id from retailer where wholesaler_id = ${wholesalerId} and (name ilike ${like} or id ilike ${like})
     order by id limit ${RETAILERS_MAX}`;
  return rows.map(({ id }) => id);
}

export type OrderSheet = Omit<BoardOrder, 'decision' | 'lineCount' | 'placedAtExact' | 'now'> & {
  lines: {
    position: number;
    sku: string;
    name: string;
    unit: string;
    quantityMilli: bigint;
    /** Of it, what came so far, where deliveries were told line by line. */
    deliveredMilli: bigint;
    unitPriceMinor: bigint;
    totalMinor: bigint;
  }[];
  linesLeftOut: number;
  closedAt: Date | null;
  closeReason: string | null;
  waitsUntil: Date | null;
  /** Of its present hold. */
  hold: {
    amountMinor: bigint;
    capturedMinor: bigint;
    releasedMinor: bigint;
    leftMinor: bigint;
    expiresAt: Date;
  } | null;
  conversation: { lineId: string; personKey: string } | null;
};

const LINES_MAX = 300;

/** One order with all that a person needs to decide about it; null when the wholesaler has none with this id. */
export async function orderSheet(tx: Tx, wholesalerId: string, orderId: string): Promise<OrderSheet | null> {
  type Row = Omit<OrderSheet, 'lines' | 'linesLeftOut' | 'hold' | 'conversation'> & {
    holdAmount: bigint | null;
    captured: bigint | null;
    released: bigint | null;
    expiresAt: Date | null;
    lineId: string | null;
    personKey: string | null;
    lineCount: number;
  };
  const [row] = await tx.$queryRaw<Row[]>`
    select o.id, o.number, o.retailer_id as "retailerId", r.name as "retailerName", o.status,
           o.amount_minor as "amountMinor", o.currency, o.source, o.placed_at as "placedAt", o.closed_at as "closedAt",
           o.close_reason as "closeReason", o.waits_until as "waitsUntil", h.amount_minor as "holdAmount",
           h.captured_minor as captured, h.released_minor as released, h.expires_at as "expiresAt",
           o.line_id::text as "lineId", o.person_key as "personKey",
           (select count(*) from order_line l where l.wholesaler_id = o.wholesaler_id and l.order_id = o.id)::int
             as "lineCount"
      from orders o
      join retailer r on r.wholesaler_id = o.wholesaler_id and r.id = o.retailer_id
      left join credit_hold h on h.wholesaler_id = o.wholesaler_id and h.id = o.credit_ledger_entry_id
     where o.wholesaler_id = ${wholesalerId} and o.id = ${orderId}`;
  if (row === undefined) return null;
  const lines = await tx.$queryRaw<OrderSheet['lines']>`
    select position, sku, name, unit, quantity_milli as "quantityMilli", delivered_milli as "deliveredMilli",
           unit_price_minor as "unitPriceMinor", total_minor as "totalMinor"
      from order_line where wholesaler_id = ${wholesalerId} and order_id = ${orderId}
     order by position limit ${LINES_MAX}`;
  const { holdAmount, captured, released, expiresAt, lineId, personKey, lineCount, ...order } = row;
  return {
    ...order,
    lines,
    linesLeftOut: lineCount - lines.length,
    hold:
      holdAmount === null || captured === null || released === null || expiresAt === null
        ? null
        : {
            amountMinor: holdAmount,
            capturedMinor: captured,
            releasedMinor: released,
            leftMinor: holdAmount - captured - released,
            expiresAt,
          },
    conversation: lineId === null || personKey === null ? null : { lineId, personKey },
  };
}
