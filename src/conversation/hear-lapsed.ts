import { formatMinor } from '../shared/money.ts';
import { type Draft, type Scene, say } from './scene.ts';
import type { ConversationState, HoldLapsed } from './types.ts';

/**
 * Tells a shop that the credit held for its order is free again. Nobody asked, so whatever else is open in the chat stays
 * as it is. Said only to the shop whose order it was: a number may have changed hands since.
 */
export function hearLapsed(state: ConversationState, lapsed: HoldLapsed, scene: Scene): Draft {
  if (scene.facts.retailer?.id !== lapsed.retailerId) return say(state, []);
  const { number } = lapsed;
  const amount = formatMinor(lapsed.amountMinor, lapsed.currency, scene.locale);
  const { orderLapsed, restLapsed } = scene.t.placing;
  return say(state, [lapsed.isRest ? restLapsed({ number, amount }) : orderLapsed({ number, amount })]);
}
