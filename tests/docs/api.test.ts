import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createApiKey } from '../../src/api/index.ts';
import { importShop, readShopFile } from '../../src/catalogue/index.ts';
import { mustExist } from '../../src/shared/assert.ts';
import { serveApi } from '../api/support.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { readDocument } from './documents.ts';

// What docs/api.md shows is run as a reader would run it: by a shell, against the API on the demo shop.

let database: TestDatabase;
let served: Awaited<ReturnType<typeof serveApi>>;
let key: string;
beforeAll(async () => {
  database = await createTestDatabase();
  const shop = readShopFile(await readFile('fixtures/demo-day/shop.json', 'utf8'));
  if (!shop.ok) throw new Error('the demo shop cannot be read');
  await importShop(database.db, shop.shop);
  served = await serveApi(database);
  const rights = ['orders:write', 'credit:read', 'payments:write'] as const;
  const made = await createApiKey(database.db.prisma, { wholesalerId: 'demo', name: 'docs', rights, by: 'test' });
  key = mustExist(made, 'a key').key;
});
afterAll(async () => {
  await served?.stop();
  await database?.drop();
});

/** The answer as the document has it, where "..." stands for anything that is there. */
const shown = (value: unknown): unknown => {
  if (value === '...') return expect.anything();
  if (Array.isArray(value)) return value.map(shown);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, shown(inner)]));
};

test('every curl of docs/api.md gets the answer that it shows', async () => {
  const { blocks } = readDocument('docs/api.md');
  const calls = blocks.filter(({ language, code }) => language === 'sh' && code[0]?.startsWith('curl'));
  expect(calls.length).toBeGreaterThan(5);
  for (const call of calls) {
    const answer = mustExist(blocks[blocks.indexOf(call) + 1], 'an answer');
    expect(answer.info, `line ${call.line}`).toBe('answer');
    const { stdout } = await promisify(execFile)('bash', ['-c', call.code.join('\n')], {
      env: { ...process.env, API: `${served.url}/api/v1`, KEY: key },
    });
    expect(JSON.parse(stdout), `line ${call.line}`).toEqual(shown(JSON.parse(answer.code.join('\n'))));
  }
});
