import { afterEach, beforeEach, expect, it } from 'vitest';
import { type FakeGraph, startFakeGraph } from '../../src/simulator/fake-graph.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { APP_SECRET } from '../support/service.ts';
import { waitFor } from '../support/wait-for.ts';
import {
  crowdShop,
  deliver,
  expectBooksRight,
  expectEachAnsweredOnce,
  importInto,
  openWork,
  repliesSent,
  settleAll,
  storyOf,
} from './crowd.ts';
import { killScripts, type ServiceProcess, startServiceProcess, TOKEN } from './service-process.ts';

const SIZE = 60;
/** The fake answers within milliseconds, so an orderly end has nothing to wait for: on a busy machine it takes seconds. */
const STOP_MS_MAX = 20_000;

let database: TestDatabase;
let graph: FakeGraph;
let service: ServiceProcess;

// For every try anew: what a try left behind must not be counted against the next.
beforeEach(async () => {
  database = await createTestDatabase();
  await importInto(database, crowdShop(SIZE));
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
    settings: { LOG_LEVEL: 'info' },
  });
  graph.setWebhookUrl(`${started.url}/webhooks/whatsapp`);
  return started;
}

const post = (body: unknown) => service.post(body);

it('a service that is asked to stop in the middle of its work finishes what it has begun; the next goes on from there', async () => {
  // Each send takes a while, so that some are under way at any moment.
  graph.faults.rate({ kind: 'delay', ms: 60 }, 1);
  const story = (async () => {
    for (const step of storyOf(0, SIZE)) await Promise.all(step.map((body) => deliver(body, post)));
  })();
  for (const replies of [10, 80]) {
    await waitFor('some replies', async () => (await repliesSent(database)) >= replies, 60_000);
    const startedAt = performance.now();
    expect(await service.stop()).toEqual({ code: 0, signal: null });
    expect(performance.now() - startedAt).toBeLessThan(STOP_MS_MAX);
    const { uncertain } = await openWork(database);
    expect(uncertain, 'a send was left without its outcome').toBe(0);
    const beats = await database.ownerSql('select 1 from worker_heartbeat where stopped_at is null');
    expect(beats, 'a worker left without saying so').toEqual([]);
    service = await start();
  }
  graph.faults.clear();
  await story;
  await settleAll(database, graph, [], post);
  expectEachAnsweredOnce(graph, 0, SIZE);
  await expectBooksRight(database, 0, SIZE);
  const [torn] = await database.ownerSql<{ n: number }>(
    'select count(*)::int as n from outbox_message where attempts <> 1 or resent_at is not null',
  );
  expect(torn?.n, 'a reply needed a second attempt').toBe(0);
  expect(await service.stop()).toEqual({ code: 0, signal: null });
}, 180_000);
