import pg from 'pg';

/** A single connection outside any pool: for set-up, probes and tests. */
export type OneConnection = {
  /** Runs one statement and returns its rows. */
  rows<Row extends pg.QueryResultRow>(sql: string, values?: unknown[]): Promise<Row[]>;
};

/** Opens a connection, lends it to `work` and closes it again, whatever happens. */
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
    await client.connect();
    return await work({ rows: async (sql, values) => (await client.query(sql, values)).rows });
  } finally {
    await client.end();
  }
}
