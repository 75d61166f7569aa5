import type { Tx } from '../db/index.ts';
import type { Visit } from './join-conversations.ts';

/**
 * Events under a phone's key that came after a message which shows the same phone with a BSUID for the first time, and which
 * nobody has worked on yet. That message joins the two queues, so whatever was sent later waits until it has. Returns their
 * ids. One statement for a set with phones that come without BSUID, which Meta hardly sends any more; none for others.
 */
export async function findOutOfTurn(tx: Tx, wholesalerId: string, visits: Visit[]): Promise<Set<string>> {
  const phones = visits.flatMap(({ eventId, lineId, personKey }) =>
    personKey.startsWith('p:')
      ? [{ wholesaler_id: wholesalerId, event_id: eventId, line_id: lineId, phone: personKey.slice(2) }]
      : [],
  );
  if (phones.length === 0) return new Set();
  const rows = await tx.$queryRaw<{ id: string }[]>`
    select w.event_id as id
      from jsonb_to_recordset(${JSON.stringify(phones)}::jsonb)
             as w (wholesaler_id text, event_id uuid, line_id uuid, phone text)
     cross join lateral (
       select wholesaler_id, line_id, person_key from conversation
        where wholesaler_id = w.wholesaler_id and line_id = w.line_id and phone = w.phone
          and state is null and home_key is null and person_key like 'b:%' offset 0) c
     cross join lateral (
       select sent_at, id from inbox_event
        where wholesaler_id = c.wholesaler_id and line_id = c.line_id and person_key = c.person_key
          and state = 'waiting' and kind <> 'status'
        order by sent_at, id limit 1) first
      join inbox_event e on e.wholesaler_id = w.wholesaler_id and e.id = w.event_id
     where (first.sent_at, first.id) < (e.sent_at, e.id)`;
  return new Set(rows.map(({ id }) => id));
}
