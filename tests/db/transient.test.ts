import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { createDatabase, type Database } from '../../src/db/client.ts';
import { startEmbedded } from '../../src/db/embedded.ts';
import { isTransient, sqlStateOf } from '../../src/db/errors.ts';
import { bootstrapRoles } from '../../src/db/migrate.ts';
import { withConnection } from '../../src/db/one-connection.ts';
import { inTransaction } from '../../src/db/transaction.ts';
import { createEmptyDatabase, type EmptyDatabase } from '../support/database.ts';
import { waitFor } from '../support/wait-for.ts';

const limits = { maxWaitMs: 2_000, timeoutMs: 10_000 };
let database: EmptyDatabase;
let db: Database;

const ownerSql = (sql: string): Promise<Record<string, unknown>[]> =>
  withConnection(database.url, 'test', (connection) => connection.rows(sql));

beforeAll(async () => {
  database = await createEmptyDatabase();
  await ownerSql('create table account (id int primary key, held int not null check (held >= 0))');
  await ownerSql('insert into account values (1, 0), (2, 0)');
  await ownerSql('grant select, insert, update on account to orderlock_app');
  db = await open(4);
});
afterEach(async () => {
  // Whatever went wrong, every connection has come back.
  await waitFor('every connection to be returned', () => db.poolUsage().idle === db.poolUsage().total);
});
afterAll(async () => {
  await db?.stop();
  await database?.drop();
});

function open(
  poolMax: number,
  more: { statementTimeoutMs?: number; lockTimeoutMs?: number; connectTimeoutMs?: number } = {},
) {
  return createDatabase({ url: database.url, poolMax, applicationName: 'transient', ...more });
}

const failureOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => Promise.reject(new Error('this was meant to fail')),
    (error: unknown) => error,
  );

/** A promise and the means to settle it, to hold a transaction open at a known point. */
function gate(): { opened: Promise<void>; open: () => void } {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}

/** Holds one connection of the pool in a transaction until released. */
async function occupy(pool: Database): Promise<() => Promise<void>> {
  const held = gate();
  const done = gate();
  const holder = inTransaction(
    pool,
    async () => {
      held.open();
      await done.opened;
    },
    limits,
  );
  await held.opened;
  return () => {
    done.open();
    return holder;
  };
}

const kill = (condition: string): Promise<unknown> =>
  waitFor('a backend to kill', async () => {
    const killed = await ownerSql(`select pg_terminate_backend(pid) from pg_stat_activity
      where application_name = 'transient' and datname = current_database() and ${condition}`);
    return killed.length > 0;
  });

describe('worth another try', () => {
  test('a deadlock between two connections', async () => {
    const bothHold = [gate(), gate()] as const;
    async function lockBoth(mine: 0 | 1): Promise<void> {
      const [first, second] = mine === 0 ? [1, 2] : [2, 1];
      await inTransaction(
        db,
        async (tx) => {
          await tx.$queryRaw`select from account where id = ${first} for update`;
          bothHold[mine].open();
          await bothHold[mine === 0 ? 1 : 0].opened;
          await tx.$queryRaw`select from account where id = ${second} for update`;
        },
        limits,
      );
    }
    const results = await Promise.allSettled([lockBoth(0), lockBoth(1)]);
    const [failed] = results.filter((result) => result.status === 'rejected');
    expect(sqlStateOf(failed?.reason)).toBe('40P01');
    expect(isTransient(failed?.reason)).toBe(true);
  });

  test('a serialization failure', async () => {
    const error = await failureOf(db.prisma.$executeRaw`do $$ begin raise sqlstate '40001'; end $$`);
    expect(sqlStateOf(error)).toBe('40001');
    expect(isTransient(error)).toBe(true);
  });

  test('a backend killed during a statement', async () => {
    const failure = failureOf(db.prisma.$queryRaw`select 1 as one from pg_sleep(10)`);
    await kill(`query like '%pg_sleep(10)%'`);
    const error = await failure;
    expect(isTransient(error)).toBe(true);
  });

  test('a backend killed between two statements of a transaction', async () => {
    const error = await failureOf(
      inTransaction(
        db,
        async (tx) => {
          await tx.$queryRaw`select 1 as one`;
          await kill(`state = 'idle in transaction'`);
          await tx.$queryRaw`select 1 as one`;
        },
        limits,
      ),
    );
    expect(isTransient(error)).toBe(true);
  });

  test('a backend killed just before COMMIT', async () => {
    const error = await failureOf(
      inTransaction(
        db,
        async (tx) => {
          await tx.$executeRaw`update account set held = held + 1 where id = 1`;
          await kill(`state = 'idle in transaction'`);
        },
        limits,
      ),
    );
    expect(isTransient(error)).toBe(true);
  });

  test('every backend killed while idle: the pool recovers by itself', async () => {
    const recover = () =>
      waitFor('the pool to recover', () =>
        db.prisma.$queryRaw`select 1 as one`.catch((error: unknown) => {
          expect(isTransient(error)).toBe(true);
        }),
      );
    // On a busy machine the pool may not have heard yet of the connection that the test before has killed.
    await recover();
    await kill('true');
    expect(await recover()).toEqual([{ one: 1 }]);
  });

  test('a lock that was not free in time, and a statement that took too long', async () => {
    const hurried = await open(1, { lockTimeoutMs: 50, statementTimeoutMs: 200 });
    try {
      const held = gate();
      const done = gate();
      const holder = inTransaction(
        db,
        async (tx) => {
          await tx.$queryRaw`select from account where id = 1 for update`;
          held.open();
          await done.opened;
        },
        limits,
      );
      await held.opened;
      const locked = await failureOf(hurried.prisma.$queryRaw`select from account where id = 1 for update`);
      expect([sqlStateOf(locked), isTransient(locked)]).toEqual(['55P03', true]);
      const slow = await failureOf(hurried.prisma.$queryRaw`select 1 as one from pg_sleep(5)`);
      expect([sqlStateOf(slow), isTransient(slow)]).toEqual(['57014', true]);
      done.open();
      await holder;
    } finally {
      await hurried.stop();
    }
  });

  test('a pool with nothing to lend, for a transaction and for a single query; nothing leaks from the wait', async () => {
    const narrow = await open(1, { connectTimeoutMs: 300 });
    try {
      const release = await occupy(narrow);
      const work = async (): Promise<number> => 1;
      const early = await failureOf(inTransaction(narrow, work, { maxWaitMs: 100, timeoutMs: 1_000 }));
      const late = await failureOf(inTransaction(narrow, work, { maxWaitMs: 1_000, timeoutMs: 1_000 }));
      const single = await failureOf(narrow.prisma.$queryRaw`select 1 as one`);
      expect([early, late, single].map(isTransient)).toEqual([true, true, true]);
      await release();
      expect(await inTransaction(narrow, work, limits)).toBe(1);
      expect(narrow.poolUsage()).toEqual({ total: 1, idle: 1, waiting: 0 });
    } finally {
      await narrow.stop();
    }
  });

  test('a maxWait that ends while a connection is being made for it gives that connection back', async () => {
    const narrow = await open(1, { connectTimeoutMs: 5_000 });
    try {
      const release = await occupy(narrow);
      const error = await failureOf(inTransaction(narrow, async () => 1, { maxWaitMs: 50, timeoutMs: 1_000 }));
      expect(isTransient(error)).toBe(true);
      await release();
      await waitFor(
        'the connection to be idle',
        () => narrow.poolUsage().idle === 1 && narrow.poolUsage().waiting === 0,
      );
      expect(await inTransaction(narrow, async () => 2, limits)).toBe(2);
    } finally {
      await narrow.stop();
    }
  });

  test('a transaction that took longer than it may', async () => {
    const error = await failureOf(
      inTransaction(
        db,
        async (tx) => {
          await tx.$executeRaw`update account set held = 7 where id = 2`;
          await tx.$queryRaw`select 1 as one from pg_sleep(0.5)`;
          await tx.$queryRaw`select 1 as one`;
        },
        { maxWaitMs: 1_000, timeoutMs: 100 },
      ),
    );
    expect(isTransient(error)).toBe(true);
    await waitFor('the rollback', async () => (await ownerSql('select held from account where id = 2'))[0]?.held === 0);
  });

  test('a server that was stopped', async () => {
    const server = await startEmbedded({ dataDir: { throwAway: true }, role: 'service', durable: false });
    await bootstrapRoles(server.url);
    const orphaned = await createDatabase({ url: server.url, poolMax: 2, applicationName: 'transient' });
    try {
      const during = failureOf(orphaned.prisma.$queryRaw`select 1 as one from pg_sleep(30)`);
      await waitFor('the query to run', () =>
        withConnection(server.url, 'test', (connection) =>
          connection.rows(
            `select 1 as one from pg_stat_activity where query like '%pg_sleep(30)%' and pid <> pg_backend_pid()`,
          ),
        ).then((found) => found.length > 0),
      );
      await server.stop();
      const after = await failureOf(orphaned.prisma.$queryRaw`select 1 as one`);
      const transaction = await failureOf(inTransaction(orphaned, async (tx) => tx.$queryRaw`select 1 as one`, limits));
      expect([await during, after, transaction].map(isTransient)).toEqual([true, true, true]);
    } finally {
      await orphaned.stop();
    }
  });
});

describe('not worth another try', () => {
  test.each([
    ['23505', 'insert into account values (1, 0)'],
    ['23514', 'update account set held = -1 where id = 1'],
    ['42P01', 'select * from no_such_table'],
    ['42501', 'delete from account'],
    ['42601', 'selec'],
    ['22012', 'select 1 / 0'],
    ['P0001', `do $$ begin raise exception 'no'; end $$`],
  ])('%s from: %s', async (sqlState, sql) => {
    const alone = await failureOf(db.prisma.$executeRawUnsafe(sql));
    const inside = await failureOf(inTransaction(db, (tx) => tx.$executeRawUnsafe(sql), limits));
    for (const error of [alone, inside]) expect([sqlStateOf(error), isTransient(error)]).toEqual([sqlState, false]);
  });

  test('what never was the database', () => {
    expect([new Error('no'), undefined, 'text', { code: 'P2025' }].map(isTransient)).toEqual([
      false,
      false,
      false,
      false,
    ]);
  });
});
