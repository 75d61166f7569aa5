import { expect, it } from 'vitest';
import { delivery, messageFrom } from '../../src/simulator/payloads.ts';
import { startTestService } from '../support/service.ts';
import { crowdShop, hampers, personOf, phoneOf } from './crowd.ts';

it('pools of one connection each are slow at worst: every order is placed and answered', async () => {
  const size = 30;
  const test = await startTestService(crowdShop(size), { POOL_WEB: '1', POOL_WORKERS: '1', POOL_OUTBOX: '1' });
  const people = Array.from({ length: size }, (_, n) => n);
  await Promise.all(
    people.map((n) => test.post(delivery(test.line, { messages: [messageFrom(personOf(n), hampers(1))] }))),
  );
  await test.quiet();
  for (const n of people) {
    expect(test.graph.sentTo(phoneOf(n)).map(({ body }) => body)).toEqual([expect.stringMatching(/placed/)]);
  }
  await test.stop();
});
