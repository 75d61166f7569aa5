import { writeAudit } from '../audit/index.ts';
import type { Tx } from '../db/index.ts';
import { hintFor } from './line-hints.ts';

/** Why a number does not send, or only in part. */
export type LineTrouble = {
  /** stopped: nothing leaves. limited: it may only answer. slowed: it rests for seconds or minutes, by itself. */
  kind: 'stopped' | 'limited' | 'slowed';
  /** When it was first noticed, where that is kept. */
  since: Date | null;
  /** When it is tried next, by itself. */
  until: Date;
  metaCode: number | null;
  /** How often it was tried in a row. */
  tries: number;
  /** What a person should do; null where it passes by itself. */
  hint: string | null;
};

/** One of the wholesaler's numbers, and how its replies get on. */
export type LineHealth = {
  lineId: string;
  phoneNumberId: string;
  displayPhone: string;
  /** Replies that wait, up to a thousand, and the time since which the oldest does. */
  waiting: number;
  waitingSince: Date | null;
  troubles: LineTrouble[];
};

const COUNTED_MAX = 1_000;

type Row = Omit<LineHealth, 'troubles'> & {
  troubles: (Omit<LineTrouble, 'hint' | 'since' | 'until'> & { since: string | null; until: string })[];
};

/** The numbers of a wholesaler that are in use, with what is wrong with each. */
export async function readLineHealth(tx: Tx, wholesalerId: string): Promise<LineHealth[]> {
  const rows = await tx.$queryRaw<Row[]>`
    with trouble as (
      select p.line_id, case p.reason when 'line_stopped' then 'stopped' else 'slowed' end as kind, p.until, p.metacode,
             p.tries, 'line_stopped' as alert
        from line_pause p
       -- A stop lasts until a message shows that it is over; a rest is over with its time.
       where p.wholesaler_id = ${wholesalerId} and (p.reason = 'line_stopped' or p.until > app_clock())
      union all
      select t.line_id, 'limited', t.until, t.metacode, t.tries, 'line_limited'
        from line_limit t where t.wholesaler_id = ${wholesalerId}
      union all
      select l.id, 'slowed', a.until, a.metacode, a.tries, null
        from line l join app_pause a on a.token_ref = l.token_ref
       where l.wholesaler_id = ${wholesalerId} and a.until > app_clock())
    select l.id as "lineId", l.phone_number_id as "phoneNumberId", l.display_phone as "displayPhone",
           q.count as waiting, q.since as "waitingSince",
           coalesce((select jsonb_agg(jsonb_build_object('kind', t.kind, 'until', t.until, 'metaCode', t.metacode,
                                        'tries', t.tries, 'since', a.raised_at) order by t.kind)
                       from trouble t
                       left join operator_alert a on a.wholesaler_id = l.wholesaler_id and a.kind = t.alert
                                                 and a.key = l.id::text and a.closed_at is null
                      where t.line_id = l.id), '[]') as troubles
      from line l
     cross join lateral (
       select count(*)::int as count, min(created_at) as since
         from (select created_at from outbox_message
                where wholesaler_id = l.wholesaler_id and line_id = l.id and state = 'queued'
                order by greatest(not_before, aside_until) limit ${COUNTED_MAX}) m) q
     where l.wholesaler_id = ${wholesalerId} and l.retired_at is null
     order by l.display_phone, l.id`;
  return rows.map(({ troubles, ...line }) => ({
    ...line,
    troubles: troubles.map((trouble) => ({
      ...trouble,
      since: trouble.since === null ? null : new Date(trouble.since),
      until: new Date(trouble.until),
      hint: trouble.kind === 'slowed' ? null : hintFor(trouble.metaCode ?? undefined),
    })),
  }));
}

/**
 * Ends the rest of a number that Meta stopped or limited, because somebody mended it: the next message is one try, and the
 * others leave when Meta takes it. False where it is not stopped, or this wholesaler has no such number.
 */
export async function tryLineNow(
  tx: Tx,
  { wholesalerId, lineId, by }: { wholesalerId: string; lineId: string; by: string },
): Promise<boolean> {
  const stopped = await tx.$executeRaw`
    update line_pause set until = app_clock()
     where wholesaler_id = ${wholesalerId} and line_id = ${lineId}::uuid and reason = 'line_stopped' and until > app_clock()`;
  const [limit] = await tx.$queryRaw<{ until: string }[]>`
    select until::text as until from line_limit
     where wholesaler_id = ${wholesalerId} and line_id = ${lineId}::uuid and until > app_clock() for update`;
  if (stopped === 0 && limit === undefined) return false;
  if (limit !== undefined) {
    await tx.$executeRaw`
      update line_limit set until = app_clock() where wholesaler_id = ${wholesalerId} and line_id = ${lineId}::uuid`;
    // What was put off to the end of that rest goes now, too.
    await tx.$executeRaw`
      update outbox_message set not_before = app_clock()
       where wholesaler_id = ${wholesalerId} and line_id = ${lineId}::uuid and state = 'queued'
         and not_before = ${limit.until}::timestamptz`;
  }
  await writeAudit(tx, [{ wholesalerId, actor: by, action: 'line_tried_now', subject: { line: lineId } }]);
  return true;
}
