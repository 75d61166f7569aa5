import { afterAll, beforeAll, expect, test } from 'vitest';
import { createCatalogueCache, importShop, readShopFile } from '../../src/catalogue/index.ts';
import { unitPricesMinor } from '../../src/catalogue/load-catalogue.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

async function importProducts(wholesalerId: string, products: object[]): Promise<void> {
  const read = readShopFile(JSON.stringify({ wholesaler: { id: wholesalerId, name: 'W', currency: 'INR' }, products }));
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  await importShop(database.db, read.shop);
}

const cola = { sku: 'COLA', name: 'Cola', units: { each: 1, case: 24 }, defaultUnit: 'case', priceMinor: 1800 };

const PRICES: [name: string, product: Parameters<typeof unitPricesMinor>[0], list: string | null, expected: object][] =
  [
    [
      'a unit costs as many each as it holds',
      { units: { each: 1, case: 24 }, priceMinor: 1800n, unitPrices: {}, listPrices: {} },
      null,
      { each: 1800n, case: 43200n },
    ],
    [
      'unless it has a price of its own',
      { units: { each: 1, case: 24 }, priceMinor: 1800n, unitPrices: { case: 40000 }, listPrices: {} },
      null,
      { each: 1800n, case: 40000n },
    ],
    [
      'a price on the list of the retailer wins over both',
      { units: { each: 1, case: 24 }, priceMinor: 1800n, unitPrices: { case: 40000 }, listPrices: { gold: 1700 } },
      'gold',
      { each: 1700n, case: 40800n },
    ],
    [
      'a list that does not name the product changes nothing',
      { units: { each: 1, case: 24 }, priceMinor: 1800n, unitPrices: { case: 40000 }, listPrices: { gold: 1700 } },
      'silver',
      { each: 1800n, case: 40000n },
    ],
    [
      'part of an each is rounded half up',
      { units: { kg: 1, quarter: 0.25, third: 0.333 }, priceMinor: 3330n, unitPrices: {}, listPrices: {} },
      null,
      { kg: 3330n, quarter: 833n, third: 1109n },
    ],
  ];

test.each(PRICES)('%s', (_name, product, list, expected) => {
  expect(unitPricesMinor(product, list)).toEqual(expected);
});

test('products come with the prices of the asked price list', async () => {
  await importProducts('w1', [
    { ...cola, prices: { gold: 1700 }, size: '500ml', minimum: 0.5, active: false, stock: 'low' },
  ]);
  const catalogue = await createCatalogueCache().load(database.db.prisma, 'w1');
  expect(catalogue.version).toBe(1);
  expect(catalogue.productsFor('gold').get('COLA')?.unitPricesMinor).toEqual({ each: 1700n, case: 40800n });
  expect(catalogue.productsFor(null).get('COLA')).toEqual({
    ...{
      sku: 'COLA',
      name: 'Cola',
      size: '500ml',
      units: { each: 1, case: 24 },
      defaultUnit: 'case',
      cartUnit: 'case',
    },
    ...{ aliases: [], active: false, stock: 'low', minimumMilli: 500, stepMilli: 1 },
    unitPricesMinor: { each: 1800n, case: 43200n },
  });
  expect(catalogue.productsFor('no such list')).toBe(catalogue.productsFor(null));
});

test('the same catalogue is handed out until products change', async () => {
  await importProducts('w2', [cola]);
  const cache = createCatalogueCache();
  const first = await cache.load(database.db.prisma, 'w2');
  expect(await cache.load(database.db.prisma, 'w2')).toBe(first);
  expect(await cache.load(database.db.prisma, 'w2', 1)).toBe(first);
  await importProducts('w2', [{ ...cola, priceMinor: 1900 }]);
  expect(await cache.load(database.db.prisma, 'w2', 1)).toBe(first);
  const second = await cache.load(database.db.prisma, 'w2');
  expect(second.productsFor(null).get('COLA')?.unitPricesMinor.each).toBe(1900n);
  expect(await cache.load(database.db.prisma, 'w2', 1)).toBe(second);
});

test('a wholesaler without products, or unknown, has an empty catalogue', async () => {
  await importProducts('w3', []);
  const cache = createCatalogueCache();
  expect((await cache.load(database.db.prisma, 'w3')).productsFor(null).size).toBe(0);
  expect((await cache.load(database.db.prisma, 'nobody')).version).toBe(0);
});
