import { fastify } from 'fastify';
import { request } from 'undici';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { refuseUnguarded } from '../../src/console/console-routes.ts';
import { routes } from '../../src/console/routes.ts';
import { safeNext } from '../../src/console/same-origin.ts';
import { newId } from '../../src/shared/ids.ts';
import { may, ROLES, type Role } from '../../src/staff/index.ts';
import {
  addStaff,
  addStrangers,
  placeOrder,
  SESSION_SECRET,
  type Visitor,
  visitor,
  visitorAs,
} from '../support/console.ts';
import { startTestService, type TestService } from '../support/service.ts';
import { addTenant } from '../support/tenants.ts';
import { consoleShop } from './shop.ts';

let running: TestService;
let url: string;
const visitors = new Map<Role, Visitor>();
let stranger: Visitor;
const wholesalerId = consoleShop.wholesaler.id;

beforeAll(async () => {
  running = await startTestService(consoleShop, { SESSION_SECRET });
  url = running.service.url;
  for (const role of ROLES) {
    visitors.set(role, await visitorAs(running.database, url, { wholesalerId, role }));
  }
  await placeOrder(running.database, wholesalerId, 'order-1', 100_000n);
  Object.assign(ids, await addStrangers(running, wholesalerId));
  const paid = await visitors
    .get('cashier')
    ?.post('/console/accounts/asha/payment', { _key: 'p', amount: '10', method: 'cash', how: 'oldest' });
  ids.paymentId = paid?.location?.match(/payments\/([^?]+)/)?.[1] ?? '';
  const [viewer] = await running.database.ownerSql<{ id: string }>(
    `select id::text as id from staff_user where role = 'viewer'`,
  );
  ids.staffId = viewer?.id ?? '';
  const [delivered] = await running.database.ownerSql<{ id: string }>(
    `select id::text as id from inbox_event where kind = 'message' limit 1`,
  );
  ids.deliveryId = delivered?.id ?? '';
  const [said] = await running.database.ownerSql<{ messageId: string; lineId: string }>(
    `select id::text as "messageId", line_id::text as "lineId" from outbox_message limit 1`,
  );
  Object.assign(ids, said);
  const [made] = await running.database.ownerSql<Record<string, string>>(
    `with key as (insert into api_key (id, wholesaler_id, name, rights, secret_sha256, created_by)
                  values (gen_random_uuid(), $1, 'guard', '{admin}', sha256('x'), 'test') returning id),
          alert as (insert into operator_alert (id, wholesaler_id, kind, key)
                    values (gen_random_uuid(), $1, 'line_stopped', 'guard') returning id),
          approver as (insert into approver (wholesaler_id, id, name) values ($1, gen_random_uuid(), 'Guard') returning id)
     select key.id::text as "keyId", alert.id::text as "alertId", approver.id::text as "approverId" from key, alert, approver`,
    [wholesalerId],
  );
  Object.assign(ids, made);
  const [heard] = await running.database.ownerSql<{ chatId: string; eventId: string }>(
    `insert into incoming_media (wholesaler_id, event_id, line_id, kind, media_id, mime_type, state, bytes, size_bytes, sent_at, fetched_at)
     select e.wholesaler_id, e.id, e.line_id, 'image', 'M', 'image/png', 'kept', 'png', 3, app_clock(), app_clock()
       from inbox_event e where e.wholesaler_id = $1 and e.kind = 'message' limit 1
     returning event_id::text as "eventId",
               (select c.id::text from conversation c where c.wholesaler_id = $1 and c.phone = '919811111111') as "chatId"`,
    [wholesalerId],
  );
  Object.assign(ids, heard);
  const approvalId = newId();
  await running.database.ownerSql(
    `insert into approval_request (wholesaler_id, id, order_id, retailer_id, short_minor, limit_minor, owed_minor, held_minor,
                                   overdue_minor, expires_at, state, decided_at, decided_by)
     values ($1, $2, 'order-1', 'asha', 1, 1, 0, 0, 0, app_clock(), 'expired', app_clock(), 'system')`,
    [wholesalerId, approvalId],
  );
  ids.approvalId = approvalId;
  const [claim] = await running.database.ownerSql<{ claimId: string }>(
    `insert into claimed_payment (wholesaler_id, id, retailer_id, event_id, line_id, person_key, photo_event_id, currency)
     select wholesaler_id, gen_random_uuid(), 'asha', event_id, line_id,
            (select person_key from conversation where wholesaler_id = $1 limit 1), event_id, 'INR'
       from incoming_media where wholesaler_id = $1
     returning id::text as "claimId"`,
    [wholesalerId],
  );
  Object.assign(ids, claim);
  const other = await addTenant(running.database);
  stranger = await visitorAs(running.database, url, { wholesalerId: other.wholesalerId, role: 'admin' });
});
afterAll(() => running?.stop());

const guarded = routes.filter((route) => route.right !== 'public');
/** Ids of the shop that exist, by the name that paths give them. */
const ids: Record<string, string> = { retailerId: 'asha', orderId: 'order-1', sku: 'RICE25' };
const fill = (path: string): string => path.replaceAll(/:(\w+)/g, (_, name: string) => ids[name] ?? `unknown-${name}`);
/** What ends the session that the walk still needs. */
const endsSession = new Set(['/console/sign-out', '/console/sign-out-everywhere', '/console/staff/:staffId/leave']);

test.each(guarded.map((route) => [`${route.method} ${route.path}`, route] as const))(
  '%s is for the roles of its right alone, and for nobody without a session',
  async (_, route) => {
    const path = fill(route.path);
    const call = (who: Visitor) => (route.method === 'GET' ? who.get(path) : who.post(path));
    for (const [role, who] of visitors) {
      const allowed = may(role, route.right);
      if (allowed && endsSession.has(route.path)) continue;
      const { status } = await call(who);
      if (allowed) expect(status, `${role} may ${route.right}`).toBeLessThan(500);
      expect(status === 403, `${role} and ${route.right}`).toBe(!allowed);
    }
    const nobody = await call(visitor(url, 'orderlock_session=none'));
    expect([nobody.status, nobody.location]).toEqual([303, expect.stringMatching(/^\/console\/sign-in\?next=/)]);
  },
);

test.each(
  guarded.filter((route) => route.path.includes(':')).map((route) => [`${route.method} ${route.path}`, route] as const),
)('%s knows nothing of another wholesaler', async (_, route) => {
  const path = fill(route.path);
  expect((route.method === 'GET' ? await stranger.get(path) : await stranger.post(path)).status).toBe(404);
});

test.each(guarded.filter((route) => route.method === 'POST').map((route) => [route.path, route] as const))(
  'a form for %s is taken from our own pages only',
  async (_, route) => {
    const path = fill(route.path);
    const { cookie } = await visitorAs(running.database, url, { wholesalerId, role: 'admin' });
    const who = visitor(url, cookie);
    const refused = await Promise.all([
      who.post(path, { _csrf: 'guess' }),
      who.post(path, {}, { origin: 'https://evil.example' }),
      who.post(path, {}, { origin: 'null' }),
      who.post(path, {}, { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }),
    ]);
    expect(refused.map(({ status }) => status)).toEqual([403, 403, 403, 403]);
    // Nobody was signed out by them either.
    expect((await who.get('/console/me')).status).toBe(200);
  },
);

test('a route that names no right cannot be added', () => {
  const scope = fastify();
  refuseUnguarded(scope);
  expect(() => scope.get('/console/forgotten', async () => 'secret')).toThrow(/names no right/);
});

test('signing in sets a cookie that scripts and plain http cannot read, and leads back to where one was', async () => {
  const { email, password } = await addStaff(running.database, {
    wholesalerId,
    role: 'sales',
    email: 'back@example.com',
  });
  const signIn = async (headers: Record<string, string>, fields: Record<string, string> = {}) => {
    const response = await request(`${url}/console/sign-in`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
      body: new URLSearchParams({ email, password, next: '/console/me?tab=1', ...fields }).toString(),
    });
    await response.body.dump();
    const headersGiven: Record<string, unknown> = response.headers;
    return { status: response.statusCode, location: headersGiven.location, cookie: headersGiven['set-cookie'] };
  };
  const plain = await signIn({});
  expect(plain).toMatchObject({ status: 303, location: '/console/me?tab=1' });
  expect(plain.cookie).toMatch(/^orderlock_session=[\w-]{43}; Max-Age=\d+; Path=\/console; HttpOnly; SameSite=Lax$/);
  expect((await signIn({ 'x-forwarded-proto': 'https' })).cookie).toMatch(/; Secure/);
  expect(await signIn({}, { next: 'https://evil.example/' })).toMatchObject({ location: '/console' });
  expect(await signIn({ origin: 'https://evil.example' })).toMatchObject({ status: 403 });
  expect(await signIn({}, { password: 'wrong' })).toMatchObject({ status: 422 });
});

test.each([
  ['/console/orders?state=open&q=a%20b', '/console/orders?state=open&q=a%20b'],
  ['/console', '/console'],
  ['//evil.example', '/console'],
  ['/console//evil.example', '/console'],
  ['/console/\\evil.example', '/console'],
  ['/consolex', '/console'],
  ['https://evil.example/console', '/console'],
  ['/console/a\nLocation: x', '/console'],
  [null, '/console'],
])('after signing in, %j leads to %s', (next, to) => {
  expect(safeNext(next)).toBe(to);
});

test('a form sent after the session ended leads back to its page, and a page that refreshes itself goes to sign in', async () => {
  const late = visitor(url, 'orderlock_session=ended');
  const sent = await late.post('/console/me/password', {}, { referer: `${url}/console/me?x=1` });
  expect(sent.location).toBe(`/console/sign-in?next=${encodeURIComponent('/console/me?x=1')}`);
  // A form that had a mistake in it stands at the address that it was sent to.
  const to = '/console/accounts/asha/limit';
  const mended = await late.post(to, {}, { referer: `${url}${to}` });
  expect(mended.location).toBe(`/console/sign-in?next=${encodeURIComponent('/console/accounts/asha')}`);
  const polled = await request(`${url}/console`, {
    headers: { 'hx-request': 'true', referer: `${url}/console?day=2` },
  });
  await polled.body.dump();
  expect([polled.statusCode, polled.headers['hx-redirect']]).toEqual([
    200,
    `/console/sign-in?next=${encodeURIComponent('/console?day=2')}`,
  ]);
});

test('pages allow nothing inline and nothing from elsewhere, and are not kept by caches', async () => {
  const page = await request(`${url}/console/sign-in`);
  const body = await page.body.text();
  expect(page.headers).toMatchObject({
    'content-security-policy': expect.not.stringContaining('unsafe'),
    'cache-control': 'no-store',
    'referrer-policy': 'same-origin',
  });
  expect(body).not.toMatch(/<script(?![^>]*src=)|<style|style="|onclick/);
  const assets = [...body.matchAll(/(?:src|href)="(\/console\/assets\/[^"]+)"/g)].map(([, path]) => path);
  expect(assets).toHaveLength(3);
  for (const asset of assets) {
    const file = await request(`${url}${asset}`, { headers: { 'accept-encoding': 'br' } });
    await file.body.dump();
    expect([file.statusCode, file.headers['cache-control'], file.headers['content-encoding']]).toEqual([
      200,
      'public, max-age=31536000, immutable',
      'br',
    ]);
  }
  const wrong = await request(`${url}/console/assets/..%2f..%2fpackage.json`);
  await wrong.body.dump();
  expect(wrong.statusCode).toBe(404);
});
