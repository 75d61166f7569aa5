import type { Tx } from '../db/index.ts';
import { type Change, differences, inParts } from './differences.ts';
import type { ShopProduct } from './shop-schema.ts';

/** A product row under the names of the import file, with nothing left out. */
type StoredProduct = Required<Omit<ShopProduct, 'size' | 'minimum' | 'step'>> & {
  size: string | null;
  minimumMilli: number;
  stepMilli: number;
};

/**
 * Minimum and step of a product for which the file names none: the smallest there is, so any quantity. A whole default
 * unit would be too coarse a rule to invent: nobody could order two dozen of what is sold by the case of 96.
 */
const ANY_MILLI = 1;

/**
 * Writes the products that the file changes and counts the catalogue's version up when there are any: that is what
 * makes running workers build a new search index, so a file without news must not do it.
 */
export async function importProducts(tx: Tx, wholesalerId: string, given: ShopProduct[]): Promise<Change[]> {
  const stored = await readProducts(tx, wholesalerId);
  const changes: Change[] = [];
  const writes: StoredProduct[] = [];
  for (const product of given) {
    const before = stored.get(product.sku);
    const after = merged(before, product);
    const what = before === undefined ? ['new'] : differences(before, after);
    if (what.length === 0) continue;
    writes.push(after);
    changes.push({ kind: 'product', id: product.sku, what: what.join(', ') });
  }
  if (writes.length === 0) return [];
  for (const part of inParts(writes)) await writeProducts(tx, wholesalerId, part);
  await tx.$executeRaw`update wholesaler set catalogue_version = catalogue_version + 1 where id = ${wholesalerId}`;
  return changes;
}

/** What the file says, then what is stored, then what holds for a new product. */
function merged(before: StoredProduct | undefined, given: ShopProduct): StoredProduct {
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
    minimumMilli: given.minimum === undefined ? (before?.minimumMilli ?? ANY_MILLI) : Math.round(given.minimum * 1000),
    stepMilli: given.step === undefined ? (before?.stepMilli ?? ANY_MILLI) : Math.round(given.step * 1000),
  };
}

/** A stored cart unit that is just the default unit was never chosen, so it follows the default. */
function keptCartUnit(before: StoredProduct | undefined, given: ShopProduct): string | undefined {
  if (before === undefined || before.cartUnit === before.defaultUnit) return undefined;
  return Object.hasOwn(given.units, before.cartUnit) ? before.cartUnit : undefined;
}

function keptUnitPrices(before: StoredProduct | undefined, given: ShopProduct): Record<string, number> {
  const kept = Object.entries(before?.unitPricesMinor ?? {}).filter(([unit]) => Object.hasOwn(given.units, unit));
  return Object.fromEntries(kept);
}

type ProductRow = Omit<StoredProduct, 'priceMinor' | 'minimumMilli' | 'stepMilli'> & {
  priceMinor: bigint;
  minimumMilli: bigint;
  stepMilli: bigint;
};

async function readProducts(tx: Tx, wholesalerId: string): Promise<Map<string, StoredProduct>> {
  const rows = await tx.$queryRaw<ProductRow[]>`
    select sku, name, size, units, default_unit as "defaultUnit", cart_unit as "cartUnit",
           price_minor as "priceMinor", unit_prices as "unitPricesMinor", list_prices as "prices", aliases, active,
           stock, minimum_milli as "minimumMilli", step_milli as "stepMilli"
    from product
    where wholesaler_id = ${wholesalerId}`;
  const products = rows.map((row) => ({
    ...row,
    // The file cannot say more than 2^53-1, so neither can a row that it wrote.
    priceMinor: Number(row.priceMinor),
    minimumMilli: Number(row.minimumMilli),
    stepMilli: Number(row.stepMilli),
  }));
  return new Map(products.map((product) => [product.sku, product]));
}

async function writeProducts(tx: Tx, wholesalerId: string, products: StoredProduct[]): Promise<void> {
  // New products go behind the ones that are there, in the order of the file. The wholesaler row is locked, so no
  // other import counts from the same place.
  await tx.$executeRaw`
    insert into product (wholesaler_id, sku, name, size, units, default_unit, cart_unit, price_minor, unit_prices,
                         list_prices, aliases, active, stock, minimum_milli, step_milli, position)
    select ${wholesalerId}, sku, name, size, units, "defaultUnit", "cartUnit", "priceMinor", "unitPricesMinor",
           prices, array(select jsonb_array_elements_text(aliases)), active, stock, "minimumMilli", "stepMilli",
           (select coalesce(max(position), 0) from product where wholesaler_id = ${wholesalerId}) + ordinality
    from rows from (jsonb_to_recordset(${JSON.stringify(products)}::jsonb) as (
      sku text, name text, size text, units jsonb, "defaultUnit" text, "cartUnit" text, "priceMinor" bigint,
      "unitPricesMinor" jsonb, prices jsonb, aliases jsonb, active boolean, stock text, "minimumMilli" bigint,
      "stepMilli" bigint)) with ordinality
    on conflict (wholesaler_id, sku) do update
    set name = excluded.name, size = excluded.size, units = excluded.units, default_unit = excluded.default_unit,
        cart_unit = excluded.cart_unit, price_minor = excluded.price_minor, unit_prices = excluded.unit_prices,
        list_prices = excluded.list_prices, aliases = excluded.aliases, active = excluded.active,
        stock = excluded.stock, minimum_milli = excluded.minimum_milli, step_milli = excluded.step_milli`;
}
