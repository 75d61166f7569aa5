export type { ClaimedConversation, WaitingEvent, WorkItem } from './claim.ts';
export type { EventKind, EventsSought } from './find-events.ts';
export type { ConversationHandler, StatusItem, Trace, Worked } from './handler.ts';
export { sinceLastBeatMs } from './heartbeat.ts';
export { createInboxWorker, type InboxWorker } from './inbox-worker.ts';
export { countParked, type EventSheet, type ListedEvent, listEvents, readEvent } from './list-events.ts';
export { wordsOfMessage } from './message-words.ts';
export { createNoticeWorker } from './notice-worker.ts';
export { type ProcessedAgain, processAgain, setAside } from './process-again.ts';
export { createRecorder, type Recorder } from './recorder.ts';
export { type ToTell, tellConversations } from './tell.ts';
export type {
  CartItem,
  ContactCard,
  IncomingEvent,
  IncomingMessage,
  IncomingStatus,
  MediaFile,
  MessageContent,
  MessageContext,
  News,
  Recorded,
  Sender,
} from './types.ts';
