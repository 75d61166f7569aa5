/**
 * A catalogue made ready for searching: which product carries which term, in which name or alias, next to what.
 * Made by index-builder.ts, then only read.
 */

import type { UnitWord } from './compiled-table.ts';
import type { FlatLists } from './flat-lists.ts';
import type { Dimension } from './language-table.ts';
import type { ParserProduct } from './types.ts';
import type { Vocabulary } from './vocabulary.ts';

export type SizeTerm = { term: number; dimension: Dimension; base: number };

export type CatalogueIndex = {
  products: readonly ParserProduct[];
  bySku: Map<string, number>;
  vocabulary: Vocabulary;
  /** Products by term; a pack size is also found by its bare number. */
  postings: FlatLists;
  /** Names and aliases as term lists, all products together. */
  texts: FlatLists;
  /** By position in `texts`: 1 where a comma or the like stands before the term, so that it continues no name. */
  afterBreak: Uint8Array;
  /** Which texts belong to a product: the name first, then the aliases. */
  textsOf: Int32Array;
  /** Two number terms for every pack size of a product, as they stand in its texts: as it was written, and in base units. */
  sizeNumbers: FlatLists;
  /** Sorted keys of terms that stand next to each other in some name or alias. */
  neighbours: Float64Array;
  sizeTerms: Map<number, SizeTerm>;
  /** Sizes by the bare numbers that they may be typed as: 0.5l as 0.5 and as 500. */
  sizesOfNumber: Map<number, number[]>;
  /** The rarer a term, the more it says: its weight in every score. */
  weights: Float64Array;
  /** Unit names of this shop that no language table knows. */
  shopUnits: Map<string, UnitWord>;
  /** Number and unit words that name a product all alone: the bread called "pav", a quarter; the blade called "patti". */
  aloneNames: ReadonlySet<string>;
  /** Words that are a whole name or alias, whatever they mean in some language: the fertiliser called "can". */
  wholeNames: ReadonlySet<string>;
};

/** Whether two terms stand next to each other, in this order, in some name or alias. */
export function areNeighbours(index: CatalogueIndex, left: number, right: number): boolean {
  const { neighbours } = index;
  const key = pairKey(left, right);
  let low = 0;
  let high = neighbours.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const value = neighbours[middle] ?? 0;
    if (value === key) return true;
    if (value < key) low = middle + 1;
    else high = middle - 1;
  }
  return false;
}

/** The pack sizes that a product shows in its name and aliases. */
export function packSizesOf(index: CatalogueIndex, product: number): SizeTerm[] {
  const found = new Map<number, SizeTerm>();
  const from = index.texts.starts[index.textsOf[product] ?? 0] ?? 0;
  const to = index.texts.starts[index.textsOf[product + 1] ?? 0] ?? 0;
  for (let i = from; i < to; i++) {
    const size = index.sizeTerms.get(index.texts.values[i] ?? -1);
    if (size) found.set(size.term, size);
  }
  return [...found.values()];
}

/** Whether a term stands in the product's name or in one of its aliases. */
export function hasTerm(index: CatalogueIndex, product: number, term: number): boolean {
  const from = index.texts.starts[index.textsOf[product] ?? 0] ?? 0;
  const to = index.texts.starts[index.textsOf[product + 1] ?? 0] ?? 0;
  for (let i = from; i < to; i++) if (index.texts.values[i] === term) return true;
  return false;
}

/** Whether two terms stand in one product's name or aliases. */
export function shareProduct(index: CatalogueIndex, a: number, b: number): boolean {
  const { starts, values } = index.postings;
  let [i, j] = [starts[a] ?? 0, starts[b] ?? 0];
  while (i < (starts[a + 1] ?? 0) && j < (starts[b + 1] ?? 0)) {
    const [x, y] = [values[i] ?? 0, values[j] ?? 0];
    if (x === y) return true;
    if (x < y) i++;
    else j++;
  }
  return false;
}

/** The rarer a term, the more it says: its weight in every score. */
export function termWeight(index: CatalogueIndex, term: number): number {
  return index.weights[term] ?? 0;
}

// Term ids stay far below 2^24, so both fit into the 53 exact bits of a number.
export function pairKey(left: number, right: number): number {
  return left * 16_777_216 + right;
}
