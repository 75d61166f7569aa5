export type { ClaimedConversation, WaitingEvent, WorkItem } from './claim.ts';
export type { ConversationHandler, StatusItem, Trace, Worked } from './handler.ts';
export { sinceLastBeatMs } from './heartbeat.ts';
export { createInboxWorker, type InboxWorker } from './inbox-worker.ts';
export { createRecorder, type Recorder } from './recorder.ts';
export type {
  CartItem,
  IncomingEvent,
  IncomingMessage,
  IncomingStatus,
  Recorded,
  Sender,
} from './types.ts';
