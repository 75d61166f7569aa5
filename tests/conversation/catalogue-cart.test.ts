import { describe, expect, test } from 'vitest';
import { chat } from './chat.ts';
import { ACCOUNT } from './shop.ts';

describe('a cart from the catalogue', () => {
  test('is confirmed already: placed at once, counted in the cart unit, at our prices', () => {
    const asha = chat().sendsCart([
      { sku: 'COKE500', quantity: 2 },
      { sku: 'MAGGI70', quantity: 1 },
    ]);
    asha.hearsExactly('Order *1042* placed. 1,536.00 on credit, 78,464.00 left.').hearsMessages(1);
    expect(asha.placed()).toMatchObject([
      {
        source: 'cart',
        lines: [
          { unit: 'case', quantityMilli: 2000 },
          { unit: 'box', quantityMilli: 1000, totalMinor: 67_200n },
        ],
      },
    ]);
  });

  test('asks about an item that nobody knows and places nothing before', () => {
    const asha = chat().sendsCart([
      { sku: 'COKE500', quantity: 2 },
      { sku: 'GHOST-1', quantity: 3 },
    ]);
    asha.hears('Coca-Cola 500ml, 2 cases: noted', 'GHOST-1');
    expect(asha.placed()).toHaveLength(0);
    asha.says('no').hears('"GHOST-1": left out', 'Your order', '2 cases');
    expect(asha.placed()).toHaveLength(0);
    asha.taps('Confirm').hears('Order *1042* placed');
  });

  test.each([null, 0, -1, 2_000_000, Number.NaN])('asks about a quantity of %s', (quantity) => {
    const asha = chat()
      .sendsCart([{ sku: 'COKE500', quantity }])
      .hears(/How many/);
    expect(asha.placed()).toHaveLength(0);
    asha.says('3').hears('Coca-Cola 500ml, 3 cases');
  });

  test('with a product off sale is shown without it instead of being placed', () => {
    const asha = chat().sendsCart([
      { sku: 'PEPSI2L', quantity: 1 },
      { sku: 'COKE500', quantity: 1 },
    ]);
    asha.hears('Pepsi 2L is not on sale now', '1. Coca-Cola 500ml, 1 case').offers('Confirm', 'Change', 'Cancel');
    expect(asha.placed()).toHaveLength(0);
  });

  test('joins an order that is open, and the whole is shown', () => {
    const asha = chat()
      .says('1 bag sona masoori')
      .sendsCart([{ sku: 'COKE500', quantity: 1 }]);
    asha.hears('together with the order you had open', '1. Sona Masoori', '2. Coca-Cola 500ml, 1 case');
    expect(asha.placed()).toHaveLength(0);
  });

  test('keeps an open question', () => {
    chat()
      .says('5 sugar')
      .sendsCart([{ sku: 'COKE500', quantity: 1 }])
      .hears('Which one')
      .says('1')
      .hears('Coca-Cola', 'Sugar 1kg, 5 packets');
  });

  test('that does not fit is refused with figures and kept', () => {
    const asha = chat({ account: { ...ACCOUNT, availableMinor: 10_000n } }).sendsCart([
      { sku: 'COKE500', quantity: 1 },
    ]);
    asha.hears('it is 432.00 and your credit has 100.00 left', '332.00 short');
    asha.offers('Ask for approval', 'Pay first', 'Cancel');
    expect(asha.state().cart).toHaveLength(1);
  });

  test('without any item says that nothing is in it', () => {
    chat().sendsCart([]).hears('nothing in your order yet');
  });

  test('that waited for hours is shown before it is placed', () => {
    const asha = chat()
      .afterOutageOf(180)
      .sendsCart([{ sku: 'COKE500', quantity: 1 }])
      .hears('reached me late', 'Your order');
    expect(asha.placed()).toHaveLength(0);
  });
});
