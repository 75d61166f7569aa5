-- Files that are made when they are sent: a statement takes longer to draw than a transaction on many chats may last.

-- What to make when the file is sent first. Whoever makes it keeps the bytes here, and every later sending takes those.
alter table outgoing_file add column recipe jsonb;
alter table outgoing_file alter column bytes drop not null;
alter table outgoing_file alter column sha256 drop not null;
alter table outgoing_file add constraint outgoing_file_made
  check (num_nulls(bytes, sha256) in (0, 2) and (bytes is not null or recipe is not null));
grant update (bytes, sha256) on outgoing_file to orderlock_app;
