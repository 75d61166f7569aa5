import type { Ageing } from '../ageing.ts';
import type { AccountKey } from '../types.ts';

/** What moves the balance of an account; holds, limits and blocks do not. */
export type StatementKind = 'CAPTURE' | 'PAYMENT' | 'PAYMENT_REVERSAL' | 'CREDIT_NOTE' | 'WRITE_OFF' | 'ADJUSTMENT';

export type StatementQuery = AccountKey & {
  /** First day, as YYYY-MM-DD on the wholesaler's calendar. */
  from: string;
  /** The day after the last one. */
  to: string;
  /** Number of the last ledger entry to count: the statement as it stood then. Without it, all of the period. */
  untilSeq?: bigint;
};

/** One movement. Exactly one of charge and payment is above zero. */
export type StatementLine = {
  /** Its number in the account's ledger. */
  seq: bigint;
  entryId: string;
  at: Date;
  /** The day on the wholesaler's calendar, as YYYY-MM-DD. */
  day: string;
  kind: StatementKind;
  /** What it is, in English words; `describe` says it in other languages. */
  what: string;
  orderId: string | null;
  /** The short number that people say; null when the order is not kept here. */
  orderNumber: number | null;
  /** The wholesaler's own reference of the debt, such as an invoice number. */
  invoiceReference: string | null;
  /** How it was paid, and the payer's or bank's reference; of a returned payment, those of the payment. */
  method: string | null;
  paymentReference: string | null;
  /** Why, where a person had to say it; null when those words were erased. */
  reason: string | null;
  chargeMinor: bigint;
  paymentMinor: bigint;
  /** Owed less unapplied after it: what the retailer has to pay. Negative when the wholesaler owes. */
  balanceMinor: bigint;
};

/** A debt that was open at the end of the period. */
export type OpenDebt = {
  receivableId: string;
  /** The day it arose, and the last day to pay it. */
  openedOn: string;
  dueOn: string;
  orderId: string | null;
  orderNumber: number | null;
  invoiceReference: string | null;
  amountMinor: bigint;
  /** What is left of it. */
  restMinor: bigint;
  /** Days past due on the statement's day; 0 when it is not due yet or due that very day. */
  daysOverdue: number;
};

/** The account and the period of a statement, with the figures at both ends. Amounts in minor units. */
export type StatementFrame = AccountKey & {
  wholesalerName: string;
  retailerName: string;
  currency: string;
  timeZone: string;
  from: string;
  to: string;
  /** Numbers of the last ledger entries before the period and in it; 0 when there is none. */
  openingSeq: bigint;
  closingSeq: bigint;
  openingBalanceMinor: bigint;
  closingBalanceMinor: bigint;
  /** Last day of the period, or today while the period still runs: overdue is counted to this day. */
  day: string;
};

export type Statement = StatementFrame & {
  kind: 'statement';
  lines: StatementLine[];
  totals: { chargesMinor: bigint; paymentsMinor: bigint };
  /** Oldest due date first; at most 1,000. `ageing` always counts them all. */
  openDebts: OpenDebt[];
  openDebtsLeftOut: number;
  ageing: Ageing;
};

/** Why there is no statement; the message says what to do. */
export type StatementRefused = {
  kind: 'refused';
  code: 'CREDIT_ACCOUNT_NOT_FOUND' | 'INVALID_PERIOD' | 'STATEMENT_TOO_LONG';
  message: string;
};
