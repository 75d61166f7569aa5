import { afterAll, beforeAll, expect, it } from 'vitest';
import { createCredit } from '../../src/credit/index.ts';
import { inTransaction } from '../../src/db/index.ts';
import { placeBatch, takeOrderNumbers } from '../../src/orders/index.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { addTenant } from '../support/tenants.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database?.drop());

it('an order never stays open on a hold that lapsed, whoever made it lapse', async () => {
  const { wholesalerId } = await addTenant(database);
  await database.ownerSql(`insert into retailer (wholesaler_id, id, name) values ($1, 'shop', 'Shop')`, [wholesalerId]);
  const credit = createCredit({ databaseUrl: database.url, maxConnections: 2 });
  try {
    const key = { wholesalerId, retailerId: 'shop' };
    await credit.openAccount({ ...key, currency: 'INR', limitMinor: 1_000n, holdLifetimeMinutes: 60 });
    const number = await takeOrderNumbers(database.db, wholesalerId, 1);
    const order = {
      ...key,
      orderId: 'o1',
      number,
      currency: 'INR',
      amountMinor: 900n,
      source: 'api',
      lines: [],
      cause: null,
    } as const;
    const [placed] = await inTransaction(database.db, (tx) =>
      placeBatch(tx, [{ ...order, lines: [] }], { wait: 'promised' }),
    );
    expect(placed?.kind).toBe('placed');
    // Two hours pass in this test's own database.
    await database.ownerSql(
      `create or replace function app_clock() returns timestamptz language sql volatile as $$ select clock_timestamp() + interval '2 hours' $$`,
    );
    const next = await credit.acquireAndValidateCredit({ ...key, orderId: 'o2', orderAmount: 500n });
    expect(next.success).toBe(true);
    const [row] = await database.ownerSql<{ status: string }>(`select status from orders where id = 'o1'`);
    expect(row?.status).toBe('expired');
  } finally {
    await credit.close();
  }
});
