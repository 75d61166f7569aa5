import type { Tx } from '../db/index.ts';
import type { LapsedHold } from './types.ts';

/**
 * Lapses at most `limit` due holds, oldest first, and returns them, so that their orders can follow in the same
 * transaction. Accounts that are busy are left for the next sweep.
 */
export async function expireDueHolds(tx: Tx, limit: number): Promise<LapsedHold[]> {
  // Locks account rows in key order with SKIP LOCKED, then their due holds.
  return tx.$queryRaw<LapsedHold[]>`
    select wholesaler_id as "wholesalerId", retailer_id as "retailerId", hold_id as "holdId", order_id as "orderId",
           entry_id as "ledgerEntryId", amount_minor as "amountMinor"
    from credit_expire_due_holds(${limit}::integer)`;
}
