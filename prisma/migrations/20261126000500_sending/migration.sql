-- What sending needs beside the queue: one message that carries several replies, remedies that are tried once, rests of a
-- whole app, limits of a line that may still answer, and a note of what staff were told.

alter table outbox_message
  -- The row whose message carries this reply too. It goes where that row goes; the trigger below sees to it.
  add column carried_by  uuid,
  add column carries     integer not null default 0 check (carries >= 0),
  -- What was done about a refusal, each at most once. template: it goes as its template, or not at all; other_route: to
  -- the person's other identity; upload: its file is uploaded anew; apart: never merged again.
  add column remedies    text[] not null default '{}' check (remedies <@ array['template', 'other_route', 'upload', 'apart']),
  -- Which identity the last attempt went to.
  add column route       text check (route in ('phone', 'bsuid')),
  -- Meta's ids of earlier tries that Meta reported as failed; what is still reported of them says nothing new.
  add column past_wamids text[] not null default '{}',
  -- When somebody was told, or nobody had to be, that this failed or was dropped.
  add column told_at     timestamptz,
  add check (carried_by is null or carries = 0);
create index outbox_message_carried on outbox_message (wholesaler_id, carried_by) where carried_by is not null;
create index outbox_message_untold on outbox_message (wholesaler_id, line_id)
  where state in ('failed', 'dropped') and told_at is null;
update outbox_message set told_at = app_clock() where state in ('failed', 'dropped');

-- What becomes of a message becomes of every reply that it carries. One that is put back carries nothing any more: each
-- stands for itself until the next claim merges what waits then.
create function outbox_carry() returns trigger language plpgsql as $$
begin
  if new.state = 'queued' then
    update outbox_message
       set state = 'queued', carried_by = null, lease_until = null, attempts = new.attempts, not_before = new.not_before,
           remedies = new.remedies, resent_at = new.resent_at, error_class = new.error_class,
           error_code = new.error_code, error_detail = new.error_detail
     where wholesaler_id = new.wholesaler_id and carried_by = new.id;
    update outbox_message set carries = 0 where wholesaler_id = new.wholesaler_id and id = new.id;
  else
    update outbox_message
       set state = new.state, lease_until = new.lease_until, settled_at = new.settled_at, error_class = new.error_class,
           error_code = new.error_code, error_detail = new.error_detail
     where wholesaler_id = new.wholesaler_id and carried_by = new.id;
  end if;
  return null;
end $$;
create trigger outbox_carry after update of state on outbox_message
  for each row when (old.carries > 0 and old.state is distinct from new.state) execute function outbox_carry();

-- Rests of every line that sends with one token: call limits count per app, not per number. Outside the tenants, as the
-- app is.
create table app_pause (
  token_ref text primary key,
  until     timestamptz not null,
  metacode  integer,
  tries     integer not null default 1
);

-- Lines that may answer, but begin nothing (quality limits, payment): their templates wait. Kept until one was accepted.
create table line_limit (
  wholesaler_id text not null,
  line_id       uuid not null,
  until         timestamptz not null,
  metacode      integer,
  tries         integer not null default 1,
  primary key (wholesaler_id, line_id),
  foreign key (wholesaler_id, line_id) references line (wholesaler_id, id)
);

-- Identities to which Meta could not deliver. A mark holds until the person writes again, and a week at most.
create table unreachable_route (
  wholesaler_id text not null,
  line_id       uuid not null,
  person_key    text not null,
  route         text not null check (route in ('phone', 'bsuid')),
  marked_at     timestamptz not null,
  metacode      integer,
  primary key (wholesaler_id, line_id, person_key, route),
  foreign key (wholesaler_id, line_id, person_key) references conversation
);

grant select, insert, update, delete on app_pause, line_limit to orderlock_app;
grant select, insert, update on unreachable_route to orderlock_app;
