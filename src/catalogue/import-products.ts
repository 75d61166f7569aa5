import type { Tx } from '../db/index.ts';
import { type Change, differences } from './differences.ts';
import { ANY_QUANTITY, readProducts, type WholeProduct, writeProducts } from './product-store.ts';
import type { ShopProduct } from './shop-schema.ts';

/** Writes the products that the file changes; a file without news writes none. */
export async function importProducts(tx: Tx, wholesalerId: string, given: ShopProduct[]): Promise<Change[]> {
  const stored = await readProducts(tx, wholesalerId);
  const changes: Change[] = [];
  const writes: WholeProduct[] = [];
  for (const product of given) {
    const before = stored.get(product.sku);
    const after = merged(before, product);
    const what = before === undefined ? ['new'] : differences(before, after);
    if (what.length === 0) continue;
    writes.push(after);
    changes.push({ kind: 'product', id: product.sku, what: what.join(', ') });
  }
  await writeProducts(tx, wholesalerId, writes);
  return changes;
}

/** What the file says, then what is stored, then what holds for a new product. */
function merged(before: WholeProduct | undefined, given: ShopProduct): WholeProduct {
  return {
    sku: given.sku,
    name: given.name,
    size: given.size ?? before?.size ?? null,
    units: given.units,
    defaultUnit: given.defaultUnit,
    cartUnit: given.cartUnit ?? keptCartUnit(before, given) ?? given.defaultUnit,
    priceMinor: given.priceMinor,
    unitPricesMinor: given.unitPricesMinor ?? keptUnitPrices(before, given),
    prices: given.prices ?? before?.prices ?? {},
    aliases: given.aliases ?? before?.aliases ?? [],
    active: given.active ?? before?.active ?? true,
    stock: given.stock ?? before?.stock ?? 'in',
    minimum: given.minimum ?? before?.minimum ?? ANY_QUANTITY,
    step: given.step ?? before?.step ?? ANY_QUANTITY,
  };
}

/** A stored cart unit that is just the default unit was never chosen, so it follows the default. */
function keptCartUnit(before: WholeProduct | undefined, given: ShopProduct): string | undefined {
  if (before === undefined || before.cartUnit === before.defaultUnit) return undefined;
  return Object.hasOwn(given.units, before.cartUnit) ? before.cartUnit : undefined;
}

function keptUnitPrices(before: WholeProduct | undefined, given: ShopProduct): Record<string, number> {
  const kept = Object.entries(before?.unitPricesMinor ?? {}).filter(([unit]) => Object.hasOwn(given.units, unit));
  return Object.fromEntries(kept);
}
