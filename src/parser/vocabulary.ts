/**
 * The distinct words of a catalogue, found again however they are typed. Comparing a typed word with every known
 * word is what makes fuzzy engines slow; here only words that share enough letter pairs are compared at all.
 */
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
  /** Typed words that were looked up before; one message asks for the same word at several stages. */
  remembered: Map<string, WordMatch[]>;
};

export type WordMatch = { term: number; likeness: number };

/** Typed words shorter than this are only found exactly. */
const FUZZY_LENGTH_MIN = 2;
const FUZZY_LENGTH_MAX = 40;
const COMPARED_MAX = 48;
const KEPT_MAX = 12;
/** Words this much less alike than the best are not meant. */
const SPREAD_MAX = 0.28;
const LIKENESS_MIN = 0.6;
const REMEMBERED_MAX = 4096;

export function createVocabulary(): Vocabulary {
  return {
    terms: [],
    ids: new Map(),
    keys: [],
    pairs: new Map(),
    sounds: new Map(),
    bones: new Map(),
    remembered: new Map(),
  };
}

/** The id of a term, added when it is new. */
export function internTerm(vocabulary: Vocabulary, term: string): number {
  const known = vocabulary.ids.get(term);
  if (known !== undefined) return known;
  const id = vocabulary.terms.length;
  vocabulary.terms.push(term);
  vocabulary.ids.set(term, id);
  const isWord = !term.includes(':') && !term.startsWith('#');
  if (!isWord) {
    vocabulary.keys.push(null);
    return id;
  }
  const keys = keysOf(term);
  vocabulary.keys.push(keys);
  for (const pair of letterPairs(term)) append(vocabulary.pairs, pair, id);
  append(vocabulary.sounds, keysOf(singular(term)).sound, id);
  if (keys.bones.length >= 2) append(vocabulary.bones, keys.bones, id);
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
  if (typed.length < FUZZY_LENGTH_MIN || typed.length > FUZZY_LENGTH_MAX) return found;
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
  if (exact !== undefined) return found.filter((match) => match.likeness >= 0.94);
  for (const id of vocabulary.bones.get(keys.bones) ?? []) compare(id);
  for (const id of nearestByPairs(vocabulary, typed)) compare(id);
  found.sort((a, b) => b.likeness - a.likeness || a.term - b.term);
  const least = (found[0]?.likeness ?? 0) - SPREAD_MAX;
  return found.filter((match) => match.likeness >= least).slice(0, KEPT_MAX);
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
