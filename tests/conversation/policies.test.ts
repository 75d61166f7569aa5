import { describe, expect, test } from 'vitest';
import { LANGUAGES } from '../../src/shared/policies.ts';
import { chat } from './chat.ts';
import { earlierOrder, NOON } from './shop.ts';

const day = [{ from: '08:00', to: '17:30' }];
const openingHours = { mon: day, tue: day, wed: day, thu: day, fri: day };

describe('opening hours', () => {
  /** Tuesday 21:30 in India. */
  const evening = (options: Parameters<typeof chat>[0] = {}) => chat(options).later(570);

  test('within them nothing is said about them', () => {
    chat({ policies: { openingHours } })
      .says('10 case coke 500')
      .says('yes')
      .hearsExactly('Order *1042* placed. 4,320.00 on credit, 75,680.00 left.');
  });

  test('outside them the order is taken, and the reply says when it will be worked on', () => {
    evening({ policies: { openingHours } })
      .says('10 case coke 500')
      .offers('Confirm', 'Change', 'Cancel')
      .says('yes')
      .hearsExactly(
        'Order *1042* placed. 4,320.00 on credit, 75,680.00 left.\nWe are closed now, so it will be worked on from Wednesday 8:00 AM.',
      )
      // The second tap was answered once already.
      .says('yes')
      .hearsExactly('Order *1042* is already placed (4,320.00). Nothing was ordered twice.');
  });

  test('outside them it is refused politely where the wholesaler says so, and kept', () => {
    const asha = evening({ policies: { openingHours, outsideHours: 'refuse' } })
      .says('10 case coke 500')
      .hears('1. Coca-Cola 500ml, 10 cases', 'We are closed now and take no orders until Wednesday 8:00 AM')
      .offers('Change', 'Cancel')
      .says('yes')
      .hearsExactly(
        'We are closed now and take no orders until Wednesday 8:00 AM. I keep this one for you: confirm it then.',
      );
    expect(asha.placed()).toEqual([]);
    asha
      .later(120)
      .says('yes')
      .hears('1. Coca-Cola 500ml, 10 cases', 'take no orders until Wednesday 8:00 AM')
      .doesNotHear(/not confirmed in time|open again/)
      .later(570)
      .says('yes')
      .hears(/^We are open again, and I kept your order: here it is\./, '1. Coca-Cola 500ml, 10 cases')
      .offers('Confirm', 'Change', 'Cancel')
      .says('yes')
      .hears('Order *1042* placed');
  });

  test('refuse a cart from the catalogue, too, and keep it', () => {
    const asha = evening({ policies: { openingHours, outsideHours: 'refuse' } })
      .sendsCart([{ sku: 'COKE500', quantity: 10 }])
      .hears('1. Coca-Cola 500ml, 10 cases', 'take no orders until Wednesday')
      .offers('Change', 'Cancel');
    expect(asha.placed()).toEqual([]);
  });

  test('a proposal made before closing time is not obeyed after it', () => {
    const asha = chat({ policies: { openingHours, outsideHours: 'refuse' } })
      .later(325)
      .says('10 case coke 500');
    const confirm = asha.idOf('Confirm');
    asha.later(10).tapsId(confirm).hears('take no orders until Wednesday 8:00 AM');
    expect(asha.placed()).toEqual([]);
  });

  test('name the date of an opening that is farther off than a week', () => {
    const holidays = Array.from({ length: 10 }, (_, at) =>
      new Date(NOON.getTime() + at * 86_400_000).toISOString().slice(0, 10),
    );
    chat({ policies: { openingHours, holidays } })
      .says('10 case coke 500')
      .says('yes')
      .hears('worked on from Friday, December 4 8:00 AM');
  });
});

describe('a minimum order', () => {
  test('says what is missing and what would do, and places nothing before', () => {
    const asha = chat({ policies: { minimumOrderMinor: 500_000 } })
      .says('10 case coke 500')
      .hears(
        'Total *4,320.00*',
        'The smallest order is 5,000.00, so 680.00 are missing. Add something, for example "add 2 cases Coca-Cola 500ml".',
      )
      .offers('Change', 'Cancel')
      .says('yes')
      .hears('680.00 are missing')
      .hearsMessages(1);
    expect(asha.placed()).toEqual([]);
    asha
      .says('add 2 cases Coca-Cola 500ml')
      .offers('Confirm', 'Change', 'Cancel')
      .says('yes')
      .hears('Order *1042* placed. 5,184.00');
  });

  test('is met by exactly that much', () => {
    chat({ policies: { minimumOrderMinor: 432_000 } })
      .says('10 case coke 500')
      .says('yes')
      .hears('placed');
  });

  test('proposes nothing that the product’s own step forbids', () => {
    chat({ policies: { minimumOrderMinor: 500_000 } })
      .says('2 carton sunflower oil')
      // One more carton would do; cartons go by twos.
      .hears('The smallest order is 5,000.00, so 1,268.00 are missing. Add something.');
  });

  test('holds for a cart from the catalogue and for orders that need no confirmation', () => {
    const policies = { minimumOrderMinor: 500_000, confirm: 'never' } as const;
    const asha = chat({ policies }).sendsCart([{ sku: 'COKE500', quantity: 1 }]);
    asha.hears('The smallest order is 5,000.00').says('cancel').says('1 case coke 500').hears('The smallest order');
    expect(asha.placed()).toEqual([]);
    asha.says('add 20 case coke 500').hears('placed');
  });
});

describe('a quantity cap', () => {
  test('asks above it, and believes a yes', () => {
    chat({ policies: { quantityCap: 50 } })
      .says('50 case coke 500')
      .hears('Coca-Cola 500ml, 50 cases')
      .says('cancel')
      .says('51 case coke 500')
      .hears('51 cases of Coca-Cola 500ml: is that right?')
      .says('yes')
      .hears('1. Coca-Cola 500ml, 51 cases');
  });

  test('counts what an addition makes of the line', () => {
    chat({ policies: { quantityCap: 50 } })
      .says('40 case coke 500')
      .says('add 20 case coke 500')
      .hears('60 cases of Coca-Cola 500ml: is that right?');
  });
});

describe('confirm "when_unsure"', () => {
  const policies = { confirm: 'when_unsure' } as const;

  test('places at once what was read to the letter', () => {
    chat({ policies }).says('10 case coke 500').hears('Order *1042* placed');
  });

  test.each([
    ['a corrected spelling', '3 bags sona masuri'],
    ['a cart that decides which one', '2 sugar 50kg, 1 sugar'],
    ['words left over', '2 case coke 500 blimblam'],
  ])('asks about %s', (_what, text) => {
    expect(chat({ policies }).says(text).placed()).toEqual([]);
  });

  test('asks about more than three times what the shop ever ordered of it lately', () => {
    const orders = [earlierOrder(1042)];
    expect(chat({ policies, orders }).says('31 case coke 500').hears('1. Coca-Cola').placed()).toEqual([]);
    expect(chat({ policies, orders }).says('30 case coke 500').placed()).toHaveLength(1);
    expect(chat({ policies, orders }).says('50 bag sona masoori').placed()).toHaveLength(1);
  });

  test('still asks after a clear addition to what was guessed', () => {
    const asha = chat({ policies }).says('3 bags sona masuri').says('add 2 case coke 500').hears('2. Coca-Cola');
    expect(asha.placed()).toEqual([]);
    asha.says('yes').hears('placed').says('2 case coke 500').hears('placed');
  });

  test('a cart from the catalogue is confirmed already', () => {
    const orders = [earlierOrder(1042)];
    chat({ policies, orders })
      .sendsCart([{ sku: 'COKE500', quantity: 100 }])
      .hears('placed');
  });
});

describe('somebody unknown', () => {
  test.each(LANGUAGES)('hears in %s that staff are asked, or, where nobody is asked, whom to ask', (language) => {
    const stranger = (unknownPersons: 'register' | 'refuse') =>
      chat({ retailer: null, account: null, policies: { unknownPersons } })
        .withFacts((facts) => ({ ...facts, wholesaler: { ...facts.wholesaler, language } }))
        .sends({ kind: 'media', media: 'image' })
        .hears('Demo Wholesale')
        .hearsMessages(1)
        .text();
    expect(stranger('register')).not.toBe(stranger('refuse'));
  });
});

describe('the lifetime of a question', () => {
  test('is the wholesaler’s', () => {
    const asha = chat({ policies: { questionMinutes: 10 } })
      .says('10 case coke 500')
      .later(11)
      .says('yes');
    asha.hears('not confirmed in time');
    expect(asha.placed()).toEqual([]);
  });
});
