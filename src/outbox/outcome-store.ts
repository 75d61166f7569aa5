// Recording what became of attempts.
import type { Database } from '../db/index.ts';
import type { Verdict } from './judge-outcome.ts';
import { LADDER } from './ladder.ts';
import type { Claimed } from './outbox-store.ts';
import { toStorableJson } from './storable.ts';

/** An attempt and what is to become of its message. */
export type Outcome = { claimed: Claimed; verdict: Verdict };

export type Recorded = {
  id: string;
  /** Where the message is now; null when it had been settled otherwise before, by a status or a later attempt. */
  state: string | null;
  /** The person has further messages waiting. */
  more: boolean;
};

/**
 * Records the outcomes of one wholesaler in one statement. An acceptance counts whatever happened meanwhile, because
 * Meta has the message; anything else counts only while the attempt that it speaks of is the last one. Statuses that
 * named the wamid before we knew it are taken into account. Locks the messages in the order of their ids, as
 * `applyStatuses` does, so that the two never deadlock.
 *
 * The condition on the items' wholesaler is always true. It makes the planner expect few items and look every message up
 * by its key; without it, and with the statistics that a queue has, it reads all messages of the wholesaler instead
 * (98 ms for 64 of 5,000). OFFSET 0 serves the same end, as does asking for any open successor and not for a queued one.
 */
export async function recordOutcomes(db: Database, wholesalerId: string, outcomes: Outcome[]): Promise<Recorded[]> {
  return db.prisma.$queryRaw<Recorded[]>`
    with clock as materialized (select app_clock() as at),
    item as materialized (
      select * from jsonb_to_recordset(${toStorableJson(outcomes.map(toRow))}::jsonb) as i (wholesaler_id text, id uuid,
             attempt timestamptz, state text, wamid text, delay_ms float8, attempts integer, error_class text,
             error_code integer, error_detail text, remedy text, failed_route text, line_id uuid, person_key text)
       where i.wholesaler_id = ${wholesalerId}
    ),
    locked as materialized (
      select m.id from item i join outbox_message m on m.wholesaler_id = i.wholesaler_id and m.id = i.id
       order by m.id for no key update of m
    ),
    reported as materialized (
      select i.id, max(array_position(${LADDER}, d.status)) as rank,
             bool_or(d.status = 'failed') as failed,
             max(d.error_code) filter (where d.status = 'failed') as error_code,
             max(d.error_detail) filter (where d.status = 'failed') as error_detail
        from item i cross join lateral (
               select status, error_code, error_detail from delivery_status
                where wholesaler_id = ${wholesalerId} and wamid = i.wamid offset 0) d
       group by i.id
    ),
    moved as (
      update outbox_message m
         set state = case
               when i.state <> 'accepted' then i.state
               when r.failed then 'failed'
               else (${LADDER})[greatest(4, coalesce(r.rank, 0))] end,
             wamid = coalesce(m.wamid, i.wamid),
             attempts = i.attempts,
             remedies = case when i.state = 'queued' and i.remedy is not null and not i.remedy = any (m.remedies)
                             then m.remedies || i.remedy else m.remedies end,
             not_before = case when i.state = 'queued'
                               then (select at from clock) + i.delay_ms * interval '1 millisecond' else m.not_before end,
             lease_until = null,
             settled_at = case when i.state in ('accepted', 'failed', 'dropped') then (select at from clock) end,
             error_class = case when r.failed and r.error_code in (131047, 470) then 'window_closed'
                                when r.failed then 'final' else i.error_class end,
             error_code = case when r.failed then r.error_code else i.error_code end,
             error_detail = case when r.failed then r.error_detail else i.error_detail end
        from item i left join reported r on r.id = i.id
       where m.wholesaler_id = i.wholesaler_id and m.id = i.id
         and m.id in (select id from locked)
         and case when i.state = 'accepted'
                  -- Not when Meta has reported meanwhile that this very try failed.
                  then not i.wamid = any (m.past_wamids) and (m.state in ('queued', 'sending', 'uncertain')
                       or m.state in ('failed', 'dropped') and m.wamid is null)
                  else m.state in ('sending', 'uncertain') and m.attempted_at = i.attempt end
      returning m.id, m.state
    ),
    marked as (
      insert into unreachable_route (wholesaler_id, line_id, person_key, route, marked_at, metacode)
      select distinct on (i.line_id, i.person_key, i.failed_route)
             ${wholesalerId}, i.line_id, i.person_key, i.failed_route, (select at from clock), i.error_code
        from item i where i.failed_route is not null
       order by i.line_id, i.person_key, i.failed_route
      on conflict (wholesaler_id, line_id, person_key, route)
      do update set marked_at = excluded.marked_at, metacode = excluded.metacode
    )
    select i.id, v.state,
           exists (select from outbox_message q
                    where q.wholesaler_id = m.wholesaler_id and q.line_id = m.line_id and q.person_key = m.person_key
                      and q.state in ('queued', 'sending', 'uncertain') and q.seq > m.seq offset 0) as more
      from item i
      join outbox_message m on m.wholesaler_id = i.wholesaler_id and m.id = i.id
      left join moved v on v.id = i.id`;
}

function toRow({ claimed, verdict }: Outcome): Record<string, unknown> {
  return {
    wholesaler_id: claimed.wholesalerId,
    id: claimed.message.outboxId,
    attempt: claimed.attempt,
    state: verdict.state,
    wamid: verdict.wamid ?? null,
    delay_ms: verdict.delayMs,
    attempts: verdict.tries,
    error_class: verdict.trouble ?? null,
    error_code: verdict.metaCode ?? null,
    error_detail: verdict.detail ?? null,
    remedy: verdict.remedy ?? null,
    failed_route: verdict.routeFailed ? claimed.route : null,
    line_id: claimed.lineId,
    person_key: claimed.personKey,
  };
}
