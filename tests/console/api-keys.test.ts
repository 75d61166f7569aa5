import { request } from 'undici';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '../../src/shared/ids.ts';
import { SESSION_SECRET, type Visitor, visitorAs } from '../support/console.ts';
import { startTestService, type TestService } from '../support/service.ts';
import { addTenant } from '../support/tenants.ts';
import { consoleShop } from './shop.ts';

let running: TestService;
let admin: Visitor;
const wholesalerId = consoleShop.wholesaler.id;
const KEYS = '/console/api-keys';

beforeAll(async () => {
  running = await startTestService(consoleShop, { SESSION_SECRET });
  admin = await visitorAs(running.database, running.service.url, { wholesalerId, role: 'admin' });
});
afterAll(() => running?.stop());

async function call(path: string, key: string): Promise<number> {
  const response = await request(`${running.service.url}/api/v1${path}`, {
    headers: { authorization: `Bearer ${key}` },
  });
  await response.body.dump();
  return response.statusCode;
}

test('a key is shown once, opens what it may, and nothing more once it is revoked', async () => {
  const fields = { _key: newId(), name: 'Our <ERP>', rights: 'credit:read' };
  const made = await admin.post(KEYS, fields);
  const key = made.body.match(/olk_[0-9a-f]{32}_[\w-]{43}/)?.[0] ?? '';
  expect([await call('/accounts', key), await call('/deliveries', key)]).toEqual([200, 403]);
  // The same form again makes no second key, and cannot show the first.
  const again = await admin.post(KEYS, fields);
  expect([again.status, again.body.includes(key)]).toEqual([422, false]);
  expect(again.body).toContain('This key was made already');
  const list = (await admin.get(KEYS)).body;
  expect([list.includes(key), list.includes('Our &lt;ERP&gt;'), list.match(/\/revoke"/g)?.length]).toEqual([
    false,
    true,
    1,
  ]);
  expect(list).toContain('by admin of sharma');

  const id = list.match(/api-keys\/([0-9a-f-]{36})\/revoke/)?.[1] ?? '';
  const other = await addTenant(running.database);
  const stranger = await visitorAs(running.database, running.service.url, { ...other, role: 'admin' });
  expect((await stranger.post(`${KEYS}/${id}/revoke`)).status).toBe(404);
  expect(await call('/accounts', key)).toBe(200);
  for (const _ of [1, 2]) expect((await admin.post(`${KEYS}/${id}/revoke`)).status).toBe(303);
  expect(await call('/accounts', key)).toBe(401);
  const audit = await running.database.ownerSql<{ action: string }>(
    `select action from audit_entry where wholesaler_id = $1 and action like 'api_key%' order by id`,
    [wholesalerId],
  );
  expect(audit.map(({ action }) => action)).toEqual(['api_key_made', 'api_key_revoked']);
});

test('many keys stand on pages, and one of the last page is revoked as any other', async () => {
  const { wholesalerId: busy } = await addTenant(running.database);
  const other = await visitorAs(running.database, running.service.url, { wholesalerId: busy, role: 'admin' });
  expect((await other.get(KEYS)).body).toContain('No keys yet');
  await running.database.ownerSql(
    `insert into api_key (id, wholesaler_id, name, rights, secret_sha256, created_by)
     select ('01890000-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid, $1, 'key ' || n || '.', '{credit:read}',
            sha256(n::text::bytea), 'test' from generate_series(1, 60) n`,
    [busy],
  );
  const seen: string[] = [];
  let revokes = '';
  for (let path: string | undefined = KEYS; path !== undefined; ) {
    const { body } = await other.get(path);
    seen.push(...[...body.matchAll(/<th scope="row">(key \d+)\./g)].map(([, name]) => name ?? ''));
    revokes = body.match(/action="([^"]*\/revoke)"/)?.[1] ?? '';
    path = body.match(/href="([^"]*)" rel="next"/)?.[1];
  }
  expect(seen).toEqual(Array.from({ length: 60 }, (_, at) => `key ${60 - at}`));
  expect((await other.post(revokes)).status).toBe(303);
});

test('a key without a name or a right is not made', async () => {
  const { status, body } = await admin.post(KEYS, { name: ' ', rights: 'everything' });
  expect([status, body.includes('id="e-name"'), body.includes('id="e-rights"')]).toEqual([422, true, true]);
});

test('an alert is closed by whoever dealt with it, once', async () => {
  const [alert] = await running.database.ownerSql<{ id: string }>(
    `insert into operator_alert (id, wholesaler_id, kind, key, subject)
     values (gen_random_uuid(), $1, 'line_stopped', 'x', '{"metaCode": 190}') returning id::text as id`,
    [wholesalerId],
  );
  const shown = (await admin.get('/console/alerts')).body;
  expect(shown).toContain('A WhatsApp number cannot send');
  const path = `/console/alerts/${alert?.id}/close`;
  for (const _ of [1, 2]) expect((await admin.post(path)).location).toContain('alert_closed');
  expect((await admin.get('/console/alerts')).body).toContain('Nothing is wrong');
});
