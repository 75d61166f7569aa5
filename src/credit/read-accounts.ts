import type { Tx } from '../db/index.ts';
import type { AccountFigures, AccountKey } from './types.ts';

/** Reads accounts as they stand, without a lock; those that do not exist are missing in the answer. */
export async function readAccounts(tx: Tx, keys: readonly AccountKey[]): Promise<AccountFigures[]> {
  if (keys.length === 0) return [];
  return tx.$queryRaw<AccountFigures[]>`
    select a.wholesaler_id as "wholesalerId", a.retailer_id as "retailerId", a.currency,
           a.limit_minor as "limitMinor", a.owed_minor as "owedMinor", a.held_minor as "heldMinor",
           a.limit_minor - a.owed_minor - a.held_minor as "availableMinor", a.unapplied_minor as "unappliedMinor",
           credit_overdue(a, app_clock()) as "overdueMinor", a.oldest_due_on as "oldestDueOn", a.status,
           a.block_reason as "blockReason", a.terms_days as "termsDays", a.grace_days as "graceDays",
           a.overdue_tolerance_minor as "overdueToleranceMinor", a.over_capture_bp as "overCaptureBasisPoints",
           a.hold_lifetime_minutes as "holdLifetimeMinutes",
           a.limit_valid_until as "limitValidUntil"
    from (select distinct * from unnest(
            ${keys.map((key) => key.wholesalerId)}::text[],
            ${keys.map((key) => key.retailerId)}::text[])) as k (wholesaler_id, retailer_id)
    join credit_account a using (wholesaler_id, retailer_id)`;
}
