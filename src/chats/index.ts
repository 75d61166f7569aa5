/** Chats as the wholesaler's staff see and lead them. See README.md. */
export {
  CHATS_CURSOR,
  type ChatRow,
  type ChatsQuery,
  type LastMessage,
  listConversations,
  markConversationRead,
  readChat,
} from './list-chats.ts';
export { type HeardMessage, MESSAGES_CURSOR, readConversation, type SaidMessage } from './read-chat.ts';
export { type SentAsStaff, type StaffMessage, sendAsStaff } from './send-as-staff.ts';
export { createSilenceTimer, type SilenceTimer } from './silent-staff.ts';
export { handBack, takeOver } from './take-over.ts';
export { leaderActor, type NotNow, type StaffRef } from './types.ts';
