import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { folderOf } from '../replay/deliveries.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { runScript } from '../support/run-script.ts';
import { contractShop } from './contract-shop.ts';

// Each case starts processes of its own, which takes seconds on a busy machine.
vi.setConfig({ testTimeout: 90_000 });

let database: TestDatabase;
let files: { path: string; remove(): Promise<void> };
const dearer = { ...contractShop, products: [{ ...contractShop.products[0], priceMinor: 1900 }] };
const bad = { ...contractShop, wholesaler: { id: 'demo', currency: 'INX' }, colour: 'red' };

beforeAll(async () => {
  database = await createTestDatabase();
  files = await folderOf({
    'shop.json': JSON.stringify(contractShop),
    'dearer.json': JSON.stringify(dearer),
    'bad.json': JSON.stringify(bad),
  });
});
afterAll(async () => {
  await files.remove();
  await database.drop();
});

const runImport = (...args: string[]) => runScript('import', args, { DATABASE_URL: database.url });
const wholesalers = async (): Promise<number> => (await database.appSql('select from wholesaler')).length;

test('a wrong file names every problem with its path, writes nothing and exits 1', async () => {
  const { code, stdout, stderr } = await runImport(`${files.path}/bad.json`);
  expect(code).toBe(1);
  expect(stdout).toBe('');
  expect(stderr).toContain('nothing was written');
  expect(stderr).toMatch(/^ {2}wholesaler\.name: is missing$/m);
  expect(stderr).toMatch(/^ {2}wholesaler\.currency: must be an ISO 4217 code/m);
  expect(stderr).toMatch(/^ {2}colour: is not known here$/m);
  expect(await wholesalers()).toBe(0);
});

test('what cannot be read, or was not said, ends with how to say it', async () => {
  const missing = await runImport(`${files.path}/none.json`);
  expect(missing.code).toBe(1);
  expect(missing.stderr).toMatch(/none\.json cannot be read\.\nUsage: npm run import/);
});

test('a shop is imported, then nothing, then what a dry run said', async () => {
  const first = await runImport(`${files.path}/shop.json`);
  expect(first).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/account .*asha .*new, limit 10000000\n10 changes made\.\n$/),
  });
  const again = await runImport(`${files.path}/shop.json`);
  expect(again).toMatchObject({ code: 0, stdout: 'Nothing to change: demo is as the file says.\n' });
  const dry = await runImport(`${files.path}/dearer.json`, '--dry-run');
  expect(dry.stdout).toBe(
    '  product  COKE500  priceMinor 1800 -> 1900\n1 change would be made; nothing was written.\n',
  );
  const json = await runImport(`${files.path}/dearer.json`, '--json');
  expect(JSON.parse(json.stdout)).toEqual({
    ok: true,
    dryRun: false,
    changes: [{ kind: 'product', id: 'COKE500', what: 'priceMinor 1800 -> 1900' }],
  });
});
