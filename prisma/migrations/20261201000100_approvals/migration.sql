-- Orders that wait: for an approver's word, or for credit. They have number, lines and prices, and no hold yet.

-- Until when a waiting order waits; kept as it was once the wait is over.
alter table orders add column waits_until timestamptz;
-- Since when an order that waits on credit fits and its shop has been told; null while it does not fit.
alter table orders add column offered_at timestamptz;

-- A wait may end without credit, too.
alter table orders drop constraint orders_check;
alter table orders add constraint orders_hold check (credit_ledger_entry_id is not null
  or status in ('waiting_for_approval', 'waiting_on_credit', 'rejected', 'cancelled', 'expired'));
alter table orders add constraint orders_waiting check (status not in ('waiting_for_approval', 'waiting_on_credit')
  or credit_ledger_entry_id is null and waits_until is not null);

-- Few at any time: for the sweeps, and for the shop whose order waits.
create index orders_waiting_by_retailer on orders (wholesaler_id, retailer_id, placed_at)
  where status in ('waiting_for_approval', 'waiting_on_credit');

-- What may become of an order: the same as src/orders/lifecycle.ts says. A test compares the two, pair by pair.
create function order_may_become(p_from text, p_to text) returns boolean
language sql immutable as $$
  select case p_from
    when 'waiting_for_approval' then p_to in ('approved', 'rejected', 'cancelled', 'expired')
    when 'waiting_on_credit' then p_to in ('approved', 'cancelled', 'expired')
    when 'approved' then p_to in ('part_delivered', 'delivered', 'cancelled', 'expired')
    when 'part_delivered' then p_to = 'delivered'
    when 'cancelled' then p_to = 'approved'
    when 'expired' then p_to = 'approved'
    else false
  end
$$;

create function order_keeps_its_course() returns trigger language plpgsql as $$
begin
  if not public.order_may_become(old.status, new.status) then
    raise exception 'an order that is % cannot become %', old.status, new.status using errcode = 'check_violation';
  end if;
  return null;
end $$;
-- A trigger and no CHECK, since a CHECK does not see what was before. Placing is an INSERT and pays nothing for it.
create trigger order_keeps_its_course after update of status on orders for each row
  when (old.status is distinct from new.status) execute function order_keeps_its_course();

-- An order that waits on credit is confirmed at the prices of that day: its lines are then written anew.
grant update, delete on order_line to orderlock_app;

-- That a shop asks for more than its credit, once per order at a time. The row of the order is locked before this one.
create table approval_request (
  wholesaler_id text not null,
  id            uuid not null,
  order_id      text not null,
  retailer_id   text not null,
  -- refused: an approver said yes and the credit lock no. withdrawn: the shop took the order back.
  state         text not null default 'open' check (state in ('open', 'approved', 'rejected', 'refused', 'withdrawn', 'expired')),
  -- How much above its credit the order was when it was asked for, and the figures by which: no more than this is granted.
  short_minor   bigint not null check (short_minor > 0),
  limit_minor   bigint not null,
  owed_minor    bigint not null,
  held_minor    bigint not null,
  overdue_minor bigint not null,
  asked_at      timestamptz not null default app_clock(),
  expires_at    timestamptz not null,
  decided_at    timestamptz,
  -- approver:<id>, staff:<id>, retailer:<id> or system.
  decided_by    text check (length(decided_by) between 1 and 200),
  -- Why the credit lock refused what was approved.
  refusal_code  text,
  primary key (wholesaler_id, id),
  foreign key (wholesaler_id, order_id) references orders,
  foreign key (wholesaler_id, retailer_id) references retailer,
  check ((state = 'open') = (decided_at is null)),
  check ((decided_at is null) = (decided_by is null)),
  check ((state = 'refused') = (refusal_code is not null))
);
create unique index approval_request_open on approval_request (wholesaler_id, order_id) where state = 'open';
create index approval_request_by_order on approval_request (wholesaler_id, order_id);
create index approval_request_due on approval_request (wholesaler_id, expires_at) where state = 'open';

grant select, insert, update on approval_request to orderlock_app;

-- Whoever decides on an order that waits holds its account first, like everybody else: an approval, a cancellation and a
-- payment that come together then follow each other. Waits as the credit lock promises; what is missing in the answer
-- stayed with somebody else, or does not exist.
create function credit_await_accounts(p_wholesaler_ids text[], p_retailer_ids text[])
returns table (wholesaler_id text, retailer_id text)
language sql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
  select a.wholesaler_id, a.retailer_id from unnest(credit_lock_accounts(p_wholesaler_ids, p_retailer_ids)) as a
$$;
revoke all on function credit_await_accounts(text[], text[]) from public;
grant execute on function credit_await_accounts(text[], text[]) to orderlock_app;
