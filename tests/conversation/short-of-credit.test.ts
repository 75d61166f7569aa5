/** An order that is more than there is credit for: what is offered, and what becomes of each choice. */
import { describe, expect, test } from 'vitest';
import { LANGUAGES, type WholesalerPolicies } from '../../src/shared/policies.ts';
import { type Chat, chat } from './chat.ts';
import { ACCOUNT } from './shop.ts';

/** 900.00 are left of the credit. */
const LITTLE = { ...ACCOUNT, owedMinor: 0n, heldMinor: 9_910_000n, availableMinor: 90_000n };

const ALL = [/^Fit to 900\.00$/, 'Ask for approval', 'Pay first', 'Cancel'];

describe('an order that is short of credit', () => {
  test('is shown with its figures and, in one list, with everything that can be done', () => {
    const asha = chat({ account: LITTLE })
      .says('3 case coke 500')
      .hears(/Coca-Cola.*1,296\.00/, '396.00 too much', 'limit 100,000.00')
      .hearsMessages(1)
      .offers(...ALL);
    expect(asha.state().pending?.kind).toBe('short_of_credit');
  });

  test.each<[Partial<WholesalerPolicies>, (string | RegExp)[]]>([
    [{ shortOfCredit: ['trim_to_fit', 'ask_approval'] }, [/^Fit to/, 'Ask for approval', 'Cancel']],
    [{ shortOfCredit: ['pay_first'] }, ['Pay first', 'Cancel']],
    [{ shortOfCredit: ['ask_approval', 'trim_to_fit'] }, ['Ask for approval', /^Fit to/, 'Cancel']],
    [{ shortOfCredit: [] }, ['Talk to a person', 'Cancel']],
  ])('offers what the wholesaler lets shops do, in its order: %o', (policies, titles) => {
    chat({ account: LITTLE, policies })
      .says('3 case coke 500')
      .offers(...titles);
  });

  test('offers no trimming where not even the least of it fits', () => {
    chat({ account: { ...LITTLE, availableMinor: 1_00n } })
      .says('3 case coke 500')
      .offers('Ask for approval', 'Pay first', 'Cancel');
  });

  test('offers no trimming to less than the smallest order, and an old tap for it changes nothing', () => {
    const policies = { minimumOrderMinor: 90_000 };
    const asha = chat({ account: LITTLE, policies }).says('3 case coke 500');
    asha.offers('Ask for approval', 'Pay first', 'Cancel');
    const { cart } = asha.state();
    asha.tapsId(asha.idOf('Pay first').replace(/^pay/, 'fit')).offers('Ask for approval', 'Pay first', 'Cancel');
    expect(asha.state().cart).toEqual(cart);
    chat({ account: LITTLE, policies: { minimumOrderMinor: 86_400 } })
      .says('3 case coke 500')
      .offers(...ALL);
  });

  test('is not offered what cannot help while the account is on hold, and never ends dead', () => {
    chat({ account: { ...LITTLE, status: 'blocked' } })
      .says('1 case coke 500')
      .hears('on hold')
      .offers('Pay first', 'Talk to a person', 'Cancel');
  });

  test('is not offered to be placed while overdue debt stops it, and hears what has to be paid', () => {
    const debt = { overdueMinor: 1_230_000n, overdueToleranceMinor: 0n, oldestDueOn: new Date('2026-11-03T00:00:00Z') };
    const asha = chat({ account: { ...ACCOUNT, ...debt } }).says('1 case coke 500');
    asha
      .hears("*12,300.00* is overdue since 3 Nov, so I can't place this now.")
      .offers('Pay first', 'Talk to a person', 'Cancel');
    asha.says('hi').hears("I can't place it as your account stands").offers('Pay first', 'Talk to a person', 'Cancel');
    asha.nextOrderIsRefused('CREDIT_BLOCKED').says('yes').hears('*12,300.00* is overdue since 3 Nov');
    asha.taps('Pay first').hears('I keep order *1042* (432.00)');
    chat({ account: { ...ACCOUNT, ...debt, overdueToleranceMinor: 1_230_000n } })
      .says('1 case coke 500')
      .offers('Confirm', 'Change', 'Cancel');
  });

  test.each(LANGUAGES)('hears in %s what is overdue', (language) => {
    const account = { ...ACCOUNT, overdueMinor: 700n, oldestDueOn: new Date('2026-11-03T00:00:00Z') };
    chat({ account, retailer: { id: 'asha', name: 'Asha Stores', language } })
      .says('1 case coke 500')
      .hears(/\*7[.,]00\*/);
  });

  test('is asked about again after "balance?", with the same choices', () => {
    chat({ account: LITTLE })
      .says('3 case coke 500')
      .says('balance')
      .hears('Available', '396.00 more than your credit has left')
      .offers(...ALL);
  });

  test('can be made smaller by hand, and is then confirmed like any other', () => {
    chat({ account: LITTLE })
      .says('3 case coke 500')
      .says('make coke 500 2')
      .offers('Confirm', 'Change', 'Cancel')
      .taps('Confirm')
      .hears('placed');
  });
});

describe('trimmed to fit', () => {
  test('says what is left out and what the rest costs, and asks', () => {
    const asha = chat({ account: LITTLE })
      .says('3 case coke 500')
      .taps(/^Fit/)
      .hears('Fitted to your credit', 'Left out: Coca-Cola 500ml, 1 case.', 'Total *864.00*', 'after this: 36.00')
      .offers('Confirm', 'Change', 'Cancel');
    asha.taps('Confirm').hears('Order *1042* placed. 864.00 on credit, 36.00 left.');
  });

  test('an old button for it is answered with how things stand', () => {
    const asha = chat({ account: LITTLE }).says('3 case coke 500');
    const old = asha.idOf(/^Fit/);
    asha.says('make coke 500 4').tapsId(old).hears('older message');
    expect(asha.placed()).toEqual([]);
  });
});

describe('asked for approval', () => {
  const asked = (): Chat => chat({ account: LITTLE }).says('3 case coke 500').taps('Ask for approval');

  test('the order is kept with its number, and the chat is free for anything else', () => {
    const asha = asked().hears('Order *1042* (1,296.00) now waits for approval').hearsMessages(1);
    expect(asha.state()).toMatchObject({ cart: [], pending: null });
    expect(asha.placed()).toEqual([]);
    asha.says('1 case coke 500').taps('Confirm').hears('placed');
  });

  test('a yes, a second tap or "my orders" meanwhile hears that it waits', () => {
    asked().says('yes').hears('Order *1042* (1,296.00) is waiting for approval');
    const asha = chat({ account: LITTLE }).says('3 case coke 500');
    const button = asha.idOf('Ask for approval');
    asha.taps('Ask for approval').tapsId(button).hears('is waiting for approval');
    asha.says('where is my order').hears(/1042.*waiting for approval/s);
  });

  test('it can be taken back while it waits', () => {
    asked().says('cancel 1042').hearsExactly('Order *1042* is taken back. Nothing was ordered.');
  });

  test('a price that moved is shown again before anybody is asked', () => {
    chat({ account: LITTLE })
      .says('3 case coke 500')
      .product('COKE500', { unitPricesMinor: { each: 1_900n, case: 45_600n } })
      .taps('Ask for approval')
      .hears('Prices changed', '1,368.00')
      .offers(...ALL);
  });

  test('credit that came free meanwhile is used instead', () => {
    chat({ account: LITTLE })
      .says('3 case coke 500')
      .account({ availableMinor: 900_000n })
      .taps('Ask for approval')
      .offers('Confirm', 'Change', 'Cancel');
  });
});

describe('paid first', () => {
  const waiting = (): Chat => {
    const asha = chat({ account: LITTLE }).says('3 case coke 500').taps('Pay first');
    return asha.hears('I keep order *1042* (1,296.00)');
  };
  const fits = (asha: Chat): Chat =>
    asha.account({ availableMinor: 1_000_000n }).sends({
      kind: 'order_fits',
      retailerId: 'asha',
      orderId: asha.facts().orders[0]?.id ?? '',
      number: 1042,
      amountMinor: 129_600n,
      currency: 'INR',
    });

  test('the order is proposed again when there is credit, and placed under its number', () => {
    const asha = fits(waiting());
    asha
      .hears('your credit has room for order *1042* now', /Coca-Cola.*1,296\.00/)
      .offers('Confirm', 'Change', 'Cancel');
    asha.taps('Confirm').hears('Order *1042* placed. 1,296.00 on credit');
    expect(asha.placed()).toMatchObject([{ waitedNumber: 1042, orderId: asha.facts().orders[0]?.id }]);
  });

  test('today’s prices count, and a change of the order stays the same order', () => {
    const asha = waiting();
    asha.product('COKE500', { unitPricesMinor: { each: 1_900n, case: 45_600n } });
    fits(asha).hears('Total *1,368.00*').says('add 1 bag sona masoori').taps('Confirm').hears('Order *1042* placed');
  });

  test('cancelling the proposal takes the order back, so that it is not asked about again', () => {
    const asha = fits(waiting()).taps('Cancel').hears('Order *1042* is taken back');
    expect(asha.facts().orders[0]?.status).toBe('cancelled');
    fits(asha).hearsMessages(0);
  });

  test('while another order is open it is only called to mind, and taken up later', () => {
    const asha = waiting().says('1 case coke 500');
    const pending = asha.state().pending;
    fits(asha).hears('room for order *1042* (1,296.00) now').offers('Show the order');
    expect(asha.state().pending).toEqual(pending);
    const button = asha.idOf('Show the order');
    asha.tapsId(button).hears('another order open').taps('Confirm').hears('placed');
    asha.tapsId(button).hears('Total *1,296.00*').taps('Confirm').hears('Order *1042* placed');
  });

  test('outside the 24 hours a template says it, and its button shows the order', () => {
    const [reply] = fits(waiting()).replies();
    expect(reply?.outsideWindow).toMatchObject({
      name: expect.stringMatching(/order_fits$/),
      payloads: [expect.stringMatching(/^take_up:/), expect.any(String)],
    });
  });

  test('what lapsed while it waited is said, and can be ordered again as a new order', () => {
    const asha = waiting();
    const orderId = asha.facts().orders[0]?.id ?? '';
    asha.withFacts((facts) => ({ ...facts, orders: facts.orders.map((one) => ({ ...one, status: 'expired' })) }));
    const lapsed = { retailerId: 'asha', orderId, number: 1042, amountMinor: 129_600n, currency: 'INR' };
    asha.sends({ kind: 'wait_lapsed', ...lapsed }).hears('Order *1042* (1,296.00) waited for credit');
    asha.account({ availableMinor: 1_000_000n }).tapsId(`take_up:${orderId}`).taps('Confirm').hears('placed');
    expect(asha.placed().at(-1)?.orderId).not.toBe(orderId);
  });

  test('nothing is said of it to whoever has the number by now', () => {
    const asha = waiting();
    asha.withFacts((facts) => ({ ...facts, retailer: { id: 'other', name: 'Other', language: 'en' } }));
    fits(asha).hearsMessages(0);
  });
});
