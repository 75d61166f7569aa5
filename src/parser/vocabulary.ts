/**
 * The distinct words of a catalogue, found again however they are typed. Comparing a typed word with every known
 * word is what makes fuzzy engines slow; here only words that share enough letter pairs are compared at all.
 */
import { isConcept, relatedGoods } from './goods.ts';
import { letterNames } from './lexicon.ts';
import { type Script, scriptOf } from './text-folding.ts';
import { echoKeys, echoLikeness, echoOf } from './transliteration.ts';
import { keysOf, similarity, singular, type WordKeys } from './word-similarity.ts';

export type Vocabulary = {
  /** Term text by term id; sizes and numbers are terms too, but only words are found by likeness. */
  terms: string[];
  ids: Map<string, number>;
  keys: Array<WordKeys | null>;
  /** Word ids by letter pair, by sound and by consonants. */
  pairs: Map<string, number[]>;
  sounds: Map<string, number[]>;
  bones: Map<string, number[]>;
  /** Word ids by how they sound, for words of other scripts; and the scripts that the catalogue is written in. */
  echoes: Map<string, number[]>;
  scripts: Set<Script>;
  /** Typed words that were looked up before; one message asks for the same word at several stages. */
  remembered: Map<string, WordMatch[]>;
};

/** `translated`: the word for the same thing in another language, not this word mistyped. */
export type WordMatch = { term: number; likeness: number; translated?: true };

/** Typed words shorter than this are only found exactly. */
const FUZZY_LENGTH_MIN = 2;
const FUZZY_LENGTH_MAX = 40;
const COMPARED_MAX = 48;
const KEPT_MAX = 12;
/** Words this much less alike than the best are not meant. */
const SPREAD_MAX = 0.28;
const LIKENESS_MIN = 0.6;
const REMEMBERED_MAX = 4096;
/** A word for the same thing is as good as the word itself; a short one is something else elsewhere ("pan"). */
const TRANSLATED = 0.97;
const LESS_THAN_TRANSLATED = 0.75;
const TRANSLATED_SHORT = 0.85;
const SHORT_LENGTH_MAX = 4;
const SPELLED_LETTER = 0.9;
const SAME_NAME = 0.8;
const SAME_WORD = 0.97;

export function createVocabulary(): Vocabulary {
  return {
    terms: [],
    ids: new Map(),
    keys: [],
    pairs: new Map(),
    sounds: new Map(),
    bones: new Map(),
    echoes: new Map(),
    scripts: new Set(),
    remembered: new Map(),
  };
}

/** The id of a term, added when it is new; `known` are the keys that another vocabulary has for it. */
export function internTerm(vocabulary: Vocabulary, term: string, known?: WordKeys | null): number {
  const found = vocabulary.ids.get(term);
  if (found !== undefined) return found;
  const id = vocabulary.terms.length;
  vocabulary.terms.push(term);
  vocabulary.ids.set(term, id);
  const isWord = !term.includes(':') && !term.startsWith('#');
  if (!isWord) {
    vocabulary.keys.push(null);
    return id;
  }
  const keys = known ?? keysOf(term);
  vocabulary.keys.push(keys);
  for (const pair of letterPairs(term)) append(vocabulary.pairs, pair, id);
  append(vocabulary.sounds, keysOf(singular(term)).sound, id);
  if (keys.bones.length >= 2) append(vocabulary.bones, keys.bones, id);
  vocabulary.scripts.add(scriptOf(term));
  // Other scripts write the thing as often as the things: "शोल्डर" for shoulders.
  const keyed = new Set([...echoKeys(echoOf(term)), ...echoKeys(echoOf(thingOf(term)))]);
  for (const key of keyed) append(vocabulary.echoes, key, id);
  return id;
}

/** Catalogue words that a typed word may stand for, best first; the exact word alone when it and no plural exists. */
export function findWords(vocabulary: Vocabulary, typed: string): WordMatch[] {
  const remembered = vocabulary.remembered.get(typed);
  if (remembered) return remembered;
  const found = lookUp(vocabulary, typed);
  if (vocabulary.remembered.size >= REMEMBERED_MAX) vocabulary.remembered.clear();
  vocabulary.remembered.set(typed, found);
  return found;
}

function lookUp(vocabulary: Vocabulary, typed: string): WordMatch[] {
  const exact = vocabulary.ids.get(typed);
  const found: WordMatch[] = [];
  if (exact !== undefined) found.push({ term: exact, likeness: 1 });
  const elsewhere = [...inOtherLanguages(vocabulary, typed)];
  // "ملح" is salt in a shop that sells salt, and not the meal that it sounds like.
  const heardMax = elsewhere.length > 0 ? LESS_THAN_TRANSLATED : 1;
  for (const match of inOtherScripts(vocabulary, typed, exact !== undefined))
    elsewhere.push({ ...match, likeness: Math.min(match.likeness, heardMax) });
  if (typed.length < FUZZY_LENGTH_MIN || typed.length > FUZZY_LENGTH_MAX) return together(found, elsewhere);
  const keys = keysOf(typed);
  const seen = new Set<number>(exact === undefined ? [] : [exact]);
  const compare = (id: number): void => {
    if (seen.has(id)) return;
    seen.add(id);
    const known = vocabulary.keys[id];
    if (!known) return;
    const likeness = similarity(keys, known);
    if (likeness >= LIKENESS_MIN) found.push({ term: id, likeness });
  };
  for (const id of vocabulary.sounds.get(keysOf(singular(typed)).sound) ?? []) compare(id);
  // A word that stands in the catalogue as typed is that word; only its other spellings count beside it.
  if (exact !== undefined)
    return together(
      found.filter((match) => match.likeness >= 0.94),
      elsewhere,
    );
  for (const id of vocabulary.bones.get(keys.bones) ?? []) compare(id);
  for (const id of nearestByPairs(vocabulary, typed)) compare(id);
  // "Soda" is a thing, and no slip for "soya".
  const spelled = isConcept(typed) ? found.filter(({ likeness }) => likeness >= ANOTHER_SPELLING) : found;
  return together(spelled, scriptOf(typed) === 'latin' ? belowOwnScript(elsewhere, spelled, vocabulary) : elsewhere);
}

/** Another spelling or a plural, not another word. */
const ANOTHER_SPELLING = 0.9;

/** "Choc" is short for chocolate, and no سجق that has its consonants: Latin writes the vowels that Arabic leaves out. */
function belowOwnScript(
  heard: readonly WordMatch[],
  spelled: readonly WordMatch[],
  vocabulary: Vocabulary,
): readonly WordMatch[] {
  const best = spelled.reduce((most, { likeness }) => Math.max(most, likeness), 0);
  if (best < SPELLED_ALIKE) return heard;
  return heard.map((match) => {
    const isOther = !match.translated && scriptOf(vocabulary.terms[match.term] ?? '') !== 'latin';
    return isOther ? { ...match, likeness: Math.min(match.likeness, best - BELOW) } : match;
  });
}

const SPELLED_ALIKE = 0.75;
const BELOW = 0.15;

/** All matches, best first, each word once. */
function together(found: WordMatch[], elsewhere: readonly WordMatch[]): WordMatch[] {
  const best = new Map<number, WordMatch>();
  for (const match of [...found, ...elsewhere]) {
    if ((best.get(match.term)?.likeness ?? 0) < match.likeness) best.set(match.term, match);
  }
  const all = [...best.values()].sort((a, b) => b.likeness - a.likeness || a.term - b.term);
  const least = (all[0]?.likeness ?? 0) - SPREAD_MAX;
  return all.filter((match) => match.likeness >= least).slice(0, KEPT_MAX);
}

/** The same word as other scripts write it; nothing to do where the catalogue and the message share the one script. */
function inOtherScripts(vocabulary: Vocabulary, typed: string, known: boolean): WordMatch[] {
  const script = scriptOf(typed);
  if (vocabulary.scripts.size === 0 || (vocabulary.scripts.size === 1 && vocabulary.scripts.has(script))) return [];
  const echo = echoOf(typed);
  const found = new Map<number, number>();
  const letters = vocabulary.ids.get(spelledLetters(typed) ?? '');
  if (letters !== undefined) found.set(letters, known ? SAME_WORD : SPELLED_LETTER);
  for (const key of echoKeys(echo)) {
    for (const id of vocabulary.echoes.get(key) ?? []) {
      const term = vocabulary.terms[id] ?? '';
      if (scriptOf(term) === script || found.has(id)) continue;
      const likeness = Math.max(echoLikeness(echo, echoOf(term)), echoLikeness(echo, echoOf(thingOf(term))));
      // One product has the word in both scripts, its neighbour in one: that must not decide between them.
      found.set(id, known && likeness >= SAME_NAME ? Math.max(likeness, SAME_WORD) : likeness);
    }
  }
  return [...found].flatMap(([term, likeness]) => (likeness >= LIKENESS_MIN ? [{ term, likeness }] : []));
}

/** The word for one of it; short words end in an s of their own ("always") and have too little else to tell them by. */
function thingOf(term: string): string {
  return term.length >= PLURAL_LENGTH_MIN ? singular(term) : term;
}

const PLURAL_LENGTH_MIN = 7;

/** A word made of nothing but names of letters ("पीवीसी" for PVC) as these letters, or null. */
function spelledLetters(typed: string): string | null {
  let letters = '';
  for (let at = 0; at < typed.length; ) {
    const length = LETTER_NAME_LENGTHS.find((size) => letterNames.has(typed.slice(at, at + size)));
    if (length === undefined || letters.length >= LETTERS_MAX) return null;
    letters += letterNames.get(typed.slice(at, at + length));
    at += length;
  }
  return letters === '' ? null : letters;
}

/** Longest first, so that "एस" is an S and not an A. */
const LETTER_NAME_LENGTHS = [5, 4, 3, 2, 1];
const LETTERS_MAX = 8;

/** "Arroz" in a catalogue that says "rice": everyday goods have a word in every language. */
function inOtherLanguages(vocabulary: Vocabulary, typed: string): WordMatch[] {
  const likeness = typed.length <= SHORT_LENGTH_MAX ? TRANSLATED_SHORT : TRANSLATED;
  const found = relatedGoods(typed).flatMap((word) => {
    const term = vocabulary.ids.get(word);
    return term === undefined || word === typed ? [] : [{ term, likeness, translated: true as const }];
  });
  // "Doodh" is milk; that the Arabic for milk names a drink here says a little less.
  const says = ({ term }: WordMatch): boolean => isConcept(vocabulary.terms[term] ?? '');
  if (!found.some(says)) return found;
  return found.map((match) => (says(match) ? match : { ...match, likeness: likeness - OF_A_THIRD_LANGUAGE }));
}

const OF_A_THIRD_LANGUAGE = 0.03;

/** The id of a word as the catalogue spells it; for a word of another script the likeliest one. */
export function nameTerm(vocabulary: Vocabulary, text: string): number | undefined {
  const exact = vocabulary.ids.get(text);
  if (exact !== undefined || scriptOf(text) === 'latin') return exact;
  const match = findWords(vocabulary, text)[0];
  return match && match.likeness >= SAME_NAME ? match.term : undefined;
}

// Scratch space shared by all vocabularies: how many letter pairs a word shares with the typed one.
let sharedPairs = new Uint8Array(0);

function nearestByPairs(vocabulary: Vocabulary, typed: string): number[] {
  if (sharedPairs.length < vocabulary.terms.length) sharedPairs = new Uint8Array(vocabulary.terms.length * 2);
  const touched: number[] = [];
  const pairs = letterPairs(typed);
  for (const pair of pairs) {
    for (const id of vocabulary.pairs.get(pair) ?? []) {
      const count = sharedPairs[id] ?? 0;
      if (count === 0) touched.push(id);
      sharedPairs[id] = count + 1;
    }
  }
  const scored: Array<{ id: number; score: number }> = [];
  const needed = pairs.length <= 4 ? 1 : 2;
  for (const id of touched) {
    const count = sharedPairs[id] ?? 0;
    sharedPairs[id] = 0;
    if (count < needed) continue;
    const length = vocabulary.terms[id]?.length ?? 0;
    scored.push({ id, score: (2 * count) / (pairs.length + length + 1) });
  }
  scored.sort((a, b) => b.score - a.score || a.id - b.id);
  return scored.slice(0, COMPARED_MAX).map((entry) => entry.id);
}

/** Letter pairs with the word's ends marked; each pair once. */
function letterPairs(word: string): string[] {
  const padded = `^${word}$`;
  const pairs = new Set<string>();
  for (let i = 0; i + 1 < padded.length; i++) pairs.add(padded.slice(i, i + 2));
  return [...pairs];
}

function append(map: Map<string, number[]>, key: string, id: number): void {
  const list = map.get(key);
  if (list) list.push(id);
  else map.set(key, [id]);
}
