/**
 * "Not the 500ml one, the 2 litre one": two parts that name the same goods in two variants, one with a no. With an
 * open question the other part is the answer; without one, a line of the cart is meant and takes the other variant.
 */
import type { Annotation } from './annotate.ts';
import { chooseVariant } from './answers.ts';
import type { ReadCandidate } from './candidate-reading.ts';
import type { CatalogueIndex } from './catalogue-index.ts';
import type { Edit, EditContext } from './edits.ts';
import { isSizeLetter } from './ellipsis.ts';
import type { PhraseTag } from './language-table.ts';
import { numbersOf } from './lines.ts';
import { readPieces } from './piece-reader.ts';
import type { Piece } from './pieces.ts';
import { buildQuery } from './query.ts';
import { type Item, readItem } from './reading.ts';
import { pieceOptions, rank } from './search.ts';
import type { Segment } from './segments.ts';
import { exchange } from './swap.ts';

/** The part that is not meant, the one that is, and all other parts. */
export type Contrast = { not: Segment; but: Segment; rest: Segment[] };

const NEGATING: readonly PhraseTag[] = ['negate', 'decline', 'former', 'correct'];
const COMMANDS: readonly PhraseTag[] = ['add', 'more', 'remove', 'swap', 'change', 'query', 'cancel', 'repeat'];

const COMMANDS_BUT_CHANGE = COMMANDS.filter((tag) => tag !== 'change');

function refusesBefore({ at, separator }: Segment, { phrasesAt }: Annotation): boolean {
  const opening = phrasesAt.get(at[0] ?? -1) ?? [];
  return separator === 'verb' && opening.some(({ tag, closes }) => closes === true && NEGATING.includes(tag));
}

/** Finds two neighbouring parts of which one says no to what the other asks for instead, in either order. */
export function contrastOf(segments: readonly Segment[], annotation: Annotation): Contrast | null {
  for (let at = 1; at < segments.length; at++) {
    const [left, right] = [segments[at - 1], segments[at]];
    if (!left || !right || right.separator === 'line' || right.question) continue;
    // "L nahi XL karo": where verbs stand last, the no that opens a part speaks of the part before it.
    const behind = refusesBefore(right, annotation);
    const commands = behind ? COMMANDS_BUT_CHANGE : COMMANDS;
    if (has(left, commands) || has(right, commands) || has(left, NEGATING) === has(right, NEGATING)) continue;
    const [not, but] = behind || has(left, NEGATING) ? [left, right] : [right, left];
    if (!but.at.some((position) => isContent(annotation, position))) continue;
    return { not, but, rest: segments.filter((segment) => segment !== left && segment !== right) };
  }
  return null;
}

/** Whether a part says anything but its no. */
export function saysVariant(segment: Segment, annotation: Annotation): boolean {
  return segment.at.some((position) => isContent(annotation, position));
}

/** The line of the cart that takes another variant, or null where not exactly one can be meant. */
export function contrastEdit({ not, but }: Contrast, context: EditContext): Edit | null {
  const { annotation, index, raw } = context;
  if (!saysVariant(not, annotation)) return null;
  const read = (segment: Segment, family: readonly number[]): Item => readItem(segment, annotation, index, raw, family);
  const found = numbersOf(
    index,
    context.lines.map((line) => line.sku),
  ).flatMap((product) => {
    const family = familyOf(product, index);
    if (family.length < 2) return [];
    const former = read(not, family);
    const old = chooseVariant(former, family, index) ?? toldByNumber(former);
    const item = read(but, family);
    const fresh = chooseVariant(item, family, index);
    return old?.product === product && fresh && fresh.product !== product ? [{ old, fresh, item }] : [];
  });
  const [only] = found;
  return only && found.length === 1 ? exchange(only, context) : null;
}

/** "Jeans 32": among kinds of one thing, the number is of the one that it stands in the name of. */
function toldByNumber({ numbers, candidates }: Item): ReadCandidate | null {
  const told = candidates.filter(({ numbersMet }) => numbersMet === 1);
  return numbers.length === 1 && told.length === 1 ? (told[0] ?? null) : null;
}

function has(segment: Segment, tags: readonly PhraseTag[]): boolean {
  return tags.some((tag) => segment.tags.has(tag));
}

function isContent({ pieces, filler, claimed }: Annotation, at: number): boolean {
  const kind = pieces[at]?.kind;
  if (kind === undefined || claimed[at] || filler[at]) return false;
  return kind === 'word' || kind === 'size' || kind === 'unit' || kind === 'number' || kind === 'pair';
}

const FAMILY_MAX = 16;
const FAMILY_COVERAGE = 0.6;

/** A product and those that its name fits as well once sizes, be they letters, numbers and units are left out of it. */
function familyOf(product: number, index: CatalogueIndex): number[] {
  const name = index.products[product]?.name ?? '';
  const says = ({ kind, text }: Piece): boolean => (kind === 'word' && !isSizeLetter(text)) || kind === 'pair';
  const { pieces } = readPieces(name, pieceOptions(index));
  const alike = rank(index, buildQuery(index, pieces.filter(says)))
    .filter(({ coverage }) => coverage >= FAMILY_COVERAGE)
    .slice(0, FAMILY_MAX)
    .map((candidate) => candidate.product);
  return alike.includes(product) ? alike : [product, ...alike];
}
