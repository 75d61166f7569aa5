import { expect, test } from 'vitest';
import { readConversation, readRange } from '../../src/what-if/index.ts';

test.each([
  ['one day is meant whole', '2026-12-01', undefined, { local: '2026-12-01' }, { local: '2026-12-02' }],
  ['days count whole, the last included', '2026-11-30', '2026-12-31', { local: '2026-11-30' }, { local: '2027-01-01' }],
  [
    'a time without a zone is of the wholesaler',
    '2026-12-01T09:30',
    '2026-12-01T10:00',
    { local: '2026-12-01T09:30' },
    { local: '2026-12-01T10:00' },
  ],
  [
    'a time with a zone is that moment',
    '2026-12-01T09:30:00Z',
    '2026-12-01T10:00+05:30',
    { zoned: '2026-12-01T09:30:00Z' },
    { zoned: '2026-12-01T10:00+05:30' },
  ],
  ['from a time on, until now', '2026-12-01T09:30Z', undefined, { zoned: '2026-12-01T09:30Z' }, { daysAgo: -1 }],
  ['today', 'today', undefined, { daysAgo: 0 }, { daysAgo: -1 }],
  ['yesterday', 'yesterday', undefined, { daysAgo: 1 }, { daysAgo: 0 }],
])('%s', (_, from, to, start, end) => {
  expect(readRange(from, to)).toEqual({ from: start, until: end });
});

test.each(['soon', '2026-02-31', '2026-13-01', '1.12.2026', '2026-12-01T9:30'])('%s is refused in words', (typed) => {
  expect(() => readRange(typed, undefined)).toThrow(`${typed} is no day and no time.`);
});

test('a conversation is a line and a person', () => {
  expect(readConversation('+91 22 5555 0100/+919800000001')).toEqual({ line: '912255550100', person: '919800000001' });
  expect(readConversation('106540352242922/IN.134')).toEqual({ line: '106540352242922', person: 'IN.134' });
  expect(() => readConversation('919800000001')).toThrow('names no conversation');
});
