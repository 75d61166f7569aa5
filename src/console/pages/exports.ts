import { Readable } from 'node:stream';
import { writeAccounts, writePayments } from '../../credit/index.ts';
import { writeOrders } from '../../orders/index.ts';
import { type ConsoleRoute, type PageAnswer, type PageRequest, page } from '../route.ts';
import { readAccountFilter } from './accounts.ts';
import { readOrderFilter } from './orders.ts';
import { readPaymentFilter } from './payments.ts';

// The lists of the console as files, with the filters of their addresses. Streamed: a list of any length takes no memory.

export const exportRoutes: readonly ConsoleRoute[] = [
  page('/console/export/orders.csv', 'look', orders),
  page('/console/export/accounts.csv', 'look', accounts),
  page('/console/export/payments.csv', 'look', payments),
];

async function orders(request: PageRequest): Promise<PageAnswer> {
  const { deps, wholesaler, query } = request;
  return file(
    request,
    'orders',
    writeOrders(deps.db.prisma, { wholesalerId: wholesaler.id, ...readOrderFilter(query) }),
  );
}

async function accounts(request: PageRequest): Promise<PageAnswer> {
  const { deps, wholesaler, query } = request;
  const filter = { wholesalerId: wholesaler.id, ...readAccountFilter(query) };
  return file(request, 'accounts', writeAccounts(deps.db.prisma, filter));
}

async function payments(request: PageRequest): Promise<PageAnswer> {
  const { deps, wholesaler } = request;
  const { id: wholesalerId, currency } = wholesaler;
  const filter = { wholesalerId, currency, ...readPaymentFilter(request) };
  return file(request, 'payments', writePayments(deps.db.prisma, filter));
}

const file = ({ wholesaler, format, now }: PageRequest, what: string, chunks: AsyncIterable<string>): PageAnswer => ({
  kind: 'file',
  contentType: 'text/csv; charset=utf-8',
  filename: `${what}-${wholesaler.id}-${format.dayOf(now)}.csv`,
  body: Readable.from(chunks),
});
