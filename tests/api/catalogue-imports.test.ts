import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Answer, type ApiBench, startApi } from './support.ts';

let api: ApiBench;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.stop());

const upload = (text: string, idempotencyKey?: string) =>
  api.post(
    '/catalogue/imports',
    { filename: 'prices.csv', text },
    idempotencyKey === undefined ? {} : { idempotencyKey },
  );
const idOf = ({ body }: Answer) => body.importId as string;
const versionOf = ({ body }: Answer) => (body.preview as { version: number }).version;
const apply = (sent: Answer, more: object = {}) =>
  api.post(`/catalogue/imports/${idOf(sent)}/apply`, { version: versionOf(sent), ...more });
const items = ({ body }: Answer) => body.items as Record<string, unknown>[];
async function priceOf(sku: string): Promise<unknown> {
  return items(await api.get('/products')).find((product) => product.sku === sku)?.priceMinor;
}

const PRICES = 'sku,name,price\nCOKE500,Coca-Cola 500ml,19.50\nTEA,Tea,12.00\n';

test('a file is looked at, applied and undone, each of it once', async () => {
  const sent = await upload(PRICES, 'prices-1');
  expect(sent).toMatchObject({
    status: 201,
    body: {
      state: 'uploaded',
      filename: 'prices.csv',
      preview: { added: 1, changed: 1, unchanged: 0, missing: 2, problems: [] },
      replayed: false,
    },
  });
  expect(await upload(PRICES, 'prices-1')).toMatchObject({
    status: 200,
    body: { importId: idOf(sent), replayed: true },
  });
  expect(await upload('sku,price\nCOKE500,1.00\n', 'prices-1')).toMatchObject({
    status: 422,
    body: { code: 'IDEMPOTENCY_KEY_REUSED' },
  });
  expect(await priceOf('COKE500')).toBe(1_800);

  const to = `/catalogue/imports/${idOf(sent)}`;
  const all = await api.get(`${to}/differences`);
  expect(items(all).map(({ sku, kind }) => [sku, kind])).toEqual([
    ['COKE500', 'changed'],
    ['GONE', 'missing'],
    ['SUGAR', 'missing'],
    ['TEA', 'added'],
  ]);
  expect(items(all)[0]).toMatchObject({
    what: ['priceMinor 1800 -> 1950'],
    prices: [{ unit: null, priceList: null, fromMinor: 1_800, toMinor: 1_950 }],
    before: { priceMinor: 1_800 },
    after: { priceMinor: 1_950, unitPricesMinor: { case: 40_000 } },
  });
  const first = await api.get(`${to}/differences?limit=1&only=missing`);
  const second = await api.get(`${to}/differences?only=missing&cursor=${first.body.nextCursor as string}`);
  expect([...items(first), ...items(second)].map(({ sku }) => sku)).toEqual(['GONE', 'SUGAR']);

  for (const replayed of [false, true]) {
    expect(await apply(sent)).toMatchObject({
      status: 200,
      body: { state: 'applied', added: 1, changed: 1, switchedOff: 0, preview: null, canUndo: true, replayed },
    });
  }
  expect(await priceOf('COKE500')).toBe(1_950);
  expect(await api.get(`${to}/differences`)).toMatchObject({ status: 409, body: { code: 'IMPORT_OVER' } });
  expect(await api.post(`${to}/drop`, {})).toMatchObject({ status: 409, body: { code: 'IMPORT_OVER' } });

  await api.call('PUT', '/products', {
    body: {
      products: [{ sku: 'TEA', name: 'Tea', units: { each: 1 }, defaultUnit: 'each', priceMinor: 1_300 }],
    },
  });
  for (const replayed of [false, true]) {
    expect(await api.post(`${to}/undo`, {})).toMatchObject({
      status: 200,
      body: { state: 'undone', undone: { restored: 1, left: 1, leftSkus: ['TEA'] }, replayed },
    });
  }
  expect([await priceOf('COKE500'), await priceOf('TEA')]).toEqual([1_800, 1_300]);
  const { body: audit } = await api.get('/audit?limit=3');
  expect(audit.items).toMatchObject([
    { action: 'catalogue_import_undone', actor: expect.stringMatching(/^api:/) },
    { action: 'products_saved' },
    { action: 'catalogue_import_applied', actor: expect.stringMatching(/^api:/) },
  ]);
});

test('everything that is wrong with a file is told by line and column, and nothing of it can be applied', async () => {
  const sent = await upload('sku,name,price\nCOKE500,Coca-Cola 500ml,cheap\nNEW1,New,\nSUGAR,Sugar,46.00\n');
  expect(sent).toMatchObject({
    status: 201,
    body: {
      preview: {
        problems: [
          { line: 2, column: 'price' },
          { line: 3, column: 'price' },
        ],
      },
    },
  });
  expect(await apply(sent)).toMatchObject({ status: 409, body: { code: 'IMPORT_FAULTY' } });
  expect(await priceOf('SUGAR')).toBe(4_550);
  const to = `/catalogue/imports/${idOf(sent)}/drop`;
  expect((await api.post(to, {})).body).toMatchObject({ state: 'replaced', replayed: false });
  expect((await api.post(to, {})).body).toMatchObject({ state: 'replaced', replayed: true });
  expect(await apply(sent)).toMatchObject({ status: 409, body: { code: 'IMPORT_OVER', state: 'replaced' } });
  const { body: audit } = await api.get('/audit?limit=1');
  expect(audit.items).toMatchObject([{ action: 'catalogue_import_dropped', subject: { importId: idOf(sent) } }]);
});

test('a file is applied only to the catalogue that was looked at', async () => {
  const sent = await upload('sku,price\nSUGAR,47.00\n');
  const other = await upload('sku,price\nSUGAR,48.00\n');
  expect((await apply(other, { switchOffMissing: true })).body).toMatchObject({ changed: 1, switchedOff: 3 });
  expect(await apply(sent)).toMatchObject({ status: 409, body: { code: 'CATALOGUE_CHANGED', retryable: false } });
  const again = await api.get(`/catalogue/imports/${idOf(sent)}`);
  expect((await apply(again)).body).toMatchObject({ state: 'applied' });
  expect(await api.post(`/catalogue/imports/${idOf(other)}/undo`, {})).toMatchObject({
    status: 409,
    body: { code: 'NOT_NEWEST' },
  });
  expect(await priceOf('SUGAR')).toBe(4_700);
});

test('files are listed page by page, the newest first', async () => {
  const first = await api.get('/catalogue/imports?limit=1');
  const rest = await api.get(`/catalogue/imports?cursor=${first.body.nextCursor as string}`);
  const states = [...items(first), ...items(rest)].map(({ state }) => state);
  expect(states).toEqual(['applied', 'applied', 'undone']);
  expect(rest.body.nextCursor).toBeNull();
});

test('what is no file of products is refused with what it is', async () => {
  const workbook = Buffer.from([0x50, 0x4b, 0x03, 0x04, 1, 2]).toString('base64');
  expect(await api.post('/catalogue/imports', { base64: workbook })).toMatchObject({
    status: 422,
    body: { code: 'FILE_REFUSED', path: 'base64', errors: [{ message: 'must be CSV, and is a workbook' }] },
  });
  expect(await api.post('/catalogue/imports', { text: ' ' })).toMatchObject({ status: 422, body: { path: 'text' } });
  expect(await api.post('/catalogue/imports', {})).toMatchObject({ status: 422, body: { path: 'text' } });
  const old = Buffer.from('sku,name,price\nCAFE,Café,3.00\n', 'latin1').toString('base64');
  expect((await api.post('/catalogue/imports', { base64: old })).body).toMatchObject({
    encoding: 'windows-1252',
    preview: { added: 1 },
  });
});

test('the catalogue that is downloaded is imported without a change', async () => {
  const file = await api.get('/catalogue/export');
  expect(file.headers.get('content-type')).toBe('text/csv; charset=utf-8');
  expect(file.headers.get('content-disposition')).toMatch(
    /^attachment; filename="catalogue-one-\d{4}-\d\d-\d\d\.csv"$/,
  );
  const sent = await upload(file.body.text as string);
  expect(sent.body).toMatchObject({ preview: { added: 0, changed: 0, missing: 0, problems: [] } });
});

test('a file of thousands of rows fits', { timeout: 60_000 }, async () => {
  const rows = Array.from(
    { length: 20_000 },
    (_, at) => `BULK${at},Product of a long list number ${at},${at + 1}.00\n`,
  );
  const sent = await upload(`sku,name,price\n${rows.join('')}`);
  expect(sent).toMatchObject({ status: 201, body: { preview: { added: 20_000, problems: [] } } });
});

test('a file that comes as text and as base64 at once is refused, and told why', async () => {
  const both = await api.post('/catalogue/imports', { filename: 'prices.csv', text: 'sku\nA\n', base64: 'c2t1CkEK' });
  expect(both).toMatchObject({
    status: 422,
    body: { errors: [{ path: 'text', message: 'must be given, or base64 in its place, and not both' }] },
  });
});
