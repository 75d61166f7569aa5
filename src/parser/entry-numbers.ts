/** Parts that name nothing: a bare number or size speaks of an entry before it, or of another kind of the same thing. */
import type { Annotation } from './annotate.ts';
import { isClear } from './ellipsis.ts';
import {
  type Entries,
  type Entry,
  FOUND_MIN,
  inherit,
  isFound,
  isHeading,
  kindAt,
  kindByNumber,
  lacksQuantity,
  type Mode,
  reread,
  type Sources,
  withNamesOf,
} from './entry.ts';
import { closesWithNo } from './entry-modes.ts';
import { type Item, readItem } from './reading.ts';
import { isPronoun, type SaidQuantity } from './said-numbers.ts';
import type { Segment } from './segments.ts';

/** How many parts back the noun of a list of kinds may stand. */
export const NOUN_BACK_MAX = 3;

export function readNumberAlone(result: Entries, item: Item, mode: Mode, correction: boolean, sources: Sources): void {
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
  const [said, was] = [kindByNumber(before.item), kindByNumber(withNamesOf(before.item, item, sources))];
  return said !== null && was !== null && said.product !== was.product;
}

/** "How much is the 5 litre cooker? And the 3": behind "and" a bare number that tells another one apart asks for that. */
function otherAsked(before: Entry, item: Item, sources: Sources): Entry | null {
  if (item.segment.separator !== 'join' || item.numbers.length !== 1 || item.numbers[0]?.unit) return null;
  const told = kindByNumber(withNamesOf(before.item, item, sources));
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
  const [was, best] = [kindByNumber(before.item), kindByNumber(second)];
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
  const best = kindByNumber(second);
  if (!was || was.numbersMet === 0 || !best || best.product === was.product) return null;
  return { ...second, candidates: [{ ...best, quantity: was.quantity, unit: was.unit }], lent: undefined };
}

/** "Jeans 32 nahi 34 5 piece": the number taken back told the kind, and so does the first of the two behind it. */
function countedVariant(before: Entry, item: Item, sources: Sources): Item | null {
  const [was, ...others] = before.item.numbers;
  if (!was || was.unit || others.length > 0 || before.corrected || before.mode !== 'order') return null;
  const second = withNamesOf(before.item, item, sources);
  const [old, told] = [kindByNumber(before.item), kindByNumber(second)];
  if (!old || !told || told.product === old.product) return null;
  return { ...second, candidates: [told], lent: undefined };
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

export function readSizeAlone(result: Entries, item: Item, mode: Mode, correction: boolean, sources: Sources): void {
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
export function pointedAt(
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

/** Below this nothing that the shop sells is asked about. */
const ASKED_MIN = 0.7;
