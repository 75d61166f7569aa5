// The ways of taking credit that the scenarios show, each told to a recorder while it runs.
import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import type { AcquireResult, Credit } from '../../src/credit/index.ts';
import { sqlStateOf } from '../../src/db/index.ts';
import { mustExist } from '../../src/shared/assert.ts';
import { type Stage, WHOLESALER_ID } from './stage.ts';
import { type Recorder, units } from './timeline.ts';

export type Order = { lane: string; account: string; orderId: string; amountMinor: number };
/** Null: approved. Else the code of the refusal. */
export type Answer = string | null;

const usedSql = 'select coalesce(sum(amount_minor), 0)::bigint as used from plain_ledger where account_id = $1';
const insertSql = 'insert into plain_ledger (account_id, order_id, amount_minor) values ($1, $2, $3)';
const limitSql = 'select limit_minor from plain_account where id = $1';

async function figuresOf(client: pg.PoolClient, account: string, lock = ''): Promise<{ limit: number; used: number }> {
  const limit = await client.query<{ limit_minor: string }>(`${limitSql} ${lock}`, [account]);
  const used = await client.query<{ used: string }>(usedSql, [account]);
  return {
    limit: Number(mustExist(limit.rows[0], 'the account').limit_minor),
    used: Number(mustExist(used.rows[0], 'a sum').used),
  };
}

/** Check, then insert, in one transaction and without a lock: what most shops write first. */
export async function checkThenInsert(pool: pg.Pool, recorder: Recorder, order: Order): Promise<Answer> {
  const { lane, account } = order;
  const client = await pool.connect();
  try {
    const sentMs = recorder.now();
    await client.query('begin');
    const { limit, used } = await figuresOf(client, account);
    recorder.mark(lane, 'note', `sees ${units(limit - used)} free`);
    if (used + order.amountMinor > limit) {
      await client.query('rollback');
      recorder.span(lane, 'works', sentMs);
      recorder.mark(lane, 'refused', 'refused');
      return 'INSUFFICIENT_CREDIT';
    }
    await client.query(insertSql, [account, order.orderId, order.amountMinor]);
    await client.query('commit');
    recorder.span(lane, 'works', sentMs);
    recorder.mark(lane, 'approved', 'approved');
    return null;
  } finally {
    client.release();
  }
}

/**
 * The design that this product began with: lock without waiting, sum the ledger, append; four attempts with sleeps of
 * 100, 200 and 400 ms between them. Without Prisma and at READ COMMITTED, which is in its favour.
 */
export async function original(pool: pg.Pool, recorder: Recorder, order: Order): Promise<Answer> {
  const { lane } = order;
  for (const pauseMs of [100, 200, 400, null]) {
    const arrivedMs = recorder.now();
    const client = await pool.connect();
    if (recorder.now() - arrivedMs > 1) recorder.span(lane, 'queues', arrivedMs);
    try {
      const answer = await attempt(client, recorder, order);
      recorder.mark(lane, answer === null ? 'approved' : 'refused', answer ?? 'approved');
      return answer;
    } catch (error) {
      if (sqlStateOf(error) !== '55P03') throw error;
      await client.query('rollback');
      recorder.mark(lane, 'tries', '');
    } finally {
      client.release();
    }
    const fellAsleepMs = recorder.now();
    if (pauseMs !== null) await sleep(pauseMs);
    recorder.span(lane, 'sleeps', fellAsleepMs);
  }
  recorder.mark(lane, 'lost', 'MAX_RETRIES_EXCEEDED');
  return 'MAX_RETRIES_EXCEEDED';
}

async function attempt(client: pg.PoolClient, recorder: Recorder, order: Order): Promise<Answer> {
  const sentMs = recorder.now();
  await client.query('begin');
  const limit = await client.query<{ limit_minor: string }>(`${limitSql} for update nowait`, [order.account]);
  const lockedMs = recorder.now();
  recorder.span(order.lane, 'works', sentMs, lockedMs);
  const used = await client.query<{ used: string }>(usedSql, [order.account]);
  const fits =
    Number(mustExist(used.rows[0], 'a sum').used) + order.amountMinor <=
    Number(mustExist(limit.rows[0], 'the account').limit_minor);
  if (fits) await client.query(insertSql, [order.account, order.orderId, order.amountMinor]);
  await client.query('commit');
  recorder.span(order.lane, 'holds', lockedMs);
  return fits ? null : 'INSUFFICIENT_CREDIT';
}

/** The credit core. When it had the lock is read afterwards, from the time that its decision was made at. */
export async function ours(stage: Stage, credit: Credit, recorder: Recorder, order: Order): Promise<AcquireResult> {
  const { lane, account: retailerId, orderId } = order;
  const sentMs = recorder.now();
  const result = await credit.acquireAndValidateCredit({
    ...{ wholesalerId: WHOLESALER_ID, retailerId, orderId },
    orderAmount: BigInt(order.amountMinor),
  });
  const answeredMs = recorder.now();
  const [decision] = await stage.sql<{ ms: string }>(
    'select extract(epoch from at) * 1000 as ms from credit_verdict where wholesaler_id = $1 and retailer_id = $2 and order_id = $3',
    [WHOLESALER_ID, retailerId, orderId],
  );
  const lockedMs = decision === undefined ? answeredMs : recorder.at(Number(decision.ms));
  recorder.span(lane, 'queues', sentMs, lockedMs);
  recorder.span(lane, 'holds', lockedMs, answeredMs);
  if (result.success) recorder.mark(lane, 'approved', 'approved', answeredMs);
  else if (result.code === 'MAX_RETRIES_EXCEEDED') recorder.mark(lane, 'lost', result.code, answeredMs);
  else recorder.mark(lane, 'refused', `refused: ${units(result.shortByMinor ?? 0n)} short`, answeredMs);
  return result;
}
