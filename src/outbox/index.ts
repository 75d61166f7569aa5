export { applyStatuses } from './apply-statuses.ts';
export { defaultRetryPolicy, type RetryPolicy } from './judge-outcome.ts';
export { createLineAddresses } from './line-addresses.ts';
export { type LineHealth, type LineTrouble, readLineHealth, tryLineNow } from './line-health.ts';
export { type ListedMessage, listMessages } from './list-messages.ts';
export { hasStoppedMarketing, noteMarketingChoices } from './marketing-choices.ts';
export { type OutboxState, outboxCounts, outboxTroubles } from './outbox-counts.ts';
export {
  createOutboxWorker,
  type OutboxCounters,
  type OutboxWorker,
  type OutboxWorkerOptions,
} from './outbox-worker.ts';
export { createOutgoingFiles, promiseOutgoingFile, type Recipe, storeOutgoingFile } from './outgoing-files.ts';
export { queueReplies, type RepliesToQueue } from './queue-replies.ts';
export { type MessageSheet, messageOfStatus, readMessageSheet } from './read-message.ts';
export { asRead, wordsOf } from './reply-words.ts';
export { readSentMessages } from './sent-messages.ts';
export { type Decided, dropReply, type NotDecided, parkReply, sendAgain } from './staff-desk.ts';
export { stateWords } from './state-words.ts';
export { toStorableJson } from './storable.ts';
export type {
  DocumentFile,
  FileToUpload,
  ListRow,
  MessageSender,
  OutgoingFiles,
  OutgoingMessage,
  Recipient,
  RefusalClass,
  Reply,
  ReplyButton,
  ReplyContent,
  ReplyHandling,
  SendOutcome,
  TemplateContent,
} from './types.ts';
