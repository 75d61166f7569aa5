import { afterAll, beforeAll, expect, test } from 'vitest';
import { createApiKey } from '../../src/api/index.ts';
import { mustExist } from '../../src/shared/assert.ts';
import { consoleShop } from '../console/shop.ts';
import { startTestService, type TestService } from '../support/service.ts';
import { waitFor } from '../support/wait-for.ts';

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
  const response = await fetch(`${running.service.url}/api/v1${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: {
      authorization: `Bearer ${key}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(idempotencyKey === undefined ? {} : { 'idempotency-key': idempotencyKey }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: response.status, body: (await response.json()) as Answer['body'] };
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
