/**
 * One word in two scripts: "कोक", "كوك" and "coke" are the same brand. Scripts write consonants faithfully and vowels
 * each in their own way (Arabic and Hindi leave the short ones out), so words of different scripts are looked up by
 * their consonants, as classes of sounds that scripts do not tell apart, and then compared by the vowels that both
 * wrote. Words of one script are never compared this way: within a script spelling says more.
 */
import { type Letter, lettersOf } from './letter-sounds.ts';
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
  const letters = lettersOf(word, script);
  const spelled = variants(letters);
  const sounds = spelled.map((variant) => join(variant, false));
  // "ببسي": Arabic writes a long consonant once, so that two are two, with a vowel between that is not written.
  const apart = script === 'arabic' ? spelled.filter((variant) => TWICE.test(variant)) : [];
  return { script, sounds: [...sounds, ...apart.map((variant) => join(variant, true))] };
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

/** The same consonant twice; vowels are small letters. */
const TWICE = /([A-Z])\1/;

/** `apart`: two of one consonant are two. */
function join(spelled: string, apart: boolean): Sounds {
  let consonants = '';
  const vowels = [''];
  for (const sound of spelled) {
    if (sound >= 'a') vowels[vowels.length - 1] += sound;
    else if (!apart && sound === consonants.at(-1) && vowels.at(-1) === '') continue;
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
