// A year of a wholesaler's books for the bench of the console: orders with lines and holds, deliveries, payments and what
// still waits. Written by the functions that the service itself calls, so that every figure and hash is right, and by a
// clock that walks through the year, so that lists, days and ageing look as they do in life.
import { type Database, inTransaction } from '../../src/db/index.ts';
import { withConnection } from '../../src/db/one-connection.ts';
import { cancelBatch, type PlaceItem, placeBatch, storeWaiting, takeOrderNumbers } from '../../src/orders/index.ts';
import { assert, mustExist } from '../../src/shared/assert.ts';
import { newId } from '../../src/shared/ids.ts';
import { WHOLESALER_ID } from './shop.ts';

const BATCH = 250;
const DAYS = 360;
/** The year is walked through in so many steps; at each the clock stands still enough. */
const STEPS = 60;
/**
 * Of ten orders of the past so many are cancelled and the rest delivered; those of the last step are still open. More are
 * cancelled than in life, since that goes in batches: the books are as long, and written in minutes.
 */
const CANCELLED_OF_TEN = 6;
/** A shop pays at every so many-th step. */
const PAYS_EVERY = 15;
const METHODS = ['cash', 'upi', 'cheque', 'transfer'] as const;
/** Orders that wait for approval, and as many on credit. */
const WAITING = 20;

export type Books = {
  /** Of the shop with the most. */
  hotRetailerId: string;
  openOrderId: string;
  paymentId: string;
};

/** Fills the books of the bench's wholesaler with so many orders over its shops; the first of them has a tenth of all. */
export async function fillBooks(
  { url, db }: { url: string; db: Database },
  { orders, shops }: { orders: number; shops: number },
  progress: (line: string) => void,
): Promise<Books> {
  const perStep = Math.max(10, Math.floor(orders / STEPS));
  await withConnection(url, 'orderlock bench', async (owner) => {
    for (let step = 0; step < STEPS; step += 1) {
      const daysAgo = Math.round((DAYS * (STEPS - 1 - step)) / STEPS);
      await setClock(owner.rows, daysAgo);
      const isLast = step === STEPS - 1;
      const placed = await place(db, { count: perStep, first: step * perStep, shops });
      if (!isLast) await finish(db, placed);
      await pay(db, step);
      // What autovacuum would have done meanwhile: without statistics the credit functions plan on an empty database.
      if (step === 0 || step % 5 === 4) await owner.rows('analyze');
      if (step % 10 === 9) progress(`${(step + 1) * perStep} orders written`);
    }
    await keepWaiting(db, shops);
    await setClock(owner.rows, 0);
    await owner.rows('vacuum analyze');
  });
  return choose(db);
}

/** Only a database of our own may have another clock. */
async function setClock(rows: (sql: string) => Promise<unknown>, daysAgo: number): Promise<void> {
  await rows(
    `create or replace function app_clock() returns timestamptz language sql volatile parallel safe
       as 'select clock_timestamp()${daysAgo === 0 ? '' : ` - interval ''${daysAgo} days''`}'`,
  );
}

type Placed = { orderId: string; retailerId: string; holdId: string; amountMinor: bigint };

async function place(
  db: Database,
  { count, first, shops }: { count: number; first: number; shops: number },
): Promise<Placed[]> {
  const done: Placed[] = [];
  for (let from = 0; from < count; from += BATCH) {
    const size = Math.min(BATCH, count - from);
    const number = await takeOrderNumbers(db, WHOLESALER_ID, size);
    const items = Array.from({ length: size }, (_, nth) => orderAt(first + from + nth, number + nth, shops));
    const answers = await inTransaction(db, (tx) => placeBatch(tx, items, { wait: 'promised' }), LONG);
    answers.forEach((answer, nth) => {
      assert(answer.kind === 'placed', `an order of the bench was ${answer.kind}`);
      const { orderId, retailerId } = mustExist(items[nth], 'the order of an answer');
      done.push({ orderId, retailerId, holdId: answer.ledgerEntryId, amountMinor: answer.amountMinor });
    });
  }
  return done;
}

function orderAt(nth: number, number: number, shops: number): PlaceItem {
  const lines = Array.from({ length: 2 + (nth % 4) }, (_, at) => ({
    sku: `SKU-${(nth + at) % 400}`,
    name: `Goods ${(nth + at) % 400}`,
    unit: 'case',
    quantityMilli: 1_000 * (1 + ((nth + at) % 9)),
    unitPriceMinor: 45_000n,
    totalMinor: 45_000n * BigInt(1 + ((nth + at) % 9)),
  }));
  return {
    wholesalerId: WHOLESALER_ID,
    retailerId: `shop-${nth % 10 === 0 ? 0 : nth % shops}`,
    orderId: newId(),
    number,
    currency: 'INR',
    amountMinor: lines.reduce((sum, { totalMinor }) => sum + totalMinor, 0n),
    source: 'api',
    lines,
    cause: null,
    actor: 'api:bench',
  };
}

const LONG = { maxWaitMs: 5_000, timeoutMs: 60_000 };

/** Delivers and cancels orders in a few statements, telling nobody: the chats are no part of these books. */
async function finish(db: Database, orders: readonly Placed[]): Promise<void> {
  const cancelled = orders.filter((_, nth) => nth % 10 < CANCELLED_OF_TEN);
  const delivered = orders.filter((_, nth) => nth % 10 >= CANCELLED_OF_TEN);
  for (let from = 0; from < cancelled.length; from += BATCH) {
    const items = cancelled.slice(from, from + BATCH).map(({ orderId, retailerId }) => ({
      ...{ wholesalerId: WHOLESALER_ID, orderId, retailerId },
      ...{ actor: 'whatsapp:p:bench', source: 'chat' as const, reason: 'ordered twice' },
    }));
    await inTransaction(db, (tx) => cancelBatch(tx, items), LONG);
  }
  for (let from = 0; from < delivered.length; from += BATCH) {
    const some = delivered.slice(from, from + BATCH);
    const ids = some.map(({ orderId }) => orderId);
    await inTransaction(
      db,
      async (tx) => {
        const booked = await tx.$queryRaw<Booked[]>`
          select c.code from unnest(${ids}::text[], ${some.map(({ holdId }) => holdId)}::uuid[],
                                    ${some.map(({ amountMinor }) => amountMinor)}::bigint[], ${some.map(() => newId())}::uuid[])
                          as d (order_id, hold_id, minor, entry_id)
           cross join lateral credit_capture_hold(${WHOLESALER_ID}, d.hold_id, 'deliver:' || d.order_id, d.entry_id, d.minor,
                                                  null, false, null, 'api:bench', 'api', null) as c`;
        assertBooked(booked);
        await tx.$executeRaw`
          update orders set status = 'delivered', closed_at = app_clock()
           where wholesaler_id = ${WHOLESALER_ID} and id = any (${ids}::text[])`;
        await tx.$executeRaw`
          update order_line set delivered_milli = quantity_milli
           where wholesaler_id = ${WHOLESALER_ID} and order_id = any (${ids}::text[])`;
      },
      LONG,
    );
  }
}

/** Some of the shops that owe pay most of it, each step in another way. */
async function pay(db: Database, step: number): Promise<void> {
  const owing = await db.prisma.$queryRaw<{ retailerId: string; owedMinor: bigint }[]>`
    select retailer_id as "retailerId", owed_minor as "owedMinor" from credit_account
     where wholesaler_id = ${WHOLESALER_ID} and owed_minor > 0 order by retailer_id`;
  const paying = owing.filter((_, nth) => nth % PAYS_EVERY === step % PAYS_EVERY);
  for (let from = 0; from < paying.length; from += BATCH) {
    const some = paying.slice(from, from + BATCH);
    const booked = await inTransaction(
      db,
      (tx) => tx.$queryRaw<Booked[]>`
        select c.code from unnest(${some.map(({ retailerId }) => retailerId)}::text[], ${some.map(() => newId())}::uuid[],
                                  ${some.map(({ owedMinor }) => owedMinor - owedMinor / 5n)}::bigint[])
                        as p (retailer_id, entry_id, minor)
         cross join lateral credit_lower_debt('PAYMENT', ${WHOLESALER_ID}, p.retailer_id, 'pay:' || p.entry_id, p.entry_id,
                                              p.minor, null, ${METHODS[step % METHODS.length] ?? 'cash'}, 'R-' || p.entry_id,
                                              null, null, null, 'staff:bench', 'console', null) as c`,
      LONG,
    );
    assertBooked(booked);
  }
}

type Booked = { code: string | null };

function assertBooked(rows: readonly Booked[]): void {
  const refused = rows.find(({ code }) => code !== null);
  assert(refused === undefined, `the books of the bench were refused: ${refused?.code}`);
}

async function keepWaiting(db: Database, shops: number): Promise<void> {
  const first = await takeOrderNumbers(db, WHOLESALER_ID, 2 * WAITING);
  const items = Array.from({ length: 2 * WAITING }, (_, nth) => ({
    ...orderAt(nth, first + nth, shops),
    status: nth % 2 === 0 ? ('waiting_for_approval' as const) : ('waiting_on_credit' as const),
    waitMinutes: 7 * 24 * 60,
  }));
  await inTransaction(db, (tx) => storeWaiting(tx, items));
}

async function choose(db: Database): Promise<Books> {
  const [row] = await db.prisma.$queryRaw<Books[]>`
    select 'shop-0' as "hotRetailerId",
           (select id from orders where wholesaler_id = ${WHOLESALER_ID} and status = 'approved' order by id limit 1)
             as "openOrderId",
           (select id::text from payment where wholesaler_id = ${WHOLESALER_ID} order by id desc limit 1) as "paymentId"`;
  return mustExist(row, 'the books');
}
