import type { Tx } from '../db/index.ts';
import type { OrderKey } from './order-store.ts';
import type { LineAfter, LineSoFar } from './value-lines.ts';

/** The lines of an order and what came of each; the caller holds the account, so no other delivery changes them. */
export async function readLinesSoFar(tx: Tx, { wholesalerId, orderId }: OrderKey): Promise<LineSoFar[]> {
  return tx.$queryRaw<LineSoFar[]>`
    select position, sku, name, unit, quantity_milli::float8 as "quantityMilli",
           delivered_milli::float8 as "deliveredMilli", unit_price_minor as "unitPriceMinor"
      from order_line where wholesaler_id = ${wholesalerId} and order_id = ${orderId} order by position`;
}

/** Adds what a delivery brought of each line. */
export async function addDelivered(
  tx: Tx,
  { wholesalerId, orderId }: OrderKey,
  lines: readonly LineAfter[],
): Promise<void> {
  const rows = lines.flatMap(({ position, nowMilli }) => (nowMilli === 0 ? [] : [{ position, milli: nowMilli }]));
  await tx.$executeRaw`
    update order_line l set delivered_milli = l.delivered_milli + r.milli
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (position integer, milli bigint)
     where l.wholesaler_id = ${wholesalerId} and l.order_id = ${orderId} and l.position = r.position`;
}

/** All that was ordered has come. */
export async function allDelivered(tx: Tx, { wholesalerId, orderId }: OrderKey): Promise<void> {
  await tx.$executeRaw`
    update order_line set delivered_milli = quantity_milli
     where wholesaler_id = ${wholesalerId} and order_id = ${orderId} and delivered_milli < quantity_milli`;
}
