/**
 * Answers to the open question "which of these?" and "how many?". People answer with the number shown, with a word
 * of the name, with the size, with "the big one", or with the quantity again; whatever is not an answer is left to
 * the ordinary reading, so that a new order in the middle of a question is heard.
 */
import type { Annotation } from './annotate.ts';
import { knownCandidate, type ReadCandidate } from './candidate-reading.ts';
import type { CatalogueIndex } from './catalogue-index.ts';
import { packSizesOf } from './catalogue-index.ts';
import { choose, extremeBySize, type Preferences } from './choose.ts';
import { contentPieces } from './entries.ts';
import { lineOutcome, numbersOf, type Outcome, orderOutcome, saidFor } from './lines.ts';
import type { Piece } from './pieces.ts';
import { type Item, readItem } from './reading.ts';
import { isPronoun } from './said-numbers.ts';
import type { Segment } from './segments.ts';
import type { PendingQuestion } from './types.ts';
import { measuredQuantity, packsIn } from './units.ts';

type AnswerInput = {
  annotation: Annotation;
  index: CatalogueIndex;
  raw: string;
  /** The part of the message that may be the answer. */
  segment: Segment;
};

type ChooseProduct = Extract<PendingQuestion, { kind: 'choose_product' }>;

const ANSWER_COVERAGE_MIN = 0.7;

/** The line that an answer to "which of these?" makes, or null when the text is no answer to it. */
export function answerChoice(pending: ChooseProduct, input: AnswerInput): Outcome | null {
  const { index } = input;
  const candidates = numbersOf(index, pending.candidates);
  const item = readItem(input.segment, input.annotation, index, input.raw, candidates);
  if (item.names.length === 0) {
    const several = byPositions(item, input, pending);
    if (several) return several;
  }
  const chosen = chooseVariant(item, candidates, index);
  if (!chosen) return null;
  return chosenOutcome(pending, item, chosen, index);
}

/** The line that an answer to "how many?" makes, or null. */
export function answerQuantity(sku: string, input: AnswerInput): Outcome | null {
  const { index } = input;
  const product = index.bySku.get(sku);
  const known = product === undefined ? undefined : index.products[product];
  if (product === undefined || !known) return null;
  const item = readItem(input.segment, input.annotation, index, input.raw, [product]);
  const candidate = item.candidates[0];
  const isTalk = item.names.every((name) => input.annotation.lexicon.chatter.has(name));
  if (!isTalk && (candidate?.coverage ?? 0) < ANSWER_COVERAGE_MIN) return null;
  const choice = certain(candidate ?? knownCandidate(product), 'answered_quantity');
  const number = item.numbers[0];
  if (number) {
    const said = item.names.length > 0 && candidate ? candidate : saidFor(index, product, number);
    return orderOutcome(index, item, choice, said.quantity === null ? saidFor(index, product, number) : said);
  }
  const size = item.sizes[0];
  if (!size) return null;
  const minus = size.minus === true;
  const measured = measuredQuantity(known, size);
  if (measured) return orderOutcome(index, item, choice, { ...measured, minus });
  const packs = packsIn(size, packSizesOf(index, product));
  return packs === null ? null : orderOutcome(index, item, choice, { quantity: packs, unit: null, minus });
}

/** "2", "number 2", "the second", "1 and 3": positions in the list as it was shown. */
function byPositions(item: Item, input: AnswerInput, pending: ChooseProduct): Outcome | null {
  const { lexicon } = input.annotation;
  const every = input.annotation.phrases.some((phrase) => phrase.tag === 'every');
  // "Tudo bem?", "bonjour a tous": the word for all is taken by what it is a part of.
  const isEvery = (piece: Piece, at: number): boolean =>
    piece.kind === 'word' && lexicon.every.has(piece.text) && input.annotation.claimed[at] !== 1;
  if (every || input.annotation.pieces.some(isEvery)) {
    return chosenOutcomes(pending.candidates, pending, item, input.index);
  }
  const all = contentPieces(input.annotation, input.segment.at);
  const hasOrdinal = all.some((piece) => (piece.kind === 'word' ? lexicon.ordinals.has(piece.text) : isNth(piece)));
  const content = hasOrdinal ? all.filter((piece) => piece.kind !== 'number' || !piece.spelled) : all;
  if (content.length === 0) return null;
  const positions: number[] = [];
  for (const piece of content) {
    const ordinal = piece.kind === 'word' ? lexicon.ordinals.get(piece.text) : undefined;
    if (ordinal !== undefined) positions.push(ordinal < 0 ? pending.candidates.length : ordinal);
    else if (piece.kind === 'number' && !piece.counted && !piece.minus) positions.push(piece.value);
    else return null;
  }
  const skus: string[] = [];
  for (const position of positions) {
    const sku = pending.candidates[position - 1];
    if (sku === undefined) return null;
    if (!skus.includes(sku)) skus.push(sku);
  }
  return chosenOutcomes(skus, pending, item, input.index);
}

/** "2nd". */
function isNth(piece: Piece): boolean {
  return piece.kind === 'number' && piece.ordinal;
}

function chosenOutcomes(skus: readonly string[], pending: ChooseProduct, item: Item, index: CatalogueIndex): Outcome {
  const outcomes = numbersOf(index, skus).map((product) =>
    chosenOutcome(pending, { ...item, numbers: [] }, knownCandidate(product), index),
  );
  return { lines: outcomes.flatMap((o) => o.lines), clarify: outcomes.flatMap((o) => o.clarify) };
}

/** The one of a few products that the words mean: by name, size, "the big one" or "the one in a can". */
export function chooseVariant(item: Item, candidates: readonly number[], index: CatalogueIndex): ReadCandidate | null {
  const fits = item.candidates.filter(
    (candidate) => candidate.coverage >= ANSWER_COVERAGE_MIN && !candidate.sizeMissed,
  );
  if (item.names.length > 0 || item.sizes.length > 0) {
    const choice = choose({ ...item, candidates: fits }, index, NO_PREFERENCES);
    if (choice.kind === 'one') return choice.candidate;
    // "L": asked which size, a letter is an answer.
    return choice.kind === 'several' && choice.reasons.includes('only_a_letter')
      ? (choice.candidates[0] ?? null)
      : null;
  }
  if (item.wanted) return extremeBySize(candidates.map(knownCandidate), item.wanted, index) ?? bySizeWord(item);
  if (item.packed && item.numbers.length === 0) return byUnitWord(item);
  // "12.5", "500": no position in the list, but the size of exactly one of them.
  const sized = item.candidates.filter((candidate) => candidate.numbersMet > 0);
  return sized.length === 1 && sized[0] ? { ...sized[0], quantity: null } : null;
}

/** "The one in a can": the unit word stands in the name of one candidate only. */
function byUnitWord(item: Item): ReadCandidate | null {
  const most = Math.max(0, ...item.candidates.map((candidate) => candidate.softHits));
  const named = item.candidates.filter((candidate) => candidate.softHits === most);
  return most > 0 && named.length === 1 ? (named[0] ?? null) : null;
}

function bySizeWord(item: Item): ReadCandidate | null {
  const named = item.candidates.filter((candidate) => candidate.sizeWordHits > 0);
  return named.length === 1 ? (named[0] ?? null) : null;
}

function chosenOutcome(pending: ChooseProduct, item: Item, candidate: ReadCandidate, index: CatalogueIndex): Outcome {
  // A quantity in the answer replaces the one that was asked with.
  const pronoun = item.numbers.every(isPronoun);
  const own = candidate.quantity !== null && !pronoun;
  const said = own ? candidate : { quantity: pending.quantity, unit: pending.unit, minus: false };
  const unit =
    said.unit !== null && Object.hasOwn(index.products[candidate.product]?.units ?? {}, said.unit) ? said.unit : null;
  const outcome = orderOutcome(index, item, certain(candidate, 'answered_choice'), { ...said, unit });
  return outcome.lines[0] ? lineOutcome(outcome.lines[0]) : outcome;
}

function certain(candidate: ReadCandidate, reason: string) {
  return { kind: 'one' as const, candidate, confidence: 0.95, reasons: [reason] };
}

const NO_PREFERENCES: Preferences = { cart: new Set(), usual: new Set(), recent: new Set() };
