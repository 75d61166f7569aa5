-- The REST API: who may call it, and what was answered under which idempotency key.

-- Found by its id alone, before the wholesaler is known: a reference table, which every node of a distributed database
-- would have whole. It stays small.
create table api_key (
  id            uuid primary key,
  wholesaler_id text not null references wholesaler,
  name          text not null check (length(name) between 1 and 100),
  rights        text[] not null check (cardinality(rights) between 1 and 20),
  -- Of the secret half, 256 random bits: nothing to guess, so a slow hash would only slow the service down.
  secret_sha256 bytea not null check (length(secret_sha256) = 32),
  created_at    timestamptz not null default app_clock(),
  created_by    text not null check (length(created_by) between 1 and 200),
  -- To the minute: a key in use must not become a row that all its requests write.
  last_used_at  timestamptz,
  revoked_at    timestamptz,
  revoked_by    text check (length(revoked_by) between 1 and 200),
  check ((revoked_at is null) = (revoked_by is null))
);
create index api_key_by_wholesaler on api_key (wholesaler_id, created_at);

-- The first answer under an Idempotency-Key, written in the transaction of what it answers. Kept for some days.
create table kept_answer (
  wholesaler_id  text not null references wholesaler,
  key            text not null check (length(key) between 1 and 200),
  -- Of the route and the request: the same key with another request is a mistake of the caller.
  request_sha256 bytea not null check (length(request_sha256) = 32),
  -- Null for orders, whose own id makes them answer again.
  answer         jsonb,
  kept_at        timestamptz not null default app_clock(),
  primary key (wholesaler_id, key)
);
create index kept_answer_oldest on kept_answer (kept_at);

-- What an order with lines was asked as, so that the same request again is known although prices changed meanwhile.
alter table orders add column request_sha256 bytea check (length(request_sha256) = 32);

grant select, insert on api_key to orderlock_app;
grant update (last_used_at, revoked_at, revoked_by) on api_key to orderlock_app;
grant select, insert, update, delete on kept_answer to orderlock_app;
