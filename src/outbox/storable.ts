const NUL = '\u0000';
const REPLACEMENT = '\uFFFD';
/** With the u flag this matches only halves of surrogate pairs that stand alone. */
const LONE_SURROGATE = /\p{Surrogate}/gu;

/** How JSON.stringify writes such characters. A backslash that somebody typed before these letters looks the same. */
const MAY_BE_REFUSED = /\\u(?:0000|d[89a-f])/;

/**
 * `value` as JSON that jsonb accepts. It refuses NUL and half surrogate pairs, and one such character in one message
 * must not undo the whole set that the message is written in.
 */
export function toStorableJson(value: unknown): string {
  const json = JSON.stringify(value);
  // Hardly any text has one, and looking into each string by itself costs several times as much.
  if (!MAY_BE_REFUSED.test(json)) return json;
  return JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'string' ? part.replaceAll(NUL, REPLACEMENT).replace(LONE_SURROGATE, REPLACEMENT) : part,
  );
}
