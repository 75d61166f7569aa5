// Makes parsed JSON safe to keep and to handle. PostgreSQL's jsonb refuses NUL and half surrogate pairs, JSON.stringify
// and jsonb both recurse, and 1e999 parses to Infinity, which is no JSON. One such value in a batch of a thousand must
// not make the whole delivery impossible to store, because Meta would then send it again for days.

/** Real payloads nest about ten deep. */
const DEPTH_MAX = 64;
const NUL = '\u0000';
const REPLACEMENT = '\uFFFD';
/** With the u flag this matches only halves of surrogate pairs that stand alone. */
const LONE_SURROGATE = /\p{Surrogate}/gu;

/** `value`, changed in place where jsonb or our own code could stumble. Expects the result of JSON.parse. */
export function makeStorable(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return makeTextStorable(value);
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (typeof value !== 'object' || value === null) return value;
  if (depth >= DEPTH_MAX) return '[nested too deeply]';
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index += 1) value[index] = makeStorable(value[index], depth + 1);
    return value;
  }
  return makeObjectStorable(value as Record<string, unknown>, depth);
}

function makeObjectStorable(object: Record<string, unknown>, depth: number): Record<string, unknown> {
  for (const key of Object.keys(object)) {
    const before = object[key];
    if (key === '__proto__') {
      // JSON.parse makes it a plain property, but the first Object.assign downstream would make it a prototype.
      Reflect.deleteProperty(object, key);
      continue;
    }
    const after = makeStorable(before, depth + 1);
    const name = makeTextStorable(key);
    if (name !== key) {
      Reflect.deleteProperty(object, key);
      object[name] = after;
    } else if (after !== before) object[key] = after;
  }
  return object;
}

/** Text without NUL characters and lone surrogates; each becomes U+FFFD. */
export function makeTextStorable(text: string): string {
  const withoutNul = text.includes(NUL) ? text.replaceAll(NUL, REPLACEMENT) : text;
  LONE_SURROGATE.lastIndex = 0;
  return LONE_SURROGATE.test(withoutNul) ? withoutNul.replace(LONE_SURROGATE, REPLACEMENT) : withoutNul;
}
