import { afterAll, beforeAll, expect, test } from 'vitest';
import { mustExist } from '../../src/shared/assert.ts';
import { SESSION_SECRET, type Visitor, visitorAs } from '../support/console.ts';
import { startTestService, type TestService } from '../support/service.ts';
import { consoleShop } from './shop.ts';

let running: TestService;
let sales: Visitor;
const wholesalerId = consoleShop.wholesaler.id;

beforeAll(async () => {
  running = await startTestService(consoleShop, { SESSION_SECRET });
  sales = await visitorAs(running.database, running.service.url, { wholesalerId, role: 'sales' });
});
afterAll(() => running?.stop());

const soap = {
  sku: 'SOAP/1',
  name: 'Neem soap',
  price: '25',
  'unit-0': 'each',
  'holds-0': '',
  'unit-1': 'carton',
  'holds-1': '72',
  'unitPrice-1': '1,700.00',
  usual: '1',
  aliases: 'neem\n\n neem \ngreen soap',
  stock: 'in',
  sold: 'yes',
};
const soapPath = '/console/catalogue/products/SOAP%2F1';

const stored = async (sku: string) => {
  const rows = await running.database.ownerSql<Record<string, unknown>>(
    `select name, units, default_unit, cart_unit, price_minor::int, unit_prices, list_prices, aliases, active, stock,
            minimum_milli::int, step_milli::int from product where wholesaler_id = $1 and sku = $2`,
    [wholesalerId, sku],
  );
  return mustExist(rows[0], `the product ${sku}`);
};
const seenOf = (body: string): string => mustExist(body.match(/name="seen" value="([^"]+)"/)?.[1], 'a version');

test('a product is added once however often the form is sent, and a shop orders it by its alias', async () => {
  const sent = await Promise.all([1, 2].map(() => sales.post('/console/catalogue/new', soap)));
  expect(sent.map(({ status, location }) => [status, location])).toEqual(
    [1, 2].map(() => [303, `${soapPath}?notice=product_added`]),
  );
  expect(await stored('SOAP/1')).toEqual({
    name: 'Neem soap',
    units: { each: 1, carton: 72 },
    default_unit: 'carton',
    cart_unit: 'carton',
    price_minor: 2_500,
    unit_prices: { carton: 170_000 },
    list_prices: {},
    aliases: ['neem', 'green soap'],
    active: true,
    stock: 'in',
    minimum_milli: 1,
    step_milli: 1,
  });
  const page = await sales.get(soapPath);
  expect(page.body).toMatch(/carton of 72<\/dt><dd class="num">1,700\.00/);
  // The running service reads the new catalogue, not the one that it had in memory.
  const chat = running.chat({ name: 'Asha', phone: '919800000001' });
  expect(JSON.stringify((await chat.says('2 carton green soap')).message)).toContain('3,400.00');
});

test('what is wrong stands beside its field, and what was typed is still there', async () => {
  const wrong = await sales.post('/console/catalogue/new', {
    ...soap,
    sku: '',
    price: '12.345',
    'holds-1': 'many',
    'unit-2': 'carton',
    'holds-3': '6',
    usual: '9',
  });
  expect(wrong.status).toBe(422);
  for (const field of ['sku', 'price', 'holds-1', 'unit-0', 'unit-2', 'unit-3']) {
    expect(wrong.body, field).toMatch(new RegExp(`id="e-${field}">[^<]+`));
  }
  expect(wrong.body).toContain('value="12.345"');
  expect(wrong.body).toContain('green soap</textarea>');
  const taken = await sales.post('/console/catalogue/new', { ...soap, sku: 'RICE25' });
  expect(taken.body).toMatch(/id="e-sku">Another product has this SKU/);
  const spaced = await sales.post('/console/catalogue/new', { ...soap, sku: 'X', 'unit-0': 'each', 'holds-0': '2' });
  expect(spaced.body).toMatch(/id="e-holds-0">One each is always 1/);
});

test('of two who change one product the second sees it and loses nothing of what was typed', async () => {
  const opened = await sales.get('/console/catalogue/products/OIL1');
  const fields = {
    seen: seenOf(opened.body),
    name: 'Sunflower Oil 1L',
    price: '155.00',
    'unit-0': 'each',
    'holds-0': '1',
    'unit-1': 'case',
    'holds-1': '12',
    usual: '1',
    cart: '0',
    'list-0': 'gold',
    'listPrice-0': '149.50',
    stock: 'low',
    sold: 'yes',
    minimum: '0.5',
    step: '0.5',
  };
  expect((await sales.post('/console/catalogue/products/OIL1', fields)).status).toBe(303);
  // A second click of the same person is nobody else.
  expect((await sales.post('/console/catalogue/products/OIL1', fields)).status).toBe(303);
  expect(await stored('OIL1')).toMatchObject({
    price_minor: 15_500,
    cart_unit: 'each',
    list_prices: { gold: 14_950 },
    stock: 'low',
    minimum_milli: 500,
    step_milli: 500,
  });
  const second = await sales.post('/console/catalogue/products/OIL1', { ...fields, price: '99', stock: 'out' });
  expect(second.status).toBe(409);
  expect(second.body).toContain('Somebody else changed this product');
  expect(second.body).toContain('value="99"');
  const again = { ...fields, seen: seenOf(second.body), price: '99', size: '1L', sold: 'no' };
  expect((await sales.post('/console/catalogue/products/OIL1', again)).status).toBe(303);
  expect(await stored('OIL1')).toMatchObject({ price_minor: 9_900, active: false });
  const audit = await running.database.ownerSql(
    `select actor like 'staff:%' as staff, before->>'priceMinor' as before, after->>'priceMinor' as after
       from audit_entry where action = 'product_changed' and subject->>'sku' = 'OIL1' order by id`,
  );
  expect(audit).toEqual([
    { staff: true, before: '15050', after: '15500' },
    { staff: true, before: '15500', after: '9900' },
  ]);
});

test('a product is saved as it was shown: nothing of it changes by opening and saving it', async () => {
  await running.database.ownerSql(
    `insert into product (wholesaler_id, sku, name, size, units, default_unit, cart_unit, price_minor, unit_prices,
                          list_prices, aliases, stock, minimum_milli, step_milli)
     values ($1, 'ALL', 'All of it', '1,5 kg', '{"each":1,"bag":2.5,"pallet":1250}', 'bag', 'pallet', 123456789, '{"bag":99}',
             '{"gold":5,"silver":6}', '{a,"b c"}', 'low', 1500, 250)`,
    [wholesalerId],
  );
  const before = await stored('ALL');
  const { body } = await sales.get('/console/catalogue/products/ALL');
  const form = mustExist(body.match(/<form class="stack"[\s\S]*?<\/form>/)?.[0], 'the form');
  const fields: Record<string, string> = {};
  for (const [, name = '', value = ''] of form.matchAll(/<input[^>]*? name="([^"]+)"[^>]*? value="([^"]*)"/g)) {
    fields[name] ??= value;
  }
  for (const [, name = '', value = ''] of form.matchAll(/type="radio" name="(\w+)" value="(\d+)" checked/g)) {
    fields[name] = value;
  }
  for (const [, name = '', value = ''] of form.matchAll(
    /name="(\w+)"[^>]*>[^<]*(?:<option[^>]*>[^<]*<\/option>)*<option value="(\w+)" selected/g,
  )) {
    fields[name] = value;
  }
  for (const [, name = '', value = ''] of form.matchAll(/<textarea[^>]* name="(\w+)"[^>]*>\n([^<]*)</g)) {
    fields[name] = value;
  }
  const sent = await sales.post('/console/catalogue/products/ALL', { ...fields, price: '1' });
  expect(sent.status, sent.body.match(/class="errors"[\s\S]*?<\/div>/)?.[0]).toBe(303);
  expect(await stored('ALL')).toEqual({ ...before, price_minor: 100 });
});

test('the list finds products by name, SKU or alias, keeps to its filter, and pages without gap or repetition', async () => {
  await running.database.ownerSql(
    `insert into product (wholesaler_id, sku, name, units, default_unit, cart_unit, price_minor, aliases, active, stock)
     select $1, 'P' || n, 'Page ' || lpad((n / 2)::text, 3, '0'), '{"each":1}', 'each', 'each', 100,
            case n when 7 then '{lucky}'::text[] else '{}' end, n <> 9, case n when 8 then 'out' else 'in' end
       from generate_series(1, 120) n`,
    [wholesalerId],
  );
  const skusIn = (body: string) => [...body.matchAll(/<span class="mono break">([^<]+)/g)].map(([, sku]) => sku);
  const found: (string | undefined)[] = [];
  for (let path: string | undefined = '/console/catalogue?q=Page'; path !== undefined; ) {
    const { body } = await sales.get(path);
    found.push(...skusIn(body));
    path = body.match(/href="([^"]+)" rel="next"/)?.[1]?.replaceAll('&amp;', '&');
  }
  expect(found).toHaveLength(120);
  expect(new Set(found).size).toBe(120);
  expect(skusIn((await sales.get('/console/catalogue?q=lucky')).body)).toEqual(['P7']);
  expect(skusIn((await sales.get('/console/catalogue?q=page&filter=out')).body)).toEqual(['P8']);
  expect(skusIn((await sales.get('/console/catalogue?q=page&filter=off')).body)).toEqual(['P9']);
  expect((await sales.get('/console/catalogue?q=%25')).body).toContain('No product like &quot;%&quot;');
});

test('whoever may only look sees prices and no form', async () => {
  const viewer = await visitorAs(running.database, running.service.url, { wholesalerId, role: 'viewer' });
  const { body } = await viewer.get('/console/catalogue/products/RICE25');
  expect(body).toContain('1,350.00');
  expect(body).not.toContain('name="price"');
});
