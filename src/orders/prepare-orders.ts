import { createHash } from 'node:crypto';
import { type AskedLine, type LineFault, type PricedLine, priceLines } from '../catalogue/index.ts';
import type { Tx } from '../db/index.ts';
import { mustExist } from '../shared/assert.ts';
import { orderKey, readOrders, type StoredOrder } from './order-store.ts';
import type { OrderToPlace } from './place-order.ts';
import type { PlacedLine } from './types.ts';

/** An order as a program asks for it: its amount, where it keeps the lines itself, or lines to be priced here. */
export type OrderAsked = {
  retailerId: string;
  orderId: string;
  holdLifetimeHours?: number | undefined;
} & ({ amountMinor: bigint } | { lines: readonly AskedLine[]; partialFit?: boolean | undefined });

export type Prepared =
  /** `trimmable`: the lines that may be cut down to the credit that there is; null where all or nothing is wanted. */
  | { kind: 'ready'; order: OrderToPlace; trimmable: readonly PricedLine[] | null }
  | { kind: 'faulty_lines'; faults: LineFault[] }
  /** The order id stands for something else already. */
  | { kind: 'other_order' };

type From = { wholesalerId: string; currency: string; actor: string };

/**
 * Makes orders that the desk can place of what is asked, one answer each, in their order. Lines get today's prices, once:
 * an order that comes again is prepared as it was placed, though prices changed meanwhile. Reads in three statements at most.
 */
export async function prepareOrders(tx: Tx, from: From, asked: readonly OrderAsked[]): Promise<Prepared[]> {
  const withLines = asked.filter(hasLines);
  const stored = await readOrders(
    tx,
    withLines.map(({ orderId }) => ({ wholesalerId: from.wholesalerId, orderId })),
  );
  const before = ({ orderId }: OrderAsked): StoredOrder | undefined => stored.get(orderKey(from.wholesalerId, orderId));
  const fresh = withLines.filter((order) => before(order) === undefined);
  const priced = fresh.length === 0 ? [] : await priceLines(tx, from.wholesalerId, fresh);
  const pricedOf = new Map(fresh.map((order, index) => [order, mustExist(priced[index], 'the prices of an order')]));
  return asked.map((order): Prepared => {
    if (!hasLines(order)) return ready(toPlace(from, order, order.amountMinor, []));
    const requestSha256 = hashOf(order);
    const known = before(order);
    if (known !== undefined) {
      if (known.requestSha256 !== requestSha256 || known.ledgerEntryId === null) return { kind: 'other_order' };
      // It has its lines already: what is placed again only asks the credit lock for its first answer.
      return ready({ ...toPlace(from, order, known.amountMinor, []), requestSha256 });
    }
    const prices = mustExist(pricedOf.get(order), 'the prices of an order');
    if (prices.kind === 'faulty') return { kind: 'faulty_lines', faults: prices.faults };
    const amountMinor = prices.lines.reduce((sum, line) => sum + line.totalMinor, 0n);
    const placed = { ...toPlace(from, order, amountMinor, prices.lines), requestSha256 };
    return ready(placed, order.partialFit === true ? prices.lines : null);
  });
}

const ready = (order: OrderToPlace, trimmable: readonly PricedLine[] | null = null): Prepared => ({
  kind: 'ready',
  order,
  trimmable,
});

type WithLines = Extract<OrderAsked, { lines: unknown }>;

const hasLines = (order: OrderAsked): order is WithLines => 'lines' in order;

function toPlace(from: From, order: OrderAsked, amountMinor: bigint, lines: PlacedLine[]): OrderToPlace {
  const { retailerId, orderId, holdLifetimeHours } = order;
  return {
    ...from,
    retailerId,
    orderId,
    amountMinor,
    source: 'api',
    lines,
    cause: null,
    ...(holdLifetimeHours !== undefined && { holdLifetimeMinutes: holdLifetimeHours * 60 }),
  };
}

function hashOf({ retailerId, lines, holdLifetimeHours, partialFit = false }: WithLines): string {
  const asked = [
    retailerId,
    lines.map(({ sku, quantity, unit }) => [sku, quantity, unit]),
    holdLifetimeHours,
    partialFit,
  ];
  return createHash('sha256').update(JSON.stringify(asked)).digest('hex');
}
