import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { verifyLedger } from '../../src/credit/index.ts';
import { createPassage, type Passage } from './passage.ts';
import { type CreditBench, createCreditBench, newOrderId, W } from './shop.ts';

let bench: CreditBench;
let on: Passage;
beforeAll(async () => {
  bench = await createCreditBench();
  on = createPassage(bench);
});
afterAll(() => bench.drop());

const ravi = { wholesalerId: W, actor: 'Ravi' };
const inHours = (hours: number): Date => new Date(Date.now() + hours * 3_600_000);

describe('the limit', () => {
  test('can fall below what is out, which only stops new holds', async () => {
    const shop = await bench.shop();
    const hold = await on.hold(shop, 60_000n);
    const lowered = { ...ravi, retailerId: shop, limitMinor: 50_000, reason: 'late payer', key: newOrderId() };
    expect(await bench.credit.changeLimit(lowered)).toMatchObject({
      success: true,
      replayed: false,
      limitMinor: 50_000n,
      availableMinor: -10_000n,
    });
    expect(await bench.credit.changeLimit(lowered)).toMatchObject({ success: true, replayed: true });
    expect(await bench.order(shop, 1n)).toMatchObject({ code: 'INSUFFICIENT_CREDIT', shortByMinor: 10_001n });
    expect(await on.adjust(hold, 50_000n)).toMatchObject({ success: true, availableMinor: 0n });
    const entries = await bench.credit.listEntries({ wholesalerId: W, retailerId: shop });
    expect(entries.find(({ key }) => key === lowered.key)).toMatchObject({
      kind: 'LIMIT_CHANGE',
      limitDelta: -50_000n,
      actor: 'Ravi',
      reason: 'late payer',
    });
  });

  test('that is so already changes nothing', async () => {
    const shop = await bench.shop();
    const request = { ...ravi, retailerId: shop, limitMinor: 100_000n, reason: 'the same' };
    expect(await bench.credit.changeLimit(request)).toMatchObject({
      success: true,
      replayed: true,
      ledgerEntryId: null,
    });
    expect(await bench.kinds(shop)).toEqual(['LIMIT_CHANGE']);
  });

  test('counts until its day is over on the calendar of the wholesaler, and that is in the ledger', async () => {
    const shop = await bench.shop();
    const change = (validUntil: string | Date | null) =>
      bench.credit.changeLimit({ ...ravi, retailerId: shop, validUntil, reason: 'festival' });
    expect(await change('2030-10-31')).toMatchObject({ success: true, limitMinor: 100_000n });
    // Midnight in Kolkata.
    expect(await bench.account(shop)).toMatchObject({ limitValidUntil: new Date('2030-10-31T18:30:00Z') });
    expect(await change('2030-10-31')).toMatchObject({ replayed: true });
    await bench.ownerSql(
      `update credit_account set limit_valid_until = app_clock() - interval '1 second' where retailer_id = $1`,
      [shop],
    );
    expect(await bench.order(shop, 1n)).toMatchObject({ code: 'CREDIT_INACTIVE' });
    expect(await change(null)).toMatchObject({ success: true, replayed: false });
    expect(await bench.account(shop)).toMatchObject({ limitValidUntil: null });
    expect(await bench.order(shop, 1n)).toMatchObject({ success: true });
    expect(await bench.kinds(shop)).toEqual(['LIMIT_CHANGE', 'LIMIT_CHANGE', 'LIMIT_CHANGE', 'HOLD']);
  });

  test.each<[string, string | Date]>([
    ['yesterday', inHours(-24)],
    ['a day that is none', '2030-02-31'],
    ['words', 'next week'],
    ['an invalid date', new Date('nonsense')],
  ])('is not valid until %s', async (_what, validUntil) => {
    const shop = await bench.shop();
    const request = { ...ravi, retailerId: shop, limitMinor: 5n, validUntil, reason: 'x' };
    expect(await bench.credit.changeLimit(request)).toMatchObject({ success: false, code: 'INVALID_TERMS' });
    expect(await bench.account(shop)).toMatchObject({ limitMinor: 100_000n });
  });
});

describe('terms', () => {
  test('change for what comes, with who, why and what was before', async () => {
    const shop = await bench.shop();
    const terms = { termsDays: 30, graceDays: 5, overdueToleranceMinor: 1_000n, overCaptureBasisPoints: 250 };
    const request = { ...ravi, retailerId: shop, reason: 'good customer', ...terms };
    expect(await bench.credit.setTerms(request)).toMatchObject({ success: true, replayed: false });
    expect(await bench.credit.setTerms(request)).toMatchObject({ success: true, replayed: true });
    expect(await bench.account(shop)).toMatchObject({ ...terms, holdLifetimeMinutes: 4_320 });
    const rows = await bench.appSql(
      'select before, after, actor, reason from credit_terms_change where retailer_id = $1',
      [shop],
    );
    expect(rows).toEqual([
      {
        before: expect.objectContaining({ termsDays: 0, overdueToleranceMinor: '0', holdLifetimeMinutes: 4_320 }),
        after: expect.objectContaining({ termsDays: 30, overdueToleranceMinor: '1000', holdLifetimeMinutes: 4_320 }),
        actor: 'Ravi',
        reason: 'good customer',
      },
    ]);
    await expect(bench.ownerSql('delete from credit_terms_change')).rejects.toThrow('is refused');
  });

  test.each([
    { termsDays: -1 },
    { graceDays: 1.5 },
    { overCaptureBasisPoints: 10_001 },
    { holdLifetimeMinutes: 0 },
    { termsDays: Number.NaN },
    { overdueToleranceMinor: -1n },
  ])('%o is refused', async (terms) => {
    const shop = await bench.shop();
    expect(await bench.credit.setTerms({ ...ravi, retailerId: shop, reason: 'x', ...terms })).toMatchObject({
      code: 'INVALID_TERMS',
    });
    expect(await bench.account(shop)).toMatchObject({ termsDays: 0, graceDays: 0, holdLifetimeMinutes: 4_320 });
  });
});

describe('an exception for one order', () => {
  const grant = (shop: string, orderId: string, amountMinor: bigint, more = {}) =>
    bench.credit.grantOverride({
      ...ravi,
      retailerId: shop,
      orderId,
      amountMinor,
      expiresAt: inHours(2),
      reason: 'good customer',
      ...more,
    });

  test('shows in the ledger who granted what, and a check counts it for its order alone', async () => {
    const shop = await bench.shop();
    await on.hold(shop, 90_000n);
    const orderId = newOrderId();
    expect(await grant(shop, orderId, 15_000n)).toMatchObject({ success: true, availableMinor: 10_000n });
    const check = (amountMinor: bigint, more = {}) =>
      bench.credit.checkCredit({ wholesalerId: W, retailerId: shop, amountMinor, ...more });
    expect(await check(25_000n, { orderId })).toMatchObject({ fits: true, figures: { availableMinor: 25_000n } });
    expect(await check(25_001n, { orderId })).toMatchObject({
      fits: false,
      code: 'INSUFFICIENT_CREDIT',
      shortByMinor: 1n,
    });
    expect(await check(25_000n)).toMatchObject({ fits: false, shortByMinor: 15_000n });
    expect((await bench.credit.listEntries({ wholesalerId: W, retailerId: shop })).at(-1)).toMatchObject({
      kind: 'OVERRIDE',
      actor: 'Ravi',
      reason: 'good customer',
      orderId,
    });
  });

  test('lets a hold grow past the limit, once and no further', async () => {
    const shop = await bench.shop();
    const orderId = newOrderId();
    const hold = await on.hold(shop, 100_000n, { orderId });
    await grant(shop, orderId, 10_000n);
    expect(await on.adjust(hold, 110_001n)).toMatchObject({
      code: 'INSUFFICIENT_CREDIT',
      availableMinor: 10_000n,
      shortByMinor: 1n,
    });
    expect(await on.adjust(hold, 110_000n)).toMatchObject({ success: true, availableMinor: 0n });
    expect(await bench.account(shop)).toMatchObject({ heldMinor: 110_000n, availableMinor: -10_000n });
  });

  test('lets a hold that used one grow by a later one, as a check says', async () => {
    const shop = await bench.shop();
    const orderId = newOrderId();
    await grant(shop, orderId, 10_000n);
    const hold = await on.hold(shop, 110_000n, { orderId });
    expect(await on.adjust(hold, 110_001n)).toMatchObject({ code: 'INSUFFICIENT_CREDIT', shortByMinor: 1n });
    await grant(shop, orderId, 30_000n);
    expect(await on.adjust(hold, 130_001n)).toMatchObject({ code: 'INSUFFICIENT_CREDIT', shortByMinor: 1n });
    expect(await on.adjust(hold, 130_000n)).toMatchObject({ success: true, availableMinor: 0n });
    // A smaller one takes nothing away from what was granted and used.
    await on.adjust(hold, 100_000n);
    await grant(shop, orderId, 1n);
    expect(await on.adjust(hold, 130_000n)).toMatchObject({ success: true, availableMinor: 0n });
  });

  test('a new one for the same order ends the one before', async () => {
    const shop = await bench.shop();
    const orderId = newOrderId();
    await grant(shop, orderId, 50_000n);
    await grant(shop, orderId, 1_000n);
    const check = (amountMinor: bigint) =>
      bench.credit.checkCredit({ wholesalerId: W, retailerId: shop, orderId, amountMinor });
    expect(await check(101_000n)).toMatchObject({ fits: true });
    expect(await check(101_001n)).toMatchObject({ fits: false });
  });

  test('needs a name, a reason, an amount, and a time that lies ahead', async () => {
    const shop = await bench.shop();
    const id = newOrderId();
    expect(await grant(shop, id, 1n, { actor: ' ' })).toMatchObject({
      code: 'INVALID_REASON',
      message: 'Name the person who does this.',
    });
    expect(await grant(shop, id, 1n, { reason: '' })).toMatchObject({ code: 'INVALID_REASON' });
    expect(await grant(shop, id, 0n)).toMatchObject({ code: 'INVALID_AMOUNT' });
    expect(await grant(shop, id, 1n, { expiresAt: inHours(-1) })).toMatchObject({ code: 'INVALID_TERMS' });
    expect(await grant(shop, id, 1n, { expiresAt: inHours(24 * 400) })).toMatchObject({ code: 'INVALID_TERMS' });
    expect(await grant('nobody', id, 1n)).toMatchObject({ code: 'CREDIT_ACCOUNT_NOT_FOUND' });
    expect(await bench.kinds(shop)).toEqual(['LIMIT_CHANGE']);
  });
});

test('a check says what an order would be told, and leaves no trace', async () => {
  const check = (retailerId: string, amountMinor: bigint | number) =>
    bench.credit.checkCredit({ wholesalerId: W, retailerId, amountMinor });
  const shop = await bench.shop();
  const late = await on.hold(shop, 70_000n);
  expect(await check(shop, 30_001)).toMatchObject({
    fits: false,
    code: 'INSUFFICIENT_CREDIT',
    message: 'Not enough credit: 300.00 INR is available, 0.01 INR short.',
  });
  // What an order would first let lapse counts as free.
  await on.letPass(late);
  expect(await check(shop, 100_000)).toMatchObject({ fits: true, code: null });
  expect(await check(shop, 0)).toMatchObject({ fits: false, code: 'INVALID_AMOUNT' });
  expect(await check('nobody', 1)).toMatchObject({ fits: false, code: 'CREDIT_ACCOUNT_NOT_FOUND', figures: null });
  await bench.credit.blockAccount({ ...ravi, retailerId: shop, reason: 'x' });
  expect(await check(shop, 1)).toMatchObject({ fits: false, code: 'CREDIT_BLOCKED' });
  expect(await bench.appSql('select from credit_decision where retailer_id = $1', [shop])).toHaveLength(0);
});

test('every decision says why, in figures and in a sentence', async () => {
  const shop = await bench.shop({ owedMinor: 5_000n, termsDays: 30 });
  const [small, large, exception] = [newOrderId(), newOrderId(), newOrderId()];
  await on.hold(shop, 75_000n, { orderId: small, source: 'chat', cause: 'event-1' });
  await bench.order(shop, 40_000n, { orderId: large });
  await bench.order(shop, 1.5, { orderId: exception });
  await bench.credit.blockAccount({ ...ravi, retailerId: shop, reason: 'x' });
  await bench.order(shop, 1n, { orderId: exception });
  const said = await bench.credit.explain({ wholesalerId: W, retailerId: shop });
  expect(said.map(({ text }) => text.replace(/^.*?\d\d:\d\d: /, ''))).toEqual([
    `0.01 INR was asked for order ${exception}. Limit 1,000.00 - owed 50.00 - on hold 750.00 (order ${small}: 750.00) = 200.00 available. Refused: Credit for this shop is blocked. Contact support.`,
    `an amount that cannot be booked was asked for order ${exception}. Refused: The amount must be a whole number of minor units (cents, paise) above zero.`,
    `400.00 INR was asked for order ${large}. Limit 1,000.00 - owed 50.00 - on hold 750.00 (order ${small}: 750.00) = 200.00 available. Refused: 200.00 short.`,
    `750.00 INR was asked for order ${small}. Limit 1,000.00 - owed 50.00 - on hold 0.00 = 950.00 available. Approved.`,
  ]);
  expect(said.at(-1)).toMatchObject({ approved: true, source: 'chat', cause: 'event-1', heldFor: [] });
  const [only, ...more] = await bench.credit.explain({ wholesalerId: W, retailerId: shop, orderId: large });
  expect(more).toEqual([]);
  expect(only).toMatchObject({ shortByMinor: 20_000n, heldFor: [{ orderId: small, amountMinor: 75_000n }] });
});

test('and after all of it the ledger is whole', async () => {
  expect(await verifyLedger(bench.db)).toMatchObject({ ok: true, firstBad: null });
});
