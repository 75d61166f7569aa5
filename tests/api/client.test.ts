import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import openapiTS, { astToString } from 'openapi-typescript';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ApiBench, startApi } from './support.ts';

// An integrator's program: types generated from /openapi.json of the running service, compiled as strictly as can be, and
// run against it. It calls the six routes that callers had from the first day, WhatsApp apart, with a check in the middle, and
// some of each matter that the console has besides.

const PROGRAM = `
import createClient from 'openapi-fetch';
import type { paths } from './schema.js';

const client = createClient<paths>({
  baseUrl: process.env['API_URL'] ?? '',
  headers: { authorization: 'Bearer ' + (process.env['API_KEY'] ?? '') },
});

const retailerId = 'asha';
const simple = await client.POST('/orders', { body: { retailerId, orderId: 'C-1', amountMinor: 600_000 } });
const advanced = await client.POST('/orders', {
  body: { retailerId, orderId: 'C-2', lines: [{ sku: 'COKE500', quantity: 1, unit: 'case' }] },
  params: { header: { 'Idempotency-Key': 'cart-1' } },
});
const check = await client.GET('/credit/check', { params: { query: { retailerId, amountMinor: 400_000 } } });
const batch = await client.POST('/orders/batch', {
  body: {
    mode: 'each',
    orders: [
      { retailerId, orderId: 'C-3', amountMinor: 100_000 },
      { retailerId, orderId: 'C-4', amountMinor: 900_000 },
    ],
  },
});
const cancelled = await client.POST('/orders/{orderId}/cancel', {
  params: { path: { orderId: 'C-1' } },
  body: { reason: 'ordered twice' },
});
const missing = await client.GET('/orders/{orderId}', { params: { path: { orderId: 'C-9' } } });

const file = { filename: 'prices.csv', text: 'sku,price\\nCOKE500,18.50\\nNO,1.00\\n' };
const sent = await client.POST('/catalogue/imports', { body: file });
const importId = sent.data?.importId ?? '';
const found = await client.GET('/catalogue/imports/{importId}/differences', {
  params: { path: { importId }, query: { only: 'changed' } },
});
const price = found.data?.items[0]?.prices[0];
const faulty = await client.POST('/catalogue/imports/{importId}/apply', {
  params: { path: { importId } },
  body: { version: sent.data?.preview?.version ?? 0 },
});
const settings = await client.GET('/settings');
const changed = await client.PATCH('/settings', {
  body: { seen: settings.data?.version ?? '', policies: { openingHours: { mon: [{ from: '08:00', to: '18:00' }] } } },
});
const waiting = await client.GET('/registrations');
const linked = await client.POST('/retailers/{retailerId}/identities', {
  params: { path: { retailerId } },
  body: { kind: 'phone', value: '919800000001' },
});
const made = await client.POST('/api-keys', { body: { name: 'another', rights: ['credit:read'] } });
const invited = await client.POST('/staff', { body: { email: 'om@example.com', name: 'Om', role: 'sales' } });

const verdicts = batch.data?.results.map((result) => (result.placed ? result.status : result.code));
const released: number = cancelled.data?.releasedMinor ?? 0;
console.log(
  JSON.stringify({
    simple: simple.data?.status,
    advanced: advanced.data?.amountMinor,
    check: check.data && [check.data.fits, check.data.shortByMinor],
    verdicts,
    released,
    missing: missing.error?.code,
    price: [price?.fromMinor, price?.toMinor],
    problems: sent.data?.preview?.problems.map(({ line, column }) => [line, column]),
    faulty: faulty.error?.code,
    changed: changed.data?.changed,
    waiting: waiting.data?.items.length,
    linked: linked.data?.replayed,
    key: made.data?.key?.slice(0, 4),
    role: invited.data?.role,
  }),
);
`;

const root = path.resolve(import.meta.dirname, '../..');
const options = {
  target: 'ES2023',
  module: 'NodeNext',
  types: ['node'],
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  skipLibCheck: false,
  outDir: 'out',
};

let api: ApiBench;
let folder: string;
beforeAll(async () => {
  api = await startApi();
  // Where the libraries of this project are found.
  folder = await mkdtemp(path.join(root, 'node_modules/.api-client-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
  await api.stop();
});

test('a client generated from the document compiles strictly and works', { timeout: 120_000 }, async () => {
  const response = await fetch(`${api.url}/openapi.json`);
  const schema = astToString(await openapiTS(JSON.stringify(await response.json())));
  await writeFile(path.join(folder, 'schema.ts'), schema);
  await writeFile(path.join(folder, 'program.ts'), PROGRAM);
  await writeFile(path.join(folder, 'package.json'), '{"type":"module"}');
  await writeFile(path.join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions: options }));
  const node = promisify(execFile);
  const compiler = path.join(root, 'node_modules/typescript/bin/tsc');
  const complaints = await node(process.execPath, [compiler, '-p', folder]).then(
    () => '',
    (error: { stdout?: string }) => error.stdout ?? String(error),
  );
  expect(complaints).toBe('');
  const key = await api.newKey(['admin']);
  const { stdout } = await node(process.execPath, [path.join(folder, 'out/program.js')], {
    env: { ...process.env, API_URL: `${api.url}/api/v1`, API_KEY: key },
  });
  expect(JSON.parse(stdout)).toEqual({
    simple: 'approved',
    advanced: 40_000,
    check: [false, 40_000],
    verdicts: ['approved', 'INSUFFICIENT_CREDIT'],
    released: 600_000,
    missing: 'NOT_FOUND',
    price: [1_800, 1_850],
    problems: [[3, 'name']],
    faulty: 'IMPORT_FAULTY',
    changed: ['openingHours'],
    waiting: 0,
    linked: false,
    key: 'olk_',
    role: 'sales',
  });
});
