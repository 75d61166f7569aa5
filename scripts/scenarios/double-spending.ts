import { assert } from '../../src/shared/assert.ts';
import { checkThenInsert, ours } from './designs.ts';
import { LIMIT_MINOR, type Stage } from './stage.ts';
import { type Panel, type Scenario, startRecorder, units } from './timeline.ts';

const ROUNDS = 50;
const ORDERS = [7_500_000, 4_000_000] as const;
const laneOf = (amountMinor: number): string => `order of ${units(amountMinor)}`;
const lanes = ORDERS.map(laneOf);

/** Two orders that do not fit together arrive at once: with a check that takes no lock, and with the credit core. */
export async function doubleSpending(stage: Stage): Promise<Scenario> {
  return {
    name: 'double-spending',
    title: `Double spending: ${ORDERS.map(units).join(' + ')} on a limit of ${units(LIMIT_MINOR)}`,
    sameAxis: false,
    before: await before(stage),
    after: await after(stage),
  };
}

async function before(stage: Stage): Promise<Panel> {
  const pool = await stage.pool(2);
  let overspent = 0;
  let shown: Panel | undefined;
  for (let round = 0; round < ROUNDS; round += 1) {
    const account = await stage.account();
    const recorder = startRecorder(stage.serverAheadMs);
    const answers = await Promise.all(
      ORDERS.map((amountMinor) =>
        checkThenInsert(pool, recorder, {
          lane: laneOf(amountMinor),
          account,
          orderId: `${account}/${amountMinor}`,
          amountMinor,
        }),
      ),
    );
    if (!answers.every((answer) => answer === null)) continue;
    overspent += 1;
    // The first rounds warm the plans.
    if (round < ROUNDS / 2 || shown !== undefined) continue;
    const panel = recorder.panel({ title: 'Before: check, then insert, no lock', lanes, outcome: '' });
    const steps = panel.marks
      .filter(({ kind }) => kind === 'approved')
      .map(({ lane, atMs }) => ({ atMs, minor: amountOf(lane) }));
    shown = { ...panel, level: levelOf(steps) };
  }
  assert(shown !== undefined, 'a check without a lock overspends');
  return {
    ...shown,
    outcome: `Both saw ${units(LIMIT_MINOR)} free and both were approved: ${units(ORDERS[0] + ORDERS[1])} on a limit of ${units(LIMIT_MINOR)}. It happened in ${overspent} of ${ROUNDS} rounds.`,
  };
}

async function after(stage: Stage): Promise<Panel> {
  const [first, second] = [await stage.credit(), await stage.credit()];
  let exactlyOne = 0;
  let larger = 0;
  let shown: Panel | undefined;
  for (let round = 0; round < ROUNDS; round += 1) {
    const account = await stage.account();
    const recorder = startRecorder(stage.serverAheadMs);
    const order = (amountMinor: number) => ({
      lane: laneOf(amountMinor),
      account,
      orderId: `${account}/${amountMinor}`,
      amountMinor,
    });
    // Whose call leaves first alternates.
    const [a, b] = round % 2 === 0 ? ORDERS : ([ORDERS[1], ORDERS[0]] as const);
    const results = await Promise.all([
      ours(stage, first, recorder, order(a)),
      ours(stage, second, recorder, order(b)),
    ]);
    const approved = [a, b].filter((_, index) => results[index]?.success === true);
    if (approved.length === 1) exactlyOne += 1;
    if (approved[0] === ORDERS[0]) larger += 1;
    const panel = recorder.panel({ title: 'After: the credit lock', lanes, outcome: '' });
    // Credit is out from the COMMIT on, when the lock is given back, although its caller hears of it a little later.
    const winner = approved[0] ?? 0;
    const steps = panel.spans
      .filter(({ kind, lane }) => kind === 'holds' && lane === laneOf(winner))
      .map(({ toMs }) => ({ atMs: toMs, minor: winner }));
    if (round >= ROUNDS / 2 && winner === ORDERS[0]) shown ??= { ...panel, level: levelOf(steps) };
  }
  assert(shown !== undefined && exactlyOne === ROUNDS, 'the credit lock approves exactly one');
  return {
    ...shown,
    outcome: `Exactly one was approved in ${exactlyOne} of ${ROUNDS} rounds, whichever had the lock first: ${larger} times the larger, ${exactlyOne - larger} times the smaller.`,
  };
}

const amountOf = (lane: string): number => ORDERS.find((amount) => laneOf(amount) === lane) ?? 0;

function levelOf(steps: { atMs: number; minor: number }[]): NonNullable<Panel['level']> {
  let minor = 0;
  const sorted = [...steps].sort((a, b) => a.atMs - b.atMs);
  return {
    label: 'credit out',
    limitMinor: LIMIT_MINOR,
    steps: sorted.map((step) => {
      minor += step.minor;
      return { atMs: step.atMs, minor };
    }),
  };
}
