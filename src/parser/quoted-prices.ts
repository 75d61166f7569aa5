/** A price that is quoted inside an order, without any word for money: "at 19 a case", "2 peti 20 ke bhav", "harga 30". */
import type { PieceCursor } from './piece-cursor.ts';
import { numberTerm, type Piece, pieceOf } from './pieces.ts';
import type { Token } from './tokens.ts';

type Read = { piece: Piece; used: number };

/** "Harga 30", "à 19 le carton": the word that the cursor stands at quotes the number behind it. */
export function quotedPrice(cursor: PieceCursor, token: Token): Read | null {
  const { lexicon, shop } = cursor;
  const number = cursor.peek(1);
  if (!shop.isMessage || number?.kind !== 'number') return null;
  const money = { ...pieceOf(token), kind: 'other' as const, what: 'money' as const, value: number.value };
  if (lexicon.pricesBefore.has(token.text)) {
    const paid = lexicon.currency.has(cursor.wordAt(2) ?? '') ? 1 : 0;
    const last = cursor.peek(1 + paid) ?? number;
    return countsNothing(cursor, 2 + paid) ? { piece: { ...money, end: last.end }, used: 2 + paid } : null;
  }
  if (lexicon.labelsBefore.has(token.text) && countsNothing(cursor, 2) && isPriceLabel(cursor, number, 2))
    return { piece: { ...money, end: number.end }, used: 2 };
  const article = cursor.wordAt(2);
  if (!lexicon.pricesAt.has(token.text) || article === null || !isNamed(cursor)) return null;
  const isArticle = lexicon.articles.has(article) || lexicon.fillers.has(article);
  if (!isArticle || cursor.unitOf(cursor.wordAt(3)) === undefined) return null;
  return { piece: { ...money, end: number.end }, used: 3 };
}

/** "2 peti 20 ke bhav": with a quantity said before it in the same part. */
export function priceBehind(cursor: PieceCursor, token: Token): Read | null {
  const { lexicon, shop } = cursor;
  if (!shop.isMessage) return null;
  const label = cursor.peek(1);
  if (label?.kind === 'word' && lexicon.labelsBehind.has(label.text) && isPriceLabel(cursor, token, 2))
    return { piece: { ...pieceOf(token), kind: 'other', what: 'money', value: token.value, end: label.end }, used: 2 };
  const gap = lexicon.fillers.has(cursor.wordAt(1) ?? '') ? 1 : 0;
  const word = cursor.peek(1 + gap);
  if (word?.kind !== 'word' || !lexicon.pricesBehind.has(word.text) || !isCounted(cursor)) return null;
  const piece: Piece = { ...pieceOf(token), kind: 'other', what: 'money', value: token.value, end: word.end };
  return { piece, used: 2 + gap };
}

/** "19 wala 4 peti": the catalogue does not know the number, and another one counts. */
function isPriceLabel(cursor: PieceCursor, { value }: Token, offset: number): boolean {
  if (cursor.shop.knowsTerm(numberTerm(value))) return false;
  return isCounted(cursor) || cursor.numberBehind(offset) !== null || cursor.numberBehind(offset + 1) !== null;
}

/** Nothing stands there that the number could count. */
function countsNothing(cursor: PieceCursor, offset: number): boolean {
  const word = cursor.wordAt(offset);
  if (word === null) return true;
  const { lexicon } = cursor;
  if (cursor.unitOf(word) !== undefined || lexicon.measures.has(word) || lexicon.bunches.has(word)) return false;
  return lexicon.claims(word);
}

/** A quantity was said in the part so far. */
export function isCounted({ pieces }: PieceCursor): boolean {
  return partSoFar(pieces).some(({ kind }) => kind === 'number');
}

function isNamed({ pieces }: PieceCursor): boolean {
  return partSoFar(pieces).some(({ kind }) => kind === 'word');
}

const PART_LENGTH_MAX = 12;

/** The pieces since the last separator. */
function partSoFar(pieces: readonly Piece[]): Piece[] {
  const last = pieces.slice(-PART_LENGTH_MAX);
  const cut = last.findLastIndex(({ kind }) => kind === 'break' || kind === 'join' || kind === 'question');
  return last.slice(cut + 1);
}
