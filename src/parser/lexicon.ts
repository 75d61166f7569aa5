/**
 * All language tables in one place to look words up. Built once when the module loads, from data only; the tables
 * themselves know nothing of one another, and the first table that claims a word keeps it.
 */
import type { LanguageTable, Measure, PhraseTag, UnitClass } from './language-table.ts';
import { answerWords } from './languages/confirm-words.ts';
import { english } from './languages/en.ts';
import { hinglishBasics } from './languages/hinglish.ts';
import { type CompiledPhrase, compilePhrases } from './phrases.ts';
import { foldPlain } from './text-folding.ts';

export type UnitWord = { canonical: string; classes: UnitClass[] };

export type Lexicon = {
  numbers: Map<string, number>;
  scales: Map<string, number>;
  bunches: Map<string, { value: number; single: boolean }>;
  articles: Set<string>;
  measures: Map<string, Measure>;
  units: Map<string, UnitWord>;
  joins: Set<string>;
  fillers: Set<string>;
  chatter: Set<string>;
  smaller: Set<string>;
  larger: Set<string>;
  ordinals: Map<string, number>;
  every: Set<string>;
  swapLinks: Set<string>;
  /** Phrases by their first word. */
  phrases: Map<string, CompiledPhrase[]>;
};

/** Merges language tables; earlier tables win where two give one word different values. */
function buildLexicon(tables: LanguageTable[]): Lexicon {
  const lexicon: Lexicon = {
    numbers: new Map(),
    scales: new Map(),
    bunches: new Map(),
    articles: new Set(),
    measures: new Map(),
    units: new Map(),
    joins: new Set(),
    fillers: new Set(),
    chatter: new Set(),
    smaller: new Set(),
    larger: new Set(),
    ordinals: new Map(),
    every: new Set(),
    swapLinks: new Set(),
    phrases: new Map(),
  };
  for (const table of tables) {
    putAll(lexicon.numbers, table.numbers);
    putAll(lexicon.scales, table.scales);
    putAll(lexicon.bunches, table.bunches);
    putAll(lexicon.measures, table.measures);
    putAll(lexicon.ordinals, table.ordinals);
    addWords(lexicon.articles, table.articles);
    addWords(lexicon.joins, table.joins);
    addWords(lexicon.fillers, table.fillers);
    addWords(lexicon.chatter, table.chatter);
    addWords(lexicon.smaller, table.smaller);
    addWords(lexicon.larger, table.larger);
    addWords(lexicon.every, table.every);
    addWords(lexicon.swapLinks, table.swapLinks);
    for (const [canonical, entry] of Object.entries(table.units)) {
      for (const word of entry.words.split(' ')) {
        if (!lexicon.units.has(word)) lexicon.units.set(word, { canonical, classes: entry.classes });
      }
    }
    for (const [tag, patterns] of Object.entries(table.phrases)) {
      for (const pattern of patterns) addPhrase(lexicon, pattern, tag as PhraseTag, false);
    }
  }
  for (const answers of answerWords) {
    for (const word of answers.yes) addPhrase(lexicon, foldPlain(word), 'confirm', true);
    for (const word of answers.no) addPhrase(lexicon, foldPlain(word), 'decline', true);
  }
  return lexicon;
}

function addPhrase(lexicon: Lexicon, pattern: string, tag: PhraseTag, answerOnly: boolean): void {
  for (const phrase of compilePhrases(pattern, tag, answerOnly)) {
    for (const first of phrase.firstWords) {
      const list = lexicon.phrases.get(first);
      if (list) list.push(phrase);
      else lexicon.phrases.set(first, [phrase]);
    }
  }
}

function putAll<V>(target: Map<string, V>, source: Record<string, V>): void {
  for (const [word, value] of Object.entries(source)) {
    if (!target.has(word)) target.set(word, value);
  }
}

function addWords(target: Set<string>, words: string): void {
  for (const word of words.split(' ')) if (word) target.add(word);
}

/** The lexicon of every table the parser ships. */
export const lexicon: Lexicon = buildLexicon([english, hinglishBasics]);
