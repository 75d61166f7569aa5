import type { Tx } from '../db/index.ts';
import { likeSearch } from '../shared/like-pattern.ts';
import type { AccountStatus } from './types.ts';

/** An account as a list of many shows it; amounts in minor units. */
export type BoardAccount = {
  retailerId: string;
  name: string;
  currency: string;
  limitMinor: bigint;
  owedMinor: bigint;
  heldMinor: bigint;
  availableMinor: bigint;
  /** Past due and the days of grace. */
  overdueMinor: bigint;
  status: AccountStatus;
  /** Until when the limit counts, and whether that is over; null: without end. */
  limitValidUntil: Date | null;
  isLapsed: boolean;
};

export type AccountFilter = 'all' | 'blocked' | 'overdue' | 'full';

/**
 * Accounts in the order of their shops' names, after a shop. `overdue` are those with a debt past its due date and grace,
 * `full` those with nothing left, `blocked` those that take no order whatever is left: also closed, or with a limit that
 * has expired.
 */
export async function accountBoard(
  tx: Tx,
  query: {
    wholesalerId: string;
    search: string;
    filter: AccountFilter;
    after?: { name: string; retailerId: string } | undefined;
    limit: number;
  },
): Promise<BoardAccount[]> {
  const { wholesalerId, search, filter, after, limit } = query;
  const like = likeSearch(search);
  return tx.$queryRaw<BoardAccount[]>`
    select a.retailer_id as "retailerId", r.name, a.currency, a.limit_minor as "limitMinor", a.owed_minor as "owedMinor",
           a.held_minor as "heldMinor", a.limit_minor - a.owed_minor - a.held_minor as "availableMinor",
           credit_overdue(a, app_clock()) as "overdueMinor", a.status, a.limit_valid_until as "limitValidUntil",
           coalesce(a.limit_valid_until < app_clock(), false) as "isLapsed"
      from credit_account a
      join retailer r on r.wholesaler_id = a.wholesaler_id and r.id = a.retailer_id
     where a.wholesaler_id = ${wholesalerId}
       and (${like}::text is null or r.name ilike ${like}::text or r.id ilike ${like}::text)
       and (${after?.name ?? null}::text is null
            or (r.name, r.id) > (${after?.name ?? null}::text, ${after?.retailerId ?? null}::text))
       and case ${filter}
             when 'blocked' then a.status <> 'active' or a.limit_valid_until < app_clock()
             when 'overdue' then credit_overdue(a, app_clock()) > 0
             when 'full' then a.limit_minor - a.owed_minor - a.held_minor <= 0
             else true end
     order by r.name, r.id limit ${limit}`;
}

/** The name of a shop that has an account or could have one; null when the wholesaler has no such shop. */
export async function retailerName(tx: Tx, wholesalerId: string, retailerId: string): Promise<string | null> {
  const [row] = await tx.$queryRaw<{ name: string }[]>`
    select name from retailer where wholesaler_id = ${wholesalerId} and id = ${retailerId}`;
  return row?.name ?? null;
}
