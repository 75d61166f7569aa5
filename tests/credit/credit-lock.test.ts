import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type AcquireResult, verifyLedger } from '../../src/credit/index.ts';
import { startRacingProcess } from './racing-processes.ts';
import { type CreditBench, createCreditBench, newOrderId, W, whileHeld } from './shop.ts';

let bench: CreditBench;
beforeAll(async () => {
  bench = await createCreditBench();
});
afterAll(() => bench.drop());

const approvedOf = (results: AcquireResult[]) => results.filter((result) => result.success);
const codesOf = (results: AcquireResult[]) => results.flatMap((result) => (result.success ? [] : [result.code])).sort();

async function expectHeld(retailerId: string, heldMinor: bigint): Promise<void> {
  const account = await bench.account(retailerId);
  expect(account).toMatchObject({ heldMinor, availableMinor: account.limitMinor - account.owedMinor - heldMinor });
}

describe('the twelve scenarios', () => {
  test('Test 1: single order', async () => {
    const shop = await bench.shop();
    const result = await bench.order(shop, 50_000n);
    expect(result).toMatchObject({ success: true, availableMinor: 50_000n, replayed: false });
    if (!result.success) return;
    expect(result.ledgerEntryId).toMatch(/^[0-9a-f-]{36}$/);
    await expectHeld(shop, 50_000n);
    expect(await bench.kinds(shop)).toEqual(['LIMIT_CHANGE', 'HOLD']);
  });

  test('Test 2: sequential orders', async () => {
    const shop = await bench.shop();
    expect(await bench.order(shop, 30_000n)).toMatchObject({ success: true, availableMinor: 70_000n });
    expect(await bench.order(shop, 30_000n)).toMatchObject({ success: true, availableMinor: 40_000n });
    expect(await bench.order(shop, 40_000n)).toMatchObject({ success: true, availableMinor: 0n });
    await expectHeld(shop, 100_000n);
  });

  test('Test 3: concurrent within the limit', async () => {
    const shop = await bench.shop();
    const results = await Promise.all([bench.order(shop, 40_000n), bench.order(shop, 60_000n)]);
    expect(approvedOf(results)).toHaveLength(2);
    await expectHeld(shop, 100_000n);
  });

  test('Test 4: concurrent beyond the limit', async () => {
    // 75,000 + 40,000 on 100,000: exactly one is approved, whichever came first.
    async function expectOneWinner(shop: string, results: AcquireResult[]): Promise<bigint> {
      expect(approvedOf(results)).toHaveLength(1);
      expect(results.find((result) => !result.success)).toMatchObject({
        code: 'INSUFFICIENT_CREDIT',
        shortByMinor: 15_000n,
        retryable: false,
      });
      const winner = results[0]?.success === true ? 75_000n : 40_000n;
      await expectHeld(shop, winner);
      expect(await bench.kinds(shop)).toEqual(['LIMIT_CHANGE', 'HOLD']);
      return winner;
    }
    const request = (retailerId: string, orderAmount: bigint) => ({
      wholesalerId: W,
      retailerId,
      orderId: newOrderId(),
      orderAmount,
    });

    // Over several connections of two pools. Who is sent first alternates, so both orders win some rounds.
    const other = bench.anotherCredit();
    const winners = new Set<bigint>();
    for (let round = 0; round < 20; round += 1) {
      const shop = await bench.shop();
      const large = () => bench.credit.acquireAndValidateCredit(request(shop, 75_000n));
      const small = () => other.acquireAndValidateCredit(request(shop, 40_000n));
      const results =
        round % 2 === 0 ? await Promise.all([large(), small()]) : (await Promise.all([small(), large()])).toReversed();
      winners.add(await expectOneWinner(shop, results));
    }
    expect(winners).toEqual(new Set([75_000n, 40_000n]));

    // Over several processes of the operating system.
    const [first, second] = await Promise.all([startRacingProcess(bench.url), startRacingProcess(bench.url)]);
    try {
      for (let round = 0; round < 15; round += 1) {
        const shop = await bench.shop();
        const [large, small] = await Promise.all([
          first.acquire([request(shop, 75_000n)]),
          second.acquire([request(shop, 40_000n)]),
        ]);
        await expectOneWinner(shop, [...large, ...small]);
      }
    } finally {
      await Promise.all([first.stop(), second.stop()]);
    }
  });

  test('Test 5: three concurrent, progressive', async () => {
    const shop = await bench.shop();
    // Any two fit, all three do not.
    const results = await Promise.all([
      bench.order(shop, 45_000n),
      bench.order(shop, 40_000n),
      bench.order(shop, 50_000n),
    ]);
    expect(approvedOf(results)).toHaveLength(2);
    expect(codesOf(results)).toEqual(['INSUFFICIENT_CREDIT']);
    expect((await bench.account(shop)).heldMinor).toBeLessThanOrEqual(100_000n);
    expect((await bench.kinds(shop)).filter((kind) => kind === 'HOLD')).toHaveLength(2);
  });

  test('Test 6: order after the limit is used up', async () => {
    const shop = await bench.shop();
    await bench.order(shop, 100_000n);
    expect(await bench.order(shop, 1n)).toEqual({
      success: false,
      code: 'INSUFFICIENT_CREDIT',
      message: 'Not enough credit: 0.00 INR is available, 0.01 INR short.',
      availableMinor: 0n,
      shortByMinor: 1n,
      retryable: false,
    });
    await expectHeld(shop, 100_000n);
  });

  test('Test 7: release gives credit back', async () => {
    const shop = await bench.shop();
    const held = await bench.order(shop, 80_000n);
    if (!held.success) throw new Error(held.message);
    const released = await bench.credit.releaseCreditLock(held.ledgerEntryId, 'the shop cancelled');
    expect(released).toMatchObject({
      success: true,
      releasedMinor: 80_000n,
      availableMinor: 100_000n,
      holdId: held.holdId,
      replayed: false,
    });
    await expectHeld(shop, 0n);
    expect(await bench.order(shop, 100_000n)).toMatchObject({ success: true });
    expect(await bench.kinds(shop)).toEqual(['LIMIT_CHANGE', 'HOLD', 'RELEASE', 'HOLD']);
  });

  test('Test 8: blocked account', async () => {
    const shop = await bench.shop();
    const held = await bench.order(shop, 10_000n);
    await bench.credit.blockAccount({ wholesalerId: W, retailerId: shop, actor: 'ravi', reason: 'cheque bounced' });
    expect(await bench.order(shop, 1n)).toMatchObject({
      success: false,
      code: 'CREDIT_BLOCKED',
      message: expect.stringContaining('Contact support'),
    });
    // Blocking stops new holds only: what is held can still be given back.
    if (!held.success) throw new Error(held.message);
    expect(await bench.credit.releaseCreditLock(held.ledgerEntryId, 'cancelled')).toMatchObject({ success: true });
    await bench.credit.unblockAccount({ wholesalerId: W, retailerId: shop, actor: 'ravi', reason: 'paid in cash' });
    expect(await bench.order(shop, 1n)).toMatchObject({ success: true });
  });

  test('Test 9: lock held by another session beyond all attempts', async () => {
    const shop = await bench.shop();
    await whileHeld(bench, shop, async () => {
      const startedAt = performance.now();
      const result = await bench.order(shop, 1n);
      const elapsedMs = performance.now() - startedAt;
      expect(result).toMatchObject({ success: false, code: 'MAX_RETRIES_EXCEEDED', retryable: true });
      expect(elapsedMs).toBeGreaterThanOrEqual(700);
      expect(elapsedMs).toBeLessThan(1_500);
    });
    await expectHeld(shop, 0n);
  });

  test('Test 10: payment reduces the balance', async () => {
    const shop = await bench.shop({ owedMinor: 60_000n, termsDays: 14 });
    expect(await bench.order(shop, 50_000n)).toMatchObject({ success: false, availableMinor: 40_000n });
    const paid = await bench.credit.recordPayment({
      wholesalerId: W,
      retailerId: shop,
      amountMinor: 25_000,
      method: 'cash',
      actor: 'asha',
    });
    expect(paid).toMatchObject({ success: true, appliedMinor: 25_000n, unappliedMinor: 0n, owedMinor: 35_000n });
    expect(await bench.account(shop)).toMatchObject({ owedMinor: 35_000n, availableMinor: 65_000n });
    expect(await bench.order(shop, 50_000n)).toMatchObject({ success: true, availableMinor: 15_000n });
  });

  test('Test 11: stress: 10 concurrent, all fit', async () => {
    const shop = await bench.shop();
    const results = await Promise.all(Array.from({ length: 10 }, () => bench.order(shop, 10_000n)));
    expect(approvedOf(results)).toHaveLength(10);
    await expectHeld(shop, 100_000n);
  });

  test('Test 12: stress: selective rejection', async () => {
    const shop = await bench.shop();
    const amounts = Array.from({ length: 24 }, (_, index) => BigInt(3_000 + 1_700 * (index % 7)));
    const results = await Promise.all(amounts.map((amount) => bench.order(shop, amount)));
    const sum = amounts.reduce((total, amount, index) => total + (results[index]?.success === true ? amount : 0n), 0n);
    expect(sum).toBeLessThanOrEqual(100_000n);
    expect(new Set(codesOf(results))).toEqual(new Set(['INSUFFICIENT_CREDIT']));
    // Nobody was refused who would have fitted: even the smallest order no longer does, or all of them were approved.
    const smallestRefused = amounts.reduce(
      (least, amount, index) => (results[index]?.success === false && amount < least ? amount : least),
      1_000_000n,
    );
    expect(smallestRefused).toBeGreaterThan(100_000n - sum);
    await expectHeld(shop, sum);
  });

  test('and after all of them the ledger is whole', async () => {
    expect(await verifyLedger(bench.db)).toMatchObject({ ok: true, firstBad: null });
  });
});
