import type { CartItem } from '../inbox/types.ts';
import type { PlacedLine, RecentOrder } from '../orders/types.ts';
import type { Reply } from '../outbox/types.ts';
import type { CatalogueIndex, Clarify, ParseResult } from '../parser/index.ts';

/** A product as the conversation needs it: prices already chosen for the retailer's price list. */
export type CatalogueProduct = {
  sku: string;
  name: string;
  size: string | null;
  units: Record<string, number>;
  defaultUnit: string;
  cartUnit: string;
  aliases: string[];
  active: boolean;
  stock: 'in' | 'low' | 'out';
  /** In thousandths of the default unit. */
  minimumMilli: number;
  stepMilli: number;
  /** Minor units for one of each unit, for this retailer. */
  unitPricesMinor: Record<string, bigint>;
};

export type CartLine = { sku: string; unit: string; quantityMilli: number };

/** One unclear line that is still to be asked about; asked one after another without losing the clear ones. */
export type OpenQuestion = {
  kind: Clarify['kind'];
  candidates: string[];
  quantityMilli: number | null;
  unit: string | null;
  /** The words of the retailer that it is about. */
  text: string;
  /** What the answer does to the cart: another line, a new quantity for a line, or one line less. */
  act: 'add' | 'set' | 'remove';
};

/** What the bot is waiting for. `askedAtMs` bounds how long it may be answered. */
export type Pending =
  | {
      kind: 'confirm_order';
      askedAtMs: number;
      orderId: string;
      amountMinor: string;
      /** What each line cost when it was shown: two prices that move against each other leave the total as it was. */
      lineTotalsMinor: string[];
      /** Fingerprint of the message that this proposal answers; null where it was no text. */
      fromText: string | null;
    }
  | { kind: 'question'; askedAtMs: number; question: OpenQuestion; queue: OpenQuestion[] }
  | { kind: 'confirm_cancel'; askedAtMs: number; orderId: string; number: number };

/** Kept as versioned JSON in the conversation row; amounts as decimal strings. */
export type ConversationState = {
  v: 1;
  cart: CartLine[];
  /** Counts up with every change of the cart; button ids carry it, so that an old button is never obeyed blindly. */
  cartVersion: number;
  cartSource: 'chat' | 'cart';
  pending: Pending | null;
  /** How many messages in a row were not understood. */
  notUnderstood: number;
};

export type AccountFigures = {
  currency: string;
  limitMinor: bigint;
  owedMinor: bigint;
  heldMinor: bigint;
  availableMinor: bigint;
  status: 'active' | 'blocked' | 'closed';
};

/** One of the shop's newest orders. */
export type OrderSummary = Omit<RecentOrder, 'retailerId'>;

/** All that a decision may know, read in one go before it and kept with the event. */
export type Facts = {
  now: Date;
  /** When the person sent the message; may be long ago after an outage. */
  sentAt: Date;
  /** An order id that nobody has used, for the case that this event proposes an order. */
  freshOrderId: string;
  wholesaler: { name: string; currency: string; language: string; timeZone: string; policies: Policies };
  /** Null: nobody we know. */
  retailer: { id: string; name: string; language: string | null } | null;
  profileName: string | null;
  /** Null: no credit account. */
  account: AccountFigures | null;
  catalogue: { index: CatalogueIndex; products: ReadonlyMap<string, CatalogueProduct> };
  /** Newest first, at most 5, of this retailer. */
  orders: OrderSummary[];
};

export type Policies = {
  confirm: 'always' | 'when_unsure' | 'never';
  /** How long a pending question may be answered. */
  questionMinutes: number;
};

/** What a person, an effect or another part of the service said. */
export type ConversationEvent =
  | { kind: 'text'; body: string }
  | { kind: 'tap'; id: string; title: string }
  | { kind: 'cart'; items: CartItem[] }
  | { kind: 'media'; media: 'voice' | 'audio' | 'image' | 'video' | 'document' | 'sticker' }
  /** Location, contacts, unsupported: nothing that an order can be made of. */
  | { kind: 'unreadable'; what: string }
  | { kind: 'order_answered'; answer: OrderAnswer }
  | { kind: 'cancel_answered'; answer: CancelAnswer }
  | HoldLapsed;

/** Nobody delivered an order in time, or the rest of it: the credit held for it was given back. */
export type HoldLapsed = {
  kind: 'hold_lapsed';
  retailerId: string;
  number: number;
  /** What was still held. */
  amountMinor: bigint;
  currency: string;
  /** True when a part had been delivered before. */
  isRest: boolean;
};

/** The verdict of credit and orders on a `place_order`. */
export type OrderAnswer =
  | {
      placed: true;
      replayed: boolean;
      orderId: string;
      number: number;
      amountMinor: bigint;
      availableMinor: bigint;
    }
  | {
      placed: false;
      orderId: string;
      amountMinor: bigint;
      code: string;
      /** The figures seen under the lock, where there is an account. */
      account: AccountFigures | null;
      shortByMinor: bigint | null;
      retryable: boolean;
    };

export type CancelAnswer =
  | { cancelled: true; orderId: string; number: number; releasedMinor: bigint; availableMinor: bigint }
  | { cancelled: false; orderId: string; number: number | null; because: 'not_found' | 'already_closed' | 'delivered' };

/** What should happen in the world; its result comes back as an event, since the reply needs it. */
export type Effect =
  | {
      kind: 'place_order';
      orderId: string;
      amountMinor: bigint;
      source: 'chat' | 'cart';
      lines: PlacedLine[];
    }
  | { kind: 'cancel_order'; orderId: string; reason: string };

export type Step = {
  next: ConversationState;
  replies: Reply[];
  /** At most one effect that needs an answer per step. */
  effect: Effect | null;
  /** What the parser read, kept for the audit. */
  parsed: ParseResult | null;
  /** True when the retailer asked for a person: the chat should be shown to staff. */
  wantsPerson?: boolean;
};
