import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { createDatabase, type Database, inTransaction, isTransient } from '../../src/db/index.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { startTcpProxy, type TcpProxy } from '../support/tcp-proxy.ts';

// The time limit is short here; the service gives a statement 15 s.
const STATEMENT_MS = 500;
const NOTICED_MS_MAX = 10_000;

let database: TestDatabase;
let proxy: TcpProxy;
let db: Database;

beforeAll(async () => {
  database = await createTestDatabase();
  proxy = await startTcpProxy(database.url);
  const url = proxy.through(database.url);
  db = await createDatabase({ url, poolMax: 1, applicationName: 'failover', statementTimeoutMs: STATEMENT_MS });
});
afterEach(() => proxy.restore());
afterAll(async () => {
  await proxy.stop();
  await db.stop();
  await database.drop();
});

async function errorOf(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => undefined,
    (error: unknown) => error,
  );
}

const select = (): Promise<unknown> => db.prisma.$queryRaw`select 1`;
const transact = (): Promise<unknown> => inTransaction(db, (tx) => tx.$queryRaw`select 1`);

it.each([
  ['a statement', select],
  ['a transaction', transact],
])(
  'a server that vanishes without a word is noticed by %s, and the pool is whole again by itself',
  async (_, work) => {
    await work();
    proxy.abandon();
    const startedAt = performance.now();
    let failures = 0;
    for (;;) {
      const error = await errorOf(work());
      if (error === undefined) break;
      failures += 1;
      expect(isTransient(error), String(error)).toBe(true);
      expect(performance.now() - startedAt).toBeLessThan(2 * NOTICED_MS_MAX);
    }
    expect(failures).toBeGreaterThan(0);
    expect(db.poolUsage().waiting).toBe(0);
  },
  60_000,
);

it('a server that vanishes in the middle of a transaction is noticed, and nothing of it is taken for done', async () => {
  const torn = inTransaction(db, async (tx) => {
    await tx.$queryRaw`select 1`;
    proxy.abandon();
    await tx.$executeRaw`insert into stray_event (id, event_key, kind, payload) values (gen_random_uuid(), 'x', 'x', '{}')`;
  });
  const error = await errorOf(torn);
  expect(isTransient(error), String(error)).toBe(true);
  while ((await errorOf(select())) !== undefined);
  expect(await database.ownerSql('select 1 from stray_event')).toEqual([]);
}, 60_000);
