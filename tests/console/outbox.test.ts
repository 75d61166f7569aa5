import { afterAll, beforeAll, expect, test } from 'vitest';
import { SESSION_SECRET, type Visitor, visitorAs } from '../support/console.ts';
import { startTestService, type TestService } from '../support/service.ts';
import { waitFor } from '../support/wait-for.ts';
import { consoleShop } from './shop.ts';

let running: TestService;
let admin: Visitor;
let sales: Visitor;
const wholesalerId = consoleShop.wholesaler.id;

beforeAll(async () => {
  running = await startTestService(consoleShop, { SESSION_SECRET });
  const { url } = running.service;
  admin = await visitorAs(running.database, url, { wholesalerId, role: 'admin' });
  sales = await visitorAs(running.database, url, { wholesalerId, role: 'sales' });
  await running.chat({ name: 'Asha', phone: '919800000001' }).says('balance');
  await running.quiet();
});
afterAll(() => running?.stop());

/** The newest reply, in a state of the test's making. */
async function replyIn(state: 'failed' | 'queued', hoursWaiting = 0): Promise<string> {
  const [row] = await running.database.ownerSql<{ id: string }>(
    `insert into outbox_message (wholesaler_id, id, line_id, person_key, seq, reply, to_phone, state, not_before, error_class,
                                 error_code, error_detail, settled_at, told_at)
     select wholesaler_id, gen_random_uuid(), line_id, person_key, reply_seq + 1, '{"kind":"text","body":"word of <b>it</b>"}',
            phone, $2, app_clock() + $3 * interval '1 hour', 'final', 131009, 'a wrong value', app_clock(), app_clock()
       from conversation where wholesaler_id = $1 and phone = '919800000001'
     returning id::text as id`,
    [wholesalerId, state, hoursWaiting],
  );
  await running.database.ownerSql(`update conversation set reply_seq = reply_seq + 1 where wholesaler_id = $1`, [
    wholesalerId,
  ]);
  return row?.id ?? '';
}

const stateOf = async (id: string): Promise<string | undefined> => {
  const [row] = await running.database.ownerSql<{ state: string }>('select state from outbox_message where id = $1', [
    id,
  ]);
  return row?.state;
};

test('a reply that was given up shows why, and arrives when it is sent again', async () => {
  const id = await replyIn('failed');
  const list = await sales.get('/console/outbox');
  expect(list.body).toContain('word of &lt;b&gt;it&lt;/b&gt;');
  expect(list.body).toContain('WhatsApp does not take it (131009): a wrong value');
  const link = `/console/outbox/${id}`;
  const sheet = (await sales.get(link)).body;
  expect(sheet).not.toContain('Send again');
  // One way leads back to the chat, and everywhere its state has the same words.
  const chat = sheet.match(/href="(\/console\/conversations\/[0-9a-f-]{36})"/)?.[1] ?? '';
  for (const body of [list.body, sheet, (await sales.get(chat)).body]) expect(body).toContain('did not arrive');
  expect((await sales.post(`${link}/again`, { seen: 'failed' })).status).toBe(403);
  expect((await admin.get(link)).body).toContain('Send again');
  const twice = await Promise.all([1, 2].map(() => admin.post(`${link}/again`, { seen: 'failed' })));
  expect(twice.map(({ status }) => status)).toEqual([303, 303]);
  await waitFor('the reply to arrive', async () => (await stateOf(id)) === 'read');
  const sent = running.graph
    .sentTo('919800000001')
    .filter(({ message }) => JSON.stringify(message).includes('word of'));
  expect(sent).toHaveLength(1);
  expect((await admin.get(link)).body).toContain('reported delivered');
});

test('a waiting reply is parked with a reason, then dropped; the second of two who decide is told', async () => {
  const id = await replyIn('queued', 5);
  const link = `/console/outbox/${id}`;
  expect((await admin.get('/console/outbox?show=waiting')).body).toContain(link);
  const without = await admin.post(`${link}/park`, { seen: 'queued' });
  expect([without.status, without.body]).toEqual([422, expect.stringContaining('id="e-parkReason"')]);
  expect((await admin.post(`${link}/park`, { seen: 'queued', parkReason: 'wrong price in it' })).status).toBe(303);
  const shown = await admin.get(link);
  expect(shown.body).toContain('Parked by staff: wrong price in it');
  const second = await admin.post(`${link}/drop`, { seen: 'queued', dropReason: 'no need' });
  expect([second.status, second.body]).toEqual([409, expect.stringContaining('It changed since you looked at it')]);
  expect((await admin.post(`${link}/drop`, { seen: 'failed', dropReason: 'no need' })).status).toBe(303);
  expect(await stateOf(id)).toBe('dropped');
  const audit = (await admin.get('/console/audit')).body;
  for (const words of ['reply parked', 'reply dropped', 'wrong price in it']) expect(audit).toContain(words);
});

test('a number that cannot send says why, since when and what to do, and is tried again by hand', async () => {
  const [line] = await running.database.ownerSql<{ id: string }>(
    `insert into line_pause (wholesaler_id, line_id, until, reason, metacode, tries)
     select wholesaler_id, id, app_clock() + interval '15 minutes', 'line_stopped', 190, 3 from line where wholesaler_id = $1
     returning line_id::text as id`,
    [wholesalerId],
  );
  const id = await replyIn('queued');
  const shown = await admin.get('/console/outbox?show=waiting');
  for (const words of ['cannot send', '190', 'The access token is bad', '3 times', 'Try now']) {
    expect(shown.body).toContain(words);
  }
  expect((await sales.post(`/console/outbox/lines/${line?.id}/try`)).status).toBe(403);
  expect((await admin.post(`/console/outbox/lines/${line?.id}/try`)).location).toContain('line_tried');
  await waitFor('the reply to arrive', async () => (await stateOf(id)) === 'read');
  expect((await admin.get('/console/outbox')).body).not.toContain('cannot send');
});
