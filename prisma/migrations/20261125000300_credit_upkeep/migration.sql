-- The upkeep of the ledger: holds that lapse and who is told, the head hashes that are anchored daily, what the proof
-- found, and a sign of life of those who sweep.

-- ---------------------------------------------------------------------------------------------------------------
-- Holds that lapse
-- ---------------------------------------------------------------------------------------------------------------

-- Lapses the due holds of one locked account, oldest first, an EXPIRE entry each, and closes their orders: one of which
-- nothing was delivered has expired, one that was delivered in part is delivered, without its rest.
--
-- Whoever makes a hold lapse (the sweep, or an acquire that needs the room) comes through here, under the account's lock;
-- so here alone the retailer is told, by an internal event of the conversation that placed the order. Its key names the
-- hold, so it is told once. The conversation is not locked: a foreign-key check is all that touches it.
-- `lapsed` tells the caller what was done: [{holdId, orderId, entryId, amountMinor}], null if nothing.
create or replace function credit_lapse_account(inout p_account credit_account, p_now timestamptz, p_limit integer,
  out lapsed jsonb)
language plpgsql set search_path = pg_catalog, public, pg_temp as $$
declare
  v_hold credit_hold;
  v_rest bigint;
  v_entry ledger_entry;
  v_order orders;
begin
  for v_hold in
    select * from credit_hold h
    where h.wholesaler_id = p_account.wholesaler_id and h.retailer_id = p_account.retailer_id
      and h.state = 'open' and h.expires_at <= p_now
    order by h.expires_at, h.id limit p_limit
    for no key update
  loop
    v_rest := v_hold.amount_minor - v_hold.captured_minor - v_hold.released_minor;
    update credit_hold h set released_minor = h.released_minor + v_rest, state = 'expired', closed_at = p_now
      where h.wholesaler_id = v_hold.wholesaler_id and h.id = v_hold.id;
    update orders o
      set status = case o.status when 'approved' then 'expired' else 'delivered' end,
          close_reason = case o.status when 'approved' then 'the hold expired'
            else 'the hold for what was not delivered expired' end,
          closed_at = p_now
      where o.wholesaler_id = v_hold.wholesaler_id and o.credit_ledger_entry_id = v_hold.id
        and o.status in ('approved', 'part_delivered')
      returning o.* into v_order;
    v_entry := null;
    v_entry.id := credit_new_id();
    v_entry.kind := 'EXPIRE';
    v_entry.at := p_now;
    v_entry.held_delta := -v_rest;
    v_entry.order_id := v_hold.order_id;
    v_entry.hold_id := v_hold.id;
    v_entry.key := 'expire:' || v_hold.id;
    v_entry.actor := 'system';
    v_entry.source := 'expiry';
    p_account := (credit_append(p_account, v_entry)).p_account;
    if v_order.line_id is not null and v_order.person_key is not null then
      insert into inbox_event (wholesaler_id, id, line_id, event_key, kind, person_key, payload, sent_at)
      values (v_order.wholesaler_id, credit_new_id(), v_order.line_id, 'i:lapsed:' || v_hold.id, 'internal',
        v_order.person_key,
        jsonb_build_object('type', 'hold_lapsed', 'retailerId', v_order.retailer_id, 'orderId', v_order.id,
          'number', v_order.number, 'amountMinor', v_rest::text, 'currency', p_account.currency,
          'isRest', v_order.status = 'delivered'),
        p_now)
      on conflict (wholesaler_id, line_id, event_key) do nothing;
    end if;
    lapsed := coalesce(lapsed, '[]') || jsonb_build_object('holdId', v_hold.id, 'orderId', v_hold.order_id,
      'entryId', v_entry.id, 'amountMinor', v_rest::text);
  end loop;
end $$;

-- Lapses due holds of one account, at most p_limit, and waits for the account as the credit lock promises. For what the
-- sweep over all accounts found busy: an account that is never idle would be passed over for ever.
create function credit_expire_account_holds(p_wholesaler_id text, p_retailer_id text, p_limit integer)
returns table (wholesaler_id text, retailer_id text, order_id text, hold_id uuid, entry_id uuid, amount_minor bigint)
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
set plan_cache_mode = force_custom_plan
set enable_seqscan = off
as $$
#variable_conflict use_column
declare
  v_account credit_account;
  v_lapsed jsonb;
begin
  if (credit_lock_account('promised', p_wholesaler_id, p_retailer_id, null)).state <> 'locked' then return; end if;
  select * into v_account from credit_account a
    where a.wholesaler_id = p_wholesaler_id and a.retailer_id = p_retailer_id;
  select l.lapsed into v_lapsed from credit_lapse_account(v_account, app_clock(), p_limit) as l;
  return query
    select p_wholesaler_id, p_retailer_id, x->>'orderId', (x->>'holdId')::uuid, (x->>'entryId')::uuid,
           (x->>'amountMinor')::bigint
    from jsonb_array_elements(coalesce(v_lapsed, '[]')) as x;
end $$;

-- One row per process that sweeps. The proof asks it whether somebody was there to let a hold lapse: swept_at is when the
-- newest sweep that ended began, alive_since when the first of them did that followed each other without a long gap.
-- No money, so the service writes it itself.
create table credit_sweeper (
  id          uuid primary key,
  alive_since timestamptz not null,
  swept_at    timestamptz not null
);
grant select, insert, update, delete on credit_sweeper to orderlock_app;

-- ---------------------------------------------------------------------------------------------------------------
-- Anchors
-- ---------------------------------------------------------------------------------------------------------------

-- A chain proves every entry but its last ones: cutting off its tail, account row included, leaves a shorter chain that
-- is whole. So the head of every chain is noted daily; a row only where something happened since the one before.
create table ledger_anchor (
  wholesaler_id text not null,
  retailer_id   text not null,
  -- By UTC.
  day           date not null,
  seq           bigint not null check (seq > 0),
  hash          bytea not null,
  at            timestamptz not null default app_clock(),
  primary key (wholesaler_id, retailer_id, day)
);

-- One hash over the newest anchors of all accounts of a wholesaler. The service logs it: whoever keeps its logs keeps
-- what nobody with the database alone can change. Once it is there, the day takes no more anchors.
create table ledger_anchor_root (
  wholesaler_id text not null,
  day           date not null,
  accounts      integer not null,
  root          bytea not null,
  at            timestamptz not null default app_clock(),
  primary key (wholesaler_id, day)
);

create trigger ledger_anchor_append_only before update or delete or truncate on ledger_anchor
  for each statement execute function credit_refuse_change();
alter table ledger_anchor enable always trigger ledger_anchor_append_only;
create trigger ledger_anchor_root_append_only before update or delete or truncate on ledger_anchor_root
  for each statement execute function credit_refuse_change();
alter table ledger_anchor_root enable always trigger ledger_anchor_root_append_only;

-- Anchors accounts after p_after, at most p_limit of them, and returns the last one looked at; null when none is left or
-- the day is sealed. Locks no account: a row of credit_account is a head and its number in one.
create function credit_write_anchors(p_wholesaler_id text, p_day date, p_after text, p_limit integer) returns text
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
set plan_cache_mode = force_custom_plan
set enable_seqscan = off
as $$
declare
  v_last text;
begin
  if p_day > (app_clock() at time zone 'UTC')::date then
    raise exception 'the day % has not begun', p_day using errcode = 'invalid_parameter_value';
  end if;
  -- Shared: several processes may write at once, but none while a day is being sealed.
  perform pg_advisory_xact_lock_shared(hashtextextended('orderlock anchors of ' || p_wholesaler_id, 0));
  if exists (select from ledger_anchor_root s where s.wholesaler_id = p_wholesaler_id and s.day >= p_day) then
    return null;
  end if;
  with next as materialized (
    select a.wholesaler_id, a.retailer_id, a.seq, a.head_hash from credit_account a
    where a.wholesaler_id = p_wholesaler_id and a.retailer_id > p_after
    order by a.retailer_id limit p_limit
  ), written as (
    insert into ledger_anchor (wholesaler_id, retailer_id, day, seq, hash)
    select n.wholesaler_id, n.retailer_id, p_day, n.seq, n.head_hash
    from next n
    where n.seq > coalesce((
      select h.seq from ledger_anchor h
      where h.wholesaler_id = n.wholesaler_id and h.retailer_id = n.retailer_id order by h.day desc limit 1), 0)
    order by n.retailer_id
    on conflict do nothing
  )
  select max(n.retailer_id) into v_last from next n;
  return v_last;
end $$;

-- The hash over the newest anchors up to a day, in the order of the accounts, and how many there are:
-- root = sha256(root before || text in UTF-8), from no bytes on; text = octets of the account's id, `:`, the id, `;`,
-- number, `;`, hash in hex.
create function credit_anchor_root(p_wholesaler_id text, p_day date, out accounts integer, out root bytea)
language plpgsql stable set search_path = pg_catalog, public, pg_temp
set plan_cache_mode = force_custom_plan
set enable_seqscan = off
as $$
declare
  r record;
begin
  accounts := 0;
  root := '';
  for r in
    select a.retailer_id, h.seq, h.hash
    from credit_account a
    cross join lateral (
      select * from ledger_anchor l
      where l.wholesaler_id = a.wholesaler_id and l.retailer_id = a.retailer_id and l.day <= p_day
      order by l.day desc limit 1) as h
    where a.wholesaler_id = p_wholesaler_id
    order by a.retailer_id
  loop
    accounts := accounts + 1;
    root := sha256(root || convert_to(
      octet_length(r.retailer_id) || ':' || r.retailer_id || ';' || r.seq || ';' || encode(r.hash, 'hex'), 'UTF8'));
  end loop;
end $$;

-- Ends a day's anchors with their root, once; for a caller who has written all of them.
create function credit_seal_anchors(p_wholesaler_id text, p_day date) returns void
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
begin
  if p_day > (app_clock() at time zone 'UTC')::date then
    raise exception 'the day % has not begun', p_day using errcode = 'invalid_parameter_value';
  end if;
  perform pg_advisory_xact_lock(hashtextextended('orderlock anchors of ' || p_wholesaler_id, 0));
  if exists (select from ledger_anchor_root s where s.wholesaler_id = p_wholesaler_id and s.day >= p_day) then return; end if;
  insert into ledger_anchor_root (wholesaler_id, day, accounts, root)
    select p_wholesaler_id, p_day, c.accounts, c.root from credit_anchor_root(p_wholesaler_id, p_day) as c
    where c.accounts > 0;
end $$;

-- ---------------------------------------------------------------------------------------------------------------
-- What the proof found, for whoever shows it. The proof itself only reads.
-- ---------------------------------------------------------------------------------------------------------------

create table ledger_proof (
  id                uuid primary key,
  started_at        timestamptz not null,
  finished_at       timestamptz not null,
  ok                boolean not null,
  accounts          bigint not null,
  entries           bigint not null,
  bad_wholesaler_id text,
  bad_retailer_id   text,
  bad_seq           bigint,
  bad_check         text,
  check (ok = (bad_check is null))
);
create index ledger_proof_newest on ledger_proof (started_at);
create trigger ledger_proof_append_only before update or delete or truncate on ledger_proof
  for each statement execute function credit_refuse_change();
alter table ledger_proof enable always trigger ledger_proof_append_only;
grant select, insert on ledger_proof to orderlock_app;

-- Deliveries and the proof find what a hold was allowed by.
create index credit_override_used on credit_override (wholesaler_id, used_by) where used_by is not null;

-- ---------------------------------------------------------------------------------------------------------------
-- Rights
-- ---------------------------------------------------------------------------------------------------------------

revoke all on function
  credit_expire_account_holds(text, text, integer),
  credit_write_anchors(text, date, text, integer),
  credit_anchor_root(text, date),
  credit_seal_anchors(text, date)
  from public;
grant execute on function
  credit_expire_account_holds(text, text, integer),
  credit_write_anchors(text, date, text, integer),
  credit_seal_anchors(text, date),
  -- Only computes.
  credit_anchor_root(text, date)
  to orderlock_app;
grant select on ledger_anchor, ledger_anchor_root to orderlock_app;
