import type { Tx } from '../db/index.ts';
import type { Change } from './differences.ts';
import { importIdentities, importRetailers } from './import-people.ts';
import { importProducts } from './import-products.ts';
import { lockCatalogue } from './product-store.ts';
import { crossProblems, pathText, type ShopProblem } from './shop-checks.ts';
import type { ShopProduct, ShopRetailer } from './shop-schema.ts';

export type SavedParts = { kind: 'saved'; changes: Change[] } | { kind: 'faulty'; problems: ShopProblem[] };

/** Saves products as an import would, in the caller's transaction; what they leave out stays as it is. */
export function saveProducts(tx: Tx, wholesalerId: string, products: ShopProduct[]): Promise<SavedParts> {
  return save(tx, wholesalerId, { products }, () => importProducts(tx, wholesalerId, products));
}

/** Saves shops and their identities as an import would. A phone of somebody else's moves, and the change says so. */
export function saveRetailers(tx: Tx, wholesalerId: string, retailers: ShopRetailer[]): Promise<SavedParts> {
  return save(tx, wholesalerId, { retailers }, async () => [
    ...(await importRetailers(tx, wholesalerId, retailers)),
    ...(await importIdentities(tx, wholesalerId, { retailers, approvers: [] })),
  ]);
}

async function save(tx: Tx, wholesalerId: string, given: object, work: () => Promise<Change[]>): Promise<SavedParts> {
  const problems = crossProblems(given).map(({ path, message }) => ({ path: pathText(path), message }));
  if (problems.length > 0) return { kind: 'faulty', problems };
  await lockCatalogue(tx, wholesalerId);
  return { kind: 'saved', changes: await work() };
}
