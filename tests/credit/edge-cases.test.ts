import { afterAll, beforeAll, expect, test } from 'vitest';
import { expireDueHolds, verifyLedger } from '../../src/credit/index.ts';
import { type CreditBench, createCreditBench, newOrderId, W } from './shop.ts';

let bench: CreditBench;
beforeAll(async () => {
  bench = await createCreditBench();
});
afterAll(async () => {
  expect(await verifyLedger(bench.db)).toMatchObject({ firstBad: null });
  await bench.drop();
});

test('an order of exactly the limit fits, and one minor unit more does not', async () => {
  const shop = await bench.shop();
  expect(await bench.order(shop, 100_001n)).toMatchObject({ code: 'INSUFFICIENT_CREDIT', shortByMinor: 1n });
  expect(await bench.order(shop, 100_000n)).toMatchObject({ success: true, availableMinor: 0n });
});

test('of many simultaneous orders of the whole limit exactly one is approved', async () => {
  const shop = await bench.shop();
  const results = await Promise.all(Array.from({ length: 12 }, () => bench.order(shop, 100_000n)));
  expect(results.filter((result) => result.success)).toHaveLength(1);
});

test('order, cancel and order again in quick turns never loses or doubles credit', async () => {
  const shop = await bench.shop();
  for (let turn = 0; turn < 15; turn += 1) {
    const held = await bench.order(shop, 100_000n);
    if (!held.success) throw new Error(held.message);
    expect(await bench.credit.releaseCreditLock(held.ledgerEntryId, 'changed my mind')).toMatchObject({
      success: true,
    });
  }
  expect(await bench.account(shop)).toMatchObject({ heldMinor: 0n, availableMinor: 100_000n });
  expect(await bench.kinds(shop)).toHaveLength(1 + 2 * 15);
});

test('a cancellation that races with orders frees its credit once', async () => {
  const shop = await bench.shop();
  const held = await bench.order(shop, 60_000n);
  if (!held.success) throw new Error(held.message);
  const [released, again, ...orders] = await Promise.all([
    bench.credit.releaseCreditLock(held.ledgerEntryId, 'cancelled'),
    bench.credit.releaseCreditLock(held.ledgerEntryId, 'cancelled twice'),
    ...Array.from({ length: 5 }, () => bench.order(shop, 35_000n)),
  ]);
  expect([released, again].map((one) => one.success && one.replayed).sort()).toEqual([false, true]);
  const approved = orders.filter((order) => order.success).length;
  expect((await bench.account(shop)).heldMinor).toBe(35_000n * BigInt(approved));
  expect(approved).toBeLessThanOrEqual(2);
});

test('many retailers do not wait for each other', async () => {
  const shops = await Promise.all(Array.from({ length: 20 }, () => bench.shop()));
  const busy = shops[0] ?? '';
  await bench.db.prisma.$transaction(async (tx) => {
    await tx.$queryRaw`select from credit_lock_free_accounts(array[${W}], array[${busy}])`;
    // While one account is held, all the others answer.
    const others = await Promise.all(shops.slice(1).map((shop) => bench.order(shop, 1_000n)));
    expect(others.every((result) => result.success)).toBe(true);
  });
  expect(await bench.order(busy, 1_000n)).toMatchObject({ success: true });
});

test('a payment while an order is pending changes what is owed and not what is held', async () => {
  const shop = await bench.shop({ owedMinor: 30_000n });
  const held = await bench.order(shop, 70_000n);
  expect(held).toMatchObject({ success: true, availableMinor: 0n });
  await bench.credit.recordPayment({ wholesalerId: W, retailerId: shop, amountMinor: 30_000n, method: 'upi' });
  expect(await bench.account(shop)).toMatchObject({ owedMinor: 0n, heldMinor: 70_000n, availableMinor: 30_000n });
});

test('payments and orders at the same time all count', async () => {
  const shop = await bench.shop({ limitMinor: 500_000n, owedMinor: 40_000n });
  await Promise.all([
    ...Array.from({ length: 8 }, () => bench.order(shop, 10_000n)),
    ...Array.from({ length: 8 }, () =>
      bench.credit.recordPayment({ wholesalerId: W, retailerId: shop, amountMinor: 6_000n, method: 'cash' }),
    ),
  ]);
  expect(await bench.account(shop)).toMatchObject({ heldMinor: 80_000n, owedMinor: 0n, unappliedMinor: 8_000n });
});

test('a limit lowered below what is out stops new holds only', async () => {
  const shop = await bench.shop();
  const held = await bench.order(shop, 80_000n);
  await bench.credit.openAccount({ wholesalerId: W, retailerId: shop, limitMinor: 50_000n, actor: 'asha' });
  expect(await bench.order(shop, 1n)).toMatchObject({
    code: 'INSUFFICIENT_CREDIT',
    availableMinor: -30_000n,
    message: 'Not enough credit: -300.00 INR is available, 300.01 INR short.',
  });
  if (!held.success) throw new Error(held.message);
  expect(await bench.credit.releaseCreditLock(held.ledgerEntryId, 'cancelled')).toMatchObject({
    success: true,
    availableMinor: 50_000n,
  });
});

test('due holds lapse when headroom is short, and not before', async () => {
  const shop = await bench.shop();
  const old = await bench.order(shop, 90_000n, { orderId: newOrderId(), holdLifetimeMinutes: 1 });
  await bench.order(shop, 5_000n);
  await ageHolds(shop);
  // Headroom is enough, so nobody looks for due holds.
  expect(await bench.order(shop, 5_000n)).toMatchObject({ success: true, availableMinor: 0n });
  expect(await bench.order(shop, 50_000n)).toMatchObject({ success: true, availableMinor: 40_000n });
  expect(await bench.kinds(shop)).toEqual(['LIMIT_CHANGE', 'HOLD', 'HOLD', 'HOLD', 'EXPIRE', 'HOLD']);
  if (!old.success) throw new Error(old.message);
  expect(await bench.credit.releaseCreditLock(old.ledgerEntryId, 'too late')).toMatchObject({ code: 'HOLD_NOT_OPEN' });
});

test('the sweep lapses due holds once and names their orders', async () => {
  const shop = await bench.shop();
  const orderId = newOrderId();
  await bench.order(shop, 20_000n, { orderId, holdLifetimeMinutes: 1 });
  await bench.order(shop, 30_000n);
  await ageHolds(shop);
  const sweeps = await Promise.all([expireDueHolds(bench.db.prisma, 100), expireDueHolds(bench.db.prisma, 100)]);
  const lapsed = sweeps.flat().filter((hold) => hold.retailerId === shop);
  expect(lapsed).toMatchObject([{ wholesalerId: W, retailerId: shop, orderId, amountMinor: 20_000n }]);
  expect(await bench.account(shop)).toMatchObject({ heldMinor: 30_000n });
});

/** Moves the short holds of a shop into the past, as if the time had gone by. Their entries stay as they were. */
async function ageHolds(shop: string): Promise<void> {
  await bench.ownerSql(
    `update credit_hold set expires_at = app_clock() - interval '1 minute'
     where retailer_id = $1 and expires_at < app_clock() + interval '2 minutes'`,
    [shop],
  );
}
