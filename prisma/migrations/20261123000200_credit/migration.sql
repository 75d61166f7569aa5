-- The credit lock: accounts, the ledger, holds, debts and payments, and the only functions that write them.
--
-- The idea. What a shop owes and what is held for its orders stands in one row, credit_account, and is changed only
-- under that row's lock, together with an entry of the ledger that says why. A verdict is therefore one row lock and a
-- comparison; summing the ledger instead was measured to fall to 30 orders a second at 100,000 entries. The ledger can
-- rebuild every figure, and chained hashes show any later edit of it.
--
-- The service works as orderlock_app, which may call the functions and read the tables, but not write them.
-- Lock order everywhere: conversation, account (several in key order), hold, order.

-- ---------------------------------------------------------------------------------------------------------------
-- Tables
-- ---------------------------------------------------------------------------------------------------------------

create table credit_account (
  wholesaler_id           text not null,
  retailer_id             text not null,
  currency                text not null,
  limit_minor             bigint not null default 0,
  -- Held for open orders, owed for delivered ones; paid, but not yet against any debt.
  held_minor              bigint not null default 0,
  owed_minor              bigint not null default 0,
  unapplied_minor         bigint not null default 0,
  -- No CHECK that held + owed <= limit: a limit may be lowered below what is out, which only stops new holds.
  status                  text not null default 'active',
  block_reason            text,
  -- Earliest due date of an open receivable. The amount overdue is no column, since one would be wrong every midnight:
  -- credit_overdue() computes it, and this date tells without a look at the receivables that it is 0.
  oldest_due_on           date,
  terms_days              integer not null default 0,
  grace_days              integer not null default 0,
  overdue_tolerance_minor bigint not null default 0,
  -- How much more than held may be captured, in basis points of the hold.
  over_capture_bp         integer not null default 0,
  hold_lifetime_minutes   integer not null default 4320,
  limit_valid_until       timestamptz,
  -- Number and hash of the newest ledger entry.
  seq                     bigint not null default 0,
  head_hash               bytea not null,
  opened_at               timestamptz not null default app_clock(),
  primary key (wholesaler_id, retailer_id),
  foreign key (wholesaler_id, retailer_id) references retailer,
  -- Few and short: PostgreSQL reads the text of every CHECK again with each statement that writes. Every amount lies
  -- below 2^53, as in our JSON, so that sums and differences of several never overflow.
  constraint credit_account_figures check (
    least(limit_minor, held_minor, owed_minor, unapplied_minor, overdue_tolerance_minor, seq) >= 0
    and greatest(limit_minor, held_minor, owed_minor, unapplied_minor, overdue_tolerance_minor) <= 9007199254740991),
  constraint credit_account_terms check (
    least(terms_days, grace_days, over_capture_bp, hold_lifetime_minutes - 1) >= 0
    and greatest(terms_days, grace_days) <= 3650 and over_capture_bp <= 10000 and hold_lifetime_minutes <= 5256000),
  constraint credit_account_status check (status = 'active' and block_reason is null or status in ('blocked', 'closed'))
-- No index may name a column that changes, and half of each page stays free: every change of a balance is then a HOT
-- update within the page, and a hot account does not grow the index.
) with (fillfactor = 50);

create table ledger_entry (
  wholesaler_id   text not null,
  retailer_id     text not null,
  seq             bigint not null,
  id              uuid not null,
  kind            text not null,
  at              timestamptz not null,
  currency        text not null,
  limit_delta     bigint not null,
  held_delta      bigint not null,
  owed_delta      bigint not null,
  unapplied_delta bigint not null,
  limit_after     bigint not null,
  held_after      bigint not null,
  owed_after      bigint not null,
  unapplied_after bigint not null,
  status_after    text not null,
  -- OVERRIDE: granted above the limit for one order. HOLD: how much of such a grant stood open for its order.
  override_minor  bigint not null default 0,
  order_id        text,
  -- A hold has the id of the HOLD entry that opened it; a payment that of its entry.
  hold_id         uuid,
  -- HOLD and HOLD_ADJUST: when the hold lapses.
  expires_at      timestamptz,
  receivable_id   uuid,
  payment_id      uuid,
  reverses        uuid,
  -- The one answering entry per key; derived entries carry `<key>/<n>`, expiries `expire:<hold>`.
  key             text,
  request_hash    bytea,
  actor           text not null,
  -- Salted; the words stand apart in ledger_reason, so that they can be erased and the chain still verifies.
  reason_hash     bytea,
  -- Where it came from (chat, cart, api, library, import, console, timer) and the event or request that caused it.
  source          text not null,
  cause_id        text,
  prev_hash       bytea not null,
  hash            bytea not null,
  primary key (wholesaler_id, retailer_id, seq),
  constraint ledger_entry_figures check (least(limit_after, held_after, owed_after, unapplied_after, override_minor) >= 0)
);
-- Both are partial, so that no plan reads one of them by its wholesaler alone where the primary key is meant: on a small
-- table the two cost the same, and a plan made then is kept.
create unique index ledger_entry_key on ledger_entry (wholesaler_id, key) where key is not null;
create unique index ledger_entry_reverses on ledger_entry (wholesaler_id, reverses) where reverses is not null;

-- The words that people gave as reasons, erasable: the entry keeps only a hash that means nothing without the salt.
create table ledger_reason (
  wholesaler_id text not null,
  entry_id      uuid not null,
  salt          bytea not null check (octet_length(salt) = 16),
  reason        text not null,
  primary key (wholesaler_id, entry_id)
);

create table credit_hold (
  wholesaler_id  text not null,
  -- The id of its HOLD entry.
  id             uuid not null,
  retailer_id    text not null,
  order_id       text not null,
  amount_minor   bigint not null,
  captured_minor bigint not null default 0,
  released_minor bigint not null default 0,
  state          text not null default 'open',
  opened_at      timestamptz not null,
  expires_at     timestamptz not null,
  closed_at      timestamptz,
  primary key (wholesaler_id, id),
  constraint credit_hold_figures check (
    least(captured_minor, released_minor, amount_minor - 1) >= 0 and captured_minor + released_minor <= amount_minor),
  -- Open as long as something is left, and no longer.
  constraint credit_hold_state check (case
    when captured_minor + released_minor < amount_minor then state = 'open' and closed_at is null
    else state in ('captured', 'released', 'expired') and closed_at is not null end)
) with (fillfactor = 80);
-- One for the sweep over all accounts, one for an account's own holds when headroom is short. In this order: where two
-- indexes cost the same, the newer is taken, and only the second kind of plan is kept.
create index credit_hold_due on credit_hold (wholesaler_id, expires_at) where state = 'open';
create index credit_hold_open on credit_hold (wholesaler_id, retailer_id, expires_at) where state = 'open';

-- One order above the limit, capped, expiring, granted by a named approver.
create table credit_override (
  wholesaler_id text not null,
  -- The id of its OVERRIDE entry.
  id            uuid not null,
  retailer_id   text not null,
  order_id      text not null,
  amount_minor  bigint not null check (amount_minor > 0),
  granted_by    text not null check (granted_by <> ''),
  granted_at    timestamptz not null,
  expires_at    timestamptz not null,
  used_by       uuid,
  primary key (wholesaler_id, id),
  foreign key (wholesaler_id, retailer_id) references credit_account
);
create unique index credit_override_open on credit_override (wholesaler_id, retailer_id, order_id) where used_by is null;

-- A debt: one per capture, one per opening balance or upward adjustment.
create table receivable (
  wholesaler_id text not null,
  id            uuid not null,
  retailer_id   text not null,
  -- The ledger entry that made it.
  entry_id      uuid not null,
  order_id      text,
  amount_minor  bigint not null check (amount_minor > 0),
  paid_minor    bigint not null default 0,
  -- A day on the wholesaler's calendar; overdue from the day after.
  due_on        date not null,
  opened_at     timestamptz not null,
  primary key (wholesaler_id, id),
  foreign key (wholesaler_id, retailer_id) references credit_account,
  check (paid_minor between 0 and amount_minor)
) with (fillfactor = 80);
create index receivable_by_account on receivable (wholesaler_id, retailer_id, opened_at);
create index receivable_open on receivable (wholesaler_id, retailer_id, due_on, id) where paid_minor < amount_minor;

-- Whatever lowers a debt: money, a credit note, a write-off.
create table payment (
  wholesaler_id   text not null,
  -- The id of its ledger entry.
  id              uuid not null,
  retailer_id     text not null,
  kind            text not null check (kind in ('payment', 'credit_note', 'write_off', 'adjustment')),
  amount_minor    bigint not null check (amount_minor > 0),
  -- Not yet against any debt; goes to the next ones.
  unapplied_minor bigint not null check (unapplied_minor between 0 and amount_minor),
  method          text not null,
  reference       text,
  received_at     timestamptz not null,
  -- The PAYMENT_REVERSAL entry, when it bounced.
  reversed_by     uuid,
  primary key (wholesaler_id, id),
  foreign key (wholesaler_id, retailer_id) references credit_account
) with (fillfactor = 80);
create index payment_by_account on payment (wholesaler_id, retailer_id, received_at);

-- Which payment settled how much of which debt, and by which entry; a bounce adds rows with negative amounts.
create table payment_allocation (
  wholesaler_id text not null,
  payment_id    uuid not null,
  receivable_id uuid not null,
  entry_id      uuid not null,
  retailer_id   text not null,
  amount_minor  bigint not null check (amount_minor <> 0),
  primary key (wholesaler_id, payment_id, receivable_id, entry_id),
  foreign key (wholesaler_id, payment_id) references payment,
  foreign key (wholesaler_id, receivable_id) references receivable
);
create index payment_allocation_receivable on payment_allocation (wholesaler_id, receivable_id);

-- Refusals, with the figures that were seen under the lock. They move no money, so they are not ledger entries.
create table credit_decision (
  wholesaler_id   text not null,
  retailer_id     text not null,
  at              timestamptz not null,
  id              uuid not null,
  key             text,
  order_id        text,
  code            text not null,
  because         text,
  amount_minor    bigint,
  currency        text,
  limit_minor     bigint,
  owed_minor      bigint,
  held_minor      bigint,
  available_minor bigint,
  override_minor  bigint,
  short_by_minor  bigint,
  overdue_minor   bigint,
  actor           text not null,
  source          text not null,
  cause_id        text,
  primary key (wholesaler_id, retailer_id, at, id)
);

-- ---------------------------------------------------------------------------------------------------------------
-- What an entry of each kind may do
-- ---------------------------------------------------------------------------------------------------------------

-- Each kind moves its own figures and no others. A function and not a CHECK of its own, because PostgreSQL reads the
-- text of every CHECK again with each statement that writes: spelled out, that was 29 % of the work of a single hold.
create function credit_entry_holds(e ledger_entry) returns boolean
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
    when 'HOLD_ADJUST' then return (e.owed_delta = 0 and e.unapplied_delta = 0
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
    when 'LIMIT_CHANGE' then return (e.limit_delta <> 0
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
alter table ledger_entry add constraint ledger_entry_kind check (credit_entry_holds(ledger_entry));

-- ---------------------------------------------------------------------------------------------------------------
-- The canonical text of an entry, and its hash
-- ---------------------------------------------------------------------------------------------------------------

-- Version 1 of the text that is hashed. First the fields that can hold neither `;` nor free words, in this order, each
-- ended by `;` and empty where absent: the word v1, seq, id, kind, time in microseconds since 1970 UTC, currency, the
-- four deltas (limit, held, owed, unapplied), the four figures after, status after, override, hold, expiry (as time),
-- receivable, payment, reverses, request hash and reason hash in hex. Then the free words, each as its length in UTF-8
-- octets, `:` and itself, or `-1:` where absent: wholesaler, retailer, order, key, actor, source, cause.
-- hash = sha256(prev_hash || text in UTF-8). A later version starts with another word and keeps this one for old rows.
create function credit_entry_text(e ledger_entry) returns text
language sql stable parallel safe as $$
  select concat(
    'v1;', (e).seq, ';', (e).id, ';', (e).kind, ';', (extract(epoch from (e).at) * 1000000)::bigint, ';',
    (e).currency, ';',
    (e).limit_delta, ';', (e).held_delta, ';', (e).owed_delta, ';', (e).unapplied_delta, ';',
    (e).limit_after, ';', (e).held_after, ';', (e).owed_after, ';', (e).unapplied_after, ';',
    (e).status_after, ';', (e).override_minor, ';',
    (e).hold_id, ';', (extract(epoch from (e).expires_at) * 1000000)::bigint, ';',
    (e).receivable_id, ';', (e).payment_id, ';', (e).reverses, ';',
    encode((e).request_hash, 'hex'), ';', encode((e).reason_hash, 'hex'), ';',
    coalesce(octet_length((e).wholesaler_id), -1), ':', (e).wholesaler_id,
    coalesce(octet_length((e).retailer_id), -1), ':', (e).retailer_id,
    coalesce(octet_length((e).order_id), -1), ':', (e).order_id,
    coalesce(octet_length((e).key), -1), ':', (e).key,
    coalesce(octet_length((e).actor), -1), ':', (e).actor,
    coalesce(octet_length((e).source), -1), ':', (e).source,
    coalesce(octet_length((e).cause_id), -1), ':', (e).cause_id)
$$;

-- What the first entry of an account is chained to: account and currency, so that neither can be swapped.
create function credit_genesis_hash(p_wholesaler_id text, p_retailer_id text, p_currency text) returns bytea
language sql immutable parallel safe as $$
  select sha256(convert_to(
    'v1;' || p_currency || ';' || octet_length(p_wholesaler_id) || ':' || p_wholesaler_id
    || octet_length(p_retailer_id) || ':' || p_retailer_id, 'UTF8'))
$$;

-- ---------------------------------------------------------------------------------------------------------------
-- What nobody may do, the owner of the tables included
-- ---------------------------------------------------------------------------------------------------------------

create function credit_refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% on % is refused: what happened to money stays', tg_op, tg_table_name
    using errcode = 'insufficient_privilege', hint = 'Correct money with a new entry: an adjustment or a reversal.';
end $$;

-- Per statement, so that it also refuses where no row matches; ALWAYS, so that replica sessions are refused too.
create trigger ledger_entry_append_only before update or delete or truncate on ledger_entry
  for each statement execute function credit_refuse_change();
alter table ledger_entry enable always trigger ledger_entry_append_only;
create trigger credit_decision_append_only before update or delete or truncate on credit_decision
  for each statement execute function credit_refuse_change();
alter table credit_decision enable always trigger credit_decision_append_only;
-- An account with a history cannot go away. This stands for foreign keys from ledger and holds, whose checks raised the
-- work per hold of a batch from 51 to 69 us; only the functions below write the two, under the account's lock.
create trigger credit_account_stays before delete or truncate on credit_account
  for each statement execute function credit_refuse_change();
alter table credit_account enable always trigger credit_account_stays;

-- At COMMIT an account shows exactly what its newest entry says. The row is read again, because the one that fired the
-- trigger may have changed since within the same transaction. Entries have no gaps, so the newest is the one without a
-- successor. Look-ups by the whole primary key, because `order by seq desc limit 1`, planned on a small ledger, took
-- 7 ms an account on a larger one.
create function credit_account_must_match() returns trigger language plpgsql
set plan_cache_mode = force_generic_plan set enable_seqscan = off as $$
declare
  a public.credit_account;
  e public.ledger_entry;
begin
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
create constraint trigger credit_account_matches after insert or update on credit_account
  deferrable initially deferred for each row execute function credit_account_must_match();
alter table credit_account enable always trigger credit_account_matches;

-- ---------------------------------------------------------------------------------------------------------------
-- Parts that only the functions below use
-- ---------------------------------------------------------------------------------------------------------------

-- A uuid version 7, for what SQL itself has to name (expiries, decisions); everything else is named in Node.
create function credit_new_id() returns uuid language sql volatile as $$
  select encode(set_byte(b, 6, (get_byte(b, 6) & 15) | 112), 'hex')::uuid
  from (select overlay(uuid_send(gen_random_uuid())
                 placing substring(int8send((extract(epoch from app_clock()) * 1000)::bigint) from 3) from 1) as b) as made
$$;

-- Attempts 2 to 4: queue for the row at most 100, 200 and 400 ms. All busy accounts of one call share one deadline, so
-- that no batch waits longer than the windows together. The SET clause is what restores lock_timeout on every way out,
-- errors included: a set_config left to itself was seen to leak.
create function credit_queue_for_account(p_wholesaler_id text, p_retailer_id text, p_deadline timestamptz) returns boolean
language plpgsql set search_path = pg_catalog, public, pg_temp set lock_timeout = '100ms' as $$
declare
  v_window_ms integer;
  v_left_ms integer;
begin
  foreach v_window_ms in array array[100, 200, 400] loop
    v_left_ms := least(v_window_ms, ceil(extract(epoch from p_deadline - clock_timestamp()) * 1000));
    -- 0 would mean no limit at all.
    exit when v_left_ms <= 0;
    perform set_config('lock_timeout', v_left_ms || 'ms', true);
    begin
      perform from credit_account a
        where a.wholesaler_id = p_wholesaler_id and a.retailer_id = p_retailer_id for no key update;
      return found;
    exception when lock_not_available then null;
    end;
  end loop;
  return false;
end $$;

-- Locks one account and says how that went: locked, missing or busy.
create function credit_lock_account(p_wait text, p_wholesaler_id text, p_retailer_id text, inout p_deadline timestamptz,
  out state text)
language plpgsql set search_path = pg_catalog, public, pg_temp as $$
begin
  perform from credit_account a
    where a.wholesaler_id = p_wholesaler_id and a.retailer_id = p_retailer_id for no key update skip locked;
  if found then
    state := 'locked';
  elsif not exists (select from credit_account a
                    where a.wholesaler_id = p_wholesaler_id and a.retailer_id = p_retailer_id) then
    state := 'missing';
  elsif p_wait = 'none' then
    state := 'busy';
  else
    p_deadline := coalesce(p_deadline, clock_timestamp() + interval '700 milliseconds');
    state := case when credit_queue_for_account(p_wholesaler_id, p_retailer_id, p_deadline) then 'locked' else 'busy' end;
  end if;
end $$;

-- Writes one entry: moves the account's figures by the entry's deltas, chains and stores it, and stores the account.
-- The account must be locked. Only deltas, kind and references need to be filled in.
create function credit_append(inout p_account credit_account, inout p_entry ledger_entry, p_reason text default null)
language plpgsql set search_path = pg_catalog, public, pg_temp as $$
declare
  v_salt bytea;
begin
  p_entry.wholesaler_id := p_account.wholesaler_id;
  p_entry.retailer_id := p_account.retailer_id;
  p_entry.currency := p_account.currency;
  p_entry.limit_delta := coalesce(p_entry.limit_delta, 0);
  p_entry.held_delta := coalesce(p_entry.held_delta, 0);
  p_entry.owed_delta := coalesce(p_entry.owed_delta, 0);
  p_entry.unapplied_delta := coalesce(p_entry.unapplied_delta, 0);
  p_entry.override_minor := coalesce(p_entry.override_minor, 0);
  p_entry.status_after := coalesce(p_entry.status_after, p_account.status);

  p_account.limit_minor := p_account.limit_minor + p_entry.limit_delta;
  p_account.held_minor := p_account.held_minor + p_entry.held_delta;
  p_account.owed_minor := p_account.owed_minor + p_entry.owed_delta;
  p_account.unapplied_minor := p_account.unapplied_minor + p_entry.unapplied_delta;
  p_account.status := p_entry.status_after;
  p_account.seq := p_account.seq + 1;

  p_entry.limit_after := p_account.limit_minor;
  p_entry.held_after := p_account.held_minor;
  p_entry.owed_after := p_account.owed_minor;
  p_entry.unapplied_after := p_account.unapplied_minor;
  p_entry.seq := p_account.seq;
  p_entry.prev_hash := p_account.head_hash;
  if p_reason is not null then
    v_salt := uuid_send(gen_random_uuid());
    p_entry.reason_hash := sha256(v_salt || convert_to(p_reason, 'UTF8'));
    insert into ledger_reason values (p_entry.wholesaler_id, p_entry.id, v_salt, p_reason);
  end if;
  p_entry.hash := sha256(p_entry.prev_hash || convert_to(credit_entry_text(p_entry), 'UTF8'));
  p_account.head_hash := p_entry.hash;

  insert into ledger_entry select (p_entry).*;
  update credit_account a
    set limit_minor = p_account.limit_minor, held_minor = p_account.held_minor, owed_minor = p_account.owed_minor,
        unapplied_minor = p_account.unapplied_minor, status = p_account.status, seq = p_account.seq,
        head_hash = p_account.head_hash
    where a.wholesaler_id = p_account.wholesaler_id and a.retailer_id = p_account.retailer_id;
end $$;

-- Lapses the due holds of one locked account, oldest first, an EXPIRE entry each.
-- `lapsed` tells the caller which orders to move to expired: [{holdId, orderId, entryId, amountMinor}], null if none.
create function credit_lapse_account(inout p_account credit_account, p_now timestamptz, p_limit integer, out lapsed jsonb)
language plpgsql set search_path = pg_catalog, public, pg_temp as $$
declare
  v_hold credit_hold;
  v_rest bigint;
  v_entry ledger_entry;
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
    -- Whoever made the hold lapse: an order never stays open without credit behind it. Bound late, orders come after.
    update orders o set status = 'expired', closed_at = p_now, close_reason = 'the hold expired'
      where o.wholesaler_id = v_hold.wholesaler_id and o.credit_ledger_entry_id = v_hold.id and o.status = 'approved';
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
    lapsed := coalesce(lapsed, '[]') || jsonb_build_object('holdId', v_hold.id, 'orderId', v_hold.order_id,
      'entryId', v_entry.id, 'amountMinor', v_rest::text);
  end loop;
end $$;

-- The amount past its due date and the days of grace, by the wholesaler's calendar.
-- No place on earth is further ahead of UTC than 14 hours: until that day is past, the receivables need no look.
create function credit_overdue(p_account credit_account, p_now timestamptz) returns bigint
language sql stable as $$
  select case
    when p_account.oldest_due_on is null
      or p_account.oldest_due_on + p_account.grace_days >= (p_now at time zone 'UTC' + interval '14 hours')::date then 0
    else (
      select coalesce(sum(r.amount_minor - r.paid_minor), 0)::bigint
      from receivable r
      where r.wholesaler_id = p_account.wholesaler_id and r.retailer_id = p_account.retailer_id
        and r.paid_minor < r.amount_minor
        and r.due_on + p_account.grace_days < (
          select (p_now at time zone w.time_zone)::date from wholesaler w where w.id = p_account.wholesaler_id))
  end
$$;

-- What two requests with the same key must have in common to be the same request.
create function credit_hold_request(p_order_id text, p_amount_minor bigint, p_currency text, p_lifetime integer)
returns bytea
language sql stable parallel safe as $$
  select sha256(convert_to(concat('v1;HOLD;', p_amount_minor, ';', p_currency, ';', p_lifetime, ';',
    octet_length(p_order_id), ':', p_order_id), 'UTF8'))
$$;

-- Settles debts with a payment, oldest due first, and returns how much of it was used.
create function credit_allocate(p_account credit_account, p_payment_id uuid, p_entry_id uuid, p_amount_minor bigint)
returns bigint
language sql volatile set search_path = pg_catalog, public, pg_temp as $$
  with debts as (
    select r.id, r.amount_minor - r.paid_minor as rest,
           sum(r.amount_minor - r.paid_minor) over (order by r.due_on, r.id) - (r.amount_minor - r.paid_minor) as before
    from receivable r
    where r.wholesaler_id = p_account.wholesaler_id and r.retailer_id = p_account.retailer_id
      and r.paid_minor < r.amount_minor
  ), shares as (
    select d.id, least(d.rest, p_amount_minor - d.before)::bigint as share from debts d where d.before < p_amount_minor
  ), settled as (
    update receivable r set paid_minor = r.paid_minor + s.share
    from shares s where r.wholesaler_id = p_account.wholesaler_id and r.id = s.id
    returning r.id, s.share
  ), allocated as (
    insert into payment_allocation (wholesaler_id, payment_id, receivable_id, entry_id, retailer_id, amount_minor)
    select p_account.wholesaler_id, p_payment_id, s.id, p_entry_id, p_account.retailer_id, s.share from settled s
    returning amount_minor
  )
  select coalesce(sum(amount_minor), 0)::bigint from allocated
$$;

-- Brings oldest_due_on up to date after debts were made or settled.
create function credit_refresh_due(inout p_account credit_account)
language plpgsql set search_path = pg_catalog, public, pg_temp as $$
begin
  select min(r.due_on) into p_account.oldest_due_on from receivable r
    where r.wholesaler_id = p_account.wholesaler_id and r.retailer_id = p_account.retailer_id
      and r.paid_minor < r.amount_minor;
  update credit_account a set oldest_due_on = p_account.oldest_due_on
    where a.wholesaler_id = p_account.wholesaler_id and a.retailer_id = p_account.retailer_id;
end $$;

-- ---------------------------------------------------------------------------------------------------------------
-- What the service calls
-- ---------------------------------------------------------------------------------------------------------------

-- Locks those of the given accounts that are free, in key order, and returns them. Waits for none.
create function credit_lock_free_accounts(p_wholesaler_ids text[], p_retailer_ids text[])
returns table (wholesaler_id text, retailer_id text)
language sql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
  select a.wholesaler_id, a.retailer_id
  from credit_account a
  join (select distinct q.w, q.r from unnest(p_wholesaler_ids, p_retailer_ids) as q (w, r)) as wanted
    on a.wholesaler_id = wanted.w and a.retailer_id = wanted.r
  order by a.wholesaler_id, a.retailer_id
  for no key update of a skip locked
$$;

-- What an acquire answers. code is null where credit was given; `because` tells cases of one code apart. The figures are
-- those seen under the lock before the request; lapsed lists holds that lapsed to make room (credit_lapse_account).
create type credit_answer as (
  ordinal integer, wholesaler_id text, retailer_id text, code text, because text, entry_id uuid, replayed boolean,
  currency text, status text, limit_minor bigint, owed_minor bigint, held_minor bigint, available_minor bigint,
  available_after_minor bigint, short_by_minor bigint, overdue_minor bigint, lapsed jsonb);

-- The credit lock. One or more requests over one or more accounts, answered in one trip; requests on one account in the
-- order given, against the running figures. Read, check and write happen under the account's row lock.
--
-- p_wait 'promised': attempt 1 does not wait, attempts 2 to 4 queue (credit_queue_for_account); code
-- MAX_RETRIES_EXCEEDED if all fail. 'none': never waits; code BUSY, nothing recorded.
--
-- Lean on purpose: one pass, arrays in memory, one UPDATE per account and one INSERT for ledger and holds.
-- The plans are generic, since planning costs more than running, and off sequential scans: one made while a table was
-- small is kept until the next ANALYZE. Functions that are called rarely plan each call anew instead.
create function credit_acquire_batch(
  p_wait text, p_wholesaler_ids text[], p_retailer_ids text[], p_keys text[], p_order_ids text[], p_entry_ids uuid[],
  p_amounts bigint[], p_currencies text[], p_lifetimes integer[], p_actors text[], p_sources text[], p_cause_ids text[])
returns setof credit_answer
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
set plan_cache_mode = force_generic_plan
set enable_seqscan = off
as $$
declare
  v_max_minor constant bigint := 9007199254740991;
  v_count constant integer := cardinality(p_keys);
  v_now timestamptz;
  v_deadline timestamptz;
  -- The distinct accounts in key order, their rows, and how locking each went; v_at is the one being worked on.
  v_wholesalers text[] := p_wholesaler_ids;
  v_retailers text[] := p_retailer_ids;
  v_accounts credit_account[] := '{}';
  v_states text[] := '{}';
  v_account credit_account;
  v_state text;
  v_at integer := 0;
  v_seq_before bigint;
  v_overdue bigint;
  v_lapse_tried boolean;
  v_lapse record;
  -- What will be written.
  v_changed credit_account[] := '{}';
  v_entries ledger_entry[] := '{}';
  v_decisions credit_decision[] := '{}';
  v_entry ledger_entry;
  -- Keys that came more than once in this call are looked for among the entries not written yet, too.
  v_repeats boolean := false;
  v_new_keys text[] := '{}';
  v_position integer;
  v_known ledger_entry;
  v_hash bytea;
  v_answer credit_answer;
  r record;
begin
  if v_count > 512 or p_wait not in ('none', 'promised') then
    raise exception 'at most 512 requests and wait mode none or promised, not % and %', v_count, p_wait
      using errcode = 'invalid_parameter_value';
  end if;
  if v_count > 1 then
    select array_agg(d.w order by d.w, d.r), array_agg(d.r order by d.w, d.r) into v_wholesalers, v_retailers
      from (select distinct q.w, q.r from unnest(p_wholesaler_ids, p_retailer_ids) as q (w, r)) as d;
    select count(distinct k) < v_count into v_repeats from unnest(p_keys) as k;
  end if;

  -- Locks accounts in key order, always before any hold or order: every path agrees, so none can deadlock.
  for i in 1 .. cardinality(v_retailers) loop
    -- SKIP LOCKED has the meaning of NOWAIT without its exception, which would cost a subtransaction on every call.
    select * into v_account from credit_account a
      where a.wholesaler_id = v_wholesalers[i] and a.retailer_id = v_retailers[i] for no key update skip locked;
    v_state := 'locked';
    if not found then
      select l.state, l.p_deadline into v_state, v_deadline
        from credit_lock_account(p_wait, v_wholesalers[i], v_retailers[i], v_deadline) as l;
      -- A new statement, hence a new snapshot: the row as the session before us left it.
      select * into v_account from credit_account a
        where a.wholesaler_id = v_wholesalers[i] and a.retailer_id = v_retailers[i];
    end if;
    v_accounts := array_append(v_accounts, v_account);
    v_states := array_append(v_states, v_state);
  end loop;
  v_now := app_clock();

  -- Keys are looked up only now, after the locks: looked up before, two equal requests would both find nothing.
  for r in
    select q.ord, q.w, q.r, q.key, q.order_id, q.entry_id, q.amount, q.currency, q.lifetime, q.actor, q.source, q.cause_id,
           e.id as known_id, e.kind as known_kind, e.retailer_id as known_retailer, e.request_hash as known_request,
           e.limit_after as known_limit, e.owed_after as known_owed, e.held_after as known_held,
           e.held_delta as known_amount, null::text as known_state
    from unnest(p_wholesaler_ids, p_retailer_ids, p_keys, p_order_ids, p_entry_ids, p_amounts, p_currencies, p_lifetimes,
                p_actors, p_sources, p_cause_ids)
      with ordinality as q (w, r, key, order_id, entry_id, amount, currency, lifetime, actor, source, cause_id, ord)
    -- LIMIT keeps this a look-up of each key. As a plain join, planned while the ledger was small, it read all of it.
    left join lateral (
      select * from ledger_entry l where l.wholesaler_id = q.w and l.key = q.key limit 1) as e on true
    order by q.w, q.r, q.ord
  loop
    if v_at = 0 or r.w is distinct from v_answer.wholesaler_id or r.r is distinct from v_answer.retailer_id then
      if v_at > 0 and v_account.seq > v_seq_before then v_changed := array_append(v_changed, v_account); end if;
      v_at := v_at + 1;
      v_account := v_accounts[v_at];
      v_state := v_states[v_at];
      v_seq_before := v_account.seq;
      v_overdue := null;
      v_lapse_tried := false;
    end if;
    v_answer := row(r.ord, r.w, r.r, null, null, null, false, v_account.currency, v_account.status,
      null, null, null, null, null, null, null, null);

    -- The tests, always in this order.
    if r.amount is null or r.amount <= 0 or r.amount > v_max_minor then
      v_answer.code := 'INVALID_AMOUNT';
      v_answer.because := 'amount';
    elsif v_state <> 'locked' then
      v_answer.code := case when v_state = 'missing' then 'CREDIT_ACCOUNT_NOT_FOUND'
        when p_wait = 'none' then 'BUSY' else 'MAX_RETRIES_EXCEEDED' end;
    elsif r.currency <> v_account.currency then
      v_answer.code := 'INVALID_AMOUNT';
      v_answer.because := 'currency';
    else
      v_hash := credit_hold_request(r.order_id, r.amount, v_account.currency, r.lifetime);
      if r.known_id is not null then
        r.known_state := (select h.state from credit_hold h where h.wholesaler_id = r.w and h.id = r.known_id);
      elsif v_repeats then
        v_position := array_position(v_new_keys, r.w || chr(31) || r.key);
        if v_position is not null then
          v_known := v_entries[v_position];
          r.known_id := v_known.id;
          r.known_kind := v_known.kind;
          r.known_retailer := v_known.retailer_id;
          r.known_request := v_known.request_hash;
          r.known_limit := v_known.limit_after;
          r.known_owed := v_known.owed_after;
          r.known_held := v_known.held_after;
          r.known_amount := v_known.held_delta;
          r.known_state := 'open';
        end if;
      end if;
      if r.known_id is not null then
        if r.known_retailer = r.r and r.known_kind = 'HOLD' and r.known_request = v_hash and r.known_state = 'open' then
          -- The answer that was given the first time, from the entry that it wrote.
          v_answer.entry_id := r.known_id;
          v_answer.replayed := true;
          v_answer.limit_minor := r.known_limit;
          v_answer.owed_minor := r.known_owed;
          v_answer.held_minor := r.known_held - r.known_amount;
          v_answer.available_minor := r.known_limit - r.known_owed - v_answer.held_minor;
          v_answer.available_after_minor := v_answer.available_minor - r.known_amount;
          return next v_answer;
          continue;
        end if;
        v_answer.code := 'DUPLICATE_ORDER';
        v_answer.because := case
          when r.known_retailer <> r.r then 'other_account'
          when r.known_kind <> 'HOLD' or r.known_request <> v_hash then 'other_request'
          else r.known_state end;
      elsif v_account.status <> 'active' then
        v_answer.code := case v_account.status when 'blocked' then 'CREDIT_BLOCKED' else 'CREDIT_INACTIVE' end;
        v_answer.because := case v_account.status when 'blocked' then 'staff' else 'closed' end;
      elsif v_account.limit_valid_until < v_now then
        v_answer.code := 'CREDIT_INACTIVE';
        v_answer.because := 'limit_lapsed';
      else
        if v_account.oldest_due_on is not null then
          v_overdue := coalesce(v_overdue, credit_overdue(v_account, v_now));
        end if;
        if v_overdue > v_account.overdue_tolerance_minor then
          v_answer.code := 'CREDIT_BLOCKED';
          v_answer.because := 'overdue';
        elsif r.amount > v_account.limit_minor - v_account.owed_minor - v_account.held_minor then
          if not v_lapse_tried then
            v_lapse_tried := true;
            v_lapse := credit_lapse_account(v_account, v_now, 512);
            v_account := v_lapse.p_account;
            v_answer.lapsed := v_lapse.lapsed;
          end if;
          if r.amount > v_account.limit_minor - v_account.owed_minor - v_account.held_minor then
            v_answer.code := 'INSUFFICIENT_CREDIT';
          end if;
        end if;
      end if;
      v_answer.limit_minor := v_account.limit_minor;
      v_answer.owed_minor := v_account.owed_minor;
      v_answer.held_minor := v_account.held_minor;
      v_answer.available_minor := v_account.limit_minor - v_account.owed_minor - v_account.held_minor;
      v_answer.overdue_minor := v_overdue;
    end if;

    if v_answer.code is null then
      v_account.held_minor := v_account.held_minor + r.amount;
      v_account.seq := v_account.seq + 1;
      -- In the order of the table's columns. One ROW, because each assignment would be an expression of its own to
      -- prepare in every transaction.
      v_entry := row(r.w, r.r, v_account.seq, r.entry_id, 'HOLD', v_now, v_account.currency, 0, r.amount, 0, 0,
        v_account.limit_minor, v_account.held_minor, v_account.owed_minor, v_account.unapplied_minor, v_account.status, 0,
        r.order_id, r.entry_id, v_now + make_interval(mins => coalesce(r.lifetime, v_account.hold_lifetime_minutes)),
        null, null, null, r.key, v_hash, r.actor, null, r.source, r.cause_id, v_account.head_hash, null);
      v_account.head_hash := sha256(v_account.head_hash || convert_to(credit_entry_text(v_entry), 'UTF8'));
      v_entry.hash := v_account.head_hash;
      v_entries := array_append(v_entries, v_entry);
      if v_repeats then v_new_keys := array_append(v_new_keys, r.w || chr(31) || r.key); end if;
      v_answer.entry_id := r.entry_id;
      v_answer.available_after_minor := v_answer.available_minor - r.amount;
    elsif v_answer.code <> 'BUSY' then
      if v_answer.code = 'INSUFFICIENT_CREDIT' then v_answer.short_by_minor := r.amount - v_answer.available_minor; end if;
      v_decisions := array_append(v_decisions, row(r.w, r.r, v_now, credit_new_id(), r.key, r.order_id, v_answer.code,
        v_answer.because, r.amount, coalesce(r.currency, v_answer.currency), v_answer.limit_minor, v_answer.owed_minor,
        v_answer.held_minor, v_answer.available_minor, 0, v_answer.short_by_minor, v_answer.overdue_minor, r.actor, r.source,
        r.cause_id)::credit_decision);
    end if;
    return next v_answer;
  end loop;
  if v_account.seq > v_seq_before then v_changed := array_append(v_changed, v_account); end if;

  if cardinality(v_entries) > 0 then
    -- Once per account, each by its key: joined with the array, a plan made for a few accounts would read all of many.
    foreach v_account in array v_changed loop
      update credit_account a
        set held_minor = v_account.held_minor, seq = v_account.seq, head_hash = v_account.head_hash
        where a.wholesaler_id = v_account.wholesaler_id and a.retailer_id = v_account.retailer_id;
    end loop;
    with written as (
      insert into ledger_entry select * from unnest(v_entries) returning *
    )
    insert into credit_hold (wholesaler_id, id, retailer_id, order_id, amount_minor, opened_at, expires_at)
      select w.wholesaler_id, w.hold_id, w.retailer_id, w.order_id, w.held_delta, w.at, w.expires_at from written w;
  end if;
  if cardinality(v_decisions) > 0 then
    insert into credit_decision select * from unnest(v_decisions);
  end if;
end $$;

-- Gives back what holds still hold, a request per hold, named by its HOLD entry. Locks accounts in key order, then holds.
-- A hold that was released before answers as it did then, with replayed true; a row per request, code null if released.
-- The wholesaler may be null where the caller of the library knows only the entry.
create function credit_release_batch(
  p_wait text, p_wholesaler_ids text[], p_entry_ids uuid[], p_reasons text[], p_actors text[], p_sources text[],
  p_cause_ids text[])
returns table (ordinal integer, code text, because text, entry_id uuid, hold_id uuid, replayed boolean, wholesaler_id text,
  retailer_id text, order_id text, released_minor bigint, currency text, available_minor bigint)
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
set plan_cache_mode = force_generic_plan
set enable_seqscan = off
as $$
#variable_conflict use_column
declare
  v_count constant integer := cardinality(p_entry_ids);
  v_deadline timestamptz;
  v_state text;
  v_busy jsonb := '{}';
  v_account credit_account;
  v_hold credit_hold;
  v_entry ledger_entry;
  v_now timestamptz;
  r record;
begin
  if p_wait not in ('none', 'promised') then
    raise exception 'unknown wait mode %', p_wait using errcode = 'invalid_parameter_value';
  end if;
  if v_count > 512 then
    raise exception 'a batch holds at most 512 requests, not %', v_count using errcode = 'program_limit_exceeded';
  end if;

  for i in 1 .. v_count loop
    if p_wholesaler_ids[i] is null then
      -- By way of the few wholesalers, because every index of holds starts with them.
      p_wholesaler_ids[i] := (select h.wholesaler_id
        from wholesaler w join credit_hold h on h.wholesaler_id = w.id and h.id = p_entry_ids[i]);
    end if;
  end loop;

  for r in
    select distinct h.wholesaler_id as w, h.retailer_id as r
    from unnest(p_wholesaler_ids, p_entry_ids) as q (w, entry_id)
    cross join lateral (
      select * from credit_hold c where c.wholesaler_id = q.w and c.id = q.entry_id limit 1) as h
    order by 1, 2
  loop
    select l.state, l.p_deadline into v_state, v_deadline from credit_lock_account(p_wait, r.w, r.r, v_deadline) as l;
    if v_state = 'busy' then v_busy := v_busy || jsonb_build_object(r.w || chr(31) || r.r, true); end if;
  end loop;

  v_now := app_clock();
  for i in 1 .. v_count loop
    ordinal := i;
    code := null;
    because := null;
    entry_id := null;
    hold_id := p_entry_ids[i];
    replayed := false;
    wholesaler_id := p_wholesaler_ids[i];
    retailer_id := null;
    order_id := null;
    released_minor := null;
    currency := null;
    available_minor := null;
    v_hold := null;
    -- The account's lock, taken above, comes first; this one is for those who look at the hold alone.
    select h.* into v_hold from credit_hold h
      where h.wholesaler_id = p_wholesaler_ids[i] and h.id = p_entry_ids[i]
        and not v_busy ? (h.wholesaler_id || chr(31) || h.retailer_id)
      for no key update;
    if p_reasons[i] is null or btrim(p_reasons[i]) = '' or length(p_reasons[i]) > 500 then
      code := 'INVALID_REASON';
    elsif v_hold.id is null then
      code := case
        when not exists (select from credit_hold h where h.wholesaler_id = p_wholesaler_ids[i] and h.id = p_entry_ids[i])
          then 'LEDGER_ENTRY_NOT_FOUND'
        when p_wait = 'none' then 'BUSY'
        else 'MAX_RETRIES_EXCEEDED' end;
    else
      retailer_id := v_hold.retailer_id;
      order_id := v_hold.order_id;
      v_entry := null;
      if v_hold.state = 'open' then
        select a.* into v_account from credit_account a
          where a.wholesaler_id = v_hold.wholesaler_id and a.retailer_id = v_hold.retailer_id;
        v_entry.id := credit_new_id();
        v_entry.kind := 'RELEASE';
        v_entry.at := v_now;
        v_entry.held_delta := -(v_hold.amount_minor - v_hold.captured_minor - v_hold.released_minor);
        v_entry.order_id := v_hold.order_id;
        v_entry.hold_id := v_hold.id;
        v_entry.key := 'release:' || v_hold.id;
        v_entry.actor := p_actors[i];
        v_entry.source := p_sources[i];
        v_entry.cause_id := p_cause_ids[i];
        update credit_hold h
          set released_minor = h.released_minor - v_entry.held_delta, state = 'released', closed_at = v_now
          where h.wholesaler_id = v_hold.wholesaler_id and h.id = v_hold.id;
        v_entry := (credit_append(v_account, v_entry, p_reasons[i])).p_entry;
      else
        select e.* into v_entry from ledger_entry e
          where e.wholesaler_id = v_hold.wholesaler_id and e.key = 'release:' || v_hold.id;
        replayed := found;
      end if;
      if v_entry.id is null then
        code := 'HOLD_NOT_OPEN';
        because := v_hold.state;
      else
        entry_id := v_entry.id;
        released_minor := -v_entry.held_delta;
        currency := v_entry.currency;
        available_minor := v_entry.limit_after - v_entry.owed_after - v_entry.held_after;
      end if;
    end if;
    return next;
  end loop;
end $$;

-- Lapses due holds of all accounts that are free, at most p_limit, and returns them, so that their orders can follow.
-- For a timer: an account that is busy now is met again by the next sweep.
create function credit_expire_due_holds(p_limit integer)
returns table (wholesaler_id text, retailer_id text, order_id text, hold_id uuid, entry_id uuid, amount_minor bigint)
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
set plan_cache_mode = force_custom_plan
set enable_seqscan = off
as $$
#variable_conflict use_column
declare
  v_now timestamptz := app_clock();
  v_left integer := p_limit;
  v_account credit_account;
  v_lapsed jsonb;
  r record;
begin
  for r in
    select distinct due.wholesaler_id as w, due.retailer_id as r
    from wholesaler t
    cross join lateral (
      select h.wholesaler_id, h.retailer_id from credit_hold h
      where h.wholesaler_id = t.id and h.state = 'open' and h.expires_at <= v_now
      order by h.expires_at limit p_limit) as due
    order by 1, 2
  loop
    exit when v_left <= 0;
    select * into v_account from credit_account a
      where a.wholesaler_id = r.w and a.retailer_id = r.r for no key update skip locked;
    continue when not found;
    select l.lapsed into v_lapsed from credit_lapse_account(v_account, v_now, v_left) as l;
    v_left := v_left - coalesce(jsonb_array_length(v_lapsed), 0);
    return query
      select r.w, r.r, x->>'orderId', (x->>'holdId')::uuid, (x->>'entryId')::uuid, (x->>'amountMinor')::bigint
      from jsonb_array_elements(coalesce(v_lapsed, '[]')) as x;
  end loop;
end $$;

-- Books a payment: oldest debt first, the rest stays unapplied. The same key and request answer as the first time.
-- Blocked and closed accounts take payments too.
create function credit_record_payment(
  p_wholesaler_id text, p_retailer_id text, p_key text, p_entry_id uuid, p_amount_minor bigint, p_currency text,
  p_method text, p_reference text, p_actor text, p_source text, p_cause_id text)
returns table (code text, because text, entry_id uuid, replayed boolean, currency text, applied_minor bigint,
  unapplied_minor bigint, owed_minor bigint, available_minor bigint)
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
set plan_cache_mode = force_custom_plan
set enable_seqscan = off
as $$
#variable_conflict use_column
declare
  v_max_minor constant bigint := 9007199254740991;
  v_account credit_account;
  v_entry ledger_entry;
  v_state text;
  v_hash bytea;
  v_applied bigint;
begin
  replayed := false;
  if p_amount_minor is null or p_amount_minor <= 0 or p_amount_minor > v_max_minor then
    code := 'INVALID_AMOUNT';
    because := 'amount';
    return next;
    return;
  end if;
  v_state := (credit_lock_account('promised', p_wholesaler_id, p_retailer_id, null)).state;
  select a.* into v_account from credit_account a
    where a.wholesaler_id = p_wholesaler_id and a.retailer_id = p_retailer_id;
  currency := v_account.currency;
  v_hash := sha256(convert_to(concat('v1;PAYMENT;', p_amount_minor, ';', v_account.currency, ';',
    octet_length(p_method), ':', p_method, coalesce(octet_length(p_reference), -1), ':', p_reference), 'UTF8'));
  select e.* into v_entry from ledger_entry e where e.wholesaler_id = p_wholesaler_id and e.key = p_key;
  if v_state <> 'locked' then
    code := case v_state when 'missing' then 'CREDIT_ACCOUNT_NOT_FOUND' else 'MAX_RETRIES_EXCEEDED' end;
  elsif p_currency <> v_account.currency then
    code := 'INVALID_AMOUNT';
    because := 'currency';
  elsif v_entry.id is not null and v_entry.retailer_id <> p_retailer_id then
    code := 'DUPLICATE_ORDER';
    because := 'other_account';
  elsif v_entry.id is not null and (v_entry.kind <> 'PAYMENT' or v_entry.request_hash is distinct from v_hash) then
    code := 'DUPLICATE_ORDER';
    because := 'other_request';
  elsif v_entry.id is null and v_account.unapplied_minor + p_amount_minor > v_max_minor then
    code := 'INVALID_AMOUNT';
    because := 'amount';
  end if;
  if code is not null then
    return next;
    return;
  end if;

  if v_entry.id is not null then
    replayed := true;
  else
    insert into payment (wholesaler_id, id, retailer_id, kind, amount_minor, unapplied_minor, method, reference, received_at)
      values (p_wholesaler_id, p_entry_id, p_retailer_id, 'payment', p_amount_minor, p_amount_minor, p_method, p_reference,
              app_clock());
    v_applied := credit_allocate(v_account, p_entry_id, p_entry_id, p_amount_minor);
    update payment p set unapplied_minor = p_amount_minor - v_applied
      where p.wholesaler_id = p_wholesaler_id and p.id = p_entry_id;
    v_account := credit_refresh_due(v_account);
    v_entry := null;
    v_entry.id := p_entry_id;
    v_entry.kind := 'PAYMENT';
    v_entry.at := app_clock();
    v_entry.owed_delta := -v_applied;
    v_entry.unapplied_delta := p_amount_minor - v_applied;
    v_entry.payment_id := p_entry_id;
    v_entry.key := p_key;
    v_entry.request_hash := v_hash;
    v_entry.actor := p_actor;
    v_entry.source := p_source;
    v_entry.cause_id := p_cause_id;
    v_entry := (credit_append(v_account, v_entry)).p_entry;
  end if;
  entry_id := v_entry.id;
  applied_minor := -v_entry.owed_delta;
  unapplied_minor := v_entry.unapplied_delta;
  owed_minor := v_entry.owed_after;
  available_minor := v_entry.limit_after - v_entry.owed_after - v_entry.held_after;
  return next;
end $$;

-- Sets who may get new holds: active, blocked or closed. Only new holds stop; payments and releases always work.
-- An account that already has the status answers with replayed true and writes nothing.
create function credit_set_status(
  p_wholesaler_id text, p_retailer_id text, p_entry_id uuid, p_status text, p_reason text, p_actor text, p_source text,
  p_cause_id text)
returns table (code text, because text, entry_id uuid, replayed boolean, currency text, available_minor bigint)
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
set plan_cache_mode = force_custom_plan
set enable_seqscan = off
as $$
#variable_conflict use_column
declare
  v_account credit_account;
  v_entry ledger_entry;
  v_state text;
begin
  replayed := false;
  if p_reason is null or btrim(p_reason) = '' or length(p_reason) > 500 then
    code := 'INVALID_REASON';
    return next;
    return;
  end if;
  v_state := (credit_lock_account('promised', p_wholesaler_id, p_retailer_id, null)).state;
  select a.* into v_account from credit_account a
    where a.wholesaler_id = p_wholesaler_id and a.retailer_id = p_retailer_id;
  if v_state <> 'locked' then
    code := case v_state when 'missing' then 'CREDIT_ACCOUNT_NOT_FOUND' else 'MAX_RETRIES_EXCEEDED' end;
    return next;
    return;
  end if;
  if v_account.status = p_status then
    replayed := true;
    select e.id into entry_id from ledger_entry e
      where e.wholesaler_id = p_wholesaler_id and e.retailer_id = p_retailer_id and e.kind in ('BLOCK', 'UNBLOCK')
      order by e.seq desc limit 1;
  else
    v_entry.id := p_entry_id;
    v_entry.kind := case p_status when 'active' then 'UNBLOCK' else 'BLOCK' end;
    v_entry.at := app_clock();
    v_entry.status_after := p_status;
    v_entry.actor := p_actor;
    v_entry.source := p_source;
    v_entry.cause_id := p_cause_id;
    update credit_account a
      set block_reason = case p_status when 'active' then null else p_reason end, status = p_status
      where a.wholesaler_id = p_wholesaler_id and a.retailer_id = p_retailer_id;
    perform credit_append(v_account, v_entry, p_reason);
    entry_id := p_entry_id;
  end if;
  currency := v_account.currency;
  available_minor := v_account.limit_minor - v_account.owed_minor - v_account.held_minor;
  return next;
end $$;

-- Opens accounts, or brings open ones to the terms given; what a request leaves out stays as it is. In key order.
-- p_accounts: [{wholesalerId, retailerId, currency?, limitMinor?, owedMinor?, status?, blockReason?, termsDays?,
-- graceDays?, overdueToleranceMinor?, overCaptureBasisPoints?, holdLifetimeMinutes?, limitValidUntil?}], amounts as
-- decimal strings, limitValidUntil a time, or a day that counts to its end on the wholesaler's calendar; null clears it.
-- A changed limit or status becomes a ledger entry. What was owed before is booked when the account is opened, once,
-- as a debt due termsDays later; on an open account owedMinor is ignored, because the debt has moved since.
-- `changes` tells what was done, [{what: opened, limit, owed, status or terms, from?, to?}]; empty if nothing was to do.
create function credit_open_accounts(p_accounts jsonb, p_actor text, p_source text)
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
  v_zone text;
  v_currency text;
  v_owed bigint;
  v_due date;
  v_status text;
  v_limit bigint;
  v_deadline timestamptz;
  v_state text;
  v_opened boolean;
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
    if r.item ? 'limitValidUntil' then
      v_terms.limit_valid_until := case
        when r.item->>'limitValidUntil' ~ '^\d{4}-\d\d-\d\d$'
          then ((r.item->>'limitValidUntil')::date + 1)::timestamp at time zone v_zone
        else (r.item->>'limitValidUntil')::timestamptz end;
    end if;
    v_status := coalesce(r.item->>'status', v_account.status);
    v_terms.block_reason := case when v_status = 'active' then null
      else coalesce(r.item->>'blockReason', v_account.block_reason) end;
    v_limit := coalesce((r.item->>'limitMinor')::bigint, v_account.limit_minor);
    v_owed := case when v_opened then coalesce((r.item->>'owedMinor')::bigint, 0) else 0 end;

    if v_limit <> v_account.limit_minor then
      v_entry := v_blank;
      v_entry.id := credit_new_id();
      v_entry.kind := 'LIMIT_CHANGE';
      v_entry.at := app_clock();
      v_entry.limit_delta := v_limit - v_account.limit_minor;
      v_account := (credit_append(v_account, v_entry, v_reason)).p_account;
      changes := changes || jsonb_build_object('what', 'limit', 'from', (v_limit - v_entry.limit_delta)::text,
        'to', v_limit::text);
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
    if (v_terms.terms_days, v_terms.grace_days, v_terms.overdue_tolerance_minor, v_terms.over_capture_bp,
        v_terms.hold_lifetime_minutes, v_terms.limit_valid_until, v_terms.block_reason)
       is distinct from (v_account.terms_days, v_account.grace_days, v_account.overdue_tolerance_minor,
        v_account.over_capture_bp, v_account.hold_lifetime_minutes, v_account.limit_valid_until, v_account.block_reason) then
      update credit_account a
        set terms_days = v_terms.terms_days, grace_days = v_terms.grace_days,
            overdue_tolerance_minor = v_terms.overdue_tolerance_minor, over_capture_bp = v_terms.over_capture_bp,
            hold_lifetime_minutes = v_terms.hold_lifetime_minutes, limit_valid_until = v_terms.limit_valid_until,
            block_reason = v_terms.block_reason
        where a.wholesaler_id = r.w and a.retailer_id = r.r;
      if not v_opened then changes := changes || '{"what": "terms"}'::jsonb; end if;
    end if;
    return next;
  end loop;
end $$;

-- Every decision on a request for credit with its arithmetic and its cause: refusals as they were recorded, approvals
-- as their ledger entries show them.
create view credit_verdict as
  select wholesaler_id, retailer_id, at, id, key, order_id, null::text as code, null::text as because,
         held_delta as amount_minor, currency, limit_after as limit_minor, owed_after as owed_minor,
         held_after - held_delta as held_minor, limit_after - owed_after - held_after + held_delta as available_minor,
         override_minor, null::bigint as short_by_minor, actor, source, cause_id
  from ledger_entry where kind = 'HOLD'
  union all
  select wholesaler_id, retailer_id, at, id, key, order_id, code, because, amount_minor, currency, limit_minor,
         owed_minor, held_minor, available_minor, coalesce(override_minor, 0), short_by_minor, actor, source, cause_id
  from credit_decision;

-- ---------------------------------------------------------------------------------------------------------------
-- Rights
-- ---------------------------------------------------------------------------------------------------------------

-- Every function of this migration is taken from PUBLIC; what the service may call is granted by name.
do $$
declare f regprocedure;
begin
  for f in select p.oid::regprocedure from pg_proc p
           where p.pronamespace = 'public'::regnamespace and p.proname like 'credit\_%' loop
    execute format('revoke all on function %s from public', f);
  end loop;
end $$;

grant execute on function
  credit_lock_free_accounts(text[], text[]),
  credit_acquire_batch(text, text[], text[], text[], text[], uuid[], bigint[], text[], integer[], text[], text[], text[]),
  credit_release_batch(text, text[], uuid[], text[], text[], text[], text[]),
  credit_expire_due_holds(integer),
  credit_record_payment(text, text, text, uuid, bigint, text, text, text, text, text, text),
  credit_set_status(text, text, uuid, text, text, text, text, text),
  credit_open_accounts(jsonb, text, text),
  -- These only compute: reading a balance and proving the ledger need them.
  credit_overdue(credit_account, timestamptz),
  credit_entry_text(ledger_entry),
  credit_entry_holds(ledger_entry),
  credit_genesis_hash(text, text, text)
  to orderlock_app;
-- The deferred trigger runs at COMMIT with the rights of the session.
grant execute on function credit_account_must_match() to orderlock_app;

grant select on credit_account, ledger_entry, ledger_reason, credit_hold, credit_override, receivable, payment,
  payment_allocation, credit_decision, credit_verdict to orderlock_app;
