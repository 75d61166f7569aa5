-- The rest of the life of trade credit: holds that are adjusted, captured in parts, released in part and extended; debts
-- that are paid, forgiven and corrected; limits, terms and exceptions that people decide.
--
-- Every call here is made alike. It locks the account (the promised attempts), looks for its key after the lock, tests,
-- writes one answering entry under the key and derived ones under `<key>/<n>`, and answers with one wide row,
-- credit_outcome. The same key with the same request gets the first answer again; with another request it is refused.

-- ---------------------------------------------------------------------------------------------------------------
-- What the tables gain
-- ---------------------------------------------------------------------------------------------------------------

-- How much of the hold's amount was added by deliveries of more than was ordered: the tolerance counts all of them
-- together, against what was held before.
alter table credit_hold add column over_captured_minor bigint not null default 0;
alter table credit_hold drop constraint credit_hold_figures;
alter table credit_hold add constraint credit_hold_figures check (
  least(captured_minor, released_minor, over_captured_minor, amount_minor - over_captured_minor - 1) >= 0
  and captured_minor + released_minor <= amount_minor);

-- The wholesaler's own number of the invoice, for statements. No part of the chain: the debt is known by its id.
alter table receivable add column reference text;

-- A later grant for the same order ends the one before, so that an order never has two.
alter table credit_override add column ended_at timestamptz;
drop index credit_override_open;
create unique index credit_override_open on credit_override (wholesaler_id, retailer_id, order_id)
  where used_by is null and ended_at is null;

-- Terms move no figure, so a change of them is no ledger entry; who made it, why, and what was before stays all the same.
create table credit_terms_change (
  wholesaler_id text not null,
  retailer_id   text not null,
  id            uuid not null,
  at            timestamptz not null,
  before        jsonb not null,
  after         jsonb not null,
  reason        text not null,
  actor         text not null,
  source        text not null,
  cause_id      text,
  primary key (wholesaler_id, id),
  foreign key (wholesaler_id, retailer_id) references credit_account
);
create index credit_terms_change_by_account on credit_terms_change (wholesaler_id, retailer_id, at);
create trigger credit_terms_change_append_only before update or delete or truncate on credit_terms_change
  for each statement execute function credit_refuse_change();
alter table credit_terms_change enable always trigger credit_terms_change_append_only;

-- ---------------------------------------------------------------------------------------------------------------
-- What an entry of each kind may do, with what is new
-- ---------------------------------------------------------------------------------------------------------------

-- As before, and: a hold adjusted up stays within limit and override like a new one, and a change of the limit may be one
-- of its validity alone, which the entry shows as its time of expiry.
create or replace function credit_entry_holds(e ledger_entry) returns boolean
language plpgsql immutable as $$
begin
  -- What a person does needs a reason; a hold's grant above the limit is shown where it counts and nowhere else.
  if e.kind in ('RELEASE', 'PAYMENT_REVERSAL', 'CREDIT_NOTE', 'WRITE_OFF', 'ADJUSTMENT', 'LIMIT_CHANGE', 'BLOCK', 'UNBLOCK',
                'OVERRIDE') and e.reason_hash is null
     or e.override_minor <> 0 and e.kind not in ('HOLD', 'HOLD_ADJUST', 'OVERRIDE')
     or e.kind <> 'LIMIT_CHANGE' and e.limit_delta <> 0
  then
    return false;
  end if;
  case e.kind
    -- The promise itself, once more: nothing was ever held above limit and override.
    when 'HOLD' then return (e.owed_after + e.held_after <= e.limit_after + e.override_minor
      and e.held_delta > 0 and e.owed_delta = 0 and e.unapplied_delta = 0 and e.hold_id = e.id
      and num_nulls(e.order_id, e.key, e.request_hash, e.expires_at) = 0) is true;
    -- Up, down, or 0 with a new time of expiry.
    when 'HOLD_ADJUST' then return ((e.held_delta <= 0 or e.owed_after + e.held_after <= e.limit_after + e.override_minor)
      and e.owed_delta = 0 and e.unapplied_delta = 0
      and (e.held_delta <> 0 or e.expires_at is not null) and e.hold_id is not null) is true;
    when 'RELEASE' then return (e.held_delta < 0 and e.owed_delta = 0 and e.unapplied_delta = 0
      and e.hold_id is not null) is true;
    when 'EXPIRE' then return (e.held_delta < 0 and e.owed_delta = 0 and e.unapplied_delta = 0
      and e.key = 'expire:' || e.hold_id) is true;
    when 'CAPTURE' then return (e.held_delta < 0 and e.owed_delta = -e.held_delta and e.unapplied_delta = 0
      and num_nulls(e.hold_id, e.receivable_id) = 0) is true;
    -- Applied to debts (owed falls), kept (unapplied rises), or kept earlier and applied now (both fall).
    when 'PAYMENT' then return (e.held_delta = 0 and e.owed_delta <= 0 and e.unapplied_delta >= e.owed_delta
      and (e.owed_delta <> 0 or e.unapplied_delta <> 0) and e.payment_id is not null) is true;
    when 'PAYMENT_REVERSAL' then return (e.held_delta = 0 and e.owed_delta >= 0 and e.unapplied_delta <= 0
      and (e.owed_delta <> 0 or e.unapplied_delta <> 0) and num_nulls(e.payment_id, e.reverses) = 0) is true;
    when 'CREDIT_NOTE' then return (e.held_delta = 0 and e.owed_delta <= 0 and e.unapplied_delta >= 0
      and (e.owed_delta <> 0 or e.unapplied_delta <> 0) and e.payment_id is not null) is true;
    when 'WRITE_OFF' then return (e.held_delta = 0 and e.owed_delta < 0 and e.unapplied_delta = 0
      and e.payment_id is not null) is true;
    when 'ADJUSTMENT' then return (e.held_delta = 0 and (e.owed_delta <> 0 or e.unapplied_delta <> 0)) is true;
    when 'LIMIT_CHANGE' then return ((e.limit_delta <> 0 or e.expires_at is not null)
      and e.held_delta = 0 and e.owed_delta = 0 and e.unapplied_delta = 0) is true;
    when 'BLOCK' then return (e.status_after in ('blocked', 'closed')
      and e.held_delta = 0 and e.owed_delta = 0 and e.unapplied_delta = 0) is true;
    when 'UNBLOCK' then return (e.status_after = 'active'
      and e.held_delta = 0 and e.owed_delta = 0 and e.unapplied_delta = 0) is true;
    when 'OVERRIDE' then return (e.override_minor > 0 and e.order_id is not null
      and e.held_delta = 0 and e.owed_delta = 0 and e.unapplied_delta = 0) is true;
    else return false;
  end case;
end $$;

-- ---------------------------------------------------------------------------------------------------------------
-- Parts that only the functions below use
-- ---------------------------------------------------------------------------------------------------------------

-- What every call below answers. code is null where it was done; `because` tells cases of one code apart. The figures
-- are those after the call, or, of a refusal, those it was judged by. Hold and due date are as they are now, also in
-- the answer to a repeated call.
create type credit_outcome as (
  code text, because text, entry_id uuid, replayed boolean, currency text, status text, amount_minor bigint,
  limit_minor bigint, owed_minor bigint, held_minor bigint, unapplied_minor bigint, override_minor bigint,
  available_minor bigint, short_by_minor bigint, overdue_minor bigint,
  applied_minor bigint, kept_minor bigint,
  hold_id uuid, order_id text, hold_state text, hold_left_minor bigint, hold_expires_at timestamptz,
  receivable_id uuid, due_on date, payment_id uuid);

create function credit_refused(p_code text, p_because text default null, p_account credit_account default null)
returns credit_outcome
language plpgsql stable set search_path = pg_catalog, public, pg_temp as $$
declare
  v_out credit_outcome;
begin
  v_out.code := p_code;
  v_out.because := p_because;
  v_out.replayed := false;
  v_out.currency := p_account.currency;
  v_out.status := p_account.status;
  v_out.limit_minor := p_account.limit_minor;
  v_out.owed_minor := p_account.owed_minor;
  v_out.held_minor := p_account.held_minor;
  v_out.unapplied_minor := p_account.unapplied_minor;
  v_out.override_minor := 0;
  v_out.available_minor := p_account.limit_minor - p_account.owed_minor - p_account.held_minor;
  return v_out;
end $$;

-- The answer that an entry stands for, the first time and every time after it. The figures are those after the last
-- entry of the same call: derived entries follow the answering one, with its time and under its key.
create function credit_told(p_entry ledger_entry, p_replayed boolean) returns credit_outcome
-- Volatile: it has to see what its own statement has just written.
language plpgsql volatile set search_path = pg_catalog, public, pg_temp as $$
declare
  v_last ledger_entry;
  v_out credit_outcome;
begin
  select * into v_last from ledger_entry l
    where l.wholesaler_id = p_entry.wholesaler_id and l.retailer_id = p_entry.retailer_id
      and l.seq between p_entry.seq and p_entry.seq + 64 and l.at = p_entry.at
      and (l.seq = p_entry.seq or starts_with(l.key, p_entry.key || '/'))
    order by l.seq desc limit 1;
  v_out.entry_id := p_entry.id;
  v_out.replayed := p_replayed;
  v_out.currency := p_entry.currency;
  v_out.status := v_last.status_after;
  v_out.amount_minor := case p_entry.kind
    when 'LIMIT_CHANGE' then p_entry.limit_delta
    when 'OVERRIDE' then p_entry.override_minor
    when 'HOLD_ADJUST' then p_entry.held_delta
    when 'RELEASE' then -p_entry.held_delta
    when 'CAPTURE' then p_entry.owed_delta
    when 'PAYMENT_REVERSAL' then p_entry.owed_delta - p_entry.unapplied_delta
    when 'ADJUSTMENT' then p_entry.owed_delta
    -- Kept money that is applied later moves no more than what was applied.
    else greatest(p_entry.unapplied_delta, 0) - p_entry.owed_delta end;
  v_out.limit_minor := v_last.limit_after;
  v_out.owed_minor := v_last.owed_after;
  v_out.held_minor := v_last.held_after;
  v_out.unapplied_minor := v_last.unapplied_after;
  v_out.override_minor := case when p_entry.kind = 'HOLD_ADJUST' then p_entry.override_minor else 0 end;
  v_out.available_minor := v_last.limit_after - v_last.owed_after - v_last.held_after + v_out.override_minor;
  v_out.applied_minor := -p_entry.owed_delta;
  v_out.kept_minor := p_entry.unapplied_delta;
  v_out.order_id := p_entry.order_id;
  v_out.payment_id := p_entry.payment_id;
  v_out.receivable_id := p_entry.receivable_id;
  if p_entry.hold_id is not null then
    select h.id, h.state, h.amount_minor - h.captured_minor - h.released_minor, h.expires_at
      into v_out.hold_id, v_out.hold_state, v_out.hold_left_minor, v_out.hold_expires_at
      from credit_hold h where h.wholesaler_id = p_entry.wholesaler_id and h.id = p_entry.hold_id;
  end if;
  if p_entry.receivable_id is not null then
    v_out.due_on := (select r.due_on from receivable r
                     where r.wholesaler_id = p_entry.wholesaler_id and r.id = p_entry.receivable_id);
  end if;
  return v_out;
end $$;

-- What two requests with the same key must have in common to be the same request: length-prefixed, so that no two
-- lists of parts read alike.
create function credit_request(variadic p_parts text[]) returns bytea
language sql immutable parallel safe as $$
  select sha256(convert_to('v1;' || string_agg(coalesce(octet_length(part), -1) || ':' || coalesce(part, ''), '' order by nth),
    'UTF8'))
  from unnest(p_parts) with ordinality as q (part, nth)
$$;

create function credit_is_reason(p_reason text) returns boolean
language sql immutable parallel safe as $$
  select p_reason is not null and btrim(p_reason) <> '' and length(p_reason) <= 500
$$;

create function credit_is_amount(p_amount_minor bigint) returns boolean
language sql immutable parallel safe as $$
  select p_amount_minor is not null and p_amount_minor > 0 and p_amount_minor <= 9007199254740991
$$;

-- The answering entry of a call as far as the call itself tells it; the rest follows under the lock.
create function credit_draft(
  p_kind text, p_id uuid, p_key text, p_request bytea, p_actor text, p_source text, p_cause_id text)
returns ledger_entry
language plpgsql immutable set search_path = pg_catalog, public, pg_temp as $$
declare
  v_entry ledger_entry;
begin
  v_entry.kind := p_kind;
  v_entry.id := p_id;
  v_entry.key := p_key;
  v_entry.request_hash := p_request;
  v_entry.actor := p_actor;
  v_entry.source := p_source;
  v_entry.cause_id := p_cause_id;
  return v_entry;
end $$;

-- Locks the account and looks for the key of the draft, in this order: looked up before the lock, two equal requests would
-- both find nothing. code is set where the call ends here with a refusal; known is the entry of the same request made
-- before. The time of the call is taken under the lock.
create function credit_enter(
  p_wholesaler_id text, p_retailer_id text, inout entry ledger_entry,
  out account credit_account, out known ledger_entry, out code text, out because text)
language plpgsql set search_path = pg_catalog, public, pg_temp as $$
declare
  v_state constant text := (credit_lock_account('promised', p_wholesaler_id, p_retailer_id, null)).state;
begin
  if v_state <> 'locked' then
    code := case v_state when 'missing' then 'CREDIT_ACCOUNT_NOT_FOUND' else 'MAX_RETRIES_EXCEEDED' end;
    return;
  end if;
  entry.at := app_clock();
  -- A new statement, hence a new snapshot: the row as the session before us left it.
  select * into account from credit_account a
    where a.wholesaler_id = p_wholesaler_id and a.retailer_id = p_retailer_id;
  select * into known from ledger_entry e where e.wholesaler_id = p_wholesaler_id and e.key = entry.key;
  if known.id is null then return; end if;
  if known.retailer_id <> p_retailer_id then
    code := 'DUPLICATE_ORDER';
    because := 'other_account';
  elsif known.kind <> entry.kind or known.request_hash is distinct from entry.request_hash then
    code := 'DUPLICATE_ORDER';
    because := 'other_request';
  end if;
end $$;

-- The same for a call that names a hold: its account first, then the hold. A hold that is closed ends a new call here;
-- a repeated one is still answered.
create function credit_enter_hold(
  p_wholesaler_id text, p_hold_id uuid, inout entry ledger_entry,
  out account credit_account, out known ledger_entry, out hold credit_hold, out code text, out because text)
language plpgsql set search_path = pg_catalog, public, pg_temp as $$
declare
  v_retailer_id constant text :=
    (select h.retailer_id from credit_hold h where h.wholesaler_id = p_wholesaler_id and h.id = p_hold_id);
  v_in record;
begin
  if v_retailer_id is null then
    code := 'LEDGER_ENTRY_NOT_FOUND';
    return;
  end if;
  v_in := credit_enter(p_wholesaler_id, v_retailer_id, entry);
  entry := v_in.entry;
  account := v_in.account;
  known := v_in.known;
  code := v_in.code;
  because := v_in.because;
  if code is not null then return; end if;
  select * into hold from credit_hold h
    where h.wholesaler_id = p_wholesaler_id and h.id = p_hold_id for no key update;
  entry.hold_id := hold.id;
  entry.order_id := hold.order_id;
  if known.id is null and hold.state <> 'open' then
    code := 'HOLD_NOT_OPEN';
    because := hold.state;
  end if;
end $$;

-- The key of a further entry of one call.
create function credit_derived_key(p_wholesaler_id text, p_key text) returns text
language plpgsql stable set search_path = pg_catalog, public, pg_temp as $$
begin
  for n in 1 .. 1000 loop
    if not exists (select from ledger_entry e where e.wholesaler_id = p_wholesaler_id and e.key = p_key || '/' || n) then
      return p_key || '/' || n;
    end if;
  end loop;
  raise exception 'the key % has a thousand derived entries', p_key using errcode = 'program_limit_exceeded';
end $$;

-- The grant that counts for an order: the largest of an open one and those that its hold has used already.
create function credit_override_for(p_account credit_account, p_order_id text, p_hold_id uuid, p_now timestamptz)
returns credit_override
language sql stable set search_path = pg_catalog, public, pg_temp as $$
  select o from credit_override o
  where o.wholesaler_id = p_account.wholesaler_id and o.retailer_id = p_account.retailer_id and o.order_id = p_order_id
    and (o.used_by = p_hold_id or o.used_by is null and o.ended_at is null and o.expires_at > p_now)
  order by o.amount_minor desc, o.used_by nulls last limit 1
$$;

-- The tests of new credit, in the order of credit_acquire_batch: what speaks against p_amount_minor more on hold, given
-- so much above the limit. Null code where nothing does.
create function credit_test(
  p_account credit_account, p_amount_minor bigint, p_override_minor bigint, p_now timestamptz,
  out code text, out because text, out overdue_minor bigint, out available_minor bigint, out short_by_minor bigint)
language plpgsql stable set search_path = pg_catalog, public, pg_temp as $$
begin
  overdue_minor := credit_overdue(p_account, p_now);
  available_minor := p_account.limit_minor - p_account.owed_minor - p_account.held_minor + p_override_minor;
  if p_account.status = 'blocked' then
    code := 'CREDIT_BLOCKED';
    because := 'staff';
  elsif p_account.status <> 'active' then
    code := 'CREDIT_INACTIVE';
    because := 'closed';
  elsif p_account.limit_valid_until < p_now then
    code := 'CREDIT_INACTIVE';
    because := 'limit_lapsed';
  elsif overdue_minor > p_account.overdue_tolerance_minor then
    code := 'CREDIT_BLOCKED';
    because := 'overdue';
  elsif p_amount_minor > available_minor then
    code := 'INSUFFICIENT_CREDIT';
    short_by_minor := p_amount_minor - available_minor;
  end if;
end $$;

-- What is wrong with an allocation chosen by a person, null if nothing. p_allocations: [{receivableId, amountMinor}].
create function credit_allocation_fault(p_account credit_account, p_allocations jsonb, p_amount_minor bigint) returns text
language sql stable set search_path = pg_catalog, public, pg_temp as $$
  with wanted as (
    select (x->>'receivableId')::uuid as id, (x->>'amountMinor')::bigint as share
    from jsonb_array_elements(p_allocations) as x
  ), debts as (
    select w.id, w.share, r.amount_minor - r.paid_minor as rest
    from wanted w
    left join receivable r on r.wholesaler_id = p_account.wholesaler_id and r.id = w.id
      and r.retailer_id = p_account.retailer_id
  )
  select case
    when count(*) <> count(distinct id) then 'twice'
    when count(*) filter (where rest is null) > 0 then 'no_such_debt'
    when count(*) filter (where share is null or share <= 0 or share > rest) > 0 then 'above_debt'
    when sum(share) > p_amount_minor then 'above_amount'
  end from debts
$$;

-- Settles the debts that were chosen (checked before), or the oldest first; returns how much was used. Null in the list
-- of one's choice means oldest first; an empty list means none.
create function credit_settle(
  p_account credit_account, p_payment_id uuid, p_entry_id uuid, p_amount_minor bigint, p_allocations jsonb)
returns bigint
language plpgsql set search_path = pg_catalog, public, pg_temp as $$
declare
  v_used bigint := 0;
  r record;
begin
  if p_allocations is null then
    return credit_allocate(p_account, p_payment_id, p_entry_id, p_amount_minor);
  end if;
  for r in
    select (x->>'receivableId')::uuid as id, (x->>'amountMinor')::bigint as share
    from jsonb_array_elements(p_allocations) as x
  loop
    update receivable d set paid_minor = d.paid_minor + r.share
      where d.wholesaler_id = p_account.wholesaler_id and d.id = r.id;
    insert into payment_allocation (wholesaler_id, payment_id, receivable_id, entry_id, retailer_id, amount_minor)
      values (p_account.wholesaler_id, p_payment_id, r.id, p_entry_id, p_account.retailer_id, r.share);
    v_used := v_used + r.share;
  end loop;
  return v_used;
end $$;

-- Makes a debt, due by the account's terms on the wholesaler's calendar unless a day is given.
create function credit_owe(
  p_account credit_account, p_entry ledger_entry, p_amount_minor bigint, p_due_on date, p_reference text)
returns void
language sql volatile set search_path = pg_catalog, public, pg_temp as $$
  insert into receivable (wholesaler_id, id, retailer_id, entry_id, order_id, amount_minor, due_on, opened_at, reference)
  select p_account.wholesaler_id, p_entry.id, p_account.retailer_id, p_entry.id, p_entry.order_id, p_amount_minor,
         coalesce(p_due_on, (p_entry.at at time zone w.time_zone)::date + p_account.terms_days), p_entry.at, p_reference
  from wholesaler w where w.id = p_account.wholesaler_id
$$;

-- Money that was kept goes to the debt that has just been made, oldest money first; one derived entry for each payment
-- it comes from.
create function credit_apply_kept(
  inout p_account credit_account, p_blank ledger_entry, p_key text, p_receivable_id uuid, p_amount_minor bigint)
language plpgsql set search_path = pg_catalog, public, pg_temp as $$
declare
  v_left bigint := p_amount_minor;
  v_share bigint;
  v_entry ledger_entry;
  r record;
begin
  for r in
    select p.id, p.unapplied_minor from payment p
    where p.wholesaler_id = p_account.wholesaler_id and p.retailer_id = p_account.retailer_id and p.unapplied_minor > 0
    order by p.received_at, p.id limit 32
  loop
    exit when v_left = 0;
    v_share := least(v_left, r.unapplied_minor);
    v_left := v_left - v_share;
    v_entry := p_blank;
    v_entry.id := credit_new_id();
    v_entry.kind := 'PAYMENT';
    v_entry.owed_delta := -v_share;
    v_entry.unapplied_delta := -v_share;
    v_entry.payment_id := r.id;
    v_entry.receivable_id := p_receivable_id;
    v_entry.key := credit_derived_key(p_account.wholesaler_id, p_key);
    update payment p set unapplied_minor = p.unapplied_minor - v_share
      where p.wholesaler_id = p_account.wholesaler_id and p.id = r.id;
    update receivable d set paid_minor = d.paid_minor + v_share
      where d.wholesaler_id = p_account.wholesaler_id and d.id = p_receivable_id;
    insert into payment_allocation (wholesaler_id, payment_id, receivable_id, entry_id, retailer_id, amount_minor)
      values (p_account.wholesaler_id, r.id, p_receivable_id, v_entry.id, p_account.retailer_id, v_share);
    p_account := (credit_append(p_account, v_entry)).p_account;
  end loop;
end $$;

-- Until when a limit counts: a time, or a day that counts to its end on the wholesaler's calendar. The year 9999 stands
-- for `without end` in the ledger, whose entry must show that the validity was meant.
create function credit_valid_until(p_wholesaler_id text, p_given text) returns timestamptz
language sql stable set search_path = pg_catalog, public, pg_temp as $$
  select case
    when p_given = 'none' then timestamptz '9999-12-31 00:00:00+00'
    when p_given ~ '^\d{4}-\d\d-\d\d$' then (p_given::date + 1)::timestamp at time zone w.time_zone
    else p_given::timestamptz end
  from wholesaler w where w.id = p_wholesaler_id
$$;

-- The terms of an account as they are set, shown and kept.
create function credit_terms_of(p_account credit_account) returns jsonb
language sql stable set search_path = pg_catalog, public, pg_temp as $$
  select jsonb_build_object('termsDays', p_account.terms_days, 'graceDays', p_account.grace_days,
    'overdueToleranceMinor', p_account.overdue_tolerance_minor::text,
    'overCaptureBasisPoints', p_account.over_capture_bp, 'holdLifetimeMinutes', p_account.hold_lifetime_minutes)
$$;

-- ---------------------------------------------------------------------------------------------------------------
-- Holds
-- ---------------------------------------------------------------------------------------------------------------

-- Sets what a hold holds in all, captured and released parts included. More is tested like new credit, and a refusal of
-- that is recorded; less is always given. To give back all of the rest, release it.
create function credit_adjust_hold(
  p_wholesaler_id text, p_hold_id uuid, p_key text, p_entry_id uuid, p_amount_minor bigint, p_reason text, p_actor text,
  p_source text, p_cause_id text)
returns credit_outcome
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
set plan_cache_mode = force_custom_plan
set enable_seqscan = off
as $$
declare
  v_in record;
  v_account credit_account;
  v_hold credit_hold;
  v_now timestamptz;
  v_delta bigint;
  v_override credit_override;
  v_test record;
  v_entry ledger_entry;
  v_out credit_outcome;
begin
  if not credit_is_amount(p_amount_minor) then return credit_refused('INVALID_AMOUNT', 'amount'); end if;
  if p_reason is not null and not credit_is_reason(p_reason) then return credit_refused('INVALID_REASON'); end if;
  v_in := credit_enter_hold(p_wholesaler_id, p_hold_id, credit_draft('HOLD_ADJUST', p_entry_id, p_key,
    credit_request('HOLD_ADJUST', p_hold_id::text, p_amount_minor::text), p_actor, p_source, p_cause_id));
  v_entry := v_in.entry;
  v_account := v_in.account;
  v_hold := v_in.hold;
  if v_in.code is not null then return credit_refused(v_in.code, v_in.because, v_account); end if;
  if (v_in.known).id is not null then return credit_told(v_in.known, true); end if;
  if p_amount_minor <= v_hold.captured_minor + v_hold.released_minor + v_hold.over_captured_minor then
    return credit_refused('INVALID_AMOUNT', 'used_up', v_account);
  end if;

  v_now := v_entry.at;
  v_delta := p_amount_minor - v_hold.amount_minor;
  v_entry.override_minor := 0;
  if v_delta > 0 then
    if v_hold.expires_at <= v_now then return credit_refused('HOLD_NOT_OPEN', 'expired', v_account); end if;
    v_test := credit_test(v_account, v_delta, 0, v_now);
    if v_test.code = 'INSUFFICIENT_CREDIT' then
      v_account := (credit_lapse_account(v_account, v_now, 512)).p_account;
      v_test := credit_test(v_account, v_delta, 0, v_now);
    end if;
    if v_test.code = 'INSUFFICIENT_CREDIT' then
      v_override := credit_override_for(v_account, v_hold.order_id, v_hold.id, v_now);
      if v_override.id is not null then
        v_entry.override_minor := v_override.amount_minor;
        v_test := credit_test(v_account, v_delta, v_override.amount_minor, v_now);
      end if;
    end if;
    if v_test.code is not null then
      v_out := credit_refused(v_test.code, v_test.because, v_account);
      v_out.override_minor := v_entry.override_minor;
      v_out.available_minor := v_test.available_minor;
      v_out.short_by_minor := v_test.short_by_minor;
      v_out.overdue_minor := v_test.overdue_minor;
      insert into credit_decision (wholesaler_id, retailer_id, at, id, key, order_id, code, because, amount_minor, currency,
          limit_minor, owed_minor, held_minor, available_minor, override_minor, short_by_minor, overdue_minor, actor, source,
          cause_id)
        values (p_wholesaler_id, v_account.retailer_id, v_now, credit_new_id(), p_key, v_hold.order_id, v_test.code,
          v_test.because, v_delta, v_account.currency, v_account.limit_minor, v_account.owed_minor, v_account.held_minor,
          v_account.limit_minor - v_account.owed_minor - v_account.held_minor, v_entry.override_minor,
          v_test.short_by_minor, v_test.overdue_minor, p_actor, p_source, p_cause_id);
      return v_out;
    end if;
    if v_override.used_by is null and v_override.id is not null then
      update credit_override o set used_by = v_hold.id
        where o.wholesaler_id = p_wholesaler_id and o.id = v_override.id;
    end if;
  end if;

  update credit_hold h set amount_minor = p_amount_minor where h.wholesaler_id = p_wholesaler_id and h.id = v_hold.id;
  v_entry.held_delta := v_delta;
  v_entry.expires_at := v_hold.expires_at;
  return credit_told((credit_append(v_account, v_entry, p_reason)).p_entry, false);
end $$;

-- Turns held credit into debt, for goods that were delivered: in parts, as often as there is something left. More than is
-- left is accepted within the account's tolerance (basis points of what was held before) and its headroom. The debt is due
-- by the terms of the account. p_release_rest gives back what then remains, for which a reason is needed. Works on
-- blocked and closed accounts, and on a hold past its time that nothing has lapsed yet: the goods are out.
create function credit_capture_hold(
  p_wholesaler_id text, p_hold_id uuid, p_key text, p_entry_id uuid, p_amount_minor bigint, p_reference text,
  p_release_rest boolean, p_reason text, p_actor text, p_source text, p_cause_id text)
returns credit_outcome
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
set plan_cache_mode = force_custom_plan
set enable_seqscan = off
as $$
declare
  v_in record;
  v_account credit_account;
  v_hold credit_hold;
  v_now timestamptz;
  v_left bigint;
  v_excess bigint;
  v_out credit_outcome;
  v_captured ledger_entry;
  -- What else this call writes beside the capture, and what all of it has in common.
  v_entry ledger_entry;
  v_blank ledger_entry;
  v_written record;
begin
  if not credit_is_amount(p_amount_minor) then return credit_refused('INVALID_AMOUNT', 'amount'); end if;
  if p_release_rest and not credit_is_reason(p_reason) then return credit_refused('INVALID_REASON'); end if;
  v_in := credit_enter_hold(p_wholesaler_id, p_hold_id, credit_draft('CAPTURE', p_entry_id, p_key,
    credit_request('CAPTURE', p_hold_id::text, p_amount_minor::text, p_reference, p_release_rest::text), p_actor, p_source,
    p_cause_id));
  v_captured := v_in.entry;
  v_account := v_in.account;
  v_hold := v_in.hold;
  if v_in.code is not null then return credit_refused(v_in.code, v_in.because, v_account); end if;
  if (v_in.known).id is not null then return credit_told(v_in.known, true); end if;

  v_now := v_captured.at;
  v_left := v_hold.amount_minor - v_hold.captured_minor - v_hold.released_minor;
  v_excess := greatest(p_amount_minor - v_left, 0);
  v_blank := credit_draft(null, null, null, null, p_actor, p_source, p_cause_id);
  v_blank.at := v_now;
  v_blank.order_id := v_hold.order_id;
  if v_excess > 0 then
    v_out := credit_refused('CAPTURE_EXCEEDS_HOLD', 'tolerance', v_account);
    v_out.hold_left_minor := v_left;
    if v_hold.over_captured_minor + v_excess
         > (v_hold.amount_minor - v_hold.over_captured_minor)::numeric * v_account.over_capture_bp / 10000 then
      return v_out;
    end if;
    -- Other holds whose time is over make room first; never this one, whose goods are out.
    if v_excess > v_account.limit_minor - v_account.owed_minor - v_account.held_minor and v_hold.expires_at > v_now then
      v_account := (credit_lapse_account(v_account, v_now, 512)).p_account;
    end if;
    v_out := credit_refused('CAPTURE_EXCEEDS_HOLD', 'headroom', v_account);
    v_out.hold_left_minor := v_left;
    -- What was granted for this hold and used; a delivery uses no grant by itself.
    v_out.override_minor := coalesce((select max(o.amount_minor) from credit_override o
      where o.wholesaler_id = p_wholesaler_id and o.used_by = v_hold.id), 0);
    v_out.available_minor := v_out.available_minor + v_out.override_minor;
    if v_excess > v_out.available_minor then
      v_out.short_by_minor := v_excess - v_out.available_minor;
      return v_out;
    end if;
    update credit_hold h
      set amount_minor = h.amount_minor + v_excess, over_captured_minor = h.over_captured_minor + v_excess
      where h.wholesaler_id = p_wholesaler_id and h.id = v_hold.id;
    v_entry := v_blank;
    v_entry.id := credit_new_id();
    v_entry.kind := 'HOLD_ADJUST';
    v_entry.held_delta := v_excess;
    v_entry.hold_id := v_hold.id;
    v_entry.expires_at := v_hold.expires_at;
    v_entry.override_minor := v_out.override_minor;
    v_entry.key := credit_derived_key(p_wholesaler_id, p_key);
    v_account := (credit_append(v_account, v_entry)).p_account;
    v_left := p_amount_minor;
  elsif p_release_rest and v_left > p_amount_minor then
    -- Before the capture, so that the answering entry shows the figures after both, and under the key of a release, so
    -- that releasing the hold later answers with this.
    v_entry := v_blank;
    v_entry.id := credit_new_id();
    v_entry.kind := 'RELEASE';
    v_entry.held_delta := p_amount_minor - v_left;
    v_entry.hold_id := v_hold.id;
    v_entry.key := 'release:' || v_hold.id;
    v_account := (credit_append(v_account, v_entry, p_reason)).p_account;
    update credit_hold h set released_minor = h.released_minor + v_left - p_amount_minor
      where h.wholesaler_id = p_wholesaler_id and h.id = v_hold.id;
    v_left := p_amount_minor;
  end if;

  update credit_hold h
    set captured_minor = h.captured_minor + p_amount_minor,
        state = case when p_amount_minor = v_left then 'captured' else 'open' end,
        closed_at = case when p_amount_minor = v_left then v_now end
    where h.wholesaler_id = p_wholesaler_id and h.id = v_hold.id;
  v_captured.held_delta := -p_amount_minor;
  v_captured.owed_delta := p_amount_minor;
  v_captured.receivable_id := p_entry_id;
  perform credit_owe(v_account, v_captured, p_amount_minor, null, p_reference);
  v_written := credit_append(v_account, v_captured);
  v_account := v_written.p_account;
  v_captured := v_written.p_entry;
  if v_account.unapplied_minor > 0 then
    v_account := credit_apply_kept(v_account, v_blank, p_key, p_entry_id, p_amount_minor);
  end if;
  perform credit_refresh_due(v_account);
  return credit_told(v_captured, false);
end $$;

-- Gives back a part of what is left of a hold. credit_release_batch gives back all of it.
create function credit_release_part(
  p_wholesaler_id text, p_hold_id uuid, p_key text, p_entry_id uuid, p_amount_minor bigint, p_reason text, p_actor text,
  p_source text, p_cause_id text)
returns credit_outcome
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
set plan_cache_mode = force_custom_plan
set enable_seqscan = off
as $$
declare
  v_in record;
  v_hold credit_hold;
  v_left bigint;
  v_entry ledger_entry;
  v_out credit_outcome;
begin
  if not credit_is_amount(p_amount_minor) then return credit_refused('INVALID_AMOUNT', 'amount'); end if;
  if not credit_is_reason(p_reason) then return credit_refused('INVALID_REASON'); end if;
  v_in := credit_enter_hold(p_wholesaler_id, p_hold_id, credit_draft('RELEASE', p_entry_id, p_key,
    credit_request('RELEASE', p_hold_id::text, p_amount_minor::text), p_actor, p_source, p_cause_id));
  v_entry := v_in.entry;
  v_hold := v_in.hold;
  if v_in.code is not null then return credit_refused(v_in.code, v_in.because, v_in.account); end if;
  if (v_in.known).id is not null then return credit_told(v_in.known, true); end if;
  v_left := v_hold.amount_minor - v_hold.captured_minor - v_hold.released_minor;
  if p_amount_minor > v_left then
    v_out := credit_refused('INVALID_AMOUNT', 'above_rest', v_in.account);
    v_out.hold_left_minor := v_left;
    return v_out;
  end if;
  v_entry.held_delta := -p_amount_minor;
  update credit_hold h
    set released_minor = h.released_minor + p_amount_minor,
        state = case when p_amount_minor = v_left then 'released' else 'open' end,
        closed_at = case when p_amount_minor = v_left then v_entry.at end
    where h.wholesaler_id = p_wholesaler_id and h.id = v_hold.id;
  return credit_told((credit_append(v_in.account, v_entry, p_reason)).p_entry, false);
end $$;

-- Gives an open hold another time of expiry, at most ten years ahead.
create function credit_extend_hold(
  p_wholesaler_id text, p_hold_id uuid, p_key text, p_entry_id uuid, p_expires_at timestamptz, p_reason text, p_actor text,
  p_source text, p_cause_id text)
returns credit_outcome
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
set plan_cache_mode = force_custom_plan
set enable_seqscan = off
as $$
declare
  v_in record;
  v_entry ledger_entry;
begin
  if not credit_is_reason(p_reason) then return credit_refused('INVALID_REASON'); end if;
  v_in := credit_enter_hold(p_wholesaler_id, p_hold_id, credit_draft('HOLD_ADJUST', p_entry_id, p_key,
    credit_request('EXTEND', p_hold_id::text, (extract(epoch from p_expires_at) * 1000000)::bigint::text), p_actor, p_source,
    p_cause_id));
  v_entry := v_in.entry;
  if v_in.code is not null then return credit_refused(v_in.code, v_in.because, v_in.account); end if;
  if (v_in.known).id is not null then return credit_told(v_in.known, true); end if;
  if p_expires_at is null or p_expires_at <= v_entry.at or p_expires_at > v_entry.at + interval '10 years' then
    return credit_refused('INVALID_TERMS', 'expiry', v_in.account);
  end if;
  v_entry.expires_at := p_expires_at;
  update credit_hold h set expires_at = p_expires_at where h.wholesaler_id = p_wholesaler_id and h.id = p_hold_id;
  return credit_told((credit_append(v_in.account, v_entry, p_reason)).p_entry, false);
end $$;

-- ---------------------------------------------------------------------------------------------------------------
-- Debts and money
-- ---------------------------------------------------------------------------------------------------------------

drop function credit_record_payment(text, text, text, uuid, bigint, text, text, text, text, text, text);

-- Books what lowers a debt: PAYMENT, CREDIT_NOTE, WRITE_OFF or ADJUSTMENT. Against the debts chosen in p_allocations
-- ([{receivableId, amountMinor}], an empty list for none), else oldest due first. What a payment or credit note leaves is
-- kept for later debts; a write-off or adjustment never exceeds what is owed and leaves nothing. Works on blocked and
-- closed accounts. p_received_at: when the money came, if not now.
create function credit_lower_debt(
  p_kind text, p_wholesaler_id text, p_retailer_id text, p_key text, p_entry_id uuid, p_amount_minor bigint,
  p_currency text, p_method text, p_reference text, p_received_at timestamptz, p_allocations jsonb, p_reason text,
  p_actor text, p_source text, p_cause_id text)
returns credit_outcome
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
set plan_cache_mode = force_custom_plan
set enable_seqscan = off
as $$
declare
  v_keeps constant boolean := p_kind in ('PAYMENT', 'CREDIT_NOTE');
  v_in record;
  v_account credit_account;
  v_entry ledger_entry;
  v_applied bigint;
  v_fault text;
begin
  if p_kind not in ('PAYMENT', 'CREDIT_NOTE', 'WRITE_OFF', 'ADJUSTMENT') then
    raise exception 'unknown kind %', p_kind using errcode = 'invalid_parameter_value';
  end if;
  if not credit_is_amount(p_amount_minor) then return credit_refused('INVALID_AMOUNT', 'amount'); end if;
  if p_kind <> 'PAYMENT' and not credit_is_reason(p_reason) then return credit_refused('INVALID_REASON'); end if;
  v_in := credit_enter(p_wholesaler_id, p_retailer_id, credit_draft(p_kind, p_entry_id, p_key,
    credit_request(p_kind, p_amount_minor::text, p_currency, p_method, p_reference,
      (extract(epoch from p_received_at) * 1000000)::bigint::text, p_allocations::text), p_actor, p_source, p_cause_id));
  v_entry := v_in.entry;
  v_account := v_in.account;
  if v_in.code is null and p_currency <> v_account.currency then
    v_in.code := 'INVALID_AMOUNT';
    v_in.because := 'currency';
  end if;
  if v_in.code is not null then return credit_refused(v_in.code, v_in.because, v_account); end if;
  if (v_in.known).id is not null then return credit_told(v_in.known, true); end if;

  if not v_keeps and p_amount_minor > v_account.owed_minor then
    return credit_refused('INVALID_AMOUNT', 'above_owed', v_account);
  end if;
  if v_keeps and v_account.unapplied_minor + p_amount_minor > 9007199254740991 then
    return credit_refused('INVALID_AMOUNT', 'amount', v_account);
  end if;
  if p_received_at > v_entry.at + interval '1 day' then
    return credit_refused('INVALID_TERMS', 'received_later', v_account);
  end if;
  if p_allocations is not null then
    v_fault := credit_allocation_fault(v_account, p_allocations, p_amount_minor);
    if v_fault is null and not v_keeps and p_amount_minor <> (
      select coalesce(sum((x->>'amountMinor')::bigint), 0) from jsonb_array_elements(p_allocations) as x)
    then
      v_fault := 'below_amount';
    end if;
    if v_fault is not null then return credit_refused('INVALID_ALLOCATION', v_fault, v_account); end if;
  end if;

  insert into payment (wholesaler_id, id, retailer_id, kind, amount_minor, unapplied_minor, method, reference, received_at)
    values (p_wholesaler_id, p_entry_id, p_retailer_id, lower(p_kind), p_amount_minor, p_amount_minor, p_method, p_reference,
            coalesce(p_received_at, v_entry.at));
  v_applied := credit_settle(v_account, p_entry_id, p_entry_id, p_amount_minor, p_allocations);
  update payment p set unapplied_minor = p_amount_minor - v_applied
    where p.wholesaler_id = p_wholesaler_id and p.id = p_entry_id;
  if v_applied > 0 then v_account := credit_refresh_due(v_account); end if;
  v_entry.owed_delta := -v_applied;
  v_entry.unapplied_delta := p_amount_minor - v_applied;
  v_entry.payment_id := p_entry_id;
  return credit_told((credit_append(v_account, v_entry, p_reason)).p_entry, false);
end $$;

-- Puts money that a payment or credit note left against debts: those chosen, else oldest due first.
create function credit_allocate_payment(
  p_wholesaler_id text, p_payment_id uuid, p_key text, p_entry_id uuid, p_allocations jsonb, p_actor text, p_source text,
  p_cause_id text)
returns credit_outcome
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
set plan_cache_mode = force_custom_plan
set enable_seqscan = off
as $$
declare
  v_payment payment;
  v_in record;
  v_account credit_account;
  v_entry ledger_entry;
  v_applied bigint;
  v_fault text;
begin
  select * into v_payment from payment p where p.wholesaler_id = p_wholesaler_id and p.id = p_payment_id;
  if not found then return credit_refused('LEDGER_ENTRY_NOT_FOUND', 'payment'); end if;
  v_in := credit_enter(p_wholesaler_id, v_payment.retailer_id, credit_draft('PAYMENT', p_entry_id, p_key,
    credit_request('ALLOCATE', p_payment_id::text, p_allocations::text), p_actor, p_source, p_cause_id));
  v_entry := v_in.entry;
  v_account := v_in.account;
  if v_in.code is not null then return credit_refused(v_in.code, v_in.because, v_account); end if;
  if (v_in.known).id is not null then return credit_told(v_in.known, true); end if;
  -- As it is under the lock.
  select * into v_payment from payment p where p.wholesaler_id = p_wholesaler_id and p.id = p_payment_id;
  if v_payment.unapplied_minor = 0 then return credit_refused('INVALID_ALLOCATION', 'nothing_kept', v_account); end if;
  if v_account.owed_minor = 0 then return credit_refused('INVALID_ALLOCATION', 'nothing_owed', v_account); end if;
  if p_allocations is not null then
    v_fault := case when jsonb_array_length(p_allocations) = 0 then 'nothing_chosen'
      else credit_allocation_fault(v_account, p_allocations, v_payment.unapplied_minor) end;
    if v_fault is not null then return credit_refused('INVALID_ALLOCATION', v_fault, v_account); end if;
  end if;
  v_applied := credit_settle(v_account, p_payment_id, p_entry_id, v_payment.unapplied_minor, p_allocations);
  update payment p set unapplied_minor = p.unapplied_minor - v_applied
    where p.wholesaler_id = p_wholesaler_id and p.id = p_payment_id;
  v_account := credit_refresh_due(v_account);
  v_entry.owed_delta := -v_applied;
  v_entry.unapplied_delta := -v_applied;
  v_entry.payment_id := p_payment_id;
  return credit_told((credit_append(v_account, v_entry)).p_entry, false);
end $$;

-- Takes back what lowered a debt: a cheque that bounced, a note or write-off booked by mistake. The debts that it settled
-- are open again with their own due dates. Once for each; asked again, it answers as the first time.
create function credit_reverse_payment(
  p_wholesaler_id text, p_payment_id uuid, p_entry_id uuid, p_reason text, p_actor text, p_source text, p_cause_id text)
returns credit_outcome
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
set plan_cache_mode = force_custom_plan
set enable_seqscan = off
as $$
declare
  v_payment payment;
  v_kind text;
  v_in record;
  v_account credit_account;
  v_entry ledger_entry;
  v_settled bigint;
begin
  if not credit_is_reason(p_reason) then return credit_refused('INVALID_REASON'); end if;
  select * into v_payment from payment p where p.wholesaler_id = p_wholesaler_id and p.id = p_payment_id;
  if not found then
    -- Not a payment: say whether it is anything at all. By no index, but only ever for a mistaken id.
    select e.kind into v_kind from ledger_entry e where e.wholesaler_id = p_wholesaler_id and e.id = p_payment_id limit 1;
    if not found then return credit_refused('LEDGER_ENTRY_NOT_FOUND', 'payment'); end if;
    return credit_refused('NOT_REVERSIBLE', case v_kind when 'PAYMENT_REVERSAL' then 'reversal' else 'other_kind' end);
  end if;
  v_in := credit_enter(p_wholesaler_id, v_payment.retailer_id, credit_draft('PAYMENT_REVERSAL', p_entry_id,
    'reverse:' || p_payment_id, credit_request('PAYMENT_REVERSAL', p_payment_id::text), p_actor, p_source, p_cause_id));
  v_entry := v_in.entry;
  v_account := v_in.account;
  if v_in.code is not null then return credit_refused(v_in.code, v_in.because, v_account); end if;
  if (v_in.known).id is not null then return credit_told(v_in.known, true); end if;

  with taken_back as (
    select x.receivable_id, sum(x.amount_minor)::bigint as share from payment_allocation x
    where x.wholesaler_id = p_wholesaler_id and x.payment_id = p_payment_id
    group by x.receivable_id having sum(x.amount_minor) <> 0
  ), opened as (
    update receivable r set paid_minor = r.paid_minor - t.share
    from taken_back t where r.wholesaler_id = p_wholesaler_id and r.id = t.receivable_id
    returning r.id, t.share
  ), noted as (
    insert into payment_allocation (wholesaler_id, payment_id, receivable_id, entry_id, retailer_id, amount_minor)
    select p_wholesaler_id, p_payment_id, o.id, p_entry_id, v_account.retailer_id, -o.share from opened o
    returning amount_minor
  )
  select coalesce(-sum(amount_minor), 0)::bigint into v_settled from noted;
  -- As it is under the lock.
  update payment p set unapplied_minor = 0, reversed_by = p_entry_id
    from (select q.unapplied_minor as kept_minor from payment q
          where q.wholesaler_id = p_wholesaler_id and q.id = p_payment_id) as before
    where p.wholesaler_id = p_wholesaler_id and p.id = p_payment_id
    returning -before.kept_minor into v_entry.unapplied_delta;
  if v_account.owed_minor + v_settled > 9007199254740991 then
    raise exception 'the debt would pass what can be booked' using errcode = 'numeric_value_out_of_range';
  end if;
  v_account := credit_refresh_due(v_account);
  v_entry.owed_delta := v_settled;
  v_entry.payment_id := p_payment_id;
  v_entry.reverses := p_payment_id;
  return credit_told((credit_append(v_account, v_entry, p_reason)).p_entry, false);
end $$;

-- Books a debt that no delivery made: a correction, an old invoice. Due on the day given, else by the account's terms.
-- Kept money is not put against it: whoever corrects books decides that.
create function credit_add_debt(
  p_wholesaler_id text, p_retailer_id text, p_key text, p_entry_id uuid, p_amount_minor bigint, p_currency text,
  p_due_on date, p_reference text, p_reason text, p_actor text, p_source text, p_cause_id text)
returns credit_outcome
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
set plan_cache_mode = force_custom_plan
set enable_seqscan = off
as $$
declare
  v_in record;
  v_account credit_account;
  v_entry ledger_entry;
begin
  if not credit_is_amount(p_amount_minor) then return credit_refused('INVALID_AMOUNT', 'amount'); end if;
  if not credit_is_reason(p_reason) then return credit_refused('INVALID_REASON'); end if;
  v_in := credit_enter(p_wholesaler_id, p_retailer_id, credit_draft('ADJUSTMENT', p_entry_id, p_key,
    credit_request('ADD_DEBT', p_amount_minor::text, p_currency, p_due_on::text, p_reference), p_actor, p_source,
    p_cause_id));
  v_entry := v_in.entry;
  v_account := v_in.account;
  if v_in.code is null and p_currency <> v_account.currency then
    v_in.code := 'INVALID_AMOUNT';
    v_in.because := 'currency';
  elsif v_in.code is null and v_account.owed_minor + p_amount_minor > 9007199254740991 then
    v_in.code := 'INVALID_AMOUNT';
    v_in.because := 'amount';
  end if;
  if v_in.code is not null then return credit_refused(v_in.code, v_in.because, v_account); end if;
  if (v_in.known).id is not null then return credit_told(v_in.known, true); end if;
  v_entry.owed_delta := p_amount_minor;
  v_entry.receivable_id := p_entry_id;
  perform credit_owe(v_account, v_entry, p_amount_minor, p_due_on, p_reference);
  v_account := credit_refresh_due(v_account);
  return credit_told((credit_append(v_account, v_entry, p_reason)).p_entry, false);
end $$;

-- ---------------------------------------------------------------------------------------------------------------
-- Limits, terms and exceptions
-- ---------------------------------------------------------------------------------------------------------------

-- Sets the limit, also below what is out, which only stops new holds; its validity (`none`, a time, or a day that counts to
-- its end); or both. What is null stays. An account that is so already answers with replayed true and writes nothing.
create function credit_change_limit(
  p_wholesaler_id text, p_retailer_id text, p_key text, p_entry_id uuid, p_limit_minor bigint, p_valid_until text,
  p_currency text, p_reason text, p_actor text, p_source text, p_cause_id text)
returns credit_outcome
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
set plan_cache_mode = force_custom_plan
set enable_seqscan = off
as $$
declare
  v_in record;
  v_account credit_account;
  v_until timestamptz;
  v_entry ledger_entry;
  v_out credit_outcome;
begin
  if p_limit_minor not between 0 and 9007199254740991 then return credit_refused('INVALID_AMOUNT', 'limit'); end if;
  if not credit_is_reason(p_reason) then return credit_refused('INVALID_REASON'); end if;
  v_in := credit_enter(p_wholesaler_id, p_retailer_id, credit_draft('LIMIT_CHANGE', p_entry_id, p_key,
    credit_request('LIMIT_CHANGE', p_limit_minor::text, p_valid_until), p_actor, p_source, p_cause_id));
  v_entry := v_in.entry;
  v_account := v_in.account;
  if v_in.code is null and p_currency <> v_account.currency then
    v_in.code := 'INVALID_AMOUNT';
    v_in.because := 'currency';
  end if;
  if v_in.code is not null then return credit_refused(v_in.code, v_in.because, v_account); end if;
  if (v_in.known).id is not null then return credit_told(v_in.known, true); end if;

  v_until := credit_valid_until(p_wholesaler_id, p_valid_until);
  if v_until <= v_entry.at then return credit_refused('INVALID_TERMS', 'expiry', v_account); end if;
  if v_until = coalesce(v_account.limit_valid_until, timestamptz '9999-12-31 00:00:00+00') then v_until := null; end if;
  v_entry.limit_delta := coalesce(p_limit_minor - v_account.limit_minor, 0);
  if v_entry.limit_delta = 0 and v_until is null then
    v_out := credit_refused(null, null, v_account);
    v_out.replayed := true;
    return v_out;
  end if;
  if v_until is not null then
    update credit_account a set limit_valid_until = nullif(v_until, timestamptz '9999-12-31 00:00:00+00')
      where a.wholesaler_id = p_wholesaler_id and a.retailer_id = p_retailer_id;
  end if;
  v_entry.expires_at := v_until;
  return credit_told((credit_append(v_account, v_entry, p_reason)).p_entry, false);
end $$;

-- Sets terms: {termsDays, graceDays, overdueToleranceMinor, overCaptureBasisPoints, holdLifetimeMinutes}, amounts as
-- decimal strings; what is left out stays. For debts and holds to come: those that exist keep theirs, but grace and
-- tolerance count at once, because overdue is judged at every order.
create function credit_set_terms(
  p_wholesaler_id text, p_retailer_id text, p_id uuid, p_terms jsonb, p_reason text, p_actor text, p_source text,
  p_cause_id text)
returns credit_outcome
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
set plan_cache_mode = force_custom_plan
set enable_seqscan = off
as $$
declare
  v_in record;
  v_account credit_account;
  v_before jsonb;
  v_after jsonb;
  v_out credit_outcome;
begin
  if not credit_is_reason(p_reason) then return credit_refused('INVALID_REASON'); end if;
  v_in := credit_enter(p_wholesaler_id, p_retailer_id, null);
  v_account := v_in.account;
  if v_in.code is not null then return credit_refused(v_in.code, v_in.because, v_account); end if;
  v_before := credit_terms_of(v_account);
  v_after := v_before || p_terms;
  v_out := credit_refused(null, null, v_account);
  v_out.replayed := v_after = v_before;
  if v_out.replayed then return v_out; end if;
  update credit_account a
    set terms_days = (v_after->>'termsDays')::integer, grace_days = (v_after->>'graceDays')::integer,
        overdue_tolerance_minor = (v_after->>'overdueToleranceMinor')::bigint,
        over_capture_bp = (v_after->>'overCaptureBasisPoints')::integer,
        hold_lifetime_minutes = (v_after->>'holdLifetimeMinutes')::integer
    where a.wholesaler_id = p_wholesaler_id and a.retailer_id = p_retailer_id;
  insert into credit_terms_change (wholesaler_id, retailer_id, id, at, before, after, reason, actor, source, cause_id)
    values (p_wholesaler_id, p_retailer_id, p_id, app_clock(), v_before, v_after, p_reason, p_actor, p_source, p_cause_id);
  v_out.entry_id := p_id;
  return v_out;
end $$;

-- As before, and: a changed validity is a LIMIT_CHANGE, and changed terms leave a credit_terms_change.
create or replace function credit_open_accounts(p_accounts jsonb, p_actor text, p_source text)
returns table (ordinal integer, code text, because text, changes jsonb)
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
set plan_cache_mode = force_custom_plan
set enable_seqscan = off
as $$
#variable_conflict use_column
declare
  v_reason text := 'as given by ' || p_source;
  v_account credit_account;
  v_terms credit_account;
  v_entry ledger_entry;
  v_blank ledger_entry;
  v_endless constant timestamptz := '9999-12-31 00:00:00+00';
  v_zone text;
  v_currency text;
  v_owed bigint;
  v_due date;
  v_status text;
  v_limit bigint;
  v_deadline timestamptz;
  v_state text;
  v_opened boolean;
  v_until timestamptz;
  v_before jsonb;
  v_after jsonb;
  r record;
begin
  if jsonb_array_length(p_accounts) > 512 then
    raise exception 'a batch holds at most 512 accounts' using errcode = 'program_limit_exceeded';
  end if;
  v_blank.actor := p_actor;
  v_blank.source := p_source;
  for r in
    select q.item, q.ord, q.item->>'wholesalerId' as w, q.item->>'retailerId' as r
    from jsonb_array_elements(p_accounts) with ordinality as q (item, ord)
    order by q.item->>'wholesalerId', q.item->>'retailerId', q.ord
  loop
    ordinal := r.ord;
    code := null;
    because := null;
    changes := '[]';
    v_opened := false;
    v_zone := null;
    select w.time_zone, coalesce(r.item->>'currency', w.currency) into v_zone, v_currency
      from wholesaler w join retailer s on s.wholesaler_id = w.id where w.id = r.w and s.id = r.r;
    if v_zone is null then
      code := 'CREDIT_ACCOUNT_NOT_FOUND';
      because := 'no_retailer';
      return next;
      continue;
    end if;
    insert into credit_account (wholesaler_id, retailer_id, currency, head_hash)
      values (r.w, r.r, v_currency, credit_genesis_hash(r.w, r.r, v_currency))
      on conflict do nothing;
    v_opened := found;
    if v_opened then
      changes := '[{"what": "opened"}]';
    else
      select l.state, l.p_deadline into v_state, v_deadline from credit_lock_account('promised', r.w, r.r, v_deadline) as l;
      if v_state <> 'locked' then
        code := 'MAX_RETRIES_EXCEEDED';
        return next;
        continue;
      end if;
    end if;
    select a.* into v_account from credit_account a where a.wholesaler_id = r.w and a.retailer_id = r.r;
    if r.item->>'currency' <> v_account.currency then
      code := 'INVALID_AMOUNT';
      because := 'currency';
      return next;
      continue;
    end if;

    v_terms := v_account;
    v_terms.terms_days := coalesce((r.item->>'termsDays')::integer, v_account.terms_days);
    v_terms.grace_days := coalesce((r.item->>'graceDays')::integer, v_account.grace_days);
    v_terms.overdue_tolerance_minor :=
      coalesce((r.item->>'overdueToleranceMinor')::bigint, v_account.overdue_tolerance_minor);
    v_terms.over_capture_bp := coalesce((r.item->>'overCaptureBasisPoints')::integer, v_account.over_capture_bp);
    v_terms.hold_lifetime_minutes := coalesce((r.item->>'holdLifetimeMinutes')::integer, v_account.hold_lifetime_minutes);
    -- Null where the validity stays as it is.
    v_until := case when r.item ? 'limitValidUntil'
      then credit_valid_until(r.w, coalesce(r.item->>'limitValidUntil', 'none')) end;
    if v_until = coalesce(v_account.limit_valid_until, v_endless) then v_until := null; end if;
    v_status := coalesce(r.item->>'status', v_account.status);
    v_terms.block_reason := case when v_status = 'active' then null
      else coalesce(r.item->>'blockReason', v_account.block_reason) end;
    v_limit := coalesce((r.item->>'limitMinor')::bigint, v_account.limit_minor);
    v_owed := case when v_opened then coalesce((r.item->>'owedMinor')::bigint, 0) else 0 end;

    if v_limit <> v_account.limit_minor or v_until is not null then
      update credit_account a set limit_valid_until = nullif(v_until, v_endless)
        where a.wholesaler_id = r.w and a.retailer_id = r.r and v_until is not null;
      v_entry := v_blank;
      v_entry.id := credit_new_id();
      v_entry.kind := 'LIMIT_CHANGE';
      v_entry.at := app_clock();
      v_entry.limit_delta := v_limit - v_account.limit_minor;
      v_entry.expires_at := v_until;
      v_account := (credit_append(v_account, v_entry, v_reason)).p_account;
      if v_entry.limit_delta <> 0 then
        changes := changes || jsonb_build_object('what', 'limit', 'from', (v_limit - v_entry.limit_delta)::text,
          'to', v_limit::text);
      end if;
    end if;
    if v_owed <> 0 then
      v_entry := v_blank;
      v_entry.id := credit_new_id();
      v_entry.kind := 'ADJUSTMENT';
      v_entry.at := app_clock();
      v_entry.owed_delta := v_owed;
      v_entry.receivable_id := v_entry.id;
      v_due := (v_entry.at at time zone v_zone)::date + v_terms.terms_days;
      insert into receivable (wholesaler_id, id, retailer_id, entry_id, amount_minor, due_on, opened_at)
        values (r.w, v_entry.id, r.r, v_entry.id, v_owed, v_due, v_entry.at);
      v_account := (credit_append(v_account, v_entry, 'opening balance')).p_account;
      v_account := credit_refresh_due(v_account);
      changes := changes || jsonb_build_object('what', 'owed', 'from', '0', 'to', v_owed::text);
    end if;
    if v_status <> v_account.status then
      v_entry := v_blank;
      v_entry.id := credit_new_id();
      v_entry.kind := case v_status when 'active' then 'UNBLOCK' else 'BLOCK' end;
      v_entry.at := app_clock();
      v_entry.status_after := v_status;
      changes := changes || jsonb_build_object('what', 'status', 'from', v_account.status, 'to', v_status);
      -- The reason goes first: an active account has none, and each row is checked as it is written.
      update credit_account a set block_reason = null where a.wholesaler_id = r.w and a.retailer_id = r.r;
      v_account.block_reason := null;
      v_account := (credit_append(v_account, v_entry, coalesce(v_terms.block_reason, v_reason))).p_account;
    end if;
    v_before := credit_terms_of(v_account);
    v_after := credit_terms_of(v_terms);
    if v_after <> v_before or v_terms.block_reason is distinct from v_account.block_reason then
      update credit_account a
        set terms_days = v_terms.terms_days, grace_days = v_terms.grace_days,
            overdue_tolerance_minor = v_terms.overdue_tolerance_minor, over_capture_bp = v_terms.over_capture_bp,
            hold_lifetime_minutes = v_terms.hold_lifetime_minutes, block_reason = v_terms.block_reason
        where a.wholesaler_id = r.w and a.retailer_id = r.r;
      if not v_opened then
        insert into credit_terms_change (wholesaler_id, retailer_id, id, at, before, after, reason, actor, source)
          values (r.w, r.r, credit_new_id(), app_clock(), v_before || jsonb_build_object('blockReason', v_account.block_reason),
            v_after || jsonb_build_object('blockReason', v_terms.block_reason), v_reason, p_actor, p_source);
      end if;
    end if;
    if not v_opened and (v_after <> v_before or v_terms.block_reason is distinct from v_account.block_reason
                         or v_until is not null) then
      changes := changes || '{"what": "terms"}'::jsonb;
    end if;
    return next;
  end loop;
end $$;

-- Lets one order pass the limit by at most p_amount_minor, until p_expires_at, in the name of the actor. A new grant for the
-- same order ends an unused one. It lifts no block and no debt that is overdue.
create function credit_grant_override(
  p_wholesaler_id text, p_retailer_id text, p_key text, p_entry_id uuid, p_order_id text, p_amount_minor bigint,
  p_currency text, p_expires_at timestamptz, p_reason text, p_actor text, p_source text, p_cause_id text)
returns credit_outcome
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
set plan_cache_mode = force_custom_plan
set enable_seqscan = off
as $$
declare
  v_in record;
  v_entry ledger_entry;
begin
  if not credit_is_amount(p_amount_minor) then return credit_refused('INVALID_AMOUNT', 'amount'); end if;
  if not credit_is_reason(p_reason) then return credit_refused('INVALID_REASON'); end if;
  v_in := credit_enter(p_wholesaler_id, p_retailer_id, credit_draft('OVERRIDE', p_entry_id, p_key,
    credit_request('OVERRIDE', p_order_id, p_amount_minor::text, (extract(epoch from p_expires_at) * 1000000)::bigint::text),
    p_actor, p_source, p_cause_id));
  v_entry := v_in.entry;
  if v_in.code is null and p_currency <> (v_in.account).currency then
    v_in.code := 'INVALID_AMOUNT';
    v_in.because := 'currency';
  end if;
  if v_in.code is not null then return credit_refused(v_in.code, v_in.because, v_in.account); end if;
  if (v_in.known).id is not null then return credit_told(v_in.known, true); end if;
  if p_expires_at is null or p_expires_at <= v_entry.at or p_expires_at > v_entry.at + interval '1 year' then
    return credit_refused('INVALID_TERMS', 'expiry', v_in.account);
  end if;
  update credit_override o set ended_at = v_entry.at
    where o.wholesaler_id = p_wholesaler_id and o.retailer_id = p_retailer_id and o.order_id = p_order_id
      and o.used_by is null and o.ended_at is null;
  insert into credit_override (wholesaler_id, id, retailer_id, order_id, amount_minor, granted_by, granted_at, expires_at)
    values (p_wholesaler_id, p_entry_id, p_retailer_id, p_order_id, p_amount_minor, p_actor, v_entry.at, p_expires_at);
  v_entry.override_minor := p_amount_minor;
  v_entry.order_id := p_order_id;
  v_entry.expires_at := p_expires_at;
  return credit_told((credit_append(v_in.account, v_entry, p_reason)).p_entry, false);
end $$;

-- Whether so much would fit now, and why not: the tests of an acquire without a lock and without a trace. Holds whose
-- time is over count as given back, because an acquire would lapse them first.
create function credit_check(p_wholesaler_id text, p_retailer_id text, p_amount_minor bigint, p_order_id text)
returns credit_outcome
language plpgsql stable security definer
set search_path = pg_catalog, public, pg_temp
set plan_cache_mode = force_custom_plan
set enable_seqscan = off
as $$
declare
  v_now constant timestamptz := app_clock();
  v_account credit_account;
  v_override credit_override;
  v_test record;
  v_out credit_outcome;
begin
  if not credit_is_amount(p_amount_minor) then return credit_refused('INVALID_AMOUNT', 'amount'); end if;
  select * into v_account from credit_account a
    where a.wholesaler_id = p_wholesaler_id and a.retailer_id = p_retailer_id;
  if not found then return credit_refused('CREDIT_ACCOUNT_NOT_FOUND'); end if;
  v_account.held_minor := v_account.held_minor - (
    select coalesce(sum(h.amount_minor - h.captured_minor - h.released_minor), 0) from credit_hold h
    where h.wholesaler_id = p_wholesaler_id and h.retailer_id = p_retailer_id
      and h.state = 'open' and h.expires_at <= v_now);
  v_test := credit_test(v_account, p_amount_minor, 0, v_now);
  v_out := credit_refused(null, null, v_account);
  if v_test.code = 'INSUFFICIENT_CREDIT' then
    v_override := credit_override_for(v_account, p_order_id, null, v_now);
    if v_override.id is not null then
      v_out.override_minor := v_override.amount_minor;
      v_test := credit_test(v_account, p_amount_minor, v_override.amount_minor, v_now);
    end if;
  end if;
  v_out.code := v_test.code;
  v_out.because := v_test.because;
  v_out.amount_minor := p_amount_minor;
  v_out.available_minor := v_test.available_minor;
  v_out.short_by_minor := v_test.short_by_minor;
  v_out.overdue_minor := v_test.overdue_minor;
  return v_out;
end $$;

-- ---------------------------------------------------------------------------------------------------------------
-- Every decision, with its arithmetic and its cause
-- ---------------------------------------------------------------------------------------------------------------

-- Refusals as they were recorded; approvals, also of more for a hold, as their ledger entries show them. The figures are
-- those before the request.
drop view credit_verdict;
create view credit_verdict as
  select wholesaler_id, retailer_id, at, id, key, order_id, kind, null::text as code, null::text as because,
         held_delta as amount_minor, currency, limit_after as limit_minor, owed_after as owed_minor,
         held_after - held_delta as held_minor, limit_after - owed_after - held_after + held_delta as available_minor,
         override_minor, null::bigint as short_by_minor, null::bigint as overdue_minor, actor, source, cause_id
  from ledger_entry where kind = 'HOLD' or kind = 'HOLD_ADJUST' and held_delta > 0
  union all
  select wholesaler_id, retailer_id, at, id, key, order_id, null, code, because, amount_minor, currency, limit_minor,
         owed_minor, held_minor, available_minor, coalesce(override_minor, 0), short_by_minor, overdue_minor, actor, source,
         cause_id
  from credit_decision;

-- ---------------------------------------------------------------------------------------------------------------
-- Rights
-- ---------------------------------------------------------------------------------------------------------------

do $$
declare f regprocedure;
begin
  for f in select p.oid::regprocedure from pg_proc p
           where p.pronamespace = 'public'::regnamespace and p.proname like 'credit\_%' loop
    execute format('revoke all on function %s from public', f);
  end loop;
end $$;

grant execute on function
  credit_adjust_hold(text, uuid, text, uuid, bigint, text, text, text, text),
  credit_capture_hold(text, uuid, text, uuid, bigint, text, boolean, text, text, text, text),
  credit_release_part(text, uuid, text, uuid, bigint, text, text, text, text),
  credit_extend_hold(text, uuid, text, uuid, timestamptz, text, text, text, text),
  credit_lower_debt(text, text, text, text, uuid, bigint, text, text, text, timestamptz, jsonb, text, text, text, text),
  credit_allocate_payment(text, uuid, text, uuid, jsonb, text, text, text),
  credit_reverse_payment(text, uuid, uuid, text, text, text, text),
  credit_add_debt(text, text, text, uuid, bigint, text, date, text, text, text, text, text),
  credit_change_limit(text, text, text, uuid, bigint, text, text, text, text, text, text),
  credit_set_terms(text, text, uuid, jsonb, text, text, text, text),
  credit_grant_override(text, text, text, uuid, text, bigint, text, timestamptz, text, text, text, text),
  credit_check(text, text, bigint, text)
  to orderlock_app;
grant select on credit_terms_change, credit_verdict to orderlock_app;
