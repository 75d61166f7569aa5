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

const by = { wholesalerId: W, actor: 'asha' };

/** A shop that owes these amounts, the first of them due first; returns the ids of the debts beside its own. */
async function shopOwing(...amounts: bigint[]): Promise<{ shop: string; debts: string[] }> {
  const shop = await bench.shop();
  const debts: string[] = [];
  for (const [index, amountMinor] of amounts.entries()) {
    const dueOn = `2030-01-${String(index + 1).padStart(2, '0')}`;
    const added = await bench.credit.adjustBalance({
      ...by,
      retailerId: shop,
      amountMinor,
      dueOn,
      reason: 'old invoice',
    });
    if (!added.success || added.receivableId === undefined) throw new Error('no debt was added');
    debts.push(added.receivableId);
  }
  return { shop, debts };
}

const leftOf = async (shop: string): Promise<bigint[]> =>
  (await bench.credit.listReceivables({ wholesalerId: W, retailerId: shop })).map(({ leftMinor }) => leftMinor);

async function paymentOf(shop: string, amount: bigint): Promise<string> {
  const paid = await on.pay(shop, amount);
  if (!paid.success || paid.paymentId === null) throw new Error('no payment was booked');
  return paid.paymentId;
}

describe('a payment', () => {
  test('settles the oldest due debts first and keeps the rest', async () => {
    const { shop } = await shopOwing(10_000n, 20_000n, 30_000n);
    expect(await on.pay(shop, 25_000n)).toMatchObject({
      appliedMinor: 25_000n,
      unappliedMinor: 0n,
      owedMinor: 35_000n,
    });
    expect(await leftOf(shop)).toEqual([5_000n, 30_000n]);
    expect(await on.pay(shop, 40_000n)).toMatchObject({ appliedMinor: 35_000n, unappliedMinor: 5_000n, owedMinor: 0n });
    expect(await bench.account(shop)).toMatchObject({ unappliedMinor: 5_000n, oldestDueOn: null });
  });

  test('settles the debts that were chosen, in their amounts, and keeps the rest', async () => {
    const { shop, debts } = await shopOwing(10_000n, 20_000n, 30_000n);
    const [, second = '', third = ''] = debts;
    const allocations = [
      { receivableId: third, amountMinor: 12_000n },
      { receivableId: second, amountMinor: 20_000 },
    ];
    expect(await on.pay(shop, 40_000n, { allocations })).toMatchObject({
      success: true,
      appliedMinor: 32_000n,
      unappliedMinor: 8_000n,
    });
    expect(await leftOf(shop)).toEqual([10_000n, 18_000n]);
  });

  test('with an empty choice is kept whole, and can be put against debts later', async () => {
    const { shop, debts } = await shopOwing(10_000n, 20_000n);
    const kept = await on.pay(shop, 25_000n, { allocations: [] });
    if (!kept.success || kept.paymentId === null) throw new Error('no payment was booked');
    expect(kept).toMatchObject({ appliedMinor: 0n, unappliedMinor: 25_000n, owedMinor: 30_000n });
    const { paymentId } = kept;
    const allocations = [{ receivableId: debts[1] ?? '', amountMinor: 20_000n }];
    const request = { ...by, paymentId, allocations, key: newOrderId() };
    expect(await bench.credit.allocatePayment(request)).toMatchObject({ appliedMinor: 20_000n, owedMinor: 10_000n });
    expect(await bench.credit.allocatePayment(request)).toMatchObject({ replayed: true, appliedMinor: 20_000n });
    // Without a choice the oldest goes first, as far as the money lasts.
    expect(await bench.credit.allocatePayment({ ...by, paymentId })).toMatchObject({ appliedMinor: 5_000n });
    expect(await leftOf(shop)).toEqual([5_000n]);
    expect(await bench.credit.allocatePayment({ ...by, paymentId })).toMatchObject({ code: 'INVALID_ALLOCATION' });
  });

  test.each<[string, (debts: string[], other: string) => { receivableId: string; amountMinor: bigint }[], RegExp]>([
    [
      'twice the same debt',
      ([a = '']) => [
        { receivableId: a, amountMinor: 1n },
        { receivableId: a, amountMinor: 1n },
      ],
      /twice/,
    ],
    ['more than is open on a debt', ([a = '']) => [{ receivableId: a, amountMinor: 10_001n }], /open on it/],
    [
      'more than was paid',
      ([a = '', b = '']) => [
        { receivableId: a, amountMinor: 10_000n },
        { receivableId: b, amountMinor: 5_001n },
      ],
      /than there is money/,
    ],
    ["another shop's debt", (_debts, other) => [{ receivableId: other, amountMinor: 1n }], /not a debt of this shop/],
    [
      'a debt that does not exist',
      () => [{ receivableId: '018f0000-0000-7000-8000-000000000000', amountMinor: 1n }],
      /not a debt/,
    ],
    ['no id', () => [{ receivableId: 'INV-1', amountMinor: 1n }], /by its id/],
    ['nothing of a debt', ([a = '']) => [{ receivableId: a, amountMinor: 0n }], /above zero/],
  ])('cannot be put against %s, and then nothing is booked', async (_what, choose, message) => {
    const { shop, debts } = await shopOwing(10_000n, 20_000n);
    const other = (await shopOwing(5_000n)).debts[0] ?? '';
    expect(await on.pay(shop, 15_000n, { allocations: choose(debts, other) })).toMatchObject({
      success: false,
      code: 'INVALID_ALLOCATION',
      message: expect.stringMatching(message),
    });
    expect(await bench.account(shop)).toMatchObject({ owedMinor: 30_000n, unappliedMinor: 0n });
  });

  test('books once for one key, and says so when the same key comes with another body or for another shop', async () => {
    const { shop } = await shopOwing(10_000n);
    const { shop: other } = await shopOwing(10_000n);
    const key = newOrderId();
    const receivedAt = new Date('2026-11-20T10:00:00Z');
    await on.pay(shop, 4_000n, { key, receivedAt, reference: 'R-1' });
    expect(await on.pay(shop, 4_000n, { key, receivedAt, reference: 'R-1' })).toMatchObject({
      success: true,
      replayed: true,
      appliedMinor: 4_000n,
      owedMinor: 6_000n,
    });
    for (const change of [
      { reference: 'R-2' },
      { method: 'upi' },
      { receivedAt: new Date('2026-11-21T10:00:00Z') },
      { allocations: [] },
    ]) {
      expect(await on.pay(shop, 4_000n, { key, receivedAt, reference: 'R-1', ...change })).toMatchObject({
        code: 'DUPLICATE_ORDER',
        message: 'This key was used for another request. Nothing was booked; use a new key.',
      });
    }
    expect(await on.pay(other, 4_000n, { key })).toMatchObject({
      code: 'DUPLICATE_ORDER',
      message: 'This key was used for another shop. Nothing was booked; use a new key.',
    });
    expect(await bench.account(shop)).toMatchObject({ owedMinor: 6_000n });
    expect(await bench.account(other)).toMatchObject({ owedMinor: 10_000n });
  });

  test('during a pending order gives the credit back at once', async () => {
    const { shop } = await shopOwing(60_000n);
    await on.hold(shop, 40_000n);
    expect(await bench.order(shop, 1n)).toMatchObject({ code: 'INSUFFICIENT_CREDIT' });
    await on.pay(shop, 1n);
    expect(await bench.order(shop, 1n)).toMatchObject({ success: true, availableMinor: 0n });
  });
});

describe('a payment that bounces', () => {
  test('opens its debts again with their own due dates, and takes back what was kept', async () => {
    const { shop } = await shopOwing(10_000n, 20_000n);
    const before = await bench.credit.listReceivables({ wholesalerId: W, retailerId: shop });
    const paymentId = await paymentOf(shop, 35_000n);
    const bounced = await bench.credit.reversePayment({ ...by, paymentId, reason: 'cheque bounced' });
    expect(bounced).toMatchObject({
      success: true,
      replayed: false,
      owedMinor: 30_000n,
      appliedMinor: -30_000n,
      unappliedMinor: -5_000n,
    });
    expect(await bench.credit.listReceivables({ wholesalerId: W, retailerId: shop })).toEqual(before);
    expect(await bench.account(shop)).toMatchObject({
      owedMinor: 30_000n,
      unappliedMinor: 0n,
      oldestDueOn: new Date('2030-01-01'),
    });
    expect(await bench.credit.reversePayment({ ...by, paymentId, reason: 'again' })).toMatchObject({
      success: true,
      replayed: true,
    });
    expect((await bench.kinds(shop)).filter((kind) => kind === 'PAYMENT_REVERSAL')).toHaveLength(1);
  });

  test('also after parts of it were put against later debts', async () => {
    const shop = await bench.shop();
    const paymentId = await paymentOf(shop, 15_000n);
    await on.capture(await on.hold(shop, 10_000n), 10_000n);
    await on.capture(await on.hold(shop, 2_000n), 2_000n);
    expect(await bench.account(shop)).toMatchObject({ owedMinor: 0n, unappliedMinor: 3_000n });
    expect(await bench.credit.reversePayment({ ...by, paymentId, reason: 'bounced' })).toMatchObject({
      owedMinor: 12_000n,
    });
    expect(await leftOf(shop)).toEqual([10_000n, 2_000n]);
    // Nothing is left of it to give.
    expect(await bench.credit.allocatePayment({ ...by, paymentId })).toMatchObject({ code: 'INVALID_ALLOCATION' });
  });

  test('makes the shop overdue again where the debt was', async () => {
    const shop = await bench.shop();
    await bench.credit.adjustBalance({
      ...by,
      retailerId: shop,
      amountMinor: 10_000n,
      dueOn: '2020-01-01',
      reason: 'old',
    });
    expect(await bench.order(shop, 1n)).toMatchObject({ code: 'CREDIT_BLOCKED' });
    const paymentId = await paymentOf(shop, 10_000n);
    expect(await bench.order(shop, 1n)).toMatchObject({ success: true });
    await bench.credit.reversePayment({ ...by, paymentId, reason: 'bounced' });
    expect(await bench.order(shop, 1n)).toMatchObject({ code: 'CREDIT_BLOCKED' });
  });

  test('is no reversal of a reversal, of a hold, of a part, of nothing', async () => {
    const { shop } = await shopOwing(10_000n);
    const paymentId = await paymentOf(shop, 12_000n);
    const reverse = (id: string) => bench.credit.reversePayment({ ...by, paymentId: id, reason: 'a mistake' });
    const hold = await on.hold(shop, 5_000n);
    await on.capture(hold, 5_000n);
    const entries = await bench.credit.listEntries({ wholesalerId: W, retailerId: shop });
    const part = entries.findLast(({ kind }) => kind === 'PAYMENT');
    expect(await reverse(part?.ledgerEntryId ?? '')).toMatchObject({ code: 'NOT_REVERSIBLE' });
    expect(await reverse(hold)).toMatchObject({ code: 'NOT_REVERSIBLE' });
    const bounced = await reverse(paymentId);
    if (!bounced.success) throw new Error(bounced.message);
    expect(await reverse(bounced.ledgerEntryId)).toMatchObject({
      code: 'NOT_REVERSIBLE',
      message: 'This is a reversal itself. Book the payment again instead.',
    });
    expect(await reverse('018f0000-0000-7000-8000-000000000000')).toMatchObject({ code: 'LEDGER_ENTRY_NOT_FOUND' });
    expect(await reverse('the cheque')).toMatchObject({ code: 'LEDGER_ENTRY_NOT_FOUND' });
  });

  test('twice at the same instant counts once', async () => {
    const { shop } = await shopOwing(10_000n);
    const other = bench.anotherCredit();
    for (let round = 0; round < 5; round += 1) {
      const paymentId = await paymentOf(shop, 10_000n);
      const request = { ...by, paymentId, reason: 'bounced' };
      const answers = await Promise.all([bench.credit.reversePayment(request), other.reversePayment(request)]);
      expect(answers.map((answer) => answer.success && answer.replayed).sort()).toEqual([false, true]);
      expect(await bench.account(shop)).toMatchObject({ owedMinor: 10_000n });
    }
  });
});

describe('what is not money', () => {
  test('a credit note settles debts like a payment, keeps the rest, and can be taken back', async () => {
    const { shop, debts } = await shopOwing(10_000n, 20_000n);
    const note = await bench.credit.issueCreditNote({
      ...by,
      retailerId: shop,
      amountMinor: 21_000n,
      allocations: [{ receivableId: debts[1] ?? '', amountMinor: 20_000n }],
      reason: 'two cases came back',
    });
    expect(note).toMatchObject({ success: true, appliedMinor: 20_000n, unappliedMinor: 1_000n, owedMinor: 10_000n });
    if (!note.success || note.paymentId === null) throw new Error('no note');
    await bench.credit.reversePayment({ ...by, paymentId: note.paymentId, reason: 'wrong shop' });
    expect(await bench.account(shop)).toMatchObject({ owedMinor: 30_000n, unappliedMinor: 0n });
  });

  test('a write-off gives up debts, never more than is owed, and leaves nothing over', async () => {
    const { shop, debts } = await shopOwing(10_000n, 20_000n);
    const writeOff = (amountMinor: bigint, more = {}) =>
      bench.credit.writeOff({ ...by, retailerId: shop, amountMinor, reason: 'the shop burnt down', ...more });
    expect(await writeOff(30_001n)).toMatchObject({
      success: false,
      code: 'INVALID_AMOUNT',
      message: expect.stringContaining('300.00 INR is owed'),
    });
    expect(await writeOff(15_000n, { allocations: [{ receivableId: debts[1], amountMinor: 14_000n }] })).toMatchObject({
      code: 'INVALID_ALLOCATION',
    });
    expect(await writeOff(12_000n)).toMatchObject({ success: true, appliedMinor: 12_000n, unappliedMinor: 0n });
    expect(await leftOf(shop)).toEqual([18_000n]);
  });

  test('a correction adds a debt, or settles debts but never more than is owed', async () => {
    const { shop } = await shopOwing(10_000n);
    const adjust = (amountMinor: bigint | number, more = {}) =>
      bench.credit.adjustBalance({ ...by, retailerId: shop, amountMinor, reason: 'counted again', ...more });
    expect(await adjust(2_500, { dueOn: '2030-05-31', reference: 'INV-9' })).toMatchObject({
      success: true,
      dueOn: '2030-05-31',
      owedMinor: 12_500n,
      paymentId: null,
    });
    expect(await adjust(-12_501n)).toMatchObject({ success: false, code: 'INVALID_AMOUNT' });
    expect(await adjust(-12_000)).toMatchObject({ success: true, owedMinor: 500n, appliedMinor: 12_000n });
    expect(await leftOf(shop)).toEqual([500n]);
  });
});

test('and after all of it the ledger is whole', async () => {
  expect(await verifyLedger(bench.db)).toMatchObject({ ok: true, firstBad: null });
});
