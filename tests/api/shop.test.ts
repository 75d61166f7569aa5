import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ApiBench, startApi } from './support.ts';

let api: ApiBench;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.stop());

const soap = { sku: 'SOAP', name: 'Soap', units: { each: 1, case: 12 }, defaultUnit: 'case', priceMinor: 2_500 };

test('products are created, changed and listed; the same again changes nothing', async () => {
  const first = await api.call('PUT', '/products', { body: { products: [soap] } });
  expect(first).toMatchObject({ status: 200, body: { changes: [{ kind: 'product', id: 'SOAP', what: 'new' }] } });
  const again = await api.call('PUT', '/products', { body: { products: [soap] } });
  expect(again.body).toEqual({ changes: [], replayed: true });
  await api.call('PUT', '/products', { body: { products: [{ ...soap, priceMinor: 2_600, step: 0.5 }] } });
  const first3 = await api.get('/products?limit=3');
  const rest = await api.get(`/products?cursor=${first3.body.nextCursor as string}`);
  const listed = [first3, rest].flatMap(({ body }) => body.items as { sku: string }[]);
  expect(listed.map(({ sku }) => sku)).toEqual(['COKE500', 'GONE', 'OLD', 'SOAP', 'SUGAR']);
  expect(listed[3]).toMatchObject({
    sku: 'SOAP',
    priceMinor: 2_600,
    units: { each: 1, case: 12 },
    step: 0.5,
    active: true,
  });
  const order = await api.post('/orders', { retailerId: 'asha', lines: [{ sku: 'SOAP', quantity: 1 }] });
  expect(order.body).toMatchObject({ amountMinor: 31_200 });
});

test('products that contradict themselves are refused with the path, and none is saved', async () => {
  const wrong = { ...soap, sku: 'BAD', defaultUnit: 'pallet' };
  const answer = await api.call('PUT', '/products', { body: { products: [{ ...soap, sku: 'GOOD' }, wrong] } });
  expect(answer).toMatchObject({ status: 422, body: { path: 'products[1].defaultUnit' } });
  const twice = await api.call('PUT', '/products', { body: { products: [soap, soap] } });
  expect(twice).toMatchObject({ status: 422, body: { path: 'products[1].sku' } });
  expect(JSON.stringify((await api.get('/products')).body)).not.toContain('GOOD');
});

test('a product is changed by whoever read it last, and can lose its size and aliases', async () => {
  const tea = { sku: 'TEA/1 kg', name: 'Tea', size: '1 kg', units: { each: 1 }, defaultUnit: 'each', priceMinor: 900 };
  await api.call('PUT', '/products', { body: { products: [{ ...tea, aliases: ['chai'] }] } });
  const to = `/products/${encodeURIComponent(tea.sku)}`;
  const patch = (body: object) => api.call('PATCH', to, { body });
  const { body: before } = await api.get(to);
  expect(before).toMatchObject({ ...tea, aliases: ['chai'] });
  const changed = await patch({ seen: before.version, priceMinor: 950, size: null, aliases: [] });
  expect(changed).toMatchObject({ status: 200, body: { name: 'Tea', priceMinor: 950, size: null, replayed: false } });
  const { replayed: _, ...now } = changed.body;
  expect((await api.get(to)).body).toEqual(now);
  expect(await patch({ seen: before.version, priceMinor: 950 })).toMatchObject({
    status: 200,
    body: { replayed: true },
  });
  expect(await patch({ seen: before.version, priceMinor: 1_000 })).toMatchObject({
    status: 409,
    body: { code: 'CHANGED_MEANWHILE', version: now.version, retryable: false },
  });
  expect(await patch({ seen: now.version, defaultUnit: 'case' })).toMatchObject({
    status: 422,
    body: { path: 'defaultUnit' },
  });
  expect(await api.call('PATCH', '/products/none', { body: { seen: 'x' } })).toMatchObject({ status: 404 });
  const { body: audit } = await api.get('/audit?limit=1');
  expect(audit.items).toMatchObject([
    {
      action: 'product_changed',
      actor: expect.stringMatching(/^api:/),
      subject: { sku: tea.sku },
      before: { priceMinor: 900 },
      after: { priceMinor: 950 },
    },
  ]);
});

test('a shop is created, opens an account and orders; its phone is listed', async () => {
  const body = { name: 'Neha Stores', identities: [{ kind: 'phone', value: '919800000077' }] };
  expect(await api.call('PUT', '/retailers/neha', { body })).toMatchObject({
    status: 200,
    body: { changes: [{ kind: 'retailer', id: 'neha', what: 'new' }, { kind: 'identity' }] },
  });
  expect((await api.get('/retailers/neha')).body).toMatchObject({ hasAccount: false, identities: body.identities });
  const opened = await api.post('/accounts', {
    retailerId: 'neha',
    limitMinor: 50_000,
    owedMinor: 10_000,
    termsDays: 7,
  });
  expect(opened).toMatchObject({
    status: 201,
    body: { limitMinor: 50_000, owedMinor: 10_000, termsDays: 7, replayed: false },
  });
  const again = await api.post('/accounts', {
    retailerId: 'neha',
    limitMinor: 50_000,
    owedMinor: 10_000,
    termsDays: 7,
  });
  expect(again).toMatchObject({ status: 200, body: { owedMinor: 10_000, replayed: true } });
  expect((await api.post('/orders', { retailerId: 'neha', orderId: 'N-1', amountMinor: 40_000 })).status).toBe(201);
  expect(await api.call('PUT', '/retailers/neha', { body: { name: ' x' } })).toMatchObject({ status: 422 });
  const { body: audit } = await api.get('/audit');
  expect((audit.items as unknown[])[0]).toMatchObject({ action: 'retailer_saved', subject: { ids: ['neha'] } });
});

test('products and shops are found by their words, and shops by the end of a phone', async () => {
  const found = async (path: string) => {
    const { body } = await api.get(path);
    return (body.items as { sku?: string; id?: string }[]).map(({ sku, id }) => sku ?? id);
  };
  await api.call('PUT', '/retailers/zoya', {
    body: { name: '50% Zoya_s', identities: [{ kind: 'phone', value: '919800001234' }] },
  });
  expect(await found('/products?search=coca')).toEqual(['COKE500']);
  expect(await found('/products?search=nothing')).toEqual([]);
  expect(await found('/retailers?search=zoya_s')).toEqual(['zoya']);
  expect(await found(`/retailers?search=${encodeURIComponent('50%')}`)).toEqual(['zoya']);
  expect(await found(`/retailers?search=${encodeURIComponent('0000 1234')}`)).toEqual(['zoya']);
  expect(await found('/retailers?search=1_34')).toEqual([]);
  const first = await api.get('/retailers?search=stores&limit=1');
  const rest = await found(`/retailers?search=stores&cursor=${first.body.nextCursor as string}`);
  expect([(first.body.items as { id: string }[])[0]?.id, ...rest]).toEqual(['asha', 'gita', 'neha', 'only']);
});

test('alerts, outbox and deliveries of an untouched shop are empty lists', async () => {
  for (const path of ['/alerts', '/outbox', '/deliveries?state=parked']) {
    expect((await api.get(path)).body).toMatchObject({ items: [] });
  }
});

test('a payment is told to the shop, once, however often it is sent', async () => {
  const identities = [{ kind: 'phone', value: '919800000078' }];
  await api.call('PUT', '/retailers/payer', { body: { name: 'Payer Stores', identities } });
  await api.post('/accounts', { retailerId: 'payer', limitMinor: 50_000, owedMinor: 10_000 });
  const asked = { retailerId: 'payer', amountMinor: 12_500, method: 'upi', reference: 'UPI-9' };
  for (const replayed of [false, true]) {
    expect(await api.post('/payments', asked, { idempotencyKey: 'upi-9' })).toMatchObject({
      status: replayed ? 200 : 201,
      body: { appliedMinor: 10_000, unappliedMinor: 2_500, owedMinor: 0, replayed },
    });
  }
  const told = await api.database.ownerSql(
    `select person_key, payload->>'amountMinor' as amount from inbox_event
      where wholesaler_id = $1 and payload->>'type' = 'payment_recorded'`,
    ['one'],
  );
  expect(told).toEqual([{ person_key: 'p:919800000078', amount: '12500' }]);
});

test.each(['So\u0000ap', 'So\ud800ap'])('a text that cannot be kept is refused at its path: %j', async (text) => {
  const refused = (path: string) => ({
    status: 422,
    body: { code: 'INVALID_INPUT', errors: [{ path, message: 'must not hold NUL or half a letter' }] },
  });
  const { version } = (await api.get('/products/COKE500')).body;
  const coke = (change: object) => api.call('PATCH', '/products/COKE500', { body: { seen: version, ...change } });
  expect(await coke({ name: text })).toMatchObject(refused('name'));
  expect(await coke({ aliases: ['coke', text] })).toMatchObject(refused('aliases[1]'));
  expect(await coke({ prices: { [text]: 1 } })).toMatchObject({ status: 422 });
  expect(await coke({ units: { case: 24, [text]: 1 } })).toMatchObject({ status: 422 });
  expect(await api.call('PUT', '/retailers/unread', { body: { name: text } })).toMatchObject(refused('name'));
  expect(await api.post('/approvers', { name: text, phone: '919800000777' })).toMatchObject(refused('name'));
  const settings = (await api.get('/settings')).body;
  expect(await api.call('PATCH', '/settings', { body: { seen: settings.version, name: text } })).toMatchObject(
    refused('name'),
  );
  expect((await api.get('/products/COKE500')).body.version).toBe(version);
});
