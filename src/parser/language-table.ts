/**
 * The shape of a language table. A language is data only: one file in languages/ per language, no code, so that a
 * native speaker can review it without reading the parser. languages/README.md explains every field with examples.
 *
 * Words may be written as people spell them: capitals, accents, vowel signs and the like are folded away when the
 * table is loaded, exactly as they are in messages. Lists of words are one text with spaces between the words.
 */

/** What a measure measures. Counts are sizes too: "62s" on a packet is no more a quantity than "500g". */
export type Dimension =
  | 'mass'
  | 'volume'
  | 'length'
  | 'count'
  | 'ounce'
  | 'power'
  | 'voltage'
  | 'current'
  | 'area'
  | 'memory'
  | 'charge'
  | 'load';

export type Measure = {
  dimension: Dimension;
  /** How many base units (g, ml, mm, piece, W, V, A, mm2) one of these is. */
  factor: number;
  /** Only read as a measure when it touches its number ("9w"), because alone it is an everyday word. */
  gluedOnly?: boolean;
  /** The word carries its own number when none stands beside it: the Arabic dual for "two kilos" is 2. */
  alone?: number;
};

/**
 * How far a unit word reaches when the product has no unit of that very name: the classes are tried in order
 * against the product's own units ("bag" is the sack of loose goods and the single of packed goods).
 */
export type UnitClass = 'outer' | 'single' | 'sack' | 'strip';

export type UnitEntry = {
  classes: UnitClass[];
  /** Every form of the word: singular, plural, short forms, common misspellings. */
  words: string;
  /** Forms that mean one of it when no number stands beside them: Arabic "carton tuna", Indonesian "sedus". */
  ones?: string;
  /** Forms that mean two of it by themselves: the Arabic dual. */
  twos?: string;
  /** Forms that are a unit only where they touch their number: "10p". */
  glued?: string;
  /** Forms that are one where they touch their number or close a line behind it: Indian "mouse 10 no". */
  closing?: string;
};

/**
 * Words that quote a price: `before` its number ("harga 30"), `behind` it, where a quantity is said already ("2 peti 20 ke
 * bhav"), and `at`, which needs a unit behind the number ("à 19 le carton") or, behind a quantity, a number that nobody
 * would count in ("5 cajas a 4.50"). A label says "the one of": a number that the catalogue does not know is its price
 * there ("19 wala 4 peti"), where another number counts.
 */
export type Prices = { before?: string; behind?: string; at?: string; labelBefore?: string; labelBehind?: string };

/** A dozen, a pair. `dual`: the word says by itself that there are two, so that a number before it is no count of it. */
export type Bunch = { value: number; single: boolean; dual?: true };

/** How the language puts numbers together from words. */
export type Compound = {
  /**
   * Where the ones stand: "beside" the tens (twenty five), "joined" by a word (trinta e cinco), or "before" the
   * tens and joined (five and twenty). "none": every number up to 99 has a word of its own.
   */
  ones: 'beside' | 'joined' | 'before' | 'none';
  /** The joining words, also between hundreds and the rest. */
  join?: string;
  /** The smallest tens that take joined ones: 10 where "ten and two" is twelve, 30 where 21 to 29 are one word. */
  from?: number;
  /** Tens that take ten to nineteen as well: French "soixante quinze". */
  teensAfter?: number[];
};

/** Short words that are written together with the next word. They are cut off where the rest is a known word. */
export type Prefixes = {
  /** "And", written as a part of the next word. */
  joins?: string;
  /** Articles and the like, written as a part of the next word. */
  dropped?: string;
  /** Words between the two products of a swap, written as a part of the second: Arabic "bi". */
  links?: string;
  /** Letters cut off with an apostrophe: d'huile. */
  elided?: string;
};

/**
 * Edits and markers that a phrase can stand for, beside the acts. `former` stands before what no longer counts:
 * "fanta instead of sprite", "3 not 2". `less` takes off the number beside it: "2 kam kar do", "bájale 2"; `raise` puts it
 * on top. `each` gives the quantity before it to all that have none. `instead` stands beside what takes the place of what
 * was just taken out, `otherwise` before what is only wanted where the thing before it cannot be had; `else` says so only
 * behind a `condition`. `later` wishes for another day; `aside` says that a part tells what is at hand, or may be wanted
 * some day. A number right behind an `address` ("sector 14") counts nothing.
 * `only` says that nothing but what is named stays in the cart.
 * `same` gives what it names the quantity of the thing before it: "pareil pour le thon".
 * `every` takes all candidates of a question where one word does not: "les deux".
 */
type EditTag =
  | 'every'
  | 'each'
  | 'same'
  | 'only'
  | 'add'
  | 'remove'
  | 'negate'
  | 'change'
  | 'less'
  | 'raise'
  | 'address'
  | 'condition'
  | 'else'
  | 'later'
  | 'swap'
  | 'instead'
  | 'otherwise'
  | 'aside'
  | 'double'
  | 'halve'
  | 'former'
  | 'correct'
  | 'more'
  | 'filler';

/** Acts that a phrase can stand for. */
type ActTag =
  | 'repeat'
  | 'confirm'
  | 'decline'
  | 'cancel'
  | 'keep'
  | 'balance'
  | 'statement'
  | 'paid'
  | 'status'
  | 'query'
  | 'total'
  | 'help'
  | 'greeting'
  | 'human'
  | 'complaint'
  | 'language'
  | 'why';

export type PhraseTag = EditTag | ActTag;

/**
 * Phrases are words separated by spaces; "(a|b)" is a choice, "word?" may be missing, "*" stands for up to three
 * words of any kind and "**" for up to seven, as many as a counted product has.
 */
export type LanguageTable = {
  code: string;
  /** Number words and fractions; several words are allowed ("quatre vingt dix"). */
  numbers: Record<string, number>;
  /** Words that multiply what stands before: hundred, thousand; Indonesian "puluh" (10). */
  scales: Record<string, number>;
  /** Words that count singles by the bunch: dozen, couple. `single` says whether the result counts single pieces. */
  bunches: Record<string, Bunch>;
  /** Words that mean one when a unit follows: "a case". */
  articles: string;
  /** The language's own words for measures; kg, g, ml and the like are known already. */
  measures: Record<string, Measure>;
  /** Unit words under the English name of the unit (see languages/en.ts), so that all languages meet. */
  units: Record<string, UnitEntry>;
  /** "And" and its like, between two things that are ordered. */
  joins: string;
  /** Words that may stand anywhere in an order and say nothing about what is ordered. */
  fillers: string;
  /** Words that only talk around an order; a part of a message with such words and no quantity is not a product. */
  chatter: string;
  /** Words that mean small or large, and the position among candidates: for "big one", "the second". */
  smaller: string;
  larger: string;
  ordinals: Record<string, number>;
  /**
   * Words that make a number an attribute: "of" before what it belongs to ("110 ka pipe"), and the "one" of "the 5 one"
   * ("5 wala").
   */
  attributes?: { of: string; which: string };
  /** Words that say a part is about today, where another was about a later day. */
  now?: string;
  /** Words that take every candidate of a question: "both". */
  every: string;
  /** Words between the two products of a swap: "replace a with b". */
  swapLinks: string;
  /** Words that stand before a time of the day: "2 trays of eggs before 7". */
  clock?: string;
  /** "Or", between two quantities of which one is to be chosen: "10 or 12". */
  either?: string;
  phrases: Partial<Record<PhraseTag, string[]>>;

  /** How numbers are put together; without it the ones stand beside the tens, as in English. */
  compound?: Compound;
  /** Words that add ten to the number before them: Indonesian "belas". */
  teens?: string;
  /** Words that change the number after them: Hindi "sadhe" 0.5, "sawa" 0.25, "paune" -0.25. Alone they change one. */
  added?: Record<string, number>;
  /** A fraction right behind a whole number is added to it: Indonesian "dua setengah" is two and a half. */
  fractionsFollow?: boolean;
  /** The number stands behind what it counts: Swahili "dazeni mbili" is two dozen. */
  numbersFollow?: boolean;
  /** The verb stands at the end: "X mat bhejna" takes out X, not what comes next. */
  verbsLast?: boolean;
  /** The noun stands before what tells its kinds apart: "tinte negro", and then "2 del castaño". */
  nounFirst?: boolean;
  prefixes?: Prefixes;
  /** Endings of the dual with what a single one ends in: Arabic "two bibs" is one word. */
  duals?: Record<string, string>;
  /** Endings that are cut off where the rest is a known word: Indonesian "-nya" in "berasnya". */
  suffixes?: string;
  /** Words for money that mark an amount as no quantity. */
  currency?: string;
  /** What marks a number as the price of one, beside a quantity. */
  prices?: Prices;
  /** Words behind which a number is part of an address: street, sector, shop no. */
  places?: string;
  /** Names of letters as they are spelled out in names, when the script differs: Devanagari "ji" for G. */
  letters?: Record<string, string>;
  /** Everyday words for goods under their English word, for catalogues that spell only another language. */
  goods?: Record<string, string>;
};
