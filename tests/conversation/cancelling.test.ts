import { describe, expect, test } from 'vitest';
import { DEFAULT_POLICIES } from '../../src/shared/policies.ts';
import { chat } from './chat.ts';
import { earlierOrder } from './shop.ts';

describe('cancelling', () => {
  test('the cart by tap or word places nothing', () => {
    chat().says('10 case coke 500').taps('Cancel').hearsExactly('Cancelled. Nothing was placed.');
    const asha = chat().says('10 case coke 500').says('cancel').hearsExactly('Cancelled. Nothing was placed.');
    expect(asha.state()).toMatchObject({ cart: [], pending: null });
    expect(asha.cancelled()).toHaveLength(0);
  });

  test('the last order is asked about first, and a tap cancels it', () => {
    const asha = chat()
      .says('10 case coke 500')
      .says('yes')
      .says('cancel')
      .hears('Cancel order *1042* (4,320.00)?')
      .offers('Yes, cancel it', 'No, keep it');
    expect(asha.cancelled()).toHaveLength(0);
    asha
      .taps('Yes, cancel it')
      .hearsExactly('Order *1042* cancelled. 4,320.00 is back on your credit: 80,000.00 available.');
    expect(asha.state().pending).toBeNull();
  });

  test('a typed yes cancels too, and a no keeps the order', () => {
    const one = chat({ orders: [earlierOrder(1042)] });
    one.says('cancel').says('yes').hears('Order *1042* cancelled');
    const other = chat({ orders: [earlierOrder(1042)] })
      .says('cancel')
      .says('no')
      .hears('Order *1042* stays as it is');
    expect(other.cancelled()).toHaveLength(0);
  });

  test('an order named by its number needs no question', () => {
    chat({ orders: [earlierOrder(1043), earlierOrder(1042)] })
      .says('cancel order 1042')
      .hears('Order *1042* cancelled')
      .hearsMessages(1);
  });

  test('an order by number leaves the open cart alone', () => {
    const asha = chat({ orders: [earlierOrder(1042)] })
      .says('2 case coke 500')
      .says('cancel order 1042');
    asha.hears('Order *1042* cancelled', 'Your order of *864.00* is not placed yet').hearsMessages(1);
    asha.says('cancel order 999').hears("can't find order 999", '864.00');
  });

  test.each([
    ['delivered', /has been delivered/],
    ['part_delivered', /has been delivered/],
    ['cancelled', /is cancelled already/],
    ['rejected', /is rejected already/],
    ['expired', /is expired already/],
  ])('an order that is %s is told, not cancelled', (status, answer) => {
    const asha = chat({ orders: [earlierOrder(1042, { status })] })
      .says('cancel order 1042')
      .hears(answer);
    asha.says('cancel').hears(answer);
    expect(asha.cancelled()).toHaveLength(0);
  });

  test('a delivery that wins the race is told', () => {
    const asha = chat({ orders: [earlierOrder(1042)] })
      .says('cancel')
      .order(1042, 'delivered')
      .taps('Yes, cancel it');
    asha.hears('Order *1042* has been delivered');
    expect(asha.state().pending).toBeNull();
  });

  test('a second tap on "Yes, cancel it" is told that it is done', () => {
    const asha = chat({ orders: [earlierOrder(1042)] }).says('cancel');
    const yes = asha.idOf('Yes, cancel it');
    asha.tapsId(yes).tapsId(yes).hears('Order *1042* is cancelled already');
    expect(asha.cancelled()).toHaveLength(1);
  });

  test('with nothing to cancel says so', () => {
    chat().says('cancel').hearsExactly('You have no order that could be cancelled.');
  });

  test('may be interrupted by a question about the balance', () => {
    chat({ orders: [earlierOrder(1042)] })
      .says('cancel')
      .says('balance')
      .hears('Limit 100,000.00', 'Cancel order *1042*')
      .says('yes')
      .hears('cancelled');
  });

  test('of another number is no yes to the one that is asked about', () => {
    const asha = chat({ orders: [earlierOrder(1042), earlierOrder(1041)] }).says('cancel');
    asha.hears('Cancel order *1042*').says('cancel order 999').hears('999', 'Cancel order *1042*');
    expect(asha.cancelled()).toEqual([]);
    asha.says('cancel 1041');
    expect(asha.cancelled()).toMatchObject([{ orderId: 'order-1041' }]);
  });

  test('an order behind the newest ones is looked up, and asked about before it is cancelled', () => {
    const orders = [1046, 1045, 1044, 1043, 1042].map((number) => earlierOrder(number));
    const asha = chat({ orders }).books({ older: [earlierOrder(1030)] });
    asha.says('cancel 1030').hears('Cancel order *1030*').offers('Yes, cancel it', 'No, keep it');
    expect(asha.cancelled()).toEqual([]);
    asha.says('yes');
    expect(asha.cancelled()).toMatchObject([{ orderId: 'order-1030' }]);
  });

  test('a tap under a notice about an order behind the newest ones asks about that order', () => {
    const asha = chat({ orders: [earlierOrder(1046)] }).books({ older: [earlierOrder(1030)] });
    asha.tapsId('cancel_order:order-1030').hears('Cancel order *1030*');
    asha.taps('No, keep it').hears('Order *1030* stays as it is');
  });

  test('a delivered order behind the newest ones is told, not cancelled', () => {
    const older = [earlierOrder(1030, { status: 'delivered' })];
    chat({ orders: [earlierOrder(1046)] })
      .books({ older })
      .says('cancel 1030')
      .hears('Order *1030* has been delivered');
  });

  test('an order that an answer to an older message names waits until the open question is answered', () => {
    const asha = chat().says('10 case coke 500').says('yes');
    const placed = asha.replies();
    asha.says('5 sugar, 2 bag sona masoori').answers(placed, 'cancel').hears('another order open', 'by "5 sugar"');
    asha.says('2').hears('Sugar 50kg, 5 bags', 'Sona Masoori 25kg, 2 bags');
  });
});

describe('an order that lapsed', () => {
  const lapsed = { kind: 'hold_lapsed', retailerId: 'asha', currency: 'INR', amountMinor: 432_000n } as const;

  test('is the one that "Order it again" under its notice brings back, whatever was ordered since', () => {
    const asha = chat({
      orders: [earlierOrder(1044), earlierOrder(1043, { status: 'expired' })],
      policies: { notices: { ...DEFAULT_POLICIES.notices, send: ['hold_expired'] } },
    });
    asha.sends({ ...lapsed, number: 1030, isRest: false });
    const [reply] = asha.replies();
    const payload = reply?.outsideWindow?.payloads?.[0] ?? '';
    const lines = [{ sku: 'SONA25', name: 'Sona Masoori 25kg', unit: 'bag', quantityMilli: 3000 }];
    asha.books({ older: [earlierOrder(1030, { status: 'expired', lines })] });
    asha.tapsId(payload).hears('1. Sona Masoori 25kg, 3 bags').offers('Confirm', 'Change', 'Cancel');
    expect(asha.state().waited).toBeNull();
  });
});
