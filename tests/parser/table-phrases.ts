/** What the language tables say people say, written out: a phrase to say for every act in every language. */

import type { Intent } from '../../src/parser/index.ts';
import type { LanguageTable, PhraseTag } from '../../src/parser/language-table.ts';
import { languageTables } from '../../src/parser/languages/index.ts';

/** Tags that are acts by themselves, with the intent that the parser reports for them. */
export const ACTS = {
  repeat: 'repeat',
  confirm: 'confirm',
  decline: 'decline',
  cancel: 'cancel',
  balance: 'balance',
  statement: 'statement',
  paid: 'paid',
  status: 'status',
  query: 'query',
  total: 'query',
  help: 'help',
  greeting: 'greeting',
  human: 'human',
  complaint: 'human',
  language: 'language',
  why: 'why',
} as const satisfies Partial<Record<PhraseTag, Intent>>;

export type ActTag = keyof typeof ACTS;
export const actTags = Object.keys(ACTS) as ActTag[];

export const tables: readonly LanguageTable[] = languageTables;

/** Every phrase of a tag as it may be said: the first of each choice, without what may be missing; none with a gap. */
export function phrasesOf(table: LanguageTable, tag: PhraseTag): string[] {
  return (table.phrases[tag] ?? []).flatMap((pattern) => spoken(pattern) ?? []);
}

/** A part with the first phrase of the tag where the language puts its verbs. */
export function withVerb(table: LanguageTable, tag: PhraseTag, rest: string): string {
  const [phrase = ''] = phrasesOf(table, tag);
  return table.verbsLast ? `${rest} ${phrase}` : `${phrase} ${rest}`;
}

function spoken(pattern: string): string | null {
  if (pattern.includes('*')) return null;
  const words = [...pattern.matchAll(/\(([^)]*)\)(\??)|(\S+)/g)].flatMap(([, choices, optional, word]) => {
    if (word !== undefined) return word.endsWith('?') ? [] : [word];
    return optional === '?' ? [] : [choices?.split('|')[0] ?? ''];
  });
  return words.length > 0 ? words.join(' ') : null;
}
