-- The credit lock with overrides, and cheaper: what a hold costs the server is the ceiling of a busy account, and what an
-- account costs it that of a busy wholesaler. CPU of the backend per hold, before and after (PostgreSQL 18): one account and
-- one request 352 -> 290 us; 32 requests on 32 accounts 98 -> 67 us; 32 requests on one account 45 -> 41 us.

-- ---------------------------------------------------------------------------------------------------------------
-- The guard of an account
-- ---------------------------------------------------------------------------------------------------------------

-- At COMMIT an account shows exactly what its newest entry says. Each change of the row has its turn here, the last one
-- included: one that left the row as an entry without a successor says, and did not go back to an older one, needs no
-- second look, since entries never change. Whatever else happened, the row is read as it is now, since it may have changed
-- after the change that this turn is for. Entries have no gaps, so the newest is the one without a successor. Look-ups by
-- the whole primary key, because `order by seq desc limit 1`, planned on a small ledger, took 7 ms an account on a larger
-- one. The first look took 11 us an account of a batch, the second always did 18.
create or replace function credit_account_must_match() returns trigger language plpgsql
set plan_cache_mode = force_generic_plan set enable_seqscan = off as $$
declare
  a public.credit_account;
  e public.ledger_entry;
begin
  if tg_op = 'UPDATE' and new.seq >= old.seq then
    perform from public.ledger_entry l
      where l.wholesaler_id = new.wholesaler_id and l.retailer_id = new.retailer_id and l.seq = new.seq
        and (l.hash, l.currency, l.status_after, l.limit_after, l.held_after, l.owed_after, l.unapplied_after)
            is not distinct from
            (new.head_hash, new.currency, new.status, new.limit_minor, new.held_minor, new.owed_minor, new.unapplied_minor)
        and not exists (
          select from public.ledger_entry n
          where n.wholesaler_id = new.wholesaler_id and n.retailer_id = new.retailer_id and n.seq = new.seq + 1);
    if found then return null; end if;
  end if;

  select * into a from public.credit_account c
    where c.wholesaler_id = new.wholesaler_id and c.retailer_id = new.retailer_id;
  select * into e from public.ledger_entry l
    where l.wholesaler_id = new.wholesaler_id and l.retailer_id = new.retailer_id and l.seq = a.seq;
  if not found and a.seq = 0 then
    e.hash := public.credit_genesis_hash(a.wholesaler_id, a.retailer_id, a.currency);
    e := row(a.wholesaler_id, a.retailer_id, 0, null, null, null, a.currency, 0, 0, 0, 0, 0, 0, 0, 0, 'active', 0,
      null, null, null, null, null, null, null, null, null, null, null, null, null, e.hash);
  end if;
  if (a.head_hash, a.currency, a.status, a.limit_minor, a.held_minor, a.owed_minor, a.unapplied_minor)
       is distinct from
     (e.hash, e.currency, e.status_after, e.limit_after, e.held_after, e.owed_after, e.unapplied_after)
     or exists (
       select from public.ledger_entry l
       where l.wholesaler_id = new.wholesaler_id and l.retailer_id = new.retailer_id and l.seq = a.seq + 1)
  then
    raise exception 'credit account %/% does not show what its newest ledger entry says', new.wholesaler_id, new.retailer_id
      using errcode = 'integrity_constraint_violation',
            hint = 'Figures are changed by the credit_ functions alone, which write the entry too.';
  end if;
  return null;
end $$;

-- ---------------------------------------------------------------------------------------------------------------
-- What an account may be
-- ---------------------------------------------------------------------------------------------------------------

-- The three CHECKs of before, as one function like credit_entry_holds: PostgreSQL reads the text of every CHECK again with
-- each statement that writes, and read out these cost a single hold 20 us, called 5. Those of credit_hold stay as they are:
-- written in sets, a call for each row costs more than reading the text once.
create function credit_account_holds(a credit_account) returns boolean
language plpgsql immutable as $$
begin
  -- Every amount lies below 2^53, as in our JSON, so that sums and differences of several never overflow.
  return least(a.limit_minor, a.held_minor, a.owed_minor, a.unapplied_minor, a.overdue_tolerance_minor, a.seq) >= 0
    and greatest(a.limit_minor, a.held_minor, a.owed_minor, a.unapplied_minor, a.overdue_tolerance_minor)
      <= 9007199254740991
    and least(a.terms_days, a.grace_days, a.over_capture_bp, a.hold_lifetime_minutes - 1) >= 0
    and greatest(a.terms_days, a.grace_days) <= 3650 and a.over_capture_bp <= 10000 and a.hold_lifetime_minutes <= 5256000
    and (a.status = 'active' and a.block_reason is null or a.status in ('blocked', 'closed'));
end $$;
alter table credit_account
  drop constraint credit_account_figures, drop constraint credit_account_terms, drop constraint credit_account_status,
  add constraint credit_account_holds check (credit_account_holds(credit_account));

-- ---------------------------------------------------------------------------------------------------------------
-- The credit lock
-- ---------------------------------------------------------------------------------------------------------------

-- Locks accounts as promised, one after the other in key order, and returns those it could lock: all busy ones together get
-- the time of one.
create function credit_lock_accounts(p_wholesaler_ids text[], p_retailer_ids text[]) returns credit_account[]
language plpgsql set search_path = pg_catalog, public, pg_temp as $$
declare
  v_locked credit_account[];
  v_deadline timestamptz;
  v_state text;
  r record;
begin
  for r in
    select distinct q.w, q.s from unnest(p_wholesaler_ids, p_retailer_ids) as q (w, s) order by q.w, q.s
  loop
    select l.state, l.p_deadline into v_state, v_deadline from credit_lock_account('promised', r.w, r.s, v_deadline) as l;
    if v_state = 'locked' then
      -- A new statement, hence a new snapshot: the row as the session before us left it.
      v_locked := v_locked || (
        select a from credit_account a where a.wholesaler_id = r.w and a.retailer_id = r.s);
    end if;
  end loop;
  return v_locked;
end $$;

-- One or more requests over one or more accounts, answered in one trip; requests on one account in the order given,
-- against the running figures. Read, check and write happen under the account's row lock.
--
-- p_wait 'promised': attempt 1 does not wait, attempts 2 to 4 queue (credit_queue_for_account); code
-- MAX_RETRIES_EXCEEDED if all fail. 'none': never waits; code BUSY, nothing recorded.
--
-- What does not fit, fits if an open override for its order reaches. The figures of the answer then include it, also when
-- it was not enough.
--
-- Lean on purpose. Every expression that runs is prepared anew in each transaction, 1 to 2 us each: hence all tests in one
-- expression, rows built at once instead of field by field, and plain variables for what changes. Accounts are locked and
-- stored with one statement for all of a wholesaler, named by an array within their key: no plan reads more than those.
-- The plans are generic, since planning costs more than running, and off sequential scans: one made while a table was
-- small is kept until the next ANALYZE. Functions that are called rarely plan each call anew instead.
create or replace function credit_acquire_batch(
  p_wait text, p_wholesaler_ids text[], p_retailer_ids text[], p_keys text[], p_order_ids text[], p_entry_ids uuid[],
  p_amounts bigint[], p_currencies text[], p_lifetimes integer[], p_actors text[], p_sources text[], p_cause_ids text[])
returns setof credit_answer
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
set plan_cache_mode = force_generic_plan
set enable_seqscan = off
as $$
declare
  v_count constant integer := cardinality(p_keys);
  v_now timestamptz;
  v_wholesaler text;
  v_retailers text[];
  -- The accounts that are locked, in key order; v_at of them were come to.
  v_accounts credit_account[];
  v_at integer := 0;
  -- The one that is being worked on: as it was locked, and its figures as they run.
  v_account credit_account;
  v_state text;
  v_w text;
  v_r text;
  v_held bigint;
  v_seq bigint;
  v_head bytea;
  -- Its number as it stands in the table: the row is behind while entries are not written yet.
  v_stored bigint;
  v_overdue bigint;
  v_lapse_tried boolean;
  v_lapse record;
  v_override credit_override;
  -- Of the request: what speaks against it, what is granted above the limit, which holds lapsed to make room.
  v_code text;
  v_because text;
  v_available bigint;
  v_above bigint := 0;
  v_lapsed jsonb;
  v_strained boolean := false;
  v_judged boolean;
  v_known record;
  -- What will be written; of each account changed, its newest entry.
  v_entry ledger_entry;
  v_entries ledger_entry[];
  v_changed ledger_entry[];
  v_decisions credit_decision[];
  -- Keys that came more than once in this call are looked for among the entries not written yet, too.
  v_repeats boolean := false;
  v_new_keys text[];
  r record;
begin
  if v_count > 512 or p_wait not in ('none', 'promised') then
    raise exception 'at most 512 requests and wait mode none or promised, not % and %', v_count, p_wait
      using errcode = 'invalid_parameter_value';
  end if;

  -- Locks accounts in key order, always before any hold or order: every path agrees, so none can deadlock.
  -- SKIP LOCKED has the meaning of NOWAIT without its exception, which would cost a subtransaction on every call.
  if v_count = 1 then
    select * into v_account from credit_account a
      where a.wholesaler_id = p_wholesaler_ids[1] and a.retailer_id = p_retailer_ids[1] for no key update skip locked;
    if found then
      v_accounts := array[v_account];
    elsif p_wait = 'promised' then
      v_accounts := credit_lock_accounts(p_wholesaler_ids, p_retailer_ids);
    end if;
  else
    v_repeats := (select count(distinct k) < v_count from unnest(p_keys) as k);
    if p_wait = 'promised' then
      v_accounts := credit_lock_accounts(p_wholesaler_ids, p_retailer_ids);
    else
      foreach v_wholesaler in array array(select distinct q.w from unnest(p_wholesaler_ids) as q (w) order by q.w) loop
        v_retailers := array(select distinct q.s from unnest(p_wholesaler_ids, p_retailer_ids) as q (w, s)
                             where q.w = v_wholesaler);
        v_accounts := v_accounts || array(
          select a from credit_account a
          where a.wholesaler_id = v_wholesaler and a.retailer_id = any (v_retailers)
          order by a.retailer_id for no key update skip locked);
      end loop;
    end if;
  end if;
  v_now := app_clock();

  -- Keys are looked up only now, after the locks: looked up before, two equal requests would both find nothing.
  for r in
    select q.ord, q.w, q.s, q.key, q.order_id, q.entry_id, q.amount, q.currency, q.lifetime, q.actor, q.source, q.cause_id,
           e.id as known_id
    from unnest(p_wholesaler_ids, p_retailer_ids, p_keys, p_order_ids, p_entry_ids, p_amounts, p_currencies, p_lifetimes,
                p_actors, p_sources, p_cause_ids)
      with ordinality as q (w, s, key, order_id, entry_id, amount, currency, lifetime, actor, source, cause_id, ord)
    -- LIMIT keeps this a look-up of each key. As a plain join, planned while the ledger was small, it read all of it.
    left join lateral (
      select l.id from ledger_entry l where l.wholesaler_id = q.w and l.key = q.key limit 1) as e on true
    order by q.w, q.s, q.ord
  loop
    if r.w is distinct from v_w or r.s is distinct from v_r then
      if v_seq > v_stored then v_changed := array_append(v_changed, v_entry); end if;
      v_w := r.w;
      v_r := r.s;
      v_account := v_accounts[v_at + 1];
      if v_account.wholesaler_id = v_w and v_account.retailer_id = v_r then
        v_at := v_at + 1;
        v_state := 'locked';
      else
        select * into v_account from credit_account a where a.wholesaler_id = v_w and a.retailer_id = v_r;
        v_state := case when found then 'busy' else 'missing' end;
      end if;
      v_held := v_account.held_minor;
      v_seq := v_account.seq;
      v_stored := v_seq;
      v_head := v_account.head_hash;
      v_lapse_tried := false;
      -- The first look that credit_overdue takes, without the call.
      v_overdue := case
        when v_account.oldest_due_on + v_account.grace_days >= (v_now at time zone 'UTC' + interval '14 hours')::date then 0
        when v_account.oldest_due_on is not null then credit_overdue(v_account, v_now) end;
    end if;

    -- The tests, always in this order. What follows the colon tells cases of one code apart.
    v_code := case
      when r.amount is null or r.amount not between 1 and 9007199254740991 then 'INVALID_AMOUNT:amount'
      when v_state = 'missing' then 'CREDIT_ACCOUNT_NOT_FOUND:'
      when v_state = 'busy' then case p_wait when 'none' then 'BUSY:' else 'MAX_RETRIES_EXCEEDED:' end
      when r.currency <> v_account.currency then 'INVALID_AMOUNT:currency'
      when r.known_id is not null or v_repeats and r.w || chr(31) || r.key = any (v_new_keys) then 'KNOWN:'
      when v_account.status = 'blocked' then 'CREDIT_BLOCKED:staff'
      when v_account.status <> 'active' then 'CREDIT_INACTIVE:closed'
      when v_account.limit_valid_until < v_now then 'CREDIT_INACTIVE:limit_lapsed'
      when v_overdue > v_account.overdue_tolerance_minor then 'CREDIT_BLOCKED:overdue'
      when r.amount > v_account.limit_minor - v_account.owed_minor - v_held then 'INSUFFICIENT_CREDIT:'
    end;

    if v_code = 'INSUFFICIENT_CREDIT:' then
      v_strained := true;
      if not v_lapse_tried then
        v_lapse_tried := true;
        v_account.held_minor := v_held;
        v_account.seq := v_seq;
        v_account.head_hash := v_head;
        v_lapse := credit_lapse_account(v_account, v_now, 512);
        v_account := v_lapse.p_account;
        v_lapsed := v_lapse.lapsed;
        if v_lapsed is not null then
          v_held := v_account.held_minor;
          v_seq := v_account.seq;
          v_stored := v_seq;
          v_head := v_account.head_hash;
        end if;
      end if;
      v_available := v_account.limit_minor - v_account.owed_minor - v_held;
      if r.amount > v_available then
        v_override := credit_override_for(v_account, r.order_id, null, v_now);
        v_above := coalesce(v_override.amount_minor, 0);
      end if;
      if r.amount <= v_available + v_above then
        v_code := null;
        if v_above > 0 then
          update credit_override o set used_by = r.entry_id
            where o.wholesaler_id = v_override.wholesaler_id and o.id = v_override.id;
        end if;
      end if;
    end if;

    if v_code is null then
      -- In the order of the table's columns.
      v_entry := row(v_w, v_r, v_seq + 1, r.entry_id, 'HOLD', v_now, v_account.currency, 0, r.amount, 0, 0,
        v_account.limit_minor, v_held + r.amount, v_account.owed_minor, v_account.unapplied_minor, v_account.status, v_above,
        r.order_id, r.entry_id, v_now + make_interval(mins => coalesce(r.lifetime, v_account.hold_lifetime_minutes)),
        null, null, null, r.key, credit_hold_request(r.order_id, r.amount, v_account.currency, r.lifetime), r.actor, null,
        r.source, r.cause_id, v_head, null);
      v_head := sha256(v_head || convert_to(credit_entry_text(v_entry), 'UTF8'));
      v_entry.hash := v_head;
      v_available := v_account.limit_minor - v_account.owed_minor - v_held + v_above;
      return next row(r.ord, v_w, v_r, null, null, r.entry_id, false, v_account.currency, v_account.status,
        v_account.limit_minor, v_account.owed_minor, v_held, v_available, v_available - r.amount, null, v_overdue,
        v_lapsed)::credit_answer;
      v_held := v_held + r.amount;
      v_seq := v_seq + 1;
      if v_count > 1 then
        v_entries := array_append(v_entries, v_entry);
        if v_repeats then v_new_keys := array_append(v_new_keys, r.w || chr(31) || r.key); end if;
      end if;
    else
      v_because := nullif(split_part(v_code, ':', 2), '');
      v_code := split_part(v_code, ':', 1);
      if v_code = 'KNOWN' then
        if r.known_id is not null then
          select e.*, h.state into v_known
            from ledger_entry e left join credit_hold h on h.wholesaler_id = e.wholesaler_id and h.id = e.id
            where e.wholesaler_id = v_w and e.key = r.key;
        else
          select e.*, 'open' as state into v_known
            from unnest(v_entries[array_position(v_new_keys, r.w || chr(31) || r.key):]) as e limit 1;
        end if;
        if v_known.retailer_id <> v_r then
          v_because := 'other_account';
        elsif v_known.kind <> 'HOLD' or v_known.request_hash is distinct from
              credit_hold_request(r.order_id, r.amount, v_account.currency, r.lifetime) then
          v_because := 'other_request';
        elsif v_known.state <> 'open' then
          v_because := v_known.state;
        else
          -- The answer that was given the first time, from the entry that it wrote.
          v_available := v_known.limit_after - v_known.owed_after - v_known.held_after + v_known.override_minor;
          return next row(r.ord, v_w, v_r, null, null, v_known.id, true, v_account.currency, v_account.status,
            v_known.limit_after, v_known.owed_after, v_known.held_after - v_known.held_delta,
            v_available + v_known.held_delta, v_available, null, null, null)::credit_answer;
          continue;
        end if;
        v_code := 'DUPLICATE_ORDER';
      end if;
      -- Figures are shown where the account was looked at under its lock.
      v_judged := v_state = 'locked' and v_code <> 'INVALID_AMOUNT';
      v_available := case when v_judged then v_account.limit_minor - v_account.owed_minor - v_held end;
      return next row(r.ord, v_w, v_r, v_code, v_because, null, false, v_account.currency, v_account.status,
        case when v_judged then v_account.limit_minor end, case when v_judged then v_account.owed_minor end,
        case when v_judged then v_held end, v_available + v_above, null,
        case when v_code = 'INSUFFICIENT_CREDIT' then r.amount - v_available - v_above end,
        case when v_judged then v_overdue end, v_lapsed)::credit_answer;
      if v_code <> 'BUSY' then
        v_decisions := array_append(v_decisions, row(v_w, v_r, v_now, credit_new_id(), r.key, r.order_id, v_code, v_because,
          r.amount, coalesce(r.currency, v_account.currency), case when v_judged then v_account.limit_minor end,
          case when v_judged then v_account.owed_minor end, case when v_judged then v_held end, v_available, v_above,
          case when v_code = 'INSUFFICIENT_CREDIT' then r.amount - v_available - v_above end,
          case when v_judged then v_overdue end, r.actor, r.source, r.cause_id)::credit_decision);
      end if;
    end if;
    if v_strained then
      v_strained := false;
      v_above := 0;
      v_lapsed := null;
    end if;
  end loop;

  if v_entries is not null then
    if v_seq > v_stored then v_changed := array_append(v_changed, v_entry); end if;
    foreach v_wholesaler in array array(select distinct e.wholesaler_id from unnest(v_changed) as e) loop
      v_retailers := array(select e.retailer_id from unnest(v_changed) as e where e.wholesaler_id = v_wholesaler);
      update credit_account a set held_minor = e.held_after, seq = e.seq, head_hash = e.hash
        from unnest(v_changed) as e
        where a.wholesaler_id = v_wholesaler and a.retailer_id = any (v_retailers)
          and e.wholesaler_id = a.wholesaler_id and e.retailer_id = a.retailer_id;
    end loop;
    insert into ledger_entry select * from unnest(v_entries);
    insert into credit_hold (wholesaler_id, id, retailer_id, order_id, amount_minor, opened_at, expires_at)
      select e.wholesaler_id, e.hold_id, e.retailer_id, e.order_id, e.held_delta, e.at, e.expires_at
      from unnest(v_entries) as e;
  elsif v_entry.id is not null then
    update credit_account a set held_minor = v_held, seq = v_seq, head_hash = v_head
      where a.wholesaler_id = v_w and a.retailer_id = v_r;
    insert into ledger_entry select (v_entry).*;
    insert into credit_hold (wholesaler_id, id, retailer_id, order_id, amount_minor, opened_at, expires_at)
      values (v_w, v_entry.id, v_r, v_entry.order_id, v_entry.held_delta, v_now, v_entry.expires_at);
  end if;
  if v_decisions is not null then
    insert into credit_decision select * from unnest(v_decisions);
  end if;
end $$;

revoke all on function credit_account_holds(credit_account), credit_lock_accounts(text[], text[]) from public;
