import { afterEach, beforeEach, expect, it } from 'vitest';
import { waitFor } from '../support/wait-for.ts';
import {
  deliver,
  expectBooksRight,
  expectEachAnsweredOnce,
  openWork,
  repliesSent,
  settleAll,
  storyOf,
} from './crowd.ts';
import { type CrowdService, startCrowdService } from './crowd-service.ts';

const SIZE = 60;
/** The fake answers within milliseconds, so an orderly end has nothing to wait for: on a busy machine it takes seconds. */
const STOP_MS_MAX = 20_000;

let crowd: CrowdService;
beforeEach(async () => {
  crowd = await startCrowdService(SIZE);
});
afterEach(() => crowd.close());

it('a service that is asked to stop in the middle of its work finishes what it has begun; the next goes on from there', async () => {
  // Each send takes a while, so that some are under way at any moment.
  crowd.graph.faults.rate({ kind: 'delay', ms: 60 }, 1);
  const story = (async () => {
    for (const step of storyOf(0, SIZE)) await Promise.all(step.map((body) => deliver(body, crowd.post)));
  })();
  for (const replies of [10, 80]) {
    await waitFor('some replies', async () => (await repliesSent(crowd.database)) >= replies, 60_000);
    const startedAt = performance.now();
    expect(await crowd.stop()).toEqual({ code: 0, signal: null });
    expect(performance.now() - startedAt).toBeLessThan(STOP_MS_MAX);
    const { uncertain } = await openWork(crowd.database);
    expect(uncertain, 'a send was left without its outcome').toBe(0);
    const beats = await crowd.database.ownerSql('select 1 from worker_heartbeat where stopped_at is null');
    expect(beats, 'a worker left without saying so').toEqual([]);
    await crowd.start();
  }
  crowd.graph.faults.clear();
  await story;
  await settleAll(crowd.database, crowd.graph, [], crowd.post);
  expectEachAnsweredOnce(crowd.graph, 0, SIZE);
  await expectBooksRight(crowd.database, 0, SIZE);
  const [torn] = await crowd.database.ownerSql<{ n: number }>(
    'select count(*)::int as n from outbox_message where attempts <> 1 or resent_at is not null',
  );
  expect(torn?.n, 'a reply needed a second attempt').toBe(0);
  expect(await crowd.stop()).toEqual({ code: 0, signal: null });
}, 180_000);
