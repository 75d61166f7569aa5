import type { Tx } from '../db/index.ts';
import { tellConversations } from '../inbox/index.ts';

/** Of an order that fits, or that has waited too long: what its conversation is told. */
type Told = {
  orderId: string;
  number: number;
  retailerId: string;
  amountMinor: bigint;
  currency: string;
  lineId: string | null;
  personKey: string | null;
  /** Tells one round of telling from the next. */
  at: Date;
};

/**
 * Asks shops about their orders that wait on credit and fit now, in the caller's transaction. To be called by whatever
 * frees credit (a payment, a higher limit, a cancelled order, a block that was lifted), after it has done so and in the
 * same transaction: then the question is there if and only if the credit is. A sweep calls it for every shop that waits,
 * for whatever frees credit otherwise. Any number of calls ask once, until the order has stopped fitting meanwhile.
 *
 * The oldest order comes first, and each sees what those before it would take. Nothing is held by asking: the credit lock
 * decides when the shop confirms, at the prices of that day.
 */
export async function proposeWaitingOrders(tx: Tx, wholesalerId: string, retailerIds: string[]): Promise<number> {
  if (retailerIds.length === 0) return 0;
  // Locks rows of orders alone, after whatever the caller holds, and waits for none: who holds one decides on it.
  const fitting = await tx.$queryRaw<Told[]>`
    with waiting as materialized (
      select o.wholesaler_id, o.id, o.retailer_id, o.offered_at,
             sum(o.amount_minor) over (partition by o.retailer_id order by o.placed_at, o.number)::bigint as taken_minor
        from orders o
       where o.wholesaler_id = ${wholesalerId} and o.retailer_id = any (${retailerIds}::text[])
         and o.status = 'waiting_on_credit'
    ), judged as materialized (
      select w.*, c.code is null as fits
        from waiting w
       cross join lateral credit_check(w.wholesaler_id, w.retailer_id, w.taken_minor, w.id) as c
    ), free as materialized (
      select o.wholesaler_id, o.id, j.fits
        from judged j
        join orders o on o.wholesaler_id = j.wholesaler_id and o.id = j.id
       where j.fits <> (j.offered_at is not null) and o.status = 'waiting_on_credit'
       order by o.id
         for no key update of o skip locked
    ), changed as (
      update orders o set offered_at = case when f.fits then app_clock() end
        from free f where o.wholesaler_id = f.wholesaler_id and o.id = f.id
      returning o.*
    )
    select id as "orderId", number, retailer_id as "retailerId", amount_minor as "amountMinor", currency,
           line_id as "lineId", person_key as "personKey", offered_at as at
      from changed where offered_at is not null`;
  await tell(tx, wholesalerId, 'order_fits', fitting);
  return fitting.length;
}

/** Ends the wait of orders that waited on credit as long as they may, at most `limit`, and tells their shops. */
export async function lapseWaitingOrders(tx: Tx, wholesalerId: string, limit: number): Promise<number> {
  const lapsed = await tx.$queryRaw<Told[]>`
    with due as materialized (
      select wholesaler_id, id from orders
       where wholesaler_id = ${wholesalerId} and status = 'waiting_on_credit' and waits_until <= app_clock()
       order by id limit ${limit}
         for no key update skip locked
    )
    update orders o set status = 'expired', closed_at = app_clock(), close_reason = 'waited for credit too long'
      from due d where o.wholesaler_id = d.wholesaler_id and o.id = d.id
    returning o.id as "orderId", o.number, o.retailer_id as "retailerId", o.amount_minor as "amountMinor", o.currency,
              o.line_id as "lineId", o.person_key as "personKey", o.closed_at as at`;
  await tell(tx, wholesalerId, 'wait_lapsed', lapsed);
  return lapsed.length;
}

/** Shops with an order that waits on credit, after the last one looked at; few at any time. */
export async function shopsThatWait(
  tx: Tx,
  after: { wholesalerId: string; retailerId: string },
  limit: number,
): Promise<{ wholesalerId: string; retailerId: string }[]> {
  return tx.$queryRaw<{ wholesalerId: string; retailerId: string }[]>`
    select distinct wholesaler_id as "wholesalerId", retailer_id as "retailerId"
      from orders
     where status = 'waiting_on_credit' and (wholesaler_id, retailer_id) > (${after.wholesalerId}, ${after.retailerId})
     order by wholesaler_id, retailer_id limit ${limit}`;
}

async function tell(tx: Tx, wholesalerId: string, type: 'order_fits' | 'wait_lapsed', orders: Told[]): Promise<void> {
  await tellConversations(
    tx,
    wholesalerId,
    orders.flatMap(({ orderId, number, retailerId, amountMinor, currency, lineId, personKey, at }) =>
      lineId === null || personKey === null
        ? []
        : [
            {
              lineId,
              personKey,
              eventKey: `i:${type}:${orderId}:${at.getTime()}`,
              payload: { type, orderId, number, retailerId, amountMinor: amountMinor.toString(), currency },
            },
          ],
    ),
  );
}
