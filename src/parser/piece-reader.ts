/**
 * Third stage: tokens to pieces. Sizes come first: a number and its measure become one piece in base units ("500
 * gms", ".5kg" and "half kg" are the same thing), because a pack size that is taken for a quantity is the most
 * expensive mistake a parser of orders can make.
 */
import type { UnitWord } from './compiled-table.ts';
import type { Measure } from './language-table.ts';
import { type Lexicon, unitsOfAllLanguages } from './lexicon.ts';
import { isLanguageWord, lexiconFor } from './message-languages.ts';
import { readSpecialNumber, type Shop } from './number-words.ts';
import { type NumberPiece, numberPiece, type Piece, pieceOf, type SizePiece, wordPiece } from './pieces.ts';
import { readSpelledNumber } from './spelled-numbers.ts';
import { type Token, tokenise } from './tokens.ts';
import { joinLetters, withoutHyphens, withoutPrefixes } from './word-parts.ts';

type PieceOptions = {
  /** The language of the conversation. */
  language?: string;
  /** Unit names of the shop's own products that no language table knows. */
  shopUnits?: Map<string, UnitWord>;
  /** Says whether a term stands in the catalogue; decides whether "8x4" stays together. Only given for messages. */
  knowsTerm?: (term: string) => boolean;
  /** Says whether a word is like one of the catalogue's. */
  resembles?: (word: string) => boolean;
  /** Says whether a word names something of the catalogue, be it in other letters. */
  names?: (word: string) => boolean;
};

/** A text in pieces, and what its words mean in the languages that it is written in. */
export type ReadText = { pieces: Piece[]; lexicon: Lexicon };

/** Reads the pieces of a text. */
export function readPieces(raw: string, options: PieceOptions = {}): ReadText {
  const tokens = joinLetters(tokenise(raw), isLanguageWord);
  const lexicon = lexiconFor(tokens, options);
  const cut = withoutPrefixes(withoutHyphens(tokens), lexicon, options);
  return { pieces: new PieceReader(cut, lexicon, options).readAll(), lexicon };
}

const FRACTION_ON_MAX = 100;
/** Larger numbers that stand twice are a size and a quantity. */
const SAID_TWICE_MAX = 12;

class PieceReader {
  private readonly pieces: Piece[] = [];
  private readonly lexicon: Lexicon;
  private at = 0;
  private readonly tokens: Token[];
  private readonly shop: Shop;
  private readonly shopUnits: Map<string, UnitWord>;

  constructor(tokens: Token[], lexicon: Lexicon, options: PieceOptions) {
    this.tokens = tokens;
    this.lexicon = lexicon;
    this.shop = {
      lexicon,
      isUnit: (word) => this.unitOf(word) !== undefined,
      knowsTerm: options.knowsTerm ?? (() => true),
      isMessage: options.knowsTerm !== undefined,
    };
    this.shopUnits = options.shopUnits ?? new Map();
  }

  readAll(): Piece[] {
    while (this.at < this.tokens.length) {
      const token = this.tokens[this.at];
      if (!token) break;
      if (token.kind === 'number') this.readNumber(token);
      else if (token.kind === 'word') this.readWord(token);
      else if (token.kind === 'mark') this.readMark(token);
      else if (token.kind === 'link') this.push({ ...pieceOf(token), kind: 'other', what: 'link' }, 1);
      else this.push({ ...pieceOf(token), kind: 'break', strength: 'emoji' }, 1);
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
    return this.lexicon.units.get(word) ?? this.shopUnits.get(word);
  }

  private readNumber(token: Token): void {
    const special = readSpecialNumber((offset) => this.peek(offset), this.shop);
    if (special) {
      this.push(special.piece, special.used);
      return;
    }
    const twice = this.saidTwice(token);
    this.finishNumber(token, token.value, 1 + twice, false);
    this.markTwice(twice);
  }

  /** How many tokens repeat the number before its unit: "1-1 box", "5 5 pcs", "ek ek peti". */
  private saidTwice(token: Token): number {
    const dash = this.peek(1)?.text === '-' ? 1 : 0;
    const again = this.peek(1 + dash);
    if (again?.kind !== token.kind || again.text !== token.text || token.value > SAID_TWICE_MAX) return 0;
    return this.unitOf(this.wordAt(2 + dash)) ? 1 + dash : 0;
  }

  private markTwice(twice: number): void {
    const last = this.pieces.at(-1);
    if (twice > 0 && last?.kind === 'number') last.twice = true;
  }

  /** "Bhej do do peti": the first of the two ends a verb. */
  private endsPhrase(word: string): boolean {
    const before = this.pieces.at(-1);
    if (before?.kind !== 'word') return false;
    return this.lexicon.phrasesFrom(before.text).some(({ elements: [, second] }) => {
      return second?.kind === 'words' && second.words.has(word);
    });
  }

  /** From a value on: bunches, measures and count marks decide what the number is. `used` tokens spell it. */
  private finishNumber(first: Token, startValue: number, usedSoFar: number, spelled: boolean): void {
    let value = startValue;
    let used = usedSoFar;
    // "2 and a half cases"
    if (this.lexicon.joins.has(this.wordAt(used) ?? '') || this.peek(used)?.text === '&') {
      const article = this.lexicon.articles.has(this.wordAt(used + 1) ?? '') ? 1 : 0;
      const part = this.fractionAt(used + 1 + article);
      // "Paste 400 and quarter carton milk": nobody adds a quarter to hundreds.
      if (part !== null && Number.isInteger(value) && value < FRACTION_ON_MAX) {
        value += part;
        used += 2 + article;
      }
    }
    // "half a dozen", "half a case", "la moitié d'un carton"
    const article = this.wordAt(used) ?? '';
    if (value < 1 && (this.lexicon.articles.has(article) || this.lexicon.numbers.get(article) === 1)) {
      const next = this.wordAt(used + 1);
      if (next !== null && (this.lexicon.bunches.has(next) || this.unitOf(next))) used += 1;
    }
    const bunch = this.bunchAt(used);
    const last = this.peek(used - 1) ?? first;
    const base = numberPiece(first, value);
    base.end = last.end;
    base.spelled = spelled;
    if (bunch) {
      const end = this.peek(used)?.end ?? last.end;
      const ofSkip = this.wordAt(used + 1) === 'of' ? 1 : 0;
      this.pushBunch(
        { ...base, value: value * bunch.value, single: bunch.single, end },
        bunch.value,
        used + 1 + ofSkip,
      );
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

  /** "Colgate 100 dazani moja": where numbers follow, a bunch with a number behind it is none of the number before. */
  private bunchAt(offset: number): { value: number; single: boolean } | undefined {
    const word = this.wordAt(offset) ?? '';
    const follows = this.lexicon.numberFollows(word) && this.numberBehind(offset + 1) !== null;
    return follows ? undefined : this.lexicon.bunches.get(word);
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
    const common = { text: `${first.text}${unit.text}`, start: first.start, end: unit.end, glued: first.glued };
    this.pushSize(common, measure, value, at + 1);
    return true;
  }

  private readWord(token: Token): void {
    const { lexicon } = this;
    const word = token.text;
    const next = this.peek(1);
    if (this.isOnlyName(word)) {
      this.push(wordPiece(token), 1);
      return;
    }
    if (word === 'x' && next?.kind === 'number') {
      this.justSawTimes = true;
      this.at += 1;
      return;
    }
    if (next?.kind === 'number' && lexicon.currency.has(word)) {
      this.push({ ...pieceOf(token), kind: 'other', what: 'money', value: next.value, end: next.end }, 2);
      return;
    }
    // "2 tin": what is three in Hindi is a unit in English, and right behind digits only a unit makes sense.
    const before = this.pieces.at(-1);
    if (before?.kind === 'number' && !before.spelled && lexicon.numbers.has(word) && unitsOfAllLanguages.has(word)) {
      const unit = unitsOfAllLanguages.get(word);
      if (unit) {
        this.readUnit(token, unit);
        return;
      }
    }
    const value = readSpelledNumber((offset) => this.wordAt(offset), lexicon) ?? this.numberBesideUnit(word);
    if (value) {
      const twice = value.used === 1 && !this.endsPhrase(word) ? this.saidTwice(token) : 0;
      this.finishNumber(token, value.value, value.used + twice, true);
      this.markTwice(twice);
      return;
    }
    if (this.readMeasureFirst(token)) return;
    if (lexicon.articles.has(word) && next?.kind === 'word') {
      const bunch = lexicon.bunches.has(next.text);
      if (bunch || this.unitOf(next.text) || lexicon.scales.has(next.text)) {
        this.finishNumber(token, 1, 1, true);
        return;
      }
    }
    const bunch = lexicon.bunches.get(word);
    if (bunch) {
      this.readBunch(token, bunch);
      return;
    }
    const unit = this.unitOf(word);
    if (unit) this.readUnit(token, unit);
    else if (lexicon.joins.has(word)) this.push({ ...pieceOf(token), kind: 'join' }, 1);
    else this.push(wordPiece(token), 1);
  }

  /** Most words of a catalogue mean nothing in any language, and there is nothing more to ask about them. */
  private isOnlyName(word: string): boolean {
    const { lexicon } = this;
    if (word === 'x' || lexicon.claims(word) || this.shopUnits.has(word)) return false;
    return !lexicon.measures.has(word) && !lexicon.currency.has(word);
  }

  /** "Do carton", "sawa kilo": a word that only counts because a unit word follows. */
  private numberBesideUnit(word: string): { value: number; used: number } | null {
    const next = this.wordAt(1);
    if (next === null || !this.shop.isMessage) return null;
    const counts = this.unitOf(next) !== undefined || this.lexicon.measures.has(next) || this.lexicon.bunches.has(next);
    if (!counts) return null;
    const added = this.lexicon.added.get(word);
    const value =
      added === undefined ? (this.lexicon.otherNumbers.get(word) ?? this.scaleBefore(word, next)) : 1 + added;
    return value === undefined ? null : { value, used: 1 };
  }

  /** "Hundred bags": a scale counts by itself before a unit that brings no number of its own. */
  private scaleBefore(word: string, next: string): number | undefined {
    return (this.lexicon.countedUnits.get(next) ?? 1) === 1 ? this.lexicon.scales.get(word) : undefined;
  }

  private readBunch(token: Token, bunch: { value: number; single: boolean }): void {
    const times = this.lexicon.numberFollows(token.text) ? this.numberBehind(1) : null;
    const ofSkip = times === null && this.wordAt(1) === 'of' ? 1 : 0;
    const value = bunch.value * (times?.value ?? 1);
    const end = this.peek(times?.used ?? 0)?.end ?? token.end;
    const number = { ...numberPiece(token, value), single: bunch.single, spelled: true, end };
    this.pushBunch(number, bunch.value, 1 + ofSkip + (times?.used ?? 0));
  }

  /** "Une douzaine et demie": the fraction is one of the bunch. */
  private pushBunch(number: NumberPiece, size: number, used: number): void {
    const bunched = { ...number, counted: true, bunch: size };
    this.push(bunched, used);
    this.addFraction((part) => addToNumber(bunched, part * size));
  }

  /** The number that begins some tokens further on, in digits or in words. */
  private numberBehind(offset: number): { value: number; used: number } | null {
    const token = this.peek(offset);
    if (token?.kind === 'number' && !token.glued) return { value: token.value, used: 1 };
    return token?.kind === 'word' ? readSpelledNumber((next) => this.wordAt(offset + next), this.lexicon) : null;
  }

  private readUnit(token: Token, unit: UnitWord): void {
    const before = this.pieces.at(-1);
    const counts = before?.kind === 'number' ? before : null;
    const own = this.lexicon.countedUnits.get(token.text);
    const numberNext = this.peek(1)?.kind === 'number' || this.lexicon.numbers.has(this.wordAt(1) ?? '');
    // The dual never stands behind another number: "padlock 60 (two pieces)".
    const counted = counts !== null && own !== 2;
    if (own !== undefined && !counted && !numberNext && this.shop.isMessage) {
      this.pieces.push({ ...numberPiece(token, own), counted: true, spelled: true, implied: own === 1 });
    }
    this.push({ ...pieceOf(token), kind: 'unit', unit, behind: this.isNumberBehind(token) }, 1);
    const last = this.pieces.at(-2);
    if (last?.kind === 'number') this.addFraction((part) => addToNumber(last, part));
    else if (this.shop.isMessage) this.addFraction((part) => this.countOneAnd(token, part));
  }

  /** "Caja y media": the unit alone is the one that the fraction is added to. */
  private countOneAnd(token: Token, part: number): boolean {
    this.pieces.splice(-1, 0, { ...numberPiece(token, 1 + part), counted: true, spelled: true });
    return true;
  }

  /**
   * "Flagyl 400 box 2": between a number that goes with a name and a number that nothing else can take. Where numbers
   * follow, the number behind is the unit's also when the next name stands right behind it.
   */
  private isNumberBehind(token: Token): boolean {
    const [number, name] = [this.pieces.at(-1), this.pieces.at(-2)];
    const behind = this.numberBehind(1);
    if (number?.kind !== 'number' || number.counted || name?.kind !== 'word' || !behind) return false;
    const next = this.wordAt(1 + behind.used);
    if (next === null) return this.peek(1 + behind.used)?.kind !== 'number';
    if (this.lexicon.joins.has(next)) return true;
    const taken = this.unitOf(next) !== undefined || this.lexicon.measures.has(next);
    return this.lexicon.numberFollows(token.text) && (!taken || this.numberBehind(2 + behind.used) !== null);
  }

  /** "Dos cajas y media", "kilo na nusu": a fraction behind the unit belongs to the number before it. */
  private addFraction(add: (part: number) => boolean): void {
    const joins = this.lexicon.joins.has(this.wordAt(0) ?? '') || this.peek(0)?.text === '&';
    // "Dua dus setengah" needs no joining word.
    const bare = !joins && this.lexicon.grammarOf(this.wordAt(0) ?? '').fractionsFollow;
    if (!joins && !bare) return;
    const article = joins && this.lexicon.articles.has(this.wordAt(1) ?? '') ? 1 : 0;
    const at = bare ? 0 : 1 + article;
    const part = this.fractionAt(at);
    if (part === null) return;
    const next = this.wordAt(at + 1);
    // "2 cases and half carton fanta" begins a new line with the fraction.
    const opens =
      next !== null && (this.unitOf(next) || this.lexicon.bunches.has(next) || this.lexicon.measures.has(next));
    // "Lita moja na nusu katoni 8": where numbers follow, the unit has its number behind it and opens nothing.
    const follows = opens && this.lexicon.numberFollows(next) && this.numberBehind(at + 2) !== null;
    if ((opens && !follows) || this.peek(at + 1)?.kind === 'number') return;
    if (add(part)) this.at += at + 1;
  }

  private fractionAt(offset: number): number | null {
    const part = this.lexicon.numbers.get(this.wordAt(offset) ?? '');
    return part !== undefined && part < 1 && part > 0 ? part : null;
  }

  /** "Kilo 20", "kilo moja", and the dual of a measure, which needs no number at all. */
  private readMeasureFirst(token: Token): boolean {
    const measure = this.lexicon.measures.get(token.text);
    // A single letter before a number is a size of clothes or a model as often as a measure.
    if (!measure || measure.gluedOnly || token.text.length < 2 || this.pieces.at(-1)?.kind === 'number') return false;
    const alone = measure.alone === undefined ? null : { value: measure.alone, used: 0 };
    // The dual says its number itself.
    const behind = measure.alone === 2 ? null : this.numberBehind(1);
    const found = behind && this.isOwnNumber(token, behind.used) ? behind : alone;
    if (!found || !Number.isFinite(found.value)) return false;
    const last = this.peek(found.used) ?? token;
    this.pushSize(
      { text: token.text, start: token.start, end: last.end, glued: token.glued },
      measure,
      found.value,
      1 + found.used,
    );
    return true;
  }

  /** "Kilo 20 bags": the number behind the measure is the unit's; "inchi 3 kilo tano": where numbers follow, it is not. */
  private isOwnNumber(token: Token, used: number): boolean {
    const behind = this.peek(1 + used);
    if (behind?.text === 'x' || behind?.text === '*') return false;
    const { bunches, measures } = this.lexicon;
    const word = behind?.kind === 'word' ? behind.text : '';
    const taken = this.unitOf(word) !== undefined || measures.has(word) || bunches.has(word);
    return !taken || (this.lexicon.numberFollows(token.text) && this.numberBehind(2 + used) !== null);
  }

  private pushSize(
    common: Omit<SizePiece, 'kind' | 'dimension' | 'base' | 'value'>,
    measure: Measure,
    value: number,
    used: number,
  ): void {
    const { text, start, end, glued } = common;
    const { dimension, factor } = measure;
    const size: SizePiece = { kind: 'size', text, start, end, glued, dimension, base: value * factor, value };
    this.push(size, used);
    if (this.peek(0) === undefined) return;
    this.addFraction((part) => {
      if (!Number.isInteger(size.value)) return false;
      size.value += part;
      size.base += part * factor;
      return true;
    });
  }

  private readMark(token: Token): void {
    const next = this.peek(1);
    switch (token.text) {
      case '\n':
        this.push({ ...pieceOf(token), kind: 'break', strength: 'line' }, 1);
        return;
      case ',':
      case ';':
      case '•':
      case '|':
        this.push({ ...pieceOf(token), kind: 'break', strength: 'comma' }, 1);
        return;
      case '?':
        this.push({ ...pieceOf(token), kind: 'question' }, 1);
        return;
      case '.':
      case '!':
      case '...':
        this.push({ ...pieceOf(token), kind: 'break', strength: 'stop' }, 1);
        return;
      case '+':
      case '&':
        this.push({ ...pieceOf(token), kind: 'join' }, 1);
        return;
      case '*':
        this.justSawTimes = next?.kind === 'number';
        this.at += 1;
        return;
      case '-':
        this.readDash(token, next);
        return;
      case ':':
        this.push({ ...pieceOf(token), kind: 'break', strength: 'colon' }, 1);
        return;
      case '=':
      case '~':
      case '>':
        this.push({ ...pieceOf(token), kind: 'break', strength: 'dash' }, 1);
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
      this.push({ ...pieceOf(token), kind: 'break', strength: 'dash' }, 1);
      const before = this.pieces.length;
      this.readNumber(next);
      const piece = this.pieces[before];
      if (piece?.kind === 'number') piece.minus = true;
      return;
    }
    this.push({ ...pieceOf(token), kind: 'break', strength: 'dash' }, 1);
  }
}

function addToNumber(number: NumberPiece, part: number): boolean {
  if (!Number.isInteger(number.value)) return false;
  number.value += part;
  return true;
}
