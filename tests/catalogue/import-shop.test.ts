import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { importShop, readShopFile, type Shop } from '../../src/catalogue/index.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { contractShop } from './contract-shop.ts';

let database: TestDatabase;
let serial = 0;
let shopId = '';

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());
beforeEach(() => {
  serial += 1;
  shopId = `shop-${serial}`;
});

/** The example of the contract as a shop of its own, with parts of it replaced. */
function shop(more: Record<string, unknown> = {}): Shop {
  const file = {
    ...structuredClone(contractShop),
    lines: [{ phoneNumberId: `10654035${serial}`, displayPhoneNumber: '+91 22 5555 0100' }],
    ...more,
  };
  const read = readShopFile(JSON.stringify({ ...file, wholesaler: { ...file.wholesaler, id: shopId } }));
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  return read.shop;
}

const product = (more: Record<string, unknown> = {}) => ({ products: [{ ...contractShop.products[0], ...more }] });
const retailer = (more: Record<string, unknown> = {}) => ({ retailers: [{ ...contractShop.retailers[0], ...more }] });
const credit = (more: Record<string, unknown> = {}) =>
  retailer({ credit: { ...contractShop.retailers[0]?.credit, ...more } });

const doImport = async (given: Shop, options = {}) => (await importShop(database.db, given, options)).changes;
const kindsOf = async (given: Shop) => (await doImport(given)).map(({ kind, id }) => `${kind} ${id}`);

async function version(): Promise<number> {
  const [row] = await database.appSql<{ catalogue_version: number }>(
    'select catalogue_version from wholesaler where id = $1',
    [shopId],
  );
  return row?.catalogue_version ?? -1;
}

async function entries(): Promise<string[]> {
  const rows = await database.appSql<{ entry: string }>(
    `select concat_ws(' ', kind, limit_delta, owed_delta, status_after, actor) as entry from ledger_entry
     where wholesaler_id = $1 order by retailer_id, seq`,
    [shopId],
  );
  return rows.map(({ entry }) => entry);
}

const count = async (table: string): Promise<number> => {
  const [row] = await database.appSql<{ count: number }>(
    `select count(*)::integer as count from ${table} where wholesaler_id = $1`,
    [shopId],
  );
  return row?.count ?? -1;
};

test('the planner knows of a large import at once, with the rights of the service', async () => {
  const known = async () => {
    const [row] = await database.ownerSql<{ rows: number }>(
      `select reltuples::int as rows from pg_class where oid = 'product'::regclass`,
    );
    return row?.rows ?? 0;
  };
  const before = await known();
  const products = Array.from({ length: 500 }, (_, n) => ({ ...contractShop.products[0], sku: `SKU-${n}` }));
  await doImport(shop({ products }), { dryRun: true });
  expect(await known()).toBe(before);
  await doImport(shop({ products }));
  expect(await known()).toBeGreaterThanOrEqual(500);
  // Of these tables alone: the service owns none.
  await expect(database.appSql(`select analyze_filled(array['api_key'])`)).rejects.toThrow(/none of the tables/);
  await expect(database.appSql('analyze product')).resolves.toEqual([]);
});

test('a new shop is written whole, and its opening balance is booked as a debt', async () => {
  expect(await kindsOf(shop(credit({ owedMinor: 250000 })))).toEqual([
    `wholesaler ${shopId}`,
    `line 10654035${serial}`,
    'product COKE500',
    'retailer asha',
    'approver Ravi',
    'identity phone 919800000001',
    'identity bsuid IN.1349120865530',
    'identity phone 919800000099',
    'staff asha@example.com',
    'account asha',
  ]);
  expect(await entries()).toEqual(['LIMIT_CHANGE 10000000 0 active import', 'ADJUSTMENT 0 250000 active import']);
  const [debt] = await database.appSql<{ amount: string; days: number }>(
    `select amount_minor::text as amount, due_on - (opened_at at time zone 'Asia/Kolkata')::date as days
     from receivable where wholesaler_id = $1`,
    [shopId],
  );
  expect(debt).toEqual({ amount: '250000', days: 14 });
  expect(await version()).toBe(1);
});

test('the same file again changes nothing: no row, no version, no ledger entry', async () => {
  const given = shop(
    credit({ owedMinor: 250000, limitValidUntil: '2030-03-31', status: 'blocked', blockReason: 'late' }),
  );
  await doImport(given);
  const before = await entries();
  expect(await doImport(given)).toEqual([]);
  expect(await entries()).toEqual(before);
  expect(await version()).toBe(1);
  expect([await count('identity'), await count('line'), await count('product'), await count('receivable')]).toEqual([
    3, 1, 1, 1,
  ]);
});

test('a changed limit and a changed status become ledger entries by the import', async () => {
  await doImport(shop());
  const changes = await doImport(
    shop(credit({ limitMinor: 9000000, status: 'blocked', blockReason: 'cheque bounced' })),
  );
  expect(changes.map(({ kind, id }) => [kind, id])).toEqual([['account', 'asha']]);
  expect(changes[0]?.what).toMatch(/limit/);
  expect(changes[0]?.what).toMatch(/status/);
  await doImport(shop(credit({ limitMinor: 9000000 })));
  expect(await entries()).toEqual([
    'LIMIT_CHANGE 10000000 0 active import',
    'LIMIT_CHANGE -1000000 0 active import',
    'BLOCK 0 0 blocked import',
    'UNBLOCK 0 0 active import',
  ]);
});

test('an opening balance that the file changes later is not booked again', async () => {
  await doImport(shop(credit({ owedMinor: 250000 })));
  await doImport(shop(credit({ owedMinor: 990000 })));
  expect(await entries()).toHaveLength(2);
});

test('what the file leaves out stays as it is', async () => {
  await doImport(
    shop({ ...product({ prices: { gold: 1700 }, unitPricesMinor: { case: 40000 }, stock: 'low', minimum: 2 }) }),
  );
  const bare = { sku: 'COKE500', name: 'Coca-Cola 500ml PET', units: { each: 1, case: 24 }, defaultUnit: 'case' };
  const changes = await doImport(
    shop({
      wholesaler: { name: 'Demo Wholesale', currency: 'INR' },
      products: [{ ...bare, priceMinor: 1900 }],
      retailers: [{ id: 'asha', name: 'Asha Stores' }],
      approvers: undefined,
      staff: undefined,
    }),
  );
  expect(changes).toEqual([{ kind: 'product', id: 'COKE500', what: 'priceMinor 1800 -> 1900' }]);
  const [row] = await database.appSql(
    `select size, unit_prices, list_prices, stock, minimum_milli::integer as minimum, aliases from product
     where wholesaler_id = $1`,
    [shopId],
  );
  expect(row).toEqual({
    size: '500ml',
    unit_prices: { case: 40000 },
    list_prices: { gold: 1700 },
    stock: 'low',
    minimum: 2000,
    aliases: ['coke 500'],
  });
  expect([await count('identity'), await count('staff_user'), await count('approver')]).toEqual([3, 1, 1]);
});

test('the catalogue version moves with products alone', async () => {
  await doImport(shop());
  await doImport(shop({ wholesaler: { ...contractShop.wholesaler, name: 'Renamed' } }));
  await doImport(shop(retailer({ name: 'Asha & Sons' })));
  expect(await version()).toBe(1);
  await doImport(shop(product({ aliases: ['coke 500', 'thanda'] })));
  expect(await version()).toBe(2);
});

test('policies are merged by name', async () => {
  await doImport(
    shop({ wholesaler: { ...contractShop.wholesaler, policies: { confirm: 'never', questionMinutes: 5 } } }),
  );
  await doImport(shop({ wholesaler: { ...contractShop.wholesaler, policies: { confirm: 'always' } } }));
  const [row] = await database.appSql('select policies from wholesaler where id = $1', [shopId]);
  expect(row).toEqual({ policies: { confirm: 'always', questionMinutes: 5 } });
});

test('a dry run tells the same changes and writes nothing', async () => {
  const dry = await doImport(shop(), { dryRun: true });
  expect([await version(), await count('product'), await count('credit_account'), await count('ledger_entry')]).toEqual(
    [-1, 0, 0, 0],
  );
  expect(dry).toEqual(await doImport(shop()));
  expect(await doImport(shop(credit({ limitMinor: 5 })), { dryRun: true })).toHaveLength(1);
  expect(await entries()).toHaveLength(1);
});

test('a phone that the file gives to another retailer moves, and the change says from whom', async () => {
  await doImport(shop());
  const changes = await doImport(
    shop({
      retailers: [
        { id: 'asha', name: 'Asha Stores', language: 'hi-Latn' },
        { id: 'bela', name: 'Bela', identities: [{ kind: 'phone', value: '919800000001' }] },
      ],
    }),
  );
  expect(changes).toEqual([
    { kind: 'retailer', id: 'bela', what: 'new' },
    { kind: 'identity', id: 'phone 919800000001', what: 'moves from retailer asha to retailer bela' },
  ]);
  const rows = await database.appSql(
    `select retailer_id, valid_to is null as live from identity
     where wholesaler_id = $1 and value = '919800000001' order by valid_from`,
    [shopId],
  );
  expect(rows).toEqual([
    { retailer_id: 'asha', live: false },
    { retailer_id: 'bela', live: true },
  ]);
});

test('a WhatsApp number of another wholesaler is refused, and nothing is written', async () => {
  const first = shop();
  await doImport(first);
  const taken = shop().lines;
  const owner = shopId;
  serial += 1;
  shopId = `shop-${serial}`;
  await expect(doImport(shop({ lines: taken }))).rejects.toThrow(`is in use at wholesaler "${owner}"`);
  expect([await version(), await count('product')]).toEqual([-1, 0]);
});

test('a new currency is refused once there are accounts', async () => {
  await doImport(shop({ retailers: [] }));
  expect(
    await kindsOf(shop({ wholesaler: { ...contractShop.wholesaler, currency: 'KES' }, retailers: [] })),
  ).toHaveLength(1);
  await doImport(shop({ wholesaler: { ...contractShop.wholesaler, currency: 'KES' } }));
  await expect(doImport(shop())).rejects.toThrow(/accounts in KES; the file says INR/);
});

test('two imports of one file at once write it once', async () => {
  const given = shop(credit({ owedMinor: 250000 }));
  const made = await Promise.all([doImport(given), doImport(given), doImport(given)]);
  expect(made.map((changes) => changes.length).sort((a, b) => a - b)).toEqual([0, 0, 10]);
  expect(await entries()).toHaveLength(2);
});

test('amounts up to 2^53-1 arrive exactly', async () => {
  await doImport(
    shop({ ...product({ priceMinor: Number.MAX_SAFE_INTEGER }), ...credit({ limitMinor: Number.MAX_SAFE_INTEGER }) }),
  );
  const [row] = await database.appSql(
    `select p.price_minor::text as price, a.limit_minor::text as limit from product p join credit_account a using (wholesaler_id)
     where p.wholesaler_id = $1`,
    [shopId],
  );
  expect(row).toEqual({ price: '9007199254740991', limit: '9007199254740991' });
});

test('a large shop is imported in a handful of statements', async () => {
  const products = Array.from({ length: 6_000 }, (_, at) => ({ ...contractShop.products[0], sku: `P${at}` }));
  const retailers = Array.from({ length: 600 }, (_, at) => ({
    id: `r${at}`,
    name: `Shop ${at}`,
    identities: [{ kind: 'phone', value: `9190${String(at).padStart(8, '0')}` }],
    credit: { limitMinor: 1000 + at },
  }));
  const given = shop({ products, retailers });
  expect(await doImport(given)).toHaveLength(1 + 1 + 6_000 + 600 * 3 + 1 + 1 + 1);
  const positions = await database.appSql(
    'select min(position) as first, max(position) as last from product where wholesaler_id = $1',
    [shopId],
  );
  expect(positions).toEqual([{ first: 1, last: 6_000 }]);
  expect(await doImport(given)).toEqual([]);
});

test('an approver’s language is stored, changed and, where the file leaves it out, kept', async () => {
  const ravi = { name: 'Ravi', identities: [{ kind: 'phone', value: '919800000099' }] };
  const language = async () => {
    const [row] = await database.appSql<{ language: string | null }>(
      'select language from approver where wholesaler_id = $1',
      [shopId],
    );
    return row?.language;
  };
  await doImport(shop({ approvers: [{ ...ravi, language: 'hi' }] }));
  expect(await language()).toBe('hi');
  expect(await doImport(shop({ approvers: [ravi] }))).toEqual([]);
  expect(await doImport(shop({ approvers: [{ ...ravi, language: 'es' }] }))).toEqual([
    { kind: 'approver', id: 'Ravi', what: 'language hi -> es' },
  ]);
  expect(await language()).toBe('es');
});
