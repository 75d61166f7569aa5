-- What the way in needs beside the inbox: alerts for whoever runs the service.

-- Something that a person should know and act on, once while it is open. wholesaler_id is null for what concerns no tenant
-- that is known here, as in stray_event; so the table is no tenant table and its key is the id alone. It stays small.
create table operator_alert (
  id            uuid primary key,
  wholesaler_id text references wholesaler,
  line_id       uuid,
  kind          text not null check (kind ~ '^[a-z_]{1,60}$'),
  -- What it is about within its kind: a template, a line, an account.
  key           text not null check (length(key) <= 300),
  -- Figures and names for whoever reads it; never a person's words, name or number.
  subject       jsonb not null default '{}' check (length(subject::text) <= 4000),
  raised_at     timestamptz not null default app_clock(),
  -- When the same was last reported while it was open; to the minute.
  seen_at       timestamptz not null default app_clock(),
  closed_at     timestamptz,
  closed_by     text,
  -- Null until it was logged and counted; unset again by closing.
  told_at       timestamptz,
  raise_told_at timestamptz,
  foreign key (wholesaler_id, line_id) references line (wholesaler_id, id),
  check ((closed_at is null) = (closed_by is null))
);
create unique index operator_alert_open on operator_alert (wholesaler_id, kind, key) nulls not distinct
  where closed_at is null;
create index operator_alert_untold on operator_alert (id) where told_at is null;
create index operator_alert_newest on operator_alert (wholesaler_id, raised_at);

grant select, insert, update on operator_alert to orderlock_app;

-- The WhatsApp business account of a line, learned from its deliveries: news of an account names no line.
alter table line add column waba_id text check (waba_id ~ '^\d{1,32}$');
-- A number that moved to another wholesaler has an old row; what was sent before is not for the new one.
create index line_retired on line (phone_number_id, retired_at) where retired_at is not null;

-- Notices wait to be read for alerts: those of a tenant while they have no done_at, strays while they have no looked_at.
create index inbox_event_unread_notice on inbox_event (wholesaler_id, id) where kind = 'notice' and done_at is null;
alter table stray_event add column looked_at timestamptz, add column waba_id text;
create index stray_event_unread on stray_event (id) where looked_at is null;
grant update (looked_at) on stray_event to orderlock_app;

-- Who stopped marketing messages of this wholesaler, as Meta reported it (user_preferences). By the identities that the
-- report named, because it can come before we know who that is.
create table marketing_choice (
  wholesaler_id text not null references wholesaler,
  kind          text not null check (kind in ('bsuid', 'phone')),
  value         text not null check (value <> '' and length(value) <= 200),
  stopped       boolean not null,
  -- When the person chose; an older report that comes late changes nothing.
  chosen_at     timestamptz not null,
  primary key (wholesaler_id, kind, value)
);

grant select, insert, update on marketing_choice to orderlock_app;

-- Photos, documents and voice notes of known shops, for staff to look at. The bytes stand in the row: they come and go
-- with it in one transaction, are in every backup, and any process on any machine can read them. Files would need a disk
-- that all share, large objects rights of their own and a sweeper for what nobody points to. A shop sends a few a day,
-- 16 MB at most, and they are removed after some weeks.
create table incoming_media (
  wholesaler_id text not null,
  -- The message that brought it.
  event_id      uuid not null,
  line_id       uuid not null,
  kind          text not null check (kind in ('image', 'document', 'voice')),
  media_id      text not null check (length(media_id) between 1 and 128),
  mime_type     text,
  filename      text,
  -- As the message gave it: base64 or hexadecimal.
  sha256        text,
  state         text not null default 'waiting' check (state in
                  ('waiting', 'kept', 'refused', 'lost', 'removed')),
  -- Why it was refused or lost, or why the last try failed.
  why           text,
  tries         integer not null default 0,
  not_before    timestamptz not null default app_clock(),
  bytes         bytea,
  size_bytes    integer check (size_bytes between 0 and 16777216),
  -- What was said in a voice note, where a transcriber is set.
  transcript    text,
  sent_at       timestamptz not null,
  fetched_at    timestamptz,
  primary key (wholesaler_id, event_id),
  foreign key (wholesaler_id, event_id) references inbox_event,
  foreign key (wholesaler_id, line_id) references line (wholesaler_id, id),
  check ((bytes is not null) = (state = 'kept')),
  check (state <> 'kept' or (fetched_at is not null and size_bytes is not null))
);
-- Compressed already, so that trying again costs time and saves nothing.
alter table incoming_media alter column bytes set storage external;
create index incoming_media_waiting on incoming_media (wholesaler_id, line_id, not_before) where state = 'waiting';
create index incoming_media_kept on incoming_media (fetched_at) where state = 'kept';

-- Look-ups that failed, counted over all processes: Meta blocks whoever fails too often in an hour.
create table media_failure (
  wholesaler_id text not null,
  id            uuid not null,
  line_id       uuid not null,
  at            timestamptz not null default app_clock(),
  primary key (wholesaler_id, id),
  foreign key (wholesaler_id, line_id) references line (wholesaler_id, id)
);
create index media_failure_newest on media_failure (wholesaler_id, line_id, at);

grant select, insert, update on incoming_media to orderlock_app;
grant select, insert, delete on media_failure to orderlock_app;
