// Messages of which nobody knows whether they went. Graph has no idempotency key, so a second try may be a second
// message on somebody's phone, and no second try may be an answer that never comes. What tells is Meta's statuses: our id
// travels with each message and comes back with its statuses. So a status of ours settles a message as sent, and silence
// about ours while the line's other statuses keep coming settles it as not sent. While the line has no statuses at all,
// silence means nothing: our door may be shut, or Meta late.
//
// "Keep coming" is meant literally: from the attempt on, no gap of half the evidence wait or more, until at least half of
// it is over; then ours has the rest of it. Where there was such a gap, the wait begins anew with the first status after
// it, because Meta then delivers late what it could not deliver. So one status right after the attempt proves nothing,
// nor does one long after it, and on a line where people write now and then it takes a minute or two of their chat.
// What counts is when Meta says that it happened (in whole seconds), not when it came: when Meta is behind with its
// reports, those that come now speak of what was before our attempt, and prove nothing about it.
import type { Database } from '../db/index.ts';
import { LADDER } from './ladder.ts';

type Line = { wholesalerId: string; lineId: string };

export type Settled = { id: string; state: 'queued' | 'failed' | 'dropped' };

/** How far back statuses without a message are looked at again. */
const STRAYS_MINUTES = 5;

/**
 * Lines with open attempts, failures that nobody looked at, or statuses without a message. Three look-ups per line, in
 * indexes that are nearly empty.
 */
export async function findUnsettledLines(db: Database): Promise<Line[]> {
  const rows = await db.prisma.$queryRaw<{ wholesaler_id: string; id: string }[]>`
    select l.wholesaler_id, l.id from line l
     where exists (select from outbox_message m
                    where m.wholesaler_id = l.wholesaler_id and m.line_id = l.id
                      and m.state in ('sending', 'uncertain'))
        or exists (select from outbox_message m
                    where m.wholesaler_id = l.wholesaler_id and m.line_id = l.id
                      and m.state in ('failed', 'dropped') and m.told_at is null)
        or exists (select from operator_alert a
                    where a.wholesaler_id = l.wholesaler_id and a.kind = 'statuses_silent' and a.key = l.id::text
                      and a.closed_at is null)
        or exists (select from delivery_status d
                    where d.wholesaler_id = l.wholesaler_id and d.line_id = l.id and d.outbox_id is null
                      and d.received_at > (select app_clock()) - make_interval(mins => ${STRAYS_MINUTES}::int))`;
  return rows.map((row) => ({ wholesalerId: row.wholesaler_id, lineId: row.id }));
}

/**
 * Messages whose sender died or hangs: their lease is over, and the request may have left. They become uncertain, never
 * queued. SKIP LOCKED: a row that is locked is just being settled.
 */
export async function expireLeases(db: Database, line: Line): Promise<string[]> {
  const rows = await db.prisma.$queryRaw<{ id: string }[]>`
    with clock as materialized (select app_clock() as at),
    lapsed as materialized (
      select id from outbox_message
       where wholesaler_id = ${line.wholesalerId} and line_id = ${line.lineId}::uuid
         and state = 'sending' and lease_until < (select at from clock) and carried_by is null
         for no key update skip locked
    )
    update outbox_message m
       set state = 'uncertain', lease_until = null, error_class = 'unknown', error_code = null,
           error_detail = 'the process that sent this did not say what came of it'
      from lapsed where m.wholesaler_id = ${line.wholesalerId} and m.id = lapsed.id
    returning m.id`;
  return rows.map((row) => row.id);
}

/**
 * Settles the uncertain messages of a line by the evidence described above: not sent, so queued again, once; not sent a
 * second time, so failed for staff to see; or too old to be of use, because the 24-hour window is over. Holds the rest,
 * also while statuses that have arrived wait to be read. Locks the messages it settles (SKIP LOCKED).
 */
export async function settleByEvidence(db: Database, line: Line, evidenceWaitMs: number): Promise<Settled[]> {
  const { wholesalerId, lineId } = line;
  return db.prisma.$queryRaw<Settled[]>`
    with clock as materialized (
      select app_clock() as at, ${evidenceWaitMs}::float8 * interval '1 millisecond' as wait
    ),
    arrival as materialized (
      select told_at, received_at, told_at - lag(told_at) over (order by told_at) as gap
        from (select received_at, least(received_at, reported_at + interval '1 second') as told_at from delivery_status
               where wholesaler_id = ${wholesalerId} and line_id = ${lineId}::uuid
                 and received_at > (select at - 3 * wait from clock)) s
    ),
    flow as materialized (
      select max(told_at) filter (where gap is null or gap >= (select wait / 2 from clock)) as since,
             max(told_at) as latest, max(received_at) as latest_received
        from arrival
    ),
    judged as materialized (
      select m.id,
             case when e.useful is true then case when m.resent_at is null then 'queued' else 'failed' end
                  else 'dropped' end as verdict
        from outbox_message m
        join conversation c on c.wholesaler_id = m.wholesaler_id and c.line_id = m.line_id
                           and c.person_key = m.person_key
       cross join clock k cross join flow f
       cross join lateral (
         -- A template may go when the window is closed, but nothing is news after three days.
         select c.last_inbound_at > k.at - interval '24 hours'
                or (m.reply->>'kind' = 'template' or m.reply->'outsideWindow' is not null)
                   and m.created_at > k.at - interval '3 days' as useful) e
       cross join lateral (
         select case when f.since < m.attempted_at + k.wait / 2 then m.attempted_at else f.since end as watched_since) s
       where m.wholesaler_id = ${wholesalerId} and m.line_id = ${lineId}::uuid
         and m.state = 'uncertain' and m.carried_by is null
         and (e.useful is not true
              or f.latest >= s.watched_since + k.wait / 2
                 and k.at >= s.watched_since + k.wait
                 and not exists (select from inbox_event i
                                  where i.wholesaler_id = ${wholesalerId} and i.state = 'waiting' and i.kind = 'status'
                                    and i.line_id = ${lineId}::uuid and i.received_at <= f.latest_received))
         for no key update of m skip locked
    )
    update outbox_message m
       set state = j.verdict,
           not_before = k.at,
           resent_at = case when j.verdict = 'queued' then k.at else m.resent_at end,
           settled_at = case when j.verdict <> 'queued' then k.at end,
           error_class = case when j.verdict = 'queued' then m.error_class else 'unconfirmed' end,
           error_detail = case j.verdict
             when 'failed' then 'sent twice without an answer, and no status came for either'
             when 'dropped' then 'whether it was sent is not known, and it is too old to be of use'
             else m.error_detail end
      from judged j cross join clock k
     where m.wholesaler_id = ${wholesalerId} and m.id = j.id
    returning m.id, m.state`;
}

/**
 * Closes a gap between two transactions: a status without our id that was written while the answer with its wamid was
 * being recorded sees no message, nor does the answer see the status. Looks at the line's recent strays only. Moves
 * forward only; locks in the order of ids.
 */
export async function adoptStrayStatuses(db: Database, line: Line): Promise<number> {
  const { wholesalerId, lineId } = line;
  return db.prisma.$executeRaw`
    with stray as materialized (
      select d.wamid, max(array_position(${LADDER}, d.status)) as rank,
             bool_or(d.status = 'failed') as failed,
             max(d.error_code) filter (where d.status = 'failed') as error_code,
             max(d.error_detail) filter (where d.status = 'failed') as error_detail
        from delivery_status d
       where d.wholesaler_id = ${wholesalerId} and d.line_id = ${lineId}::uuid and d.outbox_id is null
         and d.received_at > (select app_clock()) - make_interval(mins => ${STRAYS_MINUTES}::int)
       group by d.wamid
    ),
    behind as materialized (
      select m.id, s.rank, s.failed, s.error_code, s.error_detail
        from stray s join outbox_message m on m.wholesaler_id = ${wholesalerId} and m.wamid = s.wamid
       where m.line_id = ${lineId}::uuid and m.state in ('accepted', 'sent', 'delivered', 'read')
         and (s.failed or s.rank > array_position(${LADDER}, m.state))
       order by m.id for no key update of m
    )
    update outbox_message m
       set state = case when b.failed then 'failed'
             else (${LADDER})[b.rank] end,
           error_class = case when b.failed then 'final' end,
           error_code = b.error_code,
           error_detail = b.error_detail
      from behind b
     where m.wholesaler_id = ${wholesalerId} and m.id = b.id
       and m.state in ('accepted', 'sent', 'delivered', 'read')
       and (b.failed or b.rank > array_position(${LADDER}, m.state))`;
}
