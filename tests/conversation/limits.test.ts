import { describe, expect, test } from 'vitest';
import { compose } from '../../src/conversation/compose.ts';
import type { CatalogueProduct } from '../../src/conversation/types.ts';
import { wordsOf } from '../../src/outbox/index.ts';
import { chat } from './chat.ts';
import { expectWithinLimits, readFigures } from './limits.ts';
import { product } from './shop.ts';

function manyProducts(count: number, name: (at: number) => string): CatalogueProduct[] {
  return Array.from({ length: count }, (_, at) =>
    product({ sku: `P${at}`, name: name(at), units: { each: 1, case: 12 }, eachMinor: BigInt(100 + at) }),
  );
}

describe('a long proposal', () => {
  const products = manyProducts(300, (at) => `Article ${at} with quite a long name, family pack`);

  test('of 300 lines goes out as texts, and one last message with the total and the buttons', () => {
    const asha = chat({ products })
      .sendsCart(products.map(({ sku }, at) => ({ sku, quantity: at === 0 ? 0 : 1 })))
      .says('2');
    const replies = asha.replies();
    expectWithinLimits(replies);
    expect(replies.slice(0, -1).every(({ kind }) => kind === 'text')).toBe(true);
    expect(replies.at(-1)?.kind).toBe('buttons');
    const figures = readFigures(replies.map(wordsOf).join('\n'));
    expect(figures?.lines, 'no line is lost and none is cut').toHaveLength(300);
    expect(figures?.lines.reduce((sum, line) => sum + line, 0n)).toBe(figures?.total);
    asha.offers('Confirm', 'Change', 'Cancel');
  });

  test('of ten lines stays one message as long as it fits', () => {
    const asha = chat({ products }).sendsCart(
      products.slice(0, 10).map(({ sku }, at) => ({ sku, quantity: at === 0 ? 0 : 1 })),
    );
    asha.says('2').hearsMessages(1);
    expect(asha.replies().map(wordsOf).join().length).toBeLessThanOrEqual(1024);
  });
});

describe('products with impossible names', () => {
  test.each([
    ['very long', (at: number) => `${at} ${'Extra'.repeat(300)}`],
    ['several lines', (at: number) => `Line ${at}\nanother\n\nline`],
    ['emoji', (at: number) => `${at} ${'👩‍👩‍👧‍👦'.repeat(40)}`],
  ])('%s keep every message within the limits', (_what, name) => {
    const products = manyProducts(12, name);
    const asha = chat({ products }).sendsCart(products.map(({ sku }) => ({ sku, quantity: 1 })));
    expectWithinLimits(asha.replies());
    asha.sendsCart(products.map(({ sku }) => ({ sku, quantity: null })));
    expectWithinLimits(asha.replies());
    expectWithinLimits(asha.says('hello').replies());
  });
});

describe('composing', () => {
  const ask = { kind: 'buttons' as const, body: 'Sure?', buttons: [{ id: 'yes', title: 'Yes' }] };

  test('one message where everything fits', () => {
    expect(compose({ lines: ['a', 'b'], ask })).toEqual([
      { kind: 'buttons', body: 'a\nb\nSure?', buttons: ask.buttons },
    ]);
    expect(compose({ lines: [], ask })).toHaveLength(1);
    expect(compose({ lines: [], ask: null })).toEqual([]);
  });

  test('the border is 1,024 units', () => {
    const room = 1024 - '\nSure?'.length;
    expect(compose({ lines: ['x'.repeat(room)], ask })).toHaveLength(1);
    expect(compose({ lines: ['x'.repeat(room + 1)], ask })).toHaveLength(2);
  });

  test('lines are never cut', () => {
    const lines = Array.from({ length: 400 }, (_, at) => `${at}. ${'y'.repeat(40)}`);
    const replies = compose({ lines, ask });
    expect(replies.slice(0, -1).flatMap((reply) => wordsOf(reply).split('\n'))).toEqual(lines);
    expectWithinLimits(replies);
  });

  test('titles are cut to what fits', () => {
    const long = { ...ask, buttons: [{ id: 'a', title: '50,000,000 cardboard cartons' }] };
    expectWithinLimits(compose({ lines: [], ask: long }));
  });
});
