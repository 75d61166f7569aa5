import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sweepAnswers } from '../../src/api/kept-answers.ts';
import { verifyLedger } from '../../src/credit/index.ts';
import { type ApiBench, startApi } from './support.ts';

let api: ApiBench;
beforeAll(async () => {
  api = await startApi(Object.fromEntries(['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((id) => [id, 1_000_000])));
});
afterAll(async () => {
  expect(await verifyLedger(api.database.db)).toMatchObject({ ok: true });
  await api.stop();
});

/** Something that was delivered and is owed. */
async function owe(retailerId: string, amountMinor: number): Promise<void> {
  await api.post('/orders', { retailerId, orderId: `owed-${retailerId}`, amountMinor });
  await api.post(`/orders/owed-${retailerId}/deliver`, {});
}

describe('an Idempotency-Key', () => {
  test('makes 20 payments at once one, over two processes', async () => {
    await owe('a', 500_000);
    const other = await api.another();
    const asked = { retailerId: 'a', amountMinor: 100_000, method: 'upi', reference: 'UPI-1' };
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, n) =>
        api.post(n % 2 === 0 ? '/payments' : `${other.url}/api/v1/payments`, asked, { idempotencyKey: 'receipt-1' }),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([...Array(19).fill(200), 201]);
    expect(new Set(answers.map(({ body }) => body.paymentId)).size).toBe(1);
    expect(answers.filter(({ body }) => body.replayed === true)).toHaveLength(19);
    expect((await api.get('/accounts/a')).body).toMatchObject({ owedMinor: 400_000 });
  });

  test('with another request, or on another route, is refused', async () => {
    const asked = { retailerId: 'b', amountMinor: 100, method: 'cash' };
    const idempotencyKey = 'receipt-2';
    await api.post('/payments', asked, { idempotencyKey });
    const refused = { status: 422, body: { code: 'IDEMPOTENCY_KEY_REUSED' } };
    expect(await api.post('/payments', { ...asked, amountMinor: 200 }, { idempotencyKey })).toMatchObject(refused);
    expect(await api.post('/accounts/b/block', { reason: 'x' }, { idempotencyKey })).toMatchObject(refused);
    const shuffled = { method: 'cash', amountMinor: 100, retailerId: 'b' };
    expect(await api.post('/payments', shuffled, { idempotencyKey })).toMatchObject({
      status: 200,
      body: { replayed: true },
    });
    // Another wholesaler's keys are its own.
    const stranger = await api.newKey(['admin'], 'two');
    expect((await api.post('/payments', asked, { idempotencyKey, key: stranger })).status).toBe(201);
  });

  test('is free again after a refusal, and must be one that headers can carry', async () => {
    const idempotencyKey = 'receipt-3';
    const asked = { retailerId: 'nobody', amountMinor: 100, method: 'cash' };
    expect((await api.post('/payments', asked, { idempotencyKey })).status).toBe(404);
    expect((await api.post('/payments', { ...asked, retailerId: 'b' }, { idempotencyKey })).status).toBe(201);
    const bad = await api.post('/payments', asked, { idempotencyKey: 'x'.repeat(181) });
    expect(bad).toMatchObject({ status: 422, body: { path: 'Idempotency-Key' } });
  });

  test('is forgotten after a week by the service, and never by the ledger', async () => {
    const idempotencyKey = 'receipt-4';
    const asked = { retailerId: 'c', amountMinor: 100, method: 'cash' };
    const first = await api.post('/payments', asked, { idempotencyKey });
    await api.database.ownerSql(
      `update kept_answer set kept_at = kept_at - interval '8 days' where key = 'api:receipt-4'`,
    );
    expect(await sweepAnswers(api.database.db.prisma)).toBe(1);
    const late = await api.post('/payments', asked, { idempotencyKey });
    expect(late).toMatchObject({ status: 200, body: { paymentId: first.body.paymentId, replayed: true } });
  });
});

test('a payment settles chosen debts, and can be taken back once', async () => {
  await owe('d', 300_000);
  const { body } = await api.get('/accounts/d/statement?from=2026-01-01&to=2028-01-01');
  const [debt] = body.openDebts as { receivableId: string }[];
  const allocations = [{ receivableId: debt?.receivableId, amountMinor: 50_000 }];
  const paid = await api.post('/payments', { retailerId: 'd', amountMinor: 50_000, method: 'cheque', allocations });
  expect(paid).toMatchObject({ status: 201, body: { appliedMinor: 50_000, unappliedMinor: 0, owedMinor: 250_000 } });
  const tooMuch = {
    retailerId: 'd',
    amountMinor: 60_000,
    method: 'cash',
    allocations: [{ ...allocations[0], amountMinor: 60_001 }],
  };
  expect(await api.post('/payments', tooMuch)).toMatchObject({ status: 422, body: { code: 'INVALID_ALLOCATION' } });
  const path = `/payments/${paid.body.paymentId as string}/reverse`;
  expect(await api.post(path, { reason: 'it bounced' })).toMatchObject({
    status: 200,
    body: { owedMinor: 300_000, replayed: false },
  });
  expect(await api.post(path, { reason: 'it bounced' })).toMatchObject({ status: 200, body: { replayed: true } });
  const listed = await api.get('/payments?retailerId=d');
  expect(listed.body.items).toMatchObject([{ paymentId: paid.body.paymentId, reversedBy: expect.any(String) }]);
});

test('limit, terms, block, override and close do what they say, each with a reason in the ledger', async () => {
  expect(
    await api.call('PATCH', '/accounts/e', {
      body: { limitMinor: 2_000_000, termsDays: 30, limitValidUntil: '2030-12-31', reason: 'festival' },
    }),
  ).toMatchObject({ status: 200, body: { limitMinor: 2_000_000, termsDays: 30, availableMinor: 2_000_000 } });
  expect(await api.call('PATCH', '/accounts/e', { body: { reason: 'nothing' } })).toMatchObject({ status: 422 });
  // One half that cannot be done takes the other along.
  expect(
    await api.call('PATCH', '/accounts/e', { body: { graceDays: 9, limitValidUntil: '2001-01-01', reason: 'past' } }),
  ).toMatchObject({ status: 422, body: { code: 'INVALID_TERMS' } });
  expect((await api.get('/accounts/e')).body).toMatchObject({ graceDays: 0 });
  expect((await api.post('/accounts/e/block', { reason: 'cheques' })).body).toMatchObject({
    status: 'blocked',
    replayed: false,
  });
  expect((await api.post('/accounts/e/block', { reason: 'cheques' })).body).toMatchObject({
    status: 'blocked',
    replayed: true,
  });
  expect((await api.post('/accounts/e/unblock', { reason: 'paid' })).body).toMatchObject({ status: 'active' });
  const expiresAt = new Date(Date.now() + 86_400_000).toISOString();
  const grant = { orderId: 'big', amountMinor: 500_000, expiresAt, approver: 'Ravi', reason: 'agreed' };
  expect((await api.post('/accounts/e/override', grant)).status).toBe(201);
  expect((await api.post('/orders', { retailerId: 'e', orderId: 'big', amountMinor: 2_500_000 })).status).toBe(201);
  expect((await api.post('/accounts/e/close', { reason: 'moved away' })).body).toMatchObject({ status: 'closed' });
  const { body } = await api.get('/accounts/e/ledger?limit=200');
  expect((body.items as { reason: string }[]).flatMap(({ reason }) => reason ?? [])).toEqual(
    expect.arrayContaining(['festival', 'cheques', 'paid', 'agreed', 'moved away']),
  );
});

test('a statement comes as JSON, CSV and PDF, and adds up in each', async () => {
  await owe('f', 123_456);
  const period = 'from=2026-01-01&to=2028-01-01';
  expect((await api.get(`/accounts/f/statement?${period}`)).body).toMatchObject({
    closingBalanceMinor: 123_456,
    lines: [{ kind: 'CAPTURE', chargeMinor: 123_456 }],
  });
  const csv = await api.get(`/accounts/f/statement?${period}&format=csv`);
  expect(csv.headers.get('content-type')).toContain('text/csv');
  expect(csv.headers.get('content-disposition')).toContain('statement-f-2026-01-01.csv');
  expect(csv.body.text).toContain('CLOSING');
  expect(csv.body.text).toContain('1234.56');
  const pdf = await api.get(`/accounts/f/statement?${period}&format=pdf`);
  expect(pdf.headers.get('content-type')).toBe('application/pdf');
  expect((pdf.body.text as string).slice(0, 5)).toBe('%PDF-');
  expect(await api.get('/accounts/f/statement?from=2027-01-01&to=2026-01-01')).toMatchObject({ status: 422 });
  expect(await api.get('/accounts/nobody/statement?from=2026-01-01&to=2027-01-01')).toMatchObject({ status: 404 });
});

test('a credit check says what an order would be answered', async () => {
  const fits = await api.get('/credit/check?retailerId=g&amountMinor=1000000');
  expect(fits.body).toMatchObject({ fits: true, limitMinor: 1_000_000, availableMinor: 1_000_000, shortByMinor: 0 });
  const short = await api.get('/credit/check?retailerId=g&amountMinor=1000001');
  expect(short.body).toMatchObject({ fits: false, code: 'INSUFFICIENT_CREDIT', shortByMinor: 1 });
  expect(short.body.why).toContain('Not enough credit');
  expect((await api.get('/credit/check?retailerId=nobody&amountMinor=1')).status).toBe(404);
  expect(await api.get('/credit/check?retailerId=g&amountMinor=1.5')).toMatchObject({
    status: 422,
    body: { code: 'INVALID_AMOUNT' },
  });
});

test('accounts come in pages by the ids of their shops', async () => {
  const first = await api.get('/accounts?limit=5');
  const second = await api.get(`/accounts?limit=5&cursor=${first.body.nextCursor as string}`);
  const ids = [first, second].flatMap(({ body }) =>
    (body.items as { retailerId: string }[]).map(({ retailerId }) => retailerId),
  );
  expect(ids).toEqual(['a', 'b', 'c', 'd', 'e', 'f', 'g', 'only']);
  expect(second.body.nextCursor).toBeNull();
});

test('ageing says what each shop owes by days past its due date, in pages, also as of then', async () => {
  await owe('g', 50_000);
  await api.database.ownerSql(
    `with debts as (update receivable set due_on = due_on - 60 where wholesaler_id = 'one' and retailer_id = 'g')
     update credit_account set oldest_due_on = oldest_due_on - 60 where wholesaler_id = 'one' and retailer_id = 'g'`,
  );
  const only = await api.get('/ageing?retailerId=g');
  expect(only.body).toMatchObject({
    items: [
      { retailerId: 'g', retailerName: 'g Stores', days31To60Minor: 50_000, overdueMinor: 50_000, owedMinor: 50_000 },
    ],
    nextCursor: null,
  });
  const before = await api.get(`/ageing?retailerId=g&asOf=${encodeURIComponent('2020-01-01T00:00:00Z')}`);
  expect(before.body).toMatchObject({ items: [{ owedMinor: 0, oldestDueOn: null }] });
  const first = await api.get('/ageing?limit=5');
  const second = await api.get(`/ageing?limit=5&cursor=${first.body.nextCursor as string}`);
  const ids = [first, second].flatMap(({ body }) =>
    (body.items as { retailerId: string }[]).map((one) => one.retailerId),
  );
  expect(ids).toEqual(['a', 'b', 'c', 'd', 'e', 'f', 'g', 'only']);
  expect(second.body.nextCursor).toBeNull();
});
