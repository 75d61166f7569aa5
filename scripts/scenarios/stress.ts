import { type Answer, original, ours } from './designs.ts';
import { LIMIT_MINOR, type Stage } from './stage.ts';
import { ms, type Panel, type Recorder, type Scenario, startRecorder, units } from './timeline.ts';

const CALLERS = 32;
const HISTORY = 10_000;
const AMOUNT_MINOR = 500_000;
const FITTING = LIMIT_MINOR / AMOUNT_MINOR;
const laneOf = (n: number): string => `order ${n + 1}`;
const lanes = Array.from({ length: CALLERS }, (_, n) => laneOf(n));

/** Thirty-two orders for one account at the same instant; twenty fit. The account has ten thousand old entries. */
export async function stress(stage: Stage): Promise<Scenario> {
  const account = await stage.account(HISTORY);
  // As autovacuum would have done within minutes.
  await stage.sql('analyze');
  return {
    name: 'stress',
    title: `Stress: ${CALLERS} orders of ${units(AMOUNT_MINOR)} at once, ${FITTING} fit, ${HISTORY.toLocaleString('en-US')} old entries`,
    sameAxis: true,
    before: await before(stage, account),
    after: await after(stage, account),
  };
}

async function before(stage: Stage, account: string): Promise<Panel> {
  const pool = await stage.pool(10);
  const recorder = startRecorder(stage.serverAheadMs);
  const answers = await Promise.all(
    lanes.map((lane, n) =>
      original(pool, recorder, { lane, account, orderId: `${account}/${n}`, amountMinor: AMOUNT_MINOR }),
    ),
  );
  return told(recorder, 'Before: NOWAIT, sleeps, SUM of the ledger', answers);
}

async function after(stage: Stage, account: string): Promise<Panel> {
  const credit = await stage.credit();
  const recorder = startRecorder(stage.serverAheadMs);
  const results = await Promise.all(
    lanes.map((lane, n) =>
      ours(stage, credit, recorder, { lane, account, orderId: `${account}/${n}`, amountMinor: AMOUNT_MINOR }),
    ),
  );
  return told(
    recorder,
    'After: the gate sends waiting callers together',
    results.map((result) => (result.success ? null : result.code)),
  );
}

function told(recorder: Recorder, title: string, answers: Answer[]): Panel {
  const panel = recorder.panel({ title, lanes, outcome: '' });
  const count = (code: Answer): number => answers.filter((answer) => answer === code).length;
  const lastMs = Math.max(...panel.marks.map(({ atMs }) => atMs));
  const orNone = (calls: number): string => (calls === 0 ? 'none' : String(calls));
  return {
    ...panel,
    // Thin lanes have no room for words; the colour of the last mark says it.
    marks: panel.marks.map((mark) => ({ ...mark, label: '' })),
    outcome: `Of ${FITTING} that fit, ${count(null)} were approved; ${orNone(count('INSUFFICIENT_CREDIT'))} were refused for want of credit, ${orNone(count('MAX_RETRIES_EXCEEDED'))} gave up with MAX_RETRIES_EXCEEDED. The last answer came after ${ms(lastMs)}.`,
  };
}
