/** Numbers that count by the bunch: "2 dozen", "half a dozen", "2 dozen pairs", "dazani moja". */
import { addFraction, addToNumber } from './fractions.ts';
import type { Bunch } from './language-table.ts';
import type { PieceCursor } from './piece-cursor.ts';
import { type NumberPiece, numberPiece } from './pieces.ts';
import type { Token } from './tokens.ts';

/** "2 dozen", and "2 dozen pairs", which are 24 of what is sold by the pair and 48 single ones. */
export function finishBunch(cursor: PieceCursor, number: NumberPiece, from: number): boolean {
  // "One more dozen"
  const offset = from + (isMore(cursor.wordAt(from), cursor) ? 1 : 0);
  const bunch = bunchAt(cursor, offset);
  if (!bunch) return false;
  const gap = cursor.lexicon.fillers.has(cursor.wordAt(offset + 1) ?? '') ? 1 : 0;
  const second = bunchAt(cursor, offset + 1 + gap);
  const pairs = second && second.value < bunch.value && second.single ? second : null;
  const used = offset + (pairs ? 2 + gap : 1);
  const end = cursor.peek(used - 1)?.end ?? number.end;
  const ofSkip = ofBehind(cursor, used);
  const value = number.value * bunch.value * (pairs?.value ?? 1);
  pushBunch(cursor, { ...number, value, single: bunch.single, end }, pairs?.value ?? bunch.value, used + ofSkip);
  return true;
}

/** "A dozen of", and "una docena de cajas", where the unit stands behind it. */
function ofBehind(cursor: PieceCursor, used: number): number {
  const word = cursor.wordAt(used) ?? '';
  if (word === 'of') return 1;
  const isJoiner = word.length <= JOINER_LENGTH_MAX && cursor.lexicon.fillers.has(word);
  return isJoiner && cursor.unitOf(cursor.wordAt(used + 1)) ? 1 : 0;
}

const JOINER_LENGTH_MAX = 2;

function isMore(word: string | null, { lexicon }: PieceCursor): boolean {
  return word !== null && lexicon.phrasesFrom(word).some(({ tag, wordsMin }) => tag === 'more' && wordsMin === 1);
}

/** "Colgate 100 dazani moja": where numbers follow, a bunch with a number behind it is none of the number before. */
function bunchAt(cursor: PieceCursor, offset: number): Bunch | undefined {
  const word = cursor.wordAt(offset) ?? '';
  const follows = cursor.lexicon.numberFollows(word) && cursor.numberBehind(offset + 1) !== null;
  const bunch = cursor.lexicon.bunches.get(word);
  return follows || bunch?.dual ? undefined : bunch;
}

export function readBunch(cursor: PieceCursor, token: Token, bunch: Bunch): void {
  const times = cursor.lexicon.numberFollows(token.text) ? cursor.numberBehind(1) : timesBehind(cursor);
  const ofSkip = times === null ? ofBehind(cursor, 1) : 0;
  const value = bunch.value * (times?.value ?? 1);
  const end = cursor.peek(times?.used ?? 0)?.end ?? token.end;
  const number = { ...numberPiece(token, value), single: bunch.single, spelled: true, end };
  pushBunch(cursor, number, bunch.value, 1 + ofSkip + (times?.used ?? 0));
}

/** "Gloves pair 12": behind a name and at the end of its line the number counts the bunches, in any language. */
function timesBehind(cursor: PieceCursor): { value: number; used: number } | null {
  const next = cursor.peek(2);
  const ends = next === undefined || (next.kind === 'mark' && LINE_ENDS.has(next.text));
  const isNamed = cursor.shop.isMessage && cursor.pieces.at(-1)?.kind === 'word';
  // "Royco dozen moja"
  const isNumber = cursor.peek(1)?.kind === 'number' || cursor.lexicon.numbersFollow;
  return isNamed && ends && isNumber ? cursor.numberBehind(1) : null;
}

const LINE_ENDS: ReadonlySet<string> = new Set(['\n', ',', ';', '.', '!', '?']);

/** "Une douzaine et demie": the fraction is one of the bunch. */
function pushBunch(cursor: PieceCursor, number: NumberPiece, size: number, used: number): void {
  const bunched = { ...number, counted: true, bunch: size };
  cursor.push(bunched, used);
  addFraction(cursor, (part) => addToNumber(bunched, part * size));
}
