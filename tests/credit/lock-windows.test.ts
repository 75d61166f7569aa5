import { afterAll, beforeAll, expect, test } from 'vitest';
import { acquireBatch, lockFreeAccounts, releaseBatch, verifyLedger } from '../../src/credit/index.ts';
import { inTransaction, type Tx } from '../../src/db/index.ts';
import { withConnection } from '../../src/db/one-connection.ts';
import { type CreditBench, createCreditBench, newOrderId, W, waitingBackend, whileHeld } from './shop.ts';

let bench: CreditBench;
beforeAll(async () => {
  bench = await createCreditBench();
});
afterAll(async () => {
  expect(await verifyLedger(bench.db)).toMatchObject({ firstBad: null });
  await bench.drop();
});

const request = (retailerId: string, amountMinor = 100n) => {
  const orderId = newOrderId();
  return { wholesalerId: W, retailerId, key: orderId, orderId, amountMinor };
};

async function lockTimeout(tx: Tx): Promise<string> {
  const rows = await tx.$queryRaw<{ lock_timeout: string }[]>`show lock_timeout`;
  return rows[0]?.lock_timeout ?? '';
}

test('a caller queues for the row instead of sleeping, and has it as soon as it is free', async () => {
  const shop = await bench.shop();
  await whileHeld(bench, shop, async (holder) => {
    const answered = bench.order(shop, 100n);
    // Seen in the queue of the row itself: nobody has to wake it up.
    await waitingBackend(holder);
    await holder.rows('commit');
    expect(await answered).toMatchObject({ success: true });
  });
});

test('attempts 2, 3 and 4 queue for 100, 200 and 400 ms', async () => {
  const shop = await bench.shop();
  await whileHeld(bench, shop, async (holder) => {
    const answered = bench.order(shop, 100n);
    const pid = await waitingBackend(holder);
    const starts = new Set<string>();
    // Each attempt waits anew; waitstart tells them apart. It is null for the instant before the wait is entered.
    let settled = false;
    answered.finally(() => {
      settled = true;
    });
    while (!settled) {
      const rows = await holder.rows<{ start: string }>(
        'select waitstart::text as start from pg_locks where pid = $1 and not granted and waitstart is not null',
        [pid],
      );
      for (const row of rows) starts.add(row.start);
    }
    expect(await answered).toMatchObject({ code: 'MAX_RETRIES_EXCEEDED' });
    const times = [...starts].map((start) => Date.parse(start)).sort((a, b) => a - b);
    expect(times).toHaveLength(3);
    const [second = 0, third = 0, fourth = 0] = times;
    expect(third - second).toBeGreaterThanOrEqual(95);
    expect(third - second).toBeLessThan(190);
    expect(fourth - third).toBeGreaterThanOrEqual(195);
    expect(fourth - third).toBeLessThan(390);
  });
});

test('lock_timeout is as before on every way out: taken, given up, cancelled', async () => {
  const shop = await bench.shop();
  await whileHeld(bench, shop, async (holder) => {
    await inTransaction(bench.db, async (tx) => {
      await tx.$executeRaw`set local lock_timeout = '4321ms'`;
      const given = await acquireBatch(tx, [request(shop)], { wait: 'promised' });
      expect(given.verdicts).toMatchObject([{ code: 'MAX_RETRIES_EXCEEDED' }]);
      expect(await lockTimeout(tx)).toBe('4321ms');
      const taking = acquireBatch(tx, [request(shop)], { wait: 'promised' });
      await waitingBackend(holder);
      await holder.rows('commit');
      expect((await taking).verdicts).toMatchObject([{ kind: 'approved' }]);
      expect(await lockTimeout(tx)).toBe('4321ms');
    });
  });
  await whileHeld(bench, shop, async (holder) => {
    await withConnection(bench.url, 'cancelled', async (connection) => {
      await connection.rows('begin');
      await connection.rows("set local lock_timeout = '4321ms'");
      await connection.rows('savepoint before');
      const acquiring = connection.rows(
        `select * from credit_acquire_batch('promised', array[$1], array[$2], array['c'], array['c'],
           array[gen_random_uuid()], array[1], array[null]::text[], array[null]::integer[], array['x'], array['x'],
           array[null]::text[])`,
        [W, shop],
      );
      acquiring.catch(() => undefined);
      await holder.rows('select pg_cancel_backend($1)', [await waitingBackend(holder)]);
      await expect(acquiring).rejects.toThrow('canceling statement due to user request');
      await connection.rows('rollback to savepoint before');
      expect(await connection.rows('show lock_timeout')).toEqual([{ lock_timeout: '4321ms' }]);
    });
  });
});

test('a batch of several busy accounts waits no longer than the windows together', async () => {
  const shops = [await bench.shop(), await bench.shop(), await bench.shop()];
  await withConnection(bench.url, 'holder', async (holder) => {
    await holder.rows('begin');
    await holder.rows('select from credit_account where retailer_id = any ($1) for no key update', [shops.slice(0, 2)]);
    const startedAt = performance.now();
    const { verdicts } = await acquireBatch(
      bench.db.prisma,
      shops.map((shop) => request(shop)),
      { wait: 'promised' },
    );
    expect(performance.now() - startedAt).toBeLessThan(1_300);
    expect(verdicts).toMatchObject([
      { code: 'MAX_RETRIES_EXCEEDED' },
      { code: 'MAX_RETRIES_EXCEEDED' },
      { kind: 'approved' },
    ]);
  });
});

test('a set never waits: busy accounts are told apart from missing ones, and nothing is recorded of them', async () => {
  const [held, free] = [await bench.shop(), await bench.shop()];
  await whileHeld(bench, held, async () => {
    const { verdicts } = await acquireBatch(bench.db.prisma, [request(held), request(free), request('nobody')], {
      wait: 'none',
    });
    expect(verdicts).toMatchObject([
      { kind: 'busy' },
      { kind: 'approved' },
      { kind: 'refused', code: 'CREDIT_ACCOUNT_NOT_FOUND' },
    ]);
  });
  expect(await bench.appSql('select code from credit_decision where retailer_id = $1', [held])).toEqual([]);
});

test('free accounts are locked in one go and can then be used in the same transaction', async () => {
  const [held, a, b] = [await bench.shop(), await bench.shop(), await bench.shop()];
  await whileHeld(bench, held, async () => {
    await inTransaction(bench.db, async (tx) => {
      const keys = [b, held, a, 'nobody', b].map((retailerId) => ({ wholesalerId: W, retailerId }));
      expect((await lockFreeAccounts(tx, keys)).map((key) => key.retailerId)).toEqual([a, b]);
      // Others find them busy, we do not.
      const others = await acquireBatch(bench.db.prisma, [request(a)], { wait: 'none' });
      expect(others.verdicts).toEqual([{ kind: 'busy' }]);
      const ours = await acquireBatch(tx, [request(b), request(a)], { wait: 'none' });
      expect(ours.verdicts).toMatchObject([{ kind: 'approved' }, { kind: 'approved' }]);
    });
  });
});

test('overlapping batches over many accounts never deadlock', async () => {
  const shops = await Promise.all(Array.from({ length: 8 }, () => bench.shop({ limitMinor: 10_000_000n })));
  const others = await Promise.all(Array.from({ length: 3 }, () => bench.connect({ poolMax: 2 })));
  let seed = 7;
  const random = (below: number): number => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return seed % below;
  };
  const batches = others.map(async (other) => {
    let approved = 0;
    for (let round = 0; round < 25; round += 1) {
      // Unsorted on purpose, and each account several times.
      const requests = Array.from({ length: 10 }, () => request(shops[random(8)] ?? ''));
      const { verdicts } = await acquireBatch(other.prisma, requests, { wait: 'promised' });
      const holds = verdicts.flatMap((verdict) => (verdict.kind === 'approved' ? [verdict.ledgerEntryId] : []));
      approved += holds.length;
      await releaseBatch(
        other.prisma,
        holds.slice(0, 3).map((ledgerEntryId) => ({ wholesalerId: W, ledgerEntryId, reason: 'cancelled' })),
      );
    }
    return approved;
  });
  expect(await Promise.all(batches)).toEqual([250, 250, 250]);
  const [stats] = await bench.ownerSql<{ deadlocks: number }>(
    'select deadlocks::int from pg_stat_database where datname = current_database()',
  );
  expect(stats).toEqual({ deadlocks: 0 });
});
