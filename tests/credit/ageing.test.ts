import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Ageing } from '../../src/credit/index.ts';
import { setClock, shopElsewhere } from './papers.ts';
import { createPassage, type Passage } from './passage.ts';
import { type CreditBench, createCreditBench, W } from './shop.ts';

let bench: CreditBench;
let on: Passage;
beforeAll(async () => {
  bench = await createCreditBench();
  on = createPassage(bench);
});
afterAll(() => bench.drop());

const by = { wholesalerId: W, actor: 'asha' };

async function owe(
  key: { wholesalerId: string; retailerId: string },
  amountMinor: bigint,
  dueOn: string,
): Promise<void> {
  const added = await bench.credit.adjustBalance({ ...key, actor: 'asha', amountMinor, dueOn, reason: 'old invoice' });
  if (!added.success) throw new Error(added.message);
}

async function ageingOf(key: { wholesalerId: string; retailerId: string }, asOf?: Date): Promise<Ageing> {
  const { accounts } = await bench.credit.ageing({ ...key, asOf });
  if (accounts[0] === undefined) throw new Error('no such account');
  return accounts[0];
}

describe('what is owed, by age', () => {
  test('counts days past due up to 30, 60, 90 and beyond, with kept money apart', async () => {
    await setClock(bench, '2026-11-25T06:00:00Z');
    const key = { wholesalerId: W, retailerId: await bench.shop() };
    const debts: [bigint, string][] = [
      [1n, '2026-12-31'],
      [2n, '2026-11-25'],
      [10n, '2026-11-24'],
      [20n, '2026-10-26'],
      [100n, '2026-10-25'],
      [200n, '2026-09-26'],
      [1_000n, '2026-09-25'],
      [2_000n, '2026-08-27'],
      [10_000n, '2026-08-26'],
      [20_000n, '2020-01-01'],
    ];
    for (const [amount, dueOn] of debts) await owe(key, amount, dueOn);
    await on.pay(key.retailerId, 500n, { allocations: [] });
    expect(await ageingOf(key)).toEqual({
      ...key,
      retailerName: key.retailerId,
      currency: 'INR',
      day: '2026-11-25',
      notDueMinor: 3n,
      days1To30Minor: 30n,
      days31To60Minor: 300n,
      days61To90Minor: 3_000n,
      over90Minor: 30_000n,
      overdueMinor: 33_330n,
      owedMinor: 33_333n,
      unappliedMinor: 500n,
      balanceMinor: 32_833n,
      oldestDueOn: '2020-01-01',
    });
  });

  test('nothing owed is nothing due', async () => {
    const key = { wholesalerId: W, retailerId: await bench.shop() };
    expect(await ageingOf(key)).toMatchObject({ owedMinor: 0n, balanceMinor: 0n, oldestDueOn: null });
  });

  // Each is the last millisecond of a day and the first of the next one on the wholesaler's calendar.
  test.each([
    ['Asia/Kolkata', '2026-11-25', '2026-11-25T18:30:00Z'],
    ['America/New_York, when summer time ends', '2026-11-01', '2026-11-02T05:00:00Z'],
    ['America/New_York, the day before', '2026-10-31', '2026-11-01T04:00:00Z'],
    ['Africa/Cairo, where summer time starts at midnight', '2026-04-23', '2026-04-23T22:00:00Z'],
    // 00:00 to 01:00 happens twice on the first; the day starts with the first of the two.
    ['America/Havana, where it ends over midnight', '2026-10-31', '2026-11-01T04:00:00Z'],
  ])('a debt is overdue from midnight: %s', async (where, dueOn, midnight) => {
    const [zone = ''] = where.split(',');
    await setClock(bench, '2026-04-01T12:00:00Z');
    const key = await shopElsewhere(bench, { zone });
    await owe(key, 700n, dueOn);
    const next = Date.parse(midnight);
    await setClock(bench, new Date(next - 1));
    expect(await ageingOf(key)).toMatchObject({ day: dueOn, notDueMinor: 700n, overdueMinor: 0n });
    await setClock(bench, new Date(next));
    expect(await ageingOf(key)).toMatchObject({ notDueMinor: 0n, days1To30Minor: 700n });
    // The same moments, seen from later on.
    await setClock(bench, '2027-01-01T00:00:00Z');
    expect(await ageingOf(key, new Date(next - 1))).toMatchObject({ day: dueOn, overdueMinor: 0n });
    expect(await ageingOf(key, new Date(next))).toMatchObject({ overdueMinor: 700n });
  });
});

describe('as it once was', () => {
  test('is what it said then: before and after a payment, its bounce, a note, a write-off and kept money', async () => {
    await setClock(bench, '2026-06-01T06:00:00Z');
    const retailerId = await bench.shop({ termsDays: 15 });
    const key = { wholesalerId: W, retailerId };
    const seen: { at: Date; ageing: Ageing }[] = [];
    let day = 0;
    /** Lets ten days pass, does something, and keeps what the ageing says an hour later. */
    async function then(work: () => Promise<{ success: boolean }>): Promise<void> {
      day += 10;
      await setClock(bench, new Date(Date.UTC(2026, 5, 1 + day, 6)));
      expect(await work()).toMatchObject({ success: true });
      const at = new Date(Date.UTC(2026, 5, 1 + day, 7));
      await setClock(bench, at);
      seen.push({ at, ageing: await ageingOf(key) });
    }
    const debt = (amountMinor: bigint) => () =>
      bench.credit.adjustBalance({ ...by, retailerId, amountMinor, reason: 'old invoice' });
    let paymentId = '';
    await then(debt(10_000n));
    await then(debt(20_000n));
    await then(async () => {
      const paid = await on.pay(retailerId, 12_000n);
      if (paid.success) paymentId = paid.paymentId ?? '';
      return paid;
    });
    await then(() => bench.credit.reversePayment({ ...by, paymentId, reason: 'the cheque bounced' }));
    await then(() => bench.credit.issueCreditNote({ ...by, retailerId, amountMinor: 3_000n, reason: 'broken' }));
    await then(() => bench.credit.writeOff({ ...by, retailerId, amountMinor: 7_000n, reason: 'lost' }));
    await then(() => on.pay(retailerId, 50_000n));
    // Takes what was kept of that.
    const hold = await on.hold(retailerId, 40_000n);
    await then(() => on.capture(hold, 40_000n));
    await then(() => bench.credit.adjustBalance({ ...by, retailerId, amountMinor: -2_000n, reason: 'agreed' }));

    await setClock(bench, '2027-06-01T00:00:00Z');
    for (const { at, ageing } of seen) expect(await ageingOf(key, at)).toEqual(ageing);
    expect(seen.map(({ ageing }) => ageing.balanceMinor)).toEqual([
      10_000n,
      30_000n,
      18_000n,
      30_000n,
      27_000n,
      20_000n,
      -30_000n,
      10_000n,
      8_000n,
    ]);
    expect(seen.map(({ ageing }) => ageing.overdueMinor)).toEqual([0n, 0n, 0n, 30_000n, 27_000n, 20_000n, 0n, 0n, 0n]);
    // Before the account had any entry, and after now.
    expect(await ageingOf(key, new Date('2020-01-01'))).toMatchObject({ owedMinor: 0n, day: '2020-01-01' });
    expect(await ageingOf(key, new Date('2030-01-01'))).toEqual(await ageingOf(key));
  });
});

describe('all accounts of a wholesaler', () => {
  test('come page by page in the order of their ids, each once', async () => {
    await setClock(bench, '2026-11-25T06:00:00Z');
    const { wholesalerId } = await shopElsewhere(bench, {});
    const ids = ['a', 'b', 'c', 'd'].map((id) => `z-${id}`);
    for (const [index, retailerId] of ids.entries()) {
      await bench.ownerSql('insert into retailer (wholesaler_id, id, name) values ($1, $2, $2)', [
        wholesalerId,
        retailerId,
      ]);
      await bench.credit.openAccount({ wholesalerId, retailerId, owedMinor: BigInt(index + 1) });
    }
    const pages: string[][] = [];
    let after: string | undefined;
    do {
      const page = await bench.credit.ageing({ wholesalerId, after, limit: 2 });
      pages.push(page.accounts.map((account) => `${account.retailerId} ${account.owedMinor}`));
      after = page.next ?? undefined;
    } while (after !== undefined);
    expect(pages).toEqual([[expect.stringMatching(/^shop-\d+ 0$/), 'z-a 1'], ['z-b 2', 'z-c 3'], ['z-d 4']]);
    // No page without an end: nonsense is brought within 1 and 200.
    expect((await bench.credit.ageing({ wholesalerId, limit: -5 })).accounts).toHaveLength(1);
    expect((await bench.credit.ageing({ wholesalerId, limit: 1e9 })).accounts).toHaveLength(5);
  });

  test.each([
    ['an unknown wholesaler', { wholesalerId: 'nobody' }],
    ['an unknown shop', { wholesalerId: W, retailerId: 'nobody' }],
    ['ids that no database can keep', { wholesalerId: 'w\0', retailerId: '' }],
  ])('%s has none', async (_what, query) => {
    expect(await bench.credit.ageing(query)).toEqual({ accounts: [], next: null });
  });
});

test('books that do not agree with themselves give no ageing', async () => {
  await setClock(bench, '2026-11-25T06:00:00Z');
  const key = { wholesalerId: W, retailerId: await bench.shop({ owedMinor: 5_000n }) };
  await bench.ownerSql('update receivable set amount_minor = 6000 where retailer_id = $1', [key.retailerId]);
  await expect(ageingOf(key)).rejects.toThrow('add up to 6000, its ledger says 5000');
});
