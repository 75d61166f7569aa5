-- Notices: what a shop is told without having asked for it, once per occasion.

create table notice (
  wholesaler_id text not null,
  id            uuid not null,
  retailer_id   text not null,
  kind          text not null check (kind ~ '^[a-z_]{1,40}$'),
  -- Names the occasion: a ledger entry, a shop and a day, a hold and the time it lapses.
  occasion      text not null check (length(occasion) between 1 and 300),
  -- The internal event that the shop's chat gets.
  payload       jsonb not null,
  state         text not null default 'waiting' check (state in ('waiting', 'told', 'dropped')),
  not_before    timestamptz not null,
  -- Told later than this it is of no use to anybody, and is dropped.
  useful_until  timestamptz not null,
  created_at    timestamptz not null default app_clock(),
  settled_at    timestamptz,
  -- Why it was dropped.
  why           text,
  primary key (wholesaler_id, id),
  foreign key (wholesaler_id, retailer_id) references retailer,
  check ((state = 'waiting') = (settled_at is null)),
  check ((state = 'dropped') = (why is not null))
);
-- What makes each notice go once, whoever looks, and however often.
create unique index notice_occasion on notice (wholesaler_id, occasion);
create index notice_due on notice (wholesaler_id, not_before) where state = 'waiting';
create index notice_by_retailer on notice (wholesaler_id, retailer_id, created_at);

-- How far a wholesaler's books were looked through. The row is what keeps two processes from looking at once.
create table notice_watch (
  wholesaler_id  text primary key references wholesaler,
  ledger_until   timestamptz not null,
  -- The day of the wholesaler's calendar up to which all shops were looked at for reminders.
  reminded_until date,
  -- The round that is under way, and the last shop that it looked at.
  round_on       date,
  round_after    text,
  check ((round_on is null) = (round_after is null))
);

-- Entries that are news to a shop: few among all, and found by their time over all accounts of a wholesaler.
create index ledger_entry_news on ledger_entry (wholesaler_id, at)
  where kind in ('PAYMENT', 'PAYMENT_REVERSAL', 'CAPTURE', 'LIMIT_CHANGE', 'BLOCK', 'UNBLOCK');

grant select, insert, update on notice, notice_watch to orderlock_app;
