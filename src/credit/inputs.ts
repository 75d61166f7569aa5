import type { TermsGiven } from './account-calls.ts';
import type { Allocation } from './types.ts';

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

/**
 * Whether a caller may use it as a key. The core writes releases, expiries and reversals under keys of its own, and one that
 * was taken before would stop them: an expiry with all others of its sweep.
 */
export function isUsableKey(value: unknown): value is string {
  return isUsableText(value) && !/^(release|expire|reverse):/.test(value);
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

// Below, undefined stands for something that cannot be used, and null for something that was left out.

/** A reason that may be left out. */
export function optionalReason(value: unknown): string | null | undefined {
  return value === undefined || value === null ? null : (reasonOf(value) ?? undefined);
}

/** The number of a receipt or invoice, which may be left out. */
export function referenceOf(value: unknown): string | null | undefined {
  if (value === undefined || value === null) return null;
  if (typeof value !== 'string' || value.length > 200 || value.includes('\0')) return undefined;
  return value.trim() === '' ? null : value.trim();
}

/** A limit: a whole number of minor units, zero or more. */
export function limitOf(value: unknown): bigint | undefined {
  if (value === 0 || value === 0n) return 0n;
  return amountOf(value) ?? undefined;
}

const ALLOCATIONS_MAX = 200;

/** The debts that a person chose, which may be left out. */
export function allocationsOf(value: unknown): Allocation[] | null | undefined {
  if (value === undefined || value === null) return null;
  if (!Array.isArray(value) || value.length > ALLOCATIONS_MAX) return undefined;
  const allocations: Allocation[] = [];
  for (const given of value) {
    const { receivableId, amountMinor } = (given ?? {}) as { receivableId?: unknown; amountMinor?: unknown };
    const amount = amountOf(amountMinor);
    if (!isUuid(receivableId) || amount === null) return undefined;
    allocations.push({ receivableId: receivableId.toLowerCase(), amountMinor: amount });
  }
  return allocations;
}

/** An instant that PostgreSQL can keep, or null. */
export function instantOf(value: unknown): Date | null {
  if (!(value instanceof Date)) return null;
  const ms = value.getTime();
  return ms >= 0 && ms < Date.UTC(9999, 0) ? value : null;
}

/** A day of the calendar, written YYYY-MM-DD, or null. */
export function dayOf(value: unknown): string | null {
  if (typeof value !== 'string' || !/^\d{4}-\d\d-\d\d$/.test(value)) return null;
  const day = new Date(`${value}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(value) && value >= '1970-01-01' ? value : null;
}

/** Until when a limit counts, as the function takes it: a day, a time, or `none` for null. */
export function validUntilOf(value: unknown): string | undefined {
  if (value === null) return 'none';
  return dayOf(value) ?? instantOf(value)?.toISOString() ?? undefined;
}

const TERMS_MAX: Record<keyof TermsGiven, number> = {
  termsDays: 3_650,
  graceDays: 3_650,
  overdueToleranceMinor: Number.MAX_SAFE_INTEGER,
  overCaptureBasisPoints: 10_000,
  holdLifetimeMinutes: 5_256_000,
};

/** Whether every term is a known one and a whole number within its bounds; a hold lives at least a minute. */
export function areTerms(terms: Record<string, unknown>): terms is TermsGiven {
  return Object.entries(terms).every(([name, value]) => {
    if (value === undefined) return true;
    if (!Object.hasOwn(TERMS_MAX, name)) return false;
    const number = limitOf(value);
    const least = name === 'holdLifetimeMinutes' ? 1n : 0n;
    return number !== undefined && number >= least && number <= BigInt(TERMS_MAX[name as keyof TermsGiven]);
  });
}
