/** The conversation: state, event and facts in; next state, replies and effects out. Pure, with one shell around it. */
export { type ConversationHandlerOptions, createConversationHandler } from './conversation-handler.ts';
export type * from './types.ts';
