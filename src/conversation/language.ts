/**
 * Which language a person is answered in: the one they chose; else the one they write; else the one that the shop,
 * or the approver, is known to speak; else the wholesaler's. It belongs to the person's own chat, so two phones of one shop may differ, and
 * every reply of one message is in one language, since it is settled before the message is answered.
 */
import { parse, spokenLanguages } from '../parser/index.ts';
import { LANGUAGES, type Language, type WholesalerPolicies } from '../shared/policies.ts';
import { readButtonId } from './button-ids.ts';
import { namedLanguage, ownName } from './language-names.ts';
import { toParserState } from './parser-state.ts';
import { catalogueTag } from './texts/index.ts';
import type { ConversationEvent, ConversationState, Facts } from './types.ts';

type Spoken = Pick<ConversationState, 'language'>;
/** What is known of who speaks, and of what may be answered in. */
type Speakers = {
  retailer: { language: string | null } | null;
  approver?: { language: string | null } | null;
  wholesaler: { language: string; policies: Pick<WholesalerPolicies, 'languages'> };
};

// Points are about one for each different word that only one language knows; measured on the open parser sets
// (tests/conversation/language-detection.test.ts).

/** So much is a message in a language; a single foreign word never is. */
const CLEAR = 1.5;
/** To leave a language that the person is known to speak takes more than to begin with one. */
const CLEAR_TO_LEAVE = 2;
/** Shops of all languages say "please send" and "ok thanks". */
const ENGLISH_BESIDES = 1;
/** So little is a lean: it counts once the next message that says anything leans the same way. */
const LEAN = 0.75;
/** The language must have so many times the points of any other. */
const MARGIN = 1.6;

/** The language that the chat is held in, as its tag. */
export function languageOf({ language }: Spoken, { retailer, approver, wholesaler }: Speakers): string {
  const own = language?.code ?? retailer?.language ?? approver?.language ?? null;
  return own !== null && isOffered(own, wholesaler.policies.languages) ? own : wholesaler.language;
}

/** The state after hearing in which language somebody speaks; `isChoice` when they say nothing but which one they want. */
export function hearLanguage(
  state: ConversationState,
  event: ConversationEvent,
  facts: Facts,
): { state: ConversationState; isChoice: boolean } {
  const choice = chosenBy(event, state, facts);
  if (choice !== null) {
    const { language: code, isAll } = choice;
    return { state: { ...state, language: { code, by: 'choice' }, leaning: null }, isChoice: isAll };
  }
  const isTelling = event.kind === 'text' && state.language?.by !== 'choice';
  return { state: isTelling ? hearWriting(state, event.body, facts) : state, isChoice: false };
}

/** A language that is asked for; not all that a message says where it stands beside an order. */
type Choice = { language: Language; isAll: boolean };

/** The offered language that the event chooses, by a tap or in words; null where it chooses none. */
function chosenBy(event: ConversationEvent, state: ConversationState, facts: Facts): Choice | null {
  const { languages } = facts.wholesaler.policies;
  const wanted =
    event.kind === 'tap' ? tapped(event.id) : event.kind === 'text' ? asked(event.body, state, facts) : null;
  return wanted !== null && languages.includes(wanted.language) ? wanted : null;
}

function hearWriting(state: ConversationState, body: string, facts: Facts): ConversationState {
  const heard = detectLanguage(body, facts);
  if (heard === null) return state;
  const { wholesaler, retailer, approver } = facts;
  const present = languageOf(state, facts);
  // Whoever writes what is not offered is answered in the wholesaler's language.
  const code = offeredFor(heard.language, wholesaler.policies.languages) ?? catalogueTag(wholesaler.language);
  if (code === undefined || code === catalogueTag(present)) return { ...state, leaning: null };
  const isKnown = state.language !== null || (retailer?.language ?? approver?.language ?? null) !== null;
  const needed = (isKnown ? CLEAR_TO_LEAVE : CLEAR) + (code === 'en' ? ENGLISH_BESIDES : 0);
  if (heard.points < needed && state.leaning !== code) return { ...state, leaning: code };
  return { ...state, language: { code, by: 'writing' }, leaning: null };
}

/** The language that a text is written in, as far as its words say; null where they do not. */
export function detectLanguage(
  text: string,
  facts: Pick<Facts, 'catalogue'>,
): { language: Language; points: number } | null {
  const [first, second] = [...spokenLanguages(text, facts.catalogue.index)].sort((a, b) => b[1] - a[1]);
  if (first === undefined || first[1] < LEAN || first[1] < MARGIN * (second?.[1] ?? 0)) return null;
  const language = LANGUAGES.find((one) => one === first[0]);
  return language === undefined ? null : { language, points: first[1] };
}

function tapped(id: string): Choice | null {
  const button = readButtonId(id);
  return button?.act === 'language' ? { language: button.language, isAll: true } : null;
}

/** "Hindi please", "en español": words that name a language, in a message that asks for one or says nothing else. */
function asked(body: string, state: ConversationState, facts: Facts): Choice | null {
  const named = namedLanguage(body);
  if (named === null) return null;
  const said =
    ownName(body) === null
      ? parse(body, { index: facts.catalogue.index, state: toParserState(state, facts) })
      : { intent: 'language', alsoIntents: [] };
  const isAll = said.intent === 'language';
  if (!isAll && !said.alsoIntents.some((also) => also === 'language')) return null;
  // Whoever writes Hindi in Latin letters reads it so, too.
  const isLatin = named === 'hi' && detectLanguage(body, facts)?.language === 'hi-Latn';
  return { language: isLatin ? 'hi-Latn' : named, isAll };
}

/** The language itself, or its other script, where one of them is offered. */
function offeredFor(language: Language, offered: readonly Language[]): Language | undefined {
  const base = language.split('-')[0];
  return offered.find((one) => one === language) ?? offered.find((one) => one.split('-')[0] === base);
}

function isOffered(tag: string, offered: readonly string[]): boolean {
  const known = catalogueTag(tag);
  return known !== undefined && offered.includes(known);
}
