/**
 * What somebody typed, as a query: for every typed word or size the catalogue terms it may stand for. Words that
 * were typed together ("dishwashliquid") or apart ("thums up") are tried the other way round as well.
 */
import { type CatalogueIndex, termWeight } from './catalogue-index.ts';
import { relatedGoods } from './goods.ts';
import { kindGroups } from './kinds.ts';
import { moneyTerm, type NumberPiece, numberTerm, type Piece, type SizePiece, sizeTerm, termOf } from './pieces.ts';
import { scriptOf } from './text-folding.ts';
import { findWords, type WordMatch } from './vocabulary.ts';

export type QueryTerm = {
  kind: 'word' | 'size' | 'number';
  text: string;
  /** Catalogue terms this may be, best first; empty when nothing is like it. */
  matches: WordMatch[];
  weight: number;
  /** Helps to choose among equals, but says nothing against a product that lacks it (a unit word, a filler). */
  soft: boolean;
  /** Joins the words of a name ("de", "of") and says next to nothing against a product that lacks it. */
  slight?: boolean;
  /** What kind of thing is meant, if the word says that: a product may be named without it. */
  kinds?: readonly number[];
  piece: number;
};

const SPLIT_LENGTH_MIN = 6;
const SPLIT_LENGTH_MAX = 32;
const SPLIT_PART_MIN = 2;
/** From here on two words are one, or its plural. */
const SPELLED_SO = 0.9;

/**
 * Query terms for pieces; `softAt` marks pieces that are only supporting evidence, `slightAt` words that join the words
 * of a name.
 */
export function buildQuery(
  index: CatalogueIndex,
  pieces: readonly Piece[],
  softAt: (piece: number) => boolean = () => false,
  slightAt: (piece: number) => boolean = () => false,
): QueryTerm[] {
  const query: QueryTerm[] = [];
  for (let at = 0; at < pieces.length; at++) {
    const piece = pieces[at];
    if (!piece) continue;
    const soft = softAt(at);
    if (piece.kind === 'size') query.push(sizeQuery(index, piece, at));
    else if (piece.kind === 'number') query.push(numberQuery(index, piece, at));
    else if (piece.kind === 'other') {
      const known = exactMatch(index, termOf(piece) ?? '');
      // "Nido @5": that another packet is called by this price says nothing against a product without it.
      if (known.length > 0) query.push(wordQuery(index, piece.text, known, at, true));
    } else if (piece.kind === 'pair') query.push(wordQuery(index, piece.text, exactMatch(index, piece.text), at, soft));
    else if (piece.kind === 'word' || piece.kind === 'unit') {
      const next = pieces[at + 1];
      const joined =
        next && (next.kind === 'word' || next.kind === 'unit') ? joinedMatch(index, piece.text, next.text) : [];
      if (joined.length > 0 && next) {
        query.push(wordQuery(index, piece.text + next.text, joined, at, soft && softAt(at + 1)));
        at += 1;
        continue;
      }
      pushWord(index, query, piece.text, at, soft);
    }
  }
  for (const term of query) {
    if (term.kind !== 'word') continue;
    term.slight = slightAt(term.piece);
    // "Carry 3 come": a word of talk is no slip for "coke".
    if (term.slight) term.matches = term.matches.filter(({ likeness }) => likeness >= SPELLED_SO);
    term.kinds = term.soft ? undefined : kindGroups(term.text);
  }
  return query;
}

function pushWord(index: CatalogueIndex, query: QueryTerm[], text: string, at: number, soft: boolean): void {
  const matches = findWords(index.vocabulary, text);
  const best = matches[0]?.likeness ?? 0;
  // "Toothpaste" is a thing, and no tomato paste for want of a better one.
  const isThing = relatedGoods(text).length > 0;
  if (best < 0.8 && text.length >= SPLIT_LENGTH_MIN && text.length <= SPLIT_LENGTH_MAX) {
    const parts = splitWord(index, text, best);
    if (parts && (!isThing || parts.every(isSpelledOut))) {
      for (const part of parts) query.push(wordQuery(index, part.text, part.matches, at, soft));
      return;
    }
  }
  query.push(wordQuery(index, text, matches, at, soft));
}

/** The two words of the catalogue that are typed as one here ("powerbank"), or null. */
export function wordsTypedTogether(index: CatalogueIndex, text: string): readonly string[] | null {
  if (text.length < SPLIT_LENGTH_MIN || text.length > SPLIT_LENGTH_MAX) return null;
  const parts = splitWord(index, text, 0);
  return parts?.every(isSpelledOut) ? parts.map((part) => part.text) : null;
}

function isSpelledOut({ matches }: { matches: WordMatch[] }): boolean {
  return matches[0]?.likeness === 1;
}

function wordQuery(index: CatalogueIndex, text: string, matches: WordMatch[], piece: number, soft: boolean): QueryTerm {
  return { kind: 'word', text, matches, weight: weightOf(index, matches), soft, piece };
}

/** An unknown word weighs as much as the rarest known one: it may well be the name of another product. */
function weightOf(index: CatalogueIndex, matches: WordMatch[]): number {
  const best = matches[0];
  if (!best) return Math.log(1 + index.products.length);
  let weight = 0;
  for (const match of matches) {
    if (match.likeness >= best.likeness - 0.05) weight = Math.max(weight, termWeight(index, match.term));
  }
  return weight;
}

function exactMatch(index: CatalogueIndex, term: string): WordMatch[] {
  const id = index.vocabulary.ids.get(term);
  return id === undefined ? [] : [{ term: id, likeness: 1 }];
}

function joinedMatch(index: CatalogueIndex, left: string, right: string): WordMatch[] {
  const { ids } = index.vocabulary;
  if (ids.has(left) && ids.has(right)) return [];
  return exactMatch(index, left + right);
}

/** Two known words typed as one. One half must be spelled well, else any long word could be taken apart. */
function splitWord(
  index: CatalogueIndex,
  text: string,
  toBeat: number,
): Array<{ text: string; matches: WordMatch[] }> | null {
  const { ids } = index.vocabulary;
  let best: Array<{ text: string; matches: WordMatch[] }> | null = null;
  let bestScore = Math.max(toBeat + 0.05, 0.8);
  for (let cut = SPLIT_PART_MIN; cut <= text.length - SPLIT_PART_MIN; cut++) {
    const left = text.slice(0, cut);
    const right = text.slice(cut);
    const leftKnown = ids.has(left) && left.length > 2;
    const rightKnown = ids.has(right) && right.length > 2;
    const foreign = scriptOf(text) !== 'latin' && left.length > 2 && right.length > 2;
    if (!leftKnown && !rightKnown && !foreign) continue;
    const leftMatches = leftKnown ? exactMatch(index, left) : findWords(index.vocabulary, left);
    const rightMatches = rightKnown ? exactMatch(index, right) : findWords(index.vocabulary, right);
    const [l, r] = [leftMatches[0]?.likeness ?? 0, rightMatches[0]?.likeness ?? 0];
    const score = (l * left.length + r * right.length) / text.length;
    if (Math.min(l, r) >= 0.6 && score > bestScore) {
      bestScore = score;
      best = [
        { text: left, matches: leftMatches },
        { text: right, matches: rightMatches },
      ];
    }
  }
  return best;
}

function numberQuery(index: CatalogueIndex, number: NumberPiece, piece: number): QueryTerm {
  const { text } = number;
  const matches = exactMatch(index, numberTerm(number.value));
  // "The 5 one" may be the packet for 5 rupees.
  if (number.side) matches.push(...exactMatch(index, moneyTerm(number.value)));
  // A name may spell as a word what the message means as a number ("dos pinos").
  if (number.spelled) matches.push(...findWords(index.vocabulary, text));
  return { kind: 'number', text, matches, weight: weightOf(index, matches), soft: false, piece };
}

function sizeQuery(index: CatalogueIndex, size: SizePiece, piece: number): QueryTerm {
  const matches: WordMatch[] = [];
  const exact = index.vocabulary.ids.get(sizeTerm(size));
  for (const known of index.sizeTerms.values()) {
    const likeness = known.term === exact ? 1 : sizeLikeness(size, known);
    if (likeness > 0) matches.push({ term: known.term, likeness });
  }
  if (size.dimension === 'count') matches.push(...exactMatch(index, numberTerm(size.value)));
  matches.sort((a, b) => b.likeness - a.likeness || a.term - b.term);
  return {
    kind: 'size',
    text: size.text,
    matches,
    weight: matches.length > 0 ? weightOf(index, matches) : 3,
    soft: false,
    piece,
  };
}

/** 20oz is 591ml and is 567g; 500g of a thing sold as 500ml is meant for it; a 2% difference is rounding. */
function sizeLikeness(a: { dimension: string; base: number }, b: { dimension: string; base: number }): number {
  if (a.dimension === b.dimension) return near(a.base, b.base, 0.02) ? (near(a.base, b.base, 0.001) ? 1 : 0.95) : 0;
  const [x, y] = [a.dimension, b.dimension].sort();
  if (x === 'mass' && y === 'volume') return near(a.base, b.base, 0.001) ? 0.7 : 0;
  // Cables of 2.5 square millimetres are called "2.5mm".
  if (x === 'area' && y === 'length') return near(a.base, b.base, 0.001) ? 0.85 : 0;
  if (x === 'ounce' || y === 'ounce') {
    const ounces = a.dimension === 'ounce' ? a.base : b.base;
    const other = a.dimension === 'ounce' ? b : a;
    if (other.dimension === 'mass') return near(ounces * 28.35, other.base, 0.04) ? 0.85 : 0;
    if (other.dimension === 'volume') return near(ounces * 29.57, other.base, 0.04) ? 0.85 : 0;
  }
  return 0;
}

function near(a: number, b: number, tolerance: number): boolean {
  return Math.abs(a - b) <= tolerance * Math.max(Math.abs(a), Math.abs(b));
}
