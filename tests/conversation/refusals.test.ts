import { describe, expect, test } from 'vitest';
import { chat } from './chat.ts';
import { ACCOUNT } from './shop.ts';

describe('an order that is refused', () => {
  test('for lack of credit says why in one sentence with its figures, and offers what there is', () => {
    const asha = chat({ account: { ...ACCOUNT, owedMinor: 0n, heldMinor: 7_500_000n, availableMinor: 2_500_000n } })
      .says('20 bags sona masoori')
      .says('yes')
      .hearsExactly(
        "I can't place this order: it is 27,000.00 and your credit has 25,000.00 left " +
          '(limit 100,000.00, owed 0.00, on order 75,000.00). You are 2,000.00 short.\nWhat shall I do?',
      )
      .offers('Fit to 25,000.00', 'Ask for approval', 'Pay first', 'Cancel');
    expect(asha.state().cart).toHaveLength(1);
  });

  test('keeps the cart, so that a smaller order goes through', () => {
    chat()
      .says('200 case coke 500')
      .says('yes')
      .hears('6,400.00 short')
      .says('change coke 500 to 100 case')
      .hears('Total *43,200.00*')
      .says('yes')
      .hears('Order *1042* placed');
  });

  test('is tried again by a later yes, for example after a payment', () => {
    const asha = chat().says('200 case coke 500').says('yes').hears('short');
    asha.account({ owedMinor: 0n, availableMinor: 10_000_000n }).says('yes').hears('Order *1042* placed');
    expect(asha.placed()).toHaveLength(2);
    const ids = asha.placed().map((effect) => effect.orderId);
    expect(new Set(ids).size, 'the same order, so that the credit core can tell a repeat').toBe(1);
  });

  test.each([
    ['INSUFFICIENT_CREDIT', false, /short/, ['Change', 'Cancel']],
    [
      'CREDIT_BLOCKED',
      false,
      /account is on hold \(owed 20,000\.00, on order 0\.00\).*talk to Demo Wholesale/,
      ['Pay first', 'Talk to a person', 'Cancel'],
    ],
    ['CREDIT_INACTIVE', false, /not active.*Demo Wholesale/, ['Change', 'Cancel']],
    ['CREDIT_ACCOUNT_NOT_FOUND', false, /no credit account yet/, ['Change', 'Cancel']],
    ['DUPLICATE_ORDER', false, /confirm once more[\s\S]*Your order/, ['Confirm', 'Change', 'Cancel']],
    ['MAX_RETRIES_EXCEEDED', true, /very busy.*try again/, ['Try again', 'Change', 'Cancel']],
    ['DATABASE_ERROR', true, /wrong on our side.*try again/, ['Try again', 'Change', 'Cancel']],
    ['INVALID_AMOUNT', false, /order of 4,320\.00/, ['Change', 'Cancel']],
    ['SOMETHING_NEW', false, /talk to Demo Wholesale/, ['Change', 'Cancel']],
  ])('%s has its own text and keeps the cart', (code, retryable, text, titles) => {
    const asha = chat().says('10 case coke 500').nextOrderIsRefused(code, retryable).says('yes');
    asha
      .hears(text)
      .offers(...titles)
      .hearsMessages(1);
    expect(asha.state().cart).toHaveLength(1);
    asha.says('yes').hears('Order *1042* placed');
  });

  test('as a duplicate gets an order id of its own for the next try', () => {
    const asha = chat().says('10 case coke 500').nextOrderIsRefused('DUPLICATE_ORDER').says('yes').taps('Confirm');
    const [first, second] = asha.placed();
    expect(first?.orderId).not.toBe(second?.orderId);
  });

  test('is tried again by a tap on "Try again"', () => {
    chat()
      .says('10 case coke 500')
      .nextOrderIsRefused('DATABASE_ERROR', true)
      .taps('Confirm')
      .taps('Try again')
      .hears('placed');
  });
});
