/**
 * The edges that must be right, one named test each, in the order in which the specification of the conversation lists
 * them. Those where races or real time decide are in tests/scenarios/edges.test.ts.
 */
import { describe, expect, test } from 'vitest';
import type { ConversationEvent } from '../../src/conversation/types.ts';
import { wordsOf } from '../../src/outbox/index.ts';
import { chat } from './chat.ts';
import { expectWithinLimits, readFigures } from './limits.ts';
import { product } from './shop.ts';

describe('Confirm', () => {
  test('tapped twice is one order', () => {
    const asha = chat().says('10 case coke 500');
    const confirm = asha.idOf('Confirm');
    asha.tapsId(confirm).hears('Order *1042* placed').tapsId(confirm).hears('already placed');
    expect(asha.placed()).toHaveLength(1);
  });

  test('after a price moved is a new proposal, with the new price', () => {
    const asha = chat()
      .says('10 case coke 500')
      .product('COKE500', { unitPricesMinor: { each: 1900n, case: 45_600n } });
    asha.taps('Confirm').hears('Prices changed', 'Total *4,560.00*');
    expect(asha.placed()).toEqual([]);
    asha.taps('Confirm').hears('Order *1042* placed. 4,560.00');
  });

  test('of a product that was switched off says so by name, and the rest is asked again', () => {
    const asha = chat().says('10 case coke 500, 5 bag sona masoori').product('COKE500', { active: false });
    asha.taps('Confirm').hears('Coca-Cola 500ml is not on sale now', '1. Sona Masoori 25kg, 5 bags');
    expect(asha.placed()).toEqual([]);
  });

  test.each(['yes', 'confirm', 'ok'])('of an empty cart places nothing: %s', (word) => {
    const asha = chat().says(word).hearsMessages(1);
    expect(asha.placed()).toEqual([]);
    expect(asha.state()).toMatchObject({ cart: [], pending: null });
  });

  test('more than an hour late places nothing before it is asked again', () => {
    const asha = chat().says('10 case coke 500').afterOutageOf(61).says('yes').hears('reached me late', '10 cases');
    expect(asha.placed()).toEqual([]);
  });
});

describe('a reply to an older message', () => {
  /** Two proposals: the first is old by the time the second is on the screen. */
  const twoProposals = () => {
    const asha = chat().says('10 case coke 500');
    const first = asha.replies();
    asha.says('add 5 bag sona masoori');
    return { asha, first, second: asha.replies() };
  };

  test('says "yes" to that one: nothing is placed, it is shown which, and how it stands now is asked again', () => {
    const { asha, first } = twoProposals();
    asha
      .answers(first, 'yes')
      .hears('That answers an older message, so I did nothing.', 'Your order of *11,070.00* is not placed yet')
      .hearsMessages(1)
      .offers('Confirm', 'Change', 'Cancel');
    expect(asha.replies()[0]?.quotes).toBe('wamid.older');
    expect(asha.placed()).toEqual([]);
    asha.says('yes').hears('Order *1042* placed. 11,070.00');
  });

  test('says "yes" to the one that is open: it is the newest, and placed', () => {
    const { asha, second } = twoProposals();
    asha.answers(second, 'yes').hears('Order *1042* placed');
    expect(asha.replies()[0]?.quotes).toBeUndefined();
  });

  test('says "yes" to what is still being asked, although other things were said since', () => {
    const asha = chat().says('10 case coke 500');
    const proposal = asha.replies();
    asha.says('hello').says('price of sugar 1kg').answers(proposal, 'yes').hears('Order *1042* placed');
  });

  test('says "yes" to a proposal that became an order: that order is named', () => {
    const asha = chat().says('10 case coke 500');
    const proposal = asha.replies();
    asha.says('yes').says('5 bag sona masoori').answers(proposal, 'yes').hears('Order *1042* is already placed');
    expect(asha.placed()).toHaveLength(1);
  });

  test('says "2" to an old list: it is not read against the question that is open now', () => {
    const asha = chat().says('5 sugar');
    const list = asha.replies();
    asha.says('1').says('cancel').says('remove nothing, coke 500').hears('How many of Coca-Cola 500ml');
    asha.answers(list, '2').hears('older message', 'How many of Coca-Cola 500ml');
    expect(asha.state().cart).toEqual([]);
    asha.says('2').hears('Coca-Cola 500ml, 2 cases');
  });

  test('says "2" to the list that is open, asked again meanwhile', () => {
    const asha = chat().says('5 sugar');
    const list = asha.replies();
    asha.says('hello').answers(list, '2').hears('1. Sugar 50kg, 5 bags');
  });

  test('says "4" to a question in words that is still open', () => {
    const asha = chat().says('coke 500');
    const question = asha.replies();
    asha.says('hello').answers(question, '4').hears('Coca-Cola 500ml, 4 cases');
  });

  test('says "cancel" to a message about an order: that order is asked about, whatever else is open', () => {
    const asha = chat().says('10 case coke 500').says('yes').hears('Order *1042* placed');
    const placed = asha.replies();
    asha.says('5 bag sona masoori').answers(placed, 'cancel').hears('Cancel order *1042*');
    expect(asha.cancelled()).toEqual([]);
    expect(asha.state().cart).toHaveLength(1);
    asha.says('yes').hears('1042');
    expect(asha.cancelled()).toHaveLength(1);
  });

  test('says "no" or "cancel" to something else: the order that is open stays', () => {
    for (const word of ['no', 'cancel']) {
      const asha = chat().says('hello');
      const greeting = asha.replies();
      asha.says('10 case coke 500').says('price of sugar 1kg').answers(greeting, word).hears('older message');
      expect(asha.state().cart).toHaveLength(1);
    }
  });

  test('to a message that we do not know any more, or their own, is not taken for a yes', () => {
    const asha = chat().says('10 case coke 500').answers(null, 'yes').hears('older message', 'Shall I place it?');
    expect(asha.placed()).toEqual([]);
  });

  test('that speaks for itself is done, and shows what it answers', () => {
    const asha = chat().says('5 sugar');
    const list = asha.replies();
    asha.says('1').answers(list, 'add 2 case coke 500').hears('2. Coca-Cola 500ml, 2 cases');
    expect(asha.replies()[0]?.quotes).toBe('wamid.older');
  });

  test('with nothing open says only that', () => {
    chat().answers(null, '2').hearsExactly('That answers an older message, so I did nothing.');
  });
});

describe('a quantity', () => {
  test.each(['0 case coke 500', '-5 case coke 500', '99999999999 case coke 500'])('of %s is asked about', (text) => {
    const asha = chat()
      .says(text)
      .hears(/How many/);
    expect(asha.state().cart).toEqual([]);
  });

  test('over the cap is asked about once and believed after a yes', () => {
    chat({ policies: { quantityCap: 100 } })
      .says('101 case coke 500')
      .hears('101 cases of Coca-Cola 500ml: is that right?')
      .says('yes')
      .hears('1. Coca-Cola 500ml, 101 cases');
  });
});

describe('a list of 300 lines', () => {
  const syllables = ['ba', 'ko', 'di', 'fu', 'ge', 'la', 'mi', 'no', 'pe', 'ru'];
  const syllable = (at: number): string => syllables[Math.floor(at) % 10] ?? '';
  const products = Array.from({ length: 300 }, (_, at) => {
    const name = `${syllable(at)}${syllable(at / 10)}${syllable(at / 100)}x soap`;
    return product({ sku: `P${at}`, name, units: { each: 1 }, eachMinor: BigInt(100 + at) });
  });

  test('typed in one message: every line is in the order or asked about, and none is cut', () => {
    const asha = chat({ products, policies: { quantityCap: 1000 } }).says(
      products.map(({ name }, at) => `${(at % 9) + 1} ${name}`).join('\n'),
    );
    expectWithinLimits(asha.replies());
    const { cart, pending } = asha.state();
    const asked = pending?.kind === 'question' ? 1 + pending.queue.length : 0;
    expect(cart.length + asked).toBe(300);
    expect(asked).toBe(0);
    const figures = readFigures(asha.replies().map(wordsOf).join('\n'));
    expect(figures?.lines).toHaveLength(300);
    expect(
      asha
        .replies()
        .slice(0, -1)
        .every(({ kind }) => kind === 'text'),
    ).toBe(true);
    asha.offers('Confirm', 'Change', 'Cancel').taps('Confirm').hears('placed');
  }, 120_000);

  test('of names that nobody knows: the first are asked about, and how many are not is said', () => {
    const asha = chat().says(
      Array.from({ length: 30 }, (_, at) => `${at + 1} qwrtz${'abcdefghij'[at % 10]}plk${at}`).join('\n'),
    );
    expectWithinLimits(asha.replies());
    const { pending } = asha.state();
    const asked = pending?.kind === 'question' ? 1 + pending.queue.length : 0;
    expect(asked).toBeGreaterThan(0);
    if (asked < 30) asha.hears(String(30 - asked));
  });

  test('of prices that are asked goes on further pages, and what has no place is counted', () => {
    const many = Array.from({ length: 70 }, (_, at) =>
      product({
        sku: `Q${at}`,
        name: `Article ${at + 100}x of a long name to fill the page`,
        units: { each: 1 },
        eachMinor: 100n,
      }),
    );
    const asha = chat({ products: many }).says(`price of ${many.map(({ name }) => name).join(', ')}`);
    expectWithinLimits(asha.replies());
    const priced = asha.text().match(/Article \d+x/g)?.length ?? 0;
    expect(priced).toBeGreaterThan(10);
    if (priced < 70) asha.hears(`${70 - priced} more products fit`);
  }, 60_000);
});

test('a proposal that does not fit 1,024 characters goes as texts, and its buttons come last', () => {
  const products = Array.from({ length: 40 }, (_, at) =>
    product({ sku: `P${at}`, name: `Article ${at} with quite a long name`, units: { each: 1 }, eachMinor: 100n }),
  );
  const asha = chat({ products, policies: { minimumOrderMinor: 1_000_000 } }).sendsCart(
    products.map(({ sku }) => ({ sku, quantity: 2 })),
  );
  expectWithinLimits(asha.replies());
  expect(asha.replies().map(({ kind }) => kind)).toEqual(['text', 'buttons']);
  asha.offers('Change', 'Cancel').hears('40. Article 39');
});

describe('what is no order', () => {
  test.each(['🙂', '🙂🙂🙂', '🛒❓', '❤️'])('emoji only (%s) is asked about, and what is open stays', (text) => {
    const asha = chat().says('5 sugar').says(text).hears('Which one do you mean by "5 sugar"').hearsMessages(1);
    expect(asha.state().cart).toEqual([]);
  });

  test.each<ConversationEvent>([
    { kind: 'media', media: 'voice' },
    { kind: 'media', media: 'image' },
    { kind: 'media', media: 'sticker' },
    { kind: 'unreadable', what: 'location' },
    { kind: 'unreadable', what: 'edit' },
    { kind: 'unreadable', what: 'revoke' },
  ])('$kind $media$what is answered with what to send instead, and what is open is asked again', (event) => {
    const asha = chat().says('10 case coke 500').sends(event).hears('Your order of *4,320.00*').hearsMessages(1);
    expect(asha.state().cart).toHaveLength(1);
    expect(asha.placed()).toEqual([]);
  });

  test('two failures in a row offer a person', () => {
    chat()
      .says('qwrtz plmk')
      .doesNotHear(/somebody/)
      .says('vbnm zxcv')
      .hears('to talk to somebody at Demo Wholesale');
  });
});

test('several unclear lines are asked one after another, and the clear ones are kept', () => {
  chat()
    .says('5 sugar\n2 case coke 500\ncase maggi')
    .hears('Coca-Cola 500ml, 2 cases: noted', 'by "5 sugar"')
    .says('2')
    .hears(/How many of Maggi|Maggi/)
    .says('3')
    .hears('Coca-Cola 500ml, 2 cases', 'Sugar 50kg, 5 bags', 'Maggi');
});

test('a pending question lapses and says so', () => {
  chat()
    .says('5 sugar')
    .later(61)
    .says('2')
    .hears('no answer about "5 sugar" in time')
    .doesNotHear(/Your order/);
});
