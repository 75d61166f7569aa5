import { afterAll, beforeAll, expect, test } from 'vitest';
import { acquireBatch, readAccounts, releaseBatch, verifyLedger } from '../../src/credit/index.ts';
import { inTransaction, type Tx } from '../../src/db/index.ts';
import { type CreditBench, createCreditBench, newOrderId, W } from './shop.ts';

let bench: CreditBench;
beforeAll(async () => {
  bench = await createCreditBench();
});
afterAll(async () => {
  expect(await verifyLedger(bench.db)).toMatchObject({ firstBad: null });
  await bench.drop();
});

const request = (retailerId: string, amountMinor: bigint | null) => {
  const orderId = newOrderId();
  return { wholesalerId: W, retailerId, key: orderId, orderId, amountMinor };
};

test('requests on one account are answered in the order given, against the running figures', async () => {
  const [a, b] = [await bench.shop(), await bench.shop({ limitMinor: 50_000n })];
  const { verdicts } = await acquireBatch(
    bench.db.prisma,
    [
      request(b, 30_000n),
      request(a, 75_000n),
      request(a, 40_000n),
      request(b, 30_000n),
      request(a, 25_000n),
      request(a, null),
      request('nobody', 1n),
      request(b, 20_000n),
    ],
    { wait: 'promised' },
  );
  expect(verdicts).toMatchObject([
    { kind: 'approved', availableMinor: 20_000n },
    { kind: 'approved', availableMinor: 25_000n, figures: { heldMinor: 0n, limitMinor: 100_000n, currency: 'INR' } },
    { kind: 'refused', code: 'INSUFFICIENT_CREDIT', shortByMinor: 15_000n, figures: { heldMinor: 75_000n } },
    { kind: 'refused', code: 'INSUFFICIENT_CREDIT', shortByMinor: 10_000n },
    { kind: 'approved', availableMinor: 0n, figures: { heldMinor: 75_000n } },
    { kind: 'refused', code: 'INVALID_AMOUNT', figures: null },
    { kind: 'refused', code: 'CREDIT_ACCOUNT_NOT_FOUND', figures: null },
    { kind: 'approved', availableMinor: 0n },
  ]);
  expect(await readAccounts(bench.db.prisma, [{ wholesalerId: W, retailerId: a }])).toMatchObject([
    { heldMinor: 100_000n, availableMinor: 0n, status: 'active' },
  ]);
});

test('64 requests on one account take one trip and give every one a place in the ledger', async () => {
  const shop = await bench.shop();
  const { verdicts } = await acquireBatch(
    bench.db.prisma,
    Array.from({ length: 64 }, () => request(shop, 1_000n)),
    { wait: 'promised' },
  );
  expect(verdicts.filter((verdict) => verdict.kind === 'approved')).toHaveLength(64);
  const rows = await bench.appSql('select count(*)::int, max(seq)::int from ledger_entry where retailer_id = $1', [
    shop,
  ]);
  expect(rows).toEqual([{ count: 65, max: 65 }]);
});

test('a batch is bounded', async () => {
  const shop = await bench.shop();
  const requests = Array.from({ length: 513 }, () => request(shop, 1n));
  await expect(acquireBatch(bench.db.prisma, requests, { wait: 'none' })).rejects.toThrow('too large');
  expect(await acquireBatch(bench.db.prisma, [], { wait: 'none' })).toEqual({ verdicts: [], lapsed: [] });
});

test('a batch of releases answers each: released, released before, unknown, and twice in one batch', async () => {
  const [a, b] = [await bench.shop(), await bench.shop()];
  const { verdicts } = await acquireBatch(bench.db.prisma, [request(a, 100n), request(b, 200n), request(a, 300n)], {
    wait: 'none',
  });
  const [first = '', second = '', third = ''] = verdicts.map((one) =>
    one.kind === 'approved' ? one.ledgerEntryId : '',
  );
  await releaseBatch(bench.db.prisma, [{ wholesalerId: W, ledgerEntryId: second, reason: 'earlier' }]);
  const release = (ledgerEntryId: string, wholesalerId: string | null = W) => ({
    wholesalerId,
    ledgerEntryId,
    reason: 'cancelled',
    actor: 'asha',
  });
  const answers = await releaseBatch(bench.db.prisma, [
    release(third),
    release(second),
    release('00000000-0000-7000-8000-000000000000'),
    release(first, null),
    release(third),
    release(first, 'another wholesaler'),
  ]);
  expect(answers).toMatchObject([
    { kind: 'released', releasedMinor: 300n, availableMinor: 99_900n, replayed: false },
    { kind: 'released', releasedMinor: 200n, replayed: true },
    { kind: 'refused', code: 'LEDGER_ENTRY_NOT_FOUND' },
    { kind: 'released', releasedMinor: 100n, availableMinor: 100_000n, replayed: false },
    { kind: 'released', releasedMinor: 300n, availableMinor: 99_900n, replayed: true },
    { kind: 'refused', code: 'LEDGER_ENTRY_NOT_FOUND' },
  ]);
  const [entry] = await bench.appSql(
    `select e.actor, r.reason from ledger_entry e join ledger_reason r on r.entry_id = e.id
     where e.hold_id = $1 and e.kind = 'RELEASE'`,
    [third],
  );
  expect(entry).toEqual({ actor: 'asha', reason: 'cancelled' });
});

test('lapsed holds are named, so that their orders can follow', async () => {
  const shop = await bench.shop();
  const old = { ...request(shop, 90_000n), holdLifetimeMinutes: 1 };
  await acquireBatch(bench.db.prisma, [old], { wait: 'none' });
  await bench.ownerSql(`update credit_hold set expires_at = app_clock() where order_id = $1`, [old.orderId]);
  const { verdicts, lapsed } = await acquireBatch(
    bench.db.prisma,
    [request(shop, 5_000n), request(shop, 50_000n), request(shop, 46_000n)],
    { wait: 'none' },
  );
  expect(verdicts).toMatchObject([
    { kind: 'approved', availableMinor: 5_000n },
    { kind: 'approved', availableMinor: 45_000n },
    { kind: 'refused', code: 'INSUFFICIENT_CREDIT' },
  ]);
  expect(lapsed).toMatchObject([{ wholesalerId: W, retailerId: shop, orderId: old.orderId, amountMinor: 90_000n }]);
  expect(await bench.kinds(shop)).toEqual(['LIMIT_CHANGE', 'HOLD', 'HOLD', 'EXPIRE', 'HOLD']);
});

test('a verdict reads as much of the ledger after thousands of entries as at the beginning', async () => {
  // One connection, so that the plans are those made while the tables were small.
  const single = await bench.connect({ poolMax: 1 });
  const shop = await bench.shop({ limitMinor: 1_000_000_000n });
  // Counted within the backend; what it did before may still be in there, hence the difference.
  const readSoFar = async (tx: Tx): Promise<number> => {
    const rows = await tx.$queryRaw<{ read: number }[]>`
      select coalesce(sum(seq_tup_read + idx_tup_fetch), 0)::int as read from pg_stat_xact_user_tables
      where relname in ('ledger_entry', 'credit_hold', 'credit_account')`;
    return rows[0]?.read ?? 0;
  };
  const rowsRead = () =>
    inTransaction(single, async (tx) => {
      const before = await readSoFar(tx);
      const { verdicts } = await acquireBatch(tx, [request(shop, 1n)], { wait: 'promised' });
      const [hold = ''] = verdicts.flatMap((one) => (one.kind === 'approved' ? [one.ledgerEntryId] : []));
      await releaseBatch(tx, [{ wholesalerId: W, ledgerEntryId: hold, reason: 'cancelled' }]);
      await acquireBatch(tx, [request(shop, 2_000_000_000n)], { wait: 'promised' });
      // The guard of the account too, which otherwise runs at COMMIT.
      await tx.$executeRaw`set constraints all immediate`;
      return (await readSoFar(tx)) - before;
    });
  for (let warming = 0; warming < 10; warming += 1) await rowsRead();
  const atFirst = await rowsRead();
  expect(atFirst).toBeLessThan(30);
  for (let batch = 0; batch < 12; batch += 1) {
    const requests = Array.from({ length: 400 }, () => request(shop, 1n));
    await acquireBatch(bench.db.prisma, requests, { wait: 'promised' });
  }
  expect(await rowsRead()).toBeLessThanOrEqual(atFirst + 5);
});

test('what a batch held before a request that did not fit is stored with it, also when other holds lapsed in between', async () => {
  for (const lapsing of [false, true]) {
    const shop = await bench.shop();
    const old = request(shop, 10_000n);
    await acquireBatch(bench.db.prisma, [old], { wait: 'none' });
    if (lapsing) {
      await bench.ownerSql(`update credit_hold set expires_at = app_clock() where order_id = $1`, [old.orderId]);
    }
    const { verdicts } = await acquireBatch(
      bench.db.prisma,
      [request(shop, 60_000n), request(shop, 50_000n), request('nobody', 1n)],
      { wait: 'none' },
    );
    expect(verdicts).toMatchObject([{ kind: 'approved' }, { code: 'INSUFFICIENT_CREDIT' }, { kind: 'refused' }]);
    const [account] = await readAccounts(bench.db.prisma, [{ wholesalerId: W, retailerId: shop }]);
    expect(account).toMatchObject({ heldMinor: lapsing ? 60_000n : 70_000n });
  }
});
