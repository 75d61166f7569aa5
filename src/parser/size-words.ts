import type { Lexicon } from './lexicon.ts';

/** "Small", "big" and their like. */
export function isSizeWord(word: string, lexicon: Lexicon): boolean {
  return lexicon.smaller.has(word) || lexicon.larger.has(word);
}
