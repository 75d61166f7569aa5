/** What the service saw: the trace of each event, for people who look at it. Reads only. */
export { readResults } from './kept.ts';
export { readProductNames } from './product-names.ts';
export { readTrace, readTraces } from './read-traces.ts';
export { tellDecision } from './tell-decision.ts';
export type {
  ConversationRef,
  EventTrace,
  TracedAnswer,
  TracedEntry,
  TracedFigures,
  TracedReply,
} from './types.ts';
