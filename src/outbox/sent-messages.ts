import type { Tx } from '../db/index.ts';
import type { Reply } from './types.ts';

/** A message of ours as the person has it on the screen. */
export type SentMessage = {
  wamid: string;
  personKey: string;
  /** What it said: several replies may have left as one message. */
  replies: Reply[];
  /** Whether nothing that answers another message was said to this person after it. */
  isNewest: boolean;
};

/** The messages of ours with these ids, as far as we still have them. One look-up per id by its unique index. */
export function readSentMessages(
  tx: Pick<Tx, '$queryRaw'>,
  of: { wholesalerId: string; wamids: string[] },
): Promise<SentMessage[]> {
  return tx.$queryRaw<SentMessage[]>`
    select m.wamid, m.person_key as "personKey", said.replies,
           not exists (
             select from outbox_message later
              where later.wholesaler_id = m.wholesaler_id and later.line_id = m.line_id
                and later.person_key = m.person_key and later.seq > said.last_seq
                and later.cause_event_id is distinct from m.cause_event_id) as "isNewest"
      from outbox_message m
     cross join lateral (
       select jsonb_agg(c.reply order by c.seq) as replies, max(c.seq) as last_seq
         from outbox_message c
        where c.wholesaler_id = m.wholesaler_id and (c.id = m.id or c.carried_by = m.id)) said
     where m.wholesaler_id = ${of.wholesalerId} and m.wamid = any (${of.wamids}::text[])`;
}
