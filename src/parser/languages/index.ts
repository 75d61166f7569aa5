/** Every language the parser reads. English stands first: it is mixed into all the others. */
import type { LanguageTable } from '../language-table.ts';
import { arabic } from './ar.ts';
import { english } from './en.ts';
import { spanish } from './es.ts';
import { french } from './fr.ts';
import { hindi } from './hi.ts';
import { romanHindi } from './hi-latn.ts';
import { indonesian } from './id.ts';
import { portuguese } from './pt.ts';
import { swahili } from './sw.ts';

export const languageTables: readonly LanguageTable[] = [
  english,
  romanHindi,
  hindi,
  spanish,
  portuguese,
  french,
  indonesian,
  swahili,
  arabic,
];
