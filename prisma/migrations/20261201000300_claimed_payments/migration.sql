-- Payments that shops say they made. They wait for a cashier; none of them is money until one is recorded.

create table claimed_payment (
  wholesaler_id  text not null,
  id             uuid not null,
  retailer_id    text not null,
  -- The message that said it, and the conversation that it came in.
  event_id       uuid not null,
  line_id        uuid not null,
  person_key     text not null,
  -- The message that brought a picture of the slip: incoming_media has it by this id.
  photo_event_id uuid,
  -- Null while the person has not said how much: the picture is there to be looked at.
  amount_minor   bigint check (amount_minor > 0),
  currency       text not null check (currency ~ '^[A-Z]{3}$'),
  method         text check (length(method) between 1 and 40),
  reference      text check (length(reference) between 1 and 40),
  -- The reference without case, spaces and marks, by which a second claim of one payment is known.
  reference_key  text check (length(reference_key) between 1 and 40),
  state          text not null default 'open' check (state in ('open', 'recorded', 'refused')),
  claimed_at     timestamptz not null default app_clock(),
  decided_at     timestamptz,
  decided_by     text check (length(decided_by) between 1 and 200),
  -- The payment that it was recorded as.
  payment_id     uuid,
  -- Why it was refused, in the words that the shop was told.
  refusal        text check (length(refusal) between 1 and 300),
  primary key (wholesaler_id, id),
  foreign key (wholesaler_id, retailer_id) references retailer,
  foreign key (wholesaler_id, line_id, person_key) references conversation,
  foreign key (wholesaler_id, payment_id) references payment (wholesaler_id, id),
  check (amount_minor is not null or photo_event_id is not null),
  check ((reference is null) = (reference_key is null)),
  check ((state = 'open') = (decided_at is null)),
  check ((decided_at is null) = (decided_by is null)),
  check ((state = 'recorded') = (payment_id is not null)),
  check ((state = 'refused') = (refusal is not null))
);
create unique index claimed_payment_once on claimed_payment (wholesaler_id, event_id);
create index claimed_payment_queue on claimed_payment (wholesaler_id, claimed_at, id) where state = 'open';
create index claimed_payment_by_retailer on claimed_payment (wholesaler_id, retailer_id, claimed_at);
create index claimed_payment_by_reference on claimed_payment (wholesaler_id, reference_key) where reference_key is not null;

-- Has somebody paid under this reference before? Payments carry it as it was written.
create index payment_by_reference on payment (wholesaler_id, reference) where reference is not null;

grant select, insert, update on claimed_payment to orderlock_app;
