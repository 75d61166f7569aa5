/** Everyday goods have a word in every language: whoever types "arroz" finds "rice", and the other way round. */
import { tables } from './lexicon.ts';
import { singular } from './word-similarity.ts';

const related: ReadonlyMap<string, readonly string[]> = collect();

/** Words of all languages for the same thing, without those that only this language knows. */
export function relatedGoods(word: string): readonly string[] {
  return related.get(word) ?? related.get(singular(word)) ?? NONE;
}

/** The English word that the words of all languages for a thing stand under. */
export function isConcept(word: string): boolean {
  return concepts.has(word) || concepts.has(singular(word));
}

const concepts: ReadonlySet<string> = new Set(
  [...tables.values()].flatMap((table) => [...table.goods.values()].flat()),
);
const NONE: readonly string[] = [];

/** The English plural: catalogues say "batteries" and "brushes". */
export function plural(concept: string): string {
  if (/[^aeiou]y$/.test(concept)) return `${concept.slice(0, -1)}ies`;
  return /(?:s|x|z|ch|sh|ato)$/.test(concept) ? `${concept}es` : `${concept}s`;
}

function collect(): Map<string, string[]> {
  const byConcept = new Map<string, Set<string>>();
  for (const table of tables.values()) {
    for (const [word, concepts] of table.goods) {
      for (const concept of concepts) {
        const words = byConcept.get(concept) ?? new Set([concept, plural(concept)]);
        words.add(word);
        byConcept.set(concept, words);
      }
    }
  }
  const byWord = new Map<string, string[]>();
  for (const words of byConcept.values()) {
    for (const word of words) {
      for (const key of new Set([word, singular(word)])) {
        byWord.set(key, [...new Set([...(byWord.get(key) ?? []), ...words])]);
      }
    }
  }
  return byWord;
}
