import type { ApprovalOutcome, DecideAnswer, OpenApproval } from '../approvals/types.ts';
import type { AccountDues, Decision, StatementSummary } from '../credit/index.ts';
import type { CartItem } from '../inbox/types.ts';
import type { WaitingStatus } from '../orders/lifecycle.ts';
import type { OrderDetails, PlacedLine, RecentOrder } from '../orders/types.ts';
import type { Reply } from '../outbox/types.ts';
import type { CatalogueIndex, Clarify, LearnedAlias, ParseResult } from '../parser/index.ts';
import type { ClaimAnswer, DebtPaid } from '../payments/types.ts';
import type { Language, WholesalerPolicies } from '../shared/policies.ts';

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
  /** The same as an alias may be learned from them, where the product is asked about; null where none may. */
  words: string | null;
  /** What the answer does to the cart: another line, a new quantity for a line, or one line less. */
  act: 'add' | 'set' | 'remove';
};

/**
 * Which product words stand for in the order that is being built: chosen when asked, recognised by an alias that was
 * learned before, or doubted, since it was taken out again or the words were said for another product as well.
 */
export type Choice = { words: string; sku: string; kind: 'chosen' | 'recognised' | 'doubted' };

/** What a placed order teaches about the words of its shop. */
export type Lesson = { words: string; sku: string; kind: 'confirmed' | 'doubted' };

/** A cart that was shown with its prices. */
export type Proposal = {
  /** `short_of_credit`: it was more than there is credit for, and shown with what can be done about it. */
  kind: 'confirm_order' | 'short_of_credit';
  askedAtMs: number;
  orderId: string;
  amountMinor: string;
  /** What each line cost when it was shown: two prices that move against each other leave the total as it was. */
  lineTotalsMinor: string[];
  /** Fingerprint of the message that this proposal answers; null where it was no text. */
  fromText: string | null;
};

/** What the bot is waiting for. `askedAtMs` bounds how long it may be answered. */
export type Pending =
  | Proposal
  | { kind: 'question'; askedAtMs: number; question: OpenQuestion; queue: OpenQuestion[] }
  | { kind: 'confirm_cancel'; askedAtMs: number; orderId: string; number: number }
  /**
   * How much was paid. `photo` is the event that brought a picture, perhaps of the slip; `claimId` the claim that holds it
   * already, where the person said that it is one.
   */
  | ({ kind: 'claim'; askedAtMs: number; photo: string | null; claimId: string | null } & SaidOfPayment);

/** What was said of a payment before its amount. */
type SaidOfPayment = { method: string | null; reference: string | null };

/** Kept as versioned JSON in the conversation row; amounts as decimal strings. */
export type ConversationState = {
  v: 1;
  cart: CartLine[];
  /** Counts up with every change of the cart; button ids carry it, so that an old button is never obeyed blindly. */
  cartVersion: number;
  cartSource: 'chat' | 'cart';
  pending: Pending | null;
  /** The order that waited on credit whose goods the cart holds: confirmed, it is placed under its own number. */
  waited: { orderId: string; number: number } | null;
  /** By words, each once; they are learned when the order is placed. */
  choices: Choice[];
  /** Something in the cart was guessed or corrected, and nobody has confirmed it yet. */
  hasGuess: boolean;
  /** What this person is answered in: what they chose, else what they write. Null: nothing said so yet. */
  language: { code: Language; by: 'choice' | 'writing' } | null;
  /** Another language that the last telling message leaned to, without being clear. */
  leaning: Language | null;
  /** How many messages in a row were not understood. */
  notUnderstood: number;
  /** A person whom nobody knows was asked for their phone: once is enough. */
  phoneAsked?: true | undefined;
  /** The page of the product list that was shown last, until anything else is said: its numbers can be written. */
  list?: ShownList | undefined;
};

/** `words` name what the list is of, all where there are none; `from` counts from 0. */
export type ShownList = { words: string; from: number; skus: string[]; shownAtMs: number };

export type AccountFigures = {
  currency: string;
  limitMinor: bigint;
  owedMinor: bigint;
  heldMinor: bigint;
  availableMinor: bigint;
  status: 'active' | 'blocked' | 'closed';
  /** After it nothing is lent; null: without end. Not of a refusal. */
  limitValidUntil?: Date | null;
  /** Owed past its due date and the days of grace. With what is let pass, and the oldest due date: not of a refusal. */
  overdueMinor?: bigint;
  overdueToleranceMinor?: bigint;
  oldestDueOn?: Date | null;
};

/**
 * What a person asks for beside the facts, which every message needs: read when it is asked, in the same transaction, and
 * heard as an event. Days are of the wholesaler's calendar, YYYY-MM-DD.
 */
export type LookUp =
  | { kind: 'dues' }
  /** Some days of the account, in words and as a PDF of this name. */
  | { kind: 'statement'; from: string; to: string; filename: string; language: string; at: Date }
  | { kind: 'order'; number: number }
  /** An order that is not among the newest, to be cancelled or ordered again. */
  | { kind: 'older_order'; act: OlderOrderAct; by: OrderName }
  /** The last refusal, or the decision on the order of that number. */
  | { kind: 'why'; number: number | null };

export type OlderOrderAct = 'cancel' | 'take_up';
/** By what an order is asked for: a button holds its id, or the number that people say. */
export type OrderName = { id: string } | { number: number };

export type Found =
  | { kind: 'dues'; dues: Dues | null }
  /** No summary: there is no account. No file: the period has more than a statement holds. */
  | { kind: 'statement'; summary: StatementSummary | null; dues: Dues | null; filename: string; fileId: string | null }
  | { kind: 'order'; number: number; order: OrderDetails | null }
  | { kind: 'older_order'; act: OlderOrderAct; number: number | null; order: OrderSummary | null }
  | { kind: 'why'; number: number | null; decision: DecisionFound | null; dues: Dues | null };

/** What is owed by when. */
export type Dues = Omit<AccountDues, 'wholesalerId' | 'retailerId'>;

/** A decision of the credit lock, in the figures that were seen under the lock. */
export type DecisionFound = Pick<
  Decision,
  | 'at'
  | 'approved'
  | 'code'
  | 'because'
  | 'currency'
  | 'amountMinor'
  | 'limitMinor'
  | 'owedMinor'
  | 'heldMinor'
  | 'overrideMinor'
  | 'availableMinor'
  | 'shortByMinor'
  | 'overdueMinor'
> & {
  number: number | null;
  /** Numbers of the orders that were on hold, the largest first. */
  heldFor: number[];
};

/** One of the shop's newest orders. */
export type OrderSummary = Omit<RecentOrder, 'retailerId'>;

/** The message that a person answers by swiping it. */
export type Quoted = {
  wamid: string;
  /** What it said and offered to tap. Null: it is theirs, or we do not know it any more. */
  ours: { body: string; choices: string[]; isNewest: boolean } | null;
};

/** All that a decision may know, read in one go before it and kept with the event. */
export type Facts = {
  now: Date;
  /** When the person sent the message; may be long ago after an outage. */
  sentAt: Date;
  /** An order id that nobody has used, for the case that this event proposes an order. */
  freshOrderId: string;
  wholesaler: { name: string; currency: string; language: string; timeZone: string; policies: WholesalerPolicies };
  /** Null: nobody we know. */
  retailer: { id: string; name: string; language: string | null } | null;
  /** Said to be a known shop, and nobody has confirmed it yet: then `retailer` is null. */
  awaitsLink: boolean;
  profileName: string | null;
  /** Known by a business-scoped id alone: Meta has never shown us a phone here. */
  hidesPhone: boolean;
  quoted: Quoted | null;
  /** The person said STOP; looked up where they may be saying START. */
  hasStopped: boolean;
  /** Staff lead the chat: nothing is asked in it. */
  withStaff: boolean;
  /** Null: no credit account. */
  account: AccountFigures | null;
  catalogue: { index: CatalogueIndex; products: ReadonlyMap<string, CatalogueProduct> };
  /** What this retailer calls its products; the trace of an event keeps those that it used. */
  learned: readonly LearnedAlias[];
  /** The approver who writes here, who may have a shop besides. */
  approver: { id: string; name: string; language: string | null } | null;
  /** Requests that wait for an approver, oldest first; none for anybody else. */
  approvals: readonly OpenApproval[];
  /** Newest first, at most 5, of this retailer, and those that wait. */
  orders: OrderSummary[];
  /** What is not wholly paid, oldest due first; read for notices alone, and empty for every other event. */
  debts: Debt[];
};

/** An open debt: what is left of it, and the day of the wholesaler's calendar on which it is due. */
export type Debt = { leftMinor: bigint; dueOn: string };

/** What a person, an effect or another part of the service said. */
export type ConversationEvent =
  | { kind: 'text'; body: string }
  | { kind: 'tap'; id: string; title: string }
  | { kind: 'cart'; items: CartItem[] }
  | {
      kind: 'media';
      media: 'voice' | 'audio' | 'image' | 'video' | 'document' | 'sticker';
      /** The event that brought it, where its file is kept for staff. */
      file?: string;
      caption?: string;
    }
  /** Location, contacts, edits, unsupported: nothing that an order can be made of. `what` says which. */
  | { kind: 'unreadable'; what: string }
  | EffectAnswered
  | AboutWaiting
  | MoneyNews
  | AboutApprovals
  | ApprovalDecided
  | HoldLapsed
  /** Something about the shop's account or orders that nobody asked for just now. */
  | { kind: 'notice'; retailerId: string; notice: Notice }
  /** A new identity is said to be this shop: is it? */
  | { kind: 'link_asked'; linkId: string }
  | { kind: 'link_answered'; outcome: LinkOutcome }
  /** What became of the claim that this person is a known shop. */
  | { kind: 'link_decided'; confirmed: boolean; retailerId: string }
  | { kind: 'registered'; retailerId: string }
  | { kind: 'registration_refused' }
  /** Staff gave the chat back, or were silent in it for too long. */
  | { kind: 'handed_back'; isLate: boolean }
  /** A known person gave a phone by the button that asks for it. */
  | { kind: 'phone_kept' }
  /** The same of somebody whom nobody knows. */
  | { kind: 'phone_given' };

/** What became of an effect, as the event that the conversation hears. */
export type EffectAnswered =
  | { kind: 'order_answered'; answer: OrderAnswer }
  | { kind: 'cancel_answered'; answer: CancelAnswer }
  | { kind: 'looked_up'; found: Found[] }
  | { kind: 'order_stored'; answer: OrderStored }
  | { kind: 'keep_answered'; answer: KeepAnswer }
  | { kind: 'claim_answered'; claim: ClaimPayment; answer: ClaimAnswer }
  | { kind: 'approval_answered'; answer: ApprovalAnswer };

/** An order that waited on credit: it fits now, or has waited long enough. */
export type AboutWaiting = {
  kind: 'order_fits' | 'wait_lapsed';
  retailerId: string;
  orderId: string;
  number: number;
  amountMinor: bigint;
  currency: string;
};

/** What happened to a shop's money or goods without a message of theirs; amounts in `currency`, days YYYY-MM-DD. */
export type MoneyNews = { retailerId: string; currency: string } & (
  | {
      kind: 'payment_recorded';
      amountMinor: bigint;
      method: string;
      reference: string | null;
      debts: DebtPaid[];
      debtsLeftOut: number;
      keptMinor: bigint;
      owedMinor: bigint;
      availableMinor: bigint;
    }
  | { kind: 'claim_refused'; amountMinor: bigint | null; reference: string | null; reason: string }
  | {
      kind: 'order_delivered';
      number: number;
      /** All that was ordered and not told before; or a part, the rest still held or given back. */
      outcome: 'whole' | 'rest_kept' | 'rest_released';
      amountMinor: bigint;
      dueOn: string | null;
      restMinor: bigint;
      /** Line by line where the deliveries of the order were told so; else empty. */
      came: readonly GoodsLine[];
      cameLeftOut: number;
      missing: readonly GoodsLine[];
      missingLeftOut: number;
      owedMinor: bigint;
      availableMinor: bigint;
    }
  | {
      /** By the wholesaler, or by a program of theirs. */
      kind: 'order_cancelled';
      number: number;
      amountMinor: bigint;
      reason: string;
      /** Null where nothing was held for it. */
      releasedMinor: bigint | null;
      availableMinor: bigint | null;
    }
);

export type GoodsLine = { name: string; unit: string; quantityMilli: number };

/** What concerns an approver: a request, its end without an answer, and what became of the answer they gave. */
export type AboutApprovals =
  | { kind: 'approval_asked'; approvalId: string }
  | { kind: 'approval_lapsed'; number: number; shop: string }
  | Extract<EffectAnswered, { kind: 'approval_answered' }>;

export type ApprovalAnswer = Exclude<DecideAnswer, { kind: 'busy' }>;

/** How a shop's request for approval ended. */
export type ApprovalDecided = {
  kind: 'approval_decided';
  retailerId: string;
  orderId: string;
  number: number;
  amountMinor: bigint;
  currency: string;
  outcome: ApprovalOutcome;
  availableMinor: bigint | null;
};

export type LinkOutcome = 'confirmed' | 'refused' | 'not_found' | 'already' | 'needs_staff';

/** What a shop is told; named as the templates are. Amounts that may have changed since are read when it is heard. */
export type Notice =
  | { kind: 'payment_due_soon' | 'payment_overdue' | 'account_blocked' | 'account_unblocked' }
  | { kind: 'payment_bounced'; amountMinor: bigint; receivedAt: Date }
  | { kind: 'limit_changed'; limitMinor: bigint; beforeMinor: bigint }
  | { kind: 'hold_expiring'; orderId: string; number: number; amountMinor: bigint; expiresAt: Date };

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

/** What became of a `store_order`; another status than the one asked for where the order was there already. */
export type OrderStored = { orderId: string; number: number; amountMinor: bigint; status: string };

export type CancelAnswer =
  | {
      cancelled: true;
      orderId: string;
      number: number;
      releasedMinor: bigint;
      /** Null: the order waited, so that no credit was held for it. */
      availableMinor: bigint | null;
    }
  | { cancelled: false; orderId: string; number: number | null; because: 'not_found' | 'already_closed' | 'delivered' };

/** Whether the credit of an order is kept for longer. */
export type KeepAnswer = { kept: true; number: number; until: Date } | { kept: false; number: number | null };

/** What somebody wants of reminders and notices. */
export type NoticeWish = 'stop' | 'start';

/** What should happen in the world; its result comes back as an event, since the reply needs it. */
export type Effect =
  | {
      kind: 'place_order';
      orderId: string;
      amountMinor: bigint;
      source: 'chat' | 'cart';
      lines: PlacedLine[];
      /** The number of an order that waited on credit; null for a new one. */
      waitedNumber: number | null;
    }
  /** Keeps an order that is short of credit, until somebody approves it or there is credit. */
  | {
      kind: 'store_order';
      status: WaitingStatus;
      orderId: string;
      amountMinor: bigint;
      source: 'chat' | 'cart';
      lines: PlacedLine[];
    }
  | { kind: 'cancel_order'; orderId: string; reason: string }
  /** Keeps the credit of an order for another lifetime of a hold. */
  | { kind: 'keep_held'; orderId: string }
  /** An approver's answer to a request. */
  | { kind: 'decide_approval'; approvalId: string; approve: boolean }
  /** Reads and changes nothing. */
  | { kind: 'look_up'; lookUps: LookUp[] }
  /** Puts a payment into the cashier's queue; books nothing. */
  | ClaimPayment;

export type ClaimPayment = {
  kind: 'claim_payment';
  completes: string | null;
  amountMinor: bigint | null;
  method: string | null;
  reference: string | null;
  photo: string | null;
};

export type Step = {
  next: ConversationState;
  replies: Reply[];
  /** At most one effect that needs an answer per step. */
  effect: Effect | null;
  /** What the parser read, kept for the audit. */
  parsed: ParseResult | null;
  /** True when the retailer asked for a person: the chat should be shown to staff. */
  wantsPerson?: boolean;
  /** To be remembered of the person, beside the state. */
  wish?: NoticeWish;
  /** What the order that was placed teaches about the retailer's words. */
  lessons?: Lesson[];
};
