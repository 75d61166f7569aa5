// Whole orders a second: from the POST of a signed webhook to the reply that the fake Graph API accepts. The load and
// the fake run here, the service and the yardstick in processes of their own, and all on one machine: they share its
// cores, so the figures are lower bounds of what the service could do with a machine to itself.
import { performance } from 'node:perf_hooks';
import { type Answered, type Crowd, createCrowd } from './crowd.ts';
import { pressInsert } from './insert-load.ts';
import { checkNothingLost, settle } from './nothing-lost.ts';
import { type BenchOptions, type Measured, median, type Outcome, percentile } from './results.ts';
import { cartOrder, textMessage } from './shop.ts';
import { APP_SECRET, type Stage, startStage } from './stage.ts';

type Plan = {
  rounds: number;
  /** Shops that send orders, and as many that send texts. */
  shops: number;
  /** Messages under way at once where throughput is measured. */
  inFlight: number;
  /** How long each load lasts, and how much of its begin does not count. */
  pressMs: number;
  warmMs: number;
  insertMs: number;
  strollMs: number;
};

const FULL: Plan = {
  rounds: 5,
  shops: 1_500,
  inFlight: 256,
  pressMs: 3_000,
  warmMs: 1_000,
  insertMs: 1_500,
  strollMs: 2_500,
};
const QUICK: Plan = {
  rounds: 2,
  shops: 60,
  inFlight: 16,
  pressMs: 400,
  warmMs: 100,
  insertMs: 200,
  strollMs: 300,
};

type Figures = { orders: number[]; messages: number[]; insert: number[]; p50: number[]; p99: number[] };

/** Measures the whole road in interleaved rounds. Throws when an order or an answer is lost, doubled or wrong. */
export async function benchOrders({ quick, progress }: BenchOptions): Promise<Outcome> {
  const plan = quick ? QUICK : FULL;
  progress(`starting PostgreSQL, the service and a shop of ${plan.shops * 2} retailers`);
  const stage = await startStage(plan.shops * 2);
  const shared = { graph: stage.graph, webhookUrl: stage.service.url, appSecret: APP_SECRET };
  const orders = createCrowd({ ...shared, shops: { first: 0, count: plan.shops }, say: cartOrder });
  const texts = createCrowd({ ...shared, shops: { first: plan.shops, count: plan.shops }, say: textMessage });
  try {
    const figures = await measure(stage, { orders, texts }, plan, progress);
    await checkNothingLost(stage, { orders: orders.written(), texts: texts.written() }, progress);
    return { measured: toMeasured(figures) };
  } catch (error) {
    for (const warning of await stage.service.warnings()) progress(`service: ${warning}`);
    throw error;
  } finally {
    await orders.stop();
    await texts.stop();
    await stage.stop();
  }
}

async function measure(
  stage: Stage,
  crowds: { orders: Crowd; texts: Crowd },
  plan: Plan,
  progress: (line: string) => void,
): Promise<Figures> {
  const figures: Figures = { orders: [], messages: [], insert: [], p50: [], p99: [] };
  const phases: [string, () => Promise<void>][] = [
    ['insert', async () => void figures.insert.push(await pressInsert(stage.insert.url, APP_SECRET, plan))],
    ['orders', async () => void figures.orders.push(await throughput(crowds.orders, plan))],
    ['messages', async () => void figures.messages.push(await throughput(crowds.texts, plan))],
  ];
  progress('warming up');
  for (const crowd of [crowds.orders, crowds.texts]) await throughput(crowd, plan);
  await settle(stage);
  // Without statistics some checks of a brand-new database read whole tables; that is over after its first minute.
  await stage.analyze();
  for (let round = 0; round < plan.rounds; round += 1) {
    // Each round begins with another phase, so that what one leaves behind does not always meet the same next one.
    const turned = phases.map((_, at) => phases[(at + round) % phases.length]).filter((phase) => phase !== undefined);
    for (const [, run] of turned) {
      await run();
      await settle(stage);
    }
    const [insert, orders, messages] = [figures.insert, figures.orders, figures.messages].map(newest);
    progress(`round ${round + 1}/${plan.rounds}: ${orders} orders/s, ${messages} messages/s, ${insert} inserts/s`);
  }
  const perSecond = median(figures.orders) / 2;
  for (let round = 0; round < plan.rounds; round += 1) {
    const waits = waitsOf(await crowds.orders.stroll({ perSecond, forMs: plan.strollMs }));
    figures.p50.push(percentile(waits, 50));
    figures.p99.push(percentile(waits, 99));
    progress(
      `latency ${round + 1}/${plan.rounds} at ${perSecond.toFixed(0)} orders/s: ` +
        `p50 ${newest(figures.p50)} ms, p99 ${newest(figures.p99)} ms`,
    );
    await settle(stage);
  }
  return figures;
}

/** Answers a second while the load is on and the road is full: neither the begin counts nor the end. */
async function throughput(crowd: Crowd, { inFlight, pressMs, warmMs }: Plan): Promise<number> {
  const from = performance.now() + warmMs;
  const until = from + pressMs - warmMs;
  const times = (await crowd.press({ inFlight, forMs: pressMs })).map(({ answeredAt }) => answeredAt);
  // On a machine so busy that nothing was answered in time, the figure is what came afterwards.
  const to = times.some((at) => at >= from && at < until) ? until : Math.max(...times) + 1;
  return (times.filter((at) => at >= from && at < to).length * 1000) / (to - from);
}

const waitsOf = (answers: Answered[]): number[] => answers.map(({ postedAt, answeredAt }) => answeredAt - postedAt);

const newest = (values: number[]): string => (values.at(-1) ?? 0).toFixed(0);

function toMeasured(figures: Figures): Measured[] {
  const baseline = { name: 'insert', rounds: figures.insert };
  return [
    { name: 'orders', unit: '/s', rounds: figures.orders, baseline },
    { name: 'messages', unit: '/s', rounds: figures.messages, baseline },
    { name: 'latency-p50', unit: 'ms', rounds: figures.p50, baseline: null },
    { name: 'latency-p99', unit: 'ms', rounds: figures.p99, baseline: null },
  ];
}
