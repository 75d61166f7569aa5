/** Builds lines and questions, with the one check every quantity goes through before it may count. */

import { isSpelledOut, type ReadCandidate } from './candidate-reading.ts';
import type { CatalogueIndex } from './catalogue-index.ts';
import { CANDIDATES_MAX, type Choice } from './choose.ts';
import { wordsToLearn } from './naming-words.ts';
import { round } from './pieces.ts';
import type { Item } from './reading.ts';
import type { SaidQuantity } from './said-numbers.ts';
import type { ParsedLine, Question } from './types.ts';
import { singleUnit, unitFor } from './units.ts';

/** Above this a quantity is asked about: nobody types 10,001 cartons on purpose. */
const QUANTITY_MAX = 10_000;

/** What one part of the message came to. */
export type Outcome = { lines: LineRead[]; clarify: Question[] };

/** A line before it is known what it does. */
export type LineRead = Omit<ParsedLine, 'act'>;

export function lineOutcome(line: LineRead): Outcome {
  return { lines: [line], clarify: [] };
}

function clarifyOutcome(clarify: Question): Outcome {
  return { lines: [], clarify: [clarify] };
}

/** Whether a quantity may be acted on without asking. */
function isPlausible(quantity: number): boolean {
  return Number.isFinite(quantity) && round(quantity) > 0 && quantity <= QUANTITY_MAX;
}

type Said = { quantity: number | null; unit: string | null; minus: boolean };

/** A line for a chosen product, or the question that its quantity calls for. */
export function orderOutcome(
  index: CatalogueIndex,
  item: Item,
  choice: Extract<Choice, { kind: 'one' }>,
  said: Said,
): Outcome {
  const { span, text } = item;
  const sku = skuOf(index, choice.candidate.product);
  const words = learnedWords(choice.candidate);
  if (said.quantity === null)
    return clarifyOutcome({ kind: 'quantity', candidates: [sku], unit: said.unit, span, text, ...words });
  const quantity = said.minus ? -said.quantity : said.quantity;
  if (!isPlausible(quantity)) {
    const doubted = Number.isFinite(quantity) ? round(quantity) : null;
    const unit = said.unit;
    return clarifyOutcome({ kind: 'check_quantity', candidates: [sku], quantity: doubted, unit, span, text, ...words });
  }
  return lineOutcome({
    sku,
    quantity: round(quantity),
    unit: said.unit,
    span,
    confidence: choice.confidence,
    reasons: choice.reasons,
    ...words,
  });
}

/** The learned alias that decided the product, where one did. */
export function learnedWords({ learned }: ReadCandidate): { words?: string } {
  return learned === null ? {} : { words: learned };
}

/** "Which of these?" for an item that several products fit. */
export function whichOutcome(
  index: CatalogueIndex,
  item: Item,
  candidates: readonly ReadCandidate[],
  said: Said,
): Outcome {
  const asked = candidates.slice(0, CANDIDATES_MAX);
  // "10 sona 25" of a sack of 10 and one of 25: which number names the product is known only after the choice.
  const isAgreed = asked.every(({ quantityAt }) => quantityAt === asked[0]?.quantityAt);
  return clarifyOutcome({
    kind: 'product',
    candidates: asked.map((candidate) => skuOf(index, candidate.product)),
    quantity: safeQuantity(said),
    unit: said.unit,
    span: item.span,
    text: item.text,
    ...(isAgreed && toLearn(index, item, asked, asked[0]?.quantityAt ?? null)),
  });
}

export function unknownOutcome(
  index: CatalogueIndex,
  item: Item,
  near: readonly ReadCandidate[],
  said: SaidQuantity | null = null,
): Outcome {
  const first = said ?? item.numbers[0];
  const firstAt = item.naming.find(({ piece }) => piece.kind === 'number' && !piece.ordinal)?.at ?? null;
  const asked = near.slice(0, CANDIDATES_MAX);
  return clarifyOutcome({
    kind: 'unknown_product',
    candidates: asked.map((candidate) => skuOf(index, candidate.product)),
    quantity: first && !first.minus && !first.undecided && isPlausible(first.value) ? round(first.value) : null,
    unit: null,
    span: item.span,
    text: item.text,
    ...toLearn(index, item, asked, firstAt),
  });
}

/** How the shop's choice among `asked` can be learned. */
function toLearn(
  index: CatalogueIndex,
  item: Item,
  asked: readonly ReadCandidate[],
  quantityAt: number | null,
): { words?: string } {
  const products = asked.map(({ product }) => product);
  // What the catalogue calls something else stays that.
  if (item.candidates.some((candidate) => isSpelledOut(candidate) && !products.includes(candidate.product))) return {};
  const words = wordsToLearn(item, products, quantityAt, index);
  return words === null ? {} : { words };
}

/** A quantity said apart from its product ("3 cases"), in the product's units. */
export function saidFor(index: CatalogueIndex, product: number, said: SaidQuantity): Said {
  const known = index.products[product];
  const named = known && said.unit ? unitFor(known, said.unit) : null;
  const unit = named ?? (known && said.single ? singleUnit(known) : null);
  return { quantity: said.undecided ? null : said.value, unit, minus: said.minus };
}

export function skuOf(index: CatalogueIndex, product: number): string {
  return index.products[product]?.sku ?? '';
}

/** Product numbers for SKUs; SKUs that the catalogue does not hold any more are left out. */
export function numbersOf(index: CatalogueIndex, skus: Iterable<string>): number[] {
  const numbers: number[] = [];
  for (const sku of skus) {
    const number = index.bySku.get(sku);
    if (number !== undefined && !numbers.includes(number)) numbers.push(number);
  }
  return numbers;
}

function safeQuantity(said: Said): number | null {
  if (said.quantity === null || said.minus || !isPlausible(said.quantity)) return null;
  return round(said.quantity);
}
