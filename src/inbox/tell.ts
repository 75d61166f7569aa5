import type { Tx } from '../db/index.ts';
import { newId } from '../shared/ids.ts';

/** News for a conversation that the caller does not hold: it hears of it as an internal event of its own queue. */
export type ToTell = {
  lineId: string;
  personKey: string;
  /** Once per line, however often it is told. */
  eventKey: string;
  payload: Record<string, Plain | Record<string, Plain>[]>;
};

type Plain = string | number | boolean | null;

/** Puts news into the queues of conversations that exist; the others have nobody who could read it. */
export async function tellConversations(tx: Tx, wholesalerId: string, news: ToTell[]): Promise<void> {
  if (news.length === 0) return;
  const rows = news.map(({ lineId, personKey, eventKey, payload }) => ({
    id: newId(),
    line_id: lineId,
    person_key: personKey,
    event_key: eventKey,
    payload,
  }));
  await tx.$executeRaw`
    insert into inbox_event (wholesaler_id, id, line_id, event_key, kind, person_key, payload, sent_at)
    select c.wholesaler_id, r.id, r.line_id, r.event_key, 'internal', r.person_key, r.payload, app_clock()
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
             as r (id uuid, line_id uuid, person_key text, event_key text, payload jsonb)
      join conversation c
        on c.wholesaler_id = ${wholesalerId} and c.line_id = r.line_id and c.person_key = r.person_key
    on conflict (wholesaler_id, line_id, event_key) do nothing`;
}
