/**
 * One word in two scripts: "कोक", "كوك" and "coke" are the same brand. Scripts write consonants faithfully and vowels
 * each in their own way (Arabic and Hindi leave the short ones out), so words of different scripts are looked up by
 * their consonants, as classes of sounds that scripts do not tell apart, and then compared by the vowels that both
 * wrote. Words of one script are never compared this way: within a script spelling says more.
 */
import { type Script, scriptOf } from './text-folding.ts';

/** What a word sounds like: its consonant classes, and the vowels before, between and after them. */
type Sounds = { consonants: string; vowels: string[] };

export type Echo = { script: Script; sounds: Sounds[] };

const VARIANTS_MAX = 4;
const WORD_LENGTH_MAX = 32;

/** The sounds of a word; more than one where its letters can be read in two ways ("g" in "gin" and "gold"). */
export function echoOf(word: string): Echo {
  const script = scriptOf(word);
  if (word.length > WORD_LENGTH_MAX || script === 'other') return { script, sounds: [] };
  const letters =
    script === 'latin'
      ? latinLetters(word)
      : script === 'arabic'
        ? silentH(mapped(word, ARABIC))
        : devanagariLetters(word);
  return { script, sounds: variants(letters).map(join) };
}

/** Keys to find words of other scripts by; words that share one may be the same. */
export function echoKeys(echo: Echo): string[] {
  return [...new Set(echo.sounds.map((sounds) => sounds.consonants))].filter((key) => key.length > 0);
}

const LIKENESS = 0.94;
/** What a vowel that does not fit costs; the fewer consonants speak for a word, the more its vowels must. */
const VOWEL_MISSED = [1, 1, 0.3, 0.2];
const VOWEL_MISSED_LONG = 0.1;
const ONE_CONSONANT = 0.88;

/** How alike two words of different scripts sound: 0 when their consonants differ. */
export function echoLikeness(a: Echo, b: Echo): number {
  let best = 0;
  for (const left of a.sounds) {
    for (const right of b.sounds) {
      if (left.consonants !== right.consonants) continue;
      const missed = vowelsMissed(left.vowels, right.vowels, a.script, b.script);
      const heard = left.consonants.length;
      const likeness = (heard < 2 ? ONE_CONSONANT : LIKENESS) - missed * (VOWEL_MISSED[heard] ?? VOWEL_MISSED_LONG);
      best = Math.max(best, likeness);
    }
  }
  return best;
}

function vowelsMissed(a: readonly string[], b: readonly string[], aScript: Script, bScript: Script): number {
  let missed = 0;
  const length = Math.max(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const [x, y] = [a[i] ?? '', b[i] ?? ''];
    if (x === '' && y === '') continue;
    if (x === '') missed += unwritten(aScript, y, i === length - 1);
    else if (y === '') missed += unwritten(bScript, x, i === length - 1);
    else missed += clash(x, y);
  }
  return missed;
}

const HALF = 0.5;
const WEAK = 0.4;

/** What it says against a word that its script did not write a vowel that the other did. */
function unwritten(script: Script, vowels: string, last: boolean): number {
  if (script === 'arabic') return 0;
  // Hindi leaves out no vowel but the short "a", and does not say that one at the end.
  if (script === 'devanagari' && !last) return vowels.includes('a') || vowels.includes('x') ? 0 : HALF;
  return HALF;
}

/** Vowels a, i, u; English writes one and says another, for which x, y and z stand. */
function clash(x: string, y: string): number {
  for (const vowel of x) if (vowel <= 'u' && y.includes(vowel)) return 0;
  for (const vowel of x) if (y.includes(STRONG_OR_WEAK[vowel] ?? vowel)) return WEAK;
  return 1;
}

const STRONG_OR_WEAK: Record<string, string> = { a: 'x', i: 'y', u: 'z', x: 'a', y: 'i', z: 'u' };

/** A letter as a consonant class, a vowel class in lower case, or nothing; several where it may be either. */
type Letter = string[];

/** The product of all choices, up to a bound: the first ways of reading come first. */
function variants(letters: readonly Letter[]): string[] {
  let all = [''];
  for (const letter of letters) {
    const first = letter[0];
    if (first === undefined) continue;
    const more = all.length * letter.length <= VARIANTS_MAX ? letter : [first];
    all = more.flatMap((choice) => all.map((before) => before + choice));
  }
  return all;
}

function join(spelled: string): Sounds {
  let consonants = '';
  const vowels = [''];
  for (const sound of spelled) {
    if (sound >= 'a') vowels[vowels.length - 1] += sound;
    else if (sound === consonants.at(-1) && vowels.at(-1) === '') continue;
    else {
      consonants += sound;
      vowels.push('');
    }
  }
  // An initial vowel holds its place whatever it is: "oreo" is no "rio".
  if (vowels[0] !== '') consonants = `A${consonants}`;
  consonants = consonants.replace(/N(?=B)/g, 'M');
  // A last "s" is often said as a "z": "lays".
  if (vowels.at(-1) === '' && consonants.length > 1) consonants = consonants.replace(/J$/, 'S');
  return { consonants, vowels };
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
    // A last "e" is mostly silent.
    else if (word[i] === 'e' && next === '' && i > 1) letters.push([]);
    else letters.push(LATIN[word[i] ?? ''] ?? []);
  }
  return silentH(letters);
}
