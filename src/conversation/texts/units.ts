import type { UnitWord } from './catalogue.ts';

/** Other spellings under which shops keep a unit that we have a word for. */
const SPELLINGS: Readonly<Record<string, UnitWord>> = {
  pc: 'piece',
  pcs: 'piece',
  piece: 'piece',
  unit: 'piece',
  cs: 'case',
  ctn: 'carton',
  bx: 'box',
  pkt: 'packet',
  pk: 'pack',
  btl: 'bottle',
  doz: 'dozen',
  dz: 'dozen',
};

/** Measures and abbreviations that stay as they are in every number and language: "10 kg". */
const INVARIABLE = new Set(['kg', 'g', 'gm', 'l', 'ml', 'lb', 'oz', 'm', 'cm', 'ltr', 'quintal']);

/** The word of ours for the unit that a wholesaler calls `unit`; undefined for a unit of their own. */
export function knownUnit(unit: string, words: Readonly<Record<string, string>>): UnitWord | undefined {
  const key = plainUnit(unit).toLowerCase();
  const word = Object.hasOwn(SPELLINGS, key) ? SPELLINGS[key] : key;
  return word !== undefined && Object.hasOwn(words, word) ? (word as UnitWord) : undefined;
}

/** A unit's name as people write it. */
export function plainUnit(unit: string): string {
  return unit.replace(/[_\s]+/g, ' ').trim();
}

/** The English plural by rule, for units of a wholesaler's own; words of other scripts and measures stay as they are. */
export function englishPlural(word: string): string {
  if (INVARIABLE.has(word.toLowerCase()) || !/[a-z]$/i.test(word)) return word;
  if (/(s|x|z|ch|sh)$/i.test(word)) return `${word}es`;
  if (/[^aeiou]y$/i.test(word)) return `${word.slice(0, -1)}ies`;
  return `${word}s`;
}
