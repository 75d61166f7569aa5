import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Credit } from '../../src/credit/index.ts';
import { createPassage, type Passage } from './passage.ts';
import { type CreditBench, createCreditBench, newOrderId, W } from './shop.ts';

// What callers get wrong, call by call: each has its code and a message that a cashier understands, and changes nothing.

let bench: CreditBench;
let on: Passage;
beforeAll(async () => {
  bench = await createCreditBench();
  on = createPassage(bench);
});
afterAll(() => bench.drop());

type Answer = { success: boolean; code?: string; message?: string };

/** A shop with something of everything: a debt, kept money of a payment, and an open hold. */
async function livelyShop() {
  const shop = await bench.shop({ limitMinor: 1_000_000n });
  const paid = await on.pay(shop, 1_000n);
  if (!paid.success || paid.paymentId === null) throw new Error('no payment');
  const debt = await bench.credit.adjustBalance({
    wholesalerId: W,
    retailerId: shop,
    amountMinor: 50_000n,
    reason: 'old invoice',
  });
  if (!debt.success) throw new Error(debt.message);
  return { shop, hold: await on.hold(shop, 20_000n), paymentId: paid.paymentId };
}

/** All that a wrong call could have touched. */
async function stateOf(shop: string): Promise<unknown> {
  const [state] = await bench.db.prisma.$queryRaw<unknown[]>`
    select (select jsonb_agg(to_jsonb(t)) from credit_account t where t.retailer_id = ${shop}) as account,
           (select jsonb_agg(to_jsonb(t) order by t.id) from credit_hold t where t.retailer_id = ${shop}) as holds,
           (select jsonb_agg(to_jsonb(t) order by t.id) from receivable t where t.retailer_id = ${shop}) as debts,
           (select jsonb_agg(to_jsonb(t) order by t.id) from payment t where t.retailer_id = ${shop}) as payments,
           (select jsonb_agg(to_jsonb(t) order by t.entry_id) from payment_allocation t where t.retailer_id = ${shop}) as shares,
           (select count(*) from credit_override t where t.retailer_id = ${shop}) as overrides,
           (select count(*) from credit_terms_change t where t.retailer_id = ${shop}) as terms,
           (select count(*) from ledger_entry t where t.retailer_id = ${shop}) as entries`;
  return state;
}

async function expectRefused(shop: string, call: () => Promise<Answer>, code: string, message: RegExp): Promise<void> {
  const before = await stateOf(shop);
  const answer = await call();
  expect(answer).toMatchObject({ success: false, code, message: expect.stringMatching(message) });
  // A message for people: a sentence, and nothing of the machine in it.
  expect(answer.message).toMatch(/^[A-Z].*\.$/s);
  expect(answer.message).not.toMatch(/undefined|null|\?|_|SQL|NaN/);
  expect(await stateOf(shop)).toEqual(before);
}

type Lively = Awaited<ReturnType<typeof livelyShop>>;

/** One for all calls that are only refused: each proves that it left the shop as it was. */
let shared: Lively;
beforeAll(async () => {
  shared = await livelyShop();
});

type Amount = bigint | number;
const by = { wholesalerId: W, actor: 'asha' };
const soon = (): Date => new Date(Date.now() + 3_600_000);

/** Every call that takes an amount, with everything else right. */
const withAmount: [string, (credit: Credit, lively: Lively, amountMinor: Amount) => Promise<Answer>][] = [
  [
    'acquire',
    (c, { shop }, a) => c.acquireAndValidateCredit({ ...by, retailerId: shop, orderId: newOrderId(), orderAmount: a }),
  ],
  ['adjust', (c, { hold }, a) => c.adjustHold({ ...by, ledgerEntryId: hold, amountMinor: a })],
  ['capture', (c, { hold }, a) => c.captureHold({ ...by, ledgerEntryId: hold, amountMinor: a })],
  [
    'release in part',
    (c, { hold }, a) => c.releasePart({ ...by, ledgerEntryId: hold, amountMinor: a, reason: 'less' }),
  ],
  ['payment', (c, { shop }, a) => c.recordPayment({ ...by, retailerId: shop, amountMinor: a, method: 'cash' })],
  ['credit note', (c, { shop }, a) => c.issueCreditNote({ ...by, retailerId: shop, amountMinor: a, reason: 'broken' })],
  ['write-off', (c, { shop }, a) => c.writeOff({ ...by, retailerId: shop, amountMinor: a, reason: 'gone' })],
  [
    'override',
    (c, { shop }, a) =>
      c.grantOverride({
        ...by,
        retailerId: shop,
        orderId: newOrderId(),
        amountMinor: a,
        expiresAt: soon(),
        reason: 'good customer',
      }),
  ],
];

const notAmounts: [string, Amount][] = [
  ['zero', 0],
  ['zero as a bigint', 0n],
  ['a negative', -1],
  ['a negative bigint', -500n],
  ['a fraction', 10.5],
  ['not a number', Number.NaN],
  ['infinity', Number.POSITIVE_INFINITY],
  ['a string', '100' as unknown as number],
  ['nothing', undefined as unknown as number],
  ['an object', {} as unknown as number],
  ['more than a safe integer', 2 ** 53],
  ['more than our JSON can show', 9_007_199_254_740_992n],
  ['more than a bigint of the database', 2n ** 63n],
  ['a monster', 10n ** 40n],
];

describe.each(withAmount)('an amount for %s', (_name, call) => {
  test.each(notAmounts)('that is %s', async (_what, amount) => {
    const lively = shared;
    await expectRefused(
      lively.shop,
      () => call(bench.credit, lively, amount),
      'INVALID_AMOUNT',
      /whole number of minor units/,
    );
  });
});

// Below zero means less debt there, so only what is no whole number is wrong.
test.each(notAmounts.filter(([what]) => !what.startsWith('a negative')))(
  'a correction by %s',
  async (_what, amountMinor) => {
    const { shop } = shared;
    const call = () => bench.credit.adjustBalance({ ...by, retailerId: shop, amountMinor, reason: 'counted' });
    await expectRefused(shop, call, 'INVALID_AMOUNT', /whole number of minor units/);
  },
);

test.each(notAmounts.filter(([what]) => !what.startsWith('zero') && what !== 'nothing'))(
  'a limit of %s',
  async (_what, limitMinor) => {
    const { shop } = shared;
    const call = () => bench.credit.changeLimit({ ...by, retailerId: shop, limitMinor, reason: 'x' });
    await expectRefused(shop, call, 'INVALID_AMOUNT', /whole number of minor units/);
  },
);

describe('another currency than that of the account', () => {
  const other = { ...by, currency: 'USD', amountMinor: 5n, reason: 'x' };
  test.each<[string, (credit: Credit, lively: Lively) => Promise<Answer>]>([
    [
      'acquire',
      (c, { shop }) =>
        c.acquireAndValidateCredit({
          ...by,
          retailerId: shop,
          orderId: newOrderId(),
          orderAmount: 5n,
          currency: 'USD',
        }),
    ],
    ['payment', (c, { shop }) => c.recordPayment({ ...other, retailerId: shop, method: 'cash' })],
    ['credit note', (c, { shop }) => c.issueCreditNote({ ...other, retailerId: shop })],
    ['write-off', (c, { shop }) => c.writeOff({ ...other, retailerId: shop })],
    ['correction up', (c, { shop }) => c.adjustBalance({ ...other, retailerId: shop })],
    ['correction down', (c, { shop }) => c.adjustBalance({ ...other, retailerId: shop, amountMinor: -5n })],
    ['limit', (c, { shop }) => c.changeLimit({ ...other, retailerId: shop, limitMinor: 5n })],
    [
      'override',
      (c, { shop }) => c.grantOverride({ ...other, retailerId: shop, orderId: newOrderId(), expiresAt: soon() }),
    ],
  ])('%s', async (_name, call) => {
    const lively = shared;
    await expectRefused(lively.shop, () => call(bench.credit, lively), 'INVALID_AMOUNT', /another currency/);
  });
});

/** Every call that needs a reason, with everything else right. */
const withReason: [string, (credit: Credit, lively: Lively, reason: string) => Promise<Answer>][] = [
  ['release', (c, { hold }, reason) => c.releaseCreditLock(hold, reason)],
  ['release in part', (c, { hold }, reason) => c.releasePart({ ...by, ledgerEntryId: hold, amountMinor: 1n, reason })],
  ['extension', (c, { hold }, reason) => c.extendHold({ ...by, ledgerEntryId: hold, expiresAt: soon(), reason })],
  [
    'capture that gives back the rest',
    (c, { hold }, reason) => c.captureHold({ ...by, ledgerEntryId: hold, amountMinor: 1n, releaseRest: true, reason }),
  ],
  ['reversal', (c, { paymentId }, reason) => c.reversePayment({ ...by, paymentId, reason })],
  ['credit note', (c, { shop }, reason) => c.issueCreditNote({ ...by, retailerId: shop, amountMinor: 1n, reason })],
  ['write-off', (c, { shop }, reason) => c.writeOff({ ...by, retailerId: shop, amountMinor: 1n, reason })],
  ['correction', (c, { shop }, reason) => c.adjustBalance({ ...by, retailerId: shop, amountMinor: 1n, reason })],
  ['limit', (c, { shop }, reason) => c.changeLimit({ ...by, retailerId: shop, limitMinor: 1n, reason })],
  ['terms', (c, { shop }, reason) => c.setTerms({ ...by, retailerId: shop, termsDays: 3, reason })],
  ['block', (c, { shop }, reason) => c.blockAccount({ ...by, retailerId: shop, reason })],
  ['unblock', (c, { shop }, reason) => c.unblockAccount({ ...by, retailerId: shop, reason })],
  ['close', (c, { shop }, reason) => c.closeAccount({ ...by, retailerId: shop, reason })],
  [
    'override',
    (c, { shop }, reason) =>
      c.grantOverride({ ...by, retailerId: shop, orderId: newOrderId(), amountMinor: 1n, expiresAt: soon(), reason }),
  ],
];

describe.each(withReason)('the reason of a %s', (_name, call) => {
  test.each<[string, string]>([
    ['left out', undefined as unknown as string],
    ['empty', ''],
    ['only spaces', ' \t\n'],
    ['too long', 'x'.repeat(501)],
    ['no text', 5 as unknown as string],
    ['what the database cannot store', 'a\0b'],
  ])('%s', async (_what, reason) => {
    const lively = shared;
    await expectRefused(lively.shop, () => call(bench.credit, lively, reason), 'INVALID_REASON', /Give a reason/);
  });
});

describe('ids that nobody has', () => {
  const nowhere = '018f0000-0000-7000-8000-000000000000';
  const onHold: [string, (credit: Credit, ledgerEntryId: string, wholesalerId: string) => Promise<Answer>][] = [
    ['release', (c, id, wholesalerId) => c.releaseCreditLock(id, 'x', { wholesalerId })],
    ['adjust', (c, id, wholesalerId) => c.adjustHold({ wholesalerId, ledgerEntryId: id, amountMinor: 5n })],
    ['capture', (c, id, wholesalerId) => c.captureHold({ wholesalerId, ledgerEntryId: id, amountMinor: 5n })],
    [
      'release in part',
      (c, id, wholesalerId) => c.releasePart({ wholesalerId, ledgerEntryId: id, amountMinor: 5n, reason: 'x' }),
    ],
    [
      'extend',
      (c, id, wholesalerId) => c.extendHold({ wholesalerId, ledgerEntryId: id, expiresAt: soon(), reason: 'x' }),
    ],
  ];
  test.each(onHold)('a hold to %s', async (_name, call) => {
    const { shop, hold, paymentId } = shared;
    const ids = [nowhere, 'A-17', '', paymentId, undefined as unknown as string];
    for (const id of ids) {
      await expectRefused(shop, () => call(bench.credit, id, W), 'LEDGER_ENTRY_NOT_FOUND', /No credit was ever held/);
    }
    // A hold of another wholesaler is one that does not exist.
    await expectRefused(shop, () => call(bench.credit, hold, 'somebody-else'), 'LEDGER_ENTRY_NOT_FOUND', /ever held/);
  });

  test('a payment of another wholesaler', async () => {
    const { shop, paymentId } = shared;
    const other = { wholesalerId: 'somebody-else', paymentId };
    const calls = [
      () => bench.credit.reversePayment({ ...other, reason: 'x' }),
      () => bench.credit.allocatePayment(other),
    ];
    for (const call of calls) await expectRefused(shop, call, 'LEDGER_ENTRY_NOT_FOUND', /no payment/);
  });

  test.each(['nobody', '', 'x'.repeat(201), 'a\0b', null as unknown as string])(
    'the account of the shop %j',
    async (retailerId) => {
      const { shop } = shared;
      const account = { ...by, retailerId, reason: 'x' };
      const calls: (() => Promise<Answer>)[] = [
        () => bench.credit.acquireAndValidateCredit({ ...account, orderId: newOrderId(), orderAmount: 5n }),
        () => bench.credit.recordPayment({ ...account, amountMinor: 5n, method: 'cash' }),
        () => bench.credit.issueCreditNote({ ...account, amountMinor: 5n }),
        () => bench.credit.writeOff({ ...account, amountMinor: 5n }),
        () => bench.credit.adjustBalance({ ...account, amountMinor: 5n }),
        () => bench.credit.changeLimit({ ...account, limitMinor: 5n }),
        () => bench.credit.setTerms({ ...account, termsDays: 5 }),
        () => bench.credit.blockAccount(account),
        () => bench.credit.grantOverride({ ...account, orderId: newOrderId(), amountMinor: 5n, expiresAt: soon() }),
      ];
      for (const call of calls) await expectRefused(shop, call, 'CREDIT_ACCOUNT_NOT_FOUND', /no credit account/);
      expect(await bench.credit.getAccount(account)).toBeNull();
      expect(await bench.credit.listEntries(account)).toEqual([]);
    },
  );
});

describe('the same key with another body', () => {
  test.each<[string, (credit: Credit, lively: Lively, key: string, changed: boolean) => Promise<Answer>]>([
    [
      'acquire',
      (c, { shop }, key, changed) =>
        c.acquireAndValidateCredit({ ...by, retailerId: shop, orderId: key, orderAmount: changed ? 6n : 5n }),
    ],
    [
      'adjust',
      (c, { hold }, key, changed) =>
        c.adjustHold({ ...by, ledgerEntryId: hold, key, amountMinor: changed ? 21_000n : 22_000n }),
    ],
    [
      'capture',
      (c, { hold }, key, changed) =>
        c.captureHold({ ...by, ledgerEntryId: hold, key, amountMinor: 5n, ...(changed ? { reference: 'INV-2' } : {}) }),
    ],
    [
      'release in part',
      (c, { hold }, key, changed) =>
        c.releasePart({ ...by, ledgerEntryId: hold, key, amountMinor: changed ? 6n : 5n, reason: 'x' }),
    ],
    [
      'extend',
      (c, { hold }, key, changed) =>
        c.extendHold({
          ...by,
          ledgerEntryId: hold,
          key,
          expiresAt: new Date(changed ? '2030-01-01' : '2030-01-02'),
          reason: 'x',
        }),
    ],
    [
      'payment',
      (c, { shop }, key, changed) =>
        c.recordPayment({ ...by, retailerId: shop, key, amountMinor: 5n, method: changed ? 'upi' : 'cash' }),
    ],
    [
      'allocation',
      (c, { paymentId }, key, changed) =>
        c.allocatePayment({ ...by, paymentId, key, ...(changed ? { allocations: [] } : {}) }),
    ],
    [
      'credit note',
      (c, { shop }, key, changed) =>
        c.issueCreditNote({ ...by, retailerId: shop, key, amountMinor: changed ? 6n : 5n, reason: 'x' }),
    ],
    [
      'write-off',
      (c, { shop }, key, changed) =>
        c.writeOff({ ...by, retailerId: shop, key, amountMinor: changed ? 6n : 5n, reason: 'x' }),
    ],
    [
      'correction',
      (c, { shop }, key, changed) =>
        c.adjustBalance({ ...by, retailerId: shop, key, amountMinor: changed ? -5n : 5n, reason: 'x' }),
    ],
    [
      'limit',
      (c, { shop }, key, changed) =>
        c.changeLimit({ ...by, retailerId: shop, key, limitMinor: changed ? 6n : 5n, reason: 'x' }),
    ],
    [
      'override',
      (c, { shop }, key, changed) =>
        c.grantOverride({
          ...by,
          retailerId: shop,
          key,
          orderId: 'one-off',
          amountMinor: changed ? 6n : 5n,
          expiresAt: new Date('2027-01-01'),
          reason: 'x',
        }),
    ],
  ])('%s', async (_name, call) => {
    const lively = await livelyShop();
    const key = newOrderId();
    expect(await call(bench.credit, lively, key, false)).toMatchObject({ success: true, replayed: false });
    await expectRefused(
      lively.shop,
      () => call(bench.credit, lively, key, true),
      'DUPLICATE_ORDER',
      /was used for another/,
    );
    expect(await call(bench.credit, lively, key, false)).toMatchObject({ success: true, replayed: true });
  });

  test('and the key of one kind of call for another', async () => {
    const { shop, hold } = await livelyShop();
    const { key } = await on.pay(shop, 5n);
    await expectRefused(shop, () => on.capture(hold, 5n, { key }), 'DUPLICATE_ORDER', /another request/);
    await expectRefused(shop, () => bench.order(shop, 5n, { orderId: key }), 'DUPLICATE_ORDER', /another request/);
  });

  test.each(['', 'x'.repeat(201), 'a\0b', 5 as unknown as string])('a key that cannot be kept: %j', async (key) => {
    const { shop, hold } = shared;
    const calls = [
      () => on.capture(hold, 5n, { key }),
      () => on.adjust(hold, 5n, { key }),
      () => on.pay(shop, 5n, { key }),
    ];
    for (const call of calls) await expectRefused(shop, call, 'INVALID_TERMS', /text of 1 to 200 characters/);
  });
});

test('capture, adjust, release in part and extension of a hold that was given back', async () => {
  const { shop, hold } = await livelyShop();
  await bench.credit.releaseCreditLock(hold, 'cancelled');
  const calls = [
    () => on.capture(hold, 5n),
    () => on.adjust(hold, 5n),
    () => on.releasePart(hold, 5n),
    () => on.extend(hold, soon()),
  ];
  for (const call of calls) await expectRefused(shop, call, 'HOLD_NOT_OPEN', /given back already/);
});

test('payments with a method, a date or a reference that cannot be', async () => {
  const { shop } = shared;
  const inTwoDays = new Date(Date.now() + 2 * 86_400_000);
  await expectRefused(shop, () => on.pay(shop, 5n, { method: '' }), 'INVALID_TERMS', /how it was paid/);
  await expectRefused(shop, () => on.pay(shop, 5n, { receivedAt: inTwoDays }), 'INVALID_TERMS', /after today/);
  await expectRefused(shop, () => on.pay(shop, 5n, { receivedAt: new Date('x') }), 'INVALID_TERMS', /after today/);
  await expectRefused(shop, () => on.pay(shop, 5n, { reference: 'x'.repeat(201) }), 'INVALID_TERMS', /at most 200/);
});

test('a debt due on a day that is none', async () => {
  const { shop } = shared;
  for (const dueOn of ['2026-02-30', 'tomorrow', '31.12.2026', '']) {
    const call = () => bench.credit.adjustBalance({ ...by, retailerId: shop, amountMinor: 5n, dueOn, reason: 'x' });
    await expectRefused(shop, call, 'INVALID_TERMS', /due date/);
  }
});
