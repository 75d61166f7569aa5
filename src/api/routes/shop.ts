import { z } from 'zod';
import { writeAudit } from '../../audit/index.ts';
import { listProducts, listRetailers, type SavedParts, saveProducts, saveRetailers } from '../../catalogue/index.ts';
import { pageOf, readCursor } from '../cursor.ts';
import { inputProblem } from '../refusals.ts';
import { type Ask, done, notFound, read, refuse, write } from '../route.ts';
import { pageQuery, retailerId } from '../schemas/common.ts';
import * as schema from '../schemas/shop.ts';

const AFTER = /^[^\0]{1,200}$/;

const products = read({
  id: 'listProducts',
  path: '/products',
  tag: 'Catalogue',
  summary: 'Products, in the order of their SKUs',
  rights: ['catalogue:write', 'orders:write', 'credit:read'],
  query: pageQuery,
  answer: schema.productPage,
  async handle({ query: { limit, cursor }, caller: { wholesalerId }, tx }) {
    const found = await listProducts(tx, { wholesalerId, after: readCursor(cursor, AFTER), limit: limit + 1 });
    return done(pageOf(found, limit, ({ sku }) => sku));
  },
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
  query: pageQuery,
  answer: schema.retailerPage,
  async handle({ query: { limit, cursor }, caller: { wholesalerId }, tx }) {
    const found = await listRetailers(tx, { wholesalerId, after: readCursor(cursor, AFTER), limit: limit + 1 });
    return done(pageOf(found, limit, ({ id }) => id));
  },
});

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
    const [found] = await listRetailers(tx, { wholesalerId, id, limit: 1 });
    return found === undefined ? notFound('shop') : done(found);
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

export const shopRoutes = [products, putProducts, retailers, retailer, putRetailer];
