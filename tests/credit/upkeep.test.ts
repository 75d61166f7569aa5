import { createHash } from 'node:crypto';
import { pino } from 'pino';
import { Registry } from 'prom-client';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { createUpkeep, type Upkeep, type UpkeepOptions, verifyLedger } from '../../src/credit/index.ts';
import { proveIfDue } from '../../src/credit/timed-proof.ts';
import { withConnection } from '../../src/db/one-connection.ts';
import { waitFor } from '../support/wait-for.ts';
import { createPassage, type Passage } from './passage.ts';
import { type CreditBench, createCreditBench, W } from './shop.ts';

let bench: CreditBench;
let passage: Passage;
const running: Upkeep[] = [];
beforeAll(async () => {
  bench = await createCreditBench();
  passage = createPassage(bench);
});
afterEach(() => Promise.all(running.splice(0).map((upkeep) => upkeep.stop())));
afterAll(() => bench.drop());

type Line = Record<string, unknown> & { msg: string };

/** An upkeep as one process of several has it: with a pool, a registry and a log of its own. */
async function startUpkeep(options: Partial<UpkeepOptions> = {}): Promise<{ registry: Registry; lines: Line[] }> {
  const lines: Line[] = [];
  const registry = new Registry();
  const upkeep = createUpkeep({
    db: await bench.connect({ poolMax: 3, applicationName: 'upkeep' }),
    logger: pino({ level: 'info' }, { write: (line: string) => lines.push(JSON.parse(line)) }),
    registry,
    proofEveryMs: 0,
    firstProofAfterMs: 0,
    sweepEveryMs: 50,
    lookEveryMs: 50,
    ...options,
  });
  upkeep.start();
  running.push(upkeep);
  return { registry, lines };
}

async function metric(registry: Registry, name: string): Promise<number | undefined> {
  return (await registry.getSingleMetric(name)?.get())?.values[0]?.value;
}

const said = (lines: Line[], msg: string): Line[] => lines.filter((line) => line.msg === msg);

test('holds lapse by themselves when their time is over, and are counted', async () => {
  const shop = await bench.shop();
  const one = await startUpkeep();
  const two = await startUpkeep();
  for (let n = 0; n < 3; n += 1) {
    await passage.letPass(await passage.hold(shop, 90_000n));
    await waitFor('the hold to lapse', async () => (await bench.account(shop)).heldMinor === 0n);
  }
  const counted = async (): Promise<number> =>
    ((await metric(one.registry, 'orderlock_holds_lapsed_total')) ?? 0) +
    ((await metric(two.registry, 'orderlock_holds_lapsed_total')) ?? 0);
  await waitFor('both to count', async () => (await counted()) === 3);
  expect(await metric(one.registry, 'orderlock_holds_swept_timestamp_seconds')).toBeGreaterThan(1_700_000_000);
});

test('one of two processes proves the ledger, stores what it found, and both show it', async () => {
  const everyHour = { proofEveryMs: 3_600_000 };
  const [one, two] = await Promise.all([startUpkeep(everyHour), startUpkeep(everyHour)]);
  await waitFor('both to show it', async () => {
    const shown = await Promise.all([one, two].map(({ registry }) => metric(registry, 'orderlock_ledger_proof_ok')));
    return shown.every((value) => value === 1);
  });
  const proofs = await bench.appSql<{ ok: boolean; entries: string; bad_check: string | null }>(
    'select ok, entries, bad_check from ledger_proof',
  );
  const [count] = await bench.appSql<{ n: string }>('select count(*) as n from ledger_entry');
  expect(proofs).toEqual([{ ok: true, entries: count?.n, bad_check: null }]);
  expect([...said(one.lines, 'ledger proved'), ...said(two.lines, 'ledger proved')]).toHaveLength(1);
});

test('a ledger that is not whole is reported as an error, with the entry and what to do', async () => {
  const shop = await bench.shop();
  await passage.hold(shop, 10n);
  await bench.ownerSql('alter table ledger_entry disable trigger user');
  await bench.ownerSql(`update ledger_entry set actor = 'nobody' where retailer_id = $1 and seq = 2`, [shop]);
  const { registry, lines } = await startUpkeep({ proofEveryMs: 1 });
  await waitFor('the report', async () => (await metric(registry, 'orderlock_ledger_proof_ok')) === 0);
  await Promise.all(running.splice(0).map((upkeep) => upkeep.stop()));
  expect(said(lines, 'the ledger is not whole')[0]).toMatchObject({
    level: 50,
    wholesalerId: W,
    retailerId: shop,
    seq: 2,
    check: 'hash',
    hint: expect.stringContaining('ledger:verify'),
  });
  const [stored] = await bench.appSql('select * from ledger_proof order by started_at desc limit 1');
  expect(stored).toMatchObject({ ok: false, bad_retailer_id: shop, bad_seq: '2', bad_check: 'hash' });
  await bench.ownerSql(`update ledger_entry set actor = 'system' where retailer_id = $1 and seq = 2`, [shop]);
  await bench.ownerSql('alter table ledger_entry enable trigger user');
  expect((await verifyLedger(bench.db)).ok).toBe(true);
});

test('no proof starts while another process is at it, and one does when that process has died', async () => {
  const due = { everyMs: 1, signal: new AbortController().signal };
  await withConnection(bench.url, 'test other prover', async (other) => {
    await other.rows('begin');
    await other.rows(`select pg_advisory_xact_lock(hashtextextended('orderlock ledger proof', 0))`);
    expect(await proveIfDue(bench.db, due)).toBeNull();
    const [pid] = await other.rows<{ pid: number }>('select pg_backend_pid() as pid');
    await bench.ownerSql('select pg_terminate_backend($1)', [pid?.pid]);
  });
  expect(await proveIfDue(bench.db, due)).toMatchObject({ ok: true });
});

test('a proof that is due in a while is not run now', async () => {
  expect(await proveIfDue(bench.db, { everyMs: 3_600_000, signal: new AbortController().signal })).toBeNull();
});

test('what a proof found stays, for the owner too', async () => {
  await expect(bench.ownerSql('update ledger_proof set ok = true')).rejects.toThrow('is refused');
  await expect(bench.appSql('delete from ledger_proof')).rejects.toThrow('permission denied');
});

type Root = { accounts: number; root: string };

/** The root of the newest anchors as anybody can compute it from the documented text. */
async function rootByHand(): Promise<Root> {
  const anchors = await bench.appSql<{ retailer_id: string; seq: string; hash: string }>(
    `select distinct on (retailer_id) retailer_id, seq, encode(hash, 'hex') as hash
     from ledger_anchor where wholesaler_id = $1 order by retailer_id, day desc`,
    [W],
  );
  const root = anchors.reduce(
    (before, { retailer_id, seq, hash }) =>
      createHash('sha256')
        .update(before)
        .update(`${Buffer.byteLength(retailer_id)}:${retailer_id};${seq};${hash}`)
        .digest(),
    Buffer.alloc(0),
  );
  return { accounts: anchors.length, root: root.toString('hex') };
}

test('every day the heads of all chains are anchored once, and their root is logged', async () => {
  // The tests above have anchored today: the next day begins.
  await moveClock('1 day');
  const moved = await bench.shop();
  const [{ n = 0 } = {}] = await bench.appSql<{ n: number }>('select count(*)::int as n from credit_account');
  const [one, two] = await Promise.all([startUpkeep(), startUpkeep()]);
  const rootOf = (lines: Line[]): Line | undefined =>
    said(lines, 'ledger anchored').find(({ accounts }) => accounts === n);
  const logged = await Promise.all([one, two].map(({ lines }) => waitFor('the root', () => rootOf(lines))));
  const expected = await rootByHand();
  expect(expected.accounts).toBe(n);
  for (const line of logged) expect(line).toMatchObject({ wholesalerId: W, ...expected });
  expect(await daysOf(moved)).toHaveLength(1);

  const before = (await daysOf(moved))[0];
  await passage.hold(moved, 5n);
  await moveClock('2 days');
  await waitFor('the next root', async () => said(one.lines, 'ledger anchored').length > 1 && (await daysOf(moved))[1]);
  expect((await daysOf(moved))[0]).toEqual(before);
  // Whose chain did not move has no further anchor, and still counts.
  const newest = await bench.appSql(
    'select retailer_id from ledger_anchor where day = (select max(day) from ledger_anchor)',
  );
  expect(newest).toEqual([{ retailer_id: moved }]);
  expect(said(one.lines, 'ledger anchored').at(-1)).toMatchObject(await rootByHand());
  expect(await verifyLedger(bench.db)).toMatchObject({ ok: true });
});

test('anchors are written by their functions alone, and stay', async () => {
  for (const table of ['ledger_anchor', 'ledger_anchor_root']) {
    await expect(bench.appSql(`insert into ${table} default values`)).rejects.toThrow('permission denied');
    await expect(bench.ownerSql(`update ${table} set day = day`)).rejects.toThrow('is refused');
    await expect(bench.ownerSql(`delete from ${table}`)).rejects.toThrow('is refused');
  }
  await expect(bench.appSql(`select credit_write_anchors($1, '2999-01-01', '', 10)`, [W])).rejects.toThrow('not begun');
  await expect(bench.appSql(`select credit_seal_anchors($1, '2999-01-01')`, [W])).rejects.toThrow('not begun');
});

function daysOf(shop: string): Promise<{ day: string; seq: string }[]> {
  return bench.appSql('select day::text as day, seq from ledger_anchor where retailer_id = $1 order by day', [shop]);
}

async function moveClock(by: string): Promise<void> {
  await bench.ownerSql(
    `create or replace function app_clock() returns timestamptz language sql volatile parallel safe as
     $$ select clock_timestamp() + interval '${by}' $$`,
  );
}
