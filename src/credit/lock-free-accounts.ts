import type { Tx } from '../db/index.ts';
import type { AccountKey } from './types.ts';

/**
 * Locks those of the accounts that are free, in key order, to the end of the transaction, and returns them. Waits for
 * none: what is missing in the answer is held by somebody else or does not exist.
 */
export async function lockFreeAccounts(tx: Tx, keys: readonly AccountKey[]): Promise<AccountKey[]> {
  if (keys.length === 0) return [];
  // FOR NO KEY UPDATE SKIP LOCKED.
  return tx.$queryRaw<AccountKey[]>`
    select wholesaler_id as "wholesalerId", retailer_id as "retailerId"
    from credit_lock_free_accounts(
      ${keys.map((key) => key.wholesalerId)}::text[], ${keys.map((key) => key.retailerId)}::text[])`;
}
