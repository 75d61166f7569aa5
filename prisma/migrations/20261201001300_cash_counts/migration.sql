-- What was counted in a cashier's drawer at the end of a day, beside what the books say should be in it. Counting again adds
-- a row and changes none: what was counted first stays known.
create table cash_count (
  wholesaler_id  text not null references wholesaler,
  -- On the wholesaler's calendar.
  day            date not null,
  -- Whose drawer, as the ledger names who books: `staff:<id>`.
  cashier        text not null check (length(cashier) between 1 and 200),
  -- First, second, ... count of this drawer on this day: of two people who count at once only one is the next.
  nth            integer not null check (nth > 0),
  -- Cash that was booked less cash that was taken back, at the moment of counting; below zero when more went out.
  expected_minor bigint not null,
  counted_minor  bigint not null check (counted_minor >= 0),
  currency       text not null check (currency ~ '^[A-Z]{3}$'),
  note           text check (length(note) between 1 and 300),
  counted_by     text not null check (length(counted_by) between 1 and 200),
  counted_at     timestamptz not null default app_clock(),
  -- The form's: sent twice, it counts once.
  key            text not null check (length(key) between 1 and 200),
  primary key (wholesaler_id, day, cashier, nth)
);
create unique index cash_count_once on cash_count (wholesaler_id, key);

grant select, insert on cash_count to orderlock_app;
