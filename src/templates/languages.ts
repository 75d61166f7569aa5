import type { TemplateTexts } from './catalogue.ts';
import { ar } from './texts/ar.ts';
import { en } from './texts/en.ts';
import { es } from './texts/es.ts';
import { fr } from './texts/fr.ts';
import { hi } from './texts/hi.ts';
import { hiLatn } from './texts/hi-latn.ts';
import { id } from './texts/id.ts';
import { pt } from './texts/pt.ts';
import { sw } from './texts/sw.ts';

type Language = {
  /** Meta's code. */
  code: string;
  /** Ends the names of templates that share Meta's code with another language of ours. */
  suffix: string;
  texts: TemplateTexts;
};

/**
 * How our languages are called at Meta. It has Portuguese of Brazil and of Portugal; ours is that of Brazil. It has no
 * Hindi in Latin letters: those templates go as Hindi, which is what their words are, under names of their own. English
 * was the other choice, but Meta rejects templates whose words are not of the language they are filed under.
 */
export const languages = {
  en: { code: 'en', suffix: '', texts: en },
  hi: { code: 'hi', suffix: '', texts: hi },
  'hi-Latn': { code: 'hi', suffix: '_latn', texts: hiLatn },
  es: { code: 'es', suffix: '', texts: es },
  pt: { code: 'pt_BR', suffix: '', texts: pt },
  ar: { code: 'ar', suffix: '', texts: ar },
  sw: { code: 'sw', suffix: '', texts: sw },
  fr: { code: 'fr', suffix: '', texts: fr },
  id: { code: 'id', suffix: '', texts: id },
} as const satisfies Record<string, Language>;

export type TemplateLanguage = keyof typeof languages;
export const templateLanguages = Object.keys(languages) as TemplateLanguage[];

/** The language of ours that comes nearest to a language tag; English where there is none. */
export function nearestLanguage(tag: string): TemplateLanguage {
  const wanted = tag.toLowerCase();
  const exact = templateLanguages.find((one) => one.toLowerCase() === wanted);
  const base = wanted.split(/[-_]/)[0];
  // "hi-Latn-IN" is Hindi in Latin letters still.
  const longest = templateLanguages.find((one) => one.includes('-') && wanted.startsWith(`${one.toLowerCase()}-`));
  return exact ?? longest ?? templateLanguages.find((one) => one === base) ?? 'en';
}
