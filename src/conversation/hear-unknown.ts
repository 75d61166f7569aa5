import type { ParseResult } from '../parser/index.ts';
import { type Draft, type Scene, wordsText } from './scene.ts';
import { resume } from './settle.ts';
import type { ConversationState } from './types.ts';

/** After this many messages in a row that were not understood, help and a person are offered. */
const OFFER_PERSON_AFTER = 2;

/** A message that nothing could be made of: says so with the retailer's own words, and asks again what was asked. */
export function hearUnknown(state: ConversationState, words: string, scene: Scene): Draft {
  const next = notUnderstood(state);
  const said = { words: wordsText(words) || null, wholesaler: scene.facts.wholesaler.name };
  const { talk } = scene.t;
  const line = next.notUnderstood >= OFFER_PERSON_AFTER ? talk.notUnderstoodAgain(said) : talk.notUnderstood(said);
  return resume(next, [line], scene);
}

/** A message that cannot be read: says so, or what to send again where its kind is known, and asks again what was asked. */
export function hearUnreadable(state: ConversationState, what: string, scene: Scene): Draft {
  return resume(state, [wordsFor(what, scene.t.talk)], scene);
}

/** Meta sometimes reports a cart, a tap, an edit or a deletion only by its name, as unsupported. */
function wordsFor(what: string, talk: Scene['t']['talk']): string {
  switch (what) {
    case 'order':
    case 'order.too_long':
    case 'product':
      return talk.cartLost;
    case 'button':
    case 'list':
    case 'interactive':
      return talk.tapLost;
    case 'edit':
      return talk.edited;
    case 'revoke':
      return talk.deleted;
    case 'text.too_long':
      return talk.tooLong;
    default:
      return talk.unreadable;
  }
}

/** The state after something was understood. */
export function understood(state: ConversationState): ConversationState {
  return { ...state, notUnderstood: 0 };
}

/** The state after something was not. */
export function notUnderstood(state: ConversationState): ConversationState {
  return { ...state, notUnderstood: state.notUnderstood + 1 };
}

/** True when all that was read are words that no product fits. */
export function saysNothingKnown(parsed: ParseResult): boolean {
  return parsed.lines.length === 0 && parsed.clarify.length > 0 && parsed.clarify.every(hasNoCandidate);
}

/** The words that no product fits, to be repeated back. */
export function parsedWords(parsed: ParseResult, { t }: Scene): string {
  return parsed.clarify.map(({ text }) => text).join(`${t.comma} `);
}

function hasNoCandidate({ kind, candidates }: ParseResult['clarify'][number]): boolean {
  return kind === 'unknown_product' && candidates.length === 0;
}
