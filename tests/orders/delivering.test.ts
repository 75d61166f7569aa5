import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifyLedger } from '../../src/credit/index.ts';
import { type Database, inTransaction } from '../../src/db/index.ts';
import { deliverOrder, reopenOrder } from '../../src/orders/index.ts';
import type { DeliverItem } from '../../src/orders/types.ts';
import { newId } from '../../src/shared/ids.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { waitFor } from '../support/wait-for.ts';
import { addShops, cancelOne, heldBy, orderOf, placeOne, tracesOf, WHOLESALER } from './support.ts';

let database: TestDatabase;
let other: Database;
beforeAll(async () => {
  database = await createTestDatabase();
  other = await database.connect();
  await addShops(database, [...Array.from({ length: 15 }, (_, n) => `shop${n}`)]);
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

  it('that is first tells a cancellation that had seen the order before that it is delivered', async () => {
    const orderId = await placed('shop5', 100n);
    const queued = await inTransaction(database.db, async (tx) => {
      await deliverOrder(tx, { ...act, orderId, key: newId(), releaseRest: false });
      const cancelling = cancelOne(other, orderId, 'shop5');
      await waitFor('the cancellation to queue for the account', async () => {
        const waiting = await database.ownerSql(
          `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
        );
        return waiting.length > 0;
      });
      return { cancelling };
    });
    expect(await queued.cancelling).toMatchObject({ kind: 'refused', because: 'delivered' });
  });

  it('of an order that nobody placed', async () => {
    expect(await deliver('no such order')).toEqual({ kind: 'refused', orderId: 'no such order', because: 'not_found' });
  });
});

describe('a delivery by lines', () => {
  const line = (sku: string, quantityMilli: number, unitPriceMinor: bigint) => ({
    ...{ sku, name: sku, unit: 'kg', quantityMilli, unitPriceMinor },
    totalMinor: (BigInt(quantityMilli) * unitPriceMinor + 500n) / 1000n,
  });
  /** 3 kg at 33.33 and half a kilo at 0.33: 99.99 and 0.17. */
  async function weighed(retailerId: string): Promise<string> {
    const lines = [line('RICE', 3_000, 3_333n), line('SALT', 500, 33n)];
    const item = await orderOf(database.db, retailerId, 10_016n, { lines });
    expect(await placeOne(database.db, item)).toMatchObject({ kind: 'placed' });
    return item.orderId;
  }
  async function cameOf(orderId: string): Promise<number[]> {
    const rows = await database.ownerSql<{ came: number }>(
      'select delivered_milli::int as came from order_line where order_id = $1 order by position',
      [orderId],
    );
    return rows.map(({ came }) => came);
  }
  const rice = (quantityMilli: number) => ({ lines: [{ sku: 'RICE', unit: 'kg', quantityMilli }] });

  it('is charged at the stored prices, and its parts add up to the order', async () => {
    const orderId = await weighed('shop10');
    expect(await deliver(orderId, rice(500))).toMatchObject({ amountMinor: 1_667n, leftMinor: 8_349n });
    expect(await deliver(orderId, rice(500))).toMatchObject({ amountMinor: 1_666n, leftMinor: 6_683n });
    expect(await cameOf(orderId)).toEqual([1_000, 0]);
    const rest = { lines: [...rice(2_000).lines, { sku: 'SALT', quantityMilli: 500 }] };
    expect(await deliver(orderId, rest)).toMatchObject({ status: 'delivered', amountMinor: 6_683n, leftMinor: 0n });
    expect([await cameOf(orderId), await owedBy('shop10')]).toEqual([[3_000, 500], '10016']);
  });

  it('that is told twice counts its lines once', async () => {
    const orderId = await weighed('shop11');
    const told = { ...rice(2_000), key: newId() };
    const first = await deliver(orderId, told);
    expect(await deliver(orderId, told)).toEqual({ ...first, replayed: true });
    expect(await cameOf(orderId)).toEqual([2_000, 0]);
  });

  it('of what the order has not, or not any more, books nothing and says what is wrong', async () => {
    const orderId = await weighed('shop12');
    await deliver(orderId, rice(2_000));
    const lines = [
      { sku: 'TEA', quantityMilli: 1_000 },
      { sku: 'RICE', unit: 'bag', quantityMilli: 1_000 },
      { sku: 'RICE', quantityMilli: 1_001 },
      { sku: 'SALT', quantityMilli: 0 },
    ];
    expect(await deliver(orderId, { lines })).toEqual({
      kind: 'refused',
      orderId,
      because: 'faulty_lines',
      mistakes: [
        { index: 0, field: 'sku', message: 'the order has no line of "TEA"' },
        { index: 1, field: 'sku', message: 'the order has no line of "RICE" by bag' },
        { index: 2, field: 'quantity', message: 'the order has 3 kg of it, of which 1 are left' },
        { index: 3, field: 'quantity', message: 'must be above zero, with at most 3 decimals' },
      ],
    });
    expect([await cameOf(orderId), await owedBy('shop12')]).toEqual([[2_000, 0], '6666']);
  });

  it('at the same moment as another: what is left of a line is delivered once', async () => {
    const orderId = await weighed('shop13');
    const answers = await Promise.all([deliver(orderId, rice(2_000)), deliver(orderId, rice(2_000), other)]);
    expect(answers.map(({ kind }) => kind).toSorted()).toEqual(['delivered', 'refused']);
    expect(await cameOf(orderId)).toEqual([2_000, 0]);
  });

  it('of all that is left counts every line as come', async () => {
    const orderId = await weighed('shop14');
    await deliver(orderId, rice(1_000));
    expect(await deliver(orderId)).toMatchObject({ status: 'delivered' });
    expect(await cameOf(orderId)).toEqual([3_000, 500]);
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
