import { afterAll, beforeAll, expect, test } from 'vitest';
import { readMoney } from '../../src/console/read-money.ts';
import { mustExist } from '../../src/shared/assert.ts';
import { placeOrder, SESSION_SECRET, type Visitor, visitorAs } from '../support/console.ts';
import { startTestService, type TestService } from '../support/service.ts';
import { consoleShop } from './shop.ts';

let running: TestService;
let sales: Visitor;
let credit: Visitor;
const wholesalerId = consoleShop.wholesaler.id;

beforeAll(async () => {
  running = await startTestService(consoleShop, { SESSION_SECRET });
  sales = await visitorAs(running.database, running.service.url, { wholesalerId, role: 'sales' });
  credit = await visitorAs(running.database, running.service.url, { wholesalerId, role: 'credit_controller' });
});
afterAll(() => running?.stop());

const place = (orderId: string, amountMinor: bigint): Promise<void> =>
  placeOrder(running.database, wholesalerId, orderId, amountMinor);

const statusOf = async (orderId: string): Promise<string> => {
  const [row] = await running.database.ownerSql<{ status: string }>('select status from orders where id = $1', [
    orderId,
  ]);
  return mustExist(row, 'an order').status;
};

test('a delivery in part books its amount once, however often the form is sent, and the rest can be given back', async () => {
  await place('o-part', 500_000n);
  const part = { _key: 'form-1', how: 'part', amount: '1,200.50', reference: 'INV-7' };
  const sent = await Promise.all([1, 2].map(() => sales.post('/console/orders/o-part/deliver', part)));
  expect(sent.map(({ status }) => status)).toEqual([303, 303]);
  expect([await statusOf('o-part'), (await running.account('asha')).owedMinor]).toEqual(['part_delivered', 2_120_050n]);
  const page = await sales.get('/console/orders/o-part?notice=order_delivered');
  expect(page.body).toContain('The delivery is booked on the account.');
  expect(page.body).toMatch(/Still on hold<\/dt><dd[^>]*>3,799\.50/);

  const wrong = await sales.post('/console/orders/o-part/deliver', {
    _key: 'form-2',
    how: 'last',
    amount: '9,99,999',
    reference: 'INV-8',
  });
  expect(wrong.status).toBe(422);
  // What was typed is still there, and what is wrong stands beside it.
  expect(wrong.body).toContain('value="9,99,999"');
  expect(wrong.body).toMatch(/id="e-amount">[^<]+/);
  await sales.post('/console/orders/o-part/deliver', { _key: 'form-3', how: 'last', amount: '100' });
  expect(await statusOf('o-part')).toBe('delivered');
  expect((await running.account('asha')).heldMinor).toBe(0n);
});

test('an order is cancelled with a reason, and opened again with a new hold', async () => {
  await place('o-cancel', 300_000n);
  expect((await sales.post('/console/orders/o-cancel/cancel', { reason: '' })).body).toContain('Say why');
  expect((await sales.post('/console/orders/o-cancel/cancel', { reason: 'out of stock' })).status).toBe(303);
  expect(await statusOf('o-cancel')).toBe('cancelled');
  const page = await sales.get('/console/orders/o-cancel');
  expect(page.body).toContain('out of stock');
  expect(page.body).toContain('Reopen order');
  expect((await sales.post('/console/orders/o-cancel/reopen')).status).toBe(303);
  expect(await statusOf('o-cancel')).toBe('approved');
  const board = await sales.get('/console/orders?state=approved');
  expect(board.body).toMatch(/free, fits/);
});

test('whoever cancels reads whether the shop hears of it', async () => {
  const cancel = (orderId: string) => sales.post(`/console/orders/${orderId}/cancel`, { reason: 'out of stock' });
  await place('o-heard', 100n);
  expect((await cancel('o-heard')).location).toMatch(/notice=order_cancelled$/);
  expect((await cancel('o-heard')).status).toBe(422);
  // A shop whose phone nobody knows has no chat.
  const mute = { name: 'Mute', id: 'mute', language: '', phone: '', limit: '100', termsDays: '7', graceDays: '0' };
  expect((await credit.post('/console/shops', mute)).status).toBe(303);
  await placeOrder(running.database, wholesalerId, 'o-unheard', 100n, 'mute');
  const { location } = await cancel('o-unheard');
  expect((await sales.get(location ?? '')).body).toContain(
    'No WhatsApp number of the shop is known: tell it yourself.',
  );
});

test('a delivery is booked line by line, what is wrong stands beside its line, and of two who book it the second sees it', async () => {
  await placeOrder(running.database, wholesalerId, 'o-lines', 500_000n);
  const seen = '500000';
  const to = '/console/orders/o-lines/deliver';
  const wrong = await sales.post(to, { _key: 'l-0', seen, how: 'part', 'line-1': 'two' });
  expect([wrong.status, wrong.body]).toEqual([422, expect.stringMatching(/id="e-line-1">Write a number/)]);
  expect(wrong.body).toContain('value="two"');
  const tooMany = await sales.post(to, { _key: 'l-0', seen, how: 'part', 'line-1': '5' });
  expect(tooMany.body).toMatch(/id="e-line-1">The order has 2 each of it\./);
  // Whoever writes quantities does not mean all of it.
  const doubt = await sales.post(to, { _key: 'l-0', seen, how: 'all', 'line-1': '1' });
  expect([doubt.status, doubt.body]).toEqual([422, expect.stringContaining('choose a part')]);
  expect(await statusOf('o-lines')).toBe('approved');

  const part = { _key: 'l-1', seen, how: 'part', 'line-1': '0.5', reference: 'INV-9' };
  for (const sent of [await sales.post(to, part), await sales.post(to, part)]) expect(sent.status).toBe(303);
  const rows = 'select delivered_milli::int as "deliveredMilli" from order_line where order_id = $1';
  expect(await running.database.ownerSql(rows, ['o-lines'])).toEqual([{ deliveredMilli: 500 }]);
  const page = await sales.get('/console/orders/o-lines');
  expect(page.body).toMatch(/Still on hold<\/dt><dd[^>]*>3,750\.00/);
  expect(page.body).toContain('of 1.5 each');

  const second = await sales.post(to, { _key: 'l-2', seen, how: 'all', reference: 'INV-10' });
  expect([second.status, second.body]).toEqual([409, expect.stringContaining('Somebody else booked a delivery')]);
  expect(second.body).toContain('value="INV-10"');
  expect(await statusOf('o-lines')).toBe('part_delivered');
  expect((await sales.post(to, { _key: 'l-2', seen: '375000', how: 'all' })).status).toBe(303);
  expect(await statusOf('o-lines')).toBe('delivered');
});

test('the board shows every order once, page by page, also those of one millisecond', async () => {
  const ids = Array.from({ length: 70 }, (_, n) => `o-page-${n}`);
  await Promise.all(ids.map((orderId) => place(orderId, 100n)));
  await running.database.ownerSql(
    `update orders set placed_at = '2020-01-01T10:00:00.000Z'::timestamptz + number * interval '1 microsecond'
      where id like 'o-page-%'`,
  );
  const seen: string[] = [];
  let next: string | undefined = '/console/orders?q=asha';
  for (let pages = 0; next !== undefined && pages < 10; pages += 1) {
    const { body } = await sales.get(next);
    seen.push(
      ...[...body.matchAll(/<th scope="row"[^>]*>\s*<a href="\/console\/orders\/(o-page-\d+)"/g)].map(
        ([, id]) => id ?? '',
      ),
    );
    next = body.match(/href="([^"]+)" rel="next"/)?.[1]?.replaceAll('&amp;', '&');
  }
  expect(seen.toSorted()).toEqual(ids.toSorted());
});

test('a shop hears that its order was cancelled here and why, and the ledger says who did it', async () => {
  const phone = '919800000001';
  const chat = running.chat({ name: 'Asha', phone });
  await chat.says('balance');
  await place('o-told', 300_000n);
  const before = chat.read().length;
  const cancel = { _key: 'told', reason: 'the mill is closed.' };
  expect((await sales.post('/console/orders/o-told/cancel', cancel)).status).toBe(303);
  await running.quiet();
  const heard = chat.read().slice(before);
  expect(heard.map(({ body }) => body)).toEqual([
    expect.stringMatching(
      /^Order \*\d+\* \(3,000\.00\) was cancelled by Sharma & Sons: the mill is closed\.\n3,000\.00 is back on your credit/,
    ),
  ]);
  const booked = await running.database.ownerSql(
    `select e.source, e.actor like 'staff:%' as "byStaff", a.action
       from ledger_entry e join audit_entry a on a.subject ->> 'orderId' = e.order_id and a.actor = e.actor
      where e.order_id = 'o-told' and e.kind = 'RELEASE'`,
  );
  expect(booked).toEqual([{ source: 'console', byStaff: true, action: 'order_cancelled' }]);
});

test('of two who change one account the second sees it, and a second click of one person is nobody else', async () => {
  const page = await credit.get('/console/accounts/noor');
  const seen = mustExist(page.body.match(/name="seen" value="([^"]+)"/)?.[1], 'a version').replaceAll('&quot;', '"');
  const raise = { seen, limit: '50,000', limitReason: 'pays well', _key: 'raise-1' };
  expect((await credit.post('/console/accounts/noor/limit', raise)).status).toBe(303);
  expect((await credit.post('/console/accounts/noor/limit', raise)).status).toBe(303);
  const second = await credit.post('/console/accounts/noor/limit', {
    seen,
    limit: '1,000',
    limitReason: 'two cheques',
    _key: 'x',
  });
  expect(second.status).toBe(409);
  expect(second.body).toContain('Somebody else changed this account');
  expect(second.body).toContain('value="1,000"');
  expect(
    await running.database.ownerSql(
      `select count(*)::int as n from ledger_entry where retailer_id = 'noor' and kind = 'LIMIT_CHANGE' and source = 'console'`,
    ),
  ).toEqual([{ n: 1 }]);

  const fresh = mustExist(second.body.match(/name="seen" value="([^"]+)"/)?.[1], 'a version').replaceAll('&quot;', '"');
  expect((await credit.post('/console/accounts/noor/unblock', { seen: fresh, statusReason: 'paid' })).status).toBe(303);
  expect((await credit.get('/console/accounts/noor')).body).toContain('Block this account');

  // A limit that ends keeps its day when only the amount is changed.
  const open = await credit.get('/console/accounts/noor');
  const now = mustExist(open.body.match(/name="seen" value="([^"]+)"/)?.[1], 'a version').replaceAll('&quot;', '"');
  const ending = { seen: now, limit: '50,000', until: '2099-03-31', limitReason: 'until spring', _key: 'raise-2' };
  for (const sent of [ending, ending, { ...ending, until: '2099-04-30', _key: 'raise-3' }]) {
    const { status } = await credit.post('/console/accounts/noor/limit', sent);
    expect(status).toBe(sent === ending ? 303 : 409);
  }
  expect((await credit.get('/console/accounts/noor')).body).toContain('name="until" type="date" value="2099-03-31"');
});

test('one order is let past the limit by so much, once, and only that one', async () => {
  const page = await credit.get('/console/accounts/asha');
  const seen = mustExist(page.body.match(/name="seen" value="([^"]+)"/)?.[1], 'a version').replaceAll('&quot;', '"');
  const { availableMinor } = await running.account('asha');
  const grant = { seen, overrideOrder: 'o-feast', above: '500', overrideUntil: '2027-01-31', overrideReason: 'feast' };
  const to = '/console/accounts/asha/override';
  const wrong = await credit.post(to, { ...grant, above: 'much', overrideUntil: '2027-02-31', _key: 'grant-0' });
  expect(wrong.status).toBe(422);
  expect(wrong.body).toContain('value="much"');
  expect(wrong.body).toMatch(/id="e-above">[^<]+/);
  expect(wrong.body).toMatch(/id="e-overrideUntil">[^<]+/);
  const sent = await Promise.all([1, 2].map(() => credit.post(to, { ...grant, _key: 'grant-1' })));
  expect(sent.map(({ status }) => status)).toEqual([303, 303]);
  await expect(place('o-other', availableMinor + 50_000n)).rejects.toThrow('o-other was not placed');
  await place('o-feast', availableMinor + 50_000n);
  expect((await running.account('asha')).availableMinor).toBe(-50_000n);
  const booked = await running.database.ownerSql(
    `select e.source, r.reason, e.actor like 'staff:%' as "byStaff"
       from ledger_entry e join ledger_reason r on r.wholesaler_id = e.wholesaler_id and r.entry_id = e.id
      where e.kind = 'OVERRIDE' and e.order_id = 'o-feast'`,
  );
  expect(booked).toEqual([{ source: 'console', reason: 'feast', byStaff: true }]);
  await sales.post('/console/orders/o-feast/cancel', { reason: 'the feast is over' });
});

test('a statement comes as CSV and as PDF, and a wrong period is refused with a sentence', async () => {
  const csv = await sales.get('/console/accounts/asha/statement?from=2020-01-01&until=2099-12-30&as=csv');
  expect(csv.status).toBe(200);
  expect(csv.body).toContain('opening balance');
  const pdf = await sales.get('/console/accounts/asha/statement?from=2020-01-01&until=2026-12-31&as=pdf');
  expect(pdf.body.slice(0, 5)).toBe('%PDF-');
  expect((await sales.get('/console/accounts/asha/statement?from=x&until=y&as=pdf')).body).toContain('role="alert"');
});

test.each([
  ['1,20,000.50', 'INR', 'en-IN', 12_000_050n],
  ['1200', 'INR', 'en-IN', 120_000n],
  ['1.200,50', 'EUR', 'de', 120_050n],
  ['1 200,5', 'EUR', 'fr', 120_050n],
  ['1,5', 'USD', 'en-US', null],
  ['12.345', 'USD', 'en-US', null],
  ['12.345', 'KWD', 'en-KW', 12_345n],
  ['-5', 'USD', 'en-US', null],
  ['5.', 'USD', 'en-US', null],
  ['1500', 'JPY', 'ja-JP', 1_500n],
  ['', 'USD', 'en-US', null],
  ['9999999999999999', 'USD', 'en-US', null],
])('%s %s typed in %s is %s', (text, currency, locale, minor) => {
  expect(readMoney(text, currency, locale)).toBe(minor);
});
