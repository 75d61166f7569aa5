import { acquireBatch } from '../credit/index.ts';
import type { Tx } from '../db/index.ts';
import { mustExist } from '../shared/assert.ts';
import { orderKey, readOrders } from './order-store.ts';
import type { ReopenAnswer, ReopenItem } from './types.ts';

/**
 * Opens a cancelled or expired order again, in the caller's transaction: with a new hold for what it was placed at, tested
 * like a new order. Its key is the order's id with the number of the opening, so two who open it at once open it once.
 */
export async function reopenOrder(tx: Tx, item: ReopenItem): Promise<ReopenAnswer> {
  const { wholesalerId, orderId } = item;
  const order = (await readOrders(tx, [item])).get(orderKey(wholesalerId, orderId));
  if (order === undefined) return { kind: 'refused', orderId, because: 'not_found' };
  const key = await keyOfOpening(tx, item);
  if (key === null) return { kind: 'refused', orderId, because: 'not_closed' };
  const { verdicts } = await acquireBatch(
    tx,
    [
      {
        wholesalerId,
        retailerId: order.retailerId,
        key,
        orderId,
        amountMinor: order.amountMinor,
        actor: item.actor,
        source: item.source,
      },
    ],
    { wait: 'promised' },
  );
  const verdict = mustExist(verdicts[0], 'a verdict');
  if (verdict.kind === 'busy') throw new Error('an acquire that waits is never busy');
  if (verdict.kind === 'refused') return { kind: 'refused', orderId, because: verdict };
  const opened = await tx.$executeRaw`
    update orders set status = 'approved', credit_ledger_entry_id = ${verdict.ledgerEntryId}::uuid, closed_at = null,
           close_reason = null
     where wholesaler_id = ${wholesalerId} and id = ${orderId}
       and (status in ('cancelled', 'expired') or credit_ledger_entry_id = ${verdict.ledgerEntryId}::uuid)`;
  // The hold is part of this transaction, which has to be rolled back with it.
  if (opened === 0) throw new Error(`the order ${orderId} changed while it was opened again`);
  return {
    kind: 'reopened',
    orderId,
    number: order.number,
    amountMinor: order.amountMinor,
    ledgerEntryId: verdict.ledgerEntryId,
    availableMinor: verdict.availableMinor,
    replayed: verdict.replayed,
  };
}

const OPENINGS_MAX = 100;

/** The key of the opening under way, or of the next one; null while the order is neither cancelled nor expired. */
async function keyOfOpening(tx: Tx, { wholesalerId, orderId }: ReopenItem): Promise<string | null> {
  const [row] = await tx.$queryRaw<{ status: string; nth: number | null; open: boolean }[]>`
    select o.status, last.nth, coalesce(last.state = 'open', false) as open
      from orders o
      left join lateral (
        select n as nth, h.state
          from generate_series(2, ${OPENINGS_MAX}::int) as n
          join ledger_entry e on e.wholesaler_id = o.wholesaler_id and e.key = o.id || ':' || n
          join credit_hold h on h.wholesaler_id = e.wholesaler_id and h.id = e.hold_id
         order by n desc limit 1) as last on true
     where o.wholesaler_id = ${wholesalerId} and o.id = ${orderId}`;
  if (row === undefined) return null;
  if (row.open) return `${orderId}:${row.nth}`;
  if (row.status !== 'cancelled' && row.status !== 'expired') return null;
  const nth = (row.nth ?? 1) + 1;
  return nth > OPENINGS_MAX ? null : `${orderId}:${nth}`;
}
