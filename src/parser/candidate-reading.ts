/**
 * One candidate under its best reading of the numbers. Every number is tried as the quantity; the others must then
 * be explained by the name, the pack size or the number of pieces in a pack, and what stays unexplained counts
 * against the candidate.
 */
import { type Annotation, standTogether } from './annotate.ts';
import { type CatalogueIndex, hasTerm, packSizesOf } from './catalogue-index.ts';
import type { UnitWord } from './compiled-table.ts';
import { mayBeOfKind } from './kinds.ts';
import type { LearnedMatch } from './learned-aliases.ts';
import { bunchesOfAllLanguages } from './lexicon.ts';
import { type Piece, round, type SizePiece } from './pieces.ts';
import type { QueryTerm } from './query.ts';
import type { SaidNumber } from './said-numbers.ts';
import type { Candidate } from './search.ts';
import { foldPlain } from './text-folding.ts';
import type { ParserProduct } from './types.ts';
import { measuredQuantity, packsIn, sellsByName, singleUnit, unitFor } from './units.ts';

export type ReadCandidate = {
  product: number;
  /** 0 to 1: how much of the words and sizes the product accounts for, numbers apart. */
  coverage: number;
  /** The same with translated words counted as if the product's name said them. */
  coverageAsSaid: number;
  fit: number;
  exact: boolean;
  quantity: number | null;
  unit: string | null;
  minus: boolean;
  /** Where in the message the number stands that was taken as the quantity. */
  quantityAt: number | null;
  /** The words of a learned alias of the shop that names this product. */
  learned: string | null;
  /** The unit that was said is one of the product's own by its very name ("strips" of what is sold in strips). */
  unitNamed: boolean;
  /** The pack size that was asked for is not one of this product's. */
  sizeMissed: boolean;
  /** Unit words and fillers that stand in the product's name. */
  softHits: number;
  /** "Small" or "large" was said and stands in the product's name. */
  sizeWordHits: number;
  /** Words that say what kind of thing is meant, and stand in the product's name. */
  kindHits: number;
  /** Numbers that the product's name or pack size accounts for. */
  numbersMet: number;
  /** Those of them that stand where the catalogue writes them, the quantity apart: "coke 500". */
  numbersInPlace: number;
  /** Those of them that tell the size or stand in the name, wherever they stand, the quantity apart. */
  numbersTold: number;
  score: number;
  reasons: string[];
};

/** What is known about the part that the candidates stand for. */
export type PartReading = {
  query: readonly QueryTerm[];
  numbers: readonly SaidNumber[];
  pieces: readonly Piece[];
  annotation: Annotation;
  index: CatalogueIndex;
  /** Looks at a product again as if one of the numbers or sizes had not been said. */
  without: (local: number) => (product: number) => Candidate;
};

// What a reading of the numbers is worth beside the words; only their order of size matters.
const NUMBER_UNEXPLAINED = -0.35;
const NUMBER_EXPLAINED = 0.02;
const NUMBER_IN_NAME = 0.04;
const NO_QUANTITY = -0.15;
const QUANTITY_MARKED = 0.15;
const QUANTITY_IN_NAME = -0.12;
const ONLY_NUMBER_IN_NAME = -0.3;
const QUANTITY_IS_SIZE = -0.25;
const AMOUNT_AS_PACKS = -0.3;
const FIT_SHARE = 0.15;
/** From here on a bare number that is the pack size is the pack size: "sprite 500" is no order for 500. */
const SIZE_AS_COUNT_MIN = 100;
const UNEXPLAINED_WEIGHT = 3;
const SLIGHT_MISSED = 0.25;
const MET_MIN = 0.9;
/** Articles and prepositions up to this length stand in names by chance: "cable de red" is not meant by "de". */
const CHANCE_LENGTH_MAX = 2;
const SIZE_MET_MIN = 0.6;
/** A plural is the word itself; one by ear, or of another language, is not. */
const SPELLED_OUT_MIN = 0.975;
/** "Galletas Oreo" is a little less than "Oreo", whatever else may be called so. */
const KIND_OMITTED = 0.93;

/** Reads one candidate. */
export function readCandidate(candidate: Candidate, part: PartReading): ReadCandidate {
  const { index, numbers } = part;
  const product = index.products[candidate.product];
  const roles = numbers.map((number) => roleOf(number, candidate, product, part));
  const { number, bonus } = bestNumber(numbers, roles, isMeasured(candidate, product, part));
  // A number that is the quantity says nothing about the name: "coke 2 case" is not the alias "coke 2l".
  const counted = number && metBy(candidate, part.query, number.local) > 0 ? number.local : -1;
  const quantity = product ? quantityOf(number, product, candidate, part) : NOTHING_SAID;
  // Nor does an amount that is no pack size: "raisins 4 kg" is the alias "raisins", "maida 10 kg" the alias "maida".
  const isAmount = quantity.amount !== undefined;
  const apart = isAmount ? part.pieces.indexOf(quantity.amount as Piece) : counted;
  const named = apart >= 0 ? part.without(apart)(candidate.product) : candidate;
  const unexplained = numbers.filter(
    (other, i) => other !== number && roles[i] === 'unexplained' && !other.piece.implied,
  ).length;
  const omits = omitsKind(candidate, part);
  const coverage = coverageOf(candidate.met, part, quantity, unexplained, omits);
  const { met, metAsSaid } = candidate;
  return {
    product: candidate.product,
    coverage,
    coverageAsSaid: metAsSaid === met ? coverage : coverageOf(metAsSaid, part, quantity, unexplained, omits),
    fit: named.fit,
    exact: isAmount ? named.exactAsSaid : named.exact,
    quantity: quantity.quantity,
    unit: quantity.unit,
    minus: number ? number.piece.minus : quantity.amount?.minus === true,
    quantityAt: number?.at ?? null,
    learned: null,
    unitNamed: product !== undefined && number !== null && isUnitNamed(number, product),
    sizeMissed: quantity.sizeMissed,
    ...softHits(candidate, part),
    kindHits: part.query.filter(({ kinds }, q) => kinds?.length && (met[q] ?? 0) >= MET_MIN).length,
    numbersMet: roles.filter((role) => role !== 'unexplained').length,
    numbersInPlace: numbers.filter((other, i) => other !== number && roles[i] === 'name').length,
    numbersTold: numbers.filter(
      (other, i) => other !== number && !other.piece.spelled && (roles[i] === 'name' || roles[i] === 'size'),
    ).length,
    score:
      coverage + FIT_SHARE * named.fit + bonus + (quantity.reasons.includes('amount_as_packs') ? AMOUNT_AS_PACKS : 0),
    reasons: quantity.reasons,
  };
}

/** A product that is known without any reading: an answer by position, a line of the cart. */
export function knownCandidate(product: number): ReadCandidate {
  return {
    product,
    coverage: 1,
    coverageAsSaid: 1,
    fit: 1,
    exact: false,
    quantity: null,
    unit: null,
    minus: false,
    quantityAt: null,
    learned: null,
    unitNamed: false,
    sizeMissed: false,
    softHits: 0,
    sizeWordHits: 0,
    kindHits: 0,
    numbersMet: 0,
    numbersInPlace: 0,
    numbersTold: 0,
    score: 1,
    reasons: [],
  };
}

/** The product that a learned alias of the shop names, with what was said beside the name. */
export function learnedCandidate(match: LearnedMatch): ReadCandidate {
  const { product, words, quantity, unit, minus, likeness } = match;
  const known = knownCandidate(product);
  return {
    ...known,
    coverage: likeness,
    coverageAsSaid: likeness,
    fit: likeness,
    quantity,
    unit,
    minus,
    learned: words,
  };
}

/** Every word of one name or alias was said, and nothing else, without a slip. */
export function isSpelledOut({ exact, coverage, fit }: ReadCandidate): boolean {
  return exact && coverage > SPELLED_OUT_MIN && fit > SPELLED_OUT_MIN;
}

/** What a number can be for a product besides the quantity. */
type Role = 'unexplained' | 'size' | 'name' | 'pack_count';

function roleOf(number: SaidNumber, candidate: Candidate, product: ParserProduct | undefined, part: PartReading): Role {
  const { numbers, query, annotation, index } = part;
  // "2 x 24 coke" and "24x500ml": how many an outer pack holds says nothing about how many are wanted.
  const counts = numbers.length > 1 ? Object.values(product?.units ?? {}) : [];
  const packCount = number.piece.value > 1 && counts.includes(number.piece.value);
  if (packCount && !isBehindName(number, part.pieces) && !closesNamed(number, candidate, part)) return 'pack_count';
  if (metBy(candidate, query, number.local) < MET_MIN) return 'unexplained';
  // With the size written out, a bare number beside the name is no second mention of it.
  const sized = query.some((term, q) => term.kind === 'size' && (candidate.met[q] ?? 0) >= MET_MIN);
  return !sized && standsInName(number, annotation, index) ? 'name' : 'size';
}

/** "2 kilos de clavos de 3": the amount is said already, and no number has to be it. */
function isMeasured(candidate: Candidate, product: ParserProduct | undefined, part: PartReading): boolean {
  if (!product || part.numbers.length === 0) return false;
  return missedSizes(candidate, part).some((amount) => measuredQuantity(product, amount) !== null);
}

function bestNumber(
  numbers: readonly SaidNumber[],
  roles: readonly Role[],
  measured: boolean,
): { number: SaidNumber | null; bonus: number } {
  const leftOver = (except: number): number =>
    numbers.reduce(
      (total, number, i) => (i === except ? total : total + worthAsRest(number, roles[i] ?? 'unexplained')),
      0,
    );
  let best: { number: SaidNumber | null; bonus: number } = {
    number: null,
    // A single number that the name explains leaves nothing to be a quantity, and nothing is missing.
    bonus:
      (measured || numbers.length === 0 || (numbers.length === 1 && roles[0] === 'name') ? 0 : NO_QUANTITY) +
      leftOver(-1),
  };
  numbers.forEach((number, i) => {
    if (number.piece.side) return;
    const bonus = worthAsQuantity(number, roles[i] ?? 'unexplained', numbers.length) + leftOver(i);
    if (bonus > best.bonus) best = { number, bonus };
  });
  return best;
}

function worthAsRest(number: SaidNumber, role: Role): number {
  if (number.piece.implied) return 0;
  if (role === 'unexplained') return NUMBER_UNEXPLAINED;
  if (role !== 'size') return NUMBER_IN_NAME;
  return isMarked(number) ? NUMBER_UNEXPLAINED : NUMBER_EXPLAINED;
}

function worthAsQuantity(number: SaidNumber, role: Role, count: number): number {
  const marked = isMarked(number);
  let worth = marked ? QUANTITY_MARKED : 0;
  if (role === 'name' && count > 1) worth += QUANTITY_IN_NAME;
  if (role === 'name' && count === 1 && !marked) worth += ONLY_NUMBER_IN_NAME;
  const isSize = role === 'name' || role === 'size';
  if (isSize && !marked && number.piece.value >= SIZE_AS_COUNT_MIN) worth += QUANTITY_IS_SIZE;
  return worth;
}

function isMarked(number: SaidNumber): boolean {
  return number.piece.counted || number.attached;
}

type FoundQuantity = {
  quantity: number | null;
  unit: string | null;
  sizeMissed: boolean;
  reasons: string[];
  /** The size that was the quantity after all. */
  amount?: SizePiece;
};

const NOTHING_SAID: FoundQuantity = { quantity: null, unit: null, sizeMissed: false, reasons: [] };

function quantityOf(
  number: SaidNumber | null,
  product: ParserProduct,
  candidate: Candidate,
  part: PartReading,
): FoundQuantity {
  const missed = missedSizes(candidate, part);
  if (number) {
    const sizeMissed = missed.length > 0;
    if (number.piece.undecided)
      return {
        ...unitOf(number, product, candidate.product, part),
        quantity: null,
        sizeMissed,
        reasons: ['undecided'],
      };
    const bunched = bunchUnit(number, product);
    if (bunched) return { ...bunched, sizeMissed, reasons: [] };
    return { quantity: number.piece.value, ...unitOf(number, product, candidate.product, part), sizeMissed };
  }
  // "20kg" of loose goods, "10 kilo" of a 1 kg pack: the size was the quantity after all, and only that one.
  const sizeMissed = missed.length > 1;
  for (const amount of missed) {
    const measured = measuredQuantity(product, amount);
    if (measured) return { ...measured, amount, sizeMissed, reasons: ['measured_amount'] };
  }
  for (const amount of missed) {
    const packs = packsIn(amount, packSizesOf(part.index, candidate.product));
    if (packs !== null)
      return { quantity: packs, unit: singleUnit(product), amount, sizeMissed, reasons: ['amount_as_packs'] };
  }
  return { ...NOTHING_SAID, sizeMissed: missed.length > 0 };
}

/** "Two pairs" of what is sold by the pair are two, not four pieces. */
function bunchUnit(number: SaidNumber, product: ParserProduct): { quantity: number; unit: string } | null {
  const { bunch, value } = number.piece;
  if (bunch === undefined || number.attached) return null;
  const unit = Object.keys(product.units).find((key) => bunchesOfAllLanguages.get(foldPlain(key))?.value === bunch);
  return unit === undefined ? null : { quantity: round(value / bunch), unit };
}

function isUnitNamed(number: SaidNumber, product: ParserProduct): boolean {
  return bunchUnit(number, product) !== null || (number.unit !== null && sellsByName(product, number.unit));
}

function unitOf(
  number: SaidNumber,
  product: ParserProduct,
  at: number,
  part: PartReading,
): { unit: string | null; reasons: string[] } {
  if (number.piece.single && !number.attached) return { unit: singleUnit(product), reasons: [] };
  const word = number.unit;
  // "Teh botol 5": a unit word before the number may end the name.
  const counts = number.attached && part.pieces[number.local + 1]?.kind === 'unit';
  // "Sunlight ki tikiya 2 darjan" counts singles all the same.
  if (!word || (!counts && unitIsInName(part.pieces, word, at, part.index)))
    return { unit: number.piece.single ? singleUnit(product) : null, reasons: [] };
  const unit = unitFor(product, word);
  return { unit, reasons: unit === null ? ['unit_not_sold'] : [] };
}

function missedSizes(candidate: Candidate, part: PartReading): SizePiece[] {
  return part.query.flatMap((term, q) => {
    const piece = part.pieces[term.piece];
    const missed = term.kind === 'size' && piece?.kind === 'size' && (candidate.met[q] ?? 0) < SIZE_MET_MIN;
    return missed ? [piece] : [];
  });
}

/** The product is named, and what it lacks only says what kind of thing is meant. */
function omitsKind(candidate: Candidate, { query, index }: PartReading): boolean {
  if (candidate.exact || !candidate.namedButKind) return false;
  return query.every(
    ({ kinds }, q) =>
      !kinds?.length || (candidate.met[q] ?? 0) >= MET_MIN || mayBeOfKind(index, candidate.product, kinds),
  );
}

function coverageOf(
  metOf: Float32Array,
  part: PartReading,
  found: FoundQuantity,
  unexplained: number,
  omitsKind: boolean,
): number {
  // A number that means nothing here may be the most important word: "7up 2" is not two of something with "up".
  let asked = unexplained * UNEXPLAINED_WEIGHT;
  let answered = 0;
  part.query.forEach((term, q) => {
    const met = metOf[q] ?? 0;
    if (term.soft || term.kind === 'number') return;
    if (found.amount !== undefined && part.pieces[term.piece] === found.amount) return;
    if (omitsKind && term.kinds?.length && met < MET_MIN) return;
    asked += term.slight && met < SIZE_MET_MIN ? term.weight * SLIGHT_MISSED : term.weight;
    answered += term.weight * met;
  });
  if (asked > 0) return (omitsKind ? KIND_OMITTED : 1) * (answered / asked);
  return part.numbers.length > 0 || found.quantity !== null ? 0.5 : 0;
}

function softHits(candidate: Candidate, part: PartReading): { softHits: number; sizeWordHits: number } {
  const { lexicon } = part.annotation;
  const hits = { softHits: 0, sizeWordHits: 0 };
  part.query.forEach((term, q) => {
    if (!term.soft || (candidate.met[q] ?? 0) < MET_MIN) return;
    if (lexicon.smaller.has(term.text) || lexicon.larger.has(term.text)) hits.sizeWordHits++;
    else if (part.pieces[term.piece]?.kind === 'unit' || term.text.length > CHANCE_LENGTH_MAX) hits.softHits++;
  });
  if (hits.softHits === 0 && part.pieces.some((piece) => saysUnit(piece, candidate.product, part.index)))
    hits.softHits++;
  return hits;
}

/** "Vim ki tikiya": the catalogue calls it a bar in the language that it is written in. */
function saysUnit(piece: Piece, product: number, index: CatalogueIndex): boolean {
  if (piece.kind !== 'unit' || piece.text === piece.unit.canonical) return false;
  const term = index.vocabulary.ids.get(piece.unit.canonical);
  return term !== undefined && hasTerm(index, product, term);
}

function metBy(candidate: Candidate, query: readonly QueryTerm[], local: number): number {
  const q = query.findIndex((term) => term.kind === 'number' && term.piece === local);
  return q < 0 ? 0 : (candidate.met[q] ?? 0);
}

/** "Besi 10 15 btg": between the name and the quantity stands the size, not how many a pack holds. */
function isBehindName({ local, piece }: SaidNumber, pieces: readonly Piece[]): boolean {
  const before = pieces[local - 1];
  return before?.kind === 'word' && pieces[local + 1]?.kind === 'number' && !piece.counted;
}

/** "Nan 1 400g 12": with the number of the name said, the bare one at the end counts, whatever an outer pack holds. */
function closesNamed(number: SaidNumber, candidate: Candidate, part: PartReading): boolean {
  const { numbers, query, annotation, index, pieces } = part;
  if (number.local !== pieces.length - 1 || number.piece.counted || pieces[number.local - 1]?.kind !== 'size')
    return false;
  return numbers.some(
    (other) =>
      other !== number && metBy(candidate, query, other.local) >= MET_MIN && standsInName(other, annotation, index),
  );
}

/** The catalogue puts this number beside the word it was typed beside. */
function standsInName(number: SaidNumber, annotation: Annotation, index: CatalogueIndex): boolean {
  const { pieces } = annotation;
  const after = standTogether(pieces, number.at, number.at + 1, index);
  return number.attached ? after : after || standTogether(pieces, number.at - 1, number.at, index);
}

function unitIsInName(pieces: readonly Piece[], word: UnitWord, product: number, index: CatalogueIndex): boolean {
  return pieces.some((piece) => {
    if (piece.kind !== 'unit' || piece.unit !== word) return false;
    const term = index.vocabulary.ids.get(piece.text) ?? index.vocabulary.ids.get(word.canonical);
    return term !== undefined && hasTerm(index, product, term);
  });
}
