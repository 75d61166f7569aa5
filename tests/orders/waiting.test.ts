import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCredit, verifyLedger } from '../../src/credit/index.ts';
import { inTransaction } from '../../src/db/index.ts';
import {
  lapseWaitingOrders,
  mayBecome,
  ORDER_STATUSES,
  type PlaceItem,
  proposeWaitingOrders,
  storeWaiting,
} from '../../src/orders/index.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { addShops, cancelOne, heldBy, orderOf, place, placeOne, tracesOf, WHOLESALER } from './support.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
  await addShops(database, [...Array.from({ length: 10 }, (_, n) => `shop${n}`)]);
});
afterAll(async () => {
  expect(await verifyLedger(database.db)).toMatchObject({ ok: true, firstBad: null });
  await database.drop();
});

/** An order as a chat causes one, so that there is a conversation to tell. */
async function chatOrder(retailerId: string, amountMinor: bigint): Promise<PlaceItem> {
  const [line] = await database.ownerSql<{ id: string }>('select id from line where wholesaler_id = $1', [WHOLESALER]);
  const lineId = line?.id ?? '';
  const personKey = `p:${retailerId}`;
  await database.ownerSql(
    `insert into conversation (wholesaler_id, line_id, person_key, retailer_id) values ($1, $2, $3, $4)
     on conflict do nothing`,
    [WHOLESALER, lineId, personKey, retailerId],
  );
  const eventId = crypto.randomUUID();
  await database.ownerSql(
    `insert into inbox_event (wholesaler_id, id, line_id, event_key, kind, person_key, payload, sent_at, state)
     values ($1, $2, $3, $5, 'message', $4, '{}', app_clock(), 'kept')`,
    [WHOLESALER, eventId, lineId, personKey, eventId],
  );
  return orderOf(database.db, retailerId, amountMinor, {
    source: 'chat',
    cause: { lineId, personKey, eventId },
  });
}

async function storeOnCredit(retailerId: string, amountMinor: bigint, waitMinutes = 60): Promise<PlaceItem> {
  const item = await chatOrder(retailerId, amountMinor);
  const [stored] = await inTransaction(database.db, (tx) =>
    storeWaiting(tx, [{ ...item, status: 'waiting_on_credit', waitMinutes }]),
  );
  expect(stored).toMatchObject({ number: item.number, status: 'waiting_on_credit', replayed: false });
  return item;
}

const propose = (retailerId: string) =>
  inTransaction(database.db, (tx) => proposeWaitingOrders(tx, WHOLESALER, [retailerId]));

const told = (retailerId: string) =>
  database.ownerSql<{ type: string; number: number }>(
    `select payload ->> 'type' as type, (payload ->> 'number')::int as number from inbox_event
      where kind = 'internal' and person_key = $1 order by received_at, id`,
    [`p:${retailerId}`],
  );

describe('the course of an order', () => {
  it('is the same in the code and in the database, for every pair of states', async () => {
    const pairs = ORDER_STATUSES.flatMap((from) => ORDER_STATUSES.map((to) => ({ from, to })));
    const rows = await database.appSql<{ from: string; to: string; may: boolean }>(
      `select p.from, p.to, order_may_become(p.from, p.to) as may
         from jsonb_to_recordset($1::jsonb) as p ("from" text, "to" text)`,
      [JSON.stringify(pairs)],
    );
    expect(rows).toHaveLength(64);
    expect(rows).toEqual(pairs.map((pair) => ({ ...pair, may: mayBecome(pair.from, pair.to) })));
    expect(rows.filter(({ may }) => may)).toHaveLength(14);
  });

  it('is kept by the database, whoever writes', async () => {
    const { orderId } = await storeOnCredit('shop0', 1_000n);
    await expect(database.appSql(`update orders set status = 'rejected' where id = $1`, [orderId])).rejects.toThrow(
      /cannot become rejected/,
    );
    await expect(database.appSql(`update orders set status = 'approved' where id = $1`, [orderId])).rejects.toThrow(
      /orders_hold/,
    );
  });
});

describe('an order that waits on credit', () => {
  it('holds nothing, keeps its lines, and is stored once under its id', async () => {
    const item = await storeOnCredit('shop1', 150_000n);
    expect(await tracesOf(database, item.orderId)).toEqual({
      status: 'waiting_on_credit',
      lines: 1,
      entries: 0,
      holds: 0,
    });
    const [again] = await inTransaction(database.db, (tx) =>
      storeWaiting(tx, [{ ...item, number: item.number + 1, status: 'waiting_on_credit', waitMinutes: 60 }]),
    );
    expect(again).toMatchObject({ number: item.number, replayed: true });
  });

  it('is asked about once when credit is free, however often it is looked, and again after it stopped fitting', async () => {
    const first = await chatOrder('shop2', 80_000n);
    expect(await placeOne(database.db, first)).toMatchObject({ kind: 'placed' });
    const waiting = await storeOnCredit('shop2', 30_000n);
    expect(await propose('shop2')).toBe(0);
    // A cancellation gives 800.00 back, and asks in its own transaction.
    await cancelOne(database.db, first.orderId, 'shop2');
    expect(await told('shop2')).toEqual([{ type: 'order_fits', number: waiting.number }]);
    expect(await propose('shop2')).toBe(0);
    const second = await chatOrder('shop2', 80_000n);
    await placeOne(database.db, second);
    expect(await propose('shop2')).toBe(0);
    await cancelOne(database.db, second.orderId, 'shop2');
    expect(await told('shop2')).toHaveLength(2);
  });

  it('comes after the older ones: the second is not asked about with the credit of the first', async () => {
    const older = await storeOnCredit('shop3', 70_000n);
    const newer = await storeOnCredit('shop3', 40_000n);
    expect(await propose('shop3')).toBe(1);
    expect(await told('shop3')).toEqual([{ type: 'order_fits', number: older.number }]);
    await cancelOne(database.db, older.orderId, 'shop3');
    expect(await propose('shop3')).toBe(1);
    expect((await told('shop3')).at(-1)).toEqual({ type: 'order_fits', number: newer.number });
  });

  it('is not asked about while its account is on hold', async () => {
    await storeOnCredit('shop4', 10_000n);
    const credit = createCredit({ databaseUrl: database.url, maxConnections: 1 });
    const key = { wholesalerId: WHOLESALER, retailerId: 'shop4', actor: 'test', reason: 'test' };
    await credit.blockAccount(key);
    expect(await propose('shop4')).toBe(0);
    await credit.unblockAccount(key);
    await credit.close();
    expect(await propose('shop4')).toBe(1);
  });

  it('is placed under its number when it is confirmed, with the lines and prices of that day', async () => {
    const item = await storeOnCredit('shop5', 50_000n);
    const confirmed: PlaceItem = {
      ...item,
      waited: true,
      amountMinor: 55_000n,
      lines: [55_000n].map((totalMinor) => ({
        sku: 'RICE',
        name: 'Rice',
        unit: 'each',
        quantityMilli: 1_000,
        unitPriceMinor: totalMinor,
        totalMinor,
      })),
    };
    expect(await place(database.db, [confirmed])).toMatchObject([{ kind: 'placed', number: item.number }]);
    expect(await heldBy(database, 'shop5')).toBe(55_000n);
    const rows = await database.ownerSql(
      `select o.status, o.amount_minor::int as amount, l.total_minor::int as total from orders o
         join order_line l on l.order_id = o.id where o.id = $1`,
      [item.orderId],
    );
    expect(rows).toEqual([{ status: 'approved', amount: 55_000, total: 55_000 }]);
    // Confirmed once more: it waits no longer, so nothing is held a second time.
    expect(await place(database.db, [confirmed])).toMatchObject([{ kind: 'refused', code: 'ORDER_NOT_WAITING' }]);
    expect(await heldBy(database, 'shop5')).toBe(55_000n);
  });

  it('is either confirmed or taken back when both happen at one instant, and holds credit only in the first case', async () => {
    const other = await database.connect();
    const outcomes = new Set<string>();
    for (let round = 0; round < 12; round += 1) {
      const item = await storeOnCredit('shop6', 5_000n);
      const confirming = place(other, [{ ...item, waited: true }]);
      const [placed, cancelled] = await Promise.all([confirming, cancelOne(database.db, item.orderId, 'shop6')]);
      const { status } = await tracesOf(database, item.orderId);
      // A cancellation that comes second finds a placed order, and takes that back.
      expect(status).toBe('cancelled');
      expect([
        ['placed', 'cancelled'],
        ['refused', 'withdrawn'],
      ]).toContainEqual([placed[0]?.kind, cancelled.kind]);
      outcomes.add(cancelled.kind);
      expect(await heldBy(database, 'shop6')).toBe(0n);
    }
    expect(outcomes.size).toBeGreaterThan(0);
  });

  it('lapses when it has waited long enough, and its shop is told', async () => {
    const item = await storeOnCredit('shop7', 10_000n, 0);
    const kept = await storeOnCredit('shop7', 10_000n, 60);
    expect(await inTransaction(database.db, (tx) => lapseWaitingOrders(tx, WHOLESALER, 10))).toBe(1);
    expect(await tracesOf(database, item.orderId)).toMatchObject({ status: 'expired', holds: 0 });
    expect(await tracesOf(database, kept.orderId)).toMatchObject({ status: 'waiting_on_credit' });
    expect(await told('shop7')).toEqual([{ type: 'wait_lapsed', number: item.number }]);
  });
});
