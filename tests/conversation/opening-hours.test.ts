import { describe, expect, test } from 'vitest';
import { openingAt } from '../../src/conversation/opening-hours.ts';
import type { WholesalerPolicies } from '../../src/shared/policies.ts';

type Hours = Pick<WholesalerPolicies, 'openingHours' | 'holidays'>;
const day = [{ from: '08:00', to: '17:30' }];
const shopDays = { mon: day, tue: day, wed: day, thu: day, fri: day, sat: [{ from: '09:00', to: '13:00' }] };

function standsAt(at: string, timeZone: string, hours: Partial<Hours>): string {
  const opening = openingAt({ openingHours: shopDays, holidays: [], ...hours }, timeZone, new Date(at));
  return opening.isOpen ? 'open' : (opening.opensAt?.toISOString() ?? 'never');
}

describe('opening hours', () => {
  test.each([
    ['2026-11-24T06:30:00Z', 'open', 'noon on a Tuesday in India'],
    ['2026-11-24T02:30:00Z', 'open', 'the minute of opening'],
    ['2026-11-24T12:00:00Z', '2026-11-25T02:30:00.000Z', 'the minute of closing'],
    ['2026-11-24T02:29:59Z', '2026-11-24T02:30:00.000Z', 'a second too early'],
    ['2026-11-28T10:00:00Z', '2026-11-30T02:30:00.000Z', 'Saturday afternoon: Sunday has no hours'],
    ['2026-11-29T20:00:00Z', '2026-11-30T02:30:00.000Z', 'Monday already in India while it is Sunday in UTC'],
  ])('at %s: %s (%s)', (at, expected) => {
    expect(standsAt(at, 'Asia/Kolkata', {})).toBe(expected);
  });

  test('without hours are always open, but for holidays', () => {
    expect(standsAt('2026-12-24T23:00:00Z', 'UTC', { openingHours: null })).toBe('open');
    const holidays = ['2026-12-25', '2026-12-26'];
    expect(standsAt('2026-12-24T23:59:59Z', 'UTC', { openingHours: null, holidays })).toBe('open');
    expect(standsAt('2026-12-25T00:00:00Z', 'UTC', { openingHours: null, holidays })).toBe('2026-12-27T00:00:00.000Z');
  });

  test('a break at noon is closed until the afternoon', () => {
    const tue = [
      { from: '08:00', to: '12:00' },
      { from: '14:00', to: '18:00' },
    ];
    expect(standsAt('2026-11-24T12:30:00Z', 'UTC', { openingHours: { tue } })).toBe('2026-11-24T14:00:00.000Z');
  });

  test('until midnight and on from there is one night', () => {
    const openingHours = { fri: [{ from: '20:00', to: '24:00' }], sat: [{ from: '00:00', to: '04:00' }] };
    expect(standsAt('2026-11-27T23:59:59Z', 'UTC', { openingHours })).toBe('open');
    expect(standsAt('2026-11-28T00:00:00Z', 'UTC', { openingHours })).toBe('open');
    expect(standsAt('2026-11-28T04:00:00Z', 'UTC', { openingHours })).toBe('2026-12-04T20:00:00.000Z');
  });

  test('that holidays swallow for more than a year are no opening at all', () => {
    const holidays = Array.from({ length: 60 }, (_, week) =>
      new Date(Date.UTC(2026, 10, 24) + week * 7 * 86_400_000).toISOString().slice(0, 10),
    );
    expect(standsAt('2026-11-24T12:00:00Z', 'UTC', { openingHours: { tue: day }, holidays })).toBe('never');
  });
});

describe('opening hours on the days when clocks change', () => {
  const sun = [{ from: '08:00', to: '12:00' }];

  test.each([
    // New York, 8 March 2026: 2:00 becomes 3:00. 1 November 2026: 2:00 becomes 1:00 again.
    [
      '2026-03-08T11:59:59Z',
      'America/New_York',
      '2026-03-08T12:00:00.000Z',
      'eight is an hour earlier than on Saturday',
    ],
    ['2026-03-08T12:00:00Z', 'America/New_York', 'open', 'eight by the new time'],
    ['2026-11-01T12:30:00Z', 'America/New_York', '2026-11-01T13:00:00.000Z', 'eight is an hour later again'],
    // Lord Howe Island moves by half an hour; Cairo changes at midnight, so that the day has no 00:00.
    ['2026-10-03T20:30:00Z', 'Australia/Lord_Howe', '2026-10-03T21:00:00.000Z', 'half an hour of change'],
  ])('at %s in %s: %s (%s)', (at, zone, expected) => {
    expect(standsAt(at, zone, { openingHours: { sun } })).toBe(expected);
  });

  test('an hour that the clock skips begins when the clock goes on', () => {
    const openingHours = { sun: [{ from: '02:30', to: '06:00' }] };
    expect(standsAt('2026-03-08T06:59:00Z', 'America/New_York', { openingHours })).toBe('2026-03-08T07:30:00.000Z');
    expect(standsAt('2026-03-08T07:30:00Z', 'America/New_York', { openingHours })).toBe('open');
  });

  test('an hour that the clock repeats counts from its first time', () => {
    const openingHours = { sun: [{ from: '01:30', to: '03:00' }] };
    expect(standsAt('2026-11-01T05:30:00Z', 'America/New_York', { openingHours })).toBe('open');
    expect(standsAt('2026-11-01T06:15:00Z', 'America/New_York', { openingHours })).toBe('open');
  });

  test('a day without midnight is open from its first moment', () => {
    const openingHours = { fri: [{ from: '00:00', to: '24:00' }] };
    expect(standsAt('2026-04-23T21:59:59Z', 'Africa/Cairo', { openingHours })).toBe('2026-04-23T22:00:00.000Z');
    expect(standsAt('2026-04-23T22:00:00Z', 'Africa/Cairo', { openingHours })).toBe('open');
  });
});
