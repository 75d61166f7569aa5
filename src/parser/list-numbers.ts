import type { Piece } from './pieces.ts';

/**
 * "1. rice 2 bags 2. sugar 1 bag": numbers with a dot or bracket that count up from one, each before a part of its
 * own. A single one counts only at the start of a line that holds another number. So does "1- rice 2 bags", where the
 * dash touches the number and every line counts something.
 */
export function findListNumbers(pieces: readonly Piece[]): Set<number> {
  const found = new Set<number>();
  let expected = 1;
  pieces.forEach((piece, at) => {
    if (piece.kind !== 'number' || piece.value !== expected) return;
    if (!piece.listed && !opensDashedLine(pieces, at)) return;
    const next = pieces[at + 1];
    const before = pieces[at - 1];
    const opensLine = before === undefined || (before.kind === 'break' && before.strength === 'line');
    // "2) jeu uno 6": a unit word, with the number that it counts further on in the line.
    const counts = next?.kind === 'unit' && opensLine && holdsNumber(pieces, at + 2);
    const opens = next?.kind === 'break' || next?.kind === 'word' || counts;
    const starts = before === undefined || before.kind === 'break' || expected > 1;
    if (!opens || !starts) return;
    found.add(at);
    expected++;
  });
  if (found.size === 1) {
    const only = [...found][0] ?? 0;
    const another = pieces.some((piece, at) => at > only && piece.kind === 'number');
    if (!another) found.clear();
  }
  return found;
}

/** "1- rice 2 bags": at the start of a line, with another number in it. */
function opensDashedLine(pieces: readonly Piece[], at: number): boolean {
  const [before, number, dash] = [pieces[at - 1], pieces[at], pieces[at + 1]];
  if (before !== undefined && !(before.kind === 'break' && before.strength === 'line')) return false;
  if (dash?.kind !== 'break' || dash.strength !== 'dash' || dash.start !== number?.end) return false;
  return pieces[at + 2]?.kind === 'word' && holdsNumber(pieces, at + 3);
}

/** A number stands between this piece and the end of the line. */
function holdsNumber(pieces: readonly Piece[], from: number): boolean {
  for (let at = from; at < pieces.length; at++) {
    const piece = pieces[at];
    if (piece?.kind === 'break' && piece.strength === 'line') return false;
    if (piece?.kind === 'number') return true;
  }
  return false;
}
