/**
 * Third stage: tokens to pieces, the units of the grammar. Sizes come first: a number and its measure become one
 * piece in base units ("500 gms", ".5kg" and "half kg" are the same thing), because a pack size that is taken for
 * a quantity is the most expensive mistake a parser of orders can make. Product names go through the same stage,
 * so both sides of every comparison are spelled alike.
 */
import type { Dimension } from './language-table.ts';
import { type Lexicon, lexicon as sharedLexicon, type UnitWord } from './lexicon.ts';
import { type Token, tokenise } from './tokens.ts';

type Common = { text: string; start: number; end: number; glued: boolean };

export type WordPiece = Common & { kind: 'word' };
export type NumberPiece = Common & {
  kind: 'number';
  value: number;
  /** Marked as a count: "x 10", "20x", "2 dozen". */
  counted: boolean;
  /** Counts single pieces whatever the product's default unit is ("two dozen"). */
  single: boolean;
  spelled: boolean;
  /** A minus sign touches the number. */
  minus: boolean;
  /** "2." or "2)": perhaps the number of a list entry. */
  listed: boolean;
  /** "2nd". */
  ordinal: boolean;
};
export type SizePiece = Common & { kind: 'size'; dimension: Dimension; base: number; value: number };
export type UnitPiece = Common & { kind: 'unit'; unit: UnitWord };
/** Two numbers in one ("8x4"), kept together only where the catalogue spells a product so. */
export type PairPiece = Common & { kind: 'pair' };
export type BreakPiece = Common & { kind: 'break'; strength: 'line' | 'stop' | 'comma' | 'colon' | 'dash' | 'emoji' };
export type JoinPiece = Common & { kind: 'join' };
/** Money, clock times, references, links: never a product, never a quantity. */
export type OtherPiece = Common & { kind: 'other'; what: 'money' | 'time' | 'reference' | 'link' };
export type QuestionPiece = Common & { kind: 'question' };

export type Piece =
  | WordPiece
  | NumberPiece
  | SizePiece
  | UnitPiece
  | PairPiece
  | BreakPiece
  | JoinPiece
  | OtherPiece
  | QuestionPiece;

export type PieceOptions = {
  lexicon?: Lexicon;
  /** Unit names of the shop's own products that no language table knows. */
  shopUnits?: Map<string, UnitWord>;
  /** Says whether a term stands in the catalogue; decides whether "8x4" stays together. */
  knowsTerm?: (term: string) => boolean;
};

/** Reads the pieces of a text. */
export function readPieces(raw: string, options: PieceOptions = {}): Piece[] {
  const reader = new PieceReader(tokenise(raw), options);
  return reader.readAll();
}

/** How a piece is spelled as a term of the index, or null when it can be no part of a name. */
export function termOf(piece: Piece): string | null {
  switch (piece.kind) {
    case 'word':
    case 'unit':
    case 'pair':
      return piece.text;
    case 'number':
      return numberTerm(piece.value);
    case 'size':
      return sizeTerm(piece);
    default:
      return null;
  }
}

export function numberTerm(value: number): string {
  return `#${round(value)}`;
}

/** One spelling per amount: rounded to four digits so that 0.34l and 340ml agree. */
export function sizeTerm(size: { dimension: Dimension; base: number }): string {
  return `${size.dimension}:${Number(size.base.toPrecision(4))}`;
}

export function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}

const CURRENCY_MARKS = new Set(['₹', '$', '€', '£', '₦', '₨']);
const CURRENCY_WORDS = new Set([
  'rs',
  'inr',
  'rupees',
  'rupee',
  'usd',
  'ngn',
  'kes',
  'ksh',
  'kshs',
  'zar',
  'naira',
  'rands',
  'rupiah',
  'idr',
  'brl',
  'mxn',
]);
const CLOCK_WORDS = new Set(['am', 'pm', 'oclock']);
const ORDINAL_ENDINGS = new Set(['st', 'nd', 'rd', 'th']);

class PieceReader {
  private readonly pieces: Piece[] = [];
  private readonly lexicon: Lexicon;
  private at = 0;
  private readonly tokens: Token[];
  private readonly options: PieceOptions;

  constructor(tokens: Token[], options: PieceOptions) {
    this.tokens = tokens;
    this.options = options;
    this.lexicon = options.lexicon ?? sharedLexicon;
  }

  readAll(): Piece[] {
    while (this.at < this.tokens.length) {
      const token = this.tokens[this.at];
      if (!token) break;
      if (token.kind === 'number') this.readNumber(token);
      else if (token.kind === 'word') this.readWord(token);
      else if (token.kind === 'mark') this.readMark(token);
      else if (token.kind === 'link') this.push({ ...common(token), kind: 'other', what: 'link' }, 1);
      else this.push({ ...common(token), kind: 'break', strength: 'emoji' }, 1);
    }
    return this.pieces;
  }

  private push(piece: Piece, used: number): void {
    this.pieces.push(piece);
    this.at += used;
  }

  private peek(offset: number): Token | undefined {
    return this.tokens[this.at + offset];
  }

  private wordAt(offset: number): string | null {
    const token = this.peek(offset);
    return token?.kind === 'word' ? token.text : null;
  }

  private unitOf(word: string | null): UnitWord | undefined {
    if (word === null) return undefined;
    return this.lexicon.units.get(word) ?? this.options.shopUnits?.get(word);
  }

  private readNumber(token: Token): void {
    if (this.readSpecialNumber(token)) return;
    this.finishNumber(token, token.value, 1, false);
  }

  /** Money, clock times, ordinals, percentages and pairs such as 8x4. */
  private readSpecialNumber(token: Token): boolean {
    const before = this.peek(-1);
    const after = this.peek(1);
    const money = before?.kind === 'mark' && (CURRENCY_MARKS.has(before.text) || before.text === '@');
    const pricedBefore = before?.kind === 'word' && CURRENCY_WORDS.has(before.text);
    const pricedAfter = after?.kind === 'word' && CURRENCY_WORDS.has(after.text);
    const slashDash = after?.kind === 'mark' && after.text === '/' && after.glued && this.peek(2)?.text === '-';
    if (money || pricedBefore || pricedAfter || slashDash) {
      this.push({ ...common(token), kind: 'other', what: 'money' }, slashDash ? 3 : pricedAfter ? 2 : 1);
      return true;
    }
    if (before?.kind === 'mark' && before.text === '#' && token.glued) {
      this.push({ ...common(token), kind: 'other', what: 'reference' }, 1);
      return true;
    }
    if (after?.kind === 'mark' && after.text === '%' && after.glued) {
      this.push({ ...common(token), text: `${token.text}%`, end: after.end, kind: 'word' }, 2);
      return true;
    }
    if (after?.kind === 'word' && CLOCK_WORDS.has(after.text)) {
      this.push({ ...common(token), end: after.end, kind: 'other', what: 'time' }, 2);
      return true;
    }
    if (after?.kind === 'word' && after.glued && ORDINAL_ENDINGS.has(after.text)) {
      this.push({ ...number(token, token.value), end: after.end, ordinal: true }, 2);
      return true;
    }
    const second = this.peek(2);
    if (after?.kind === 'word' && after.glued && this.isPartOfWord(after)) {
      const term = `${token.text}${after.text}`;
      if (this.options.knowsTerm?.(term) ?? true) {
        this.push({ ...common(token), text: term, end: after.end, kind: 'word' }, 2);
        return true;
      }
    }
    if (after?.glued && (after.text === 'x' || after.text === '*') && second?.kind === 'number' && second.glued) {
      const third = this.peek(3);
      const measured = third?.kind === 'word' && third.glued && this.lexicon.measures.has(third.text);
      const term = `${token.text}x${second.text}`;
      if (!measured && (this.options.knowsTerm?.(term) ?? true)) {
        this.push({ ...common(token), text: term, end: second.end, kind: 'pair' }, 3);
        return true;
      }
    }
    return false;
  }

  /** "7up", unlike "7pcs", "7kg" and "7x". */
  private isPartOfWord(after: Token): boolean {
    const { lexicon } = this;
    if (after.text === 'x' || this.unitOf(after.text)) return false;
    return !lexicon.measures.has(after.text) && !lexicon.bunches.has(after.text) && !lexicon.scales.has(after.text);
  }

  /** From a value on: bunches, measures and count marks decide what the number is. `used` tokens spell it. */
  private finishNumber(first: Token, startValue: number, usedSoFar: number, spelled: boolean): void {
    let value = startValue;
    let used = usedSoFar;
    // "2 and a half cases"
    if (this.lexicon.joins.has(this.wordAt(used) ?? '') || this.peek(used)?.text === '&') {
      const article = this.lexicon.articles.has(this.wordAt(used + 1) ?? '') ? 1 : 0;
      const part = this.lexicon.numbers.get(this.wordAt(used + 1 + article) ?? '');
      if (part !== undefined && part < 1 && part > 0 && Number.isInteger(value)) {
        value += part;
        used += 2 + article;
      }
    }
    // "half a dozen", "half a case"
    if (value < 1 && this.lexicon.articles.has(this.wordAt(used) ?? '')) {
      const next = this.wordAt(used + 1);
      if (next !== null && (this.lexicon.bunches.has(next) || this.unitOf(next))) used += 1;
    }
    const bunch = this.lexicon.bunches.get(this.wordAt(used) ?? '');
    const last = this.peek(used - 1) ?? first;
    const base = number(first, value);
    base.end = last.end;
    base.spelled = spelled;
    if (bunch) {
      const end = this.peek(used)?.end ?? last.end;
      const ofSkip = this.wordAt(used + 1) === 'of' ? 1 : 0;
      this.push({ ...base, value: value * bunch.value, counted: true, single: bunch.single, end }, used + 1 + ofSkip);
      return;
    }
    if (this.readMeasure(first, value, used)) return;
    const next = this.peek(used);
    const timesAfter = next !== undefined && (next.text === 'x' || next.text === '*');
    const timesIsCount = timesAfter && !this.isTrailingTimes(used);
    const counted = this.justSawTimes || timesIsCount;
    const listed = next?.kind === 'mark' && (next.text === '.' || next.text === ')') && next.glued;
    this.justSawTimes = false;
    base.counted = counted;
    base.listed = listed;
    this.push(base, timesIsCount ? used + 1 : used);
  }

  private justSawTimes = false;

  /** "5 x 10": the x belongs to the number after it when that one closes the line ("toor dal 1 x 10"). */
  private isTrailingTimes(used: number): boolean {
    const after = this.peek(used + 1);
    const measure = this.peek(used + 2);
    return after?.kind === 'number' && !(measure?.kind === 'word' && this.lexicon.measures.has(measure.text));
  }

  private readMeasure(first: Token, value: number, used: number): boolean {
    const token = this.peek(used);
    if (!token) return false;
    const hyphenated = token.text === '-' && token.glued && this.peek(used + 1)?.glued === true;
    const at = hyphenated ? used + 1 : used;
    const unit = this.peek(at);
    if (!unit) return false;
    const inchMark = unit.kind === 'mark' && unit.text === '"' && unit.glued;
    const measure = inchMark
      ? this.lexicon.measures.get('inch')
      : unit.kind === 'word'
        ? this.lexicon.measures.get(unit.text)
        : undefined;
    if (!measure || (measure.gluedOnly && !unit.glued) || !Number.isFinite(value)) return false;
    this.justSawTimes = false;
    this.push(
      {
        kind: 'size',
        text: `${first.text}${unit.text}`,
        start: first.start,
        end: unit.end,
        glued: first.glued,
        dimension: measure.dimension,
        base: value * measure.factor,
        value,
      },
      at + 1,
    );
    return true;
  }

  private readWord(token: Token): void {
    const { lexicon } = this;
    const word = token.text;
    const next = this.peek(1);
    if (word === 'x' && next?.kind === 'number') {
      this.justSawTimes = true;
      this.at += 1;
      return;
    }
    const value = this.spelledNumber();
    if (value) {
      this.finishNumber(token, value.value, value.used, true);
      return;
    }
    if (lexicon.articles.has(word) && next?.kind === 'word') {
      const bunch = lexicon.bunches.has(next.text);
      if (bunch || this.unitOf(next.text) || lexicon.scales.has(next.text)) {
        this.finishNumber(token, 1, 1, true);
        return;
      }
    }
    const bunch = lexicon.bunches.get(word);
    if (bunch) {
      const ofSkip = this.wordAt(1) === 'of' ? 1 : 0;
      this.push({ ...number(token, bunch.value), counted: true, single: bunch.single, spelled: true }, 1 + ofSkip);
      return;
    }
    const unit = this.unitOf(word);
    if (unit) this.push({ ...common(token), kind: 'unit', unit }, 1);
    else if (lexicon.joins.has(word)) this.push({ ...common(token), kind: 'join' }, 1);
    else this.push({ ...common(token), kind: 'word' }, 1);
  }

  /** "twenty five", "two hundred and fifty". */
  private spelledNumber(): { value: number; used: number } | null {
    const { numbers, scales } = this.lexicon;
    const first = numbers.get(this.wordAt(0) ?? '');
    if (first === undefined) return null;
    let value = first;
    let used = 1;
    for (let steps = 0; steps < 6; steps++) {
      const word = this.wordAt(used);
      if (word === null) break;
      const scale = scales.get(word);
      if (scale !== undefined) {
        value *= scale;
        used += 1;
        continue;
      }
      const more = numbers.get(word);
      const fits = more !== undefined && more >= 1 && more < 10 && value % 10 === 0 && value >= 20;
      const fitsHundred = more !== undefined && more >= 10 && more < 100 && value % 100 === 0 && value >= 100;
      if (more === undefined || !(fits || fitsHundred)) break;
      value += more;
      used += 1;
    }
    return { value, used };
  }

  private readMark(token: Token): void {
    const next = this.peek(1);
    switch (token.text) {
      case '\n':
        this.push({ ...common(token), kind: 'break', strength: 'line' }, 1);
        return;
      case ',':
      case ';':
      case '•':
      case '|':
        this.push({ ...common(token), kind: 'break', strength: 'comma' }, 1);
        return;
      case '?':
        this.push({ ...common(token), kind: 'question' }, 1);
        return;
      case '.':
      case '!':
      case '...':
        this.push({ ...common(token), kind: 'break', strength: 'stop' }, 1);
        return;
      case '+':
      case '&':
        this.push({ ...common(token), kind: 'join' }, 1);
        return;
      case '*':
        this.justSawTimes = next?.kind === 'number';
        this.at += 1;
        return;
      case '-':
        this.readDash(token, next);
        return;
      case ':':
        this.push({ ...common(token), kind: 'break', strength: 'colon' }, 1);
        return;
      case '=':
      case '~':
      case '>':
        this.push({ ...common(token), kind: 'break', strength: 'dash' }, 1);
        return;
      default:
        this.at += 1;
    }
  }

  private readDash(token: Token, next: Token | undefined): void {
    if (token.glued && next?.glued) {
      this.at += 1;
      return;
    }
    if (next?.kind === 'number' && next.glued) {
      this.push({ ...common(token), kind: 'break', strength: 'dash' }, 1);
      const before = this.pieces.length;
      this.readNumber(next);
      const piece = this.pieces[before];
      if (piece?.kind === 'number') piece.minus = true;
      return;
    }
    this.push({ ...common(token), kind: 'break', strength: 'dash' }, 1);
  }
}

function common(token: Token): Common {
  return { text: token.text, start: token.start, end: token.end, glued: token.glued };
}

function number(token: Token, value: number): NumberPiece {
  return {
    kind: 'number',
    text: token.text,
    start: token.start,
    end: token.end,
    glued: token.glued,
    value,
    counted: false,
    single: false,
    spelled: false,
    minus: false,
    listed: false,
    ordinal: false,
  };
}
