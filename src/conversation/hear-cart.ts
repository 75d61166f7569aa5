import type { CartItem } from '../inbox/types.ts';
import { changeCart, type Wanted } from './cart.ts';
import { understood } from './hear-unknown.ts';
import { toMilli } from './quantities.ts';
import type { Draft, Scene } from './scene.ts';
import { settle } from './settle.ts';
import type { ConversationState, OpenQuestion } from './types.ts';

/**
 * Hears a cart put together in the catalogue. The retailer saw products and pressed "send", so it is confirmed already
 * and placed at once, unless something in it has to be asked or told first, or it meets an order that is still open.
 */
export function hearCart(heard: ConversationState, items: readonly CartItem[], scene: Scene): Draft {
  const state = understood(heard);
  const { products } = scene.facts.catalogue;
  const wants: Wanted[] = [];
  const unknown: OpenQuestion[] = [];
  for (const { sku, quantity } of items) {
    const product = products.get(sku);
    // A quantity that is no number was none: it is asked for, not made into one.
    const quantityMilli = quantity === null || Number.isNaN(quantity) ? null : toMilli(quantity);
    if (product === undefined) {
      unknown.push({
        kind: 'unknown_product',
        candidates: [],
        quantityMilli,
        unit: null,
        text: sku,
        words: null,
        act: 'add',
      });
    } else {
      wants.push({ sku, quantityMilli, unit: product.cartUnit, act: 'add' });
    }
  }
  const isBusy = state.cart.length > 0 || state.pending?.kind === 'question';
  const change = changeCart(state.cart, wants, scene);
  change.questions.push(...unknown);
  const queue = state.pending?.kind === 'question' ? [state.pending.question, ...state.pending.queue] : [];
  const notes = isBusy ? [scene.t.proposal.addedToOpenOrder] : [];
  const from: ConversationState = { ...state, cartSource: isBusy ? 'chat' : 'cart' };
  return settle(from, change, { queue, isConfirmed: true, notes }, scene);
}
