-- Lists of orders for people: newest first, and those that wait for somebody. Open orders are few however many there were,
-- so their index stays small and only it changes with a status.
create index orders_newest on orders (wholesaler_id, placed_at, id);
create index orders_open on orders (wholesaler_id, status, placed_at, id)
  where status in ('waiting_for_approval', 'waiting_on_credit', 'approved', 'part_delivered');

-- What waits for somebody, counted on every look at the console's first page.
create index outbox_message_failed on outbox_message (wholesaler_id, settled_at) where state = 'failed';
create index conversation_asking on conversation (wholesaler_id, wants_person_at) where wants_person_at is not null;
