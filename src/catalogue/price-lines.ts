import { judgeQuantity, toMilli, unitPrice } from '../conversation/quantities.ts';
import type { CatalogueProduct } from '../conversation/types.ts';
import type { Tx } from '../db/index.ts';
import type { QuantityRules } from '../orders/quantity-rules.ts';
import { lineTotal } from '../shared/money.ts';
import { type ProductRow, priced } from './load-catalogue.ts';

/** A line as a program asks for it. */
export type AskedLine = { sku: string; quantity: number; unit?: string | undefined };

/** A line at today's price for the shop. */
export type PricedLine = {
  sku: string;
  name: string;
  unit: string;
  quantityMilli: number;
  unitPriceMinor: bigint;
  totalMinor: bigint;
  /** What the product says about how much of it may be ordered. */
  rules: QuantityRules;
};

/** What is wrong with a line: its place in the list, which field, and what to do. */
export type LineFault = {
  index: number;
  field: 'sku' | 'unit' | 'quantity';
  code: 'UNKNOWN_SKU' | 'NOT_FOR_SALE' | 'OUT_OF_STOCK' | 'UNKNOWN_UNIT' | 'QUANTITY_NOT_ALLOWED';
  message: string;
};

export type PricedLines = { kind: 'priced'; lines: PricedLine[] } | { kind: 'faulty'; faults: LineFault[] };

/**
 * Prices what each of some shops asks for from the products as they are in the database now, by the same rules as in a
 * chat: price lists, units, minimum and step. One answer per list, in their order. Programs know what they ask for, so
 * a surprisingly large quantity is no question here. Two statements, whatever their number.
 */
export async function priceLines(
  tx: Tx,
  wholesalerId: string,
  asked: readonly { retailerId: string; lines: readonly AskedLine[] }[],
): Promise<PricedLines[]> {
  const lists = await readPriceLists(tx, wholesalerId, [...new Set(asked.map(({ retailerId }) => retailerId))]);
  const skus = new Set(asked.flatMap(({ lines }) => lines.map(({ sku }) => sku)));
  const rows = await readProducts(tx, wholesalerId, [...skus]);
  return asked.map(({ retailerId, lines }) => priceAll(lines, rows, lists.get(retailerId) ?? null));
}

function priceAll(
  lines: readonly AskedLine[],
  rows: ReadonlyMap<string, ProductRow>,
  list: string | null,
): PricedLines {
  const faults: LineFault[] = [];
  const pricedLines = lines.flatMap((line, index): PricedLine[] => {
    const row = rows.get(line.sku);
    const outcome = row === undefined ? unknownSku(line) : priceOne(line, priced(row, list));
    if ('totalMinor' in outcome) return [outcome];
    faults.push({ index, ...outcome });
    return [];
  });
  return faults.length > 0 ? { kind: 'faulty', faults } : { kind: 'priced', lines: pricedLines };
}

type Fault = Omit<LineFault, 'index'>;

const unknownSku = ({ sku }: AskedLine): Fault => ({
  field: 'sku',
  code: 'UNKNOWN_SKU',
  message: `"${sku}" is not in the catalogue`,
});

function priceOne(line: AskedLine, product: CatalogueProduct): PricedLine | Fault {
  if (!product.active) return { field: 'sku', code: 'NOT_FOR_SALE', message: `"${line.sku}" is not sold at present` };
  if (product.stock === 'out') return { field: 'sku', code: 'OUT_OF_STOCK', message: `"${line.sku}" is out of stock` };
  const unit = line.unit ?? product.defaultUnit;
  const unitPriceMinor = unitPrice(product, unit);
  if (unitPriceMinor === null) {
    const units = Object.keys(product.unitPricesMinor).join(', ');
    return { field: 'unit', code: 'UNKNOWN_UNIT', message: `"${line.sku}" is sold by ${units}` };
  }
  const quantityMilli = toMilli(line.quantity);
  const verdict = judgeQuantity(product, { unit, quantityMilli }, { cap: Number.POSITIVE_INFINITY });
  if (verdict.kind === 'off_step') {
    const { nearest } = verdict;
    const message = `"${line.sku}" may be ordered as ${nearest.quantityMilli / 1000} ${nearest.unit}`;
    return { field: 'quantity', code: 'QUANTITY_NOT_ALLOWED', message };
  }
  if (verdict.kind === 'impossible') {
    return { field: 'quantity', code: 'QUANTITY_NOT_ALLOWED', message: 'is more than a line can hold' };
  }
  const totalMinor = lineTotal(BigInt(quantityMilli), unitPriceMinor);
  return { sku: line.sku, name: product.name, unit, quantityMilli, unitPriceMinor, totalMinor, rules: product };
}

async function readPriceLists(
  tx: Tx,
  wholesalerId: string,
  retailerIds: string[],
): Promise<Map<string, string | null>> {
  const rows = await tx.$queryRaw<{ id: string; list: string | null }[]>`
    select id, price_list as list from retailer
     where wholesaler_id = ${wholesalerId} and id = any (${retailerIds}::text[])`;
  return new Map(rows.map(({ id, list }) => [id, list]));
}

async function readProducts(tx: Tx, wholesalerId: string, skus: string[]): Promise<Map<string, ProductRow>> {
  const rows = await tx.$queryRaw<ProductRow[]>`
    select sku, name, size, units, default_unit as "defaultUnit", cart_unit as "cartUnit", aliases, active, stock,
           price_minor as "priceMinor", unit_prices as "unitPrices", list_prices as "listPrices",
           minimum_milli as "minimumMilli", step_milli as "stepMilli"
      from product where wholesaler_id = ${wholesalerId} and sku = any (${skus}::text[])`;
  return new Map(rows.map((row) => [row.sku, row]));
}
