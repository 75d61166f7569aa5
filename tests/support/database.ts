import { randomBytes } from 'node:crypto';
import type pg from 'pg';
import { inject } from 'vitest';
import { createDatabase, type Database, type DatabaseOptions } from '../../src/db/client.ts';
import { type OneConnection, withConnection } from '../../src/db/one-connection.ts';

export type TestDatabase = {
  /** The owner's URL; with it `createDatabase` takes the service's role on. */
  url: string;
  /** A pool with the service's rights. */
  db: Database;
  /** One statement as the owner: for set-up and for looking behind the scenes. */
  ownerSql<Row extends pg.QueryResultRow>(sql: string, values?: unknown[]): Promise<Row[]>;
  /** One statement with the service's rights. */
  appSql<Row extends pg.QueryResultRow>(sql: string, values?: unknown[]): Promise<Row[]>;
  /** Another pool with the service's rights, as of another process; stopped by `drop()`. */
  connect(options?: Partial<DatabaseOptions>): Promise<Database>;
  /** Ends everything and removes the database. Throws when a connection was not given back or a client not closed. */
  drop(): Promise<void>;
};

/** A database of its own for a test file, cloned from the migrated template. */
export async function createTestDatabase(options: Partial<DatabaseOptions> = {}): Promise<TestDatabase> {
  const { name, url } = await createClone();
  const pools: Database[] = [];

  async function connect(more: Partial<DatabaseOptions> = {}): Promise<Database> {
    const database = await createDatabase({ url, poolMax: 10, applicationName: 'test', ...options, ...more });
    pools.push(database);
    return database;
  }

  return {
    url,
    db: await connect(),
    ownerSql: (sql, values) => withConnection(url, 'test owner', (connection) => connection.rows(sql, values)),
    appSql: (sql, values) =>
      withConnection(url, 'test app', async (connection) => {
        await connection.rows('set role orderlock_app');
        return connection.rows(sql, values);
      }),
    connect,
    drop: async () => {
      const leaks = [...pools.flatMap(unreturned)];
      await Promise.all(pools.map((pool) => pool.stop()));
      await onServer(async (server) => {
        leaks.push(...(await leftOpen(server, name)));
        await server.rows(`drop database ${name} with (force)`);
      });
      if (leaks.length > 0) throw new Error(`This test file leaks database connections: ${leaks.join('; ')}`);
    },
  };
}

export type EmptyDatabase = { url: string; drop(): Promise<void> };

/** A fresh, empty database without migrations, for tests of migrating itself. Its `drop` is the caller's duty. */
export async function createEmptyDatabase(): Promise<EmptyDatabase> {
  const { name, url } = nameDatabase();
  await onServer((server) => server.rows(`create database ${name} template template0`));
  return {
    url,
    drop: async () => void (await onServer((server) => server.rows(`drop database ${name} with (force)`))),
  };
}

async function createClone(): Promise<{ name: string; url: string }> {
  const trouble = inject('migrationTrouble');
  if (trouble !== '') throw new Error(trouble);
  const { name, url } = nameDatabase();
  await onServer(async (server) => {
    // One clone at a time: two of one template can disturb each other, and serving them in turn costs nothing.
    await server.rows('select pg_advisory_lock(7270003)');
    await server.rows(`create database ${name} template ${inject('template')}`);
  });
  return { name, url };
}

function nameDatabase(): { name: string; url: string } {
  const name = `${inject('template')}_${randomBytes(4).toString('hex')}`;
  const url = new URL(inject('serverUrl'));
  url.pathname = `/${name}`;
  return { name, url: url.href };
}

const onServer = <T>(work: (server: OneConnection) => Promise<T>): Promise<T> =>
  withConnection(inject('serverUrl'), 'test set-up', work);

function unreturned(pool: Database): string[] {
  const { total, idle, waiting } = pool.poolUsage();
  const busy = total - idle;
  return busy + waiting === 0 ? [] : [`${busy} connections of a pool are in use and ${waiting} callers wait for one`];
}

const goneWithinMs = 2_000;

/** What is still connected once our own pools are closed; a closed connection needs a moment to leave the list. */
async function leftOpen(server: OneConnection, name: string): Promise<string[]> {
  const deadline = Date.now() + goneWithinMs;
  for (;;) {
    const rows = await server.rows<{ app: string; query: string }>(
      `select application_name as app, left(query, 80) as query from pg_stat_activity
       where datname = $1 and backend_type = 'client backend'`,
      [name],
    );
    if (rows.length === 0 || Date.now() > deadline) return rows.map((row) => `"${row.app}" left open (${row.query})`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
