import { writeAudit } from '../audit/index.ts';
import type { Tx } from '../db/index.ts';
import { queueReplies } from '../outbox/index.ts';
import { fitReply } from '../outbox/reply-fit.ts';
import { idsOfKey } from '../people/index.ts';
import { assert } from '../shared/assert.ts';
import { holdChat, UUID } from './held-chat.ts';
import { leaderActor, type NotNow, type StaffRef } from './types.ts';

export type StaffMessage = {
  wholesalerId: string;
  chatId: string;
  staff: StaffRef;
  body: string;
  /** A uuid made by the caller for one click, so that a second one sends nothing more. */
  requestId: string;
};

export type SentAsStaff =
  | { kind: 'queued'; replayed: boolean }
  | { kind: 'empty' }
  /** Nobody of the shop wrote within 24 hours: WhatsApp takes only templates until they write again. */
  | { kind: 'window_closed' }
  | NotNow;

/** Sends what staff wrote, behind everything that the chat has queued already. Wake the outbox after COMMIT. */
export async function sendAsStaff(tx: Tx, message: StaffMessage): Promise<SentAsStaff> {
  const { wholesalerId, chatId, staff, requestId } = message;
  const replies = fitReply({ kind: 'text', body: message.body });
  if (replies.length === 0) return { kind: 'empty' };
  assert(UUID.test(requestId), 'one click of staff is named by a uuid');
  const chat = await holdChat(tx, wholesalerId, chatId);
  if (chat === null) return { kind: 'not_found' };
  if (chat.handledBy === 'bot') return { kind: 'not_taken' };
  if (chat.takenBy !== staff.id) return { kind: 'held_by_other', by: chat.takenBy ?? '', since: chat.takenAt };
  if (await wasSent(tx, wholesalerId, requestId)) return { kind: 'queued', replayed: true };
  if (!chat.isOpen) return { kind: 'window_closed' };
  const { lineId, personKey, replySeq } = chat;
  await queueReplies(tx, [
    {
      wholesalerId,
      lineId,
      personKey,
      causeEventId: undefined,
      replies,
      firstSeq: replySeq + 1,
      recipient: recipientOf(chat),
      saidBy: leaderActor(staff.id),
      firstId: requestId,
    },
  ]);
  await tx.$executeRaw`
    update conversation
       set reply_seq = reply_seq + ${replies.length}, staff_spoke_at = app_clock(), unread = 0
     where wholesaler_id = ${wholesalerId} and id = ${chatId}::uuid`;
  // The words are in the chat; who said something, and when, is what is kept for good.
  const subject = { chatId, retailerId: chat.retailerId, requestId };
  await writeAudit(tx, [{ wholesalerId, actor: leaderActor(staff.id), action: 'chat_answered', subject }]);
  return { kind: 'queued', replayed: false };
}

/** The chat is held: of two clicks at once the second one sees the first. */
async function wasSent(tx: Tx, wholesalerId: string, requestId: string): Promise<boolean> {
  const [row] = await tx.$queryRaw<{ sent: boolean }[]>`
    select exists (
      select from outbox_message where wholesaler_id = ${wholesalerId} and id = ${requestId}::uuid) as sent`;
  return row?.sent === true;
}

/** Where the newest message came from, else what the chat is named by. */
function recipientOf({ phone, bsuid, personKey }: { phone: string | null; bsuid: string | null; personKey: string }) {
  if (phone !== null || bsuid !== null) return { phone: phone ?? undefined, bsuid: bsuid ?? undefined };
  const ids = idsOfKey(personKey);
  return { phone: ids.phone, bsuid: ids.bsuid ?? ids.parentBsuid };
}
