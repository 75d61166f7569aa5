import { afterAll, beforeAll, expect, test } from 'vitest';
import { readConversation } from '../../src/chats/index.ts';
import { delivery, messageFrom, text } from '../../src/simulator/payloads.ts';
import { SESSION_SECRET, type Visitor, visitorAs } from '../support/console.ts';
import { startTestService, type TestService } from '../support/service.ts';
import { addTenant } from '../support/tenants.ts';
import { waitFor } from '../support/wait-for.ts';
import { parkNewestMessage } from './parked.ts';
import { consoleShop } from './shop.ts';

let running: TestService;
let admin: Visitor;
const wholesalerId = consoleShop.wholesaler.id;
const ASHA = { name: 'Asha <b>', phone: '919800000001' };

beforeAll(async () => {
  running = await startTestService(consoleShop, { SESSION_SECRET });
  admin = await visitorAs(running.database, running.service.url, { wholesalerId, role: 'admin' });
  await running.chat(ASHA).says('2 sona masoori rice');
  await running.quiet();
});
afterAll(() => running?.stop());

const orders = async (): Promise<number> => {
  const [row] = await running.database.ownerSql<{ count: number }>('select count(*)::int as count from orders');
  return row?.count ?? 0;
};
const linksIn = (body: string): string[] =>
  [...body.matchAll(/href="(\/console\/deliveries\/[0-9a-f-]{36})"/g)].map(([, link]) => link ?? '');

test('a message is shown as it came and with all that it became', async () => {
  const list = await admin.get('/console/deliveries?kind=message');
  expect(list.body).toContain('2 sona masoori rice');
  const [link = ''] = linksIn(list.body);
  const { body } = await admin.get(link);
  for (const part of [
    // The payload as text, never as markup.
    '&quot;body&quot;: &quot;2 sona masoori rice&quot;',
    '<mark class="sure">',
    'Sona Masoori Rice 25kg',
    '% sure',
    '= available before',
    'approved',
    'on hold +2,700.00',
    'order 1001</a>',
    'Order <strong>1001</strong> placed',
  ]) {
    expect(body).toContain(part);
  }
  expect(body).not.toContain('Asha <b>');
  const file = await admin.get(`${link}/payload`);
  expect(JSON.parse(file.body)).toMatchObject({ type: 'text', text: { body: '2 sona masoori rice' } });
});

test('a parked message is processed again once, however often that is asked, and says what became of it', async () => {
  const before = await orders();
  const id = await parkNewestMessage(running, wholesalerId);
  const link = `/console/deliveries/${id}`;
  const needs = await admin.get('/console/deliveries?state=parked');
  expect(linksIn(needs.body)).toEqual([link]);
  const shown = await admin.get(link);
  expect(shown.body).toContain('the &lt;price&gt; list was away');
  const answers = await Promise.all([1, 2, 3, 4].map(() => admin.post(`${link}/again`)));
  const [to] = new Set(answers.map(({ location }) => location?.split('?')[0]));
  expect(new Set(answers.map(({ location }) => location)).size).toBe(1);
  await running.quiet();
  expect(await orders()).toBe(before + 1);
  expect((await admin.get(to ?? '')).body).toContain('processed again');
  expect((await admin.get(link)).body).toContain(to ?? 'no link');
  expect(linksIn((await admin.get('/console/deliveries?state=parked')).body)).toEqual([]);
  // In its chat it stands once, as what it became.
  const [chat] = await running.database.ownerSql<{ id: string }>(
    `select id::text as id from conversation where phone = '919800000001' and home_key is null`,
  );
  const seen = await readConversation(running.database.db.prisma, { wholesalerId, chatId: chat?.id ?? '' });
  const heard = seen?.messages.filter(({ from }) => from === 'shop').map((message) => message.id) ?? [];
  expect([heard.includes(id), heard.includes(to?.split('/').at(-1) ?? '')]).toEqual([false, true]);
  const audit = await running.database.ownerSql(
    `select actor, action, subject from audit_entry where action like 'delivery%'`,
  );
  expect(audit).toEqual([
    { actor: expect.stringMatching(/^staff:/), action: 'delivery_processed_again', subject: { delivery: id } },
  ]);
});

test('one that is set aside needs a reason, and is not processed again', async () => {
  const before = await orders();
  const id = await parkNewestMessage(running, wholesalerId);
  const link = `/console/deliveries/${id}`;
  expect((await admin.post(`${link}/set-aside`)).body).toContain('id="e-reason"');
  expect(await admin.post(`${link}/set-aside`, { reason: 'called the shop' })).toMatchObject({ status: 303 });
  const late = await admin.post(`${link}/again`);
  expect(late.location).toContain('delivery_decided');
  await running.quiet();
  expect(await orders()).toBe(before);
  expect((await admin.get('/console/audit')).body).toContain('called the shop');
});

test('what was processed well cannot be processed again', async () => {
  const [link = ''] = linksIn((await admin.get('/console/deliveries?kind=message')).body).slice(-1);
  const before = await orders();
  expect((await admin.post(`${link}/again`)).location).toContain('delivery_decided');
  await running.quiet();
  expect(await orders()).toBe(before);
});

test('of a delivery with parts for two wholesalers each sees its own', async () => {
  const other = await addTenant(running.database);
  const mixed = delivery(running.line, { messages: [messageFrom(ASHA, text('ours alone'))] });
  const theirs = delivery(
    { ...running.line, phoneNumberId: other.phoneNumberId },
    { messages: [messageFrom({ phone: '919877777777' }, text('theirs alone'))] },
  );
  const entries = [...(mixed as { entry: unknown[] }).entry, ...(theirs as { entry: unknown[] }).entry];
  expect(await running.post({ ...mixed, entry: entries })).toBe(200);
  await running.quiet();
  const stranger = await visitorAs(running.database, running.service.url, {
    wholesalerId: other.wholesalerId,
    role: 'admin',
  });
  const ours = (await admin.get('/console/deliveries?kind=message')).body;
  const seen = (await stranger.get('/console/deliveries')).body;
  expect([ours.includes('ours alone'), ours.includes('theirs alone')]).toEqual([true, false]);
  expect([seen.includes('ours alone'), seen.includes('theirs alone')]).toEqual([false, true]);
  const [link = ''] = linksIn(ours);
  for (const path of [link, `${link}/payload`]) expect((await stranger.get(path)).status).toBe(404);
  expect((await stranger.post(`${link}/again`)).status).toBe(404);
});

test('the list is filtered by kind, state and day, and what is rare is found behind ten thousand others', async () => {
  await running.database.ownerSql(
    `insert into inbox_event (wholesaler_id, id, line_id, event_key, kind, payload, sent_at, state)
     select $1, ('a0000000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, id, 'f:crowd' || n, 'notice', '{}', app_clock(), 'kept'
       from line, generate_series(1, 10050) as n where wholesaler_id = $1`,
    [wholesalerId],
  );
  const first = await admin.get('/console/deliveries?kind=internal');
  const next = first.body.match(/href="([^"]*before=[^"]*)" rel="next"/)?.[1]?.replaceAll('&amp;', '&') ?? '';
  expect([linksIn(first.body), next]).toEqual([[], expect.stringContaining('kind=internal')]);
  const statuses = await admin.get(next.replace('internal', 'status'));
  expect(statuses.body).toContain('a reply was delivered');
  expect(statuses.body).not.toContain('rel="next"');
  const day = new Date().toISOString().slice(0, 4);
  const old = await admin.get(`/console/deliveries?to=${Number(day) - 1}-12-31`);
  expect(old.body).toContain('No deliveries');
  const waiting = await waitFor('nothing to wait', async () => admin.get('/console/deliveries?state=waiting'));
  expect(linksIn(waiting.body)).toEqual([]);
  expect((await admin.get('/console/deliveries?kind=x&state=y&from=z&before=q')).status).toBe(200);
});
