import type { Tx } from '../db/index.ts';
import type { StatusItem } from '../inbox/index.ts';
import { LADDER } from './ladder.ts';
import { toStorableJson } from './storable.ts';

/**
 * Keeps statuses and moves the messages they name forward, all in the caller's transaction and one statement. Safe with
 * repeats and in any order: a message ends up as the furthest thing that was ever reported of it, and failure is final.
 *
 * A status names its message by our own id, if that is one of the same line, else by its wamid. It may come before the
 * answer to the send: then it settles the message, also an uncertain one, and brings the wamid along. It even settles
 * what we had given up ourselves, because Meta's word is proof. What matches nothing is kept, and found again when the
 * answer with that wamid is recorded.
 *
 * Locks the messages in the order of wholesaler and id, as `recordOutcomes` does; look-ups are kept by key as there.
 */
export async function applyStatuses(tx: Tx, items: StatusItem[]): Promise<void> {
  if (items.length === 0) return;
  const wholesalerIds = [...new Set(items.map((item) => item.wholesalerId))];
  await tx.$executeRaw`
    with clock as materialized (select app_clock() as at),
    item as materialized (
      select * from jsonb_to_recordset(${toStorableJson(toRows(items))}::jsonb) as i (wholesaler_id text, line_id uuid,
             event_id uuid, wamid text, outbox_id uuid, status text, error_code integer, error_detail text,
             reported_at timestamptz, received_at timestamptz)
       where i.wholesaler_id = any (${wholesalerIds}::text[])
    ),
    target as materialized (
      select i.*, coalesce(o.id, w.id) as message_id,
             -- A wamid that another message has already is not taken over.
             case when w.holder is null then nullif(i.wamid, '') end as free_wamid
        from item i
        left join lateral (
          -- What is said of a try that failed, and was answered by another try, says nothing of that one.
          select case when line_id = i.line_id and not i.wamid = any (past_wamids) then id end as id
            from outbox_message where wholesaler_id = i.wholesaler_id and id = i.outbox_id offset 0) o on true
        left join lateral (
          select case when line_id = i.line_id then id end as id, id as holder from outbox_message
           where wholesaler_id = i.wholesaler_id and wamid = i.wamid offset 0) w on true
    ),
    kept as (
      insert into delivery_status (wholesaler_id, event_id, line_id, wamid, outbox_id, status, error_code, error_detail,
                                   reported_at, received_at)
      select wholesaler_id, event_id, line_id, wamid, message_id, status, error_code, error_detail, reported_at, received_at
        from target
      on conflict (wholesaler_id, event_id) do nothing
    ),
    locked as materialized (
      select m.wholesaler_id, m.id from outbox_message m
       where (m.wholesaler_id, m.id) in (select wholesaler_id, message_id from target)
       order by m.wholesaler_id, m.id for no key update
    ),
    furthest as materialized (
      select wholesaler_id, message_id,
             max(array_position(${LADDER}, status)) as rank,
             min(free_wamid) as free_wamid,
             (array_agg(wamid order by event_id) filter (where status = 'failed'))[1] as failed_wamid,
             (array_agg(error_code order by event_id) filter (where status = 'failed'))[1] as error_code,
             (array_agg(error_detail order by event_id) filter (where status = 'failed'))[1] as error_detail
        from target
       where message_id is not null and status <> 'other'
       group by wholesaler_id, message_id
    )
    update outbox_message m
       set state = case
             when f.failed_wamid = coalesce(m.wamid, f.failed_wamid) then 'failed'
             else (${LADDER})[f.rank] end,
           wamid = coalesce(m.wamid, f.free_wamid),
           lease_until = null,
           settled_at = coalesce(m.settled_at, (select at from clock)),
           error_class = case when f.failed_wamid = coalesce(m.wamid, f.failed_wamid)
             then case when f.error_code in (131047, 470) then 'window_closed' else 'final' end end,
           error_code = case when f.failed_wamid = coalesce(m.wamid, f.failed_wamid) then f.error_code end,
           error_detail = case when f.failed_wamid = coalesce(m.wamid, f.failed_wamid) then f.error_detail end
      from furthest f join locked l on l.wholesaler_id = f.wholesaler_id and l.id = f.message_id
     where m.wholesaler_id = f.wholesaler_id and m.id = f.message_id
       and case
         -- Failed by Meta's word, which is final. What we gave up without it has no wamid.
         when m.state in ('failed', 'dropped') and m.wamid is not null then false
         -- After a second try a message has two wamids; the failure of the one that does not count changes nothing.
         when f.failed_wamid = coalesce(m.wamid, f.failed_wamid) then true
         when m.state in ('failed', 'dropped') then f.rank is not null
         else f.rank > array_position(${LADDER}, m.state) end`;
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Rows for the database. What Meta echoes as our id is text from outside: only a uuid may become one. */
function toRows(items: StatusItem[]): Record<string, unknown>[] {
  const idOfWamid = new Map<string, string>();
  return items.map((item) => {
    const { wamid, status, outboxId, errorCode, errorDetail } = item.status;
    const echoed = outboxId !== undefined && UUID.test(outboxId) ? outboxId : undefined;
    // One wamid is one message. Were it to name two in one set, the second would break the set on the unique wamid.
    const key = `${item.wholesalerId}/${wamid}`;
    const id = idOfWamid.get(key) ?? echoed;
    if (id !== undefined && wamid !== '') idOfWamid.set(key, id);
    return {
      wholesaler_id: item.wholesalerId,
      line_id: item.lineId,
      event_id: item.eventId,
      wamid,
      outbox_id: id ?? null,
      // Errors win over the word that they come with.
      status: errorCode !== undefined && status !== 'other' ? 'failed' : status,
      error_code: errorCode ?? null,
      error_detail: errorDetail ?? null,
      reported_at: item.reportedAt,
      received_at: item.receivedAt,
    };
  });
}
