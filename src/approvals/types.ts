/** What became of a request. `refused`: an approver said yes and the credit lock no. */
export type ApprovalState = 'open' | 'approved' | 'rejected' | 'refused' | 'withdrawn' | 'expired';

/** A request, with the figures by which the order did not fit when it was asked for. */
type ApprovalRequest = {
  id: string;
  orderId: string;
  number: number;
  retailerId: string;
  shop: string;
  amountMinor: bigint;
  currency: string;
  /** How much above its credit the order was. */
  shortMinor: bigint;
  limitMinor: bigint;
  owedMinor: bigint;
  heldMinor: bigint;
  overdueMinor: bigint;
  askedAt: Date;
  expiresAt: Date;
};

/** A request that waits for an answer, with what an approver wants to know before giving one. */
export type OpenApproval = ApprovalRequest & {
  /** Newest first, a few of each, without the order itself. */
  lastOrders: { number: number; status: string; amountMinor: bigint; placedAt: Date }[];
  lastPayments: { amountMinor: bigint; receivedAt: Date }[];
};

/** A request that waits no longer. */
export type DecidedApproval = ApprovalRequest & {
  state: Exclude<ApprovalState, 'open'>;
  /** Why credit said no to what was approved. */
  refusalCode: string | null;
  decidedAt: Date | null;
  /** The name of the approver, of the staff or of the API key; null where nobody of them decided. */
  by: string | null;
};

/** Who decides: an approver in the chat, one of the staff in the console, or a program with a key of the API. */
export type Decider = { kind: 'approver' | 'staff' | 'api'; id: string };

type About = { approvalId: string; orderId: string; number: number; shop: string; amountMinor: bigint };

export type DecideAnswer =
  | (About & { kind: 'approved'; availableMinor: bigint })
  | (About & { kind: 'rejected' })
  /** Approved, and refused by the credit lock: nothing was granted or placed. */
  | (About & { kind: 'refused'; code: string })
  /** Somebody, or time, came first. `by` is a name, where a person decided. */
  | (About & { kind: 'already'; state: Exclude<ApprovalState, 'open'>; by: string | null })
  | { kind: 'not_found'; approvalId: string }
  /** The account stayed with somebody else through all attempts: nothing was done. */
  | { kind: 'busy'; approvalId: string };

/** What the shop is told of the end of its request. */
export type ApprovalOutcome = 'approved' | 'rejected' | 'refused' | 'expired';
