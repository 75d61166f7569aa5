/**
 * Eighth stage: parts of a message as entries, after the parts that only speak about the one before have been
 * folded into it: a quantity on its own line, a correction ("no no 4 box", "I mean the 500ml"), a second size of
 * the same thing ("coke 500ml 2 ctn, 2l 3 ctn").
 */
import type { Annotation } from './annotate.ts';
import type { CatalogueIndex } from './catalogue-index.ts';
import type { PhraseTag } from './language-table.ts';
import type { Piece } from './pieces.ts';
import { type Item, isSizeWord, readItem } from './reading.ts';
import type { SaidQuantity } from './said-numbers.ts';
import type { Segment } from './segments.ts';

type Mode = 'order' | 'remove' | 'negate' | 'change' | 'swap' | 'query' | 'act';

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
};

const ACTS: ReadonlySet<PhraseTag> = new Set([
  'balance',
  'statement',
  'paid',
  'status',
  'human',
  'help',
  'language',
  'why',
  'total',
]);

/** Reads all parts of a message; `only` limits the products as in `readItem`. */
export function readEntries(
  segments: readonly Segment[],
  annotation: Annotation,
  index: CatalogueIndex,
  raw: string,
): Entries {
  const result: Entries = { entries: [], bare: [] };
  let lastMode: Mode = 'order';
  let announced = false;
  for (const segment of segments) {
    const item = readItem(segment, annotation, index, raw);
    const mode = modeOf(segment, item, lastMode, annotation);
    const before = result.entries.at(-1);
    // "3 boxes of pepsi, sorry, 5": the word of correction stands in a part of its own.
    const correction = isCorrection(segment, item) || (announced && item.names.length === 0);
    announced = !hasContent(item) && before !== undefined && isCorrection(segment, item);
    if (!hasContent(item)) {
      if (mode !== 'act') lastMode = mode;
      continue;
    }
    lastMode = mode;
    if (item.names.length > 0) {
      if (before && joinsBefore(before, item, annotation, index, raw)) continue;
      if (before && correction && !segment.tags.has('add') && (mode === 'order' || mode === 'change'))
        replaceBefore(result, item);
      else result.entries.push({ item, mode, corrected: null });
      continue;
    }
    if (item.sizes.length > 0 || item.wanted) {
      readSizeAlone(result, item, mode, correction, { annotation, index, raw });
      continue;
    }
    readNumberAlone(result, item, mode, correction, { annotation, index, raw });
  }
  shareOut(result.entries, annotation);
  return result;
}

function readNumberAlone(result: Entries, item: Item, mode: Mode, correction: boolean, sources: Sources): void {
  const before = result.entries.at(-1);
  const number = item.numbers[0];
  if (before && (item.segment.tags.has('former') || closesWithNo(item.segment, sources.annotation))) {
    // "3 oreo, not 2": the second number is what it was, not what it shall be.
    if (before.mode === 'order') before.mode = 'change';
    // "The taps, make them 15 instead of 10."
    const said = lacksQuantity(before) ? saidBeforeFormer(item, sources.annotation) : null;
    if (said) before.corrected = inherit(said, before);
  } else if (
    before &&
    number &&
    (correction || (mode === 'change' && before.mode === 'order' && !lacksQuantity(before)))
  ) {
    // "Coke 6, make it 4" speaks of the line that was just said.
    before.corrected = inherit(number, before);
  } else if (before && lacksQuantity(before)) {
    before.item = reread(before.item, item.segment.at, sources);
    // "Without tuna, and the sugar make it 2": the second product has a verb of its own.
    const carried = before.mode === 'remove' && !before.item.segment.tags.has('remove');
    if (mode === 'change' && (before.mode === 'order' || carried)) before.mode = 'change';
    // "Is it in stock? If yes send 5": the quantity makes an order of the question.
    if (before.mode === 'query' && before.item.candidates[0]?.quantity != null) before.mode = 'order';
  } else if (number) {
    result.bare.push({ item, mode, correction });
  }
}

/** "coke, sprite and fanta 2 cases each": the quantity counts for every product before it that has none. */
function shareOut(entries: Entry[], annotation: Annotation): void {
  entries.forEach((entry, at) => {
    const last = annotation.pieces[entry.item.segment.at.at(-1) ?? -1];
    const number = entry.item.numbers.at(-1);
    const shared = last?.kind === 'unit' && last.unit.canonical === 'each';
    const twice = entry.item.segment.at.some((position) => isTwice(annotation.pieces[position]));
    if (!number || !(shared || twice)) return;
    for (let before = at - 1; before >= 0; before--) {
      const other = entries[before];
      if (!other || other.mode !== entry.mode || !lacksQuantity(other)) return;
      other.corrected = number;
    }
  });
}

/** The number that is to be, beside the one that was: it stands before "not" or "instead of", else last. */
function saidBeforeFormer(item: Item, annotation: Annotation): SaidQuantity | null {
  const { at } = item.segment;
  const numberAt = at.findIndex((position) => annotation.pieces[position]?.kind === 'number');
  const formerAt = at.findIndex((position) =>
    annotation.phrasesAt.get(position)?.some((match) => match.tag === 'former'),
  );
  if (item.numbers.length < 2) return null;
  return (numberAt < formerAt ? item.numbers[0] : item.numbers.at(-1)) ?? null;
}

function isTwice(piece: Piece | undefined): boolean {
  return piece?.kind === 'number' && piece.twice === true;
}

type Sources = { annotation: Annotation; index: CatalogueIndex; raw: string };

function hasContent(item: Item): boolean {
  return item.names.length > 0 || item.sizes.length > 0 || item.numbers.length > 0 || item.wanted !== null;
}

function modeOf(segment: Segment, item: Item, lastMode: Mode, annotation: Annotation): Mode {
  const { tags } = segment;
  if (tags.has('swap')) return 'swap';
  if (tags.has('former') && !tags.has('negate') && item.names.length > 0) return 'swap';
  if (tags.has('remove')) return 'remove';
  // "Cancel it all, the shop is closed": talk behind the verb names nothing to take out.
  if (tags.has('cancel') && item.names.some((name) => !annotation.lexicon.chatter.has(name))) return 'remove';
  const act = [...tags].some((tag) => ACTS.has(tag));
  if (tags.has('query') || (segment.question && item.numbers.length === 0 && !act)) return 'query';
  if (tags.has('change') && !(tags.has('paid') && item.sizes.length === 0)) return 'change';
  if (tags.has('negate') && item.names.length > 0) return 'negate';
  if (tags.has('correct') && endsInNo(segment, item, annotation)) return 'negate';
  if (tags.has('correct') && item.numbers.length > 0) return 'change';
  if (act) return 'act';
  // "Take off the oreos and the doritos": the verb reaches across "and" and down a list, until a quantity is said.
  const carries = lastMode === 'remove' || lastMode === 'change' || lastMode === 'query';
  const reaches = segment.separator === 'join' || segment.separator === 'line' || segment.separator === 'comma';
  const fits = lastMode === 'change' ? item.numbers.length > 0 : item.numbers.length === 0;
  return carries && reaches && fits && !tags.has('add') && !tags.has('more') ? lastMode : 'order';
}

/** "Maaza nahi": where verbs stand last, a no behind the only name of a part takes it out and corrects nothing. */
function endsInNo(segment: Segment, item: Item, annotation: Annotation): boolean {
  return item.names.length > 0 && item.numbers.length === 0 && closesWithNo(segment, annotation);
}

/** The last thing that a part says is the no of a language that puts its verbs last: "2 nahi" is "not 2". */
function closesWithNo(segment: Segment, annotation: Annotation): boolean {
  const last = segment.at.findLast((at) => !annotation.filler[at] || annotation.claimed[at]);
  return annotation.phrases.some(
    (phrase) => phrase.tag === 'correct' && phrase.closes && last !== undefined && phrase.words.at(-1) === last,
  );
}

function isCorrection(segment: Segment, item: Item): boolean {
  if (segment.tags.has('correct')) return true;
  return segment.tags.has('negate') && item.names.length === 0;
}

function lacksQuantity(entry: Entry): boolean {
  return entry.corrected === null && entry.item.candidates[0]?.quantity == null && entry.mode !== 'act';
}

function inherit(number: SaidQuantity, before: Entry): SaidQuantity {
  if (number.unit !== null || number.single) return number;
  const earlier = before.corrected ?? before.item.numbers.find((said) => said.unit !== null);
  return { ...number, unit: earlier?.unit ?? null, single: earlier?.single ?? false };
}

function replaceBefore(result: Entries, item: Item): void {
  const before = result.entries.at(-1);
  if (!before) return;
  const quantity = item.numbers.length > 0 ? null : (before.corrected ?? before.item.numbers.at(-1) ?? null);
  result.entries[result.entries.length - 1] = { item, mode: before.mode, corrected: quantity };
}

function readSizeAlone(result: Entries, item: Item, mode: Mode, correction: boolean, sources: Sources): void {
  const before = result.entries.at(-1);
  if (!before) {
    result.entries.push({ item, mode, corrected: null });
    return;
  }
  const isSize = (at: number): boolean => sources.annotation.pieces[at]?.kind === 'size';
  const isAmount = (at: number): boolean => ['size', 'number', 'unit'].includes(kindAt(sources, at));
  if (correction) {
    const kept = before.item.segment.at.filter((at) => !isSize(at));
    before.item = reread({ ...before.item, segment: { ...before.item.segment, at: kept } }, item.segment.at, sources);
  } else if (item.numbers.length > 0) {
    const names = before.item.segment.at.filter(
      (at) => !isAmount(at) && !isSizeWord(sources.annotation.pieces[at]?.text ?? '', sources.annotation.lexicon),
    );
    const second = reread({ ...item, segment: { ...item.segment, at: names } }, item.segment.at, sources);
    result.entries.push({ item: { ...second, span: item.span, text: item.text }, mode: before.mode, corrected: null });
  } else {
    before.item = reread(before.item, item.segment.at, sources);
  }
}

function kindAt(sources: Sources, at: number): string {
  return sources.annotation.pieces[at]?.kind ?? '';
}

/** Words after the quantity that only say more about the same product: "colgate 2 pcs herbal". */
function joinsBefore(before: Entry, item: Item, annotation: Annotation, index: CatalogueIndex, raw: string): boolean {
  if (item.segment.separator !== 'flow' || item.numbers.length > 0) return false;
  const joined = reread(before.item, item.segment.at, { annotation, index, raw });
  const best = joined.candidates[0];
  if (!best || best.coverage < 0.9) return false;
  before.item = joined;
  return true;
}

function reread(item: Item, more: readonly number[], sources: Sources): Item {
  const at = [...item.segment.at, ...more];
  const segment: Segment = { ...item.segment, at };
  return readItem(segment, sources.annotation, sources.index, sources.raw);
}

/** Kinds of pieces that say something by themselves; used to tell a bare answer from a sentence. */
export function contentPieces(annotation: Annotation): Piece[] {
  return annotation.pieces.filter((piece, at) => {
    if (annotation.claimed[at] || annotation.filler[at]) return false;
    return piece.kind !== 'break' && piece.kind !== 'join' && piece.kind !== 'question';
  });
}
