import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifyLedger } from '../../src/credit/index.ts';
import { type Database, inTransaction } from '../../src/db/index.ts';
import { deliverOrder, reopenOrder } from '../../src/orders/index.ts';
import type { DeliverItem } from '../../src/orders/types.ts';
import { newId } from '../../src/shared/ids.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { addShops, cancelOne, heldBy, orderOf, placeOne, tracesOf, WHOLESALER } from './support.ts';

let database: TestDatabase;
let other: Database;
beforeAll(async () => {
  database = await createTestDatabase();
  other = await database.connect();
  await addShops(database, [...Array.from({ length: 12 }, (_, n) => `shop${n}`)]);
});
afterAll(async () => {
  expect(await verifyLedger(database.db)).toMatchObject({ ok: true, firstBad: null });
  await database.drop();
});

const act = { wholesalerId: WHOLESALER, actor: 'ravi', source: 'console' };

/** A placed order of 100.00. */
async function placed(retailerId: string, amountMinor = 10_000n): Promise<string> {
  const item = await orderOf(database.db, retailerId, amountMinor);
  expect(await placeOne(database.db, item)).toMatchObject({ kind: 'placed' });
  return item.orderId;
}

function deliver(orderId: string, more: Partial<DeliverItem> = {}, db: Database = database.db) {
  return inTransaction(db, (tx) => deliverOrder(tx, { ...act, orderId, key: newId(), releaseRest: false, ...more }));
}

const reopen = (orderId: string, db: Database = database.db) =>
  inTransaction(db, (tx) => reopenOrder(tx, { ...act, orderId }));

async function owedBy(retailerId: string): Promise<string | undefined> {
  const [row] = await database.ownerSql<{ owed: string }>(
    'select owed_minor::text as owed from credit_account where retailer_id = $1',
    [retailerId],
  );
  return row?.owed;
}

describe('a delivery', () => {
  it('of all of it turns the hold into a debt', async () => {
    const orderId = await placed('shop0');
    expect(await deliver(orderId, { reference: 'INV-7' })).toMatchObject({
      kind: 'delivered',
      status: 'delivered',
      amountMinor: 10_000n,
      leftMinor: 0n,
      availableMinor: 90_000n,
      replayed: false,
    });
    expect(await tracesOf(database, orderId)).toMatchObject({ status: 'delivered', entries: 2 });
    expect(await deliver(orderId)).toMatchObject({ kind: 'refused', because: 'already_closed' });
    expect(await cancelOne(database.db, orderId, 'shop0')).toMatchObject({ kind: 'refused', because: 'delivered' });
    expect([await heldBy(database, 'shop0'), await owedBy('shop0')]).toEqual([0n, '10000']);
  });

  it('in parts, each charged for itself, the order open until the last', async () => {
    const orderId = await placed('shop1');
    expect(await deliver(orderId, { amountMinor: 4_000n })).toMatchObject({
      status: 'part_delivered',
      leftMinor: 6_000n,
    });
    expect(await tracesOf(database, orderId)).toMatchObject({ status: 'part_delivered' });
    expect(await deliver(orderId)).toMatchObject({ status: 'delivered', amountMinor: 6_000n });
    expect(await owedBy('shop1')).toBe('10000');
  });

  it('can give back what does not come', async () => {
    const orderId = await placed('shop2');
    const part = { amountMinor: 4_000n, releaseRest: true, reason: 'out of stock' };
    expect(await deliver(orderId, part)).toMatchObject({ status: 'delivered', leftMinor: 0n, availableMinor: 96_000n });
    expect([await heldBy(database, 'shop2'), await owedBy('shop2')]).toEqual([0n, '4000']);
  });

  it('that is told twice counts once, also when it is all that was left', async () => {
    const orderId = await placed('shop3');
    for (const more of [{ key: newId(), amountMinor: 3_000n }, { key: newId() }]) {
      const first = await deliver(orderId, more);
      expect(first).toMatchObject({ kind: 'delivered', replayed: false });
      expect(await deliver(orderId, more)).toEqual({ ...first, replayed: true });
    }
    expect(await owedBy('shop3')).toBe('10000');
  });

  it('of more than was held says so, and the order stays as it was', async () => {
    const orderId = await placed('shop4');
    expect(await deliver(orderId, { amountMinor: 10_001n })).toMatchObject({
      kind: 'refused',
      because: { code: 'CAPTURE_EXCEEDS_HOLD' },
    });
    expect(await tracesOf(database, orderId)).toMatchObject({ status: 'approved', entries: 1 });
  });

  it('racing with a cancellation: one wins, the other is told', async () => {
    for (let round = 0; round < 10; round += 1) {
      const orderId = await placed('shop5', 100n);
      const [delivered, cancelled] = await Promise.all([deliver(orderId), cancelOne(other, orderId, 'shop5')]);
      const traces = await tracesOf(database, orderId);
      if (delivered.kind === 'delivered') {
        expect(cancelled).toMatchObject({ kind: 'refused' });
        expect(traces).toMatchObject({ status: 'delivered', entries: 2 });
      } else {
        expect(cancelled).toMatchObject({ kind: 'cancelled' });
        expect(traces).toMatchObject({ status: 'cancelled', entries: 2 });
      }
    }
  });

  it('of an order that nobody placed', async () => {
    expect(await deliver('no such order')).toEqual({ kind: 'refused', orderId: 'no such order', because: 'not_found' });
  });
});

describe('opening an order again', () => {
  it('holds credit anew, as often as it was cancelled', async () => {
    const orderId = await placed('shop6');
    const holds = new Set<string>();
    for (let round = 0; round < 3; round += 1) {
      await cancelOne(database.db, orderId, 'shop6');
      const opened = await reopen(orderId);
      expect(opened).toMatchObject({ kind: 'reopened', replayed: false, availableMinor: 90_000n });
      if (opened.kind === 'reopened') holds.add(opened.ledgerEntryId);
      expect(await tracesOf(database, orderId)).toMatchObject({ status: 'approved' });
      expect(await heldBy(database, 'shop6')).toBe(10_000n);
    }
    expect(holds.size).toBe(3);
    // Asked once more, it is open already and answers as before.
    expect(await reopen(orderId)).toMatchObject({ kind: 'reopened', replayed: true });
    expect(await deliver(orderId)).toMatchObject({ kind: 'delivered', status: 'delivered' });
    expect(await reopen(orderId)).toMatchObject({ kind: 'refused', because: 'not_closed' });
  });

  it('is refused like any order when the credit has gone meanwhile', async () => {
    const orderId = await placed('shop7', 60_000n);
    await cancelOne(database.db, orderId, 'shop7');
    await placed('shop7', 50_000n);
    expect(await reopen(orderId)).toMatchObject({
      kind: 'refused',
      because: { code: 'INSUFFICIENT_CREDIT', shortByMinor: 10_000n },
    });
    expect(await tracesOf(database, orderId)).toMatchObject({ status: 'cancelled', holds: 1 });
  });

  it('happens once when two do it at the same moment', async () => {
    for (let round = 0; round < 5; round += 1) {
      const orderId = await placed('shop8', 100n);
      await cancelOne(database.db, orderId, 'shop8');
      const answers = await Promise.all([reopen(orderId), reopen(orderId, other)]);
      expect(answers.map((answer) => answer.kind === 'reopened' && answer.replayed).toSorted()).toEqual([false, true]);
      expect(await tracesOf(database, orderId)).toMatchObject({ status: 'approved', holds: 2 });
      await cancelOne(database.db, orderId, 'shop8');
    }
  });

  it('is not for orders that are open, or that nobody placed', async () => {
    const orderId = await placed('shop9');
    expect(await reopen(orderId)).toMatchObject({ kind: 'refused', because: 'not_closed' });
    expect(await reopen('no such order')).toMatchObject({ kind: 'refused', because: 'not_found' });
  });
});
