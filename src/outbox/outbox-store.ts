// Finding and claiming what is to be sent. A claim is one statement, so it is committed before any request leaves.
import type { Database } from '../db/index.ts';
import { assert } from '../shared/assert.ts';
import type { OutgoingMessage, Reply } from './types.ts';

/** A line that has due messages and is not paused. */
export type DueLine = { wholesalerId: string; lineId: string; phoneNumberId: string; tokenRef: string };

/** A message that this process may send, once, before its lease ends. */
export type Claimed = {
  message: OutgoingMessage;
  /** When the attempt began, exactly as the database has it: what we report about it names the attempt by this. */
  attempt: string;
  /** Tries including this one. */
  tries: number;
  lastTrouble: string | undefined;
  wholesalerId: string;
  lineId: string;
};

export type Claim = {
  claimed: Claimed[];
  /** Messages dropped instead of sent: their window has closed, or their line is retired. */
  dropped: { id: string; because: string }[];
  /** How many the line's pace allowed. */
  allowed: number;
  paused: boolean;
  /** The line was stopped and this claim tries whether it works again. */
  probing: boolean;
};

export type Pacing = {
  perLineRatePerSecond: number;
  /** How much of its rate a quiet line saves up. */
  lineBurstMs: number;
  /** Messages to one person at once, and how long each further one waits. */
  pairBurst: number;
  pairIntervalMs: number;
  /** How long an uncertain message holds up the person's later ones. */
  uncertainBlocksMs: number;
};

/**
 * Lines with due messages that are not paused: of all wholesalers, or of those named. One index look-up per line. A
 * line may come back although every due message waits behind another that is not due; its claim is then empty.
 */
export async function findDueLines(db: Database, wholesalerIds: string[] | undefined): Promise<DueLine[]> {
  const rows = await db.prisma.$queryRaw<
    { wholesaler_id: string; id: string; phone_number_id: string; token_ref: string }[]
  >`
    with clock as materialized (select app_clock() as at)
    select l.wholesaler_id, l.id, l.phone_number_id, l.token_ref
      from line l
     where (${wholesalerIds === undefined} or l.wholesaler_id = any (${wholesalerIds ?? []}::text[]))
       and not exists (select from line_pause p
                        where p.wholesaler_id = l.wholesaler_id and p.line_id = l.id
                          and p.until > (select at from clock))
       and exists (select from outbox_message m
                    where m.wholesaler_id = l.wholesaler_id and m.line_id = l.id and m.state = 'queued'
                      and m.not_before <= (select at from clock))`;
  return rows.map((row) => ({
    wholesalerId: row.wholesaler_id,
    lineId: row.id,
    phoneNumberId: row.phone_number_id,
    tokenRef: row.token_ref,
  }));
}

/** Makes the row that claims on a line take turns by; needed once per line, harmless when repeated. */
export async function openPace(db: Database, line: DueLine): Promise<void> {
  await db.prisma.$executeRaw`
    insert into line_pace (wholesaler_id, line_id, busy_until)
    values (${line.wholesalerId}, ${line.lineId}::uuid, app_clock()) on conflict do nothing`;
}

type ClaimRow = {
  allowed: number;
  paused: boolean;
  probing: boolean;
  id: string | null;
  state: string;
  attempt: string;
  tries: number;
  error_class: string | null;
  reply: Reply;
  to_phone: string | null;
  to_bsuid: string | null;
};

/**
 * Claims up to `max` heads of queues of one line and marks them as being sent, in one statement and commit.
 *
 * A head is a due message with no earlier one of the same person still open, except an uncertain one that is older than
 * the bound; nor is any message of that person being sent. Nothing seen here can become a head's predecessor later:
 * replies are numbered under the conversation's lock, and what has left the queue never comes back, except an uncertain
 * one, which comes back in its old place.
 *
 * OFFSET 0 keeps the planner from turning a look-up per head into a join: statistics of a queue are always out of date,
 * and a join planned for an empty table took 280 ms for 64 heads of 5,000 instead of 3.
 *
 * Locks: first the line's pace (FOR UPDATE, so that claims of several processes on one line take turns and never
 * overspend its rate), then the heads (SKIP LOCKED, so nothing else is ever waited for).
 */
export async function claimHeads(
  db: Database,
  line: DueLine,
  options: { max: number; leaseMs: number; pacing: Pacing },
): Promise<Claim> {
  const { wholesalerId, lineId } = line;
  const { pacing } = options;
  const rate = pacing.perLineRatePerSecond;
  // A bucket has to hold one whole message at least, or a slow line would never send.
  const burstMs = Math.max(pacing.lineBurstMs, 1000 / rate);
  const rows = await db.prisma.$queryRaw<ClaimRow[]>`
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
    budget as materialized (
      select coalesce((select busy_until from pace), c.at) as busy_until,
             coalesce((select stopped from pause), false) as probing,
             coalesce((select paused from pause), false) as paused,
             floor(extract(epoch from c.at - coalesce((select busy_until from pace), c.at))::float8 * ${rate}::float8
                             + ${burstMs}::float8 * ${rate}::float8 / 1000 + 0.001)::int as allowed
        from clock c
    ),
    head as materialized (
      select m.id, m.person_key
        from outbox_message m
       where m.wholesaler_id = ${wholesalerId} and m.line_id = ${lineId}::uuid
         and m.state = 'queued' and m.not_before <= (select at from clock)
         and not exists (
           select from outbox_message e
            where e.wholesaler_id = ${wholesalerId} and e.line_id = ${lineId}::uuid and e.person_key = m.person_key
              and e.state in ('queued', 'sending', 'uncertain')
              and (e.state = 'sending'
                   or e.seq < m.seq and (e.state = 'queued' or e.attempted_at >
                        (select at from clock) - ${pacing.uncertainBlocksMs}::float8 * interval '1 millisecond'))
           offset 0)
         -- A bucket per person, read off the person's own earlier messages: the k-th before this one, k from the burst
         -- on, must be old enough to have made room. The short look at the burst's edge spares most the long one.
         and case
           when m.seq <= ${pacing.pairBurst}::int then true
           when not exists (
             select from outbox_message r
              where r.wholesaler_id = ${wholesalerId} and r.line_id = ${lineId}::uuid and r.person_key = m.person_key
                and r.seq = m.seq - ${pacing.pairBurst}::int
                and r.attempted_at > (select at from clock)
                    - ${pacing.pairBurst * pacing.pairIntervalMs}::float8 * interval '1 millisecond'
              offset 0) then true
           else (
             select coalesce(max(r.attempted_at + (m.seq - r.seq - ${pacing.pairBurst}::int + 1)
                      * ${pacing.pairIntervalMs}::float8 * interval '1 millisecond'), '-infinity') <= (select at from clock)
               from outbox_message r
              where r.wholesaler_id = ${wholesalerId} and r.line_id = ${lineId}::uuid and r.person_key = m.person_key
                and r.seq between m.seq - 3 * ${pacing.pairBurst}::int and m.seq - ${pacing.pairBurst}::int) end
       order by m.not_before
       limit (select least(${options.max}::int, case when paused then 0 when probing then least(1, allowed) else allowed end) from budget)
         for no key update of m skip locked
    ),
    judged as materialized (
      select h.id,
             case when (select retired_at from line where wholesaler_id = ${wholesalerId} and id = ${lineId}::uuid)
                       is not null then 'line_retired'
                  -- Nobody wrote within 24 hours, or ever: Meta would refuse it.
                  when (select c.last_inbound_at from conversation c
                         where c.wholesaler_id = ${wholesalerId} and c.line_id = ${lineId}::uuid
                           and c.person_key = h.person_key) > (select at from clock) - interval '24 hours' then null
                  else 'window_closed' end as obstacle
        from head h
    ),
    taken as (
      update outbox_message m
         set state = case when j.obstacle is null then 'sending' else 'dropped' end,
             attempts = m.attempts + case when j.obstacle is null then 1 else 0 end,
             attempted_at = case when j.obstacle is null then (select at from clock) else m.attempted_at end,
             lease_until = case when j.obstacle is null then (select at from clock)
                                + ${options.leaseMs}::float8 * interval '1 millisecond' end,
             settled_at = case when j.obstacle is not null then (select at from clock) end,
             error_class = coalesce(j.obstacle, m.error_class)
        from judged j
       where m.wholesaler_id = ${wholesalerId} and m.id = j.id
      returning m.id, m.state, m.attempted_at::text as attempt, m.attempts as tries, m.error_class, m.reply,
                m.to_phone, m.to_bsuid
    ),
    spent as (
      update line_pace p
         set busy_until = b.busy_until
             + (select count(*) from taken where state = 'sending') / ${rate}::float8 * interval '1 second'
        from budget b
       where p.wholesaler_id = ${wholesalerId} and p.line_id = ${lineId}::uuid
         and exists (select from taken where state = 'sending')
    )
    select b.allowed, b.paused, b.probing, t.* from budget b left join taken t on true`;
  return toClaim(line, rows);
}

function toClaim(line: DueLine, rows: ClaimRow[]): Claim {
  const [first] = rows;
  assert(first !== undefined, 'a claim always says what the pace allowed');
  const claim: Claim = {
    claimed: [],
    dropped: [],
    allowed: first.allowed,
    paused: first.paused,
    probing: first.probing,
  };
  for (const row of rows) {
    if (row.id === null) continue;
    if (row.state === 'sending') claim.claimed.push(toClaimed(line, row.id, row));
    else claim.dropped.push({ id: row.id, because: row.error_class ?? '' });
  }
  return claim;
}

function toClaimed(line: DueLine, id: string, row: ClaimRow): Claimed {
  return {
    message: {
      outboxId: id,
      phoneNumberId: line.phoneNumberId,
      tokenRef: line.tokenRef,
      recipient: { phone: row.to_phone ?? undefined, bsuid: row.to_bsuid ?? undefined },
      reply: row.reply,
    },
    attempt: row.attempt,
    tries: row.tries,
    lastTrouble: row.error_class ?? undefined,
    wholesalerId: line.wholesalerId,
    lineId: line.lineId,
  };
}
