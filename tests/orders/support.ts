import { importShop, readShopFile } from '../../src/catalogue/index.ts';
import { type Database, inTransaction } from '../../src/db/index.ts';
import {
  type CancelAnswer,
  cancelBatch,
  type PlaceAnswer,
  type PlaceItem,
  placeBatch,
  takeOrderNumbers,
} from '../../src/orders/index.ts';
import { mustExist } from '../../src/shared/assert.ts';
import { newId } from '../../src/shared/ids.ts';
import type { TestDatabase } from '../support/database.ts';

export const WHOLESALER = 'orders';

/** A wholesaler whose shops have a limit of 1,000.00 each. */
export async function addShops(database: TestDatabase, ids: string[]): Promise<void> {
  const file = {
    wholesaler: { id: WHOLESALER, name: 'Order Wholesale', currency: 'INR', language: 'en', timeZone: 'Asia/Kolkata' },
    lines: [{ phoneNumberId: '200000000001', displayPhoneNumber: '+91 22 5555 0200' }],
    products: [],
    retailers: ids.map((id) => ({ id, name: id, identities: [], credit: { limitMinor: 100_000, owedMinor: 0 } })),
  };
  const shop = readShopFile(JSON.stringify(file));
  if (!shop.ok) throw new Error(`the test shop is wrong: ${JSON.stringify(shop.problems)}`);
  await importShop(database.db, shop.shop, { dryRun: false });
}

export async function orderOf(
  db: Database,
  retailerId: string,
  amountMinor: bigint,
  more: Partial<PlaceItem> = {},
): Promise<PlaceItem> {
  return {
    wholesalerId: WHOLESALER,
    retailerId,
    orderId: newId(),
    number: await takeOrderNumbers(db, WHOLESALER, 1),
    currency: 'INR',
    amountMinor,
    source: 'api',
    lines: [
      {
        sku: 'RICE',
        name: 'Rice',
        unit: 'each',
        quantityMilli: 1_000,
        unitPriceMinor: amountMinor,
        totalMinor: amountMinor,
      },
    ],
    cause: null,
    ...more,
  };
}

export const place = (db: Database, items: PlaceItem[]): Promise<PlaceAnswer[]> =>
  inTransaction(db, (tx) => placeBatch(tx, items, { wait: 'promised' }));

export async function placeOne(db: Database, item: PlaceItem): Promise<PlaceAnswer> {
  return mustExist((await place(db, [item]))[0], 'an answer');
}

export async function cancelOne(db: Database, orderId: string, retailerId: string): Promise<CancelAnswer> {
  const item = {
    wholesalerId: WHOLESALER,
    orderId,
    retailerId,
    actor: 'test',
    source: 'chat' as const,
    reason: 'changed',
  };
  return mustExist((await inTransaction(db, (tx) => cancelBatch(tx, [item])))[0], 'an answer');
}

export async function heldBy(database: TestDatabase, retailerId: string): Promise<bigint> {
  const [row] = await database.ownerSql<{ held: string }>(
    'select held_minor::text as held from credit_account where wholesaler_id = $1 and retailer_id = $2',
    [WHOLESALER, retailerId],
  );
  return BigInt(mustExist(row, 'the account').held);
}

/** What is stored of an order: itself, its lines, its entries in the ledger, its holds. */
export async function tracesOf(
  database: TestDatabase,
  orderId: string,
): Promise<{ status: string | null; lines: number; entries: number; holds: number }> {
  const [row] = await database.ownerSql<{ status: string | null; lines: number; entries: number; holds: number }>(
    `select (select status from orders where id = $1) as status,
            (select count(*)::int from order_line where order_id = $1) as lines,
            (select count(*)::int from ledger_entry where order_id = $1) as entries,
            (select count(*)::int from credit_hold where order_id = $1) as holds`,
    [orderId],
  );
  return mustExist(row, 'a row');
}
