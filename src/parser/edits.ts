/**
 * Edits of what is already in the cart (or, for "same as last time but", in the last order): taking out, changing a
 * quantity, swapping one product for another. What is named is looked for in the cart first, so that "drop the
 * bread" finds the one bread that was ordered among forty that are sold.
 */
import type { Annotation } from './annotate.ts';
import { knownCandidate, type ReadCandidate } from './candidate-reading.ts';
import type { CatalogueIndex } from './catalogue-index.ts';
import { type Choice, choose, type Preferences } from './choose.ts';
import type { Entry } from './entry.ts';
import { keepsOnly } from './entry-modes.ts';
import {
  learnedWords,
  lineOutcome,
  numbersOf,
  type Outcome,
  orderOutcome,
  saidFor,
  skuOf,
  unknownOutcome,
  whichOutcome,
} from './lines.ts';
import { round } from './pieces.ts';
import { type Item, readItem } from './reading.ts';
import { isPronoun, type SaidQuantity } from './said-numbers.ts';
import type { OrderLine } from './types.ts';

export type EditContext = {
  annotation: Annotation;
  index: CatalogueIndex;
  raw: string;
  /** The lines that are being edited. */
  lines: readonly OrderLine[];
  preferences: Preferences;
};

export type Edit = Outcome & { kind: 'remove' | 'change' | 'add' };

const NOTHING: Outcome = { lines: [], clarify: [] };

/** Chooses among the edited lines, or in the whole catalogue when none of them fits. */
export function chooseEdited(item: Item, context: EditContext): { item: Item; choice: Choice; inCart: boolean } {
  const products = numbersOf(
    context.index,
    context.lines.map((line) => line.sku),
  );
  if (products.length > 0) {
    const own = readItem(item.segment, context.annotation, context.index, context.raw, products);
    const choice = choose(own, context.index, context.preferences);
    if (choice.kind === 'one' || (choice.kind === 'several' && !choice.reasons.includes('size_not_sold'))) {
      return { item: own, choice, inCart: true };
    }
  }
  return { item, choice: choose(item, context.index, context.preferences), inCart: false };
}

/** Takes a product out; a part of its quantity when less is said than is in the cart. */
export function removeEntry(entry: Entry, context: EditContext): Edit {
  const { item, choice, inCart } = chooseEdited(partOfHeld(entry.item, context) ?? entry.item, context);
  if (choice.kind === 'none') return { ...NOTHING, kind: 'remove' };
  if (choice.kind === 'several') {
    // Without the product in the cart there is nothing to take out, and so nothing to ask.
    if (!inCart) return { ...NOTHING, kind: 'remove' };
    return {
      ...whichOutcome(context.index, item, choice.candidates, { quantity: null, unit: null, minus: false }),
      kind: 'remove',
    };
  }
  if (!inCart && (context.lines.length === 0 || entry.mode === 'negate')) return { ...NOTHING, kind: 'remove' };
  const sku = skuOf(context.index, choice.candidate.product);
  const line = context.lines.find((held) => held.sku === sku);
  // "Remove -3 coke" may mean three or anything else.
  if (choice.candidate.minus) return { ...orderOutcome(context.index, item, choice, choice.candidate), kind: 'change' };
  const part = choice.candidate.quantity;
  const left = line && part !== null ? leftOf(line, part, choice.candidate, context.index) : null;
  if (left) return { ...orderOutcome(context.index, item, withReason(choice, 'part_removed'), left), kind: 'change' };
  return { ...removal(sku, item, choice), kind: 'remove' };
}

/** "Coke ki 4 peti me se 1 hata do": the first number is what the line holds, the second one what goes. */
function partOfHeld(item: Item, { annotation, index, raw, lines }: EditContext): Item | null {
  const { pieces, claimed } = annotation;
  const { at } = item.segment;
  const numbers = at.filter((position) => pieces[position]?.kind === 'number' && !claimed[position]);
  const [held, part] = item.numbers;
  if (numbers.length !== 2 || !held || !part || part.value >= held.value) return null;
  if (!lines.some(({ quantity }) => quantity === held.value)) return null;
  const first = numbers[0] ?? -1;
  const rest = at.filter(
    (position) => position !== first && !(position === first + 1 && pieces[position]?.kind === 'unit'),
  );
  return readItem({ ...item.segment, at: rest }, annotation, index, raw);
}

/** What stays of a line: "take off 2 bottles" of 5 cartons leaves bottles. Null where nothing does. */
function leftOf(line: OrderLine, part: number, { product, unit }: ReadCandidate, index: CatalogueIndex) {
  const kept = keptUnit(index, product, line);
  const { units = {}, defaultUnit = '' } = index.products[product] ?? {};
  if (unit === null || unit === kept || unit === line.unit) {
    return part < line.quantity ? { quantity: round(line.quantity - part), unit: kept, minus: false } : null;
  }
  const [held, each] = [units[kept ?? defaultUnit], units[unit]];
  if (held === undefined || each === undefined) return null;
  const left = round((line.quantity * held) / each - part);
  return left > 0 ? { quantity: left, unit, minus: false } : null;
}

/** "Take out all but the eggs": every other line goes. Null where the message says nothing of the kind. */
export function removeAllBut(entry: Entry, context: EditContext): Edit | null {
  const { phrases } = context.annotation;
  if (keepsOnly(entry.item)) return othersRemoved(entry, context);
  const own = phrases.filter(({ words }) => entry.item.segment.at.includes(words[0] ?? -1));
  const all = own.findIndex(({ tag, words }) => tag === 'cancel' && words.length > 1);
  if (all < 0 || !own.slice(all + 1).some(({ tag }) => tag === 'remove' || tag === 'less')) return null;
  return othersRemoved(entry, context) ?? { ...NOTHING, kind: 'remove' };
}

/** Null where what is to be kept is not in the cart. */
function othersRemoved(entry: Entry, context: EditContext): Edit | null {
  const { item, choice, inCart } = chooseEdited(entry.item, context);
  if (choice.kind !== 'one' || !inCart) return null;
  const kept = skuOf(context.index, choice.candidate.product);
  const others = context.lines.filter(({ sku }) => sku !== kept);
  return { lines: others.flatMap(({ sku }) => removal(sku, item, choice).lines), clarify: [], kind: 'remove' };
}

/** Gives a line of the cart a new quantity; what is not in the cart yet is added. */
export function changeEntry(entry: Entry, context: EditContext): Edit {
  const { item, choice, inCart } = chooseEdited(entry.item, context);
  const resized = entry.item.numbers.every(isPronoun) ? resizeEntry(entry, context) : null;
  if (resized) return resized;
  const kind = inCart ? 'change' : 'add';
  if (choice.kind === 'none' && item.numbers.length > 0)
    return { ...unknownOutcome(context.index, item, choice.near), kind };
  if (choice.kind === 'none') return { ...NOTHING, kind };
  const said = entry.corrected;
  if (choice.kind === 'several') {
    const first = choice.candidates[0];
    return { ...whichOutcome(context.index, item, choice.candidates, first ?? NO_QUANTITY), kind };
  }
  const quantity = said
    ? saidFor(context.index, choice.candidate.product, said)
    : (doubled(entry, choice.candidate.product, context) ?? choice.candidate);
  if (quantity.quantity === 0 && inCart)
    return { ...removal(skuOf(context.index, choice.candidate.product), item, choice), kind: 'remove' };
  return { ...orderOutcome(context.index, item, choice, quantity), kind };
}

/** "Double the bread", "corta pela metade": twice or half of what the line holds, where no number is said. */
function doubled({ item }: Entry, product: number, { index, lines }: EditContext) {
  const sku = skuOf(index, product);
  const { tags } = item.segment;
  const times = tags.has('double') ? 2 : tags.has('halve') ? 0.5 : null;
  const line = lines.find((held) => held.sku === sku);
  if (!line || times === null || item.numbers.length > 0) return null;
  return { quantity: round(line.quantity * times), unit: keptUnit(index, product, line), minus: false };
}

/** "Change the coke to 2l": a size that the line in the cart does not have is a swap for the product that has it. */
function resizeEntry(entry: Entry, context: EditContext): Edit | null {
  if (entry.item.sizes.length === 0) return null;
  const wanted = choose(entry.item, context.index, { ...context.preferences, cart: new Set() });
  if (wanted.kind !== 'one' || wanted.reasons.includes('amount_as_packs') || wanted.reasons.includes('measured_amount'))
    return null;
  const at = entry.item.segment.at.filter((position) => context.annotation.pieces[position]?.kind !== 'size');
  const unsized = readItem({ ...entry.item.segment, at }, context.annotation, context.index, context.raw);
  const old = chooseEdited(unsized, context);
  if (old.choice.kind !== 'one' || !old.inCart || old.choice.candidate.product === wanted.candidate.product)
    return null;
  const sku = skuOf(context.index, old.choice.candidate.product);
  const line = context.lines.find((held) => held.sku === sku);
  const unit = line ? keptUnit(context.index, wanted.candidate.product, line) : null;
  const put = orderOutcome(context.index, entry.item, wanted, { quantity: line?.quantity ?? null, unit, minus: false });
  return { lines: [...removal(sku, old.item, old.choice).lines, ...put.lines], clarify: put.clarify, kind: 'change' };
}

/** A quantity without a product ("make it 3", "2 no 3"): the only line, the line with the old quantity, or a question. */
export function changeBare(item: Item, said: SaidQuantity, old: SaidQuantity | null, context: EditContext): Edit {
  const products = numbersOf(
    context.index,
    context.lines.map((line) => line.sku),
  );
  const matching = old ? context.lines.filter((line) => line.quantity === old.value) : [];
  const target = context.lines.length === 1 ? context.lines[0] : matching.length === 1 ? matching[0] : undefined;
  const product = target ? context.index.bySku.get(target.sku) : undefined;
  const candidates = products.map((number) => knownCandidate(number));
  if (product === undefined) {
    const asked = { quantity: said.value, unit: null, minus: said.minus };
    return { ...whichOutcome(context.index, item, candidates, asked), kind: 'change' };
  }
  const choice = { kind: 'one' as const, candidate: knownCandidate(product), confidence: 0.9, reasons: ['cart_line'] };
  return { ...orderOutcome(context.index, item, choice, saidFor(context.index, product, said)), kind: 'change' };
}

/** The line's unit, if the product is sold by it: catalogues change, carts outlive them. */
export function keptUnit(index: CatalogueIndex, product: number, line: OrderLine): string | null {
  const units = index.products[product]?.units ?? {};
  return line.unit !== null && Object.hasOwn(units, line.unit) ? line.unit : null;
}

export function removal(sku: string, item: Item, choice: Extract<Choice, { kind: 'one' }>): Outcome {
  return lineOutcome({
    sku,
    quantity: null,
    unit: null,
    span: item.span,
    confidence: choice.confidence,
    reasons: choice.reasons,
    ...learnedWords(choice.candidate),
  });
}

function withReason(choice: Extract<Choice, { kind: 'one' }>, reason: string): Extract<Choice, { kind: 'one' }> {
  return { ...choice, reasons: [...choice.reasons, reason] };
}

const NO_QUANTITY = { quantity: null, unit: null, minus: false };
