import type { Tx } from '../../db/index.ts';
import { formatMinor } from '../../shared/money.ts';

/** A product as the catalogue on the phone shows it. */
export type Product = { sku: string; name: string; cartUnit: string; price: string };

const PRODUCTS_MAX = 200;

/** What a shop can put into a cart, in the shop's own order. */
export async function readProducts(db: Tx, wholesalerId: string): Promise<Product[]> {
  const rows = await db.$queryRaw<(Omit<Product, 'price'> & { priceMinor: bigint; currency: string })[]>`
    select p.sku, p.name, p.cart_unit as "cartUnit", w.currency,
           coalesce((p.unit_prices ->> p.cart_unit)::bigint,
                    round(p.price_minor * (p.units ->> p.cart_unit)::numeric)::bigint, p.price_minor) as "priceMinor"
      from product p join wholesaler w on w.id = p.wholesaler_id
     where p.wholesaler_id = ${wholesalerId} and p.active
     order by p.position, p.sku limit ${PRODUCTS_MAX}`;
  return rows.map(({ priceMinor, currency, ...product }) => ({
    ...product,
    price: formatMinor(priceMinor, currency, 'en'),
  }));
}
