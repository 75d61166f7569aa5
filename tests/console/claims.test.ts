import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { mustExist } from '../../src/shared/assert.ts';
import { SESSION_SECRET, type Visitor, visitorAs } from '../support/console.ts';
import { startTestService, type TestService } from '../support/service.ts';
import { consoleShop } from './shop.ts';

let running: TestService;
let cashier: Visitor;
let admin: Visitor;
let sales: Visitor;
const wholesalerId = consoleShop.wholesaler.id;
const QUEUE = '/console/payments/claims';
const asha = { phone: '919800000001', name: 'Asha' };
const noor = { phone: '919800000002', name: 'Noor' };

beforeAll(async () => {
  running = await startTestService(consoleShop, { SESSION_SECRET });
  const { url } = running.service;
  cashier = await visitorAs(running.database, url, { wholesalerId, role: 'cashier' });
  admin = await visitorAs(running.database, url, { wholesalerId, role: 'admin' });
  sales = await visitorAs(running.database, url, { wholesalerId, role: 'sales' });
});
afterAll(() => running?.stop());

const heard = ({ phone }: { phone: string }): string[] => running.graph.sentTo(phone).map(({ body }) => body);
const owed = async (): Promise<bigint> => (await running.account('asha')).owedMinor;

async function newest(): Promise<string> {
  const [row] = await running.database.ownerSql<{ id: string }>(
    `select id::text as id from claimed_payment where state = 'open' order by id desc limit 1`,
  );
  return `${QUEUE}/${mustExist(row, 'an open claim').id}`;
}

test('a claim is checked with its picture, booked once whoever sends the form, and the shop gets its receipt', async () => {
  running.graph.downloads.offer('SLIP', { bytes: Buffer.from('a slip'), mimeType: 'image/jpeg' });
  const chat = running.chat(asha);
  await chat.sends({ type: 'image', image: { id: 'SLIP', mime_type: 'image/jpeg' } });
  await chat.taps('Yes, a payment');
  await chat.says('I paid 2000 by UPI, ref AX7781');
  await running.quiet();
  const claim = await newest();
  const list = (await cashier.get(QUEUE)).body;
  expect(list).toMatch(/Claimed, to check<\/span><strong>1/);
  expect(list).toContain('AX7781');
  expect((await sales.get(QUEUE)).status).toBe(403);
  expect((await sales.get('/console/payments')).body).not.toContain('Claimed');
  expect((await cashier.get('/console')).body).toContain('Claimed payments to check');

  await vi.waitFor(async () => expect((await cashier.get(claim)).body).toContain(`<img src="${claim}/photo"`), {
    timeout: 10_000,
  });
  // A cashier does not read chats, and sees the picture of a claim all the same.
  const photo = await cashier.get(`${claim}/photo`);
  expect([photo.body, photo.headers['content-type']]).toEqual(['a slip', 'image/jpeg']);
  const page = (await cashier.get(claim)).body;
  expect(page).toContain('value="2,000.00"');
  expect(page).toContain('<option value="upi" selected>');
  expect(page).toContain('value="AX7781"');

  const form = { _key: 'accept-1', amount: '2,000.00', method: 'upi', reference: 'AX7781', how: 'oldest' };
  const before = await owed();
  const sent = await Promise.all([1, 2].map(() => cashier.post(`${claim}/accept`, form)));
  expect(new Set(sent.map(({ location }) => location)).size).toBe(1);
  expect(sent[0]?.location).toMatch(/^\/console\/payments\/[0-9a-f-]{36}\?notice=claim_recorded$/);
  expect(await owed()).toBe(before - 200_000n);
  await running.quiet();
  expect(heard(asha).filter((body) => /^Payment received: \*2,000\.00\* by UPI, ref AX7781/.test(body))).toHaveLength(
    1,
  );

  const late = await admin.post(`${claim}/accept`, { ...form, _key: 'accept-2', again: 'yes' });
  expect([late.status, late.body]).toEqual([409, expect.stringContaining('Somebody else was first')]);
  expect(late.body).toContain('cashier of sharma');
  expect((await admin.post(`${claim}/refuse`, { reason: 'no' })).status).toBe(409);
  expect(await owed()).toBe(before - 200_000n);
  expect((await cashier.get(`${QUEUE}?state=decided`)).body).toContain('recorded');
});

test('a reference that is known is shown with its payment, and booked again only by whoever says so', async () => {
  await running.chat(noor).says('paid 500 upi ref ax-7781');
  await running.quiet();
  const claim = await newest();
  const page = (await cashier.get(claim)).body;
  expect(page).toMatch(
    /The reference ax-7781 is known already:[\s\S]*claimed[\s\S]*for <a href="\/console\/accounts\/asha">/,
  );
  const form = { _key: 'accept-3', amount: '500', method: 'upi', reference: 'AX7781', how: 'oldest' };
  const warned = await cashier.post(`${claim}/accept`, form);
  expect([warned.status, warned.body]).toEqual([422, expect.stringContaining('AX7781 was recorded on')]);
  expect(warned.body).toContain('name="again" value="yes"');
  const wrong = await cashier.post(`${claim}/accept`, { ...form, amount: '5,00,0', reference: '' });
  expect(wrong.status).toBe(422);
  for (const name of ['amount', 'reference']) expect(wrong.body).toContain(`id="e-${name}"`);
  expect(wrong.body).toContain('value="5,00,0"');
});

test('a claim is refused with a reason, in whose words the shop hears it, once', async () => {
  const claim = await newest();
  const empty = await cashier.post(`${claim}/refuse`, { reason: ' ' });
  expect([empty.status, empty.body]).toEqual([422, expect.stringContaining('id="e-reason">Say why')]);
  const refusal = { reason: 'nothing came into our bank' };
  expect((await cashier.post(`${claim}/refuse`, refusal)).status).toBe(303);
  expect((await cashier.post(`${claim}/refuse`, refusal)).status).toBe(303);
  await running.quiet();
  expect(heard(noor).filter((body) => /could not confirm.*: nothing came into our bank\./.test(body))).toHaveLength(1);
  const late = await admin.post(`${claim}/refuse`, { reason: 'another' });
  expect(late.status).toBe(409);
  expect(late.body).toContain('nothing came into our bank');
  expect((await cashier.get(`${QUEUE}/nonsense`)).status).toBe(404);
});
