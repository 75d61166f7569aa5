/**
 * Fifth stage: the message in parts, one product each. People separate lines with newlines, commas, "and", list
 * numbers or nothing at all, and write the quantity before or after; where nothing separates them, a new quantity
 * beside a new name does. A part is never cut inside a name that the catalogue knows.
 */
import { type Annotation, standTogether, tagsIn } from './annotate.ts';
import type { CatalogueIndex } from './catalogue-index.ts';
import type { PhraseTag } from './language-table.ts';
import { lexicon } from './lexicon.ts';
import { numberTerm, type Piece } from './pieces.ts';
import { findWords } from './vocabulary.ts';

export type Separator = 'start' | 'line' | 'stop' | 'comma' | 'colon' | 'join' | 'emoji' | 'flow' | 'verb';

export type Segment = {
  /** Positions of the pieces, in order. */
  at: number[];
  separator: Separator;
  tags: Set<PhraseTag>;
  /** A question mark closes the part. */
  question: boolean;
};

/** Cuts a message into parts. */
export function cutSegments(annotation: Annotation, index: CatalogueIndex): Segment[] {
  const cutter = new Cutter(annotation, index);
  return cutter.cut();
}

// Verbs that begin a new part when something stands on both sides of them.
const STARTING_TAGS: ReadonlySet<PhraseTag> = new Set([
  'add',
  'remove',
  'negate',
  'change',
  'swap',
  'correct',
  'repeat',
]);

class Cutter {
  private readonly pieces: readonly Piece[];
  private readonly annotation: Annotation;
  private readonly index: CatalogueIndex;
  private readonly listNumbers: Set<number>;
  /** The pieces with every mistyped word as the catalogue spells it, to look for neighbours. */
  private readonly spelled: readonly Piece[];

  constructor(annotation: Annotation, index: CatalogueIndex) {
    this.annotation = annotation;
    this.index = index;
    this.pieces = annotation.pieces;
    this.listNumbers = findListNumbers(annotation.pieces);
    this.spelled = annotation.pieces.map((piece, at) => {
      if (piece.kind !== 'word' || annotation.filler[at] || annotation.claimed[at]) return piece;
      return { ...piece, text: this.knownSpelling(piece.text) ?? piece.text };
    });
  }

  cut(): Segment[] {
    const segments: Segment[] = [];
    for (const chunk of this.chunks()) {
      for (const part of this.cutAtVerbs(chunk)) segments.push(...this.cutFlow(part));
    }
    return segments.filter((segment) => segment.at.length > 0 || segment.question);
  }

  /** Parts between written separators. */
  private chunks(): Segment[] {
    const chunks: Segment[] = [];
    let open = emptySegment('start');
    const close = (separator: Separator): void => {
      if (open.at.length > 0) chunks.push(open);
      else if (open.separator === 'line' && separator !== 'line') separator = 'line';
      open = emptySegment(separator);
    };
    this.pieces.forEach((piece, at) => {
      if (this.listNumbers.has(at)) close(open.separator === 'line' ? 'line' : 'comma');
      else if (piece.kind === 'break') {
        if (piece.strength === 'emoji') close('emoji');
        else if (piece.strength !== 'dash' && !this.isListMark(at)) close(piece.strength);
      } else if (piece.kind === 'join') {
        if (!this.isInsideName(at)) close('join');
      } else if (piece.kind === 'question') {
        open.question = true;
        close('stop');
      } else open.at.push(at);
    });
    close('start');
    return chunks;
  }

  private isListMark(at: number): boolean {
    return this.listNumbers.has(at - 1);
  }

  /** "head and shoulders" stays whole, "rice and sugar" does not. */
  private isInsideName(at: number): boolean {
    return standTogether(this.spelled, at - 1, at + 1, this.index);
  }

  private knownSpelling(word: string): string | null {
    const match = findWords(this.index.vocabulary, word)[0];
    return match && match.likeness >= 0.7 ? (this.index.vocabulary.terms[match.term] ?? null) : null;
  }

  private cutAtVerbs(chunk: Segment): Segment[] {
    const content = chunk.at.filter((at) => this.isContent(at));
    const [first, last] = [content[0] ?? Number.POSITIVE_INFINITY, content.at(-1) ?? -1];
    const starts = new Set<number>();
    for (const at of chunk.at) {
      const phrases = this.annotation.phrasesAt.get(at) ?? [];
      const starting = phrases.some((phrase) => !phrase.answerOnly && STARTING_TAGS.has(phrase.tag));
      if (starting && first < at && last > at) starts.add(at);
    }
    const parts: Segment[] = [];
    let open = emptySegment(chunk.separator);
    for (const at of chunk.at) {
      if (starts.has(at)) {
        parts.push(open);
        open = emptySegment('verb');
      }
      open.at.push(at);
    }
    open.question = chunk.question;
    parts.push(open);
    return parts;
  }

  /** Cuts where a new pair of quantity and name begins without any separator. */
  private cutFlow(part: Segment): Segment[] {
    // "Replace A with 4 B" holds two names on purpose; its halves are told apart later.
    const tags = tagsIn(this.annotation, part.at);
    const swaps = tags.has('swap') || (tags.has('former') && !tags.has('negate'));
    const quantities = swaps ? new Map<number, number>() : this.quantityStarts(part.at);
    const lastName = part.at.findLast((at) => this.isNameWord(at)) ?? -1;
    const segments: Segment[] = [];
    let open = emptySegment(part.separator);
    let leading = false;
    let names = 0;
    let counts = 0;
    const cut = (): void => {
      segments.push(open);
      open = emptySegment('flow');
      leading = false;
      names = 0;
      counts = 0;
    };
    for (let i = 0; i < part.at.length; i++) {
      const at = part.at[i] ?? 0;
      const width = quantities.get(at);
      if (width !== undefined) {
        // Without a further name behind it, a second number belongs to the same product ("24x500ml coke x 2").
        if (counts > 0 && names > 0 && at < lastName) cut();
        if (names === 0 && counts === 0) leading = true;
        counts++;
        for (let k = 0; k < width; k++) open.at.push(part.at[i + k] ?? at);
        i += width - 1;
        continue;
      }
      if (
        this.pieces[at]?.kind === 'size' &&
        counts > 0 &&
        names > 0 &&
        !leading &&
        this.opensSecondSize(part.at, i, quantities)
      ) {
        cut();
      }
      if (this.isNameWord(at)) {
        if (counts > 0 && names > 0 && !leading) cut();
        names++;
      }
      open.at.push(at);
    }
    open.question = part.question;
    segments.push(open);
    for (const segment of segments) segment.tags = tagsIn(this.annotation, segment.at);
    return segments;
  }

  /** "star 400g 1 case 155g 2 cases": a size right before a quantity, with no further name behind it. */
  private opensSecondSize(positions: readonly number[], i: number, quantities: ReadonlyMap<number, number>): boolean {
    const width = quantities.get(positions[i + 1] ?? -1);
    if (width === undefined) return false;
    const behind = positions[i + 1 + width];
    return behind === undefined || !this.isNameWord(behind);
  }

  /** Positions where a certain quantity starts, with how many pieces it takes (number and unit). */
  private quantityStarts(positions: readonly number[]): Map<number, number> {
    const starts = new Map<number, number>();
    positions.forEach((at, i) => {
      const piece = this.pieces[at];
      if (piece?.kind === 'size') {
        if (this.isLooseAmount(positions, i)) starts.set(at, 1);
        return;
      }
      if (piece?.kind !== 'number' || piece.ordinal) return;
      const nextAt = positions[i + 1] ?? -1;
      const next = nextAt === at + 1 ? this.pieces[nextAt] : undefined;
      const hasUnit = next?.kind === 'unit';
      if (!piece.counted && this.isPartOfName(positions, i, hasUnit)) return;
      const beforeAt = positions[i - 1];
      const before = beforeAt === undefined ? undefined : this.pieces[beforeAt];
      // "ctn 5": the unit stands before the number and belongs to it.
      if (!hasUnit && before?.kind === 'unit' && beforeAt !== undefined && !this.hasNumberBefore(positions, i - 1)) {
        starts.set(beforeAt, 2);
        return;
      }
      starts.set(at, hasUnit ? 2 : 1);
    });
    return starts;
  }

  private hasNumberBefore(positions: readonly number[], i: number): boolean {
    return this.pieces[positions[i - 1] ?? -1]?.kind === 'number';
  }

  /** A number that the catalogue puts beside its neighbour: "coke 500", "five roses", "tp 9 pack". */
  private isPartOfName(positions: readonly number[], i: number, hasUnit: boolean): boolean {
    const at = positions[i] ?? -1;
    const piece = this.pieces[at];
    if (piece?.kind !== 'number') return false;
    const named = standTogether(this.spelled, at - 1, at, this.index);
    if (hasUnit) return named && standTogether(this.spelled, at, at + 1, this.index);
    if (named) return true;
    const next = this.pieces[at + 1];
    if (next?.kind === 'word' && standTogether(this.spelled, at, at + 1, this.index)) return true;
    // "colgate 200 6": the pack size of what stands before, when another number follows as the quantity.
    const following = this.pieces[at + 1];
    if (following?.kind !== 'number' && !(following?.kind === 'break' && this.pieces[at + 2]?.kind === 'number'))
      return false;
    return this.isSizeOfWordBefore(at, piece.value);
  }

  private isSizeOfWordBefore(at: number, value: number): boolean {
    const number = this.index.vocabulary.ids.get(numberTerm(value));
    const word = this.pieces[at - 1];
    if (number === undefined || word?.kind !== 'word') return false;
    const match = findWords(this.index.vocabulary, word.text)[0];
    if (!match || match.likeness < 0.7) return false;
    return shareProduct(this.index, number, match.term);
  }

  /** "20kg" of something that is sold by the kilo is a quantity, not a pack size. */
  private isLooseAmount(positions: readonly number[], i: number): boolean {
    const size = this.pieces[positions[i] ?? -1];
    if (size?.kind !== 'size') return false;
    for (const step of [-1, 1]) {
      const word = this.pieces[positions[i + step] ?? -1];
      if (word?.kind !== 'word') continue;
      const match = findWords(this.index.vocabulary, word.text)[0];
      if (!match || match.likeness < 0.7) continue;
      return soldByMeasure(this.index, match.term, size.dimension);
    }
    return false;
  }

  private isNameWord(at: number): boolean {
    const piece = this.pieces[at];
    if (piece?.kind === 'pair') return true;
    return piece?.kind === 'word' && !this.annotation.filler[at] && !this.annotation.claimed[at];
  }

  private isContent(at: number): boolean {
    const kind = this.pieces[at]?.kind;
    return kind === 'number' || kind === 'size' || this.isNameWord(at);
  }
}

function emptySegment(separator: Separator): Segment {
  return { at: [], separator, tags: new Set(), question: false };
}

/**
 * "1. rice 2 bags 2. sugar 1 bag": numbers with a dot or bracket that count up from one, each before a part of its
 * own. A single one counts only at the start of a line that holds another number.
 */
function findListNumbers(pieces: readonly Piece[]): Set<number> {
  const found = new Set<number>();
  let expected = 1;
  pieces.forEach((piece, at) => {
    if (piece.kind !== 'number' || !piece.listed || piece.value !== expected) return;
    const next = pieces[at + 1];
    const opens = next?.kind === 'break' || next?.kind === 'word';
    const before = pieces[at - 1];
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

function shareProduct(index: CatalogueIndex, a: number, b: number): boolean {
  const { starts, values } = index.postings;
  let [i, j] = [starts[a] ?? 0, starts[b] ?? 0];
  while (i < (starts[a + 1] ?? 0) && j < (starts[b + 1] ?? 0)) {
    const [x, y] = [values[i] ?? 0, values[j] ?? 0];
    if (x === y) return true;
    if (x < y) i++;
    else j++;
  }
  return false;
}

const PRODUCTS_LOOKED_AT_MAX = 20;

function soldByMeasure(index: CatalogueIndex, term: number, dimension: string): boolean {
  const { starts, values } = index.postings;
  const from = starts[term] ?? 0;
  const to = Math.min(starts[term + 1] ?? 0, from + PRODUCTS_LOOKED_AT_MAX);
  for (let i = from; i < to; i++) {
    const units = index.products[values[i] ?? 0]?.units ?? {};
    for (const key of Object.keys(units)) if (lexicon.measures.get(key)?.dimension === dimension) return true;
  }
  return false;
}
