import type { Tx } from '../db/index.ts';
import { assert } from '../shared/assert.ts';
import { newId } from '../shared/ids.ts';
import { LOOK_AGAIN_MS } from './aside.ts';
import { toStorableJson } from './storable.ts';
import type { Recipient, Reply } from './types.ts';

/** What one event made us say to one person, in the order in which it is to be read. */
export type RepliesToQueue = {
  wholesalerId: string;
  lineId: string;
  personKey: string;
  /** The inbox event that these answer. */
  causeEventId: string | undefined;
  replies: Reply[];
  /** Number of the first reply: `conversation.reply_seq` + 1, which the caller holds under lock and moves on itself. */
  firstSeq: number;
  recipient: Recipient;
  /** `staff:<id>`; left out: the bot. */
  saidBy?: string;
  /** The id of the first reply, where the caller has to know whether it was queued before. */
  firstId?: string;
};

/**
 * Queues replies in the caller's transaction, so that they are said if and only if what they report has happened.
 * One statement for the whole set. The caller wakes the outbox worker after its COMMIT.
 */
export async function queueReplies(tx: Tx, items: RepliesToQueue[]): Promise<void> {
  const rows = items.flatMap(toRows);
  if (rows.length === 0) return;
  await tx.$executeRaw`
    insert into outbox_message (wholesaler_id, id, line_id, person_key, seq, cause_event_id, reply, to_phone, to_bsuid,
                                said_by, aside_until)
    select wholesaler_id, id, line_id, person_key, seq, cause_event_id, reply, to_phone, to_bsuid, said_by,
           -- The one before it is in this very insert, so it is surely in the way.
           case when is_first then null
                else app_clock() + ${LOOK_AGAIN_MS}::float8 * interval '1 millisecond' end
      from jsonb_to_recordset(${toStorableJson(rows)}::jsonb) as r (wholesaler_id text, id uuid, line_id uuid,
           person_key text, seq integer, cause_event_id uuid, reply jsonb, to_phone text, to_bsuid text,
           said_by text, is_first boolean)`;
}

function toRows(item: RepliesToQueue): Record<string, unknown>[] {
  const { phone, bsuid } = item.recipient;
  assert(phone !== undefined || bsuid !== undefined, 'a reply always has somebody to go to');
  assert(item.firstSeq > 0, 'replies are numbered from 1');
  return item.replies.map((reply, index) => ({
    wholesaler_id: item.wholesalerId,
    id: index === 0 && item.firstId !== undefined ? item.firstId : newId(),
    line_id: item.lineId,
    person_key: item.personKey,
    seq: item.firstSeq + index,
    cause_event_id: item.causeEventId ?? null,
    reply,
    to_phone: phone ?? null,
    to_bsuid: bsuid ?? null,
    said_by: item.saidBy ?? null,
    is_first: index === 0,
  }));
}
