import { afterAll, beforeAll, expect, test } from 'vitest';
import { readEnvelope } from '../../src/whatsapp/envelope.ts';
import fc, { SEED } from '../support/properties.ts';
import { startTestService, type TestService } from '../support/service.ts';
import { demoShop, fixtureBody, fixtureNames, nothingWaits, postBytes } from './fixtures.ts';
import { mutated, mutations } from './mutations.ts';

// Stories of fixtures/webhooks with something broken in them, through the signed route into PostgreSQL and on through the
// conversation: whatever comes is acknowledged, kept and worked off. More of them: CHECKS_TIMES=50; another seed: CHECKS_SEED.

const TIMES = Number(process.env.CHECKS_TIMES ?? 1);
const RUNS = 300 * TIMES;
const AT_ONCE = 20;

let world: TestService;
beforeAll(async () => {
  world = await startTestService(demoShop);
}, 30_000);
afterAll(() => world?.stop());

const stories = fixtureNames().map((name) => ({ name, body: fixtureBody(name) }));
let told = 0;
/** The story with ids of its own: under those of the file it would be a repeat from the second time on. */
function toldAnew(body: Buffer): Buffer {
  told += 1;
  return Buffer.from(body.toString('utf8').replaceAll(/wamid\.[A-Za-z0-9+/=]+/g, (id) => `${id}${told}`));
}
const broken = fc.record({ story: fc.constantFrom(...stories), how: mutations }).map(({ story, how }) => ({
  story: story.name,
  body: mutated(toldAnew(story.body), how),
}));

const keysOf = (body: string): string[] => readEnvelope(Buffer.from(body), new Date()).map(({ eventKey }) => eventKey);

async function missingOf(keys: string[]): Promise<string[]> {
  const rows = await world.database.ownerSql<{ key: string }>(
    `select k.key from unnest($1::text[]) as k (key)
      where not exists (select 1 from inbox_event e where e.event_key = k.key)
        and not exists (select 1 from stray_event s where s.event_key = k.key)`,
    [keys],
  );
  return rows.map(({ key }) => key);
}

test('broken stories are acknowledged, kept and worked off', { timeout: 60_000 * TIMES + 60_000 }, async () => {
  const counts = { posted: 0, events: 0, 200: 0, 400: 0 };
  await fc.assert(
    fc.asyncProperty(fc.array(broken, { minLength: AT_ONCE, maxLength: AT_ONCE }), async (batch) => {
      const statuses = await Promise.all(batch.map(({ body }) => postBytes(world, body)));
      const keys = batch.flatMap(({ body }) => keysOf(body));
      counts.posted += batch.length;
      counts.events += keys.length;
      for (const status of statuses) {
        expect([200, 400]).toContain(status);
        counts[status as 200 | 400] += 1;
      }
      expect(await missingOf(keys)).toEqual([]);
    }),
    { numRuns: Math.ceil(RUNS / AT_ONCE), endOnFailure: true },
  );
  await nothingWaits(world, 30_000 * TIMES + 30_000);
  const rows = await world.database.ownerSql<{ what: string; count: number }>(
    `select kind || ' ' || state as what, count(*)::int from inbox_event group by 1
     union all select 'stray', count(*)::int from stray_event
     union all select 'reply ' || state, count(*)::int from outbox_message group by 1 order by 1`,
  );
  const kept = Object.fromEntries(rows.map(({ what, count }) => [what, count]));
  if (TIMES > 1) process.stdout.write(`fuzz, seed ${SEED}: ${JSON.stringify({ ...counts, ...kept })}\n`);
  // A message that was parked made the conversation throw.
  const parked = await world.database.ownerSql(
    `select kind, payload, last_error from inbox_event where state = 'parked' limit 3`,
  );
  expect(parked).toEqual([]);
  expect(counts.posted).toBeGreaterThanOrEqual(RUNS);
  expect(({} as Record<string, unknown>).polluted).toBeUndefined();
});
