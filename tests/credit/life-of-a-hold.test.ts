import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { expireDueHolds, verifyLedger } from '../../src/credit/index.ts';
import { createPassage, type Passage } from './passage.ts';
import { type CreditBench, createCreditBench, newOrderId, W, whileHeld } from './shop.ts';

let bench: CreditBench;
let on: Passage;
beforeAll(async () => {
  bench = await createCreditBench();
  on = createPassage(bench);
});
afterAll(() => bench.drop());

const DAY_MS = 86_400_000;
const inDays = (days: number): Date => new Date(Date.now() + days * DAY_MS);

describe('adjusting', () => {
  test('down gives credit back and up takes it, tested like a new order', async () => {
    const shop = await bench.shop();
    const hold = await on.hold(shop, 60_000n);
    expect(await on.adjust(hold, 20_000n)).toMatchObject({
      success: true,
      amountMinor: -40_000n,
      leftMinor: 20_000n,
      availableMinor: 80_000n,
      state: 'open',
    });
    expect(await on.adjust(hold, 100_000n)).toMatchObject({ success: true, amountMinor: 80_000n, availableMinor: 0n });
    expect(await on.adjust(hold, 100_001n)).toMatchObject({
      success: false,
      code: 'INSUFFICIENT_CREDIT',
      availableMinor: 0n,
      shortByMinor: 1n,
    });
    expect(await bench.account(shop)).toMatchObject({ heldMinor: 100_000n });
    expect(await bench.kinds(shop)).toEqual(['LIMIT_CHANGE', 'HOLD', 'HOLD_ADJUST', 'HOLD_ADJUST']);
  });

  test('up is refused on a blocked account, down is not', async () => {
    const shop = await bench.shop();
    const hold = await on.hold(shop, 60_000n);
    await bench.credit.blockAccount({ wholesalerId: W, retailerId: shop, reason: 'cheque bounced', actor: 'ravi' });
    expect(await on.adjust(hold, 60_001n)).toMatchObject({ success: false, code: 'CREDIT_BLOCKED' });
    expect(await on.adjust(hold, 59_999n)).toMatchObject({ success: true });
  });

  test('a refusal is kept with its figures, and burns no key', async () => {
    const shop = await bench.shop();
    const hold = await on.hold(shop, 60_000n);
    const key = newOrderId();
    expect(await on.adjust(hold, 150_000n, { key })).toMatchObject({ code: 'INSUFFICIENT_CREDIT' });
    const [refusal] = await bench.credit.explain({ wholesalerId: W, retailerId: shop });
    expect(refusal).toMatchObject({ approved: false, amountMinor: 90_000n, heldMinor: 60_000n, shortByMinor: 50_000n });
    await bench.credit.changeLimit({ wholesalerId: W, retailerId: shop, limitMinor: 200_000n, reason: 'grew' });
    expect(await on.adjust(hold, 150_000n, { key })).toMatchObject({ success: true, replayed: false });
  });

  test('never below what is delivered or given back', async () => {
    const shop = await bench.shop();
    const hold = await on.hold(shop, 60_000n);
    await on.capture(hold, 10_000n);
    await on.releasePart(hold, 5_000n);
    expect(await on.adjust(hold, 15_000n)).toMatchObject({ success: false, code: 'INVALID_AMOUNT' });
    expect(await on.adjust(hold, 15_001n)).toMatchObject({ success: true, leftMinor: 1n });
  });
});

describe('capturing', () => {
  test('in parts: each makes a debt that is due by the terms of the account', async () => {
    const shop = await bench.shop({ termsDays: 14 });
    const hold = await on.hold(shop, 60_000n);
    const first = await on.capture(hold, 25_000n, { reference: 'INV-1' });
    expect(first).toMatchObject({
      success: true,
      amountMinor: 25_000n,
      leftMinor: 35_000n,
      state: 'open',
      owedMinor: 25_000n,
      availableMinor: 40_000n,
    });
    expect(await on.capture(hold, 35_000n)).toMatchObject({ success: true, leftMinor: 0n, state: 'captured' });
    expect(await bench.account(shop)).toMatchObject({ heldMinor: 0n, owedMinor: 60_000n });
    const [oldest, second] = await bench.credit.listReceivables({ wholesalerId: W, retailerId: shop });
    expect(oldest).toMatchObject({ leftMinor: 25_000n, reference: 'INV-1' });
    expect(second).toMatchObject({ leftMinor: 35_000n, reference: null });
    // The day on the calendar of Kolkata, fourteen days on.
    const today = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Kolkata' }).format(new Date());
    const due = new Date(`${today}T00:00:00Z`).getTime() + 14 * DAY_MS;
    expect(Math.abs(new Date(`${oldest?.dueOn}T00:00:00Z`).getTime() - due)).toBeLessThanOrEqual(DAY_MS);
    expect(await on.capture(hold, 1n)).toMatchObject({ code: 'HOLD_NOT_OPEN' });
  });

  test('the rest can be given back in the same call, and a release afterwards answers with that', async () => {
    const shop = await bench.shop();
    const hold = await on.hold(shop, 60_000n);
    const captured = await on.capture(hold, 45_000n, { releaseRest: true, reason: 'one case was broken' });
    expect(captured).toMatchObject({ success: true, leftMinor: 0n, state: 'captured', availableMinor: 55_000n });
    expect(await bench.kinds(shop)).toEqual(['LIMIT_CHANGE', 'HOLD', 'RELEASE', 'CAPTURE']);
    expect(await bench.credit.releaseCreditLock(hold, 'late')).toMatchObject({
      success: true,
      replayed: true,
      releasedMinor: 15_000n,
    });
  });

  test('more than is held: within the tolerance of the account and its headroom, all deliveries together', async () => {
    const shop = await bench.shop({ overCaptureBasisPoints: 500 });
    const hold = await on.hold(shop, 60_000n);
    await on.capture(hold, 30_000n);
    // Five percent of 60,000 are 3,000.
    expect(await on.capture(hold, 33_001n)).toMatchObject({ success: false, code: 'CAPTURE_EXCEEDS_HOLD' });
    expect(await on.capture(hold, 32_000n)).toMatchObject({
      success: true,
      amountMinor: 32_000n,
      state: 'captured',
      owedMinor: 62_000n,
    });
    expect(await bench.kinds(shop)).toEqual(['LIMIT_CHANGE', 'HOLD', 'CAPTURE', 'HOLD_ADJUST', 'CAPTURE']);

    const tight = await bench.shop({ overCaptureBasisPoints: 1_000 });
    const full = await on.hold(tight, 99_000n);
    expect(await on.capture(full, 100_001n)).toMatchObject({
      success: false,
      code: 'CAPTURE_EXCEEDS_HOLD',
      shortByMinor: 1n,
      message: expect.stringContaining('10.00 INR of credit is left'),
    });
    expect(await on.capture(full, 100_000n)).toMatchObject({ success: true, availableMinor: 0n });
  });

  test('the tolerance counts what was held, not what was added by it before', async () => {
    const shop = await bench.shop({ limitMinor: 10_000_000n, overCaptureBasisPoints: 1_000 });
    const hold = await on.hold(shop, 10_000n);
    await on.capture(hold, 10_500n);
    expect(await on.capture(hold, 1n)).toMatchObject({ code: 'HOLD_NOT_OPEN' });
    const other = await on.hold(shop, 10_000n);
    await on.capture(other, 9_999n);
    // The hold stays open only while something is left, so the rest of the tolerance goes with the last part.
    expect(await on.capture(other, 1_002n)).toMatchObject({ code: 'CAPTURE_EXCEEDS_HOLD' });
    expect(await on.capture(other, 1_001n)).toMatchObject({ success: true, state: 'captured' });
  });

  test('works on blocked and closed accounts, and with the limit below what is out: the goods are delivered', async () => {
    const shop = await bench.shop();
    const [first, second] = [await on.hold(shop, 20_000n), await on.hold(shop, 30_000n)];
    const account = { wholesalerId: W, retailerId: shop, reason: 'cheque bounced', actor: 'ravi' };
    await bench.credit.blockAccount(account);
    await bench.credit.changeLimit({ ...account, limitMinor: 0n });
    expect(await on.capture(first, 20_000n)).toMatchObject({ success: true, availableMinor: -50_000n });
    await bench.credit.closeAccount(account);
    expect(await on.capture(second, 30_000n)).toMatchObject({ success: true, owedMinor: 50_000n });
  });

  test('money that was kept goes to the new debt at once', async () => {
    const shop = await bench.shop();
    await on.pay(shop, 10_000n);
    await on.pay(shop, 5_000n);
    const hold = await on.hold(shop, 60_000n);
    const captured = await on.capture(hold, 12_000n);
    expect(captured).toMatchObject({ success: true, amountMinor: 12_000n, owedMinor: 0n, availableMinor: 52_000n });
    expect(await bench.account(shop)).toMatchObject({ owedMinor: 0n, unappliedMinor: 3_000n, oldestDueOn: null });
    const repeated = await on.capture(hold, 12_000n, { key: captured.key });
    expect(repeated).toMatchObject({ replayed: true, owedMinor: 0n, availableMinor: 52_000n });
    expect(await bench.kinds(shop)).toEqual([
      'LIMIT_CHANGE',
      'PAYMENT',
      'PAYMENT',
      'HOLD',
      'CAPTURE',
      'PAYMENT',
      'PAYMENT',
    ]);
  });

  test('two deliveries of the last part at the same instant: one counts', async () => {
    const shop = await bench.shop();
    const other = createPassage({ ...bench, credit: bench.anotherCredit() });
    for (let round = 0; round < 10; round += 1) {
      const hold = await on.hold(shop, 1_000n);
      const answers = await Promise.all([on.capture(hold, 1_000n), other.capture(hold, 1_000n)]);
      expect(answers.filter((answer) => answer.success)).toHaveLength(1);
      expect(answers.find((answer) => !answer.success)).toMatchObject({ code: 'HOLD_NOT_OPEN' });
    }
  });

  test('a cancellation racing with a delivery: one wins, the other is told', async () => {
    const shop = await bench.shop();
    const other = bench.anotherCredit();
    for (let round = 0; round < 10; round += 1) {
      const hold = await on.hold(shop, 1_000n);
      const [delivered, cancelled] = await Promise.all([
        on.capture(hold, 1_000n),
        other.releaseCreditLock(hold, 'cancelled'),
      ]);
      expect([delivered, cancelled].filter((answer) => answer.success)).toHaveLength(1);
    }
    expect(await bench.account(shop)).toMatchObject({ heldMinor: 0n });
  });
});

describe('giving back a part', () => {
  test('in parts until nothing is left', async () => {
    const shop = await bench.shop();
    const hold = await on.hold(shop, 60_000n);
    expect(await on.releasePart(hold, 10_000n)).toMatchObject({ success: true, leftMinor: 50_000n, state: 'open' });
    expect(await on.releasePart(hold, 50_001n)).toMatchObject({
      success: false,
      code: 'INVALID_AMOUNT',
      message: expect.stringContaining('500.00 INR'),
    });
    expect(await on.releasePart(hold, 50_000n)).toMatchObject({ success: true, leftMinor: 0n, state: 'released' });
    expect(await bench.credit.releaseCreditLock(hold, 'again')).toMatchObject({ code: 'HOLD_NOT_OPEN' });
    expect(await bench.account(shop)).toMatchObject({ heldMinor: 0n });
  });
});

describe('the time of a hold', () => {
  test('extending moves its expiry, which the ledger keeps with the reason', async () => {
    const shop = await bench.shop();
    const hold = await on.hold(shop, 60_000n);
    const expiresAt = inDays(30);
    expect(await on.extend(hold, expiresAt)).toMatchObject({ success: true, amountMinor: 0n, expiresAt });
    const [open] = await bench.credit.listHolds({ wholesalerId: W, retailerId: shop });
    expect(open).toMatchObject({ expiresAt, leftMinor: 60_000n });
    const entries = await bench.credit.listEntries({ wholesalerId: W, retailerId: shop });
    expect(entries.at(-1)).toMatchObject({ kind: 'HOLD_ADJUST', heldDelta: 0n, reason: 'the truck is late' });
  });

  test.each([
    ['the past', () => inDays(-1)],
    ['beyond ten years', () => inDays(4_000)],
    ['no date', () => new Date('nonsense')],
  ])('%s is refused', async (_what, when) => {
    const shop = await bench.shop();
    const hold = await on.hold(shop, 1n);
    expect(await on.extend(hold, when())).toMatchObject({ success: false, code: 'INVALID_TERMS' });
    expect(await bench.kinds(shop)).toEqual(['LIMIT_CHANGE', 'HOLD']);
  });

  test('a hold that lapsed can be delivered no more; one whose time is over but which nothing lapsed can', async () => {
    const shop = await bench.shop();
    const [late, lapsed] = [await on.hold(shop, 10_000n), await on.hold(shop, 20_000n)];
    await on.letPass(late);
    expect(await on.adjust(late, 10_001n)).toMatchObject({ code: 'HOLD_NOT_OPEN' });
    expect(await on.capture(late, 10_000n)).toMatchObject({ success: true });
    await on.letPass(lapsed);
    await expireDueHolds(bench.db.prisma, 100);
    expect(await on.capture(lapsed, 20_000n)).toMatchObject({ code: 'HOLD_NOT_OPEN' });
    expect(await on.extend(lapsed, inDays(1))).toMatchObject({ code: 'HOLD_NOT_OPEN' });
    expect(await bench.account(shop)).toMatchObject({ heldMinor: 0n, owedMinor: 10_000n });
  });

  test('a cancelled order is opened again with a new hold under its next key', async () => {
    const shop = await bench.shop();
    const orderId = newOrderId();
    const first = await on.hold(shop, 60_000n, { orderId });
    await bench.credit.releaseCreditLock(first, 'the shop cancelled');
    expect(await bench.order(shop, 60_000n, { orderId })).toMatchObject({ code: 'DUPLICATE_ORDER' });
    const again = await bench.order(shop, 60_000n, { orderId, key: `${orderId}:2` });
    expect(again).toMatchObject({ success: true, replayed: false, availableMinor: 40_000n });
    expect(await bench.order(shop, 60_000n, { orderId, key: `${orderId}:2` })).toMatchObject({ replayed: true });
  });
});

test('every call waits for a held account and then says that it is busy, and changes nothing', async () => {
  const shop = await bench.shop();
  const hold = await on.hold(shop, 60_000n);
  await whileHeld(bench, shop, async () => {
    const answers = await Promise.all([
      on.adjust(hold, 1n),
      on.capture(hold, 1n),
      on.releasePart(hold, 1n),
      on.extend(hold, inDays(1)),
    ]);
    for (const answer of answers) {
      expect(answer).toMatchObject({ success: false, code: 'MAX_RETRIES_EXCEEDED', retryable: true });
    }
  });
  expect(await bench.kinds(shop)).toEqual(['LIMIT_CHANGE', 'HOLD']);
});

test('and after all of it the ledger is whole', async () => {
  expect(await verifyLedger(bench.db)).toMatchObject({ ok: true, firstBad: null });
});
