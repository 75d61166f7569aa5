import type { Tx } from '../../db/index.ts';

/**
 * True when these messages of people were worked on and their replies sent, and nothing else is due either: an approver's
 * tap is answered to the shop as well.
 */
export async function isAllSaid(db: Tx, messageIds: readonly string[]): Promise<boolean> {
  const keys = messageIds.map((id) => `m:${id}`);
  const [row] = await db.$queryRaw<{ settled: boolean }[]>`
    select (select count(*) from line l
             join inbox_event e on e.wholesaler_id = l.wholesaler_id and e.line_id = l.id
            where e.event_key = any (${keys}::text[]) and e.state <> 'waiting'
              and not exists (select from outbox_message o
                               where o.wholesaler_id = e.wholesaler_id and o.line_id = e.line_id
                                 and o.cause_event_id = e.id and o.state in ('queued', 'sending', 'uncertain')))
             = ${keys.length}
       and not exists (select from inbox_event where state = 'waiting' and not_before <= app_clock())
       and not exists (select from outbox_message
                        where state = 'sending' or (state = 'queued' and not_before <= app_clock())) as settled`;
  return row?.settled === true;
}
