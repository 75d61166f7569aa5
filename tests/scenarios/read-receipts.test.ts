import { afterAll, beforeAll, expect, test } from 'vitest';
import { delivery, messageFrom, type PersonMessage, reaction, text } from '../../src/simulator/payloads.ts';
import { startTestService, type TestService } from '../support/service.ts';
import { waitFor } from '../support/wait-for.ts';
import { shop } from './shop.ts';

let service: TestService;
beforeAll(async () => {
  service = await startTestService(shop);
});
afterAll(() => service.stop());

const shows = (wamid: string) => service.graph.reads().find((read) => read.wamid === wamid);

/** Sends a message and gives its id. */
async function send(message: PersonMessage): Promise<string> {
  const id = String(message.message.id);
  expect(await service.post(delivery(service.line, { messages: [message] }))).toBe(200);
  return id;
}

test('a message that is answered is marked as read while it is worked on', async () => {
  const person = { phone: '919700000000', name: 'Zero' };
  const id = await send(messageFrom(person, text('10 ctn coke 500')));
  expect(await waitFor('the receipt', () => shows(id))).toMatchObject({ typing: true });
  await service.quiet();
});

test('who talks with staff, writes in a group or only reacts does not see us typing', async () => {
  const withStaff = { phone: '919700000001', name: 'One' };
  await service.chat(withStaff).says('hello');
  await service.database.ownerSql(`update conversation set handled_by = 'person' where phone = $1`, [withStaff.phone]);
  const other = { phone: '919700000002', name: 'Two' };
  const silent = [
    await send(messageFrom(withStaff, text('are you there?'))),
    await send(messageFrom(other, text('hi all'), { groupId: 'group-1' })),
    await send(messageFrom(other, reaction('wamid.x', '👍'))),
  ];
  await service.quiet();
  const answered = await send(messageFrom(other, text('balance')));
  await waitFor('a later receipt', () => shows(answered));
  expect(silent.map(shows)).toEqual([undefined, undefined, undefined]);
});
