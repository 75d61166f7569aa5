/** Quantities and units that are said once and count for several entries: "each", "the same", "of". */
import { type Annotation, tagsIn } from './annotate.ts';
import type { ReadCandidate } from './candidate-reading.ts';
import { type CatalogueIndex, packSizesOf } from './catalogue-index.ts';
import type { UnitWord } from './compiled-table.ts';
import { type Entries, type Entry, kindAt, lacksQuantity, reread, type Sources } from './entry.ts';
import { measuresOfAllLanguages } from './lexicon.ts';
import type { Piece, SizePiece } from './pieces.ts';
import type { Item } from './reading.ts';
import type { SaidQuantity } from './said-numbers.ts';
import { isAmount, singleUnit, unitFor } from './units.ts';

/** "Una caja de cada: coca, fanta", "har ek ki 2 peti: coke, fanta": a quantity of each that opens the message. */
export function shareFirst({ entries, bare }: Entries, annotation: Annotation): void {
  const [first] = bare;
  const [number, ...others] = first?.item.numbers ?? [];
  const opens = first && (first.item.segment.at[0] ?? 0) < (entries[0]?.item.segment.at[0] ?? -1);
  if (!opens || !number || others.length > 0 || !tagsIn(annotation, first.item.segment.at).has('each')) return;
  const until = entries.findIndex((entry) => entry.mode !== 'order' || !lacksQuantity(entry));
  const shared = until < 0 ? entries : entries.slice(0, until);
  for (const entry of shared) entry.corrected = number;
  if (shared.length > 0) bare.shift();
}

/** "2 cartons de thon, pareil pour le savon": as many as of the thing before it. */
export function shareSame(entries: readonly Entry[], annotation: Annotation): void {
  entries.forEach((entry, at) => {
    const before = entries[at - 1];
    if (before?.mode !== 'order' || entry.mode !== 'order' || !lacksQuantity(entry)) return;
    if (!tagsIn(annotation, entry.item.segment.at).has('same')) return;
    const quantity = before.item.candidates[0]?.quantity;
    entry.corrected = before.corrected ?? before.item.numbers.find(({ value }) => value === quantity) ?? null;
  });
}

/** "coke, sprite and fanta 2 cases each": the quantity counts for every product before it that has none. */
export function shareOut(entries: Entry[], sources: Sources): void {
  const { annotation } = sources;
  entries.forEach((entry, at) => {
    shareAhead(entries, at, annotation);
    const last = annotation.pieces[entry.item.segment.at.at(-1) ?? -1];
    const number = entry.item.numbers.at(-1);
    const tagged = tagsIn(annotation, entry.item.segment.at).has('each');
    const shared = tagged || (last?.kind === 'unit' && last.unit.canonical === 'each');
    const twice = entry.item.segment.at.some((position) => isTwice(annotation.pieces[position]));
    const measured = isMeasured(entry);
    if (!(number || measured) || !(shared || twice)) return;
    for (let before = at - 1; before >= 0; before--) {
      const other = entries[before];
      if (!other || other.mode !== entry.mode || !lacksQuantity(other)) return;
      if (measured) other.item = reread(other.item, sizesIn(entry, sources), sources);
      else other.corrected = number ?? null;
    }
  });
}

/** "4 costales de papa, uno de cebolla": whoever counts sacks of what is sold by weight means no kilo by the next one. */
export function shareUnits(entries: readonly Entry[], sources: Sources): void {
  const { lexicon, pieces } = sources.annotation;
  let unit: SaidQuantity['unit'] = null;
  for (const entry of entries) {
    const { item, mode, corrected } = entry;
    const [number, ...others] = item.numbers;
    const at = item.segment.at.find((position) => kindAt(sources, position) === 'number') ?? -1;
    const of = pieces[at + 1]?.kind === 'word' ? (pieces[at + 1]?.text ?? '') : '';
    // "Y 10 de 1kg" is another pack, and may come in another unit.
    const isOf =
      kindAt(sources, at + 2) === 'word' &&
      of.length > 0 &&
      of.length <= OF_LENGTH_MAX &&
      lexicon.fillers.has(of) &&
      !lexicon.pricesAt.has(of);
    const isNext = item.segment.separator !== 'line' && item.segment.separator !== 'stop';
    if (mode !== 'order' || corrected || !number || others.length > 0 || number.single) unit = null;
    else if (number.unit) unit = number.unit;
    else if (unit && isOf && isNext) entry.item = { ...item, candidates: inUnit(item.candidates, unit, sources.index) };
    else unit = null;
  }
}

/**
 * "Un kilo de azúcar", and in a list by weight "kishmish 2 kg, akhrot 1 kg": what weighs as much as one pack is an amount
 * as well, and one of it is wanted. "De 1 kg" and "1 kg wala" tell the size all the same.
 */
export function shareAmounts(entries: readonly Entry[], sources: Sources): void {
  const measures = new Set(entries.flatMap(({ item, mode }) => (mode === 'order' ? (amountOf(item) ?? []) : [])));
  for (const entry of entries) {
    const { item, mode, corrected } = entry;
    const [size, ...others] = item.sizes;
    if (mode !== 'order' || corrected || !size || others.length > 0 || !lacksQuantity(entry)) continue;
    const listed = measures.has(measureOf(size)) && standsAsAmount(item, size, sources);
    if (listed || (isAmount(size) && isAmountOf(item, size, sources)))
      entry.item = { ...item, candidates: asOnePack(item.candidates, size, sources.index) };
  }
}

/** The measure of a line that counts by weight, or null where something else counts. */
function amountOf({ candidates: [best], numbers, sizes: [size, ...others] }: Item): string | null {
  const counts = best?.quantity != null && numbers.length === 0 && others.length === 0;
  return counts && size && isAmount(size) ? measureOf(size) : null;
}

function measureOf({ dimension, base, value }: SizePiece): string {
  return `${dimension} ${base / value}`;
}

function standsAsAmount({ segment: { at } }: Item, size: SizePiece, { annotation }: Sources): boolean {
  const { filler, pieces } = annotation;
  const place = at.findIndex((position) => pieces[position] === size);
  return [at[place - 1], at[place + 1]].every((beside) => beside === undefined || !filler[beside]);
}

/** "Un kilo de azúcar", "1 kg of sugar" at the head of a part; "5 kilo ka atta" names a pack. */
function isAmountOf({ segment: { at } }: Item, size: SizePiece, { annotation }: Sources): boolean {
  const { claimed, filler, lexicon, pieces } = annotation;
  const place = at.findIndex((position) => pieces[position] === size);
  const of = pieces[at[place + 1] ?? -1];
  const isOf = of?.kind === 'word' && of.text.length <= OF_LENGTH_MAX && lexicon.fillers.has(of.text);
  if (!isOf || lexicon.attributes.has(of.text) || pieces[at[place - 1] ?? -1]?.text === of.text) return false;
  return at.slice(0, place).every((before) => filler[before] || claimed[before] || pieces[before]?.kind !== 'word');
}

function asOnePack(candidates: ReadCandidate[], size: SizePiece, index: CatalogueIndex): ReadCandidate[] {
  return candidates.map((candidate) => {
    const product = index.products[candidate.product];
    const isPack = packSizesOf(index, candidate.product).some(
      ({ dimension, base }) => dimension === size.dimension && Math.abs(base - size.base) < 1e-6,
    );
    const isOne = product && isPack && candidate.quantity === null;
    if (!isOne) return candidate;
    const reasons = [...candidate.reasons, 'amount_as_packs'];
    return { ...candidate, quantity: 1, unit: singleUnit(product), reasons };
  });
}

function inUnit(candidates: ReadCandidate[], unit: UnitWord, { products }: CatalogueIndex): ReadCandidate[] {
  return candidates.map((candidate) => {
    const product = products[candidate.product];
    const loose = product && measuresOfAllLanguages.has(product.defaultUnit);
    const counts = loose && candidate.unit === null && candidate.quantity !== null;
    return counts ? { ...candidate, unit: unitFor(product, unit) } : candidate;
  });
}

const OF_LENGTH_MAX = 3;

/** "Prego 3 e 4, 2 kg cada": a size is what counts, and none of the numbers. */
function isMeasured({ corrected, item: { candidates, numbers } }: Entry): boolean {
  const quantity = candidates[0]?.quantity ?? null;
  return corrected === null && quantity !== null && !numbers.some(({ value }) => value === quantity);
}

function sizesIn({ item }: Entry, sources: Sources): number[] {
  return item.segment.at.filter((at) => kindAt(sources, at) === 'size');
}

/** "1 ctn each of oreo and marie": said ahead, the quantity counts for every product behind it that has none. */
function shareAhead(entries: readonly Entry[], first: number, annotation: Annotation): void {
  const entry = entries[first];
  const [number] = entry?.item.numbers ?? [];
  const kinds = (entry?.item.segment.at ?? []).map((at) => annotation.pieces[at]);
  const each = kinds.findIndex((piece) => piece?.kind === 'unit' && piece.unit.canonical === 'each');
  const name = kinds.findIndex((piece) => piece?.kind === 'word' && !annotation.lexicon.fillers.has(piece.text));
  if (!entry || !number || each < 0 || name < each) return;
  for (const other of entries.slice(first + 1)) {
    if (other.mode !== entry.mode || !lacksQuantity(other)) return;
    other.corrected = number;
  }
}

function isTwice(piece: Piece | undefined): boolean {
  return piece?.kind === 'number' && piece.twice === true;
}
