/** What our texts tell people to write is understood, word for word and in every language. */
import { describe, expect, test } from 'vitest';
import { CATALOGUES, textsFor } from '../../src/conversation/texts/index.ts';
import { LANGUAGES } from '../../src/shared/policies.ts';
import { type Chat, chat } from './chat.ts';
import { earlierOrder, product } from './shop.ts';

const SOAP: Record<(typeof LANGUAGES)[number], string> = {
  en: 'Soap',
  hi: 'साबुन',
  'hi-Latn': 'Sabun',
  es: 'Jabón',
  pt: 'Sabão',
  ar: 'صابون',
  sw: 'Sabuni',
  fr: 'Savon',
  id: 'Sabun',
};

/** What stands in quotation marks, with the product in the place of the dots. */
const quoted = (text: string, name: string): string[] =>
  [...text.matchAll(/["«]\s*([^"«»]+?)\s*["»]/g)].map(([, words = '']) =>
    words.replace('...', name).replace(/[\u2066-\u2069]/g, ''),
  );

describe.each(LANGUAGES)('in %s', (language) => {
  const name = SOAP[language];
  const texts = textsFor(language);
  const shop = (): Chat =>
    chat({
      products: [product({ sku: 'SOAP', name, units: { each: 1 }, eachMinor: 1000n })],
      orders: [earlierOrder(1042, { lines: [{ sku: 'SOAP', name, unit: 'each', quantityMilli: 7000 }] })],
      retailer: { id: 'asha', name: 'Asha', language },
    });
  const cartOf = (asha: Chat): number[] => asha.state().cart.map(({ quantityMilli }) => quantityMilli / 1000);
  const asked = (asha: Chat): unknown[] =>
    asha.effects().flatMap((effect) => (effect.kind === 'look_up' ? effect.lookUps.map(({ kind }) => kind) : []));
  const open = (): Chat => {
    const asha = shop();
    asha.withFacts((facts) => ({
      ...facts,
      wholesaler: { ...facts.wholesaler, policies: { ...facts.wholesaler.policies, minimumOrderMinor: 1_000_000 } },
    }));
    return asha.sendsCart([{ sku: 'SOAP', quantity: 2 }]);
  };

  test('how to change an order', () => {
    const [, change = ''] = texts.talk.help({ example: null }).split('\n');
    const [five = '', remove = '', add = '', repeat = ''] = quoted(change, name);
    expect(cartOf(open().says(five))).toEqual([5]);
    expect(cartOf(open().says(remove))).toEqual([]);
    open()
      .says(add)
      .hears(texts.questions.howMany({ product: name, units: null }));
    expect(cartOf(shop().says(repeat))).toEqual([7]);
    const [toFive = '', out = ''] = quoted(texts.proposal.howToChange({ product: name }), name);
    expect(cartOf(open().says(toFive)), toFive).toEqual([5]);
    expect(cartOf(open().says(out)), out).toEqual([]);
    const [more = ''] = quoted(texts.rules.belowMinimum({ minimum: '1', missing: '1', example: `3 ${name}` }), name);
    expect(cartOf(open().says(more)), more).toEqual([5]);
  });

  test('what else there is to ask for', () => {
    const [, , also = ''] = texts.talk.help({ example: null }).split('\n');
    const [balance = '', statement = '', orders = '', list = '', price = '', cancel = '', person = ''] = quoted(
      also,
      name,
    );
    expect(asked(shop().says(balance)), balance).toEqual(['dues']);
    expect(asked(shop().says(statement)), statement).toEqual(['statement']);
    shop().says(orders).hears(texts.account.recentOrders);
    shop().says(list).hears(texts.money.list.howTo);
    shop().says(price).hears('10');
    shop().says(cancel).offers(texts.buttons.cancelOrder, texts.buttons.keepOrder);
    expect(shop().says(person).step()?.wantsPerson, person).toBe(true);
  });

  test('help and a person, after something that was not understood', () => {
    const [help = '', person = ''] = quoted(texts.talk.notUnderstoodAgain({ words: null, wholesaler: 'X' }), name);
    shop()
      .says(help)
      .hears(texts.talk.help({ example: `10 ${name}` }));
    const asha = open().says(person);
    expect(asha.step()?.wantsPerson, person).toBe(true);
    expect(cartOf(asha)).toEqual([2]);
  });

  test('taking back an order that waits, and another time of a statement', () => {
    const [takeBack = ''] = quoted(texts.waiting.forApproval({ number: 1042, amount: '1' }), name);
    expect(shop().says(takeBack).cancelled(), takeBack).toMatchObject([{ orderId: 'order-1042' }]);
    const [shorter = ''] = quoted(texts.money.statement.tooLong, name);
    expect(asked(shop().says(shorter)), shorter).toEqual(['statement']);
    const [fewer = ''] = quoted(texts.money.list.narrow, name);
    shop().says(`${fewer} ${name}`).hears(name);
  });
});

test('every language is among them', () => {
  expect(Object.keys(CATALOGUES).sort()).toEqual([...LANGUAGES].sort());
});

describe('a complaint about goods', () => {
  test.each([
    ['en', 'the sugar was torn and you are always late'],
    ['hi', 'चीनी खराब निकली, बहुत देर करते हो'],
    ['hi-Latn', 'chini kharab nikli, bahut der karte ho'],
    ['es', 'el azúcar llegó rota y siempre tardan'],
    ['pt', 'o açúcar veio rasgado e vocês sempre atrasam'],
    ['ar', 'السكر وصل ممزق ودائماً تتأخرون'],
    ['sw', 'sukari ilikuwa imechanika na mnachelewa kila siku'],
    ['fr', 'le sucre est arrivé déchiré et vous êtes toujours en retard'],
    ['id', 'gulanya sobek dan kalian selalu telat'],
  ])('reaches a person in %s, and orders nothing', (language, words) => {
    const asha = chat({ retailer: { id: 'asha', name: 'Asha', language } }).says(words);
    expect(asha.step()?.wantsPerson).toBe(true);
    expect(asha.state()).toMatchObject({ cart: [], pending: null });
  });

  test('beside an order with its quantity is an order', () => {
    const asha = chat().says('send 5 case coke 500, the last ones were damaged');
    expect(asha.state().cart).toMatchObject([{ sku: 'COKE500', quantityMilli: 5000 }]);
  });
});
