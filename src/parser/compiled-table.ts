/** One language table made ready for looking words up; every word is folded as words in messages are. */
import type { Bunch, Compound, LanguageTable, Measure, PhraseTag, UnitClass, UnitEntry } from './language-table.ts';
import { type CompiledPhrase, compilePhrases } from './phrases.ts';
import { foldPlain, foldWord } from './text-folding.ts';

export type UnitWord = { canonical: string; classes: UnitClass[] };

/** A number of several words: "quatre vingt dix". */
export type LongNumber = { words: string[]; value: number };

export type CompiledTable = {
  code: string;
  numbers: Map<string, number>;
  /** Numbers of several words by their first word, longest first. */
  longNumbers: Map<string, LongNumber[]>;
  scales: Map<string, number>;
  teens: Map<string, true>;
  added: Map<string, number>;
  bunches: Map<string, Bunch>;
  articles: Map<string, true>;
  measures: Map<string, Measure>;
  units: Map<string, UnitWord>;
  /** Unit words that carry their own number: one or two. */
  countedUnits: Map<string, number>;
  gluedUnits: Map<string, UnitWord>;
  closingUnits: Map<string, UnitWord>;
  joins: Map<string, true>;
  fillers: Map<string, true>;
  chatter: Map<string, true>;
  smaller: Map<string, true>;
  larger: Map<string, true>;
  ordinals: Map<string, number>;
  every: Map<string, true>;
  swapLinks: Map<string, true>;
  clock: Map<string, true>;
  either: Map<string, true>;
  now: Map<string, true>;
  attributes: Map<string, 'of' | 'which'>;
  currency: Map<string, true>;
  pricesBefore: Map<string, true>;
  pricesBehind: Map<string, true>;
  pricesAt: Map<string, true>;
  labelsBefore: Map<string, true>;
  labelsBehind: Map<string, true>;
  places: Map<string, true>;
  letters: Map<string, string>;
  /** English words by the language's own; one word may stand for several ("unga": flour and powder). */
  goods: Map<string, string[]>;
  /** Phrases by their first word. */
  phrases: Map<string, CompiledPhrase[]>;
  compound: Compound;
  compoundJoins: Set<string>;
  fractionsFollow: boolean;
  numbersFollow: boolean;
  verbsLast: boolean;
  nounFirst: boolean;
  prefixes: { joins: string[]; dropped: string[]; links: string[]; elided: Set<string> };
  suffixes: string[];
  /** Endings of the dual with what a single one ends in. */
  duals: ReadonlyArray<[string, string]>;
  /** Words that the language has a use for by themselves. */
  claims: Set<string>;
  /** Words that only stand inside phrases of several words: they hint at the language, no more. */
  hints: Set<string>;
};

/** Compiles a table. */
export function compileTable(table: LanguageTable): CompiledTable {
  const { prefixes } = table;
  const compiled: CompiledTable = {
    code: table.code,
    numbers: new Map(),
    longNumbers: new Map(),
    scales: keyed(table.scales),
    teens: listed(table.teens),
    added: keyed(table.added ?? {}),
    bunches: keyed(table.bunches),
    articles: listed(table.articles),
    measures: keyed(table.measures),
    units: new Map(),
    countedUnits: new Map(),
    gluedUnits: new Map(),
    closingUnits: new Map(),
    joins: listed(table.joins),
    fillers: listed(table.fillers),
    chatter: listed(table.chatter),
    smaller: listed(table.smaller),
    larger: listed(table.larger),
    ordinals: keyed(table.ordinals),
    every: listed(table.every),
    swapLinks: listed(table.swapLinks),
    clock: listed(table.clock ?? ''),
    either: listed(table.either ?? ''),
    now: listed(table.now),
    attributes: new Map([
      ...wordsOf(table.attributes?.of).map((word) => [word, 'of'] as const),
      ...wordsOf(table.attributes?.which).map((word) => [word, 'which'] as const),
    ]),
    currency: listed(table.currency),
    pricesBefore: listed(table.prices?.before),
    pricesBehind: listed(table.prices?.behind),
    pricesAt: listed(table.prices?.at),
    labelsBefore: listed(table.prices?.labelBefore),
    labelsBehind: listed(table.prices?.labelBehind),
    places: listed(table.places),
    letters: keyed(table.letters ?? {}),
    goods: new Map(),
    phrases: new Map(),
    compound: table.compound ?? { ones: 'beside' },
    compoundJoins: new Set(wordsOf(table.compound?.join)),
    fractionsFollow: table.fractionsFollow ?? false,
    numbersFollow: table.numbersFollow ?? false,
    verbsLast: table.verbsLast ?? false,
    nounFirst: table.nounFirst ?? false,
    prefixes: {
      joins: wordsOf(prefixes?.joins),
      // The longest first, so that "wal" is not cut as "w".
      dropped: wordsOf(prefixes?.dropped).sort((a, b) => b.length - a.length),
      links: wordsOf(prefixes?.links),
      elided: new Set(wordsOf(prefixes?.elided)),
    },
    suffixes: wordsOf(table.suffixes),
    duals: Object.entries(table.duals ?? {}).map(([ending, single]) => [spelled(ending), spelled(single)]),
    claims: new Set(),
    hints: new Set(),
  };
  addNumbers(compiled, table.numbers);
  for (const [canonical, entry] of Object.entries(table.units)) addUnit(compiled, canonical, entry);
  for (const [concept, words] of Object.entries(table.goods ?? {})) {
    for (const word of wordsOf(words)) compiled.goods.set(word, [...(compiled.goods.get(word) ?? []), concept]);
  }
  for (const [tag, patterns] of Object.entries(table.phrases)) {
    for (const pattern of patterns) addPhrase(compiled, pattern, tag as PhraseTag, false);
  }
  collectClaims(compiled);
  return compiled;
}

/** A table with nothing in it but what is added later. */
export function emptyTable(code: string): CompiledTable {
  return compileTable({
    code,
    numbers: {},
    scales: {},
    bunches: {},
    articles: '',
    measures: {},
    units: {},
    joins: '',
    fillers: '',
    chatter: '',
    smaller: '',
    larger: '',
    ordinals: {},
    every: '',
    swapLinks: '',
    phrases: {},
  });
}

/** Puts a phrase into a compiled table. `answerOnly`: it only ever answers a yes-or-no question. */
export function addPhrase(table: CompiledTable, pattern: string, tag: PhraseTag, answerOnly: boolean): void {
  const folded = pattern.split(' ').map(spelled).join(' ');
  for (const phrase of compilePhrases(folded, tag, { answerOnly, closes: table.verbsLast, code: table.code })) {
    for (const first of phrase.firstWords) {
      const list = table.phrases.get(first);
      if (list) list.push(phrase);
      else table.phrases.set(first, [phrase]);
    }
  }
}

/** A word as the tokeniser would give it. */
export function spelled(word: string): string {
  return foldWord(foldPlain(word)).replaceAll("'", '');
}

function addNumbers(compiled: CompiledTable, numbers: Record<string, number>): void {
  for (const [text, value] of Object.entries(numbers)) {
    const words = wordsOf(text);
    const first = words[0];
    if (first === undefined) continue;
    if (words.length === 1) {
      compiled.numbers.set(first, value);
      continue;
    }
    const list = compiled.longNumbers.get(first) ?? [];
    list.push({ words, value });
    list.sort((a, b) => b.words.length - a.words.length);
    compiled.longNumbers.set(first, list);
  }
}

function addUnit(compiled: CompiledTable, canonical: string, entry: UnitEntry): void {
  const unit: UnitWord = { canonical, classes: entry.classes };
  for (const word of wordsOf(entry.words)) compiled.units.set(word, unit);
  for (const word of wordsOf(entry.glued)) compiled.gluedUnits.set(word, unit);
  for (const word of wordsOf(entry.closing)) compiled.closingUnits.set(word, unit);
  for (const [words, count] of [
    [entry.ones, 1],
    [entry.twos, 2],
  ] as const) {
    for (const word of wordsOf(words)) {
      compiled.units.set(word, unit);
      compiled.countedUnits.set(word, count);
    }
  }
}

/** What the table says a word is, apart from phrases of several words. */
const WORD_LISTS = [
  'numbers',
  'scales',
  'teens',
  'added',
  'bunches',
  'articles',
  'measures',
  'units',
  'joins',
  'fillers',
  'chatter',
  'smaller',
  'larger',
  'ordinals',
  'every',
  'swapLinks',
  'now',
  'currency',
] as const;

function collectClaims(compiled: CompiledTable): void {
  const { claims, hints } = compiled;
  for (const list of WORD_LISTS) for (const word of compiled[list].keys()) claims.add(word);
  for (const phrases of compiled.phrases.values()) {
    for (const phrase of phrases) {
      for (const element of phrase.elements) {
        if (element.kind === 'gap') continue;
        const alone = phrase.wordsMin <= 1 && !element.optional;
        for (const word of element.words) (alone ? claims : hints).add(word);
      }
    }
  }
  for (const [first, list] of compiled.longNumbers) {
    claims.add(first);
    for (const { words } of list) for (const word of words) hints.add(word);
  }
  for (const word of compiled.goods.keys()) hints.add(word);
  for (const word of claims) hints.delete(word);
}

function wordsOf(words: string | undefined): string[] {
  return (words ?? '').split(' ').filter(Boolean).map(spelled);
}

function listed(words: string | undefined): Map<string, true> {
  return new Map(wordsOf(words).map((word) => [word, true]));
}

function keyed<V>(source: Record<string, V>): Map<string, V> {
  return new Map(Object.entries(source).map(([word, value]) => [spelled(word), value]));
}
