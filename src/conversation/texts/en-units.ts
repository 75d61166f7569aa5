const plurals = new Intl.PluralRules('en');

/** Units whose English plural is not made by rule, and the single item, which reads better as a piece. */
const IRREGULAR: Record<string, { one: string; other: string }> = {
  each: { one: 'piece', other: 'pieces' },
  pc: { one: 'piece', other: 'pieces' },
  pcs: { one: 'piece', other: 'pieces' },
  ctn: { one: 'carton', other: 'cartons' },
  pkt: { one: 'packet', other: 'packets' },
  loaf: { one: 'loaf', other: 'loaves' },
  half: { one: 'half', other: 'halves' },
};

/** Measures and counting words that stay as they are: "10 kg", "2 dozen". */
const INVARIABLE = new Set(['kg', 'g', 'gm', 'l', 'ml', 'lb', 'oz', 'm', 'cm', 'dozen', 'ltr', 'quintal']);

/** The unit's name in the number that `count` calls for; unit names are the wholesaler's own, so rules do the rest. */
export function englishUnit(unit: string, count: number): string {
  const word = unit.replace(/[_\s]+/g, ' ').trim();
  const key = word.toLowerCase();
  const form = plurals.select(count) === 'one' ? 'one' : 'other';
  const irregular = Object.hasOwn(IRREGULAR, key) ? IRREGULAR[key] : undefined;
  if (irregular !== undefined) return irregular[form];
  if (form === 'one' || INVARIABLE.has(key) || !/[a-z]$/i.test(word)) return word;
  if (/(s|x|z|ch|sh)$/i.test(word)) return `${word}es`;
  if (/[^aeiou]y$/i.test(word)) return `${word.slice(0, -1)}ies`;
  return `${word}s`;
}

/** "1 line", "3 lines". */
export function englishCount(count: number, one: string, other: string): string {
  return `${count} ${plurals.select(count) === 'one' ? one : other}`;
}
