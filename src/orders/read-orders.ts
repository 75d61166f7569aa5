import type { HoldState } from '../credit/index.ts';
import type { Tx } from '../db/index.ts';
import type { OrderStatus } from './lifecycle.ts';
import type { PlacedLine } from './types.ts';

/** An order as lists and boards show it. */
export type OrderSummary = {
  orderId: string;
  number: number;
  retailerId: string;
  retailerName: string;
  status: OrderStatus;
  currency: string;
  amountMinor: bigint;
  /** chat, cart or api. */
  source: string;
  placedAt: Date;
  closedAt: Date | null;
  closeReason: string | null;
  creditLedgerEntryId: string | null;
};

/** An order with its lines and the hold that it stands on. */
export type OrderDetail = OrderSummary & {
  lines: PlacedLine[];
  hold: {
    state: HoldState;
    amountMinor: bigint;
    capturedMinor: bigint;
    releasedMinor: bigint;
    leftMinor: bigint;
    expiresAt: Date;
  } | null;
};

export type OrderFilter = {
  wholesalerId: string;
  retailerId?: string | undefined;
  statuses?: readonly OrderStatus[] | undefined;
  /** Placed at this instant or later. */
  from?: Date | undefined;
  /** Placed before it. */
  until?: Date | undefined;
  /** Those whose number is smaller: the last one of the page before. */
  belowNumber?: number | undefined;
  limit: number;
};

/** Orders by number, the newest first. Numbers are unique and only grow, so a page never shifts under its reader. */
export async function listOrders(tx: Tx, filter: OrderFilter): Promise<OrderSummary[]> {
  const { wholesalerId, retailerId = null, statuses = null, from = null, until = null, belowNumber = null } = filter;
  return tx.$queryRaw<OrderSummary[]>`
    select o.id as "orderId", o.number, o.retailer_id as "retailerId", r.name as "retailerName", o.status, o.currency,
           o.amount_minor as "amountMinor", o.source, o.placed_at as "placedAt", o.closed_at as "closedAt",
           o.close_reason as "closeReason", o.credit_ledger_entry_id as "creditLedgerEntryId"
      from orders o join retailer r on r.wholesaler_id = o.wholesaler_id and r.id = o.retailer_id
     where o.wholesaler_id = ${wholesalerId}
       and (${retailerId}::text is null or o.retailer_id = ${retailerId})
       and (${statuses}::text[] is null or o.status = any (${statuses}::text[]))
       and (${from}::timestamptz is null or o.placed_at >= ${from})
       and (${until}::timestamptz is null or o.placed_at < ${until})
       and (${belowNumber}::int is null or o.number < ${belowNumber})
     order by o.number desc limit ${filter.limit}`;
}

type DetailRow = Omit<OrderDetail, 'lines' | 'hold'> & {
  lines: (Omit<PlacedLine, 'unitPriceMinor' | 'totalMinor'> & { unitPriceMinor: string; totalMinor: string })[];
  holdState: HoldState | null;
  heldMinor: bigint;
  capturedMinor: bigint;
  releasedMinor: bigint;
  expiresAt: Date;
};

/** One order; null when this wholesaler has none under that id. */
export async function readOrder(
  tx: Tx,
  { wholesalerId, orderId }: { wholesalerId: string; orderId: string },
): Promise<OrderDetail | null> {
  const [row] = await tx.$queryRaw<DetailRow[]>`
    select o.id as "orderId", o.number, o.retailer_id as "retailerId", r.name as "retailerName", o.status, o.currency,
           o.amount_minor as "amountMinor", o.source, o.placed_at as "placedAt", o.closed_at as "closedAt",
           o.close_reason as "closeReason", o.credit_ledger_entry_id as "creditLedgerEntryId",
           h.state as "holdState", h.amount_minor as "heldMinor", h.captured_minor as "capturedMinor",
           h.released_minor as "releasedMinor", h.expires_at as "expiresAt",
           coalesce((select jsonb_agg(jsonb_build_object(
                              'sku', l.sku, 'name', l.name, 'unit', l.unit, 'quantityMilli', l.quantity_milli,
                              'unitPriceMinor', l.unit_price_minor::text, 'totalMinor', l.total_minor::text)
                            order by l.position)
                       from order_line l where l.wholesaler_id = o.wholesaler_id and l.order_id = o.id), '[]') as lines
      from orders o
      join retailer r on r.wholesaler_id = o.wholesaler_id and r.id = o.retailer_id
      left join credit_hold h on h.wholesaler_id = o.wholesaler_id and h.id = o.credit_ledger_entry_id
     where o.wholesaler_id = ${wholesalerId} and o.id = ${orderId}`;
  return row === undefined ? null : toDetail(row);
}

function toDetail(row: DetailRow): OrderDetail {
  const { lines, holdState, heldMinor, capturedMinor, releasedMinor, expiresAt, ...order } = row;
  return {
    ...order,
    lines: lines.map((line) => ({
      ...line,
      unitPriceMinor: BigInt(line.unitPriceMinor),
      totalMinor: BigInt(line.totalMinor),
    })),
    hold:
      holdState === null
        ? null
        : {
            state: holdState,
            amountMinor: heldMinor,
            capturedMinor,
            releasedMinor,
            leftMinor: heldMinor - capturedMinor - releasedMinor,
            expiresAt,
          },
  };
}
