import { Temporal } from 'temporal-polyfill';

/** A moment as the clock and the calendar on a wall show it: "2026-12-01" and "07:59". */
export type LocalTime = { day: string; time: string };

/** What a wall clock in the time zone shows. */
export function localTime(at: Date, timeZone: string): LocalTime {
  const shown = Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(timeZone);
  return {
    day: shown.toPlainDate().toString(),
    time: shown.toPlainTime().toString({ smallestUnit: 'minute', roundingMode: 'trunc' }),
  };
}

/**
 * When a wall clock in the time zone shows this. Of two such moments (clocks go back) it is the earlier; where there is
 * none (clocks go forward over it) it is as long after the gap began as the wall time is.
 */
export function instantOf({ day, time }: LocalTime, timeZone: string): Date {
  const shown = Temporal.PlainDateTime.from(`${day}T${time}`).toZonedDateTime(timeZone, {
    disambiguation: 'compatible',
  });
  return new Date(shown.epochMilliseconds);
}

/** The day so many days later. */
export function addDays(day: string, days: number): string {
  return Temporal.PlainDate.from(day).add({ days }).toString();
}
