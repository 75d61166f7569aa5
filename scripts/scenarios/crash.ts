import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { assert } from '../../src/shared/assert.ts';
import type { Task } from './crash-process.ts';
import { LIMIT_MINOR, type Stage } from './stage.ts';
import { type Level, ms, type Panel, type Scenario, startRecorder, units } from './timeline.ts';

const AMOUNT_MINOR = 4_000_000;
const FIRST = 'process 1';
const SECOND = 'process 2';
const COMMIT_MS_MAX = 5_000;

/** A process dies after its COMMIT and before its answer. The order is delivered again, to another one. */
export async function crash(stage: Stage): Promise<Scenario> {
  return {
    name: 'crash',
    title: `A crash between call and answer: one order of ${units(AMOUNT_MINOR)}`,
    sameAxis: false,
    before: await run(stage, 'plain', 'Before: no key, so the second try is a second hold'),
    after: await run(stage, 'credit', 'After: the order id is the key, so the second try finds the first'),
  };
}

const heldSql: Record<Task['design'], string> = {
  plain: 'select coalesce(sum(amount_minor), 0)::bigint as held from plain_ledger where account_id = $1',
  credit: 'select held_minor as held from credit_account where retailer_id = $1',
};

async function run(stage: Stage, design: Task['design'], title: string): Promise<Panel> {
  const account = await stage.account();
  const held = async (): Promise<number> =>
    Number((await stage.sql<{ held: string }>(heldSql[design], [account]))[0]?.held ?? 0);
  const task = { design, account, orderId: `${account}/order`, amountMinor: AMOUNT_MINOR };
  const [first, second] = await Promise.all([startProcess(stage), startProcess(stage)]);
  const level: Level = { label: 'credit held', limitMinor: LIMIT_MINOR, steps: [] };
  const recorder = startRecorder(stage.serverAheadMs);
  try {
    first.send({ ...task, keepsSilent: true } satisfies Task);
    const committedMs = await until(async () => (await held()) === AMOUNT_MINOR && recorder.now());
    level.steps.push({ atMs: committedMs, minor: AMOUNT_MINOR });
    recorder.mark(FIRST, 'note', 'COMMIT', committedMs);
    first.kill('SIGKILL');
    await once(first, 'exit');
    recorder.span(FIRST, 'works', 0);
    recorder.mark(FIRST, 'crash', 'killed: no answer');
    const sentMs = recorder.now();
    second.send({ ...task, keepsSilent: false } satisfies Task);
    const [answer] = (await once(second, 'message')) as [{ approved: boolean; replayed: boolean }];
    recorder.span(SECOND, 'works', sentMs);
    assert(answer.approved, 'the second try was approved');
    recorder.mark(SECOND, 'approved', answer.replayed ? 'approved, replayed: true' : 'approved once more');
    const heldMinor = await held();
    if (heldMinor !== AMOUNT_MINOR) level.steps.push({ atMs: recorder.now(), minor: heldMinor });
    return recorder.panel({
      title,
      lanes: [FIRST, SECOND],
      level,
      outcome: `Held for one order of ${units(AMOUNT_MINOR)}: ${units(heldMinor)}. The answer came ${ms(recorder.now() - sentMs)} after the order was delivered again${answer.replayed ? ', and it is the first one' : ''}.`,
    });
  } finally {
    for (const child of [first, second]) if (child.connected) child.disconnect();
  }
}

/** Answers once its connections and plans are there, as in a service that has been up for a while. */
async function startProcess(stage: Stage): Promise<ChildProcess> {
  const script = fileURLToPath(new URL('./crash-process.ts', import.meta.url));
  const child = fork(script, { env: { ...process.env, DATABASE_URL: stage.url, WARM_ACCOUNT: await stage.account() } });
  await once(child, 'message');
  return child;
}

async function until(condition: () => Promise<number | false>): Promise<number> {
  const deadline = performance.now() + COMMIT_MS_MAX;
  for (;;) {
    const met = await condition();
    if (met !== false) return met;
    assert(performance.now() < deadline, 'the process committed in time');
    await sleep(1);
  }
}
