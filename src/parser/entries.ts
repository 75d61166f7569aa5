/**
 * Eighth stage: parts of a message as entries, after the parts that only speak about the one before have been
 * folded into it: a quantity on its own line, a correction ("no no 4 box", "I mean the 500ml"), a second size of
 * the same thing ("coke 500ml 2 ctn, 2l 3 ctn").
 */
import type { Annotation } from './annotate.ts';
import type { CatalogueIndex } from './catalogue-index.ts';
import { complaintParts } from './complaints.ts';
import { isClear, namesSaid, withNounBefore } from './ellipsis.ts';
import {
  type Entries,
  type Entry,
  FOUND_MIN,
  hasContent,
  inherit,
  isFound,
  isHeading,
  kindAt,
  lacksQuantity,
  type Mode,
  reread,
  type Sources,
} from './entry.ts';
import { isCorrection, isCountedInList, modeOf } from './entry-modes.ts';
import { NOUN_BACK_MAX, pointedAt, readNumberAlone, readSizeAlone } from './entry-numbers.ts';
import { shareAmounts, shareFirst, shareOut, shareSame, shareUnits } from './entry-sharing.ts';
import { laterParts } from './later.ts';
import type { Piece } from './pieces.ts';
import { type Item, readItem } from './reading.ts';
import type { Segment } from './segments.ts';

/** What tells kinds apart is short; a part of more words says its own noun. */
const KIND_WORDS_MAX = 2;

/** Reads all parts of a message. */
export function readEntries(
  segments: readonly Segment[],
  annotation: Annotation,
  index: CatalogueIndex,
  raw: string,
): Entries {
  const result: Entries = { entries: [], bare: [], leftOut: false };
  const sources = { annotation, index, raw };
  let lastMode: Mode = 'order';
  let announced = false;
  let restated = false;
  let skipped = false;
  let otherwise = false;
  let conditioned = false;
  const later = laterParts(segments, annotation);
  const complained = complaintParts(segments, annotation);
  for (const [at, segment] of segments.entries()) {
    const item = readItem(segment, annotation, index, raw);
    const before = result.entries.at(-1);
    if (skipped) {
      skipped = false;
      continue;
    }
    if (later.has(at)) {
      result.leftOut = true;
      continue;
    }
    conditioned ||= segment.tags.has('condition');
    const saysSo = segment.tags.has('otherwise') || (conditioned && segment.tags.has('else'));
    otherwise = saysSo || (otherwise && !OPENS_ANEW.has(segment.separator));
    if (otherwise && before?.mode === 'order' && !lacksQuantity(before)) {
      result.leftOut = true;
      if (hasContent(item)) otherwise = isUnsaid(before, item, segments[at + 1]);
      continue;
    }
    if (complained.has(at)) {
      lastMode = 'act';
      continue;
    }
    const mode: Mode = isCountedInList(segment, item, before, annotation)
      ? 'order'
      : modeOf(segment, item, lastMode, annotation);
    // "3 boxes of pepsi, sorry, 5": the word of correction stands in a part of its own.
    const corrects = isCorrection(segment, item) && !restated;
    const correction = corrects || (announced && (item.names.length === 0 || !before));
    // "And one kilo, no, two kilos of potatoes": the amount that is taken back is of what comes next.
    restated = isRestated(before, item, segments[at + 1], annotation);
    if (restated) continue;
    announced = !hasContent(item) && isCorrection(segment, item);
    if (!hasContent(item)) {
      if (mode !== 'act') lastMode = mode;
      if (before && !item.packed && speaksOnlyOf(before, segment, segments[at + 1])) before.mode = 'remove';
      continue;
    }
    lastMode = mode;
    if (isSum(segments, at, item)) continue;
    if (mode === 'aside') {
      if (item.names.length > 0) result.entries.push({ item: uncounted(item, sources), mode, corrected: null });
      continue;
    }
    if (item.names.length > 0) {
      if (before && joinsBefore(before, item, sources)) continue;
      if (before && correction && !segment.tags.has('add') && (mode === 'order' || mode === 'change'))
        replaceBefore(result, item);
      else if (before && mode === 'change' && saysAgain(before, item)) replaceBefore(result, item);
      // "My mistake, it is 8 maseca": with nothing said before, the cart is what is corrected.
      else if (correction && mode === 'order') {
        answersRefusal(result, item);
        result.entries.push({ item, mode: 'change', corrected: null });
      } else {
        const isChange = (mode === 'order' || mode === 'change') && answersRefusal(result, item);
        if (mode === 'query') askTogether(result.entries, item, annotation);
        const lent = nounBefore(result.entries, item, mode, sources);
        const headed = !lent && before && isHeadOf(before, item) ? underHead(result.entries, item, annotation) : null;
        result.entries.push({
          item: lent ?? headed ?? item,
          mode: isChange ? 'change' : mode,
          corrected: null,
        });
      }
      continue;
    }
    const pointed = before && pointedAt(before, item, segments[at + 1], result, sources);
    if (pointed) {
      pointed.entry.corrected = inherit(pointed.number, pointed.entry);
      skipped = true;
      continue;
    }
    if (item.sizes.length > 0 || item.wanted) {
      readSizeAlone(result, item, mode, correction, sources);
      continue;
    }
    // "Red scarf in stock? What price for a box": the unit is what the price is for.
    if (mode === 'query' && before?.mode === 'query' && segment.tags.has('query')) continue;
    // "Nugget 5, ganti 3": with no name a swap is one of numbers.
    const alone = mode === 'swap' && before ? 'change' : mode;
    const sized = item.numbers.length > 1 && !correction ? nounBefore(result.entries, item, mode, sources) : null;
    if (sized) result.entries.push({ item: sized, mode, corrected: null });
    else readNumberAlone(result, item, alone, correction, sources);
  }
  shareFirst(result, annotation);
  shareSame(result.entries, annotation);
  shareOut(result.entries, sources);
  shareUnits(result.entries, sources);
  shareAmounts(result.entries, sources);
  return result;
}

/** "Amul ghee and nido in stock?": what is asked behind the last of several asks about all of them, until one is counted. */
function askTogether(
  entries: readonly Entry[],
  { segment }: Item,
  { phrasesAt, pieces, claimed, filler }: Annotation,
): void {
  if (segment.separator !== 'join') return;
  const query = segment.at.findIndex((at) => phrasesAt.get(at)?.some(({ tag }) => tag === 'query'));
  const name = segment.at.findIndex((at) => pieces[at]?.kind === 'word' && !claimed[at] && !filler[at]);
  if (name < 0 || query < name) return;
  for (let at = entries.length - 1; at >= 0; at--) {
    const entry = entries[at];
    if (entry?.mode !== 'order' || !lacksQuantity(entry) || entry.item.segment.tags.has('add')) return;
    entry.mode = 'query';
    if (!GOES_ON.has(entry.item.segment.separator)) return;
  }
}

const GOES_ON: ReadonlySet<Segment['separator']> = new Set(['join', 'comma']);

/** "Nido 6, if not milo 6": what comes on a new line, or behind "and", is wanted in any case. */
const OPENS_ANEW: ReadonlySet<Segment['separator']> = new Set(['line', 'stop', 'join']);

/** "If there is no milo, send 3 nido": what was named again, or stands before its number, is not yet the second choice. */
function isUnsaid(before: Entry, item: Item, next: Segment | undefined): boolean {
  if (item.numbers.length + item.sizes.length > 0) return false;
  const again = item.candidates[0]?.product === before.item.candidates[0]?.product;
  return again || next?.separator === 'flow' || next?.separator === 'verb';
}

/** "Five gas lighters no make it ten gas lighters": the new number of what was ordered just before. */
function saysAgain(before: Entry, item: Item): boolean {
  if (before.mode !== 'order' || item.numbers.length === 0 || !isClear(before.item) || !isClear(item)) return false;
  return before.item.candidates[0]?.product === item.candidates[0]?.product;
}

/** "And one kilo, no, two kilos of potatoes": an amount without a name, and right behind it one with a name instead. */
function isRestated(before: Entry | undefined, item: Item, next: Segment | undefined, annotation: Annotation): boolean {
  if (item.names.length > 0 || item.numbers.length + item.sizes.length === 0 || item.segment.separator === 'flow')
    return false;
  if (next?.separator !== 'verb' || !next.tags.has('correct') || (before && lacksQuantity(before))) return false;
  const { pieces, filler, claimed } = annotation;
  const kinds = next.at.filter((at) => !filler[at] && !claimed[at]).map((at) => pieces[at]?.kind);
  return kinds.includes('word') && (kinds.includes('number') || kinds.includes('size'));
}

/** "We still have 2 ctn chips, bring 3": what is at hand is named, and how many of it orders nothing. */
function uncounted(item: Item, sources: Sources): Item {
  const at = item.segment.at.filter((position) => !['number', 'unit'].includes(kindAt(sources, position)));
  return readItem({ ...item.segment, at }, sources.annotation, sources.index, sources.raw);
}

/** "Total: 15 bags" below a list counts what was said, and orders nothing. */
function isSum(segments: readonly Segment[], at: number, { names, sizes, segment }: Item): boolean {
  if (names.length + sizes.length > 0 || at === 0) return false;
  const before = segments[at - 1];
  return segment.tags.has('total') || (segment.separator === 'colon' && before?.tags.has('total') === true);
}

/** "The kulfi, leave it out": a verb with nothing of its own speaks of the product before it, if nothing counts that. */
function speaksOnlyOf(before: Entry, segment: Segment, next: Segment | undefined): boolean {
  if (before.mode !== 'order' || !lacksQuantity(before) || segment.separator === 'line') return false;
  if (!segment.tags.has('remove') && !(segment.tags.has('negate') && !segment.tags.has('correct'))) return false;
  return next === undefined || next.separator === 'line' || next.separator === 'stop';
}

/** "Not 2, 3 crates of milk": the number that was refused is what the cart holds, and is spent on that. */
function answersRefusal(result: Entries, item: Item): boolean {
  const [refused, ...others] = result.bare;
  const said = item.numbers[0]?.value;
  if (!refused || others.length > 0 || result.entries.length > 0 || said === undefined) return false;
  const { tags } = refused.item.segment;
  const isRefused = tags.has('negate') || tags.has('former');
  if (!isRefused || refused.item.numbers.length !== 1 || refused.item.numbers[0]?.value === said) return false;
  if (item.segment.separator === 'line' || item.segment.separator === 'stop') return false;
  result.bare.length = 0;
  return true;
}

/**
 * The part as one more kind of what was ordered just before, where only that makes a product of it. "Esmalte rojo 3,
 * negro 2, blanco 6": the noun may stand a few parts back, where those between are clear without it.
 */
function nounBefore(entries: Entry[], item: Item, mode: Mode, sources: Sources): Item | null {
  if (mode !== 'order' || item.names.length > KIND_WORDS_MAX) return null;
  for (let back = 1; back <= NOUN_BACK_MAX; back++) {
    const before = entries.at(-back);
    const isHead = back === 1 && before !== undefined && isHeading(before, item);
    if (before?.mode !== 'order' || (lacksQuantity(before) && !isHead)) return null;
    const read = withNounBefore(before.item, item, sources);
    if (read && isHead) entries.pop();
    if (read) return read;
    if (before.item.names.length > KIND_WORDS_MAX) return null;
  }
  return null;
}

function replaceBefore(result: Entries, item: Item): void {
  const before = result.entries.at(-1);
  if (!before) return;
  const quantity = item.numbers.length > 0 ? null : (before.corrected ?? before.item.numbers.at(-1) ?? null);
  result.entries[result.entries.length - 1] = { item, mode: before.mode, corrected: quantity };
}

/** "Guantes: medianos 10, grandes 5": what stands ahead of a colon, and may mean what is counted behind it, heads that. */
function isHeadOf(before: Entry, item: Item): boolean {
  if (item.segment.separator === 'line' || item.numbers.length === 0 || !isHeading(before, item) || !isFound(item))
    return false;
  const product = item.candidates[0]?.product;
  return before.item.candidates.some((candidate) => candidate.product === product);
}

/** The item with the noun of its head, which is no line of its own. */
function underHead(entries: Entry[], item: Item, annotation: Annotation): Item {
  const head = entries.pop();
  return head ? { ...item, lent: namesSaid(head.item, annotation) } : item;
}

/** Words after the quantity that only say more about the same product: "colgate 2 pcs herbal". */
function joinsBefore(before: Entry, item: Item, sources: Sources): boolean {
  if (item.segment.separator !== 'flow' || item.numbers.length > 0) return false;
  const joined = reread(before.item, item.segment.at, sources);
  const best = joined.candidates[0];
  if (!best || best.coverage < FOUND_MIN) return false;
  before.item = joined;
  return true;
}

/** Pieces of a part that say something by themselves; used to tell a bare answer from a sentence. */
export function contentPieces(annotation: Annotation, positions: readonly number[]): Piece[] {
  return positions.flatMap((at) => {
    const piece = annotation.pieces[at];
    if (!piece || annotation.claimed[at] || annotation.filler[at]) return [];
    return piece.kind === 'break' || piece.kind === 'join' || piece.kind === 'question' ? [] : [piece];
  });
}
