import { afterAll, beforeAll, expect, test } from 'vitest';
import { addStrangers, SESSION_SECRET, type Visitor, visitorAs } from '../support/console.ts';
import { startTestService, type TestService } from '../support/service.ts';
import { consoleShop } from './shop.ts';

let running: TestService;
let cashier: Visitor;
let controller: Visitor;
let admin: Visitor;
const wholesalerId = consoleShop.wholesaler.id;
const FORM = '/console/accounts/asha/payment';

beforeAll(async () => {
  running = await startTestService(consoleShop, { SESSION_SECRET });
  const { url } = running.service;
  cashier = await visitorAs(running.database, url, { wholesalerId, role: 'cashier' });
  controller = await visitorAs(running.database, url, { wholesalerId, role: 'credit_controller' });
  admin = await visitorAs(running.database, url, { wholesalerId, role: 'admin' });
});
afterAll(() => running?.stop());

test('a payment is booked once, warns about a reference that is known, and is taken back by somebody else', async () => {
  const paid = { _key: 'pay-1', amount: '5,000', method: 'upi', reference: 'UPI-77', how: 'oldest' };
  const twice = await Promise.all([cashier.post(FORM, paid), cashier.post(FORM, paid)]);
  const again = await cashier.post(FORM, paid);
  const locations = new Set([...twice, again].map(({ location }) => location));
  expect([locations.size, (await running.account('asha')).owedMinor]).toEqual([1, 1_500_000n]);

  const other = { ...paid, _key: 'pay-2' };
  const warned = await cashier.post(FORM, other);
  expect([warned.status, warned.body]).toEqual([422, expect.stringContaining('UPI-77 was recorded')]);
  expect(warned.body).toContain('value="5,000"');
  expect((await cashier.post(FORM, { ...other, again: 'yes' })).status).toBe(303);
  expect((await running.account('asha')).owedMinor).toBe(1_000_000n);

  const receipt = again.location?.split('?')[0] ?? '';
  const shown = await cashier.get(receipt);
  expect(shown.body).toContain('UPI-77');
  expect(shown.body).not.toContain('Take this payment back');
  expect((await cashier.post(`${receipt}/reverse`, { reason: 'mine' })).status).toBe(403);
  expect((await controller.post(`${receipt}/reverse`, { reason: '' })).body).toContain('Say why');
  expect((await controller.post(`${receipt}/reverse`, { reason: 'bounced' })).status).toBe(303);
  expect((await running.account('asha')).owedMinor).toBe(1_500_000n);
  expect((await cashier.get('/console/payments')).body).toContain('taken back');
});

test('a cash sheet has what each cashier took and what was taken back, and keeps what was counted', async () => {
  const sheet = '/console/payments/cash-sheet';
  const [me] = await running.database.ownerSql<{ id: string; day: string }>(
    `select u.id::text as id, (app_clock() at time zone 'Asia/Kolkata')::date::text as day
       from staff_user u where role = 'cashier'`,
  );
  const { id = '', day = '' } = me ?? {};
  const pay = (key: string, amount: string, method: string) =>
    cashier.post(FORM, { _key: key, amount, method, reference: method === 'cash' ? '' : key, how: 'oldest' });
  await pay('sheet-1', '1,000', 'cash');
  await pay('sheet-2', '250', 'cheque');
  const wrong = await pay('sheet-3', '400', 'cash');
  await controller.post(`${wrong.location?.split('?')[0]}/reverse`, { reason: 'typed twice' });
  await controller.post(FORM, { _key: 'sheet-4', amount: '70', method: 'cash', how: 'oldest' });

  const own = `${sheet}?day=${day}&cashier=staff:${id}`;
  const shown = await cashier.get(own);
  const row = (how: string) => new RegExp(`cashier of sharma</th><td data-label="How">${how}</td>(.*?)</tr>`, 's');
  const figures = (text: string | undefined) =>
    [...(text ?? '').matchAll(/>(-?[\d,.]+)</g)].map(([, figure]) => figure);
  expect(figures(shown.body.match(row('Cash'))?.[1])).toEqual(['2', '1,400.00', '400.00', '1,000.00']);
  expect(figures(shown.body.match(row('Cheque'))?.[1])).toEqual(['1', '250.00', '250.00']);
  expect(shown.body).not.toContain('70.00');
  expect((await cashier.get(`${sheet}?day=${day}`)).body).toContain('70.00');
  expect((await cashier.get(`${sheet}?day=2020-01-01`)).body).toContain('Nothing was booked on this day');

  const count = { day, cashier: `staff:${id}`, seen: '0', counted: '950', note: 'a coin rolled away', _key: 'count-1' };
  expect((await cashier.post(sheet, { ...count, counted: 'x' })).body).toContain('id="e-counted"');
  for (const sent of [await cashier.post(sheet, count), await cashier.post(sheet, count)])
    expect(sent.status).toBe(303);
  expect((await cashier.get(own)).body).toMatch(/950\.00<\/td>[\s\S]*50\.00 missing[\s\S]*a coin rolled away/);
  // Of two who count, the second sees the first.
  const second = await controller.post(sheet, { ...count, counted: '1,000', _key: 'count-2' });
  expect([second.status, second.body]).toEqual([409, expect.stringContaining('Somebody else counted this drawer')]);
  expect(second.body).toContain('value="1,000"');
  expect((await controller.post(sheet, { ...count, counted: '1,000', seen: '1', _key: 'count-2' })).status).toBe(303);
  await pay('sheet-5', '30', 'cash');
  expect((await cashier.get(own)).body).toMatch(/30\.00 missing[\s\S]*counted 2 times[\s\S]*booked since: 30\.00/);

  const [boss] = await running.database.ownerSql<{ id: string }>(
    `select id::text as id from staff_user where role = 'credit_controller'`,
  );
  const others = { ...count, cashier: `staff:${boss?.id}`, _key: 'count-3' };
  expect((await cashier.post(sheet, others)).body).toContain('You may count your own drawer');
  expect((await cashier.post(sheet, { ...count, cashier: 'staff:nobody' })).status).toBe(404);
  const kept = await running.database.ownerSql('select nth, counted_minor::int as minor from cash_count order by nth');
  expect(kept).toEqual([
    { nth: 1, minor: 95_000 },
    { nth: 2, minor: 100_000 },
  ]);
});

test('payments are found by shop, reference, way and day, and the file has the same ones with the name of the shop', async () => {
  const pay = (reference: string, method: string, receivedOn: string) =>
    cashier.post(FORM, { _key: reference, amount: '11', method, reference, receivedOn, how: 'oldest' });
  await pay('F-1', 'cheque', '2026-11-02');
  await pay('F-2', 'card', '2026-11-03');
  await pay('F-3', 'card', '2026-11-04');
  const found = async (query: string): Promise<string> => {
    const page = (await cashier.get(`/console/payments?${query}`)).body;
    const file = page.match(/href="([^"]*payments\.csv[^"]*)"/)?.[1]?.replaceAll('&amp;', '&') ?? '';
    const listed = ['F-1', 'F-2', 'F-3'].filter((reference) => page.includes(reference)).join(' ');
    const { body } = await cashier.get(file);
    expect(['F-1', 'F-2', 'F-3'].filter((reference) => body.includes(reference)).join(' '), query).toBe(listed);
    expect(body.split('\r\n').slice(1, -1)).toSatisfy((rows: string[]) =>
      rows.every((row) => /,asha,Asha Stores,/.test(row)),
    );
    return listed;
  };
  expect(await found('q=F-')).toBe('F-1 F-2 F-3');
  expect(await found('q=stores&method=card')).toBe('F-2 F-3');
  expect(await found('from=2026-11-02&to=2026-11-03')).toBe('F-1 F-2');
  expect(await found('q=F-&to=2026-11-02&method=cheque')).toBe('F-1');
  expect(await found('q=noor')).toBe('');
  expect((await cashier.get('/console/payments?q=noor')).body).toContain('Show all payments');
  // The page after the first keeps the filter, and what is no filter asks for nothing.
  expect(await found('method=barter&from=yesterday&q=F-')).toBe('F-1 F-2 F-3');
});

test('ageing adds up what all shops owe, and says it shop by shop', async () => {
  await running.database.ownerSql(
    `update receivable set due_on = (app_clock() at time zone 'Asia/Kolkata')::date - 45 where retailer_id = 'asha'`,
  );
  const { owedMinor } = await running.account('asha');
  const owed = new Intl.NumberFormat('en-IN', { minimumFractionDigits: 2 }).format(Number(owedMinor) / 100);
  const { body } = await cashier.get('/console/ageing');
  expect(body).toContain(`<dt>31 to 60</dt><dd>${owed}</dd>`);
  expect(body).toContain('1 shop is late.');
  expect(body).toContain(`data-label="31 to 60">${owed}</td>`);
  expect(body).not.toContain('Noor');
});

test('a form that is wrong in several places says so beside each, and keeps what was typed', async () => {
  const { status, body } = await cashier.post(FORM, {
    amount: '12.345',
    method: 'cheque',
    reference: '',
    receivedOn: '2099-01-01',
    how: 'oldest',
  });
  expect(status).toBe(422);
  for (const name of ['amount', 'reference', 'receivedOn']) expect(body).toContain(`id="e-${name}"`);
  expect(body).toContain('value="12.345"');
  expect(body).toContain('<option value="cheque" selected>');
});

test('a stranger is linked to a shop and can order at once; a claim is refused once', async () => {
  const { requestId, linkId } = await addStrangers(running, wholesalerId);
  await running.database.ownerSql(`insert into retailer (wholesaler_id, id, name) values ($1, 'bare', 'Bare Shop')`, [
    wholesalerId,
  ]);
  const page = await controller.get('/console/people');
  expect(page.body).toContain('+919811111111');
  // Also a shop whose account is still to be opened, or one that is still to be added.
  expect(page.body).toContain('<option value="bare" >Bare Shop</option>');
  expect(page.body).toMatch(/href="\/console\/shops">Add the shop/);
  const to = `/console/people/requests/${requestId}`;
  expect((await controller.post(`${to}/approve`, { retailer: '' })).body).toContain('Choose the shop');
  expect((await controller.post(`${to}/approve`, { retailer: 'asha' })).status).toBe(303);
  expect((await controller.post(`/console/people/links/${linkId}/refuse`)).status).toBe(303);
  expect((await controller.post(`/console/people/links/${linkId}/confirm`)).body).toContain('Somebody decided this');
  const audit = await controller.get('/console/audit');
  expect(audit.body).toContain('registration approved');
  // What it was done to has its name, and leads there.
  expect(audit.body).toMatch(/data-label="To what"[\s\S]*?<a href="\/console\/accounts\/asha">Asha Stores<\/a>/);
  expect(audit.body).toContain('credit_controller of sharma');
});

test('an admin adds somebody, whose link works, and lets somebody go, whose session ends at once', async () => {
  const invited = await admin.post('/console/staff/invite', { name: 'Om', email: 'om@example.com', role: 'viewer' });
  const link = invited.body.match(/https?:[^<\s]*\/console\/welcome\?token=[\w-]+/)?.[0] ?? '';
  expect((await admin.get(link.slice(link.indexOf('/console')))).body).toContain('Welcome, Om');
  const [row] = await running.database.ownerSql<{ id: string }>(
    `select id::text as id from staff_user where role = 'cashier'`,
  );
  expect((await admin.post(`/console/staff/${row?.id}/leave`)).status).toBe(303);
  expect((await cashier.get('/console')).status).toBe(303);
  const self = await running.database.ownerSql<{ id: string }>(
    `select id::text as id from staff_user where role = 'admin'`,
  );
  expect((await admin.post(`/console/staff/${self[0]?.id}/leave`)).status).toBe(422);
  expect((await admin.post('/console/staff/invite', { name: '', email: 'x', role: 'boss' })).status).toBe(422);
});
