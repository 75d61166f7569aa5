/** The numbers of one part of a message with the unit words that belong to them. */
import type { UnitWord } from './compiled-table.ts';
import type { NumberPiece, Piece } from './pieces.ts';

/** A quantity as it was said, before the product decides what its unit word means. */
export type SaidQuantity = {
  value: number;
  unit: UnitWord | null;
  single: boolean;
  minus: boolean;
  /** Written as a word: "one" may be a pronoun ("the big one"). */
  spelled: boolean;
  /** One of two that were said: which one is a question. */
  undecided: boolean;
};

export type SaidNumber = {
  piece: NumberPiece;
  /** Position among the pieces of the part, and in the whole message. */
  local: number;
  at: number;
  unit: UnitWord | null;
  /** The unit word stands beside the number, not just somewhere in the part. */
  attached: boolean;
};

// Readings grow with the square of the numbers in one part; nobody means more than a few.
const NUMBERS_MAX = 8;

/** Collects numbers and their units; `used` are the positions of the pieces in the message. */
export function collectNumbers(
  pieces: readonly Piece[],
  used: readonly number[],
  isTalk: (word: string) => boolean,
): SaidNumber[] {
  const taken = new Set<number>();
  const numbers: SaidNumber[] = [];
  pieces.forEach((piece, local) => {
    if (piece.kind !== 'number' || piece.ordinal || numbers.length >= NUMBERS_MAX) return;
    if (piece.side) {
      numbers.push({ piece, local, at: used[local] ?? -1, unit: null, attached: false });
      return;
    }
    const next = pieces[local + 1];
    const before = pieces[local - 1];
    let unit: UnitWord | null = null;
    // "Sim 10 jangan telat pak": with words of talk between, the word for a pack is a sir.
    const apart = used[local + 1] !== (used[local] ?? -1) + 1;
    if (next?.kind === 'unit' && !next.behind && !(apart && isTalk(next.text))) {
      unit = next.unit;
      if (!piece.implied) taken.add(local + 1);
    } else if (before?.kind === 'unit' && !taken.has(local - 1)) {
      unit = before.unit;
      taken.add(local - 1);
    }
    numbers.push({ piece, local, at: used[local] ?? -1, unit, attached: unit !== null });
  });
  // "Sim 10 dulu pak": apart from its number the word for a pack is a sir.
  const free = pieces.flatMap((piece, local) =>
    piece.kind === 'unit' && !taken.has(local) && !isTalk(piece.text) ? [piece.unit] : [],
  )[0];
  if (free) for (const number of numbers) number.unit ??= free;
  return numbers;
}

export function saidQuantity({ piece, unit }: SaidNumber): SaidQuantity {
  const { value, single, minus, spelled, undecided = false } = piece;
  return { value, unit, single, minus, spelled, undecided };
}

/** "The 4kg one": a word that counts nothing unless a unit stands beside it. */
export function isPronoun({ spelled, value, unit }: SaidQuantity): boolean {
  return spelled && value === 1 && unit === null;
}

/** Pieces that can only be part of a name. */
export function isName(piece: Piece): boolean {
  return piece.kind === 'word' || piece.kind === 'pair';
}
