import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lockFreeAccounts, verifyLedger } from '../../src/credit/index.ts';
import { inTransaction, isTransient } from '../../src/db/index.ts';
import { placeBatch, takeOrderNumbers } from '../../src/orders/index.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { addShops, heldBy, orderOf, place, placeOne, tracesOf, WHOLESALER } from './support.ts';

let database: TestDatabase;
const NOTHING = { status: null, lines: 0, entries: 0, holds: 0 };
const PLACED = { status: 'approved', lines: 1, entries: 1, holds: 1 };

beforeAll(async () => {
  database = await createTestDatabase();
  await addShops(database, [...Array.from({ length: 20 }, (_, n) => `shop${n}`)]);
});
afterAll(async () => {
  expect(await verifyLedger(database.db)).toMatchObject({ ok: true, firstBad: null });
  await database.drop();
});

describe('placing orders', () => {
  it('writes order, lines, ledger entry and hold together', async () => {
    const item = await orderOf(database.db, 'shop0', 30_000n);
    expect(await placeOne(database.db, item)).toMatchObject({
      kind: 'placed',
      number: item.number,
      availableMinor: 70_000n,
      replayed: false,
    });
    expect(await tracesOf(database, item.orderId)).toEqual(PLACED);
    expect(await heldBy(database, 'shop0')).toBe(30_000n);
  });

  it('leaves no row of a refused order but its decision, and places its neighbours in the batch', async () => {
    const fits = await orderOf(database.db, 'shop1', 90_000n);
    const tooMuch = await orderOf(database.db, 'shop1', 10_001n);
    const last = await orderOf(database.db, 'shop1', 10_000n);
    const foreign = await orderOf(database.db, 'shop2', 1_000n, { currency: 'USD' });
    const nobody = await orderOf(database.db, 'no-such-shop', 1_000n);
    const answers = await place(database.db, [fits, tooMuch, last, foreign, nobody]);
    expect(answers.map((answer) => (answer.kind === 'refused' ? answer.code : answer.kind))).toEqual([
      'placed',
      'INSUFFICIENT_CREDIT',
      'placed',
      'INVALID_AMOUNT',
      'CREDIT_ACCOUNT_NOT_FOUND',
    ]);
    expect(answers[1]).toMatchObject({ shortByMinor: 1n });
    for (const { orderId } of [tooMuch, foreign, nobody]) expect(await tracesOf(database, orderId)).toEqual(NOTHING);
    for (const { orderId } of [fits, last]) expect(await tracesOf(database, orderId)).toEqual(PLACED);
    expect(await heldBy(database, 'shop1')).toBe(100_000n);
    const decisions = await database.ownerSql('select 1 from credit_decision where order_id = $1', [tooMuch.orderId]);
    expect(decisions).toHaveLength(1);
  });

  it('answers a repeated order with its first number and holds nothing again', async () => {
    const item = await orderOf(database.db, 'shop3', 20_000n);
    const first = await placeOne(database.db, item);
    const again = await placeOne(database.db, { ...item, number: item.number + 5_000 });
    expect(again).toEqual({ ...first, replayed: true, availableMinor: 80_000n });
    expect(await tracesOf(database, item.orderId)).toEqual(PLACED);
    expect(await heldBy(database, 'shop3')).toBe(20_000n);
  });

  it('answers one order that comes twice in one batch, and ten times at once, alike', async () => {
    const item = await orderOf(database.db, 'shop4', 10_000n);
    const batch = await place(database.db, [item, item]);
    expect(batch).toMatchObject([{ replayed: false }, { kind: 'placed', replayed: true, number: item.number }]);
    const other = await orderOf(database.db, 'shop4', 10_000n);
    const all = await Promise.all(Array.from({ length: 10 }, () => placeOne(database.db, other)));
    expect(all.filter((answer) => answer.kind === 'placed' && !answer.replayed)).toHaveLength(1);
    expect(new Set(all.map((answer) => (answer.kind === 'placed' ? answer.number : answer.kind)))).toEqual(
      new Set([other.number]),
    );
    expect(await heldBy(database, 'shop4')).toBe(20_000n);
  });

  it('refuses the same order id with another amount or for another shop, and changes nothing', async () => {
    const item = await orderOf(database.db, 'shop5', 10_000n);
    await placeOne(database.db, item);
    expect(await placeOne(database.db, { ...item, amountMinor: 10_001n })).toMatchObject({ code: 'DUPLICATE_ORDER' });
    expect(await placeOne(database.db, { ...item, retailerId: 'shop6' })).toMatchObject({ code: 'DUPLICATE_ORDER' });
    expect(await tracesOf(database, item.orderId)).toEqual(PLACED);
    expect(await heldBy(database, 'shop5')).toBe(10_000n);
    expect(await heldBy(database, 'shop6')).toBe(0n);
  });

  it('holds nothing for an order whose caller rolls back', async () => {
    const item = await orderOf(database.db, 'shop7', 10_000n);
    const changedMind = inTransaction(database.db, async (tx) => {
      await placeBatch(tx, [item], { wait: 'promised' });
      throw new Error('changed my mind');
    });
    await expect(changedMind).rejects.toThrow('changed my mind');
    expect(await tracesOf(database, item.orderId)).toEqual(NOTHING);
    expect(await heldBy(database, 'shop7')).toBe(0n);
  });

  it('keeps order and hold together when the connection dies before COMMIT: neither is there, and both are after a repeat', async () => {
    const item = await orderOf(database.db, 'shop8', 10_000n);
    const torn = inTransaction(database.db, async (tx) => {
      await placeBatch(tx, [item], { wait: 'promised' });
      const [row] = await tx.$queryRaw<{ pid: number }[]>`select pg_backend_pid() as pid`;
      await database.ownerSql('select pg_terminate_backend($1, 5000)', [row?.pid]);
    });
    const error: unknown = await torn.then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    expect(error).toBeDefined();
    expect(isTransient(error)).toBe(true);
    expect(await tracesOf(database, item.orderId)).toEqual(NOTHING);
    expect(await heldBy(database, 'shop8')).toBe(0n);
    expect(await placeOne(database.db, item)).toMatchObject({ kind: 'placed', number: item.number, replayed: false });
    expect(await tracesOf(database, item.orderId)).toEqual(PLACED);
  });

  it('keeps order and hold together when the order itself cannot be written', async () => {
    const item = await orderOf(database.db, 'shop9', 10_000n);
    const taken = await orderOf(database.db, 'shop9', 10_000n, { number: item.number });
    await placeOne(database.db, item);
    await expect(placeOne(database.db, taken)).rejects.toThrow();
    expect(await tracesOf(database, taken.orderId)).toEqual(NOTHING);
    expect(await heldBy(database, 'shop9')).toBe(10_000n);
  });

  it('answers busy without waiting, and holds nothing, when the caller will not wait for an account', async () => {
    const item = await orderOf(database.db, 'shop10', 10_000n);
    const other = await orderOf(database.db, 'shop11', 10_000n);
    await inTransaction(database.db, async (holder) => {
      expect(await lockFreeAccounts(holder, [{ wholesalerId: WHOLESALER, retailerId: 'shop10' }])).toHaveLength(1);
      const answers = await inTransaction(database.db, (tx) => placeBatch(tx, [item, other], { wait: 'none' }));
      expect(answers.map((answer) => answer.kind)).toEqual(['busy', 'placed']);
    });
    expect(await tracesOf(database, item.orderId)).toEqual(NOTHING);
    expect(await placeOne(database.db, item)).toMatchObject({ kind: 'placed' });
  });

  it('of many orders at once from several processes places what fits, and never more', async () => {
    const others = await Promise.all([database.connect({ poolMax: 4 }), database.connect({ poolMax: 4 })]);
    const items = await Promise.all(Array.from({ length: 24 }, () => orderOf(database.db, 'shop12', 9_000n)));
    const answers = await Promise.all(items.map((item, n) => placeOne(others[n % 2] ?? database.db, item)));
    const placed = answers.filter((answer) => answer.kind === 'placed');
    const short = answers.filter((answer) => answer.kind === 'refused' && answer.code === 'INSUFFICIENT_CREDIT');
    expect(placed).toHaveLength(11);
    expect(short).toHaveLength(13);
    expect(await heldBy(database, 'shop12')).toBe(99_000n);
  });
});

describe('order numbers', () => {
  it('are given once each, however many callers take them at once', async () => {
    const other = await database.connect();
    const counts = Array.from({ length: 60 }, (_, n) => 1 + (n % 5));
    const firsts = await Promise.all(
      counts.map((count, n) => takeOrderNumbers(n % 2 === 0 ? database.db : other, WHOLESALER, count)),
    );
    const numbers = firsts.flatMap((first, n) => Array.from({ length: counts[n] ?? 0 }, (_, more) => first + more));
    expect(new Set(numbers).size).toBe(numbers.length);
    expect(Math.min(...numbers)).toBeGreaterThan(1_000);
  });

  it('are never waited for by an order that is being placed', async () => {
    const item = await orderOf(database.db, 'shop13', 10_000n);
    await inTransaction(database.db, async (tx) => {
      await placeBatch(tx, [item], { wait: 'promised' });
      // The order above is not committed; another caller takes a number all the same.
      expect(await takeOrderNumbers(database.db, WHOLESALER, 1)).toBeGreaterThan(item.number);
    });
  });
});
