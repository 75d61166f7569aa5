import { request } from 'undici';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Service, startService } from '../../src/app.ts';
import { readConfig } from '../../src/config.ts';
import { mustExist } from '../../src/shared/assert.ts';
import { createLogger } from '../../src/shared/logger.ts';
import { SESSION_SECRET, visitor } from '../support/console.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { runScript } from '../support/run-script.ts';

let database: TestDatabase;
let service: Service;

const start = () =>
  startService({
    config: readConfig('development', { PORT: '0', SESSION_SECRET }),
    logger: createLogger({ level: 'silent', pretty: false }),
    databaseUrl: database.url,
    directUrl: database.url,
    graphUrl: 'http://127.0.0.1:1',
  });

beforeAll(async () => {
  database = await createTestDatabase();
  service = await start();
});
afterAll(async () => {
  await service?.stop();
  await database?.drop();
});

const filled = {
  shopName: 'Sharma & Söns',
  shopId: '',
  currency: 'KWD',
  language: 'ar',
  timeZone: 'Asia/Kuwait',
  name: 'Lata Sharma',
  email: 'lata@example.com',
  password: 'mango rain tin drum',
};

test('the printed link, and nothing else, leads to the first wholesaler and its admin, once', async () => {
  const link = new URL(mustExist(service.firstRunUrl, 'a link'));
  const token = mustExist(link.searchParams.get('token'), 'a token');
  const nobody = visitor(service.url, 'orderlock_session=none');
  expect((await nobody.get('/console/first-run?token=guess')).body).toContain('cannot be used');
  // Looking does not use it up.
  for (let n = 0; n < 2; n += 1)
    expect((await nobody.get(link.pathname + link.search)).body).toContain('Set up orderlock');

  const wrong = await nobody.post('/console/first-run', {
    ...filled,
    token,
    email: 'lata',
    shopName: '',
    password: 'x',
  });
  expect(wrong.status).toBe(422);
  expect(wrong.body).toContain('aria-describedby="h-email e-email"');
  expect(wrong.body).toContain('value="Lata Sharma"');
  expect(wrong.body).not.toContain('value="x"');
  expect((await nobody.post('/console/first-run', { ...filled, token, currency: 'XXX' })).body).toContain('e-currency');

  const both = await Promise.all([1, 2].map(() => nobody.post('/console/first-run', { ...filled, token })));
  expect(both.map(({ status }) => status).sort()).toEqual([303, 422]);
  const made = mustExist(
    both.find(({ status }) => status === 303),
    'an answer',
  );
  const session = visitor(service.url, mustExist(made.cookie, 'a cookie').split(';')[0] ?? '');
  const today = await session.get('/console');
  expect(today.body).toContain('Sharma &amp; Söns');
  // Three decimals, as the dinar has, in Latin digits.
  expect(today.body).toContain('0.000');
  expect(
    await database.ownerSql(`select w.id, w.currency, u.email, u.role from wholesaler w join staff_user u on true`),
  ).toEqual([{ id: 'sharma-sons', currency: 'KWD', email: 'lata@example.com', role: 'admin' }]);
  expect((await nobody.get(link.pathname + link.search)).body).toContain('cannot be used');

  // From there the first page leads on: products, then the first shop with its credit, then the WhatsApp number.
  expect(today.body).toContain('Before the first order');
  // So do the lists that are empty still.
  expect((await session.get('/console/catalogue')).body).toContain('Import a price list');
  expect((await session.get('/console/accounts')).body).toContain('Add the first shop with its credit');
  expect(today.body).toContain('href="/console/catalogue/import"');
  const sent = await session.upload('/console/catalogue/import', { text: 'sku,name,price\nTEA,Tea,1.250' });
  const place = mustExist(sent.location, 'a preview');
  const version = mustExist((await session.get(place)).body.match(/name="version" value="(\d+)"/)?.[1], 'a version');
  await session.post(`${place}/apply`, { version });
  expect((await session.get(place)).body).toContain('Next: add your first shop');
  const shop = { name: 'First Shop', phone: '+965 5000 0001', limit: '100', termsDays: '14', graceDays: '0' };
  expect((await session.post('/console/shops', shop)).status).toBe(303);
  const after = (await session.get('/console')).body;
  expect(after.match(/<ol class="steps">[\s\S]*?<\/ol>/)?.[0].match(/done<\/span>/g)).toHaveLength(3);
  await database.ownerSql(
    `insert into line (id, wholesaler_id, phone_number_id, display_phone)
     values (gen_random_uuid(), 'sharma-sons', '106540352242555', '+965 5000 0000')`,
  );
  expect((await session.get('/console')).body).not.toContain('Before the first order');
});

test('npm run staff prints a link that lets its person in, and refuses what it does not know', async () => {
  const environment = { DATABASE_URL: database.url, SESSION_SECRET, PUBLIC_URL: 'https://orders.example.com/' };
  const person = ['--wholesaler', 'sharma-sons', '--email', 'om@example.com', '--role', 'cashier'];
  const made = await runScript('staff', [...person, '--name', 'Om', '--json'], environment);
  expect(made.code, made.stderr).toBe(0);
  const { link, role } = JSON.parse(made.stdout) as { link: string; role: string };
  expect([link, role]).toEqual([
    expect.stringMatching(/^https:\/\/orders\.example\.com\/console\/welcome\?token=/),
    'cashier',
  ]);
  const { pathname, search } = new URL(link);
  const page = await request(`${service.url}${pathname}${search}`);
  expect(await page.body.text()).toContain('Welcome, Om');

  const unknown = await runScript('staff', ['--wholesaler', 'nobody', ...person.slice(2)], environment);
  expect([unknown.code, unknown.stderr]).toEqual([1, expect.stringContaining('There is no wholesaler nobody.')]);
  const wrong = await runScript('staff', ['--wholesaler', 'x', '--email', 'om', '--role', 'boss'], environment);
  expect([wrong.code, wrong.stderr]).toEqual([1, expect.stringMatching(/--email must.*--role must/)]);
}, 120_000);
