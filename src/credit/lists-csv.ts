import type { Tx } from '../db/index.ts';
import { csvFile, inPages } from '../shared/csv-file.ts';
import { minorToDecimal } from '../shared/money.ts';
import { toCell } from '../shared/spreadsheet-text.ts';
import { accountBoard, type BoardAccount } from './account-board.ts';
import { listPayments, type PaymentFigures, type PaymentFilter } from './list-payments.ts';

// Each page of a file is as of its own moment, so give these a client rather than a transaction.

const ACCOUNT_COLUMNS = [
  'shop_id',
  'shop',
  'state',
  'currency',
  'limit',
  'limit_valid_until_utc',
  'owed',
  'on_hold',
  'available',
  'overdue',
] as const;

/** Credit accounts of the board as a file, in the order of their shops. */
export function writeAccounts(
  db: Tx,
  filter: Omit<Parameters<typeof accountBoard>[1], 'after' | 'limit'>,
): AsyncGenerator<string> {
  const pages = inPages<BoardAccount, { name: string; retailerId: string }>(
    (after, limit) => accountBoard(db, { ...filter, after, limit }),
    ({ name, retailerId }) => ({ name, retailerId }),
  );
  return csvFile(ACCOUNT_COLUMNS, pages, (account) => {
    const money = (minor: bigint): string => minorToDecimal(minor, account.currency);
    return {
      shop_id: toCell(account.retailerId),
      shop: toCell(account.name),
      state: account.status,
      currency: account.currency,
      limit: money(account.limitMinor),
      limit_valid_until_utc: account.limitValidUntil?.toISOString() ?? '',
      owed: money(account.owedMinor),
      on_hold: money(account.heldMinor),
      available: money(account.availableMinor),
      overdue: money(account.overdueMinor),
    };
  });
}

const PAYMENT_COLUMNS = [
  'payment_id',
  'received_at_utc',
  'shop_id',
  'shop',
  'kind',
  'method',
  'reference',
  'currency',
  'amount',
  'not_against_a_debt',
  'taken_back',
] as const;

/** Payments as a file, the newest first. */
export function writePayments(
  db: Tx,
  { currency, ...filter }: PaymentFilter & { wholesalerId: string; currency: string },
): AsyncGenerator<string> {
  const pages = inPages<PaymentFigures, string>(
    (beforeId, limit) => listPayments(db, { ...filter, beforeId, limit }),
    ({ paymentId }) => paymentId,
  );
  return csvFile(PAYMENT_COLUMNS, pages, (payment) => ({
    payment_id: payment.paymentId,
    received_at_utc: payment.receivedAt.toISOString(),
    shop_id: toCell(payment.retailerId),
    shop: toCell(payment.retailerName),
    kind: payment.kind,
    method: toCell(payment.method),
    reference: toCell(payment.reference),
    currency,
    amount: minorToDecimal(payment.amountMinor, currency),
    not_against_a_debt: minorToDecimal(payment.unappliedMinor, currency),
    taken_back: payment.reversedBy === null ? 'no' : 'yes',
  }));
}
