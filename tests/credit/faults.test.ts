import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import Table from 'cli-table3';
import { afterAll, afterEach, beforeEach, expect, test } from 'vitest';
import { startEmbedded } from '../../src/db/embedded.ts';
import { createDatabase } from '../../src/db/index.ts';
import { bootstrapRoles, migrate } from '../../src/db/migrate.ts';
import { withConnection } from '../../src/db/one-connection.ts';
import { createRandom } from '../../src/simulator/random.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { startTcpProxy } from '../support/tcp-proxy.ts';
import { waitFor } from '../support/wait-for.ts';
import {
  type Caller,
  type RemoteCaller,
  startCaller,
  startRemoteCaller,
  startTransactionCaller,
} from './history/callers.ts';
import { type Broken, replayUnknown, runUnderFault } from './history/faults.ts';
import { createLoad } from './history/load.ts';
import { judgeOn, type Stage, setStage } from './history/stage.ts';

// Holds, deliveries, payments and all the rest are asked for while processes, connections and the server are killed.
// Afterwards whatever nobody knows is asked for again; then every acknowledged key is in the ledger exactly once, every
// refused one is not, and all answers are those of the model in the order of the ledger.

/** Longer runs: CHECKS_TIMES=50. */
const TIMES = Number(process.env.CHECKS_TIMES ?? 1);
const SHOPS = 4;
const TERMINATE_ALL = `
  select pg_terminate_backend(pid) from pg_stat_activity
  where datname = current_database() and application_name = 'orderlock credit'`;

const rows: (string | number)[][] = [];
let random: () => number;
let database: TestDatabase;
let stage: Stage;
let callers: Caller[];

beforeEach(async () => {
  random = createRandom(20_261_125);
  database = await createTestDatabase();
  stage = await setStage(database, SHOPS);
  callers = [];
});
afterEach(async () => {
  await Promise.all(callers.map((caller) => caller.stop()));
  await database.drop();
});
afterAll(() => {
  const head = [
    'fault',
    'times',
    'calls',
    'acknowledged',
    'refused',
    'busy',
    'unknown',
    'replayed',
    'entries',
    'lost',
    'twice',
  ];
  const table = new Table({ head, style: { head: [], border: [] } });
  table.push(...rows);
  console.log(table.toString());
});

/** Replays what is unknown and holds everything against the ledger. */
async function settle(
  name: string,
  { calls, breaks }: Broken,
  on: { db: TestDatabase['db']; url: string },
): Promise<void> {
  const caller = startCaller(on.url);
  const replays = await replayUnknown(calls, caller);
  await caller.stop();
  const { faults, book: _, ...counts } = await judgeOn(on.db, stage, [...calls, ...replays]);
  rows.push([
    ...[name, breaks, calls.length, counts.acknowledged, counts.refused, counts.busy, counts.unknown, replays.length],
    ...[counts.entries, counts.lost, counts.twice],
  ]);
  expect(faults).toEqual([]);
  expect(breaks).toBeGreaterThan(0);
  expect(counts).toMatchObject({ lost: 0, twice: 0 });
}

test('calling processes are killed between call and answer', async () => {
  const start = (): Promise<RemoteCaller> => startRemoteCaller(database.url);
  // Starting one takes longer than a hundred calls, so the next ones stand ready.
  const [first, second, ...spares] = await Promise.all([start(), start(), start(), start(), start()]);
  const remote: RemoteCaller[] = [first, second];
  callers.push(...remote);
  let kills = 0;
  const broken = await runUnderFault({
    ...{ load: createLoad({ random, ...stage }), callers, random, calls: 600 * TIMES, lanes: 24 },
    breaks: {
      every: 120,
      what: async (isOver) => {
        const next = spares.pop() ?? (await start());
        const at = kills % remote.length;
        const victim = remote[at] as RemoteCaller;
        await waitFor('calls under way', () => victim.underWay() >= 3 || isOver(), 60_000);
        remote[at] = next;
        callers[at] = next;
        await victim.kill();
        kills += 1;
      },
    },
  });
  await Promise.all(spares.map((spare) => spare.stop()));
  await settle('SIGKILL of a caller', broken, { db: database.db, url: database.url });
}, 600_000);

test('connections are terminated in storms', async () => {
  callers.push(startCaller(database.url), startCaller(database.url));
  const broken = await runUnderFault({
    ...{ load: createLoad({ random, ...stage }), callers, random, calls: 800 * TIMES, lanes: 24 },
    breaks: {
      every: 30,
      // Again and again, so that the second and third try of a call are torn, too.
      what: async () => {
        for (let n = 0; n < 5; n += 1) await database.ownerSql(TERMINATE_ALL);
      },
    },
  });
  await settle('pg_terminate_backend', broken, { db: database.db, url: database.url });
}, 600_000);

test.each([
  ['answer cut after COMMIT', 2, (url: string) => Promise.resolve(startCaller(url))],
  ['the same, in transactions', 6, startTransactionCaller],
] as const)(
  'answers are cut off after their COMMIT: %s',
  async (name, every, start) => {
    const proxy = await startTcpProxy(database.url);
    const url = proxy.through(database.url);
    callers.push(await start(url), await start(url));
    let isCutting = false;
    const broken = await runUnderFault({
      ...{ load: createLoad({ random, ...stage }), callers, random, calls: 500 * TIMES, lanes: 16 },
      breaks: {
        every: 40,
        // In turn a time in which many answers are lost, and one in peace.
        what: async () => {
          isCutting = !isCutting;
          proxy.cutAnswers(isCutting ? every : 0);
        },
      },
    });
    proxy.cutAnswers(0);
    expect(proxy.answersCut()).toBeGreaterThan(20);
    const on = { db: database.db, url: database.url };
    await settle(name, { ...broken, breaks: proxy.answersCut() }, on);
    await Promise.all(callers.splice(0).map((caller) => caller.stop()));
    await proxy.stop();
  },
  600_000,
);

test('the server has too few connections for everybody', async () => {
  const name = `limited_${randomBytes(4).toString('hex')}`;
  await database.ownerSql(`create role ${name} login password '${name}' in role orderlock_app connection limit 3`);
  const url = new URL(database.url);
  url.username = name;
  url.password = name;
  callers.push(...Array.from({ length: 4 }, () => startCaller(url.href, 2)));
  const broken = await runUnderFault({
    ...{ load: createLoad({ random, ...stage }), callers, random, calls: 600 * TIMES, lanes: 48 },
    breaks: {
      every: 40,
      what: async () => {
        await database.ownerSql(
          `select pg_terminate_backend(pid) from pg_stat_activity where usename = $1 order by random() limit 2`,
          [name],
        );
      },
    },
  });
  await settle('connections exhausted', broken, { db: database.db, url: database.url });
  await Promise.all(callers.splice(0).map((caller) => caller.stop()));
  await database.ownerSql(`drop role ${name}`);
}, 600_000);

test('PostgreSQL itself is killed under load and recovers', async () => {
  const server = await startEmbedded({ dataDir: { throwAway: true }, role: 'service', durable: true });
  try {
    await bootstrapRoles(server.url);
    await migrate(server.url);
    const ownerSql: TestDatabase['ownerSql'] = (sql, values) =>
      withConnection(server.url, 'test owner', (connection) => connection.rows(sql, values));
    stage = await setStage({ url: server.url, ownerSql }, SHOPS);
    callers.push(startCaller(server.url), startCaller(server.url));
    const isUp = (): Promise<unknown> =>
      waitFor('the server to answer again', () => ownerSql('select 1').catch(() => undefined), 60_000);
    // Whoever starts it again holds this lock from then on; killed before that, it would stay down.
    const isWatched = (): Promise<unknown> =>
      waitFor(
        'the server to be watched again',
        async () => {
          const locks = await ownerSql('select from pg_locks where objid = 7270002').catch(() => []);
          return locks.length > 0;
        },
        60_000,
      );
    const broken = await runUnderFault({
      ...{ load: createLoad({ random, ...stage }), callers, random, calls: 600 * TIMES, lanes: 24 },
      breaks: {
        every: 150,
        what: async () => {
          const lines = await readFile(path.join(server.dataDir, 'postgres/postmaster.pid'), 'utf8');
          process.kill(Number(lines.split('\n')[0]), 'SIGKILL');
          await isUp();
          await isWatched();
        },
      },
      whenUnknown: isUp,
    });
    const db = await createDatabase({ url: server.url, poolMax: 4, applicationName: 'test' });
    await settle('SIGKILL of PostgreSQL', broken, { db, url: server.url });
    await db.stop();
    await Promise.all(callers.splice(0).map((caller) => caller.stop()));
  } finally {
    await server.stop();
  }
}, 600_000);
