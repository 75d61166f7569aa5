import { whyNotForSale } from './pricing.ts';
import { judgeQuantity, unitOf } from './quantities.ts';
import { productName, quantityText, type Scene } from './scene.ts';
import type { CartLine, CatalogueProduct, OpenQuestion } from './types.ts';

/** One thing the retailer wants done to the cart, as far as it was understood. */
export type Wanted = {
  sku: string;
  /** Null: none was said. */
  quantityMilli: number | null;
  unit: string | null;
  act: OpenQuestion['act'];
  /** True after the retailer said yes to a surprising quantity. */
  sure?: boolean;
};

/** The cart after a message: what was noted, what must be told, and what must be asked. */
export type CartChange = { cart: CartLine[]; noted: string[]; told: string[]; questions: OpenQuestion[] };

/** A cart holds no more lines than this; the state of a conversation stays small enough to be read for every message. */
export const CART_LINES_MAX = 1000;

/** Does what is wanted to a copy of the cart, in order. Nothing is guessed: what is not clear becomes a question. */
export function changeCart(cart: readonly CartLine[], wanted: readonly Wanted[], scene: Scene): CartChange {
  const change: CartChange = { cart: cart.map((line) => ({ ...line })), noted: [], told: [], questions: [] };
  let refusedLines = 0;
  for (const want of wanted) {
    if (want.act === 'remove') takeOut(change, want, scene);
    else if (change.cart.length >= CART_LINES_MAX && !change.cart.some((line) => line.sku === want.sku))
      refusedLines += 1;
    else putIn(change, want, scene);
  }
  if (refusedLines > 0) change.told.push(scene.t.proposal.tooManyLines({ count: refusedLines }));
  return change;
}

function putIn(change: CartChange, want: Wanted, scene: Scene): void {
  const product = scene.facts.catalogue.products.get(want.sku);
  const refused = whyNotForSale(product, want.sku, scene);
  if (product === undefined || refused !== null) {
    if (refused !== null) change.told.push(refused);
    return;
  }
  const { unit, quantityMilli, before } = lineFor(change.cart, want, product);
  const judging = { cap: scene.facts.wholesaler.policies.quantityCap, sure: want.sure };
  const verdict = quantityMilli === null ? null : judgeQuantity(product, { quantityMilli, unit }, judging);
  if (quantityMilli === null || verdict?.kind !== 'fine') {
    change.questions.push({
      kind: quantityMilli === null ? 'quantity' : 'check_quantity',
      candidates: [want.sku],
      quantityMilli,
      unit,
      text: productName(product),
      words: null,
      // What is checked is the whole line as it would stand, so the answer sets it rather than adding to it again.
      act: quantityMilli !== null && before !== null ? 'set' : want.act,
    });
    return;
  }
  write(change.cart, { sku: want.sku, unit, quantityMilli }, want.act);
  change.noted.push(
    scene.t.questions.noted({
      product: productName(product),
      quantity: quantityText(quantityMilli, unit, scene),
    }),
  );
}

/** The line as it would stand: its unit, its quantity, and the line it grows from or replaces. */
function lineFor(
  cart: readonly CartLine[],
  want: Wanted,
  product: CatalogueProduct,
): { unit: string; quantityMilli: number | null; before: CartLine | null } {
  const ofProduct = cart.filter((line) => line.sku === want.sku);
  // "Make it 5" speaks of the unit that the line already has.
  const keptUnit = want.act === 'set' && want.unit === null && ofProduct.length === 1 ? ofProduct[0]?.unit : undefined;
  const unit = keptUnit ?? unitOf(product, want.unit);
  const before = ofProduct.find((line) => line.unit === unit) ?? null;
  if (want.quantityMilli === null) return { unit, quantityMilli: null, before };
  // A quantity that is no good by itself is asked about by itself, not hidden in a sum.
  const isSum = want.act === 'add' && before !== null && want.quantityMilli > 0;
  return { unit, quantityMilli: isSum ? before.quantityMilli + want.quantityMilli : want.quantityMilli, before };
}

/** Puts a line where the product stands already, else at the end. A new quantity replaces every line of the product. */
function write(cart: CartLine[], line: CartLine, act: Wanted['act']): void {
  const place = cart.findIndex((other) => other.sku === line.sku && (act === 'set' || other.unit === line.unit));
  if (place === -1) {
    cart.push(line);
    return;
  }
  cart[place] = line;
  if (act !== 'set') return;
  for (let at = cart.length - 1; at > place; at -= 1) if (cart[at]?.sku === line.sku) cart.splice(at, 1);
}

function takeOut(change: CartChange, want: Wanted, scene: Scene): void {
  const product = scene.facts.catalogue.products.get(want.sku);
  const name = product === undefined ? want.sku : productName(product);
  const isMeant = (line: CartLine) => line.sku === want.sku && (want.unit === null || line.unit === want.unit);
  const found = change.cart.find(isMeant) ?? change.cart.find((line) => line.sku === want.sku);
  if (found === undefined) {
    change.told.push(scene.t.proposal.notInCart({ product: name }));
    return;
  }
  const rest = want.quantityMilli === null ? 0 : found.quantityMilli - want.quantityMilli;
  // "Remove 2 coke" of ten leaves eight; a negative quantity cannot make the line grow.
  if (rest > 0 && rest < found.quantityMilli) {
    putIn(change, { sku: found.sku, quantityMilli: rest, unit: found.unit, act: 'set' }, scene);
    return;
  }
  change.cart = change.cart.filter((line) => line.sku !== want.sku || (want.unit !== null && line.unit !== found.unit));
}
