/** Which words say what kind of thing a product is, in any language, and what kind a product says that it is. */
import type { CatalogueIndex } from './catalogue-index.ts';
import { plural } from './goods.ts';
import { kinds } from './languages/kinds.ts';
import { tables } from './lexicon.ts';

const NONE: readonly number[] = [];

const groupsOf: ReadonlyMap<string, readonly number[]> = collect();

/** Groups of kinds that a word names; none for a name, a flavour or a colour. */
export function kindGroups(word: string): readonly number[] {
  return groupsOf.get(word) ?? NONE;
}

/** Whether a product may be of this kind: its own texts say so, or say nothing about it. */
export function mayBeOfKind(index: CatalogueIndex, product: number, groups: readonly number[]): boolean {
  const { starts, values } = index.texts;
  let stated = false;
  for (let text = index.textsOf[product] ?? 0; text < (index.textsOf[product + 1] ?? 0); text++) {
    for (let i = starts[text] ?? 0; i < (starts[text + 1] ?? 0); i++) {
      const own = kindGroups(index.vocabulary.terms[values[i] ?? 0] ?? '');
      if (own.some((group) => groups.includes(group))) return true;
      stated ||= own.length > 0;
    }
  }
  return !stated;
}

function collect(): Map<string, number[]> {
  const byConcept = new Map<string, number[]>();
  kinds.forEach((line, group) => {
    for (const concept of line.split(' ')) byConcept.set(concept, [...(byConcept.get(concept) ?? []), group]);
  });
  const found = new Map<string, number[]>();
  for (const [concept, groups] of byConcept) for (const word of [concept, plural(concept)]) found.set(word, groups);
  for (const table of tables.values()) {
    for (const [word, concepts] of table.goods) {
      const groups = concepts.flatMap((concept) => byConcept.get(concept) ?? []);
      // "Mint" is a sweet and a leaf: a word that also means another thing says too little.
      if (groups.length > 0 && concepts.every((concept) => byConcept.has(concept))) found.set(word, groups);
    }
  }
  return found;
}
