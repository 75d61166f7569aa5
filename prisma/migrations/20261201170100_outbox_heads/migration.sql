-- A claim looks at the replies that are due, in their order. With thousands of them behind an earlier one of the same
-- person, each claim of a busy line walked them all. A reply that a look found to be not its person's next is now set
-- aside, out of the index that claims go by, until the one before it leaves the queue.

alter table outbox_message
  -- Its turn cannot come before: an earlier one of its person is in the way, or the person had as many as may go for now.
  -- A mark in passing: whoever reads the queue otherwise goes by state and seq.
  add column aside_until timestamptz;

drop index outbox_message_due;
create index outbox_message_due on outbox_message (wholesaler_id, line_id, greatest(not_before, aside_until))
  where state = 'queued';
-- By person: whether one of theirs is under way is asked for every reply that may go next.
drop index outbox_message_in_flight;
create index outbox_message_in_flight on outbox_message (wholesaler_id, line_id, person_key)
  where state in ('sending', 'uncertain');

-- What leaves the queue, or blocks only for a while from now on, lets the first one that was set aside be looked at again.
-- Runs with the row of the one that leaves locked, and a claim sets aside only under a lock on the one in the way: so
-- either the claim is seen here, or it sees that nothing is in the way. Locks one waiting reply of the same person.
create function outbox_next() returns trigger language plpgsql
set plan_cache_mode = force_generic_plan
set enable_seqscan = off
as $$
begin
  update outbox_message
     set aside_until = null
   where wholesaler_id = new.wholesaler_id
     and id = (select m.id from outbox_message m
                where m.wholesaler_id = new.wholesaler_id and m.line_id = new.line_id and m.person_key = new.person_key
                  and m.state in ('queued', 'sending', 'uncertain') and m.state = 'queued' and m.aside_until is not null
                order by m.seq limit 1);
  return null;
end $$;
create trigger outbox_next after update of state on outbox_message
  for each row when (old.state in ('queued', 'sending', 'uncertain') and new.state not in ('queued', 'sending')
                     and old.state is distinct from new.state)
  execute function outbox_next();
