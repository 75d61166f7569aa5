/**
 * What a shop's words mean, learned only from what it confirmed: it wrote words, was asked which product, chose one, and
 * the order that holds this product was placed. Until then the choice waits in the state; what is taken out again, or
 * said for two products at once, teaches nothing.
 */
import type { LearnedAlias, ParseResult } from '../parser/index.ts';
import type { Scene } from './scene.ts';
import type { Choice, ConversationState, Facts, Lesson, OpenQuestion } from './types.ts';

/** More choices than this are not remembered for one order. */
const CHOICES_MAX = 50;

/** The state after the retailer chose `sku` where a question asked for it by the words of the message. */
export function noteChoice(state: ConversationState, question: OpenQuestion, sku: string): ConversationState {
  // Which line of the cart is meant says nothing about the catalogue, and neither does a product that was not offered.
  const isLesson = question.act === 'add' && question.words !== null && question.candidates.includes(sku);
  return isLesson ? note(state, { words: question.words ?? '', sku, kind: 'chosen' }) : state;
}

/** The state after learned aliases decided lines of a message: the order confirms them again, or doubts them. */
export function noteRecognised(state: ConversationState, parsed: ParseResult, scene: Scene): ConversationState {
  let noted = state;
  const asked = parsed.clarify.filter(({ kind }) => kind === 'quantity' || kind === 'check_quantity');
  for (const { act, words, sku } of [
    ...parsed.lines,
    ...asked.map((one) => ({ ...one, sku: one.candidates[0] ?? '' })),
  ]) {
    if (words === undefined || (act !== 'add' && act !== 'set')) continue;
    // What is no longer sold must not be heard for ever when the shop says its word for it.
    if (scene.facts.catalogue.products.get(sku)?.active === false) noted = note(noted, { words, sku, kind: 'doubted' });
    else if (isWanted(noted, sku)) noted = note(noted, { words, sku, kind: 'recognised' });
  }
  return noted;
}

/** `next` with only those choices that still stand; a product that an alias put in and the retailer took out is doubted. */
export function keepChoices(before: ConversationState, next: ConversationState): ConversationState {
  if (next.choices.length === 0) return next;
  const wasInCart = new Set(before.cart.map(({ sku }) => sku));
  const choices = next.choices.flatMap((choice): Choice[] => {
    if (choice.kind === 'doubted' || isWanted(next, choice.sku)) return [choice];
    return choice.kind === 'recognised' && wasInCart.has(choice.sku) ? [{ ...choice, kind: 'doubted' }] : [];
  });
  return { ...next, choices };
}

/** What the order that was placed with this cart teaches. */
export function lessonsOf({ cart, choices }: ConversationState): Lesson[] {
  const ordered = new Set(cart.map(({ sku }) => sku));
  return choices.flatMap(({ words, sku, kind }): Lesson[] => {
    if (kind === 'doubted') return [{ words, sku, kind }];
    return ordered.has(sku) ? [{ words, sku, kind: 'confirmed' }] : [];
  });
}

/** The aliases to read the next message with: those that this order has not brought into doubt. */
export function aliasesInForce({ choices }: ConversationState, { learned }: Facts): readonly LearnedAlias[] {
  const doubted = new Set(choices.flatMap(({ words, kind }) => (kind === 'doubted' ? [words] : [])));
  return doubted.size === 0 ? learned : learned.filter(({ words }) => !doubted.has(words));
}

/** The aliases that a reading rests on; all others leave it as it is, so a replay needs no more than these. */
export function aliasesUsed(parsed: ParseResult | null, learned: readonly LearnedAlias[]): LearnedAlias[] {
  const used = new Set([...(parsed?.lines ?? []), ...(parsed?.clarify ?? [])].map(({ words }) => words));
  return learned.filter(({ words }) => used.has(words));
}

function note(state: ConversationState, choice: Choice): ConversationState {
  const others = state.choices.filter(({ words }) => words !== choice.words);
  const earlier = state.choices.find(({ words }) => words === choice.words);
  const isInCart = earlier !== undefined && state.cart.some(({ sku }) => sku === earlier.sku);
  // The same words for two products of one order mean neither.
  const isSplit = isInCart && (earlier.sku !== choice.sku || earlier.kind === 'doubted');
  const noted: Choice = isSplit ? { ...earlier, kind: 'doubted' } : choice;
  return { ...state, choices: [...others, noted].slice(-CHOICES_MAX) };
}

/** In the cart, or asked about for its quantity alone. */
function isWanted({ cart, pending }: ConversationState, sku: string): boolean {
  if (cart.some((line) => line.sku === sku)) return true;
  if (pending?.kind !== 'question') return false;
  return [pending.question, ...pending.queue].some(
    ({ kind, candidates }) => (kind === 'quantity' || kind === 'check_quantity') && candidates[0] === sku,
  );
}
