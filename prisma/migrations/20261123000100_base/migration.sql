-- Tenants, catalogue, conversations, inbox and outbox.
-- Every tenant table has wholesaler_id first in its keys, so that the database can later be distributed by it.
-- The role orderlock_app is made by the bootstrap step (src/db/migrate.ts): roles are cluster-wide, migrations only GRANT.

-- The one source of time in SQL. Never now(), which is older than the lock just taken; only a simulator's own
-- database redefines this function.
create function app_clock() returns timestamptz language sql volatile parallel safe as 'select clock_timestamp()';

grant usage on schema public to orderlock_app;
grant execute on function app_clock() to orderlock_app;

create table wholesaler (
  id                text primary key check (id <> '' and length(id) <= 100),
  name              text not null,
  currency          text not null check (currency ~ '^[A-Z]{3}$'),
  language          text not null,
  time_zone         text not null,
  policies          jsonb not null default '{}',
  -- Counts up with each change of products; workers rebuild their search index when it moves.
  catalogue_version integer not null default 0,
  created_at        timestamptz not null default app_clock()
);

-- Short numbers that a person can say. A row of its own, so that taking numbers never waits for a change of settings.
create table order_counter (
  wholesaler_id text primary key references wholesaler,
  next_number   integer not null default 1001 check (next_number > 0)
);

-- A WhatsApp number of a wholesaler. A line never changes its wholesaler: moving it retires this row and makes another.
create table line (
  id              uuid primary key,
  wholesaler_id   text not null references wholesaler,
  phone_number_id text not null,
  display_phone   text not null,
  -- The setting that holds the access token; the token itself never enters the database.
  token_ref       text not null default 'WHATSAPP_ACCESS_TOKEN',
  created_at      timestamptz not null default app_clock(),
  retired_at      timestamptz,
  unique (wholesaler_id, id)
);
create unique index line_live_phone_number_id on line (phone_number_id) where retired_at is null;

create table retailer (
  wholesaler_id text not null references wholesaler,
  id            text not null check (id <> '' and length(id) <= 200),
  name          text not null,
  -- Null: detected from what the shop writes, else the wholesaler's.
  language      text,
  price_list    text,
  created_at    timestamptz not null default app_clock(),
  primary key (wholesaler_id, id)
);

create table approver (
  wholesaler_id text not null references wholesaler,
  id            uuid not null,
  name          text not null,
  primary key (wholesaler_id, id),
  unique (wholesaler_id, name)
);

-- What Meta calls a person. It stands beside the account and is never its key: phones and ids change hands.
create table identity (
  wholesaler_id text not null,
  id            uuid not null,
  kind          text not null check (kind in ('bsuid', 'phone', 'username')),
  value         text not null check (value <> ''),
  retailer_id   text,
  approver_id   uuid,
  valid_from    timestamptz not null default app_clock(),
  valid_to      timestamptz,
  primary key (wholesaler_id, id),
  foreign key (wholesaler_id, retailer_id) references retailer,
  foreign key (wholesaler_id, approver_id) references approver,
  check (num_nonnulls(retailer_id, approver_id) = 1)
);
create unique index identity_live_value on identity (wholesaler_id, kind, value) where valid_to is null;
create index identity_by_retailer on identity (wholesaler_id, retailer_id);

create table staff_user (
  wholesaler_id text not null references wholesaler,
  id            uuid not null,
  email         text not null,
  name          text not null,
  role          text not null check (role in ('viewer', 'sales', 'cashier', 'credit_controller', 'admin')),
  created_at    timestamptz not null default app_clock(),
  primary key (wholesaler_id, id),
  unique (wholesaler_id, email)
);

create table product (
  wholesaler_id text not null references wholesaler,
  sku           text not null check (sku <> '' and length(sku) <= 200),
  name          text not null,
  size          text,
  -- {"each": 1, "case": 24}: how many `each` one unit holds.
  units         jsonb not null,
  default_unit  text not null,
  -- The unit that a quantity in a catalogue cart counts.
  cart_unit     text not null,
  -- Price of one `each`, tax included.
  price_minor   bigint not null check (price_minor >= 0),
  -- {"case": 40000}: price of one such unit where it is not the multiple of `each`.
  unit_prices   jsonb not null default '{}',
  -- {"gold": 1700}: price of one `each` on a price list.
  list_prices   jsonb not null default '{}',
  aliases       text[] not null default '{}',
  active        boolean not null default true,
  stock         text not null default 'in' check (stock in ('in', 'low', 'out')),
  minimum_milli bigint not null default 1000 check (minimum_milli > 0),
  step_milli    bigint not null default 1000 check (step_milli > 0),
  position      integer not null default 0,
  primary key (wholesaler_id, sku)
);

-- The queue and the memory of one person on one line. person_key is pure: 'b:<BSUID>', else 'p:<phone>'.
create table conversation (
  wholesaler_id   text not null,
  line_id         uuid not null,
  person_key      text not null check (length(person_key) between 3 and 200),
  -- Checked by zod when read; null until the first event was worked on.
  state           jsonb,
  version         integer not null default 0,
  retailer_id     text,
  language        text,
  phone           text,
  bsuid           text,
  profile_name    text,
  last_inbound_at timestamptz,
  handled_by      text not null default 'bot' check (handled_by in ('bot', 'person')),
  -- When the person last asked for somebody of the staff; null once somebody has looked.
  wants_person_at timestamptz,
  -- Number of the last reply; replies are numbered under this row's lock, so their order needs no clock.
  reply_seq       integer not null default 0,
  created_at      timestamptz not null default app_clock(),
  primary key (wholesaler_id, line_id, person_key),
  foreign key (wholesaler_id, line_id) references line (wholesaler_id, id),
  foreign key (wholesaler_id, retailer_id) references retailer
) with (fillfactor = 70);

-- Each event of Meta, and each internal one, once. Written by the webhook, worked on by the inbox worker.
create table inbox_event (
  wholesaler_id text not null,
  id            uuid not null,
  line_id       uuid not null,
  event_key     text not null check (length(event_key) <= 700),
  kind          text not null check (kind in ('message', 'status', 'notice', 'internal')),
  -- Only messages and internal events belong to a conversation; statuses are applied by what they name.
  person_key    text,
  sender        jsonb,
  payload       jsonb not null,
  sent_at       timestamptz not null,
  received_at   timestamptz not null default app_clock(),
  state         text not null default 'waiting' check (state in ('waiting', 'done', 'parked', 'kept')),
  -- Tries that were started on this event alone; committed before each, so that one that kills the process counts too.
  tries         integer not null default 0,
  not_before    timestamptz not null default app_clock(),
  done_at       timestamptz,
  -- For replay: what the conversation was, what was known, what the effects answered, and which code decided.
  prior_state   jsonb,
  facts         jsonb,
  results       jsonb,
  code_version  text,
  last_error    text,
  primary key (wholesaler_id, id),
  unique (wholesaler_id, line_id, event_key),
  foreign key (wholesaler_id, line_id) references line (wholesaler_id, id),
  foreign key (wholesaler_id, line_id, person_key) references conversation,
  check ((kind in ('message', 'internal')) = (person_key is not null)),
  check (kind <> 'notice' or state = 'kept')
) with (fillfactor = 70);
create index inbox_event_waiting on inbox_event (wholesaler_id, line_id, person_key, sent_at, id)
  where state = 'waiting' and kind <> 'status';
create index inbox_event_waiting_status on inbox_event (wholesaler_id, id) where state = 'waiting' and kind = 'status';
create index inbox_event_parked on inbox_event (wholesaler_id, id) where state = 'parked';

-- Deliveries for lines that nobody here has, and account news: outside the tenants, acknowledged, never answered.
create table stray_event (
  id              uuid primary key,
  event_key       text not null unique check (length(event_key) <= 700),
  kind            text not null,
  phone_number_id text,
  payload         jsonb not null,
  received_at     timestamptz not null default app_clock()
);

-- Replies, queued in the transaction of the change that they report.
create table outbox_message (
  wholesaler_id   text not null,
  id              uuid not null,
  line_id         uuid not null,
  person_key      text not null,
  -- Position in the person's queue, from conversation.reply_seq: gapless, sent in this order.
  seq             integer not null check (seq > 0),
  -- The inbox event that this answers.
  cause_event_id  uuid,
  reply           jsonb not null,
  to_phone        text,
  to_bsuid        text,
  state           text not null default 'queued' check (state in
                    ('queued', 'sending', 'uncertain', 'accepted', 'sent', 'delivered', 'read', 'failed', 'dropped')),
  attempts        integer not null default 0,
  not_before      timestamptz not null default app_clock(),
  lease_until     timestamptz,
  -- Meta's id of the message; several rows never share one.
  wamid           text,
  created_at      timestamptz not null default app_clock(),
  -- When the request left last; evidence about uncertain sends is counted from here.
  attempted_at    timestamptz,
  -- When evidence said that an uncertain send never went, and it was queued again. That is believed once per message.
  resent_at       timestamptz,
  settled_at      timestamptz,
  error_class     text,
  error_code      integer,
  error_detail    text,
  primary key (wholesaler_id, id),
  unique (wholesaler_id, line_id, person_key, seq),
  foreign key (wholesaler_id, line_id, person_key) references conversation,
  check (to_phone is not null or to_bsuid is not null)
) with (fillfactor = 70);
create index outbox_message_open on outbox_message (wholesaler_id, line_id, person_key, seq)
  where state in ('queued', 'sending', 'uncertain');
-- By line, so that a line which pauses with a long queue costs the others nothing.
create index outbox_message_due on outbox_message (wholesaler_id, line_id, not_before) where state = 'queued';
create index outbox_message_in_flight on outbox_message (wholesaler_id, line_id, attempted_at)
  where state in ('sending', 'uncertain');
create unique index outbox_message_wamid on outbox_message (wholesaler_id, wamid) where wamid is not null;

-- Every status that Meta reported of our messages, also of those it names before we know their wamid.
create table delivery_status (
  wholesaler_id text not null,
  event_id      uuid not null,
  line_id       uuid not null,
  wamid         text not null,
  outbox_id     uuid,
  status        text not null,
  error_code    integer,
  error_detail  text,
  reported_at   timestamptz not null,
  received_at   timestamptz not null default app_clock(),
  primary key (wholesaler_id, event_id),
  foreign key (wholesaler_id, event_id) references inbox_event
);
create index delivery_status_wamid on delivery_status (wholesaler_id, wamid);
create index delivery_status_line on delivery_status (wholesaler_id, line_id, received_at);
-- Statuses that no message was found for, yet or ever; nearly empty.
create index delivery_status_stray on delivery_status (wholesaler_id, line_id, received_at) where outbox_id is null;

-- Pauses of a whole line (rate limits, stopped by a token or account error), shared by all processes.
create table line_pause (
  wholesaler_id text not null,
  line_id       uuid not null,
  until         timestamptz not null,
  reason        text not null,
  metacode      integer,
  tries         integer not null default 1,
  primary key (wholesaler_id, line_id),
  foreign key (wholesaler_id, line_id) references line (wholesaler_id, id)
);

-- One row per worker process. A row without stopped_at that went silent is a process that died: what was waiting then is
-- worked on with a committed counter first, so that an event which kills its worker is found and parked.
create table worker_heartbeat (
  id         uuid primary key,
  started_at timestamptz not null default app_clock(),
  seen_at    timestamptz not null default app_clock(),
  stopped_at timestamptz
);

-- How far ahead of the clock a line has spent its messages per second, shared by all processes. A row of its own,
-- because the row of the line is locked by the foreign-key checks of every event.
create table line_pace (
  wholesaler_id text not null,
  line_id       uuid not null,
  busy_until    timestamptz not null,
  primary key (wholesaler_id, line_id),
  foreign key (wholesaler_id, line_id) references line (wholesaler_id, id)
) with (fillfactor = 50);

grant select, insert, update on wholesaler, order_counter, line, retailer, approver, identity, staff_user, product,
  conversation, inbox_event, outbox_message, line_pace to orderlock_app;
grant select, insert on stray_event, delivery_status to orderlock_app;
grant select, insert, update, delete on line_pause, worker_heartbeat to orderlock_app;
