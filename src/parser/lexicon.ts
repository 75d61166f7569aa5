/**
 * What words mean in one message. Eight languages claim the same short words for different things ("do" is two, "of
 * the" or an English verb), so there is no lexicon of all languages: a message is read with the languages that it is
 * written in, most likely first, and a word means what the first of them that knows it says. Behind them stand the
 * words on which every language that knows them agrees.
 */
import {
  addPhrase,
  type CompiledTable,
  compileTable,
  emptyTable,
  type LongNumber,
  type UnitWord,
} from './compiled-table.ts';
import type { Bunch, Compound, Measure } from './language-table.ts';
import { answerWords } from './languages/confirm-words.ts';
import { languageTables } from './languages/index.ts';
import type { CompiledPhrase } from './phrases.ts';

export type Lookup<V> = { get(word: string): V | undefined; has(word: string): boolean };

/** How the language of a number word goes on from there. */
export type NumberGrammar = { compound: Compound; joins: ReadonlySet<string>; fractionsFollow: boolean };

export type Lexicon = {
  /** Codes of the languages, most likely first. */
  languages: readonly string[];
  numbers: Lookup<number>;
  /** The number meaning of a word that another language of the message uses otherwise ("do carton"). */
  otherNumbers: Lookup<number>;
  longNumbers: Lookup<LongNumber[]>;
  scales: Lookup<number>;
  teens: Lookup<true>;
  added: Lookup<number>;
  bunches: Lookup<Bunch>;
  articles: Lookup<true>;
  /** Measures of every language: nowhere do they mean different things, but they need a number in some only. */
  measures: Lookup<Measure>;
  units: Lookup<UnitWord>;
  countedUnits: Lookup<number>;
  /** Unit words only where they touch a number. */
  gluedUnits: Lookup<UnitWord>;
  /** Unit words only there, and at the end of a line. */
  closingUnits: Lookup<UnitWord>;
  joins: Lookup<true>;
  fillers: Lookup<true>;
  chatter: Lookup<true>;
  smaller: Lookup<true>;
  larger: Lookup<true>;
  ordinals: Lookup<number>;
  every: Lookup<true>;
  swapLinks: Lookup<true>;
  clock: Lookup<true>;
  either: Lookup<true>;
  now: Lookup<true>;
  attributes: Lookup<'of' | 'which'>;
  currency: Lookup<true>;
  /** Words that quote the price that stands behind or before them, and "at" in "at 19 a case". */
  pricesBefore: Lookup<true>;
  pricesBehind: Lookup<true>;
  pricesAt: Lookup<true>;
  /** "The one of": before or behind a number that is a price, where the catalogue does not know it. */
  labelsBefore: Lookup<true>;
  labelsBehind: Lookup<true>;
  /** Words behind which a number is part of an address. */
  places: Lookup<true>;
  grammarOf(word: string): NumberGrammar;
  /** Whether the language of the word puts the number behind it. */
  numberFollows(word: string): boolean;
  /** Whether any of the languages puts the number behind. */
  numbersFollow: boolean;
  /** Phrases that begin with a word. */
  phrasesFrom(word: string): CompiledPhrase[];
  /** Whether any of the languages has a use for the word. */
  claims(word: string): boolean;
  /** Whether any of them has it at all, if only in a phrase or as a word for goods. */
  knows(word: string): boolean;
  /** The likeliest language puts the noun before what tells its kinds apart. */
  nounFirst: boolean;
  prefixes: { joins: string[]; dropped: string[]; links: string[]; elided: ReadonlySet<string> };
  suffixes: readonly string[];
  duals: ReadonlyArray<[string, string]>;
};

/** Every table that the parser ships, by code. English stands first and is a language of every message. */
export const tables: ReadonlyMap<string, CompiledTable> = new Map(
  languageTables.map((table) => [table.code, compileTable(table)]),
);

/** Measures of every language, also for unit names such as "kg". */
export const measuresOfAllLanguages: Lookup<Measure> = union((table) => table.measures);
/** Words for money of every language. */
export const currencyOfAllLanguages: Lookup<true> = union((table) => table.currency);
/** Unit words of every language, for the names that shops give their units. */
export const unitsOfAllLanguages: Lookup<UnitWord> = union((table) => table.units);
/** Dozens, pairs and the like of every language, for shops that sell by them. */
export const bunchesOfAllLanguages: Lookup<{ value: number; single: boolean }> = union((table) => table.bunches);
/** "Large", "small" and their like in every language, for the names of products. */
export const largerOfAllLanguages: Lookup<true> = union((table) => table.larger);
export const smallerOfAllLanguages: Lookup<true> = union((table) => table.smaller);
/** Names of letters as scripts other than Latin spell them. */
export const letterNames: Lookup<string> = union((table) => table.letters);
const answers = answerTable();
const agreed = agreedTable();

const built = new Map<string, Lexicon>();
const BUILT_MAX = 1000;

/** The lexicon of some languages, most likely first. */
export function lexiconOf(codes: readonly string[]): Lexicon {
  const key = codes.join(' ');
  const known = built.get(key);
  if (known) return known;
  const lexicon = buildLexicon(codes);
  if (built.size >= BUILT_MAX) built.clear();
  built.set(key, lexicon);
  return lexicon;
}

function buildLexicon(codes: readonly string[]): Lexicon {
  const active = codes.flatMap((code) => tables.get(code) ?? []);
  const order = [...active, agreed];
  const ownerOf = (word: string): CompiledTable | undefined => {
    for (const table of order) if (table.claims.has(word)) return table;
    return undefined;
  };
  const owned = <V>(pick: (table: CompiledTable) => Map<string, V>): Lookup<V> => ({
    get: (word) => {
      const owner = ownerOf(word);
      return owner === undefined ? undefined : pick(owner).get(word);
    },
    has: (word) => {
      const owner = ownerOf(word);
      return owner !== undefined && pick(owner).has(word);
    },
  });
  // "Papa" is a potato in a Spanish message, whatever French calls by it.
  const unlessGoods = (pick: (table: CompiledTable) => Map<string, true>): Lookup<true> => {
    const get = (word: string): true | undefined => {
      const owner = order.find((table) => table.claims.has(word) || table.goods.has(word));
      return owner?.claims.has(word) ? pick(owner).get(word) : undefined;
    };
    return { get, has: (word) => get(word) !== undefined };
  };
  const units = owned((table) => table.units);
  const ownMeasures = firstOf(active, (table) => table.measures);
  // "Kes" is Kenyan money, and a carton by ear where Hindi is spoken; "jod" is Jordan's, and "add" there.
  const isMoney = (word: string): boolean => {
    if (!currencyOfAllLanguages.has(word) || units.has(word)) return false;
    return active.some((table) => table.currency.has(word)) || !active.some((table) => table.phrases.has(word));
  };
  return {
    languages: codes,
    numbers: owned((table) => table.numbers),
    otherNumbers: firstOf(active, (table) => table.numbers),
    longNumbers: firstOf(active, (table) => table.longNumbers),
    scales: owned((table) => table.scales),
    teens: owned((table) => table.teens),
    added: owned((table) => table.added),
    bunches: owned((table) => table.bunches),
    articles: owned((table) => table.articles),
    measures: {
      get: (word) => ownMeasures.get(word) ?? measuresOfAllLanguages.get(word),
      has: (word) => measuresOfAllLanguages.has(word),
    },
    units,
    countedUnits: owned((table) => table.countedUnits),
    gluedUnits: firstOf(active, (table) => table.gluedUnits),
    closingUnits: owned((table) => table.closingUnits),
    joins: owned((table) => table.joins),
    fillers: unlessGoods((table) => table.fillers),
    chatter: unlessGoods((table) => table.chatter),
    smaller: owned((table) => table.smaller),
    larger: owned((table) => table.larger),
    ordinals: owned((table) => table.ordinals),
    every: owned((table) => table.every),
    swapLinks: owned((table) => table.swapLinks),
    clock: owned((table) => table.clock),
    either: firstOf(active, (table) => table.either),
    now: owned((table) => table.now),
    attributes: firstOf(active, (table) => table.attributes),
    currency: {
      get: (word) => (isMoney(word) ? true : undefined),
      has: isMoney,
    },
    pricesBefore: firstOf(active, (table) => table.pricesBefore),
    pricesBehind: firstOf(active, (table) => table.pricesBehind),
    pricesAt: firstOf(active, (table) => table.pricesAt),
    labelsBefore: firstOf(active, (table) => table.labelsBefore),
    labelsBehind: firstOf(active, (table) => table.labelsBehind),
    places: firstOf(active, (table) => table.places),
    grammarOf: (word) => grammarOf(order.find((table) => table.numbers.has(word) || table.longNumbers.has(word))),
    numberFollows: (word) => ownerOf(word)?.numbersFollow ?? false,
    numbersFollow: active.some((table) => table.numbersFollow),
    phrasesFrom: (word) => phrasesFrom(word, active, ownerOf(word)),
    nounFirst: active[0]?.nounFirst ?? false,
    claims: (word) => ownerOf(word) !== undefined,
    knows: (word) => ownerOf(word) !== undefined || active.some((table) => table.hints.has(word)),
    prefixes: {
      joins: active.flatMap((table) => table.prefixes.joins),
      dropped: active.flatMap((table) => table.prefixes.dropped),
      links: active.flatMap((table) => table.prefixes.links),
      elided: new Set(active.flatMap((table) => [...table.prefixes.elided])),
    },
    suffixes: active.flatMap((table) => table.suffixes),
    duals: active.flatMap((table) => table.duals),
  };
}

/**
 * A word alone is a phrase only of the language that owns it: the Portuguese "no" is "in the", whatever it means in
 * English. Several words together are certain enough in any language of the message.
 */
function phrasesFrom(word: string, active: CompiledTable[], owner: CompiledTable | undefined): CompiledPhrase[] {
  const found: CompiledPhrase[] = [];
  for (const table of active) {
    for (const phrase of table.phrases.get(word) ?? []) {
      if (table === owner || phrase.wordsMin > 1) found.push(phrase);
    }
  }
  if (owner === agreed) found.push(...(agreed.phrases.get(word) ?? []));
  found.push(...(answers.phrases.get(word) ?? []));
  return found;
}

const ENGLISH_GRAMMAR: NumberGrammar = { compound: { ones: 'beside' }, joins: new Set(), fractionsFollow: false };

function grammarOf(table: CompiledTable | undefined): NumberGrammar {
  if (!table) return ENGLISH_GRAMMAR;
  return { compound: table.compound, joins: table.compoundJoins, fractionsFollow: table.fractionsFollow };
}

function firstOf<V>(order: readonly CompiledTable[], pick: (table: CompiledTable) => Map<string, V>): Lookup<V> {
  return {
    get: (word) => {
      for (const table of order) {
        const value = pick(table).get(word);
        if (value !== undefined) return value;
      }
      return undefined;
    },
    has: (word) => order.some((table) => pick(table).has(word)),
  };
}

function union<V>(pick: (table: CompiledTable) => Map<string, V>): Map<string, V> {
  const all = new Map<string, V>();
  for (const table of tables.values()) {
    for (const [word, value] of pick(table)) if (!all.has(word)) all.set(word, value);
  }
  return all;
}

/** Yes and no of all languages: they count in every conversation, but only as a whole answer. */
function answerTable(): CompiledTable {
  const table = emptyTable('answers');
  for (const words of answerWords) {
    for (const word of words.yes) addPhrase(table, word, 'confirm', true);
    for (const word of words.no) addPhrase(table, word, 'decline', true);
  }
  return table;
}

function takesOut(table: CompiledTable, word: string): boolean {
  const alone = (table.phrases.get(word) ?? []).filter(({ wordsMin }) => wordsMin === 1);
  return alone.length > 0 && alone.every(({ tag }) => tag === 'remove');
}

/**
 * Words of two or more languages that mean the same in all of them: "cinco" is five whether the rest of the message
 * shows Spanish or Portuguese or nothing at all. A word of a single language counts only in that language.
 */
function agreedTable(): CompiledTable {
  const table = emptyTable('agreed');
  const all = [...tables.values()];
  const words = new Set(all.flatMap((one) => [...one.claims]));
  for (const word of words) {
    const claiming = all.filter((one) => one.claims.has(word));
    if (claiming.length < 2) continue;
    const numbers = claiming.map((one) => one.numbers.get(word));
    const units = claiming.map((one) => one.units.get(word));
    if (numbers[0] !== undefined && numbers.every((value) => value === numbers[0])) table.numbers.set(word, numbers[0]);
    // A "peti" is a case here and a crate there, and the outer pack in both.
    else if (units[0] && units.every((unit) => unit?.classes[0] === units[0]?.classes[0]))
      table.units.set(word, units[0]);
    else if (claiming.every((one) => one.joins.has(word))) table.joins.set(word, true);
    else if (claiming.every((one) => one.fillers.has(word) && !one.numbers.has(word))) table.fillers.set(word, true);
    // "Retire": to take out in three of them.
    else if (claiming.every((one) => takesOut(one, word))) addPhrase(table, word, 'remove', false);
    else continue;
    table.claims.add(word);
  }
  return table;
}
