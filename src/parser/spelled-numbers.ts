/**
 * Numbers written as words. Languages differ in where the ones stand and in what joins them, which the table says;
 * the arithmetic is the same everywhere: ones go with tens, everything below a scale is multiplied by it.
 */
import type { Compound } from './language-table.ts';
import type { Lexicon } from './lexicon.ts';

type WordAt = (offset: number) => string | null;

type Spelled = { value: number; used: number };

const STEPS_MAX = 8;

/** The number that is spelled from the first word on, or null. */
export function readSpelledNumber(wordAt: WordAt, lexicon: Lexicon): Spelled | null {
  const before = lexicon.added.get(wordAt(0) ?? '');
  if (before !== undefined) {
    const number = readSpelledNumber((offset) => wordAt(offset + 1), lexicon);
    if (number && Number.isInteger(number.value)) return { value: number.value + before, used: number.used + 1 };
  }
  const first = oneNumber(wordAt, 0, lexicon);
  if (!first) return null;
  return goOn(first, wordAt, lexicon);
}

/** One word, or several that the table lists together. */
function oneNumber(wordAt: WordAt, from: number, lexicon: Lexicon): Spelled | null {
  const word = wordAt(from);
  if (word === null) return null;
  for (const long of lexicon.longNumbers.get(word) ?? []) {
    if (long.words.every((part, i) => wordAt(from + i) === part)) return { value: long.value, used: long.words.length };
  }
  const value = lexicon.numbers.get(word);
  return value === undefined ? null : { value, used: 1 };
}

function goOn(first: Spelled, wordAt: WordAt, lexicon: Lexicon): Spelled {
  const grammar = lexicon.grammarOf(wordAt(0) ?? '');
  let whole = 0;
  let last = first.value;
  let { used } = first;
  for (let steps = 0; steps < STEPS_MAX; steps++) {
    const total = whole + last;
    const word = wordAt(used);
    if (word === null) break;
    const scale = lexicon.scales.get(word);
    if (scale !== undefined) {
      // "Dua ratus lima puluh": ten times the five; "dua puluh lima ribu": a thousand times all of it.
      if (scale > total) [whole, last] = [0, total * scale];
      else last *= scale;
      used += 1;
    } else if (lexicon.teens.has(word) && last >= 1 && last < 10) {
      last += 10;
      used += 1;
    } else {
      const joined = grammar.joins.has(word) ? 1 : 0;
      const more = oneNumber(wordAt, used + joined, lexicon);
      if (!more) break;
      if (grammar.fractionsFollow && joined === 0 && more.value < 1 && Number.isInteger(total)) {
        return { value: total + more.value, used: used + more.used };
      }
      if (!mayFollow(total, last, more.value, joined === 1, grammar.compound)) break;
      [whole, last] = [total, more.value];
      used += joined + more.used;
    }
  }
  return { value: whole + last, used };
}

/** Whether a number word goes on with the number before it, or is a number of its own ("ten and two coke"). */
function mayFollow(total: number, last: number, more: number, joined: boolean, compound: Compound): boolean {
  if (!Number.isInteger(more) || more < 1) return false;
  if (total >= 1000 && total % 1000 === 0) return more < 1000;
  if (total >= 100 && total % 100 === 0) return more < 100;
  const tens = total % 10 === 0 ? total % 100 : 0;
  if (compound.teensAfter?.includes(tens) && more >= 10 && more < 20) return true;
  if (!joined) return compound.ones === 'beside' && tens >= 20 && more < 10;
  if (compound.ones === 'before') return last < 10 && more >= 20 && more < 100 && more % 10 === 0;
  return compound.ones === 'joined' && tens >= (compound.from ?? 20) && more < 10;
}
