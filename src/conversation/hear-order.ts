import type { LineAct, ParsedLine, ParseResult } from '../parser/index.ts';
import { assert } from '../shared/assert.ts';
import { changeCart, type Wanted } from './cart.ts';
import { readAnswer, wantedOf } from './hear-answer.ts';
import { hearUnknown, notUnderstood, parsedWords, saysNothingKnown, understood } from './hear-unknown.ts';
import { noteChoice } from './learning.ts';
import { lastOrderOf, toOpenQuestion } from './parser-state.ts';
import { proposalOf } from './pending.ts';
import { toMilli } from './quantities.ts';
import { type Draft, type Scene, wordsText } from './scene.ts';
import { resume, settle } from './settle.ts';
import { isReadSurely } from './sureness.ts';
import type { CartLine, ConversationState, OpenQuestion, Pending } from './types.ts';

type Asked = Extract<Pending, { kind: 'question' }>;

/** Hears lines to order, add, change or take out, and the answer to an open question when one is among them. */
export function hearLines(state: ConversationState, body: string, parsed: ParseResult, scene: Scene): Draft {
  const asIs = isReadSurely(parsed) ? state : { ...state, hasGuess: true };
  if (state.pending?.kind === 'question') return hearLinesInQuestion(asIs, state.pending, parsed, scene);
  if (isSentAgain(state, parsed, body)) return resume(understood(state), [scene.t.proposal.sentTwice], scene);
  const change = changeCart(state.cart, parsed.lines.map(wantedLine), scene);
  change.questions.push(...parsed.clarify.map((clarify) => toOpenQuestion(clarify, actOf(clarify))));
  const draft = settle(understood(asIs), change, { isConfirmed: mayPlace(scene) }, scene);
  return withFingerprint(draft, body);
}

function hearLinesInQuestion(state: ConversationState, asked: Asked, parsed: ParseResult, scene: Scene): Draft {
  if (saysNothingKnown(parsed) && asked.question.candidates.length > 0)
    return hearUnknown(state, parsedWords(parsed, scene), scene);
  const { question, queue } = asked;
  const { answer, narrowed, restLines, restClarify } = readAnswer(question, parsed);
  const isTakenBack = answer?.act === 'remove' && question.act !== 'remove';
  const wants = restLines.map(wantedLine);
  // "Remove lux" while more lux is asked about speaks of the lux in the cart as well.
  const isInCart = state.cart.some((line) => line.sku === answer?.sku);
  if (isTakenBack && isInCart) wants.unshift({ sku: answer.sku, quantityMilli: null, unit: null, act: 'remove' });
  if (answer !== null && !isTakenBack) wants.unshift(wantedOf(question, answer));
  const change = changeCart(state.cart, wants, scene);
  if (isTakenBack) change.told.push(scene.t.questions.leftOut({ words: wordsText(question.text) }));
  if (answer === null) change.questions.unshift(narrowed ?? question);
  const fresh = restClarify.map((clarify) => toOpenQuestion(clarify, actOf(clarify)));
  const next = saysNothingKnown(parsed) ? notUnderstood(state) : understood(state);
  const chosen =
    answer === null || isTakenBack || isShared(question, restLines) ? next : noteChoice(next, question, answer.sku);
  return settle(chosen, change, { queue: [...fresh, ...queue], isConfirmed: mayPlace(scene) }, scene);
}

/** "Both of them": the words mean more than one of the products. */
function isShared(question: OpenQuestion, others: readonly ParsedLine[]): boolean {
  return others.some(({ sku }) => question.candidates.includes(sku));
}

/** Hears "the same as last time", with the differences that were stated. */
export function hearRepeat(state: ConversationState, parsed: ParseResult, scene: Scene): Draft {
  const last = lastOrderOf(scene.facts);
  if (last === null) return resume(understood(state), [scene.t.talk.repeatNothing], scene);
  const wants: Wanted[] = [];
  const gone: string[] = [];
  const stated = new Map(parsed.lines.map((line) => [line.sku, line]));
  for (const { sku, name, quantityMilli, unit } of last.lines) {
    const difference = stated.get(sku);
    stated.delete(sku);
    if (difference !== undefined) wants.push(...differing(difference));
    // What is in the cart already was asked for more recently than the last order.
    else if (state.cart.some((line) => line.sku === sku)) continue;
    else if (scene.facts.catalogue.products.has(sku)) wants.push({ sku, quantityMilli, unit, act: 'add' });
    else gone.push(scene.t.proposal.notSold({ product: wordsText(name) }));
  }
  wants.push(...[...stated.values()].flatMap(differing));
  const change = changeCart(state.cart, wants, scene);
  change.told.push(...gone);
  change.questions.push(...parsed.clarify.map((clarify) => toOpenQuestion(clarify, 'set')));
  const queue = state.pending?.kind === 'question' ? [state.pending.question, ...state.pending.queue] : [];
  const asIs = isReadSurely(parsed) ? state : { ...state, hasGuess: true };
  return settle(understood(asIs), change, { queue, isConfirmed: mayPlace(scene) }, scene);
}

/** A stated difference; without a quantity the line is left out by not putting it in at all. */
function differing(line: ParsedLine): Wanted[] {
  return line.quantity === null ? [] : [wantedLine({ ...line, act: 'set' })];
}

/** What a message only asks about is answered before its lines come here. */
function actOf({ act }: { act: LineAct }): OpenQuestion['act'] {
  assert(act !== 'ask', 'a product that is asked about is nothing to order');
  return act;
}

function wantedLine(line: ParsedLine): Wanted {
  const { sku, quantity, unit } = line;
  return { sku, quantityMilli: quantity === null ? null : toMilli(quantity), unit, act: actOf(line) };
}

/**
 * True for an impatient second send: the very message that the pending proposal answered, and nothing was ordered
 * besides. Without this the same thumb would order everything twice.
 */
function isSentAgain(state: ConversationState, parsed: ParseResult, body: string): boolean {
  if (proposalOf(state)?.fromText !== fingerprint(body)) return false;
  if (parsed.lines.some(({ act }) => act !== 'add') || parsed.clarify.length > 0) return false;
  if (state.cart.length === 0 || parsed.lines.length !== state.cart.length) return false;
  return state.cart.every((line) => parsed.lines.some((said) => isSameLine(line, said)));
}

function isSameLine(line: CartLine, said: ParsedLine): boolean {
  const isSameUnit = said.unit === null || said.unit === line.unit;
  return said.sku === line.sku && isSameUnit && said.quantity !== null && toMilli(said.quantity) === line.quantityMilli;
}

function withFingerprint(draft: Draft, body: string): Draft {
  const pending = proposalOf(draft.next);
  if (pending === null || draft.effect !== null) return draft;
  return { ...draft, next: { ...draft.next, pending: { ...pending, fromText: fingerprint(body) } } };
}

/** FNV-1a over the words: enough to know a message again without keeping it in the state. */
function fingerprint(body: string): string {
  let hash = 0x811c9dc5;
  for (const char of body.toLowerCase().replace(/\s+/g, ' ').trim()) {
    hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  }
  return hash.toString(16);
}

/** Whether the wholesaler's policy lets an order be placed without a confirmation, where nothing in it is in doubt. */
function mayPlace(scene: Scene): boolean {
  return scene.facts.wholesaler.policies.confirm !== 'always';
}
