// What staff decide about a reply that did not go by itself. Each decision is a move that the queue knows anyway: parking
// fails it, sending again puts it back in its old place as a new try, dropping ends it. So no worker has to know of them,
// and whatever Meta reports later of an earlier try still counts.
import { writeAudit } from '../audit/index.ts';
import type { Tx } from '../db/index.ts';
import { type OutboxState, STILL_GOING } from './outbox-counts.ts';

/** A reply, who decides about it, and the state in which they saw it, where they saw one. */
export type Decision = { wholesalerId: string; id: string; by: string; seen?: string | undefined };

export type Decided =
  /** `replayed`: it was so already. */
  | { kind: 'done'; replayed: boolean }
  | { kind: 'not_now'; because: NotDecided; state: OutboxState }
  | { kind: 'not_found' };

export type NotDecided =
  /** It is on its way at this moment, or it arrived. */
  | 'under_way'
  | 'arrived'
  /** Somebody or something moved it since it was looked at. */
  | 'changed'
  /** It travels in the message of another reply, and goes where that one goes. */
  | 'carried'
  /** Only a template may go to somebody who was silent for 24 hours, and this reply has none. */
  | 'window_closed'
  | 'line_retired'
  /** Its time of use is over: the queue would drop it at once. */
  | 'stale';

type Row = {
  state: OutboxState;
  errorClass: string | null;
  isCarried: boolean;
  isRetired: boolean;
  isOpen: boolean;
  isStale: boolean;
};

/** Staff's own reasons, in `error_class` beside those of sending. */
const PARKED = 'parked';
const WITHDRAWN = 'withdrawn';

/**
 * Sends a reply again that was given up, or of which nobody knows whether it went (the person may then read it twice). It
 * takes its old place in the queue, with all its tries before it.
 */
export async function sendAgain(tx: Tx, decision: Decision): Promise<Decided> {
  const row = await lock(tx, decision);
  if (row === null) return { kind: 'not_found' };
  const { state } = row;
  if (state === 'queued' || state === 'sending') return { kind: 'done', replayed: true };
  const because =
    STILL_GOING.includes(state) || state === 'failed' || state === 'dropped' ? obstacleTo(row) : 'arrived';
  const refused = because ?? movedSince(row, decision);
  if (refused !== null) return { kind: 'not_now', because: refused, state };
  const { wholesalerId, id } = decision;
  // Those that it carries go back with it, each by itself; what staff were told of the first failure says nothing of the next.
  await tx.$executeRaw`
    update outbox_message set told_at = null, settled_at = null
     where wholesaler_id = ${wholesalerId} and carried_by = ${id}::uuid`;
  // What may have left before is never merged with another, and evidence is believed once: resent_at says both.
  await tx.$executeRaw`
    update outbox_message
       set state = 'queued', not_before = app_clock(), aside_until = null, attempts = 0, lease_until = null, settled_at = null, told_at = null,
           error_class = null, error_code = null, error_detail = null, remedies = '{}',
           past_wamids = case when wamid is null then past_wamids else past_wamids || wamid end, wamid = null,
           resent_at = case when attempted_at is null then resent_at else app_clock() end
     where wholesaler_id = ${wholesalerId} and id = ${id}::uuid`;
  await note(tx, decision, 'reply_sent_again', { was: state });
  return { kind: 'done', replayed: false };
}

/** Takes a waiting reply out of its queue until somebody sends it again or drops it; those behind it go on. */
export async function parkReply(tx: Tx, decision: Decision & { reason: string }): Promise<Decided> {
  const row = await lock(tx, decision);
  if (row === null) return { kind: 'not_found' };
  if (row.state === 'failed' && row.errorClass === PARKED) return { kind: 'done', replayed: true };
  const refused = row.state === 'queued' ? movedSince(row, decision) : notWaiting(row.state);
  if (refused !== null) return { kind: 'not_now', because: refused, state: row.state };
  await end(tx, decision, 'failed', PARKED);
  await note(tx, decision, 'reply_parked', { reason: decision.reason });
  return { kind: 'done', replayed: false };
}

/** Ends a reply that has not arrived: it is never sent. */
export async function dropReply(tx: Tx, decision: Decision & { reason: string }): Promise<Decided> {
  const row = await lock(tx, decision);
  if (row === null) return { kind: 'not_found' };
  if (row.state === 'dropped') return { kind: 'done', replayed: true };
  const mayBe = row.state === 'queued' || row.state === 'uncertain' || row.state === 'failed';
  const refused = mayBe ? (row.isCarried ? 'carried' : movedSince(row, decision)) : notWaiting(row.state);
  if (refused !== null) return { kind: 'not_now', because: refused, state: row.state };
  await end(tx, decision, 'dropped', WITHDRAWN);
  await note(tx, decision, 'reply_dropped', { reason: decision.reason });
  return { kind: 'done', replayed: false };
}

/** To the end of the transaction: the workers skip it meanwhile, and whoever decides second finds what the first did. */
async function lock(tx: Tx, { wholesalerId, id }: Decision): Promise<Row | null> {
  const [row] = await tx.$queryRaw<Row[]>`
    select m.state, m.error_class as "errorClass", m.carried_by is not null as "isCarried",
           l.retired_at is not null as "isRetired",
           m.reply->>'kind' = 'template' or m.reply->'outsideWindow' is not null
             or coalesce(c.last_inbound_at > app_clock() - interval '24 hours', false) as "isOpen",
           case when jsonb_typeof(m.reply->'usefulForMs') = 'number'
                then extract(epoch from app_clock() - m.created_at) * 1000 > (m.reply->>'usefulForMs')::float8
                else false end as "isStale"
      from outbox_message m
      join line l on l.wholesaler_id = m.wholesaler_id and l.id = m.line_id
      join conversation c on c.wholesaler_id = m.wholesaler_id and c.line_id = m.line_id and c.person_key = m.person_key
     where m.wholesaler_id = ${wholesalerId} and m.id = ${id}::uuid
       for no key update of m`;
  return row ?? null;
}

/** Why the queue would not send it, had it the reply again. */
function obstacleTo(row: Row): NotDecided | null {
  if (row.isCarried) return 'carried';
  if (row.isRetired) return 'line_retired';
  if (row.isStale) return 'stale';
  return row.isOpen ? null : 'window_closed';
}

const movedSince = ({ state }: Row, { seen }: Decision): NotDecided | null =>
  seen === undefined || seen === state ? null : 'changed';

const notWaiting = (state: OutboxState): NotDecided =>
  state === 'sending' || state === 'uncertain'
    ? 'under_way'
    : state === 'failed' || state === 'dropped'
      ? 'changed'
      : 'arrived';

async function end(
  tx: Tx,
  { wholesalerId, id, reason }: Decision & { reason: string },
  state: 'failed' | 'dropped',
  errorClass: string,
): Promise<void> {
  // Whoever decided knows of it, so nobody is told; of those that travel with it neither.
  await tx.$executeRaw`
    update outbox_message set told_at = app_clock() where wholesaler_id = ${wholesalerId} and carried_by = ${id}::uuid`;
  await tx.$executeRaw`
    update outbox_message
       set state = ${state}, settled_at = app_clock(), told_at = app_clock(), lease_until = null,
           error_class = ${errorClass}, error_code = null, error_detail = ${reason.slice(0, 500)}
     where wholesaler_id = ${wholesalerId} and id = ${id}::uuid`;
}

async function note(tx: Tx, decision: Decision, action: string, after: Record<string, string>): Promise<void> {
  const { wholesalerId, by: actor, id } = decision;
  await writeAudit(tx, [{ wholesalerId, actor, action, subject: { reply: id }, after }]);
}
