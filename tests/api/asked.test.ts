import { afterAll, beforeAll, expect, test } from 'vitest';
import { createApiKey } from '../../src/api/index.ts';
import { mustExist } from '../../src/shared/assert.ts';
import { consoleShop } from '../console/shop.ts';
import { startTestService, type TestService } from '../support/service.ts';
import { waitFor } from '../support/wait-for.ts';
import { callApi } from './support.ts';

// What shops ask for in their chats, as programs see and answer it.

let running: TestService;
let key: string;
const asha = { phone: '919800000001', name: 'Asha' };
const wholesalerId = consoleShop.wholesaler.id;

beforeAll(async () => {
  const approvers = [{ name: 'Ravi', identities: [{ kind: 'phone', value: '919800000099' }] }];
  const shop = { ...consoleShop, approvers };
  running = await startTestService(shop);
  const made = await createApiKey(running.database.db.prisma, {
    wholesalerId,
    name: 'Our ERP',
    rights: ['admin'],
    by: 'test',
  });
  key = mustExist(made, 'the key').key;
});
afterAll(() => running?.stop());

type Item = Record<string, unknown>;
type Answer = { status: number; body: Item & { items: Item[] } };

async function call(path: string, body?: unknown, idempotencyKey?: string): Promise<Answer> {
  const method = body === undefined ? 'GET' : 'POST';
  const { status, body: told } = await callApi(running.service.url, method, path, { body, key, idempotencyKey });
  return { status, body: told as Answer['body'] };
}

const heard = (what: RegExp): Promise<unknown> =>
  waitFor(`the shop to hear ${what}`, () => running.graph.sentTo(asha.phone).some(({ body }) => what.test(body)));

test('conversations are listed, and one is read page by page with what was understood and decided', async () => {
  await running.chat(asha).says('2 sona masoori rice');
  await running.chat({ phone: '919800000002', name: 'Noor' }).says('hello');
  await running.quiet();
  // WhatsApp says when in whole seconds.
  await running.database.ownerSql(
    `update conversation set last_inbound_at = last_inbound_at - interval '1 minute' where retailer_id = 'asha'`,
  );
  const first = (await call('/conversations?limit=1')).body;
  const second = (await call(`/conversations?limit=1&cursor=${first.nextCursor as string}`)).body;
  expect([...first.items, ...second.items].map(({ retailerId }) => retailerId)).toEqual(['noor', 'asha']);
  expect(second.items[0]).toMatchObject({
    handledBy: 'bot',
    last: { from: 'us', words: expect.stringMatching(/Order/) },
  });
  const path = `/conversations/${second.items[0]?.id as string}`;
  const whole = (await call(path)).body;
  const messages = whole.messages as Item[];
  expect(messages.at(-1)).toMatchObject({
    from: 'shop',
    words: '2 sona masoori rice',
    reading: { intents: ['order'], lines: [{ sku: 'RICE25', quantity: 2 }] },
    decision: { placed: true, amountMinor: 270_000 },
  });
  const page = (await call(`${path}?limit=1`)).body;
  const rest = (await call(`${path}?cursor=${page.nextCursor as string}`)).body;
  expect([page, rest].flatMap((one) => (one.messages as Item[]).map(({ id }) => id))).toEqual(
    messages.map(({ id }) => id),
  );
  expect((await call('/conversations?cursor=bm9uc2Vuc2U')).status).toBe(422);
});

test('a request for approval is answered once, by whoever is first, and the shop hears it', async () => {
  await running.chat(asha).says('90 sona masoori rice');
  await running.chat(asha).taps('Ask for approval');
  await running.quiet();
  const [open] = (await call('/approvals')).body.items;
  expect(open).toMatchObject({ retailerId: 'asha', state: 'open', amountMinor: 12_150_000, shortMinor: 4_420_000 });
  const path = `/approvals/${open?.approvalId as string}/answer`;
  const answers = [await call(path, { approve: true }, 'yes-1'), await call(path, { approve: true }, 'yes-1')];
  expect(answers).toMatchObject([
    { status: 200, body: { outcome: 'approved', availableMinor: 0, replayed: false } },
    { status: 200, body: { outcome: 'approved', replayed: true } },
  ]);
  expect(await call(path, { approve: false })).toMatchObject({
    status: 409,
    body: { code: 'APPROVAL_DECIDED', state: 'approved', decidedBy: 'Our ERP' },
  });
  await heard(/approved and placed/);
  expect((await call('/approvals')).body.items).toEqual([]);
  expect((await call('/approvals?state=decided')).body.items).toMatchObject([
    { state: 'approved', decidedBy: 'Our ERP' },
  ]);
});

test('requests that wait come page by page, the longest waiting first, also when one is answered between two pages', async () => {
  const withdrawFirst = () =>
    running.database.ownerSql(
      `update approval_request set state = 'withdrawn', decided_at = app_clock(), decided_by = 'system'
        where id = (select id from approval_request where state = 'open' order by asked_at limit 1)`,
    );
  const asked = await running.database.ownerSql<{ number: number }>(
    `with request as (
       insert into approval_request (wholesaler_id, id, order_id, retailer_id, short_minor, limit_minor, owed_minor,
                                     held_minor, overdue_minor, asked_at, expires_at)
       select wholesaler_id, gen_random_uuid(), id, retailer_id, 1, 1, 0, 0, 0,
              app_clock() - number * interval '1 minute', app_clock() + interval '1 hour'
         from orders where wholesaler_id = $1 order by number limit 2
       returning order_id)
     select number from orders where wholesaler_id = $1 and id in (select order_id from request) order by number desc`,
    [wholesalerId],
  );
  const first = (await call('/approvals?limit=1')).body;
  await withdrawFirst();
  const second = (await call(`/approvals?limit=1&cursor=${first.nextCursor as string}`)).body;
  await withdrawFirst();
  expect([...first.items, ...second.items].map(({ number }) => number)).toEqual(asked.map(({ number }) => number));
  expect(asked).toHaveLength(2);
  expect(second.nextCursor).toBeNull();
});

test('a claimed payment is accepted as claimed and booked once; another is refused with a reason', async () => {
  await running.chat(asha).says('paid 2000 upi ref AX77');
  await running.quiet();
  const [claim] = (await call('/claims')).body.items;
  expect(claim).toMatchObject({ retailerId: 'asha', amountMinor: 200_000, reference: 'AX77', hasPicture: false });
  const path = `/claims/${claim?.claimId as string}`;
  const { owedMinor: before } = await running.account('asha');
  const booked = await call(`${path}/accept`, {}, 'accept-1');
  expect(booked).toMatchObject({ status: 201, body: { appliedMinor: 200_000, replayed: false } });
  expect(await call(`${path}/accept`, {}, 'accept-1')).toMatchObject({ status: 200, body: { replayed: true } });
  expect(await call(`${path}/accept`, {})).toMatchObject({ status: 409, body: { code: 'CLAIM_DECIDED' } });
  const { paymentId } = booked.body;
  expect((await call(path)).body).toMatchObject({ reference: 'AX77', state: 'recorded', paymentId });
  expect((await running.account('asha')).owedMinor).toBe(before - 200_000n);
  await heard(/^Payment received: \*2,000\.00\* by UPI, ref AX77/);

  await running.chat(asha).says('paid 300 cash');
  await running.quiet();
  const [other] = (await call('/claims')).body.items;
  const refusal = { reason: 'nobody brought it' };
  const refuse = `/claims/${other?.claimId as string}/refuse`;
  expect(await call(refuse, refusal)).toMatchObject({ status: 200, body: { state: 'refused', replayed: false } });
  expect(await call(refuse, refusal)).toMatchObject({ status: 200, body: { replayed: true } });
  expect(await call(refuse, { reason: '' })).toMatchObject({ status: 422, body: { path: 'reason' } });
  await heard(/could not confirm.*: nobody brought it\./);
  const decided = (await call('/claims?state=decided')).body.items;
  expect(decided.map(({ state, refusal: why }) => [state, why])).toEqual([
    ['refused', 'nobody brought it'],
    ['recorded', null],
  ]);
});

test('the picture of a claimed payment is handed out as it came, and says what became of it while it is not there', async () => {
  const picture = Buffer.from([0xff, 0xd8, 0xff, 0x00, 0x0a, 0x0d]);
  const chat = running.chat(asha);
  await chat.says('paid 700 upi');
  await running.quiet();
  const [said] = (await call('/claims')).body.items;
  expect((await call(`/claims/${said?.claimId as string}/picture`)).body).toMatchObject({ code: 'NOT_FOUND' });
  await call(`/claims/${said?.claimId as string}/refuse`, { reason: 'a test' });

  running.graph.downloads.offer('SLIP', { bytes: picture, mimeType: 'image/jpeg' });
  await chat.sends({ type: 'image', image: { id: 'SLIP', mime_type: 'image/jpeg' } });
  await chat.taps('Yes, a payment');
  await running.quiet();
  const [claim] = (await call('/claims')).body.items;
  expect(claim).toMatchObject({ hasPicture: true });
  const address = `${running.service.url}/api/v1/claims/${claim?.claimId as string}/picture`;
  const get = (url = address) => fetch(url, { headers: { authorization: `Bearer ${key}` } });
  await waitFor('the picture to be fetched', async () => (await get()).status === 200);
  const answer = await get();
  expect(Buffer.from(await answer.arrayBuffer())).toEqual(picture);
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    'content-type': 'image/jpeg',
    'content-disposition': 'attachment; filename="image.jpeg"',
    'x-content-type-options': 'nosniff',
  });
  const conversations = (await call('/conversations?retailerId=asha')).body.items;
  const messages = (await call(`/conversations/${conversations[0]?.id as string}`)).body.messages as Item[];
  const sent = messages.find(({ from, words }) => from === 'shop' && /picture|image|photo/i.test(String(words)));
  const same = await get(`${running.service.url}/api/v1/deliveries/${sent?.id as string}/file`);
  expect(Buffer.from(await same.arrayBuffer())).toEqual(picture);

  await running.database.ownerSql(`update incoming_media set state = 'removed', bytes = null`);
  expect((await call(`/claims/${claim?.claimId as string}/picture`)).body).toMatchObject({
    status: 404,
    code: 'FILE_NOT_THERE',
    state: 'removed',
    retryable: false,
  });
});

test('a program leads a chat as staff do: takes it over, writes once per key, and gives it back', async () => {
  const [chat] = (await call('/conversations?retailerId=noor')).body.items;
  const path = `/conversations/${chat?.id as string}`;
  const text = { text: 'The van comes\nat four.' };
  expect(await call(`${path}/messages`, text)).toMatchObject({ status: 409, body: { code: 'NOT_TAKEN' } });
  const taken = await call(`${path}/take-over`, {});
  expect(taken).toMatchObject({ status: 200, body: { handledBy: 'person', takenBy: expect.stringMatching(/^api:/) } });
  expect((await call(path)).body).toMatchObject({ handledBy: 'person', takenBy: taken.body.takenBy });
  for (const replayed of [false, true]) {
    const status = replayed ? 200 : 201;
    expect(await call(`${path}/messages`, text, 'van-1')).toMatchObject({ status, body: { replayed } });
  }
  expect(await call(`${path}/messages`, { text: 'another' }, 'van-1')).toMatchObject({
    status: 422,
    body: { code: 'IDEMPOTENCY_KEY_REUSED' },
  });
  const words = () => running.graph.sentTo('919800000002').filter(({ body }) => body === text.text);
  await waitFor('the shop to read it', () => words().length > 0);
  await running.quiet();
  expect(words()).toHaveLength(1);
  const [said] = (await call(path)).body.messages as Item[];
  expect(said).toMatchObject({ words: text.text, saidBy: taken.body.takenBy });
  for (const wrong of [{ text: ' \n' }, { text: 'a\u0000b' }, { text: 'x'.repeat(4097) }, {}]) {
    expect(await call(`${path}/messages`, wrong)).toMatchObject({ status: 422, body: { path: 'text' } });
  }

  await running.database.ownerSql(`update conversation set taken_by = 'a-colleague' where id = $1::uuid`, [chat?.id]);
  expect(await call(`${path}/messages`, text)).toMatchObject({ status: 409, body: { code: 'HELD_BY_OTHER' } });
  expect(await call(`${path}/take-over`, {})).toMatchObject({ status: 409, body: { takenBy: 'a-colleague' } });
  expect((await call(`${path}/take-over`, { takeFrom: 'a-colleague' })).status).toBe(200);
  await running.database.ownerSql(
    `update conversation set last_inbound_at = app_clock() - interval '25 hours' where id = $1::uuid`,
    [chat?.id],
  );
  expect(await call(`${path}/messages`, text)).toMatchObject({ status: 409, body: { code: 'WINDOW_CLOSED' } });
  for (const replayed of [false, true]) {
    expect((await call(`${path}/hand-back`, {})).body).toMatchObject({ handledBy: 'bot', takenBy: null, replayed });
  }
  const actions = (await call('/audit')).body.items.map(({ action, actor }) => [action, actor]);
  expect(actions.slice(0, 2)).toEqual([
    ['chat_handed_back', taken.body.takenBy],
    ['chat_taken', taken.body.takenBy],
  ]);
});

test('the cash sheet of a day has what each cashier took, and a drawer is counted once', async () => {
  const day = new Intl.DateTimeFormat('en-CA', { timeZone: consoleShop.wholesaler.timeZone }).format(new Date());
  const paid = await call('/payments', { retailerId: 'asha', amountMinor: 1_500, method: 'cash' }, 'cash-1');
  const wrong = await call('/payments', { retailerId: 'asha', amountMinor: 400, method: 'cash' }, 'cash-2');
  await call(`/payments/${wrong.body.paymentId as string}/reverse`, { reason: 'typed twice' });
  const sheet = (await call(`/cash-sheet?day=${day}`)).body;
  const own = sheet.items.find(({ paymentId }) => paymentId === paid.body.paymentId)?.cashier as string;
  expect(own).toMatch(/^api:/);
  expect(sheet.totals).toContainEqual({
    cashier: own,
    method: 'cash',
    payments: 2,
    paidMinor: 1_900,
    reversals: 1,
    reversedMinor: 400,
  });
  expect(sheet.drawers).toContainEqual({ cashier: own, expectedMinor: 1_500, count: null });
  const page = (await call(`/cash-sheet?day=${day}&limit=1`)).body;
  const rest = (await call(`/cash-sheet?day=${day}&cursor=${page.nextCursor as string}`)).body;
  expect([...page.items, ...rest.items]).toEqual(sheet.items);

  const path = `/cash-sheet/${own}/counts`;
  for (const replayed of [false, true]) {
    const status = replayed ? 200 : 201;
    expect(await call(path, { day, countedMinor: 1_400, note: 'a coin is missing' }, 'count-1')).toMatchObject({
      status,
      body: { nth: 1, expectedMinor: 1_500, countedMinor: 1_400, replayed },
    });
  }
  expect(await call(path, { day, countedMinor: 1_500 })).toMatchObject({
    status: 409,
    body: { code: 'COUNTED_MEANWHILE', nth: 1, countedMinor: 1_400 },
  });
  expect((await call(path, { day, countedMinor: 1_500, seenNth: 1 })).body).toMatchObject({ nth: 2 });
  expect((await call(`/cash-sheet?day=${day}&cashier=${own}`)).body).toMatchObject({
    drawers: [{ expectedMinor: 1_500, count: { nth: 2, countedMinor: 1_500, countedBy: own } }],
  });
  expect((await call('/cash-sheet/staff:nobody/counts', { day, countedMinor: 1 })).status).toBe(404);
  expect((await call(path, { day: '2999-01-01', countedMinor: 1 })).body).toMatchObject({ path: 'day' });
  expect((await call('/cash-sheet?day=yesterday')).body).toMatchObject({ path: 'day' });
});

test('the largest page of claims has one behind it when there are more', async () => {
  await running.database.ownerSql(
    `insert into claimed_payment (wholesaler_id, id, retailer_id, event_id, line_id, person_key, currency, amount_minor)
     select 'sharma', gen_random_uuid(), 'noor', gen_random_uuid(), line_id, person_key, 'INR', n
       from (select line_id, person_key from conversation limit 1) c, generate_series(1, 201) n`,
  );
  const first = (await call('/claims?limit=200')).body;
  const second = (await call(`/claims?limit=200&cursor=${first.nextCursor as string}`)).body;
  const open = new Set([...first.items, ...second.items].map(({ claimId }) => claimId));
  expect([first.items.length, open.size >= 201, second.nextCursor]).toEqual([200, true, null]);
});
