import { expect, test } from 'vitest';
import { defaultRetryPolicy, judgeOutcome } from '../../src/outbox/judge-outcome.ts';
import { refused, scriptedSender, until, useShop } from './support.ts';

const { shop } = useShop();

/** What the rows say about one person's queue. */
async function rowOf(personKey: string) {
  const row = (await shop().rows()).find((one) => one.person_key === personKey);
  if (row === undefined) throw new Error(`nothing was queued for ${personKey}`);
  return row;
}

async function pauseOf() {
  const [pause] = await shop().sql<{ reason: string; metacode: number | null; tries: number; ms: number }>(
    `select reason, metacode, tries, (extract(epoch from until - app_clock()) * 1000)::float8 as ms
       from line_pause where line_id = $1`,
    [shop().lineId],
  );
  return pause;
}

const near = (ms: number, wanted: number): boolean => ms <= wanted && ms > wanted - 3_000;

test('a passing trouble is tried again with growing rests, six times within about five minutes, and then given up', async () => {
  const sender = scriptedSender();
  sender.script('hello', ...Array.from({ length: 6 }, () => refused('transient', 131016)));
  await shop().queue(['p:1'], ['hello', 'after']);
  const worker = shop().worker(sender);
  const rests: number[] = [];
  for (let tries = 1; tries < 6; tries += 1) {
    await until(() => worker.counters().requeued === tries, `put back ${tries} times`);
    await worker.idle();
    const { waits_ms, attempts, state } = await rowOf('p:1');
    expect({ attempts, state }).toEqual({ attempts: tries, state: 'queued' });
    rests.push(waits_ms);
    await shop().pass(waits_ms + 1);
  }
  await until(() => worker.counters().accepted === 1, 'the queue went on');
  expect(rests.map((ms, index) => near(ms, [2_000, 6_000, 18_000, 54_000, 162_000][index] ?? 0))).toEqual(
    rests.map(() => true),
  );
  expect(await shop().rows()).toMatchObject([
    { state: 'failed', attempts: 6, error_class: 'transient', error_code: 131016 },
    { state: 'accepted' },
  ]);
});

test('a request of which nothing was written is sent again, as often as it takes', () => {
  const luck = 0;
  const notSent = { kind: 'not_sent', detail: 'connect ECONNREFUSED' } as const;
  const rest = (tries: number): unknown => {
    const verdict = judgeOutcome(notSent, { tries, lastTrouble: 'not_sent' }, defaultRetryPolicy, luck);
    return [verdict.state, verdict.delayMs];
  };
  expect([1, 2, 3, 4, 5, 50].map(rest)).toEqual([
    ['queued', 2_000],
    ['queued', 6_000],
    ['queued', 18_000],
    ['queued', 54_000],
    ['queued', 60_000],
    ['queued', 60_000],
  ]);
});

test('rests are stretched by luck, tries of another trouble do not count, and doubtful codes are given up sooner', () => {
  const transient = refused('transient', 131016);
  expect(judgeOutcome(transient, { tries: 1, lastTrouble: undefined }, defaultRetryPolicy, 1).delayMs).toBe(2_500);
  expect(judgeOutcome(transient, { tries: 6, lastTrouble: 'pair_rate' }, defaultRetryPolicy, 0)).toMatchObject({
    state: 'queued',
    tries: 1,
    delayMs: 2_000,
  });
  const doubtful = judgeOutcome(
    refused('transient', 131000),
    { tries: 3, lastTrouble: 'transient' },
    defaultRetryPolicy,
    0,
  );
  expect(doubtful.state).toBe('failed');
});

test('what Meta asks for in Retry-After is honoured', async () => {
  const sender = scriptedSender();
  sender.script('hello', refused('transient', 131057, 60_000));
  await shop().queue(['p:1'], ['hello']);
  const worker = shop().worker(sender);
  await until(() => worker.counters().requeued === 1, 'put back');
  await worker.idle();
  expect(near((await rowOf('p:1')).waits_ms, 60_000)).toBe(true);
});

test('the pair limit holds up that person alone, four times longer each time, and keeps the order', async () => {
  const sender = scriptedSender();
  sender.script('first', refused('pair_rate', 131056), refused('pair_rate', 131056), refused('pair_rate', 131056));
  await shop().queue(['p:1'], ['first', 'second']);
  const worker = shop().worker(sender, { retry: { pairBaseMs: 10_000 } });
  for (const [index, rest] of [10_000, 40_000, 160_000].entries()) {
    await until(() => worker.counters().requeued === index + 1, `refused ${index + 1} times`);
    await worker.idle();
    expect(near((await rowOf('p:1')).waits_ms, rest)).toBe(true);
    await shop().queue([`p:other${index}`], ['other']);
    await until(() => worker.counters().accepted === index + 1, 'another person is served');
    await shop().pass(rest);
  }
  await until(() => worker.counters().accepted === 5, 'both left');
  expect(sender.bodies().filter((body) => body !== 'other')).toEqual(['first', 'first', 'first', 'first', 'second']);
});

test('the rate limit pauses the line for every process, doubling, and does not count as a try', async () => {
  const [first, second] = [scriptedSender(), scriptedSender()];
  first.script('hello', refused('line_rate', 130429), refused('line_rate', 130429));
  second.script('hello', refused('line_rate', 130429));
  await shop().queue(['p:1'], ['hello']);
  const retry = { lineRateBaseMs: 30_000 };
  const one = shop().worker(first, { retry });
  await until(() => one.counters().requeued === 1, 'put back');
  await one.idle();
  expect(await pauseOf()).toMatchObject({ reason: 'line_rate', metacode: 130429, tries: 1 });
  expect(await rowOf('p:1')).toMatchObject({ state: 'queued', attempts: 0, error_class: null });
  const other = shop().worker(second, { retry });
  await shop().queue(['p:2'], ['world']);
  await other.idle();
  await one.idle();
  expect(second.sent).toEqual([]);
  await one.stop();
  await shop().pass(30_000);
  await until(async () => (await pauseOf())?.tries === 2, 'refused again');
  await other.idle();
  expect(near((await pauseOf())?.ms ?? 0, 60_000)).toBe(true);
  await shop().pass(60_000);
  await until(async () => (await shop().states()).every((state) => state === 'accepted'), 'both left');
});

test('many refusals of one moment make one pause, and Retry-After is honoured for the line', async () => {
  const sender = scriptedSender();
  sender.script('hello', ...Array.from({ length: 20 }, () => refused('line_rate', 130429, 45_000)));
  await shop().queue(
    Array.from({ length: 20 }, (_, index) => `p:${index}`),
    ['hello'],
  );
  const worker = shop().worker(sender);
  await until(() => worker.counters().requeued === 20, 'all put back');
  await worker.idle();
  const pause = await pauseOf();
  expect(pause?.tries).toBe(1);
  expect(near(pause?.ms ?? 0, 45_000)).toBe(true);
});

test('a stopped line keeps its replies, is tried with one reply at a time, and goes on when mended', async () => {
  const sender = scriptedSender();
  sender.script('hello', ...Array.from({ length: 11 }, () => refused('line_stopped', 190)));
  await shop().queue(
    Array.from({ length: 10 }, (_, index) => `p:${index}`),
    ['hello'],
  );
  const worker = shop().worker(sender);
  await until(() => worker.counters().requeued === 10, 'all put back');
  await worker.idle();
  expect(await pauseOf()).toMatchObject({ reason: 'line_stopped', metacode: 190, tries: 1 });
  await shop().pass(60_000);
  await until(async () => (await pauseOf())?.tries === 2, 'tried once and stopped again');
  await worker.idle();
  expect(sender.sent.length).toBe(11);
  expect(near((await pauseOf())?.ms ?? 0, 120_000)).toBe(true);
  await shop().pass(120_000);
  await until(() => worker.counters().accepted === 10, 'everything left');
  expect(await pauseOf()).toBeUndefined();
  expect((await shop().rows()).map((row) => row.attempts)).toEqual(Array.from({ length: 10 }, () => 1));
});

test('a closed window drops the reply, a final refusal fails it, and the queue goes on', async () => {
  const sender = scriptedSender();
  sender.script('closed', refused('window_closed', 131047));
  sender.script('bad', refused('final', 131026));
  await shop().queue(['p:1'], ['closed', 'bad', 'good']);
  await shop().worker(sender).idle();
  expect(await shop().rows()).toMatchObject([
    { state: 'dropped', error_class: 'window_closed', error_code: 131047, error_detail: 'refused 131047' },
    { state: 'failed', error_class: 'final', error_code: 131026 },
    { state: 'accepted', error_class: null, error_code: null },
  ]);
});
