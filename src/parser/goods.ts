/** Everyday goods have a word in every language: whoever types "arroz" finds "rice", and the other way round. */
import { tables } from './lexicon.ts';
import { singular } from './word-similarity.ts';

const related: ReadonlyMap<string, readonly string[]> = collect();

/** Words of all languages for the same thing, without those that only this language knows. */
export function relatedGoods(word: string): readonly string[] {
  return related.get(word) ?? related.get(singular(word)) ?? NONE;
}

const NONE: readonly string[] = [];

function collect(): Map<string, string[]> {
  const byConcept = new Map<string, Set<string>>();
  for (const table of tables.values()) {
    for (const [word, concept] of table.goods) {
      const words = byConcept.get(concept) ?? new Set([concept, `${concept}s`]);
      words.add(word);
      byConcept.set(concept, words);
    }
  }
  const byWord = new Map<string, string[]>();
  for (const words of byConcept.values()) {
    for (const word of words) byWord.set(word, [...new Set([...(byWord.get(word) ?? []), ...words])]);
  }
  return byWord;
}
