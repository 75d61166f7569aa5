import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { byteRange } from '../../src/console/byte-range.ts';
import { mustExist } from '../../src/shared/assert.ts';
import { delivery, messageFrom, text } from '../../src/simulator/payloads.ts';
import { SESSION_SECRET, type Visitor, visitorAs } from '../support/console.ts';
import { startTestService, type TestService } from '../support/service.ts';
import { consoleShop } from './shop.ts';

let running: TestService;
let sales: Visitor;
let admin: Visitor;
let controller: Visitor;
let chatId: string;
let path: string;
const wholesalerId = consoleShop.wholesaler.id;
const asha = { phone: '919800000001', name: 'Asha' };
const noor = { phone: '919800000002', name: 'Noor' };

beforeAll(async () => {
  running = await startTestService(consoleShop, { SESSION_SECRET });
  const { url } = running.service;
  sales = await visitorAs(running.database, url, { wholesalerId, role: 'sales' });
  admin = await visitorAs(running.database, url, { wholesalerId, role: 'admin' });
  controller = await visitorAs(running.database, url, { wholesalerId, role: 'credit_controller' });
  await running.chat(noor).says('hello');
  await running.chat(asha).says('2 sona masoori rice <b>');
  await running.chat(asha).says('talk to a person');
  // WhatsApp says when in whole seconds.
  await running.database.ownerSql(
    `update conversation set last_inbound_at = last_inbound_at - interval '1 minute' where phone = '${noor.phone}'`,
  );
  const [row] = await running.database.ownerSql<{ id: string }>(
    `select id::text as id from conversation where phone = '${asha.phone}'`,
  );
  chatId = mustExist(row, 'the chat').id;
  path = `/console/conversations/${chatId}`;
});
afterAll(() => running?.stop());

const heard = (): string[] =>
  running
    .chat(asha)
    .read()
    .map(({ body }) => body);

async function writes(body: string): Promise<void> {
  await running.post(delivery(running.line, { messages: [messageFrom(asha, text(body))] }));
  await running.quiet();
}

const unread = async (): Promise<number> => {
  const [row] = await running.database.ownerSql<{ unread: number }>('select unread from conversation where id = $1', [
    chatId,
  ]);
  return mustExist(row, 'the chat').unread;
};

test('the list says who wrote last, who waits for a person and what nobody has read, and finds a shop', async () => {
  await running.quiet();
  const all = (await sales.get('/console/conversations')).body;
  expect(all.indexOf('Asha Stores')).toBeLessThan(all.indexOf('Noor &lt;Traders&gt;'));
  expect(all).toContain('waits for a person');
  expect(all).toContain('1 not read');
  const waiting = (await sales.get('/console/conversations?only=waiting')).body;
  expect(waiting).toContain(path);
  expect(waiting).not.toContain('Noor');
  expect((await sales.get('/console/conversations?q=noor')).body).not.toContain('Asha Stores');
  expect((await sales.get('/console/conversations?q=98000%2000001')).body).toContain(path);
  expect((await sales.get('/console/conversations?q=nobody%25')).body).toContain('No conversation for');
  expect((await sales.get('/console/conversations?shop=noor')).body).not.toContain(path);
});

test('a chat shows both sides, how each message was read, what was decided, and how far each answer got', async () => {
  const { body } = await controller.get(path);
  expect(body).toContain('2 sona masoori rice &lt;b&gt;');
  expect(body).toMatch(/Read as an order, \d+% sure <span class="badge good">placed/);
  expect(body).toMatch(/<b>2<\/b>\s+Sona Masoori Rice 25kg/);
  expect(body).toContain('available 80,000.00 - order 2,700.00 = 77,300.00: approved');
  expect(body).toMatch(/Assistant, <time[^>]*>[^<]+<\/time>\s*<span class="tick[^"]*"><span aria-hidden="true">✓/);
  // Who may read and not answer leaves it unread, and is not offered what they may not do.
  expect(body).not.toContain('Take over');
  expect(await unread()).toBe(1);
  await sales.get(path);
  expect(await unread()).toBe(0);
});

test('a look at what has not changed is answered with nothing, and with the page once it has', async () => {
  const seen = mustExist((await sales.get(path)).body.match(/hx-get="([^"]+)"/)?.[1], 'a live part');
  const again = { 'hx-request': 'true' };
  expect(await sales.get(seen, again)).toMatchObject({ status: 204, body: '' });
  expect((await sales.get(seen)).status).toBe(200);
  await writes('are you there?');
  const { status, body } = await sales.get(seen, again);
  expect([status, body.includes('are you there?')]).toEqual([200, true]);
});

test('one takes the chat over, the second sees who has it, and only the first can write', async () => {
  expect((await sales.post(`${path}/send`, { body: 'too early' })).body).toContain('Take it over before you write');
  expect((await sales.post(`${path}/take`)).status).toBe(303);
  expect((await sales.post(`${path}/take`)).status).toBe(303);
  const second = await admin.post(`${path}/take`);
  expect([second.status, second.body]).toEqual([409, expect.stringContaining('sales of sharma leads this chat.')]);
  const refused = await admin.post(`${path}/send`, { body: 'I am\nthe <boss>' });
  expect(refused.status).toBe(422);
  expect(refused.body).toContain('Not sent: sales of sharma leads this chat.');
  expect(refused.body).toContain('I am\nthe &lt;boss&gt;</textarea>');
  // A refused form is answered elsewhere; the page goes on asking for the chat.
  expect(refused.body).toContain(`hx-get="${path}?seen=`);

  const before = heard().length;
  const form = { _key: '0190f000-0000-7000-8000-000000000001', body: 'At four o’clock.' };
  const sent = await Promise.all([sales.post(`${path}/send`, form), sales.post(`${path}/send`, form)]);
  expect(sent.map(({ status }) => status)).toEqual([303, 303]);
  await running.quiet();
  expect(heard().slice(before)).toEqual(['At four o’clock.']);
  expect((await sales.post(`${path}/send`, { body: ' ' })).body).toContain('Write something first.');
  expect((await admin.get(path)).body).toMatch(/sales of sharma, <time/);

  const [leader] = await running.database.ownerSql<{ by: string }>(
    'select taken_by as by from conversation where id = $1',
    [chatId],
  );
  expect((await admin.post(`${path}/take`, { from: leader?.by ?? '' })).status).toBe(303);
  expect((await sales.get(path)).body).toContain('Take it from admin of sharma');
});

test('outside the 24 hours nothing is sent, the reason is said, and what was typed stays', async () => {
  await running.database.ownerSql(
    `update conversation set last_inbound_at = last_inbound_at - interval '25 hours' where id = $1`,
    [chatId],
  );
  const before = heard().length;
  expect((await admin.get(path)).body).toContain('You cannot write now');
  const late = await admin.post(`${path}/send`, { body: 'Are you well?' });
  expect(late.status).toBe(422);
  expect(late.body).toMatch(/id="e-body">Not sent: nobody of the shop wrote within 24 hours/);
  expect(late.body).toContain('Are you well?</textarea>');
  await running.quiet();
  expect(heard()).toHaveLength(before);
});

test('handed back, the assistant says so and leads again; twice is as good as once', async () => {
  await writes('still there?');
  expect((await sales.post(`${path}/hand-back`)).status).toBe(303);
  expect((await sales.post(`${path}/hand-back`)).status).toBe(303);
  await running.quiet();
  expect(heard().filter((body) => /ordering assistant of Sharma & Sons again/.test(body))).toHaveLength(1);
  expect((await sales.get(path)).body).toContain('The assistant answers this chat.');
});

test('a photo is shown, a file that a browser might run is only ever saved', async () => {
  const page = `<script>alert(1)</script>`;
  running.graph.downloads.offer('PHOTO', { bytes: Buffer.from('a photo'), mimeType: 'image/jpeg' });
  running.graph.downloads.offer('PAGE', { bytes: Buffer.from(page), mimeType: 'text/html' });
  await running.chat(asha).sends({ type: 'image', image: { id: 'PHOTO', mime_type: 'image/jpeg' } });
  await running
    .chat(asha)
    .sends({ type: 'document', document: { id: 'PAGE', mime_type: 'text/html', filename: 'x.html' } });
  const links = await vi.waitFor(
    async () => {
      const { body } = await sales.get(path);
      const found = [...body.matchAll(/<a href="(\/console\/media\/[^"]+)"/g)].map(([, to]) => to ?? '');
      expect(found).toHaveLength(2);
      expect(body).toContain(`<img src="${found[0]}"`);
      expect(body).not.toContain(`<img src="${found[1]}"`);
      return found;
    },
    { timeout: 10_000 },
  );
  const answers = await Promise.all(links.map((to) => sales.get(to)));
  expect(answers.map(({ headers, body }) => [headers['content-type'], headers['content-disposition'], body])).toEqual([
    ['image/jpeg', expect.stringMatching(/^inline/), 'a photo'],
    ['application/octet-stream', expect.stringMatching(/^attachment; filename="x.html"/), page],
  ]);
  for (const { headers } of answers) {
    expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'cache-control': 'no-store' });
  }
  const part = await sales.get(links[0] ?? '', { range: 'bytes=2-' });
  expect([part.status, part.headers['content-range'], part.body]).toEqual([206, 'bytes 2-6/7', 'photo']);
});

test.each([
  ['bytes=0-3', { start: 0, end: 3 }],
  ['bytes=4-', { start: 4, end: 9 }],
  ['bytes=4-400', { start: 4, end: 9 }],
  ['bytes=-3', { start: 7, end: 9 }],
  ['bytes=-300', { start: 0, end: 9 }],
  ['bytes=10-', 'beyond'],
  ['bytes=-0', 'beyond'],
  ['bytes=5-4', null],
  ['bytes=-', null],
  ['bytes=0-1,4-5', null],
  ['lines=0-1', null],
  [undefined, null],
])('of ten bytes, %j is %j', (header, range) => {
  expect(byteRange(header, 10)).toEqual(range);
});
