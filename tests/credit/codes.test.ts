import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createCredit, verifyLedger } from '../../src/credit/index.ts';
import { createLogger } from '../../src/shared/logger.ts';
import { type CreditBench, createCreditBench, newOrderId, W } from './shop.ts';

let bench: CreditBench;
beforeAll(async () => {
  bench = await createCreditBench();
});
afterAll(async () => {
  expect(await verifyLedger(bench.db)).toMatchObject({ firstBad: null });
  await bench.drop();
});

describe('INVALID_AMOUNT', () => {
  const bad: [string, unknown][] = [
    ['zero', 0n],
    ['zero as a number', 0],
    ['minus zero', -0],
    ['negative', -1n],
    ['a fraction', 10.5],
    ['not a number', Number.NaN],
    ['infinite', Number.POSITIVE_INFINITY],
    ['an unsafe integer', 2 ** 53],
    ['past what JSON can carry', 2n ** 53n],
    ['past what the database can keep', 2n ** 63n],
    ['text', '100'],
    ['nothing', undefined],
    ['null', null],
    ['an object', {}],
  ];
  test.each(bad)('%s', async (_name, amount) => {
    const shop = await bench.shop();
    const result = await bench.order(shop, amount as bigint);
    expect(result).toMatchObject({ success: false, code: 'INVALID_AMOUNT', retryable: false });
    expect(await bench.kinds(shop)).toEqual(['LIMIT_CHANGE']);
  });

  test('the wrong currency, with the right one accepted', async () => {
    const shop = await bench.shop();
    expect(await bench.order(shop, 100n, { currency: 'USD' })).toMatchObject({
      code: 'INVALID_AMOUNT',
      message: 'The amount is in another currency than the account.',
    });
    expect(await bench.order(shop, 100n, { currency: 'inr' })).toMatchObject({ code: 'INVALID_AMOUNT' });
    expect(await bench.order(shop, 100n, { currency: 'INR' })).toMatchObject({ success: true });
  });

  test('amounts may be bigint or safe integers', async () => {
    const shop = await bench.shop({ limitMinor: 2n ** 53n - 1n });
    expect(await bench.order(shop, 1)).toMatchObject({ success: true });
    expect(await bench.order(shop, 2n ** 53n - 2n)).toMatchObject({ success: true, availableMinor: 0n });
  });
});

test('CREDIT_ACCOUNT_NOT_FOUND, whatever the ids are', async () => {
  for (const retailerId of ['nobody', '', 'x'.repeat(5_000), 'nul\0', undefined as unknown as string]) {
    expect(await bench.order(retailerId, 100n)).toMatchObject({
      success: false,
      code: 'CREDIT_ACCOUNT_NOT_FOUND',
      message: 'This shop has no credit account yet. Set one up first.',
    });
  }
  expect(await bench.order(await bench.shop(), 100n, { wholesalerId: 'other' })).toMatchObject({
    code: 'CREDIT_ACCOUNT_NOT_FOUND',
  });
  expect(await bench.credit.getAccount({ wholesalerId: W, retailerId: 'nobody' })).toBeNull();
});

describe('CREDIT_BLOCKED', () => {
  test('by staff', async () => {
    const shop = await bench.shop({ status: 'blocked', blockReason: 'bounced cheque' });
    expect(await bench.order(shop, 100n)).toMatchObject({
      code: 'CREDIT_BLOCKED',
      message: 'Credit for this shop is blocked. Contact support.',
      availableMinor: 100_000n,
    });
  });

  test('by overdue debt: past grace and above the tolerance, as of today', async () => {
    const shop = await bench.shop({ owedMinor: 34_000n, termsDays: 0, graceDays: 3, overdueToleranceMinor: 10_000n });
    await setDue(shop, -3);
    expect(await bench.order(shop, 100n)).toMatchObject({ success: true });
    await setDue(shop, -4);
    expect(await bench.order(shop, 100n)).toMatchObject({
      code: 'CREDIT_BLOCKED',
      message: 'Credit is blocked because 340.00 INR is overdue. Pay it, or contact support.',
    });
    expect(await bench.account(shop)).toMatchObject({ overdueMinor: 34_000n });
    // Down to the tolerance is enough.
    await bench.credit.recordPayment({ wholesalerId: W, retailerId: shop, amountMinor: 24_000n, method: 'cash' });
    expect(await bench.order(shop, 100n)).toMatchObject({ success: true });
    await bench.credit.recordPayment({ wholesalerId: W, retailerId: shop, amountMinor: 10_000n, method: 'cash' });
    expect(await bench.account(shop)).toMatchObject({ overdueMinor: 0n, oldestDueOn: null });
  });

  /** As if the debt had been due so many days from today, by the wholesaler's calendar. */
  async function setDue(shop: string, days: number): Promise<void> {
    await bench.ownerSql(
      `with due as (
         update receivable set due_on = (app_clock() at time zone 'Asia/Kolkata')::date + $2::integer
         where retailer_id = $1 returning due_on)
       update credit_account set oldest_due_on = due.due_on from due where retailer_id = $1`,
      [shop, days],
    );
  }
});

describe('CREDIT_INACTIVE', () => {
  test('closed', async () => {
    const shop = await bench.shop({ status: 'closed' });
    expect(await bench.order(shop, 100n)).toMatchObject({
      code: 'CREDIT_INACTIVE',
      message: 'This credit account is closed. Contact support.',
    });
  });

  test('the limit is no longer valid; a day counts to its end', async () => {
    const yesterday = await bench.shop({ limitValidUntil: dayInKolkata(-1) });
    expect(await bench.order(yesterday, 100n)).toMatchObject({ code: 'CREDIT_INACTIVE', retryable: false });
    const today = await bench.shop({ limitValidUntil: dayInKolkata(0) });
    expect(await bench.order(today, 100n)).toMatchObject({ success: true });
    const instant = await bench.shop({ limitValidUntil: new Date(Date.now() - 1_000).toISOString() });
    expect(await bench.order(instant, 100n)).toMatchObject({ code: 'CREDIT_INACTIVE' });
  });

  const dayInKolkata = (days: number): string =>
    new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Kolkata' }).format(Date.now() + days * 86_400_000);
});

test('INSUFFICIENT_CREDIT tells what is available and how much is missing', async () => {
  const shop = await bench.shop({ limitMinor: 1_240_000n });
  expect(await bench.order(shop, 1_300_000n)).toEqual({
    success: false,
    code: 'INSUFFICIENT_CREDIT',
    message: 'Not enough credit: 12,400.00 INR is available, 600.00 INR short.',
    availableMinor: 1_240_000n,
    shortByMinor: 60_000n,
    retryable: false,
  });
});

test('DUPLICATE_ORDER tells why the id cannot be used again', async () => {
  const shop = await bench.shop();
  const orderId = newOrderId();
  await bench.order(shop, 100n, { orderId });
  expect(await bench.order(shop, 200n, { orderId })).toMatchObject({
    code: 'DUPLICATE_ORDER',
    message: 'This order id was used for another request. Nothing was booked; use a new id.',
  });
});

test('DATABASE_ERROR when nobody answers, and for an order id that cannot be stored; never an exception', async () => {
  const nowhere = createCredit({
    databaseUrl: 'postgresql://nobody@127.0.0.1:1/nothing',
    log: createLogger({ level: 'silent', pretty: false }),
  });
  const request = { wholesalerId: W, retailerId: 'x', orderId: newOrderId(), orderAmount: 1n };
  expect(await nowhere.acquireAndValidateCredit(request)).toMatchObject({ code: 'DATABASE_ERROR', retryable: true });
  await nowhere.close();
  const shop = await bench.shop();
  for (const orderId of ['', 'nul\0', 'x'.repeat(201), 7 as unknown as string]) {
    expect(await bench.order(shop, 1n, { orderId })).toMatchObject({ code: 'DATABASE_ERROR', retryable: false });
  }
});

test('refusals are kept with the figures that were seen, and burn no key', async () => {
  const shop = await bench.shop();
  const orderId = newOrderId();
  await bench.order(shop, 99_000n);
  expect(await bench.order(shop, 2_000n, { orderId, cause: 'event-1' })).toMatchObject({ success: false });
  const decisions = await bench.appSql(
    `select code, key, cause_id, amount_minor::int, limit_minor::int, owed_minor::int, held_minor::int,
            available_minor::int, short_by_minor::int
     from credit_decision where retailer_id = $1`,
    [shop],
  );
  expect(decisions).toEqual([
    {
      code: 'INSUFFICIENT_CREDIT',
      key: orderId,
      cause_id: 'event-1',
      amount_minor: 2_000,
      limit_minor: 100_000,
      owed_minor: 0,
      held_minor: 99_000,
      available_minor: 1_000,
      short_by_minor: 1_000,
    },
  ]);
  await bench.credit.openAccount({ wholesalerId: W, retailerId: shop, limitMinor: 200_000n });
  expect(await bench.order(shop, 2_000n, { orderId })).toMatchObject({ success: true, replayed: false });
  const verdicts = await bench.appSql<{ code: string | null }>(
    'select code from credit_verdict where retailer_id = $1 and key = $2 order by at',
    [shop, orderId],
  );
  expect(verdicts).toEqual([{ code: 'INSUFFICIENT_CREDIT' }, { code: null }]);
});

describe('releases', () => {
  test('INVALID_REASON, LEDGER_ENTRY_NOT_FOUND and the first answer again', async () => {
    const shop = await bench.shop();
    const held = await bench.order(shop, 100n);
    if (!held.success) throw new Error(held.message);
    for (const reason of ['', '   ', 'x'.repeat(501), undefined as unknown as string]) {
      expect(await bench.credit.releaseCreditLock(held.ledgerEntryId, reason)).toMatchObject({
        code: 'INVALID_REASON',
      });
    }
    for (const entry of ['00000000-0000-7000-8000-000000000000', 'no-uuid', undefined as unknown as string]) {
      expect(await bench.credit.releaseCreditLock(entry, 'cancelled')).toMatchObject({
        code: 'LEDGER_ENTRY_NOT_FOUND',
      });
    }
    const first = await bench.credit.releaseCreditLock(held.ledgerEntryId, 'cancelled');
    await bench.order(shop, 5_000n);
    expect(await bench.credit.releaseCreditLock(held.ledgerEntryId, 'again')).toEqual({ ...first, replayed: true });
  });
});
