/**
 * Sixth stage: one part of a message against the catalogue. Which of its numbers is the quantity depends on the
 * product ("coke 500 6", "five roses 12"), and which product it is depends on the numbers, so every candidate is
 * scored under every reading of the numbers and the best pair wins.
 */
import { type Annotation, standTogether } from './annotate.ts';
import { type CatalogueIndex, hasTerm, packSizesOf } from './catalogue-index.ts';
import { lexicon, type UnitWord } from './lexicon.ts';
import type { NumberPiece, Piece, SizePiece } from './pieces.ts';
import { buildQuery, type QueryTerm } from './query.ts';
import { type Candidate, closeLook, rank } from './search.ts';
import type { Segment } from './segments.ts';
import type { Span } from './types.ts';
import { measuredQuantity, packsIn, singleUnit, unitFor } from './units.ts';

/** A quantity as it was said, before the product decides what its unit word means. */
export type SaidQuantity = {
  value: number;
  unit: UnitWord | null;
  single: boolean;
  minus: boolean;
  /** Written as a word: "one" may be a pronoun ("the big one"). */
  spelled: boolean;
};

export type ReadCandidate = {
  product: number;
  /** 0 to 1: how much of the words and sizes the product accounts for, numbers apart. */
  coverage: number;
  fit: number;
  exact: boolean;
  quantity: number | null;
  unit: string | null;
  minus: boolean;
  /** The pack size that was asked for is not one of this product's. */
  sizeMissed: boolean;
  /** Unit words and fillers that stand in the product's name. */
  softHits: number;
  /** "Small" or "large" was said and stands in the product's name. */
  sizeWordHits: number;
  /** Numbers that the product's name or pack size accounts for. */
  numbersMet: number;
  score: number;
  reasons: string[];
};

export type Item = {
  segment: Segment;
  span: Span;
  text: string;
  /** Words that can only be part of a name. */
  names: string[];
  sizes: SizePiece[];
  numbers: SaidQuantity[];
  /** What is meant by "small" or "big", when such a word is no part of a name. */
  wanted: 'smaller' | 'larger' | null;
  /** Best first. */
  candidates: ReadCandidate[];
};

type Numbers = Array<{ piece: NumberPiece; local: number; at: number; unit: UnitWord | null; attached: boolean }>;

/** Reads a part; `only` limits the search to some products (the cart, the candidates of an open question). */
export function readItem(
  segment: Segment,
  annotation: Annotation,
  index: CatalogueIndex,
  raw: string,
  only?: readonly number[],
): Item {
  const used = segment.at.filter((at) => !annotation.claimed[at]).slice(0, PIECES_READ_MAX);
  const pieces = used.flatMap((at) => annotation.pieces[at] ?? []);
  const isSoft = (i: number): boolean => {
    const piece = pieces[i];
    if (piece?.kind === 'unit') return true;
    return (
      piece?.kind === 'word' &&
      (annotation.filler[used[i] ?? -1] === 1 ||
        isSizeWord(piece.text) ||
        lexicon.ordinals.has(piece.text) ||
        lexicon.every.has(piece.text))
    );
  };
  const numbers = collectNumbers(pieces, used);
  const query = buildQuery(index, pieces, isSoft);
  const names = pieces.flatMap((piece, i) => (isName(piece) && !isSoft(i) ? [piece.text] : []));
  const words = pieces.map((piece) => piece.text);
  const item: Item = {
    segment,
    ...spanOf(annotation.pieces, segment.at, raw),
    names,
    sizes: pieces.filter((piece): piece is SizePiece => piece.kind === 'size'),
    numbers: numbers.map((number) => said(number, pieces)),
    wanted: wantedSize(words),
    candidates: [],
  };
  const askable = query.some((term) => !term.soft && term.kind === 'word');
  const sizeOnly = only !== undefined && (item.sizes.length > 0 || numbers.length > 0);
  if (!askable && !sizeOnly) return item;
  const withoutNumber = (local: number) =>
    closeLook(
      index,
      query.filter((term) => !(term.kind === 'number' && term.piece === local)),
    );
  item.candidates = rank(index, query, only)
    .slice(0, CANDIDATES_READ_MAX)
    .map((candidate) => readCandidate(candidate, query, numbers, pieces, annotation, index, withoutNumber))
    .sort((a, b) => b.score - a.score || a.product - b.product);
  return item;
}

/** "Small", "big" and their like. */
export function isSizeWord(word: string): boolean {
  return lexicon.smaller.has(word) || lexicon.larger.has(word);
}

/** A product that is known without any reading: an answer by position, a line of the cart. */
export function knownCandidate(product: number): ReadCandidate {
  return {
    product,
    coverage: 1,
    fit: 1,
    exact: false,
    quantity: null,
    unit: null,
    minus: false,
    sizeMissed: false,
    softHits: 0,
    sizeWordHits: 0,
    numbersMet: 0,
    score: 1,
    reasons: [],
  };
}

function isName(piece: Piece): boolean {
  return piece.kind === 'word' || piece.kind === 'pair';
}

function wantedSize(names: readonly string[]): Item['wanted'] {
  if (names.some((name) => lexicon.larger.has(name))) return 'larger';
  return names.some((name) => lexicon.smaller.has(name)) ? 'smaller' : null;
}

function said({ piece, unit, local }: Numbers[number], pieces: readonly Piece[]): SaidQuantity {
  return {
    value: piece.value,
    unit,
    single: piece.single,
    minus: isMinus(piece, local, pieces),
    spelled: piece.spelled,
  };
}

/** "-3 rice" is a minus; "rice -3" is a dash that stands too close. */
function isMinus(piece: NumberPiece, local: number, pieces: readonly Piece[]): boolean {
  return piece.minus && !pieces.slice(0, local).some((before) => isName(before) || before.kind === 'size');
}

function collectNumbers(pieces: readonly Piece[], used: readonly number[]): Numbers {
  const taken = new Set<number>();
  const numbers: Numbers = [];
  pieces.forEach((piece, local) => {
    if (piece.kind !== 'number' || piece.ordinal || numbers.length >= NUMBERS_MAX) return;
    const next = pieces[local + 1];
    const before = pieces[local - 1];
    let unit: UnitWord | null = null;
    if (next?.kind === 'unit') {
      unit = next.unit;
      taken.add(local + 1);
    } else if (before?.kind === 'unit' && !taken.has(local - 1)) {
      unit = before.unit;
      taken.add(local - 1);
    }
    numbers.push({ piece, local, at: used[local] ?? -1, unit, attached: unit !== null });
  });
  const free = pieces.flatMap((piece, local) => (piece.kind === 'unit' && !taken.has(local) ? [piece.unit] : []))[0];
  if (free) for (const number of numbers) number.unit ??= free;
  return numbers;
}

// Readings grow with the square of the numbers in one part; nobody means more than a few.
const NUMBERS_MAX = 8;
const CANDIDATES_READ_MAX = 48;
// A part that is longer than any order line is noise; what it says beyond this is not looked at.
const PIECES_READ_MAX = 60;

// What a reading of the numbers is worth beside the words; only their order of size matters.
const NUMBER_UNEXPLAINED = -0.35;
const NUMBER_EXPLAINED = 0.02;
const NO_QUANTITY = -0.15;
const QUANTITY_MARKED = 0.15;
const QUANTITY_IN_NAME = -0.12;
const UNEXPLAINED_WEIGHT = 3;
const AMOUNT_AS_PACKS = -0.3;
const SIZE_AS_COUNT_MIN = 100;

function readCandidate(
  candidate: Candidate,
  query: readonly QueryTerm[],
  numbers: Numbers,
  pieces: readonly Piece[],
  annotation: Annotation,
  index: CatalogueIndex,
  withoutNumber: (local: number) => (product: number) => Candidate,
): ReadCandidate {
  const product = index.products[candidate.product];
  const packSizes = packSizesOf(index, candidate.product);
  let best: { bonus: number; number: Numbers[number] | null } = {
    bonus: numbers.length > 0 ? NO_QUANTITY : 0,
    number: null,
  };
  const packCounts = Object.values(product?.units ?? {}).filter((count) => count > 1);
  // "2 x 24 coke" and "24x500ml": how many an outer pack holds says nothing about how many are wanted.
  const isPackCount = (number: Numbers[number]): boolean =>
    numbers.length > 1 && packCounts.includes(number.piece.value);
  const explained = numbers.map((number) => isPackCount(number) || metBy(candidate, query, number.local) >= 0.9);
  // With the size written out, a bare number beside the name is no second mention of it.
  const sized = query.some((term, q) => term.kind === 'size' && (candidate.met[q] ?? 0) >= 0.9);
  const inName = numbers.map(
    (number, i) => explained[i] === true && !sized && isNamedNumber(number, annotation, index),
  );
  best.bonus += sum(
    numbers.map((number, i) => leftOver(number, explained[i] === true, inName[i] === true || isPackCount(number))),
  );
  numbers.forEach((number, chosen) => {
    let bonus = number.piece.counted || number.attached ? QUANTITY_MARKED : 0;
    if (inName[chosen] && numbers.length > 1) bonus += QUANTITY_IN_NAME;
    if (inName[chosen] && numbers.length === 1 && !number.attached && !number.piece.counted) bonus -= 0.3;
    if (explained[chosen] && !number.attached && !number.piece.counted && number.piece.value >= SIZE_AS_COUNT_MIN)
      bonus -= 0.25;
    numbers.forEach((other, i) => {
      if (i !== chosen) bonus += leftOver(other, explained[i] === true, inName[i] === true || isPackCount(other));
    });
    if (bonus > best.bonus) best = { bonus, number };
  });

  // A number that is the quantity says nothing about the name: "coke 2 case" is not the alias "coke 2l".
  const counted = best.number;
  const named =
    counted && metBy(candidate, query, counted.local) > 0 ? withoutNumber(counted.local)(candidate.product) : candidate;

  const reasons: string[] = [];
  let quantity: number | null = best.number?.piece.value ?? null;
  let unit: string | null = null;
  if (best.number && product) {
    const word = best.number.unit;
    const wordIsName = !best.number.attached && word !== null && unitIsInName(pieces, word, candidate.product, index);
    if (best.number.piece.single && !best.number.attached) unit = singleUnit(product);
    else if (word && !wordIsName) {
      unit = unitFor(product, word);
      if (unit === null) reasons.push('unit_not_sold');
    }
  }

  let asked = 0;
  let answered = 0;
  let softHits = 0;
  let sizeWordHits = 0;
  let sizeMissed = false;
  query.forEach((term, q) => {
    const met = candidate.met[q] ?? 0;
    if (term.soft) {
      if (met >= 0.9 && isSizeWord(term.text)) sizeWordHits++;
      else if (met >= 0.9) softHits++;
      return;
    }
    if (term.kind === 'number') return;
    if (term.kind === 'size' && met < 0.6 && product) {
      const size = pieces[term.piece];
      if (size?.kind === 'size' && quantity === null) {
        const measured = measuredQuantity(product, size);
        const packs = measured ? null : packsIn(size, packSizes);
        if (measured || packs !== null) {
          quantity = measured?.quantity ?? packs;
          unit = measured?.unit ?? singleUnit(product);
          reasons.push(measured ? 'measured_amount' : 'amount_as_packs');
          // "4l" is four one-litre tins only while nobody sells a four-litre tin.
          if (!measured) best.bonus += AMOUNT_AS_PACKS;
          return;
        }
      }
      sizeMissed = true;
    }
    asked += term.weight;
    answered += term.weight * met;
  });
  // A number that means nothing here may be the most important word: "7up 2" is not two of something with "up".
  numbers.forEach((number, i) => {
    if (number !== best.number && explained[i] !== true) asked += UNEXPLAINED_WEIGHT;
  });
  const coverage = asked > 0 ? answered / asked : numbers.length > 0 || quantity !== null ? 0.5 : 0;
  return {
    product: candidate.product,
    coverage,
    fit: named.fit,
    exact: named.exact,
    quantity,
    unit,
    minus: best.number ? isMinus(best.number.piece, best.number.local, pieces) : false,
    sizeMissed,
    softHits,
    sizeWordHits,
    numbersMet: explained.filter(Boolean).length,
    score: coverage + 0.15 * named.fit + best.bonus,
    reasons,
  };
}

function leftOver(number: Numbers[number], explained: boolean, inName: boolean): number {
  if (!explained || ((number.attached || number.piece.counted) && !inName)) return NUMBER_UNEXPLAINED;
  return inName ? NUMBER_EXPLAINED * 2 : NUMBER_EXPLAINED;
}

function metBy(candidate: Candidate, query: readonly QueryTerm[], local: number): number {
  const q = query.findIndex((term) => term.kind === 'number' && term.piece === local);
  return q < 0 ? 0 : (candidate.met[q] ?? 0);
}

/** The catalogue puts this number beside the word it was typed beside. */
function isNamedNumber(number: Numbers[number], annotation: Annotation, index: CatalogueIndex): boolean {
  const { pieces } = annotation;
  if (number.attached) return standTogether(pieces, number.at, number.at + 1, index);
  return (
    standTogether(pieces, number.at - 1, number.at, index) || standTogether(pieces, number.at, number.at + 1, index)
  );
}

function unitIsInName(pieces: readonly Piece[], word: UnitWord, product: number, index: CatalogueIndex): boolean {
  return pieces.some((piece) => {
    if (piece.kind !== 'unit' || piece.unit !== word) return false;
    const term = index.vocabulary.ids.get(piece.text) ?? index.vocabulary.ids.get(word.canonical);
    return term !== undefined && hasTerm(index, product, term);
  });
}

function spanOf(pieces: readonly Piece[], positions: readonly number[], raw: string): { span: Span; text: string } {
  const first = pieces[positions[0] ?? -1];
  const last = pieces[positions.at(-1) ?? -1];
  const span = { start: first?.start ?? 0, end: last?.end ?? 0 };
  return { span, text: raw.slice(span.start, span.end) };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
