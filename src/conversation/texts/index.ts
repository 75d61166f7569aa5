import { LANGUAGES, type Language } from '../../shared/policies.ts';
import { ar } from './ar.ts';
import { buildTexts } from './build-texts.ts';
import type { Catalogue } from './catalogue.ts';
import { en } from './en.ts';
import { es } from './es.ts';
import { fr } from './fr.ts';
import { hi } from './hi.ts';
import { hiLatn } from './hi-latn.ts';
import { id } from './id.ts';
import { pt } from './pt.ts';
import { sw } from './sw.ts';
import type { Texts } from './types.ts';

export type { Texts } from './types.ts';

/** The languages there are texts for, by BCP 47 tag. */
export const CATALOGUES: Readonly<Record<Language, Catalogue>> = {
  en,
  hi,
  'hi-Latn': hiLatn,
  es,
  pt,
  ar,
  sw,
  fr,
  id,
};

const built = new Map<string, Texts>();

/** The texts of `language`, else of its base language ("en-ZA" reads "en"), else English. */
export function textsFor(language: string): Texts {
  const tag = catalogueTag(language) ?? 'en';
  const known = built.get(tag);
  if (known !== undefined) return known;
  const made = buildTexts(tag, CATALOGUES[tag]);
  built.set(tag, made);
  return made;
}

/**
 * The locale that numbers and dates are written in: the one asked for where we have its texts, else English, since a
 * sentence in one language with the digits of another reads as a mistake.
 */
export function localeFor(language: string): string {
  if (catalogueTag(language) === undefined) return 'en';
  try {
    return Intl.getCanonicalLocales(language)[0] ?? 'en';
  } catch {
    // A tag that Intl refuses ("en-what ever") comes from an import file; the chat must go on regardless.
    return 'en';
  }
}

/** The longest part of the tag that has a catalogue: "hi-Latn-IN" is read as "hi-Latn", "hi-IN" as "hi". */
export function catalogueTag(language: string): Language | undefined {
  const parts = language.split('-');
  for (let length = parts.length; length > 0; length -= 1) {
    const tag = parts.slice(0, length).join('-');
    const known = LANGUAGES.find((one) => one === tag);
    if (known !== undefined) return known;
  }
  return undefined;
}
