/**
 * Stage zero as well: lines of our own proposals that the retailer sends back, perhaps with a figure changed. Such a
 * line is known by its shape and not by its language: "1. Coca-Cola 300ml PET, 2 cases (48) - 4,320.00" is a list
 * number, a name, a quantity with a unit behind the last comma, what that comes to, and money. The money and what it
 * comes to are no quantities, which is lost once the line is read as running text. Everything else stays as written.
 */
import { isTotal } from './columns.ts';
import { proposalWords } from './languages/proposal-words.ts';
import { currencyOfAllLanguages, measuresOfAllLanguages, unitsOfAllLanguages } from './lexicon.ts';
import type { Sheet } from './spreadsheet.ts';
import { foldPlain } from './text-folding.ts';

/** `sure`: nobody writes so who does not copy us. `likely`: so only beside a sure line. */
type ReadLine = { text: string; raw: { start: number; end: number }; trust: 'sure' | 'likely' };

/** A number as it is shown, and its unit; "" for none. */
type Contents = { shown: string; unit: string };

/** `decimal`: the mark before its decimals, where the amount shows which one that is. */
type Amount = { plain: boolean; decimal: '.' | ',' | null };

const LIST_NUMBER = /^[\s>*•-]{0,8}(?:\p{Nd}{1,3}[.)](?!\p{Nd})\s{0,4})?/u;
const TRAILING_BRACKETS = /\(([^()]{1,30})\)\s{0,4}$/;
const QUANTITY = /^(\d[\d.,]{0,12}|\d{1,3}(?: \d{3}){1,2}) {0,2}((?:[\p{L}\p{M}][\p{L}\p{M}'.]{0,30} ?){0,3})$/u;
/** As Swahili counts: "katoni 10". */
const UNIT_FIRST = /^((?:[\p{L}\p{M}][\p{L}\p{M}'.]{0,30} ){1,3})(\d[\d.,]{0,12}|\d{1,3}(?: \d{3}){1,2})$/u;
const CONTENTS = /^(\d[\d., ]{0,15}?) {0,2}([\p{L}\p{M}][\p{L}\p{M} '.]{0,30})?$/u;
const MONEY = /^([\p{L}\p{Sc}.]{0,6}) {0,2}(\d[\d.,' ]{0,24}?) {0,2}([\p{L}\p{Sc}.]{0,6})$/u;
const DASH = /\s[\p{Pd}\u2212]\s/gu;
const TAIL_NUMBERS = /\*?\d[\d.,' ]*\*?/g;
const DECIMALS = /[.,]\d{2,3}$/;

const LINE_LENGTH_MAX = 300;
const AMOUNT_LENGTH_MAX = 40;
/** A total and what is left of the credit. */
const TAIL_LINES_MAX = 2;
/** Beyond this a number in brackets is a size as often as what the packs hold: "coke, 2 ctn (500)". */
const HELD_MAX = 200;
const SENTENCE_WORDS_MIN = 6;

const currencyCodes: ReadonlySet<string> = new Set(
  Intl.supportedValuesOf('currency').map((code) => code.toLowerCase()),
);

const headingWords = wordSet(proposalWords.heading);
const accountWords = wordSet(proposalWords.account);

/** Finds lines of a proposal in the text, or null: what is left of them is "name = quantity unit". */
export function readProposal(raw: string): Sheet | null {
  if (!/[,،]/.test(raw)) return null;
  const rows = rowsOf(raw);
  const read = rows.map(({ text, start }) => readLine(text, start));
  if (!read.some((line) => line?.trust === 'sure')) return null;
  const last = read.findLastIndex((line) => line !== null);
  const around = tailBehind(rows, last);
  const heading = read.findIndex((line) => line !== null) - 1;
  if (isHeading(rows[heading]?.text ?? '')) around.add(heading);
  const sheet: Sheet = { text: '', lines: [] };
  for (const [at, { text, start }] of rows.entries()) {
    if (around.has(at)) continue;
    const line = read[at];
    const from = sheet.text.length;
    sheet.text += `${line?.text ?? text}\n`;
    const whole = { start, end: start + text.length };
    sheet.lines.push({ from, to: sheet.text.length, raw: line?.raw ?? whole, moved: line != null });
  }
  return sheet;
}

type Row = { text: string; start: number };

function rowsOf(raw: string): Row[] {
  const rows: Row[] = [];
  let start = 0;
  for (const text of raw.split('\n')) {
    rows.push({ text, start });
    start += text.length + 1;
  }
  return rows;
}

function readLine(row: string, start: number): ReadLine | null {
  if (row.length > LINE_LENGTH_MAX) return null;
  const lead = LIST_NUMBER.exec(row)?.[0] ?? '';
  const listed = /\p{Nd}/u.test(lead);
  const { rest, amount } = withoutAmount(row);
  const brackets = TRAILING_BRACKETS.exec(rest);
  const isOurs = listed && amount !== null;
  const contents = contentsIn(plain(brackets?.[1] ?? ''), isOurs);
  const end = contents && brackets ? brackets.index : rest.length;
  const comma = lastComma(row, end);
  const name = row.slice(lead.length, Math.max(comma, 0)).trim();
  const { shown, unit } = quantityIn(comma < 0 ? '' : plain(row.slice(comma + 1, end)), isOurs);
  if (shown === '' || !/\p{L}/u.test(name)) return null;
  const count = numberOf(shown, amount ? amount.decimal : '.');
  if (count === null) return null;
  const known = isUnit(unit);
  const trust = trustOf({ listed, amount, contents, count, known, plainName: !/[,،]/.test(name) });
  if (trust === null) return null;
  const said = row.slice(0, end).trimEnd().length;
  return {
    text: `${count} ${unit} ${name.replace(/[,،;|]/g, ' ')}`,
    raw: { start: start + lead.length, end: start + said },
    trust,
  };
}

function quantityIn(text: string, isOurs: boolean): Contents {
  const [, shown, unit = ''] = QUANTITY.exec(text) ?? [];
  if (shown !== undefined) return { shown, unit };
  return behindUnit(text, isOurs) ?? { shown: '', unit: '' };
}

function contentsIn(text: string, isOurs: boolean): Contents | null {
  const [, shown, unit = ''] = CONTENTS.exec(text) ?? [];
  return shown === undefined ? behindUnit(text, isOurs) : { shown, unit };
}

/** Behind a unit of the wholesaler's own a number counts only in a line that is surely ours. */
function behindUnit(text: string, isOurs: boolean): Contents | null {
  const [, unit = '', shown] = UNIT_FIRST.exec(text) ?? [];
  return shown !== undefined && (isOurs || isUnit(unit)) ? { shown, unit: unit.trim() } : null;
}

type Marks = {
  listed: boolean;
  amount: Amount | null;
  contents: Contents | null;
  count: string;
  known: boolean;
  plainName: boolean;
};

function trustOf({ listed, amount, contents, count, known, plainName }: Marks): ReadLine['trust'] | null {
  if (amount) return listed || contents || !amount.plain ? 'sure' : 'likely';
  if (contents) {
    // "Rice, 2 bags (25kg)" names a size; so may a number that is no multiple of what is ordered.
    const held = Number(numberOf(contents.shown, '.')) / Number(count);
    const counts = contents.unit === '' && Number.isInteger(held) && held > 1 && held <= HELD_MAX;
    return known && counts ? 'sure' : 'likely';
  }
  if (!known) return null;
  return listed && plainName ? 'sure' : 'likely';
}

/** The row without the money behind its last dash. */
function withoutAmount(row: string): { rest: string; amount: Amount | null } {
  const dash = [...row.matchAll(DASH)].at(-1);
  if (!dash || row.length - dash.index > AMOUNT_LENGTH_MAX) return { rest: row, amount: null };
  const amount = amountIn(row.slice(dash.index + dash[0].length));
  return amount ? { rest: row.slice(0, dash.index), amount } : { rest: row, amount: null };
}

function amountIn(text: string): Amount | null {
  const match = MONEY.exec(plain(text.replaceAll('*', '')));
  if (!match) return null;
  const [, before = '', digits = '', after = ''] = match;
  if (![before, after].every(isCurrency)) return null;
  const marked = before !== '' || after !== '';
  return { plain: !marked && !/[., ']/.test(digits), decimal: decimalMark(digits) };
}

/** "4.320" may be thousands as well as three decimals, and tells nothing. */
function decimalMark(digits: string): Amount['decimal'] {
  const [, mark, decimals = ''] = /([.,])(\d+)$/.exec(digits) ?? [];
  if (mark !== '.' && mark !== ',') return null;
  const other = mark === '.' ? ',' : '.';
  if (decimals.length < 3 || digits.includes(other) || digits.includes(' ')) return mark;
  return digits.indexOf(mark) < digits.lastIndexOf(mark) ? other : null;
}

function isCurrency(word: string): boolean {
  const bare = word.replaceAll('.', '');
  return bare === '' || /^\p{Sc}$/u.test(bare) || currencyOfAllLanguages.has(bare) || currencyCodes.has(bare);
}

/** A comma inside a number is none: "Onions, 1,5 kg". */
function lastComma(row: string, end: number): number {
  for (let at = end - 1; at > 0; at--) {
    const char = row[at];
    if (char === '،') return at;
    if (char === ',' && !(isDigit(row[at - 1]) && isDigit(row[at + 1]))) return at;
  }
  return -1;
}

const isDigit = (char: string | undefined): boolean => char !== undefined && /\p{Nd}/u.test(char);

const GROUPED = /^\d{1,3}(?:([.,])\d{2,3})*([.,])\d{3}$/;

/**
 * A quantity as programs write it. Which mark parts thousands is told by the money of the line; where that does not
 * tell, a last zero does, since no decimals end in one here. Null where it stays open.
 */
function numberOf(shown: string, decimal: Amount['decimal']): string | null {
  const digits = shown.replaceAll(' ', '').replace(/[.,]$/, '');
  const [, first, last] = GROUPED.exec(digits) ?? [];
  if (last !== undefined && (first === undefined || first === last)) {
    if (decimal === null && first === undefined && !digits.endsWith('0')) return null;
    if (decimal !== last) return digits.replaceAll(last, '');
  }
  if (decimal !== null) {
    const other = decimal === '.' ? ',' : '.';
    const both = digits.includes(decimal) && digits.indexOf(other) < digits.indexOf(decimal);
    if (both) return digits.replaceAll(other, '').replace(decimal, '.');
  }
  return digits.replace(',', '.');
}

function isUnit(unit: string): boolean {
  const word = unit.trim();
  return word !== '' && (unitsOfAllLanguages.has(word) || measuresOfAllLanguages.has(word));
}

/** The lines below that are ours too: the total, and what it does to the account. */
function tailBehind(rows: readonly Row[], last: number): Set<number> {
  const tail = new Set<number>();
  let total = false;
  for (let at = last + 1; at < rows.length && tail.size < TAIL_LINES_MAX; at++) {
    const text = plain(rows[at]?.text ?? '');
    if (text === '') continue;
    if (text.length > LINE_LENGTH_MAX || !(isMoneyLine(text) || (total && isAccountLine(text)))) break;
    total = true;
    tail.add(at);
  }
  return tail;
}

/** "Total *4,320.00*", or any line all of whose numbers are money. */
function isMoneyLine(text: string): boolean {
  const numbers = [...text.matchAll(TAIL_NUMBERS)].map(([number]) => number.trim());
  if (numbers.length === 0) return false;
  if (isTotal(text.replace(TAIL_NUMBERS, ' '))) return true;
  return numbers.every((number) => DECIMALS.test(number.replace(/[*.,]*$/, '')) || /^\*.*\*$/.test(number));
}

/** A whole sentence about the account, or figures behind a colon; what people add in a few words is neither. */
function isAccountLine(text: string): boolean {
  const words = wordsOf(text);
  if (!words.some((word) => accountWords.has(word))) return false;
  return /:.*\d/.test(text) || (!/\d/.test(text) && words.length >= SENTENCE_WORDS_MIN && /[.;]$/.test(text));
}

/** "Your order", and nothing else that may mean something, such as "cancel". */
function isHeading(row: string): boolean {
  const words = row.length > LINE_LENGTH_MAX || /\p{Nd}/u.test(row) ? [] : wordsOf(plain(row));
  return words.length > 0 && words.every((word) => headingWords.has(word));
}

function wordSet(words: string): ReadonlySet<string> {
  return new Set(words.split(' ').map(plain));
}

function wordsOf(text: string): string[] {
  return text.split(/[^\p{L}\p{M}]+/u).filter((word) => word !== '');
}

/** Folded as messages are, on one line, without white space around it. */
function plain(text: string): string {
  return foldPlain(text).trim();
}
