import { demand } from './sendable.ts';

/** The flag for sets of strings: Node 20 has it, TypeScript's target of ES2023 does not yet. */
const UNICODE_SETS: string = 'v';
/** One emoji as Unicode recommends it: with variation selectors, skin tones, joiners, flags and keycaps. */
const EMOJI = new RegExp('^\\p{RGI_Emoji}$', UNICODE_SETS);
const AS_EMOJI = '\uFE0F';

/** `emoji` in the form that phones draw in colour. Throws `UnsendableMessageError` when it is not exactly one. */
export function emojiOf(emoji: string): string {
  if (EMOJI.test(emoji)) return emoji;
  // A heart without its selector is the letter-like one: what people type on some keyboards, and mean as an emoji.
  const qualified = `${emoji}${AS_EMOJI}`;
  demand(EMOJI.test(qualified), 'a reaction is exactly one emoji');
  return qualified;
}
