/** Which account: both ids are the wholesaler's own strings. */
export type AccountKey = { wholesalerId: string; retailerId: string };

export type AccountStatus = 'active' | 'blocked' | 'closed';

/** The eight codes of an acquire. */
export type AcquireCode =
  | 'INVALID_AMOUNT'
  | 'CREDIT_ACCOUNT_NOT_FOUND'
  | 'CREDIT_BLOCKED'
  | 'CREDIT_INACTIVE'
  | 'INSUFFICIENT_CREDIT'
  | 'DUPLICATE_ORDER'
  | 'MAX_RETRIES_EXCEEDED'
  | 'DATABASE_ERROR';

/** What else may be refused. */
export type CreditCode =
  | AcquireCode
  | 'LEDGER_ENTRY_NOT_FOUND'
  | 'HOLD_NOT_OPEN'
  | 'CAPTURE_EXCEEDS_HOLD'
  | 'INVALID_REASON'
  | 'INVALID_ALLOCATION'
  | 'INVALID_TERMS'
  | 'NOT_REVERSIBLE';

/** Tells cases of one code apart; null where the code says it all. */
export type Because =
  | 'amount'
  | 'currency'
  | 'staff'
  | 'overdue'
  | 'closed'
  | 'limit_lapsed'
  | 'other_account'
  | 'other_request'
  | 'captured'
  | 'released'
  | 'expired'
  | 'no_retailer'
  // INVALID_AMOUNT
  | 'used_up'
  | 'above_rest'
  | 'above_owed'
  | 'limit'
  // CAPTURE_EXCEEDS_HOLD
  | 'tolerance'
  | 'headroom'
  // LEDGER_ENTRY_NOT_FOUND, NOT_REVERSIBLE
  | 'payment'
  | 'reversal'
  | 'other_kind'
  // INVALID_ALLOCATION
  | 'malformed'
  | 'twice'
  | 'no_such_debt'
  | 'above_debt'
  | 'above_amount'
  | 'below_amount'
  | 'nothing_kept'
  | 'nothing_owed'
  | 'nothing_chosen'
  // INVALID_TERMS, INVALID_REASON
  | 'expiry'
  | 'due_date'
  | 'received_later'
  | 'reference'
  | 'method'
  | 'key'
  | 'terms'
  | 'actor';

/**
 * Whether a call may wait for an account that somebody else holds: 'promised' tries at once and then queues for 100,
 * 200 and 400 ms; 'none' never waits and answers busy.
 */
export type Wait = 'none' | 'promised';

/** Who does something and where it comes from; both end up in the ledger. */
export type Author = {
  actor?: string | undefined;
  /** chat, cart, api, library, import, console, timer */
  source?: string | undefined;
  /** The event or request that caused it. */
  cause?: string | null | undefined;
};

export type AcquireRequest = AccountKey &
  Author & {
    /** Unique per wholesaler; the same key with the same request gets the first answer again. */
    key: string;
    orderId: string;
    /** Null stands for something that is no whole number at all: refused, and recorded as such. */
    amountMinor: bigint | null;
    currency?: string | null | undefined;
    holdLifetimeMinutes?: number | null | undefined;
  };

/** The account as it was seen under the lock, before the request. */
export type FiguresSeen = {
  currency: string;
  limitMinor: bigint;
  owedMinor: bigint;
  heldMinor: bigint;
  availableMinor: bigint;
  status: AccountStatus;
};

export type Refused = {
  kind: 'refused';
  code: CreditCode;
  because: Because | null;
  /** One or two sentences for a shopkeeper or cashier. */
  message: string;
  retryable: boolean;
  figures: FiguresSeen | null;
  shortByMinor: bigint | null;
  overdueMinor: bigint | null;
};

/** The account is held by somebody else and the caller chose not to wait: nothing was done or recorded. */
export type Busy = { kind: 'busy' };

export type Approved = {
  kind: 'approved';
  /** Also the id of the hold. */
  ledgerEntryId: string;
  replayed: boolean;
  /** What is left after this hold. */
  availableMinor: bigint;
  figures: FiguresSeen;
};

export type Verdict = Approved | Refused | Busy;

/** A hold that passed its time of expiry; its order has to be moved to expired. */
export type LapsedHold = AccountKey & { holdId: string; orderId: string; ledgerEntryId: string; amountMinor: bigint };

export type ReleaseRequest = Author & {
  /** Null where only the entry is known, as in the library. */
  wholesalerId: string | null;
  ledgerEntryId: string;
  reason: string;
};

export type Released = {
  kind: 'released';
  /** The RELEASE entry. */
  ledgerEntryId: string;
  holdId: string;
  orderId: string;
  releasedMinor: bigint;
  availableMinor: bigint;
  replayed: boolean;
};

export type ReleaseVerdict = Released | Refused | Busy;

/** The account after a call, or as it was judged by. */
export type FiguresAfter = FiguresSeen & { unappliedMinor: bigint };

export type HoldState = 'open' | 'captured' | 'released' | 'expired';

/** A call that was carried out, now or, when `replayed`, the first time its key came. */
export type Booked = {
  kind: 'booked';
  /** The answering ledger entry; null where nothing had to change. */
  ledgerEntryId: string | null;
  replayed: boolean;
  /** What the entry moved: held, captured, paid, or the change of the limit. */
  amountMinor: bigint;
  figures: FiguresAfter;
  /** Of a payment: what went against debts, and what waits for later ones. */
  appliedMinor: bigint;
  keptMinor: bigint;
  /** The hold that it is about, as it is now. */
  hold: { id: string; orderId: string; state: HoldState; leftMinor: bigint; expiresAt: Date } | null;
  /** The debt that was made. */
  receivable: { id: string; dueOn: string } | null;
  paymentId: string | null;
};

/** So much of one debt. */
export type Allocation = { receivableId: string; amountMinor: bigint };

export type StatusRequest = AccountKey & Author & { status: AccountStatus; reason: string };

export type StatusSet = {
  kind: 'set';
  /** The BLOCK or UNBLOCK entry; null if the account always was so. */
  ledgerEntryId: string | null;
  availableMinor: bigint;
  /** True when the account already had that status and nothing was written. */
  replayed: boolean;
};

/** What an account shall be; a name left out stays as it is, or takes its default at the opening. */
export type AccountTerms = AccountKey & {
  currency?: string | undefined;
  limitMinor?: bigint | undefined;
  /** Owed before we came: booked once, when the account is opened. */
  owedMinor?: bigint | undefined;
  status?: AccountStatus | undefined;
  blockReason?: string | undefined;
  termsDays?: number | undefined;
  graceDays?: number | undefined;
  overdueToleranceMinor?: bigint | undefined;
  overCaptureBasisPoints?: number | undefined;
  holdLifetimeMinutes?: number | undefined;
  /** A time, or a day that counts to its end on the wholesaler's calendar. Null: without end. */
  limitValidUntil?: string | null | undefined;
};

export type AccountChange = { what: 'opened' | 'limit' | 'owed' | 'status' | 'terms'; from?: string; to?: string };

export type OpenVerdict =
  | (AccountKey & { kind: 'open'; changes: AccountChange[] })
  | (AccountKey & Omit<Refused, 'kind'> & { kind: 'refused' });

/** An account as it stands now. */
export type AccountFigures = AccountKey & {
  currency: string;
  limitMinor: bigint;
  owedMinor: bigint;
  heldMinor: bigint;
  availableMinor: bigint;
  /** Paid, but not yet against any debt. */
  unappliedMinor: bigint;
  /** Owed past its due date and the days of grace. */
  overdueMinor: bigint;
  oldestDueOn: Date | null;
  status: AccountStatus;
  blockReason: string | null;
  termsDays: number;
  graceDays: number;
  overdueToleranceMinor: bigint;
  /** How much more than held may be captured, in basis points of the hold. */
  overCaptureBasisPoints: number;
  holdLifetimeMinutes: number;
  limitValidUntil: Date | null;
};
