/**
 * Which numbers of a message are certainly quantities. A number is not when the catalogue puts it beside its
 * neighbour ("coke 500", "five roses"), and a size is one when the thing is sold by measure ("20kg" of onions).
 */
import { standTogether } from './annotate.ts';
import { type CatalogueIndex, hasTerm, packSizesOf, shareProduct } from './catalogue-index.ts';
import { measuresOfAllLanguages } from './lexicon.ts';
import { numberTerm, type Piece, type SizePiece } from './pieces.ts';
import { wordsTypedTogether } from './query.ts';
import { packsIn } from './units.ts';
import { findWords, type WordMatch } from './vocabulary.ts';

export class QuantityMarks {
  private readonly pieces: readonly Piece[];
  /** The pieces with every mistyped word as the catalogue spells it. */
  private readonly spelled: readonly Piece[];
  private readonly index: CatalogueIndex;

  constructor(pieces: readonly Piece[], spelled: readonly Piece[], index: CatalogueIndex) {
    this.pieces = pieces;
    this.spelled = spelled;
    this.index = index;
  }

  /** Positions where a certain quantity starts, with how many pieces it takes (number and unit). */
  startsIn(positions: readonly number[]): Map<number, number> {
    const starts = new Map<number, number>();
    positions.forEach((at, i) => {
      const piece = this.pieces[at];
      if (piece?.kind === 'size') {
        if (this.isLooseAmount(positions, i)) starts.set(at, 1);
        return;
      }
      if (piece?.kind !== 'number' || piece.ordinal || piece.side) return;
      const nextAt = positions[i + 1] ?? -1;
      const following = this.pieces[nextAt];
      // "Flagyl 400 box 2": the unit is the next number's, and this one can only be part of the name.
      if (following?.kind === 'unit' && following.behind) return;
      const next = nextAt === at + 1 ? following : undefined;
      const hasUnit = next?.kind === 'unit';
      if (!piece.counted && this.isPartOfName(positions, i, hasUnit)) return;
      const beforeAt = positions[i - 1];
      const before = beforeAt === undefined ? undefined : this.pieces[beforeAt];
      // "ctn 5": the unit stands before the number and belongs to it.
      const free = before?.kind === 'unit' && (before.behind || !this.hasNumberBefore(positions, i - 1));
      if (!hasUnit && free && beforeAt !== undefined) {
        starts.set(beforeAt, 2);
        return;
      }
      starts.set(at, hasUnit ? 2 : 1);
    });
    return starts;
  }

  private hasNumberBefore(positions: readonly number[], i: number): boolean {
    return this.pieces[positions[i - 1] ?? -1]?.kind === 'number';
  }

  /** A number that the catalogue puts beside its neighbour: "coke 500", "five roses", "tp 9 pack". */
  private isPartOfName(positions: readonly number[], i: number, hasUnit: boolean): boolean {
    const at = positions[i] ?? -1;
    const piece = this.pieces[at];
    if (piece?.kind !== 'number') return false;
    const named = standTogether(this.spelled, at - 1, at, this.index);
    if (hasUnit) return named && standTogether(this.spelled, at, at + 1, this.index);
    if (named) return true;
    const next = this.pieces[at + 1];
    if (next?.kind === 'word' && standTogether(this.spelled, at, at + 1, this.index)) return true;
    // "colgate 200 6": the pack size of what stands before, when another number follows as the quantity.
    const following = this.pieces[at + 1];
    if (following?.kind !== 'number' && !(following?.kind === 'break' && this.pieces[at + 2]?.kind === 'number'))
      return false;
    return this.isSizeOfWordBefore(at, piece.value);
  }

  private isSizeOfWordBefore(at: number, value: number): boolean {
    const number = this.index.vocabulary.ids.get(numberTerm(value));
    const word = this.pieces[at - 1];
    if (number === undefined || word?.kind !== 'word') return false;
    const known = findWords(this.index.vocabulary, word.text)[0] ?? this.lastPartOf(word.text);
    if (!known || known.likeness < 0.7) return false;
    return shareProduct(this.index, number, known.term);
  }

  private lastPartOf(word: string): WordMatch | undefined {
    const last = wordsTypedTogether(this.index, word)?.at(-1);
    return last === undefined ? undefined : findWords(this.index.vocabulary, last)[0];
  }

  /** "Chana dal 25 kg moong dal 10 kg": no such pack is sold, but a whole number of packs makes it up. */
  private isAmountOfPacks(positions: readonly number[], i: number, step: number): boolean {
    const size = this.pieces[positions[i] ?? -1];
    if (size?.kind !== 'size' || (size.dimension !== 'mass' && size.dimension !== 'volume')) return false;
    for (const side of [-1, 1]) {
      const beside = this.pieces[positions[i + side] ?? -1]?.kind;
      if (beside === 'number' || beside === 'unit' || beside === 'size') return false;
    }
    const words: number[][] = [];
    for (let at = i + step; words.length < NAME_WORDS_MAX; at += step) {
      const word = this.pieces[positions[at] ?? -1];
      if (word?.kind !== 'word') break;
      const matches = findWords(this.index.vocabulary, word.text).filter((match) => match.likeness >= 0.7);
      if (matches.length > 0) words.push(matches.map((match) => match.term));
    }
    return isMadeUpOfPacks(this.index, words, size);
  }

  /** "20kg" of something that is sold by the kilo is a quantity, not a pack size. */
  private isLooseAmount(positions: readonly number[], i: number): boolean {
    const size = this.pieces[positions[i] ?? -1];
    if (size?.kind !== 'size') return false;
    for (const step of [-1, 1]) {
      const word = this.pieces[positions[i + step] ?? -1];
      if (word?.kind !== 'word') continue;
      const match = findWords(this.index.vocabulary, word.text)[0];
      if (!match || match.likeness < 0.7) continue;
      return soldByMeasure(this.index, match.term, size.dimension) || this.isAmountOfPacks(positions, i, step);
    }
    return false;
  }
}

const PRODUCTS_LOOKED_AT_MAX = 20;
const NAME_WORDS_MAX = 4;

function soldByMeasure(index: CatalogueIndex, term: number, dimension: string): boolean {
  const { starts, values } = index.postings;
  const from = starts[term] ?? 0;
  const to = Math.min(starts[term + 1] ?? 0, from + PRODUCTS_LOOKED_AT_MAX);
  for (let i = from; i < to; i++) {
    const units = index.products[values[i] ?? 0]?.units ?? {};
    for (const key of Object.keys(units)) if (measuresOfAllLanguages.get(key)?.dimension === dimension) return true;
  }
  return false;
}

/** Whether several packs of a product with all these words in its name make up the amount, and none is one pack. */
function isMadeUpOfPacks(index: CatalogueIndex, words: readonly number[][], size: SizePiece): boolean {
  const [first, ...others] = words;
  if (!first) return false;
  const { starts, values } = index.postings;
  let found = false;
  for (const term of first) {
    const from = starts[term] ?? 0;
    const to = Math.min(starts[term + 1] ?? 0, from + PRODUCTS_LOOKED_AT_MAX);
    for (let i = from; i < to; i++) {
      const product = values[i] ?? 0;
      if (!others.every((word) => word.some((other) => hasTerm(index, product, other)))) continue;
      const sizes = packSizesOf(index, product);
      if (sizes.some((pack) => pack.dimension === size.dimension && pack.base === size.base)) return false;
      found ||= packsIn(size, sizes) !== null;
    }
  }
  return found;
}
