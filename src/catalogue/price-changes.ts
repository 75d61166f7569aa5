import type { ChangedProduct } from './csv/compare-file.ts';
import { unitPricesMinor } from './load-catalogue.ts';
import type { WholeProduct } from './product-store.ts';

/** What one of a unit costs a shop without a price list of its own. */
export function priceOf({ units, priceMinor, unitPricesMinor: own }: WholeProduct, unit: string): bigint {
  const prices = unitPricesMinor({ units, priceMinor: BigInt(priceMinor), unitPrices: own, listPrices: {} }, null);
  return prices[unit] ?? 0n;
}

/** A price that a file changes; null where there was or will be none. */
export type PriceChange = {
  sku: string;
  name: string;
  /** Null: one piece. */
  unit: string | null;
  /** Null: the usual prices. */
  priceList: string | null;
  fromMinor: bigint | null;
  toMinor: bigint | null;
};

/** What shops will pay more or less for: one piece, each unit, each price list. */
export function priceChanges({ before, after }: ChangedProduct): PriceChange[] {
  const { sku, name } = after;
  const units = [...new Set([...Object.keys(before.units), ...Object.keys(after.units)])];
  const of = (product: WholeProduct, unit: string): bigint | null =>
    Object.hasOwn(product.units, unit) ? priceOf(product, unit) : null;
  const lists = [...new Set([...Object.keys(before.prices), ...Object.keys(after.prices)])];
  const on = (product: WholeProduct, list: string): bigint | null =>
    product.prices[list] === undefined ? null : BigInt(product.prices[list] ?? 0);
  const rows = [
    { unit: null, priceList: null, fromMinor: BigInt(before.priceMinor), toMinor: BigInt(after.priceMinor) },
    ...units
      .filter((unit) => unit !== 'each')
      .map((unit) => ({ unit, priceList: null, fromMinor: of(before, unit), toMinor: of(after, unit) })),
    ...lists.map((list) => ({ unit: null, priceList: list, fromMinor: on(before, list), toMinor: on(after, list) })),
  ];
  return rows.filter(({ fromMinor, toMinor }) => fromMinor !== toMinor).map((row) => ({ sku, name, ...row }));
}
