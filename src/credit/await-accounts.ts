import type { Tx } from '../db/index.ts';
import type { AccountKey } from './types.ts';

/**
 * Locks accounts to the end of the transaction, in key order, waiting for each as the credit lock promises, and returns
 * those that it has. What is missing in the answer stayed with somebody else, or does not exist.
 */
export async function awaitAccounts(tx: Tx, keys: readonly AccountKey[]): Promise<AccountKey[]> {
  if (keys.length === 0) return [];
  // FOR NO KEY UPDATE, in up to four attempts.
  return tx.$queryRaw<AccountKey[]>`
    select wholesaler_id as "wholesalerId", retailer_id as "retailerId"
    from credit_await_accounts(
      ${keys.map((key) => key.wholesalerId)}::text[], ${keys.map((key) => key.retailerId)}::text[])`;
}
