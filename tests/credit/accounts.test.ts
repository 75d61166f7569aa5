import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openAccount, openAccounts, verifyLedger } from '../../src/credit/index.ts';
import { type CreditBench, createCreditBench, W } from './shop.ts';

let bench: CreditBench;
beforeAll(async () => {
  bench = await createCreditBench();
});
afterAll(async () => {
  expect(await verifyLedger(bench.db)).toMatchObject({ firstBad: null });
  await bench.drop();
});

const byImport = { actor: 'import', source: 'import' };

describe('opening', () => {
  test('doing it again changes nothing; a changed limit or status becomes an entry by its actor', async () => {
    const terms = { limitMinor: 10_000n, owedMinor: 500n, termsDays: 14, graceDays: 3, status: 'active' as const };
    const shop = await bench.shop(terms);
    const again = await openAccount(bench.db.prisma, { wholesalerId: W, retailerId: shop, ...terms }, byImport);
    expect(again).toMatchObject({ kind: 'open', changes: [] });
    const changed = await openAccount(
      bench.db.prisma,
      { wholesalerId: W, retailerId: shop, limitMinor: 8_000n, status: 'blocked', blockReason: 'late', graceDays: 5 },
      byImport,
    );
    expect(changed).toMatchObject({
      changes: [
        { what: 'limit', from: '10000', to: '8000' },
        { what: 'status', from: 'active', to: 'blocked' },
        { what: 'terms' },
      ],
    });
    expect(await bench.account(shop)).toMatchObject({
      limitMinor: 8_000n,
      owedMinor: 500n,
      status: 'blocked',
      blockReason: 'late',
      termsDays: 14,
      graceDays: 5,
    });
    await openAccount(bench.db.prisma, { wholesalerId: W, retailerId: shop, status: 'closed' }, byImport);
    await openAccount(bench.db.prisma, { wholesalerId: W, retailerId: shop, status: 'active' }, byImport);
    expect(await bench.account(shop)).toMatchObject({ status: 'active', blockReason: null, limitMinor: 8_000n });
    expect(await bench.kinds(shop)).toEqual([
      'LIMIT_CHANGE',
      'ADJUSTMENT',
      'LIMIT_CHANGE',
      'BLOCK',
      'BLOCK',
      'UNBLOCK',
    ]);
    const actors = await bench.appSql('select distinct actor from ledger_entry where retailer_id = $1', [shop]);
    expect(actors).toEqual([{ actor: 'import' }]);
  });

  test("what was owed before is one debt, due after the terms by the wholesaler's calendar, booked once", async () => {
    const shop = await bench.shop({ owedMinor: 700n, termsDays: 14 });
    await openAccount(bench.db.prisma, { wholesalerId: W, retailerId: shop, owedMinor: 900n }, byImport);
    const rows = await bench.appSql(
      `select amount_minor::int as amount, due_on - (app_clock() at time zone 'Asia/Kolkata')::date as days
       from receivable where retailer_id = $1`,
      [shop],
    );
    expect(rows).toEqual([{ amount: 700, days: 14 }]);
    expect((await bench.account(shop)).owedMinor).toBe(700n);
  });

  test('several at once, in any order, with refusals for shops and currencies that do not fit', async () => {
    const [a, b] = [await bench.shop(), await bench.shop()];
    const answers = await openAccounts(
      bench.db.prisma,
      [
        { wholesalerId: W, retailerId: b, limitMinor: 7n },
        { wholesalerId: W, retailerId: 'unknown', limitMinor: 7n },
        { wholesalerId: W, retailerId: a, currency: 'USD' },
        { wholesalerId: W, retailerId: a, limitMinor: 100_000n },
      ],
      byImport,
    );
    expect(answers).toMatchObject([
      { kind: 'open', retailerId: b, changes: [{ what: 'limit' }] },
      { kind: 'refused', retailerId: 'unknown', code: 'CREDIT_ACCOUNT_NOT_FOUND' },
      { kind: 'refused', retailerId: a, code: 'INVALID_AMOUNT', because: 'currency' },
      { kind: 'open', retailerId: a, changes: [] },
    ]);
  });

  test('two at once open one account', async () => {
    const id = 'opened-twice';
    await bench.ownerSql('insert into retailer (wholesaler_id, id, name) values ($1, $2, $2)', [W, id]);
    const open = () => bench.credit.openAccount({ wholesalerId: W, retailerId: id, limitMinor: 50n, owedMinor: 5n });
    const answers = await Promise.all([open(), open(), open()]);
    expect(answers.filter((one) => one.success && one.changes.length > 0)).toHaveLength(1);
    expect(await bench.kinds(id)).toEqual(['LIMIT_CHANGE', 'ADJUSTMENT']);
  });
});

describe('payments', () => {
  test('the oldest debt first, the rest stays unapplied', async () => {
    const shop = await bench.shop({ owedMinor: 1_000n, termsDays: 20 });
    await addDebt(shop, 2_000, 5);
    await addDebt(shop, 3_000, 10);
    const pay = (amountMinor: bigint) =>
      bench.credit.recordPayment({ wholesalerId: W, retailerId: shop, amountMinor, method: 'upi', reference: 'R1' });
    expect(await pay(2_500n)).toMatchObject({
      success: true,
      appliedMinor: 2_500n,
      unappliedMinor: 0n,
      owedMinor: 3_500n,
    });
    expect(await debts(shop)).toEqual([
      { amount: 2_000, paid: 2_000 },
      { amount: 3_000, paid: 500 },
      { amount: 1_000, paid: 0 },
    ]);
    expect(await pay(4_000n)).toMatchObject({
      success: true,
      appliedMinor: 3_500n,
      unappliedMinor: 500n,
      owedMinor: 0n,
    });
    expect(await bench.account(shop)).toMatchObject({ owedMinor: 0n, unappliedMinor: 500n, oldestDueOn: null });
    expect(await pay(10n)).toMatchObject({ success: true, appliedMinor: 0n, unappliedMinor: 10n });
  });

  test('blocked and closed accounts take them; bad amounts and unknown shops are refused', async () => {
    for (const status of ['blocked', 'closed'] as const) {
      const shop = await bench.shop({ owedMinor: 100n, status });
      const paid = await bench.credit.recordPayment({
        wholesalerId: W,
        retailerId: shop,
        amountMinor: 100n,
        method: 'cash',
      });
      expect(paid).toMatchObject({ success: true, owedMinor: 0n });
    }
    const shop = await bench.shop();
    for (const amountMinor of [0n, -5n, 1.5, 2n ** 53n, undefined as unknown as bigint]) {
      const answer = await bench.credit.recordPayment({
        wholesalerId: W,
        retailerId: shop,
        amountMinor,
        method: 'cash',
      });
      expect(answer).toMatchObject({ success: false, code: 'INVALID_AMOUNT' });
    }
    const usd = { wholesalerId: W, retailerId: shop, amountMinor: 5n, method: 'cash', currency: 'USD' };
    expect(await bench.credit.recordPayment(usd)).toMatchObject({ code: 'INVALID_AMOUNT' });
    expect(await bench.credit.recordPayment({ ...usd, retailerId: 'nobody' })).toMatchObject({
      code: 'CREDIT_ACCOUNT_NOT_FOUND',
    });
  });

  /** A debt as a delivery would leave it, through the function that books entries. */
  async function addDebt(shop: string, amount: number, days: number): Promise<void> {
    await bench.ownerSql(
      `do $$
       declare a credit_account; e ledger_entry;
       begin
         select * into a from credit_account where retailer_id = '${shop}' for no key update;
         e.id := gen_random_uuid(); e.kind := 'ADJUSTMENT'; e.at := app_clock(); e.actor := 'test'; e.source := 'test';
         e.owed_delta := ${amount}; e.receivable_id := e.id;
         insert into receivable (wholesaler_id, id, retailer_id, entry_id, amount_minor, due_on, opened_at)
           values (a.wholesaler_id, e.id, a.retailer_id, e.id, ${amount}, current_date + ${days}, e.at);
         a := (credit_append(a, e, 'for the test')).p_account;
         perform credit_refresh_due(a);
       end $$`,
    );
  }

  const debts = (shop: string) =>
    bench.appSql(
      'select amount_minor::int as amount, paid_minor::int as paid from receivable where retailer_id = $1 order by due_on',
      [shop],
    );
});

describe('blocking', () => {
  test('keeps who and why, and a second block changes nothing', async () => {
    const shop = await bench.shop();
    const block = { wholesalerId: W, retailerId: shop, actor: 'ravi', reason: 'cheque bounced' };
    const first = await bench.credit.blockAccount(block);
    expect(first).toMatchObject({ success: true, replayed: false, availableMinor: 100_000n });
    expect(await bench.credit.blockAccount(block)).toEqual({ ...first, replayed: true });
    const [entry] = await bench.appSql(
      `select e.actor, e.status_after, r.reason from ledger_entry e join ledger_reason r on r.entry_id = e.id
       where e.retailer_id = $1 and e.kind = 'BLOCK'`,
      [shop],
    );
    expect(entry).toEqual({ actor: 'ravi', status_after: 'blocked', reason: 'cheque bounced' });
    expect(await bench.account(shop)).toMatchObject({ status: 'blocked', blockReason: 'cheque bounced' });
    expect(await bench.credit.unblockAccount({ ...block, reason: 'paid' })).toMatchObject({ replayed: false });
    expect(await bench.account(shop)).toMatchObject({ status: 'active', blockReason: null });
  });

  test('needs a reason and an account', async () => {
    const shop = await bench.shop();
    expect(await bench.credit.blockAccount({ wholesalerId: W, retailerId: shop, reason: ' ' })).toMatchObject({
      code: 'INVALID_REASON',
    });
    expect(await bench.credit.blockAccount({ wholesalerId: W, retailerId: 'nobody', reason: 'x' })).toMatchObject({
      code: 'CREDIT_ACCOUNT_NOT_FOUND',
    });
  });
});
