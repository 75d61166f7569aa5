import type { LinkOutcome } from '../types.ts';
import type { MoneyTexts } from './money/types.ts';

/**
 * Everything the conversation can say, as one type: a language is a catalogue made for it, so a missing text fails the type
 * check. Arguments arrive readable (amounts and quantities formatted by Intl, products by name); a text only words them.
 */
export type Texts = {
  /** "10 cases": `count` decides the plural, `shown` is the number as it is written. */
  quantity(of: { count: number; shown: string; unit: string }): string;
  /** One unit by its name: "case". */
  unitName(unit: string): string;
  /** What stands between the parts of a list, and between parts that hold commas themselves; a space follows. */
  comma: string;
  semicolon: string;
  /** Some of a product, on one line with others. */
  goods(of: { product: string; quantity: string }): string;

  /** An apology for a message that could not be processed after several tries. */
  couldNotProcess: string;

  buttons: {
    confirm: string;
    change: string;
    cancel: string;
    tryAgain: string;
    yes: string;
    leaveOut: string;
    choose: string;
    cancelOrder: string;
    keepOrder: string;
  };
  proposal: ProposalTexts;
  placing: PlacingTexts;
  questions: QuestionTexts;
  cancelling: CancellingTexts;
  account: AccountTexts;
  talk: TalkTexts;
  people: PeopleTexts;
  waiting: WaitingTexts;
  money: MoneyTexts;
  rules: RulesTexts;
  languages: LanguagesTexts;
  older: OlderTexts;
  approvals: ApprovalTexts;
  notices: NoticeTexts;
  staff: StaffTexts;
  newcomers: NewcomerTexts;
};

type Figures = { limit: string; owed: string; held: string; available: string };

export type ProposalTexts = {
  heading: string;
  line(of: { position: number; product: string; quantity: string; contents: string | null; total: string }): string;
  total(of: { amount: string }): string;
  waiting(of: { amount: string }): string;
  waitingShort(of: { amount: string; short: string }): string;
  waitingBlocked(of: { amount: string }): string;
  creditLeft(of: { left: string }): string;
  doesNotFit(of: Figures & { short: string }): string;
  accountBlocked(of: { wholesaler: string }): string;
  accountClosed(of: { wholesaler: string }): string;
  /** The day until which the limit counts is over. */
  limitLapsed(of: { wholesaler: string }): string;
  accountMissing(of: { wholesaler: string }): string;
  switchedOff(of: { product: string }): string;
  outOfStock(of: { product: string }): string;
  notSold(of: { product: string }): string;
  notInCart(of: { product: string }): string;
  tooManyLines(of: { count: number }): string;
  nothingLeft: string;
  empty: string;
  pricesChanged: string;
  oldButton: string;
  sentLongAgo: string;
  lapsed: string;
  addedToOpenOrder: string;
  sentTwice: string;
  howToChange(of: { product: string }): string;
  notPlaced(of: { product: string }): string;
  dropped: string;
};

export type PlacingTexts = {
  placed(of: { number: number; amount: string; left: string }): string;
  alreadyPlaced(of: { number: number; amount: string }): string;
  refusedShort(of: Figures & { amount: string; short: string }): string;
  refusedBlocked(of: { wholesaler: string; owed: string | null; held: string | null }): string;
  refusedInactive(of: { wholesaler: string }): string;
  refusedNoAccount(of: { wholesaler: string }): string;
  refusedDuplicate: string;
  refusedBusy: string;
  refusedBroken: string;
  refusedAmount(of: { amount: string }): string;
  refusedOtherwise(of: { wholesaler: string }): string;
  nothingToConfirm: string;
  orderLapsed(of: { number: number; amount: string }): string;
  restLapsed(of: { number: number; amount: string }): string;
};

export type QuestionTexts = {
  noted(of: { product: string; quantity: string }): string;
  notedMany(of: { count: number }): string;
  whichProduct(of: { words: string; quantity: string | null }): string;
  whichToRemove(of: { words: string }): string;
  option(of: { position: number; product: string; price: string | null }): string;
  price(of: { amount: string; unit: string }): string;
  didYouMean(of: { words: string; product: string; quantity: string | null }): string;
  howToAnswer: string;
  /** `units` names the product's units as a choice, where it has several. */
  howMany(of: { product: string; units: string | null }): string;
  unknownProduct(of: { words: string; quantity: string | null }): string;
  perhaps(of: { words: string; quantity: string | null }): string;
  badQuantity(of: { product: string; quantity: string; units: string | null }): string;
  reallySoMany(of: { product: string; quantity: string }): string;
  notAllowed(of: {
    product: string;
    asked: string;
    minimum: string | null;
    step: string | null;
    nearest: string;
  }): string;
  leftOut(of: { words: string }): string;
  lapsed(of: { words: string }): string;
  oldChoice: string;
  tooManyQuestions(of: { count: number }): string;
};

export type CancellingTexts = {
  askWhetherToCancel(of: { number: number; amount: string | null }): string;
  cancelled(of: { number: number; released: string; available: string }): string;
  kept(of: { number: number }): string;
  alreadyClosed(of: { number: number | null; status: string | null }): string;
  delivered(of: { number: number | null }): string;
  notFound(of: { number: number | null }): string;
  nothing: string;
  lapsed(of: { number: number }): string;
  sentLongAgo: string;
};

export type AccountTexts = {
  balance(of: Figures): string;
  blocked(of: { wholesaler: string }): string;
  closed(of: { wholesaler: string }): string;
  lapsed(of: { wholesaler: string }): string;
  missing(of: { wholesaler: string }): string;
  recentOrders: string;
  order(of: { number: number; status: string; amount: string; date: string }): string;
  noOrders: string;
  /** An order's state as a shopkeeper would say it. */
  status(of: { status: string }): string;
  explained(of: Figures): string;
  paid(of: { wholesaler: string }): string;
};

export type TalkTexts = {
  greeting(of: { name: string; example: string | null }): string;
  help(of: { example: string | null }): string;
  human(of: { wholesaler: string }): string;
  /** To a complaint about goods. */
  complaint(of: { wholesaler: string }): string;
  language: string;
  stranger(of: { wholesaler: string; name: string | null }): string;
  media: Record<'voice' | 'audio' | 'image' | 'video' | 'document' | 'sticker', string>;
  unreadable: string;
  /** WhatsApp did not pass on a cart, or a tap on a button or list. */
  cartLost: string;
  tapLost: string;
  /** The person changed or deleted a message that we may have worked with. */
  edited: string;
  deleted: string;
  tooLong: string;
  notUnderstood(of: { words: string | null }): string;
  notUnderstoodAgain(of: { words: string | null; wholesaler: string }): string;
  queryWhat: string;
  queryUnknown(of: { words: string }): string;
  queryPrice(of: { product: string; prices: string | null; stock: 'in' | 'low' | 'out' | 'off' }): string;
  repeatNothing: string;
  allRight: string;
};

export type PeopleTexts = {
  /** Who writes may be a known shop, and somebody has to confirm it. */
  awaitsLink(of: { wholesaler: string; name: string | null }): string;
  /** To the known identity: is the new one its own? */
  isItYours(of: { wholesaler: string }): string;
  ours: string;
  notOurs: string;
  linkAnswered(of: { outcome: LinkOutcome; wholesaler: string }): string;
  linked(of: { wholesaler: string }): string;
  notLinked(of: { wholesaler: string }): string;
  registered(of: { wholesaler: string; shop: string }): string;
  phoneKept: string;
};

/** Short of credit, and orders that wait: for approval, or for credit. */
export type WaitingTexts = {
  /** Buttons. The plain one is for amounts that make the other too long. */
  fit(of: { amount: string }): string;
  fitPlain: string;
  askApproval: string;
  payFirst: string;
  person: string;
  takeUp: string;
  /** What each choice means, where they are rows of a list. */
  fitRow(of: { amount: string }): string;
  askRow: string;
  payRow: string;
  cancelRow: string;
  whatNow: string;
  trimmed(of: { missing: string }): string;
  forApproval(of: { number: number; amount: string }): string;
  onCredit(of: { number: number; amount: string }): string;
  still(of: { number: number; amount: string; status: string }): string;
  withdrawn(of: { number: number }): string;
  fits(of: { number: number }): string;
  fitsToo(of: { number: number; amount: string }): string;
  finishFirst: string;
  lapsed(of: { number: number; amount: string }): string;
  notWaiting: string;
};

export type ApprovalTexts = {
  /** To the approver. */
  approve: string;
  reject: string;
  ask(of: Omit<Figures, 'available'> & { shop: string; number: number; amount: string; short: string }): string;
  overdue(of: { amount: string }): string;
  lastOrders: string;
  lastPayments: string;
  payment(of: { date: string; amount: string }): string;
  noHistory: string;
  youApproved(of: { number: number; shop: string; amount: string }): string;
  youRejected(of: { number: number; shop: string }): string;
  lockRefused(of: { number: number; shop: string; why: 'blocked' | 'inactive' | 'short' | 'other' }): string;
  decided(of: { number: number; shop: string; outcome: string; by: string | null }): string;
  lapsedForApprover(of: { number: number; shop: string }): string;
  none: string;
  several(of: { count: number; number: number }): string;
  sentLongAgo: string;
  /** To the shop. */
  approved(of: { number: number; amount: string; left: string }): string;
  rejected(of: { number: number; amount: string; wholesaler: string }): string;
  refused(of: { number: number; amount: string; wholesaler: string }): string;
  expired(of: { number: number; amount: string }): string;
  askAgain: string;
};

/** What the wholesaler's policies make us say. `opens` is a weekday and time; null where no opening is in sight. */
export type RulesTexts = {
  belowMinimum(of: { minimum: string; missing: string; example: string | null }): string;
  closedRefused(of: { opens: string | null }): string;
  /** About an order that was refused while it was closed. */
  openAgain: string;
  closedTaken(of: { opens: string | null }): string;
  /** To somebody unknown whose registration staff were asked for. */
  strangerAnnounced(of: { wholesaler: string; name: string | null }): string;
};

/** Which language to be answered in. Languages are named as their own speakers name them. */
export type LanguagesTexts = {
  /** Said in the language that was chosen. */
  chosen: string;
  which: string;
  button: string;
  writeOne(of: { names: string }): string;
  notOffered(of: { language: string }): string;
};

/** What does not belong here and now: answers to a message that is not the newest, and what a list has no place for. */
export type OlderTexts = {
  nothingDone: string;
  more(of: { count: number }): string;
};

/** What templates do not say already. */
export type NoticeTexts = {
  stopped(of: { wholesaler: string }): string;
  started(of: { wholesaler: string }): string;
  kept(of: { number: number; until: string }): string;
  notKept(of: { number: number }): string;
};

export type StaffTexts = {
  /** Staff gave the chat back. */
  botBack(of: { wholesaler: string }): string;
  /** Staff took the chat over and were silent for too long. */
  botBackLate(of: { wholesaler: string }): string;
};

export type NewcomerTexts = {
  refused(of: { wholesaler: string }): string;
  askPhone(of: { wholesaler: string }): string;
  phoneNoted(of: { wholesaler: string }): string;
};
