import type { Reply } from '../outbox/types.ts';
import type { ParseResult } from '../parser/index.ts';

/** One queue of events: a person on a line. */
export type ConversationRef = { wholesalerId: string; lineId: string; personKey: string };

/** Everything that is known of one event of a conversation: what came, how it was read, what was decided, what followed. */
export type EventTrace = {
  eventId: string;
  lineId: string;
  personKey: string;
  /** `m:<message id>` of a message; what came from within has keys of its own. */
  eventKey: string;
  kind: 'message' | 'internal';
  /** `kept`: it was parked, and staff had it processed again or set it aside. */
  state: 'waiting' | 'done' | 'parked' | 'kept';
  tries: number;
  lastError: string | null;
  sentAt: Date;
  receivedAt: Date;
  doneAt: Date | null;
  codeVersion: string | null;
  sender: { phone?: string; bsuid?: string; profileName?: string } | null;
  /** The raw message, as Meta delivered it. */
  payload: unknown;
  retailer: { id: string; name: string } | null;
  currency: string;
  /** How the text was read; null for what is no text or was not worked on yet. */
  parsed: ParseResult | null;
  /** Names of the products that the reading speaks of. */
  productNames: Readonly<Record<string, string>>;
  /** What the account looked like when the decision began, without a lock. */
  accountBefore: TracedFigures | null;
  answer: TracedAnswer | null;
  ledger: TracedEntry[];
  replies: TracedReply[];
};

export type TracedFigures = { limitMinor: bigint; owedMinor: bigint; heldMinor: bigint; availableMinor: bigint };

/** The verdict that came back from orders and credit. */
export type TracedAnswer = {
  placed?: boolean | undefined;
  cancelled?: boolean | undefined;
  replayed?: boolean | undefined;
  number?: number | null | undefined;
  code?: string | undefined;
  amountMinor?: bigint | undefined;
  availableMinor?: bigint | undefined;
  releasedMinor?: bigint | undefined;
  shortByMinor?: bigint | null | undefined;
  /** The figures seen under the lock, of a refusal. */
  account?: TracedFigures | null | undefined;
};

/** A ledger entry that this event caused. */
export type TracedEntry = {
  seq: bigint;
  kind: string;
  orderId: string | null;
  limitDelta: bigint;
  heldDelta: bigint;
  owedDelta: bigint;
  limitAfter: bigint;
  heldAfter: bigint;
  owedAfter: bigint;
};

/** A reply that this event caused, and how far it got. */
export type TracedReply = {
  id: string;
  seq: number;
  state: string;
  attempts: number;
  reply: Reply;
  wamid: string | null;
  /** When it was queued again, because the evidence said that an uncertain send never went. */
  resentAt: Date | null;
  errorClass: string | null;
  errorDetail: string | null;
  /** What Meta reported, in the order it was received. */
  statuses: { status: string; at: string }[];
};
