import type { CatalogueProduct } from '../conversation/types.ts';
import type { Tx } from '../db/index.ts';
import { buildCatalogueIndex, type CatalogueIndex } from '../parser/index.ts';
import { lineTotal, QUANTITY_SCALE } from '../shared/money.ts';

/** A wholesaler's products as of one version. It never changes, so conversations may share it. */
export type Catalogue = {
  version: number;
  /** Over all products, also those switched off: a retailer who asks for one hears its name, not "unknown". */
  index: CatalogueIndex;
  /** By SKU, with the prices of a price list; null, or a list that no product names, gives the standard prices. */
  productsFor(priceList: string | null): ReadonlyMap<string, CatalogueProduct>;
};

export type CatalogueCache = {
  /**
   * The wholesaler's catalogue. While it has not changed this costs one small query, or none for a caller who has
   * read `wholesaler.catalogue_version` already and passes it. An unknown wholesaler has an empty catalogue.
   */
  load(db: Tx, wholesalerId: string, knownVersion?: number): Promise<Catalogue>;
};

/** How many wholesalers' catalogues one process keeps; the one loaded longest ago goes first. */
const CATALOGUES_MAX = 200;

/**
 * One per process and database: building the index of a large shop takes a third of a second that no message should
 * wait for. A newer version takes over what was read for products that are the same, which leaves a quarter of that.
 */
export function createCatalogueCache(): CatalogueCache {
  const kept = new Map<string, Catalogue>();
  return {
    async load(db, wholesalerId, knownVersion) {
      const version = knownVersion ?? (await readVersion(db, wholesalerId));
      const found = kept.get(wholesalerId);
      // Versions only count up. A newer one than asked for comes from a conversation that looked a moment later.
      if (found !== undefined && found.version >= version) return found;
      const loaded = await loadCatalogue(db, wholesalerId, found);
      kept.delete(wholesalerId);
      kept.set(wholesalerId, loaded);
      for (const oldest of kept.keys()) {
        if (kept.size <= CATALOGUES_MAX) break;
        kept.delete(oldest);
      }
      return loaded;
    },
  };
}

export type ProductRow = Omit<CatalogueProduct, 'minimumMilli' | 'stepMilli' | 'unitPricesMinor'> & {
  priceMinor: bigint;
  unitPrices: Record<string, number>;
  listPrices: Record<string, number>;
  minimumMilli: bigint;
  stepMilli: bigint;
};

/** Reads the catalogue and indexes it, with an earlier version's index as a start. Services go through the cache. */
export async function loadCatalogue(db: Tx, wholesalerId: string, earlier?: Catalogue): Promise<Catalogue> {
  // Version and products in one statement, hence of one moment: events keep the version to be decided again with it.
  const rows = await db.$queryRaw<(ProductRow & { version: number })[]>`
    select w.catalogue_version as version, p.sku, p.name, p.size, p.units, p.default_unit as "defaultUnit",
           p.cart_unit as "cartUnit", p.aliases, p.active, p.stock, p.price_minor as "priceMinor",
           p.unit_prices as "unitPrices", p.list_prices as "listPrices", p.minimum_milli as "minimumMilli",
           p.step_milli as "stepMilli"
    from wholesaler w left join product p on p.wholesaler_id = w.id
    where w.id = ${wholesalerId}
    order by p.position, p.sku`;
  const products = rows.filter(({ sku }) => sku !== null).map(({ version: _version, ...product }) => product);
  return asCatalogue(rows[0]?.version ?? 0, products, earlier);
}

/** How long a version can be read after it was replaced: see `keep_product_version` in SQL. */
export const VERSIONS_KEPT_DAYS = 366;

/** The catalogue as it was at a version, of those that are kept. */
export async function loadCatalogueAt(
  db: Tx,
  wholesalerId: string,
  version: number,
  earlier?: Catalogue,
): Promise<Catalogue> {
  const rows = await db.$queryRaw<ProductRow[]>`
    select p.sku, p.name, p.size, p.units, p.default_unit as "defaultUnit", p.cart_unit as "cartUnit", p.aliases,
           p.active, p.stock, p.price_minor as "priceMinor", p.unit_prices as "unitPrices",
           p.list_prices as "listPrices", p.minimum_milli as "minimumMilli", p.step_milli as "stepMilli"
    from (select distinct on (sku) product from product_version
           where wholesaler_id = ${wholesalerId} and version <= ${version} order by sku, version desc) v
    cross join lateral jsonb_populate_record(null::product, v.product) p
    order by p.position, p.sku`;
  return asCatalogue(version, rows, earlier);
}

/** How often the products of a wholesaler changed. */
export async function readVersion(db: Tx, wholesalerId: string): Promise<number> {
  const [row] = await db.$queryRaw<{ version: number }[]>`
    select catalogue_version as version from wholesaler where id = ${wholesalerId}`;
  return row?.version ?? 0;
}

function asCatalogue(version: number, rows: ProductRow[], earlier?: Catalogue): Catalogue {
  const priceLists = new Set(rows.flatMap((row) => Object.keys(row.listPrices)));
  const byList = new Map<string | null, ReadonlyMap<string, CatalogueProduct>>();
  return {
    version,
    index: buildCatalogueIndex(rows, earlier?.index),
    productsFor(priceList) {
      const list = priceList !== null && priceLists.has(priceList) ? priceList : null;
      const ready = byList.get(list);
      if (ready !== undefined) return ready;
      const products = new Map(rows.map((row) => [row.sku, priced(row, list)]));
      byList.set(list, products);
      return products;
    },
  };
}

/** A product at the prices of a list; null, or one that it has no price on: the standard ones. */
export function priced(row: ProductRow, list: string | null): CatalogueProduct {
  const { priceMinor, unitPrices, listPrices, minimumMilli, stepMilli, ...rest } = row;
  return {
    ...rest,
    minimumMilli: Number(minimumMilli),
    stepMilli: Number(stepMilli),
    unitPricesMinor: unitPricesMinor(row, list),
  };
}

/**
 * What one of each unit costs. A price on the retailer's list is what was agreed with that retailer, so it wins over
 * the general price of a unit; without one, a unit costs its own price, else as many `each` as it holds.
 */
export function unitPricesMinor(
  product: Pick<ProductRow, 'units' | 'priceMinor' | 'unitPrices' | 'listPrices'>,
  list: string | null,
): Record<string, bigint> {
  const agreed = list === null ? undefined : product.listPrices[list];
  const each = agreed === undefined ? product.priceMinor : BigInt(agreed);
  const prices = Object.entries(product.units).map(([unit, size]): [string, bigint] => {
    const own = agreed === undefined ? product.unitPrices[unit] : undefined;
    return [unit, own === undefined ? lineTotal(BigInt(Math.round(size * QUANTITY_SCALE)), each) : BigInt(own)];
  });
  return Object.fromEntries(prices);
}
