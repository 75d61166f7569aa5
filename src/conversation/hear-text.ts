import { type Intent, type LineAct, type ParseResult, parse } from '../parser/index.ts';
import { assertNever } from '../shared/assert.ts';
import {
  balanceLines,
  greetingLines,
  helpLines,
  orderLines,
  paidLines,
  queryLines,
  statementLines,
  whyLines,
} from './hear-ask.ts';
import { hearCancel } from './hear-cancel.ts';
import { hearConfirm, hearDecline } from './hear-confirm.ts';
import { hearLines, hearRepeat } from './hear-order.ts';
import { hearTap } from './hear-tap.ts';
import { hearUnknown, saysNothingKnown, understood } from './hear-unknown.ts';
import { toParserState } from './parser-state.ts';
import { propose } from './proposal.ts';
import type { Draft, Scene } from './scene.ts';
import { resume, waitingAsk } from './settle.ts';
import type { ConversationState } from './types.ts';

/** Acts that are answered by the way when they stand beside an order ("10 coke. how much do I owe?"). */
const BY_THE_WAY = new Set<Intent>(['balance', 'statement', 'status', 'why']);

/** Hears a text message; gives back what the parser read for the audit. */
export function hearText(state: ConversationState, body: string, scene: Scene): Draft & { parsed: ParseResult | null } {
  const { facts } = scene;
  const typed = typedChoice(state, body, scene);
  if (typed !== null) return { ...hearTap(state, typed, scene), parsed: null };
  const language = facts.retailer?.language ?? facts.wholesaler.language;
  const parsed = parse(body, { index: facts.catalogue.index, state: toParserState(state, facts), language });
  const { said, asked } = apart(parsed);
  const intent = intentOf(said);
  const draft = hearIntent(intent, state, body, said, scene);
  const aside = parsed.alsoIntents.find((other) => BY_THE_WAY.has(other) && other !== intent);
  const asides = [
    ...(asked === null ? [] : (queryLines(asked, scene) ?? [])),
    ...(aside === undefined ? [] : infoLines(aside, parsed, scene)),
  ];
  // An effect is answered by its own message; anything said before it would be a second one.
  if (asides.length === 0 || draft.effect !== null) return { ...draft, parsed };
  return { ...draft, lines: [...asides, '', ...draft.lines], parsed };
}

/** "2 maggi. price of coke?": what is ordered, and what is only asked about, each as a reading of its own. */
function apart(parsed: ParseResult): { said: ParseResult; asked: ParseResult | null } {
  const isAsked = ({ act }: { act: LineAct }): boolean => act === 'ask';
  const all = [...parsed.lines, ...parsed.clarify];
  if (!all.some(isAsked) || all.every(isAsked)) return { said: parsed, asked: null };
  const only = (keep: (part: { act: LineAct }) => boolean): ParseResult => ({
    ...parsed,
    lines: parsed.lines.filter(keep),
    clarify: parsed.clarify.filter(keep),
  });
  return { said: only((part) => !isAsked(part)), asked: only(isAsked) };
}

/** The title of a button or row on the screen, typed out, is the tap. */
function typedChoice(state: ConversationState, body: string, scene: Scene): string | null {
  const ask = waitingAsk(state, scene);
  if (ask === null || ask.kind === 'words') return null;
  const folded = body.trim().toLowerCase();
  const choices: { id: string; title: string }[] = ask.kind === 'buttons' ? ask.buttons : ask.rows;
  return choices.find(({ title }) => title.toLowerCase() === folded)?.id ?? null;
}

/** The act to answer, where the parser saw two and the first is empty. */
function intentOf(parsed: ParseResult): Intent {
  // "Paid 5000, ref 123" is about the payment: its reference is not a product that we do not have.
  if (saysNothingKnown(parsed) && parsed.alsoIntents.includes('paid')) return 'paid';
  // "Why was my order refused?" asks about no product.
  const asksNothing = parsed.intent === 'query' && parsed.lines.length === 0 && parsed.clarify.length === 0;
  return (asksNothing ? parsed.alsoIntents.find((intent) => BY_THE_WAY.has(intent)) : undefined) ?? parsed.intent;
}

function hearIntent(intent: Intent, state: ConversationState, body: string, parsed: ParseResult, scene: Scene): Draft {
  switch (intent) {
    case 'order':
    case 'add':
    case 'change':
    case 'remove':
      if (parsed.lines.length === 0 && parsed.clarify.length === 0) return hearUnknown(state, body, scene);
      return hearLines(state, body, parsed, scene);
    case 'repeat':
      return hearRepeat(state, parsed, scene);
    case 'confirm':
      return hearConfirm(state, scene);
    case 'decline':
      return hearDecline(state, scene);
    case 'cancel':
      return hearCancel(state, body, scene);
    case 'unknown':
      return parsed.lines.length > 0 ? hearLines(state, body, parsed, scene) : hearUnknown(state, body, scene);
    case 'human': {
      const line = scene.t.talk.human({ wholesaler: scene.facts.wholesaler.name });
      return { ...resume(understood(state), [line], scene), wantsPerson: true };
    }
    case 'query': {
      // "What is the total?" and "show my order" name no product: the order itself is the answer.
      const isAboutOrder = state.pending?.kind === 'confirm_order' && queryLines(parsed, scene) === null;
      if (isAboutOrder) return propose(understood(state), scene);
      return resume(understood(state), infoLines(intent, parsed, scene), scene);
    }
    case 'balance':
    case 'statement':
    case 'paid':
    case 'status':
    case 'help':
    case 'greeting':
    case 'language':
    case 'why':
      return resume(understood(state), infoLines(intent, parsed, scene), scene);
    default:
      return assertNever(intent);
  }
}

type Info = 'balance' | 'statement' | 'paid' | 'status' | 'query' | 'help' | 'greeting' | 'language' | 'why';

function infoLines(intent: Intent, parsed: ParseResult, scene: Scene): string[] {
  switch (intent as Info) {
    case 'balance':
      return balanceLines(scene);
    case 'statement':
      return statementLines(scene);
    case 'paid':
      return paidLines(scene);
    case 'status':
      return orderLines(scene);
    case 'why':
      return whyLines(scene);
    case 'help':
      return helpLines(scene);
    case 'greeting':
      return greetingLines(scene);
    case 'language':
      return [scene.t.talk.language];
    case 'query':
      return queryLines(parsed, scene) ?? [scene.t.talk.queryWhat];
  }
}
