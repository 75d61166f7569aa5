-- What a shop calls its products, learned from choices that it confirmed by an order: "sona 25" is this sack to this shop.

-- Written only in the transaction that places the order, while the shop's credit account is locked: so two orders of one
-- shop never learn at once, and two shops never touch the same row.
create table learned_alias (
  wholesaler_id      text not null,
  retailer_id        text not null,
  -- As the shop said them, in the parser's spelling: without quantity, unit and talk.
  words              text not null check (length(words) between 1 and 80),
  -- No foreign key: a product that is gone leaves an alias that the parser passes over.
  sku                text not null check (sku <> '' and length(sku) <= 200),
  -- How often in a row orders confirmed this product for these words.
  times_confirmed    integer not null check (times_confirmed >= 0),
  -- True after choices contradicted each other: the retailer is asked until the same product was confirmed twice in a row.
  asks               boolean not null default false,
  first_confirmed_at timestamptz not null,
  last_confirmed_at  timestamptz not null,
  -- The inbox event whose order taught it last.
  event_id           uuid not null,
  primary key (wholesaler_id, retailer_id, words),
  foreign key (wholesaler_id, retailer_id) references retailer,
  check (asks or times_confirmed > 0)
);

grant select, insert, update, delete on learned_alias to orderlock_app;
