/**
 * A line read without any catalogue: quantity, unit, name. It serves lines that no product fits and lists from
 * other programs, and it keeps the quantity grammar honest on text that nobody wrote for us.
 */
import { kitchenWords } from './languages/en-kitchen.ts';
import { lexiconOf } from './lexicon.ts';
import { foldPlain } from './text-folding.ts';
import { type Token, tokenise } from './tokens.ts';
import type { QuantityLine } from './types.ts';

/** Reads one line; whatever it is, the result is sound: no quantity means null, no unit means "". */
export function parseLine(text: string): QuantityLine {
  const raw = text.slice(0, LINE_LENGTH_MAX);
  const tokens = tokenise(withoutBrackets(raw));
  let at = 0;
  while (kitchenWords.preparations.has(tokens[at]?.text ?? '')) at++;
  const number = readNumber(tokens, at);
  if (!number) return readLateAmount(withoutBrackets(raw), tokens);
  at = number.next;
  // "half a dozen": the article belongs to the fraction when a unit follows.
  const article = lexicon.articles.has(tokens[at]?.text ?? '') && isUnit(tokens[at + 1]?.text ?? '') ? 1 : 0;
  const unit = readUnit(tokens, at + article);
  if (unit) at = unit.next;
  at = skipAlternative(tokens, at);
  const name = readName(withoutBrackets(raw), tokens, at);
  // "20 cloves": the only word is what is bought.
  if (unit && name === '') return { quantity: number.value, unit: '', name: unit.text };
  return { quantity: number.value, ...(unit ? { unit: unit.text, name } : unitBehind(name)) };
}

/** "sugar 2 cups" and "zest of 1 lemon": the amount stands behind the name, or behind what is taken of it. */
function readLateAmount(raw: string, tokens: readonly Token[]): QuantityLine {
  for (let at = 1; at < tokens.length; at++) {
    if (isTrailingAmount(tokens, at)) {
      const name = raw.slice(tokens[0]?.start ?? 0, tokens[at]?.start).trim();
      return { quantity: readNumber(tokens, at)?.value ?? null, unit: tokens[at + 1]?.text ?? '', name };
    }
    const number = tokens[at - 1]?.text === 'of' && tokens[at]?.kind === 'number' ? readNumber(tokens, at) : null;
    if (number) return { quantity: number.value, unit: '', name: readName(raw, tokens, number.next) };
  }
  return { quantity: null, unit: '', name: readName(raw, tokens, 0) };
}

/** "4 garlic cloves": what is counted is said last. */
function unitBehind(name: string): { unit: string; name: string } {
  const space = name.lastIndexOf(' ');
  const last = name.slice(space + 1).toLowerCase();
  return space > 0 && kitchenWords.counted.has(last) ? { unit: last, name: name.slice(0, space) } : { unit: '', name };
}

const LINE_LENGTH_MAX = 1000;
// Lists that come without a shop are lists of recipes and of other programs, and those are in English.
const lexicon = lexiconOf(['en']);

/** Brackets become white space of the same length, so that positions stay true. */
function withoutBrackets(raw: string): string {
  return raw.replace(/\([^()]*\)?/g, (inside) => ' '.repeat(inside.length));
}

type Read<T> = { value: T; next: number };

function readNumber(tokens: readonly Token[], at: number): Read<number | [number, number]> | null {
  const first = oneNumber(tokens, at);
  if (!first) return null;
  const link = tokens[first.next];
  if (link && (link.text === '-' || link.text === 'to')) {
    const second = oneNumber(tokens, first.next + 1);
    if (second && second.value > first.value) return { value: [first.value, second.value], next: second.next };
  }
  return first;
}

function oneNumber(tokens: readonly Token[], at: number): Read<number> | null {
  const token = tokens[at];
  if (!token) return null;
  if (token.kind === 'number') return Number.isFinite(token.value) ? { value: token.value, next: at + 1 } : null;
  const spelled = lexicon.numbers.get(token.text) ?? (lexicon.articles.has(token.text) ? 1 : undefined);
  return spelled === undefined ? null : { value: spelled, next: at + 1 };
}

function readUnit(tokens: readonly Token[], at: number): { text: string; next: number } | null {
  const skipped =
    kitchenWords.preparations.has(tokens[at]?.text ?? '') || kitchenWords.sizes.has(tokens[at]?.text ?? '');
  for (const position of skipped ? [at, at + 1] : [at]) {
    const token = tokens[position];
    if (token?.kind !== 'word' || !isUnit(token.text)) continue;
    // "2 c." and "1 tbsp." are abbreviations; the dot is no end of anything.
    const dot = tokens[position + 1];
    const dotted = dot?.text === '.' && dot.glued;
    if (tokens[position + (dotted ? 2 : 1)] === undefined && position > at) return null;
    return { text: token.text, next: position + (dotted ? 2 : 1) };
  }
  return null;
}

function isUnit(word: string): boolean {
  return (
    kitchenWords.units.has(word) ||
    lexicon.units.has(word) ||
    (lexicon.measures.get(word)?.gluedOnly !== true && lexicon.measures.has(word))
  );
}

/** "200g/7oz", "1 cup plus 2 tablespoons": the same amount again, or a little more; the first one is kept. */
function skipAlternative(tokens: readonly Token[], from: number): number {
  let at = from;
  for (let steps = 0; steps < 3; steps++) {
    const link = tokens[at]?.text ?? '';
    if (link !== '/' && link !== 'plus' && link !== '+') return at;
    const number = readNumber(tokens, at + 1);
    if (!number) return at;
    const unit = readUnit(tokens, number.next);
    at = unit?.next ?? number.next;
  }
  return at;
}

function readName(raw: string, tokens: readonly Token[], from: number): string {
  let at = from;
  while (
    isBeforeName(tokens[at]) ||
    (tokens[at]?.text === 'and' && at > from) ||
    (tokens[at]?.text === ',' && at > from)
  )
    at++;
  const start = tokens[at]?.start;
  if (start === undefined) return '';
  let end = raw.length;
  for (let i = at + 1; i < tokens.length; i++) {
    const token = tokens[i];
    if (!token) break;
    const closes = token.kind === 'mark' && (token.text === ',' || token.text === ';' || token.text === '\n');
    if (closes || kitchenWords.endings.has(token.text) || isTrailingAmount(tokens, i)) {
      end = token.start;
      break;
    }
  }
  return raw.slice(start, end).replace(/\s+/g, ' ').trim();
}

function isBeforeName(token: Token | undefined): boolean {
  if (!token) return false;
  const word = foldPlain(token.text);
  return (
    kitchenWords.preparations.has(word) ||
    kitchenWords.sizes.has(word) ||
    kitchenWords.links.has(word) ||
    token.text === '.'
  );
}

/** "water 125 mL" at the end says the amount once more. */
function isTrailingAmount(tokens: readonly Token[], at: number): boolean {
  return tokens[at]?.kind === 'number' && isUnit(tokens[at + 1]?.text ?? '') && at + 2 >= tokens.length;
}
