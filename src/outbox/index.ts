export { applyStatuses } from './apply-statuses.ts';
export type { RetryPolicy } from './judge-outcome.ts';
export { type OutboxState, outboxCounts } from './outbox-counts.ts';
export {
  createOutboxWorker,
  type OutboxCounters,
  type OutboxWorker,
  type OutboxWorkerOptions,
} from './outbox-worker.ts';
export { queueReplies, type RepliesToQueue } from './queue-replies.ts';
export type {
  ListRow,
  MessageSender,
  OutgoingMessage,
  Recipient,
  RefusalClass,
  Reply,
  ReplyButton,
  SendOutcome,
} from './types.ts';
