import { afterEach, beforeEach, expect, it } from 'vitest';
import { withConnection } from '../../src/db/one-connection.ts';
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
  settleAll,
  storyOf,
} from './crowd.ts';
import { killScripts, type ServiceProcess, startServiceProcess, TOKEN } from './service-process.ts';

const SIZE = 90;
const NAMES = ['first', 'second'];
const BARRIER = 4711;

let database: TestDatabase;
let graph: FakeGraph;
let services: ServiceProcess[];

// For every try anew: what a try left behind must not be counted against the next.
beforeEach(async () => {
  database = await createTestDatabase();
  await importInto(database, crowdShop(SIZE));
  await noteWhoWorks();
  graph = await startFakeGraph({ appSecret: APP_SECRET, token: TOKEN });
  services = await Promise.all(
    NAMES.map((name) =>
      startServiceProcess({ databaseUrl: named(name), graphUrl: graph.url, settings: { LOG_LEVEL: 'info' } }),
    ),
  );
  graph.setWebhookUrl(`${services[0]?.url}/webhooks/whatsapp`);
});
afterEach(async () => {
  await killScripts();
  await graph.stop();
  await database.drop();
});

/** The database's address with a name that its connections show, so that the work can be told apart. */
function named(name: string): string {
  const url = new URL(database.url);
  url.searchParams.set('application_name', name);
  return url.href;
}

/**
 * Notes in the database which process finished an event and which one took a reply for sending. Events wait for the
 * barrier: as quick as the work is, one process was seen to finish all of 270 before the other had found any.
 */
async function noteWhoWorks(): Promise<void> {
  await database.ownerSql('create table test_work (what text, process text)');
  await database.ownerSql('grant insert on test_work to orderlock_app');
  await database.ownerSql(`
    create function test_note() returns trigger language plpgsql as $$
    begin
      insert into test_work values (tg_argv[0], current_setting('application_name'));
      if tg_argv[0] = 'event' then perform pg_advisory_xact_lock_shared(${BARRIER}); end if;
      return null;
    end $$`);
  await database.ownerSql(`
    create trigger test_event after update on inbox_event for each row
      when (old.state = 'waiting' and new.state = 'done' and new.kind = 'message') execute function test_note('event')`);
  await database.ownerSql(`
    create trigger test_reply after update on outbox_message for each row
      when (old.state = 'queued' and new.state = 'sending') execute function test_note('reply')`);
}

async function workOf(what: string): Promise<Record<string, number>> {
  const rows = await database.ownerSql<{ process: string; n: number }>(
    'select process, count(*)::int as n from test_work where what = $1 group by process order by process',
    [what],
  );
  return Object.fromEntries(rows.map(({ process, n }) => [process, n]));
}

/** Delivers with the barrier down until events of both processes wait at it, then lifts it; returns what is left. */
async function untilBothAreAtWork(bodies: unknown[], post: ServiceProcess['post']): Promise<unknown[]> {
  const left = [...bodies];
  await withConnection(database.url, 'barrier', async (barrier) => {
    await barrier.rows('select pg_advisory_lock($1)', [BARRIER]);
    await waitFor('both services to be at work', async () => {
      const next = left.shift();
      if (next !== undefined) await deliver(next, post);
      const waiting = await barrier.rows(
        `select distinct application_name from pg_stat_activity
          where datname = current_database() and wait_event = 'advisory' and application_name = any ($1)`,
        [NAMES],
      );
      return waiting.length === NAMES.length || undefined;
    });
  });
  return left;
}

it('two services on one database share the work, answer every message once and in order, and hold every order once', async () => {
  let turn = 0;
  // Like a load balancer: each delivery to the next one, also a repeated one.
  const post: ServiceProcess['post'] = (body) => {
    turn += 1;
    const service = services[turn % services.length];
    if (service === undefined) throw new Error('no service runs');
    return service.post(body);
  };
  for (const [nth, step] of storyOf(0, SIZE, 2).entries()) {
    const rest = nth === 0 ? await untilBothAreAtWork(step, post) : step;
    await Promise.all(rest.map((body) => deliver(body, post)));
    // Meta repeats some, and they reach the other service.
    await Promise.all(step.slice(0, 5).map((body) => deliver(body, post)));
  }
  // Nothing fails here, so no evidence is needed, and nobody else may write: the work is counted below.
  await settleAll(database, graph, [], post);

  expectEachAnsweredOnce(graph, 0, SIZE);
  await expectBooksRight(database, 0, SIZE);
  expect(await openWork(database)).toEqual({ waiting: 0, unsent: 0, uncertain: 0 });
  const events = await workOf('event');
  const replies = await workOf('reply');
  expect(Object.keys(events)).toEqual(NAMES);
  expect(Object.keys(replies)).toEqual(NAMES);
  expect(Object.values(events).reduce((sum, n) => sum + n)).toBe(SIZE * 3);
  expect(Object.values(replies).reduce((sum, n) => sum + n)).toBe(SIZE * 3);
  for (const service of services) expect(await service.stop()).toEqual({ code: 0, signal: null });
}, 60_000);
