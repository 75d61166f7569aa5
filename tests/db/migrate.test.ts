import { createHash, randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, inject, test } from 'vitest';
import { createDatabase } from '../../src/db/client.ts';
import { bootstrapRoles, migrate, pendingMigrations, rollBackFailedMigration } from '../../src/db/migrate.ts';
import { withConnection } from '../../src/db/one-connection.ts';
import { createEmptyDatabase, type EmptyDatabase } from '../support/database.ts';

let database: EmptyDatabase;
let directory: string;

beforeEach(async () => {
  database = await createEmptyDatabase();
  directory = await mkdtemp(path.join(tmpdir(), 'orderlock-migrations-'));
});
afterEach(async () => {
  await database?.drop();
  await rm(directory, { recursive: true });
});

async function write(name: string, sql: string): Promise<void> {
  await mkdir(path.join(directory, name), { recursive: true });
  await writeFile(path.join(directory, name, 'migration.sql'), sql);
}

const rows = (sql: string): Promise<Record<string, unknown>[]> =>
  withConnection(database.url, 'test', (connection) => connection.rows(sql));

const table = 'create table t (id bigint primary key);';
const functionWithBody = `
  create function answer() returns int language plpgsql as $$
  declare n int := 41; -- a semicolon; in a comment
  begin n := n + 1; return n; end $$;`;

test('migrations are applied in name order, once, and booked as Prisma books them', async () => {
  await write('20260102000000_function', functionWithBody);
  await write('20260101000000_table', table);
  expect(await pendingMigrations(database.url, { directory })).toEqual([
    '20260101000000_table',
    '20260102000000_function',
  ]);
  expect(await migrate(database.url, { directory })).toEqual({
    applied: ['20260101000000_table', '20260102000000_function'],
  });
  expect(await migrate(database.url, { directory })).toEqual({ applied: [] });
  expect(await pendingMigrations(database.url, { directory })).toEqual([]);
  expect(await rows('select answer()')).toEqual([{ answer: 42 }]);
  expect(
    await rows(`select migration_name, checksum, applied_steps_count, logs, rolled_back_at, finished_at >= started_at as finished
                from _prisma_migrations order by migration_name limit 1`),
  ).toEqual([
    {
      migration_name: '20260101000000_table',
      checksum: createHash('sha256').update(table).digest('hex'),
      applied_steps_count: 1,
      logs: null,
      rolled_back_at: null,
      finished: true,
    },
  ]);
});

test('two migrators at once apply each migration once', async () => {
  await write('20260101000000_slow', `${table} select pg_sleep(0.3);`);
  await write('20260102000000_function', functionWithBody);
  const results = await Promise.all([1, 2, 3].map(() => migrate(database.url, { directory })));
  expect(results.flatMap((result) => result.applied).sort()).toEqual([
    '20260101000000_slow',
    '20260102000000_function',
  ]);
});

test('a failed migration undoes itself, is named with the reason, and blocks until it is cleared', async () => {
  await write('20260101000000_broken', `${table} select 1 / 0;`);
  const sentence = 'Migration 20260101000000_broken failed: ERROR: division by zero';
  const failure = await migrate(database.url, { directory }).catch((error: unknown) => error);
  expect(failure).toMatchObject({
    code: 'setup_error',
    message: sentence,
    hint: expect.stringContaining('npm run db:migrate -- --rolled-back 20260101000000_broken'),
  });
  expect(await rows(`select to_regclass('t') as t`)).toEqual([{ t: null }]);

  await write('20260101000000_broken', table);
  await expect(migrate(database.url, { directory })).rejects.toThrow(sentence);
  await rollBackFailedMigration(database.url, '20260101000000_broken');
  expect(await migrate(database.url, { directory })).toEqual({ applied: ['20260101000000_broken'] });
});

test('a migration that was edited after it was applied is refused by name', async () => {
  await write('20260101000000_table', table);
  await migrate(database.url, { directory });
  await write('20260101000000_table', `${table} -- edited`);
  await expect(migrate(database.url, { directory })).rejects.toThrow(
    'Migration 20260101000000_table was edited after it had been applied to this database.',
  );
});

test('a database that cannot be used is explained', async () => {
  await write('20260101000000_table', table);
  const missing = new URL(database.url);
  missing.pathname = '/no_such_database';
  await expect(migrate(missing.href, { directory })).rejects.toThrow(/does not exist on that server/);
  const unreachable = new URL(database.url);
  unreachable.port = '1';
  await expect(migrate(unreachable.href, { directory })).rejects.toThrow(/No PostgreSQL server answers/);
  await expect(bootstrapRoles(unreachable.href)).rejects.toThrow(/No PostgreSQL server answers/);
  await expect(pendingMigrations(unreachable.href, { directory })).rejects.toThrow(/No PostgreSQL server answers/);
});

test('several processes may bootstrap the roles at once, again and again', async () => {
  await Promise.all(Array.from({ length: 8 }, () => bootstrapRoles(database.url)));
  const settings = await rows(`select unnest(rolconfig) as setting from pg_roles where rolname = 'orderlock_app'`);
  expect(settings.map((row) => row.setting).sort()).toEqual([
    'idle_in_transaction_session_timeout=15s',
    'lock_timeout=5s',
    'statement_timeout=15s',
  ]);
});

test('a plain member works with its own rights; a stranger is told what is missing', async () => {
  const login = `orderlock_test_login_${randomBytes(4).toString('hex')}`;
  const url = new URL(database.url);
  url.username = login;
  url.password = 'secret';
  await rows(`create role ${login} login password 'secret'`);
  try {
    const options = { url: url.href, poolMax: 1, applicationName: 'test' };
    await expect(createDatabase(options)).rejects.toThrow(
      `The login ${login} of DATABASE_URL may not work as orderlock_app.`,
    );
    await rows(`grant orderlock_app to ${login}`);
    const member = await createDatabase(options);
    try {
      const [row] = await member.prisma.$queryRaw<{ user: string }[]>`select current_user::text as "user"`;
      expect(row?.user).toBe(login);
    } finally {
      await member.stop();
    }
  } finally {
    await rows(`drop role ${login}`);
  }
});

test.runIf(inject('serverUrl').includes('orderlock:'))('a wrong password is explained', async () => {
  const url = new URL(database.url);
  url.password = 'guess';
  await expect(pendingMigrations(url.href, { directory })).rejects.toThrow('The database refused the login.');
});
