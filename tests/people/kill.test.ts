import { afterEach, beforeEach, expect, it } from 'vitest';
import { delivery, messageFrom, type Person, text } from '../../src/simulator/payloads.ts';
import {
  deliver,
  expectBooksRight,
  expectEachAnsweredOnce,
  hampers,
  line,
  openWork,
  personOf,
  settleAll,
} from '../scenarios/crowd.ts';
import { type CrowdService, SOON_SENT_AGAIN, startCrowdService } from '../scenarios/crowd-service.ts';
import { waitFor } from '../support/wait-for.ts';

const SIZE = 40;
const chatterers = Array.from({ length: 10 }, (_, n) => personOf(SIZE + n));

let crowd: CrowdService;
beforeEach(async () => {
  crowd = await startCrowdService(SIZE + chatterers.length, SOON_SENT_AGAIN);
});
afterEach(() => crowd.close());

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
    const [row] = await crowd.database.ownerSql<{ n: number }>(
      'select count(*)::int as n from conversation where home_key is not null',
    );
    return row?.n ?? 0;
  };
  const story = (async () => {
    for (const step of steps) await Promise.all(step.map((body) => deliver(body, crowd.post)));
  })();
  for (const share of [0.1, 0.6]) {
    await waitFor(`${share} of all queues to be joined`, async () => (await joined()) >= SIZE * share, 45_000);
    await crowd.killAndRestart();
  }
  await story;
  await settleAll(crowd.database, crowd.graph, chatterers, crowd.post);

  expectEachAnsweredOnce(crowd.graph, 0, SIZE);
  await expectBooksRight(crowd.database, 0, SIZE);
  expect(await openWork(crowd.database)).toEqual({ waiting: 0, unsent: 0, uncertain: 0 });
  expect(await joined()).toBe(SIZE);
}, 180_000);
