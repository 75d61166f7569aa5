/**
 * How alike two words are, for words typed in a hurry on a phone: slips of the finger, doubled letters, spelling by
 * ear, vowels left out, words cut short. 1 is the same word; below about 0.6 it is another one.
 */

/** Spelling by ear: letters that sound alike in shop English become one, doubled letters single. */
function soundKey(word: string): string {
  let key = '';
  let last = '';
  for (let i = 0; i < word.length; i++) {
    const pair = word.slice(i, i + 2);
    let sound = PAIR_SOUNDS[pair];
    if (sound !== undefined) i++;
    else sound = SOUNDS[word[i] ?? ''] ?? word[i] ?? '';
    // "100uf" and "1000uf" are two things: a digit is never doubled by a slip.
    if (sound !== last || isDigit(sound)) key += sound;
    last = sound;
  }
  return key;
}

function isDigit(letter: string): boolean {
  return letter >= '0' && letter <= '9';
}

/** Consonants only; the first letter is kept even when it is a vowel. */
function skeleton(key: string): string {
  return key.slice(0, 1) + key.slice(1).replace(/[aeiouyhw]/g, '');
}

/** The word without a plural ending; only the ending, so that "glass" and "bus" keep theirs. Arabic loses its article. */
export function singular(word: string): string {
  if (word.charCodeAt(0) > 127) return arabicStem(word);
  if (word.length > 4 && word.endsWith('ies')) return `${word.slice(0, -3)}y`;
  // Leaves, loaves, shelves, scarves; not cloves, sleeves, valves.
  if (word.length > 5 && /(?:ea|oa|el|ar)ves$/.test(word)) return `${word.slice(0, -3)}f`;
  if (word.length > 4 && /(?:s|x|z|ch|sh|o)es$/.test(word)) return word.slice(0, -2);
  if (word.length > 3 && word.endsWith('s') && !word.endsWith('ss')) return word.slice(0, -1);
  return word;
}

const ARABIC_ARTICLE = '\u0627\u0644';
const ARABIC_PLURAL = /(?:\u0627\u062a|\u064a\u0646|\u0648\u0646|\u0647)$/;

function arabicStem(word: string): string {
  const bare = word.startsWith(ARABIC_ARTICLE) && word.length > 4 ? word.slice(2) : word;
  return bare.length > 4 ? bare.replace(ARABIC_PLURAL, '') : bare;
}

const PAIR_SOUNDS: Record<string, string> = {
  ph: 'f',
  ck: 'k',
  sh: 's',
  th: 't',
  gh: 'g',
  kh: 'k',
  qu: 'k',
  ee: 'i',
  oo: 'u',
  ie: 'i',
  ei: 'i',
};
const SOUNDS: Record<string, string> = { c: 'k', q: 'k', v: 'w', z: 's', y: 'i', j: 'g', x: 'k' };

/**
 * Edits between two words (insert, drop, change, swap of neighbours), or `limit + 1` when there are more. Rows are
 * cut off at the limit, so a comparison costs a few dozen steps.
 */
function editDistance(a: string, b: string, limit: number): number {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  if (long.length - short.length > limit) return limit + 1;
  const width = short.length + 1;
  let before = ROWS[0];
  let row = ROWS[1];
  let next = ROWS[2];
  if (width > ROW_MAX) return long === short ? 0 : limit + 1;
  for (let j = 0; j < width; j++) row[j] = j;
  for (let i = 1; i <= long.length; i++) {
    const letter = long.charCodeAt(i - 1);
    next[0] = i;
    let best = i;
    for (let j = 1; j < width; j++) {
      const same = letter === short.charCodeAt(j - 1) ? 0 : 1;
      let cost = Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + same);
      if (i > 1 && j > 1 && letter === short.charCodeAt(j - 2) && long.charCodeAt(i - 2) === short.charCodeAt(j - 1)) {
        cost = Math.min(cost, (before[j - 2] ?? 0) + 1);
      }
      next[j] = cost;
      if (cost < best) best = cost;
    }
    if (best > limit) return limit + 1;
    [before, row, next] = [row, next, before];
  }
  return row[width - 1] ?? limit + 1;
}

const ROW_MAX = 64;
// Scratch rows: the function is called hundreds of times a message and never re-entered.
const ROWS: [Uint8Array, Uint8Array, Uint8Array] = [
  new Uint8Array(ROW_MAX),
  new Uint8Array(ROW_MAX),
  new Uint8Array(ROW_MAX),
];

/** A word with the keys it is compared by. */
export type WordKeys = { text: string; sound: string; bones: string };

export function keysOf(text: string): WordKeys {
  const sound = soundKey(text);
  return { text, sound, bones: skeleton(sound) };
}

/** Likeness of a typed word to a catalogue word. */
export function similarity(typed: WordKeys, known: WordKeys): number {
  if (typed.text === known.text) return 1;
  if (haveOtherDigits(typed.text, known.text)) return 0;
  const shorter = Math.min(typed.text.length, known.text.length);
  const longer = Math.max(typed.text.length, known.text.length);
  if (singular(typed.text) === singular(known.text)) return 0.98;
  // "gd" for good, "brd" for bread: nothing but the consonants.
  if (typed.bones === known.bones && typed.bones === typed.sound && typed.bones.length === 2 && known.text.length <= 5)
    return 0.72;
  if (shorter < 3) return typed.sound === known.sound && shorter > 1 ? 0.8 : 0;
  if (typed.sound === known.sound) return 0.94;
  const limit = shorter <= 3 ? 1 : shorter <= 7 ? 2 : 3;
  const distance = editDistance(typed.text, known.text, limit);
  let best = distance > limit ? 0 : 1 - distance / longer;
  // A slip at the first letter is rarer than one further in.
  if (best > 0 && typed.text[0] !== known.text[0]) best -= 0.06;
  const heard = editDistance(typed.sound, known.sound, limit);
  if (heard <= limit) best = Math.max(best, 0.95 - heard / Math.max(typed.sound.length, known.sound.length));
  if (typed.bones === known.bones && typed.bones.length >= 3) best = Math.max(best, 0.86);
  if (known.text.startsWith(typed.text)) best = Math.max(best, 0.66 + 0.3 * (typed.text.length / known.text.length));
  else if (typed.bones.length >= 3 && isSubsequence(typed.text, known.text) && typed.text[0] === known.text[0]) {
    best = Math.max(best, 0.5 + 0.4 * (typed.text.length / known.text.length));
  }
  return best;
}

/** "470uf" is no slip of "100uf". */
function haveOtherDigits(typed: string, known: string): boolean {
  if (!DIGIT.test(typed) || !DIGIT.test(known)) return false;
  return typed.replace(NO_DIGITS, '') !== known.replace(NO_DIGITS, '');
}

const DIGIT = /\d/;
const NO_DIGITS = /\D+/g;

function isSubsequence(short: string, long: string): boolean {
  let at = 0;
  for (let i = 0; i < long.length && at < short.length; i++) if (long[i] === short[at]) at++;
  return at === short.length;
}
