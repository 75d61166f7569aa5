import { afterAll, beforeAll, expect, test } from 'vitest';
import { expireDueHolds, verifyLedger } from '../../src/credit/index.ts';
import { createPassage, type Passage } from './passage.ts';
import { type CreditBench, createCreditBench, W } from './shop.ts';

// The core itself writes under release:<hold>, expire:<hold>, reverse:<payment> and <key>/<n>. A caller who takes such a key
// for something else must not stop the call that it belongs to.

let bench: CreditBench;
let on: Passage;
beforeAll(async () => {
  bench = await createCreditBench();
  on = createPassage(bench);
});
afterAll(async () => {
  expect(await verifyLedger(bench.db)).toMatchObject({ firstBad: null });
  await bench.drop();
});

test('a payment under the key of a release is refused, and the hold can be given back', async () => {
  const shop = await bench.shop();
  const hold = await on.hold(shop, 60_000n);
  const paid = await on.pay(shop, 100n, { key: `release:${hold}` });
  expect(paid).toMatchObject({ success: false, code: 'INVALID_TERMS', message: expect.stringContaining('release:') });
  expect(await bench.credit.releaseCreditLock(hold, 'cancelled')).toMatchObject({ success: true });
});

test('an order under the key of an expiry is refused, and the sweep goes on for this shop and every other', async () => {
  const [shop, other] = [await bench.shop(), await bench.shop()];
  const [hold, others] = [await on.hold(shop, 60_000n), await on.hold(other, 60_000n)];
  expect(await bench.order(shop, 100n, { key: `expire:${hold}` })).toMatchObject({ success: false, retryable: false });
  expect(await bench.order(shop, 100n, { orderId: `expire:${hold}` })).toMatchObject({ success: false });
  await on.letPass(hold);
  await on.letPass(others);
  await expireDueHolds(bench.db.prisma, 100);
  expect(await bench.account(shop)).toMatchObject({ heldMinor: 0n });
  expect(await bench.account(other)).toMatchObject({ heldMinor: 0n });
});

test('a delivery under the key of a reversal is refused, and the payment can be taken back', async () => {
  const shop = await bench.shop();
  const paid = await on.pay(shop, 500n);
  const paymentId = paid.success ? (paid.paymentId ?? '') : '';
  const hold = await on.hold(shop, 1_000n);
  expect(await on.capture(hold, 1n, { key: `reverse:${paymentId}` })).toMatchObject({ code: 'INVALID_TERMS' });
  const reversed = await bench.credit.reversePayment({ wholesalerId: W, paymentId, reason: 'bounced' });
  expect(reversed).toMatchObject({ success: true });
});

test('a limit and a grant are refused them, too', async () => {
  const on = { wholesalerId: W, retailerId: await bench.shop(), actor: 'Ravi', reason: 'grew', key: 'expire:x' };
  expect(await bench.credit.changeLimit({ ...on, limitMinor: 1n })).toMatchObject({ code: 'INVALID_TERMS' });
  const expiresAt = new Date(Date.now() + 60_000);
  const grant = { ...on, orderId: 'o', amountMinor: 1n, expiresAt };
  expect(await bench.credit.grantOverride(grant)).toMatchObject({ code: 'INVALID_TERMS' });
});
