import { describe, expect, test } from 'vitest';
import { initialState } from '../../src/conversation/state.ts';
import { transition } from '../../src/conversation/transition.ts';
import { wordsOf } from '../../src/outbox/index.ts';
import fc from '../support/properties.ts';
import { event, move, PHRASES } from './random-moves.ts';
import { factsFor } from './shop.ts';
import { World } from './world.ts';

/**
 * Random chats: any event in any state that the events before it led to, while prices, stock, credit and the clock move.
 * What must hold is what no single chat can show: nothing throws, every reply fits WhatsApp, every state fits its schema.
 */
describe('random chats', () => {
  test('never throw, always answer within the limits, and always add up', () => {
    fc.assert(
      fc.property(fc.array(move, { minLength: 1, maxLength: 30 }), (moves) => {
        const world = new World();
        for (const one of moves) world.act(one);
      }),
      { numRuns: 250 },
    );
  });

  test('never place an order without a confirmation while the policy is to always ask', () => {
    const words = fc.constantFrom(...PHRASES.filter((phrase) => phrase !== 'yes' && phrase !== '👍'));
    fc.assert(
      fc.property(fc.array(words, { minLength: 1, maxLength: 15 }), (phrases) => {
        const world = new World();
        for (const body of phrases) world.act({ kind: 'event', event: { kind: 'text', body } });
        expect(world.waiting.filter(({ kind }) => kind === 'place_order')).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });

  test('never answer a stranger with anything of the shop', () => {
    fc.assert(
      fc.property(event, (heard) => {
        const facts = factsFor({ retailer: null, account: null, policies: { languages: ['en'] } });
        const step = transition(initialState(), heard, facts);
        expect(step).toMatchObject({ next: initialState(), effect: null });
        expect(step.replies).toHaveLength(1);
        expect(step.replies.map(wordsOf).join()).toMatch(/not registered|no more reminders/);
      }),
    );
  });
});
