import type { Intent } from '../parser/index.ts';

/**
 * Words that our own texts tell people to write and that the parser, which sees what people say by themselves, reads as
 * nothing: whoever writes what they were told to must be understood. tests/conversation/offered-words.test.ts holds the
 * texts of every language against what is understood.
 */
const OFFERED = {
  human: 'person|a person|persona|una persona|pessoa|uma pessoa|personne|une personne|mtu|आदमी से बात|आदमी|aadmi|orang',
  statement: 'हिसाब|hisaab|hisab',
  status: 'मेरे ऑर्डर|mere order|mere orders',
} as const satisfies Partial<Record<Intent, string>>;

const byWords = new Map<string, Intent>(
  Object.entries(OFFERED).flatMap(([intent, words]) =>
    words.split('|').map((word) => [word, intent as Intent] as const),
  ),
);

/** The act that a message means which says nothing but words that we offer; null for any other. */
export function offeredAct(body: string): Intent | null {
  const words = body
    .normalize('NFC')
    .toLowerCase()
    .replace(/[."'!?।«»]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return byWords.get(words) ?? null;
}
