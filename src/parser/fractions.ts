/** Fractions in words that stand apart from the number they are added to. */
import type { PieceCursor } from './piece-cursor.ts';
import type { NumberPiece } from './pieces.ts';

/** "Dos cajas y media", "kilo na nusu": a fraction behind the unit belongs to the number before it. */
export function addFraction(cursor: PieceCursor, add: (part: number) => boolean): void {
  const joins = cursor.lexicon.joins.has(cursor.wordAt(0) ?? '') || cursor.peek(0)?.text === '&';
  // "Dua dus setengah" needs no joining word.
  const bare = !joins && cursor.lexicon.grammarOf(cursor.wordAt(0) ?? '').fractionsFollow;
  if (!joins && !bare) return;
  const article = joins && cursor.lexicon.articles.has(cursor.wordAt(1) ?? '') ? 1 : 0;
  const at = bare ? 0 : 1 + article;
  const part = fractionAt(cursor, at);
  if (part === null) return;
  const next = cursor.wordAt(at + 1);
  // "2 cases and half carton fanta" begins a new line with the fraction.
  const opens =
    next !== null && (cursor.unitOf(next) || cursor.lexicon.bunches.has(next) || cursor.lexicon.measures.has(next));
  // "Lita moja na nusu katoni 8": where numbers follow, the unit has its number behind it and opens nothing.
  const follows = opens && cursor.lexicon.numberFollows(next) && cursor.numberBehind(at + 2) !== null;
  if ((opens && !follows) || cursor.peek(at + 1)?.kind === 'number') return;
  if (add(part)) cursor.at += at + 1;
}

export function fractionAt(cursor: PieceCursor, offset: number): number | null {
  const part = cursor.lexicon.numbers.get(cursor.wordAt(offset) ?? '');
  return part !== undefined && part < 1 && part > 0 ? part : null;
}

export function addToNumber(number: NumberPiece, part: number): boolean {
  if (!Number.isInteger(number.value)) return false;
  number.value += part;
  return true;
}
