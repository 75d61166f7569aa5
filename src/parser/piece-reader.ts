/**
 * Third stage: tokens to pieces. Sizes come first: a number and its measure become one piece in base units ("500
 * gms", ".5kg" and "half kg" are the same thing), because a pack size that is taken for a quantity is the most
 * expensive mistake a parser of orders can make.
 */

import { finishBunch, readBunch } from './bunches.ts';
import type { UnitWord } from './compiled-table.ts';
import { addFraction, addToNumber, fractionAt } from './fractions.ts';
import { type Lexicon, unitsOfAllLanguages } from './lexicon.ts';
import { readMeasure, readMeasureFirst } from './measured-pieces.ts';
import { isLanguageWord, lexiconFor } from './message-languages.ts';
import { dashesAmongMinuses, isMinusSign } from './minus-signs.ts';
import { nearUnit } from './mistyped-units.ts';
import { CLOCK_WORDS, countFollows, readSpecialNumber } from './number-words.ts';
import { PieceCursor } from './piece-cursor.ts';
import { type NumberPiece, numberPiece, numberTerm, type Piece, pieceOf, wordPiece } from './pieces.ts';
import { isCounted, priceBehind, quotedPrice } from './quoted-prices.ts';
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
  /** Number and unit words that name a product all alone. */
  aloneNames?: ReadonlySet<string>;
  /** Says whether two words stand next to each other in a name. */
  standInName?: (left: string, right: string) => boolean;
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

const PART_ENDS: ReadonlySet<string> = new Set(['\n', ',', ';', '.', '!']);
const NONE: ReadonlySet<string> = new Set();
const TENS = 20;
/** Words of a name that stand between its first word and what counts it. */
const NAME_REACH = 4;
const MISTYPED_LENGTH_MIN = 5;
const PRICE_MIN = 1000;
const FRACTION_ON_MAX = 100;
const OF_LENGTH_MAX = 2;
const HOURS_MAX = 24;
/** How many pieces back the quantity may stand that makes an hour of a number. */
const CLOCK_REACH = 12;
/** Larger numbers that stand twice are a size and a quantity. */
const SAID_TWICE_MAX = 12;

class PieceReader extends PieceCursor {
  private readonly names: (word: string) => boolean;
  private readonly resembles: (word: string) => boolean;
  private readonly aloneNames: ReadonlySet<string>;
  private readonly standInName: (left: string, right: string) => boolean;

  constructor(tokens: Token[], lexicon: Lexicon, options: PieceOptions) {
    super(tokens, lexicon, options);
    this.names = options.names ?? (() => false);
    this.resembles = options.resembles ?? (() => false);
    this.aloneNames = options.aloneNames ?? NONE;
    this.standInName = options.standInName ?? (() => false);
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
    dashesAmongMinuses(this.pieces);
    return this.pieces;
  }

  private readNumber(token: Token): void {
    const special = readSpecialNumber((offset) => this.peek(offset), this.shop);
    if (special) {
      this.push(special.piece, special.used);
      return;
    }
    const price = priceBehind(this, token);
    if (price) {
      this.push(price.piece, price.used);
      return;
    }
    if (this.isSide()) {
      const [, times, second] = [token, this.peek(1), this.peek(2)];
      this.push({ ...numberPiece(token, token.value), side: true }, times ? 2 : 1);
      if (second?.kind === 'number' && this.peek(1)?.kind === 'number')
        this.push({ ...numberPiece(second, second.value), side: true }, 1);
      return;
    }
    if (this.isModel(token)) {
      this.push({ ...numberPiece(token, token.value), side: true }, 1);
      return;
    }
    if (this.isClock(token)) {
      this.push({ ...pieceOf(token), kind: 'other', what: 'time' }, 1);
      return;
    }
    if (this.isAttribute()) {
      this.push({ ...numberPiece(token, token.value), side: true, implied: true }, 1);
      return;
    }
    const paid = this.priceTokens(token);
    if (paid > 0) {
      const end = this.peek(paid - 1)?.end ?? token.end;
      this.push({ ...pieceOf(token), kind: 'other', what: 'money', value: token.value, end }, paid);
      return;
    }
    const twice = this.saidTwice(token);
    this.finishNumber(token, token.value, 1 + twice, false);
    this.markTwice(twice);
  }

  /** "A13", "TP4056": digits that touch the letters before them as a name of the catalogue has them count nothing. */
  private isModel(token: Token): boolean {
    const before = this.pieces.at(-1);
    if (!token.glued || !this.shop.isMessage || before?.kind !== 'word' || before.end !== token.start) return false;
    if (this.standInName(before.text, numberTerm(token.value))) return true;
    return before.text.length === 1 && countFollows((offset) => this.peek(1 + offset));
  }

  /** "2 trays of eggs before 7": behind what is counted already, an hour at the end of its part. */
  private isClock({ value }: Token): boolean {
    if (!this.shop.isMessage || !this.lexicon.clock.has(this.wordAt(-1) ?? '')) return false;
    if (!Number.isInteger(value) || value < 1 || value > HOURS_MAX) return false;
    const next = this.wordAt(1);
    if (!this.endsPart(1) && !(next !== null && this.lexicon.chatter.has(next))) return false;
    return this.pieces.slice(-CLOCK_REACH).some(({ kind }) => kind === 'number');
  }

  /** "Sheet 4x5 10", "4x5m 10": written together, with one more number behind. */
  private isSide(): boolean {
    const [times, second, third] = [this.peek(1), this.peek(2), this.peek(3)];
    const isPair =
      times?.glued && (times.text === 'x' || times.text === '*') && second?.kind === 'number' && second.glued;
    if (!isPair || !this.shop.isMessage) return false;
    const measured = third?.kind === 'word' && third.glued && this.lexicon.measures.has(third.text);
    if (measured) return this.peek(4)?.kind === 'number';
    for (let ahead = 3; ahead < 3 + NAME_REACH; ahead++) {
      const token = this.peek(ahead);
      if (token?.kind === 'number') return true;
      if (token?.kind !== 'word') return false;
    }
    return false;
  }

  /**
   * "5 cubetas a 4.50", "3 cartons de thon à 1 500 F": how many tokens are an amount that nobody would count in, behind a
   * quantity.
   */
  private priceTokens({ text, value }: Token): number {
    if (!this.shop.isMessage || !this.lexicon.pricesAt.has(this.wordAt(-1) ?? '') || !isCounted(this)) return 0;
    const thousands = this.peek(1)?.kind === 'number' && /^\d{3}$/.test(this.peek(1)?.text ?? '') ? 1 : 0;
    const money = this.isMoneyWord(1 + thousands) ? 1 : 0;
    const isMoney = thousands + money > 0 || value >= PRICE_MIN || /[.,]\d\d\d?$/.test(text);
    const used = 1 + thousands + money;
    return (isMoney || !Number.isInteger(value * 2)) && this.endsPrice(used) ? used : 0;
  }

  /** "À 500 F": one letter behind an amount, and nothing behind it, is what the amount is in. */
  private isMoneyWord(offset: number): boolean {
    const word = this.wordAt(offset);
    if (word === null || this.lexicon.joins.has(word)) return false;
    if (this.lexicon.currency.has(word)) return true;
    return word.length === 1 && !this.unitOf(word) && !this.lexicon.measures.has(word) && this.endsPrice(offset + 1);
  }

  private endsPrice(offset: number): boolean {
    const next = this.wordAt(offset);
    return this.endsPart(offset) || (next !== null && (this.lexicon.joins.has(next) || this.lexicon.fillers.has(next)));
  }

  /** "110 ka pipe 8", "parle g 5 wala 1 peti": a number that says which one is meant, with one behind it that counts. */
  private isAttribute(): boolean {
    const mark = this.wordAt(1) ?? '';
    if (!this.shop.isMessage || !this.lexicon.attributes.has(mark)) return false;
    const next = this.peek(2);
    const ends =
      this.lexicon.attributes.get(mark) === 'which' ||
      (next?.kind === 'word' && (this.shop.knowsTerm(next.text) || this.unitOf(next.text) !== undefined));
    if (!ends) return false;
    for (let ahead = 2; ahead < 3 + NAME_REACH; ahead++) {
      const token = this.peek(ahead);
      if (token?.kind === 'number' || this.lexicon.numbers.has(token?.text ?? '')) return true;
      if (token?.kind !== 'word') return false;
    }
    return false;
  }

  /** How many tokens repeat the number before its unit: "1-1 box", "5 5 pcs", "ek ek peti". */
  private saidTwice(token: Token): number {
    const dash = this.peek(1)?.text === '-' ? 1 : 0;
    const again = this.peek(1 + dash);
    if (again?.kind !== token.kind || again.text !== token.text || token.value > SAID_TWICE_MAX) return 0;
    // "Trei moja moja": where numbers follow, the unit stands before them.
    const unit = this.pieces.at(-1);
    const follows = unit?.kind === 'unit' && this.lexicon.numberFollows(unit.text);
    if (follows || this.unitOf(this.wordAt(2 + dash))) return 1 + dash;
    // "Jembe na mundu sita sita": in words, and nothing behind it that the second one would count.
    return token.kind === 'word' && dash === 0 && this.endsPart(2) ? 1 : 0;
  }

  private endsPart(offset: number): boolean {
    const next = this.peek(offset);
    return next === undefined || (next.kind === 'mark' && PART_ENDS.has(next.text));
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
    let used = usedSoFar + this.inBrackets(startValue, usedSoFar);
    // "2 and a half cases"
    if (this.lexicon.joins.has(this.wordAt(used) ?? '') || this.peek(used)?.text === '&') {
      const article = this.lexicon.articles.has(this.wordAt(used + 1) ?? '') ? 1 : 0;
      const part = fractionAt(this, used + 1 + article);
      // "Paste 400 and quarter carton milk": nobody adds a quarter to hundreds.
      if (part !== null && Number.isInteger(value) && value < FRACTION_ON_MAX && !this.opensPart(used + 2 + article)) {
        value += part;
        used += 2 + article;
      }
    }
    // "half a dozen", "half a case", "la moitié d'un carton"
    const article = this.wordAt(used) ?? '';
    // "Coude 1/2 une douzaine": digits are no half of what is counted behind them.
    const isOne = this.lexicon.numbers.get(article) === 1;
    if (
      value < 1 &&
      (spelled ? isOne || this.lexicon.articles.has(article) : this.lexicon.articles.has(article) && !isOne)
    ) {
      const next = this.wordAt(used + 1);
      if (next !== null && (this.lexicon.bunches.has(next) || this.unitOf(next))) used += 1;
    }
    // "Un cuarto de kilo"
    const isPart = value < 1 && spelled && this.lexicon.measures.has(this.wordAt(used + 1) ?? '');
    if (isPart && this.lexicon.fillers.has(article) && article.length <= OF_LENGTH_MAX) used += 1;
    const other = this.otherNumber(used);
    used += other;
    const last = this.peek(used - 1) ?? first;
    const base = numberPiece(first, value);
    base.end = last.end;
    base.spelled = spelled;
    if (other > 0) base.undecided = true;
    if (finishBunch(this, base, used)) return;
    if (readMeasure(this, first, value, used)) return;
    const next = this.peek(used);
    const timesAfter = next !== undefined && (next.text === 'x' || next.text === '*');
    const timesIsCount = timesAfter && !this.isTrailingTimes(used);
    const counted = this.justSawTimes || timesIsCount || this.isOfNumber(used);
    const listed = next?.kind === 'mark' && (next.text === '.' || next.text === ')') && next.glued;
    this.justSawTimes = false;
    base.counted = counted;
    base.listed = listed;
    this.push(base, timesIsCount ? used + 1 : used);
  }

  /** "10 or 12": how many tokens say the other number; a measure behind it makes sizes of both. */
  private otherNumber(used: number): number {
    if (!this.shop.isMessage || !this.lexicon.either.has(this.wordAt(used) ?? '')) return 0;
    const other = this.numberBehind(used + 1);
    const measure = this.wordAt(used + 1 + (other?.used ?? 0));
    return other === null || (measure !== null && this.lexicon.measures.has(measure)) ? 0 : 1 + other.used;
  }

  /** "10 (sepuluh) sak", "ten (10) bags": how many tokens say the number once more in brackets. */
  private inBrackets(value: number, used: number): number {
    if (this.peek(used)?.text !== '(') return 0;
    const digits = this.peek(used + 1);
    const again =
      digits?.kind === 'number'
        ? { value: digits.value, used: 1 }
        : readSpelledNumber((next) => this.wordAt(used + 1 + next), this.lexicon);
    return again?.value === value && this.peek(used + 1 + again.used)?.text === ')' ? again.used + 2 : 0;
  }

  /**
   * "Cadeado 40 e meia dúzia do 50", "res 2 y media caja de nuggets": behind a name and its number, a half that counts
   * a dozen, or a unit "of" something, is one of something else; "azúcar de 50 y medio bulto de papa" likewise.
   */
  private opensPart(offset: number): boolean {
    const { bunches, fillers, measures } = this.lexicon;
    const last = this.pieces.at(-1);
    const before = last?.kind === 'word' && this.isOf(last.text) ? this.pieces.at(-2) : last;
    if (before?.kind !== 'word' || fillers.has(before.text)) return false;
    const word = this.wordAt(offset) ?? '';
    if (bunches.has(word)) return true;
    return (this.unitOf(word) !== undefined || measures.has(word)) && fillers.has(this.wordAt(offset + 1) ?? '');
  }

  /** "De" and "of", but not the Hindi "ka", which makes an attribute of the number before it. */
  private isOf(word: string | null): boolean {
    if (word === null || word === 'x' || word.length > OF_LENGTH_MAX) return false;
    return this.lexicon.fillers.has(word) && !this.lexicon.attributes.has(word);
  }

  /** "Y 2 de 500": what opens a part and is "of" another number counts, and the other one tells which is meant. */
  private isOfNumber(used: number): boolean {
    const before = this.pieces.at(-1)?.kind;
    const opens = before === undefined || before === 'join' || before === 'break';
    return opens && this.isOf(this.wordAt(used)) && this.peek(used + 1)?.kind === 'number';
  }

  /** "5 x 10": the x belongs to the number after it when that one closes the line ("toor dal 1 x 10"). */
  private isTrailingTimes(used: number): boolean {
    const after = this.peek(used + 1);
    const measure = this.peek(used + 2);
    return after?.kind === 'number' && !(measure?.kind === 'word' && this.lexicon.measures.has(measure.text));
  }

  private readWord(token: Token): void {
    const { lexicon } = this;
    const word = token.text;
    const next = this.peek(1);
    const price = quotedPrice(this, token);
    if (price) {
      this.push(price.piece, price.used);
      return;
    }
    const mistyped = this.mistypedUnit(word, this.pieces.at(-1));
    if (mistyped) {
      this.readUnit(token, mistyped);
      return;
    }
    if (this.isOnlyName(word) || (this.aloneNames.has(word) && this.isNamedAlone(word))) {
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
    if (before?.kind === 'number' && this.isUnitBehind(before, word)) {
      const unit = unitsOfAllLanguages.get(word);
      // "Las de 2.5 dos cajas": with its unit behind it, it is a number after all.
      if (unit && !this.unitOf(this.wordAt(1))) {
        this.readUnit(token, unit);
        return;
      }
    }
    const closing = this.unitBehindNumber(token, before);
    if (closing) {
      // Its own spelling is a word of the language ("no").
      this.readUnit({ ...token, text: closing.canonical }, closing);
      return;
    }
    if (before?.kind === 'number' && this.isVerbBehind(before, token)) {
      this.push(wordPiece(token), 1);
      return;
    }
    const value = readSpelledNumber((offset) => this.wordAt(offset), lexicon) ?? this.numberBesideUnit(word);
    const hour = value ? this.peek(value.used) : undefined;
    if (value && hour && CLOCK_WORDS.has(hour.text)) {
      this.push({ ...pieceOf(token), end: hour.end, kind: 'other', what: 'time' }, value.used + 1);
      return;
    }
    if (value && !this.isKindBefore(value, next)) {
      const twice = value.used === 1 && !this.endsPhrase(word) ? this.saidTwice(token) : 0;
      this.finishNumber(token, value.value, value.used + twice, true);
      this.markTwice(twice);
      return;
    }
    if (readMeasureFirst(this, token)) return;
    // "10 sak pak": what means one before a unit word is itself the unit behind a number.
    const isUnit = before?.kind === 'number' && this.unitOf(word) !== undefined;
    if (lexicon.articles.has(word) && next?.kind === 'word' && !isUnit) {
      const bunch = lexicon.bunches.has(next.text);
      // "Y otra de oreo"
      const isOne = this.isOf(next.text) && this.shop.knowsTerm(this.wordAt(2) ?? '');
      if (isOne || bunch || this.unitOf(next.text) || lexicon.scales.has(next.text)) {
        this.finishNumber(token, 1, 1, true);
        return;
      }
    }
    const bunch = lexicon.bunches.get(word);
    if (bunch) {
      readBunch(this, token, bunch);
      return;
    }
    const unit = this.unitOf(word);
    if (unit) this.readUnit(token, unit);
    else if (lexicon.joins.has(word) && !this.beginsName(word)) this.push({ ...pieceOf(token), kind: 'join' }, 1);
    else this.push(wordPiece(token), 1);
  }

  /** Behind a number in words ("do tin") a unit of another language is one, unless the number could go on. */
  private isUnitBehind({ spelled, text, value }: NumberPiece, word: string): boolean {
    if (!this.lexicon.numbers.has(word) || !unitsOfAllLanguages.has(word)) return false;
    return !spelled || (value < TENS && text !== word);
  }

  /** "Jeera 5 do": right behind what counts, and with nothing behind it, the Hindi two is the verb "give". */
  private isVerbBehind({ spelled, value }: NumberPiece, { text }: Token): boolean {
    if (spelled || !this.lexicon.numbers.has(text) || !this.lexicon.fillers.has(text)) return false;
    const next = this.peek(1);
    const name = this.pieces.at(-2);
    const ends = next === undefined || next.kind === 'mark' || this.lexicon.joins.has(this.wordAt(1) ?? '');
    return ends && !(name?.kind === 'word' && this.standInName(name.text, numberTerm(value)));
  }

  /** "10no", and "mouse 10 no" at the end of a line, where nothing is taken back: 10 pieces. */
  private unitBehindNumber(token: Token, number: Piece | undefined): UnitWord | undefined {
    if (number?.kind !== 'number' || number.spelled || !this.shop.isMessage) return undefined;
    if (token.glued) return this.lexicon.gluedUnits.get(token.text) ?? this.lexicon.closingUnits.get(token.text);
    const unit = this.lexicon.closingUnits.get(token.text);
    const name = this.pieces.at(-2);
    const named = name?.kind === 'word' || name?.kind === 'pair' || name?.kind === 'size';
    if (!unit || !named || this.standInName(name.text, numberTerm(number.value))) return undefined;
    const next = this.peek(1);
    const ends = next === undefined || next.text === '\n' || (next.text === ',' && this.peek(2)?.kind === 'word');
    return ends ? unit : undefined;
  }

  /** "Média 5" of small, medium and large: nobody says half of five. */
  private isKindBefore({ value, used }: { value: number; used: number }, next: Token | undefined): boolean {
    if (value >= 1 || used > 1 || next?.kind !== 'number' || !this.shop.isMessage) return false;
    return this.shop.knowsTerm(this.wordAt(0) ?? '');
  }

  /** "3 catons doritos": right behind digits, and before a name, a slip of one letter in a longer unit word. */
  private mistypedUnit(word: string, before: Piece | undefined): UnitWord | undefined {
    if (before?.kind !== 'number' || before.spelled || word.length < MISTYPED_LENGTH_MIN || !this.shop.isMessage)
      return undefined;
    const next = this.wordAt(1);
    if (next === null || this.lexicon.knows(word) || this.shopUnits.has(word)) return undefined;
    if (this.resembles(word) || this.names(word) || !(this.isName(next) || this.lexicon.fillers.has(next)))
      return undefined;
    return nearUnit(word, this.lexicon.languages);
  }

  /** Most words of a catalogue mean nothing in any language, and there is nothing more to ask about them. */
  private isOnlyName(word: string): boolean {
    const { lexicon } = this;
    if (word === 'x' || lexicon.claims(word) || this.shopUnits.has(word)) return false;
    return !lexicon.measures.has(word) && !lexicon.currency.has(word);
  }

  /**
   * "2 dozen pav", "pav 2 tray", "pav": the word is what a product is called, unless it counts what stands behind it
   * ("pav kilo chini") or what stands before it ("chini pav").
   */
  private isNamedAlone(word: string): boolean {
    const next = this.wordAt(1);
    const [before, beforeThat] = [this.pieces.at(-1), this.pieces.at(-2)];
    const isCounted = before?.kind === 'unit' && beforeThat?.kind === 'number';
    if (this.unitOf(word)) return this.isUnitName(isCounted);
    if (next !== null && this.countsWith(next)) {
      if (this.numberBehind(2) !== null) return true;
      return (isCounted || before?.kind === 'number') && !this.isName(this.wordAt(2));
    }
    if (isCounted || before?.kind === 'number') return true;
    const spelled = readSpelledNumber((offset) => this.wordAt(offset), this.lexicon);
    if (this.peek(1)?.kind === 'number' || this.numberBehind(1)) return (spelled?.used ?? 1) === 1;
    return !this.followsName() && !this.isName(next);
  }

  /** "4 patti", "patti 4", "2 packet patti 4": a unit word that neither the name before it nor one behind it needs. */
  private isUnitName(isCounted: boolean): boolean {
    const behind = this.numberBehind(1);
    if (behind) {
      const unit = this.countsWith(this.wordAt(1 + behind.used) ?? '') ? 1 : 0;
      const after = 1 + behind.used + unit;
      return (isCounted || !this.followsName()) && (!this.isName(this.wordAt(after)) || this.hasNumberFrom(after + 1));
    }
    if (this.isName(this.wordAt(1))) return false;
    return isCounted || !this.followsName();
  }

  /** A word of the catalogue stands before, in the same part. */
  private followsName(): boolean {
    for (let back = 1; back <= NAME_REACH; back++) {
      const piece = this.pieces.at(-back);
      if (piece?.kind === 'word' && this.isName(piece.text)) return true;
      if (piece === undefined || piece.kind === 'break' || piece.kind === 'join') return false;
    }
    return false;
  }

  private hasNumberFrom(offset: number): boolean {
    for (let ahead = offset; ahead < offset + NAME_REACH; ahead++) if (this.numberBehind(ahead)) return true;
    return false;
  }

  private isName(word: string | null): boolean {
    return word !== null && this.names(word) && !this.lexicon.fillers.has(word);
  }

  private countsWith(word: string): boolean {
    return this.unitOf(word) !== undefined || this.lexicon.measures.has(word) || this.lexicon.bunches.has(word);
  }

  /** "Do carton", "sawa kilo": a word that only counts because a unit word follows. */
  private numberBesideUnit(word: string): { value: number; used: number } | null {
    const next = this.wordAt(1);
    if (next === null || !this.shop.isMessage || !this.countsWith(next)) return null;
    // "Par des L": a small word of the language before a single letter counts nothing.
    if (next.length === 1 && this.lexicon.fillers.has(word)) return null;
    const added = this.lexicon.added.get(word);
    const value =
      added === undefined ? (this.lexicon.otherNumbers.get(word) ?? this.scaleBefore(word, next)) : 1 + added;
    return value === undefined ? null : { value, used: 1 };
  }

  /** "Bocal e27": a letter that touches a number joins nothing where the catalogue writes it so. */
  private beginsName(word: string): boolean {
    const next = this.peek(1);
    return (
      word.length === 1 && next?.kind === 'number' && next.glued && this.shop.isMessage && this.shop.knowsTerm(word)
    );
  }

  /** "Hundred bags": a scale counts by itself before a unit that brings no number of its own. */
  private scaleBefore(word: string, next: string): number | undefined {
    return (this.lexicon.countedUnits.get(next) ?? 1) === 1 ? this.lexicon.scales.get(word) : undefined;
  }

  private readUnit(token: Token, unit: UnitWord): void {
    const before = this.pieces.at(-1);
    const counts = before?.kind === 'number' ? before : null;
    const own = this.lexicon.countedUnits.get(token.text);
    const numberNext = this.peek(1)?.kind === 'number' || this.lexicon.numbers.has(this.wordAt(1) ?? '');
    // The dual never stands behind another number: "padlock 60 (two pieces)".
    const counted = counts !== null && own !== 2;
    if (own !== undefined && !counted && !numberNext && this.shop.isMessage && !this.isInName(token.text)) {
      this.pieces.push({ ...numberPiece(token, own), counted: true, spelled: true, implied: own === 1 });
    }
    this.push({ ...pieceOf(token), kind: 'unit', unit, behind: this.isNumberBehind(token) }, 1);
    const last = this.pieces.at(-2);
    if (last?.kind === 'number') addFraction(this, (part) => addToNumber(last, part));
    else if (this.shop.isMessage) addFraction(this, (part) => this.countOneAnd(token, part));
  }

  /** "رول دهان ٦": what is one roll elsewhere is a word of the paint roller's name. */
  private isInName(word: string): boolean {
    const [before, next] = [this.pieces.at(-1), this.wordAt(1)];
    if (next !== null && this.standInName(word, next)) return true;
    return before?.kind === 'word' && this.standInName(before.text, word);
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
    const last = this.pieces.at(-1);
    // "Flagyl 400 = box 2"
    const dash = last?.kind === 'break' && last.strength === 'dash' ? 1 : 0;
    const [number, name] = [this.pieces.at(-1 - dash), this.pieces.at(-2 - dash)];
    const behind = this.numberBehind(1);
    if (number?.kind !== 'number' || number.counted || name?.kind !== 'word' || !behind) return false;
    const next = this.wordAt(1 + behind.used);
    if (next === null) return this.peek(1 + behind.used)?.kind !== 'number';
    if (this.lexicon.joins.has(next)) return true;
    const taken = this.unitOf(next) !== undefined || this.lexicon.measures.has(next);
    return this.lexicon.numberFollows(token.text) && (!taken || this.numberBehind(2 + behind.used) !== null);
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
        this.push({ ...pieceOf(token), kind: 'break', strength: 'stop' }, 1);
        return;
      case '...':
        this.push({ ...pieceOf(token), kind: 'break', strength: this.leadsToCount(next) ? 'dash' : 'stop' }, 1);
        return;
      case '+':
      case '&':
        this.push({ ...pieceOf(token), kind: 'join' }, 1);
        return;
      case '/':
        // "Trincha 3 un / rolo 2 un": apart on both sides it stands between lines; elsewhere it means nothing.
        if (!token.glued && next && !next.glued && (next.kind === 'word' || this.opensLine(next)))
          this.push({ ...pieceOf(token), kind: 'break', strength: 'comma' }, 1);
        else this.at += 1;
        return;
      case '*':
        this.justSawTimes = next?.kind === 'number';
        this.at += 1;
        return;
      case '-':
        this.readDash(token, next);
        return;
      case ':':
        this.push({ ...pieceOf(token), kind: 'break', strength: this.leadsToCount(next) ? 'dash' : 'colon' }, 1);
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

  /** "10 bags rice / 5 bags sugar": a number behind a name or a unit begins the next line. */
  private opensLine(next: Token): boolean {
    const before = this.pieces.at(-1)?.kind;
    return next.kind === 'number' && (before === 'word' || before === 'unit');
  }

  /** "Mouse: 10 cable: 5", "mouse...10": between a name and its count a colon or dots part nothing. */
  private leadsToCount(next: Token | undefined): boolean {
    const before = this.pieces.at(-1);
    if (next?.kind !== 'number' || !this.shop.isMessage) return false;
    return before?.kind === 'size' || (before?.kind === 'word' && this.isName(before.text));
  }

  private readDash(token: Token, next: Token | undefined): void {
    const minus = next?.kind === 'number' && next.glued && isMinusSign(token, this.peek(-1));
    if (!minus && token.glued && next?.glued) {
      this.at += 1;
      return;
    }
    this.push({ ...pieceOf(token), kind: 'break', strength: 'dash' }, 1);
    if (!minus) return;
    const before = this.pieces.length;
    this.readNumber(next);
    const piece = this.pieces[before];
    if (piece?.kind !== 'number' && piece?.kind !== 'size') return;
    piece.minus = true;
    piece.start = token.start;
  }
}
