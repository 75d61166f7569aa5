import { type OneConnection, withConnection } from '../db/one-connection.ts';
import type { Reply } from '../outbox/index.ts';
import type { Moment, Wanted } from './range.ts';

/** A processed event with what it kept, and what was said because of it. */
export type KeptEvent = {
  wholesalerId: string;
  wholesaler: string;
  currency: string;
  timeZone: string;
  id: string;
  lineId: string;
  phoneNumberId: string;
  displayPhone: string;
  personKey: string;
  phone: string | null;
  /** The shop that the conversation is of now. */
  retailer: string | null;
  kind: 'message' | 'internal';
  payload: unknown;
  doneAt: Date;
  /** Too long ago for its catalogue to be known. */
  isTooOld: boolean;
  priorState: unknown;
  facts: unknown;
  results: unknown;
  codeVersion: string | null;
  replies: Reply[] | null;
};

const AT_ONCE = 200;

/**
 * The events of a time, conversation by conversation and in order, a few at a time however many there are: a cursor in a
 * transaction that only reads. It sees one moment, takes no lock that anybody waits for, and reads each table once.
 */
export async function* keptEvents(
  connection: OneConnection,
  wanted: Wanted,
  versionsKeptDays: number,
): AsyncGenerator<KeptEvent> {
  await connection.rows('begin transaction isolation level repeatable read, read only');
  try {
    await connection.rows(DECLARE, valuesOf(wanted, versionsKeptDays));
    for (;;) {
      const rows = await connection.rows<KeptEvent>(`fetch ${AT_ONCE} from kept`);
      yield* rows;
      if (rows.length < AT_ONCE) return;
    }
  } finally {
    await connection.rows('rollback');
  }
}

/** Lends a connection for reading events. */
export function withReader<T>(databaseUrl: string, work: (connection: OneConnection) => Promise<T>): Promise<T> {
  return withConnection(databaseUrl, 'orderlock what-if', work);
}

const moment = (at: number): string => `coalesce($${at}::timestamptz, $${at + 1}::timestamp at time zone w.time_zone,
  ((app_clock() at time zone w.time_zone)::date - $${at + 2}::integer)::timestamp at time zone w.time_zone)`;

/** The same within two days, on any clock: enough to leave most of a large table out. */
const roughly = (at: number): string => `coalesce($${at}::timestamptz, $${at + 1}::timestamp at time zone 'UTC',
  ((app_clock() at time zone 'UTC')::date - $${at + 2}::integer)::timestamp at time zone 'UTC')`;

// Replies were written in the transaction that decided, so they are of the same time.
const DECLARE = `
  declare kept no scroll cursor for
  select e.wholesaler_id as "wholesalerId", w.name as wholesaler, w.currency, w.time_zone as "timeZone", e.id,
         e.line_id as "lineId", l.phone_number_id as "phoneNumberId", l.display_phone as "displayPhone",
         e.person_key as "personKey", c.phone, r.name as retailer, e.kind, e.payload, e.done_at as "doneAt",
         e.done_at < app_clock() - $10::integer * interval '1 day' as "isTooOld", e.prior_state as "priorState", e.facts,
         e.results, e.code_version as "codeVersion", o.replies
    from inbox_event e
    join wholesaler w on w.id = e.wholesaler_id
    join line l on l.wholesaler_id = e.wholesaler_id and l.id = e.line_id
    join conversation c on c.wholesaler_id = e.wholesaler_id and c.line_id = e.line_id and c.person_key = e.person_key
    left join retailer r on r.wholesaler_id = c.wholesaler_id and r.id = c.retailer_id
    left join (select wholesaler_id, cause_event_id, jsonb_agg(reply order by seq) as replies
                 from outbox_message
                where cause_event_id is not null
                  and created_at between ${roughly(1)} - interval '2 days' and ${roughly(4)} + interval '2 days'
                group by wholesaler_id, cause_event_id) o
           on o.wholesaler_id = e.wholesaler_id and o.cause_event_id = e.id
   where e.kind in ('message', 'internal') and e.state = 'done'
     and e.done_at >= ${moment(1)} and e.done_at < ${moment(4)}
     and ($7::text is null or e.wholesaler_id = $7)
     and ($8::text is null or l.phone_number_id = $8 or regexp_replace(l.display_phone, '\\D', '', 'g') = $8)
     and ($9::text is null or e.person_key in ('p:' || $9, 'b:' || $9, $9) or c.phone = $9 or c.bsuid = $9)
   order by e.wholesaler_id, l.phone_number_id, e.person_key, e.done_at, e.id`;

function valuesOf({ wholesalerId, range, conversation }: Wanted, versionsKeptDays: number): unknown[] {
  const parts = ({ zoned, local, daysAgo }: Moment): unknown[] => [zoned ?? null, local ?? null, daysAgo ?? null];
  return [
    ...parts(range.from),
    ...parts(range.until),
    wholesalerId ?? null,
    conversation?.line ?? null,
    conversation?.person ?? null,
    versionsKeptDays,
  ];
}
