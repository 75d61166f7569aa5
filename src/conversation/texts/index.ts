import { en } from './en.ts';
import type { Texts } from './types.ts';

export type { Texts } from './types.ts';

/** The languages there are texts for, by BCP 47 tag. */
const CATALOGUES: Record<string, Texts> = { en };

/** The texts of `language`, else of its base language ("en-ZA" reads "en"), else English. */
export function textsFor(language: string): Texts {
  return catalogueOf(language) ?? en;
}

/**
 * The locale that numbers and dates are written in: the one asked for where we have its texts, else English, since a
 * sentence in one language with the digits of another reads as a mistake.
 */
export function localeFor(language: string): string {
  if (catalogueOf(language) === undefined) return 'en';
  try {
    return Intl.getCanonicalLocales(language)[0] ?? 'en';
  } catch {
    // A tag that Intl refuses ("en-what ever") comes from an import file; the chat must go on regardless.
    return 'en';
  }
}

function catalogueOf(language: string): Texts | undefined {
  const base = language.split('-')[0] ?? '';
  return [language, base].map((tag) => (Object.hasOwn(CATALOGUES, tag) ? CATALOGUES[tag] : undefined)).find(Boolean);
}
