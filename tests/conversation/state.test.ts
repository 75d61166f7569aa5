import { describe, expect, test } from 'vitest';
import { readButtonId, writeButtonId } from '../../src/conversation/button-ids.ts';
import { toParserState } from '../../src/conversation/parser-state.ts';
import { initialState, readState } from '../../src/conversation/state.ts';
import { chat } from './chat.ts';
import { earlierOrder, factsFor } from './shop.ts';

describe('the stored state', () => {
  test('is read back as it was', () => {
    const { cart } = chat().says('10 case coke 500').state();
    expect(cart).toEqual([{ sku: 'COKE500', unit: 'case', quantityMilli: 10_000 }]);
  });

  test.each([null, undefined, {}, [], 'x', 7, { v: 99 }, { v: 1, cart: 'no' }, { v: 1, cart: [{ sku: 1 }] }])(
    'that cannot be read (%j) begins anew',
    (json) => {
      expect(readState(json)).toEqual(initialState());
    },
  );

  test('never holds a line of nothing', () => {
    const broken = { ...initialState(), cart: [{ sku: 'A', unit: 'each', quantityMilli: 0 }] };
    expect(readState(broken)).toEqual(initialState());
  });
});

describe('button ids', () => {
  test.each([
    { act: 'confirm', cartVersion: 3, orderId: '019ab-cd' },
    { act: 'cancel', cartVersion: 0, orderId: 'with:colons:inside' },
    { act: 'choose', cartVersion: 12, choice: 10 },
    { act: 'accept', cartVersion: 1 },
    { act: 'leave_out', cartVersion: 1 },
    { act: 'keep_order', orderId: 'x' },
  ] as const)('%j is read back as it was written', (button) => {
    expect(readButtonId(writeButtonId(button))).toEqual(button);
  });
});

describe('what the parser is told', () => {
  test('the cart, the last order, the open question and the usual products', () => {
    const facts = factsFor({ orders: [earlierOrder(1042, { status: 'cancelled', lines: [] }), earlierOrder(1041)] });
    const question = {
      kind: 'product' as const,
      candidates: ['SUGAR1', 'SUGAR50'],
      quantityMilli: 5500,
      unit: null,
      text: 'sugar',
      words: null,
      act: 'add' as const,
    };
    const state = {
      ...initialState(),
      cart: [{ sku: 'COKE500', unit: 'case', quantityMilli: 1500 }],
      pending: { kind: 'question' as const, askedAtMs: 0, question, queue: [] },
    };
    expect(toParserState(state, facts)).toEqual({
      cart: [{ sku: 'COKE500', unit: 'case', quantity: 1.5 }],
      lastOrder: [{ sku: 'COKE500', unit: 'case', quantity: 10 }],
      pending: { kind: 'choose_product', candidates: ['SUGAR1', 'SUGAR50'], quantity: 5.5, unit: null },
      usual: ['COKE500'],
    });
  });
});
