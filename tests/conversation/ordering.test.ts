import { describe, expect, test } from 'vitest';
import { chat } from './chat.ts';
import { earlierOrder } from './shop.ts';

const THREE_LINES = '10 case coke 500, 5 bags sona masoori, 24 packets maggi';

describe('an order by text', () => {
  test('is shown line by line with total and credit, and placed by a tap', () => {
    chat()
      .says(THREE_LINES)
      .hearsExactly(
        [
          'Your order',
          '1. Coca-Cola 500ml, 10 cases (240) - 4,320.00',
          '2. Sona Masoori 25kg, 5 bags - 6,750.00',
          '3. Maggi 70g, 24 packets - 336.00',
          'Total *11,406.00*',
          'Credit left after this: 68,594.00',
        ].join('\n'),
      )
      .offers('Confirm', 'Change', 'Cancel')
      .taps('Confirm')
      .hearsExactly('Order *1042* placed. 11,406.00 on credit, 68,594.00 left.');
  });

  test('is placed by a typed word as well', () => {
    const asha = chat().says(THREE_LINES).says('yes').hears('Order *1042* placed');
    expect(asha.placed()).toHaveLength(1);
    expect(asha.state().cart).toEqual([]);
  });

  test('is placed with lines priced at the moment of the confirmation', () => {
    const [effect] = chat().says('10 case coke 500').says('yes').placed();
    expect(effect).toMatchObject({
      source: 'chat',
      amountMinor: 432_000n,
      lines: [{ sku: 'COKE500', unit: 'case', quantityMilli: 10_000, unitPriceMinor: 43_200n, totalMinor: 432_000n }],
    });
  });

  test('names the singular and keeps halves', () => {
    chat().says('1 case coke 500').hears('1. Coca-Cola 500ml, 1 case (24) - 432.00');
    chat().says('1.5 case coke 500').hears('1. Coca-Cola 500ml, 1.5 cases (36) - 648.00');
  });

  test('says what a sack holds in the measure it is sold by', () => {
    chat().says('2 sacks onion').hears('1. Onion loose, 2 sacks (100 kg) - 3,000.00');
  });

  test('counts in the default unit when none was said', () => {
    chat().says('3 coke 500').hears('Coca-Cola 500ml, 3 cases (72)');
  });

  test('that is sent twice by an impatient thumb stays one order', () => {
    chat()
      .says('10 case coke 500')
      .says('10 case coke 500')
      .hears('sent this twice', 'Your order of *4,320.00*')
      .offers('Confirm', 'Change', 'Cancel');
  });

  test('that is added to in so many words grows', () => {
    chat().says('10 case coke 500').says('add 10 case coke 500').hears('1. Coca-Cola 500ml, 20 cases (480)');
  });
});

describe('changing the cart', () => {
  test('adds to it', () => {
    chat()
      .says('10 case coke 500')
      .says('add 5 bags sona masoori')
      .hears('1. Coca-Cola 500ml, 10 cases', '2. Sona Masoori 25kg, 5 bags', 'Total *11,070.00*');
  });

  test('adds to a line that is there already', () => {
    chat().says('10 case coke 500').says('add 2 case coke 500').hears('1. Coca-Cola 500ml, 12 cases (288)');
  });

  test('sets a new quantity', () => {
    chat().says('10 case coke 500').says('change coke 500 to 6 case').hears('1. Coca-Cola 500ml, 6 cases (144)');
  });

  test('takes a line out', () => {
    chat().says(THREE_LINES).says('remove maggi').hears('2. Sona Masoori').doesNotHear(/Maggi/);
  });

  test('that takes the last line out leaves nothing to confirm', () => {
    const asha = chat().says('10 case coke 500').says('remove coke 500').hears('leaves your order empty');
    expect(asha.state().pending).toBeNull();
    asha.says('yes').hears('nothing waiting');
  });

  test('by the button asks what to change with a product of this very order', () => {
    chat().says('10 case coke 500').taps('Change').hears('remove Coca-Cola 500ml').hearsMessages(1);
  });

  test('swaps one product for another with the same quantity', () => {
    chat()
      .says('10 case coke 500')
      .says('swap coke 500 for sugar 50kg')
      .hears('1. Sugar 50kg, 10 bags')
      .doesNotHear(/Coca/);
  });

  test('takes part of a line out', () => {
    chat().says('10 case coke 500').says('remove 2 coke 500').hears('1. Coca-Cola 500ml, 8 cases (192)');
  });

  test('by the button’s word typed out asks the same', () => {
    chat().says('10 case coke 500').says('change').hears('What should I change?');
  });

  test('says that a product to take out was not in it', () => {
    chat().says('10 case coke 500').says('remove maggi').hears('Maggi 70g was not in your order', '10 cases');
  });

  test('never makes an order of a plain no', () => {
    const asha = chat().says('10 case coke 500').says('no').hears('Not placed').offers('Confirm', 'Change', 'Cancel');
    expect(asha.placed()).toHaveLength(0);
    expect(asha.state().cart).toHaveLength(1);
  });
});

describe('buttons of older messages', () => {
  test('a second tap on Confirm says that the order is placed, and places nothing', () => {
    const asha = chat().says('10 case coke 500');
    const confirm = asha.idOf('Confirm');
    asha.tapsId(confirm).hears('Order *1042* placed');
    asha.tapsId(confirm).hearsExactly('Order *1042* is already placed (4,320.00). Nothing was ordered twice.');
    expect(asha.placed()).toHaveLength(1);
  });

  test('a typed yes right after the order means that order', () => {
    const asha = chat().says('10 case coke 500').says('yes').says('yes').hears('already placed');
    expect(asha.placed()).toHaveLength(1);
  });

  test('Confirm under a cart that has changed since shows the cart as it is', () => {
    const asha = chat().says('10 case coke 500');
    const old = asha.idOf('Confirm');
    asha.says('add 5 bags sona masoori').tapsId(old).hears('older message', '2. Sona Masoori', 'Total *11,070.00*');
    expect(asha.placed()).toHaveLength(0);
    asha.taps('Confirm').hears('Order *1042* placed');
  });

  test('Confirm under a cart that was cancelled places nothing', () => {
    const asha = chat().says('10 case coke 500');
    const old = asha.idOf('Confirm');
    asha.taps('Cancel').hears('Nothing was placed').tapsId(old).hears('older message');
    expect(asha.placed()).toHaveLength(0);
  });

  test('both messages of one proposal may be tapped', () => {
    const asha = chat().says('10 case coke 500');
    const first = asha.idOf('Confirm');
    asha.says('balance').tapsId(first).hears('Order *1042* placed');
  });

  test('Cancel under an order that was placed asks whether to cancel it', () => {
    const asha = chat().says('10 case coke 500');
    const cancel = asha.idOf('Cancel');
    asha
      .taps('Confirm')
      .tapsId(cancel)
      .hears('Cancel order *1042* (4,320.00)?')
      .offers('Yes, cancel it', 'No, keep it');
  });

  test.each(['', 'confirm', 'confirm:x:y', 'choose:1', 'STOP', '{"a":1}'])(
    'an id that is none of ours (%j) is not obeyed',
    (id) => {
      const asha = chat().says('10 case coke 500').tapsId(id).hears('older message', 'Your order');
      expect(asha.placed()).toHaveLength(0);
    },
  );
});

describe('the same as last time', () => {
  const before = earlierOrder(1041, {
    lines: [
      { sku: 'COKE500', name: 'Coca-Cola 500ml', unit: 'case', quantityMilli: 10_000 },
      { sku: 'SONA25', name: 'Sona Masoori 25kg', unit: 'bag', quantityMilli: 2_000 },
      { sku: 'GONE', name: 'Old Biscuit', unit: 'case', quantityMilli: 1_000 },
    ],
  });

  test('proposes the last order and names what is no longer sold', () => {
    chat({ orders: [before] })
      .says('same as last time')
      .hears('Old Biscuit is no longer in our list', '1. Coca-Cola 500ml, 10 cases', '2. Sona Masoori 25kg, 2 bags');
  });

  test('with a difference', () => {
    chat({ orders: [before] })
      .says('same as last time but 3 sona masoori')
      .hears('10 cases', '2. Sona Masoori 25kg, 3 bags');
  });

  test('skips an order that was cancelled', () => {
    const cancelled = earlierOrder(1042, {
      status: 'cancelled',
      lines: [{ sku: 'MAGGI70', name: 'Maggi 70g', unit: 'box', quantityMilli: 1_000 }],
    });
    chat({ orders: [cancelled, before] })
      .says('repeat last order')
      .hears('10 cases')
      .doesNotHear(/Maggi/);
  });

  test('without any order says so', () => {
    chat().says('same as last time').hears('no earlier order');
  });
});

describe('several acts in one message', () => {
  test('one line goes in and another goes out', () => {
    chat()
      .says('5 surf excel and 2 coke')
      .says('2 maggi; remove surf excel')
      .hears('Maggi 70g, 2 packets', 'Coca-Cola 500ml, 2 cases')
      .doesNotHear(/Surf|How many/);
  });

  test('a price is told beside the order', () => {
    chat()
      .says('2 maggi. price of surf excel?')
      .hears('Surf Excel 1kg: 130.00', '1. Maggi 70g, 2 packets')
      .doesNotHear(/How many|2\. /);
  });

  test('taking back what is asked about takes out what the cart holds of it', () => {
    const asha = chat()
      .says('5 surf excel and 2 coke')
      .says('surf excel')
      .hears(/how many/i);
    asha.says('remove surf excel').doesNotHear(/1kg, 5/);
    expect(asha.state().cart.map(({ sku }) => sku)).toEqual(['COKE500']);
  });
});

describe('the language of the conversation', () => {
  test('decides what a word means that languages use differently', () => {
    const read = (language: string) =>
      chat({ retailer: { id: 'asha', name: 'Asha Stores', language } })
        .says('do maggi')
        .step()
        ?.parsed?.lines.map(({ sku, quantity }) => [sku, quantity]);
    expect(read('hi-Latn')).toEqual([['MAGGI70', 2]]);
    expect(read('en')).not.toEqual([['MAGGI70', 2]]);
  });
});
