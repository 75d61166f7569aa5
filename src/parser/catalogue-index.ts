/**
 * A catalogue made ready for searching: which product carries which term, in which name or alias, next to what.
 * Built once per catalogue and then only read. Lists of numbers are kept flat in typed arrays, because 50,000
 * products as nested objects would cost five times the memory.
 */

import type { UnitWord } from './compiled-table.ts';
import type { Dimension } from './language-table.ts';
import { measuresOfAllLanguages, unitsOfAllLanguages } from './lexicon.ts';
import { readPieces } from './piece-reader.ts';
import { numberTerm, type Piece, round, termOf } from './pieces.ts';
import { foldPlain } from './text-folding.ts';
import type { ParserProduct } from './types.ts';
import { createVocabulary, internTerm, type Vocabulary } from './vocabulary.ts';
import { singular } from './word-similarity.ts';

/** Lists of numbers, one after another: list i runs from starts[i] to starts[i + 1]. */
type FlatLists = { starts: Int32Array; values: Int32Array };

type SizeTerm = { term: number; dimension: Dimension; base: number };

export type CatalogueIndex = {
  products: readonly ParserProduct[];
  bySku: Map<string, number>;
  vocabulary: Vocabulary;
  /** Products by term; a pack size is also found by its bare number. */
  postings: FlatLists;
  /** Names and aliases as term lists, all products together. */
  texts: FlatLists;
  /** Which texts belong to a product: the name first, then the aliases. */
  textsOf: Int32Array;
  /** Sorted keys of terms that stand next to each other in some name or alias. */
  neighbours: Float64Array;
  sizeTerms: Map<number, SizeTerm>;
  /** Sizes by the bare numbers that they may be typed as: 0.5l as 0.5 and as 500. */
  sizesOfNumber: Map<number, number[]>;
  /** The rarer a term, the more it says: its weight in every score. */
  weights: Float64Array;
  /** Unit names of this shop that no language table knows. */
  shopUnits: Map<string, UnitWord>;
};

/** Builds the index. Products with the same SKU: the later one is found under that SKU. */
export function buildCatalogueIndex(products: readonly ParserProduct[]): CatalogueIndex {
  const vocabulary = createVocabulary();
  const shopUnits = collectShopUnits(products);
  const bySku = new Map<string, number>();
  const texts: number[][] = [];
  const textsOf = new Int32Array(products.length + 1);
  const productsByTerm: number[][] = [];
  const neighbours = new Set<number>();
  const sizes = new Map<number, SizeTerm>();
  const numbersOfSize = new Map<number, number[]>();

  products.forEach((product, number) => {
    bySku.set(product.sku, number);
    const terms = new Set<number>();
    for (const text of textsOfProduct(product)) {
      const { pieces } = readPieces(text, { shopUnits });
      const list: number[] = [];
      let gap = false;
      for (const piece of pieces) {
        const spelled = termOf(piece);
        if (spelled === null) {
          gap ||= piece.kind === 'break';
          continue;
        }
        const term = internTerm(vocabulary, spelled);
        const before = list.at(-1);
        if (before !== undefined && !gap) neighbours.add(pairKey(before, term));
        gap = false;
        list.push(term);
        terms.add(term);
        if (piece.kind === 'size') {
          const numbers = numbersOfSize.get(term) ?? noteSize(piece, term, sizes, numbersOfSize, vocabulary);
          for (const number of numbers) terms.add(number);
        }
      }
      texts.push(list);
    }
    textsOf[number + 1] = texts.length;
    for (const term of terms) {
      const list = productsByTerm[term];
      if (list) list.push(number);
      else productsByTerm[term] = [number];
    }
  });

  const postings = flatten(productsByTerm, vocabulary.terms.length);
  const sizesOfNumber = new Map<number, number[]>();
  for (const [size, numbers] of numbersOfSize) {
    for (const number of numbers) sizesOfNumber.set(number, [...(sizesOfNumber.get(number) ?? []), size]);
  }
  return {
    products,
    bySku,
    vocabulary,
    postings,
    texts: flatten(texts, texts.length),
    textsOf,
    neighbours: Float64Array.from(neighbours).sort(),
    sizeTerms: sizes,
    sizesOfNumber,
    weights: weigh(postings, vocabulary.terms.length, products.length),
    shopUnits,
  };
}

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

/** The rarer a term, the more it says: its weight in every score. */
export function termWeight(index: CatalogueIndex, term: number): number {
  return index.weights[term] ?? 0;
}

function weigh(postings: FlatLists, terms: number, products: number): Float64Array {
  const weights = new Float64Array(terms);
  for (let term = 0; term < terms; term++) {
    const carriers = (postings.starts[term + 1] ?? 0) - (postings.starts[term] ?? 0);
    weights[term] = Math.log(1 + products / Math.max(1, carriers));
  }
  return weights;
}

function textsOfProduct(product: ParserProduct): string[] {
  const texts = [product.name, ...product.aliases];
  const size = product.size;
  // A size that the name does not show still belongs to the product.
  if (size && !foldPlain(product.name).replaceAll(' ', '').includes(foldPlain(size).replaceAll(' ', ''))) {
    texts[0] = `${product.name} ${size}`;
  }
  return texts;
}

function noteSize(
  piece: Extract<Piece, { kind: 'size' }>,
  term: number,
  sizes: Map<number, SizeTerm>,
  numbersOfSize: Map<number, number[]>,
  vocabulary: Vocabulary,
): number[] {
  sizes.set(term, { term, dimension: piece.dimension, base: piece.base });
  const numbers = [...new Set([round(piece.value), round(piece.base)])].map((value) =>
    internTerm(vocabulary, numberTerm(value)),
  );
  numbersOfSize.set(term, numbers);
  return numbers;
}

function collectShopUnits(products: readonly ParserProduct[]): Map<string, UnitWord> {
  const units = new Map<string, UnitWord>();
  for (const product of products) {
    for (const key of Object.keys(product.units)) {
      const word = foldPlain(key).trim();
      const known = units.has(word) || unitsOfAllLanguages.has(word) || measuresOfAllLanguages.has(word);
      if (known || !/^[\p{L}\p{M}]+$/u.test(word)) continue;
      const unit: UnitWord = { canonical: word, classes: ['single'] };
      units.set(word, unit);
      units.set(singular(word), unit);
      units.set(`${word}s`, unit);
    }
  }
  return units;
}

// Term ids stay far below 2^24, so both fit into the 53 exact bits of a number.
function pairKey(left: number, right: number): number {
  return left * 16_777_216 + right;
}

function flatten(lists: Array<number[] | undefined>, count: number): FlatLists {
  const starts = new Int32Array(count + 1);
  for (let i = 0; i < count; i++) starts[i + 1] = (starts[i] ?? 0) + (lists[i]?.length ?? 0);
  const values = new Int32Array(starts[count] ?? 0);
  for (let i = 0; i < count; i++) values.set(lists[i] ?? [], starts[i]);
  return { starts, values };
}
