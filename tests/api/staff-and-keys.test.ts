import { afterAll, beforeAll, expect, test } from 'vitest';
import { holds, RIGHTS } from '../../src/api/rights.ts';
import { mustExist } from '../../src/shared/assert.ts';
import { createStaffDesk, type StaffDesk } from '../../src/staff/index.ts';
import { SESSION_SECRET } from '../support/console.ts';
import { type Answer, type ApiBench, startApi } from './support.ts';

let api: ApiBench;
let desk: StaffDesk;
beforeAll(async () => {
  api = await startApi();
  desk = createStaffDesk({ db: api.database.db, secret: SESSION_SECRET });
});
afterAll(() => api.stop());

const tokenOf = ({ body }: Answer): string =>
  /^\/console\/welcome\?token=([\w-]{43})$/.exec(body.link as string)?.[1] ?? '';

/** Uses the link of an invitation, and gives the session that it opened. */
async function comesIn(invited: Answer): Promise<string> {
  return mustExist(await desk.acceptInvitation(tokenOf(invited), 'four plain words here'), 'the link is good').token;
}
const roleOf = async (session: string) => (await desk.sessionOf(session, { touch: false }))?.staff.role;
const keptAnswers = async () =>
  JSON.stringify(await api.database.ownerSql('select answer from kept_answer where answer is not null'));

test('somebody is invited, comes in, gets another role, and leaves', async () => {
  const person = { email: 'Om@example.com', name: 'Om', role: 'sales' };
  const invited = await api.post('/staff', person, { idempotencyKey: 'om' });
  expect(invited).toMatchObject({ status: 201, body: { ...person, replayed: false } });
  const session = await comesIn(invited);
  expect(await roleOf(session)).toBe('sales');

  const to = `/staff/${invited.body.staffId as string}`;
  for (const replayed of [false, true]) {
    const changed = await api.call('PATCH', to, { body: { role: 'cashier' } });
    expect(changed).toMatchObject({ status: 200, body: { role: 'cashier', hasPassword: true, replayed } });
  }
  expect(await roleOf(session)).toBe('cashier');
  for (const replayed of [false, true]) {
    const left = await api.post(`/staff/${(invited.body.staffId as string).toUpperCase()}/leave`, {});
    expect(left).toMatchObject({ status: 200, body: { leftAt: expect.any(String), replayed } });
  }
  expect(await roleOf(session)).toBeUndefined();
  expect(await api.call('PATCH', to, { body: { role: 'admin' } })).toMatchObject({ status: 404 });
  const { body: audit } = await api.get('/audit?limit=4');
  expect(audit.items).toMatchObject([
    { action: 'staff_left', actor: expect.stringMatching(/^api:/) },
    { action: 'staff_role_changed', after: { role: 'cashier' } },
    { action: 'staff_password_set' },
    { action: 'staff_invited', actor: expect.stringMatching(/^api:/) },
  ]);
});

test('the link of an invitation is shown once and kept nowhere', async () => {
  const person = { email: 'tara@example.com', name: 'Tara', role: 'viewer' };
  const first = await api.post('/staff', person, { idempotencyKey: 'tara' });
  const again = await api.post('/staff', person, { idempotencyKey: 'tara' });
  expect(again).toMatchObject({ status: 200, body: { ...first.body, link: null, replayed: true } });
  expect(await keptAnswers()).not.toContain(tokenOf(first));
  expect(await roleOf(await comesIn(first))).toBe('viewer');
});

test('the last admin who can sign in is neither sent away nor made less', async () => {
  const invited = await api.post('/staff', { email: 'asha@example.com', name: 'Asha', role: 'admin' });
  await comesIn(invited);
  const to = `/staff/${invited.body.staffId as string}`;
  const refused = { status: 409, body: { code: 'LAST_ADMIN', retryable: false } };
  expect(await api.post(`${to}/leave`, {})).toMatchObject(refused);
  expect(await api.call('PATCH', to, { body: { role: 'viewer' } })).toMatchObject(refused);
  const less = { email: 'ASHA@example.com', name: 'Asha', role: 'sales' };
  expect(await api.post('/staff', less)).toMatchObject(refused);
  // One who was invited cannot sign in yet.
  const other = await api.post('/staff', { email: 'ravi@example.com', name: 'Ravi', role: 'admin' });
  expect(await api.post(`${to}/leave`, {})).toMatchObject(refused);
  await comesIn(other);
  expect(await api.post(`${to}/leave`, {})).toMatchObject({ status: 200 });
});

test('staff are listed page by page, those who left last', async () => {
  const names: unknown[] = [];
  for (let cursor = ''; ; ) {
    const { body } = await api.get(`/staff?limit=2${cursor}`);
    names.push(...(body.items as { name: string }[]).map(({ name }) => name));
    if (body.nextCursor === null) break;
    cursor = `&cursor=${body.nextCursor as string}`;
  }
  expect(names).toEqual(['Ravi', 'Tara', 'Asha', 'Om']);
});

test('a key is made, shown once, used, and revoked', async () => {
  const asked = { name: 'Our ERP', rights: ['credit:read'] };
  const made = await api.post('/api-keys', asked, { idempotencyKey: 'erp' });
  expect(made).toMatchObject({ status: 201, body: { ...asked, key: expect.stringMatching(/^olk_/), replayed: false } });
  const key = made.body.key as string;
  const again = await api.post('/api-keys', asked, { idempotencyKey: 'erp' });
  expect(again).toMatchObject({ status: 200, body: { ...made.body, key: null, replayed: true } });
  expect(await keptAnswers()).not.toContain(key.slice(-43));
  expect(await api.get('/accounts/asha', { key })).toMatchObject({ status: 200 });
  expect(await api.get('/api-keys', { key })).toMatchObject({ status: 403 });
  expect(await api.post('/api-keys', asked, { key })).toMatchObject({ status: 403, body: { code: 'FORBIDDEN' } });

  const { body } = await api.get('/api-keys?limit=1');
  expect(body.items).toMatchObject([
    { keyId: made.body.keyId, rights: ['credit:read'], isOwn: false, revokedAt: null },
  ]);
  expect(JSON.stringify(body)).not.toContain(key.slice(-43));
  const rest = await api.get(`/api-keys?cursor=${body.nextCursor as string}`);
  expect(rest.body.items).toMatchObject([{ name: 'test', isOwn: true }]);

  const to = `/api-keys/${made.body.keyId as string}/revoke`;
  expect((await api.post(to, {})).body).toMatchObject({ replayed: false });
  expect((await api.post(to, {})).body).toMatchObject({ replayed: true });
  expect(await api.get('/accounts/asha', { key })).toMatchObject({ status: 401 });
  const { body: audit } = await api.get('/audit?limit=2');
  expect(audit.items).toMatchObject([{ action: 'api_key_revoked' }, { action: 'api_key_made' }]);
});

test('a key revokes itself only on purpose', async () => {
  const made = await api.post('/api-keys', { name: 'short-lived', rights: ['admin'] });
  const key = made.body.key as string;
  const to = `/api-keys/${made.body.keyId as string}/revoke`;
  const shouted = `/api-keys/${(made.body.keyId as string).toUpperCase()}/revoke`;
  for (const path of [to, shouted]) {
    expect(await api.post(path, {}, { key })).toMatchObject({ status: 409, body: { code: 'OWN_KEY' } });
  }
  expect(await api.post(to, { own: true }, { key })).toMatchObject({ status: 200, body: { replayed: false } });
  expect(await api.get('/api-keys', { key })).toMatchObject({ status: 401 });
});

test('what is wrong with a key or a colleague is told with its path', async () => {
  const wrong: [path: string, asked: object, at: string][] = [
    ['/api-keys', { name: '', rights: ['admin'] }, 'name'],
    ['/api-keys', { name: 'x', rights: [] }, 'rights'],
    ['/api-keys', { name: 'x', rights: ['orders:read'] }, 'rights[0]'],
    ['/staff', { email: 'nobody', name: 'x', role: 'sales' }, 'email'],
    ['/staff', { email: 'x@example.com', name: 'x', role: 'owner' }, 'role'],
  ];
  for (const [path, asked, at] of wrong) {
    expect(await api.post(path, asked), at).toMatchObject({ status: 422, body: { path: at } });
  }
});

test('rights hold what they name, and admin holds all', () => {
  for (const right of RIGHTS) {
    expect(holds(new Set(['admin']), right)).toBe(true);
    expect(holds(new Set([right]), right)).toBe(true);
    expect(holds(new Set(RIGHTS.filter((one) => one !== right && one !== 'admin')), right)).toBe(false);
  }
});
