import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { applyImport, previewImport, undoImport } from '../../src/catalogue/apply-import.ts';
import { compareFile } from '../../src/catalogue/csv/compare-file.ts';
import { readFile } from '../../src/catalogue/csv/read-file.ts';
import { writeCatalogue } from '../../src/catalogue/csv/write-file.ts';
import { IMPORTS_KEPT, listImports, readImport, readUndone, storeUpload } from '../../src/catalogue/import-store.ts';
import { readProducts, type WholeProduct, writeProducts } from '../../src/catalogue/product-store.ts';
import { productProblems, saveProduct, versionOfProduct } from '../../src/catalogue/save-product.ts';
import { inTransaction } from '../../src/db/index.ts';
import { mustExist } from '../../src/shared/assert.ts';
import { newId } from '../../src/shared/ids.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import fc from '../support/properties.ts';

let database: TestDatabase;
let serial = 0;
let shop = { id: '', currency: 'INR', locale: 'en-IN' };

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database?.drop());
beforeEach(() => openShop('INR'));

async function openShop(currency: string, locale = 'en-IN'): Promise<void> {
  serial += 1;
  shop = { id: `shop-${serial}`, currency, locale };
  await database.ownerSql(
    `insert into wholesaler (id, name, currency, language, time_zone) values ($1, 'Shop', $2, 'en', 'UTC')`,
    [shop.id, currency],
  );
}

const product = (sku: string, more: Partial<WholeProduct> = {}): WholeProduct => ({
  sku,
  name: `Product ${sku}`,
  size: null,
  units: { each: 1, case: 24 },
  defaultUnit: 'case',
  cartUnit: 'case',
  priceMinor: 1_800,
  unitPricesMinor: {},
  prices: {},
  aliases: [],
  active: true,
  stock: 'in',
  minimum: 0.001,
  step: 0.001,
  ...more,
});

const write = (...products: WholeProduct[]) => inTransaction(database.db, (tx) => writeProducts(tx, shop.id, products));
const stored = async (sku: string): Promise<WholeProduct> =>
  mustExist((await readProducts(database.db.prisma, shop.id)).get(sku), sku);
const compared = async (text: string) => compareFile(database.db.prisma, shop, await readFile(text));
const version = async (): Promise<number> => {
  const [row] = await database.ownerSql<{ v: number }>('select catalogue_version v from wholesaler where id = $1', [
    shop.id,
  ]);
  return row?.v ?? -1;
};

async function upload(source: string): Promise<string> {
  const id = newId();
  const file = { wholesalerId: shop.id, id, filename: 'prices.csv', encoding: 'utf-8', source, by: 'staff:1' };
  await inTransaction(database.db, (tx) => storeUpload(tx, file));
  return id;
}
const apply = async (importId: string, more: { version?: number; switchOffMissing?: boolean } = {}) =>
  (
    await applyImport(database.db, shop, {
      importId,
      version: await version(),
      switchOffMissing: false,
      by: 'staff:1',
      ...more,
    })
  ).kind;
const undo = async (importId: string) =>
  (await undoImport(database.db, { wholesalerId: shop.id, importId, by: 'staff:2' })).kind;

async function exported(): Promise<string> {
  let text = '';
  for await (const chunk of writeCatalogue(database.db.prisma, shop)) text += chunk;
  return text;
}

/** Names with everything that a CSV file, a spreadsheet or our own lists could trip over. */
const name = fc
  .string({ minLength: 1, maxLength: 20, unit: fc.constantFrom(...'ab =+-@,;|"\'\\\t€é한.15'.split('')) })
  .filter((text) => text.trim() === text);
const money = fc.integer({ min: 0, max: 9_999_999_999 });
const quantity = fc.integer({ min: 1, max: 2_000_000 }).map((milli) => milli / 1000);
const anyProduct = fc
  .record({
    sku: name,
    name,
    size: fc.option(name, { nil: null }),
    units: fc.dictionary(name, quantity, { minKeys: 1, maxKeys: 3 }),
    priceMinor: money,
    prices: fc.dictionary(name, money, { maxKeys: 2 }),
    aliases: fc.uniqueArray(name, { maxLength: 3 }),
    active: fc.boolean(),
    stock: fc.constantFrom('in' as const, 'low' as const, 'out' as const),
    minimum: quantity,
    step: quantity,
  })
  .map((given): WholeProduct => {
    const [unit = ''] = Object.keys(given.units);
    return { ...given, defaultUnit: unit, cartUnit: unit, unitPricesMinor: { [unit]: given.priceMinor } };
  })
  .filter((one) => productProblems(one).length === 0);

test.each([
  ['INR', 'en-IN'],
  ['JPY', 'es'],
  ['KWD', 'de'],
])('what is exported in %s comes back without a change, whatever the products are called', async (currency, locale) => {
  await fc.assert(
    fc.asyncProperty(fc.uniqueArray(anyProduct, { selector: ({ sku }) => sku, maxLength: 8 }), async (products) => {
      await openShop(currency, locale);
      await write(...products);
      const text = await exported();
      // A spreadsheet calculates nothing of it.
      for (const cell of parse(text, { bom: true }).flat()) expect(cell).not.toMatch(/^[=+\-@\t]/);
      expect(await compared(text)).toEqual({
        problems: [],
        added: [],
        changed: [],
        unchanged: products.length,
        missing: [],
      });
    }),
    { numRuns: 15 },
  );
});

test('a short file changes prices alone, and tells what is new, changed, unchanged and missing', async () => {
  await write(
    product('A', { aliases: ['tea'], unitPricesMinor: { case: 40_000 } }),
    product('B'),
    product('C'),
    product('D', { active: false }),
  );
  const { added, changed, unchanged, missing, problems } = await compared(
    'sku;price;name\nA;"19,50";Product A\nB;"18,00";Product B\nE;"1.250,00";Erdnüsse\n',
  );
  expect(problems).toEqual([]);
  expect(changed.map(({ after, what }) => [after, what])).toEqual([
    [
      product('A', { aliases: ['tea'], unitPricesMinor: { case: 40_000 }, priceMinor: 1_950 }),
      ['priceMinor 1800 -> 1950'],
    ],
  ]);
  expect(unchanged).toBe(1);
  expect(added).toEqual([
    product('E', { name: 'Erdnüsse', priceMinor: 125_000, units: { each: 1 }, defaultUnit: 'each', cartUnit: 'each' }),
  ]);
  expect(missing.map(({ sku }) => sku)).toEqual(['C']);
});

test('an empty cell empties what can be empty and keeps the rest; a missing column keeps all', async () => {
  const full = product('A', { size: '1L', aliases: ['x'], prices: { gold: 5 }, stock: 'low', minimum: 2, step: 2 });
  await write(full);
  const [kept] = (await compared('sku,price\nA,19\n')).changed;
  expect(kept?.after).toEqual({ ...full, priceMinor: 1_900 });
  const [emptied] = (await compared('sku,size,aliases,list_prices,stock,active,minimum,step,units\nA,,,,,,,,\n'))
    .changed;
  expect(emptied?.after).toEqual({ ...full, size: null, aliases: [], prices: {}, minimum: 0.001, step: 0.001 });
});

test.each([
  ['sku,name,price\nN,,5', ['2 name']],
  ['sku,price\nN,5', ['2 name']],
  ['sku,name\nN,New', ['2 price']],
  ['sku,price\nA,', ['2 price']],
  ['sku,price\nA,cheap\nB,-5', ['2 price', '3 price']],
  ['sku,price\nA,18.505', ['2 price']],
  ['sku;price\nA;18,5\nB;18.5\nC;1.250', ['4 price']],
  ['sku,units\nA,each=2', ['2 units']],
  ['sku,units\nA,each 1 case 24', ['2 units']],
  ['sku,units\nA,box=12 | bag=6', ['2 default_unit']],
  ['sku,default_unit\nA,pallet', ['2 default_unit']],
  ['sku,unit_prices\nA,pallet=5', ['2 unit_prices']],
  ['sku,stock,active\nA,many,perhaps', ['2 active', '2 stock']],
  ['sku,minimum,step\nA,0,1.2345', ['2 minimum', '2 step']],
])('%j is wrong at %j, in words', async (text, expected) => {
  await write(product('A'), product('B'), product('C'));
  const { problems } = await compared(text);
  const places = problems.map(({ line, column }) => `${line} ${column}`).sort();
  expect([...new Set(places)]).toEqual(expected);
  for (const { message } of problems) expect(message).toMatch(/^.{8,}\.$/);
  expect(await apply(await upload(text))).toBe('faulty');
});

test('a code that a spreadsheet took for a number is no new product', async () => {
  await write(product('00123'), product('RICE'));
  const { problems, added } = await compared('sku,name,price\n123,Tea,5\nrice,Rice,5\n8.9E+12,Soap,5\n124,Salt,5\n');
  expect(problems.map(({ line, message }) => [line, message.slice(0, 28)])).toEqual([
    [2, 'There is a product "00123". '],
    [3, 'There is a product "RICE". W'],
    [4, '"8.9E+12" is what a spreadsh'],
  ]);
  expect(added.map(({ sku }) => sku)).toEqual(['124']);
});

test('an import is applied once and undone once; the catalogue is then as it was, and no product is lost', async () => {
  await write(product('A'), product('B'), product('C'));
  const id = await upload('sku,name,price\nA,Product A,20\nN,New,5\nB,Product B,18\n');
  const before = await version();
  expect(await Promise.all([apply(id, { switchOffMissing: true }), apply(id, { switchOffMissing: true })])).toEqual([
    'applied',
    'applied',
  ]);
  expect(await version()).toBe(before + 1);
  expect([(await stored('A')).priceMinor, (await stored('C')).active, (await stored('N')).name]).toEqual([
    2_000,
    false,
    'New',
  ]);
  expect(await readImport(database.db.prisma, shop.id, id)).toMatchObject({
    state: 'applied',
    added: 1,
    changed: 1,
    switchedOff: 1,
    isNewest: true,
  });
  expect(await previewImport(database.db, shop, id)).toBe(null);
  expect(await Promise.all([undo(id), undo(id)])).toEqual(['undone', 'undone']);
  expect(await stored('A')).toEqual(product('A'));
  expect(await stored('C')).toEqual(product('C'));
  expect((await stored('N')).active).toBe(false);
  expect(await version()).toBe(before + 2);
  expect(await apply(id)).toBe('over');
  const audit = await database.ownerSql(
    'select actor, action, after from audit_entry where wholesaler_id = $1 order by id',
    [shop.id],
  );
  expect(audit).toEqual([
    { actor: 'staff:1', action: 'catalogue_import_applied', after: { added: 1, changed: 1, switchedOff: 1 } },
    { actor: 'staff:2', action: 'catalogue_import_undone', after: { restored: 3, left: 0 } },
  ]);
});

test('undoing leaves what somebody changed since, and says which', async () => {
  await write(product('A'), product('B'));
  const id = await upload('sku,price\nA,20\nB,21\n');
  await apply(id);
  const edited = { ...(await stored('B')), stock: 'out' as const };
  const seen = versionOfProduct(await stored('B'));
  await inTransaction(database.db, (tx) => saveProduct(tx, shop.id, { product: edited, seen, by: 'staff:1' }));
  await undo(id);
  expect([await stored('A'), await stored('B')]).toEqual([product('A'), edited]);
  expect(await readUndone(database.db.prisma, { wholesalerId: shop.id, id, limit: 10 })).toEqual({
    restored: 1,
    left: 1,
    leftSkus: ['B'],
  });
});

test('only the newest import is undone, and then the one before it is the newest', async () => {
  await write(product('A'));
  const first = await upload('sku,price\nA,20\n');
  await apply(first);
  const second = await upload('sku,price\nA,21\n');
  await apply(second);
  expect(await undo(first)).toBe('not_newest');
  expect(await undo(second)).toBe('undone');
  expect((await stored('A')).priceMinor).toBe(2_000);
  expect(await undo(first)).toBe('undone');
  expect(await stored('A')).toEqual(product('A'));
});

test('a catalogue that changed since the look is not overwritten, and the upload stays', async () => {
  await write(product('A'), product('B'));
  const id = await upload('sku,price\nA,20\n');
  const looked = await version();
  await write(product('B', { priceMinor: 99 }));
  expect(await apply(id, { version: looked })).toBe('catalogue_changed');
  expect((await stored('A')).priceMinor).toBe(1_800);
  expect((await previewImport(database.db, shop, id))?.comparison.changed).toHaveLength(1);
  expect(await apply(id)).toBe('applied');
});

test('uploads are kept until they are applied, the newest of them; others know nothing of them', async () => {
  const ids: string[] = [];
  for (let at = 0; at < IMPORTS_KEPT + 2; at += 1) ids.push(await upload(`sku,price\nA,${at}\n`));
  const listed = await listImports(database.db.prisma, shop.id);
  expect(listed.map(({ id }) => id)).toEqual(ids.slice(2).reverse());
  const [id = ''] = ids.slice(-1);
  await openShop('INR');
  expect(await readImport(database.db.prisma, shop.id, id)).toBe(null);
  expect(await apply(id)).toBe('not_found');
  expect(await undo(id)).toBe('not_found');
});

test('ten thousand products are looked at and applied in one go', async () => {
  const lines = Array.from(
    { length: 10_000 },
    (_, at) => `SKU${at},"Product, number ${at}",${at + 1}.50,each=1 | case=12,case`,
  );
  const id = await upload(`sku,name,price,units,default_unit\n${lines.join('\n')}\n`);
  expect(await apply(id)).toBe('applied');
  const again = await upload(`sku,price\n${lines.map((_, at) => `SKU${at},${at + 1}.50`).join('\n')}\n`);
  expect((await previewImport(database.db, shop, again))?.comparison).toMatchObject({ unchanged: 10_000, changed: [] });
});
