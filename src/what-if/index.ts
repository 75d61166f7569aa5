/** What would we say today? Stored events decided again, without a trace. */
export type { Difference } from './differences.ts';
export { readConversation, readRange, type Wanted } from './range.ts';
export { createTeller, summaryText, titleOf } from './tell.ts';
export { type Finding, type Summary, type WhatIfOptions, whatIf } from './what-if.ts';
