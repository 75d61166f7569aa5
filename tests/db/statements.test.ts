import { afterAll, beforeAll, expect, test } from 'vitest';
import { isTransient, sqlStateOf } from '../../src/db/index.ts';
import { plainArray } from '../../src/db/statements.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

const answer = { name: 'answer', text: 'select * from answer($1::bigint)' };

/** A function as a migration would bring it, with so many columns. */
const migrateTo = (columns: string, values: string): Promise<unknown> =>
  database.ownerSql(`
    do $migrate$ begin
      drop function if exists answer(bigint);
      create function answer(asked bigint) returns table (${columns}) language sql as 'select ${values}';
    end $migrate$`);

const backends = async (): Promise<number[]> => {
  const asked = Array.from({ length: 8 }, () =>
    database.db.statements.rows<{ pid: number }>(
      { name: 'backend', text: 'select pg_backend_pid() as pid, pg_sleep(0.01)::text' },
      [],
    ),
  );
  return [...new Set((await Promise.all(asked)).map(([row]) => row?.pid ?? 0))];
};

test('a statement has the rights, limits and types of every other connection', async () => {
  const rows = await database.db.statements.rows(
    {
      name: 'session',
      text: `select current_user::text as name, current_setting('statement_timeout') as statement,
                    current_setting('synchronous_commit') as commit, $1::bigint as big, $2::bigint[] as many`,
    },
    [9_007_199_254_740_993n, plainArray([1n, null, 3n])],
  );
  expect(rows).toEqual([
    { name: 'orderlock_app', statement: '15s', commit: 'on', big: 9_007_199_254_740_993n, many: ['1', null, '3'] },
  ]);
});

test('a migration that changes what a function answers fails no call, on any connection that had prepared it', async () => {
  await migrateTo('n bigint', 'asked');
  expect((await backends()).length).toBeGreaterThan(1);
  const ask = () => Promise.all(Array.from({ length: 8 }, (_, n) => database.db.statements.rows(answer, [n])));
  expect(await ask()).toEqual(Array.from({ length: 8 }, (_, n) => [{ n: BigInt(n) }]));
  await migrateTo('n bigint, twice bigint', 'asked, 2 * asked');
  expect(await ask()).toEqual(Array.from({ length: 8 }, (_, n) => [{ n: BigInt(n), twice: BigInt(2 * n) }]));
  await migrateTo('n integer', 'asked::integer');
  expect(await ask()).toEqual(Array.from({ length: 8 }, (_, n) => [{ n }]));
});

test('a statement that the server has forgotten is prepared again', async () => {
  const single = await database.connect({ poolMax: 1 });
  await migrateTo('n bigint', 'asked');
  expect(await single.statements.rows(answer, [1])).toEqual([{ n: 1n }]);
  await single.prisma.$executeRaw`deallocate all`;
  expect(await single.statements.rows(answer, [2])).toEqual([{ n: 2n }]);
});

test('a connection on which others have prepared the same names, as behind a pooler, answers all the same', async () => {
  const single = await database.connect({ poolMax: 1 });
  for (const name of ['shared/0', 'shared/1']) {
    await single.prisma.$executeRawUnsafe(`prepare "${name}" as select 'of another process' as n`);
  }
  const shared = { name: 'shared', text: 'select $1::integer as n' };
  for (const n of [1, 2, 3]) expect(await single.statements.rows(shared, [n])).toEqual([{ n }]);
});

test('an error of the statement itself is thrown as it is, and the pool goes on', async () => {
  const broken = { name: 'broken', text: 'select 1 / $1::integer as n' };
  const error: unknown = await database.db.statements.rows(broken, [0]).catch((thrown: unknown) => thrown);
  expect(sqlStateOf(error)).toBe('22012');
  expect(isTransient(error)).toBe(false);
  expect(await database.db.statements.rows(broken, [1])).toEqual([{ n: 1 }]);
});
