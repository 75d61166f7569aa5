import type { Texts } from './types.ts';

type Leaf = string | ((...of: never[]) => string);
export type Messages<T> = { readonly [Key in keyof T]: T[Key] extends Leaf ? string : Messages<T[Key]> };

/**
 * One language: a message for everything that `Texts` can say, in ICU MessageFormat, and its words for units.
 *
 * In a message, `{name}` stands for an argument; `{count, plural, one {# line} other {# lines}}` chooses by number and
 * `{quantity, select, none {} other { ({quantity})}}` by whether there is one: an argument that is missing is `none`. An
 * apostrophe right before a brace must be doubled, so prefer ’ in running text. Tests check that every message uses the
 * arguments of the English one and no other.
 */
export type Catalogue = Messages<Omit<Texts, 'quantity' | 'unitName'>> & {
  /** How many of a unit: `shown` is the number as it is written, `unit` its name in the right number. */
  readonly quantity: string;
  /** Unit names as shops write them in their catalogues, each as a message over `count`: `{count, plural, ...}`. */
  readonly units: Readonly<Record<UnitWord, string>>;
};

/** Units that most trades share. Any other unit is the wholesaler's own word and is said as it stands. */
export type UnitWord =
  | 'each'
  | 'piece'
  | 'case'
  | 'carton'
  | 'box'
  | 'crate'
  | 'bag'
  | 'sack'
  | 'bale'
  | 'pack'
  | 'packet'
  | 'bundle'
  | 'bottle'
  | 'tin'
  | 'can'
  | 'jar'
  | 'tub'
  | 'bucket'
  | 'drum'
  | 'tray'
  | 'strip'
  | 'roll'
  | 'sheet'
  | 'bar'
  | 'pair'
  | 'set'
  | 'dozen'
  | 'half';
