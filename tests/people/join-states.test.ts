import { expect, test } from 'vitest';
import { joinStates } from '../../src/conversation/join-states.ts';
import { initialState } from '../../src/conversation/state.ts';
import type { ConversationState } from '../../src/conversation/types.ts';

const withCart = (sku: string, cartVersion: number): ConversationState => ({
  ...initialState(),
  cart: [{ sku, unit: 'each', quantityMilli: 1000 }],
  cartVersion,
});
const idle = (cartVersion: number): ConversationState => ({ ...initialState(), cartVersion });

test('a conversation that joins an empty one is taken over as it is, buttons and all', () => {
  expect(joinStates(null, withCart('A', 3), 'alias')).toEqual(withCart('A', 3));
  expect(joinStates(null, withCart('A', 3), 'home')).toEqual(withCart('A', 3));
});

test('of two carts the one of the newer chat stays', () => {
  expect(joinStates(withCart('HOME', 1), withCart('ALIAS', 5), 'home').cart).toMatchObject([{ sku: 'HOME' }]);
  expect(joinStates(withCart('HOME', 1), withCart('ALIAS', 5), 'alias').cart).toMatchObject([{ sku: 'ALIAS' }]);
});

test('a cart is not lost to a newer chat in which nothing is open', () => {
  expect(joinStates(idle(9), withCart('ALIAS', 2), 'home').cart).toMatchObject([{ sku: 'ALIAS' }]);
  expect(joinStates(withCart('HOME', 2), idle(9), 'alias').cart).toMatchObject([{ sku: 'HOME' }]);
});

test('a button of either chat is older than the joined one', () => {
  for (const newer of ['home', 'alias'] as const) {
    expect(joinStates(withCart('HOME', 4), withCart('ALIAS', 7), newer).cartVersion).toBe(8);
  }
});
