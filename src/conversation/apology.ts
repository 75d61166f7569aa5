import type { Reply } from '../outbox/index.ts';
import { textsFor } from './texts/index.ts';

/** What a person hears whose message could not be processed after several tries. */
export function apology(language: string): Reply {
  return { kind: 'text', body: textsFor(language).couldNotProcess };
}
