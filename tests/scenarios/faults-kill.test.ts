import { afterEach, beforeEach, expect, it } from 'vitest';
import { type FakeGraph, startFakeGraph } from '../../src/simulator/fake-graph.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { APP_SECRET } from '../support/service.ts';
import { waitFor } from '../support/wait-for.ts';
import {
  crowdShop,
  deliver,
  EVIDENCE_WAIT_MS,
  expectBooksRight,
  expectEachAnsweredOnce,
  importInto,
  openWork,
  personOf,
  repliesSent,
  settleAll,
  storyOf,
} from './crowd.ts';
import { killScripts, type ServiceProcess, startServiceProcess, TOKEN } from './service-process.ts';

const SIZE = 60;
const chatterers = Array.from({ length: 10 }, (_, n) => personOf(SIZE + n));

let database: TestDatabase;
let graph: FakeGraph;
let service: ServiceProcess;

// For every try anew: what a try left behind must not be counted against the next.
beforeEach(async () => {
  database = await createTestDatabase();
  await importInto(database, crowdShop(SIZE + chatterers.length));
  graph = await startFakeGraph({ appSecret: APP_SECRET, token: TOKEN });
  service = await start();
});
afterEach(async () => {
  await killScripts();
  await graph.stop();
  await database.drop();
});

async function start(): Promise<ServiceProcess> {
  const started = await startServiceProcess({
    databaseUrl: database.url,
    graphUrl: graph.url,
    settings: { OUTBOX_EVIDENCE_WAIT_MS: String(EVIDENCE_WAIT_MS), LOG_LEVEL: 'info' },
  });
  graph.setWebhookUrl(`${started.url}/webhooks/whatsapp`);
  return started;
}

/** kill -9, and a fresh start. The leases of sends that died with their process, 30 s each, are passed by moving them. */
async function killAndRestart(): Promise<void> {
  await service.kill();
  await database.ownerSql(`update outbox_message set lease_until = app_clock() where state = 'sending'`);
  service = await start();
}

const post = (body: unknown) => service.post(body);

it('a service that is killed again and again answers every message once and in order, and holds every order once', async () => {
  const doneEvents = async (): Promise<number> => {
    const [row] = await database.ownerSql<{ n: number }>(
      `select count(*)::int as n from inbox_event where state = 'done' and kind = 'message'`,
    );
    return row?.n ?? 0;
  };
  // Each at another place of the road: with deliveries half taken in, in the middle of a set, in the middle of sends.
  const kills = [
    { when: 'a third of the first step is worked on', reached: async () => (await doneEvents()) >= SIZE / 3 },
    {
      when: 'a good half of the first answers are sent',
      reached: async () => (await repliesSent(database)) >= SIZE * 0.6,
    },
    { when: 'most of all answers are sent', reached: async () => (await repliesSent(database)) >= SIZE * 2 },
  ];
  const story = (async () => {
    for (const step of storyOf(0, SIZE)) await Promise.all(step.map((body) => deliver(body, post)));
  })();
  for (const { when, reached } of kills) {
    // Sends and tries that a kill tore rest under their leases, half a minute at the most.
    await waitFor(when, reached, 45_000);
    await killAndRestart();
  }
  await story;
  await settleAll(database, graph, chatterers, post);

  expectEachAnsweredOnce(graph, 0, SIZE);
  await expectBooksRight(database, 0, SIZE);
  expect(await openWork(database)).toEqual({ waiting: 0, unsent: 0, uncertain: 0 });
}, 180_000);
