-- Who may sign in to the console, who is signed in, and how many tries are left.

-- Null: has not chosen one yet, so only a link lets this person in.
alter table staff_user add column password_hash text check (length(password_hash) between 20 and 300);
-- People leave; what they did keeps their name.
alter table staff_user add column left_at timestamptz;
-- Sign-in knows no wholesaler yet: whoever types an address is looked for in all of them.
create index staff_user_by_email on staff_user (lower(email));

-- Looked up by token before any wholesaler is known: a reference table if the rest is ever distributed. Only a keyed hash
-- of the cookie's token is here, so reading this table lets nobody in.
create table staff_session (
  token_hash    bytea primary key check (length(token_hash) = 32),
  wholesaler_id text not null,
  staff_id      uuid not null,
  created_at    timestamptz not null default app_clock(),
  seen_at       timestamptz not null default app_clock(),
  expires_at    timestamptz not null,
  foreign key (wholesaler_id, staff_id) references staff_user,
  check (expires_at > created_at)
);
create index staff_session_by_staff on staff_session (wholesaler_id, staff_id);
create index staff_session_by_expiry on staff_session (expires_at);

-- A link that lets one person in once, to choose a password. Without a person: the very first run, for whoever may read
-- what the service prints.
create table staff_link (
  token_hash    bytea primary key check (length(token_hash) = 32),
  wholesaler_id text,
  staff_id      uuid,
  created_at    timestamptz not null default app_clock(),
  expires_at    timestamptz not null,
  used_at       timestamptz,
  foreign key (wholesaler_id, staff_id) references staff_user,
  check ((wholesaler_id is null) = (staff_id is null))
);
create index staff_link_by_staff on staff_link (wholesaler_id, staff_id);

-- Tries to sign in, counted before the password is looked at, so that guesses side by side are all counted. Addresses of
-- people and machines are here as keyed hashes only.
create table sign_in_throttle (
  kind          text not null check (kind in ('account', 'address')),
  key_hash      bytea not null check (length(key_hash) = 32),
  tries         integer not null check (tries > 0),
  last_at       timestamptz not null,
  blocked_until timestamptz,
  primary key (kind, key_hash)
);
create index sign_in_throttle_by_age on sign_in_throttle (last_at);

grant select, insert, update, delete on staff_session, staff_link, sign_in_throttle to orderlock_app;
