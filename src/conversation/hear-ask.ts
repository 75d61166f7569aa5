import type { ParseResult } from '../parser/index.ts';
import { whyNotForSale } from './pricing.ts';
import { sizeOf, unitPrice } from './quantities.ts';
import { countText, figuresOf, productName, type Scene, wordsText } from './scene.ts';
import type { CatalogueProduct } from './types.ts';

/** More products than this are not priced in one answer. */
const QUERY_MAX = 10;
/** An example of an order names this many products of the wholesaler's own. */
const EXAMPLE_PRODUCTS = 2;

/** How the account stands: limit, owed, on order, available, and whether it may order at all. */
export function balanceLines(scene: Scene): string[] {
  const { account, wholesaler } = scene.facts;
  const texts = scene.t.account;
  if (account === null) return [texts.missing({ wholesaler: wholesaler.name })];
  const lines = [texts.balance(figuresOf(account, scene))];
  if (account.status === 'blocked') lines.push(texts.blocked({ wholesaler: wholesaler.name }));
  if (account.status === 'closed') lines.push(texts.closed({ wholesaler: wholesaler.name }));
  return lines;
}

/** The last orders with what became of them. */
export function orderLines(scene: Scene): string[] {
  const { orders, wholesaler } = scene.facts;
  const texts = scene.t.account;
  if (orders.length === 0) return [texts.noOrders];
  const days = new Intl.DateTimeFormat(scene.locale, { day: 'numeric', month: 'short', timeZone: wholesaler.timeZone });
  const lines = orders.map((order) =>
    texts.order({
      number: order.number,
      status: texts.status(order.status),
      amount: scene.money(order.amountMinor),
      date: days.format(order.placedAt),
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
  const { account } = scene.facts;
  if (account === null || account.status !== 'active') return balanceLines(scene);
  return [scene.t.account.explained(figuresOf(account, scene))];
}

/** A claimed payment: nothing is booked from a chat, and the figures show it. */
export function paidLines(scene: Scene): string[] {
  return [scene.t.account.paid({ wholesaler: scene.facts.wholesaler.name }), ...balanceLines(scene)];
}

/** Price and stock of the products that were asked about; null when the message names none. */
export function queryLines(parsed: ParseResult, scene: Scene): string[] | null {
  const { products } = scene.facts.catalogue;
  const skus = [...parsed.lines.map(({ sku }) => sku), ...parsed.clarify.flatMap(({ candidates }) => candidates)];
  const found = [...new Set(skus)].map((sku) => products.get(sku)).filter((product) => product !== undefined);
  const unknown = parsed.clarify.filter(({ candidates }) => candidates.length === 0);
  const lines = found.slice(0, QUERY_MAX).map((product) => priceLine(product, scene));
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
    if (names.length === EXAMPLE_PRODUCTS) break;
    if (whyNotForSale(product, product.sku, scene) === null) names.push(wordsText(productName(product)));
  }
  return names.length === 0 ? null : scene.t.talk.example({ products: names });
}

function priceLine(product: CatalogueProduct, scene: Scene): string {
  const prices = Object.keys(product.units).flatMap((unit) => {
    const each = unitPrice(product, unit);
    if (each === null) return [];
    const size = sizeOf(product, unit);
    const name = scene.t.unitName(unit);
    const unitText = size > 1 ? `${name} (${countText(Math.round(size * 1000), scene)})` : name;
    return [scene.t.questions.price({ amount: scene.money(each), unit: unitText })];
  });
  return scene.t.talk.queryPrice({
    product: productName(product),
    prices,
    stock: product.active ? product.stock : 'off',
  });
}
