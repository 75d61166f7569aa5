// The statement that claims what is to be sent, and thereby decides how: as it is, as its template, together with those
// that wait behind it, or not at all. All of it is committed before any request leaves.
import type { Tx } from '../db/index.ts';
import { INTERACTIVE_BODY_MAX, TEXT_BODY_MAX } from '../shared/message-limits.ts';
import { LOOK_AGAIN_MS } from './aside.ts';
import { MERGED_MAX, SEPARATOR } from './merge-replies.ts';
import type { DueLine, Pacing } from './outbox-store.ts';

/** A mark that an identity is unreachable is forgotten after this many days, should the person stay silent. */
const UNREACHABLE_DAYS = 7;
/** Replies that a claim looks at beyond twice those that may leave, for the sake of those that turn out to be not next. */
const LOOK_FURTHER = 32;
/** Longer than anything is of use, and short enough for an interval. */
const USEFUL_MS_MAX = 1e11;

/**
 * Claims up to `max` heads of queues of one line and marks them as being sent, in one statement and commit.
 *
 * A claim looks at the first replies that are due, a bounded number of them. Those that turn out to be blocked are set
 * aside (`aside_until`) until the one before them leaves the queue, when a trigger (`outbox_next`) brings them back. So
 * however many wait, a claim reads no more than what it looks at.
 *
 * A head is a due message with no earlier one of the same person still open, except an uncertain one that is older than
 * the bound; nor is any message of that person being sent. Nothing seen here can become a head's predecessor later:
 * replies are numbered under the conversation's lock, and what has left the queue never comes back, except an uncertain
 * or failed one, which comes back in its old place. While the line is limited its templates wait, and block nobody.
 *
 * What a head meets is judged here, at the moment of sending: the line is retired; it comes too late to be of use; the
 * window is closed, so that it goes as its template, or not at all. This is also the place for what else forbids a send.
 *
 * Merging: when a head waited for `mergeAfterMs`, the texts right behind it leave with it, and as the last one a message
 * with buttons, a list or a link. They are locked with SKIP LOCKED, and a gap among them ends the merge, so order is
 * kept. Only what is certain never to have left is merged, and what fails goes back to being single (`outbox_carry`):
 * so a status of a merged message can never speak of a reply that was not in it.
 *
 * OFFSET 0 keeps the planner from turning a look-up per head into a join: statistics of a queue are always out of date,
 * and a join planned for an empty table took 280 ms for 64 heads of 5,000 instead of 3. Where messages are joined, it is on
 * the wholesaler that came along: named as a constant, one whom the statistics do not know was expected to have a single
 * message, and all 20,000 were read for each of a few (900 ms).
 *
 * Locks: first the line's pace (FOR UPDATE, so that claims of several processes on one line take turns and never
 * overspend its rate), then what it looks at, what is in the way of it and what is behind it (SKIP LOCKED, so no other
 * claim or outcome is ever waited for).
 */
export function claimStatement<Row>(
  db: Pick<Tx, '$queryRaw'>,
  line: DueLine,
  options: { max: number; leaseMs: number; pacing: Pacing },
): Promise<Row[]> {
  const { wholesalerId, lineId } = line;
  const { pacing } = options;
  const rate = pacing.perLineRatePerSecond;
  // A bucket has to hold one whole message at least, or a slow line would never send.
  const burstMs = Math.max(pacing.lineBurstMs, 1000 / rate);
  return db.$queryRaw<Row[]>`
    with clock as materialized (select app_clock() as at),
    pace as materialized (
      -- Held to the bounds, so that a clock set back cannot silence a line.
      select least(greatest(p.busy_until, (select at from clock)),
                   (select at from clock) + ${burstMs}::float8 * interval '1 millisecond') as busy_until
        from line_pace p
       where p.wholesaler_id = ${wholesalerId} and p.line_id = ${lineId}::uuid
         for update of p
    ),
    pause as materialized (
      select p.until > (select at from clock) as paused, p.reason = 'line_stopped' as stopped
        from line_pause p where p.wholesaler_id = ${wholesalerId} and p.line_id = ${lineId}::uuid
    ),
    limits as materialized (
      select (select until from line_limit where wholesaler_id = ${wholesalerId} and line_id = ${lineId}::uuid
                                             and until > (select at from clock)) as limited_until,
             (select retired_at from line where wholesaler_id = ${wholesalerId} and id = ${lineId}::uuid) as retired_at,
             exists (select from app_pause where token_ref = ${line.tokenRef}
                                             and until > (select at from clock)) as app_paused
    ),
    bucket as materialized (
      select coalesce((select busy_until from pace), c.at) as busy_until,
             coalesce((select stopped from pause), false) as probing,
             -- A stopped line is tried with one message at a time: no further one while that is under way.
             case when exists (select from outbox_message m
                                where m.wholesaler_id = ${wholesalerId} and m.line_id = ${lineId}::uuid
                                  and m.state = 'sending') then 1 else 0 end as in_flight,
             coalesce((select paused from pause), false) or (select app_paused from limits) as paused,
             floor(extract(epoch from c.at - coalesce((select busy_until from pace), c.at))::float8 * ${rate}::float8
                             + ${burstMs}::float8 * ${rate}::float8 / 1000 + 0.001)::int as allowed
        from clock c
    ),
    budget as materialized (
      select b.*, case when paused then 0
                       else greatest(0, least(${options.max}::int,
                              case when probing then least(1, allowed) - in_flight else allowed end)) end as heads
        from bucket b
    ),
    -- Held to a bound, so that a claim takes the same time however much waits: what turns out to be not its person's next
    -- leaves the index below, and the claim after this looks further.
    look as materialized (
      select m.wholesaler_id, m.id, m.person_key, m.seq, m.reply, m.created_at, m.remedies, m.resent_at, m.to_phone,
             m.to_bsuid, greatest(m.not_before, m.aside_until) as due_at
        from outbox_message m
       where m.wholesaler_id = ${wholesalerId} and m.line_id = ${lineId}::uuid
         and m.state = 'queued' and greatest(m.not_before, m.aside_until) <= (select at from clock)
       order by greatest(m.not_before, m.aside_until)
       limit (select case when heads > 0 then 2 * heads + ${LOOK_FURTHER}::int else 0 end from budget)
         for no key update of m skip locked
    ),
    placed as materialized (
      select l.*, coalesce(e.id, s.id) as blocker,
             case when coalesce(e.id, s.id) is null then nullif(greatest(room.at, (select at from clock)), (select at from clock))
                  when e.state = 'uncertain' then e.attempted_at
                       + ${pacing.uncertainBlocksMs}::float8 * interval '1 millisecond'
                  -- A later one of theirs is under way, since this one came back: nothing says when it is put back.
                  when e.id is null then (select at from clock) + interval '1 second'
                  else (select at from clock) + ${LOOK_AGAIN_MS}::float8 * interval '1 millisecond' end as wait_until
        from look l
        left join lateral (
          select b.id, b.state, b.attempted_at from outbox_message b
           where b.wholesaler_id = ${wholesalerId} and b.line_id = ${lineId}::uuid and b.person_key = l.person_key
             and b.seq < l.seq and b.state in ('queued', 'sending', 'uncertain')
             and (b.state = 'sending'
                  or b.state = 'uncertain' and b.attempted_at >
                       (select at from clock) - ${pacing.uncertainBlocksMs}::float8 * interval '1 millisecond'
                  or b.state = 'queued' and not ((select limited_until from limits) is not null
                       and (b.reply->>'kind' = 'template' or 'template' = any (b.remedies))))
           order by b.seq limit 1 offset 0) e on true
        left join lateral (
          select b.id from outbox_message b
           where e.id is null
             and b.wholesaler_id = ${wholesalerId} and b.line_id = ${lineId}::uuid and b.person_key = l.person_key
             and b.state = 'sending'
           limit 1 offset 0) s on true
        left join lateral (
          -- A bucket per person, read off the person's own earlier messages: the k-th before this one, k from the burst
          -- on, must be old enough to have made room. The short look at the burst's edge spares most the long one.
          select case
            when coalesce(e.id, s.id) is not null or l.seq <= ${pacing.pairBurst}::int then null
            when not exists (
              select from outbox_message r
               where r.wholesaler_id = ${wholesalerId} and r.line_id = ${lineId}::uuid and r.person_key = l.person_key
                 and r.seq = l.seq - ${pacing.pairBurst}::int
                 and r.attempted_at > (select at from clock)
                     - ${pacing.pairBurst * pacing.pairIntervalMs}::float8 * interval '1 millisecond'
               offset 0) then null
            else (
              select max(r.attempted_at + (l.seq - r.seq - ${pacing.pairBurst}::int + 1)
                         * ${pacing.pairIntervalMs}::float8 * interval '1 millisecond')
                from outbox_message r
               where r.wholesaler_id = ${wholesalerId} and r.line_id = ${lineId}::uuid and r.person_key = l.person_key
                 and r.seq between l.seq - 3 * ${pacing.pairBurst}::int and l.seq - ${pacing.pairBurst}::int) end as at
           offset 0) room on true
    ),
    -- What is in the way must stay there until this commits, or its leaving could miss the mark that is made here.
    blocking as materialized (
      select b.id
        from (select distinct p.wholesaler_id, p.blocker from placed p
               where p.blocker is not null and not exists (select from look l where l.id = p.blocker)) p
        join outbox_message b on b.wholesaler_id = p.wholesaler_id and b.id = p.blocker
       -- In a form that fits no partial index: on a table that was never analysed the one of all open messages would be
       -- read whole for each of these.
       where b.state || '' in ('queued', 'sending', 'uncertain')
         for share of b skip locked
    ),
    head as materialized (
      select * from placed where wait_until is null order by due_at limit (select heads from budget)
    ),
    met as materialized (
      select h.*, h.reply->>'kind' as kind,
             -- Nobody wrote within 24 hours, or ever, or Meta said so: only a template may go.
             coalesce(c.last_inbound_at > (select at from clock) - interval '24 hours', false)
               and not 'template' = any (h.remedies) as open,
             case when jsonb_typeof(h.reply->'usefulForMs') = 'number'
                  then h.created_at + least((h.reply->>'usefulForMs')::float8, ${USEFUL_MS_MAX}) * interval '1 millisecond'
                       < (select at from clock) else false end as stale,
             h.to_phone is not null and (h.to_bsuid is null or not exists (
               select from unreachable_route u
                where u.wholesaler_id = ${wholesalerId} and u.line_id = ${lineId}::uuid
                  and u.person_key = h.person_key and u.route = 'phone'
                  and u.marked_at > coalesce(c.last_inbound_at, '-infinity')
                  and u.marked_at > (select at from clock) - make_interval(days => ${UNREACHABLE_DAYS}::int))) as by_phone
        from head h
        left join lateral (
          select last_inbound_at from conversation
           where wholesaler_id = ${wholesalerId} and line_id = ${lineId}::uuid and person_key = h.person_key
           offset 0) c on true
    ),
    judged as materialized (
      select m.*,
             case when (select retired_at from limits) is not null then 'line_retired'
                  when stale then 'stale'
                  when not open and kind is distinct from 'template' and reply->'outsideWindow' is null then 'window_closed'
                  end as obstacle,
             not open and kind is distinct from 'template' as by_template,
             (select limited_until from limits) is not null and (not open or kind = 'template') as waits,
             open and kind = 'text' and reply->'keepApart' is null and resent_at is null and remedies = '{}'
               and created_at <= (select at from clock) - ${pacing.mergeAfterMs}::float8 * interval '1 millisecond'
               and (select retired_at from limits) is null and not stale as mergeable
        from met m
    ),
    behind as materialized (
      select h.id as carrier, q.*
        from judged h cross join lateral (
          select m.wholesaler_id, m.id, row_number() over (order by m.seq) as place, m.reply->>'kind' as kind,
                 -- In UTF-16 units, never too few.
                 least(octet_length(m.reply->>'body'), 2 * char_length(m.reply->>'body'))
                   + ${SEPARATOR.length}::int as length,
                 m.state = 'queued' and m.not_before <= (select at from clock) and m.resent_at is null
                   and m.remedies = '{}' and m.reply->'keepApart' is null
                   and m.reply->>'kind' in ('text', 'buttons', 'list', 'link')
                   and m.to_phone is not distinct from h.to_phone and m.to_bsuid is not distinct from h.to_bsuid
                   and (jsonb_typeof(m.reply->'usefulForMs') is distinct from 'number'
                        or m.created_at + least((m.reply->>'usefulForMs')::float8, ${USEFUL_MS_MAX})
                             * interval '1 millisecond' >= (select at from clock)) as fits
            from outbox_message m
           where m.wholesaler_id = ${wholesalerId} and m.line_id = ${lineId}::uuid and m.person_key = h.person_key
             and m.state in ('queued', 'sending', 'uncertain') and m.seq > h.seq
           order by m.seq limit ${MERGED_MAX - 1}::int offset 0) q
       where h.mergeable
    ),
    held as materialized (
      select m.id
        from behind b join outbox_message m on m.wholesaler_id = b.wholesaler_id and m.id = b.id
       where b.fits and m.state || '' = 'queued'
       order by m.id for no key update of m skip locked
    ),
    follower as materialized (
      select s.carrier, s.wholesaler_id, s.id, s.place
        from (select b.carrier, b.wholesaler_id, b.id, b.place, b.kind,
                     bool_and(b.fits and b.id in (select id from held)) over w as unbroken,
                     count(*) filter (where b.kind <> 'text') over w as interactive,
                     sum(b.length) over w as length
                from behind b window w as (partition by b.carrier order by b.place)) s
        join judged h on h.id = s.carrier
       where s.unbroken
         -- Nothing follows a message with buttons: it would take the eye off them.
         and s.interactive = case when s.kind = 'text' then 0 else 1 end
         and least(octet_length(h.reply->>'body'), 2 * char_length(h.reply->>'body')) + s.length
             <= case when s.kind = 'text' then ${TEXT_BODY_MAX}::int else ${INTERACTIVE_BODY_MAX}::int end
    ),
    carried as (
      update outbox_message m
         set state = 'sending', carried_by = f.carrier, attempts = m.attempts + 1,
             lease_until = (select at from clock) + ${options.leaseMs}::float8 * interval '1 millisecond'
        from follower f
       where m.wholesaler_id = f.wholesaler_id and m.id = f.id
    ),
    taken as (
      update outbox_message m
         set state = case when j.obstacle is not null then 'dropped' when j.waits then 'queued' else 'sending' end,
             attempts = m.attempts + case when j.obstacle is null and not j.waits then 1 else 0 end,
             attempted_at = case when j.obstacle is null and not j.waits then (select at from clock) else m.attempted_at end,
             lease_until = case when j.obstacle is null and not j.waits then (select at from clock)
                                + ${options.leaseMs}::float8 * interval '1 millisecond' end,
             not_before = case when j.waits then (select limited_until from limits) else m.not_before end,
             settled_at = case when j.obstacle is not null then (select at from clock) end,
             error_class = coalesce(j.obstacle, m.error_class),
             error_detail = case j.obstacle
               when 'stale' then 'its turn came when it was of no use any more'
               when 'window_closed' then coalesce(m.error_detail, 'the person had been silent for 24 hours')
               else m.error_detail end,
             remedies = case when j.by_template and j.obstacle is null and not 'template' = any (m.remedies)
                             then m.remedies || '{template}' else m.remedies end,
             route = case when j.by_phone then 'phone' else 'bsuid' end,
             carries = (select count(*) from follower f where f.carrier = j.id)
        from judged j
       where m.wholesaler_id = j.wholesaler_id and m.id = j.id
      returning m.wholesaler_id, m.id, m.state, m.person_key, m.attempted_at::text as attempt, m.attempts as tries, m.error_class, m.reply,
                m.to_phone, m.to_bsuid, m.remedies, m.route, j.by_template
    ),
    aside as (
      update outbox_message m
         set aside_until = p.wait_until
        from placed p
       where m.wholesaler_id = p.wholesaler_id and m.id = p.id and p.wait_until is not null
         and not exists (select from follower f where f.id = p.id)
         and (p.blocker is null or exists (select from look l where l.id = p.blocker)
              or exists (select from blocking b where b.id = p.blocker))
         and not exists (select from judged j where j.id = p.blocker and j.waits)
      returning m.id
    ),
    -- A template that waits for the end of a limit blocks nobody, so what was set aside behind it goes on.
    passed as (
      update outbox_message m
         set aside_until = null
        from judged j cross join lateral (
          select n.wholesaler_id, n.id from outbox_message n
           where n.wholesaler_id = ${wholesalerId} and n.line_id = ${lineId}::uuid and n.person_key = j.person_key
             and n.state in ('queued', 'sending', 'uncertain') and n.state = 'queued' and n.aside_until is not null
             and not exists (select from placed p where p.id = n.id)
           order by n.seq limit 1 offset 0) n
       where j.waits and m.wholesaler_id = n.wholesaler_id and m.id = n.id
    ),
    spent as (
      update line_pace p
         set busy_until = b.busy_until
             + (select count(*) from taken where state = 'sending') / ${rate}::float8 * interval '1 second'
        from budget b
       where p.wholesaler_id = ${wholesalerId} and p.line_id = ${lineId}::uuid
         and exists (select from taken where state = 'sending')
    )
    select b.allowed, b.paused, b.probing, (select count(*)::int from aside) as aside, t.*,
           (select jsonb_agg(m.reply order by f.place) from follower f
              join outbox_message m on m.wholesaler_id = f.wholesaler_id and m.id = f.id
             where f.carrier = t.id) as followers
      from budget b left join taken t on true`;
}
