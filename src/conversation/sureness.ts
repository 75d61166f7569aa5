/**
 * Whether an order was read so surely that a wholesaler who asks "when unsure" lets it through unasked. Everything that
 * somebody other than the retailer decided counts as a doubt: a corrected spelling, a guess, a quantity out of line.
 */
import { sizeOf } from '../orders/quantity-rules.ts';
import type { ParseResult } from '../parser/index.ts';

import type { Scene } from './scene.ts';
import type { CartLine, ConversationState, OrderSummary } from './types.ts';

/** Names spelled as the catalogue spells them read at 1; a corrected letter in "sona masuri" costs 0.02. */
const SURE = 0.99;

/** The retailer's words fit something else too, or not quite, and the parser chose. */
const GUESSED = new Set([
  'usual',
  'in_cart',
  'other_variant',
  'amount_as_packs',
  'unit_not_sold',
  'number_in_name',
  'part_not_understood',
  'left_out',
  'number_not_understood',
]);

/** So many times the most that the shop has lately ordered is out of line. */
const UNUSUAL_TIMES = 3;

/** True when nothing in the reading was guessed or corrected. */
export function isReadSurely({ confidence, reasons, lines, clarify }: ParseResult): boolean {
  if (confidence < SURE || clarify.length > 0) return false;
  return ![...reasons, ...lines.flatMap((line) => line.reasons ?? [])].some((reason) => GUESSED.has(reason));
}

/** True when the policy asks for a confirmation of this cart although its retailer wrote nothing unclear just now. */
export function isDoubtful(state: ConversationState, cart: readonly CartLine[], scene: Scene): boolean {
  if (scene.facts.wholesaler.policies.confirm !== 'when_unsure' || state.cartSource === 'cart') return false;
  return state.hasGuess || isUnusuallyLarge(cart, scene);
}

/**
 * More than three times what the shop's last orders held of a product at most. What it never ordered before has nothing
 * to be measured by; there the quantity cap alone asks.
 */
function isUnusuallyLarge(cart: readonly CartLine[], scene: Scene): boolean {
  const { orders } = scene.facts;
  return cart.some((line) => {
    const most = Math.max(...orders.map((order) => baseQuantity(order.lines, line.sku, scene)), 0);
    return most > 0 && baseQuantity(cart, line.sku, scene) > UNUSUAL_TIMES * most;
  });
}

function baseQuantity(lines: readonly CartLine[] | OrderSummary['lines'], sku: string, scene: Scene): number {
  const product = scene.facts.catalogue.products.get(sku);
  if (product === undefined) return 0;
  return lines
    .filter((line) => line.sku === sku)
    .reduce((sum, { unit, quantityMilli }) => sum + quantityMilli * sizeOf(product, unit), 0);
}
