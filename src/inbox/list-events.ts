import type { Tx } from '../db/index.ts';
import { type EventKind, type EventsSought, findEvents } from './find-events.ts';
import { AGAIN } from './process-again.ts';

/** A delivery of Meta's, or an internal event, as people look for it. */
export type ListedEvent = {
  id: string;
  kind: EventKind;
  state: 'waiting' | 'done' | 'parked' | 'kept';
  eventKey: string;
  tries: number;
  lastError: string | null;
  sentAt: Date;
  receivedAt: Date;
  doneAt: Date | null;
  /** As Meta delivered it. */
  payload: unknown;
  /** The shop in whose chat it is. */
  retailerName: string | null;
};

/** The newest events of a wholesaler that match; `next` is the `beforeId` of the next page. */
export async function listEvents(
  tx: Tx,
  { limit, ...sought }: EventsSought & { limit: number },
): Promise<{ events: ListedEvent[]; next: string | null }> {
  const { ids, next } = await findEvents(tx, sought, limit);
  if (ids.length === 0) return { events: [], next };
  const events = await tx.$queryRaw<ListedEvent[]>`
    select e.id, e.kind, e.state, e.event_key as "eventKey", e.tries, e.last_error as "lastError",
           e.sent_at as "sentAt", e.received_at as "receivedAt", e.done_at as "doneAt", e.payload,
           r.name as "retailerName"
      from inbox_event e
      left join conversation c on c.wholesaler_id = e.wholesaler_id and c.line_id = e.line_id and c.person_key = e.person_key
      left join retailer r on r.wholesaler_id = c.wholesaler_id and r.id = c.retailer_id
     where e.wholesaler_id = ${sought.wholesalerId} and e.id = any (${ids}::uuid[])
     order by e.id desc`;
  return { events, next };
}

/** One of them, with where it came from and what it was made into when it was processed again. */
export type EventSheet = Omit<ListedEvent, 'retailerName'> & {
  linePhone: string;
  codeVersion: string | null;
  /** The event that it was processed as again, and the one that it is processed as again. */
  againAs: string | null;
  againOf: string | null;
};

/** Null when this wholesaler has no such event. */
export async function readEvent(
  tx: Tx,
  { wholesalerId, id }: { wholesalerId: string; id: string },
): Promise<EventSheet | null> {
  const [row] = await tx.$queryRaw<Omit<EventSheet, 'againOf'>[]>`
    select e.id, e.kind, e.state, e.event_key as "eventKey", e.tries, e.last_error as "lastError",
           e.sent_at as "sentAt", e.received_at as "receivedAt", e.done_at as "doneAt", e.payload,
           e.code_version as "codeVersion", l.display_phone as "linePhone",
           (select a.id from inbox_event a
             where a.wholesaler_id = e.wholesaler_id and a.line_id = e.line_id and a.event_key = ${AGAIN}::text || e.id::text) as "againAs"
      from inbox_event e join line l on l.wholesaler_id = e.wholesaler_id and l.id = e.line_id
     where e.wholesaler_id = ${wholesalerId} and e.id = ${id}::uuid`;
  if (row === undefined) return null;
  return { ...row, againOf: row.eventKey.startsWith(AGAIN) ? row.eventKey.slice(AGAIN.length) : null };
}

/** How many events of a wholesaler wait for a person, because they could not be processed. */
export async function countParked(tx: Tx, wholesalerId: string): Promise<number> {
  const [row] = await tx.$queryRaw<{ count: number }[]>`
    select count(*)::int as count from inbox_event where wholesaler_id = ${wholesalerId} and state = 'parked'`;
  return row?.count ?? 0;
}
