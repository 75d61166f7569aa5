/**
 * What must be true of the money at any moment, in SQL, in one place: tests, `npm run ledger:verify`, timers and pages
 * all ask here. Two kinds. An entry invariant is a condition that is wrong for a bad entry, judged while walking an
 * account's entries in order, where `last_...` are the previous entry's columns (null at the first). An account
 * invariant is a query for the bad accounts of a page. Names are part of the contract: `ledger:verify` prints them.
 */

type EntryInvariant = { check: string; broken: string };

/** In this order: the first that is broken names the entry. */
export const entryInvariants: readonly EntryInvariant[] = [
  {
    check: 'account',
    broken: `last_seq is null and not exists (
      select from credit_account a
      where a.wholesaler_id = walked.wholesaler_id and a.retailer_id = walked.retailer_id)`,
  },
  { check: 'sequence', broken: 'seq <> coalesce(last_seq, 0) + 1' },
  {
    check: 'chain',
    broken: 'prev_hash <> coalesce(last_hash, credit_genesis_hash(wholesaler_id, retailer_id, currency))',
  },
  { check: 'hash', broken: "hash <> sha256(prev_hash || convert_to(canonical_text, 'UTF8'))" },
  { check: 'currency', broken: 'currency <> coalesce(last_currency, currency)' },
  {
    check: 'running figures',
    broken: `(limit_after, held_after, owed_after, unapplied_after) <>
      (coalesce(last_limit, 0) + limit_delta, coalesce(last_held, 0) + held_delta,
       coalesce(last_owed, 0) + owed_delta, coalesce(last_unapplied, 0) + unapplied_delta)`,
  },
  {
    check: 'status',
    broken: `status_after <> coalesce(last_status, 'active') and kind not in ('BLOCK', 'UNBLOCK')`,
  },
  { check: 'kind', broken: 'not fits_kind' },
  { check: 'over the limit', broken: `kind = 'HOLD' and owed_after + held_after > limit_after + override_minor` },
  { check: 'reason', broken: `reason_hash <> sha256(reason_salt || convert_to(reason, 'UTF8'))` },
  {
    check: 'one answering entry per key',
    broken: `exists (
      select from ledger_entry o
      where o.wholesaler_id = walked.wholesaler_id and o.key = walked.key and o.id <> walked.id)`,
  },
  {
    check: 'at most one reversal per entry',
    broken: `reverses is not null and exists (
      select from ledger_entry o
      where o.wholesaler_id = walked.wholesaler_id and o.reverses = walked.reverses and o.id <> walked.id)`,
  },
  {
    check: 'hold',
    broken: `kind = 'HOLD' and not exists (
      select from credit_hold h
      where h.wholesaler_id = walked.wholesaler_id and h.id = walked.hold_id and h.retailer_id = walked.retailer_id)`,
  },
];

type AccountInvariant = { check: string; sql: string };

/** $1 and $2 are the last account of the page before, $3 and $4 the last of this one. `seq` is the entry to look at. */
const page = (alias: string): string =>
  `(${alias}.wholesaler_id, ${alias}.retailer_id) > ($1::text, $2::text)
   and (${alias}.wholesaler_id, ${alias}.retailer_id) <= ($3::text, $4::text)`;

export const accountInvariants: readonly AccountInvariant[] = [
  {
    check: 'account shows its newest entry',
    sql: `
      select a.wholesaler_id, a.retailer_id, a.seq
      from credit_account a
      left join lateral (
        select * from ledger_entry l
        where l.wholesaler_id = a.wholesaler_id and l.retailer_id = a.retailer_id
        order by l.seq desc limit 1) e on true
      where ${page('a')}
        and (a.seq, a.limit_minor, a.held_minor, a.owed_minor, a.unapplied_minor, a.status, a.currency, a.head_hash)
          is distinct from
          (coalesce(e.seq, 0), coalesce(e.limit_after, 0), coalesce(e.held_after, 0), coalesce(e.owed_after, 0),
           coalesce(e.unapplied_after, 0), coalesce(e.status_after, 'active'), coalesce(e.currency, a.currency),
           coalesce(e.hash, credit_genesis_hash(a.wholesaler_id, a.retailer_id, a.currency)))`,
  },
  {
    check: 'figures are the sums of the deltas',
    sql: `
      select a.wholesaler_id, a.retailer_id, a.seq
      from credit_account a
      left join lateral (
        select sum(l.limit_delta) as lim, sum(l.held_delta) as held, sum(l.owed_delta) as owed,
               sum(l.unapplied_delta) as unapplied
        from ledger_entry l where l.wholesaler_id = a.wholesaler_id and l.retailer_id = a.retailer_id) s on true
      where ${page('a')}
        and (a.limit_minor, a.held_minor, a.owed_minor, a.unapplied_minor) is distinct from
          (coalesce(s.lim, 0), coalesce(s.held, 0), coalesce(s.owed, 0), coalesce(s.unapplied, 0))`,
  },
  {
    check: 'held is what open holds hold',
    sql: `
      select a.wholesaler_id, a.retailer_id, a.seq
      from credit_account a
      where ${page('a')}
        and a.held_minor <> (
          select coalesce(sum(h.amount_minor - h.captured_minor - h.released_minor), 0)
          from credit_hold h
          where h.wholesaler_id = a.wholesaler_id and h.retailer_id = a.retailer_id and h.state = 'open')`,
  },
  {
    check: 'owed is receivables less allocations',
    sql: `
      select a.wholesaler_id, a.retailer_id, a.seq
      from credit_account a
      where ${page('a')}
        and a.owed_minor <> (
            select coalesce(sum(r.amount_minor), 0) from receivable r
            where r.wholesaler_id = a.wholesaler_id and r.retailer_id = a.retailer_id)
          - (select coalesce(sum(p.amount_minor), 0)
             from payment_allocation p
             join receivable r on r.wholesaler_id = p.wholesaler_id and r.id = p.receivable_id
             where r.wholesaler_id = a.wholesaler_id and r.retailer_id = a.retailer_id)`,
  },
  {
    check: 'oldest due date',
    sql: `
      select a.wholesaler_id, a.retailer_id, a.seq
      from credit_account a
      where ${page('a')}
        and a.oldest_due_on is distinct from (
          select min(r.due_on) from receivable r
          where r.wholesaler_id = a.wholesaler_id and r.retailer_id = a.retailer_id and r.paid_minor < r.amount_minor)`,
  },
  {
    check: 'unapplied is what payments have left',
    sql: `
      select a.wholesaler_id, a.retailer_id, a.seq
      from credit_account a
      where ${page('a')}
        and a.unapplied_minor <> (
          select coalesce(sum(p.unapplied_minor), 0) from payment p
          where p.wholesaler_id = a.wholesaler_id and p.retailer_id = a.retailer_id)`,
  },
  {
    check: 'holds are what their entries say',
    sql: `
      select e.wholesaler_id, e.retailer_id, e.seq
      from (
        select l.wholesaler_id, l.retailer_id, l.hold_id, min(l.seq) as seq,
               sum(l.held_delta) filter (where l.kind in ('HOLD', 'HOLD_ADJUST')) as amount,
               coalesce(-sum(l.held_delta) filter (where l.kind = 'CAPTURE'), 0) as captured,
               coalesce(-sum(l.held_delta) filter (where l.kind in ('RELEASE', 'EXPIRE')), 0) as released
        from ledger_entry l
        where ${page('l')} and l.hold_id is not null
        group by l.wholesaler_id, l.retailer_id, l.hold_id) as e
      join credit_hold h on h.wholesaler_id = e.wholesaler_id and h.id = e.hold_id
      where (h.amount_minor, h.captured_minor, h.released_minor) is distinct from (e.amount, e.captured, e.released)
        or h.captured_minor + h.released_minor > h.amount_minor`,
  },
  {
    check: 'paid is what was allocated',
    sql: `
      select r.wholesaler_id, r.retailer_id, (
          select e.seq from ledger_entry e
          where e.wholesaler_id = r.wholesaler_id and e.retailer_id = r.retailer_id and e.id = r.entry_id) as seq
      from receivable r
      where ${page('r')}
        and r.paid_minor <> (
          select coalesce(sum(p.amount_minor), 0) from payment_allocation p
          where p.wholesaler_id = r.wholesaler_id and p.receivable_id = r.id)`,
  },
  {
    check: 'payments are allocated or left over',
    sql: `
      select p.wholesaler_id, p.retailer_id, (
          select e.seq from ledger_entry e
          where e.wholesaler_id = p.wholesaler_id and e.retailer_id = p.retailer_id and e.id = p.id) as seq
      from payment p
      where ${page('p')}
        and case when p.reversed_by is null then p.amount_minor else 0 end <> p.unapplied_minor + (
          select coalesce(sum(x.amount_minor), 0) from payment_allocation x
          where x.wholesaler_id = p.wholesaler_id and x.payment_id = p.id)`,
  },
];
