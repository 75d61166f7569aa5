import { expect, test } from 'vitest';
import type { Reply } from '../../src/outbox/index.ts';
import { differencesOf } from '../../src/what-if/differences.ts';
import { createTeller, type Finding, summaryText } from '../../src/what-if/index.ts';

const event = {
  retailer: 'Asha Stores',
  personKey: 'b:IN.1',
  phone: null,
  displayPhone: '+91 22 5555 0100',
  wholesaler: 'Demo Wholesale',
  timeZone: 'Asia/Kolkata',
  doneAt: new Date('2026-12-01T05:00:00Z'),
} as Finding['event'];

const text = (body: string): Reply => ({ kind: 'text', body });
const turn = (...replies: Reply[]) => ({ replies, effect: null, answer: null });
const told = (before: Reply[], after: Reply[], tell = createTeller(false)) =>
  tell({ event, said: 'hi', differences: differencesOf(turn(...before), turn(...after), 'INR'), failure: null });

test('amounts are whole words, and the words around them stay', () => {
  expect(told([text('Total 1,320.00, left 80.00')], [text('Total 1,120.00, left 80.00')])).toEqual([
    'Asha Stores, IN.1, with Demo Wholesale (+91 22 5555 0100)',
    '  1 Dec, 10:30  hi',
    '    reply   Total [-1,320.00-]{+1,120.00+}, left 80.00',
  ]);
});

test('of a long reply the lines around a change are shown', () => {
  const lines = Array.from({ length: 20 }, (_, at) => `line ${at}`);
  const changed = lines.with(10, 'line ten');
  const [, , reply = ''] = told([text(lines.join('\n'))], [text(changed.join('\n'))]);
  expect(reply.split('\n').map((line) => line.trim())).toEqual([
    'reply   ...',
    'line 9',
    'line [-10-]{+ten+}',
    'line 11',
    '...',
  ]);
});

test('a reply more and a reply less are shown whole, buttons included', () => {
  const asked: Reply = { kind: 'buttons', body: 'Shall I?', buttons: [{ id: 'a', title: 'Yes' }] };
  expect(told([text('Hello')], [])[2]).toBe('    reply   [-Hello-]');
  expect(told([], [asked])[2]).toBe('    reply   {+Shall I?+}\n            {+[Yes]+}');
});

test('the same words with other ids under their buttons are no sameness', () => {
  const asked = (id: string): Reply => ({ kind: 'buttons', body: 'Shall I?', buttons: [{ id, title: 'Yes' }] });
  expect(told([asked('a')], [asked('b')])[2]).toMatch(/the same words, but other ids/);
  expect(differencesOf(turn(asked('a')), turn(asked('a')), 'INR')).toEqual([]);
});

test('a conversation is named once, and what today’s code breaks on is told like any finding', () => {
  const tell = createTeller(false);
  tell({ event, said: 'hi', differences: [], failure: null });
  expect(tell({ event, said: '10\ncoke', differences: [], failure: 'no such product' })).toEqual([
    '  1 Dec, 10:30  10\n            coke',
    '    fails   no such product',
  ]);
});

test('what could not be decided again is counted in words', () => {
  expect(summaryText({ events: 10, same: 7, different: 1, skipped: 2 }, 1234)).toBe(
    '10 events decided again in 1.2 s: 7 as they were, 1 otherwise; 2 keep too little to be decided again.',
  );
});
