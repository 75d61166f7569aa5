import type { Tx } from '../db/index.ts';
import type { WorkItem } from '../inbox/index.ts';
import { queueReplies, type Reply } from '../outbox/index.ts';

/** A conversation after an event: what to remember and what to say. */
export type Outcome = {
  item: WorkItem;
  state: unknown;
  retailerId: string | null;
  replies: Reply[];
  /** The person asked for somebody of the staff. */
  wantsPerson: boolean;
};

/**
 * Saves conversations and queues their replies, one statement each for the whole set. The rows are held by the caller,
 * so replies can be numbered here without asking the database for the next number.
 */
export async function saveConversations(tx: Tx, wholesalerId: string, outcomes: Outcome[]): Promise<void> {
  if (outcomes.length === 0) return;
  const rows = outcomes.map(({ item, state, retailerId, replies, wantsPerson }) => ({
    wholesaler_id: wholesalerId,
    line_id: item.conversation.lineId,
    person_key: item.conversation.personKey,
    state,
    retailer_id: retailerId,
    ...addresses(item),
    profile_name: item.event.sender.profileName ?? item.conversation.profileName,
    inbound_at: item.event.kind === 'message' ? item.event.sentAt.toISOString() : null,
    replies: replies.length,
    wants_person: wantsPerson,
  }));
  await tx.$executeRaw`
    update conversation c
       set state = r.state, version = c.version + 1, retailer_id = r.retailer_id, phone = r.phone, bsuid = r.bsuid,
           profile_name = r.profile_name, last_inbound_at = greatest(c.last_inbound_at, r.inbound_at),
           reply_seq = c.reply_seq + r.replies,
           wants_person_at = case when r.wants_person then app_clock() else c.wants_person_at end
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (
        wholesaler_id text, line_id uuid, person_key text, state jsonb, retailer_id text, phone text, bsuid text, profile_name text,
        inbound_at timestamptz, replies integer, wants_person boolean)
     where c.wholesaler_id = r.wholesaler_id and c.line_id = r.line_id and c.person_key = r.person_key`;
  await queueReplies(
    tx,
    outcomes
      .filter(({ replies }) => replies.length > 0)
      .map(({ item, replies }) => ({
        wholesalerId,
        lineId: item.conversation.lineId,
        personKey: item.conversation.personKey,
        causeEventId: item.event.id,
        replies,
        firstSeq: item.conversation.replySeq + 1,
        recipient: recipientOf(item),
      })),
  );
}

/** The newest addresses of the person: what this message showed, else what an earlier one did. */
function addresses(item: WorkItem): { phone: string | null; bsuid: string | null } {
  return {
    phone: item.event.sender.phone ?? item.conversation.phone,
    bsuid: item.event.sender.bsuid ?? item.conversation.bsuid,
  };
}

function recipientOf(item: WorkItem): { phone?: string | undefined; bsuid?: string | undefined } {
  const { phone, bsuid } = addresses(item);
  return { phone: phone ?? undefined, bsuid: bsuid ?? undefined };
}
