import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { verifyLedger } from '../../src/credit/index.ts';
import { type CreditBench, createCreditBench, W } from './shop.ts';

let bench: CreditBench;
let shop: string;
beforeAll(async () => {
  bench = await createCreditBench();
  shop = await bench.shop({ owedMinor: 5_000n });
  const held = await bench.order(shop, 10_000n);
  await bench.order(shop, 20_000n);
  await bench.order(shop, 900_000n);
  if (held.success) await bench.credit.releaseCreditLock(held.ledgerEntryId, 'the shop called');
  await bench.credit.recordPayment({ wholesalerId: W, retailerId: shop, amountMinor: 7_000n, method: 'cash' });
  await bench.credit.blockAccount({ wholesalerId: W, retailerId: shop, actor: 'ravi', reason: 'cheque bounced' });
});
afterAll(() => bench.drop());

const moneyTables = [
  'credit_account',
  'ledger_entry',
  'ledger_reason',
  'credit_hold',
  'credit_override',
  'receivable',
  'payment',
  'payment_allocation',
  'credit_decision',
  'ledger_anchor',
  'ledger_anchor_root',
];

describe('rights', () => {
  test.each(moneyTables)('the service reads %s and cannot write it', async (table) => {
    await bench.appSql(`select * from ${table} limit 1`);
    const [column] = await bench.ownerSql<{ name: string }>(
      'select attname as name from pg_attribute where attrelid = $1::regclass and attnum = 1',
      [table],
    );
    for (const sql of [
      `insert into ${table} default values`,
      `update ${table} set ${column?.name} = ${column?.name}`,
      `delete from ${table}`,
      `truncate ${table} cascade`,
    ]) {
      await expect(bench.appSql(sql)).rejects.toThrow('permission denied');
    }
  });

  test("what the functions are built from is nobody's to call", async () => {
    const rows = await bench.ownerSql<{
      name: string;
      public: boolean;
      app: boolean;
      definer: boolean;
      config: string[];
    }>(`
      select p.proname as name, has_function_privilege('orderlock_app', p.oid, 'execute') as app,
             p.prosecdef as definer, coalesce(p.proconfig, '{}') as config,
             exists (select from aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) x where x.grantee = 0) as public
      from pg_proc p where p.pronamespace = 'public'::regnamespace and p.proname like 'credit\\_%'`);
    expect(rows.filter((row) => row.public)).toEqual([]);
    expect(
      rows
        .filter((row) => row.app && row.definer)
        .map((row) => row.name)
        .sort(),
    ).toEqual([
      'credit_acquire_batch',
      'credit_add_debt',
      'credit_adjust_hold',
      'credit_allocate_payment',
      'credit_await_accounts',
      'credit_capture_hold',
      'credit_change_limit',
      'credit_check',
      'credit_expire_account_holds',
      'credit_expire_due_holds',
      'credit_extend_hold',
      'credit_grant_override',
      'credit_lock_free_accounts',
      'credit_lower_debt',
      'credit_open_accounts',
      'credit_release_batch',
      'credit_release_part',
      'credit_reverse_payment',
      'credit_seal_anchors',
      'credit_set_status',
      'credit_set_terms',
      'credit_write_anchors',
    ]);
    for (const row of rows.filter((row) => row.definer)) {
      expect(row.config).toContain('search_path=pg_catalog, public, pg_temp');
    }
  });
});

describe('append-only, for the owner too', () => {
  test.each(['ledger_entry', 'credit_decision'])('%s', async (table) => {
    for (const sql of [
      `update ${table} set actor = actor`,
      `update ${table} set actor = actor where false`,
      `delete from ${table}`,
      `truncate ${table}`,
    ]) {
      await expect(bench.ownerSql(sql)).rejects.toThrow('is refused');
    }
  });

  test('an account with its history cannot go away', async () => {
    await expect(bench.ownerSql('delete from credit_account')).rejects.toThrow('is refused');
    await expect(bench.ownerSql('truncate credit_account cascade')).rejects.toThrow('is refused');
  });
});

describe('an account shows what its newest entry says', () => {
  test.each([
    ['limit_minor', '200000'],
    ['held_minor', '0'],
    ['owed_minor', '1'],
    ['unapplied_minor', '0'],
    ['status', `'active', block_reason = null`],
    ['currency', `'USD'`],
    ['head_hash', `sha256('x')`],
    // An older entry's number with its figures does not do either.
    [
      'seq',
      `3, (head_hash, held_minor, owed_minor, unapplied_minor, status, block_reason) =
          (select hash, held_after, owed_after, unapplied_after, status_after, null::text from ledger_entry
           where retailer_id = credit_account.retailer_id and seq = 3)`,
    ],
  ])('a hand edit of %s is refused at COMMIT', async (column, value) => {
    const before = await bench.account(shop);
    await expect(
      bench.ownerSql(`update credit_account set ${column} = ${value} where retailer_id = $1`, [shop]),
    ).rejects.toThrow('does not show what its newest ledger entry says');
    expect(await bench.account(shop)).toEqual(before);
  });

  test('an entry beyond the one that the account shows is refused, also beside a change that is right', async () => {
    await expect(
      bench.ownerSql(`
        do $$
        declare
          a credit_account;
          e ledger_entry;
        begin
          select * into a from credit_account where retailer_id = '${shop}';
          select * into e from ledger_entry where retailer_id = '${shop}' and kind = 'BLOCK' limit 1;
          e.id := gen_random_uuid();
          e := (credit_append(a, e, 'as it should be')).p_entry;
          e.seq := e.seq + 1;
          e.id := gen_random_uuid();
          insert into ledger_entry select e.*;
        end $$`),
    ).rejects.toThrow('does not show what its newest ledger entry says');
  });

  test('an account made by hand with money in it is refused', async () => {
    await bench.ownerSql(`insert into retailer (wholesaler_id, id, name) values ($1, 'made-up', 'x')`, [W]);
    await expect(
      bench.ownerSql(
        `insert into credit_account (wholesaler_id, retailer_id, currency, limit_minor, head_hash)
         values ($1, 'made-up', 'INR', 5, credit_genesis_hash($1, 'made-up', 'INR'))`,
        [W],
      ),
    ).rejects.toThrow('does not show');
  });
});

test('an entry whose figures do not fit its kind is refused', async () => {
  for (const change of [
    `kind = 'HOLD', held_delta = 1`,
    `kind = 'PAYMENT', owed_delta = 5`,
    `kind = 'BLOCK', status_after = 'active'`,
    `kind = 'UNHEARD_OF'`,
    `kind = 'LIMIT_CHANGE', limit_delta = 0`,
    'reason_hash = null',
  ]) {
    await expect(
      bench.ownerSql(`
        do $$
        declare e ledger_entry;
        begin
          select * into e from ledger_entry where kind = 'BLOCK' limit 1;
          e.seq := e.seq + 1;
          ${change
            .split(/, (?=[a-z_]+ =)/)
            .map((one) => `e.${one.replace('=', ':=')};`)
            .join('\n')}
          insert into ledger_entry select e.*;
        end $$`),
    ).rejects.toThrow('ledger_entry_kind');
  }
});

describe('the proof', () => {
  test('a whole ledger', async () => {
    const seen: number[] = [];
    const proof = await verifyLedger(bench.db, { onProgress: (done) => seen.push(done.entries) });
    expect(proof).toMatchObject({ ok: true, accounts: 1, entries: 7, firstBad: null });
    expect(seen.at(-1)).toBe(7);
  });

  test('anybody can recompute the chain from the documented text alone', async () => {
    const entries = await bench.appSql<Record<string, string | null>>(
      `select seq, id, kind, (extract(epoch from at) * 1000000)::bigint as at, currency, limit_delta, held_delta,
              owed_delta, unapplied_delta, limit_after, held_after, owed_after, unapplied_after, status_after,
              override_minor, hold_id, (extract(epoch from expires_at) * 1000000)::bigint as expires_at, receivable_id,
              payment_id, reverses, encode(request_hash, 'hex') as request_hash, encode(reason_hash, 'hex') as reason_hash,
              wholesaler_id, retailer_id, order_id, key, actor, source, cause_id, encode(hash, 'hex') as hash
       from ledger_entry where retailer_id = $1 order by ledger_entry.seq`,
      [shop],
    );
    const words = (text: string | null): string => (text === null ? '-1:' : `${Buffer.byteLength(text)}:${text}`);
    const genesis = `v1;INR;${words(W)}${words(shop)}`;
    let hash = createHash('sha256').update(genesis).digest();
    for (const entry of entries) {
      const { wholesaler_id, retailer_id, order_id, key, actor, source, cause_id, hash: stored, ...fixed } = entry;
      const free = [wholesaler_id, retailer_id, order_id, key, actor, source, cause_id];
      const text = `v1;${Object.values(fixed)
        .map((value) => `${value ?? ''};`)
        .join('')}${free.map((one) => words(one ?? null)).join('')}`;
      hash = createHash('sha256').update(hash).update(text).digest();
      expect(hash.toString('hex')).toBe(stored);
    }
    expect(entries).toHaveLength(7);
  });

  test('erasing the words of a reason keeps the chain whole', async () => {
    await bench.ownerSql(`delete from ledger_reason where reason = 'the shop called'`);
    expect(await verifyLedger(bench.db)).toMatchObject({ ok: true });
  });

  // Each as a person with all rights would do it: triggers off, edit, triggers on, and back again afterwards.
  const edits: [string, string, string, string, number][] = [
    ['an amount', 'ledger_entry', 'held_delta = held_delta + 1', 'seq = 3', 3],
    ['a figure', 'ledger_entry', 'owed_after = 0', 'seq = 4', 4],
    ['a time', 'ledger_entry', `at = at - interval '1 microsecond'`, 'seq = 5', 5],
    ['an actor', 'ledger_entry', `actor = 'somebody else'`, 'seq = 7', 7],
    ['an order', 'ledger_entry', `order_id = 'another'`, 'seq = 3', 3],
    ['a number', 'ledger_entry', 'seq = 9', 'seq = 4', 5],
    ['a balance', 'credit_account', 'held_minor = 0', 'true', 7],
    ['a limit', 'credit_account', 'limit_minor = limit_minor + 1', 'true', 7],
    ['a hold', 'credit_hold', 'amount_minor = amount_minor + 1', `state = 'open'`, 4],
    ['a debt', 'receivable', 'paid_minor = paid_minor - 1', 'true', 2],
    ['a due date', 'credit_account', `oldest_due_on = '2020-01-01'`, 'true', 7],
    ['a payment', 'payment', 'unapplied_minor = unapplied_minor + 1', 'true', 6],
    ['the words of a reason', 'ledger_reason', `reason = 'other words'`, `reason = 'cheque bounced'`, 7],
  ];
  const keyOf = (table: string): string =>
    ({ credit_account: 'retailer_id', ledger_reason: 'entry_id' })[table] ?? 'id';
  test.each(edits)('names an edit of %s', async (_what, table, set, where, seq) => {
    const column = set.slice(0, set.indexOf(' '));
    await bench.ownerSql(`create table kept as select * from ${table}`);
    await bench.ownerSql(`alter table ${table} disable trigger user`);
    await bench.ownerSql(`update ${table} set ${set} where ${where}`);
    const proof = await verifyLedger(bench.db);
    expect(proof.ok).toBe(false);
    expect(proof.firstBad).toMatchObject({ wholesalerId: W, retailerId: shop, seq });
    await bench.ownerSql(
      `update ${table} t set ${column} = k.${column} from kept k where t.${keyOf(table)} = k.${keyOf(table)}`,
    );
    await bench.ownerSql(`alter table ${table} enable trigger user`);
    await bench.ownerSql('drop table kept');
    expect(await verifyLedger(bench.db)).toMatchObject({ ok: true });
  });

  test('names an account whose newest entry was cut off', async () => {
    await bench.ownerSql('create table kept as select * from ledger_entry');
    await bench.ownerSql('alter table ledger_entry disable trigger user');
    await bench.ownerSql('delete from ledger_entry where seq = 7');
    expect((await verifyLedger(bench.db)).firstBad).toMatchObject({ check: 'account shows its newest entry', seq: 7 });
    await bench.ownerSql('insert into ledger_entry select * from kept where seq = 7');
    await bench.ownerSql('alter table ledger_entry enable trigger user');
    expect(await verifyLedger(bench.db)).toMatchObject({ ok: true });
  });
});

test.each([
  'held_minor = -1',
  'limit_minor = 9007199254740992',
  'grace_days = 3651',
  'terms_days = -1',
  'over_capture_bp = 10001',
  'hold_lifetime_minutes = 0',
  `block_reason = null, status = 'unheard of'`,
  `status = 'active', block_reason = 'none needed'`,
])('an account with %s is refused at once', async (change) => {
  await expect(bench.ownerSql(`update credit_account set ${change}`)).rejects.toThrow('credit_account_holds');
});
