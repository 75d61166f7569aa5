/** Approvers in the chat, and shops that hear what they decided. */
import { describe, expect, test } from 'vitest';
import type { OpenApproval } from '../../src/approvals/types.ts';
import type { Effect } from '../../src/conversation/types.ts';
import { type Chat, chat } from './chat.ts';
import { NOON } from './shop.ts';

const ID = '01980000-0000-7000-8000-000000000001';
const OTHER = '01980000-0000-7000-8000-000000000002';

const open = (more: Partial<OpenApproval> = {}): OpenApproval => ({
  id: ID,
  orderId: 'order-1',
  number: 1043,
  retailerId: 'bela',
  shop: 'Bela Stores',
  amountMinor: 4_000_000n,
  currency: 'INR',
  shortMinor: 1_500_000n,
  limitMinor: 10_000_000n,
  owedMinor: 0n,
  heldMinor: 7_500_000n,
  overdueMinor: 0n,
  askedAt: NOON,
  expiresAt: new Date(NOON.getTime() + 86_400_000),
  lastOrders: [{ number: 1042, status: 'approved', amountMinor: 7_500_000n, placedAt: NOON }],
  lastPayments: [{ amountMinor: 500_000n, receivedAt: NOON }],
  ...more,
});

const approver = (approvals: OpenApproval[], withShop = false, language: string | null = null): Chat =>
  chat(withShop ? {} : { retailer: null }).withFacts((facts) => ({
    ...facts,
    approver: { id: 'ravi', name: 'Ravi', language },
    approvals,
  }));

const decided = (asha: Chat): Effect[] => asha.effects().filter(({ kind }) => kind === 'decide_approval');

describe('an approver', () => {
  test('is asked in their own language, within the 24 hours and outside of them, until they write in another', () => {
    const ravi = approver([open()], false, 'es').sends({ kind: 'approval_asked', approvalId: ID });
    ravi.hears('Bela Stores').offers('Aprobar', 'Rechazar');
    expect(ravi.replies()[0]?.outsideWindow).toMatchObject({ language: 'es' });
    approver([open()], false, 'es')
      .says('in english please')
      .sends({ kind: 'approval_asked', approvalId: ID })
      .offers('Approve', 'Reject');
  });

  test('is asked once, with shop, order, what is missing, the figures and the last orders and payments', () => {
    approver([open()])
      .sends({ kind: 'approval_asked', approvalId: ID })
      .hears(
        'Bela Stores asks for order *1043* of *40,000.00*: 15,000.00 more',
        'Limit 100,000.00',
        'on order 75,000.00',
      )
      .hears('Order *1042*', '75,000.00, placed', 'Last payments', '5,000.00')
      .hearsMessages(1)
      .offers('Approve', 'Reject');
  });

  test('is asked by a template outside the 24 hours, whose buttons say the same', () => {
    const [reply] = approver([open()]).sends({ kind: 'approval_asked', approvalId: ID }).replies();
    expect(reply?.outsideWindow).toMatchObject({
      name: expect.stringMatching(/approval_request$/),
      payloads: [`approve:${ID}`, `reject:${ID}`],
    });
  });

  test.each<[string, boolean]>([
    ['Approve', true],
    ['approve 1043', true],
    ['yes', true],
    ['ok', true],
    ['Reject', false],
    ['no', false],
    ['reject 1043', false],
  ])('answers by the word %j', (word, approve) => {
    const ravi = approver([open()]).says(word);
    expect(decided(ravi)).toEqual([{ kind: 'decide_approval', approvalId: ID, approve }]);
    ravi.hears(approve ? 'Approved: order *1043* of Bela Stores' : 'Rejected: order *1043* of Bela Stores');
  });

  test('answers by a tap', () => {
    approver([open()]).sends({ kind: 'approval_asked', approvalId: ID }).taps('Reject').hears('Rejected: order *1043*');
  });

  test('who says yes while several wait is asked which one, and a number says it', () => {
    const ravi = approver([open(), open({ id: OTHER, number: 1044, shop: 'Chand' })]);
    ravi.says('yes').hears('2 orders wait', '1043: Bela Stores', '1044: Chand');
    expect(decided(ravi)).toEqual([]);
    ravi.says('approve 1044').hears('order *1044* of Chand');
  });

  test('who comes late hears what was decided, and by whom', () => {
    const answer = { kind: 'already', approvalId: ID, orderId: 'order-1', number: 1043, shop: 'Bela Stores' } as const;
    const late = (state: 'approved' | 'expired', by: string | null): Chat =>
      approver([]).sends({
        kind: 'approval_answered',
        answer: { ...answer, amountMinor: 4_000_000n, state, by },
      });
    late('approved', 'Meera').hearsExactly('Order *1043* of Bela Stores was approved already by Meera.');
    late('expired', null).hearsExactly('Order *1043* of Bela Stores lapsed without an answer.');
  });

  test('with a shop of their own orders like any other, and a yes goes to the order that is open', () => {
    const ravi = approver([open()], true).says('1 case coke 500').hears('Total *432.00*').says('yes').hears('placed');
    expect(decided(ravi)).toEqual([]);
  });

  test('with a shop of their own decides by a tap or by the number: an "ok" may thank for their own order', () => {
    const ravi = approver([open()], true).says('1 case coke 500').says('yes').says('ok');
    ravi.hears('Bela Stores asks for order *1043*').offers('Approve', 'Reject');
    expect(decided(ravi)).toEqual([]);
    ravi.taps('Approve').hears('Approved: order *1043*');
    expect(decided(approver([open()], true).says('approve 1043'))).toHaveLength(1);
  });

  test.each(['yes', 'approve 1043', 'no'])('whose %j reached us more than an hour late is asked once more', (word) => {
    const ravi = approver([open()]).afterOutageOf(61).says(word);
    ravi.hears('Your message reached me late, so nothing is decided yet.', 'Bela Stores asks for order *1043*');
    expect(decided(ravi)).toEqual([]);
    ravi.offers('Approve', 'Reject').later(0).taps('Approve');
    expect(decided(ravi)).toHaveLength(1);
  });

  test('whose tap reached us late about a request that is decided hears by whom', () => {
    const ravi = approver([]).afterOutageOf(61).tapsId(`approve:${ID}`);
    expect(decided(ravi)).toHaveLength(1);
  });

  test('without anything to decide is told so, and sees nothing of goods or prices', () => {
    approver([])
      .says('10 case coke 500')
      .hearsExactly('No order waits for your approval now. When one does, I write to you here.');
  });
});

test('nobody else decides: a tap on Approve by a shop is answered with how things stand', () => {
  const asha = chat().tapsId(`approve:${ID}`).hears('older message');
  expect(decided(asha)).toEqual([]);
});

describe('the shop', () => {
  const news = (outcome: 'approved' | 'rejected' | 'refused' | 'expired') => ({
    kind: 'approval_decided' as const,
    retailerId: 'asha',
    orderId: 'order-1',
    number: 1043,
    amountMinor: 4_000_000n,
    currency: 'INR',
    outcome,
    availableMinor: outcome === 'approved' ? -1_500_000n : null,
  });

  test.each([
    ['approved', /order \*1043\* is approved and placed\. 40,000\.00 on credit, 0\.00 left/, 'approval_granted'],
    ['rejected', /was not approved, so it is not placed/, 'approval_refused'],
    ['refused', /was approved, but it can’t be placed as your account stands/, 'approval_refused'],
    ['expired', /Nobody could look at order \*1043\*/, 'approval_expired'],
  ] as const)('hears that it was %s, inside the window and by template outside', (outcome, words, template) => {
    const asha = chat().says('1 case coke 500').sends(news(outcome)).hears(words);
    expect(asha.replies()[0]?.outsideWindow?.name).toMatch(new RegExp(`${template}$`));
    expect(asha.state().pending?.kind, 'the open order stays open').toBe('confirm_order');
  });

  test('that is another by now hears nothing', () => {
    chat({ retailer: { id: 'other', name: 'Other', language: 'en' } })
      .sends(news('approved'))
      .hearsMessages(0);
  });
});
