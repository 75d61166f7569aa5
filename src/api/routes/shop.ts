import { z } from 'zod';
import { writeAudit } from '../../audit/index.ts';
import {
  changeRetailer,
  type ListedProduct,
  type ListedRetailer,
  listProducts,
  listRetailers,
  readProducts,
  readRetailer,
  type SavedParts,
  saveProduct,
  saveProducts,
  saveRetailers,
  versionOfProduct,
  versionOfRetailer,
  type WholeProduct,
} from '../../catalogue/index.ts';
import { mustExist } from '../../shared/assert.ts';
import { pageOf, readCursor } from '../cursor.ts';
import { inputProblem } from '../refusals.ts';
import { type Ask, done, notFound, read, refuse, write } from '../route.ts';
import { id, retailerId } from '../schemas/common.ts';
import * as schema from '../schemas/shop.ts';

const AFTER = /^[^\0]{1,200}$/;

const products = read({
  id: 'listProducts',
  path: '/products',
  tag: 'Catalogue',
  summary: 'Products, in the order of their SKUs',
  rights: ['catalogue:write', 'orders:write', 'credit:read'],
  query: schema.productQuery,
  answer: schema.productPage,
  async handle({ query: { limit, cursor, search }, caller: { wholesalerId }, tx }) {
    const found = await listProducts(tx, { wholesalerId, search, after: readCursor(cursor, AFTER), limit: limit + 1 });
    return done(pageOf(found.map(shownProduct), limit, ({ sku }) => sku));
  },
});

const productParams = z.object({ sku: id });

const product = read({
  id: 'getProduct',
  path: '/products/{sku}',
  tag: 'Catalogue',
  summary: 'A product',
  rights: ['catalogue:write', 'orders:write', 'credit:read'],
  params: productParams,
  answer: schema.product,
  async handle({ params: { sku }, caller: { wholesalerId }, tx }) {
    const found = (await readProducts(tx, wholesalerId, [sku])).get(sku);
    return found === undefined ? notFound('product') : done(shownProduct(found));
  },
});

function shownProduct(found: WholeProduct | ListedProduct) {
  const version = versionOfProduct({ ...found, priceMinor: Number(found.priceMinor) });
  return { ...found, priceMinor: BigInt(found.priceMinor), version };
}

const patchProduct = write({
  id: 'changeProduct',
  method: 'PATCH',
  path: '/products/{sku}',
  tag: 'Catalogue',
  summary: 'Change a product, unless somebody else did meanwhile',
  description:
    'What is left out stays as it is; units, prices and aliases that are given take the place of all that were. Changed to ' +
    'what it is already, nothing happens.',
  rights: ['catalogue:write'],
  params: productParams,
  body: schema.productChange,
  answer: schema.productChanged,
  codes: ['CHANGED_MEANWHILE'],
  async handle({ params: { sku }, body: { seen, ...given }, caller: { wholesalerId, actor: by }, tx }) {
    const before = (await readProducts(tx, wholesalerId, [sku])).get(sku);
    if (before === undefined) return notFound('product');
    const product = { ...before, ...given };
    const saved = await saveProduct(tx, wholesalerId, { product, seen, by });
    switch (saved.kind) {
      case 'saved':
        return done({ ...shownProduct(product), replayed: saved.what.length === 0 });
      case 'changed_meanwhile':
        return refuse(changedMeanwhile('product', versionOfProduct(saved.now)));
      case 'faulty':
        return refuse(inputProblem(saved.problems));
      case 'not_found':
        return notFound('product');
      case 'sku_taken':
        throw new Error('a change of a product took it for a new one');
    }
  },
});

const changedMeanwhile = (what: string, version: string) => ({
  status: 409,
  code: 'CHANGED_MEANWHILE',
  detail: `Somebody else changed this ${what} since you read it. Nothing of yours was saved.`,
  members: { version, retryable: false },
});

const putProducts = write({
  id: 'saveProducts',
  method: 'PUT',
  path: '/products',
  tag: 'Catalogue',
  summary: 'Create or change up to 500 products',
  description: 'As the import does: what a product leaves out stays as it is, and others are not touched.',
  rights: ['catalogue:write'],
  body: schema.productsGiven,
  answer: schema.saved,
  async handle(ask) {
    return told(ask, 'products_saved', await saveProducts(ask.tx, ask.caller.wholesalerId, ask.body.products));
  },
});

const retailers = read({
  id: 'listRetailers',
  path: '/retailers',
  tag: 'Shops',
  summary: 'Shops, in the order of their ids',
  rights: ['admin'],
  query: schema.retailerQuery,
  answer: schema.retailerPage,
  async handle({ query: { limit, cursor, search }, caller: { wholesalerId }, tx }) {
    const found = await listRetailers(tx, { wholesalerId, search, after: readCursor(cursor, AFTER), limit: limit + 1 });
    return done(pageOf(found.map(shown), limit, ({ id }) => id));
  },
});

const shown = (found: ListedRetailer) => ({ ...found, version: versionOfRetailer(found) });

const params = z.object({ retailerId });

const retailer = read({
  id: 'getRetailer',
  path: '/retailers/{retailerId}',
  tag: 'Shops',
  summary: 'A shop and the identities that order on its account',
  rights: ['admin'],
  params,
  answer: schema.retailer,
  async handle({ params: { retailerId: id }, caller: { wholesalerId }, tx }) {
    const found = await readRetailer(tx, wholesalerId, id);
    return found === null ? notFound('shop') : done(shown(found));
  },
});

const patchRetailer = write({
  id: 'changeRetailer',
  method: 'PATCH',
  path: '/retailers/{retailerId}',
  tag: 'Shops',
  summary: 'Change what is said of a shop, unless somebody else did meanwhile',
  description: 'What is left out stays as it is. Changed to what it is already, nothing happens.',
  rights: ['admin'],
  params,
  body: schema.retailerChange,
  answer: schema.retailerChanged,
  codes: ['CHANGED_MEANWHILE'],
  async handle({ params: { retailerId: id }, body: { seen, ...given }, caller: { wholesalerId, actor: by }, tx }) {
    const before = await readRetailer(tx, wholesalerId, id);
    if (before === null) return notFound('shop');
    const { name, language, priceList } = { ...before, ...given };
    const change = { name, language, priceList, phones: [], removed: [] };
    const saved = await changeRetailer(tx, wholesalerId, { id, seen, change, by });
    switch (saved.kind) {
      case 'saved': {
        const after = mustExist(await readRetailer(tx, wholesalerId, id), 'the shop that was changed');
        return done({ ...shown(after), replayed: !saved.isNew });
      }
      case 'not_found':
        return notFound('shop');
      case 'changed_meanwhile':
        return refuse(changedMeanwhile('shop', versionOfRetailer(before)));
      case 'faulty':
        return refuse(inputProblem(saved.problems));
      case 'phone_taken':
        throw new Error('a change without phones found one taken');
    }
  },
});

const putRetailer = write({
  id: 'saveRetailer',
  method: 'PUT',
  path: '/retailers/{retailerId}',
  tag: 'Shops',
  summary: 'Create or change a shop',
  description:
    'As the import does: what is left out stays as it is. A phone or id that belonged to another shop moves, and `changes` ' +
    'says so, because whoever holds it orders on the account. Its credit account is opened by POST /accounts.',
  rights: ['admin'],
  params,
  body: schema.retailerGiven,
  answer: schema.saved,
  async handle(ask) {
    const shop = { id: ask.params.retailerId, ...ask.body };
    return told(ask, 'retailer_saved', await saveRetailers(ask.tx, ask.caller.wholesalerId, [shop]));
  },
});

/** Ids only: what changed of a person is in the rows themselves. */
async function told(
  { tx, caller }: Pick<Ask<undefined, undefined, undefined>, 'tx' | 'caller'>,
  action: string,
  saved: SavedParts,
) {
  if (saved.kind === 'faulty') return refuse(inputProblem(saved.problems));
  const { changes } = saved;
  if (changes.length > 0) {
    const ids = changes.filter(({ kind }) => kind !== 'identity').map(({ id }) => id);
    const { wholesalerId, actor } = caller;
    await writeAudit(tx, [{ wholesalerId, actor, action, subject: { ids: ids.slice(0, 20), count: changes.length } }]);
  }
  return done({ changes, replayed: changes.length === 0 });
}

export const shopRoutes = [
  products,
  product,
  putProducts,
  patchProduct,
  retailers,
  retailer,
  putRetailer,
  patchRetailer,
];
