import { Readable } from 'node:stream';
import { z } from 'zod';
import { writeAccounts, writePayments } from '../../credit/index.ts';
import { writeOrders } from '../../orders/index.ts';
import type { Caller } from '../api-keys.ts';
import { type ApiDeps, type Outcome, read } from '../route.ts';
import * as schema from '../schemas/exports.ts';

// Streamed: a list of any length takes no memory, and each page of it is as of its own moment.

const tag = 'Files';
const file = { tag, answer: z.never(), files: ['text/csv'] };

const orders = read({
  ...file,
  id: 'exportOrders',
  path: '/exports/orders',
  summary: 'Orders as CSV, the newest first',
  rights: ['orders:write', 'credit:read'],
  query: schema.orderFile,
  async handle({ query: { status: statuses = [], ...filter }, caller, deps }) {
    const { wholesalerId } = caller;
    return csv('orders', caller, deps, writeOrders(deps.db.prisma, { ...filter, statuses, wholesalerId }));
  },
});

const accounts = read({
  ...file,
  id: 'exportAccounts',
  path: '/exports/accounts',
  summary: 'Credit accounts as CSV, in the order of the names of their shops',
  rights: ['credit:read'],
  query: schema.accountFile,
  async handle({ query: filter, caller, deps }) {
    const { wholesalerId } = caller;
    return csv('accounts', caller, deps, writeAccounts(deps.db.prisma, { ...filter, wholesalerId }));
  },
});

const payments = read({
  ...file,
  id: 'exportPayments',
  path: '/exports/payments',
  summary: 'Payments, credit notes, write-offs and corrections as CSV, the newest first',
  rights: ['payments:write', 'credit:read'],
  query: schema.paymentFile,
  async handle({ query: filter, caller, deps }) {
    const { wholesalerId, currency } = caller;
    return csv('payments', caller, deps, writePayments(deps.db.prisma, { ...filter, wholesalerId, currency }));
  },
});

function csv(
  what: string,
  { wholesalerId, timeZone }: Caller,
  { clock }: ApiDeps,
  chunks: AsyncIterable<string>,
): Outcome<never> {
  const today = new Intl.DateTimeFormat('en-CA', { timeZone }).format(clock.now());
  const filename = `${what}-${wholesalerId}-${today}.csv`;
  return { kind: 'file', file: { contentType: 'text/csv; charset=utf-8', filename, body: Readable.from(chunks) } };
}

export const exportRoutes = [orders, accounts, payments];
