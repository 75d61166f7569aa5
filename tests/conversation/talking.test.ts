import { describe, expect, test } from 'vitest';
import { LANGUAGES } from '../../src/shared/policies.ts';
import { chat } from './chat.ts';
import { ACCOUNT, earlierOrder, NOON } from './shop.ts';

describe('the account', () => {
  test('balance', () => {
    chat().says('balance').hearsExactly('Limit 100,000.00, owed 20,000.00, on order 0.00. Available: *80,000.00*');
  });

  test('balance of an account on hold says so', () => {
    chat({ account: { ...ACCOUNT, status: 'blocked' } })
      .says('balance')
      .hears('on hold');
  });

  test('orders while on hold are proposed with the truth', () => {
    chat({ account: { ...ACCOUNT, status: 'blocked' } })
      .says('10 case coke 500')
      .hears("on hold, so I can't place")
      .says('yes')
      .hears('on hold');
    chat({ account: { ...ACCOUNT, status: 'closed' } })
      .says('10 case coke 500')
      .hears('account is closed')
      .offers('Talk to a person', 'Cancel');
  });

  test('orders on a limit that has expired are proposed with the truth, and who can renew it', () => {
    const lapsed = { ...ACCOUNT, limitValidUntil: new Date(NOON.getTime() - 1) };
    const asha = chat({ account: lapsed })
      .says('balance')
      .hears('Your credit limit has expired', 'ask Demo Wholesale to renew it')
      .says('10 case coke 500')
      .hears("Your credit limit has expired, so I can't place this now. Demo Wholesale can renew it")
      .offers('Talk to a person', 'Cancel');
    asha.nextOrderIsRefused('CREDIT_INACTIVE').says('yes').hears('not active').offers('Talk to a person', 'Cancel');
    asha.account({ limitValidUntil: null }).says('hi').offers('Confirm', 'Change', 'Cancel');
    chat({ account: { ...ACCOUNT, limitValidUntil: NOON } })
      .says('10 case coke 500')
      .offers('Confirm', 'Change', 'Cancel');
  });

  test.each(LANGUAGES)(
    'hears in %s that the limit has expired, and nothing about overdue debt that is older',
    (language) => {
      const account = { ...ACCOUNT, limitValidUntil: new Date(0), overdueMinor: 700n, oldestDueOn: NOON };
      const asha = chat({ account, retailer: { id: 'asha', name: 'Asha Stores', language } });
      asha
        .says('1 case coke 500')
        .hears('Demo Wholesale')
        .doesNotHear(/\*7[.,]00\*/);
    },
  );

  test('a retailer without an account hears how to get one', () => {
    const asha = chat({ account: null }).says('balance').hears('no credit account yet');
    asha
      .says('10 case coke 500')
      .hears('no credit account yet', 'Total *4,320.00*')
      .says('yes')
      .hears('no credit account yet');
  });

  test('amounts follow the currency', () => {
    chat({ currency: 'JPY' }).says('10 case coke 500').hears('Total *432,000*');
    chat({ currency: 'KWD' }).says('10 case coke 500').hears('Total *432.000*');
  });

  test('statement beside an order tells balance and last orders', () => {
    chat({ orders: [earlierOrder(1042), earlierOrder(1041, { status: 'delivered' })] })
      .says('10 case coke 500. statement')
      .hears('Available: *80,000.00*', /Order \*1042\*, .*: 4,320\.00, placed/, /Order \*1041\*, .*delivered/);
  });

  test('why explains the arithmetic and what is too much about the open order', () => {
    chat()
      .says('200 case coke 500')
      .says('why was my order refused?')
      .hears(
        'limit 100,000.00 - owed 20,000.00 - on order 0.00 = 80,000.00',
        '*86,400.00* is still open: it is 6,400.00 more than your credit',
      );
  });

  test('why without an open order asks for no product', () => {
    chat()
      .says('why was my order refused?')
      .hears('= 80,000.00')
      .doesNotHear(/Which product/);
  });

  test('a claimed payment is passed on, and changes no figure', () => {
    const asha = chat().says('paid 5000 by UPI, ref 123').hears('passed on your payment of *5,000.00* by UPI, ref 123');
    expect(asha.effects()).toMatchObject([{ kind: 'claim_payment' }]);
    asha.says('balance').hears('owed 20,000.00');
  });
});

describe('other talk', () => {
  test('greeting with an example of this very shop', () => {
    chat().says('hello').hears('Hello Asha Stores!', '10 Coca-Cola 500ml, 5 Sona Masoori 25kg');
  });

  test('help', () => {
    chat().says('help').hears('balance', 'Same as last time');
  });

  test('status', () => {
    chat({ orders: [earlierOrder(1042)] })
      .says('where is my order')
      .hears('Order *1042*', 'placed');
    chat().says('where is my order').hears('no orders yet');
  });

  test('a person is called', () => {
    const asha = chat().says('I want to talk to a person').hears('a person at Demo Wholesale');
    expect(asha.step()?.wantsPerson).toBe(true);
  });

  test('price and stock', () => {
    chat().says('price of coke 500?').hears('Coca-Cola 500ml: 18.00 a piece, 432.00 a case (24), in stock');
    chat().says('do you have dettol?').hears('Dettol Soap 75g', 'out of stock');
  });

  test('a greeting in the middle of an order asks for the order again', () => {
    chat().says('10 case coke 500').says('hello').hears('Hello Asha', 'Your order of *4,320.00*').hearsMessages(1);
  });

  test('the total of the open order', () => {
    chat()
      .says('10 case coke 500')
      .says('what is the total')
      .hears('1. Coca-Cola 500ml, 10 cases', 'Total *4,320.00*')
      .offers('Confirm', 'Change', 'Cancel');
  });

  test.each([
    ['voice', /voice notes/],
    ['audio', /recordings/],
    ['image', /pictures/],
    ['video', /videos/],
    ['document', /documents/],
    ['sticker', /write what you need/],
  ] as const)('a %s is told that text is needed', (media, answer) => {
    chat().sends({ kind: 'media', media }).hears(answer);
    chat().says('10 case coke 500').sends({ kind: 'media', media }).hears(answer, '4,320.00').hearsMessages(1);
  });

  test.each([
    ['edit', /You changed a message/],
    ['revoke', /You deleted a message/],
    ['order', /did not pass your cart on/],
    ['product', /did not pass your cart on/],
    ['button', /did not pass your tap on/],
    ['list', /did not pass your tap on/],
    ['interactive', /did not pass your tap on/],
    ['text.too_long', /too long/],
    ['hologram', /can't read this kind/],
  ])('what comes only as %j is asked for again and changes no order', (what, answer) => {
    const asha = chat().says('10 case coke 500');
    asha.sends({ kind: 'unreadable', what }).hears(answer, 'Your order of *4,320.00*').hearsMessages(1);
    expect(asha.step()?.effect).toBeNull();
  });

  test('a location cannot be read', () => {
    chat().sends({ kind: 'unreadable', what: 'location' }).hears("can't read this kind of message");
  });
});

describe('somebody we do not know', () => {
  const stranger = () => chat({ retailer: null, account: null });

  test.each(['10 case coke 500', 'balance', 'yes', 'cancel order 1042', 'price of coke 500', ''])(
    'who writes %j hears how to register',
    (text) => {
      const them = stranger().says(text).hears('Hello Asha', 'ordering line of Demo Wholesale', 'not registered');
      them.doesNotHear(/\d|Coca|credit/);
      expect(them.step()).toMatchObject({ effect: null, parsed: null });
    },
  );

  test('who taps, sends a cart or a photo hears the same', () => {
    stranger().tapsId('confirm:1:x').hears('not registered');
    stranger()
      .sendsCart([{ sku: 'COKE500', quantity: 1 }])
      .hears('not registered');
    stranger().sends({ kind: 'media', media: 'image' }).hears('not registered');
  });

  test('keeps an untouched state', () => {
    const them = stranger();
    const before = them.state();
    expect(them.says('10 case coke 500').state()).toEqual(before);
  });
});
