import type { Tx } from '../db/index.ts';

/** Names of products by SKU; what is not sold any more still has its name. */
export async function readProductNames(
  tx: Tx,
  wholesalerId: string,
  skus: readonly string[],
): Promise<Record<string, string>> {
  if (skus.length === 0) return {};
  const rows = await tx.$queryRaw<{ sku: string; name: string }[]>`
    select sku, name from product where wholesaler_id = ${wholesalerId} and sku = any (${[...new Set(skus)]}::text[])`;
  return Object.fromEntries(rows.map(({ sku, name }) => [sku, name]));
}
