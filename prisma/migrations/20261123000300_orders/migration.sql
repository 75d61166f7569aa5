-- Orders and their lines. An order is written in the transaction of its hold; prices and units are fixed at placing.

create table orders (
  wholesaler_id          text not null,
  id                     text not null check (id <> '' and length(id) <= 200),
  -- Short, unique per wholesaler, for people to say. Gaps are allowed: numbers taken for refused orders are not reused.
  number                 integer not null,
  retailer_id            text not null,
  status                 text not null check (status in ('waiting_for_approval', 'waiting_on_credit', 'approved',
                           'part_delivered', 'delivered', 'cancelled', 'rejected', 'expired')),
  currency               text not null,
  amount_minor           bigint not null check (amount_minor > 0),
  source                 text not null check (source in ('chat', 'cart', 'api')),
  -- The ledger entry of the hold that this order stands on.
  credit_ledger_entry_id uuid,
  -- Conversation and event that placed it, where it came by WhatsApp.
  line_id                uuid,
  person_key             text,
  cause_event_id         uuid,
  placed_at              timestamptz not null default app_clock(),
  closed_at              timestamptz,
  close_reason           text,
  primary key (wholesaler_id, id),
  unique (wholesaler_id, number),
  -- No two orders stand on one hold.
  unique (wholesaler_id, credit_ledger_entry_id),
  foreign key (wholesaler_id, retailer_id) references retailer,
  foreign key (wholesaler_id, line_id, person_key) references conversation,
  -- A hold has the id of the ledger entry that opened it.
  foreign key (wholesaler_id, credit_ledger_entry_id) references credit_hold (wholesaler_id, id),
  -- A live order stands on a hold; only states without credit may lack one.
  check (credit_ledger_entry_id is not null or status in ('waiting_for_approval', 'waiting_on_credit', 'rejected', 'cancelled'))
) with (fillfactor = 80);
create index orders_by_retailer on orders (wholesaler_id, retailer_id, placed_at);

create table order_line (
  wholesaler_id    text not null,
  order_id         text not null,
  position         integer not null check (position > 0),
  sku              text not null,
  -- As it was when the order was placed.
  name             text not null,
  unit             text not null,
  quantity_milli   bigint not null check (quantity_milli > 0),
  unit_price_minor bigint not null check (unit_price_minor >= 0),
  total_minor      bigint not null check (total_minor >= 0),
  primary key (wholesaler_id, order_id, position),
  foreign key (wholesaler_id, order_id) references orders,
  check (total_minor = floor((quantity_milli::numeric * unit_price_minor + 500) / 1000))
);

grant select, insert, update on orders to orderlock_app;
grant select, insert on order_line to orderlock_app;
