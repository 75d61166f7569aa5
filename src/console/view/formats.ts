import { type html, html as tag } from '@remix-run/html-template';
import { localeOf } from '../../shared/locale.ts';
import { formatMinor } from '../../shared/money.ts';
import type { Shopkeeper } from '../../staff/index.ts';

type SafeHtml = ReturnType<typeof html>;

/** Money, days and times as the wholesaler reads them. */
export type Formats = {
  /** 12,400.00 without the currency sign: one page is in one currency, which its headings name. */
  money(minor: bigint): string;
  /** With the currency: INR 12,400.00 */
  moneyIn(minor: bigint, currency: string): string;
  count(value: number | bigint): string;
  /** "1 order", "12 orders": of a word that takes an s unless another plural is given. */
  counted(value: number, one: string, many?: string): string;
  quantity(milli: bigint): string;
  percent(ratio: number): string;
  /** 1 Dec 2026 */
  day(at: Date): string;
  /** 1 Dec, 14:05, with the whole date in a `<time>` for machines and on hovering. */
  moment(at: Date): SafeHtml;
  /** A day that is kept as YYYY-MM-DD. */
  calendarDay(day: string): string;
  /** Which day of the wholesaler's calendar an instant is on, as YYYY-MM-DD. */
  dayOf(at: Date): string;
  locale: string;
};

const kept = new Map<string, Formats>();
const KEPT_MAX = 500;

/** Kept per wholesaler's settings: making Intl's formats costs more than a whole page. */
export function formatsOf({ currency, language, timeZone }: Shopkeeper): Formats {
  const key = `${currency} ${language} ${timeZone}`;
  const found = kept.get(key);
  if (found !== undefined) return found;
  if (kept.size >= KEPT_MAX) kept.clear();
  const made = makeFormats({ currency, language, timeZone });
  kept.set(key, made);
  return made;
}

function makeFormats({
  currency,
  language,
  timeZone,
}: Pick<Shopkeeper, 'currency' | 'language' | 'timeZone'>): Formats {
  const locale = localeOf(language, currency);
  const plain = new Intl.NumberFormat(locale);
  const quantities = new Intl.NumberFormat(locale, { maximumFractionDigits: 3 });
  const percents = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 });
  const days = new Intl.DateTimeFormat(locale, { timeZone, dateStyle: 'medium' });
  const moments = new Intl.DateTimeFormat(locale, {
    timeZone,
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  const whole = new Intl.DateTimeFormat(locale, { timeZone, dateStyle: 'full', timeStyle: 'long' });
  const calendar = new Intl.DateTimeFormat(locale, { timeZone: 'UTC', dateStyle: 'medium' });
  const iso = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
  return {
    locale,
    money: (minor) => formatMinor(minor, currency, locale),
    moneyIn: (minor, other) => `${other}\u00a0${formatMinor(minor, other, locale)}`,
    count: (value) => plain.format(value),
    counted: (value, one, many = `${one}s`) => `${plain.format(value)} ${value === 1 ? one : many}`,
    quantity: (milli) => quantities.format(Number(milli) / 1000),
    percent: (ratio) => percents.format(ratio),
    day: (at) => days.format(at),
    moment: (at) => tag`<time datetime="${at.toISOString()}" title="${whole.format(at)}">${moments.format(at)}</time>`,
    calendarDay: (day) => calendar.format(new Date(`${day}T00:00:00Z`)),
    dayOf: (at) => iso.format(at),
  };
}
