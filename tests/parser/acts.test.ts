/** What a message asks for when it orders nothing, and which act wins when it does two things. */
import { describe, expect, it } from 'vitest';
import { type Intent, type ParserState, parse } from '../../src/parser/index.ts';
import { emptyState, grocery, shops } from './shops.ts';

const heard = (text: string, state: Partial<ParserState> = {}, shop = grocery) =>
  parse(text, { index: shop.index, state: emptyState(state) });

const acts: Record<string, string[]> = {
  greeting: ['hi', 'Hello there!', 'good morning boss', 'thx!', 'Thank you so much 🙏', 'howzit'],
  balance: [
    'balance?',
    'what is my balance',
    'how much do I owe you',
    'how much I dey owe',
    'my outstanding',
    'credit limit please',
    'how much credit do i have left',
    'what do i owe',
  ],
  statement: ['send me my statement', 'ledger please', 'account statement pls'],
  paid: ['paid 5000 by UPI, ref 123', 'I have paid 2500', 'payment done', 'I transferred 12,000 yesterday'],
  status: [
    'where is my order',
    'order status',
    'when will it be delivered?',
    'has my order been dispatched',
    'track my order',
  ],
  query: ['send price list', 'what sodas do you have', 'is that in stock?', 'what is total', 'any offers today?'],
  help: ['help', 'how does this work', 'how do I order?', 'what can you do'],
  human: [
    'please call me, I want to talk to salesman',
    'can I speak to a person',
    'agent',
    'connect me to customer care',
  ],
  cancel: ['cancel my order', 'cancel everything', 'cancel', 'clear the cart'],
  repeat: ['repeat last order', 'same as last time', 'same again please', 'the usual', 'last order again'],
  language: ['speak hindi please', 'change language', 'english please'],
  why: ['why?', 'why was it rejected', 'what is the reason'],
  unknown: ['my cousin won the match yesterday 😂', 'asdf qwer', '...', ''],
};

describe.each(shops)('the $trade shop', (shop) => {
  for (const [intent, messages] of Object.entries(acts)) {
    it.each(messages)(`hears ${intent}: %s`, (message) => {
      const result = heard(message, { lastOrder: [] }, shop);
      expect([result.intent, result.lines]).toEqual([intent, []]);
    });
  }

  it('answers a question about a product and orders nothing', () => {
    for (const text of [
      `price of ${shop.a.say}?`,
      `do you have ${shop.a.say}`,
      `${shop.a.say} rate?`,
      `how much is ${shop.a.say}`,
    ]) {
      const result = heard(text, {}, shop);
      expect([text, result.intent, result.lines.map((line) => [line.sku, line.quantity])]).toEqual([
        text,
        'query',
        [[shop.a.sku, null]],
      ]);
    }
  });

  it('takes a polite question for the order that it is', () => {
    for (const text of [`can I get 2 ctn ${shop.a.say}?`, `could you send 2 ctn ${shop.a.say} please?`]) {
      expect(heard(text, {}, shop)).toMatchObject({ intent: 'order', lines: [{ sku: shop.a.sku, quantity: 2 }] });
    }
  });

  it('lets the act that changes lines win and tells of the other', () => {
    const result = heard(`hi, what is my balance? and send 2 ctn ${shop.a.say}`, {}, shop);
    expect(result).toMatchObject({
      intent: 'order',
      alsoIntents: ['balance'],
      lines: [{ sku: shop.a.sku, quantity: 2 }],
    });
  });
});

describe('answers to a proposal', () => {
  const state: Partial<ParserState> = {
    cart: [{ sku: 'CHIPS', quantity: 2, unit: 'case' }],
    pending: { kind: 'confirm_order' },
  };
  const yes = [
    'yes',
    'ok',
    'Ok.',
    'OK done',
    'Yep 👍',
    '👍',
    'confirm',
    'Correct, go ahead',
    'yebo send',
    'haan',
    'haan ji',
    'theek hai pakka',
    'हाँ',
    'ठीक है',
    'si',
    'sí, confirmo',
    'sim',
    'isso mesmo, pode mandar',
    'نعم',
    'تمام',
    'ndiyo',
    'ndio',
    'sawa tuma',
    'oui',
    "d'accord",
    'ya',
    'ya benar, kirim',
    'yes please send it',
  ];
  const no = [
    'no',
    'nope',
    'no not yet',
    'not now',
    'wait',
    'nahi',
    'नहीं',
    'no, todavía no',
    'não',
    'لا',
    'hapana',
    'non',
    'tidak',
    '👎',
  ];
  it.each(yes)('%s is a yes', (text) => {
    expect(heard(text, state)).toMatchObject({ intent: 'confirm', lines: [], clarify: [] });
  });
  it.each(no)('%s is a no', (text) => {
    expect(heard(text, state)).toMatchObject({ intent: 'decline', lines: [], clarify: [] });
  });

  it('reads yes and no to "cancel it?" as answers to that question', () => {
    const cancelling: Partial<ParserState> = { ...state, pending: { kind: 'confirm_cancel' } };
    const intents = ['yes', 'yes cancel it', 'cancel', 'no', "don't cancel", 'keep it'].map(
      (text): Intent => heard(text, cancelling).intent,
    );
    expect(intents).toEqual(['confirm', 'confirm', 'confirm', 'decline', 'decline', 'decline']);
  });

  it('never takes a yes with changes for a yes', () => {
    const result = heard('yes but add 3 mariella', state);
    expect(result).toMatchObject({ intent: 'add', alsoIntents: ['confirm'] });
  });
});

describe.each(shops)('several acts in one message to the $trade shop', (shop) => {
  const { a, b, c } = shop;
  const cart = [
    { sku: b.sku, quantity: 4, unit: null },
    { sku: c.sku, quantity: 6, unit: null },
  ];
  const read = (text: string): unknown[] =>
    heard(text, { cart }, shop).lines.map(({ act, sku, quantity }) => [act, sku, quantity]);

  it('says of every line what it does', () => {
    expect(read(`2 ${a.say}; remove ${b.say}`)).toEqual([
      ['add', a.sku, 2],
      ['remove', b.sku, null],
    ]);
    expect(read(`make ${b.say} 9, add 2 ${a.say}`)).toEqual([
      ['set', b.sku, 9],
      ['add', a.sku, 2],
    ]);
    expect(read(`add 2 ${a.say}. price of ${c.say}?`)).toEqual([
      ['add', a.sku, 2],
      ['ask', c.sku, null],
    ]);
  });

  it('reads a swap as one line out and one in', () => {
    expect(read(`replace ${b.say} with ${a.say}`)).toEqual([
      ['remove', b.sku, null],
      ['set', a.sku, 4],
    ]);
  });

  it('hears a balance beside lines', () => {
    const { intent, alsoIntents, lines } = heard(
      `3 ${a.outer === 'case' ? 'ctn' : 'box'} ${a.say}. what is my balance`,
      {},
      shop,
    );
    expect([intent, alsoIntents, lines.map(({ sku }) => sku)]).toEqual(['order', ['balance'], [a.sku]]);
  });
});
