/**
 * Which days a message asks a statement for: "october", "last month", "from 1 oct to 15 oct", in the words of any of our
 * languages. Pure: today is given, on the wholesaler's calendar.
 */

import { LANGUAGES } from '../shared/policies.ts';
import { withPlainDigits } from './said-numbers.ts';

/** From `from` up to, not including, `to`; both as YYYY-MM-DD. */
export type Period = { from: string; to: string };

type Day = { year: number; month: number; day: number };

/** Days that a statement in a chat covers at most. */
const DAYS_MAX = 400;
const BODY_MAX = 300;

const LAST =
  /\b(last|previous|past|pichhle|pichle|pichla|gaye|pasad[oa]|anterior|passad[oa]|[uú]ltim[oa]|retrasado|uliopita|iliyopita|dernier|derni[eè]re|pass[eé]e?|lalu|kemarin)\b|पिछले|पिछला|गत|الماضي|السابق/u;
const MONTH = /\b(month|mahine|mahina|maheene|mes|m[eê]s|mwezi|mois|bulan)\b|महीने|महीना|माह|شهر|الشهر/u;
const WEEK = /\b(week|hafte|hafta|semana|wiki|semaine|minggu)\b|हफ्ते|हफ़्ते|सप्ताह|أسبوع|الأسبوع/u;
const YEAR = /\b(year|saal|a[ñn]o|ano|mwaka|an|ann[eé]e|tahun)\b|साल|वर्ष|سنة|السنة|عام/u;
const TODAY = /\b(today|aaj|hoy|hoje|leo|aujourd|hari ini)\b|आज|اليوم/u;

const THIS = /\b(this|is|iss|este|esta|esse|essa|ce|cette|hii|huu|ini)\b|इस|هذا|هذه/u;
/** What stands around a period where nothing else is said. */
const AROUND = new Set(
  `the of for from in to until till up and my me please pls s ka ki ke se tak wala wale का की के से तक वाला de del do da dos la el
   le les du des en em na no por pour al a au jusqu e y et mes ya wa kwa za hadi dari sampai untuk dan yang من الى إلى عن حتى و
   porfavor favor tafadhali tolong`.split(/\s+/),
);

/**
 * The period of a message that says nothing besides: "last month", "from 1 oct to 15 oct". Where `isUnknown`, since nothing
 * else could be made of it, the bare name of a month will do: in some language it is also a brand. Null: no period alone.
 */
export function readBarePeriod(body: string, today: string, isUnknown: boolean): Period | null {
  const text = withPlainDigits(body.slice(0, BODY_MAX)).toLowerCase();
  const months = monthWords(text).length;
  const bare = [LAST, THIS, MONTH, WEEK, YEAR].reduce((rest, words) => rest.replace(words, ' '), text);
  const names = monthNames();
  const isBare = (bare.match(/[\p{L}\p{M}]+/gu) ?? []).every((word) => AROUND.has(word) || names.has(word));
  if (!isBare) return null;
  const isRange = datesIn(text, dayOf(today)).length === 2 && (months > 0 || /\d{4}/.test(text));
  const hasNumber = /\d/.test(text);
  const isSpan =
    !hasNumber && (LAST.test(text) || THIS.test(text)) && [MONTH, WEEK, YEAR].some((one) => one.test(text));
  const isMonth = isUnknown && months > 0 && !/(?<!\d)\d{1,3}(?!\d)/.test(text);
  return isRange || isSpan || isMonth ? readPeriod(body, today) : null;
}

/** The period that the message names; without one, from the first day of last month to today. */
export function readPeriod(body: string, today: string): Period {
  const text = withPlainDigits(body.slice(0, BODY_MAX)).toLowerCase();
  const now = dayOf(today);
  const end = plus(today, 1);
  const dates = datesIn(text, now);
  const [first, second] = dates;
  if (first !== undefined && second !== undefined) {
    const [from, to] = [first, second].sort() as [string, string];
    return bounded({ from, to: plus(to, 1) }, today);
  }
  if (first !== undefined) return bounded({ from: first, to: end }, today);
  const months = monthsIn(text, now);
  const [start] = months;
  if (start !== undefined) {
    const last = months.at(-1) ?? start;
    return bounded({ from: iso({ ...start, day: 1 }), to: iso(monthAfter(last)) }, today);
  }
  const isLast = LAST.test(text);
  if (MONTH.test(text)) {
    const thisMonth = { ...now, day: 1 };
    return isLast ? { from: iso(monthBefore(now)), to: iso(thisMonth) } : { from: iso(thisMonth), to: end };
  }
  if (WEEK.test(text)) return { from: plus(today, isLast ? -7 : -6), to: end };
  if (TODAY.test(text)) return { from: today, to: end };
  if (YEAR.test(text)) {
    const january = { year: now.year, month: 1, day: 1 };
    if (!isLast) return { from: iso(january), to: end };
    return { from: iso({ ...january, year: now.year - 1 }), to: iso(january) };
  }
  return { from: iso(monthBefore(now)), to: end };
}

/** Nothing that is still to come, and no more than a statement holds. */
function bounded({ from, to }: Period, today: string): Period {
  const end = to > plus(today, 1) ? plus(today, 1) : to;
  const start = from >= end ? plus(end, -1) : from;
  const earliest = plus(end, -DAYS_MAX);
  return { from: start < earliest ? earliest : start, to: end };
}

/** Days that are written out: "1 oct", "15.10.2026", "2026-10-15", "oct 15". */
function datesIn(text: string, now: Day): string[] {
  const found: { at: number; day: string }[] = [];
  const add = (at: number, day: Day | null) => {
    if (day !== null && isReal(day)) found.push({ at, day: iso(day) });
  };
  for (const match of text.matchAll(/(\d{4})-(\d{1,2})-(\d{1,2})/g)) {
    add(match.index, { year: Number(match[1]), month: Number(match[2]), day: Number(match[3]) });
  }
  for (const match of text.matchAll(/(?<![\d-])(\d{1,2})[./-](\d{1,2})(?:[./-](\d{4}|\d{2}))?(?![\d-])/g)) {
    const [day, month] = [Number(match[1]), Number(match[2])];
    add(match.index, match[3] === undefined ? pastDay(month, day, now) : { year: fullYear(match[3]), month, day });
  }
  for (const { month, at, end } of monthWords(text)) {
    const before = /(?<!\d)(\d{1,2})(?:st|nd|rd|th|er|º)?\s*(?:de\s|of\s)?\s*$/u.exec(text.slice(0, at))?.[1];
    const after = /^[\s,]+(\d{1,2})(?!\d)/u.exec(text.slice(end))?.[1];
    const day = before ?? after;
    if (day !== undefined) add(at, pastDay(month, Number(day), now));
  }
  return found.sort((one, other) => one.at - other.at).map(({ day }) => day);
}

/** Months that are named without a day, each in the year that is said, else the last time that it began. */
function monthsIn(text: string, now: Day): Day[] {
  return monthWords(text).map(({ month, end }) => {
    const said = /^[\s,]+(?:de\s|of\s)?(20\d{2})/u.exec(text.slice(end))?.[1];
    if (said !== undefined) return { year: Number(said), month, day: 1 };
    return { year: month > now.month ? now.year - 1 : now.year, month, day: 1 };
  });
}

function monthWords(text: string): { month: number; at: number; end: number }[] {
  const names = monthNames();
  const words = [...text.matchAll(/[\p{L}\p{M}]+/gu)];
  return words.flatMap((match) => {
    const month = names.get(match[0]);
    return month === undefined ? [] : [{ month, at: match.index, end: match.index + match[0].length }];
  });
}

let names: ReadonlyMap<string, number> | undefined;

/** What Intl calls the months in each of our languages, long and short, and how India writes the English ones. */
function monthNames(): ReadonlyMap<string, number> {
  if (names !== undefined) return names;
  const made = new Map<string, number>();
  for (const language of LANGUAGES) {
    for (const style of ['long', 'short'] as const) {
      const format = new Intl.DateTimeFormat(language, { month: style, timeZone: 'UTC' });
      for (let month = 1; month <= 12; month += 1) {
        const name = format
          .format(new Date(Date.UTC(2026, month - 1, 15)))
          .toLowerCase()
          .replace(/\.$/, '');
        // A month that Intl writes as a number or as two words is said in another way.
        if (/^[\p{L}\p{M}]{3,}$/u.test(name) && !made.has(name)) made.set(name, month);
      }
    }
  }
  made.set('sept', 9);
  names = made;
  return made;
}

/** A day without a year is the last one that has come. */
function pastDay(month: number, day: number, now: Day): Day {
  const isAhead = month > now.month || (month === now.month && day > now.day);
  return { year: isAhead ? now.year - 1 : now.year, month, day };
}

const fullYear = (digits: string): number => (digits.length === 2 ? 2000 + Number(digits) : Number(digits));

const monthBefore = ({ year, month }: Day): Day =>
  month === 1 ? { year: year - 1, month: 12, day: 1 } : { year, month: month - 1, day: 1 };
const monthAfter = ({ year, month }: Day): Day =>
  month === 12 ? { year: year + 1, month: 1, day: 1 } : { year, month: month + 1, day: 1 };

function isReal(day: Day): boolean {
  const date = new Date(Date.UTC(day.year, day.month - 1, day.day));
  return day.year >= 2000 && day.year < 2100 && date.getUTCMonth() === day.month - 1 && date.getUTCDate() === day.day;
}

function dayOf(day: string): Day {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number);
  return { year, month, day: date };
}

const iso = ({ year, month, day }: Day): string => new Date(Date.UTC(year, month - 1, day)).toISOString().slice(0, 10);

const plus = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
