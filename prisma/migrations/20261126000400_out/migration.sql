-- Files that the service made and sends: a statement, a price list. A reply names one by its id; the bytes stay out of
-- the reply, which is read at every claim, and are written in the same transaction as it, so that what a person gets is
-- what was true when they asked, however often sending it has to be tried.
create table outgoing_file (
  wholesaler_id text not null references wholesaler,
  id            uuid not null,
  filename      text not null check (filename <> '' and length(filename) <= 240),
  mime_type     text not null check (mime_type ~ '^[a-z]+/[a-z0-9.+-]+$'),
  -- Meta takes 100 MB; ours are drawn from a few thousand lines and are held in memory while they are sent.
  bytes         bytea not null check (octet_length(bytes) between 1 and 8388608),
  sha256        bytea not null check (sha256 = sha256(bytes)),
  created_at    timestamptz not null default app_clock(),
  primary key (wholesaler_id, id)
);
-- The kinds of file that we send are compressed already.
alter table outgoing_file alter column bytes set storage external;
-- Old files are removed in the order of their age.
create index outgoing_file_created_at on outgoing_file (created_at);

-- What Meta calls a file after its upload. Media belongs to the number that it was uploaded for.
create table outgoing_upload (
  wholesaler_id   text not null,
  file_id         uuid not null,
  phone_number_id text not null,
  media_id        text not null,
  -- Meta keeps uploads for 30 days; ours count as gone a day earlier.
  valid_until     timestamptz not null,
  primary key (wholesaler_id, file_id, phone_number_id),
  foreign key (wholesaler_id, file_id) references outgoing_file on delete cascade
);

grant select, insert, delete on outgoing_file to orderlock_app;
grant select, insert, update, delete on outgoing_upload to orderlock_app;
