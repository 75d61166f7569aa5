import { afterAll, beforeAll, expect, test } from 'vitest';
import { readPhone } from '../../src/console/read-shop.ts';
import { mustExist } from '../../src/shared/assert.ts';
import { SESSION_SECRET, type Visitor, visitorAs } from '../support/console.ts';
import { startTestService, type TestService } from '../support/service.ts';
import { addTenant } from '../support/tenants.ts';
import { consoleShop } from './shop.ts';

let running: TestService;
let credit: Visitor;
const wholesalerId = consoleShop.wholesaler.id;

beforeAll(async () => {
  running = await startTestService(consoleShop, { SESSION_SECRET });
  credit = await visitorAs(running.database, running.service.url, { wholesalerId, role: 'credit_controller' });
});
afterAll(() => running?.stop());

const fields = {
  name: 'Müller & Söhne',
  language: 'hi',
  phone: '+91 98000-00055',
  limit: '50,000',
  termsDays: '21',
  graceDays: '2',
  owed: '1,250.50',
};
const identities = async (id: string) =>
  (
    await running.database.ownerSql<{ one: string }>(
      `select kind || ' ' || value as one from identity where wholesaler_id = $1 and retailer_id = $2 and valid_to is null
        order by 1`,
      [wholesalerId, id],
    )
  ).map(({ one }) => one);
const seenOf = (body: string): string => mustExist(body.match(/name="seen" value="([^"]+)"/)?.[1], 'a version');

test('a shop is added with its credit once, however often the form is sent, and orders from its phone', async () => {
  const sent = await Promise.all([1, 2].map(() => credit.post('/console/shops', fields)));
  expect(sent.map(({ location }) => location)).toEqual(
    [1, 2].map(() => '/console/accounts/muller-sohne?notice=shop_added'),
  );
  expect(await running.account('muller-sohne')).toMatchObject({ owedMinor: 125_050n, availableMinor: 4_874_950n });
  expect(await identities('muller-sohne')).toEqual(['phone 919800000055']);
  const chat = running.chat({ name: 'Ute', phone: '919800000055' });
  expect(JSON.stringify((await chat.says('balance')).message)).toContain('1,250.50');
  const written = await running.database.ownerSql(
    `select kind, owed_delta::int as owed, actor like 'staff:%' as staff, source from ledger_entry
      where retailer_id = 'muller-sohne' and owed_delta <> 0`,
  );
  expect(written).toEqual([{ kind: 'ADJUSTMENT', owed: 125_050, staff: true, source: 'console' }]);
});

test('what is wrong stands beside its field, and nothing is half done', async () => {
  const wrong = await credit.post('/console/shops', {
    ...fields,
    name: '',
    language: 'tlh',
    phone: '98000 00077',
    limit: 'a lot',
    termsDays: 'x',
    owed: '-5',
  });
  expect(wrong.status).toBe(422);
  for (const field of ['name', 'phone', 'limit', 'termsDays', 'owed', 'language']) {
    expect(wrong.body, field).toMatch(new RegExp(`id="e-${field}">[^<]+`));
  }
  expect(wrong.body).toContain('value="98000 00077"');
  const taken = await credit.post('/console/shops', { ...fields, name: 'Other', phone: '+919800000001' });
  expect(taken.body).toMatch(/id="e-phone">This number belongs to Asha Stores/);
  const sameId = await credit.post('/console/shops', { ...fields, name: 'Other', id: 'asha', phone: '' });
  expect(sameId.body).toMatch(/id="e-id">There is a shop &quot;asha&quot; already/);
  // The account is refused, so the shop is not there either.
  const tooLong = await credit.post('/console/shops', { ...fields, name: 'Far', phone: '', limit: '999999999999999' });
  expect(tooLong.status).toBe(422);
  const rows = await running.database.ownerSql(`select id from retailer where name in ('Other', 'Far')`);
  expect(rows).toEqual([]);
});

test('of two who change one shop the second sees it; phones come and go with it', async () => {
  const path = '/console/shops/noor';
  const seen = seenOf((await credit.get(path)).body);
  const change = { seen, name: 'Noor Traders', language: '', remove: 'phone 919800000002', phone: '0044 7700 900123' };
  for (const _ of [1, 2]) {
    expect((await credit.post(path, change)).location).toBe('/console/accounts/noor?notice=shop_saved');
  }
  expect(await identities('noor')).toEqual(['phone 447700900123']);
  const second = await credit.post(path, { ...change, name: 'Noor & Co', phone: '' });
  expect(second.status).toBe(409);
  expect(second.body).toContain('value="Noor &amp; Co"');
  expect(second.body).toMatch(/id="e-|Somebody else changed this shop/);
  // A phone that was let go is anybody's again.
  expect((await credit.post('/console/shops', { ...fields, name: 'New', phone: '+91 98000 00002' })).status).toBe(303);
  const chat = running.chat({ name: 'Somebody new', phone: '919800000002' });
  expect(JSON.stringify((await chat.says('balance')).message)).toContain('1,250.50');
  const audit = await running.database.ownerSql(
    `select after from audit_entry where action = 'retailer_changed' and subject->>'retailerId' = 'noor'`,
  );
  expect(audit).toEqual([{ after: { phonesAdded: 1, identitiesRemoved: 1 } }]);
});

test('a limit that has expired says so wherever orders are refused for it, and is renewed on the page of its account', async () => {
  await running.database.ownerSql(
    `update credit_account set limit_valid_until = '2026-11-30T18:30:00Z' where retailer_id = 'muller-sohne'`,
  );
  const path = '/console/accounts/muller-sohne';
  const page = (await credit.get(path)).body;
  for (const words of ['limit expired', 'The limit expired after 30 Nov 2026', 'Renew it'])
    expect(page).toContain(words);
  // Its form is open, and does not offer the day that is over.
  expect(page).toMatch(/<details class="card" open><summary>Change the limit/);
  expect(page).toContain('id="f-until" name="until" type="date" value=""');
  const board = (await credit.get('/console/accounts?filter=blocked')).body;
  expect(board).toMatch(/Müller[\s\S]*limit expired/);
  expect((await credit.get('/console/export/accounts.csv?filter=blocked')).body).toContain(
    ',2026-11-30T18:30:00.000Z,',
  );

  const seen = seenOf(page).replaceAll('&quot;', '"');
  const change = { seen, limit: '60,000', limitReason: 'renewed for the season' };
  const past = await credit.post(`${path}/limit`, { ...change, until: '2020-01-01' });
  expect([past.status, past.body]).toEqual([422, expect.stringMatching(/id="e-until">This day is over/)]);
  expect((await credit.post(`${path}/limit`, { ...change, until: '2099-12-31' })).status).toBe(303);
  const renewed = (await credit.get(path)).body;
  expect(renewed).toContain('until 31 Dec 2099');
  expect(renewed).not.toContain('expired');
});

test('a shop that came without an account gets one, once', async () => {
  await running.database.ownerSql(`insert into retailer (wholesaler_id, id, name) values ($1, 'bare', 'Bare Shop')`, [
    wholesalerId,
  ]);
  expect((await credit.get('/console/accounts/bare')).body).toContain('/console/shops/bare/account');
  const WITHOUT = '/console/accounts?filter=none';
  const listed = (await credit.get(WITHOUT)).body;
  expect(listed).toMatch(/Bare Shop[\s\S]*href="\/console\/shops\/bare\/account">Open a credit account/);
  expect(listed).not.toContain('Asha Stores');
  expect((await credit.get(`${WITHOUT}&q=nobody`)).body).toContain('No shop like');
  const looking = await visitorAs(running.database, running.service.url, { wholesalerId, role: 'viewer' });
  expect((await looking.get(WITHOUT)).body).not.toContain('Open a credit account');
  const terms = { limit: '1000', termsDays: '7', graceDays: '0' };
  const path = '/console/shops/bare/account';
  expect((await credit.post(path, { ...terms, limit: '' })).status).toBe(422);
  expect((await credit.post(path, terms)).location).toBe('/console/accounts/bare?notice=account_opened');
  expect((await credit.post(path, { ...terms, limit: '9' })).location).toBe(
    '/console/accounts/bare?notice=account_there',
  );
  expect((await running.account('bare')).availableMinor).toBe(100_000n);
  expect((await credit.get(WITHOUT)).body).toContain('Every shop has an account');
});

test('the search in the head finds orders, shops and products, and goes straight to the only one', async () => {
  await running.database.ownerSql(
    `insert into orders (wholesaler_id, id, retailer_id, number, status, amount_minor, currency, source, waits_until)
     values ($1, 'o-4321', 'asha', 4321, 'waiting_on_credit', 100, 'INR', 'api', app_clock() + interval '1 day')`,
    [wholesalerId],
  );
  const find = (words: string) => credit.get(`/console/search?q=${encodeURIComponent(words)}`);
  expect((await find('#4321')).location).toBe('/console/orders/o-4321');
  expect((await find('o-4321')).location).toBe('/console/orders/o-4321');
  expect((await find('0001')).location).toBe('/console/accounts/asha');
  expect((await find('sunflower')).location).toBe('/console/catalogue/products/OIL1');
  const both = await find('so');
  expect(both.body).toContain('Sona Masoori');
  expect(both.body).toContain('Müller &amp; Söhne'.slice(0, 6));
  expect(both.body).toContain('id="find" name="q" value="so"');
  expect((await find('%')).body).toContain('Nothing found for &quot;%&quot;');
  expect((await find('  ')).status).toBe(200);
  const other = await addTenant(running.database);
  const stranger = await visitorAs(running.database, running.service.url, {
    wholesalerId: other.wholesalerId,
    role: 'admin',
  });
  expect((await stranger.get('/console/search?q=4321')).body).toContain('Nothing found');
  // Every page has it.
  expect((await credit.get('/console/me')).body).toContain('action="/console/search"');
});

test('lists are downloaded whole with the filter of the address, and spreadsheets run nothing in them', async () => {
  await running.database.ownerSql(
    `insert into orders (wholesaler_id, id, retailer_id, number, status, amount_minor, currency, source, placed_at, waits_until)
     select $1, '=' || n, 'asha', 5000 + n, 'waiting_on_credit', n, 'INR', 'api', app_clock() - n * interval '1 microsecond',
            app_clock() + interval '1 day'
       from generate_series(1, 1100) n`,
    [wholesalerId],
  );
  const lines = (body: string): string[] =>
    body
      .replace(/^\ufeff/, '')
      .trimEnd()
      .split('\r\n');
  const orders = lines((await credit.get('/console/export/orders.csv?state=waiting_on_credit')).body);
  expect(orders[0]).toBe('number,order_id,placed_at_utc,shop_id,shop,state,currency,amount,lines,source');
  expect(new Set(orders).size).toBe(1 + 1 + 1100);
  expect(orders.some((line) => line.startsWith("5007,'=7,"))).toBe(true);
  expect(lines((await credit.get('/console/export/orders.csv?q=5007')).body)).toHaveLength(2);
  expect(lines((await credit.get('/console/export/orders.csv?state=delivered')).body)).toHaveLength(1);

  const accounts = lines((await credit.get('/console/export/accounts.csv?q=asha')).body);
  expect(accounts[1]).toBe('asha,Asha Stores,active,INR,100000.00,,20000.00,0.00,80000.00,0.00');
  expect(accounts).toHaveLength(2);

  await credit.post('/console/accounts/asha/payment', {
    _key: 'p1',
    amount: '10',
    method: 'upi',
    reference: '+44',
    how: 'oldest',
  });
  const payments = lines((await credit.get('/console/export/payments.csv')).body);
  expect(payments[1]).toMatch(/,asha,Asha Stores,payment,upi,'\+44,INR,10\.00,0\.00,no$/);
});

test.each([
  ['+91 98000 00001', '919800000001'],
  ['0044 (7700) 900-123', '447700900123'],
  ['9800000001', null],
  ['+0 123456789', null],
  ['+91 98', null],
  ['', null],
])('%j is the phone %j', (text, digits) => {
  expect(readPhone(text)).toBe(digits);
});
