import { afterEach, beforeEach, expect, it } from 'vitest';
import { waitFor } from '../support/wait-for.ts';
import {
  deliver,
  expectBooksRight,
  expectEachAnsweredOnce,
  openWork,
  personOf,
  repliesSent,
  settleAll,
  settling,
  storyOf,
} from './crowd.ts';
import { type CrowdService, SOON_SENT_AGAIN, startCrowdService } from './crowd-service.ts';

const SIZE = 60;
const chatterers = Array.from({ length: 10 }, (_, n) => personOf(SIZE + n));

let crowd: CrowdService;
beforeEach(async () => {
  crowd = await startCrowdService(SIZE + chatterers.length, SOON_SENT_AGAIN);
});
afterEach(() => crowd.close());

it('a service that is killed again and again answers every message once and in order, and holds every order once', async () => {
  const doneEvents = async (): Promise<number> => {
    const [row] = await crowd.database.ownerSql<{ n: number }>(
      `select count(*)::int as n from inbox_event where state = 'done' and kind = 'message'`,
    );
    return row?.n ?? 0;
  };
  // Each at another place of the road: with deliveries half taken in, in the middle of a set, in the middle of sends.
  const kills = [
    { when: 'a third of the first step is worked on', reached: async () => (await doneEvents()) >= SIZE / 3 },
    {
      when: 'a good half of the first answers are sent',
      reached: async () => (await repliesSent(crowd.database)) >= SIZE * 0.6,
    },
    { when: 'most of all answers are sent', reached: async () => (await repliesSent(crowd.database)) >= SIZE * 2 },
  ];
  let isTold = false;
  const story = (async () => {
    for (const step of storyOf(0, SIZE)) await Promise.all(step.map((body) => deliver(body, crowd.post)));
    isTold = true;
  })();
  // When replies that a kill left open are all that is left, nothing more is sent without evidence.
  const settled = settling(crowd.database, crowd.graph, chatterers, crowd.post);
  for (const { when, reached } of kills) {
    // Sends and tries that a kill tore rest under their leases, half a minute at the most.
    await waitFor(when, async () => (await reached()) || ((await settled()) && isTold), 45_000);
    await crowd.killAndRestart();
  }
  await story;
  await settleAll(crowd.database, crowd.graph, chatterers, crowd.post);

  expectEachAnsweredOnce(crowd.graph, 0, SIZE);
  await expectBooksRight(crowd.database, 0, SIZE);
  expect(await openWork(crowd.database)).toEqual({ waiting: 0, unsent: 0, uncertain: 0 });
}, 180_000);
