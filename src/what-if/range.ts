import { SetupError } from '../shared/errors.ts';

/** A moment as it was typed: a day or a time of the wholesaler's calendar, or a time with its zone. */
export type Moment = { local?: string; zoned?: string; daysAgo?: number };

export type Range = { from: Moment; until: Moment };

/** Which events are decided again. */
export type Wanted = {
  wholesalerId?: string | undefined;
  range: Range;
  /** A line by its phone number id or its number, and a person by phone or BSUID. */
  conversation?: { line: string; person: string } | undefined;
};

const DAY = /^\d{4}-\d\d-\d\d$/;
const LOCAL = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d)?$/;
const ZONED = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)$/;
const WORDS: Record<string, number> = { today: 0, yesterday: 1 };

/** FROM and TO as typed; days count whole, TO included, and without a TO the one day, or all until now, is meant. */
export function readRange(from: string | undefined, to: string | undefined): Range {
  if (from === undefined) return { from: { zoned: '1970-01-01T00:00:00Z' }, until: { daysAgo: -1 } };
  const isDay = DAY.test(from) || Object.hasOwn(WORDS, from);
  return { from: startOf(from), until: to === undefined ? (isDay ? endOf(from) : { daysAgo: -1 }) : endOf(to) };
}

function startOf(typed: string): Moment {
  if (Object.hasOwn(WORDS, typed)) return { daysAgo: WORDS[typed] ?? 0 };
  if (isReal(typed) && (DAY.test(typed) || LOCAL.test(typed))) return { local: typed };
  if (isReal(typed) && ZONED.test(typed)) return { zoned: typed };
  throw new SetupError(
    `${typed} is no day and no time.`,
    'Write 2026-12-01, 2026-12-01T09:30 (the wholesaler’s clock), 2026-12-01T09:30Z, today or yesterday.',
  );
}

function endOf(typed: string): Moment {
  const start = startOf(typed);
  if (start.daysAgo !== undefined) return { daysAgo: start.daysAgo - 1 };
  if (start.local === undefined || !DAY.test(start.local)) return start;
  const next = new Date(`${start.local}T00:00:00Z`);
  next.setUTCDate(next.getUTCDate() + 1);
  return { local: next.toISOString().slice(0, 10) };
}

/** The 31st of February has the form of a day. */
function isReal(typed: string): boolean {
  const [day = ''] = /^\d{4}-\d\d-\d\d/.exec(typed) ?? [];
  const read = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(read.getTime()) && read.toISOString().startsWith(day);
}

/** `LINE/PERSON` as typed. */
export function readConversation(typed: string): { line: string; person: string } {
  const match = /^(\+?[\d\s]+)\/(\S+)$/.exec(typed.trim());
  if (match === null) {
    throw new SetupError(`${typed} names no conversation.`, 'Write LINE/PERSON: 106540352242922/919800000001');
  }
  const digits = (text: string): string => text.replaceAll(/[\s+]/g, '');
  return { line: digits(match[1] ?? ''), person: digits(match[2] ?? '') };
}
