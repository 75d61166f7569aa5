import { afterAll, beforeAll, expect, test } from 'vitest';
import { acquireBatch, type CreditRequest, verifyLedger } from '../../src/credit/index.ts';
import { inTransaction } from '../../src/db/index.ts';
import { type CreditBench, createCreditBench, newOrderId, W, waitingBackend, whileHeld } from './shop.ts';

let bench: CreditBench;
beforeAll(async () => {
  bench = await createCreditBench();
});
afterAll(async () => {
  expect(await verifyLedger(bench.db)).toMatchObject({ firstBad: null });
  await bench.drop();
});

test('the same request gets the first answer again, also when headroom is gone or the account is blocked', async () => {
  const shop = await bench.shop();
  const orderId = newOrderId();
  const first = await bench.order(shop, 60_000n, { orderId });
  expect(first).toMatchObject({ success: true, availableMinor: 40_000n, replayed: false });
  await bench.order(shop, 40_000n);
  expect(await bench.order(shop, 60_000n, { orderId })).toEqual({ ...first, replayed: true });
  await bench.credit.blockAccount({ wholesalerId: W, retailerId: shop, actor: 'ravi', reason: 'late' });
  expect(await bench.order(shop, 60_000n, { orderId })).toEqual({ ...first, replayed: true });
  expect((await bench.kinds(shop)).filter((kind) => kind === 'HOLD')).toHaveLength(2);
});

test('the same request sent many times at once holds once', async () => {
  const shop = await bench.shop();
  const orderId = newOrderId();
  const other = bench.anotherCredit();
  const request: CreditRequest = { wholesalerId: W, retailerId: shop, orderId, orderAmount: 60_000n };
  const results = await Promise.all(
    Array.from({ length: 10 }, (_, index) =>
      (index % 2 === 0 ? bench.credit : other).acquireAndValidateCredit(request),
    ),
  );
  expect(results.filter((result) => result.success && !result.replayed)).toHaveLength(1);
  expect(new Set(results.map((result) => (result.success ? result.ledgerEntryId : result.code))).size).toBe(1);
  expect((await bench.account(shop)).heldMinor).toBe(60_000n);
});

test('one key on two accounts at once holds on one of them', async () => {
  for (let round = 0; round < 8; round += 1) {
    const [a, b] = [await bench.shop(), await bench.shop()];
    const orderId = newOrderId();
    const results = await Promise.all([bench.order(a, 100n, { orderId }), bench.order(b, 100n, { orderId })]);
    expect(results.map((result) => (result.success ? 'held' : result.code)).sort()).toEqual([
      'DUPLICATE_ORDER',
      'held',
    ]);
  }
});

const differing: [string, Partial<CreditRequest>][] = [
  ['another amount', { orderAmount: 101n }],
  ['another order under the same key', { orderId: 'another', key: 'shared' }],
  ['another lifetime', { holdLifetimeMinutes: 10 }],
];
test.each(differing)('%s under a used key is a DUPLICATE_ORDER and does nothing', async (name, change) => {
  const shop = await bench.shop();
  const key = `${name} ${shop}`;
  await bench.order(shop, 100n, { orderId: key, key });
  expect(await bench.order(shop, 100n, { orderId: key, ...change, key })).toMatchObject({
    success: false,
    code: 'DUPLICATE_ORDER',
    message: 'This order id was used for another request. Nothing was booked; use a new id.',
    retryable: false,
  });
  expect((await bench.account(shop)).heldMinor).toBe(100n);
});

test('a key of another account, of a payment, and of a closed hold each say so', async () => {
  const [shop, neighbour] = [await bench.shop(), await bench.shop()];
  const orderId = newOrderId();
  const held = await bench.order(shop, 100n, { orderId });
  expect(await bench.order(neighbour, 100n, { orderId })).toMatchObject({
    code: 'DUPLICATE_ORDER',
    message: expect.stringContaining('another shop'),
  });
  await bench.credit.recordPayment({
    wholesalerId: W,
    retailerId: shop,
    amountMinor: 5n,
    method: 'cash',
    key: 'pay-1',
  });
  expect(await bench.order(shop, 100n, { orderId: 'pay-1' })).toMatchObject({ code: 'DUPLICATE_ORDER' });
  if (!held.success) throw new Error(held.message);
  await bench.credit.releaseCreditLock(held.ledgerEntryId, 'cancelled');
  expect(await bench.order(shop, 100n, { orderId })).toMatchObject({
    code: 'DUPLICATE_ORDER',
    message: expect.stringContaining('cancelled'),
  });
  // Re-opening takes the key `<order>:<n>` and a new hold.
  expect(await bench.order(shop, 100n, { orderId, key: `${orderId}:1` })).toMatchObject({
    success: true,
    replayed: false,
  });
});

test('equal keys inside one batch: the first is answered, the others replay it, a refusal burns nothing', async () => {
  const [shop, neighbour] = [await bench.shop(), await bench.shop()];
  const request = (retailerId: string, key: string, amountMinor: bigint) => ({
    wholesalerId: W,
    retailerId,
    key,
    orderId: key,
    amountMinor,
  });
  const key = newOrderId();
  const short = newOrderId();
  const { verdicts } = await acquireBatch(
    bench.db.prisma,
    [
      request(shop, key, 60_000n),
      request(shop, key, 60_000n),
      request(shop, key, 60_001n),
      request(shop, short, 40_001n),
      request(shop, short, 40_000n),
      request(neighbour, key, 60_000n),
    ],
    { wait: 'promised' },
  );
  expect(verdicts).toMatchObject([
    { kind: 'approved', replayed: false, availableMinor: 40_000n },
    { kind: 'approved', replayed: true, availableMinor: 40_000n },
    { kind: 'refused', code: 'DUPLICATE_ORDER', because: 'other_request' },
    { kind: 'refused', code: 'INSUFFICIENT_CREDIT', shortByMinor: 1n },
    { kind: 'approved', replayed: false, availableMinor: 0n },
    { kind: 'refused', code: 'DUPLICATE_ORDER', because: 'other_account' },
  ]);
});

test('a backend that is killed while it waits costs the caller nothing: the key is sent again', async () => {
  const shop = await bench.shop();
  await whileHeld(bench, shop, async (holder) => {
    const answer = bench.order(shop, 100n);
    const pid = await waitingBackend(holder);
    await holder.rows('select pg_terminate_backend($1)', [pid]);
    await holder.rows('commit');
    expect(await answer).toMatchObject({ success: true, replayed: false });
  });
  expect((await bench.account(shop)).heldMinor).toBe(100n);
});

test("inside the caller's transaction the hold counts only if that commits", async () => {
  const shop = await bench.shop();
  const request: CreditRequest = { wholesalerId: W, retailerId: shop, orderId: newOrderId(), orderAmount: 100n };
  const undone = inTransaction(bench.db, async (tx) => {
    expect(await bench.credit.acquireAndValidateCredit(request, { tx })).toMatchObject({ success: true });
    throw new Error('the order could not be written');
  });
  await expect(undone).rejects.toThrow('the order could not be written');
  expect((await bench.account(shop)).heldMinor).toBe(0n);
  await inTransaction(bench.db, (tx) => bench.credit.acquireAndValidateCredit(request, { tx }));
  expect((await bench.account(shop)).heldMinor).toBe(100n);
});

test('payments with the same key book once', async () => {
  const shop = await bench.shop({ owedMinor: 1_000n });
  const pay = (amountMinor: bigint) =>
    bench.credit.recordPayment({ wholesalerId: W, retailerId: shop, amountMinor, method: 'upi', key: `upi ${shop}` });
  const [first, second] = await Promise.all([pay(600n), pay(600n)]);
  expect([first, second].map((one) => one.success && one.replayed).sort()).toEqual([false, true]);
  expect(await pay(601n)).toMatchObject({ success: false, code: 'DUPLICATE_ORDER' });
  expect((await bench.account(shop)).owedMinor).toBe(400n);
});
