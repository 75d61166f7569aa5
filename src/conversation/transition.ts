import { compose } from './compose.ts';
import { hearCancelAnswered, hearOrderAnswered } from './hear-answered.ts';
import { hearCart } from './hear-cart.ts';
import { hearLapsed } from './hear-lapsed.ts';
import { hearTap } from './hear-tap.ts';
import { hearText } from './hear-text.ts';
import { lapse } from './lapse.ts';
import { type Draft, type Scene, say, sceneOf, wordsText } from './scene.ts';
import { resume } from './settle.ts';
import type { ConversationEvent, ConversationState, Facts, Step } from './types.ts';

/**
 * The conversation as one pure function: what the state becomes, what is said, and what should happen in the world. It
 * reads no clock and draws no lots; called again with the same arguments it decides the same, so any day can be replayed.
 */
export function transition(state: ConversationState, event: ConversationEvent, facts: Facts): Step {
  const scene = sceneOf(facts);
  const draft = hear(state, event, scene);
  return {
    next: draft.next,
    replies: compose(draft.lines, draft.ask),
    effect: draft.effect,
    parsed: draft.parsed ?? null,
    ...(draft.wantsPerson === true ? { wantsPerson: true } : {}),
  };
}

type Heard = Draft & { parsed?: Step['parsed'] };

function hear(state: ConversationState, event: ConversationEvent, scene: Scene): Heard {
  if (event.kind === 'hold_lapsed') return hearLapsed(state, event, scene);
  if (scene.facts.retailer === null) return meetStranger(state, scene);
  if (event.kind === 'order_answered') return hearOrderAnswered(state, event.answer, scene);
  if (event.kind === 'cancel_answered') return hearCancelAnswered(state, event.answer, scene);
  const { state: awake, notes } = lapse(state, scene);
  const draft = hearPerson(awake, event, scene);
  // Nothing that was due is placed silently over a question that ran out: the notes go before whatever is said next.
  return notes.length === 0 ? draft : { ...draft, lines: [...notes, ...draft.lines] };
}

type SaidByPerson = Exclude<ConversationEvent, { kind: 'order_answered' | 'cancel_answered' | 'hold_lapsed' }>;

function hearPerson(state: ConversationState, event: SaidByPerson, scene: Scene): Heard {
  switch (event.kind) {
    case 'text':
      return hearText(state, event.body, scene);
    case 'tap':
      return hearTap(state, event.id, scene);
    case 'cart':
      return hearCart(state, event.items, scene);
    case 'media':
      return resume(state, [scene.t.talk.media[event.media]], scene);
    case 'unreadable':
      return resume(state, [scene.t.talk.unreadable], scene);
  }
}

/** Somebody we do not know learns how to register, and nothing about anybody's goods, prices or credit. */
function meetStranger(state: ConversationState, scene: Scene): Heard {
  const { profileName, wholesaler } = scene.facts;
  const name = profileName === null || profileName.trim() === '' ? null : wordsText(profileName);
  return say(state, [scene.t.talk.stranger({ wholesaler: wholesaler.name, name })]);
}
