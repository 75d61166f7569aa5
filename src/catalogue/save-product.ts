import { createHash } from 'node:crypto';
import { writeAudit } from '../audit/index.ts';
import type { Tx } from '../db/index.ts';
import { canonical } from '../shared/canonical.ts';
import { differences } from './differences.ts';
import { lockCatalogue, readProducts, type WholeProduct, writeProducts } from './product-store.ts';
import { crossProblems, pathText, type ShopProblem } from './shop-checks.ts';
import { product as productSchema } from './shop-schema.ts';

/** What a page that shows a product carries, so that a second person who saves it is noticed. */
export const versionOfProduct = (product: WholeProduct): string =>
  createHash('sha256').update(canonical(product)).digest('base64url').slice(0, 22);

/** What is wrong with a product by itself; paths are of the product: `units.case`. */
export function productProblems(product: WholeProduct): ShopProblem[] {
  const { size, ...rest } = product;
  const given = size === null ? rest : product;
  const read = productSchema.safeParse(given);
  const own = read.success ? [] : read.error.issues.map(({ path, message }) => ({ path: pathText(path), message }));
  const between = crossProblems({ products: [given] }).map(({ path, message }) => ({
    path: pathText(path.slice(2)),
    message,
  }));
  return [...own, ...between];
}

export type ProductSaved =
  /** `what` changed, in the names of the import file; empty when it was so already. */
  | { kind: 'saved'; what: string[]; before: WholeProduct | null }
  | { kind: 'faulty'; problems: ShopProblem[] }
  /** Somebody else saved it since `seen`; this is what it is now. */
  | { kind: 'changed_meanwhile'; now: WholeProduct }
  | { kind: 'sku_taken' }
  | { kind: 'not_found' };

/**
 * Makes a product what is given, nothing left out, in the caller's transaction. `seen` is the version that the editor
 * looked at, null for a product that is to be new. Doing it again changes nothing. The audit keeps who changed which of its
 * figures.
 */
export async function saveProduct(
  tx: Tx,
  wholesalerId: string,
  { product, seen, by }: { product: WholeProduct; seen: string | null; by: string },
): Promise<ProductSaved> {
  const problems = productProblems(product);
  if (problems.length > 0) return { kind: 'faulty', problems };
  await lockCatalogue(tx, wholesalerId);
  const before = (await readProducts(tx, wholesalerId, [product.sku])).get(product.sku) ?? null;
  if (before === null && seen !== null) return { kind: 'not_found' };
  const what = before === null ? ['new'] : differences(before, product);
  // A second click finds what the first one did: that is nobody else.
  if (what.length === 0) return { kind: 'saved', what, before };
  if (before !== null && seen === null) return { kind: 'sku_taken' };
  if (before !== null && seen !== versionOfProduct(before)) return { kind: 'changed_meanwhile', now: before };
  await writeProducts(tx, wholesalerId, [product]);
  await writeAudit(tx, [
    {
      wholesalerId,
      actor: by,
      action: before === null ? 'product_added' : 'product_changed',
      subject: { sku: product.sku },
      ...(before === null ? {} : { before: figuresOf(before) }),
      after: figuresOf(product),
    },
  ]);
  return { kind: 'saved', what, before };
}

const figuresOf = ({ priceMinor, stock, active, defaultUnit }: WholeProduct) => ({
  priceMinor,
  stock,
  active,
  defaultUnit,
});
