/**
 * Fifth stage: the message in parts, one product each. People separate lines with newlines, commas, "and", list
 * numbers or nothing at all, and write the quantity before or after; where nothing separates them, a new quantity
 * beside a new name does. A part is never cut inside a name that the catalogue knows.
 */
import { type Annotation, standTogether, tagsIn } from './annotate.ts';
import type { CatalogueIndex } from './catalogue-index.ts';
import type { PhraseTag } from './language-table.ts';
import { findListNumbers } from './list-numbers.ts';
import type { PhraseMatch } from './phrases.ts';
import type { Piece } from './pieces.ts';
import { QuantityMarks } from './quantity-marks.ts';
import { wordsTypedTogether } from './query.ts';
import { findWords } from './vocabulary.ts';

type Separator = 'start' | 'line' | 'stop' | 'comma' | 'colon' | 'join' | 'emoji' | 'flow' | 'verb';

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
  'otherwise',
  'else',
]);

/** Of these the verb-last languages put what they lead to behind them as well. */
const LEADING_TAGS: ReadonlySet<PhraseTag> = new Set(['correct', 'otherwise', 'else']);

/** Longer parts hold more than one question and one order; looking through them for each question would not be linear. */
const ASKED_LENGTH_MAX = 40;

/** From here on a typed word is the catalogue's, or its plural. */
const SPELLED_SO = 0.9;

/** How far behind its number a name may begin: "3 cajas de los yoyos". */
const NAMED_WITHIN = 4;

class Cutter {
  private readonly pieces: readonly Piece[];
  private readonly annotation: Annotation;
  private readonly index: CatalogueIndex;
  private readonly listNumbers: Set<number>;
  private readonly marks: QuantityMarks;
  /** The pieces with every mistyped word as the catalogue spells it, to look for neighbours. */
  private readonly spelled: readonly Piece[];
  /** Words of phrases behind the first one. */
  private readonly inPhrase: ReadonlySet<number>;

  constructor(annotation: Annotation, index: CatalogueIndex) {
    this.annotation = annotation;
    this.index = index;
    this.pieces = annotation.pieces;
    this.listNumbers = findListNumbers(annotation.pieces);
    this.spelled = annotation.pieces.map((piece, at) => {
      if (piece.kind !== 'word' || annotation.filler[at] || annotation.claimed[at]) return piece;
      return { ...piece, text: this.knownSpelling(piece.text) ?? piece.text };
    });
    this.inPhrase = new Set(
      annotation.phrases.filter((phrase) => !phrase.answerOnly).flatMap((phrase) => phrase.words.slice(1)),
    );
    this.marks = new QuantityMarks(annotation.pieces, this.spelled, index);
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
        else if (piece.strength !== 'dash' && !this.isListMark(at) && !this.isBetweenNumbers(at, open))
          close(piece.strength);
      } else if (piece.kind === 'join') {
        // "Ganti sama": a joining word inside a phrase joins nothing, and stays with it.
        if (this.inPhrase.has(at)) open.at.push(at);
        else if (!this.isInsideName(at)) close('join');
        // "15 e não 20": the phrase that a joining word begins stands in the part behind it.
        if (this.annotation.phrasesAt.has(at)) open.at.push(at);
      } else if (piece.kind === 'question') {
        open.question = true;
        close('stop');
      } else open.at.push(at);
    });
    close('start');
    return chunks;
  }

  /** "Lija 100: 30, 220: 20": a number, a colon and a number are one part, as a dash between them would be. */
  private isBetweenNumbers(at: number, { at: before }: Segment): boolean {
    const piece = this.pieces[at];
    if (piece?.kind !== 'break' || piece.strength !== 'colon' || before.length !== 1) return false;
    return this.pieces[before[0] ?? -1]?.kind === 'number' && this.pieces[at + 1]?.kind === 'number';
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

  private isKnown(word: string): boolean {
    return this.knownSpelling(word) !== null || wordsTypedTogether(this.index, word) !== null;
  }

  private cutAtVerbs(chunk: Segment): Segment[] {
    const content = chunk.at.filter((at) => this.isContent(at));
    const [first, last] = [content[0] ?? Number.POSITIVE_INFINITY, content.at(-1) ?? -1];
    const starts = new Set<number>();
    for (const at of chunk.at) {
      const phrases = this.annotation.phrasesAt.get(at) ?? [];
      const asked = this.askedBefore(phrases, at, chunk.at);
      if (asked !== null) starts.add(asked);
      const starting = phrases.find((phrase) => !phrase.answerOnly && STARTING_TAGS.has(phrase.tag));
      if (!starting || first >= at) continue;
      if (starting.tag === 'otherwise' || starting.tag === 'else') {
        starts.add(at);
        continue;
      }
      if (last <= at) {
        if (this.announcesNumber(starting, chunk)) starts.add(at);
        continue;
      }
      // "Maaza mat bhejna, thumsup 2": where the verb stands last, the new part begins behind it.
      const end = starting.words.at(-1) ?? at;
      if (starting.tag === 'swap' && !starting.closes && this.standsBetween(end, chunk.at)) continue;
      const next = chunk.at.find((position) => position > end);
      if (!starting.closes || LEADING_TAGS.has(starting.tag)) starts.add(at);
      else if (next !== undefined) starts.add(next);
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

  /** "Jhinga hai kya 3 kilo chahiye", "thinner in stock need 2": the order behind a question is a part of its own. */
  private askedBefore(phrases: readonly PhraseMatch[], at: number, positions: readonly number[]): number | null {
    const query = phrases.find(({ tag, answerOnly }) => tag === 'query' && !answerOnly);
    if (!query || positions.length > ASKED_LENGTH_MAX) return null;
    const { filler, phrasesAt } = this.annotation;
    const end = query.words.at(-1) ?? at;
    const counts = (position: number): boolean => /^(number|size)$/.test(this.pieces[position]?.kind ?? '');
    const before = positions.filter((position) => position < end && !query.words.includes(position));
    const behind = positions.filter((position) => position > end);
    if (
      before.some((position) => this.pieces[position]?.kind === 'number') ||
      !before.some((position) => this.isNameWord(position))
    )
      return null;
    const asks = (position: number): boolean => phrasesAt.get(position)?.some(({ tag }) => tag === 'query') ?? false;
    const orders = (position: number): boolean =>
      filler[position] === 1 ||
      (phrasesAt.get(position)?.some(({ tag }) => tag === 'filler' || tag === 'condition') ?? false);
    const isOrder = behind.some(counts) && behind.some(orders) && !behind.some(asks);
    return isOrder && !behind.some((position) => this.isNameWord(position)) ? (behind[0] ?? null) : null;
  }

  /** "Sprite ganti fanta": without a link behind it, the verb of a swap stands between its two products. */
  private standsBetween(end: number, positions: readonly number[]): boolean {
    const { swapLinks } = this.annotation.lexicon;
    return !positions.some((at) => at > end && swapLinks.has(this.pieces[at]?.text ?? ''));
  }

  /** "3 boxes of sprite no, 4": a no that closes a counted part speaks about the number that comes next. */
  private announcesNumber({ tag, closes, words }: PhraseMatch, chunk: Segment): boolean {
    if (closes || (tag !== 'negate' && tag !== 'correct')) return false;
    const end = words.at(-1) ?? -1;
    const follows = this.pieces[end + 1]?.kind === 'break' && this.countsNext(end + 2);
    return follows && chunk.at.some((at) => this.pieces[at]?.kind === 'number' && !this.listNumbers.has(at));
  }

  /** A number, or a verb and a number ("ponle 10"), that counts nothing new: "6 slime no, 3 yoyos" is no correction. */
  private countsNext(at: number): boolean {
    const { pieces, annotation } = this;
    const leads = annotation.filler[at] === 1 || annotation.phrasesAt.has(at);
    const number = pieces[at]?.kind !== 'number' && leads ? at + 1 : at;
    if (pieces[number]?.kind !== 'number') return false;
    const behind = pieces.slice(number + 1, number + 1 + NAMED_WITHIN);
    const end = behind.findIndex(({ kind }) => kind === 'break' || kind === 'join' || kind === 'question');
    return !behind.slice(0, end < 0 ? NAMED_WITHIN : end).some((_, i) => this.isNameWord(number + 1 + i));
  }

  /** Cuts where a new pair of quantity and name begins without any separator. */
  private cutFlow(part: Segment): Segment[] {
    // "Replace A with 4 B" holds two names on purpose; its halves are told apart later.
    const tags = tagsIn(this.annotation, part.at);
    const swaps = tags.has('swap') || (tags.has('former') && !tags.has('negate'));
    const quantities = swaps
      ? new Map<number, number>()
      : this.marks.startsIn(part.at.filter((at) => !this.annotation.claimed[at]));
    const lastName = part.at.findLast((at) => this.isNameWord(at)) ?? -1;
    const segments: Segment[] = [];
    let open = emptySegment(part.separator);
    let leading = false;
    let names = 0;
    let counts = 0;
    let resembled = false;
    // "2 inch brush 1 dozen 3 inch brush 2 dozen": behind a size, a name and a quantity another size begins anew.
    let sized = false;
    let opensSized = false;
    // "Jeans 30 5 pcs 32 10 pcs 34 5 pcs": the part began with a number that tells a kind.
    let told = false;
    const talk = this.talkBefore(part.at, quantities, lastName);
    const cut = (): void => {
      segments.push(open);
      open = emptySegment('flow');
      leading = false;
      names = 0;
      counts = 0;
      resembled = false;
      sized = false;
      opensSized = false;
      told = false;
    };
    for (let i = 0; i < part.at.length; i++) {
      const at = part.at[i] ?? 0;
      const width = quantities.get(at);
      if (width !== undefined) {
        // "On est lundi, il faut 20 sacs de riz": what stands before the verb resembles nothing that is sold.
        const unlike = counts === 0 && names > 0 && !resembled && at < lastName;
        if (at === talk || (unlike && !this.isNameWord(part.at[i - 1] ?? -1))) cut();
        // "Amox 500 5 box 250 3 box": behind a name and a quantity a number right before another quantity tells a kind.
        const named = told || (names > 0 && !leading);
        if (counts > 0 && named && width === 1 && this.isCountedNext(part.at[i + 1], quantities)) {
          cut();
          told = true;
          open.at.push(at);
          continue;
        }
        // Without a further name behind it, a second number belongs to the same product ("24x500ml coke x 2").
        if (counts > 0 && names > 0 && at < lastName) cut();
        if (names === 0 && counts === 0) leading = true;
        counts++;
        for (let k = 0; k < width; k++) open.at.push(part.at[i + k] ?? at);
        i += width - 1;
        continue;
      }
      if (this.pieces[at]?.kind === 'size') {
        const opens = sized || this.opensSecondSize(part.at, i, quantities) || this.opensName(at);
        const behind = names > 0 && !leading && opens;
        if (counts > 0 && (behind || (names === 0 && opensSized))) cut();
        sized = true;
        opensSized ||= names + counts === 0;
      }
      if (this.isNameWord(at)) {
        if (counts > 0 && names > 0 && !leading) cut();
        names++;
        resembled ||= this.isKnown(this.pieces[at]?.text ?? '');
      }
      open.at.push(at);
    }
    open.question = part.question;
    segments.push(open);
    for (const segment of segments) segment.tags = tagsIn(this.annotation, segment.at);
    return segments;
  }

  private isCountedNext(next: number | undefined, quantities: ReadonlyMap<number, number>): boolean {
    const piece = this.pieces[next ?? -1];
    if (next === undefined || piece?.kind !== 'number' || this.pieces[next - 1]?.kind !== 'number') return false;
    return quantities.get(next) === 2 || (piece.counted && quantities.has(next));
  }

  /**
   * "I would be much obliged for 6 packs rice": where the names stand behind their quantities, words before the first
   * one that the catalogue does not know are talk. Returns the position of that quantity, or null.
   */
  private talkBefore(
    positions: readonly number[],
    quantities: ReadonlyMap<number, number>,
    lastName: number,
  ): number | null {
    const counted = positions.filter((at) => quantities.has(at));
    const [first] = counted;
    if (first === undefined || lastName < (counted.at(-1) ?? 0)) return null;
    const before = positions.filter((at) => at < first && this.isContent(at));
    const isTalk = (at: number): boolean => {
      const word = this.pieces[at]?.text ?? '';
      return this.isNameWord(at) && (this.annotation.lexicon.chatter.has(word) || !this.isKnown(word));
    };
    if (before.length === 0) return null;
    if (before.every(isTalk)) return first;
    // "This is from Ola store pls bring 5 cartons soap": behind talk and a verb, the shop's name is no slip for "cola".
    const isLoose = (at: number): boolean => {
      const match = this.isNameWord(at) && findWords(this.index.vocabulary, this.pieces[at]?.text ?? '')[0];
      return match ? match.likeness < SPELLED_SO && !match.translated : false;
    };
    const leads = this.annotation.filler[first - 1] === 1;
    if (!leads || !before.some(isTalk)) return null;
    return counted.length > 1 || before.every((at) => isTalk(at) || isLoose(at)) ? first : null;
  }

  /** "star 400g 1 case 155g 2 cases": a size right before a quantity, with no further name behind it. */
  private opensSecondSize(positions: readonly number[], i: number, quantities: ReadonlyMap<number, number>): boolean {
    const width = quantities.get(positions[i + 1] ?? -1);
    if (width === undefined) return false;
    const behind = positions[i + 1 + width];
    return behind === undefined || !this.isNameWord(behind);
  }

  /** "Black thread 2 boxes 7 inch zip 5 packs": the catalogue writes this size right before the name behind it. */
  private opensName(at: number): boolean {
    return this.isNameWord(at + 1) && standTogether(this.spelled, at, at + 1, this.index);
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
