import type { Tx } from '../db/index.ts';
import { likeSearch } from '../shared/like-pattern.ts';
import { inParts } from './differences.ts';
import type { ShopProduct } from './shop-schema.ts';

/** A product under the names of the import file, with nothing left out; `size` is null where it has none. */
export type WholeProduct = Required<Omit<ShopProduct, 'size'>> & { size: string | null };

/**
 * Minimum and step of a product for which nobody named any: the smallest there is, so any quantity. A whole default unit
 * would be too coarse a rule to invent: nobody could order two dozen of what is sold by the case of 96.
 */
export const ANY_QUANTITY = 0.001;

type ProductRow = Omit<WholeProduct, 'priceMinor'> & { priceMinor: bigint };

/** All products of a wholesaler by SKU, or those of some SKUs. */
export async function readProducts(
  tx: Tx,
  wholesalerId: string,
  skus: readonly string[] | null = null,
): Promise<Map<string, WholeProduct>> {
  const rows = await tx.$queryRaw<ProductRow[]>`
    select sku, name, size, units, default_unit as "defaultUnit", cart_unit as "cartUnit",
           price_minor as "priceMinor", unit_prices as "unitPricesMinor", list_prices as "prices", aliases, active,
           stock, minimum_milli / 1000.0::float8 as minimum, step_milli / 1000.0::float8 as step
    from product
    where wholesaler_id = ${wholesalerId} and (${skus === null} or sku = any (${[...(skus ?? [])]}::text[]))`;
  return new Map(rows.map((row) => [row.sku, asWhole(row)]));
}

/** The file cannot say more than 2^53-1, so neither can a row that it wrote. */
const asWhole = (row: ProductRow): WholeProduct => ({ ...row, priceMinor: Number(row.priceMinor) });

/** A page of a wholesaler's products in the order of their SKUs, after `after`. */
export async function productsBySku(
  tx: Tx,
  { wholesalerId, after, limit }: { wholesalerId: string; after: string; limit: number },
): Promise<WholeProduct[]> {
  const skus = await tx.$queryRaw<{ sku: string }[]>`
    select sku from product where wholesaler_id = ${wholesalerId} and sku > ${after} order by sku limit ${limit}`;
  const order = skus.map(({ sku }) => sku);
  const products = await readProducts(tx, wholesalerId, order);
  return order.flatMap((sku) => products.get(sku) ?? []);
}

export type ProductFilter = 'all' | 'sold' | 'out' | 'off';

/**
 * Products in the order of their names, after one. `sold` are those that shops can order, `out` those that are out of
 * stock, `off` those that are not sold at present. The search looks into SKUs, names and aliases.
 */
export async function productBoard(
  tx: Tx,
  query: {
    wholesalerId: string;
    search: string;
    filter: ProductFilter;
    after?: { name: string; sku: string } | undefined;
    limit: number;
  },
): Promise<WholeProduct[]> {
  const { wholesalerId, search, filter, after, limit } = query;
  const like = likeSearch(search);
  const rows = await tx.$queryRaw<ProductRow[]>`
    select sku, name, size, units, default_unit as "defaultUnit", cart_unit as "cartUnit",
           price_minor as "priceMinor", unit_prices as "unitPricesMinor", list_prices as "prices", aliases, active,
           stock, minimum_milli / 1000.0::float8 as minimum, step_milli / 1000.0::float8 as step
    from product
    where wholesaler_id = ${wholesalerId}
      and (${like}::text is null or name ilike ${like}::text or sku ilike ${like}::text
           or exists (select from unnest(aliases) alias where alias ilike ${like}::text))
      and case ${filter}
            when 'sold' then active and stock <> 'out'
            when 'out' then active and stock = 'out'
            when 'off' then not active
            else true end
      and (${after?.name ?? null}::text is null
           or (name, sku) > (${after?.name ?? null}::text, ${after?.sku ?? null}::text))
    order by name, sku limit ${limit}`;
  return rows.map(asWhole);
}

/** How many price lists a page offers. */
const PRICE_LISTS_MAX = 30;

/** The price lists that shops are on or products have a price for, by name. */
export async function priceListsOf(tx: Tx, wholesalerId: string): Promise<string[]> {
  const rows = await tx.$queryRaw<{ list: string }[]>`
    select distinct list from (
      select price_list as list from retailer where wholesaler_id = ${wholesalerId} and price_list is not null
      union all
      select jsonb_object_keys(list_prices) from product where wholesaler_id = ${wholesalerId}) lists
    order by list limit ${PRICE_LISTS_MAX}`;
  return rows.map(({ list }) => list);
}

/** Takes the lock that makes writers of one catalogue take turns, and tells the version that the catalogue has under it. */
export async function lockCatalogue(tx: Tx, wholesalerId: string): Promise<number> {
  const [row] = await tx.$queryRaw<{ version: number }[]>`
    select catalogue_version as version from wholesaler where id = ${wholesalerId} for no key update`;
  return row?.version ?? 0;
}

/**
 * Writes whole products, those that are new behind the ones that are there, in their order. Counts the catalogue's version
 * up, which makes running workers build a new search index: so give it only what really changed. The caller holds the
 * lock of the catalogue, so nobody else counts from the same place.
 */
export async function writeProducts(tx: Tx, wholesalerId: string, products: readonly WholeProduct[]): Promise<void> {
  if (products.length === 0) return;
  for (const part of inParts(products)) {
    await tx.$executeRaw`
      insert into product (wholesaler_id, sku, name, size, units, default_unit, cart_unit, price_minor, unit_prices,
                           list_prices, aliases, active, stock, minimum_milli, step_milli, position)
      select ${wholesalerId}, sku, name, size, units, "defaultUnit", "cartUnit", "priceMinor", "unitPricesMinor",
             prices, array(select jsonb_array_elements_text(aliases)), active, stock, round(minimum * 1000),
             round(step * 1000),
             (select coalesce(max(position), 0) from product where wholesaler_id = ${wholesalerId}) + ordinality
      from rows from (jsonb_to_recordset(${JSON.stringify(part)}::jsonb) as (
        sku text, name text, size text, units jsonb, "defaultUnit" text, "cartUnit" text, "priceMinor" bigint,
        "unitPricesMinor" jsonb, prices jsonb, aliases jsonb, active boolean, stock text, minimum numeric,
        step numeric)) with ordinality
      on conflict (wholesaler_id, sku) do update
      set name = excluded.name, size = excluded.size, units = excluded.units, default_unit = excluded.default_unit,
          cart_unit = excluded.cart_unit, price_minor = excluded.price_minor, unit_prices = excluded.unit_prices,
          list_prices = excluded.list_prices, aliases = excluded.aliases, active = excluded.active,
          stock = excluded.stock, minimum_milli = excluded.minimum_milli, step_milli = excluded.step_milli`;
  }
  await tx.$executeRaw`update wholesaler set catalogue_version = catalogue_version + 1 where id = ${wholesalerId}`;
}
