import { html, type SafeHtml } from '@remix-run/html-template';
import { type FoundRetailer, findRetailers, productBoard, type WholeProduct } from '../../catalogue/index.ts';
import { type FoundOrder, findOrders } from '../../orders/index.ts';
import { type ConsoleRoute, type PageAnswer, type PageRequest, page } from '../route.ts';
import { emptyState, orderBadge, withQuery } from '../view/components.ts';
import { productBadge, productPath } from './catalogue.ts';
import { accountPath } from './shop-new.ts';

const PATH = '/console/search';
const SHOWN = 10;

export const searchRoutes: readonly ConsoleRoute[] = [page(PATH, 'look', search)];

/** One field for everything: orders by number, shops by name or the end of their phone, products by name or SKU. */
async function search(request: PageRequest): Promise<PageAnswer> {
  const { deps, wholesaler, query } = request;
  const words = (query.get('q') ?? '').trim().slice(0, 100);
  if (words === '') return answer(words, emptyState('What are you looking for?', HINT));
  const db = deps.db.prisma;
  const asked = { wholesalerId: wholesaler.id, limit: SHOWN + 1 };
  const [orders, shops, products] = await Promise.all([
    findOrders(db, wholesaler.id, words),
    findRetailers(db, { ...asked, words }),
    productBoard(db, { ...asked, search: words, filter: 'all' }),
  ]);
  const found = [
    ...orders.map(({ id }) => orderPath(id)),
    ...shops.map(({ id }) => accountPath(id)),
    ...products.map(({ sku }) => productPath(sku)),
  ];
  if (found.length === 0) return answer(words, emptyState(`Nothing found for "${words}"`, HINT));
  // Who looks for one thing and finds it wants to be there.
  if (found.length === 1 && found[0] !== undefined) return { kind: 'redirect', to: found[0] };
  return answer(
    words,
    html`${list(
      'Orders',
      orders.map((one) => orderItem(one, request)),
      null,
    )}
    ${list('Shops', shops.slice(0, SHOWN).map(shopItem), shops.length > SHOWN ? more('/console/accounts', words) : null)}
    ${list('Products', products.slice(0, SHOWN).map(productItem), products.length > SHOWN ? more('/console/catalogue', words) : null)}`,
  );
}

const HINT =
  'Write the number of an order, a part of the name of a shop or product, a SKU, or the last digits of a phone.';

function answer(words: string, found: SafeHtml): PageAnswer {
  const body = html`<div class="page-head"><h1>${words === '' ? 'Search' : `Found for "${words}"`}</h1></div>${found}`;
  return { kind: 'page', title: 'Search', place: null, body, find: words };
}

const orderPath = (id: string): string => `/console/orders/${encodeURIComponent(id)}`;
const more = (path: string, words: string): string => withQuery(path, new URLSearchParams(), { q: words });

function list(title: string, items: SafeHtml[], all: string | null): SafeHtml {
  if (items.length === 0) return html``;
  return html`<section class="card" aria-label="${title}"><div class="card-head"><h2>${title}</h2>
    ${all === null ? '' : html`<a href="${all}">All of them</a>`}</div>
    <ul class="work">${items.map((item) => html`<li>${item}</li>`)}</ul></section>`;
}

const orderItem = ({ id, number, status, retailerName, amountMinor, placedAt }: FoundOrder, { format }: PageRequest) =>
  html`<a class="item" href="${orderPath(id)}"><span>Order ${number}, ${retailerName}, ${format.moment(placedAt)} ${orderBadge(status)}</span><strong>${format.money(amountMinor)}</strong></a>`;

const shopItem = ({ id, name, hasAccount, phoneEnd }: FoundRetailer): SafeHtml =>
  html`<a class="item" href="${accountPath(id)}"><span>${name}</span>
    <span class="muted">${phoneEnd === null ? '' : `phone ends in ${phoneEnd}`}${hasAccount ? '' : ' without account'}</span></a>`;

const productItem = (product: WholeProduct): SafeHtml =>
  html`<a class="item" href="${productPath(product.sku)}"><span>${product.name} <span class="mono muted">${product.sku}</span></span>${productBadge(product)}</a>`;
