import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { createRecorder } from '../../src/inbox/index.ts';
import { createRandom } from '../../src/simulator/random.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { addTenant } from '../support/tenants.ts';
import { waitFor } from '../support/wait-for.ts';
import { addEffectTable, message, quiet } from './support.ts';

let database: TestDatabase;
const children = new Set<ChildProcess>();

beforeAll(async () => {
  database = await createTestDatabase();
  await addEffectTable(database);
});
afterEach(async () => {
  await Promise.all([...children].map(kill));
});
afterAll(() => database.drop());

async function spawnWorker(killer = ''): Promise<ChildProcess> {
  const child = fork(new URL('./worker-process.ts', import.meta.url), [database.url, killer], {
    execArgv: ['--import', 'tsx'],
    stdio: 'inherit',
  });
  children.add(child);
  child.once('exit', () => children.delete(child));
  await Promise.race([once(child, 'message'), once(child, 'exit')]);
  return child;
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGKILL');
  await once(child, 'exit');
}

const countWhere = async (condition: string): Promise<number> => {
  const [row] = await database.ownerSql<{ n: number }>(`select count(*)::int as n from inbox_event where ${condition}`);
  return row?.n ?? 0;
};

it('two processes that are killed at random lose no event, repeat none and keep the order of each conversation', async () => {
  const tenant = await addTenant(database);
  const random = createRandom(20261123);
  const recorder = createRecorder({ db: database.db, logger: quiet, onStored: () => {} });
  const people = Array.from({ length: 500 }, (_, n) => String(600_000 + n));
  const workers = [await spawnWorker(), await spawnWorker()];

  let kills = 0;
  for (let n = 0; n < 20; n += 1) {
    await recorder.record(
      people.map((person) => message(tenant, person, n)),
      new Date(),
    );
    if (n % 4 !== 3) continue;
    // At a moment that the seed chooses, while the set before it is being worked on.
    const done = await countWhere(`state = 'done'`);
    const more = Math.floor(random() * 400);
    await waitFor('the workers to be busy', async () => (await countWhere(`state = 'done'`)) >= done + more);
    const index = Math.floor(random() * workers.length);
    const victim = workers[index];
    if (victim === undefined) continue;
    await kill(victim);
    kills += 1;
    workers[index] = await spawnWorker();
  }
  await waitFor('everything to be done', async () => (await countWhere(`state = 'waiting'`)) === 0, 60_000);

  expect(kills).toBe(5);
  expect(await countWhere(`state = 'done'`)).toBe(10_000);
  const rows = await database.ownerSql<{ person_key: string; ns: number[] }>(
    'select person_key, array_agg(n order by id) as ns from effect group by person_key',
  );
  expect(rows).toHaveLength(500);
  const inOrder = Array.from({ length: 20 }, (_, n) => n);
  for (const row of rows) expect(row.ns, row.person_key).toEqual(inOrder);
}, 120_000);

it('an event that kills every worker is found, parked and apologised for, and everybody else is served', async () => {
  await database.ownerSql('truncate effect');
  const tenant = await addTenant(database);
  const recorder = createRecorder({ db: database.db, logger: quiet, onStored: () => {} });
  const people = ['500001', '500002', '500003', '500004'];
  await recorder.record(
    people.flatMap((person) => [message(tenant, person, 1), message(tenant, person, 2)]),
    new Date(),
  );
  const isServed = async (): Promise<boolean> =>
    (await countWhere(`wholesaler_id = '${tenant.wholesalerId}' and state = 'waiting'`)) <= 0;
  let starts = 0;
  // A supervisor that restarts what dies, within a bound. The time that has to pass (for the dead to be missed, for the
  // lease on a counted try) is passed by moving the times back.
  while (!(await isServed()) && starts < 40) {
    starts += 1;
    await database.ownerSql(
      `update worker_heartbeat set seen_at = seen_at - interval '1 minute' where stopped_at is null`,
    );
    await database.ownerSql(
      `update inbox_event set received_at = received_at - interval '2 minutes', not_before = now() where state = 'waiting'`,
    );
    const child = await spawnWorker('p:500002');
    await waitFor(
      'the worker to die or to finish',
      async () => child.signalCode !== null || (await isServed()),
      20_000,
    );
    await kill(child);
  }
  const parked = await database.ownerSql<{ event_key: string }>(
    `select event_key from inbox_event where wholesaler_id = '${tenant.wholesalerId}' and state = 'parked' order by 1`,
  );
  expect(parked.map((row) => row.event_key)).toEqual(['m:500002-1', 'm:500002-2']);
  const rows = await database.ownerSql<{ person_key: string; ns: number[] }>(
    'select person_key, array_agg(n order by id) as ns from effect group by person_key order by 1',
  );
  expect(rows.map((row) => row.ns)).toEqual([
    [1, 2],
    [-1, -1],
    [1, 2],
    [1, 2],
  ]);
}, 120_000);
