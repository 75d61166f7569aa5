import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { anchorHeads } from '../../src/credit/anchors.ts';
import { verifyLedger } from '../../src/credit/index.ts';
import { accountInvariants, entryInvariants, holdInvariants, rowInvariants } from '../../src/credit/invariants.ts';
import { mustExist } from '../../src/shared/assert.ts';
import { createPassage, type Passage } from './passage.ts';
import { type CreditBench, createCreditBench, W } from './shop.ts';

let bench: CreditBench;
let passage: Passage;
let shop: string;
beforeAll(async () => {
  bench = await createCreditBench();
  passage = createPassage(bench);
  shop = await bench.shop({ owedMinor: 5_000n, overCaptureBasisPoints: 1_000 });
  await liveLong();
  await anchorHeads(bench.db.prisma);
});
afterAll(() => bench.drop());

/** Everything that can happen to an account, once. */
async function liveLong(): Promise<void> {
  const { credit } = bench;
  const person = { wholesalerId: W, actor: 'asha', reason: 'as agreed' };
  const account = { ...person, retailerId: shop };
  const delivered = await passage.hold(shop, 20_000n);
  await passage.capture(delivered, 5_000n);
  await passage.capture(delivered, 16_500n);
  const parted = await passage.hold(shop, 10_000n);
  await passage.adjust(parted, 12_000n);
  await passage.capture(parted, 4_000n);
  await passage.releasePart(parted, 1_000n);
  await passage.extend(parted, new Date(Date.now() + 10 * 86_400_000));
  await passage.letPass(await passage.hold(shop, 3_000n));
  await bench.order(shop, 99_000n);
  const open = await passage.hold(shop, 8_000n, { orderId: 'special' });
  const until = new Date(Date.now() + 3_600_000);
  await credit.grantOverride({ ...account, orderId: 'special', amountMinor: 90_000n, expiresAt: until });
  const grown = await passage.adjust(open, 130_000n);
  expect(grown.success).toBe(true);
  await passage.pay(shop, 9_000n);
  const bounced = await passage.pay(shop, 30_000n);
  if (!bounced.success) throw new Error(bounced.message);
  await credit.reversePayment({ ...person, paymentId: bounced.ledgerEntryId });
  await credit.issueCreditNote({ ...account, amountMinor: 500n });
  await credit.writeOff({ ...account, amountMinor: 100n });
  await credit.adjustBalance({ ...account, amountMinor: 700n });
  await credit.adjustBalance({ ...account, amountMinor: -300n });
  await credit.changeLimit({ ...account, limitMinor: 90_000n, validUntil: '2999-12-31' });
  await credit.blockAccount(account);
  await credit.unblockAccount(account);
}

test('an account that has seen everything is whole', async () => {
  expect(new Set(await bench.kinds(shop))).toEqual(
    new Set([
      ...['HOLD', 'HOLD_ADJUST', 'RELEASE', 'EXPIRE', 'CAPTURE', 'PAYMENT', 'PAYMENT_REVERSAL', 'CREDIT_NOTE'],
      ...['ADJUSTMENT', 'WRITE_OFF', 'LIMIT_CHANGE', 'BLOCK', 'UNBLOCK', 'OVERRIDE'],
    ]),
  );
  const [count] = await bench.appSql<{ n: number }>('select count(*)::int as n from ledger_entry');
  expect(await verifyLedger(bench.db)).toMatchObject({ ok: true, accounts: 1, entries: count?.n, firstBad: null });
});

/** What a person with all rights could do, and the check that finds it. Each is put back afterwards. */
const edits: { what: string; table: string; set: string; where: string; check: string }[] = [
  {
    what: 'the grant of an override is raised',
    table: 'credit_override',
    set: 'amount_minor = amount_minor + 1',
    where: 'true',
    check: 'override',
  },
  {
    what: 'an override is used for another hold',
    table: 'credit_override',
    set: `used_by = (select id from credit_hold where order_id <> 'special' limit 1)`,
    where: 'true',
    check: 'override',
  },
  {
    what: 'a debt is raised',
    table: 'receivable',
    set: 'amount_minor = amount_minor + 1',
    where: 'amount_minor = 16500',
    check: 'a debt per delivery',
  },
  {
    what: 'a debt moves to another delivery',
    table: 'receivable',
    set: 'entry_id = gen_random_uuid()',
    where: 'amount_minor = 16500',
    check: 'a debt per delivery',
  },
  {
    what: 'a payment is raised with what it left',
    table: 'payment',
    set: 'amount_minor = amount_minor + 1, unapplied_minor = unapplied_minor + 1',
    where: `kind = 'credit_note'`,
    check: 'payment',
  },
  {
    what: 'an allocation moves to another entry',
    table: 'payment_allocation',
    set: 'entry_id = gen_random_uuid()',
    where: 'amount_minor = 5000',
    check: 'allocations are what their entry says',
  },
  {
    what: 'a reversal is forgotten',
    table: 'payment',
    set: 'reversed_by = null',
    where: 'reversed_by is not null',
    check: 'a reversal takes all of it back',
  },
  {
    what: 'what was delivered above a hold is denied',
    table: 'credit_hold',
    set: 'over_captured_minor = 0',
    where: 'over_captured_minor > 0',
    check: 'holds are what their entries say',
  },
  {
    what: 'a hold is kept open for longer',
    table: 'credit_hold',
    set: `expires_at = expires_at + interval '1 second'`,
    where: `state = 'open'`,
    check: 'holds are what their entries say',
  },
  {
    what: 'a hold is said to have lapsed',
    table: 'credit_hold',
    set: `state = 'released'`,
    where: `state = 'expired'`,
    check: 'holds are what their entries say',
  },
  {
    what: 'a limit counts for longer',
    table: 'credit_account',
    set: `limit_valid_until = limit_valid_until + interval '1 day'`,
    where: 'true',
    check: 'how long the limit counts',
  },
  {
    what: 'an anchor is rewritten',
    table: 'ledger_anchor',
    set: `hash = sha256('x')`,
    where: 'true',
    check: 'anchor',
  },
  {
    what: 'the root of the anchors is rewritten',
    table: 'ledger_anchor_root',
    set: `root = sha256('x')`,
    where: 'true',
    check: 'root of the anchors',
  },
];

describe('names what a person with all rights did:', () => {
  test.each(edits)('$what', async ({ table, set, where, check }) => {
    await disturbed(table, `update ${table} set ${set} where ${where}`, check);
  });

  test('an override that nobody granted', async () => {
    await disturbed(
      'credit_override',
      `insert into credit_override (wholesaler_id, id, retailer_id, order_id, amount_minor, granted_by, granted_at, expires_at)
       values ('${W}', gen_random_uuid(), '${shop}', 'made up', 5, 'nobody', app_clock(), app_clock() + interval '1 day')`,
      'every override was granted in the ledger',
    );
  });

  test('an allocation that no payment made', async () => {
    await disturbed(
      'payment_allocation',
      `update payment_allocation set amount_minor = amount_minor - 1 where amount_minor = 4000`,
      'allocations are what their entry says',
    );
  });

  // The whole tail goes, account row and all: the shorter chain is whole in itself.
  test('a chain whose tail was cut off, with everything that belongs to it', async () => {
    const [head] = await bench.appSql<{ seq: string }>('select seq from credit_account');
    const last = Number(mustExist(head, 'the account').seq);
    await bench.ownerSql(
      'create table kept_entry as select * from ledger_entry; create table kept_account as select * from credit_account',
    );
    await withoutTriggers(['ledger_entry', 'credit_account'], async () => {
      // BLOCK and UNBLOCK moved no figure.
      await bench.ownerSql('delete from ledger_entry where seq > $1', [last - 2]);
      await bench.ownerSql(
        `update credit_account a set seq = e.seq, head_hash = e.hash from ledger_entry e
         where e.retailer_id = a.retailer_id and e.seq = $1`,
        [last - 2],
      );
      const { firstBad } = await verifyLedger(bench.db);
      expect(firstBad).toEqual({ wholesalerId: W, retailerId: shop, seq: last, check: 'anchor' });
      await bench.ownerSql('insert into ledger_entry select * from kept_entry where seq > $1', [last - 2]);
      await bench.ownerSql('update credit_account a set seq = k.seq, head_hash = k.head_hash from kept_account k');
    });
    await bench.ownerSql('drop table kept_entry, kept_account');
    expect((await verifyLedger(bench.db)).ok).toBe(true);
  });
});

/** Runs `sql` past all triggers, expects the proof to find it by `check`, and puts the table back. */
async function disturbed(table: string, sql: string, check: string): Promise<void> {
  await withoutTriggers([table], async () => {
    await bench.ownerSql(`create table kept as select * from ${table}`);
    await bench.ownerSql(sql);
    const { firstBad } = await verifyLedger(bench.db);
    await restore(table);
    expect(firstBad).toMatchObject({ wholesalerId: W, check });
  });
  expect((await verifyLedger(bench.db)).ok).toBe(true);
}

async function restore(table: string): Promise<void> {
  // Foreign keys off as well: rows are taken out and put in again.
  await bench.ownerSql(
    `set session_replication_role = replica; delete from ${table}; insert into ${table} select * from kept`,
  );
  await bench.ownerSql('drop table kept');
}

async function withoutTriggers(tables: string[], work: () => Promise<void>): Promise<void> {
  for (const table of tables) await bench.ownerSql(`alter table ${table} disable trigger user`);
  await work();
  const always = await bench.ownerSql<{ name: string; relation: string }>(
    `select tgname as name, tgrelid::regclass::text as relation from pg_trigger
     where tgrelid = any ($1::regclass[]) and not tgisinternal`,
    [tables],
  );
  for (const { name, relation } of always)
    await bench.ownerSql(`alter table ${relation} enable always trigger ${name}`);
}

describe('no hold stays open long after its time while somebody sweeps', () => {
  const sweeper = (aliveFor: string): Promise<unknown> =>
    bench.appSql(
      `insert into credit_sweeper values (gen_random_uuid(), app_clock() - interval '${aliveFor}', app_clock())`,
    );

  test('is found when a process swept and let it be', async () => {
    const late = await bench.shop();
    const hold = await passage.hold(late, 10n);
    await bench.ownerSql(`update credit_hold set expires_at = app_clock() - interval '5 minutes' where id = $1`, [
      hold,
    ]);
    expect((await verifyLedger(bench.db)).ok).toBe(true);
    // A process that has just started had no chance yet.
    await sweeper('30 seconds');
    expect((await verifyLedger(bench.db)).ok).toBe(true);
    await sweeper('10 minutes');
    expect((await verifyLedger(bench.db)).firstBad).toMatchObject({
      retailerId: late,
      check: 'no hold is open long after its time while somebody sweeps',
    });
    await bench.appSql('delete from credit_sweeper');
  });
});

test('every check has a name of its own', () => {
  const names = [...entryInvariants, ...accountInvariants, ...holdInvariants, ...rowInvariants].map(
    ({ check }) => check,
  );
  expect(new Set(names).size).toBe(names.length);
});
