import { afterAll, beforeAll, expect, test } from 'vitest';
import { importShop, loadCatalogueAt, readShopFile } from '../../src/catalogue/index.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database?.drop());

const product = (sku: string, priceMinor: number, more: object = {}) => ({
  sku,
  name: `Product ${sku}`,
  units: { each: 1, case: 12 },
  defaultUnit: 'case',
  priceMinor,
  aliases: [`the ${sku}`],
  ...more,
});

async function importing(...products: object[]): Promise<void> {
  const wholesaler = { id: 'w', name: 'W', currency: 'INR', language: 'en', timeZone: 'Asia/Kolkata' };
  const shop = readShopFile(JSON.stringify({ wholesaler, products }));
  if (!shop.ok) throw new Error(JSON.stringify(shop.problems));
  await importShop(database.db, shop.shop);
}

/** What each product cost and whether it was sold, at a version. */
async function at(version: number): Promise<Record<string, string>> {
  const catalogue = await loadCatalogueAt(database.db.prisma, 'w', version);
  const rows = [...catalogue.productsFor('gold').values()].map(
    ({ sku, active, unitPricesMinor }) => [sku, `${unitPricesMinor.each}${active ? '' : ' off'}`] as const,
  );
  return Object.fromEntries(rows);
}

test('every version of the catalogue can be read again, whatever came after', async () => {
  await importing(product('A', 100), product('B', 200, { prices: { gold: 190 } }));
  await importing(product('A', 110));
  await importing(product('A', 110), product('B', 200, { active: false }), product('C', 300));
  expect([await at(1), await at(2), await at(3), await at(99)]).toEqual([
    { A: '100', B: '190' },
    { A: '110', B: '190' },
    { A: '110', B: '190 off', C: '300' },
    { A: '110', B: '190 off', C: '300' },
  ]);
  const { index, ...catalogue } = await loadCatalogueAt(database.db.prisma, 'w', 1);
  expect(index).toBeDefined();
  expect(catalogue.productsFor(null).get('A')).toMatchObject({
    name: 'Product A',
    aliases: ['the A'],
    cartUnit: 'case',
  });
});

test('a version has what its transaction left, in whichever order that was written', async () => {
  const connection = await database.connect({ poolMax: 1 });
  await connection.prisma.$transaction(async (tx) => {
    await tx.$executeRaw`update product set price_minor = 111 where sku = 'A'`;
    await tx.$executeRaw`update wholesaler set catalogue_version = catalogue_version + 1 where id = 'w'`;
    await tx.$executeRaw`update product set price_minor = 112 where sku = 'A'`;
  });
  expect([(await at(3)).A, (await at(4)).A]).toEqual(['110', '112']);
});

test('what was replaced more than a year ago is forgotten, and what stands is kept', async () => {
  await database.ownerSql(`update product_version set written_at = written_at - interval '367 days'`);
  await importing(product('A', 120));
  const rows = await database.ownerSql<{ sku: string; versions: number[] }>(
    'select sku, array_agg(version order by version) as versions from product_version group by sku order by sku',
  );
  expect(rows).toEqual([
    { sku: 'A', versions: [4, 5] },
    { sku: 'B', versions: [1, 3] },
    { sku: 'C', versions: [3] },
  ]);
});

test('the service reads history and cannot write it', async () => {
  await expect(database.appSql('select from product_version')).resolves.not.toEqual([]);
  await expect(database.appSql(`update product_version set product = '{}'`)).rejects.toThrow('permission denied');
  await expect(database.appSql('delete from product_version')).rejects.toThrow('permission denied');
});
