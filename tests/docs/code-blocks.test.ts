import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { importShop, readShopFile } from '../../src/catalogue/index.ts';
import { mustExist } from '../../src/shared/assert.ts';
import { createEmptyDatabase, createTestDatabase, type TestDatabase } from '../support/database.ts';
import { asModule, markOf } from './as-module.ts';
import { type Consumer, createConsumer } from './consumer.ts';
import {
  type Block,
  type Document,
  expectedOutput,
  namesIn,
  readDocument,
  readDocuments,
  reasonNotToRun,
} from './documents.ts';

// What the documents show is run as a reader would run it: in a project of their own that has the packed library.

const BUILD_MS_MAX = 240_000;
const RUN_MS_MAX = 60_000;

const documents = readDocuments();
const runs = (block: Block): boolean => ['ts', 'sql'].includes(block.language) && reasonNotToRun(block) === undefined;
const moduleOf = ({ file }: Document): string => path.basename(file, '.md');
const running = documents.filter((document) => document.blocks.some(runs));
/** It begins with an empty database, not with ours. */
const fromNothing = readDocument('docs/start-here.md');

let consumer: Consumer;
let complaints: string;
beforeAll(async () => {
  const schema = documents.flatMap(({ blocks }) => blocks.filter(({ language }) => language === 'prisma'));
  consumer = await createConsumer(schema.map(({ code }) => code.join('\n')).join('\n'));
  for (const document of running) await consumer.write(`${moduleOf(document)}.ts`, asModule(document));
  const tables = [namesIn(readDocument('docs/integration-guide.md'), 'Codes and what to do')];
  tables.push(namesIn(readDocument('docs/quick-reference.md'), 'Codes'));
  await consumer.write('codes.ts', everyCode(tables));
  await consumer.write('shop.json', shopOf(fromNothing));
  complaints = await consumer.compile();
}, BUILD_MS_MAX);
afterAll(() => consumer?.drop());

test('every block of code compiles against the packed library, as strictly as TypeScript can', () => {
  // Each line of a module is the line of its document.
  expect(complaints).toBe('');
});

test('what is shown but not run says why', () => {
  const left = documents.flatMap(({ file, blocks }) =>
    blocks.flatMap((block) => reasonNotToRun(block) ?? []).map((reason) => `${file}: ${reason}`),
  );
  expect(left).toMatchInlineSnapshot(`
    [
      "docs/integration-guide.md: makes logins for the whole server",
      "docs/integration-guide.md: needs the login of above",
    ]
  `);
});

describe('every block of code runs and prints what the document says', () => {
  const onOurs = running.filter(({ file }) => file !== fromNothing.file);
  test.each(onOurs)('$file', { timeout: RUN_MS_MAX }, async (document) => {
    const database = await databaseWithDemoShop();
    try {
      await runAndCompare(document, database.url);
    } finally {
      await database.drop();
    }
  });

  test('docs/start-here.md, from an empty database to a proven ledger', { timeout: RUN_MS_MAX }, async () => {
    const database = await createEmptyDatabase();
    const environment = { DATABASE_URL: database.url };
    try {
      await consumer.command('orderlock-migrate', [], environment);
      await consumer.command('orderlock-import', ['shop.json'], environment);
      await runAndCompare(fromNothing, database.url);
      const proof = await consumer.command('orderlock-ledger-verify', ['--json'], environment);
      expect(JSON.parse(proof.stdout)).toMatchObject({ ok: true, accounts: 1, entries: 2 });
    } finally {
      await database.drop();
    }
  });
});

async function runAndCompare(document: Document, databaseUrl: string): Promise<void> {
  const { stdout, stderr } = await consumer.run(`${moduleOf(document)}.js`, { DATABASE_URL: databaseUrl });
  expect(stderr).toBe('');
  for (const block of document.blocks.filter(runs)) {
    const expected = expectedOutput(document, block) ?? '';
    expect(printedBy(stdout, block), `${document.file}:${block.line} prints something else`).toBe(expected);
  }
}

/** What stands between the mark of a block and the next one. */
function printedBy(stdout: string, block: Block): string {
  const [, after] = stdout.split(`${markOf(block)}\n`);
  const [printed] = mustExist(after, `the output of the block in line ${block.line}`).split('\u0001');
  return mustExist(printed, 'an output').trimEnd();
}

async function databaseWithDemoShop(): Promise<TestDatabase> {
  const database = await createTestDatabase();
  const shop = readShopFile(await readFile('fixtures/demo-day/shop.json', 'utf8'));
  if (!shop.ok) throw new Error('the demo shop cannot be read');
  await importShop(database.db, shop.shop, { dryRun: false });
  return database;
}

const shopOf = ({ blocks }: Document): string =>
  mustExist(
    blocks.find(({ language, info }) => language === 'json' && info === 'shop.json'),
    'a shop to import',
  ).code.join('\n');

/** Compiles only if each of the tables has every code of the library, and no other. */
function everyCode(tables: string[][]): string {
  const records = tables.map((codes) => `{ ${codes.map((code) => `${code}: true`).join(', ')} }`);
  return [
    "import type { CreditCode } from 'orderlock/credit';",
    `export const told: Record<CreditCode, true>[] = [${records.join(', ')}];\n`,
  ].join('\n');
}
