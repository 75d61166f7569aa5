import { describe, expect, test } from 'vitest';
import { textsFor } from '../../src/conversation/texts/index.ts';
import type { DecisionFound } from '../../src/conversation/types.ts';
import { LANGUAGES } from '../../src/shared/policies.ts';
import { chat } from './chat.ts';
import { earlierOrder } from './shop.ts';

const dues = { pastMinor: 1_230_000n, pastSince: '2026-11-03', nextMinor: 500_000n, nextOn: '2026-12-03' };

describe('the balance', () => {
  test('says what is overdue since when, and what is due next', () => {
    chat()
      .books({ dues })
      .says('balance')
      .hears(/^Limit .*\nOverdue: \*12,300\.00\*, since 3 Nov\.\nDue next: 5,000\.00 on 3 Dec\.$/);
  });

  test('says nothing of due dates to whoever owes nothing', () => {
    chat()
      .says('how much do I owe')
      .hears(/^Limit [^\n]*$/);
  });

  test('writes the year of a date that is not in this one', () => {
    chat()
      .books({ dues: { pastMinor: 100n, pastSince: '2025-12-30' } })
      .says('balance')
      .hears('since 30 Dec 2025');
  });

  test('beside an order is answered with it, in one message', () => {
    chat()
      .books({ dues })
      .says('3 case coke 500. how much do I owe?')
      .hears(/Available/, /Your order/)
      .hearsMessages(1);
  });

  test('in the middle of a question is answered, and the question is asked again', () => {
    chat()
      .books({ dues })
      .says('5 sugar')
      .says('balance')
      .hears(/Overdue/, /Which one/)
      .hearsMessages(1);
  });
});

describe('an order by its number', () => {
  const shop = () => chat({ orders: [earlierOrder(1042)] });

  test.each(['where is 1042', '1042?', 'status of order 1042'])('%j shows it', (words) => {
    shop()
      .says(words)
      .hears(/^Order \*1042\*, .*placed\n1\. /);
  });

  test('shows what was charged, until when, and what is kept for the rest', () => {
    shop()
      .order(1042, 'part_delivered')
      .books({ orders: [{ number: 1042, chargedMinor: 400_000n, heldMinor: 32_000n, dueOn: '2026-12-08' }] })
      .says('where is 1042')
      .hears('partly delivered', 'Charged so far: 4,000.00, due on 8 Dec.', '320.00 of your credit is kept');
  });

  test('that is not theirs is not found', () => {
    shop().says('status of order 7').hears("I can't find order 7");
  });
});

const refusal: DecisionFound = {
  at: new Date('2026-11-24T05:12:00Z'),
  approved: false,
  code: 'INSUFFICIENT_CREDIT',
  because: null,
  currency: 'INR',
  amountMinor: 4_000_000n,
  limitMinor: 10_000_000n,
  owedMinor: 0n,
  heldMinor: 7_500_000n,
  overrideMinor: 0n,
  availableMinor: 2_500_000n,
  shortByMinor: 1_500_000n,
  overdueMinor: null,
  number: null,
  heldFor: [1043],
};

describe('why', () => {
  test('is answered with the figures that were seen under the lock, and the order that held the credit', () => {
    chat()
      .books({ decision: refusal })
      .says('why was my order refused?')
      .hearsExactly(
        'On Tuesday 10:42 you asked for 40,000.00.\n' +
          'Limit 100,000.00 - owed 0.00 - on order 75,000.00 (order 1043) = 25,000.00.\n*15,000.00* were missing.',
      );
  });

  test('names the day where it is longer ago', () => {
    chat()
      .books({ decision: { ...refusal, at: new Date('2026-11-03T05:12:00Z') } })
      .says('why')
      .hears(/^On 3 Nov, 10:42 you asked/);
  });

  test('an overdue debt is named with what it was and since when', () => {
    const overdue = { ...refusal, code: 'CREDIT_BLOCKED' as const, because: 'overdue' as const, shortByMinor: null };
    chat()
      .books({ decision: { ...overdue, overdueMinor: 1_230_000n }, dues })
      .says('why')
      .hears(/\*12,300\.00\* were overdue since 3 Nov, so no order could be placed\.$/)
      .doesNotHear(/missing/);
  });

  test('an account on hold, credit that had run out, and trouble of ours are told apart', () => {
    const because = (code: DecisionFound['code']) =>
      chat({ account: { owedMinor: 0n } as never })
        .books({ decision: { ...refusal, code, shortByMinor: null } })
        .says('why')
        .text();
    expect(because('CREDIT_BLOCKED')).toMatch(/on hold/);
    expect(because('CREDIT_INACTIVE')).toMatch(/not active/);
    expect(because('DUPLICATE_ORDER')).toMatch(/not for lack of credit/);
  });

  test('an order that was accepted is explained as well', () => {
    const fitted = {
      ...refusal,
      approved: true,
      code: null,
      shortByMinor: null,
      amountMinor: 1_000_000n,
      number: 1042,
    };
    chat({ orders: [earlierOrder(1042)] })
      .books({ decision: fitted })
      .says('why 1042')
      .hears(/= 25,000\.00\.\nIt fitted: order \*1042\* was placed\.$/);
  });

  test('nothing refused: how it stands now', () => {
    chat()
      .says('why')
      .hears(/^None of your orders was refused\.\nThis is how your credit stands now/);
  });
});

test.each(LANGUAGES)('in %s no figure is lost', (language) => {
  const said = chat({ retailer: { id: 'asha', name: 'Asha Stores', language } })
    .books({ dues, decision: refusal })
    .sends({ kind: 'looked_up', found: [{ kind: 'dues', dues: { ...dues, unappliedMinor: 700n } }] })
    .text();
  const { money } = textsFor(language);
  expect(said.split('\n').length).toBeGreaterThanOrEqual(4);
  expect(money.balance.overdue({ amount: 'A', date: 'D' })).toMatch(/A.*D|D.*A/);
  for (const title of Object.values(money.buttons)) expect(title.length, title).toBeLessThanOrEqual(20);
});
