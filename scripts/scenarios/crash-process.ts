// A process of a service that takes credit for an order and is killed before it can tell anybody.

import pg from 'pg';
import { createCredit } from '../../src/credit/index.ts';
import { assert } from '../../src/shared/assert.ts';
import { checkThenInsert } from './designs.ts';
import { WHOLESALER_ID } from './stage.ts';
import { startRecorder } from './timeline.ts';

type Order = { account: string; orderId: string; amountMinor: number };
/** `keepsSilent`: does its work and never answers, which is when the parent kills it. */
export type Task = Order & { design: 'plain' | 'credit'; keepsSilent: boolean };

const { DATABASE_URL: url, WARM_ACCOUNT: warm } = process.env;
assert(url !== undefined && warm !== undefined, 'the parent says where the database is');
const pool = new pg.Pool({ connectionString: url, max: 1 });
const credit = createCredit({ databaseUrl: url, maxConnections: 1 });
for (let n = 0; n < 20; n += 1) {
  const order = { account: warm, orderId: `${warm}/${n}`, amountMinor: 1 };
  await plain(order);
  await ours(order);
}

process.on('message', (task: Task) => void work(task));
process.once('disconnect', () => void Promise.all([pool.end(), credit.close()]).finally(() => process.exit()));
process.send?.('ready');

async function work(task: Task): Promise<void> {
  const answer = await (task.design === 'plain' ? plain(task) : ours(task));
  if (!task.keepsSilent) process.send?.(answer);
}

async function plain({ account, orderId, amountMinor }: Order): Promise<{ approved: boolean; replayed: boolean }> {
  const answer = await checkThenInsert(pool, startRecorder(0), { lane: '', account, orderId, amountMinor });
  return { approved: answer === null, replayed: false };
}

async function ours({
  account: retailerId,
  orderId,
  amountMinor,
}: Order): Promise<{ approved: boolean; replayed: boolean }> {
  const result = await credit.acquireAndValidateCredit({
    ...{ wholesalerId: WHOLESALER_ID, retailerId, orderId },
    orderAmount: BigInt(amountMinor),
  });
  return { approved: result.success, replayed: result.success && result.replayed };
}
