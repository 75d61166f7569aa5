import { describe, expect, test } from 'vitest';
import { chat } from './chat.ts';
import { ACCOUNT } from './shop.ts';

describe('prices and products that move between proposal and confirmation', () => {
  test('a new price makes a new proposal', () => {
    const asha = chat()
      .says('10 case coke 500')
      .product('COKE500', { unitPricesMinor: { each: 2000n, case: 48_000n } })
      .taps('Confirm')
      .hears('Prices changed', '1. Coca-Cola 500ml, 10 cases (240) - 4,800.00', 'Total *4,800.00*');
    expect(asha.placed()).toHaveLength(0);
    asha.taps('Confirm').hears('4,800.00 on credit');
  });

  test('two prices that move against each other are seen although the total stays', () => {
    const asha = chat()
      .says('1 bag sona masoori, 1 bag sugar 50kg')
      .product('SONA25', { unitPricesMinor: { bag: 136_000n } })
      .product('SUGAR50', { unitPricesMinor: { bag: 214_000n } })
      .says('yes')
      .hears('Prices changed', 'Total *3,500.00*');
    expect(asha.placed()).toHaveLength(0);
  });

  test('a product switched off is said by name and left out', () => {
    chat()
      .says('10 case coke 500, 5 bags sona masoori')
      .product('COKE500', { active: false })
      .taps('Confirm')
      .hears('Coca-Cola 500ml is not on sale now', '1. Sona Masoori 25kg, 5 bags', 'Total *6,750.00*');
  });

  test('the last product switched off leaves nothing', () => {
    const asha = chat().says('10 case coke 500').product('COKE500', { stock: 'out' }).says('yes');
    asha.hears('Coca-Cola 500ml is out of stock', 'leaves your order empty');
    expect(asha.state().cart).toEqual([]);
  });

  test('products off sale are named when they are ordered, and the rest is proposed', () => {
    chat()
      .says('2 case pepsi, 5 pieces dettol, 1 bag sona masoori')
      .hears('Pepsi 2L is not on sale now', 'Dettol Soap 75g is out of stock', '1. Sona Masoori 25kg, 1 bag');
  });
});

describe('when an order does not fit', () => {
  test('the proposal says so with the figures and still lets them choose', () => {
    chat()
      .says('200 case coke 500')
      .hears(
        'Your credit has 80,000.00 left',
        'this is 6,400.00 too much',
        'limit 100,000.00, owed 20,000.00, on order 0.00',
      )
      .offers('Fit to 80,000.00', 'Ask for approval', 'Pay first', 'Cancel');
  });

  test('an order that takes the last of the credit fits', () => {
    chat({ account: { ...ACCOUNT, availableMinor: 432_000n } })
      .says('10 case coke 500')
      .hears('Credit left after this: 0.00');
  });
});

describe('the policy on confirming', () => {
  test('"never" places a clear order at once', () => {
    const asha = chat({ policies: { confirm: 'never' } })
      .says('10 case coke 500')
      .hears('Order *1042* placed')
      .hearsMessages(1);
    expect(asha.placed()).toHaveLength(1);
  });

  test('"never" still asks about what is unclear', () => {
    chat({ policies: { confirm: 'never' } })
      .says('5 sugar')
      .hears('Which one')
      .taps('1. Sugar 1kg')
      .hears('Order *1042* placed');
  });

  test('"never" shows an order that lost a line', () => {
    const asha = chat({ policies: { confirm: 'never' } })
      .says('2 case pepsi, 1 bag sona masoori')
      .hears('left it out', 'Your order');
    expect(asha.placed()).toHaveLength(0);
  });

  test('"always" never places without a yes', () => {
    expect(chat().says('10 case coke 500').placed()).toHaveLength(0);
  });
});
