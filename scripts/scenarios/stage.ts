// The server of the scenarios: an embedded PostgreSQL with fsync on, the credit core's tables, and those of the designs
// that it is compared with.
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { type Credit, createCredit } from '../../src/credit/index.ts';
import { assert, mustExist } from '../../src/shared/assert.ts';
import { startThrowAwayServer } from '../throw-away-server.ts';

export const WHOLESALER_ID = 'acme';
export const LIMIT_MINOR = 10_000_000;

export type Stage = {
  url: string;
  /** How far the server's clock is ahead of ours. */
  serverAheadMs: number;
  /** One statement as the owner. */
  sql<Row extends pg.QueryResultRow>(text: string, values?: unknown[]): Promise<Row[]>;
  /** A new account with the usual limit, in the credit core and in the other designs, with so many old orders. */
  account(history?: number): Promise<string>;
  /** The credit core as a process of its own would have it: own connections, own gate. Warm. */
  credit(): Promise<Credit>;
  /** Connections for the designs that are compared. Warm. */
  pool(max: number): Promise<pg.Pool>;
  stop(): Promise<void>;
};

export async function startStage(): Promise<Stage> {
  const stops: (() => Promise<unknown>)[] = [];
  const stop = async (): Promise<void> => {
    for (const one of stops.splice(0)) await one();
  };
  try {
    const server = await startThrowAwayServer();
    stops.unshift(() => server.stop());
    const owner = new pg.Pool({ connectionString: server.url, max: 4 });
    stops.unshift(() => owner.end());
    await owner.query(`
      insert into wholesaler (id, name, currency, language, time_zone)
        values ('${WHOLESALER_ID}', 'Acme Wholesale', 'INR', 'en', 'Asia/Kolkata');
      create table plain_account (id text primary key, limit_minor bigint not null);
      create table plain_ledger (id uuid primary key default gen_random_uuid(), account_id text not null,
        order_id text not null, amount_minor bigint not null, at timestamptz not null default clock_timestamp());
      create index on plain_ledger (account_id)`);
    const sql: Stage['sql'] = async (text, values) => (await owner.query(text, values)).rows;
    let accounts = 0;
    let instances = 0;
    return {
      url: server.url,
      serverAheadMs: await clockDistance(owner),
      sql,
      async account(history = 0) {
        accounts += 1;
        const id = `shop-${accounts}`;
        await sql('insert into retailer (wholesaler_id, id, name) values ($1, $2, $2)', [WHOLESALER_ID, id]);
        await sql('insert into plain_account values ($1, $2)', [id, LIMIT_MINOR]);
        await sql(
          `insert into plain_ledger (account_id, order_id, amount_minor)
           select $1, 'old ' || n, case n % 2 when 1 then 1 else -1 end from generate_series(1, $2::integer) as n`,
          [id, history],
        );
        const opener = createCredit({ databaseUrl: server.url, maxConnections: 1 });
        const opened = await opener.openAccount({
          wholesalerId: WHOLESALER_ID,
          retailerId: id,
          limitMinor: BigInt(LIMIT_MINOR),
        });
        assert(opened.success, 'the account of a scenario was opened');
        await fillHistory(opener, id, history);
        await opener.close();
        return id;
      },
      async credit() {
        instances += 1;
        const credit = createCredit({ databaseUrl: server.url });
        stops.unshift(() => credit.close());
        // Connections and plans are there before the run, as in a service that has been up for a while.
        const warm = `warm-${instances}`;
        await sql('insert into retailer (wholesaler_id, id, name) values ($1, $2, $2)', [WHOLESALER_ID, warm]);
        await credit.openAccount({ wholesalerId: WHOLESALER_ID, retailerId: warm, limitMinor: 1_000n });
        for (let n = 0; n < 10; n += 1) {
          await credit.acquireAndValidateCredit({
            wholesalerId: WHOLESALER_ID,
            retailerId: warm,
            orderId: `${warm}/${n}`,
            orderAmount: 1n,
          });
        }
        return credit;
      },
      async pool(max) {
        const pool = new pg.Pool({ connectionString: server.url, max, idleTimeoutMillis: 60_000 });
        stops.unshift(() => pool.end());
        await Promise.all(Array.from({ length: max }, () => pool.query('select pg_sleep(0.05)')));
        return pool;
      },
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

const HISTORY_BATCH = 500;

/** Old orders of the credit core: held and given back again, two entries each. */
async function fillHistory(credit: Credit, retailerId: string, entries: number): Promise<void> {
  for (let written = 0; written < entries; written += 2 * HISTORY_BATCH) {
    const orders = Array.from(
      { length: Math.min(HISTORY_BATCH, (entries - written) / 2) },
      (_, n) => `old ${written / 2 + n}`,
    );
    const held = await Promise.all(
      orders.map((orderId) =>
        credit.acquireAndValidateCredit({
          wholesalerId: WHOLESALER_ID,
          retailerId,
          orderId: `${retailerId} ${orderId}`,
          orderAmount: 1n,
        }),
      ),
    );
    for (const hold of held) {
      assert(hold.success, 'an old order was held');
      await credit.releaseCreditLock(hold.ledgerEntryId, 'long ago', { wholesalerId: WHOLESALER_ID });
    }
  }
}

/** Asked several times; the shortest trip tells best. */
async function clockDistance(pool: pg.Pool): Promise<number> {
  let best = { tripMs: Infinity, aheadMs: 0 };
  for (let n = 0; n < 20; n += 1) {
    await sleep(1);
    const sent = performance.timeOrigin + performance.now();
    const { rows } = await pool.query<{ ms: string }>('select extract(epoch from clock_timestamp()) * 1000 as ms');
    const tripMs = performance.timeOrigin + performance.now() - sent;
    if (tripMs < best.tripMs) best = { tripMs, aheadMs: Number(mustExist(rows[0], 'a time').ms) - (sent + tripMs / 2) };
  }
  return best.aheadMs;
}
