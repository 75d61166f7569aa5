import pg from 'pg';
import { explainDatabaseTrouble } from './errors.ts';

/** A single connection outside any pool: for set-up, probes and tests. */
export type OneConnection = {
  /** Runs one statement and returns its rows. */
  rows<Row extends pg.QueryResultRow>(sql: string, values?: unknown[]): Promise<Row[]>;
};

/** Lends a connection to `work` and closes it again, whatever happens; a `SetupError` says why none could be made. */
export async function withConnection<T>(
  url: string,
  applicationName: string,
  work: (connection: OneConnection) => Promise<T>,
): Promise<T> {
  const client = new pg.Client({
    connectionString: url,
    application_name: applicationName,
    connectionTimeoutMillis: 10_000,
  });
  // A connection that breaks fails the statement in hand; unheard, the same news as an event would end the process.
  client.on('error', () => undefined);
  try {
    await client.connect().catch((error: unknown) => {
      throw explainDatabaseTrouble(error);
    });
    return await work({ rows: async (sql, values) => (await client.query(sql, values)).rows });
  } finally {
    await client.end();
  }
}
