/**
 * Eighth stage: parts of a message as entries, after the parts that only speak about the one before have been
 * folded into it: a quantity on its own line, a correction ("no no 4 box", "I mean the 500ml"), a second size of
 * the same thing ("coke 500ml 2 ctn, 2l 3 ctn").
 */
import { type Annotation, tagsIn } from './annotate.ts';
import type { ReadCandidate } from './candidate-reading.ts';
import { type CatalogueIndex, packSizesOf } from './catalogue-index.ts';
import type { UnitWord } from './compiled-table.ts';
import { complaintParts } from './complaints.ts';
import { isClear, namesSaid, withNounBefore } from './ellipsis.ts';
import type { PhraseTag } from './language-table.ts';
import { laterParts } from './later.ts';
import { measuresOfAllLanguages } from './lexicon.ts';
import type { Piece, SizePiece } from './pieces.ts';
import { type Item, readItem } from './reading.ts';
import { isPronoun, type SaidQuantity } from './said-numbers.ts';
import type { Segment } from './segments.ts';
import { isSizeWord } from './size-words.ts';
import { isAmount, singleUnit, unitFor } from './units.ts';

type Mode = 'order' | 'aside' | 'remove' | 'negate' | 'change' | 'swap' | 'query' | 'act';

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

const ACTS: ReadonlySet<PhraseTag> = new Set([
  'balance',
  'statement',
  'paid',
  'status',
  'human',
  'complaint',
  'help',
  'language',
  'why',
  'total',
]);

/** How many parts back the noun of a list of kinds may stand. */
const NOUN_BACK_MAX = 3;
/** What tells kinds apart is short; a part of more words says its own noun. */
const KIND_WORDS_MAX = 2;

/** Reads all parts of a message; `only` limits the products as in `readItem`. */
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
      if (before && joinsBefore(before, item, annotation, index, raw)) continue;
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

/**
 * "Cone one box kulfi two box kindly confirm availability": what is asked about a list behind its last line takes no
 * line out of it.
 */
function isCountedInList(segment: Segment, item: Item, before: Entry | undefined, annotation: Annotation): boolean {
  if (!LISTED.has(segment.separator) || !segment.tags.has('query') || before?.mode !== 'order') return false;
  const { at } = segment;
  const number = at.findIndex((position) => annotation.pieces[position]?.kind === 'number');
  const query = at.findIndex((position) => annotation.phrasesAt.get(position)?.some(({ tag }) => tag === 'query'));
  return number >= 0 && number < query && item.names.length > 0 && !lacksQuantity(before);
}

const LISTED: ReadonlySet<Segment['separator']> = new Set(['flow', 'comma', 'line']);

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

function readNumberAlone(result: Entries, item: Item, mode: Mode, correction: boolean, sources: Sources): void {
  const before = result.entries.at(-1);
  const number = item.numbers[0];
  const asked = before?.mode === 'query' ? otherAsked(before, item, sources) : null;
  if (asked) {
    result.entries.push(asked);
    return;
  }
  // "Sandpaper no 80 1 packet, no 120 2 packets": the no before a number that names another one corrects nothing.
  const other = before && correction && !lacksQuantity(before) ? siblingOf(before, item, sources) : null;
  if (other) {
    result.entries.push(other);
    return;
  }
  if (before && isLeftOut(before, item, sources.annotation)) return;
  const refused = item.segment.tags.has('former') || closesWithNo(item.segment, sources.annotation);
  const variant = before && correction && !refused ? otherVariant(before, item, sources) : null;
  if (before && variant) {
    before.item = variant;
    return;
  }
  const instead = before?.mode === 'negate' && !correction ? siblingOf(before, item, sources) : null;
  if (instead) {
    result.entries.push(instead);
    return;
  }
  const counted =
    before?.mode === 'order' && number && !correction ? countedApart(before, item, number, sources) : null;
  if (before && counted) {
    before.item = counted;
    if (mode === 'change') before.mode = mode;
  } else if (before && number && refusesNumber(before, sources.annotation) && !item.segment.tags.has('former')) {
    // "Not 5 garden taps, 8": what is refused is the number.
    before.mode = 'change';
    before.corrected = inherit(number, before);
  } else if (before && refusesKind(before, item, sources)) {
    // "Brufen 200 not 400": in the cart it is the one for the other.
    before.item = reread(before.item, item.segment.at, sources);
    before.mode = 'swap';
  } else if (before && refused) {
    // "3 oreo, not 2": the second number is what it was, not what it shall be.
    if (before.mode === 'order') before.mode = 'change';
    // "The taps, make them 15 instead of 10."
    const said = lacksQuantity(before) ? saidBeforeFormer(item, sources.annotation) : null;
    if (said) before.corrected = inherit(said, before);
  } else if (
    before &&
    number &&
    (correction || (mode === 'change' && speaksOf(before, item.segment) && !lacksQuantity(before)))
  ) {
    // "Coke 6, make it 4" speaks of the line that was just said.
    before.corrected = inherit(number, before);
  } else if (before && pushUncounted(result.entries, before, item, mode, sources)) {
    return;
  } else if (before && (lacksQuantity(before) || asksForUnknown(before))) {
    before.item = reread(before.item, item.segment.at, sources);
    // "Without tuna, and the sugar make it 2": the second product has a verb of its own.
    const carried = before.mode === 'remove' && !before.item.segment.tags.has('remove');
    if (mode === 'change' && (before.mode === 'order' || carried)) before.mode = 'change';
    // "To the whiskas, take one off."
    if (mode === 'remove' && before.mode === 'order') before.mode = 'remove';
    if (before.mode === 'aside') before.mode = 'order';
    // "Is it in stock? If yes send 5": the quantity makes an order of the question, also of what is not sold.
    if (asksForUnknown(before)) before.corrected = number ?? null;
    if (before.mode === 'query' && (before.item.candidates[0]?.quantity != null || before.corrected))
      before.mode = 'order';
  } else if (number) {
    const sibling = before && mode !== 'change' && !correction ? siblingOf(before, item, sources) : null;
    if (sibling) result.entries.push(sibling);
    else result.bare.push({ item, mode, correction });
  }
}

/** Both numbers tell a kind of what is named, and the second one is not meant. */
function refusesKind(before: Entry, item: Item, sources: Sources): boolean {
  if (!item.segment.tags.has('former') || before.corrected !== null || before.item.numbers.length !== 1) return false;
  if (item.numbers.length !== 1 || item.numbers[0]?.unit || before.item.numbers[0]?.unit) return false;
  const [said, was] = [toldByNumber(before.item), toldByNumber(withNamesOf(before.item, item, sources))];
  return said !== null && was !== null && said.product !== was.product;
}

/** "How much is the 5 litre cooker? And the 3": behind "and" a bare number that tells another one apart asks for that. */
function otherAsked(before: Entry, item: Item, sources: Sources): Entry | null {
  if (item.segment.separator !== 'join' || item.numbers.length !== 1 || item.numbers[0]?.unit) return null;
  const told = toldByNumber(withNamesOf(before.item, item, sources));
  if (!told || told.product === before.item.candidates[0]?.product) return null;
  return { item: { ...item, candidates: [{ ...told, quantity: null, unit: null }] }, mode: 'query', corrected: null };
}

function asksForUnknown({ mode, item }: Entry): boolean {
  return mode === 'query' && item.names.length > 0 && item.candidates.every(({ coverage }) => coverage < ASKED_MIN);
}

/** "Not 5 taps", and where verbs stand last "taps 5 nahi". */
function refusesNumber({ mode, corrected, item }: Entry, annotation: Annotation): boolean {
  const refused = mode === 'negate' || (mode === 'change' && closesWithNo(item.segment, annotation));
  return refused && corrected === null && item.numbers.length === 1 && item.candidates[0]?.numbersMet === 0;
}

/**
 * "Lija del 100 y del 220, 10 de cada una": after "and", a number tells the second kind of what has no quantity yet, and
 * does not count the first. Says whether it was so.
 */
function pushUncounted(entries: Entry[], before: Entry, item: Item, mode: Mode, sources: Sources): boolean {
  if (item.segment.separator !== 'join' || mode !== 'order' || before.mode !== 'order') return false;
  if (before.corrected !== null || before.item.numbers.length !== 1 || before.item.numbers[0]?.unit) return false;
  // "20000 wala 3": one of two numbers is an attribute, and the other one counts.
  if (before.item.segment.at.filter((at) => kindAt(sources, at) === 'number').length > 1) return false;
  if (item.numbers.length > 2 || hasUnitBeside(item, sources)) return false;
  const second = withNamesOf(before.item, item, sources);
  const [was, best] = [toldByNumber(before.item), toldByNumber(second)];
  if (!was || !best || best.product === was.product) return false;
  const isCounted = item.numbers.length === 2;
  if (isCounted && best.quantity === null) return false;
  before.item = { ...before.item, candidates: [{ ...was, quantity: null, unit: null }] };
  const told = isCounted ? best : { ...best, quantity: null, unit: null };
  entries.push({ item: { ...second, candidates: [told] }, mode, corrected: null });
  return true;
}

function hasUnitBeside({ segment }: Item, sources: Sources): boolean {
  const number = segment.at.findIndex((at) => kindAt(sources, at) === 'number');
  return kindAt(sources, segment.at[number + 1] ?? -1) === 'unit';
}

/** "Fanta 2l nahi, 500 wali 3 peti": what is counted beside what is refused is wanted instead. */
function modeBeside({ mode }: Entry, { numbers, segment }: Item): Mode {
  return mode === 'negate' && numbers.length > 0 && !segment.tags.has('negate') ? 'order' : mode;
}

/** The one product of those that the words fit which a number tells from the others. */
function toldByNumber({ candidates }: Item): ReadCandidate | null {
  const told = candidates.filter(({ coverage, numbersMet }) => coverage >= FOUND_MIN && numbersMet === 1);
  return told.length === 1 ? (told[0] ?? null) : null;
}

/** "Papier alu 30 : 6 rouleaux": the number ahead only told the size, where it does beside the one that counts. */
function countedApart(before: Entry, item: Item, number: SaidQuantity, sources: Sources): Item | null {
  if (item.segment.separator === 'join') return null;
  if (before.corrected !== null || before.item.numbers.length !== 1 || item.numbers.length !== 1) return null;
  const joined = reread(before.item, item.segment.at, sources);
  const [best] = joined.candidates;
  if (!best || best.numbersMet === 0 || best.quantity !== number.value || best.coverage < FOUND_MIN) return null;
  return joined;
}

/** "Ubah coke dari 2 jadi 5": a verb between two quantities leads from the one to the other. */
function speaksOf(before: Entry, segment: Segment): boolean {
  return before.mode === 'order' || (before.mode === 'change' && segment.separator === 'verb');
}

/** "Wiper 16 3 pcs, 22 2 pcs": the first number names another product of the same words, the second one counts it. */
function siblingOf(before: Entry, item: Item, sources: Sources): Entry | null {
  const own = item.segment.at.filter((at) => kindAt(sources, at) === 'number');
  if (own.length !== 2) return null;
  const names = before.item.segment.at.filter((at) => !['size', 'number', 'unit'].includes(kindAt(sources, at)));
  const second = reread({ ...item, segment: { ...item.segment, at: names } }, item.segment.at, sources);
  const [best] = second.candidates;
  if (!best || best.numbersMet === 0 || best.quantity === null) return null;
  if (best.product === before.item.candidates[0]?.product) return null;
  return { item: { ...second, span: item.span, text: item.text }, mode: modeBeside(before, item), corrected: null };
}

/**
 * "Elbow 1 inch no 3/4 20 pcs", "jeans 32 2 pcs, no 34": a number that corrects tells another product of the same words,
 * and counts nothing.
 */
function otherVariant(before: Entry, item: Item, sources: Sources): Item | null {
  if (lacksQuantity(before) && item.numbers.length === 2) return siblingOf(before, item, sources)?.item ?? null;
  if (item.numbers.length === 2) return countedVariant(before, item, sources);
  const [number, ...others] = item.numbers;
  if (!number || number.unit || number.spelled || others.length > 0 || before.corrected) return null;
  const was = before.item.candidates[0];
  const second = withNamesOf(before.item, item, sources);
  const best = toldByNumber(second);
  if (!was || was.numbersMet === 0 || !best || best.product === was.product) return null;
  return { ...second, candidates: [{ ...best, quantity: was.quantity, unit: was.unit }], lent: undefined };
}

/** "Jeans 32 nahi 34 5 piece": the number taken back told the kind, and so does the first of the two behind it. */
function countedVariant(before: Entry, item: Item, sources: Sources): Item | null {
  const [was, ...others] = before.item.numbers;
  if (!was || was.unit || others.length > 0 || before.corrected || before.mode !== 'order') return null;
  const second = withNamesOf(before.item, item, sources);
  const [old, told] = [toldByNumber(before.item), toldByNumber(second)];
  if (!old || !told || told.product === old.product) return null;
  return { ...second, candidates: [told], lent: undefined };
}

/** "Una caja de cada: coca, fanta", "har ek ki 2 peti: coke, fanta": a quantity of each that opens the message. */
function shareFirst({ entries, bare }: Entries, annotation: Annotation): void {
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
function shareSame(entries: readonly Entry[], annotation: Annotation): void {
  entries.forEach((entry, at) => {
    const before = entries[at - 1];
    if (before?.mode !== 'order' || entry.mode !== 'order' || !lacksQuantity(entry)) return;
    if (!tagsIn(annotation, entry.item.segment.at).has('same')) return;
    const quantity = before.item.candidates[0]?.quantity;
    entry.corrected = before.corrected ?? before.item.numbers.find(({ value }) => value === quantity) ?? null;
  });
}

/** "coke, sprite and fanta 2 cases each": the quantity counts for every product before it that has none. */
function shareOut(entries: Entry[], sources: Sources): void {
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
function shareUnits(entries: readonly Entry[], sources: Sources): void {
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
function shareAmounts(entries: readonly Entry[], sources: Sources): void {
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

/** The number that is to be, beside the one that was: it stands before "not" or "instead of", else last. */
export function saidBeforeFormer(item: Item, annotation: Annotation): SaidQuantity | null {
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
  if (keepsOnly(item)) return 'remove';
  if (tags.has('aside') && !tags.has('query')) return 'aside';
  if (tags.has('former') && !tags.has('negate') && item.names.length > 0) return 'swap';
  if ((tags.has('double') || tags.has('halve')) && item.names.length > 0 && item.numbers.length === 0) return 'change';
  if (tags.has('remove')) return tags.has('change') && isBroughtTo(segment, annotation) ? 'change' : 'remove';
  // "Cancel it all, the shop is closed": talk behind the verb names nothing to take out.
  if (tags.has('cancel') && item.names.some((name) => !annotation.lexicon.chatter.has(name))) return 'remove';
  const act = [...tags].some((tag) => ACTS.has(tag));
  // "Same order, only no maaza", "bas maaza mat dena": with nothing counted, "only" is about what is left out.
  if (tags.has('negate') && tags.has('change') && item.names.length > 0 && item.numbers.length === 0) return 'negate';
  if (tags.has('query') || (segment.question && item.numbers.length === 0 && !act)) return 'query';
  if (tags.has('less') && isDifference('less', segment, item, annotation)) return 'remove';
  if (tags.has('raise') && isDifference('raise', segment, item, annotation)) return 'order';
  if (tags.has('change') && !(tags.has('paid') && item.sizes.length === 0)) return 'change';
  if (tags.has('negate') && item.names.length > 0) return refusesUnit(segment, annotation) ? 'change' : 'negate';
  if (tags.has('correct') && endsInNo(segment, item, annotation)) return 'negate';
  if (tags.has('correct') && item.numbers.length > 0) return 'change';
  // "2 crunchy, in English please": which language to answer in is asked beside an order, never instead of it.
  const isOrder =
    item.names.length > 0 && item.numbers.length > 0 && [...tags].every((tag) => tag === 'language' || !ACTS.has(tag));
  if (act && !isOrder) return 'act';
  // "Take off the oreos and the doritos": the verb reaches across "and" and down a list, until a quantity is said.
  const carries = lastMode === 'remove' || lastMode === 'change' || lastMode === 'query';
  const reaches =
    segment.separator === 'join' ||
    segment.separator === 'colon' ||
    segment.separator === 'line' ||
    segment.separator === 'comma';
  // "Pls quote: plywood 18mm, pvc pipe 110": a number that only names counts nothing.
  const isNamed = lastMode === 'query' && item.candidates[0]?.quantity === null && isClear(item);
  const fits = lastMode === 'change' ? item.numbers.length > 0 : item.numbers.length === 0 || isNamed;
  const begins = tags.has('add') || tags.has('more') || tags.has('instead');
  return carries && reaches && fits && !begins ? lastMode : 'order';
}

/** "Sirf maggi rakho", "deja solo la coca": of the cart nothing else stays; with a number it is a new total. */
export function keepsOnly({ names, numbers, segment }: Item): boolean {
  return segment.tags.has('only') && names.length > 0 && numbers.length === 0;
}

/** "Nido cartons not tins": what is refused behind the name is how it was counted. */
function refusesUnit({ at }: Segment, { pieces, phrasesAt, filler, claimed }: Annotation): boolean {
  const no = at.findIndex((position) => phrasesAt.get(position)?.some(({ tag }) => tag === 'negate'));
  const behind = at.slice(no + 1).filter((position) => !filler[position] && !claimed[position]);
  return behind.length > 0 && behind.every((position) => pieces[position]?.kind === 'unit');
}

/** "Cut the cloves to 3": the phrase that goes on to the new number says more than the verb it begins with. */
function isBroughtTo({ at }: Segment, { phrasesAt }: Annotation): boolean {
  return at.some((position) => {
    const begun = phrasesAt.get(position) ?? [];
    const removed = begun.find(({ tag }) => tag === 'remove')?.words.at(-1);
    return (
      removed !== undefined && begun.some(({ tag, words }) => tag === 'change' && (words.at(-1) ?? removed) > removed)
    );
  });
}

/**
 * "Coke 2 kam kar do" takes two off, "coke kam karke 2" leaves two: the number or its unit stands right before the verb.
 * "Bájale 2 a la coca", "bájale a la coca 2" take two off, "bájale a 2", "baja la coca a 2" leave two: behind a verb that
 * stands first, a number is a new total where the word for "to" leads to it.
 */
function isDifference(
  tag: PhraseTag,
  { at }: Segment,
  item: Item,
  { pieces, phrasesAt, claimed, filler }: Annotation,
): boolean {
  // Of what is sold by weight, 2 kg are as good a number.
  const counting = item.candidates[0]?.reasons.includes('measured_amount') ? ['number', 'size'] : ['number'];
  const isNumber = (position: number): boolean =>
    counting.includes(pieces[position]?.kind ?? '') && at.includes(position) && !claimed[position];
  const verb = at.findIndex((position) => phrasesAt.get(position)?.some((phrase) => phrase.tag === tag));
  const phrase = phrasesAt.get(at[verb] ?? -1)?.find((match) => match.tag === tag);
  if (!phrase) return false;
  const behind = at.slice(verb + 1).filter(isNumber);
  // "Una caja menos de oreo" takes one off in any language: nothing but the number before it can be the difference.
  if (phrase.closes || behind.length === 0) {
    const [before = -1, earlier = -1] = [at[verb - 1], at[verb - 2]];
    return (
      (isNumber(before) || (pieces[before]?.kind === 'unit' && isNumber(earlier))) &&
      !behind.some((position) => pieces[position]?.kind === 'number')
    );
  }
  const [number, ...others] = behind;
  if (number === undefined || others.length > 0) return false;
  const end = phrase.words.at(-1) ?? -1;
  const leads = phrase.words.length > 1;
  if (number === end + 1) return !leads;
  return leads && !filler[number - 1];
}

/**
 * "Maaza nahi", "3 maaza nahi": where verbs stand last, a no behind the only name of a part takes it out and corrects
 * nothing; behind a number it refuses that.
 */
function endsInNo(segment: Segment, item: Item, annotation: Annotation): boolean {
  if (item.names.length === 0 || !closesWithNo(segment, annotation)) return false;
  if (item.numbers.length === 0) return true;
  const said = segment.at.findLast((at) => !annotation.filler[at] && !annotation.claimed[at]);
  return annotation.pieces[said ?? -1]?.kind === 'word';
}

/** The last thing that a part says is the no of a language that puts its verbs last: "2 nahi" is "not 2". */
function closesWithNo(segment: Segment, annotation: Annotation): boolean {
  const last = segment.at.findLast((at) => !annotation.filler[at] || annotation.claimed[at]);
  return annotation.phrases.some(
    (phrase) => phrase.tag === 'correct' && phrase.closes && last !== undefined && phrase.words.at(-1) === last,
  );
}

/** "Fanta 2l 3, the 500 not needed", "3 of the big one not half kg": what is refused is no news about the line before. */
function isLeftOut(before: Entry, { segment }: Item, { pieces, phrases }: Annotation): boolean {
  if (!(segment.tags.has('negate') || segment.tags.has('correct')) || lacksQuantity(before)) return false;
  const amounts = segment.at.filter((at) => pieces[at]?.kind === 'size' || pieces[at]?.kind === 'number');
  const [amount] = amounts;
  if (amount === undefined || amounts.length > 1) return false;
  return phrases.some(({ tag, words: [first = -1] }) => {
    if (!segment.at.includes(first)) return false;
    // "60g 10, la 125g non finalement": the no behind a size takes back that size, and nothing new is said.
    if (tag === 'correct') return first > amount && pieces[amount]?.kind === 'size';
    // A plain no before an amount corrects; "not" and "instead of" name what it was.
    return (tag === 'negate' && first > amount) || (tag === 'former' && pieces[amount]?.kind === 'size');
  });
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
  const [best] = before.item.candidates;
  // "Ball valve 3/4 wale 4 nahi 6": a word of the name is the unit of nothing.
  if (!before.corrected && best && best.quantity !== null && best.unit === null) return number;
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
  if (isLeftOut(before, item, sources.annotation)) return;
  const isSize = (at: number): boolean => sources.annotation.pieces[at]?.kind === 'size';
  const earlier =
    correction && item.numbers.length > 0 ? sameAs(withNamesOf(before.item, item, sources), result) : null;
  if (earlier) {
    // "Small 10, large 5. Better 12 of the small one."
    earlier.corrected = inherit(item.numbers[0] as SaidQuantity, earlier);
  } else if (correction) {
    const kept = before.item.segment.at.filter((at) => !isSize(at));
    before.item = reread({ ...before.item, segment: { ...before.item.segment, at: kept } }, item.segment.at, sources);
  } else if (!item.numbers.every(isPronoun) || isOneMore(before, item)) {
    // "Clavos de 3 pulgadas 5 kilos y de 4 pulgadas 2 kilos": of two sizes one is the quantity.
    pushSibling(result.entries, item, mode, sources);
  } else {
    before.item = reread(before.item, item.segment.at, sources);
    // "The surf should be the 4kg one" speaks of what was ordered.
    if (mode === 'change' && before.mode === 'order') before.mode = 'change';
    // "Is there shrimp? Then send 3 kilo": the amount makes an order of the question.
    if (before.mode === 'query' && mode === 'order' && before.item.candidates[0]?.quantity != null)
      before.mode = 'order';
  }
}

/** "Small 10, large 5. The small one, better 12": an entry further back, and its new number in the next part. */
function pointedAt(
  before: Entry,
  item: Item,
  next: Segment | undefined,
  result: Entries,
  sources: Sources,
): { entry: Entry; number: SaidQuantity } | null {
  if (item.numbers.length > 0 || item.sizes.length + Number(item.wanted !== null) === 0) return null;
  if (next?.separator !== 'verb' || !(next.tags.has('correct') || next.tags.has('change'))) return null;
  const said = readItem(next, sources.annotation, sources.index, sources.raw);
  const [number, ...others] = said.numbers;
  if (!number || others.length + said.names.length + said.sizes.length > 0) return null;
  const whole = reread(item, next.at, sources);
  const entry = sameAs(withNamesOf(before.item, whole, sources), result);
  return entry && { entry, number };
}

/** An entry, not the last one, of the product that the part comes to. */
function sameAs(item: Item, { entries }: Entries): Entry | null {
  if (!isFound(item) || !isClear(item)) return null;
  const product = item.candidates[0]?.product;
  return entries.slice(0, -1).find((entry) => entry.item.candidates[0]?.product === product) ?? null;
}

/** "1l mbili na 5l moja": a size, and how many of it, where the size before is counted already. */
function isOneMore(before: Entry, { sizes, numbers, segment }: Item): boolean {
  if (lacksQuantity(before)) return false;
  return sizes.length > 1 || (segment.separator === 'join' && numbers.length > 0);
}

/** "Coke 500ml 2 ctn, 2l 3 ctn", "bags: small 10, large 5": one more size of what was named before. */
function pushSibling(entries: Entry[], item: Item, mode: Mode, sources: Sources): void {
  const [before] = entries.slice(-1);
  if (!before) return;
  let second = withNamesOf(before.item, item, sources);
  for (let back = 2; back <= NOUN_BACK_MAX && !isFound(second); back++) {
    const earlier = entries.at(-back);
    if (earlier?.mode !== before.mode) break;
    const read = withNamesOf(earlier.item, item, sources);
    if (isFound(read)) second = read;
  }
  if (isHeading(before, item) && isFound(second)) entries.pop();
  // "Is roundup available? If yes send 4 of 1l": the order answers which of them was asked about.
  else if (before.mode === 'query' && mode === 'order' && isFound(second) && !isClear(before.item)) entries.pop();
  // "Do you have paneer 1kg? If not 200g 10 packets"
  const ordered = before.mode === 'query' && mode === 'order' && item.numbers.length > 0;
  entries.push({ item: second, mode: ordered ? 'order' : modeBeside(before, item), corrected: null });
}

function withNamesOf(before: Item, item: Item, sources: Sources): Item {
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

const FOUND_MIN = 0.9;
/** Below this nothing that the shop sells is asked about. */
const ASKED_MIN = 0.7;

function isFound({ candidates: [best], wanted }: Item): boolean {
  if (!best || best.quantity === null || best.coverage < FOUND_MIN || best.sizeMissed) return false;
  return wanted === null || best.sizeWordHits > 0;
}

/** "Bolsas: chica 5, grande 3", "coke, 3 cases 500ml and 2 of 2l": what is named ahead of its kinds, and is not clear by itself, is no line of its own. */
function isHeading(before: Entry, { segment }: Item): boolean {
  if (before.mode !== 'order' || !lacksQuantity(before)) return false;
  return HEADED.has(segment.separator) && !isClear(before.item);
}

const HEADED: ReadonlySet<Segment['separator']> = new Set(['colon', 'line', 'comma', 'stop']);

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

/** Pieces of a part that say something by themselves; used to tell a bare answer from a sentence. */
export function contentPieces(annotation: Annotation, positions: readonly number[]): Piece[] {
  return positions.flatMap((at) => {
    const piece = annotation.pieces[at];
    if (!piece || annotation.claimed[at] || annotation.filler[at]) return [];
    return piece.kind === 'break' || piece.kind === 'join' || piece.kind === 'question' ? [] : [piece];
  });
}
