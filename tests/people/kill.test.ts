import { afterEach, beforeEach, expect, it } from 'vitest';
import { type FakeGraph, startFakeGraph } from '../../src/simulator/fake-graph.ts';
import { delivery, messageFrom, type Person, text } from '../../src/simulator/payloads.ts';
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
  settleAll,
} from '../scenarios/crowd.ts';
import { killScripts, type ServiceProcess, startServiceProcess, TOKEN } from '../scenarios/service-process.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { APP_SECRET } from '../support/service.ts';
import { waitFor } from '../support/wait-for.ts';

const SIZE = 40;
const chatterers = Array.from({ length: 10 }, (_, n) => personOf(SIZE + n));

let database: TestDatabase;
let graph: FakeGraph;
let service: ServiceProcess;

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

async function killAndRestart(): Promise<void> {
  await service.kill();
  await database.ownerSql(`update outbox_message set lease_until = app_clock() where state = 'sending'`);
  service = await start();
}

const post = (body: unknown) => service.post(body);

/** The phone alone, then with a BSUID, then alone again: the second message joins both queues of everybody at once. */
const shownIn = [
  (n: number): Person => personOf(n),
  (n: number): Person => ({ ...personOf(n), bsuid: `IN.CROWD${n}` }),
  (n: number): Person => personOf(n),
];
const says = [hampers(1), text('balance'), hampers(2)];

it('a service that is killed while the queues of everybody are joined loses nothing and says nothing twice', async () => {
  const startMs = Date.now() - says.length * 1000;
  const steps = says.map((content, step) =>
    Array.from({ length: SIZE / 4 }, (_, group) =>
      delivery(line, {
        messages: Array.from({ length: 4 }, (_, n) =>
          messageFrom(shownIn[step]?.(group * 4 + n) ?? {}, content, { at: new Date(startMs + step * 1000) }),
        ),
      }),
    ),
  );
  const joined = async (): Promise<number> => {
    const [row] = await database.ownerSql<{ n: number }>(
      'select count(*)::int as n from conversation where home_key is not null',
    );
    return row?.n ?? 0;
  };
  const story = (async () => {
    for (const step of steps) await Promise.all(step.map((body) => deliver(body, post)));
  })();
  for (const share of [0.1, 0.6]) {
    await waitFor(`${share} of all queues to be joined`, async () => (await joined()) >= SIZE * share, 45_000);
    await killAndRestart();
  }
  await story;
  await settleAll(database, graph, chatterers, post);

  expectEachAnsweredOnce(graph, 0, SIZE);
  await expectBooksRight(database, 0, SIZE);
  expect(await openWork(database)).toEqual({ waiting: 0, unsent: 0, uncertain: 0 });
  expect(await joined()).toBe(SIZE);
}, 180_000);
