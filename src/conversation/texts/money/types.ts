/** What is said about money and orders that were placed: balance, statement, payments, receipts, deliveries, "why?". */
export type MoneyTexts = {
  /** Titles of buttons: at most 20 characters. */
  buttons: { statement: string; paid: string; human: string; slip: string; noSlip: string; more: string };
  balance: {
    overdue(of: { amount: string; date: string }): string;
    dueNext(of: { amount: string; date: string }): string;
    paidAhead(of: { amount: string }): string;
    /** Why no order is placed: what has to be paid first. */
    stops(of: { amount: string; date: string }): string;
  };
  statement: {
    heading(of: { period: string }): string;
    toPay(of: { amount: string }): string;
    inCredit(of: { amount: string }): string;
    settled: string;
    movements: string;
    movement(of: { date: string; what: string; amount: string }): string;
    /** What moved the balance; `number` is an order's, `reference` an invoice's or a payment's. */
    what(of: { kind: string; number: number | null; reference: string | null }): string;
    none: string;
    inPdf: string;
    file(of: { period: string }): string;
    tooLong: string;
  };
  order: {
    line(of: { position: number; product: string; quantity: string; missing: string | null }): string;
    moreLines(of: { count: number }): string;
    charged(of: { amount: string; due: string | null }): string;
    kept(of: { amount: string }): string;
  };
  why: {
    asked(of: { when: string; amount: string }): string;
    /** `orders` names what was on hold, `granted` what an approver had added. */
    sum(of: {
      limit: string;
      owed: string;
      held: string;
      orders: string | null;
      granted: string | null;
      available: string;
    }): string;
    order(of: { number: number }): string;
    short(of: { short: string }): string;
    fits(of: { number: number | null }): string;
    overdue(of: { overdue: string | null; since: string | null }): string;
    onHold(of: { wholesaler: string }): string;
    inactive(of: { wholesaler: string }): string;
    otherwise(of: { wholesaler: string }): string;
    nothing: string;
  };
  claim: {
    noted(of: { amount: string; method: string; reference: string | null; wholesaler: string }): string;
    again(of: { date: string; state: 'open' | 'recorded' | 'refused'; wholesaler: string }): string;
    howMuch: string;
    photoNoted(of: { wholesaler: string }): string;
    isItSlip: string;
    noSlip: string;
    lapsed(of: { photo: 'yes' | 'no'; wholesaler: string }): string;
    refused(of: { amount: string | null; reference: string | null; reason: string; wholesaler: string }): string;
    /** How it was paid; any other word is the wholesaler's own and said as it stands. */
    method(of: { method: string }): string;
  };
  receipt: {
    received(of: { amount: string; method: string; reference: string | null }): string;
    paidOff(of: { order: number | null; amount: string; rest: string | null }): string;
    moreDebts(of: { count: number }): string;
    kept(of: { amount: string }): string;
    stands(of: { owed: string; available: string }): string;
  };
  delivery: {
    whole(of: { number: number; amount: string; due: string | null }): string;
    part(of: { number: number; amount: string; due: string | null }): string;
    /** What came of it, where that is known line by line. */
    came: string;
    missing: string;
    missingLine(of: { product: string; quantity: string }): string;
    /** In one line, for a template. */
    missingAmount(of: { amount: string }): string;
    kept(of: { amount: string }): string;
    released(of: { amount: string }): string;
  };
  cancellation: {
    byWholesaler(of: { number: number; amount: string; wholesaler: string; reason: string }): string;
    back(of: { released: string; available: string }): string;
  };
  list: {
    heading(of: { from: number; to: number; count: number }): string;
    howTo: string;
    /** How to see less of a long list. */
    narrow: string;
    empty: string;
  };
};
