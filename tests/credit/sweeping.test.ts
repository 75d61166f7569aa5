import { afterAll, beforeAll, expect, test } from 'vitest';
import { sweepDueHolds } from '../../src/credit/expire-due-holds.ts';
import { verifyLedger } from '../../src/credit/index.ts';
import { withConnection } from '../../src/db/one-connection.ts';
import { createPassage, type Passage } from './passage.ts';
import { type CreditBench, createCreditBench, waitingBackend, whileHeld } from './shop.ts';

let bench: CreditBench;
let passage: Passage;
beforeAll(async () => {
  bench = await createCreditBench();
  passage = createPassage(bench);
});
afterAll(() => bench.drop());

/** So many shops with one hold each whose time is over. */
async function overdueShops(count: number): Promise<{ shop: string; hold: string }[]> {
  const made = await Promise.all(
    Array.from({ length: count }, async () => {
      const shop = await bench.shop();
      return { shop, hold: await passage.hold(shop, 90_000n) };
    }),
  );
  await Promise.all(made.map(({ hold }) => passage.letPass(hold)));
  return made;
}

const kindsOf = (shops: { shop: string }[]): Promise<string[][]> =>
  Promise.all(shops.map(({ shop }) => bench.kinds(shop)));

test('two processes sweep while the shops order, and every hold lapses once', async () => {
  const shops = await overdueShops(120);
  const other = await bench.connect({ applicationName: 'other process', poolMax: 2 });
  const [first, second, ...orders] = await Promise.all([
    sweepDueHolds(bench.db.prisma),
    sweepDueHolds(other.prisma),
    ...shops.slice(0, 60).map(({ shop }) => bench.order(shop, 100_000n)),
  ]);
  expect(orders.every(({ success }) => success)).toBe(true);
  expect(await sweepDueHolds(other.prisma)).toEqual({ lapsed: 0, troubles: [] });
  for (const kinds of await kindsOf(shops)) expect(kinds.filter((kind) => kind === 'EXPIRE')).toHaveLength(1);
  // The rest lapsed on the way to an order.
  expect(first.lapsed + second.lapsed).toBeGreaterThanOrEqual(60);
  expect(first.lapsed + second.lapsed).toBeLessThanOrEqual(120);
});

test('a sweep whose connection is ended in the middle leaves nothing half done and nothing locked', async () => {
  const shops = await overdueShops(20);
  const dying = await bench.connect({ applicationName: 'dying process', poolMax: 1 });
  await withConnection(bench.url, 'test blocker', async (blocker) => {
    // Not the account, which a sweep passes over when it is busy, but a hold: the sweep is then in the middle of its work.
    await blocker.rows('begin');
    await blocker.rows('select from credit_hold where id = $1 for update', [shops[10]?.hold]);
    const swept = sweepDueHolds(dying.prisma).then(
      () => 'ended well',
      (error: unknown) => error,
    );
    const pid = await waitingBackend(blocker);
    await blocker.rows('select pg_terminate_backend($1)', [pid]);
    expect(await swept).toBeInstanceOf(Error);
    await blocker.rows('rollback');
  });
  expect((await kindsOf(shops)).flat()).not.toContain('EXPIRE');
  expect(await sweepDueHolds(bench.db.prisma)).toEqual({ lapsed: 20, troubles: [] });
});

test('an account that is held at the moment is waited for, and nobody else waits for it', async () => {
  const [busy, free] = await overdueShops(2);
  await whileHeld(bench, busy?.shop ?? '', async (holder) => {
    const swept = sweepDueHolds(bench.db.prisma);
    await waitingBackend(holder);
    // The sweep queues for the one; the other has lapsed already.
    expect(await bench.kinds(free?.shop ?? '')).toContain('EXPIRE');
    await holder.rows('rollback');
    expect(await swept).toEqual({ lapsed: 2, troubles: [] });
  });
});

test('a hold that cannot lapse keeps no other from it, and is named', async () => {
  const shops = await overdueShops(3);
  const broken = shops[1];
  await bench.ownerSql(
    `alter table credit_hold add constraint test_broken check (id <> '${broken?.hold}' or state = 'open')`,
  );
  const sweep = await sweepDueHolds(bench.db.prisma);
  expect(sweep.lapsed).toBe(2);
  expect(sweep.troubles.map(({ account }) => account.retailerId)).toEqual([broken?.shop]);
  await bench.ownerSql('alter table credit_hold drop constraint test_broken');
  expect(await sweepDueHolds(bench.db.prisma)).toEqual({ lapsed: 1, troubles: [] });
});

test('a sweep goes on until nothing is due', async () => {
  const shop = await bench.shop({ limitMinor: 1_000_000n });
  const holds = await Promise.all(Array.from({ length: 230 }, () => passage.hold(shop, 10n)));
  await bench.ownerSql(`update credit_hold set expires_at = app_clock() - interval '1 second' where id = any ($1)`, [
    holds,
  ]);
  expect(await sweepDueHolds(bench.db.prisma)).toEqual({ lapsed: 230, troubles: [] });
  expect(await bench.account(shop)).toMatchObject({ heldMinor: 0n });
});

test('and after all of it the ledger is whole', async () => {
  expect(await verifyLedger(bench.db)).toMatchObject({ ok: true, firstBad: null });
});
