import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Fault } from '../../src/simulator/fake-graph.ts';
import { startTestService, type TestService } from '../support/service.ts';
import { waitFor } from '../support/wait-for.ts';
import {
  crowdShop,
  deliver,
  EVIDENCE_WAIT_MS,
  expectBooksRight,
  expectEachAnsweredOnce,
  openWork,
  personOf,
  settleAll,
  storyOf,
} from './crowd.ts';

const SIZE = 12;
const FAULTY_CALLS = 15;

const FAULTS: [string, Fault][] = [
  ['an error of its own (500)', { kind: 'http', status: 500, body: 'html' }],
  ['"try again later" (131000)', { kind: 'error', code: 131000 }],
  ['the pair limit (131056)', { kind: 'error', code: 131056 }],
  ['the rate limit of the line (130429)', { kind: 'error', code: 130429 }],
  ['a token that expired (190)', { kind: 'error', code: 190 }],
  ['connections that break before anything is accepted', { kind: 'reset' }],
  ['connections that break after the message was accepted', { kind: 'accept_then_cut' }],
  ['answers that are cut off', { kind: 'accept_then_truncate' }],
  ['answers that nobody can read', { kind: 'accept_then_garble' }],
];
const FIRST_CHATTERER = FAULTS.length * SIZE;
const chatterers = Array.from({ length: 10 }, (_, n) => personOf(FIRST_CHATTERER + n));

let test: TestService;
beforeAll(async () => {
  test = await startTestService(crowdShop(FIRST_CHATTERER + chatterers.length), {
    OUTBOX_EVIDENCE_WAIT_MS: String(EVIDENCE_WAIT_MS),
  });
});
afterEach(() => test.graph.faults.clear());
afterAll(() => test.stop());

const post = async (body: unknown) => ({ status: await test.post(body) });

/**
 * The rests after a failure, seconds and minutes, are passed by ending them; rows that the service works on are left for
 * the next time, or the two could wait for each other.
 */
async function endRests(): Promise<void> {
  await test.database.ownerSql(
    `update outbox_message set not_before = app_clock()
      where id in (select id from outbox_message where state = 'queued' for update skip locked)`,
  );
  await test.database.ownerSql(
    `update line_pause set until = app_clock()
      where line_id in (select line_id from line_pause for update skip locked)`,
  );
}

describe('while the Graph API answers with trouble for a while', () => {
  it.each(FAULTS.map(([what, fault], index) => [what, fault, index * SIZE] as const))(
    'each reply is delivered once in the end, and in order: %s',
    { timeout: 120_000 },
    async (_, fault, first) => {
      const messageCalls = (): number => test.graph.calls() - test.graph.reads().length;
      const callsBefore = messageCalls();
      const failed = async (): Promise<boolean> => {
        await endRests();
        return messageCalls() >= callsBefore + FAULTY_CALLS;
      };
      // Of what has an unknown outcome a second try may be the last: so only first tries meet these.
      const faultyCalls = fault.kind === 'reset' ? SIZE : FAULTY_CALLS;
      test.graph.faults.next(fault, faultyCalls);
      for (const step of storyOf(first, SIZE)) await Promise.all(step.map((body) => deliver(body, post)));
      await waitFor('the trouble to be over', async () => (await failed()) || fault.kind === 'reset', 40_000);
      await settleAll(test.database, test.graph, chatterers, post, endRests);
      expectEachAnsweredOnce(test.graph, first, SIZE);
      await expectBooksRight(test.database, first, SIZE);
      expect(await openWork(test.database)).toEqual({ waiting: 0, unsent: 0, uncertain: 0 });
      const lost = await test.database.ownerSql(`select 1 from outbox_message where state in ('failed', 'dropped')`);
      expect(lost).toEqual([]);
    },
  );
});
