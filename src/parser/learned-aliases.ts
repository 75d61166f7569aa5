/**
 * What one shop calls its products, learned from its own choices: a small overlay beside the catalogue's index, which
 * all shops share and which is therefore never rebuilt for one of them. A part of a message is such a name when all its
 * words are, the quantity and its unit apart; then the shop has said before which product it means.
 */
import type { CatalogueIndex } from './catalogue-index.ts';
import { isFigure, NAMING_LENGTH_MAX, NAMING_WORDS_MAX, type NamingWord } from './naming-words.ts';
import type { Piece, SizePiece } from './pieces.ts';
import type { SaidNumber } from './said-numbers.ts';
import type { LearnedAlias, ParserProduct } from './types.ts';
import { measuredQuantity, singleUnit, unitFor } from './units.ts';
import { findWords } from './vocabulary.ts';
import { keysOf, similarity, type WordKeys } from './word-similarity.ts';

type Known = { words: string; said: string[]; product: number; keys: WordKeys[] | null };

export type LearnedOverlay = {
  /** By all words in any order. */
  byWords: Map<string, Known>;
  /** Made when the first word is met that neither the catalogue nor the shop spells so; most messages have none. */
  slips: Slips | null;
  /** How many more readings of this message may be compared with the aliases one by one. */
  looksLeft: number;
};

type Slips = {
  /** By figures and the letters of the names run together: "dish wash" and "dishwash". */
  byLetters: Map<string, Known>;
  /** By figures and the number of names. */
  byShape: Map<string, Known[]>;
};

/** A part of a message as it is looked up. */
type Part = { naming: readonly NamingWord[]; numbers: readonly SaidNumber[]; pieces: readonly Piece[] };

/** A part that is a learned name. */
export type LearnedMatch = {
  /** The words as they were learned. */
  words: string;
  product: number;
  quantity: number | null;
  unit: string | null;
  minus: boolean;
  /** 1 where nothing is mistyped. */
  likeness: number;
};

/** From here on a word is a slip of a learned one; the same as for words of the catalogue. */
const SLIP_MIN = 0.75;
/** More aliases than this are not looked at: whoever keeps them keeps fewer. */
const ALIASES_MAX = 1000;
/** No order has so many mistyped lines; what has is noise, and must not cost more the longer it is. */
const LOOKS_MAX = 300;

/** Makes the overlay of one shop. Aliases of products that the catalogue does not hold any more are left out. */
export function learnedOverlay(aliases: readonly LearnedAlias[], index: CatalogueIndex): LearnedOverlay {
  const byWords = new Map<string, Known>();
  for (const { words, sku } of aliases.slice(0, ALIASES_MAX)) {
    const product = index.bySku.get(sku);
    const said = words.split(' ');
    if (product === undefined || said.length > NAMING_WORDS_MAX || words.length > NAMING_LENGTH_MAX) continue;
    byWords.set(wordsKey(said), { words, said, product, keys: null });
  }
  return { byWords, slips: null, looksLeft: LOOKS_MAX };
}

function slipsOf(overlay: LearnedOverlay): Slips {
  if (overlay.slips) return overlay.slips;
  const slips: Slips = { byLetters: new Map(), byShape: new Map() };
  for (const known of overlay.byWords.values()) {
    slips.byLetters.set(lettersKey(known.said), known);
    const shape = shapeKey(known.said);
    const alike = slips.byShape.get(shape);
    if (alike) alike.push(known);
    else slips.byShape.set(shape, [known]);
  }
  overlay.slips = slips;
  return slips;
}

/** The learned name that a part says, with what is left of it as the quantity; null where it says none for certain. */
export function findLearned(part: Part, overlay: LearnedOverlay, index: CatalogueIndex): LearnedMatch | null {
  const { naming, numbers } = part;
  if (naming.length === 0 || naming.length > 2 * NAMING_WORDS_MAX) return null;
  const readings = readingsOf(naming, numbers);
  const typed = readings.flatMap((reading) => {
    const known = overlay.byWords.get(wordsKey(reading.words));
    return known ? [{ reading, known, likeness: 1 }] : [];
  });
  const found =
    typed.length > 0 ? typed : readings.flatMap((reading) => spelledOtherwise(reading, overlay, index) ?? []);
  // The longest name first, then the one that stands there as it was learned: "10 sona 25" holds no "sona 10".
  found.sort(
    (a, b) =>
      b.reading.words.length - a.reading.words.length ||
      b.likeness - a.likeness ||
      Number(isInOrder(b)) - Number(isInOrder(a)),
  );
  for (const { reading, known, likeness } of found) {
    const product = index.products[known.product];
    const said = product ? quantityOf(reading, product) : null;
    if (said) return { words: known.words, product: known.product, likeness, ...said };
  }
  return null;
}

/** One way to take a part: which number or size is the quantity, and the words that are left. */
type Reading = { number: SaidNumber | null; amount: SizePiece | null; words: string[] };

function readingsOf(naming: readonly NamingWord[], numbers: readonly SaidNumber[]): Reading[] {
  const marked = numbers.filter((number) => number.attached || number.piece.counted);
  const readings: Reading[] = [];
  const add = (number: SaidNumber | null, amount: SizePiece | null): void => {
    const left = naming.filter(({ piece, at }) => at !== number?.at && piece !== amount);
    const bare = left.filter(({ piece }) => piece.kind !== 'unit');
    for (const words of bare.length === left.length ? [left] : [left, bare])
      if (words.some(({ piece }) => piece.kind === 'word' || piece.kind === 'pair'))
        readings.push({ number, amount, words: words.map(({ word }) => word) });
  };
  if (marked.length === 0) add(null, null);
  for (const number of marked.length > 0 ? marked : numbers) add(number, null);
  if (numbers.length === 0) for (const { piece } of naming) if (piece.kind === 'size') add(null, piece);
  return readings;
}

type Found = { reading: Reading; known: Known; likeness: number };

function isInOrder({ reading, known }: Found): boolean {
  return reading.words.join(' ') === known.words;
}

/**
 * The one alias that the words are when they are written apart or together, or that they are nearest to, each of them a
 * slip of one of its words; null where two are as near.
 */
function spelledOtherwise(reading: Reading, overlay: LearnedOverlay, index: CatalogueIndex): Found | null {
  const { ids } = index.vocabulary;
  const names = reading.words.filter((word) => !isFigure(word));
  // What the catalogue spells so is no slip of anything, and without a slip there is nothing to look for.
  if (names.every((name) => ids.has(name))) return null;
  const slips = slipsOf(overlay);
  const together = slips.byLetters.get(lettersKey(reading.words));
  if (together) return { reading, known: together, likeness: 1 };
  const alike = slips.byShape.get(shapeKey(reading.words));
  if (!alike || overlay.looksLeft === 0) return null;
  overlay.looksLeft -= 1;
  const keys = names.map(keysOf);
  let best: Found | null = null;
  let isTie = false;
  for (const known of alike) {
    const likeness = likenessOf(keys, known, index);
    if (likeness === 0 || (best && likeness < best.likeness)) continue;
    isTie = best !== null && likeness === best.likeness && known.product !== best.known.product;
    best = { reading, known, likeness };
  }
  return isTie ? null : best;
}

/** 0 to 1: how well typed words meet the names of an alias, each of them once. */
function likenessOf(typed: readonly WordKeys[], known: Known, index: CatalogueIndex): number {
  known.keys ??= known.said.filter((word) => !isFigure(word)).map(keysOf);
  const left = new Set(known.keys);
  let total = 0;
  for (const word of typed) {
    let best: WordKeys | null = null;
    let most = 0;
    for (const name of left) {
      const likeness = digitsOf(word.text) === digitsOf(name.text) ? similarity(word, name) : 0;
      if (likeness > most) [best, most] = [name, likeness];
    }
    if (!best || most < SLIP_MIN) return 0;
    // A word that is nearer to one of the catalogue's own is meant for that one.
    if (most < 1 && (findWords(index.vocabulary, word.text)[0]?.likeness ?? 0) > most) return 0;
    left.delete(best);
    total += most;
  }
  return total / typed.length;
}

/** What is left beside the name; null where it is a unit that the product is not sold by, so that it may mean another. */
function quantityOf(
  { number, amount }: Reading,
  product: ParserProduct,
): { quantity: number | null; unit: string | null; minus: boolean } | null {
  if (amount) {
    const measured = measuredQuantity(product, amount);
    return measured && { ...measured, minus: amount.minus === true };
  }
  if (!number) return { quantity: null, unit: null, minus: false };
  const named = number.unit && unitFor(product, number.unit);
  if (number.unit && named === null) return null;
  const single = number.piece.single && !number.attached ? singleUnit(product) : null;
  return { quantity: number.piece.value, unit: single ?? named ?? null, minus: number.piece.minus };
}

function digitsOf(word: string): string {
  return word.replace(/\D/g, '');
}

function wordsKey(words: readonly string[]): string {
  return words.length === 1 ? (words[0] ?? '') : [...words].sort().join(' ');
}

function lettersKey(words: readonly string[]): string {
  return `${figuresOf(words)}|${words.filter((word) => !isFigure(word)).join('')}`;
}

function shapeKey(words: readonly string[]): string {
  return `${figuresOf(words)}|${words.filter((word) => !isFigure(word)).length}`;
}

function figuresOf(words: readonly string[]): string {
  return words.filter(isFigure).sort().join(' ');
}
