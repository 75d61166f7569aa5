/** The conversation: state, event and facts in; next state, replies and effects out. Pure; the shell is beside it. */
export { type ConversationHandlerOptions, createConversationHandler } from './conversation-handler.ts';
export { toParserState } from './parser-state.ts';
export { conversationStateSchema, initialState, readState } from './state.ts';
export { transition } from './transition.ts';
export type * from './types.ts';
