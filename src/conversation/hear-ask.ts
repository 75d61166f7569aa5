import type { ParseResult } from '../parser/index.ts';
import { dayOfText } from './dates.ts';
import { whyNotForSale } from './pricing.ts';
import { pricesOf } from './product-prices.ts';
import { isLimitLapsed } from './proposal-ask.ts';
import { figuresOf, productName, type Scene, wordsText } from './scene.ts';
import type { CatalogueProduct } from './types.ts';

/** More products than this are not priced in one answer; how many were not is said. */
const QUERY_MAX = 60;
/** How many of the first and of the second product the example order asks for. */
const EXAMPLE_QUANTITIES = [10, 5];

/** How the account stands: limit, owed, on order, available, and whether it may order at all. */
export function balanceLines(scene: Scene): string[] {
  const { account, wholesaler, now } = scene.facts;
  const texts = scene.t.account;
  if (account === null) return [texts.missing({ wholesaler: wholesaler.name })];
  const lines = [texts.balance(figuresOf(account, scene))];
  if (account.status === 'blocked') lines.push(texts.blocked({ wholesaler: wholesaler.name }));
  if (account.status === 'closed') lines.push(texts.closed({ wholesaler: wholesaler.name }));
  else if (account.status === 'active' && isLimitLapsed(account, now)) {
    lines.push(texts.lapsed({ wholesaler: wholesaler.name }));
  }
  return lines;
}

/** The last orders with what became of them. */
export function orderLines(scene: Scene): string[] {
  const { orders } = scene.facts;
  const texts = scene.t.account;
  if (orders.length === 0) return [texts.noOrders];
  const lines = orders.map((order) =>
    texts.order({
      number: order.number,
      status: texts.status({ status: order.status }),
      amount: scene.money(order.amountMinor),
      date: dayOfText(order.placedAt, scene),
    }),
  );
  return [texts.recentOrders, ...lines];
}

/** Balance and last orders together. */
export function statementLines(scene: Scene): string[] {
  return [...balanceLines(scene), '', ...orderLines(scene)];
}

/** Why an order would be refused now: the arithmetic of the account. What the open order lacks is said with it. */
export function whyLines(scene: Scene): string[] {
  const { account, now } = scene.facts;
  if (account === null || account.status !== 'active' || isLimitLapsed(account, now)) return balanceLines(scene);
  return [scene.t.account.explained(figuresOf(account, scene))];
}

/** Price and stock of the products that were asked about; null when the message names none. */
export function queryLines(parsed: ParseResult, scene: Scene): string[] | null {
  const { products } = scene.facts.catalogue;
  const skus = [...parsed.lines.map(({ sku }) => sku), ...parsed.clarify.flatMap(({ candidates }) => candidates)];
  const found = [...new Set(skus)].map((sku) => products.get(sku)).filter((product) => product !== undefined);
  const unknown = parsed.clarify.filter(({ candidates }) => candidates.length === 0);
  const lines = found.slice(0, QUERY_MAX).map((product) => priceLine(product, scene));
  if (found.length > QUERY_MAX) lines.push(scene.t.older.more({ count: found.length - QUERY_MAX }));
  lines.push(...unknown.map(({ text }) => scene.t.talk.queryUnknown({ words: wordsText(text) })));
  return lines.length === 0 ? null : lines;
}

/** A greeting by name, with an example of how to order. */
export function greetingLines(scene: Scene): string[] {
  const name = wordsText(scene.facts.retailer?.name ?? '');
  return [scene.t.talk.greeting({ name, example: exampleOrder(scene) })];
}

/** What the chat can do. */
export function helpLines(scene: Scene): string[] {
  return [scene.t.talk.help({ example: exampleOrder(scene) })];
}

/** An order made of this wholesaler's own products; null for an empty catalogue. */
function exampleOrder(scene: Scene): string | null {
  const names: string[] = [];
  for (const product of scene.facts.catalogue.products.values()) {
    if (names.length === EXAMPLE_QUANTITIES.length) break;
    if (whyNotForSale(product, product.sku, scene) === null) names.push(wordsText(productName(product)));
  }
  return names.length === 0
    ? null
    : names.map((name, at) => `${EXAMPLE_QUANTITIES[at]} ${name}`).join(`${scene.t.comma} `);
}

function priceLine(product: CatalogueProduct, scene: Scene): string {
  return scene.t.talk.queryPrice({
    product: productName(product),
    prices: pricesOf(product, scene),
    stock: product.active ? product.stock : 'off',
  });
}
