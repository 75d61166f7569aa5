import { templateReply } from '../templates/template-reply.ts';
import { writeButtonId } from './button-ids.ts';
import { type Draft, leftMinor, type Scene, say } from './scene.ts';
import type { ApprovalDecided, ConversationState } from './types.ts';

/**
 * Tells a shop how its request for approval ended. Nobody asked just now, so whatever else is open in the chat stays as it
 * is; outside the 24 hours a template says it. Said only to the shop whose order it is.
 */
export function hearDecided(state: ConversationState, decided: ApprovalDecided, scene: Scene): Draft {
  if (scene.facts.retailer?.id !== decided.retailerId) return say(state, []);
  const { approvals } = scene.t;
  const { number } = decided;
  const amount = scene.money(decided.amountMinor);
  const { name: wholesaler } = scene.facts.wholesaler;
  const outsideWindow = templateFor(decided, scene);
  switch (decided.outcome) {
    case 'approved': {
      const left = scene.money(leftMinor(decided.availableMinor ?? 0n));
      return { ...say(state, [approvals.approved({ number, amount, left })]), outsideWindow };
    }
    case 'rejected':
      return { ...say(state, [approvals.rejected({ number, amount, wholesaler })]), outsideWindow };
    case 'refused':
      return { ...say(state, [approvals.refused({ number, amount, wholesaler })]), outsideWindow };
    case 'expired': {
      const again = writeButtonId({ act: 'take_up', orderId: decided.orderId });
      const ask = {
        kind: 'buttons' as const,
        body: approvals.expired({ number, amount }),
        buttons: [{ id: again, title: approvals.askAgain }],
      };
      return { ...say(state, [], ask), outsideWindow };
    }
  }
}

function templateFor(decided: ApprovalDecided, scene: Scene) {
  const { account, retailer } = scene.facts;
  const availableMinor = decided.availableMinor ?? account?.availableMinor ?? 0n;
  const values = {
    shop: retailer?.name ?? '',
    order: String(decided.number),
    amount: scene.money(decided.amountMinor),
    available: scene.money(leftMinor(availableMinor)),
  };
  const language = scene.language;
  const human = writeButtonId({ act: 'ask', what: 'human' });
  const again = writeButtonId({ act: 'take_up', orderId: decided.orderId });
  if (decided.outcome === 'approved') return templateReply('approval_granted', { language, values, payloads: {} });
  if (decided.outcome === 'expired') {
    return templateReply('approval_expired', { language, values, payloads: { ask_again: again, human } });
  }
  return templateReply('approval_refused', { language, values, payloads: { change: again, human } });
}
