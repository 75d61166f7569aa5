-- Chats that people lead: who has one, since when, and what nobody has read.

alter table conversation
  -- What alerts, addresses of pages and programs call it: its key is a phone or an id of Meta's.
  add column id             uuid not null default gen_random_uuid(),
  -- The staff member who leads the chat, and when they took it and said something last.
  add column taken_by       text,
  add column taken_at       timestamptz,
  add column staff_spoke_at timestamptz,
  -- Messages that came while a person was wanted or led the chat, and that nobody has looked at.
  add column unread         integer not null default 0 check (unread >= 0);
create unique index conversation_id on conversation (wholesaler_id, id);
create index conversation_newest on conversation (wholesaler_id, last_inbound_at, id)
  where home_key is null and last_inbound_at is not null;
create index conversation_with_staff on conversation (wholesaler_id, taken_at) where handled_by = 'person';

-- Null: the bot.
alter table outbox_message add column said_by text;

-- A chat as people read it, newest first. Statuses, of which there are most, are not in it.
create index inbox_event_of_chat on inbox_event (wholesaler_id, line_id, person_key, id) where kind = 'message';
