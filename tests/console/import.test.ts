import { afterAll, beforeAll, expect, test } from 'vitest';
import { UPLOAD_BYTES_MAX } from '../../src/catalogue/index.ts';
import { mustExist } from '../../src/shared/assert.ts';
import { newId } from '../../src/shared/ids.ts';
import { SESSION_SECRET, type Visitor, visitorAs } from '../support/console.ts';
import { startTestService, type TestService } from '../support/service.ts';
import { consoleShop } from './shop.ts';

let running: TestService;
let sales: Visitor;
const wholesalerId = consoleShop.wholesaler.id;
const PATH = '/console/catalogue/import';

beforeAll(async () => {
  running = await startTestService(consoleShop, { SESSION_SECRET });
  sales = await visitorAs(running.database, running.service.url, { wholesalerId, role: 'sales' });
});
afterAll(() => running?.stop());

const csv = (text: string) => ({ name: 'Preise März.csv', bytes: Buffer.from(text) });
const priceOf = async (sku: string): Promise<number | undefined> => {
  const [row] = await running.database.ownerSql<{ price: number }>(
    'select price_minor::int as price from product where wholesaler_id = $1 and sku = $2',
    [wholesalerId, sku],
  );
  return row?.price;
};
const versionIn = (body: string): string => mustExist(body.match(/name="version" value="(\d+)"/)?.[1], 'a version');

/** Sends a file and gives back where its preview is. */
async function sent(text: string): Promise<string> {
  const answer = await sales.upload(PATH, { _key: newId(), text: '' }, csv(text));
  expect(answer.status, answer.body).toBe(303);
  return mustExist(answer.location, 'a place');
}

test('a file is looked at, applied and undone, and each click twice does it once', async () => {
  const key = newId();
  const file = csv('\ufeffsku;name;price\r\nRICE25;Sona Masoori Rice 25kg;1.450,00\r\nSALT;Salz;20,50\r\n');
  const places = [
    await sales.upload(PATH, { _key: key, text: '' }, file),
    await sales.upload(PATH, { _key: key, text: '' }, file),
  ].map(({ location }) => location);
  expect(places).toEqual([`${PATH}/${key}`, `${PATH}/${key}`]);
  const look = await sales.get(`${PATH}/${key}`);
  expect(look.body).toContain('Preise März.csv');
  expect(look.body).toMatch(/1,350\.00<\/td><td data-label="Then" class="num">1,450\.00<\/td><td[^>]*>\+7\.4%/);
  expect(look.body).toMatch(/Sunflower Oil 1L[\s\S]*OIL1/);
  expect(await priceOf('RICE25')).toBe(135_000);

  const apply = { version: versionIn(look.body) };
  for (const _ of [1, 2]) {
    expect((await sales.post(`${PATH}/${key}/apply`, apply)).location).toBe(`${PATH}/${key}?notice=import_applied`);
  }
  expect([await priceOf('RICE25'), await priceOf('SALT')]).toEqual([145_000, 2_050]);
  for (const _ of [1, 2]) {
    expect((await sales.post(`${PATH}/${key}/undo`)).location).toBe(`${PATH}/${key}?notice=import_undone`);
  }
  expect(await priceOf('RICE25')).toBe(135_000);
  expect((await sales.get(`${PATH}/${key}`)).body).toContain('2 products are as before');
  expect((await sales.get(PATH)).body).toMatch(/Preise März\.csv[\s\S]*undone/);
});

test('mistakes are shown by line and column, the file stays, and it is mended in place', async () => {
  const place = await sent('sku,name,price\nRICE25,Rice,cheap\nSUGAR,Sugar,\n');
  const look = await sales.get(place);
  expect(look.body).toContain('2 things are to be mended first');
  expect(look.body).toMatch(/>2<\/th><td data-label="Column">price<\/td><td[^>]*>&quot;cheap&quot; is no number/);
  expect(look.body).not.toContain('/apply"');
  expect((await sales.post(`${place}/apply`, { version: '1' })).status).toBe(409);
  // Days later it is still there.
  expect((await sales.get(PATH)).body).toContain('not applied yet');

  const mended = { _key: newId(), text: 'sku,name,price\nRICE25,Rice,1400\nSUGAR,Sugar,40' };
  const emptied = await sales.post(`${place}/mend`, { ...mended, text: ' ' });
  expect(emptied.status).toBe(422);
  expect(emptied.body).toMatch(/id="e-text">There is nothing in it/);
  for (const _ of [1, 2]) {
    expect((await sales.post(`${place}/mend`, mended)).location).toBe(`${PATH}/${mended._key}`);
  }
  expect((await sales.get(`${PATH}/${mended._key}`)).body).toContain('Apply 2 changes');
  expect((await sales.post(`${PATH}/${mended._key}/drop`)).location).toBe(`${PATH}?notice=import_dropped`);
  expect(await priceOf('SUGAR')).toBe(undefined);
});

test('a long file is mended in place too: every character that the page shows comes back', async () => {
  const rows = Array.from({ length: 6_000 }, (_, at) => `S${at},"Tea, no. ${at}",${at}.50`);
  const place = await sent(`sku,name,price\n${rows.join('\n')}\nLAST,Last,x`);
  const text = (await sales.get(place)).body.match(/<textarea[^>]*>\n([^<]*)</)?.[1]?.replaceAll('&quot;', '"') ?? '';
  expect(text.length).toBeGreaterThan(100_000);
  const fields = { _key: newId(), text: text.replaceAll('\n', '\r\n').replace('LAST,Last,x', 'LAST,Last,7') };
  const mended = await sales.upload(`${place}/mend`, fields);
  expect((await sales.get(mustExist(mended.location, 'a place'))).body).toContain('Apply 6,001 changes');
});

test('of two who change the catalogue the second looks again before the file is applied', async () => {
  const place = await sent('sku,price\nRICE25,1300\n');
  const version = versionIn((await sales.get(place)).body);
  const other = await sent('sku,price\nOIL1,160\n');
  await sales.post(`${other}/apply`, { version: versionIn((await sales.get(other)).body) });
  const second = await sales.post(`${place}/apply`, { version });
  expect(second.status).toBe(409);
  expect(second.body).toContain('The catalogue changed since you looked');
  expect(await priceOf('RICE25')).toBe(135_000);
  expect((await sales.post(`${place}/apply`, { version: versionIn(second.body) })).status).toBe(303);
  expect(await priceOf('RICE25')).toBe(130_000);
  expect((await sales.post(`${other}/undo`)).status).toBe(409);
});

test.each([
  ['nothing', {}, undefined, 'file', 'There is nothing in it'],
  ['a workbook', {}, { name: 'a.xlsx', bytes: Buffer.from('PK\u0003\u0004rest') }, 'file', 'save it as CSV'],
  ['too much', {}, { name: 'a.csv', bytes: Buffer.alloc(UPLOAD_BYTES_MAX + 9, 'a') }, 'file', 'more than 5 MB'],
  ['too much text', { text: 'a'.repeat(UPLOAD_BYTES_MAX + 9) }, undefined, 'text', 'more than 5 MB'],
])('%s is refused beside its field', async (_, fields, file, field, words) => {
  const refused = await sales.upload(PATH, { text: '', ...fields }, file);
  expect(refused.status).toBe(422);
  expect(refused.body).toMatch(new RegExp(`id="e-${field}">[^<]*${words}`));
});

test('rows are pasted from a spreadsheet, and what is there already is nothing to apply', async () => {
  const pasted = await sales.upload(PATH, { _key: newId(), text: 'SKU\tName\r\nOIL1\tSunflower Oil 1L\r\n' });
  const look = await sales.get(mustExist(pasted.location, 'a place'));
  expect(look.body).toContain('pasted rows');
  expect(look.body).toMatch(/<dt>As they are<\/dt><dd>1/);
});

test('the catalogue is downloaded with nothing that a spreadsheet would run, and comes back without a change', async () => {
  await running.database.ownerSql(
    `insert into product (wholesaler_id, sku, name, units, default_unit, cart_unit, price_minor, aliases)
     values ($1, '-7', '=HYPERLINK("https://evil.example")', '{"each":1}', 'each', 'each', 5, '{"@x","a|b"}')`,
    [wholesalerId],
  );
  const file = await sales.get('/console/catalogue/export.csv');
  expect(file.body).toContain(`'-7,"'=HYPERLINK(""https://evil.example"")"`);
  const look = await sales.get(await sent(file.body));
  expect(look.body).toContain('there is nothing to apply');
});

test('a form with a file is taken with the token of the session only', async () => {
  const stolen = await sales.upload(PATH, { _csrf: 'guess', text: 'sku\nA' });
  expect(stolen.status).toBe(403);
});
