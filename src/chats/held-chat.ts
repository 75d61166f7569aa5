import type { Tx } from '../db/index.ts';

export type HeldChat = {
  lineId: string;
  personKey: string;
  handledBy: 'bot' | 'person';
  takenBy: string | null;
  takenAt: Date | null;
  retailerId: string | null;
  phone: string | null;
  bsuid: string | null;
  replySeq: number;
  isOpen: boolean;
  wantsPersonAt: Date | null;
};

export const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/**
 * Holds the chat as the inbox worker does, so that what staff do and what the bot answers come one after the other. Null:
 * there is none, or it was joined to another one.
 */
export async function holdChat(tx: Tx, wholesalerId: string, chatId: string): Promise<HeldChat | null> {
  if (!UUID.test(chatId)) return null;
  const [chat] = await tx.$queryRaw<HeldChat[]>`
    select line_id as "lineId", person_key as "personKey", handled_by as "handledBy", taken_by as "takenBy",
           taken_at as "takenAt", retailer_id as "retailerId", phone, bsuid, reply_seq as "replySeq",
           wants_person_at as "wantsPersonAt",
           coalesce(last_inbound_at > app_clock() - interval '24 hours', false) as "isOpen"
      from conversation
     where wholesaler_id = ${wholesalerId} and id = ${chatId}::uuid and home_key is null for no key update`;
  return chat ?? null;
}
