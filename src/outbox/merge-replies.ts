import type { Reply } from './types.ts';

/** What stands between two texts that leave as one. */
export const SEPARATOR = '\n\n';
/** More than so many answers in one message are hard to read. */
export const MERGED_MAX = 10;

/**
 * One reply that says what several say, in their order. The claim chose them: texts, and at most one message with
 * buttons, a list or a link as the last, whose body the texts then precede. Only a quote that all share is kept.
 */
export function mergeReplies(first: Reply, followers: readonly Reply[] | null): Reply {
  if (followers === null) return first;
  const all = [first, ...followers];
  const last = all[all.length - 1] ?? first;
  const body = all.map((reply) => ('body' in reply ? (reply.body ?? '') : '')).join(SEPARATOR);
  const quotes = all.every((reply) => reply.quotes === first.quotes) ? first.quotes : undefined;
  return { ...last, body, quotes } as Reply;
}
