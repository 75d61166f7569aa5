/** What the parts of a message come to, and how they are read together; the ground that the stages of entries share. */
import type { Annotation } from './annotate.ts';
import type { ReadCandidate } from './candidate-reading.ts';
import type { CatalogueIndex } from './catalogue-index.ts';
import { isClear } from './ellipsis.ts';
import { type Item, readItem } from './reading.ts';
import type { SaidQuantity } from './said-numbers.ts';
import type { Segment } from './segments.ts';
import { isSizeWord } from './size-words.ts';

export type Mode = 'order' | 'aside' | 'remove' | 'negate' | 'change' | 'swap' | 'query' | 'act';

export type Entry = {
  item: Item;
  mode: Mode;
  /** A later correction of the quantity. */
  corrected: SaidQuantity | null;
};

export type Entries = {
  entries: Entry[];
  /** Quantities that belong to no product of this message: "make it 3", "2 no 3". */
  bare: Array<{ item: Item; mode: Mode; correction: boolean }>;
  /** Something is wanted another day, or only where what was ordered before it cannot be had. */
  leftOut: boolean;
};

export type Sources = { annotation: Annotation; index: CatalogueIndex; raw: string };

export function hasContent(item: Item): boolean {
  return item.names.length > 0 || item.sizes.length > 0 || item.numbers.length > 0 || item.wanted !== null;
}

export function lacksQuantity(entry: Entry): boolean {
  return entry.corrected === null && entry.item.candidates[0]?.quantity == null && entry.mode !== 'act';
}

export function inherit(number: SaidQuantity, before: Entry): SaidQuantity {
  if (number.unit !== null || number.single) return number;
  const [best] = before.item.candidates;
  // "Ball valve 3/4 wale 4 nahi 6": a word of the name is the unit of nothing.
  if (!before.corrected && best && best.quantity !== null && best.unit === null) return number;
  const earlier = before.corrected ?? before.item.numbers.find((said) => said.unit !== null);
  return { ...number, unit: earlier?.unit ?? null, single: earlier?.single ?? false };
}

export function withNamesOf(before: Item, item: Item, sources: Sources): Item {
  const { pieces, lexicon } = sources.annotation;
  const lent = before.lent ?? before.segment.at;
  const names = lent.filter(
    (at) => !['size', 'number', 'unit'].includes(kindAt(sources, at)) && !isSizeWord(pieces[at]?.text ?? '', lexicon),
  );
  const second = reread({ ...item, segment: { ...item.segment, at: names } }, item.segment.at, sources);
  // "Moyen 5, grand 5": the large one is not the one before, whose own word for its size is a name here.
  const same = item.sizes.length === 0 && item.wanted && isClear(before) ? before.candidates[0]?.product : undefined;
  const candidates = second.candidates.filter(({ product }) => product !== same);
  return { ...second, candidates, span: item.span, text: item.text, lent: names };
}

export const FOUND_MIN = 0.9;

export function isFound({ candidates: [best], wanted }: Item): boolean {
  if (!best || best.quantity === null || best.coverage < FOUND_MIN || best.sizeMissed) return false;
  return wanted === null || best.sizeWordHits > 0;
}

/** "Bolsas: chica 5, grande 3", "coke, 3 cases 500ml and 2 of 2l": what is named ahead of its kinds, and is not clear by itself, is no line of its own. */
export function isHeading(before: Entry, { segment }: Item): boolean {
  if (before.mode !== 'order' || !lacksQuantity(before)) return false;
  return HEADED.has(segment.separator) && !isClear(before.item);
}

const HEADED: ReadonlySet<Segment['separator']> = new Set(['colon', 'line', 'comma', 'stop']);

export function kindAt(sources: Sources, at: number): string {
  return sources.annotation.pieces[at]?.kind ?? '';
}

export function reread(item: Item, more: readonly number[], sources: Sources): Item {
  const at = [...item.segment.at, ...more];
  const segment: Segment = { ...item.segment, at };
  return readItem(segment, sources.annotation, sources.index, sources.raw);
}

/** The one product of those that the words fit which a number tells from the others. */
export function kindByNumber({ candidates }: Item): ReadCandidate | null {
  const told = candidates.filter(({ coverage, numbersMet }) => coverage >= FOUND_MIN && numbersMet === 1);
  return told.length === 1 ? (told[0] ?? null) : null;
}
