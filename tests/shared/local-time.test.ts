import { describe, expect, test } from 'vitest';
import { addDays, instantOf, localTime } from '../../src/shared/local-time.ts';
import fc from '../support/properties.ts';

const zones = ['Asia/Kolkata', 'Europe/Madrid', 'America/Sao_Paulo', 'Asia/Kathmandu', 'Pacific/Apia', 'UTC'] as const;

test('what a wall clock shows leads back to the same minute, or to an earlier one that it shows as well', () => {
  const minute = fc.integer({ min: Date.UTC(2024, 0) / 60_000, max: Date.UTC(2028, 0) / 60_000 });
  fc.assert(
    fc.property(minute, fc.constantFrom(...zones), (at, zone) => {
      const shown = localTime(new Date(at * 60_000), zone);
      const back = instantOf(shown, zone);
      expect(localTime(back, zone)).toEqual(shown);
      expect(back.getTime()).toBeLessThanOrEqual(at * 60_000);
    }),
  );
});

describe('when clocks change in Madrid', () => {
  const madrid = (day: string, time: string): string => instantOf({ day, time }, 'Europe/Madrid').toISOString();

  test('eight in the morning is eight in the morning on both sides of it', () => {
    expect(madrid('2026-03-28', '08:00')).toBe('2026-03-28T07:00:00.000Z');
    expect(madrid('2026-03-29', '08:00')).toBe('2026-03-29T06:00:00.000Z');
    expect(madrid('2026-10-25', '08:00')).toBe('2026-10-25T07:00:00.000Z');
  });

  test('a time that there are two of is the earlier, and one that there is none of is after the gap', () => {
    expect(madrid('2026-10-25', '02:30')).toBe('2026-10-25T00:30:00.000Z');
    expect(madrid('2026-03-29', '02:30')).toBe('2026-03-29T01:30:00.000Z');
  });
});

test('days are counted over ends of months, years and leap days', () => {
  expect(addDays('2028-02-28', 1)).toBe('2028-02-29');
  expect(addDays('2026-12-31', 1)).toBe('2027-01-01');
  expect(addDays('2026-03-01', -1)).toBe('2026-02-28');
});
