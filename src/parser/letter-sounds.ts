/** What the letters of each script sound like, as classes of sounds that scripts do not tell apart. */
import type { Script } from './text-folding.ts';

/** A letter as a consonant class, a vowel class in lower case, or nothing; several where it may be either. */
export type Letter = string[];

/** The sounds of a word's letters; more than one for a letter that can be read in two ways. */
export function lettersOf(word: string, script: Script): Letter[] {
  if (script === 'latin') return latinLetters(word);
  return script === 'arabic' ? silentH(mapped(word, ARABIC)) : devanagariLetters(word);
}

function mapped(word: string, map: Record<string, Letter>): Letter[] {
  return [...word].map((letter) => map[letter] ?? []);
}

const K = ['K'];
const S = ['S'];
const T = ['T'];
const D = ['D'];
const J = ['J'];
const B = ['B'];
const F = ['F'];
const N = ['N'];
const A = ['a'];
const I = ['i'];
const U = ['u'];

const ARABIC: Record<string, Letter> = {
  ا: A,
  ع: A,
  ب: B,
  پ: B,
  ت: T,
  ث: ['T', 'S'],
  ج: ['J', 'K'],
  چ: S,
  ح: ['H'],
  خ: K,
  د: D,
  ذ: J,
  ر: ['R'],
  ز: J,
  س: S,
  ش: S,
  ص: S,
  ض: D,
  ط: T,
  ظ: J,
  غ: K,
  ف: F,
  ڤ: F,
  ق: K,
  ك: K,
  ل: ['L'],
  م: ['M'],
  ن: N,
  ه: ['H'],
  و: U,
  ي: I,
};

const DEVANAGARI: Record<string, Letter> = {
  क: K,
  ख: K,
  ग: K,
  घ: K,
  ङ: N,
  च: S,
  छ: S,
  ज: J,
  झ: J,
  ञ: N,
  ट: T,
  ठ: T,
  ड: D,
  ढ: D,
  ण: N,
  त: T,
  थ: T,
  द: D,
  ध: D,
  न: N,
  प: B,
  फ: F,
  ब: B,
  भ: B,
  म: ['M'],
  य: I,
  र: ['R'],
  ल: ['L'],
  व: ['u', 'F'],
  श: S,
  ष: S,
  स: S,
  ह: ['H'],
  अ: A,
  आ: A,
  इ: I,
  ई: I,
  उ: U,
  ऊ: U,
  ए: I,
  ऐ: ['ai'],
  ओ: U,
  औ: ['au'],
  ऋ: ['Ri'],
  '\u093e': A,
  '\u093f': I,
  '\u0940': I,
  '\u0941': U,
  '\u0942': U,
  '\u0943': ['Ri'],
  '\u0947': I,
  '\u0948': ['ai'],
  '\u094b': U,
  '\u094c': ['au'],
  '\u0902': N,
};

function devanagariLetters(word: string): Letter[] {
  return silentH(mapped(word, DEVANAGARI));
}

/** Only an "h" at the start is heard in every language. */
function silentH(letters: Letter[]): Letter[] {
  return letters.map((letter, at) => (at > 0 && letter[0] === 'H' ? [] : letter));
}

const LATIN_PAIRS: Record<string, Letter> = {
  ch: S,
  sh: S,
  ph: F,
  th: T,
  kh: K,
  gh: K,
  bh: B,
  dh: D,
  ck: K,
  qu: ['Ku', 'K'],
  ee: I,
  ea: I,
  oo: U,
  ou: ['ua'],
  ow: ['ua'],
  ai: ['ai'],
  ay: ['ai'],
  ei: ['ai'],
  ey: ['ai'],
};
const LATIN: Record<string, Letter> = {
  a: ['ay'],
  b: B,
  d: D,
  e: ['ix'],
  f: F,
  h: ['H'],
  i: I,
  j: J,
  k: K,
  l: ['L'],
  m: ['M'],
  n: N,
  o: ['ux'],
  p: B,
  q: K,
  r: ['R'],
  s: S,
  t: T,
  u: ['ux'],
  v: ['F', 'u'],
  w: ['u', 'F'],
  x: ['KS'],
  y: I,
  z: J,
};

function isVowel(letter: string | undefined): boolean {
  return letter !== undefined && letter !== '' && 'aeiouy'.includes(letter);
}

function latinLetters(word: string): Letter[] {
  const letters: Letter[] = [];
  for (let i = 0; i < word.length; i++) {
    const pair = LATIN_PAIRS[word.slice(i, i + 2)];
    const next = word[i + 1] ?? '';
    if (pair) {
      letters.push(pair);
      i++;
    } else if (word[i] === 'c') letters.push('eiy'.includes(next) && next !== '' ? S : K);
    else if (word[i] === 'g') letters.push('eiy'.includes(next) && next !== '' ? ['J', 'K'] : K);
    // Between vowels an "s" may be said as a "z": "rose", "mimosa".
    else if (word[i] === 's' && isVowel(word[i - 1]) && isVowel(next)) letters.push(['S', 'J']);
    // "Fortune", "mixture": a "t" before a "u" inside a word is often said as a "ch".
    else if (word[i] === 't' && i > 0 && next === 'u') letters.push(['T', 'S']);
    // A last "e" is mostly silent.
    else if (word[i] === 'e' && next === '' && i > 1) letters.push([]);
    else letters.push(LATIN[word[i] ?? ''] ?? []);
  }
  return silentH(letters);
}
