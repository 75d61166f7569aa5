import { type Intent, type LineAct, type ParseResult, parse } from '../parser/index.ts';
import { assertNever } from '../shared/assert.ts';
import type { AskedByTap } from './button-ids.ts';
import { isComplaint } from './complaint-words.ts';
import { choicesOf } from './compose.ts';
import { periodText, todayOf } from './dates.ts';
import {
  balanceLines,
  greetingLines,
  helpLines,
  orderLines,
  queryLines,
  statementLines,
  whyLines,
} from './hear-ask.ts';
import { hearCancel } from './hear-cancel.ts';
import { hearHowMuch, hearPaid, hearSlip } from './hear-claim.ts';
import { hearConfirm, hearDecline } from './hear-confirm.ts';
import { offerLanguages } from './hear-language.ts';
import { emptyList, showList } from './hear-list.ts';
import { hearOlder, olderQuoted } from './hear-older.ts';
import { hearLines, hearRepeat } from './hear-order.ts';
import { hearTap } from './hear-tap.ts';
import { hearUnknown, saysNothingKnown, understood } from './hear-unknown.ts';
import { aliasesInForce, noteRecognised } from './learning.ts';
import { offeredAct } from './offered-words.ts';
import { toParserState } from './parser-state.ts';
import { proposalOf } from './pending.ts';
import { propose } from './proposal.ts';
import { readListing } from './read-list.ts';
import { namesSlip } from './read-payment.ts';
import { readBarePeriod, readPeriod } from './read-period.ts';
import { numbersIn } from './said-numbers.ts';
import type { Draft, Scene } from './scene.ts';
import { resume, waitingAsk } from './settle.ts';
import type { ConversationEvent, ConversationState, LookUp } from './types.ts';

type Media = Extract<ConversationEvent, { kind: 'media' }>;

/** Acts that are answered by the way when they stand beside an order ("10 coke. how much do I owe?"). */
const BY_THE_WAY = new Set<Intent>(['balance', 'statement', 'status', 'why']);

/** Hears a text message; gives back what the parser read for the audit. */
export function hearText(state: ConversationState, body: string, scene: Scene): Draft & { parsed: ParseResult | null } {
  const older = olderQuoted(state, scene);
  const answered = older === null ? null : hearOlder(state, body, older, scene);
  if (answered !== null) return { ...answered, parsed: null };
  const paid = state.pending?.kind === 'claim' ? hearHowMuch(state, state.pending, body, scene) : null;
  if (paid !== null) return { ...paid, parsed: null };
  const typed = typedChoice(state, body, scene);
  if (typed !== null) return { ...hearTap(state, typed, scene), parsed: null };
  const offered = offeredAct(body);
  if (offered !== null) return { ...hearIntent(offered, state, body, saidOnly(offered), scene), parsed: null };
  const listed = readListing(body);
  const list = listed === null ? null : listFor(state, listed, scene);
  if (list !== null) return { ...list, parsed: null };
  if (readBarePeriod(body, todayOf(scene), false) !== null)
    return { ...askFor(state, [statementOf(body, scene)]), parsed: null };
  const parsed = read(state, body, scene);
  const { said, asked } = apart(parsed);
  const intent = intentOf(said);
  const heard = isComplaint(body, said) ? passOn(state, scene) : hearIntent(intent, state, body, said, scene);
  const draft = { ...heard, next: noteRecognised(heard.next, said, scene) };
  const aside = parsed.alsoIntents.find((other) => BY_THE_WAY.has(other) && other !== intent);
  const asides = [
    ...(asked === null ? [] : (queryLines(asked, scene) ?? [])),
    ...(aside === undefined ? [] : infoLines(aside, parsed, scene)),
  ];
  // An effect is answered by its own message; anything said before it would be a second one.
  if (asides.length === 0 || (draft.effect !== null && draft.effect.kind !== 'look_up')) return { ...draft, parsed };
  return { ...draft, lines: [...asides, '', ...draft.lines], parsed };
}

/** What is on sale of it; null where the words name nothing that we have, so that they are read as anything else. */
function listFor(state: ConversationState, words: string, scene: Scene): Draft | null {
  return showList(state, { words, from: 0 }, scene) ?? (words === '' ? emptyList(state, scene) : null);
}

function read(state: ConversationState, body: string, { facts, language }: Scene): ParseResult {
  return parse(body, {
    index: facts.catalogue.index,
    state: toParserState(state, facts),
    language,
    learned: aliasesInForce(state, facts),
  });
}

/** Hears a tap that asks for something, as if its one word had been typed. */
export function hearAsk(state: ConversationState, what: AskedByTap, scene: Scene): Draft {
  return hearIntent(what, state, '', saidOnly(what), scene);
}

/** The reading of a message that is an act and nothing else. */
function saidOnly(intent: Intent): ParseResult {
  return { intent, alsoIntents: [], lines: [], clarify: [], confidence: 1, reasons: [] };
}

/**
 * Hears a picture or a file: with words about a payment, or in answer to how much was paid, it is the slip of one. What else
 * comes so is not read, and said to be so.
 */
export function hearMedia(state: ConversationState, { media, file, caption }: Media, scene: Scene): Draft {
  const said = caption?.trim() ?? '';
  const isPicture = (media === 'image' || media === 'document') && file !== undefined;
  const isAboutPayment = said === '' || namesSlip(said) || isPaid(state, said, scene);
  const slip = isPicture && isAboutPayment ? hearSlip(state, file, said === '' ? null : said, scene) : null;
  return slip ?? resume(state, [scene.t.talk.media[media]], scene);
}

function isPaid(state: ConversationState, said: string, scene: Scene): boolean {
  if (state.pending?.kind === 'claim' && hearHowMuch(state, state.pending, said, scene) !== null) return true;
  return intentOf(read(state, said, scene)) === 'paid';
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
  if (ask === null) return null;
  const folded = body.trim().toLowerCase();
  return choicesOf(ask).find(({ title }) => title.toLowerCase() === folded)?.id ?? null;
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
      return namesAnotherOrder(state, body) ? hearCancel(state, body, scene) : hearConfirm(state, scene);
    case 'decline':
      return hearDecline(state, scene);
    case 'cancel':
      return hearCancel(state, body, scene);
    case 'unknown':
      if (parsed.lines.length > 0) return hearLines(state, body, parsed, scene);
      return hearOrderNamed(state, body, scene) ?? hearMonth(state, body, scene) ?? hearUnknown(state, body, scene);
    case 'human': {
      const line = scene.t.talk.human({ wholesaler: scene.facts.wholesaler.name });
      return { ...resume(understood(state), [line], scene), wantsPerson: true };
    }
    case 'query':
      return hearQuery(state, body, parsed, scene);
    case 'language':
      return offerLanguages(state, body, scene);
    case 'balance':
      return askFor(state, [{ kind: 'dues' }]);
    case 'status': {
      const [number] = numbersIn(body);
      if (number !== undefined) return askFor(state, [{ kind: 'order', number }]);
      return resume(understood(state), infoLines(intent, parsed, scene), scene);
    }
    case 'why':
      return askFor(state, [{ kind: 'why', number: numbersIn(body)[0] ?? null }]);
    case 'paid':
      return hearPaid(state, body, scene);
    case 'statement':
      return askFor(state, [statementOf(body, scene)]);
    case 'help':
    case 'greeting':
      return resume(understood(state), infoLines(intent, parsed, scene), scene);
    default:
      return assertNever(intent);
  }
}

/** A complaint is for people. */
function passOn(state: ConversationState, scene: Scene): Draft {
  const line = scene.t.talk.complaint({ wholesaler: scene.facts.wholesaler.name });
  return { ...resume(understood(state), [line], scene), wantsPerson: true };
}

/** "What is the total?" and "show my order" name no product: the order itself is the answer, and without one the list. */
function hearQuery(state: ConversationState, body: string, parsed: ParseResult, scene: Scene): Draft {
  const lines = queryLines(parsed, scene);
  const isIdle = state.pending === null;
  if (lines === null) {
    const month = hearMonth(state, body, scene);
    if (month !== null) return month;
    if (proposalOf(state) !== null) return propose(understood(state), scene);
    const list = isIdle ? showList(state, { words: '', from: 0 }, scene, [scene.t.talk.queryWhat]) : null;
    return list ?? resume(understood(state), [scene.t.talk.queryWhat], scene);
  }
  // "Do you have rice?", and there are several: one of them can be tapped.
  const [several] = parsed.clarify;
  const isOneKind = parsed.lines.length === 0 && parsed.clarify.length === 1 && several?.kind === 'product';
  const isListed = isOneKind && (isIdle || proposalOf(state) !== null);
  const list = isListed ? showList(state, { words: several.words ?? several.text, from: 0 }, scene) : null;
  return list ?? resume(understood(state), lines, scene);
}

/** "Cancel 999" is no yes to whether order 1042 shall be cancelled. */
function namesAnotherOrder({ pending }: ConversationState, body: string): boolean {
  if (pending?.kind !== 'confirm_cancel') return false;
  const numbers = numbersIn(body);
  return numbers.length > 0 && !numbers.includes(pending.number);
}

/** What has to be read first; the answer is heard as an event of its own. */
function askFor(state: ConversationState, lookUps: LookUp[]): Draft {
  return { next: understood(state), lines: [], ask: null, effect: { kind: 'look_up', lookUps } };
}

function statementOf(body: string, scene: Scene): LookUp {
  const period = readPeriod(body, todayOf(scene));
  const filename = `${scene.t.money.statement.file({ period: periodText(period, scene) })}.pdf`;
  return { kind: 'statement', ...period, filename, language: scene.language, at: scene.facts.now };
}

/** "1042?" and "where is 1042": nothing but the number of an order of theirs tells what it is about. */
function hearOrderNamed(state: ConversationState, body: string, scene: Scene): Draft | null {
  const numbers = numbersIn(body);
  const named = scene.facts.orders.find(({ number }) => numbers.includes(number));
  return named === undefined ? null : askFor(state, [{ kind: 'order', number: named.number }]);
}

/** "October": a month alone asks for its statement, where it is nothing that we sell. */
function hearMonth(state: ConversationState, body: string, scene: Scene): Draft | null {
  const isPeriod = readBarePeriod(body, todayOf(scene), true) !== null;
  return isPeriod ? askFor(state, [statementOf(body, scene)]) : null;
}

type Info = 'balance' | 'statement' | 'status' | 'query' | 'help' | 'greeting' | 'why';

function infoLines(intent: Intent, parsed: ParseResult, scene: Scene): string[] {
  switch (intent as Info) {
    case 'balance':
      return balanceLines(scene);
    case 'statement':
      return statementLines(scene);
    case 'status':
      return orderLines(scene);
    case 'why':
      return whyLines(scene);
    case 'help':
      return helpLines(scene);
    case 'greeting':
      return greetingLines(scene);
    case 'query':
      return queryLines(parsed, scene) ?? [scene.t.talk.queryWhat];
  }
}
