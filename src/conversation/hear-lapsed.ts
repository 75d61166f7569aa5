import { formatMinor } from '../shared/money.ts';
import { templateReply } from '../templates/template-reply.ts';
import { writeButtonId } from './button-ids.ts';
import { type Draft, leftMinor, type Scene, say } from './scene.ts';
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
  if (lapsed.isRest) return say(state, [restLapsed({ number, amount })]);
  return { ...say(state, [orderLapsed({ number, amount })]), ...byTemplate(number, amount, scene) };
}

/** Outside the 24 hours it costs a template, so there the wholesaler decides whether it goes. */
function byTemplate(number: number, amount: string, scene: Scene): Pick<Draft, 'outsideWindow'> {
  const { retailer, account, wholesaler } = scene.facts;
  if (!wholesaler.policies.notices.send.includes('hold_expired')) return {};
  const available =
    account === null ? '' : formatMinor(leftMinor(account.availableMinor), account.currency, scene.locale);
  const outsideWindow = templateReply('hold_expired', {
    language: scene.language,
    values: { shop: retailer?.name ?? '', order: String(number), amount, available },
    payloads: { order_again: writeButtonId({ act: 'order_again', number }) },
  });
  return { outsideWindow };
}
