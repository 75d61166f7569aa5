import { afterAll, beforeAll, expect, it } from 'vitest';
import { sweepDueHolds } from '../../src/credit/expire-due-holds.ts';
import { createCredit } from '../../src/credit/index.ts';
import { inTransaction } from '../../src/db/index.ts';
import { placeBatch, takeOrderNumbers } from '../../src/orders/index.ts';
import { newId } from '../../src/shared/ids.ts';
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

it('two sweeps and an order that race for the same holds tell each conversation once', async () => {
  const { wholesalerId, lineId } = await addTenant(database);
  const other = await database.connect({ applicationName: 'other process' });
  const credit = createCredit({ databaseUrl: database.url, maxConnections: 4 });
  try {
    const shops = Array.from({ length: 30 }, (_, n) => `shop-${n}`);
    for (const retailerId of shops) {
      const personKey = `p:${retailerId}`;
      await database.ownerSql(`insert into retailer (wholesaler_id, id, name) values ($1, $2, $2)`, [
        wholesalerId,
        retailerId,
      ]);
      await database.ownerSql(`insert into conversation (wholesaler_id, line_id, person_key) values ($1, $2, $3)`, [
        wholesalerId,
        lineId,
        personKey,
      ]);
      await credit.openAccount({ wholesalerId, retailerId, currency: 'INR', limitMinor: 1_000n });
      const order = {
        ...{ wholesalerId, retailerId, orderId: `lapsing-${retailerId}`, currency: 'INR', amountMinor: 900n },
        number: await takeOrderNumbers(database.db, wholesalerId, 1),
        source: 'chat' as const,
        lines: [],
        cause: { lineId, personKey, eventId: newId() },
      };
      await inTransaction(database.db, (tx) => placeBatch(tx, [order], { wait: 'promised' }));
    }
    await database.ownerSql(`update credit_hold set expires_at = app_clock() where wholesaler_id = $1`, [wholesalerId]);
    await Promise.all([
      sweepDueHolds(database.db.prisma),
      sweepDueHolds(other.prisma),
      ...shops.map((retailerId) =>
        credit.acquireAndValidateCredit({ wholesalerId, retailerId, orderId: `next-${retailerId}`, orderAmount: 500n }),
      ),
    ]);
    const told = await database.ownerSql<{ person_key: string; told: number; payload: Record<string, unknown> }>(
      `select person_key, count(*)::int as told, (array_agg(payload))[1] as payload from inbox_event
       where wholesaler_id = $1 and kind = 'internal' and state = 'waiting' group by person_key`,
      [wholesalerId],
    );
    expect(told.map((row) => row.told)).toEqual(shops.map(() => 1));
    expect(told.find((row) => row.person_key === 'p:shop-7')?.payload).toMatchObject({
      type: 'hold_lapsed',
      retailerId: 'shop-7',
      orderId: 'lapsing-shop-7',
      amountMinor: '900',
      currency: 'INR',
      isRest: false,
    });
    const statuses = await database.ownerSql<{ status: string }>(
      `select distinct status from orders where wholesaler_id = $1`,
      [wholesalerId],
    );
    expect(statuses).toEqual([{ status: 'expired' }]);
  } finally {
    await credit.close();
  }
});
