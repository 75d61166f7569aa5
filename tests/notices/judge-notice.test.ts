import { describe, expect, test } from 'vitest';
import { judgeNotice, type NoticeFacts, quietUntil } from '../../src/notices/judge-notice.ts';
import { reminderRound } from '../../src/notices/reminder-days.ts';
import { DEFAULT_POLICIES } from '../../src/shared/policies.ts';

const policies = { ...DEFAULT_POLICIES.notices, send: ['payment_overdue', 'limit_changed'] as const };
const at = (iso: string): Date => new Date(iso);

const facts: NoticeFacts = {
  now: at('2026-12-01T06:00:00Z'),
  timeZone: 'Asia/Kolkata',
  policies: { ...policies, send: [...policies.send] },
  kind: 'limit_changed',
  usefulUntil: at('2026-12-03T06:00:00Z'),
  isSettled: false,
  isReminded: false,
  chat: 'known',
};

describe('a notice', () => {
  test.each<[string, Partial<NoticeFacts>, object]>([
    ['goes by day', {}, { kind: 'tell' }],
    ['waits by night', { now: at('2026-12-01T16:00:00Z') }, { kind: 'wait', until: at('2026-12-02T02:30:00Z') }],
    ['of a kind that is not wanted is dropped', { kind: 'order_delivered' }, { kind: 'drop', why: 'switched_off' }],
    ['about what is over is dropped', { isSettled: true }, { kind: 'drop', why: 'settled' }],
    ['that comes too late is dropped', { now: at('2026-12-04T06:00:00Z') }, { kind: 'drop', why: 'too_late' }],
    ['to who was reminded today is dropped', { isReminded: true }, { kind: 'drop', why: 'reminded_already' }],
    ['to who said STOP is dropped', { chat: 'stopped' }, { kind: 'drop', why: 'stopped' }],
    ['to who talks with staff goes', { chat: 'with_staff' }, { kind: 'tell' }],
    [
      'that is a reminder waits while staff lead the chat',
      { kind: 'payment_overdue', chat: 'with_staff' },
      { kind: 'wait', until: at('2026-12-01T06:10:00Z') },
    ],
    [
      'that is a reminder is dropped when staff led the chat for too long',
      { kind: 'payment_overdue', chat: 'with_staff', usefulUntil: at('2026-12-01T05:00:00Z') },
      { kind: 'drop', why: 'too_late' },
    ],
    ['to nobody is dropped', { chat: 'none' }, { kind: 'drop', why: 'nobody_to_tell' }],
    [
      'that nobody may get is dropped by night already',
      { chat: 'stopped', now: at('2026-12-01T16:00:00Z') },
      { kind: 'drop', why: 'stopped' },
    ],
  ])('%s', (_what, change, judgement) => {
    expect(judgeNotice({ ...facts, ...change })).toEqual(judgement);
  });
});

describe('quiet hours', () => {
  const night = { from: '20:00', to: '08:00' };
  const until = (iso: string, quiet: { from: string; to: string } | null = night): string | null =>
    quietUntil(at(iso), 'Europe/Madrid', quiet)?.toISOString() ?? null;

  test('end in the morning of the wholesaler, before and after midnight', () => {
    expect(until('2026-12-01T18:59:00Z')).toBeNull();
    expect(until('2026-12-01T19:00:00Z')).toBe('2026-12-02T07:00:00.000Z');
    expect(until('2026-12-02T06:59:00Z')).toBe('2026-12-02T07:00:00.000Z');
    expect(until('2026-12-02T07:00:00Z')).toBeNull();
  });

  test('are an hour shorter in the night in which clocks go forward, and an hour longer when they go back', () => {
    expect(until('2026-03-28T22:00:00Z')).toBe('2026-03-29T06:00:00.000Z');
    expect(until('2026-10-24T22:00:00Z')).toBe('2026-10-25T07:00:00.000Z');
  });

  test('that end in the hour which is there twice end once', () => {
    const short = { from: '20:00', to: '02:30' };
    expect(until('2026-10-25T00:10:00Z', short)).toBe('2026-10-25T00:30:00.000Z');
    expect(until('2026-10-25T01:10:00Z', short)).toBeNull();
  });

  test('may lie within one day, or not be at all', () => {
    expect(until('2026-12-01T12:00:00Z', { from: '12:00', to: '14:00' })).toBe('2026-12-01T13:00:00.000Z');
    expect(until('2026-12-01T13:00:00Z', { from: '12:00', to: '14:00' })).toBeNull();
    expect(until('2026-12-01T23:00:00Z', null)).toBeNull();
  });
});

describe('a round of reminders', () => {
  const both = { ...DEFAULT_POLICIES.notices, send: ['payment_due_soon' as const, 'payment_overdue' as const] };
  const round = (iso: string, remindedUntil: string | null, change: Partial<typeof both> = {}) =>
    reminderRound({ now: at(iso), timeZone: 'Asia/Kolkata', policies: { ...both, ...change }, remindedUntil });

  test('begins at its time of day, and is about the days before and after which the policies name', () => {
    expect(round('2026-12-10T04:29:00Z', '2026-12-09')).toBeNull();
    expect(round('2026-12-10T04:30:00Z', '2026-12-09')).toEqual({
      today: '2026-12-10',
      dueDays: ['2026-11-26', '2026-12-03', '2026-12-09', '2026-12-13'],
    });
  });

  test('is not held twice on a day, and the next one only tomorrow', () => {
    expect(round('2026-12-10T12:00:00Z', '2026-12-10')).toBeNull();
    expect(round('2026-12-10T19:00:00Z', '2026-12-10')).toBeNull();
    expect(round('2026-12-11T04:30:00Z', '2026-12-10')?.today).toBe('2026-12-11');
  });

  test('makes up for days that were missed, but not for a month', () => {
    const days = { daysBeforeDue: [], daysAfterDue: [1] };
    expect(round('2026-12-10T05:00:00Z', '2026-12-08', days)?.dueDays).toEqual(['2026-12-08', '2026-12-09']);
    expect(round('2026-12-10T05:00:00Z', '2026-11-08', days)?.dueDays).toEqual([
      '2026-12-07',
      '2026-12-08',
      '2026-12-09',
    ]);
    expect(round('2026-12-10T05:00:00Z', null, days)?.dueDays).toEqual(['2026-12-09']);
  });

  test('is about the kinds that are wanted, and is none where none is', () => {
    expect(round('2026-12-10T05:00:00Z', '2026-12-09', { send: ['payment_due_soon'] as never })?.dueDays).toEqual([
      '2026-12-13',
    ]);
    expect(round('2026-12-10T05:00:00Z', '2026-12-09', { send: [] })).toBeNull();
  });
});
