/**
 * Phrase patterns of the language tables: "how much * (owe|due)" and the like, compiled to a list of elements and
 * matched against the words of a message. Gaps are short and bounded, so matching stays linear in the message.
 */
import type { PhraseTag } from './language-table.ts';

type Element = { kind: 'words'; words: Set<string>; optional: boolean } | { kind: 'gap'; wordsMax: number };

type Manner = {
  /** Only ever an answer to a yes-or-no question, never part of a longer sentence. */
  answerOnly: boolean;
  /** The phrase ends what it speaks about, because the language puts its verbs last. */
  closes: boolean;
  /** The language that it is a phrase of. */
  code: string;
};

export type CompiledPhrase = Manner & {
  tag: PhraseTag;
  firstWords: string[];
  elements: Element[];
  /** Words that its second word is one of, where that can be told from the pattern: most phrases end there. */
  secondWords: ReadonlySet<string> | null;
  /** How many words it has at least. */
  wordsMin: number;
};

export type PhraseMatch = { tag: PhraseTag; answerOnly: boolean; closes: boolean; words: number[] };

const GAPS: ReadonlyMap<string, number> = new Map([
  ['*', 3],
  ['**', 7],
]);

/** Compiles one pattern; the syntax is described at `LanguageTable.phrases`. Words must be folded already. */
export function compilePhrases(pattern: string, tag: PhraseTag, manner: Manner): CompiledPhrase[] {
  return spellOut(pattern).map((spelled) => {
    const elements = spelled.split(' ').filter(Boolean).map(readElement);
    const wordsMin = elements.filter((element) => element.kind === 'words' && !element.optional).length;
    return {
      ...manner,
      tag,
      firstWords: firstWordsOf(elements),
      secondWords: secondWordsOf(elements),
      elements,
      wordsMin,
    };
  });
}

function secondWordsOf([first, ...rest]: readonly Element[]): ReadonlySet<string> | null {
  if (first?.kind !== 'words' || first.optional) return null;
  const words = new Set<string>();
  for (const element of rest) {
    if (element.kind === 'gap') return null;
    for (const word of element.words) words.add(word);
    if (!element.optional) return words;
  }
  return null;
}

/** A phrase may begin with words that may be missing; then it is also found by the word behind them. */
function firstWordsOf(elements: readonly Element[]): string[] {
  const words = new Set<string>();
  for (const element of elements) {
    if (element.kind === 'gap') break;
    for (const word of element.words) words.add(word);
    if (!element.optional) break;
  }
  return [...words];
}

/** Choices between phrases of several words become patterns of their own: "(dont|do not) x" is two, with "?" three. */
function spellOut(pattern: string): string[] {
  const choice = /\(([^()]* [^()]*)\)(\?)?/.exec(pattern);
  if (!choice) return [pattern];
  const [whole, inside, optional] = choice;
  const options = [...(inside ?? '').split('|'), ...(optional ? [''] : [])];
  return options.flatMap((option) => spellOut(pattern.replace(whole, option)));
}

function readElement(source: string): Element {
  const wordsMax = GAPS.get(source);
  if (wordsMax !== undefined) return { kind: 'gap', wordsMax };
  const optional = source.endsWith('?');
  const body = optional ? source.slice(0, -1) : source;
  const words = body.startsWith('(') ? body.slice(1, -1).split('|') : [body];
  return { kind: 'words', words: new Set(words), optional };
}

/**
 * The positions that a phrase covers when it starts at `from`, or null. `wordAt` gives the word at a position, or
 * null where a phrase must not reach across (a line end, a comma).
 */
export function matchPhrase(
  phrase: CompiledPhrase,
  from: number,
  wordAt: (position: number) => string | null,
): number[] | null {
  return matchFrom(phrase.elements, 0, from, wordAt);
}

function matchFrom(
  elements: Element[],
  element: number,
  position: number,
  wordAt: (position: number) => string | null,
): number[] | null {
  const current = elements[element];
  if (!current) return [];
  if (current.kind === 'gap') {
    for (let skipped = 0; skipped <= current.wordsMax; skipped++) {
      const rest = matchFrom(elements, element + 1, position + skipped, wordAt);
      if (rest) return rest;
      if (wordAt(position + skipped) === null) return null;
    }
    return null;
  }
  const word = wordAt(position);
  if (word !== null && current.words.has(word)) {
    const rest = matchFrom(elements, element + 1, position + 1, wordAt);
    if (rest) return [position, ...rest];
  }
  return current.optional ? matchFrom(elements, element + 1, position, wordAt) : null;
}
