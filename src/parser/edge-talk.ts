/**
 * "2 ctn rice for the Nakuru shop please": talk at the end of a line that is clear without it. What is left out begins
 * with a small word of the language, holds a word of talk, and names nothing that the catalogue resembles; a number, a
 * size or a unit is never left out.
 */
import type { Annotation } from './annotate.ts';
import type { CatalogueIndex } from './catalogue-index.ts';
import type { Piece } from './pieces.ts';
import { type Item, readItem } from './reading.ts';
import type { Segment } from './segments.ts';
import { findWords } from './vocabulary.ts';

const RESEMBLING = 0.6;

/** The item without the talk behind it, or null where there is none. */
export function withoutEdgeTalk(item: Item, annotation: Annotation, index: CatalogueIndex, raw: string): Item | null {
  const { pieces, filler, claimed, lexicon } = annotation;
  const { at } = item.segment;
  let cut = -1;
  let talk = false;
  for (let i = at.length - 1; i > 0; i--) {
    const position = at[i] ?? -1;
    const piece = pieces[position];
    const isClaimed = claimed[position] === 1;
    // The number of an address is talk as well.
    if (!piece || (piece.kind !== 'word' && !isClaimed)) break;
    const small = filler[position] === 1 || isClaimed;
    const chat = lexicon.chatter.has(piece.text);
    if (!small && !chat && (findWords(index.vocabulary, piece.text)[0]?.likeness ?? 0) >= RESEMBLING) break;
    talk ||= chat;
    if (small || chat) cut = i;
  }
  if (cut < 0 || !talk) return null;
  const rest = readItem({ ...item.segment, at: at.slice(0, cut) }, annotation, index, raw);
  return rest.names.length > 0 ? rest : null;
}

/**
 * "..., thanks Ali", or "Zawadi Stores" on a line of its own at either end: words that resemble nothing and count
 * nothing. A name behind a comma is asked about all the same, because it may be one more thing that is wanted.
 */
export function isEdgeTalk(
  item: Item,
  near: readonly unknown[],
  { pieces, lexicon }: Annotation,
  segments: readonly Segment[],
): boolean {
  const { at } = item.segment;
  const isEdge = at === segments.at(-1)?.at || at === segments[0]?.at;
  if (!isEdge || near.length > 0 || item.numbers.length + item.sizes.length > 0) return false;
  const words = at.map((position) => pieces[position]?.text ?? '');
  return words.some((word) => lexicon.chatter.has(word)) || standsAlone(at, pieces);
}

/** True for two or more words between line breaks: how people sign. */
function standsAlone(at: readonly number[], pieces: readonly Piece[]): boolean {
  const isLineEnd = (position: number): boolean => {
    const piece = pieces[position];
    return piece === undefined || (piece.kind === 'break' && piece.strength === 'line');
  };
  const [first = 0] = at;
  return at.length > 1 && isLineEnd(first - 1) && isLineEnd((at.at(-1) ?? first) + 1);
}

/** "Tools:" on a line of its own heads the lines below it, and is no line itself. */
export function isHeadingLine({ numbers, sizes, segment }: Item, { pieces }: Annotation): boolean {
  if (numbers.length + sizes.length > 0) return false;
  const last = segment.at.at(-1) ?? -1;
  const [colon, end, below] = [pieces[last + 1], pieces[last + 2], pieces[last + 3]];
  if (colon?.kind !== 'break' || colon.strength !== 'colon') return false;
  return end?.kind === 'break' && end.strength === 'line' && below !== undefined;
}
