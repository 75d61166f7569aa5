import { request } from 'undici';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { type FakeGraph, startFakeGraph } from '../../src/simulator/fake-graph.ts';
import { delivery, messageFrom } from '../../src/simulator/payloads.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { APP_SECRET } from '../support/service.ts';
import { startTcpProxy, type TcpProxy } from '../support/tcp-proxy.ts';
import { waitFor } from '../support/wait-for.ts';
import {
  crowdShop,
  deliver,
  EVIDENCE_WAIT_MS,
  expectBooksRight,
  expectEachAnsweredOnce,
  hampers,
  importInto,
  line,
  openWork,
  personOf,
  phoneOf,
  repliesSent,
  STATUS_TRIES_MAX,
  settleAll,
  settling,
  storyOf,
} from './crowd.ts';
import { killScripts, type ServiceProcess, startServiceProcess, TOKEN } from './service-process.ts';

const SIZE = 30;
const ALONE = SIZE + 10;
const chatterers = Array.from({ length: 10 }, (_, n) => personOf(SIZE + n));

let database: TestDatabase;
let graph: FakeGraph;
let proxy: TcpProxy;
let service: ServiceProcess;

beforeAll(async () => {
  database = await createTestDatabase();
  await importInto(database, crowdShop(ALONE + 10));
  graph = await startFakeGraph({ appSecret: APP_SECRET, token: TOKEN, statusTriesMax: STATUS_TRIES_MAX });
  proxy = await startTcpProxy(database.url);
  service = await startServiceProcess({
    databaseUrl: proxy.through(database.url),
    graphUrl: graph.url,
    settings: { OUTBOX_EVIDENCE_WAIT_MS: String(EVIDENCE_WAIT_MS), LOG_LEVEL: 'info' },
  });
  graph.setWebhookUrl(`${service.url}/webhooks/whatsapp`);
});
afterEach(() => proxy.restore());
afterAll(async () => {
  await killScripts();
  await proxy.stop();
  await graph.stop();
  await database.drop();
});

const post = (body: unknown) => service.post(body);
const orderOf = (n: number) => delivery(line, { messages: [messageFrom(personOf(n), hampers(1))] });

const storedOf = async (n: number): Promise<number> => {
  const [row] = await database.ownerSql<{ n: number }>(
    'select count(*)::int as n from inbox_event where person_key = $1',
    [`p:${phoneOf(n)}`],
  );
  return row?.n ?? 0;
};
const readiness = async (): Promise<number> => {
  const response = await request(`${service.url}/health/ready`);
  await response.body.dump();
  return response.statusCode;
};

/** The best of them within 3 s: each would take longer if it waited for the database, and a busy machine only ever adds. */
function expectSentBackSoon(answers: Awaited<ReturnType<typeof post>>[]): void {
  for (const answer of answers) {
    expect(answer.status).toBe(503);
    expect(Number(answer.retryAfter)).toBeGreaterThan(0);
  }
  expect(Math.min(...answers.map(({ durationMs }) => durationMs))).toBeLessThan(3_000);
}

it('while the database is down a delivery is sent back within 3 s and stored nowhere; later it is answered once', async () => {
  await deliver(orderOf(ALONE), post);
  await graph.waitFor(({ to }) => to === phoneOf(ALONE), { timeoutMs: 20_000 });
  const body = orderOf(ALONE + 1);

  await proxy.cut();
  const answers = [await post(body), await post(body), await post(body)];
  expectSentBackSoon(answers);
  expect(await readiness()).toBe(503);
  expect(await storedOf(ALONE + 1)).toBe(0);

  await proxy.restore();
  await deliver(body, post);
  await graph.waitFor(({ to }) => to === phoneOf(ALONE + 1), { timeoutMs: 20_000 });
  expect((await post(body)).status).toBe(200);
  await settleAll(database, graph, chatterers, post);
  expect(await storedOf(ALONE + 1)).toBe(1);
  expect(graph.sentTo(phoneOf(ALONE + 1))).toHaveLength(1);
  await waitFor('the service to be ready', async () => (await readiness()) === 200);
}, 120_000);

it('a database that is silent instead of gone is answered for as fast, and nothing is lost when it speaks again', async () => {
  const shops = [ALONE + 2, ALONE + 3, ALONE + 4];
  const bodies = shops.map(orderOf);
  proxy.stall();
  expectSentBackSoon(await Promise.all(bodies.map(post)));
  await proxy.restore();
  await Promise.all(bodies.map((body) => deliver(body, post)));
  await settleAll(database, graph, chatterers, post);
  for (const n of shops) expect(graph.sentTo(phoneOf(n))).toHaveLength(1);
}, 120_000);

it('connections that break again and again in the middle of the work lose and repeat nothing', async () => {
  const steps = storyOf(0, SIZE);
  let isTold = false;
  const story = (async () => {
    for (const step of steps) await Promise.all(step.map((body) => deliver(body, post)));
    isTold = true;
  })();
  // Replies whose sending a break left open stay so until evidence comes, and when they are all that is left nothing more
  // is sent by itself. What waits behind them goes first after a minute, so the evidence must not take as long.
  const settled = settling(database, graph, chatterers, (body) => post(body).catch(() => ({ status: 0 })));
  for (let breaks = 1; breaks <= 6; breaks += 1) {
    const enough = Math.min((await repliesSent(database)) + 5, SIZE * steps.length);
    await waitFor(
      'some more replies',
      async () => (await repliesSent(database)) >= enough || ((await settled()) && isTold),
      60_000,
    );
    if (breaks % 3 === 0) {
      await proxy.cut();
      await proxy.restore();
    } else {
      proxy.reset();
    }
  }
  await story;
  await settleAll(database, graph, chatterers, post);
  expectEachAnsweredOnce(graph, 0, SIZE);
  await expectBooksRight(database, 0, SIZE);
  expect(await openWork(database)).toEqual({ waiting: 0, unsent: 0, uncertain: 0 });
}, 600_000);
