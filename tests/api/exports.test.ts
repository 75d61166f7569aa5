import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ApiBench, startApi } from './support.ts';

let api: ApiBench;
let paymentId: string;
beforeAll(async () => {
  api = await startApi({ asha: 1_000_000, gita: 2_000_000 });
  await api.post('/orders', { retailerId: 'asha', orderId: 'E-1', amountMinor: 250_000 });
  await api.post('/orders', { retailerId: 'gita', orderId: '=E-2', amountMinor: 100_000 });
  await api.post('/orders/E-1/deliver', { reference: 'INV-1' });
  const paid = { retailerId: 'asha', amountMinor: 300_000, method: 'upi', reference: 'UPI-1' };
  paymentId = (await api.post('/payments', paid)).body.paymentId as string;
  await api.post('/payments', { retailerId: 'gita', amountMinor: 5_000, method: 'cash' });
});
afterAll(() => api.stop());

async function rows(path: string): Promise<Record<string, string>[]> {
  const { status, headers, body } = await api.get(path);
  expect(status, path).toBe(200);
  expect(headers.get('content-type')).toBe('text/csv; charset=utf-8');
  expect(headers.get('content-disposition')).toMatch(/^attachment; filename="\w+-one-\d{4}-\d\d-\d\d\.csv"$/);
  return parse(body.text as string, { columns: true, bom: true });
}

test('orders, accounts and payments come as files, with the filters of their lists', async () => {
  expect(await rows('/exports/orders')).toMatchObject([
    // A spreadsheet must not take it for a formula.
    { shop_id: 'gita', order_id: "'=E-2", state: 'approved', amount: '1000.00', currency: 'INR', source: 'api' },
    { shop_id: 'asha', order_id: 'E-1', state: 'delivered', amount: '2500.00' },
  ]);
  expect(await rows('/exports/orders?status=delivered')).toMatchObject([{ order_id: 'E-1' }]);
  expect(await rows('/exports/orders?search=gita')).toHaveLength(1);
  const accounts = await rows('/exports/accounts');
  expect(accounts.map(({ shop_id }) => shop_id)).toEqual(['asha', 'gita', 'only']);
  expect(accounts[1]).toMatchObject({ limit: '20000.00', owed: '0.00', on_hold: '1000.00', available: '19000.00' });
  expect(await rows('/exports/accounts?filter=blocked')).toEqual([]);
  expect(await rows('/exports/payments?method=upi')).toMatchObject([
    { payment_id: paymentId, shop_id: 'asha', amount: '3000.00', not_against_a_debt: '500.00', taken_back: 'no' },
  ]);
  expect(await rows('/exports/payments')).toHaveLength(2);
  expect(await api.get('/exports/accounts?filter=rich')).toMatchObject({ status: 422, body: { path: 'filter' } });
});

test('a payment is read with the debts that it went against', async () => {
  expect((await api.get(`/payments/${paymentId}`)).body).toMatchObject({
    paymentId,
    retailerId: 'asha',
    retailerName: 'asha Stores',
    amountMinor: 300_000,
    unappliedMinor: 50_000,
    currency: 'INR',
    debts: [{ orderId: 'E-1', reference: 'INV-1', amountMinor: 250_000 }],
  });
  expect(await api.get('/payments/0190b5a0-0000-7000-8000-000000000000')).toMatchObject({ status: 404 });
});
