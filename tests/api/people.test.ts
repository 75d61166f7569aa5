import { afterAll, beforeAll, expect, test } from 'vitest';
import { createApiKey } from '../../src/api/index.ts';
import { mustExist } from '../../src/shared/assert.ts';
import { identityChanged } from '../../src/simulator/payloads.ts';
import { consoleShop } from '../console/shop.ts';
import { type People, startPeople } from '../people/support.ts';
import { waitFor } from '../support/wait-for.ts';
import { callApi } from './support.ts';

// Who orders on whose account, as a program decides it: each person writes from a phone, and hears what was decided.

let running: People;
let key: string;
let actor: string;
beforeAll(async () => {
  running = await startPeople(consoleShop);
  const wholesalerId = consoleShop.wholesaler.id;
  const wanted = { wholesalerId, name: 'Our CRM', rights: ['admin'] as const, by: 'test' };
  const made = mustExist(await createApiKey(running.database.db.prisma, wanted), 'the key');
  key = made.key;
  actor = `api:${made.id}`;
});
afterAll(() => running?.stop());

type Item = Record<string, unknown>;
type Answer = { status: number; body: Item & { items: Item[] } };

async function call(method: string, path: string, body?: unknown, idempotencyKey?: string): Promise<Answer> {
  const { status, body: told } = await callApi(running.service.url, method, path, { body, key, idempotencyKey });
  return { status, body: told as Answer['body'] };
}
const get = (path: string) => call('GET', path);
const post = (path: string, body: unknown = {}, idempotencyKey?: string) => call('POST', path, body, idempotencyKey);

const hears = (phone: string, what: RegExp): Promise<unknown> =>
  waitFor(`${phone} to hear ${what}`, () => running.graph.sentTo(phone).some(({ body }) => what.test(body)));

/** Somebody whom nobody knows writes, and waits to be registered. */
async function stranger(phone: string): Promise<string> {
  await running.chat({ phone, name: `Name ${phone.slice(-2)}` }).says('hello');
  await running.quiet();
  const { items } = (await get('/registrations?limit=200')).body;
  return mustExist(items.find((one) => one.phone === phone)?.registrationId as string | undefined, 'a registration');
}

test('a stranger is accepted as a person of a shop, and orders on its account', async () => {
  const phone = '919800000011';
  const id = await stranger(phone);
  expect((await get('/registrations')).body.items).toMatchObject([
    { registrationId: id, phone, profileName: 'Name 11', givenPhone: null },
  ]);
  expect(await post(`/registrations/${id}/accept`, { retailerId: 'nobody' })).toMatchObject({ status: 404 });
  expect(await post(`/registrations/${id}/accept`, {})).toMatchObject({ status: 422, body: { path: 'retailerId' } });
  for (const replayed of [false, true]) {
    const answer = await post(`/registrations/${id}/accept`, { retailerId: 'asha' }, 'accept-11');
    expect(answer).toEqual({
      status: 200,
      body: { registrationId: id, state: 'approved', retailerId: 'asha', replayed },
    });
  }
  expect(await post(`/registrations/${id}/accept`, { retailerId: 'asha' })).toMatchObject({
    status: 409,
    body: { code: 'REGISTRATION_DECIDED', state: 'approved' },
  });
  expect((await get('/registrations')).body.items).toEqual([]);
  await hears(phone, /Welcome/);
  expect((await running.chat({ phone }).says('2 sona masoori rice')).body).toMatch(/Order/);
  const { items } = (await get('/audit?limit=1')).body;
  expect(items).toMatchObject([{ actor, action: 'registration_approved', subject: { requestId: id } }]);
});

test('a stranger is accepted as a new shop with its account: all of it or nothing', async () => {
  const phone = '919800000012';
  const id = await stranger(phone);
  const newShop = { id: 'tara', name: 'Tara Stores', account: { limitMinor: 500_000, termsDays: 7 } };
  const taken = { ...newShop, id: 'noor' };
  expect(await post(`/registrations/${id}/accept`, { newShop: taken })).toMatchObject({
    status: 409,
    body: { code: 'RETAILER_EXISTS' },
  });
  expect(await post(`/registrations/${id}/accept`, { newShop, retailerId: 'asha' })).toMatchObject({ status: 422 });
  const nobody = '0190b5a0-0000-7000-8000-000000000000';
  expect(await post(`/registrations/${nobody}/accept`, { newShop })).toMatchObject({ status: 404 });
  expect(await get('/retailers/tara')).toMatchObject({ status: 404 });

  expect(await post(`/registrations/${id}/accept`, { newShop })).toMatchObject({
    status: 200,
    body: { state: 'approved', retailerId: 'tara' },
  });
  expect((await get('/retailers/tara')).body).toMatchObject({
    hasAccount: true,
    identities: [{ kind: 'phone', value: phone }],
  });
  expect((await get('/accounts/tara')).body).toMatchObject({ limitMinor: 500_000, termsDays: 7 });
  await hears(phone, /Welcome/);
  expect((await running.chat({ phone }).says('1 sona masoori rice')).body).toMatch(/Order/);
});

test('a stranger is refused, hears it, and may be accepted later', async () => {
  const phone = '919800000013';
  const id = await stranger(phone);
  expect((await post(`/registrations/${id}/refuse`)).body).toMatchObject({ state: 'refused', replayed: false });
  expect((await post(`/registrations/${id}/refuse`)).body).toMatchObject({ state: 'refused', replayed: true });
  await hears(phone, /could not register you/);
  expect((await post(`/registrations/${id}/accept`, { retailerId: 'asha' })).body).toMatchObject({ state: 'approved' });
  expect(await post(`/registrations/${id}/refuse`)).toMatchObject({
    status: 409,
    body: { code: 'REGISTRATION_DECIDED', state: 'approved' },
  });
});

test('of two who accept a stranger at once, one is first and the other learns it', async () => {
  const phone = '919800000017';
  const id = await stranger(phone);
  const answers = await Promise.all(
    ['asha', 'noor'].map((retailerId) => post(`/registrations/${id}/accept`, { retailerId })),
  );
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
  const winner = answers.find(({ status }) => status === 200)?.body.retailerId as string;
  const owners = await running.database.ownerSql<{ retailer_id: string }>(
    'select retailer_id from identity where value = $1 and valid_to is null',
    [phone],
  );
  expect(owners).toEqual([{ retailer_id: winner }]);
});

test('the queue is read page by page, and a decision in between shifts nothing', async () => {
  const ids = [await stranger('919800000014'), await stranger('919800000015'), await stranger('919800000016')];
  const first = (await get('/registrations?limit=1')).body;
  expect(first.items).toMatchObject([{ registrationId: ids[0] }]);
  await post(`/registrations/${ids[0]}/refuse`);
  const rest = (await get(`/registrations?cursor=${first.nextCursor as string}`)).body;
  expect(rest.items.map(({ registrationId }) => registrationId)).toEqual(ids.slice(1));
  expect(rest.nextCursor).toBeNull();
});

test('a new number of a known shop is confirmed once; the old one has left', async () => {
  const [old, fresh] = [
    { phone: '919800000001', bsuid: 'IN.OLD1' },
    { phone: '919800000021', bsuid: 'IN.NEW1' },
  ];
  await running.chat(old).says('balance');
  await running.notes(old, identityChanged({ ...fresh, previousBsuid: old.bsuid }));
  const { items } = (await get('/identity-links')).body;
  expect(items).toMatchObject([{ retailerId: 'asha', reason: 'number_changed', phone: fresh.phone }]);
  const to = `/identity-links/${items[0]?.linkId as string}`;
  expect((await post(`${to}/confirm`)).body).toMatchObject({ state: 'confirmed', replayed: false });
  expect((await post(`${to}/confirm`)).body).toMatchObject({ state: 'confirmed', replayed: true });
  expect(await post(`${to}/refuse`)).toMatchObject({ status: 409, body: { code: 'LINK_DECIDED', state: 'confirmed' } });
  expect((await get('/identity-links')).body.items).toEqual([]);
  const values = async (query: string) =>
    (await get(`/retailers/asha/identities${query}`)).body.items.map(({ value, endedAt }) => [value, endedAt !== null]);
  const now = await values('');
  expect(now).toContainEqual([fresh.phone, false]);
  expect(now).not.toContainEqual([old.phone, false]);
  expect(await values('?state=all')).toContainEqual([old.phone, true]);
});

test('a phone is linked to a shop and unlinked again; that of another shop is not taken', async () => {
  const identity = { kind: 'phone', value: '919800000031' };
  const identityId = expect.any(String);
  const first = await post('/retailers/noor/identities', identity);
  expect(first).toEqual({ status: 201, body: { retailerId: 'noor', identityId, replayed: false } });
  expect(await post('/retailers/noor/identities', identity)).toMatchObject({
    status: 200,
    body: { ...first.body, replayed: true },
  });
  expect(await post('/retailers/asha/identities', identity)).toMatchObject({
    status: 409,
    body: { code: 'IDENTITY_TAKEN', detail: expect.stringContaining('Noor') },
  });
  expect(await post('/retailers/nobody/identities', identity)).toMatchObject({ status: 404 });
  expect(await post('/retailers/noor/identities', { kind: 'phone', value: '+91' })).toMatchObject({
    status: 422,
    body: { path: 'value' },
  });
  const to = `identities/${first.body.identityId as string}/unlink`;
  expect(await post(`/retailers/asha/${to}`)).toMatchObject({ status: 404 });
  for (const replayed of [false, true]) {
    expect((await post(`/retailers/noor/${to}`)).body).toMatchObject({ retailerId: 'noor', replayed });
  }
  expect((await post('/retailers/asha/identities', identity)).status).toBe(201);
  expect((await running.audit('noor')).slice(-2)).toEqual(['identity_linked', 'identity_unlinked']);
});

test('an approver who gets a shop besides decides as before', async () => {
  await running.database.ownerSql(
    `with one as (insert into approver (wholesaler_id, id, name) values ('sharma', gen_random_uuid(), 'Ravi') returning id)
     insert into identity (wholesaler_id, id, kind, value, approver_id)
     select 'sharma', gen_random_uuid(), 'phone', '919800000099', id from one`,
  );
  await post('/retailers/noor/identities', { kind: 'phone', value: '919800000099' });
  const { items } = (await get('/retailers/noor/identities')).body;
  const ravi = items.find(({ value }) => value === '919800000099');
  expect(ravi).toMatchObject({ isApprover: true, endedAt: null });
  const to = `/retailers/noor/identities/${ravi?.identityId as string}/unlink`;
  for (const replayed of [false, true]) expect((await post(to)).body).toMatchObject({ replayed });
  expect((await get('/approvers')).body.items).toMatchObject([{ name: 'Ravi', identities: [{ shop: null }] }]);
});

test('a shop is changed by whoever read it last', async () => {
  const before = (await get('/retailers/noor')).body;
  const changed = await call('PATCH', '/retailers/noor', { seen: before.version, language: 'hi', priceList: 'gold' });
  expect(changed).toMatchObject({ status: 200, body: { language: 'hi', priceList: 'gold', replayed: false } });
  expect(await call('PATCH', '/retailers/noor', { seen: before.version, priceList: 'gold' })).toMatchObject({
    status: 200,
    body: { replayed: true },
  });
  expect(await call('PATCH', '/retailers/noor', { seen: before.version, name: 'Noor' })).toMatchObject({
    status: 409,
    body: { code: 'CHANGED_MEANWHILE', version: changed.body.version },
  });
  const emptied = { seen: changed.body.version, language: null, priceList: null };
  expect((await call('PATCH', '/retailers/noor', emptied)).body).toMatchObject({ language: null, priceList: null });
  expect(await call('PATCH', '/retailers/noor', { ...emptied, name: ' x' })).toMatchObject({
    status: 422,
    body: { path: 'name' },
  });
});
