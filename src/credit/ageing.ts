import type { Tx } from '../db/index.ts';
import { assert } from '../shared/assert.ts';
import { isUsableText } from './inputs.ts';
import type { AccountKey } from './types.ts';

// What is owed by how long it is past due. Days are those of the wholesaler's calendar and are counted when asked, so
// the answer is right at every midnight without any nightly job.
//
// The present is read from the receivables as they stand. A past moment is the present without what came since: every
// receivable and every share of a payment names the ledger entry that made it, and the entries of an account are
// numbered, so whatever was made by an entry after the last one of that moment is taken off again. The sum is compared
// with what that last entry says was owed; the two can only differ if the books are broken.

/** What is owed, by days past the due date. Amounts in minor units. */
export type AgeingFigures = {
  /** Due on the day itself or later. */
  notDueMinor: bigint;
  days1To30Minor: bigint;
  days31To60Minor: bigint;
  days61To90Minor: bigint;
  over90Minor: bigint;
  /** All that is past its due date. Days of grace do not count here: they only decide when orders are stopped. */
  overdueMinor: bigint;
  /** The five together. */
  owedMinor: bigint;
  /** Paid, but not yet against any debt. */
  unappliedMinor: bigint;
  /** Owed less unapplied: what the retailer has to pay; negative when the wholesaler owes. */
  balanceMinor: bigint;
  /** Earliest due date of what is owed, as YYYY-MM-DD; null when nothing is. */
  oldestDueOn: string | null;
};

export type Ageing = AccountKey &
  AgeingFigures & {
    retailerName: string;
    currency: string;
    /** The day on the wholesaler's calendar that due dates were compared with. */
    day: string;
  };

export type AgeingQuery = {
  wholesalerId: string;
  /** One account; all accounts of the wholesaler when left out. */
  retailerId?: string | undefined;
  /** As of this instant; now when left out or in the future. */
  asOf?: Date | undefined;
  /** All accounts: `next` of the page before. */
  after?: string | undefined;
  /** All accounts: how many on a page, 1 to 200; 100 unless said otherwise. */
  limit?: number | undefined;
};

/** `next` is given as `after` to read on; null after the last account. */
export type AgeingPage = { accounts: Ageing[]; next: string | null };

const PAGE_MAX = 200;
const PAGE_USUAL = 100;

/**
 * Reads the ageing of one account or of a page of accounts in the order of their ids. An account that does not exist is
 * missing in the answer; one opened later shows zeros. Throws when the database breaks.
 */
export async function readAgeing(tx: Tx, query: AgeingQuery): Promise<AgeingPage> {
  const { wholesalerId, retailerId, asOf, after = '' } = query;
  const limit = retailerId === undefined ? Math.min(Math.max(Math.trunc(query.limit ?? PAGE_USUAL), 1), PAGE_MAX) : 1;
  if (!isUsableText(wholesalerId) || (retailerId !== undefined && !isUsableText(retailerId)) || after.includes('\0')) {
    return { accounts: [], next: null };
  }
  const rows = await tx.$queryRawUnsafe<AgeingRow[]>(
    ageingSql,
    wholesalerId,
    retailerId ?? null,
    after,
    limit + 1,
    asOf ?? null,
    null,
    null,
  );
  const accounts = rows.slice(0, limit).map(checked);
  return { accounts, next: rows.length > limit ? (accounts.at(-1)?.retailerId ?? null) : null };
}

/** The ageing of one account right after its entry number `seq`, compared with the calendar day `day`. */
export async function readAgeingAt(tx: Tx, key: AccountKey, at: { seq: bigint; day: string }): Promise<Ageing | null> {
  const { wholesalerId, retailerId } = key;
  const rows = await tx.$queryRawUnsafe<AgeingRow[]>(ageingSql, wholesalerId, retailerId, '', 1, null, at.seq, at.day);
  return rows[0] === undefined ? null : checked(rows[0]);
}

type AgeingRow = Omit<Ageing, 'overdueMinor' | 'owedMinor' | 'balanceMinor'> & { ledgerOwedMinor: bigint };

function checked({ ledgerOwedMinor, ...row }: AgeingRow): Ageing {
  const overdueMinor = row.days1To30Minor + row.days31To60Minor + row.days61To90Minor + row.over90Minor;
  const owedMinor = row.notDueMinor + overdueMinor;
  assert(
    owedMinor === ledgerOwedMinor,
    `the debts of ${row.wholesalerId}/${row.retailerId} add up to ${owedMinor}, its ledger says ${ledgerOwedMinor}`,
  );
  return { ...row, overdueMinor, owedMinor, balanceMinor: owedMinor - row.unappliedMinor };
}

/**
 * The debts of one account as they stood right after its entry number `cut`: a query with r's columns and `rest_minor`.
 * The names are SQL expressions. Debts that were paid off since are found through the entries since, so that in the
 * present, where there are none, only open debts are read.
 */
export function debtsAtCut(of: { wholesalerId: string; retailerId: string; cut: string }): string {
  return `
    with since as materialized (
      select l.id, coalesce(l.payment_id, l.id) as payment_id
      from ledger_entry l
      where l.wholesaler_id = ${of.wholesalerId} and l.retailer_id = ${of.retailerId} and l.seq > ${of.cut}
        and l.owed_delta <> 0
    ), settled_since as materialized (
      select s.receivable_id, sum(s.amount_minor)::bigint as amount_minor
      from since
      join payment_allocation s
        on s.wholesaler_id = ${of.wholesalerId} and s.payment_id = since.payment_id and s.entry_id = since.id
      group by s.receivable_id
    ), touched as (
      select r.*, r.amount_minor - r.paid_minor as rest_minor from receivable r
      where r.wholesaler_id = ${of.wholesalerId} and r.retailer_id = ${of.retailerId} and r.paid_minor < r.amount_minor
        and r.id not in (select receivable_id from settled_since)
      union all
      select r.*, r.amount_minor - r.paid_minor + s.amount_minor from settled_since s
      join receivable r on r.wholesaler_id = ${of.wholesalerId} and r.id = s.receivable_id
    )
    select * from touched where rest_minor > 0 and entry_id not in (select id from since)`;
}

// One statement, hence one snapshot: the account's number, its entries and its debts belong together.
// $1 wholesaler, $2 retailer or null, $3 after, $4 limit, $5 instant or null, $6 entry number or null, $7 day or null.
const ageingSql = `
  with asked as (
    select a.wholesaler_id, a.retailer_id, a.currency, a.seq, s.name,
           coalesce($7::date, (least(coalesce($5::timestamptz, now.at), now.at) at time zone w.time_zone)::date) as day,
           case when $6::bigint is not null then $6::bigint
                when $5::timestamptz is null or $5::timestamptz >= now.at then a.seq
                else coalesce((
                  select l.seq from ledger_entry l
                  where l.wholesaler_id = a.wholesaler_id and l.retailer_id = a.retailer_id and l.at <= $5::timestamptz
                  order by l.seq desc limit 1), 0) end as cut
    from credit_account a
    join wholesaler w on w.id = a.wholesaler_id
    join retailer s on s.wholesaler_id = a.wholesaler_id and s.id = a.retailer_id
    cross join (select app_clock() as at offset 0) as now
    where a.wholesaler_id = $1::text and a.retailer_id > $3::text and ($2::text is null or a.retailer_id = $2::text)
    order by a.retailer_id
    limit $4::integer
  )
  select q.wholesaler_id as "wholesalerId", q.retailer_id as "retailerId", q.name as "retailerName", q.currency,
         to_char(q.day, 'YYYY-MM-DD') as day,
         debts.not_due as "notDueMinor", debts.to_30 as "days1To30Minor", debts.to_60 as "days31To60Minor",
         debts.to_90 as "days61To90Minor", debts.over_90 as "over90Minor",
         to_char(debts.oldest, 'YYYY-MM-DD') as "oldestDueOn",
         coalesce(e.owed_after, 0) as "ledgerOwedMinor", coalesce(e.unapplied_after, 0) as "unappliedMinor"
  from asked q
  left join ledger_entry e on e.wholesaler_id = q.wholesaler_id and e.retailer_id = q.retailer_id and e.seq = q.cut
  cross join lateral (
    select coalesce(sum(rest_minor) filter (where q.day - due_on <= 0), 0)::bigint as not_due,
           coalesce(sum(rest_minor) filter (where q.day - due_on between 1 and 30), 0)::bigint as to_30,
           coalesce(sum(rest_minor) filter (where q.day - due_on between 31 and 60), 0)::bigint as to_60,
           coalesce(sum(rest_minor) filter (where q.day - due_on between 61 and 90), 0)::bigint as to_90,
           coalesce(sum(rest_minor) filter (where q.day - due_on > 90), 0)::bigint as over_90,
           min(due_on) as oldest
    from (${debtsAtCut({ wholesalerId: 'q.wholesaler_id', retailerId: 'q.retailer_id', cut: 'q.cut' })}) as d
  ) as debts
  order by q.retailer_id`;
