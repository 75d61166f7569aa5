import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { type Answer, original, ours } from './designs.ts';
import { type Stage, WHOLESALER_ID } from './stage.ts';
import { ms, type Panel, type Recorder, type Scenario, startRecorder } from './timeline.ts';

const HELD_MS = 320;
const CALLERS = 3;
const AMOUNT_MINOR = 1_000_000;
const HOLDER = 'a slow transaction';
const laneOf = (n: number): string => `order ${n + 1}`;
const lanes = [HOLDER, ...Array.from({ length: CALLERS }, (_, n) => laneOf(n))];

/** Somebody holds the account for a third of a second; three orders for it come meanwhile, from three processes. */
export async function contention(stage: Stage): Promise<Scenario> {
  return {
    name: 'contention',
    title: `Contention: the account is locked for ${HELD_MS} ms, three orders wait`,
    sameAxis: true,
    before: await before(stage),
    after: await after(stage),
  };
}

async function before(stage: Stage): Promise<Panel> {
  const pool = await stage.pool(10);
  const account = await stage.account();
  const recorder = startRecorder(stage.serverAheadMs);
  const answers = await behindHolder(
    pool,
    recorder,
    'select from plain_account where id = $1 for update',
    [account],
    (n) =>
      original(pool, recorder, { lane: laneOf(n), account, orderId: `${account}/${n}`, amountMinor: AMOUNT_MINOR }),
  );
  return told(recorder, 'Before: NOWAIT, then sleep 100, 200, 400 ms', answers, 'sleeps');
}

async function after(stage: Stage): Promise<Panel> {
  const pool = await stage.pool(1);
  const account = await stage.account();
  const credits = [await stage.credit(), await stage.credit(), await stage.credit()];
  const recorder = startRecorder(stage.serverAheadMs);
  const holding = 'select from credit_account where wholesaler_id = $1 and retailer_id = $2 for no key update';
  const answers = await behindHolder(pool, recorder, holding, [WHOLESALER_ID, account], async (n) => {
    const credit = credits[n];
    if (credit === undefined) throw new Error('a caller without a process');
    const result = await ours(stage, credit, recorder, {
      lane: laneOf(n),
      account,
      orderId: `${account}/${n}`,
      amountMinor: AMOUNT_MINOR,
    });
    return result.success ? null : result.code;
  });
  return told(recorder, 'After: queue for the row inside the same windows', answers, 'queues');
}

/** Runs the callers while another session holds the row, which gives it back after a while. */
async function behindHolder(
  pool: pg.Pool,
  recorder: Recorder,
  lockSql: string,
  values: string[],
  call: (n: number) => Promise<Answer>,
): Promise<Answer[]> {
  const holder = await pool.connect();
  try {
    await holder.query('begin');
    await holder.query(lockSql, values);
    const lockedMs = recorder.now();
    const calls = Array.from({ length: CALLERS }, async (_, n) => {
      await sleep(10 + 15 * n);
      return call(n);
    });
    await sleep(HELD_MS - (recorder.now() - lockedMs));
    await holder.query('commit');
    recorder.span(HOLDER, 'holds', lockedMs);
    return await Promise.all(calls);
  } finally {
    holder.release();
  }
}

function told(recorder: Recorder, title: string, answers: Answer[], waits: 'sleeps' | 'queues'): Panel {
  const panel = recorder.panel({ title, lanes, outcome: '' });
  const freeMs = panel.spans.find(({ lane }) => lane === HOLDER)?.toMs ?? 0;
  const answered = panel.marks
    .filter(({ kind }) => kind === 'approved' || kind === 'lost')
    .map(({ atMs }) => atMs - freeMs);
  const waiting = panel.spans.filter(
    ({ kind, fromMs, toMs }) => kind === waits && fromMs < freeMs && toMs >= freeMs,
  ).length;
  const how = waits === 'sleeps' ? 'slept' : 'stood in the queue';
  const approved = answers.filter((answer) => answer === null).length;
  const given = answers.filter((answer) => answer === 'MAX_RETRIES_EXCEEDED').length;
  const lost = given === 0 ? '' : `, ${given} given up with MAX_RETRIES_EXCEEDED`;
  return {
    ...panel,
    outcome: `When the lock became free, ${waiting} of ${CALLERS} ${how}. ${approved} of ${CALLERS} approved${lost}; the first answer came ${ms(Math.min(...answered))} after the lock was free, the last ${ms(Math.max(...answered))}.`,
  };
}
