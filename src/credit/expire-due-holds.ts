import { isTransient, type Tx } from '../db/index.ts';
import type { AccountKey, LapsedHold } from './types.ts';

/**
 * Lapses at most `limit` due holds, oldest first, and returns them. Accounts that are busy are passed over. Orders follow
 * and retailers are told in the same statement (credit_lapse_account).
 */
export async function expireDueHolds(tx: Tx, limit: number): Promise<LapsedHold[]> {
  // Locks account rows in key order with SKIP LOCKED, then their due holds.
  return tx.$queryRaw<LapsedHold[]>`
    select wholesaler_id as "wholesalerId", retailer_id as "retailerId", hold_id as "holdId", order_id as "orderId",
           entry_id as "ledgerEntryId", amount_minor as "amountMinor"
    from credit_expire_due_holds(${limit}::integer)`;
}

/** The same for one account, waiting for it as the credit lock promises. */
async function expireAccountHolds(tx: Tx, { wholesalerId, retailerId }: AccountKey): Promise<LapsedHold[]> {
  return tx.$queryRaw<LapsedHold[]>`
    select wholesaler_id as "wholesalerId", retailer_id as "retailerId", hold_id as "holdId", order_id as "orderId",
           entry_id as "ledgerEntryId", amount_minor as "amountMinor"
    from credit_expire_account_holds(${wholesalerId}, ${retailerId}, ${PER_ACCOUNT}::integer)`;
}

/** Few, because every account among them is locked until the last one has lapsed. */
const PER_STATEMENT = 50;
const STATEMENTS_MAX = 1_000;
const PER_ACCOUNT = 200;
const ACCOUNTS_PER_LOOK = 100;

export type Sweep = {
  lapsed: number;
  /** What went wrong on single accounts; theirs are tried again by the next sweep. */
  troubles: { account: AccountKey; error: unknown }[];
};

/**
 * Lapses every hold that is due now: first in batches over all accounts, then account by account what was busy, or stood
 * behind a hold that cannot lapse, so that neither a hot account nor a broken one keeps credit from anybody for ever.
 * Several processes may sweep at once. Throws only what concerns all: a database out of reach.
 */
export async function sweepDueHolds(db: Tx): Promise<Sweep> {
  const sweep: Sweep = { lapsed: 0, troubles: [] };
  try {
    for (let statement = 0; statement < STATEMENTS_MAX; statement += 1) {
      const lapsed = await expireDueHolds(db, PER_STATEMENT);
      sweep.lapsed += lapsed.length;
      if (lapsed.length < PER_STATEMENT) break;
    }
  } catch (error) {
    // What else breaks a batch breaks one of its accounts, and shows itself below with the account's name.
    if (isTransient(error)) throw error;
  }
  for (let after: AccountKey | undefined = { wholesalerId: '', retailerId: '' }; after !== undefined; ) {
    const accounts: AccountKey[] = await accountsWithDueHolds(db, after);
    for (const account of accounts) {
      try {
        sweep.lapsed += (await expireAccountHolds(db, account)).length;
      } catch (error) {
        if (isTransient(error)) throw error;
        sweep.troubles.push({ account, error });
      }
    }
    after = accounts.at(-1);
  }
  return sweep;
}

// By way of the few wholesalers, so that only due holds are read and not all that are open.
function accountsWithDueHolds(db: Tx, after: AccountKey): Promise<AccountKey[]> {
  return db.$queryRaw<AccountKey[]>`
    select distinct due.wholesaler_id as "wholesalerId", due.retailer_id as "retailerId"
    from wholesaler w
    cross join lateral (
      select h.wholesaler_id, h.retailer_id from credit_hold h
      where h.wholesaler_id = w.id and h.state = 'open' and h.expires_at <= (select app_clock()) offset 0) as due
    where (due.wholesaler_id, due.retailer_id) > (${after.wholesalerId}, ${after.retailerId})
    order by 1, 2 limit ${ACCOUNTS_PER_LOOK}`;
}
