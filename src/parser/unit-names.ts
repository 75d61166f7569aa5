/**
 * Between the third and the fourth stage: words that count in one shop and name a thing in another. "Envase 750 ml x 10"
 * is ten of what a shop for packaging calls so, and "kresek kecil 10 pak" ten packs of small bags. Where a part of the
 * message says no other name, a unit word is one if the catalogue has it in one name with the size that follows.
 */
import { type CatalogueIndex, shareProduct } from './catalogue-index.ts';
import type { Lexicon } from './lexicon.ts';
import { numberTerm, type Piece, sizeTerm } from './pieces.ts';
import { isSizeWord } from './size-words.ts';
import { findWords } from './vocabulary.ts';

/** The word itself, or its plural. */
const SAME_WORD_MIN = 0.95;

/** The pieces with every unit word that names a product as the word that it is. */
export function withUnitNames(pieces: readonly Piece[], lexicon: Lexicon, index: CatalogueIndex): Piece[] {
  const read = [...pieces];
  let from = 0;
  for (let at = 0; at <= pieces.length; at++) {
    const piece = pieces[at];
    if (piece && !endsPart(piece)) continue;
    readPart(read, from, at, lexicon, index);
    from = at + 1;
  }
  return read;
}

function endsPart(piece: Piece): boolean {
  if (piece.kind === 'break') return piece.strength !== 'dash' && piece.strength !== 'colon';
  return piece.kind === 'join' || piece.kind === 'question';
}

function readPart(pieces: Piece[], from: number, to: number, lexicon: Lexicon, index: CatalogueIndex): void {
  const { ids } = index.vocabulary;
  for (let at = from; at < to; at++) {
    const piece = pieces[at];
    if (piece?.kind === 'word' && isName(piece.text, lexicon) && ids.has(piece.text)) return;
  }
  for (let at = from; at < to; at++) {
    const piece = pieces[at];
    // "Bolsas", and on the next lines "chica 5", "grande 3".
    const reach = to - from === 1 ? pieces.length : to;
    const next = piece?.kind === 'unit' ? tellingPiece(pieces, at, from, reach, lexicon) : null;
    if (piece?.kind !== 'unit' || !next) continue;
    // "3 potes de 500 ml" count, and name with the size; "5 caja 30" may count twice.
    if (pieces[at - 1]?.kind === 'number' && next.kind === 'number') continue;
    const { text, start, end, glued } = piece;
    if (isNamedWith(text, next, index)) pieces[at] = { kind: 'word', text, start, end, glued };
  }
}

function isName(word: string, lexicon: Lexicon): boolean {
  return !lexicon.fillers.has(word) && !isSizeWord(word, lexicon);
}

/** What follows the unit word and tells its kinds apart: a size, a number, "small"; or the size right before it: "20L bucket". */
function tellingPiece(pieces: readonly Piece[], at: number, from: number, to: number, lexicon: Lexicon): Piece | null {
  const before = at > from ? pieces[at - 1] : undefined;
  if (before?.kind === 'size') return before;
  for (let next = at + 1; next < to; next++) {
    const piece = pieces[next];
    if (piece?.kind === 'break' || (piece?.kind === 'word' && lexicon.fillers.has(piece.text))) continue;
    if (piece?.kind === 'size' || piece?.kind === 'number') return piece;
    return piece?.kind === 'word' && isSizeWord(piece.text, lexicon) ? piece : null;
  }
  return null;
}

function isNamedWith(word: string, piece: Piece, index: CatalogueIndex): boolean {
  const told = termsOf(piece, index);
  if (told.length === 0) return false;
  const names = findWords(index.vocabulary, word).filter(({ likeness }) => likeness >= SAME_WORD_MIN);
  return names.some((name) => told.some((term) => shareProduct(index, name.term, term)));
}

function termsOf(piece: Piece, { vocabulary, sizesOfNumber }: CatalogueIndex): number[] {
  const said = piece.kind === 'size' ? sizeTerm(piece) : piece.kind === 'number' ? numberTerm(piece.value) : piece.text;
  const term = vocabulary.ids.get(said);
  return term === undefined ? [] : [term, ...(sizesOfNumber.get(term) ?? [])];
}
