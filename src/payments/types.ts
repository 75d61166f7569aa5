/** A payment as a shop says that it made it. */
export type Claim = {
  wholesalerId: string;
  retailerId: string;
  lineId: string;
  personKey: string;
  /** The message that says it: told twice, it is one claim. */
  eventId: string;
  /** An open claim of a picture alone, which this completes. */
  completes: string | null;
  /** Null: not said yet, and there is a picture. */
  amountMinor: bigint | null;
  currency: string;
  method: string | null;
  reference: string | null;
  photoEventId: string | null;
};

export type ClaimAnswer =
  | { kind: 'noted'; claimId: string }
  /** It was said before, by the same shop. */
  | { kind: 'again'; claimId: string; state: 'open' | 'recorded' | 'refused'; claimedAt: Date };

/** A claim in the cashier's queue. */
export type QueuedClaim = {
  claimId: string;
  retailerId: string;
  retailerName: string;
  amountMinor: bigint | null;
  currency: string;
  method: string | null;
  reference: string | null;
  /** The event whose picture `readMedia` of src/media has; null: none was sent. */
  photoEventId: string | null;
  claimedAt: Date;
  state: 'open' | 'recorded' | 'refused';
  decidedAt: Date | null;
  decidedBy: string | null;
  paymentId: string | null;
  refusal: string | null;
  owedMinor: bigint;
  /** Where else this reference stands: payments that count, and claims of any shop. */
  sameReference: SameReference[];
};

export type SameReference = {
  what: 'payment' | 'claim';
  id: string;
  retailerId: string;
  amountMinor: bigint | null;
  at: Date;
};

/** One debt that a payment went against. */
export type DebtPaid = { orderNumber: number | null; amountMinor: bigint; restMinor: bigint };
