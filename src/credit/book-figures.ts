import type { Tx } from '../db/index.ts';

/** All accounts of a wholesaler together; amounts in minor units. */
export type BookFigures = {
  accounts: number;
  blocked: number;
  limitMinor: bigint;
  owedMinor: bigint;
  heldMinor: bigint;
  /** Past its due date; days of grace do not count here. */
  overdueMinor: bigint;
  overdueAccounts: number;
};

/** What a wholesaler has lent, holds and waits for, at this moment. In one currency: a wholesaler has one. */
export async function bookFigures(tx: Tx, wholesalerId: string): Promise<BookFigures | undefined> {
  const [row] = await tx.$queryRaw<BookFigures[]>`
    select count(*)::int as accounts, (count(*) filter (where a.status = 'blocked'))::int as blocked,
           coalesce(sum(a.limit_minor), 0)::bigint as "limitMinor", coalesce(sum(a.owed_minor), 0)::bigint as "owedMinor",
           coalesce(sum(a.held_minor), 0)::bigint as "heldMinor", d.overdue as "overdueMinor",
           d.accounts as "overdueAccounts"
      from credit_account a
      cross join (
        select coalesce(sum(r.amount_minor - r.paid_minor), 0)::bigint as overdue,
               count(distinct r.retailer_id)::int as accounts
          from receivable r join wholesaler w on w.id = r.wholesaler_id
         where r.wholesaler_id = ${wholesalerId} and r.paid_minor < r.amount_minor
           and r.due_on < (app_clock() at time zone w.time_zone)::date) as d
     where a.wholesaler_id = ${wholesalerId}
     group by d.overdue, d.accounts`;
  return row;
}

/** What the newest proof of the ledger says about one wholesaler; null when there never was one. */
export async function proofOf(
  tx: Tx,
  wholesalerId: string,
): Promise<{ finishedAt: Date; firstBad: { retailerId: string; seq: bigint; check: string } | null } | null> {
  type Row = { finishedAt: Date; retailerId: string | null; seq: bigint | null; check: string | null };
  // A bad entry of somebody else is theirs to know.
  const [row] = await tx.$queryRaw<Row[]>`
    select finished_at as "finishedAt",
           case when bad_wholesaler_id = ${wholesalerId} then bad_retailer_id end as "retailerId",
           case when bad_wholesaler_id = ${wholesalerId} then bad_seq end as seq,
           case when bad_wholesaler_id = ${wholesalerId} then bad_check end as check
      from ledger_proof order by started_at desc limit 1`;
  if (row === undefined) return null;
  const { finishedAt, retailerId, seq, check } = row;
  return { finishedAt, firstBad: check === null ? null : { retailerId: retailerId ?? '', seq: seq ?? 0n, check } };
}
