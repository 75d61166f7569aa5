import { afterAll, beforeAll, expect, test } from 'vitest';
import { createRandom } from '../../src/simulator/random.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { startCaller, startRemoteCaller } from './history/callers.ts';
import { createLoad, raceTwins, runLoad } from './history/load.ts';
import { gatherAt, judgeOn, setStage } from './history/stage.ts';

/** More calls: CHECKS_TIMES=20. */
const TIMES = Number(process.env.CHECKS_TIMES ?? 1);

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

test('whatever many callers of several processes are told, the ledger shows an order in which the model tells the same', async () => {
  const stage = await setStage(database, 3);
  const remote = await Promise.all([startRemoteCaller(database.url), startRemoteCaller(database.url)]);
  const callers = [startCaller(database.url), startCaller(database.url), ...remote];
  const random = createRandom(20_261_125);
  const { wholesalerId, shops } = stage;
  const retailerId = shops[0] ?? '';
  const gather = gatherAt(database.url, retailerId, callers.length);
  const calls = await raceTwins(callers, { wholesalerId, retailerId, rounds: 3 * TIMES, gather });
  calls.push(
    ...(await runLoad({
      load: createLoad({ random, ...stage, withStatus: true }),
      caller: () => callers[Math.floor(random() * callers.length)] as (typeof callers)[number],
      calls: 1_500 * TIMES,
      lanes: 32,
    })),
  );
  await Promise.all(callers.map((caller) => caller.stop()));
  const { book: _, faults, ...counts } = await judgeOn(database.db, stage, calls);
  console.log(`histories: ${JSON.stringify(counts)}`);
  expect(faults).toEqual([]);
  expect(counts).toMatchObject({ lost: 0, twice: 0, unknown: 0 });
}, 600_000);
