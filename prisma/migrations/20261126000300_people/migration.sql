-- People: ids of Meta's that belong together, claims that somebody has to confirm, and who asked to be registered.

-- Ids of one person share person_id; there is no table of persons, since nothing is known of one but their ids.
alter table identity drop constraint identity_kind_check;
alter table identity add constraint identity_kind_check check (kind in ('bsuid', 'parent_bsuid', 'phone', 'username'));
update identity set kind = 'parent_bsuid' where kind = 'bsuid' and value ~ '^[A-Z]{2}[.]ENT[.]';
alter table identity add column person_id uuid not null default gen_random_uuid();
-- The link that has to be decided before this identity opens its account again.
alter table identity add column held_by uuid;
-- Two messages that show two BSUIDs on one phone at the same instant must not both be believed.
create unique index identity_one_bsuid on identity (wholesaler_id, person_id) where kind = 'bsuid' and valid_to is null;
create index identity_by_person on identity (wholesaler_id, person_id);
create index identity_by_approver on identity (wholesaler_id, approver_id);

-- The row that works for this one: two queue keys of one person are one conversation. See src/people/README.md.
alter table conversation add column home_key text;
alter table conversation add foreign key (wholesaler_id, line_id, home_key) references conversation;
alter table conversation add check (home_key <> person_key);
create index conversation_by_home on conversation (wholesaler_id, line_id, home_key) where home_key is not null;

-- Rows that the webhook made and nobody has worked on: few. Whose phone waits to be joined by its BSUID?
create index conversation_new_by_phone on conversation (wholesaler_id, line_id, phone) where state is null and phone is not null;

-- A claim that a new identity belongs to a shop. Nothing of the account is open to it until it is confirmed.
create table identity_link (
  wholesaler_id     text not null,
  id                uuid not null,
  retailer_id       text not null,
  -- The person of the shop that the new identity is said to be.
  person_id         uuid,
  reason            text not null check (reason in ('number_changed', 'id_changed', 'identity_changed', 'known_phone',
                      'known_parent', 'contact_card', 'id_of_two')),
  -- The new identity: queue key, and each id as Meta showed it.
  new_key           text not null,
  bsuid             text,
  parent_bsuid      text,
  phone             text,
  line_id           uuid not null,
  evidence_event_id uuid not null,
  state             text not null default 'waiting' check (state in ('waiting', 'confirmed', 'refused', 'expired')),
  created_at        timestamptz not null default app_clock(),
  -- Null: waits until somebody decides.
  expires_at        timestamptz,
  decided_at        timestamptz,
  decided_by        text,
  primary key (wholesaler_id, id),
  foreign key (wholesaler_id, retailer_id) references retailer,
  foreign key (wholesaler_id, line_id) references line (wholesaler_id, id),
  foreign key (wholesaler_id, evidence_event_id) references inbox_event,
  check (num_nonnulls(bsuid, parent_bsuid, phone) > 0),
  check ((state = 'waiting') = (decided_at is null)),
  check ((decided_at is null) = (decided_by is null))
);
create unique index identity_link_waiting on identity_link (wholesaler_id, retailer_id, new_key) where state = 'waiting';
create index identity_link_by_key on identity_link (wholesaler_id, new_key);
create index identity_link_by_phone on identity_link (wholesaler_id, phone) where phone is not null;

-- Somebody nobody knows, for staff to link to a shop or to refuse.
create table registration_request (
  wholesaler_id text not null,
  id            uuid not null,
  line_id       uuid not null,
  person_key    text not null,
  bsuid         text,
  parent_bsuid  text,
  phone         text,
  -- A phone that they gave of themselves: a hint for staff, not an id that Meta showed.
  given_phone   text,
  profile_name  text,
  state         text not null default 'open' check (state in ('open', 'approved', 'refused')),
  retailer_id   text,
  created_at    timestamptz not null default app_clock(),
  decided_at    timestamptz,
  decided_by    text,
  primary key (wholesaler_id, id),
  foreign key (wholesaler_id, line_id, person_key) references conversation,
  foreign key (wholesaler_id, retailer_id) references retailer,
  check ((state = 'open') = (decided_at is null)),
  check ((decided_at is null) = (decided_by is null)),
  check ((state = 'approved') = (retailer_id is not null))
);
-- One per person whose request is open or was refused: whoever was refused is not asked about again.
create unique index registration_request_person on registration_request (wholesaler_id, person_key)
  where state in ('open', 'refused');
create index registration_request_phone on registration_request (wholesaler_id, phone) where phone is not null;

-- Who did what, when, to which ids. Never a person's words, name or number.
create table audit_entry (
  wholesaler_id text not null references wholesaler,
  id            uuid not null,
  at            timestamptz not null default app_clock(),
  actor         text not null check (length(actor) between 1 and 200),
  action        text not null check (action ~ '^[a-z_]{1,60}$'),
  subject       jsonb not null,
  before        jsonb,
  after         jsonb,
  primary key (wholesaler_id, id)
);

grant select, insert, update on identity_link, registration_request to orderlock_app;
grant select, insert on audit_entry to orderlock_app;
