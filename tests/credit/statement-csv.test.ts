import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { StatementQuery } from '../../src/credit/index.ts';
import { bookMany, setClock, shopElsewhere } from './papers.ts';
import { type CreditBench, createCreditBench, W } from './shop.ts';

let bench: CreditBench;
beforeAll(async () => {
  bench = await createCreditBench();
});
afterAll(() => bench.drop());

async function* chunksOf(query: StatementQuery): AsyncGenerator<string> {
  const csv = await bench.credit.statementCsv(query);
  if (csv.kind === 'refused') throw new Error(csv.message);
  yield* csv.chunks;
}

async function textOf(query: StatementQuery): Promise<string> {
  let text = '';
  for await (const chunk of chunksOf(query)) text += chunk;
  return text;
}

const HEADER =
  'date,time_utc,entry,kind,description,order_number,order_id,invoice_reference,payment_method,payment_reference,reason,currency,charge,payment,balance';

describe('a statement as CSV', () => {
  test('is what Excel and RFC 4180 ask for: mark, header, CRLF, plain figures, ISO dates', async () => {
    await setClock(bench, '2026-10-02T18:29:00Z');
    const retailerId = await bench.shop({ owedMinor: 1_234_567n });
    await setClock(bench, '2026-10-02T18:31:00.5Z');
    await bench.credit.recordPayment({
      wholesalerId: W,
      retailerId,
      amountMinor: 2_000_000,
      method: 'upi',
      reference: 'X1',
    });
    expect(await textOf({ wholesalerId: W, retailerId, from: '2026-10-01', to: '2026-11-01' })).toBe(
      [
        `\ufeff${HEADER}`,
        '2026-10-01,,,OPENING,Opening balance,,,,,,,INR,,,0.00',
        '2026-10-02,2026-10-02T18:29:00.000Z,2,ADJUSTMENT,Adjustment,,,,,,opening balance,INR,12345.67,,12345.67',
        '2026-10-03,2026-10-02T18:31:00.500Z,3,PAYMENT,Payment received,,,,upi,X1,,INR,,20000.00,-7654.33',
        '2026-10-03,,,CLOSING,Closing balance,,,,,,,INR,,,-7654.33',
        '',
      ].join('\r\n'),
    );
  });

  test.each([
    ['KWD', '1.234'],
    ['JPY', '1234'],
    ['USD', '12.34'],
  ])('writes %s with its own decimals', async (currency, amount) => {
    await setClock(bench, '2026-10-02T06:00:00Z');
    const key = await shopElsewhere(bench, { currency }, { owedMinor: 1_234n });
    expect(await textOf({ ...key, from: '2026-10-01', to: '2026-11-01' })).toContain(
      `ADJUSTMENT,Adjustment,,,,,,opening balance,${currency},${amount},,${amount}\r\n`,
    );
  });

  test.each([
    ['a comma', 'late, again', '"late, again"'],
    ['quotes', 'the "big" shop', '"the ""big"" shop"'],
    ['a line break', 'one\ntwo', '"one\ntwo"'],
    ['another writing', 'चेक वापस, رد', '"चेक वापस, رد"'],
    ['a formula', '=HYPERLINK("x")', `"'=HYPERLINK(""x"")"`],
    ['a plus', '+1+1', `'+1+1`],
    ['a minus', '-1', `'-1`],
    ['an at sign', '@SUM(A1)', `'@SUM(A1)`],
    ['a full-width formula', '＝1', `'＝1`],
    ['an equals sign within', 'a=b', 'a=b'],
  ])('keeps free text as it was said and lets none of it be run: %s', async (_what, reason, written) => {
    await setClock(bench, '2026-10-02T06:00:00Z');
    const retailerId = await bench.shop();
    const by = { wholesalerId: W, retailerId, actor: 'asha' };
    await bench.credit.adjustBalance({ ...by, amountMinor: 100, reason });
    const text = await textOf({ wholesalerId: W, retailerId, from: '2026-10-01', to: '2026-11-01' });
    expect(text).toContain(`,ADJUSTMENT,Adjustment,,,,,,${written},INR,1.00,,1.00\r\n`);
  });

  test.each(['\t=1', '\r=1'])('guards references that begin with %j, however they came in', async (reference) => {
    await setClock(bench, '2026-10-02T06:00:00Z');
    const retailerId = await bench.shop();
    await bench.credit.recordPayment({ wholesalerId: W, retailerId, amountMinor: 100, method: 'cash', reference: 'R' });
    await bench.ownerSql('update payment set reference = $2, method = $2 where retailer_id = $1', [
      retailerId,
      reference,
    ]);
    const text = await textOf({ wholesalerId: W, retailerId, from: '2026-10-01', to: '2026-11-01' });
    const written = reference.startsWith('\r') ? `"'${reference}"` : `'${reference}`;
    expect(text).toContain(`,Payment received,,,,${written},${written},,INR,,1.00,-1.00\r\n`);
  });
});

describe('a period of more than 5,000 movements', () => {
  const from = '2026-10-01';
  const to = '2026-11-01';
  let key: { wholesalerId: string; retailerId: string };
  beforeAll(async () => {
    await setClock(bench, '2026-10-02T06:00:00Z');
    key = await shopElsewhere(bench, {});
    await bookMany(bench, key, 5_000);
  });

  test('is refused as data, saying so, and one movement less is not', async () => {
    const fits = await bench.credit.statement({ ...key, from, to });
    expect(fits.kind === 'statement' && fits.lines.length).toBe(5_000);
    await bench.credit.recordPayment({ ...key, amountMinor: 100, method: 'cash' });
    expect(await bench.credit.statement({ ...key, from, to })).toEqual({
      kind: 'refused',
      code: 'STATEMENT_TOO_LONG',
      message: expect.stringMatching(/more than 5000 movements. Choose a shorter one, or take the CSV/),
    });
  });

  test('comes as CSV in pieces of at most 1,000 lines, and what is booked meanwhile is not in it', async () => {
    const sizes: number[] = [];
    let text = '';
    for await (const chunk of chunksOf({ ...key, from, to })) {
      sizes.push(chunk.split('\r\n').length - 1);
      text += chunk;
      if (sizes.length === 3) await bench.credit.recordPayment({ ...key, amountMinor: 100, method: 'cash' });
    }
    expect(sizes).toEqual([1, 1, 1_000, 1_000, 1_000, 1_000, 1_000, 1, 1]);
    expect(text.trimEnd().split('\r\n').at(-1)).toBe('2026-10-02,,,CLOSING,Closing balance,,,,,,,INR,,,-5001.00');
  });

  test('breaks off with an error when the books do not agree with themselves', async () => {
    await bench.ownerSql('alter table ledger_entry disable trigger user');
    await bench.ownerSql(
      'update ledger_entry set unapplied_delta = unapplied_delta + 1 where retailer_id = $1 and seq = 4000',
      [key.retailerId],
    );
    await bench.ownerSql('alter table ledger_entry enable trigger user');
    let chunks = 0;
    await expect(async () => {
      for await (const _ of chunksOf({ ...key, from, to })) chunks += 1;
    }).rejects.toThrow('entry 4000');
    expect(chunks).toBe(5);
  });
});
