// An exception that an approver made for one order, as an acquire uses it.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { acquireBatch, verifyLedger } from '../../src/credit/index.ts';
import { type CreditBench, createCreditBench, newOrderId, W } from './shop.ts';

let bench: CreditBench;
beforeAll(async () => {
  bench = await createCreditBench();
});
afterAll(async () => {
  expect(await verifyLedger(bench.db)).toMatchObject({ ok: true, firstBad: null });
  await bench.drop();
});

const inHours = (hours: number): Date => new Date(Date.now() + hours * 3_600_000);

async function grant(retailerId: string, orderId: string, amountMinor: bigint): Promise<string> {
  const granted = await bench.credit.grantOverride({
    wholesalerId: W,
    retailerId,
    orderId,
    amountMinor,
    expiresAt: inHours(2),
    actor: 'Ravi',
    reason: 'good customer',
  });
  if (!granted.success) throw new Error(`the override was not granted: ${granted.code}`);
  return granted.ledgerEntryId ?? '';
}

/** A shop with 10,000 left of its limit of 100,000. */
async function nearlyFull(): Promise<string> {
  const shop = await bench.shop();
  expect(await bench.order(shop, 90_000n)).toMatchObject({ success: true });
  return shop;
}

const usedBy = async (overrideId: string): Promise<string | null> => {
  const [row] = await bench.ownerSql<{ used_by: string | null }>('select used_by from credit_override where id = $1', [
    overrideId,
  ]);
  return row?.used_by ?? null;
};

test('lets its order pass the limit, in figures that include it, and a replay answers the same', async () => {
  const shop = await nearlyFull();
  const orderId = newOrderId();
  const overrideId = await grant(shop, orderId, 15_000n);
  const first = await bench.order(shop, 24_000n, { orderId });
  expect(first).toMatchObject({ success: true, availableMinor: 1_000n, replayed: false });
  if (!first.success) return;
  expect(await usedBy(overrideId)).toBe(first.holdId);
  expect(await bench.order(shop, 24_000n, { orderId })).toEqual({ ...first, replayed: true });
  expect(await bench.account(shop)).toMatchObject({ heldMinor: 114_000n, availableMinor: -14_000n });
  const [entry] = await bench.appSql('select override_minor from ledger_entry where id = $1', [first.ledgerEntryId]);
  expect(entry).toEqual({ override_minor: '15000' });
});

test('is used once: the same order again, under another key, finds none', async () => {
  const shop = await nearlyFull();
  const orderId = newOrderId();
  await grant(shop, orderId, 15_000n);
  const request = (key: string) => ({ wholesalerId: W, retailerId: shop, orderId, key, amountMinor: 12_000n });
  const { verdicts } = await acquireBatch(bench.db.prisma, [request(`${orderId}:1`), request(`${orderId}:2`)], {
    wait: 'none',
  });
  expect(verdicts).toMatchObject([
    { kind: 'approved', availableMinor: 13_000n, figures: { availableMinor: 25_000n } },
    { kind: 'refused', code: 'INSUFFICIENT_CREDIT', shortByMinor: 14_000n, figures: { availableMinor: -2_000n } },
  ]);
});

test('stays whole for its order when the order fits without it', async () => {
  const shop = await nearlyFull();
  const orderId = newOrderId();
  const overrideId = await grant(shop, orderId, 15_000n);
  expect(await bench.order(shop, 10_000n, { orderId })).toMatchObject({ success: true, availableMinor: 0n });
  expect(await usedBy(overrideId)).toBeNull();
});

test('that is not enough is neither used up nor forgotten in the decision', async () => {
  const shop = await nearlyFull();
  const orderId = newOrderId();
  const overrideId = await grant(shop, orderId, 15_000n);
  expect(await bench.order(shop, 25_001n, { orderId })).toMatchObject({
    code: 'INSUFFICIENT_CREDIT',
    availableMinor: 25_000n,
    shortByMinor: 1n,
  });
  expect(await usedBy(overrideId)).toBeNull();
  const [decision] = await bench.appSql(
    'select available_minor, override_minor, short_by_minor from credit_decision where order_id = $1',
    [orderId],
  );
  expect(decision).toEqual({ available_minor: '10000', override_minor: '15000', short_by_minor: '1' });
  const [said] = await bench.credit.explain({ wholesalerId: W, retailerId: shop, orderId });
  expect(said).toMatchObject({ overrideMinor: 15_000n, availableMinor: 25_000n, shortByMinor: 1n });
});

test.each<[string, (of: { shop: string; orderId: string; overrideId: string }) => Promise<unknown>, object]>([
  [
    'that a later one has ended',
    ({ shop, orderId }) =>
      bench.credit.grantOverride({
        ...{ wholesalerId: W, retailerId: shop, orderId, amountMinor: 1n, expiresAt: inHours(1) },
        ...{ actor: 'Ravi', reason: 'replaces the one before' },
      }),
    { code: 'INSUFFICIENT_CREDIT', availableMinor: 10_001n },
  ],
  [
    'whose time is over',
    ({ overrideId }) =>
      bench.ownerSql('update credit_override set expires_at = app_clock() where id = $1', [overrideId]),
    { code: 'INSUFFICIENT_CREDIT', availableMinor: 10_000n },
  ],
  [
    'on a blocked account',
    ({ shop }) => bench.credit.blockAccount({ wholesalerId: W, retailerId: shop, actor: 'Ravi', reason: 'cheque' }),
    { code: 'CREDIT_BLOCKED', availableMinor: 10_000n },
  ],
  [
    'under a limit that has lapsed',
    ({ shop }) =>
      bench.ownerSql('update credit_account set limit_valid_until = app_clock() where retailer_id = $1', [shop]),
    { code: 'CREDIT_INACTIVE', availableMinor: 10_000n },
  ],
])('%s does not count', async (_which, change, answer) => {
  const shop = await nearlyFull();
  const orderId = newOrderId();
  const overrideId = await grant(shop, orderId, 15_000n);
  await change({ shop, orderId, overrideId });
  expect(await bench.order(shop, 20_000n, { orderId })).toMatchObject({ success: false, ...answer });
  expect(await usedBy(overrideId)).toBeNull();
});

test('for another order does not count', async () => {
  const shop = await nearlyFull();
  await grant(shop, newOrderId(), 15_000n);
  expect(await bench.order(shop, 10_001n)).toMatchObject({ code: 'INSUFFICIENT_CREDIT', shortByMinor: 1n });
});

test('helps its own order alone among others of a batch, whichever place it has', async () => {
  const shop = await nearlyFull();
  const orderId = newOrderId();
  await grant(shop, orderId, 50_000n);
  const request = (amountMinor: bigint, order = newOrderId()) => ({
    ...{ wholesalerId: W, retailerId: shop, orderId: order, key: order, amountMinor },
  });
  const { verdicts } = await acquireBatch(
    bench.db.prisma,
    [request(11_000n), request(40_000n, orderId), request(1n), request(11_000n)],
    { wait: 'none' },
  );
  expect(verdicts).toMatchObject([
    { code: 'INSUFFICIENT_CREDIT', shortByMinor: 1_000n },
    { kind: 'approved', availableMinor: 20_000n },
    { code: 'INSUFFICIENT_CREDIT', shortByMinor: 30_001n },
    { code: 'INSUFFICIENT_CREDIT', shortByMinor: 41_000n },
  ]);
});

test('of ten callers at once under ten keys, one passes the limit', async () => {
  const shop = await nearlyFull();
  const orderId = newOrderId();
  await grant(shop, orderId, 20_000n);
  const others = [bench.credit, bench.anotherCredit(), bench.anotherCredit()];
  const answers = await Promise.all(
    Array.from({ length: 10 }, (_, n) =>
      (others[n % others.length] ?? bench.credit).acquireAndValidateCredit({
        ...{ wholesalerId: W, retailerId: shop, orderId, key: `${orderId}:${n}`, orderAmount: 30_000n },
      }),
    ),
  );
  expect(answers.filter((answer) => answer.success)).toHaveLength(1);
  expect(await bench.account(shop)).toMatchObject({ heldMinor: 120_000n });
});
