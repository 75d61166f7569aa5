import type { Reply } from '../outbox/types.ts';
import { readButtonId } from './button-ids.ts';
import { compose } from './compose.ts';
import { type AboutPeople, hearAboutPeople, isAboutPeople } from './hear-about-people.ts';
import { hearCancelAnswered, hearKeepAnswered, hearOrderAnswered } from './hear-answered.ts';
import { hearAboutApprovals, hearApprover, isAboutApprovals } from './hear-approver.ts';
import { dropCart } from './hear-cancel.ts';
import { hearCart } from './hear-cart.ts';
import { hearClaimAnswered } from './hear-claim.ts';
import { hearDecided } from './hear-decided.ts';
import { hearFound } from './hear-found.ts';
import { hearHandedBack } from './hear-handed-back.ts';
import { languageChosen } from './hear-language.ts';
import { hearLapsed } from './hear-lapsed.ts';
import { hearOnList, withoutList } from './hear-list.ts';
import { hearMoneyNews, isMoneyNews } from './hear-money-news.ts';
import { hearNotice } from './hear-notice.ts';
import { hearTap } from './hear-tap.ts';
import { hearAsk, hearMedia, hearText } from './hear-text.ts';
import { hearUnreadable, understood } from './hear-unknown.ts';
import { hearAboutWaiting, hearOrderStored, isAboutWaiting } from './hear-waiting.ts';
import { hearLanguage } from './language.ts';
import { lapse } from './lapse.ts';
import { keepChoices } from './learning.ts';
import { cancelsInstead, hearWish, noticeWish } from './opt-out.ts';
import { awaitsLinkText, type Draft, nameOf, type Scene, say, sceneOf, type TextsOf } from './scene.ts';
import { textsFor } from './texts/index.ts';
import type {
  AboutApprovals,
  AboutWaiting,
  ApprovalDecided,
  ConversationEvent,
  ConversationState,
  EffectAnswered,
  Facts,
  MoneyNews,
  Step,
} from './types.ts';

/**
 * The conversation as one pure function: what the state becomes, what is said, and what should happen in the world. It
 * reads no clock and draws no lots; called again with the same arguments it decides the same, so any day can be replayed.
 */
export function transition(
  state: ConversationState,
  event: ConversationEvent,
  facts: Facts,
  texts: TextsOf = textsFor,
): Step {
  // Before anything is said: every reply of one message is in one language.
  const spoken = hearLanguage(state, event, facts);
  const scene = sceneOf(facts, spoken.state, texts);
  const draft = hear(spoken.state, event, scene, spoken.isChoice);
  return {
    next: keepChoices(state, draft.next),
    replies: quoting(compose(draft), facts),
    effect: draft.effect,
    parsed: draft.parsed ?? null,
    ...(draft.wantsPerson === true ? { wantsPerson: true } : {}),
    ...(draft.wish !== undefined ? { wish: draft.wish } : {}),
    ...(draft.lessons !== undefined && draft.lessons.length > 0 ? { lessons: draft.lessons } : {}),
  };
}

/** An answer to an older message shows which one it speaks of. */
function quoting(replies: Reply[], { quoted }: Facts): Reply[] {
  const [first, ...others] = replies;
  if (first === undefined || quoted === null || quoted.ours?.isNewest === true) return replies;
  return [{ ...first, quotes: quoted.wamid }, ...others];
}

type Heard = Draft & { parsed?: Step['parsed'] };

function hear(state: ConversationState, event: ConversationEvent, scene: Scene, isChoice: boolean): Heard {
  if (event.kind === 'hold_lapsed') return hearLapsed(state, event, scene);
  if (isAboutWaiting(event)) return hearAboutWaiting(state, event, scene);
  if (event.kind === 'handed_back') return hearHandedBack(state, event.isLate, scene);
  if (event.kind === 'notice') return hearNotice(state, event, scene);
  if (isMoneyNews(event)) return hearMoneyNews(state, event, scene);
  if (event.kind === 'approval_decided') return hearDecided(state, event, scene);
  if (isAboutApprovals(event)) return hearAboutApprovals(state, event, scene);
  if (isAboutPeople(event)) return hearAboutPeople(state, event, scene);
  const isCancel = event.kind === 'text' && cancelsInstead(state, event.body, scene);
  const wish = event.kind === 'text' && !isCancel ? noticeWish(event.body) : null;
  // Whoever stopped nothing and writes "start" begins a chat.
  if (wish === 'stop' || (wish === 'start' && scene.facts.hasStopped)) return hearWish(state, wish, scene);
  const approving = hearApprover(state, event, scene);
  if (approving !== null) return approving;
  if (scene.facts.retailer === null) return meetStranger(state, scene);
  if (event.kind === 'order_answered') return hearOrderAnswered(state, event.answer, scene);
  if (event.kind === 'keep_answered') return hearKeepAnswered(state, event.answer, scene);
  if (event.kind === 'cancel_answered') return hearCancelAnswered(state, event.answer, scene);
  if (event.kind === 'looked_up') return hearFound(state, event.found, scene);
  if (event.kind === 'order_stored') return hearOrderStored(state, event.answer, scene);
  if (event.kind === 'claim_answered') return hearClaimAnswered(state, event, scene);
  const { state: awake, notes } = lapse(state, scene);
  const draft = isChoice
    ? languageChosen(awake, scene)
    : isCancel
      ? dropCart(understood(awake), scene)
      : hearPerson(awake, event, scene);
  // Nothing that was due is placed silently over a question that ran out: the notes go before whatever is said next.
  return notes.length === 0 ? draft : { ...draft, lines: [...notes, ...draft.lines] };
}

type SaidByPerson = Exclude<
  ConversationEvent,
  | EffectAnswered
  | AboutWaiting
  | AboutApprovals
  | ApprovalDecided
  | AboutPeople
  | MoneyNews
  | { kind: 'hold_lapsed' | 'notice' | 'handed_back' }
>;

function hearPerson(heard: ConversationState, event: SaidByPerson, scene: Scene): Heard {
  const listed = event.kind === 'text' && scene.facts.quoted === null ? hearOnList(heard, event.body, scene) : null;
  if (listed !== null) return listed;
  const state = withoutList(heard);
  switch (event.kind) {
    case 'text':
      return hearText(state, event.body, scene);
    case 'tap': {
      const button = readButtonId(event.id);
      return button?.act === 'ask' ? hearAsk(state, button.what, scene) : hearTap(state, event.id, scene);
    }
    case 'cart':
      return hearCart(state, event.items, scene);
    case 'media':
      return hearMedia(state, event, scene);
    case 'unreadable':
      return hearUnreadable(state, event.what, scene);
  }
}

/** Somebody we do not know, or not for sure, learns what to do, and nothing about anybody's goods, prices or credit. */
function meetStranger(state: ConversationState, scene: Scene): Heard {
  const { wholesaler, awaitsLink, hidesPhone } = scene.facts;
  if (awaitsLink) return say(state, [awaitsLinkText(scene)]);
  const words = { wholesaler: wholesaler.name, name: nameOf(scene) };
  if (wholesaler.policies.unknownPersons !== 'register') return say(state, [scene.t.talk.stranger(words)]);
  const announced = [scene.t.rules.strangerAnnounced(words)];
  if (!hidesPhone || state.phoneAsked === true) return say(state, announced);
  // Staff know shops by their phones; without one the request in their queue is a name and an id that says nothing.
  const body = scene.t.newcomers.askPhone(words);
  return say({ ...state, phoneAsked: true }, announced, { kind: 'contact_request', body });
}
