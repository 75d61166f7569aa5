import { describe, expect, test } from 'vitest';
import type { ShownMessage } from '../../src/simulator/phone/shown.ts';
import { COMMANDS, readInput } from '../../src/simulator/terminal/read-input.ts';

const message = (wamid: string, ...titles: string[]): ShownMessage => ({
  wamid,
  at: '2026-12-01T10:00:00.000Z',
  body: 'Your order',
  choices: titles.map((title) => ({ on: 'button', id: `id of ${title}`, title })),
});
const screen = [message('m1', 'Confirm', 'Change'), message('m2', 'Yes')];

const actOf = (line: string, shown = screen) => {
  const input = readInput(line, shown);
  return input.kind === 'act' ? input.act : input;
};

test('a bare number taps that choice of the newest message', () => {
  expect(actOf('1')).toMatchObject({ kind: 'tap', on: 'button', id: 'id of Yes', title: 'Yes', replyTo: 'm2' });
});

test('a number that the newest message does not offer is said as it stands', () => {
  expect(actOf('2')).toEqual({ kind: 'text', body: '2' });
  expect(actOf('1', [...screen, message('m3')])).toEqual({ kind: 'text', body: '1' });
});

test('the number of a choice can be said all the same', () => {
  expect(actOf('/say 1')).toEqual({ kind: 'text', body: '1' });
});

test('a button under an older message can be tapped', () => {
  expect(actOf('/tap 1.2')).toMatchObject({ kind: 'tap', title: 'Change', replyTo: 'm1' });
  expect(actOf('/tap 1.3')).toMatchObject({ kind: 'refused' });
});

describe('everything else that a phone can send', () => {
  test.each([
    ['10 coke\\n5 sugar', { kind: 'text', body: '10 coke\n5 sugar' }],
    [
      '/cart 10 COKE500, SUGAR50 x2',
      {
        kind: 'cart',
        lines: [
          { sku: 'COKE500', quantity: 10 },
          { sku: 'SUGAR50', quantity: 2 },
        ],
      },
    ],
    ['/reply 1 make it three', { kind: 'text', body: 'make it three', replyTo: 'm1' }],
    ['/react 2 👍', { kind: 'reaction', to: 'm2', emoji: '👍' }],
    ['/contact Ravi Kumar +91 98000 00099', { kind: 'contact', name: 'Ravi Kumar', phone: '919800000099' }],
    ['/location 19.076, 72.8777', { kind: 'location', latitude: 19.076, longitude: 72.8777 }],
    ['/photo the slip', { kind: 'photo', caption: 'the slip' }],
    ['/voice', { kind: 'voice' }],
    ['/phone', { kind: 'own_phone' }],
  ])('%s', (line, act) => {
    expect(actOf(line)).toMatchObject(act);
  });
});

test.each(['/cart ten cokes', '/reply 9 hello', '/location here', '/contact Ravi', '/nothing', '/as', '/constructor'])(
  '%s is refused in words and sends nothing',
  (line) => {
    expect(readInput(line, screen)).toEqual({ kind: 'refused', because: expect.stringMatching(/\w{2}/) });
  },
);

test('every command is reached by the name that its usage shows', () => {
  for (const [name, { usage }] of Object.entries(COMMANDS)) expect(usage).toMatch(new RegExp(`^/${name}\\b`));
});
