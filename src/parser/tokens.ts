/**
 * Second stage: folded text to tokens. A token is the smallest thing later stages talk about: a word, a number, a
 * mark. Letters and digits that touch are two tokens with `glued` set ("20x", "500ml"), because only later stages
 * know whether the letters are a measure, a multiplication sign or part of a product code.
 */
import { type FoldedText, foldText, foldWord } from './text-folding.ts';

export type Token = {
  kind: 'word' | 'number' | 'mark' | 'emoji' | 'link';
  /** Folded text; for a word without apostrophes and dots. */
  text: string;
  /** Only for numbers: the value, or NaN for something like 1/0. */
  value: number;
  /** True when nothing stands between this token and the one before. */
  glued: boolean;
  start: number;
  end: number;
  /** Where the first apostrophe stood in the word. */
  apostropheAt: number | undefined;
};

/** Cuts a text into tokens. Linear in its length and total: every character lands in a token or is white space. */
export function tokenise(raw: string): Token[] {
  const folded = foldText(raw);
  const { text } = folded;
  const tokens: Token[] = [];
  let at = 0;
  let glued = false;
  while (at < text.length) {
    const char = text[at] ?? '';
    if (char === ' ' || char === '\t') {
      at++;
      glued = false;
      continue;
    }
    const length = pushToken(tokens, folded, at, glued);
    at += length;
    glued = true;
  }
  return tokens;
}

/** Reads the token that begins here; gives back how many characters it takes. */
function pushToken(tokens: Token[], folded: FoldedText, at: number, glued: boolean): number {
  const { text } = folded;
  const char = text[at] ?? '';
  const code = text.charCodeAt(at);
  if (isDigit(code) || VULGAR[char] !== undefined || (char === '.' && !glued && isDigit(text.charCodeAt(at + 1)))) {
    const { value, length } = readNumber(text, at);
    tokens.push(tokenOf('number', text.slice(at, at + length), value, glued, folded, at, length));
    return length;
  }
  if (char === 'h' || char === 'w') {
    const link = matchAt(LINK, text, at);
    if (link) {
      tokens.push(tokenOf('link', link, 0, glued, folded, at, link.length));
      return link.length;
    }
  }
  const second = text[at + 1];
  const initials = !glued && (second === '.' || second === '&') ? matchAt(INITIALS, text, at) : null;
  if (initials) {
    tokens.push(tokenOf('word', initials.replace(/[.&]/g, ''), 0, glued, folded, at, initials.length));
    return initials.length;
  }
  const word = matchAt(WORD, text, at);
  if (word) {
    tokens.push(wordToken(word, glued, folded, at));
    return word.length;
  }
  const emoji = code > 127 ? matchAt(EMOJI, text, at) : null;
  const mark = emoji ?? (char === '.' ? (matchAt(DOTS, text, at) ?? char) : char);
  const length = emoji === null && code >= 0xd800 && code <= 0xdbff && at + 1 < text.length ? 2 : mark.length;
  const shown = char === '.' && length > 1 ? '...' : mark;
  tokens.push(tokenOf(emoji ? 'emoji' : 'mark', shown, 0, glued, folded, at, length));
  return length;
}

function wordToken(word: string, glued: boolean, folded: FoldedText, at: number): Token {
  if (word.charCodeAt(0) > 127) return tokenOf('word', foldWord(word), 0, glued, folded, at, word.length);
  const apostrophe = word.indexOf("'");
  if (apostrophe < 0) return tokenOf('word', word, 0, glued, folded, at, word.length);
  const token = tokenOf('word', word.replaceAll("'", ''), 0, glued, folded, at, word.length);
  token.apostropheAt = apostrophe;
  return token;
}

/** All tokens have one shape: half a million of them are made while a large catalogue is read. */
function tokenOf(
  kind: Token['kind'],
  text: string,
  value: number,
  glued: boolean,
  folded: FoldedText,
  at: number,
  length: number,
): Token {
  const end = endOf(folded, at + length - 1);
  return { kind, text, value, glued, start: startOf(folded, at), end, apostropheAt: undefined };
}

function startOf(folded: FoldedText, at: number): number {
  return folded.starts ? (folded.starts[at] ?? 0) : at;
}

function endOf(folded: FoldedText, at: number): number {
  return folded.ends ? (folded.ends[at] ?? 0) : at + 1;
}

const LINK = /(?:https?:\/\/|www\.)[^ \n]+/y;
// "p.a.n" and "h&s" are one word; "coke.sprite" and "coke&sprite" are not.
const INITIALS = /\p{L}(?:[.&]\p{L}(?!\p{L}))+\.?/uy;
const WORD = /[\p{L}\p{M}]+(?:'[\p{L}\p{M}]+)*/uy;
const EMOJI = /\p{Extended_Pictographic}|\p{Regional_Indicator}/uy;
const DOTS = /\.+/y;

function matchAt(pattern: RegExp, text: string, at: number): string | null {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? null;
}

const VULGAR: Record<string, number> = {
  '¼': 1 / 4,
  '½': 1 / 2,
  '¾': 3 / 4,
  '⅐': 1 / 7,
  '⅑': 1 / 9,
  '⅒': 1 / 10,
  '⅓': 1 / 3,
  '⅔': 2 / 3,
  '⅕': 1 / 5,
  '⅖': 2 / 5,
  '⅗': 3 / 5,
  '⅘': 4 / 5,
  '⅙': 1 / 6,
  '⅚': 5 / 6,
  '⅛': 1 / 8,
  '⅜': 3 / 8,
  '⅝': 5 / 8,
  '⅞': 7 / 8,
};

const MIXED = /(\d{1,3}) +(\d{1,2})\/(\d{1,2})(?![\d/])/y;
const FRACTION = /(\d{1,6})\/(\d{1,6})(?![\d/])/y;
// "2.5.3" and "12.05.2026" are no amounts.
const DOTTED = /\d+(?:\.\d+){2,}/y;
const SCIENTIFIC = /\d+e\d+(?![\p{L}\d])/uy;
// "4 000": nothing else is written with three noughts of their own.
const SPACED = /\d{1,3}(?: 000)+(?![\d.,])/y;
const GROUPED = /\d{1,3}(?:,\d{2,3})*,\d{3}(?:\.\d+)?(?![\d,])/y;
// A decimal comma needs one or two digits after it and no further comma: "1,5" is a number, "1,2,3" is a list.
const COMMA_DECIMAL = /\d+,\d{1,2}(?![\d,./])/y;
const PLAIN = /\d*\.\d+|\d+/y;

function readNumber(text: string, at: number): { value: number; length: number } {
  const lone = VULGAR[text[at] ?? ''];
  if (lone !== undefined) return { value: lone, length: 1 };
  MIXED.lastIndex = at;
  const mixed = MIXED.exec(text);
  if (mixed) {
    const [whole, top, bottom] = [Number(mixed[1]), Number(mixed[2]), Number(mixed[3])];
    if (top < bottom) return { value: whole + top / bottom, length: mixed[0].length };
  }
  FRACTION.lastIndex = at;
  const fraction = FRACTION.exec(text);
  if (fraction) {
    const [top, bottom] = [Number(fraction[1]), Number(fraction[2])];
    // Anything but a proper fraction is a date, a shelf code or a slip; NaN makes it a question, never a guess.
    return { value: top > 0 && top < bottom ? top / bottom : Number.NaN, length: fraction[0].length };
  }
  const dotted = matchAt(DOTTED, text, at);
  if (dotted) return { value: Number.NaN, length: dotted.length };
  const scientific = matchAt(SCIENTIFIC, text, at);
  if (scientific) return { value: Number(scientific), length: scientific.length };
  const spaced = matchAt(SPACED, text, at);
  if (spaced) return { value: Number(spaced.replaceAll(' ', '')), length: spaced.length };
  const grouped = matchAt(GROUPED, text, at);
  if (grouped) return { value: Number(grouped.replaceAll(',', '')), length: grouped.length };
  const comma = matchAt(COMMA_DECIMAL, text, at);
  if (comma) return { value: Number(comma.replace(',', '.')), length: comma.length };
  const plain = matchAt(PLAIN, text, at) ?? text[at] ?? '';
  const vulgarAt = text[at + plain.length] === ' ' ? at + plain.length + 1 : at + plain.length;
  const vulgar = VULGAR[text[vulgarAt] ?? ''];
  if (vulgar !== undefined) return { value: Number(plain) + vulgar, length: vulgarAt + 1 - at };
  return { value: Number(plain), length: plain.length };
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}
