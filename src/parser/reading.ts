/**
 * Sixth stage: one part of a message against the catalogue. Which of its numbers is the quantity depends on the
 * product ("coke 500 6", "five roses 12"), and which product it is depends on the numbers, so every candidate is
 * scored under every reading of the numbers and the best pair wins.
 */
import type { Annotation } from './annotate.ts';
import {
  isSpelledOut,
  learnedCandidate,
  type PartReading,
  type ReadCandidate,
  readCandidate,
} from './candidate-reading.ts';
import type { CatalogueIndex } from './catalogue-index.ts';
import { findLearned } from './learned-aliases.ts';
import type { Lexicon } from './lexicon.ts';
import { type NamingWord, namingWords } from './naming-words.ts';
import type { Piece, SizePiece } from './pieces.ts';
import { buildQuery } from './query.ts';
import { collectNumbers, isName, type SaidQuantity, saidQuantity } from './said-numbers.ts';
import { closeLook, rank } from './search.ts';
import type { Segment } from './segments.ts';
import { isSizeWord } from './size-words.ts';
import type { Span } from './types.ts';

export type Item = {
  segment: Segment;
  span: Span;
  text: string;
  /** Words that can only be part of a name. */
  names: string[];
  sizes: SizePiece[];
  numbers: SaidQuantity[];
  /** What may name the product, with the numbers and units between. */
  naming: NamingWord[];
  /** What is meant by "small" or "big", when such a word is no part of a name. */
  wanted: 'smaller' | 'larger' | null;
  /** A unit word is said: "the one in a can". */
  packed: boolean;
  /** Best first. */
  candidates: ReadCandidate[];
  /** Where the noun stands that the part took over from one before it. */
  lent?: number[];
};

const CANDIDATES_READ_MAX = 48;
// A part that is longer than any order line is noise; what it says beyond this is not looked at.
const PIECES_READ_MAX = 60;
const JOINER_LENGTH_MAX = 2;

/** Reads a part; `only` limits the search to some products (the cart, the candidates of an open question). */
export function readItem(
  segment: Segment,
  annotation: Annotation,
  index: CatalogueIndex,
  raw: string,
  only?: readonly number[],
): Item {
  const { lexicon } = annotation;
  const used = segment.at.filter((at) => !annotation.claimed[at]).slice(0, PIECES_READ_MAX);
  const pieces = used.flatMap((at) => annotation.pieces[at] ?? []);
  const isSoft = (i: number): boolean => {
    const piece = pieces[i];
    // "Primer 4 litre": what is "first" elsewhere names a product here, unless it answers a question.
    if (piece?.kind === 'word' && lexicon.ordinals.has(piece.text) && only === undefined)
      return !index.vocabulary.ids.has(piece.text);
    if (annotation.named[used[i] ?? -1]) return false;
    return isSupporting(piece, annotation.filler[used[i] ?? -1] === 1, lexicon);
  };
  const numbers = collectNumbers(pieces, used, (word) => lexicon.fillers.has(word));
  const isSlight = (i: number): boolean => isJoiner(pieces[i], lexicon);
  const query = buildQuery(index, pieces, isSoft, isSlight);
  const item: Item = {
    segment,
    ...spanOf(annotation.pieces, segment.at, raw),
    names: pieces.flatMap((piece, i) => (isName(piece) && !isSoft(i) ? [piece.text + modelBehind(pieces[i + 1])] : [])),
    sizes: pieces.filter((piece): piece is SizePiece => piece.kind === 'size'),
    numbers: numbers.filter(({ piece }) => !piece.side).map(saidQuantity),
    naming: namingWords(pieces, used, annotation),
    wanted: wantedSize(
      pieces.filter((_, i) => !annotation.named[used[i] ?? -1]),
      lexicon,
    ),
    packed: pieces.some((piece) => piece.kind === 'unit'),
    candidates: [],
  };
  const askable = query.some((term) => !term.soft && term.kind === 'word');
  const tells = item.sizes.length > 0 || item.wanted !== null || numbers.length > 0 || item.packed;
  const amongFew = only !== undefined && tells;
  if (!askable && !amongFew) return item;
  const looks = new Map<number, ReturnType<typeof closeLook>>();
  const without = (local: number) => {
    const rest = () => query.filter(({ kind, piece }) => !((kind === 'number' || kind === 'size') && piece === local));
    const look = looks.get(local) ?? closeLook(index, rest());
    looks.set(local, look);
    return look;
  };
  const part: PartReading = { query, numbers, pieces, annotation, index, without };
  item.candidates = rank(index, query, only)
    .slice(0, CANDIDATES_READ_MAX)
    .map((candidate) => readCandidate(candidate, part))
    .sort((a, b) => b.score - a.score || a.product - b.product);
  const learned = learnedFor(item, part, only);
  if (learned) item.candidates = [learned, ...item.candidates.filter(({ product }) => product !== learned.product)];
  return item;
}

/** The digits of "A13", which say with the letter before them what is meant. */
function modelBehind(piece: Piece | undefined): string {
  return piece?.kind === 'number' && piece.side && piece.glued ? piece.text : '';
}

/** "M 5": what tells the size of something that is named elsewhere. */
export function isOnlyLetter({ names, lent, sizes }: Item): boolean {
  return lent === undefined && sizes.length === 0 && names.length > 0 && names.every((name) => /^[a-z]$/.test(name));
}

/** The product that the shop calls so, unless the catalogue calls another one exactly so. */
function learnedFor(item: Item, part: PartReading, only?: readonly number[]): ReadCandidate | null {
  const { annotation, index, numbers, pieces } = part;
  if (!annotation.learned || item.names.length === 0) return null;
  const match = findLearned({ naming: item.naming, numbers, pieces }, annotation.learned, index);
  if (!match || (only && !only.includes(match.product))) return null;
  const exact = item.candidates.filter(match.likeness < 1 ? (candidate) => candidate.exact : isSpelledOut);
  const isBeaten = exact.length > 0 && !exact.some(({ product }) => product === match.product);
  return isBeaten ? null : learnedCandidate(match);
}

/** "Fer de 10": a short word of the language inside a name that says nothing by itself; and words of talk. */
function isJoiner(piece: Piece | undefined, lexicon: Lexicon): boolean {
  if (piece?.kind !== 'word') return false;
  return lexicon.chatter.has(piece.text) || (piece.text.length <= JOINER_LENGTH_MAX && lexicon.fillers.has(piece.text));
}

/** Pieces that help to choose among equals but do not speak against a product without them. */
function isSupporting(piece: Piece | undefined, filler: boolean, lexicon: Lexicon): boolean {
  if (piece?.kind === 'unit') return true;
  if (piece?.kind !== 'word') return false;
  return filler || isSizeWord(piece.text, lexicon) || lexicon.ordinals.has(piece.text) || lexicon.every.has(piece.text);
}

function wantedSize(pieces: readonly Piece[], lexicon: Lexicon): Item['wanted'] {
  const larger = pieces.some((piece) => piece.kind === 'word' && lexicon.larger.has(piece.text));
  const smaller = pieces.some((piece) => piece.kind === 'word' && lexicon.smaller.has(piece.text));
  // "Small and large" is neither.
  if (larger === smaller) return null;
  return larger ? 'larger' : 'smaller';
}

function spanOf(pieces: readonly Piece[], positions: readonly number[], raw: string): { span: Span; text: string } {
  const starts = positions.map((at) => pieces[at]?.start ?? 0);
  const ends = positions.map((at) => pieces[at]?.end ?? 0);
  const span = starts.length > 0 ? { start: Math.min(...starts), end: Math.max(...ends) } : { start: 0, end: 0 };
  return { span, text: raw.slice(span.start, span.end) };
}
