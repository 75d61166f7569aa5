import type { StatementKind } from './types.ts';
import { moreLanguages } from './words/index.ts';

/** Every word that a statement prints, as one type: a language is an object of it, so a missing word fails the check. */
export type StatementWords = {
  /** For Intl: how dates are written in this language. */
  dateLocale: string;
  /** The page is laid out for readers who begin at the right. */
  isRightToLeft?: true;
  kinds: Record<StatementKind, string>;
  title: string;
  period(of: { first: string; last: string }): string;
  to: string;
  columns: { date: string; what: string; charge: string; payment: string; balance: string };
  order(number: string): string;
  invoice(reference: string): string;
  opening: string;
  closing: string;
  totals: string;
  noMovements: string;
  /** Under the closing balance. */
  toPay(of: { amount: string }): string;
  inCredit(of: { amount: string }): string;
  settled: string;
  ageing: {
    title(of: { day: string }): string;
    notDue: string;
    days1To30: string;
    days31To60: string;
    days61To90: string;
    over90: string;
    owed: string;
    unapplied: string;
    balance: string;
  };
  debts: {
    title: string;
    opened: string;
    due: string;
    what: string;
    amount: string;
    rest: string;
    overdue: string;
    days(count: number): string;
    leftOut(count: number): string;
    /** A debt without order or invoice. */
    other: string;
  };
  continued: string;
  page(of: { page: number; pages: number }): string;
  generated(of: { at: string; zone: string }): string;
};

const en: StatementWords = {
  dateLocale: 'en-GB',
  kinds: {
    CAPTURE: 'Goods delivered',
    PAYMENT: 'Payment received',
    PAYMENT_REVERSAL: 'Payment returned',
    CREDIT_NOTE: 'Credit note',
    WRITE_OFF: 'Written off',
    ADJUSTMENT: 'Adjustment',
  },
  title: 'Statement of account',
  period: ({ first, last }) => (first === last ? first : `${first} to ${last}`),
  to: 'For',
  columns: { date: 'Date', what: 'Details', charge: 'Charge', payment: 'Payment', balance: 'Balance' },
  order: (number) => `Order ${number}`,
  invoice: (reference) => `Invoice ${reference}`,
  opening: 'Opening balance',
  closing: 'Closing balance',
  totals: 'Total of the period',
  noMovements: 'Nothing was charged or paid in this period.',
  toPay: ({ amount }) => `To pay: ${amount}`,
  inCredit: ({ amount }) => `In credit: ${amount}`,
  settled: 'Nothing to pay',
  ageing: {
    title: ({ day }) => `What is owed, by age on ${day}`,
    notDue: 'Not yet due',
    days1To30: '1-30 days',
    days31To60: '31-60 days',
    days61To90: '61-90 days',
    over90: 'Over 90 days',
    owed: 'Owed',
    unapplied: 'Paid, not yet applied',
    balance: 'Balance',
  },
  debts: {
    title: 'Open items',
    opened: 'Date',
    due: 'Due on',
    what: 'Details',
    amount: 'Amount',
    rest: 'Left to pay',
    overdue: 'Overdue',
    days: (count) => (count === 0 ? '' : count === 1 ? '1 day' : `${count} days`),
    leftOut: (count) => `${count} more open items are counted above but not listed.`,
    other: 'Balance brought in',
  },
  continued: 'continued',
  page: ({ page, pages }) => `Page ${page} of ${pages}`,
  generated: ({ at, zone }) => `Generated ${at} (${zone})`,
};

const languages: Record<string, StatementWords> = { en, ...moreLanguages };

/** The words of the nearest language: "en-IN" and "en" are one, and so are "hi-Latn-IN" and "hi-Latn". English else. */
export function statementWords(language: string): StatementWords {
  const [base = 'en', script] = language.split('-');
  return languages[`${base}-${script}`] ?? languages[base] ?? en;
}
