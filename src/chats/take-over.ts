import { closeAlert } from '../alerts/index.ts';
import { writeAudit } from '../audit/index.ts';
import type { Tx } from '../db/index.ts';
import { tellConversations } from '../inbox/index.ts';
import { newId } from '../shared/ids.ts';
import { holdChat } from './held-chat.ts';
import { leaderActor, type NotNow, type StaffRef } from './types.ts';

type OfChat = { wholesalerId: string; chatId: string };

export type TakeOver = OfChat & {
  staff: StaffRef;
  /** The colleague whom it is taken from, on purpose; without it a chat that somebody has is refused. */
  takeFrom?: string;
};

/**
 * Staff lead the chat from now on: the bot is silent, what the shop writes is kept for them, and what the bot was waiting
 * for stays as it is. Taking what one has already changes nothing.
 */
export async function takeOver(
  tx: Tx,
  { wholesalerId, chatId, staff, takeFrom }: TakeOver,
): Promise<{ kind: 'taken' } | NotNow> {
  const chat = await holdChat(tx, wholesalerId, chatId);
  if (chat === null) return { kind: 'not_found' };
  if (chat.handledBy === 'person' && chat.takenBy === staff.id) return { kind: 'taken' };
  const isHeld = chat.handledBy === 'person' && chat.takenBy !== null;
  if (isHeld && chat.takenBy !== takeFrom) {
    return { kind: 'held_by_other', by: chat.takenBy ?? '', since: chat.takenAt };
  }
  await tx.$executeRaw`
    update conversation
       set handled_by = 'person', taken_by = ${staff.id}, taken_at = app_clock(), staff_spoke_at = null,
           wants_person_at = null
     where wholesaler_id = ${wholesalerId} and id = ${chatId}::uuid`;
  const subject = { chatId, retailerId: chat.retailerId };
  const before = { by: isHeld ? chat.takenBy : 'bot' };
  await writeAudit(tx, [{ wholesalerId, actor: leaderActor(staff.id), action: 'chat_taken', subject, before }]);
  await closeAlert(tx, { wholesalerId, kind: 'person_wanted', key: chatId }, leaderActor(staff.id));
  return { kind: 'taken' };
}

export type HandBack = OfChat & {
  /** `staff:<id>`, `api:<key>`, or `system` when they were silent for too long. */
  by: string;
  because: 'handed_back' | 'staff_silent';
};

/**
 * The bot leads the chat again. The shop is told, and asked again what was open, where it may be written to freely; a
 * template to say so would cost more than it tells. Whoever may answer chats may hand any of them back.
 */
export async function handBack(
  tx: Tx,
  { wholesalerId, chatId, by, because }: HandBack,
): Promise<{ kind: 'handed_back' } | NotNow> {
  const chat = await holdChat(tx, wholesalerId, chatId);
  if (chat === null) return { kind: 'not_found' };
  if (chat.handledBy === 'bot') return { kind: 'not_taken' };
  await tx.$executeRaw`
    update conversation set handled_by = 'bot', taken_by = null, taken_at = null, staff_spoke_at = null
     where wholesaler_id = ${wholesalerId} and id = ${chatId}::uuid`;
  const subject = { chatId, retailerId: chat.retailerId };
  await writeAudit(tx, [
    { wholesalerId, actor: by, action: 'chat_handed_back', subject, before: { by: chat.takenBy }, after: { because } },
  ]);
  if (!chat.isOpen) return { kind: 'handed_back' };
  const { lineId, personKey } = chat;
  const payload = { type: 'handed_back', isLate: because === 'staff_silent' };
  await tellConversations(tx, wholesalerId, [{ lineId, personKey, eventKey: `i:handed_back:${newId()}`, payload }]);
  return { kind: 'handed_back' };
}
