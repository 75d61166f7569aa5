/**
 * The list of products, in pages that a phone shows: who taps a product, or writes its number, is asked how many. It is
 * looked at by the way: whatever is being waited for is asked again under the page.
 */
import { parse, search } from '../parser/index.ts';
import { LIST_ROWS_MAX } from '../shared/message-limits.ts';
import { type ButtonId, writeButtonId } from './button-ids.ts';
import { changeCart } from './cart.ts';
import { type Ask, choicesOf } from './compose.ts';
import { understood } from './hear-unknown.ts';
import { whyNotForSale } from './pricing.ts';
import { pricesOf } from './product-prices.ts';
import { unitPrice } from './quantities.ts';
import { rowOf } from './questions.ts';
import { withPlainDigits } from './said-numbers.ts';
import { type Draft, productName, type Scene, say } from './scene.ts';
import { resume, settle, waitingAsk } from './settle.ts';
import { setApart } from './texts/right-to-left.ts';
import type { CatalogueProduct, ConversationState } from './types.ts';

type Listed = Extract<ButtonId, { act: 'product' | 'products' }>;
/** Part of a list, beginning with the product at `from`. */
type Page = { words: string; from: number; products: CatalogueProduct[]; count: number };

/** A row more asks for the next page. */
const PAGE_MAX = LIST_ROWS_MAX - 1;
/** Fewer products than this beside the choices that are open are no list any more: then it is told in words. */
const PAGE_MIN = 4;
const PAGE_IN_WORDS = 15;
/** The parser names so many candidates; there may be more then. */
const CANDIDATES_MAX = 10;
const FOUND_MAX = 300;
/** A product that fits so much worse than the best is something else. */
const CLOSE_TO_BEST = 0.9;
/** WhatsApp carries no longer id of a row. */
const ROW_ID_MAX = 200;
/** More pages than this are told how to see less. */
const PAGES_PLENTY = 3;

/** The next page, besides what the button says, in any of our languages. */
const MORE = new Set('more next और aur más mas siguiente mais المزيد zaidi suite suivant lagi lanjut'.split(' '));

/** Shows the products that `words` name, or all, with `lines` said first; null where there are none. */
export function showList(
  state: ConversationState,
  { words, from }: { words: string; from: number },
  scene: Scene,
  lines: string[] = [],
): Draft | null {
  // A cart without a question is asked about again under the list, as under anything else.
  if (state.pending === null && state.cart.length > 0) {
    const open = resume(state, [], scene);
    if (open.next.pending !== null) return showList(open.next, { words, from }, scene, lines);
  }
  const waiting = waitingAsk(state, scene);
  const choices = waiting === null ? [] : choicesOf(waiting);
  const isTapped = PAGE_MAX - choices.length >= PAGE_MIN;
  const page = pageOf(words, from, isTapped ? PAGE_MAX - choices.length : PAGE_IN_WORDS, scene);
  if (page === null) return null;
  const said = [
    ...lines,
    ...headingOf(page, scene),
    ...page.products.map((one, at) => lineOf(one, at, page, waiting, scene)),
  ];
  const narrow = page.count > PAGES_PLENTY * PAGE_MAX ? [scene.t.money.list.narrow] : [];
  const next = understood(state);
  if (!isTapped) return resume(next, [...said, ...narrow], scene);
  const { list } = scene.t.money;
  const body = waiting === null ? [...narrow, list.howTo].join('\n') : [...narrow, waiting.body].join('\n');
  const skus = page.products.map(({ sku }) => sku);
  const shown = { words, from: page.from, skus, shownAtMs: scene.facts.now.getTime() };
  const ask: Ask = { kind: 'list', body, button: scene.t.buttons.choose, rows: rowsOf(page, waiting, scene) };
  return say({ ...next, list: shown }, [...said, ''], ask);
}

/** Hears what only a list that was just shown gives a meaning: "more", or the number of one of its products. */
export function hearOnList(state: ConversationState, body: string, scene: Scene): Draft | null {
  const { list } = state;
  const { sentAt, wholesaler } = scene.facts;
  if (list === undefined) return null;
  if (sentAt.getTime() - list.shownAtMs > wholesaler.policies.questionMinutes * 60_000) return null;
  const said = withPlainDigits(body)
    .trim()
    .toLowerCase()
    .replace(/[.!?]+$/, '');
  if (MORE.has(said) || said === scene.t.money.buttons.more.toLowerCase()) {
    return showList(state, { words: list.words, from: list.from + list.skus.length }, scene);
  }
  // A number beside an open order, or in answer to a question, speaks of that.
  if (state.pending !== null || state.cart.length > 0 || !/^\d{1,6}$/.test(said)) return null;
  const sku = list.skus[Number(said) - list.from - 1];
  return sku === undefined ? null : pick(state, sku, scene);
}

/** Hears a tap on a list, however old: it moves nothing but what is asked next, at the prices of today. */
export function hearListTap(state: ConversationState, tap: Listed, scene: Scene): Draft {
  if (tap.act === 'product') return pick(state, tap.sku, scene);
  return showList(state, tap, scene) ?? showList(state, { ...tap, from: 0 }, scene) ?? emptyList(state, scene);
}

/** That nothing is on sale. */
export function emptyList(state: ConversationState, scene: Scene): Draft {
  return resume(understood(state), [scene.t.money.list.empty], scene);
}

/** The state after the person went on to something else: numbers are no longer those of the list. */
export function withoutList({ list: _list, ...state }: ConversationState): ConversationState {
  return state;
}

function pick(state: ConversationState, sku: string, scene: Scene): Draft {
  const next = withoutList(understood(state));
  const refused = whyNotForSale(scene.facts.catalogue.products.get(sku), sku, scene);
  if (refused !== null) return resume(next, [refused], scene);
  const change = changeCart(next.cart, [{ sku, quantityMilli: null, unit: null, act: 'add' }], scene);
  const queue = next.pending?.kind === 'question' ? [next.pending.question, ...next.pending.queue] : [];
  return settle(next, change, { queue, isConfirmed: false }, scene);
}

function pageOf(words: string, from: number, size: number, scene: Scene): Page | null {
  const found = words === '' ? [...scene.facts.catalogue.products.values()] : productsNamed(words, scene);
  const products = found.filter((product) => canBeOrdered(product, scene) && productId(product).length <= ROW_ID_MAX);
  const shown = products.slice(from, from + size);
  return shown.length === 0 ? null : { words, from, products: shown, count: products.length };
}

/** The products that the words mean, as the parser understands them; none where they name more than one kind of thing. */
function productsNamed(words: string, scene: Scene): CatalogueProduct[] {
  const { index, products } = scene.facts.catalogue;
  const state = { cart: [], lastOrder: null, pending: null, usual: [] };
  const { lines, clarify } = parse(words, { index, state, language: scene.language });
  const named = [...lines.map(({ sku }) => [sku]), ...clarify.map(({ candidates }) => candidates)];
  const [skus] = named;
  if (named.length !== 1 || skus === undefined || clarify.some(({ kind }) => kind === 'unknown_product')) return [];
  const all = skus.length < CANDIDATES_MAX ? skus : [...new Set([...skus, ...closeTo(words, scene)])];
  return all.flatMap((sku) => products.get(sku) ?? []);
}

function closeTo(words: string, scene: Scene): string[] {
  const hits = search(scene.facts.catalogue.index, words, { limit: FOUND_MAX });
  const best = hits[0]?.score ?? 0;
  return hits.filter(({ score }) => score >= best * CLOSE_TO_BEST).map(({ sku }) => sku);
}

function headingOf({ from, products, count }: Page, scene: Scene): string[] {
  if (count === 1) return [];
  return [scene.t.money.list.heading({ from: from + 1, to: from + products.length, count })];
}

/** Numbered where a number answers; beside an open order it would be taken for a quantity. */
function lineOf(product: CatalogueProduct, at: number, { from }: Page, waiting: Ask | null, scene: Scene): string {
  const name = productName(product);
  const price = pricesOf(product, scene);
  if (waiting === null) return scene.t.questions.option({ position: from + at + 1, product: name, price });
  const shown = setApart(name, scene.locale);
  return price === null ? `• ${shown}` : `• ${shown} - ${price}`;
}

function rowsOf({ words, from, products, count }: Page, waiting: Ask | null, scene: Scene) {
  const rows = products.map((product, at) => {
    const position = waiting === null ? from + at + 1 : null;
    return { id: productId(product), ...rowOf(productName(product), pricesOf(product, scene), position) };
  });
  const next = from + products.length;
  const more = { id: writeButtonId({ act: 'products', words, from: next }), title: scene.t.money.buttons.more };
  const open = waiting === null ? [] : choicesOf(waiting).map(({ id, title }) => ({ id, title }));
  return [...rows, ...(next < count ? [more] : []), ...open];
}

function productId({ sku }: CatalogueProduct): string {
  return writeButtonId({ act: 'product', sku });
}

function canBeOrdered(product: CatalogueProduct, scene: Scene): boolean {
  const isPriced = Object.keys(product.units).some((unit) => unitPrice(product, unit) !== null);
  return isPriced && whyNotForSale(product, product.sku, scene) === null;
}
