/**
 * The words of a part that name its product, without quantity, unit and talk, in one spelling: "10 bags Sona 25 kgs
 * please" is "sona 25kg". It is what a shop's choice is remembered by, so a message and the memory of an earlier one are
 * spelled here and nowhere else. One word stands for one piece, so the words are apart again at the blanks.
 */
import type { Annotation } from './annotate.ts';
import { type CatalogueIndex, hasTerm, packSizesOf } from './catalogue-index.ts';
import type { Dimension } from './language-table.ts';
import { type Piece, round } from './pieces.ts';
import type { Item } from './reading.ts';
import { measuredQuantity } from './units.ts';

export type NamingWord = { word: string; piece: Piece; at: number };

/** Longer words than these name nothing that a shop says twice. */
export const NAMING_WORDS_MAX = 8;
export const NAMING_LENGTH_MAX = 80;

/** The pieces of a part that may name its product, and the unit words between them. */
export function namingWords(pieces: readonly Piece[], used: readonly number[], annotation: Annotation): NamingWord[] {
  const { lexicon, filler } = annotation;
  return pieces.flatMap((piece, local) => {
    const at = used[local] ?? -1;
    const isTalk = piece.kind === 'word' && (filler[at] === 1 || lexicon.chatter.has(piece.text));
    const word = isTalk ? null : spell(piece);
    return word === null ? [] : [{ word, piece, at }];
  });
}

/** Whether a word is a number or a size, which are the same or not: there is no slip in "25" or "8x4". */
export function isFigure(word: string): boolean {
  return FIGURE.test(word);
}

/**
 * The words of a part that is asked about, as the choice among `asked` is remembered by them; null where nothing can be
 * learned from it: no name was said, or an amount stands in it that no product explains. `quantityAt` is the position of
 * the number that was taken as the quantity.
 */
export function wordsToLearn(
  item: Item,
  asked: readonly number[],
  quantityAt: number | null,
  index: CatalogueIndex,
): string | null {
  if (item.names.length === 0 || asked.length === 0) return null;
  const words: string[] = [];
  for (const { word, piece, at } of item.naming) {
    if (at === quantityAt) continue;
    if (piece.kind === 'number' && piece.counted) return null;
    // "2 cans coke": the unit is part of the name where one of the products is called so.
    if (piece.kind === 'unit' && !asked.some((product) => isInName(word, piece.text, product, index))) continue;
    if (piece.kind === 'size' && !asked.some((product) => hasSize(piece, product, index))) {
      if (asked.some((product) => isAmountOf(piece, product, index))) continue;
      return null;
    }
    words.push(word);
  }
  const text = words.join(' ');
  const isShort = words.length <= NAMING_WORDS_MAX && text.length <= NAMING_LENGTH_MAX;
  return isShort && words.some((word) => !isFigure(word)) ? text : null;
}

function spell(piece: Piece): string | null {
  switch (piece.kind) {
    case 'word':
    case 'pair':
      return piece.text;
    case 'unit':
      return piece.unit.canonical;
    case 'number':
      return piece.implied ? null : String(round(piece.value));
    case 'size':
      return spellSize(piece);
    case 'other':
      return piece.what === 'money' && piece.value !== undefined ? `@${round(piece.value)}` : null;
    default:
      return null;
  }
}

const FIGURE = /^@?\d[\d.x*]*(?:g|kg|ml|l|mm|mm2|m|pc|oz|w|v|a|mah|ah|mb|gb|va|kva)?$/;

const BASE_UNITS: Record<Dimension, string> = {
  mass: 'g',
  volume: 'ml',
  length: 'mm',
  count: 'pc',
  ounce: 'oz',
  power: 'w',
  voltage: 'v',
  current: 'a',
  area: 'mm2',
  charge: 'mah',
  memory: 'mb',
  load: 'va',
};
const THOUSANDS: Partial<Record<Dimension, string>> = {
  mass: 'kg',
  volume: 'l',
  length: 'm',
  charge: 'ah',
  memory: 'gb',
  load: 'kva',
};

/** For people as well: staff read these words. */
function spellSize({ dimension, base }: { dimension: Dimension; base: number }): string {
  const value = Number(base.toPrecision(4));
  const thousands = THOUSANDS[dimension];
  return thousands !== undefined && value >= 1000 ? `${value / 1000}${thousands}` : `${value}${BASE_UNITS[dimension]}`;
}

function isInName(word: string, text: string, product: number, index: CatalogueIndex): boolean {
  const { ids } = index.vocabulary;
  return [ids.get(text), ids.get(word)].some((term) => term !== undefined && hasTerm(index, product, term));
}

type Size = { dimension: Dimension; base: number };

function hasSize(size: Size, product: number, index: CatalogueIndex): boolean {
  return packSizesOf(index, product).some((pack) => spellSize(pack) === spellSize(size));
}

function isAmountOf(size: Size, product: number, index: CatalogueIndex): boolean {
  const known = index.products[product];
  return known !== undefined && measuredQuantity(known, size) !== null;
}
