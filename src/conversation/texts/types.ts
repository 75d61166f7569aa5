/**
 * Everything the conversation can say, as one type: a language is an object of it, so a missing text fails the type
 * check. Arguments arrive readable (amounts and quantities formatted by Intl, products by name); a text only words them.
 */
export type Texts = {
  /** "10 cases": `count` decides the plural, `shown` is the number as it is written. */
  quantity(of: { count: number; shown: string; unit: string }): string;
  /** One unit by its name: "case". */
  unitName(unit: string): string;

  /** An apology for a message that could not be processed after several tries. */
  couldNotProcess(): string;

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
  refusedBlocked(of: { wholesaler: string; figures: Figures | null }): string;
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
  howMany(of: { product: string; units: string[] }): string;
  unknownProduct(of: { words: string; quantity: string | null }): string;
  perhaps(of: { words: string; quantity: string | null }): string;
  badQuantity(of: { product: string; quantity: string; units: string[] }): string;
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
  missing(of: { wholesaler: string }): string;
  recentOrders: string;
  order(of: { number: number; status: string; amount: string; date: string }): string;
  noOrders: string;
  status(status: string): string;
  explained(of: Figures): string;
  paid(of: { wholesaler: string }): string;
};

export type TalkTexts = {
  greeting(of: { name: string; example: string | null }): string;
  help(of: { example: string | null }): string;
  example(of: { products: string[] }): string;
  human(of: { wholesaler: string }): string;
  language: string;
  stranger(of: { wholesaler: string; name: string | null }): string;
  media: Record<'voice' | 'audio' | 'image' | 'video' | 'document' | 'sticker', string>;
  unreadable: string;
  notUnderstood(of: { words: string }): string;
  notUnderstoodAgain(of: { words: string; wholesaler: string }): string;
  queryWhat: string;
  queryUnknown(of: { words: string }): string;
  queryPrice(of: { product: string; prices: string[]; stock: 'in' | 'low' | 'out' | 'off' }): string;
  repeatNothing: string;
  allRight: string;
};
