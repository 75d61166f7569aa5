import type { Tx } from '../db/index.ts';
import { likeSearch } from '../shared/like-pattern.ts';
import { phoneEnding } from './find-retailers.ts';

export type ListedProduct = {
  sku: string;
  name: string;
  size: string | null;
  units: Record<string, number>;
  defaultUnit: string;
  cartUnit: string;
  priceMinor: bigint;
  unitPricesMinor: Record<string, number>;
  prices: Record<string, number>;
  aliases: string[];
  active: boolean;
  stock: 'in' | 'low' | 'out';
  minimum: number;
  step: number;
};

type Query = {
  wholesalerId: string;
  after?: string | undefined;
  /** Words to find; empty: all. */
  search?: string;
  limit: number;
};

/** Products in the order of their SKUs, after `after`. The search looks into SKUs, names and aliases. */
export async function listProducts(
  tx: Tx,
  { wholesalerId, after = '', search = '', limit }: Query,
): Promise<ListedProduct[]> {
  const like = likeSearch(search);
  return tx.$queryRaw<ListedProduct[]>`
    select sku, name, size, units, default_unit as "defaultUnit", cart_unit as "cartUnit", price_minor as "priceMinor",
           unit_prices as "unitPricesMinor", list_prices as prices, aliases, active, stock,
           minimum_milli / 1000.0::float8 as minimum, step_milli / 1000.0::float8 as step
      from product where wholesaler_id = ${wholesalerId} and sku > ${after}
       and (${like}::text is null or name ilike ${like}::text or sku ilike ${like}::text
            or exists (select from unnest(aliases) alias where alias ilike ${like}::text))
     order by sku limit ${limit}`;
}

export type ListedRetailer = {
  id: string;
  name: string;
  language: string | null;
  priceList: string | null;
  hasAccount: boolean;
  identities: { kind: string; value: string }[];
};

/**
 * Shops in the order of their ids, after `after`, with the identities that open their accounts now. The search looks into ids
 * and names, and for digits into the ends of phones.
 */
export async function listRetailers(
  tx: Tx,
  { wholesalerId, id = null, after = '', search = '', limit }: Query & { id?: string | null },
): Promise<ListedRetailer[]> {
  const like = likeSearch(search);
  const ending = phoneEnding(search);
  return tx.$queryRaw<ListedRetailer[]>`
    select r.id, r.name, r.language, r.price_list as "priceList",
           exists (select from credit_account a where a.wholesaler_id = r.wholesaler_id and a.retailer_id = r.id) as "hasAccount",
           coalesce((select jsonb_agg(jsonb_build_object('kind', i.kind, 'value', i.value) order by i.kind, i.value)
                       from identity i where i.wholesaler_id = r.wholesaler_id and i.retailer_id = r.id
                        and i.valid_to is null), '[]') as identities
      from retailer r
     where r.wholesaler_id = ${wholesalerId} and r.id > ${after} and (${id}::text is null or r.id = ${id})
       and (${like}::text is null or r.name ilike ${like}::text or r.id ilike ${like}::text
            or exists (select from identity i
                        where i.wholesaler_id = r.wholesaler_id and i.retailer_id = r.id and i.kind = 'phone'
                          and i.valid_to is null and i.value like ${ending}::text))
     order by r.id limit ${limit}`;
}
