/** Numbers that are more than digits: money and clock times, "2nd", "7up", "8x4". */
import type { Lexicon } from './lexicon.ts';
import { numberPiece, type Piece, pieceOf } from './pieces.ts';
import type { Token } from './tokens.ts';

/** What the reading of numbers asks about words. */
export type Shop = {
  lexicon: Lexicon;
  isUnit: (word: string) => boolean;
  knowsTerm: (term: string) => boolean;
  isMessage: boolean;
};

/** Tokens by their distance from the number. */
type Peek = (offset: number) => Token | undefined;

const CURRENCY_MARKS = new Set(['₹', '$', '€', '£', '₦', '₨']);
export const CLOCK_WORDS: ReadonlySet<string> = new Set('am pm oclock baje bje bajey baaje horas hrs hs बजे'.split(' '));
const HOURS_MAX = 24;
const ORDINAL_ENDINGS = new Set(['st', 'nd', 'rd', 'th']);

/** Money, clock times, ordinals, percentages and pairs such as 8x4. */
export function readSpecialNumber(peek: Peek, shop: Shop): { piece: Piece; used: number } | null {
  const token = peek(0);
  if (!token) return null;
  const before = peek(-1);
  const after = peek(1);
  const money = before?.kind === 'mark' && (CURRENCY_MARKS.has(before.text) || before.text === '@');
  // "10 bags @ 250 = 2500"
  const summed = before?.text === '=' && peek(-2)?.kind === 'number' && peek(-3)?.text === '@';
  // In "5 rs 6 box" the word belongs to the number before it.
  const pricedBefore = before?.kind === 'word' && shop.lexicon.currency.has(before.text) && peek(-2)?.kind !== 'number';
  const pricedAfter = after?.kind === 'word' && shop.lexicon.currency.has(after.text);
  const slashDash = after?.kind === 'mark' && after.text === '/' && after.glued && peek(2)?.text === '-';
  if (money || summed || pricedBefore || pricedAfter || slashDash) {
    return {
      piece: { ...pieceOf(token), kind: 'other', what: 'money', value: token.value },
      used: slashDash ? 3 : pricedAfter ? 2 : 1,
    };
  }
  if (before?.kind === 'mark' && before.text === '#' && token.glued) {
    return { piece: { ...pieceOf(token), kind: 'other', what: 'reference' }, used: 1 };
  }
  if (after?.kind === 'mark' && after.text === '%' && after.glued) {
    return { piece: { ...pieceOf(token), text: `${token.text}%`, end: after.end, kind: 'word' }, used: 2 };
  }
  const hour = after?.kind === 'word' && after.glued && after.text === 'h' && token.value <= HOURS_MAX;
  if (after && (hour || (after.kind === 'word' && CLOCK_WORDS.has(after.text)))) {
    return { piece: { ...pieceOf(token), end: after.end, kind: 'other', what: 'time' }, used: 2 };
  }
  if (after?.kind === 'word' && after.glued && ORDINAL_ENDINGS.has(after.text)) {
    return { piece: { ...numberPiece(token, token.value), end: after.end, ordinal: true }, used: 2 };
  }
  const second = peek(2);
  // Apart ("7 up") only when the catalogue is known to write it together.
  if (after?.kind === 'word' && (after.glued || shop.isMessage) && isPartOfWord(after, shop)) {
    const term = `${token.text}${after.text}`;
    if (
      shop.knowsTerm(term) ||
      (after.glued && isUnknownMark(after, shop) && countFollows((ahead) => peek(2 + ahead)))
    ) {
      return { piece: { ...pieceOf(token), text: term, end: after.end, kind: 'word' }, used: 2 };
    }
  }
  if (after?.glued && (after.text === 'x' || after.text === '*') && second?.kind === 'number' && second.glued) {
    const third = peek(3);
    const measured = third?.kind === 'word' && third.glued && shop.lexicon.measures.has(third.text);
    const term = `${token.text}x${second.text}`;
    if (!measured && shop.knowsTerm(term)) {
      return { piece: { ...pieceOf(token), text: term, end: second.end, kind: 'pair' }, used: 3 };
    }
  }
  return null;
}

/** "470uf", "858d": letters that nothing explains belong to the digits that they touch, where something else counts. */
function isUnknownMark({ text }: Token, { isMessage, knowsTerm, lexicon }: Shop): boolean {
  return isMessage && text.length <= MARK_LENGTH_MAX && !knowsTerm(text) && !lexicon.knows(text);
}

const MARK_LENGTH_MAX = 2;
const COUNT_REACH = 3;

/** Whether a number in digits stands a few tokens ahead, before anything that parts lines. */
export function countFollows(peek: Peek): boolean {
  for (let ahead = 0; ahead < COUNT_REACH; ahead++) {
    const token = peek(ahead);
    if (token?.kind === 'number') return !token.glued || peek(ahead - 1)?.text === 'x';
    if (token?.kind !== 'word' && !COUNT_MARKS.has(token?.text ?? '')) return false;
  }
  return false;
}

const COUNT_MARKS = new Set(['=', '-', ':', '*']);

/** "7up", unlike "7pcs", "7kg" and "7x". */
function isPartOfWord(after: Token, { lexicon, isUnit }: Shop): boolean {
  if (after.text === 'x' || isUnit(after.text)) return false;
  return !lexicon.measures.has(after.text) && !lexicon.bunches.has(after.text) && !lexicon.scales.has(after.text);
}
