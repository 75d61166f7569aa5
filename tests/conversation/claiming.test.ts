import { describe, expect, test } from 'vitest';
import type { ConversationEvent, MoneyNews } from '../../src/conversation/types.ts';
import { DEFAULT_POLICIES, LANGUAGES } from '../../src/shared/policies.ts';
import { CLAIM_ID } from './books.ts';
import { chat } from './chat.ts';

const PHOTO = '0192f0c1-0000-7000-8000-0000000000aa';
const photo = (caption?: string): ConversationEvent => ({
  kind: 'media',
  media: 'image',
  file: PHOTO,
  ...(caption === undefined ? {} : { caption }),
});

describe('a payment that the shop says it made', () => {
  test('is passed on with all that was said of it, and nothing is booked', () => {
    const asha = chat().says('paid 5000 by UPI ref 123');
    asha.hears('your payment of *5,000.00* by UPI, ref 123', 'checks it', 'receipt');
    expect(asha.claimed()).toEqual([
      { kind: 'claim_payment', completes: null, amountMinor: 500_000n, method: 'upi', reference: '123', photo: null },
    ]);
  });

  test('without an amount is asked about; the bare amount answers', () => {
    const asha = chat().says('I have paid').hears('How much did you pay').says('5000 gpay');
    asha.hears('*5,000.00* by UPI');
    expect(asha.state().pending).toBeNull();
  });

  test('keeps what was said before the amount', () => {
    const asha = chat().says('paid by neft, ref AXIS7781').says('12000');
    expect(asha.claimed()[0]).toMatchObject({ amountMinor: 1_200_000n, method: 'transfer', reference: 'AXIS7781' });
  });

  test('does not keep the shop from ordering meanwhile', () => {
    chat().says('I have paid').says('3 case coke 500').hears('Your order', /Total/);
  });

  test('in the middle of an order is passed on, and the order is asked about again', () => {
    const asha = chat().says('3 case coke 500').says('paid 5000 cash');
    asha.hears('*5,000.00* by cash', 'Shall I place it?').offers('Confirm', 'Change', 'Cancel');
    asha.says('I have paid').hears('How much did you pay', 'Shall I place it?');
    expect(asha.state().pending?.kind).toBe('confirm_order');
  });

  test('that was told before is recognised, with what became of it', () => {
    const again = (state: 'open' | 'recorded' | 'refused') =>
      chat()
        .books({ claim: { kind: 'again', claimId: CLAIM_ID, state, claimedAt: new Date('2026-11-23T05:00:00Z') } })
        .says('paid 5000 by UPI ref 123')
        .text();
    expect(again('open')).toMatch(/on 23 Nov already: .* still checking/);
    expect(again('recorded')).toMatch(/booked/);
    expect(again('refused')).toMatch(/could not find it/);
  });

  test('of a shop without an account has nowhere to go, and it is told', () => {
    chat({ account: null }).says('paid 5000').hears('no credit account');
  });

  test('lapses when nobody says how much, and says so', () => {
    chat().says('I have paid').later(120).says('hi').hears('You did not say how much you paid');
  });
});

describe('a picture', () => {
  test('with words about a payment is its slip', () => {
    const asha = chat().sends(photo('paid 5000 upi')).hears('*5,000.00* by UPI');
    expect(asha.claimed()[0]).toMatchObject({ amountMinor: 500_000n, photo: PHOTO });
  });

  test('alone is asked about; the amount answers', () => {
    const asha = chat().sends(photo()).hears('slip of a payment').offers('Yes, a payment', 'No').says('7,500');
    expect(asha.claimed()).toMatchObject([{ amountMinor: 750_000n, photo: PHOTO, completes: null }]);
  });

  test('that is said to be a slip goes to the cashier at once, and its amount is asked for', () => {
    const asha = chat().sends(photo()).taps('Yes, a payment');
    asha.hears('gets the picture', 'How much did you pay').hearsMessages(1);
    expect(asha.claimed()).toMatchObject([{ amountMinor: null, photo: PHOTO }]);
    asha.says('7500');
    expect(asha.claimed()[1]).toMatchObject({ amountMinor: 750_000n, completes: CLAIM_ID });
    expect(asha.state().pending).toBeNull();
  });

  test('after "I have paid" needs no question whether it is the slip', () => {
    const asha = chat().says('I have paid').sends(photo()).hears('gets the picture', 'How much');
    expect(asha.claimed()).toMatchObject([{ amountMinor: null, photo: PHOTO }]);
  });

  test('that is no slip is not read, and the old button does nothing later', () => {
    const asha = chat().sends(photo());
    const slip = asha.idOf('Yes, a payment');
    asha.taps('No').hears('write what you need');
    expect(asha.state().pending).toBeNull();
    asha.tapsId(slip).hears('older message');
    expect(asha.claimed()).toEqual([]);
  });

  test('that is called a slip is one, also in the middle of an order, and its amount is asked for', () => {
    const asha = chat().sends(photo('Payment slip')).hears('gets the picture', 'How much did you pay');
    expect(asha.claimed()).toMatchObject([{ amountMinor: null, photo: PHOTO }]);
    const busy = chat().says('3 case coke 500').sends(photo('comprobante de pago')).hears('gets the picture');
    expect(busy.claimed()).toMatchObject([{ photo: PHOTO }]);
    expect(busy.state().pending?.kind).toBe('confirm_order');
  });

  test('in the middle of an order, or with words about goods, is no slip', () => {
    chat().says('3 case coke 500').sends(photo()).hears("can't read pictures", 'Shall I place it?');
    chat().sends(photo('10 coke 500')).hears("can't read pictures");
  });
});

const receipt: MoneyNews = {
  kind: 'payment_recorded',
  retailerId: 'asha',
  currency: 'INR',
  amountMinor: 500_000n,
  method: 'upi',
  reference: '123',
  debts: [
    { orderNumber: 1042, amountMinor: 432_000n, restMinor: 0n },
    { orderNumber: null, amountMinor: 60_000n, restMinor: 40_000n },
  ],
  debtsLeftOut: 0,
  keptMinor: 8_000n,
  owedMinor: 40_000n,
  availableMinor: 9_960_000n,
};
const refused: MoneyNews = {
  kind: 'claim_refused',
  retailerId: 'asha',
  currency: 'INR',
  amountMinor: 500_000n,
  reference: '123',
  reason: 'no such transfer in our bank.',
};

describe('news of money', () => {
  test('a receipt says what was paid by order, what is kept, owed and available', () => {
    chat()
      .sends(receipt)
      .hearsExactly(
        'Payment received: *5,000.00* by UPI, ref 123. Thank you!\n' +
          'Order *1042*: 4,320.00, paid in full\n' +
          'Earlier balance: 600.00, 400.00 left to pay\n' +
          '80.00 is kept for what you buy next.\n' +
          'You owe 400.00 now and have *99,600.00* of credit left.',
      );
  });

  test('a receipt has its template for a closed window where the wholesaler sends it, and else none', () => {
    expect(chat().sends(receipt).replies()[0]).not.toHaveProperty('outsideWindow');
    const notices = { ...DEFAULT_POLICIES.notices, send: ['payment_received' as const] };
    const [reply] = chat({ policies: { notices } }).sends(receipt).replies();
    expect(reply?.outsideWindow).toMatchObject({
      name: 'orderlock_payment_received',
      body: expect.arrayContaining([{ name: 'amount', text: '₹5,000.00' }]),
      payloads: ['ask:statement'],
    });
  });

  test('a refused claim says why, in the wholesaler’s words', () => {
    chat()
      .sends(refused)
      .hears(/could not confirm your payment of \*5,000\.00\*, ref 123: no such transfer in our bank\. It/);
  });

  test('is told to that shop alone, and leaves the chat as it was', () => {
    expect(
      chat()
        .sends({ ...receipt, retailerId: 'another' })
        .replies(),
    ).toEqual([]);
    const asha = chat().says('3 case coke 500');
    const before = asha.state();
    asha.sends(receipt);
    expect(asha.state()).toEqual(before);
  });

  test.each(LANGUAGES)('in %s every figure is there', (language) => {
    const asha = chat({ retailer: { id: 'asha', name: 'Asha Stores', language } });
    const lines = asha.sends(receipt).text().split('\n');
    expect(lines).toHaveLength(5);
    expect(lines.join()).toContain('1042');
    expect(lines.join()).toContain('123');
    expect(asha.sends(refused).text()).toContain('no such transfer');
    expect(asha.says('paid 5000 upi ref 778').text()).toContain('778');
  });
});
