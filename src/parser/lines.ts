/** Builds lines and questions, with the one check every quantity goes through before it may count. */

import type { ReadCandidate } from './candidate-reading.ts';
import type { CatalogueIndex } from './catalogue-index.ts';
import { CANDIDATES_MAX, type Choice } from './choose.ts';
import { round } from './pieces.ts';
import type { Item } from './reading.ts';
import type { SaidQuantity } from './said-numbers.ts';
import type { ParsedLine, Question, Span } from './types.ts';
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
  if (said.quantity === null)
    return clarifyOutcome({ kind: 'quantity', candidates: [sku], unit: said.unit, span, text });
  const quantity = said.minus ? -said.quantity : said.quantity;
  if (!isPlausible(quantity)) return checkQuantity(sku, quantity, said.unit, span, text);
  return lineOutcome({
    sku,
    quantity: round(quantity),
    unit: said.unit,
    span,
    confidence: choice.confidence,
    reasons: choice.reasons,
  });
}

function checkQuantity(sku: string, quantity: number, unit: string | null, span: Span, text: string): Outcome {
  return clarifyOutcome({
    kind: 'check_quantity',
    candidates: [sku],
    quantity: Number.isFinite(quantity) ? round(quantity) : null,
    unit,
    span,
    text,
  });
}

/** "Which of these?" for an item that several products fit. */
export function whichOutcome(
  index: CatalogueIndex,
  item: Item,
  candidates: readonly ReadCandidate[],
  said: Said,
): Outcome {
  return clarifyOutcome({
    kind: 'product',
    candidates: candidates.slice(0, CANDIDATES_MAX).map((candidate) => skuOf(index, candidate.product)),
    quantity: safeQuantity(said),
    unit: said.unit,
    span: item.span,
    text: item.text,
  });
}

export function unknownOutcome(index: CatalogueIndex, item: Item, near: readonly ReadCandidate[]): Outcome {
  const first = item.numbers[0];
  return clarifyOutcome({
    kind: 'unknown_product',
    candidates: near.slice(0, CANDIDATES_MAX).map((candidate) => skuOf(index, candidate.product)),
    quantity: first && !first.minus && isPlausible(first.value) ? round(first.value) : null,
    unit: null,
    span: item.span,
    text: item.text,
  });
}

/** A quantity said apart from its product ("3 cases"), in the product's units. */
export function saidFor(index: CatalogueIndex, product: number, said: SaidQuantity): Said {
  const known = index.products[product];
  const named = known && said.unit ? unitFor(known, said.unit) : null;
  const unit = named ?? (known && said.single ? singleUnit(known) : null);
  return { quantity: said.value, unit, minus: said.minus };
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
