import type { Because, FiguresSeen, Refused } from '../credit/index.ts';

/** An order's line as it is fixed at placing. */
export type PlacedLine = {
  sku: string;
  name: string;
  unit: string;
  quantityMilli: number;
  unitPriceMinor: bigint;
  totalMinor: bigint;
};

export type PlaceItem = {
  wholesalerId: string;
  retailerId: string;
  /** Chosen by the caller; also the idempotency key of its hold. */
  orderId: string;
  /** Taken beforehand with `takeOrderNumbers`. */
  number: number;
  currency: string;
  amountMinor: bigint;
  source: 'chat' | 'cart' | 'api';
  /** It is stored already and waits on credit: confirmed now, at these lines and prices. */
  waited?: boolean;
  /** Empty for callers that keep their own lines. */
  lines: PlacedLine[];
  /** Where it came by WhatsApp: the conversation, and the event that caused it. */
  cause: { lineId: string; personKey: string; eventId: string } | null;
  /** Who placed it, where it did not come by WhatsApp: `api:<key>`. */
  actor?: string;
  /** As the account's terms say unless given. */
  holdLifetimeMinutes?: number;
  /** SHA-256 of what was asked for, in hexadecimal: kept, so that the same request is known when it comes again. */
  requestSha256?: string;
};

export type PlaceAnswer =
  | {
      kind: 'placed';
      orderId: string;
      number: number;
      amountMinor: bigint;
      ledgerEntryId: string;
      availableMinor: bigint;
      replayed: boolean;
    }
  | {
      kind: 'refused';
      orderId: string;
      amountMinor: bigint;
      code: string;
      /** Tells cases of one code apart. */
      because: Because | null;
      figures: FiguresSeen | null;
      shortByMinor: bigint | null;
      /** One or two sentences for a shopkeeper or cashier. */
      message: string;
      retryable: boolean;
    }
  /** The credit account is held by somebody else and the caller chose not to wait: nothing was done. */
  | { kind: 'busy'; orderId: string };

export type CancelItem = {
  wholesalerId: string;
  orderId: string;
  /** Only this shop's order may be cancelled. */
  retailerId: string;
  actor: string;
  /** In its chat the shop takes the order back itself; cancelled anywhere else, the shop is told, with the reason. */
  source: 'chat' | 'api' | 'console';
  reason: string;
};

export type CancelAnswer =
  | {
      kind: 'cancelled';
      orderId: string;
      number: number;
      releasedMinor: bigint;
      availableMinor: bigint;
      isTold: boolean;
    }
  /** It waited, for approval or on credit, so there was no credit to give back. `isTold`: whether the shop hears of it. */
  | { kind: 'withdrawn'; orderId: string; number: number; isTold: boolean }
  | { kind: 'refused'; orderId: string; number: number | null; because: 'not_found' | 'already_closed' | 'delivered' }
  /** The credit account stayed with somebody else through all attempts: nothing was done. */
  | { kind: 'busy'; orderId: string };

/** Who does something to an order that was placed. */
type OrderAct = { wholesalerId: string; orderId: string; actor: string; source: string };

export type DeliverItem = OrderAct & {
  /** Idempotency key of this delivery. */
  key: string;
  /** What was delivered, in minor units; all that is left unless this or `lines` is given. */
  amountMinor?: bigint;
  /** What was delivered line by line, charged at the prices that the order fixed. */
  lines?: readonly DeliveredLine[];
  /** What was still held when whoever delivers looked: when that changed since, nothing is booked. */
  seenLeftMinor?: bigint;
  /** The wholesaler's own number of the invoice. */
  reference?: string;
  /** Whether what is not delivered now is given back, for the reason given, or stays held for a later delivery. */
  releaseRest: boolean;
  reason?: string;
};

/** So much of one line of an order: the unit where the order has the product in several, the position for one alone. */
export type DeliveredLine = {
  sku: string;
  unit?: string | undefined;
  position?: number | undefined;
  quantityMilli: number;
};

export type LineMistake = { index: number; field: 'sku' | 'quantity'; message: string };

export type DeliverAnswer =
  | {
      kind: 'delivered';
      orderId: string;
      number: number;
      status: 'part_delivered' | 'delivered';
      /** What this delivery charged, and what is still held for the order. */
      amountMinor: bigint;
      leftMinor: bigint;
      receivableId: string | null;
      /** A day of the wholesaler's calendar, YYYY-MM-DD. */
      dueOn: string | null;
      availableMinor: bigint;
      replayed: boolean;
    }
  | { kind: 'refused'; orderId: string; because: 'not_found' | 'already_closed' | 'changed' | Refused }
  /** Lines that the order does not have, or more of them than is left: nothing was booked. */
  | { kind: 'refused'; orderId: string; because: 'faulty_lines'; mistakes: LineMistake[] };

export type ReopenItem = OrderAct;

export type ReopenAnswer =
  | {
      kind: 'reopened';
      orderId: string;
      number: number;
      amountMinor: bigint;
      ledgerEntryId: string;
      availableMinor: bigint;
      replayed: boolean;
    }
  | { kind: 'refused'; orderId: string; because: 'not_found' | 'not_closed' | Refused };

/** An order as chats and pages speak of it. */
export type RecentOrder = {
  retailerId: string;
  id: string;
  number: number;
  status: string;
  amountMinor: bigint;
  placedAt: Date;
  lines: { sku: string; name: string; unit: string; quantityMilli: number }[];
};

/** One order with what became of it. */
export type OrderDetails = Omit<RecentOrder, 'retailerId'> & {
  linesLeftOut: number;
  /** Delivered and on the account. */
  chargedMinor: bigint;
  /** Still held for what is to come. */
  heldMinor: bigint;
  /** When the first of its open debts falls due, YYYY-MM-DD on the wholesaler's calendar. */
  dueOn: string | null;
};
