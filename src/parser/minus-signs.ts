/**
 * "Sugar -3": people write a dash between name and quantity, and a dash that touches the number is a minus. It is
 * never resolved silently for a single line, because a quantity below nothing must be asked about.
 */
import type { NumberPiece, Piece } from './pieces.ts';
import type { Token } from './tokens.ts';

/** Whether a dash right before a number is its sign: in "sugar-3", "2-3" and "2l-3" it joins, in "sugar -3" it does not. */
export function isMinusSign(dash: Token, before: Token | undefined): boolean {
  if (!dash.glued || before === undefined) return true;
  if (before.kind === 'number') return false;
  if (before.kind === 'word') return before.text === 'x';
  return !CLOSING.has(before.text);
}

const CLOSING: ReadonlySet<string> = new Set([')', ']', '"', "'", '%', '/']);

/**
 * "Sugar -3, rice - 4, oil -2": where every line of a list ends so, it is how this person writes a dash. Takes the
 * signs away.
 */
export function dashesAmongMinuses(pieces: readonly Piece[]): void {
  if (!pieces.some((piece) => piece.kind === 'number' && piece.minus)) return;
  const dashed: NumberPiece[] = [];
  let last: { number: NumberPiece; named: boolean; apart: boolean } | null = null;
  let named = false;
  let apart = false;
  const closeLine = (): boolean => {
    const isDashed = last === null || ((last.number.minus || last.apart) && last.named);
    if (last && isDashed) dashed.push(last.number);
    last = null;
    named = false;
    apart = false;
    return isDashed;
  };
  for (const piece of pieces) {
    if (piece.kind === 'break' && (piece.strength === 'line' || piece.strength === 'comma')) {
      if (!closeLine()) return;
    } else if (piece.kind === 'number') {
      // Two signs in one line are no list.
      if (last?.number.minus) return;
      last = { number: piece, named, apart };
    } else if (piece.kind === 'word') named = true;
    apart = piece.kind === 'break' && piece.strength === 'dash';
  }
  if (!closeLine() || dashed.length < LIST_LENGTH_MIN) return;
  for (const number of dashed) number.minus = false;
}

const LIST_LENGTH_MIN = 2;
