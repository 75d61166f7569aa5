/** The conversation: state, event and facts in; next state, replies and effects out. Pure, with one shell around it. */

export { carryOutEffects } from './carry-out.ts';
export { type ConversationHandlerOptions, createConversationHandler } from './conversation-handler.ts';
export type { TextsOf } from './scene.ts';
export { createStatementMaker } from './statement-files.ts';
export { changedTexts } from './texts/changed-texts.ts';
export { type Kept, plain, readKept } from './trace.ts';
export { transition } from './transition.ts';
export type * from './types.ts';
