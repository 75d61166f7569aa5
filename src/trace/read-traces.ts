import type { Tx } from '../db/index.ts';
import type { ParseResult } from '../parser/index.ts';
import { readAccountBefore, readResults } from './kept.ts';
import { readProductNames } from './product-names.ts';
import type { ConversationRef, EventTrace, TracedEntry, TracedReply } from './types.ts';

// What the service saw, put together for people who look at it: simulator and console. Reads only, never locks.

const EVENTS_MAX = 200;
/** An event is looked for among so many of the newest entries of its account. */
const ENTRIES_MAX = 1_000;

/** The newest events of these conversations of one wholesaler, newest first. */
export async function readTraces(
  tx: Tx,
  conversations: readonly ConversationRef[],
  { limit }: { limit: number },
): Promise<EventTrace[]> {
  const wholesalerId = conversations[0]?.wholesalerId;
  if (wholesalerId === undefined) return [];
  const newest = await tx.$queryRaw<{ id: string }[]>`
    select e.id
      from (select distinct * from unnest(${conversations.map((one) => one.lineId)}::uuid[],
                                          ${conversations.map((one) => one.personKey)}::text[])) as k (line_id, person_key)
      join inbox_event e on e.wholesaler_id = ${wholesalerId} and e.line_id = k.line_id and e.person_key = k.person_key
     where e.kind in ('message', 'internal')
     order by e.received_at desc, e.id desc limit ${Math.min(limit, EVENTS_MAX)}`;
  return tracesOf(
    tx,
    wholesalerId,
    newest.map(({ id }) => id),
  );
}

/** The trace of one event; null when this wholesaler has none with this id, or it belongs to no conversation. */
export async function readTrace(
  tx: Tx,
  { wholesalerId, id }: { wholesalerId: string; id: string },
): Promise<EventTrace | null> {
  const [trace] = await tracesOf(tx, wholesalerId, [id]);
  return trace ?? null;
}

async function tracesOf(tx: Tx, wholesalerId: string, ids: string[]): Promise<EventTrace[]> {
  const rows = await tx.$queryRaw<Row[]>`
    select e.id as "eventId", e.line_id as "lineId", e.person_key as "personKey", e.event_key as "eventKey", e.kind,
           e.state, e.tries, e.last_error as "lastError", e.sent_at as "sentAt", e.received_at as "receivedAt",
           e.done_at as "doneAt", e.code_version as "codeVersion", e.sender, e.payload, e.facts, e.results,
           r.id as "retailerId", r.name as "retailerName", w.currency
      from inbox_event e
      join wholesaler w on w.id = e.wholesaler_id
      join conversation c on c.wholesaler_id = e.wholesaler_id and c.line_id = e.line_id and c.person_key = e.person_key
      left join retailer r on r.wholesaler_id = e.wholesaler_id
                          and r.id = coalesce(e.facts #>> '{retailer,id}', c.retailer_id)
     where e.wholesaler_id = ${wholesalerId} and e.id = any (${ids}::uuid[]) and e.kind in ('message', 'internal')
     order by e.received_at desc, e.id desc`;
  const results = new Map(rows.map((row) => [row.eventId, readResults(row.results)]));
  const replies = await readReplies(tx, wholesalerId, ids, rows);
  const entries = await readEntries(
    tx,
    wholesalerId,
    ids,
    rows.flatMap(({ retailerId }) => retailerId ?? []),
  );
  const names = await readProductNames(
    tx,
    wholesalerId,
    [...results.values()].flatMap(({ parsed }) => skusOf(parsed)),
  );
  return rows.map(({ retailerId, retailerName, facts, results: _raw, ...row }): EventTrace => {
    const { parsed, answer } = results.get(row.eventId) ?? NOTHING;
    return {
      ...row,
      retailer: retailerId === null ? null : { id: retailerId, name: retailerName ?? retailerId },
      parsed,
      productNames: names,
      accountBefore: readAccountBefore(facts),
      answer,
      ledger: entries.filter(({ causeId }) => causeId === row.eventId).map(({ causeId: _cause, ...entry }) => entry),
      replies: replies.filter(({ causeId }) => causeId === row.eventId).map(({ causeId: _cause, ...reply }) => reply),
    };
  });
}

type Row = Pick<
  EventTrace,
  | 'eventId'
  | 'lineId'
  | 'personKey'
  | 'eventKey'
  | 'kind'
  | 'state'
  | 'tries'
  | 'lastError'
  | 'sentAt'
  | 'receivedAt'
  | 'doneAt'
  | 'codeVersion'
  | 'sender'
  | 'payload'
  | 'currency'
> & { retailerId: string | null; retailerName: string | null; facts: unknown; results: unknown };

const NOTHING = { parsed: null, answer: null };

function skusOf(parsed: ParseResult | null): string[] {
  if (parsed === null) return [];
  return [...parsed.lines.map(({ sku }) => sku), ...parsed.clarify.flatMap(({ candidates }) => candidates)];
}

async function readReplies(
  tx: Tx,
  wholesalerId: string,
  eventIds: string[],
  conversations: readonly Omit<ConversationRef, 'wholesalerId'>[],
): Promise<(TracedReply & { causeId: string })[]> {
  if (eventIds.length === 0) return [];
  // Line and person first, because the keys of the table begin with them. A person's event may also cause a reply to
  // another person, which stands in that one's trace.
  return tx.$queryRaw<(TracedReply & { causeId: string })[]>`
    select o.cause_event_id as "causeId", o.id, o.seq, o.state, o.attempts, o.reply, o.wamid, o.resent_at as "resentAt",
           o.error_class as "errorClass", o.error_detail as "errorDetail",
           coalesce((select jsonb_agg(jsonb_build_object('status', s.status, 'at', s.reported_at)
                                      order by s.received_at, s.event_id)
                       from delivery_status s
                      where s.wholesaler_id = o.wholesaler_id and s.wamid = o.wamid), '[]') as statuses
      from (select distinct * from unnest(${conversations.map((one) => one.lineId)}::uuid[],
                                          ${conversations.map((one) => one.personKey)}::text[])) as k (line_id, person_key)
      join outbox_message o on o.wholesaler_id = ${wholesalerId} and o.line_id = k.line_id and o.person_key = k.person_key
     where o.cause_event_id = any (${eventIds}::uuid[])
     order by o.seq`;
}

async function readEntries(
  tx: Tx,
  wholesalerId: string,
  eventIds: string[],
  retailerIds: string[],
): Promise<(TracedEntry & { causeId: string })[]> {
  if (retailerIds.length === 0) return [];
  return tx.$queryRaw<(TracedEntry & { causeId: string })[]>`
    select e.cause_id as "causeId", e.seq, e.kind, e.order_id as "orderId", e.limit_delta as "limitDelta",
           e.held_delta as "heldDelta", e.owed_delta as "owedDelta", e.limit_after as "limitAfter",
           e.held_after as "heldAfter", e.owed_after as "owedAfter"
      from (select distinct * from unnest(${retailerIds}::text[])) as k (retailer_id)
      cross join lateral (select * from ledger_entry l
                           where l.wholesaler_id = ${wholesalerId} and l.retailer_id = k.retailer_id
                           order by l.seq desc limit ${ENTRIES_MAX}) as e
     where e.cause_id = any (${eventIds}::text[])
     order by e.seq`;
}
