/**
 * Pieces are the units of the grammar: words, numbers, sizes, unit words, breaks. Product names are read as pieces
 * too, so that both sides of every comparison are spelled alike.
 */

import type { UnitWord } from './compiled-table.ts';
import type { Dimension } from './language-table.ts';
import type { Token } from './tokens.ts';

type Common = { text: string; start: number; end: number; glued: boolean };

type WordPiece = Common & { kind: 'word' };
export type NumberPiece = Common & {
  kind: 'number';
  value: number;
  /** Marked as a count: "x 10", "20x", "2 dozen". */
  counted: boolean;
  /** Counts single pieces whatever the product's default unit is ("two dozen"). */
  single: boolean;
  /** How many one of what was counted is: 12 in "two dozen". */
  bunch?: number;
  spelled: boolean;
  /** A minus sign touches the number. */
  minus: boolean;
  /** "2." or "2)": perhaps the number of a list entry. */
  listed: boolean;
  /** "2nd". */
  ordinal: boolean;
  /** Not said, but meant by a unit word that stands alone ("carton tuna"); any other number counts before it. */
  implied: boolean;
  /** A side of what is written "4x5" with a count behind it; it counts nothing itself. */
  side?: true;
  /** One of two that were said: "10 or 12". */
  undecided?: true;
  /** Said twice ("ek ek peti", "1-1 box"): so many of each. */
  twice?: boolean;
};
export type SizePiece = Common & {
  kind: 'size';
  dimension: Dimension;
  base: number;
  value: number;
  /** A minus sign touches the number; it only counts where the size is the quantity ("-3 kg onions"). */
  minus?: boolean;
};
type UnitPiece = Common & {
  kind: 'unit';
  unit: UnitWord;
  /** A number stands on either side and the one behind is the unit's: "flagyl 400 box 2". */
  behind: boolean;
};
/** Two numbers in one ("8x4"), kept together only where the catalogue spells a product so. */
type PairPiece = Common & { kind: 'pair' };
type BreakPiece = Common & { kind: 'break'; strength: 'line' | 'stop' | 'comma' | 'colon' | 'dash' | 'emoji' };
type JoinPiece = Common & { kind: 'join' };
/** Money, clock times, references, links: never a product, never a quantity. */
type OtherPiece = Common & { kind: 'other'; what: 'money' | 'time' | 'reference' | 'link'; value?: number };
type QuestionPiece = Common & { kind: 'question' };

export type Piece =
  | WordPiece
  | NumberPiece
  | SizePiece
  | UnitPiece
  | PairPiece
  | BreakPiece
  | JoinPiece
  | OtherPiece
  | QuestionPiece;

/** How a piece is spelled as a term of the index, or null when it can be no part of a name. */
export function termOf(piece: Piece): string | null {
  switch (piece.kind) {
    case 'word':
    case 'unit':
    case 'pair':
      return piece.text;
    case 'number':
      return numberTerm(piece.value);
    case 'size':
      return sizeTerm(piece);
    case 'other':
      // "Parle G 5 rupee": the price on the packet tells it from its neighbours.
      return piece.what === 'money' && piece.value !== undefined ? moneyTerm(piece.value) : null;
    default:
      return null;
  }
}

export function numberTerm(value: number): string {
  return `#${round(value)}`;
}

export function moneyTerm(value: number): string {
  return `money:${round(value)}`;
}

/** One spelling per amount: rounded to four digits so that 0.34l and 340ml agree. */
export function sizeTerm(size: { dimension: Dimension; base: number }): string {
  return `${size.dimension}:${Number(size.base.toPrecision(4))}`;
}

export function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}

/** What every piece takes over from its token. */
export function pieceOf(token: Token): Common {
  return { text: token.text, start: token.start, end: token.end, glued: token.glued };
}

export function wordPiece(token: Token): WordPiece {
  return { kind: 'word', text: token.text, start: token.start, end: token.end, glued: token.glued };
}

/** A number piece that nothing more is known about. */
export function numberPiece(token: Token, value: number): NumberPiece {
  return {
    kind: 'number',
    text: token.text,
    start: token.start,
    end: token.end,
    glued: token.glued,
    value,
    counted: false,
    single: false,
    spelled: false,
    minus: false,
    listed: false,
    ordinal: false,
    implied: false,
  };
}
