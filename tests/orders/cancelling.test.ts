import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lockFreeAccounts, verifyLedger } from '../../src/credit/index.ts';
import { inTransaction } from '../../src/db/index.ts';
import { cancelBatch } from '../../src/orders/index.ts';
import { newId } from '../../src/shared/ids.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { addShops, cancelOne, heldBy, orderOf, placeOne, tracesOf, WHOLESALER } from './support.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
  await addShops(database, [...Array.from({ length: 10 }, (_, n) => `shop${n}`)]);
});
afterAll(async () => {
  expect(await verifyLedger(database.db)).toMatchObject({ ok: true, firstBad: null });
  await database.drop();
});

const by = { actor: 'test', source: 'chat' as const };

/** A placed order of 100.00. */
async function placedOrder(retailerId: string): Promise<{ orderId: string; number: number }> {
  const item = await orderOf(database.db, retailerId, 10_000n);
  expect(await placeOne(database.db, item)).toMatchObject({ kind: 'placed' });
  return item;
}

describe('cancelling orders', () => {
  it('gives the credit back and says how much', async () => {
    const { orderId, number } = await placedOrder('shop0');
    expect(await cancelOne(database.db, orderId, 'shop0')).toEqual({
      kind: 'cancelled',
      orderId,
      number,
      releasedMinor: 10_000n,
      availableMinor: 100_000n,
      isTold: true,
    });
    expect(await tracesOf(database, orderId)).toEqual({ status: 'cancelled', lines: 1, entries: 2, holds: 1 });
    expect(await heldBy(database, 'shop0')).toBe(0n);
  });

  it('happens once when two cancel at the same moment: one wins, the other is told that it is closed', async () => {
    const other = await database.connect();
    for (let round = 0; round < 10; round += 1) {
      const { orderId, number } = await placedOrder('shop1');
      const answers = await Promise.all([cancelOne(database.db, orderId, 'shop1'), cancelOne(other, orderId, 'shop1')]);
      expect(answers.map((answer) => answer.kind).toSorted()).toEqual(['cancelled', 'refused']);
      expect(answers.find((answer) => answer.kind === 'refused')).toMatchObject({ number, because: 'already_closed' });
      expect(await tracesOf(database, orderId)).toMatchObject({ status: 'cancelled', entries: 2 });
    }
    expect(await heldBy(database, 'shop1')).toBe(0n);
  });

  it('is refused for a second time with the number of the order', async () => {
    const { orderId, number } = await placedOrder('shop2');
    await cancelOne(database.db, orderId, 'shop2');
    expect(await cancelOne(database.db, orderId, 'shop2')).toMatchObject({ number, because: 'already_closed' });
    expect(await heldBy(database, 'shop2')).toBe(0n);
  });

  it("never touches another shop's order, and does not even say that it exists", async () => {
    const { orderId } = await placedOrder('shop3');
    const foreign = await cancelOne(database.db, orderId, 'shop4');
    const unknown = await cancelOne(database.db, newId(), 'shop4');
    expect(foreign).toEqual({ kind: 'refused', orderId, number: null, because: 'not_found' });
    expect(unknown).toMatchObject({ kind: 'refused', number: null, because: 'not_found' });
    expect(await tracesOf(database, orderId)).toMatchObject({ status: 'approved', entries: 1 });
    expect(await heldBy(database, 'shop3')).toBe(10_000n);
  });

  it('happens once for an order named twice in one batch', async () => {
    const { orderId } = await placedOrder('shop5');
    const item = { wholesalerId: WHOLESALER, orderId, retailerId: 'shop5', ...by, reason: 'twice' };
    const answers = await inTransaction(database.db, (tx) => cancelBatch(tx, [item, item]));
    expect(answers).toHaveLength(2);
    expect(answers.every((answer) => answer.kind === 'cancelled')).toBe(true);
    expect(await tracesOf(database, orderId)).toMatchObject({ status: 'cancelled', entries: 2 });
    expect(await heldBy(database, 'shop5')).toBe(0n);
  });

  it('leaves order and hold as they were when the connection dies before COMMIT', async () => {
    const { orderId } = await placedOrder('shop6');
    const item = { wholesalerId: WHOLESALER, orderId, retailerId: 'shop6', ...by, reason: 'torn' };
    const torn = inTransaction(database.db, async (tx) => {
      await cancelBatch(tx, [item]);
      const [row] = await tx.$queryRaw<{ pid: number }[]>`select pg_backend_pid() as pid`;
      await database.ownerSql('select pg_terminate_backend($1, 5000)', [row?.pid]);
    });
    await expect(torn).rejects.toThrow();
    expect(await tracesOf(database, orderId)).toMatchObject({ status: 'approved', entries: 1 });
    expect(await heldBy(database, 'shop6')).toBe(10_000n);
    expect(await cancelOne(database.db, orderId, 'shop6')).toMatchObject({ kind: 'cancelled' });
  });

  it('is busy, and changes nothing, while the account stays with somebody else through all attempts', async () => {
    const { orderId } = await placedOrder('shop7');
    const answer = await inTransaction(database.db, async (holder) => {
      expect(await lockFreeAccounts(holder, [{ wholesalerId: WHOLESALER, retailerId: 'shop7' }])).toHaveLength(1);
      return cancelOne(database.db, orderId, 'shop7');
    });
    expect(answer).toEqual({ kind: 'busy', orderId });
    expect(await tracesOf(database, orderId)).toMatchObject({ status: 'approved', entries: 1 });
  });

  it('frees credit for the next order at once, also between two that race', async () => {
    const first = await orderOf(database.db, 'shop8', 100_000n);
    await placeOne(database.db, first);
    const next = await orderOf(database.db, 'shop8', 100_000n);
    expect(await placeOne(database.db, next)).toMatchObject({ code: 'INSUFFICIENT_CREDIT' });
    await cancelOne(database.db, first.orderId, 'shop8');
    expect(await placeOne(database.db, next)).toMatchObject({ kind: 'placed', availableMinor: 0n });
    // A repeat of the cancelled order does not come back to life.
    expect(await placeOne(database.db, first)).toMatchObject({ code: 'DUPLICATE_ORDER' });
    expect(await heldBy(database, 'shop8')).toBe(100_000n);
  });
});
