import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Statement, StatementQuery } from '../../src/credit/index.ts';
import fc from '../support/properties.ts';
import { setClock, shopElsewhere } from './papers.ts';
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

async function statementOf(query: StatementQuery): Promise<Statement> {
  const statement = await bench.credit.statement(query);
  if (statement.kind === 'refused') throw new Error(statement.message);
  return statement;
}

const shownIn = ({ lines }: Statement) =>
  lines.map((line) => [line.day, line.what, line.chargeMinor, line.paymentMinor, line.balanceMinor]);

describe('the lines of a statement', () => {
  test('say what happened, with order, invoice, method, reference and reason, and the balance after each', async () => {
    await setClock(bench, '2026-09-20T06:00:00Z');
    const retailerId = await bench.shop({ owedMinor: 5_000n, termsDays: 15 });
    await setClock(bench, '2026-10-02T06:00:00Z');
    const orderId = newOrderId();
    const hold = await on.hold(retailerId, 40_000n, { orderId });
    await bench.ownerSql(
      `insert into orders (wholesaler_id, id, number, retailer_id, status, currency, amount_minor, source, credit_ledger_entry_id)
       values ($1, $2, 1042, $3, 'approved', 'INR', 40000, 'api', $4)`,
      [W, orderId, retailerId, hold],
    );
    await on.capture(hold, 30_000n, { reference: 'INV-7' });
    await setClock(bench, '2026-10-05T06:00:00Z');
    const paid = await on.pay(retailerId, 12_000n, { method: 'cheque', reference: 'HDFC 004711' });
    await setClock(bench, '2026-10-08T06:00:00Z');
    const paymentId = paid.success ? (paid.paymentId ?? '') : '';
    await bench.credit.reversePayment({ ...by, paymentId, reason: 'the cheque bounced' });
    await bench.credit.issueCreditNote({ ...by, retailerId, amountMinor: 500n, reason: 'broken', reference: 'CN-1' });
    await setClock(bench, '2026-10-20T06:00:00Z');
    await bench.credit.writeOff({ ...by, retailerId, amountMinor: 1_000n, reason: 'agreed' });
    await bench.credit.adjustBalance({
      ...by,
      retailerId,
      amountMinor: 250n,
      reason: 'old invoice',
      reference: 'OLD-1',
    });
    await bench.credit.adjustBalance({ ...by, retailerId, amountMinor: -50n, reason: 'rounding' });
    const statement = await statementOf({ wholesalerId: W, retailerId, from: '2026-10-01', to: '2026-11-01' });

    expect(shownIn(statement)).toEqual([
      ['2026-10-02', 'Goods delivered', 30_000n, 0n, 35_000n],
      ['2026-10-05', 'Payment received', 0n, 12_000n, 23_000n],
      ['2026-10-08', 'Payment returned', 12_000n, 0n, 35_000n],
      ['2026-10-08', 'Credit note', 0n, 500n, 34_500n],
      ['2026-10-20', 'Written off', 0n, 1_000n, 33_500n],
      ['2026-10-20', 'Adjustment', 250n, 0n, 33_750n],
      ['2026-10-20', 'Adjustment', 0n, 50n, 33_700n],
    ]);
    const [delivered, received, returned, note, , more] = statement.lines;
    expect(delivered).toMatchObject({
      orderId,
      orderNumber: 1042,
      invoiceReference: 'INV-7',
      method: null,
      reason: null,
    });
    expect(received).toMatchObject({ method: 'cheque', paymentReference: 'HDFC 004711', reason: null });
    expect(returned).toMatchObject({ method: 'cheque', paymentReference: 'HDFC 004711', reason: 'the cheque bounced' });
    expect(note).toMatchObject({ method: null, paymentReference: 'CN-1', reason: 'broken' });
    expect(more).toMatchObject({ invoiceReference: 'OLD-1', reason: 'old invoice' });
    expect(statement).toMatchObject({
      wholesalerName: 'Test Wholesale',
      currency: 'INR',
      openingBalanceMinor: 5_000n,
      closingBalanceMinor: 33_700n,
      totals: { chargesMinor: 42_250n, paymentsMinor: 13_550n },
      // The period still runs, so overdue is counted to today.
      day: '2026-10-20',
    });
    expect(statement.openDebts).toMatchObject([
      { openedOn: '2026-09-20', dueOn: '2026-10-05', daysOverdue: 15, amountMinor: 5_000n, restMinor: 3_450n },
      { openedOn: '2026-10-02', dueOn: '2026-10-17', daysOverdue: 3, orderNumber: 1042, invoiceReference: 'INV-7' },
      { openedOn: '2026-10-20', dueOn: '2026-11-04', daysOverdue: 0, restMinor: 250n },
    ]);
    expect(statement.ageing).toMatchObject({ days1To30Minor: 33_450n, notDueMinor: 250n, balanceMinor: 33_700n });
  });

  test('count money when it comes, not when it is put against a debt', async () => {
    await setClock(bench, '2026-10-02T06:00:00Z');
    const retailerId = await bench.shop({ owedMinor: 1_000n });
    await on.pay(retailerId, 5_000n);
    const hold = await on.hold(retailerId, 4_000n);
    await setClock(bench, '2026-10-03T06:00:00Z');
    await on.capture(hold, 4_000n);
    const statement = await statementOf({ wholesalerId: W, retailerId, from: '2026-10-02', to: '2026-10-04' });
    expect(await bench.kinds(retailerId)).toEqual([
      'LIMIT_CHANGE',
      'ADJUSTMENT',
      'PAYMENT',
      'HOLD',
      'CAPTURE',
      'PAYMENT',
    ]);
    expect(shownIn(statement)).toEqual([
      ['2026-10-02', 'Adjustment', 1_000n, 0n, 1_000n],
      ['2026-10-02', 'Payment received', 0n, 5_000n, -4_000n],
      ['2026-10-03', 'Goods delivered', 4_000n, 0n, 0n],
    ]);
    // At the end of the first day the wholesaler owed the shop; nothing was due.
    const first = await statementOf({ wholesalerId: W, retailerId, from: '2026-10-02', to: '2026-10-03' });
    expect(first).toMatchObject({ closingBalanceMinor: -4_000n, openDebts: [], day: '2026-10-02' });
    expect(first.ageing).toMatchObject({ owedMinor: 0n, unappliedMinor: 4_000n, balanceMinor: -4_000n });
  });

  test('a period in which nothing moved opens as it closes', async () => {
    await setClock(bench, '2026-10-02T06:00:00Z');
    const retailerId = await bench.shop({ owedMinor: 1_000n });
    await on.hold(retailerId, 4_000n);
    for (const [from, to, balance] of [
      ['2026-10-03', '2026-10-31', 1_000n],
      ['2026-09-01', '2026-10-02', 0n],
      ['2027-01-01', '2027-02-01', 1_000n],
    ] as const) {
      const statement = await statementOf({ wholesalerId: W, retailerId, from, to });
      expect(statement).toMatchObject({ lines: [], openingBalanceMinor: balance, closingBalanceMinor: balance });
      expect(statement.totals).toEqual({ chargesMinor: 0n, paymentsMinor: 0n });
    }
  });
});

describe('a day ends at midnight of the wholesaler', () => {
  test.each([
    ['Asia/Kolkata', '2026-11-25', ['2026-11-24T18:30:00Z', '2026-11-25T18:29:59.999Z', '2026-11-25T18:30:00Z']],
    // A day of 25 hours, and one of 23.
    ['America/New_York', '2026-11-01', ['2026-11-01T04:00:00Z', '2026-11-02T04:59:59.999Z', '2026-11-02T05:00:00Z']],
    ['America/New_York', '2026-03-08', ['2026-03-08T05:00:00Z', '2026-03-09T03:59:59.999Z', '2026-03-09T04:00:00Z']],
    // Begins at one o'clock; and has its first hour twice.
    ['Africa/Cairo', '2026-04-24', ['2026-04-23T22:00:00Z', '2026-04-24T20:59:59.999Z', '2026-04-24T21:00:00Z']],
    ['America/Havana', '2026-11-01', ['2026-11-01T04:00:00Z', '2026-11-02T04:59:59.999Z', '2026-11-02T05:00:00Z']],
  ])('%s, %s', async (zone, day, [first = '', last = '', next = '']) => {
    await setClock(bench, '2026-01-01T00:00:00Z');
    const key = await shopElsewhere(bench, { zone });
    let amountMinor = 1n;
    for (const at of [Date.parse(first) - 1, first, last, next]) {
      await setClock(bench, new Date(at));
      await bench.credit.recordPayment({ ...key, amountMinor, method: 'cash' });
      amountMinor *= 10n;
    }
    await setClock(bench, '2027-01-01T00:00:00Z');
    const dayAfter = new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10);
    const statement = await statementOf({ ...key, from: day, to: dayAfter });
    expect(shownIn(statement)).toEqual([
      [day, 'Payment received', 0n, 10n, -11n],
      [day, 'Payment received', 0n, 100n, -111n],
    ]);
    expect(statement).toMatchObject({ openingBalanceMinor: -1n, closingBalanceMinor: -111n });
  });
});

describe('refused, saying what to do', () => {
  test.each([
    ['2026-11-01', '2026-11-01', /must come after 2026-11-01. For 2026-11-01 alone, give 2026-11-02/],
    ['2026-12-01', '2026-11-01', /must come after 2026-12-01/],
    ['2026-02-30', '2026-03-01', /first day must be written as YYYY-MM-DD.*"2026-02-30" is none/],
    ['2026-02-01', '01/03/2026', /end must be written as YYYY-MM-DD.*"01\/03\/2026" is none/],
    ['', '2026-03-01', /first day must be written/],
    ['0000-01-01', '2026-03-01', /first day must be written/],
    ['2026-01-01T00:00', '2026-03-01', /first day must be written/],
    [undefined as unknown as string, '2026-03-01', /first day must be written/],
  ])('from %s to %s', async (from, to, message) => {
    const retailerId = await bench.shop();
    const refusal = { kind: 'refused', code: 'INVALID_PERIOD', message: expect.stringMatching(message) };
    expect(await bench.credit.statement({ wholesalerId: W, retailerId, from, to })).toEqual(refusal);
    expect(await bench.credit.statementCsv({ wholesalerId: W, retailerId, from, to })).toEqual(refusal);
  });

  test.each(['nobody', '', 'a\0b'])('the account %j', async (retailerId) => {
    const query = { wholesalerId: W, retailerId, from: '2026-01-01', to: '2026-02-01' };
    expect(await bench.credit.statement(query)).toMatchObject({
      kind: 'refused',
      code: 'CREDIT_ACCOUNT_NOT_FOUND',
      message: expect.stringContaining('no credit account yet'),
    });
  });
});

test('books that do not agree with themselves give no statement', async () => {
  await setClock(bench, '2026-10-02T06:00:00Z');
  const retailerId = await bench.shop({ owedMinor: 5_000n });
  await on.pay(retailerId, 1_000n);
  await bench.ownerSql('alter table ledger_entry disable trigger user');
  await bench.ownerSql(
    `update ledger_entry set owed_delta = owed_delta - 1 where retailer_id = $1 and kind = 'PAYMENT'`,
    [retailerId],
  );
  await bench.ownerSql('alter table ledger_entry enable trigger user');
  const query = { wholesalerId: W, retailerId, from: '2026-10-01', to: '2026-11-01' };
  await expect(bench.credit.statement(query)).rejects.toThrow('shows 4000, its statement 3999');
});

describe('for any history', () => {
  type Step = {
    days: number;
    act: 'debt' | 'deliver' | 'pay' | 'bounce' | 'note' | 'writeOff' | 'less' | 'apply';
    amount: number;
  };
  const step = fc.record<Step>({
    days: fc.nat({ max: 20 }),
    act: fc.constantFrom('debt', 'deliver', 'pay', 'pay', 'bounce', 'note', 'writeOff', 'less', 'apply'),
    amount: fc.integer({ min: 1, max: 5_000 }),
  });

  /** What is refused, such as a write-off of more than is owed, changes nothing and is no line. */
  async function take(retailerId: string, { act, amount }: Step, payments: string[]): Promise<void> {
    const request = { ...by, retailerId, amountMinor: amount, reason: 'because' };
    const paymentId = payments[amount % Math.max(payments.length, 1)] ?? '018f0000-0000-7000-8000-000000000000';
    if (act === 'debt') await bench.credit.adjustBalance(request);
    else if (act === 'deliver') await on.capture(await on.hold(retailerId, BigInt(amount)), BigInt(amount));
    else if (act === 'note') await bench.credit.issueCreditNote(request);
    else if (act === 'writeOff') await bench.credit.writeOff(request);
    else if (act === 'less') await bench.credit.adjustBalance({ ...request, amountMinor: -amount });
    else if (act === 'bounce') await bench.credit.reversePayment({ ...by, paymentId, reason: 'bounced' });
    else if (act === 'apply') await bench.credit.allocatePayment({ ...by, paymentId });
    else {
      // Some of it kept, so that there is something to apply.
      const paid = await on.pay(retailerId, BigInt(amount), amount % 3 === 0 ? { allocations: [] } : {});
      if (paid.success && paid.paymentId !== null) payments.push(paid.paymentId);
    }
  }

  test('every line shows the balance of the ledger, periods join, and each day ends as it was seen then', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 12 }), fc.nat({ max: 250 }), async (steps, cut) => {
        await setClock(bench, '2026-01-01T06:00:00Z');
        const retailerId = await bench.shop({ limitMinor: 1_000_000_000n, graceDays: 3_000, termsDays: 10 });
        const payments: string[] = [];
        const seen = new Map<string, bigint>();
        let at = Date.parse('2026-01-01T06:00:00Z');
        for (const one of steps) {
          at += one.days * 86_400_000 + 60_000;
          await setClock(bench, new Date(at));
          await take(retailerId, one, payments);
          const now = await bench.account(retailerId);
          seen.set(new Date(at).toISOString().slice(0, 10), now.owedMinor - now.unappliedMinor);
        }
        const ledger = await bench.ownerSql<{ seq: string; balance: string }>(
          `select seq, owed_after - unapplied_after as balance from ledger_entry
           where retailer_id = $1 and owed_delta <> unapplied_delta order by ledger_entry.seq`,
          [retailerId],
        );
        const whole = await statementOf({ wholesalerId: W, retailerId, from: '2026-01-01', to: '2027-01-01' });
        expect(whole.lines.map((line) => [line.seq, line.balanceMinor])).toEqual(
          ledger.map(({ seq, balance }) => [BigInt(seq), BigInt(balance)]),
        );
        const middle = new Date(Date.parse('2026-01-02') + cut * 86_400_000).toISOString().slice(0, 10);
        const early = await statementOf({ wholesalerId: W, retailerId, from: '2026-01-01', to: middle });
        const late = await statementOf({ wholesalerId: W, retailerId, from: middle, to: '2027-01-01' });
        expect(early.closingBalanceMinor).toBe(late.openingBalanceMinor);
        expect([...early.lines, ...late.lines]).toEqual(whole.lines);
        for (const [day, balance] of seen) {
          const next = new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10);
          const one = await statementOf({ wholesalerId: W, retailerId, from: day, to: next });
          expect(one.closingBalanceMinor).toBe(balance);
          expect(one.openDebts.reduce((sum, debt) => sum + debt.restMinor, 0n)).toBe(one.ageing.owedMinor);
        }
      }),
      { numRuns: 25 },
    );
  }, 120_000);
});
