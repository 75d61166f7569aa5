const NUL = '\u0000';
const REPLACEMENT = '\uFFFD';
/** With the u flag this matches only halves of surrogate pairs that stand alone. */
const LONE_SURROGATE = /\p{Surrogate}/gu;

/**
 * `value` as JSON that jsonb accepts. It refuses NUL and half surrogate pairs, and one such character in one message
 * must not undo the whole set that the message is written in.
 */
export function toStorableJson(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'string' ? part.replaceAll(NUL, REPLACEMENT).replace(LONE_SURROGATE, REPLACEMENT) : part,
  );
}
