import { afterAll, beforeAll, expect, test } from 'vitest';
import { lockFreeAccounts, verifyLedger } from '../../src/credit/index.ts';
import { inTransaction, sqlStateOf } from '../../src/db/index.ts';
import { createOrderDesk, type OrderDesk, type OrderToPlace } from '../../src/orders/index.ts';
import { newId } from '../../src/shared/ids.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { waitFor } from '../support/wait-for.ts';
import { addShops, heldBy, tracesOf, WHOLESALER } from './support.ts';

let database: TestDatabase;
let desk: OrderDesk;
const NOTHING = { status: null, lines: 0, entries: 0, holds: 0 };
const PLACED = { status: 'approved', lines: 1, entries: 1, holds: 1 };

beforeAll(async () => {
  database = await createTestDatabase();
  await addShops(
    database,
    Array.from({ length: 12 }, (_, n) => `shop${n}`),
  );
  desk = createOrderDesk(database.db);
});
afterAll(async () => {
  expect(await verifyLedger(database.db)).toMatchObject({ ok: true, firstBad: null });
  await database.drop();
});

function orderOf(retailerId: string, amountMinor: bigint, sku = 'RICE'): OrderToPlace {
  const unit = { name: 'Rice', unit: 'each', quantityMilli: 1_000, unitPriceMinor: amountMinor };
  return {
    wholesalerId: WHOLESALER,
    retailerId,
    orderId: newId(),
    currency: 'INR',
    amountMinor,
    source: 'api',
    lines: [{ ...unit, sku, totalMinor: amountMinor }],
    cause: null,
  };
}

/** How many calls the credit of these orders took: all that one call holds is held at one moment. */
async function callsFor(orders: OrderToPlace[]): Promise<number> {
  const [row] = await database.ownerSql<{ calls: number }>(
    `select count(distinct at)::int as calls from ledger_entry where kind = 'HOLD' and order_id = any($1)`,
    [orders.map(({ orderId }) => orderId)],
  );
  return row?.calls ?? 0;
}

test('an order is placed with its lines, its number and its credit, and again answers the same', async () => {
  const order = orderOf('shop0', 30_000n);
  const first = await desk.place(order);
  expect(first).toMatchObject({ kind: 'placed', availableMinor: 70_000n, replayed: false });
  expect(await tracesOf(database, order.orderId)).toEqual(PLACED);
  expect(await desk.place(order)).toEqual({ ...first, replayed: true });
  expect(await heldBy(database, 'shop0')).toBe(30_000n);
});

test('orders that arrive together leave together, each with a number and a verdict of its own', async () => {
  const orders = Array.from({ length: 12 }, (_, n) => orderOf('shop1', n === 5 ? 95_000n : 9_000n));
  const answers = await Promise.all(orders.map((order) => desk.place(order)));
  // The sixth asks for more than is left; of the others eleven fit.
  expect(answers.map(({ kind }) => kind)).toEqual(orders.map((_, n) => (n === 5 ? 'refused' : 'placed')));
  expect(answers[5]).toMatchObject({ code: 'INSUFFICIENT_CREDIT' });
  const numbers = answers.flatMap((answer) => (answer.kind === 'placed' ? [answer.number] : []));
  expect(new Set(numbers).size).toBe(11);
  // The first went at once, the others with the next call.
  expect(await callsFor(orders)).toBe(2);
  expect(await heldBy(database, 'shop1')).toBe(99_000n);
});

test('an order that cannot be written fails alone: the others of its call are placed', async () => {
  // A character that PostgreSQL cannot store, in a line; the credit alone would be given.
  const poisoned = orderOf('shop2', 1_000n, 'RI\0CE');
  const orders = [orderOf('shop2', 1_000n), orderOf('shop2', 1_000n), poisoned, orderOf('shop2', 1_000n)];
  const settled = await Promise.allSettled([...orders, orderOf('shop3', 1_000n)].map((order) => desk.place(order)));
  expect(settled.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled', 'fulfilled']);
  expect(settled[2]?.status === 'rejected' && sqlStateOf(settled[2].reason)).toBe('22P05');
  expect(await tracesOf(database, poisoned.orderId)).toEqual(NOTHING);
  for (const order of orders.filter((one) => one !== poisoned)) {
    expect(await tracesOf(database, order.orderId)).toEqual(PLACED);
  }
  expect(await heldBy(database, 'shop2')).toBe(3_000n);
  expect(await heldBy(database, 'shop3')).toBe(1_000n);
});

test('one order from many callers at once is placed once, whoever asks', async () => {
  const order = orderOf('shop4', 10_000n);
  const otherDesk = createOrderDesk(await database.connect({ poolMax: 4 }));
  const answers = await Promise.all(
    Array.from({ length: 16 }, (_, n) => (n % 2 === 0 ? desk : otherDesk).place(order)),
  );
  expect(answers.filter((answer) => answer.kind === 'placed' && !answer.replayed)).toHaveLength(1);
  expect(new Set(answers.map((answer) => (answer.kind === 'placed' ? answer.number : answer.kind))).size).toBe(1);
  expect(await tracesOf(database, order.orderId)).toEqual(PLACED);
  expect(await heldBy(database, 'shop4')).toBe(10_000n);
});

test('orders whose connection dies under them are placed once all the same', async () => {
  const orders = Array.from({ length: 5 }, () => orderOf('shop5', 1_000n));
  let placing: Promise<unknown[]> = Promise.resolve([]);
  await inTransaction(database.db, async (holder) => {
    await lockFreeAccounts(holder, [{ wholesalerId: WHOLESALER, retailerId: 'shop5' }]);
    placing = Promise.all(orders.map((order) => desk.place(order)));
    await waitFor('the desk to queue for the account, and lose its connection', async () => {
      const killed = await database.ownerSql(
        `select pg_terminate_backend(pid) from pg_stat_activity
          where datname = current_database() and wait_event_type = 'Lock'`,
      );
      return killed.length > 0;
    });
  });
  expect(await placing).toMatchObject(orders.map(({ orderId }) => ({ kind: 'placed', orderId, replayed: false })));
  for (const { orderId } of orders) expect(await tracesOf(database, orderId)).toEqual(PLACED);
  expect(await heldBy(database, 'shop5')).toBe(5_000n);
});

test('an account that somebody holds too long is refused in time, and keeps no other shop waiting', async () => {
  const stuck = orderOf('shop6', 1_000n);
  await inTransaction(database.db, async (holder) => {
    await lockFreeAccounts(holder, [{ wholesalerId: WHOLESALER, retailerId: 'shop6' }]);
    const waiting = desk.place(stuck);
    expect(await desk.place(orderOf('shop7', 1_000n))).toMatchObject({ kind: 'placed' });
    expect(await waiting).toMatchObject({ kind: 'refused', code: 'MAX_RETRIES_EXCEEDED', retryable: true });
  });
  expect(await tracesOf(database, stuck.orderId)).toEqual(NOTHING);
  expect(await desk.place(stuck)).toMatchObject({ kind: 'placed', replayed: false });
});
