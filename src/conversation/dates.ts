import type { Scene } from './scene.ts';

const WEEK_MS = 6 * 86_400_000;

/** A day of the wholesaler's calendar (YYYY-MM-DD) as the retailer reads it, with the year where it is not this one. */
export function dayText(day: string, scene: Scene): string {
  return dateText(new Date(`${day}T00:00:00Z`), 'UTC', scene);
}

/** The day of an instant, on the wholesaler's clock. */
export function dayOfText(at: Date, scene: Scene): string {
  return dateText(at, scene.facts.wholesaler.timeZone, scene);
}

/** When something was, on the wholesaler's clock: "Tuesday 10:42" within a week, else "3 Nov, 10:42". */
export function whenText(at: Date, scene: Scene): string {
  const { now, wholesaler } = scene.facts;
  const { timeZone } = wholesaler;
  if (now.getTime() - at.getTime() > WEEK_MS) return momentText(at, scene);
  const time = timeText(at, scene);
  return `${formatter(scene.locale, { weekday: 'long', timeZone }).format(at)} ${time}`;
}

/** A day and a time of day to come, on the wholesaler's clock: "3 Nov, 10:42". */
export function momentText(at: Date, scene: Scene): string {
  return `${dayOfText(at, scene)}${scene.t.comma} ${timeText(at, scene)}`;
}

function timeText(at: Date, scene: Scene): string {
  const { timeZone } = scene.facts.wholesaler;
  return formatter(scene.locale, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone }).format(at);
}

/** A period as people write it: "1 - 31 Oct 2026". `to` is the day after the last. */
export function periodText({ from, to }: { from: string; to: string }, scene: Scene): string {
  const days = formatter(scene.locale, { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' });
  const last = new Date(Date.parse(`${to}T00:00:00Z`) - 86_400_000);
  const first = new Date(`${from}T00:00:00Z`);
  // In Swahili Intl leaves the first month of two away: "1 - 1 Dec" for all of November.
  if (first.getUTCFullYear() === last.getUTCFullYear() && first.getUTCMonth() !== last.getUTCMonth()) {
    const start = formatter(scene.locale, { day: 'numeric', month: 'short', timeZone: 'UTC' }).format(first);
    return `${start} – ${days.format(last)}`;
  }
  // Intl sets thin spaces around the dash, which some phones show as boxes.
  return days.formatRange(first, last).replace(/[\u2009\u202f]/g, ' ');
}

/** The day that it is for the wholesaler, YYYY-MM-DD. */
export function todayOf({ facts }: Scene): string {
  return formatter('en-CA', { dateStyle: 'short', timeZone: facts.wholesaler.timeZone }).format(facts.now);
}

function dateText(at: Date, timeZone: string, scene: Scene): string {
  const isThisYear = yearOf(at, timeZone) === yearOf(scene.facts.now, scene.facts.wholesaler.timeZone);
  const year = isThisYear ? undefined : ('numeric' as const);
  const text = formatter(scene.locale, { day: 'numeric', month: 'short', ...(year && { year }), timeZone }).format(at);
  // French and Portuguese shorten months with a full stop, which would be a second one at the end of a sentence.
  return text.replace(/\.$/, '');
}

const yearOf = (at: Date, timeZone: string): string => formatter('en', { year: 'numeric', timeZone }).format(at);

const formats = new Map<string, Intl.DateTimeFormat>();

/** English without a country would write dates as in the United States, where none of our shops are. */
const localeOf = (locale: string): string => (locale === 'en' ? 'en-GB' : locale);

/** Kept: making a format takes longer than all the rest of a reply. Languages and time zones of wholesalers are few. */
function formatter(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${locale} ${JSON.stringify(options)}`;
  const known = formats.get(key);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat(localeOf(locale), options);
  formats.set(key, made);
  return made;
}
