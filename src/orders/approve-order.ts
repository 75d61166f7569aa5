import { acquireWithGrant, type Refused } from '../credit/index.ts';
import type { Tx } from '../db/index.ts';
import type { WaitingOrder } from './waiting-orders.ts';

export type ApproveItem = {
  /** Held by the caller with `holdWaitingOrders`. */
  order: WaitingOrder;
  /** How far above its credit the order may go, and no further. */
  grantMinorMax: bigint;
  grantKey: string;
  actor: string;
  source: string;
  reason: string;
};

export type ApproveAnswer =
  | { kind: 'approved'; ledgerEntryId: string; availableMinor: bigint }
  /** The credit lock refused, and nothing was granted. */
  | { kind: 'refused'; because: Refused };

/**
 * Places an order that waited for approval, in the caller's transaction: what it lacks is granted for it alone, and the
 * credit lock decides like over any other order.
 */
export async function approveOrder(tx: Tx, item: ApproveItem): Promise<ApproveAnswer> {
  const { order, grantMinorMax, grantKey, actor, source, reason } = item;
  const { wholesalerId, retailerId, id: orderId, amountMinor, currency } = order;
  const verdict = await acquireWithGrant(
    tx,
    { wholesalerId, retailerId, key: orderId, orderId, amountMinor, currency, actor, source },
    { key: grantKey, minorMax: grantMinorMax, reason },
  );
  if (verdict.kind === 'busy') throw new Error('an account that is held is never busy');
  if (verdict.kind === 'refused') return { kind: 'refused', because: verdict };
  const { ledgerEntryId, availableMinor } = verdict;
  const approved = await tx.$executeRaw`
    update orders set status = 'approved', credit_ledger_entry_id = ${ledgerEntryId}::uuid, placed_at = app_clock()
     where wholesaler_id = ${wholesalerId} and id = ${orderId} and status = 'waiting_for_approval'`;
  // The hold is part of this transaction, which has to be rolled back with it.
  if (approved === 0) throw new Error(`the order ${orderId} changed while it was approved`);
  return { kind: 'approved', ledgerEntryId, availableMinor };
}
