import type { Tx } from '../db/index.ts';
import type { WorkItem } from '../inbox/index.ts';
import { queueReplies, type Recipient, type Reply } from '../outbox/index.ts';
import { idsOfKey } from '../people/index.ts';

/** A conversation after an event: what to remember and what to say. */
export type Outcome = {
  item: WorkItem;
  state: unknown;
  retailerId: string | null;
  replies: Reply[];
  /** The person asked for somebody of the staff. */
  wantsPerson: boolean;
  /** Only what a person says to us opens the 24 hours for answers: no note of Meta's, and nothing said in a group. */
  isSaidToUs: boolean;
  /** What the person is answered in, where they said or showed it; stands beside the state for whoever else writes to them. */
  language: string | null;
};

/**
 * Saves conversations and queues their replies, one statement each for the whole set. The rows are held by the caller,
 * so replies can be numbered here without asking the database for the next number.
 */
export async function saveConversations(tx: Tx, wholesalerId: string, outcomes: Outcome[]): Promise<void> {
  if (outcomes.length === 0) return;
  const rows = outcomes.map(({ item, state, retailerId, replies, wantsPerson, isSaidToUs, language }) => ({
    wholesaler_id: wholesalerId,
    line_id: item.conversation.lineId,
    person_key: item.conversation.personKey,
    state,
    language,
    retailer_id: retailerId,
    ...addresses(item, isSaidToUs),
    profile_name: item.event.sender.profileName ?? item.conversation.profileName,
    inbound_at: isSaidToUs ? item.event.sentAt.toISOString() : null,
    replies: replies.length,
    wants_person: wantsPerson,
  }));
  await tx.$executeRaw`
    update conversation c
       set state = r.state, language = r.language, version = c.version + 1, retailer_id = r.retailer_id, phone = r.phone, bsuid = r.bsuid,
           profile_name = r.profile_name, last_inbound_at = greatest(c.last_inbound_at, r.inbound_at),
           reply_seq = c.reply_seq + r.replies,
           wants_person_at = case when r.wants_person then app_clock() else c.wants_person_at end,
           -- What a person has to look at.
           unread = c.unread + case when r.inbound_at is not null
                                     and (c.handled_by = 'person' or c.wants_person_at is not null or r.wants_person)
                                    then 1 else 0 end
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (
        wholesaler_id text, line_id uuid, person_key text, state jsonb, language text, retailer_id text, phone text, bsuid text, profile_name text,
        inbound_at timestamptz, replies integer, wants_person boolean)
     where c.wholesaler_id = r.wholesaler_id and c.line_id = r.line_id and c.person_key = r.person_key`;
  await queueReplies(
    tx,
    outcomes
      .filter(({ replies }) => replies.length > 0)
      .map(({ item, isSaidToUs, replies }) => ({
        wholesalerId,
        lineId: item.conversation.lineId,
        personKey: item.conversation.personKey,
        causeEventId: item.event.id,
        replies,
        firstSeq: item.conversation.replySeq + 1,
        recipient: recipientOf(item, isSaidToUs),
      })),
  );
}

/** The addresses that the newest message showed, together: a phone of an earlier one may be somebody else's by now. */
function addresses(
  { event, conversation }: WorkItem,
  isSaidToUs: boolean,
): { phone: string | null; bsuid: string | null } {
  if (!isSaidToUs) return { phone: conversation.phone, bsuid: conversation.bsuid };
  return { phone: event.sender.phone ?? null, bsuid: event.sender.bsuid ?? null };
}

/** An answer goes where the message came from; news goes to what the conversation is named by, which is surest. */
function recipientOf(item: WorkItem, isSaidToUs: boolean): Recipient {
  if (!isSaidToUs) {
    const { bsuid, parentBsuid, phone } = idsOfKey(item.conversation.personKey);
    return { bsuid: bsuid ?? parentBsuid, phone };
  }
  const { phone, bsuid } = item.event.sender;
  return { phone, bsuid };
}
