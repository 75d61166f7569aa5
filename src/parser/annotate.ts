/**
 * Fourth stage: which words of a message are language rather than names. Phrases of the language tables claim
 * their words ("how much do I owe", "take off"), unless the catalogue spells a product so ("Good Day" is a biscuit
 * when a quantity stands beside it, a greeting when nothing does).
 */
import { areNeighbours, type CatalogueIndex } from './catalogue-index.ts';
import type { PhraseTag } from './language-table.ts';
import type { LearnedOverlay } from './learned-aliases.ts';
import type { Lexicon } from './lexicon.ts';
import { type CompiledPhrase, matchPhrase, type PhraseMatch } from './phrases.ts';
import { type Piece, termOf } from './pieces.ts';
import { nameTerm } from './vocabulary.ts';

export type Annotation = {
  pieces: readonly Piece[];
  phrases: PhraseMatch[];
  /** The same by the piece they start at. */
  phrasesAt: Map<number, PhraseMatch[]>;
  /** Phrase words, by piece. */
  claimed: Uint8Array;
  /** Everyday words that are no part of a product's name, by piece. */
  filler: Uint8Array;
  /** Words of a language that are what the shop calls a product, by piece: a count touches them. */
  named: Uint8Array;
  /** What words mean in the languages of the message. */
  lexicon: Lexicon;
  /** What the shop calls its products. */
  learned?: LearnedOverlay;
};

/** Finds phrases and fillers among the pieces of a message. */
export function annotate(pieces: readonly Piece[], lexicon: Lexicon, index: CatalogueIndex): Annotation {
  const claimed = new Uint8Array(pieces.length);
  const filler = new Uint8Array(pieces.length);
  const named = new Uint8Array(pieces.length);
  const phrases: PhraseMatch[] = [];
  const phrasesAt = new Map<number, PhraseMatch[]>();
  const near = numbersNear(pieces);
  const wordAt = (position: number): string | null => phraseWord(pieces[position]);
  for (let at = 0; at < pieces.length; at++) {
    if (claimed[at]) continue;
    const word = wordAt(at);
    if (word === null) continue;
    const matches = longestMatches(lexicon.phrasesFrom(word), at, wordAt);
    if (matches.some((match) => match.words.length === 1) && isNumberSign(at, pieces, index)) {
      filler[at] = 1;
      continue;
    }
    const found = matches.filter((match) => !isNamed(match, pieces, near, index) && !counts(match, pieces));
    if (found.length > 0) phrasesAt.set(at, found);
    for (const match of found) {
      phrases.push(match);
      if (!match.answerOnly && !isCount(match, pieces)) for (const position of match.words) claimed[position] = 1;
    }
  }
  for (const phrase of phrases) {
    if (phrase.tag === 'paid') claimPaid(phrase, pieces, claimed);
    const behind = (phrase.words.at(-1) ?? -1) + 1;
    if (phrase.tag === 'address') claimAddress(phrase, behind, pieces, claimed);
  }
  pieces.forEach((piece, at) => {
    if (filler[at] || claimed[at] || piece.kind !== 'word') return;
    if (isCountedName(pieces, at, index)) named[at] = 1;
    else if (isSizeLetter(pieces, at, index)) return;
    else if (lexicon.fillers.has(piece.text) && !isPartOfName(pieces, at, index)) filler[at] = 1;
  });
  pieces.forEach((piece, at) => {
    if (piece.kind === 'word' && lexicon.places.has(piece.text))
      claimPlace(at, { pieces, claimed, filler, lexicon }, index);
  });
  return { pieces, phrases, phrasesAt, claimed, filler, named, lexicon };
}

/**
 * "Sector 22", "jl. Sudirman no 45": the number a few words behind a word of addresses is no quantity, unless a unit or
 * something that is sold stands behind it.
 */
function claimPlace(
  first: number,
  { pieces, claimed, filler, lexicon }: Pick<Annotation, 'pieces' | 'claimed' | 'filler' | 'lexicon'>,
  index: CatalogueIndex,
): void {
  const isSold = (at: number): boolean => {
    const text = phraseWord(pieces[at]);
    return (
      text !== null &&
      !filler[at] &&
      !claimed[at] &&
      !lexicon.places.has(text) &&
      nameTerm(index.vocabulary, text) !== undefined
    );
  };
  if (index.vocabulary.ids.has(pieces[first]?.text ?? '')) return;
  for (let at = first + 1; at <= first + ADDRESS_REACH; at++) {
    const piece = pieces[at];
    if (piece?.kind === 'number') {
      const next = pieces[at + 1]?.kind;
      if (piece.counted || next === 'unit' || next === 'size' || isSold(at + 1)) return;
      for (let word = first; word <= at; word++) claimed[word] = 1;
      return;
    }
    const passes = piece?.kind === 'word' || (piece?.kind === 'break' && ADDRESS_MARKS.has(piece.strength));
    if (!passes || isSold(at)) return;
  }
}

const ADDRESS_REACH = 4;
const ADDRESS_MARKS: ReadonlySet<string> = new Set(['stop', 'dash']);

/** "Paid 5000 send 2 ctn chips", "5000 transferred": the amount belongs to what was paid, and counts nothing. */
function claimPaid({ words }: PhraseMatch, pieces: readonly Piece[], claimed: Uint8Array): void {
  const [first, last] = [words[0] ?? 0, words.at(-1) ?? 0];
  const near = [last + 1, ...Array.from({ length: last - first }, (_, i) => first + i), first - 1];
  for (const at of near) {
    const piece = pieces[at];
    if (piece?.kind !== 'number' || piece.counted || piece.value < PAID_MIN) continue;
    if (pieces[at + 1]?.kind === 'unit') continue;
    claimed[at] = 1;
    return;
  }
}

/**
 * "Sector 14": the number belongs to the address. "Calle 5 de mayo 23": where the phrase stands first, so does what
 * follows, unless something is counted there.
 */
function claimAddress({ closes }: PhraseMatch, from: number, pieces: readonly Piece[], claimed: Uint8Array): void {
  if (pieces[from]?.kind === 'number') claimed[from] = 1;
  if (closes) return;
  const length = pieces.slice(from, from + ADDRESS_MAX).findIndex(({ kind }) => kind === 'break' || kind === 'join');
  const end = length < 0 ? Math.min(pieces.length, from + ADDRESS_MAX) : from + length;
  if (pieces.slice(from, end).some(({ kind }) => kind === 'unit' || kind === 'size')) return;
  claimed.fill(1, from, end);
}

const ADDRESS_MAX = 8;

/** Less than this is rather a quantity than money. */
const PAID_MIN = 50;

/** The tags of the phrases that start at one of these pieces. */
export function tagsIn(annotation: Annotation, positions: readonly number[]): Set<PhraseTag> {
  const tags = new Set<PhraseTag>();
  for (const at of positions) {
    for (const phrase of annotation.phrasesAt.get(at) ?? []) if (!phrase.answerOnly) tags.add(phrase.tag);
  }
  return tags;
}

const SPOKEN: ReadonlySet<Piece['kind']> = new Set(['word', 'unit', 'number', 'size', 'join']);

function phraseWord(piece: Piece | undefined): string | null {
  if (!piece) return null;
  // A number or a size is never a word of a phrase, but may stand in a gap: "tukar sprite 2l sama fanta".
  if (SPOKEN.has(piece.kind)) return piece.text;
  return piece.kind === 'break' && piece.strength === 'emoji' ? piece.text : null;
}

/** Every phrase of the greatest length that starts here, and answer words of any length. */
function longestMatches(
  phrases: readonly CompiledPhrase[],
  at: number,
  wordAt: (position: number) => string | null,
): PhraseMatch[] {
  const matches: PhraseMatch[] = [];
  const second = wordAt(at + 1) ?? '';
  for (const phrase of phrases) {
    if (phrase.secondWords && !phrase.secondWords.has(second)) continue;
    const { tag, answerOnly, closes } = phrase;
    const words = matchPhrase(phrase, at, wordAt);
    if (words && words.length > 0) matches.push({ tag, answerOnly, closes, words });
  }
  let longest = 0;
  for (const match of matches) if (!match.answerOnly) longest = Math.max(longest, match.words.length);
  // "No problem, send": the no that begins a longer yes refuses nothing.
  const agrees = longest > 1 && matches.some((match) => match.tag === 'confirm' && match.words.length === longest);
  return matches.filter((match) =>
    match.answerOnly ? !(agrees && match.tag === 'decline') : match.words.length === longest,
  );
}

/** "Sandpaper no 80": what would be a no leads from a name to the number in it. */
function isNumberSign(at: number, pieces: readonly Piece[], index: CatalogueIndex): boolean {
  const isBetween = pieces[at - 1]?.kind === 'word' && pieces[at + 1]?.kind === 'number';
  return isBetween && standTogether(pieces, at - 1, at + 1, index);
}

/** The words of the phrase are how the shop spells a product, and a number in the same part says it is ordered. */
function isNamed(match: PhraseMatch, pieces: readonly Piece[], near: Uint8Array, index: CatalogueIndex): boolean {
  const first = match.words[0] ?? 0;
  const last = match.words.at(-1) ?? first;
  if (last - first + 1 !== match.words.length) return false;
  // "Toor dal do packet": the word that would open the phrase ("dal do", put in) ends a name.
  // "Price of double pole mcb": what says sorry in Swahili goes on with the name before it.
  if (standTogether(pieces, first - 1, first, index)) return true;
  const known = match.words.every((at) => nameTerm(index.vocabulary, phraseWord(pieces[at]) ?? '') !== undefined);
  if (!known || !near[first]) return false;
  const inside =
    match.words.length > 1 && match.words.every((at, i) => i === 0 || standTogether(pieces, at - 1, at, index));
  return inside || standTogether(pieces, last, last + 1, index);
}

/** "Another case": a word of its own that counts the unit behind it goes on counting. */
function isCount({ words }: PhraseMatch, pieces: readonly Piece[]): boolean {
  return words.length === 1 && pieces[words[0] ?? -1]?.kind === 'number';
}

/** "Vinte tiras", "10 pq": right behind a number, a unit word is no verb and no "why". */
function counts({ words }: PhraseMatch, pieces: readonly Piece[]): boolean {
  const [at = 0] = words;
  return words.length === 1 && pieces[at]?.kind === 'unit' && pieces[at - 1]?.kind === 'number';
}

/** "Can 5 bags", "kcl 2": a count behind the word, or before it where nothing else is counted, makes it the name it is. */
function isCountedName(pieces: readonly Piece[], at: number, index: CatalogueIndex): boolean {
  if (!index.wholeNames.has(pieces[at]?.text ?? '')) return false;
  const behind = pieces[at + 1];
  const count = at + 1 + (behind?.kind === 'break' && behind.strength === 'dash' ? 1 : 0);
  if (pieces[pieces[count]?.kind === 'unit' ? count + 1 : count]?.kind === 'number') return true;
  const unitBefore = pieces[at - 1]?.kind === 'unit' ? 1 : 0;
  if (pieces[at - 1 - unitBefore]?.kind !== 'number') return false;
  const opens = pieces[at - 2 - unitBefore]?.kind;
  return opens === undefined || opens === 'break' || opens === 'join';
}

/** "Par des L": what is an article elsewhere, at the end of a part, is the size that the catalogue writes so. */
function isSizeLetter(pieces: readonly Piece[], at: number, index: CatalogueIndex): boolean {
  const [letter, next] = [pieces[at]?.text ?? '', pieces[at + 1]?.kind];
  if (!SIZE_LETTERS.has(letter) || !index.vocabulary.ids.has(letter)) return false;
  return next === undefined || next === 'break' || next === 'join' || next === 'number';
}

const SIZE_LETTERS: ReadonlySet<string> = new Set(['s', 'm', 'l']);

function isPartOfName(pieces: readonly Piece[], at: number, index: CatalogueIndex): boolean {
  return standTogether(pieces, at - 1, at, index) || standTogether(pieces, at, at + 1, index);
}

/** Whether two pieces next to each other are next to each other in some name too. */
export function standTogether(pieces: readonly Piece[], left: number, right: number, index: CatalogueIndex): boolean {
  const a = pieces[left];
  const b = pieces[right];
  if (!a || !b) return false;
  const aId = idOf(a, index);
  const bId = idOf(b, index);
  return aId !== undefined && bId !== undefined && areNeighbours(index, aId, bId);
}

/** The catalogue's term for a piece; a number word may stand in a name as a word ("dos pinos"). */
function idOf(piece: Piece, index: CatalogueIndex): number | undefined {
  const term = termOf(piece);
  if (term === null) return undefined;
  const id = nameTerm(index.vocabulary, term);
  return id === undefined && piece.kind === 'number' && piece.spelled ? index.vocabulary.ids.get(piece.text) : id;
}

/** For every piece whether a number or size stands in the same part, as far as separators reach; one pass. */
function numbersNear(pieces: readonly Piece[]): Uint8Array {
  const near = new Uint8Array(pieces.length);
  let from = 0;
  let found = 0;
  for (let at = 0; at <= pieces.length; at++) {
    const piece = pieces[at];
    if (!piece || (piece.kind === 'break' && piece.strength !== 'dash')) {
      near.fill(found, from, at);
      from = at + 1;
      found = 0;
    } else if (piece.kind === 'number' || piece.kind === 'size') found = 1;
  }
  return near;
}
