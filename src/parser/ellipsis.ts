/**
 * "3 cajas de tinte castaño y 2 del negro", "coca 3 de 2l y 4 de 500": the second part says only what differs and takes
 * the noun from the part before. Nothing is taken over where the part is clear by itself, and nothing counts that
 * leaves a word of the part unexplained, so that a new product stays a new product.
 */
import type { Annotation } from './annotate.ts';
import type { Sources } from './entry.ts';
import { type Item, isOnlyLetter, readItem } from './reading.ts';

const CLEAR = 0.9;
const EXPLAINED = 0.95;
const MARGIN = 0.04;
/** A noun and three words that tell its kinds apart; longer names are not shortened in speech. */
const NAME_WORDS_MAX = 6;

/** The part with the noun of the one before, where the language puts the noun first; null where that makes no product. */
export function withNounBefore(before: Item, item: Item, sources: Sources): Item | null {
  const { annotation } = sources;
  if (item.sizes.length > 0 || !(annotation.lexicon.nounFirst || isOnlySizeLetter(item))) return null;
  if (isClear(item) && !isOnlyLetter(item)) return null;
  const names = namesSaid(before, annotation).slice(0, NAME_WORDS_MAX);
  const [noun, ...rest] = names;
  if (noun === undefined) return null;
  // What differs stands in place of one of the other words, most likely the last.
  const kept = [...rest.map((_, i) => [noun, ...rest.filter((_, k) => k !== rest.length - 1 - i)]), names];
  for (const words of kept) {
    const segment = { ...item.segment, at: [...words, ...item.segment.at] };
    const read = readItem(segment, annotation, sources.index, sources.raw);
    if (isExplained(read, item, before))
      return { ...read, segment: item.segment, span: item.span, text: item.text, lent: names };
  }
  return null;
}

/** "T-shirt white M 10, L 15, XL 5": letters for sizes stand last in every language. */
function isOnlySizeLetter({ names: [name, ...more] }: Item): boolean {
  return name !== undefined && more.length === 0 && isSizeLetter(name);
}

/** "S", "M", "XXL". */
export function isSizeLetter(word: string): boolean {
  return /^(s|m|x{0,3}l|xs)$/.test(word);
}

/** The words that name the item; of a second or third kind, those of the first, which says the noun. */
export function namesSaid({ lent, segment }: Item, annotation: Annotation): number[] {
  return lent ?? segment.at.filter((at) => isNamePiece(annotation, at));
}

function isNamePiece(annotation: Annotation, at: number): boolean {
  const kind = annotation.pieces[at]?.kind;
  return (kind === 'word' || kind === 'pair') && !annotation.filler[at] && !annotation.claimed[at];
}

/** One product fits, and no other as well. */
export function isClear(item: Item): boolean {
  const [best, second] = item.candidates;
  if (!best || best.coverage < CLEAR) return false;
  return best.exact || !second || second.coverage < best.coverage - MARGIN;
}

function isExplained(read: Item, item: Item, before: Item): boolean {
  const [best, second] = read.candidates;
  if (!best || best.quantity === null || best.coverage < EXPLAINED) return false;
  // Of a heading ("bread, 15 white") the first guess may be the very kind that is counted behind it.
  const [said] = before.candidates;
  if (best.product === said?.product && said.quantity !== null) return false;
  // Of "3 de 500" one number counts and the other one tells the size.
  if (item.names.length === 0 && best.numbersMet === 0) return false;
  const rival = second && second.coverage >= best.coverage - MARGIN && second.numbersMet >= best.numbersMet;
  return best.exact || !rival;
}
