/** The largest amount: that of our JSON, so that whatever was accepted can also be shown. */
const MAX_MINOR = BigInt(Number.MAX_SAFE_INTEGER);

/** The amount as a bigint, or null for anything that is no whole number above zero that we could ever show. */
export function amountOf(value: unknown): bigint | null {
  if (typeof value === 'number') return Number.isSafeInteger(value) && value > 0 ? BigInt(value) : null;
  if (typeof value === 'bigint') return value > 0n && value <= MAX_MINOR ? value : null;
  return null;
}

/** Whether PostgreSQL can keep it as an id: text of 1 to 200 characters, without the character that it cannot store. */
export function isUsableText(value: unknown): value is string {
  return typeof value === 'string' && value.length >= 1 && value.length <= 200 && !value.includes('\0');
}

/** The reason without spaces around it; null when it says nothing, or too much. */
export function reasonOf(value: unknown): string | null {
  if (typeof value !== 'string') return null;
  const words = value.trim();
  return words.length >= 1 && words.length <= 500 && !words.includes('\0') ? words : null;
}

export function isUuid(value: unknown): value is string {
  return typeof value === 'string' && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value);
}
