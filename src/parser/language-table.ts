/**
 * The shape of a language table. A language is data only: one file in languages/ per language, no code, so that a
 * native speaker can review it without reading the parser. Words are written folded (lower case, no accents).
 */

/** What a measure measures. Counts are sizes too: "62s" on a packet is no more a quantity than "500g". */
export type Dimension = 'mass' | 'volume' | 'length' | 'count' | 'ounce' | 'power' | 'voltage' | 'current' | 'area';

export type Measure = {
  dimension: Dimension;
  /** How many base units (g, ml, mm, piece, W, V, A, mm2) one of these is. */
  factor: number;
  /** Only read as a measure when it touches its number ("9w"), because alone it is an everyday word. */
  gluedOnly?: boolean;
};

/**
 * How far a unit word reaches when the product has no unit of that very name: the classes are tried in order
 * against the product's own units ("bag" is the sack of loose goods and the single of packed goods).
 */
export type UnitClass = 'outer' | 'single' | 'sack' | 'strip';

type UnitEntry = { classes: UnitClass[]; words: string };

/**
 * Edits and markers that a phrase can stand for, beside the acts. `former` stands before what no longer counts:
 * "fanta instead of sprite", "3 not 2".
 */
type EditTag = 'add' | 'remove' | 'negate' | 'change' | 'swap' | 'former' | 'correct' | 'more' | 'filler';

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
  | 'language'
  | 'why';

export type PhraseTag = EditTag | ActTag;

/**
 * Phrases are words separated by spaces; "(a|b)" is a choice, "word?" may be missing, "*" stands for up to three
 * words of any kind.
 */
export type LanguageTable = {
  code: string;
  numbers: Record<string, number>;
  /** Words that multiply what stands before: hundred, thousand. */
  scales: Record<string, number>;
  /** Words that count singles by the bunch: dozen, couple. `single` says whether the result counts single pieces. */
  bunches: Record<string, { value: number; single: boolean }>;
  /** Words that mean one when a unit follows: "a case". */
  articles: string;
  measures: Record<string, Measure>;
  units: Record<string, UnitEntry>;
  joins: string;
  fillers: string;
  /** Words that only talk around an order; a part of a message with such words and no quantity is not a product. */
  chatter: string;
  /** Words that mean small or large, and the position among candidates: for "big one", "the second". */
  smaller: string;
  larger: string;
  ordinals: Record<string, number>;
  /** Words that take every candidate of a question: "both". */
  every: string;
  /** Words between the two products of a swap: "replace a with b". */
  swapLinks: string;
  phrases: Partial<Record<PhraseTag, string[]>>;
};
