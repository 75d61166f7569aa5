import { isRefusedAt } from './obstacles.ts';
import { type Scene, wordsText } from './scene.ts';
import type { ConversationState } from './types.ts';

/**
 * Ends a question that was left unanswered for too long, and says so. The cart stays: an order that somebody typed is
 * never lost, it is only no longer one word away from being placed. Counted from when the message was sent, so that an
 * answer given in time is still one after an outage of ours.
 */
export function lapse(state: ConversationState, scene: Scene): { state: ConversationState; notes: string[] } {
  const { pending } = state;
  const { sentAt, wholesaler } = scene.facts;
  if (pending === null) return { state, notes: [] };
  const waitedMs = sentAt.getTime() - pending.askedAtMs;
  if (waitedMs <= wholesaler.policies.questionMinutes * 60_000) return { state, notes: [] };
  return { state: { ...state, pending: null }, notes: notesFor(pending, scene) };
}

function notesFor(pending: NonNullable<ConversationState['pending']>, scene: Scene): string[] {
  const { proposal, questions, cancelling } = scene.t;
  switch (pending.kind) {
    case 'confirm_order':
    case 'short_of_credit': {
      // It could not be confirmed when it was shown, and the shop was told to come back: there was nothing to be in time for.
      if (!isRefusedAt(new Date(pending.askedAtMs), scene)) return [proposal.lapsed];
      return isRefusedAt(scene.facts.now, scene) ? [] : [scene.t.rules.openAgain];
    }
    case 'confirm_cancel':
      return [cancelling.lapsed({ number: pending.number })];
    case 'claim': {
      // A picture that nobody said is a slip needs no word more.
      if (pending.photo !== null && pending.claimId === null) return [];
      const photo = pending.claimId === null ? 'no' : 'yes';
      return [scene.t.money.claim.lapsed({ photo, wholesaler: scene.facts.wholesaler.name })];
    }
    case 'question':
      return [pending.question, ...pending.queue].map(({ text }) => questions.lapsed({ words: wordsText(text) }));
  }
}
