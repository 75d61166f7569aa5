import { Readable } from 'node:stream';
import { accountBoard, type BoardAccount, listPayments, type PaymentFigures } from '../../credit/index.ts';
import { type BoardOrder, orderBoard } from '../../orders/index.ts';
import { csvFile, inPages } from '../../shared/csv-file.ts';
import { minorToDecimal } from '../../shared/money.ts';
import { toCell } from '../../shared/spreadsheet-text.ts';
import { type ConsoleRoute, type PageAnswer, type PageRequest, page } from '../route.ts';
import { readAccountFilter } from './accounts.ts';
import { readOrderFilter } from './orders.ts';
import { readPaymentFilter } from './payments.ts';

// The lists of the console as files, with the filters of their addresses. Streamed: a list of any length takes no memory,
// and each page of it is as of its own moment.

export const exportRoutes: readonly ConsoleRoute[] = [
  page('/console/export/orders.csv', 'look', orders),
  page('/console/export/accounts.csv', 'look', accounts),
  page('/console/export/payments.csv', 'look', payments),
];

async function orders(request: PageRequest): Promise<PageAnswer> {
  const { deps, wholesaler, query } = request;
  const filter = { wholesalerId: wholesaler.id, ...readOrderFilter(query) };
  const pages = inPages<BoardOrder, { placedAt: string; id: string }>(
    (before, limit) => orderBoard(deps.db.prisma, { ...filter, before, limit }),
    ({ placedAtExact, id }) => ({ placedAt: placedAtExact, id }),
  );
  const columns = [
    'number',
    'order_id',
    'placed_at_utc',
    'shop_id',
    'shop',
    'state',
    'currency',
    'amount',
    'lines',
    'source',
  ] as const;
  return file(
    request,
    'orders',
    csvFile(columns, pages, (order) => ({
      number: String(order.number),
      order_id: toCell(order.id),
      placed_at_utc: order.placedAt.toISOString(),
      shop_id: toCell(order.retailerId),
      shop: toCell(order.retailerName),
      state: order.status,
      currency: order.currency,
      amount: minorToDecimal(order.amountMinor, order.currency),
      lines: String(order.lineCount),
      source: order.source,
    })),
  );
}

async function accounts(request: PageRequest): Promise<PageAnswer> {
  const { deps, wholesaler, query } = request;
  const filter = { wholesalerId: wholesaler.id, ...readAccountFilter(query) };
  const pages = inPages<BoardAccount, { name: string; retailerId: string }>(
    (after, limit) => accountBoard(deps.db.prisma, { ...filter, after, limit }),
    ({ name, retailerId }) => ({ name, retailerId }),
  );
  const columns = [
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
  return file(
    request,
    'accounts',
    csvFile(columns, pages, (account) => {
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
    }),
  );
}

async function payments(request: PageRequest): Promise<PageAnswer> {
  const { deps, wholesaler } = request;
  const filter = { wholesalerId: wholesaler.id, ...readPaymentFilter(request) };
  const pages = inPages<PaymentFigures, string>(
    (beforeId, limit) => listPayments(deps.db.prisma, { ...filter, beforeId, limit }),
    ({ paymentId }) => paymentId,
  );
  const columns = [
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
  return file(
    request,
    'payments',
    csvFile(columns, pages, (payment) => ({
      payment_id: payment.paymentId,
      received_at_utc: payment.receivedAt.toISOString(),
      shop_id: toCell(payment.retailerId),
      shop: toCell(payment.retailerName),
      kind: payment.kind,
      method: toCell(payment.method),
      reference: toCell(payment.reference),
      currency: wholesaler.currency,
      amount: minorToDecimal(payment.amountMinor, wholesaler.currency),
      not_against_a_debt: minorToDecimal(payment.unappliedMinor, wholesaler.currency),
      taken_back: payment.reversedBy === null ? 'no' : 'yes',
    })),
  );
}

const file = ({ wholesaler, format, now }: PageRequest, what: string, chunks: AsyncIterable<string>): PageAnswer => ({
  kind: 'file',
  contentType: 'text/csv; charset=utf-8',
  filename: `${what}-${wholesaler.id}-${format.dayOf(now)}.csv`,
  body: Readable.from(chunks),
});
