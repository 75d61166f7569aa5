/**
 * What must be true of the money at any moment, in SQL, in one place: tests, `npm run ledger:verify`, timers and pages
 * all ask here. Names are part of the contract: `ledger:verify` prints them. Four kinds, by what is walked:
 *
 * - An entry invariant is a condition that is wrong for a bad entry, judged while walking an account's entries in order,
 *   where `last_...` are the previous entry's columns (null at the first), `true_hash` is the hash that it should have
 *   and `fits_kind` says whether its deltas are such as its kind may have. What it refers to is looked up by its primary
 *   key; `is true` keeps the planner from taking an index by account instead, which is slow on a long account.
 * - An account invariant is a query for the bad accounts of a page.
 * - A hold invariant is such a query over holds, which are too many on one account for one statement: each pass takes
 *   those whose id falls to it.
 * - A row invariant is a condition that is wrong for a bad row of another table.
 *
 * Every condition is judged within one statement, hence on one snapshot: what orders, payments and sweeps write
 * meanwhile is seen whole or not at all. What only the callers know (that what they were told is in the ledger, in the
 * order in which they were told) is in prove-answers.ts.
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
  { check: 'hash', broken: 'hash <> true_hash' },
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
  // Whatever raises what is held: an order, an order that grew, a delivery of more than was ordered.
  {
    check: 'over the limit',
    broken: `kind in ('HOLD', 'HOLD_ADJUST') and held_delta > 0
      and owed_after + held_after > limit_after + override_minor`,
  },
  {
    check: 'override',
    broken: `case
      when kind = 'OVERRIDE' then not exists (
        select from credit_override o
        where o.wholesaler_id = walked.wholesaler_id and o.id = walked.id
          and (o.retailer_id = walked.retailer_id and o.order_id = walked.order_id
            and o.amount_minor = walked.override_minor) is true)
      -- Used once, by the hold of its order, in time, and for no more than was granted.
      when kind = 'HOLD' and override_minor > 0 then not exists (
        select from credit_override o
        where o.wholesaler_id = walked.wholesaler_id and o.used_by = walked.hold_id
          and (o.retailer_id = walked.retailer_id and o.order_id = walked.order_id) is true
          and o.amount_minor = walked.override_minor and o.expires_at >= walked.at)
      when kind = 'HOLD_ADJUST' and override_minor > 0 then not exists (
        select from credit_override o
        where o.wholesaler_id = walked.wholesaler_id and o.used_by = walked.hold_id
          and o.amount_minor = walked.override_minor)
      else false end`,
  },
  // Erased words leave the hash behind.
  {
    check: 'reason',
    broken: `reason_hash is not null and exists (
      select from ledger_reason s
      where s.wholesaler_id = walked.wholesaler_id and s.entry_id = walked.id
        and walked.reason_hash <> sha256(s.salt || convert_to(s.reason, 'UTF8')))`,
  },
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
    broken: `hold_id is not null and not exists (
      select from credit_hold h
      where h.wholesaler_id = walked.wholesaler_id and h.id = walked.hold_id
        and (h.retailer_id = walked.retailer_id and h.order_id = coalesce(walked.order_id, h.order_id)) is true)`,
  },
  {
    check: 'a debt per delivery',
    broken: `owed_delta > 0 and kind in ('CAPTURE', 'ADJUSTMENT') and not exists (
      select from receivable r
      where r.wholesaler_id = walked.wholesaler_id and r.id = walked.receivable_id
        and (r.retailer_id = walked.retailer_id and r.entry_id = walked.id
          and r.amount_minor = walked.owed_delta) is true)`,
  },
  {
    check: 'payment',
    broken: `payment_id is not null and not exists (
      select from payment p
      where p.wholesaler_id = walked.wholesaler_id and p.id = walked.payment_id
        and (p.retailer_id = walked.retailer_id) is true
        and (walked.payment_id <> walked.id or p.amount_minor = walked.unapplied_delta - walked.owed_delta))`,
  },
  {
    check: 'allocations are what their entry says',
    broken: `payment_id is not null and -owed_delta <> (
      select coalesce(sum(x.amount_minor), 0) from payment_allocation x
      where x.wholesaler_id = walked.wholesaler_id and x.payment_id = walked.payment_id and x.entry_id = walked.id)`,
  },
  {
    check: 'a reversal takes all of it back',
    broken: `kind = 'PAYMENT_REVERSAL' and (
      not exists (
        select from payment p
        where p.wholesaler_id = walked.wholesaler_id and p.id = walked.payment_id and p.reversed_by = walked.id
          and p.unapplied_minor = 0)
      or exists (
        select from payment_allocation x
        where x.wholesaler_id = walked.wholesaler_id and x.payment_id = walked.payment_id
        group by x.receivable_id having sum(x.amount_minor) <> 0))`,
  },
];

type AccountInvariant = {
  check: string;
  sql: string;
  /** For one account with more entries than a statement should read: the same, asked in parts of its entries. */
  inParts?: true;
};

/** $1 and $2 are the last account of the page before, $3 and $4 the last of this one. `seq` is the entry to look at. */
const page = (alias: string): string =>
  `(${alias}.wholesaler_id, ${alias}.retailer_id) > ($1::text, $2::text)
   and (${alias}.wholesaler_id, ${alias}.retailer_id) <= ($3::text, $4::text)`;

const SUMS = 'figures are the sums of the deltas';

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
    check: SUMS,
    inParts: true,
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
    // The year 9999 stands for a limit without end.
    check: 'how long the limit counts',
    sql: `
      select a.wholesaler_id, a.retailer_id, a.seq
      from credit_account a
      cross join lateral (
        select (max(array[l.seq, (extract(epoch from l.expires_at) * 1000000)::bigint]))[2] as until_us
        from ledger_entry l
        where l.wholesaler_id = a.wholesaler_id and l.retailer_id = a.retailer_id
          and l.kind = 'LIMIT_CHANGE' and l.expires_at is not null) as s
      where ${page('a')}
        and s.until_us <>
          (extract(epoch from coalesce(a.limit_valid_until, '9999-12-31 00:00:00+00')) * 1000000)::bigint`,
  },
  {
    // A minute is several sweeps: one that ended well, failed or found an account busy is not held against anybody.
    check: 'no hold is open long after its time while somebody sweeps',
    sql: `
      select a.wholesaler_id, a.retailer_id, a.seq
      from credit_account a
      where ${page('a')}
        and exists (
          select from credit_hold h
          join credit_sweeper s on greatest(h.expires_at, s.alive_since) + interval '1 minute' < s.swept_at
          where h.wholesaler_id = a.wholesaler_id and h.retailer_id = a.retailer_id and h.state = 'open')`,
  },
  {
    check: 'every override was granted in the ledger',
    sql: `
      with granted as materialized (
        select l.wholesaler_id, l.id from ledger_entry l
        where ${page('l')} and l.kind = 'OVERRIDE' and exists (select from credit_override o where ${page('o')}))
      select o.wholesaler_id, o.retailer_id, 0 as seq
      from credit_override o
      where ${page('o')} and (o.wholesaler_id, o.id) not in (select g.wholesaler_id, g.id from granted g)`,
  },
];

/** $5 is the number of passes, $6 this one. Only the last bytes of an id are drawn by lot; the first ones are a time. */
export const holdInvariants: readonly AccountInvariant[] = [
  {
    check: 'holds are what their entries say',
    sql: `
      select e.wholesaler_id, e.retailer_id, e.seq
      from (
        select l.wholesaler_id, l.retailer_id, l.hold_id, min(l.seq) as seq,
               sum(l.held_delta) filter (where l.kind in ('HOLD', 'HOLD_ADJUST')) as amount,
               coalesce(-sum(l.held_delta) filter (where l.kind = 'CAPTURE'), 0) as captured,
               coalesce(-sum(l.held_delta) filter (where l.kind in ('RELEASE', 'EXPIRE')), 0) as released,
               -- Adjusted by a delivery of more than was held, and not by a request of its own.
               coalesce(sum(l.held_delta) filter (where l.kind = 'HOLD_ADJUST' and l.request_hash is null), 0) as over,
               max(l.expires_at) filter (where l.kind in ('HOLD', 'HOLD_ADJUST')) as expires_at,
               -- What its last entry made of it, packed behind the entry's number.
               (array['open', 'captured', 'released', 'expired'])[1 + max(l.seq * 4
                 + case l.kind when 'CAPTURE' then 1 when 'RELEASE' then 2 when 'EXPIRE' then 3 else 0 end) % 4] as closed_by
        from ledger_entry l
        where ${page('l')} and l.hold_id is not null
          and ($5::integer = 1 or (get_byte(uuid_send(l.hold_id), 14) * 256
            + get_byte(uuid_send(l.hold_id), 15)) % $5::integer = $6::integer)
        group by l.wholesaler_id, l.retailer_id, l.hold_id) as e
      join credit_hold h on h.wholesaler_id = e.wholesaler_id and h.id = e.hold_id
      where (h.amount_minor, h.captured_minor, h.released_minor, h.over_captured_minor,
             h.state)
          is distinct from (e.amount, e.captured, e.released, e.over,
             case when e.captured + e.released < e.amount then 'open' else e.closed_by end)
        or h.captured_minor + h.released_minor > h.amount_minor
        -- Kept open for longer than anybody asked for; one that is over sooner says so itself, by its EXPIRE entry.
        or h.expires_at > e.expires_at`,
  },
];

/** The sums of a part of one account's entries, $1 and $2 name it: of those after $3 up to $4; and what the last one says. */
export const sumsInParts = {
  check: SUMS,
  sql: `
    select coalesce(sum(limit_delta), 0)::bigint as limit_sum, coalesce(sum(held_delta), 0)::bigint as held_sum,
           coalesce(sum(owed_delta), 0)::bigint as owed_sum, coalesce(sum(unapplied_delta), 0)::bigint as unapplied_sum,
           max(limit_after) filter (where seq = $4::bigint) as "limit", max(held_after) filter (where seq = $4::bigint) as held,
           max(owed_after) filter (where seq = $4::bigint) as owed,
           max(unapplied_after) filter (where seq = $4::bigint) as unapplied
    from ledger_entry
    where wholesaler_id = $1::text and retailer_id = $2::text and seq > $3::bigint and seq <= $4::bigint`,
};

export type RowInvariant = {
  check: string;
  /** The table, whose rows are called `n`, and its primary key: columns and where to begin. */
  table: string;
  key: readonly { column: string; type: 'text' | 'uuid' | 'date'; first: string }[];
  /** The account that a bad row belongs to, and the entry to look at, by its id or its number. */
  retailer: string;
  entryId: string;
  seq: string;
  broken: string;
  /** How many rows at a time, unless said otherwise. */
  perStep?: number;
};

const wholesalerAndId = [
  { column: 'wholesaler_id', type: 'text', first: '' },
  { column: 'id', type: 'uuid', first: '00000000-0000-0000-0000-000000000000' },
] as const;

export const rowInvariants: readonly RowInvariant[] = [
  {
    check: 'paid is what was allocated',
    table: 'receivable',
    key: wholesalerAndId,
    retailer: 'n.retailer_id',
    entryId: 'n.entry_id',
    seq: 'null',
    broken: `n.paid_minor <> (
      select coalesce(sum(p.amount_minor), 0) from payment_allocation p
      where p.wholesaler_id = n.wholesaler_id and p.receivable_id = n.id)`,
  },
  {
    check: 'payments are allocated or left over',
    table: 'payment',
    key: wholesalerAndId,
    retailer: 'n.retailer_id',
    entryId: 'n.id',
    seq: 'null',
    broken: `case when n.reversed_by is null then n.amount_minor else 0 end <> n.unapplied_minor + (
      select coalesce(sum(x.amount_minor), 0) from payment_allocation x
      where x.wholesaler_id = n.wholesaler_id and x.payment_id = n.id)`,
  },
  {
    check: 'an override is used by its order',
    table: 'credit_override',
    key: wholesalerAndId,
    retailer: 'n.retailer_id',
    entryId: 'n.id',
    seq: 'null',
    broken: `n.used_by is not null and not exists (
      select from credit_hold h
      where h.wholesaler_id = n.wholesaler_id and h.id = n.used_by and h.retailer_id = n.retailer_id
        and h.order_id = n.order_id)`,
  },
  {
    check: 'anchor',
    table: 'ledger_anchor',
    key: [
      { column: 'wholesaler_id', type: 'text', first: '' },
      { column: 'retailer_id', type: 'text', first: '' },
      { column: 'day', type: 'date', first: '-infinity' },
    ],
    retailer: 'n.retailer_id',
    entryId: 'null',
    seq: 'n.seq',
    broken: `not exists (
      select from ledger_entry e
      where e.wholesaler_id = n.wholesaler_id and e.retailer_id = n.retailer_id and e.seq = n.seq and e.hash = n.hash)`,
  },
  {
    // The newest day of each wholesaler. Older ones are for whoever kept the log.
    check: 'root of the anchors',
    table: 'wholesaler',
    key: [{ column: 'id', type: 'text', first: '' }],
    retailer: `''`,
    entryId: 'null',
    seq: '0',
    broken: `exists (
      select from (
        select * from ledger_anchor_root s where s.wholesaler_id = n.id order by s.day desc limit 1) as s
      cross join lateral credit_anchor_root(s.wholesaler_id, s.day) as c
      where (c.accounts, c.root) is distinct from (s.accounts, s.root))`,
    perStep: 10,
  },
];
