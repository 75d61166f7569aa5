import type { StatementWords } from '../words.ts';
import { ar } from './ar.ts';
import { es } from './es.ts';
import { fr } from './fr.ts';
import { hi } from './hi.ts';
import { hiLatn } from './hi-latn.ts';
import { id } from './id.ts';
import { pt } from './pt.ts';
import { sw } from './sw.ts';

/** Every language of the chats but English, which has its words beside their type. */
export const moreLanguages: Readonly<Record<string, StatementWords>> = {
  hi,
  'hi-Latn': hiLatn,
  es,
  pt,
  ar,
  sw,
  fr,
  id,
};
