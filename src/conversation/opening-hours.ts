import { Temporal } from 'temporal-polyfill';
import { WEEKDAYS, type WholesalerPolicies } from '../shared/policies.ts';

type Hours = Pick<WholesalerPolicies, 'openingHours' | 'holidays'>;

/** Whether the wholesaler is open; closed, `opensAt` is when that ends, null where no opening is in sight. */
export type Opening = { isOpen: true } | { isOpen: false; opensAt: Date | null };

/** A year and a holiday season: whoever is closed for longer has no opening that one could wait for. */
const LOOK_AHEAD_DAYS = 400;
const ALL_DAY = [{ from: '00:00', to: '24:00' }];

/**
 * How it stands with the opening hours at `now`. Hours are times on the wall clock of `timeZone`; each is turned into an
 * instant on its own day, so that they hold on the days that are an hour shorter or longer: an hour that a clock skips
 * begins when the clock goes on, and one that it repeats counts from the first time.
 */
export function openingAt({ openingHours, holidays }: Hours, timeZone: string, now: Date): Opening {
  if (openingHours === null && holidays.length === 0) return { isOpen: true };
  const nowMs = now.getTime();
  const today = Temporal.Instant.fromEpochMilliseconds(nowMs).toZonedDateTimeISO(timeZone).toPlainDate();
  for (let ahead = 0; ahead <= LOOK_AHEAD_DAYS; ahead += 1) {
    const day = today.add({ days: ahead });
    if (holidays.includes(day.toString())) continue;
    const weekday = WEEKDAYS[day.dayOfWeek - 1] ?? 'mon';
    for (const { from, to } of openingHours === null ? ALL_DAY : (openingHours[weekday] ?? [])) {
      if (instantMs(day, to, timeZone) <= nowMs) continue;
      const opensMs = instantMs(day, from, timeZone);
      return opensMs <= nowMs ? { isOpen: true } : { isOpen: false, opensAt: new Date(opensMs) };
    }
  }
  return { isOpen: false, opensAt: null };
}

function instantMs(day: Temporal.PlainDate, time: string, timeZone: string): number {
  const isMidnight = time === '24:00';
  const date = isMidnight ? day.add({ days: 1 }) : day;
  const plainTime = isMidnight ? undefined : Temporal.PlainTime.from(time);
  return date.toZonedDateTime({ timeZone, plainTime }).epochMilliseconds;
}
