import { expect, test } from 'vitest';
import type { ShownMessage } from '../../src/simulator/phone/shown.ts';
import { drawMessage, drawSaid } from '../../src/simulator/terminal/draw.ts';

const paper = { isScreen: false, hasColours: false };
const screen = { isScreen: true, hasColours: true };

const message = (body: string, more: Partial<ShownMessage> = {}): ShownMessage => ({
  wamid: 'm',
  at: '2026-12-01T10:00:00.000Z',
  body,
  choices: [],
  ...more,
});

test('rows stand below each other with what explains them, buttons side by side', () => {
  const rows = [
    { on: 'list' as const, id: 'a', title: 'Sugar 1kg', description: '48.00' },
    { on: 'list' as const, id: 'b', title: 'Sugar 50kg' },
  ];
  expect(drawMessage('Shop', message('Which?', { choices: rows, listButton: 'Choose' }), 1, paper)).toEqual([
    '    Shop: Which?',
    '      [1] Sugar 1kg - 48.00',
    '      [2] Sugar 50kg',
  ]);
  const buttons = rows.map(({ id, title }) => ({ on: 'button' as const, id, title }));
  expect(drawMessage('Shop', message('Which?', { choices: buttons }), 1, paper)[1]).toBe(
    '      [1] Sugar 1kg  [2] Sugar 50kg',
  );
});

test('on a screen Arabic runs from right to left within its line, and the line itself does not', () => {
  const [line = ''] = drawSaid('بقالة سالم', 'نعم', { ...screen, hasColours: false });
  expect(line).toBe('\u200Eبقالة سالم: \u2068نعم\u2069');
});

test('on paper there are words alone: no colours, no marks, no numbers of messages', () => {
  const lines = drawMessage('متجر', message('المجموع *480.00*'), 7, paper);
  expect(lines).toEqual(['    متجر: المجموع *480.00*']);
});

test('WhatsApp’s bold is bold on a screen', () => {
  const [line = ''] = drawMessage('Shop', message('Order *1001* placed'), 3, screen);
  expect(line).toContain('Order \u001B[1m1001\u001B[22m placed');
  expect(line).toContain('#3');
});
