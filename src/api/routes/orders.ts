import { z } from 'zod';
import { refused } from '../../credit/index.ts';
import type { Problem } from '../../http/problem.ts';
import { cancelBatch, deliverOrder, type LineMistake, listOrders, readOrder, reopenOrder } from '../../orders/index.ts';
import { assert, assertNever, mustExist } from '../../shared/assert.ts';
import { pageOf, readCursor } from '../cursor.ts';
import { placeEach, placeTogether } from '../place-orders.ts';
import { type InputError, inputProblem, refusalProblem } from '../refusals.ts';
import { done, notFound, once, read, refuse, write } from '../route.ts';
import { id, nothing } from '../schemas/common.ts';
import * as schema from '../schemas/orders.ts';

const tag = 'Orders';
const params = z.object({ orderId: id });
const CREDIT_CODES = [
  'CREDIT_ACCOUNT_NOT_FOUND',
  'CREDIT_BLOCKED',
  'CREDIT_INACTIVE',
  'INSUFFICIENT_CREDIT',
  'DUPLICATE_ORDER',
] as const;

const placeOrder = once({
  id: 'placeOrder',
  path: '/orders',
  tag,
  summary: 'Place an order and hold its credit, both or neither',
  description: [
    'The order id is its idempotency key: the same order again answers 200 with `replayed: true` and its first figures.',
    'A refusal is not kept: the same order may be placed later, once the credit is there.',
    'With `lines` the order is priced from the catalogue and the price list of the shop; without an order id it gets one.',
  ].join('\n'),
  rights: ['orders:write'],
  body: schema.orderAsked,
  answer: schema.orderPlaced,
  status: 201,
  codes: ['INVALID_AMOUNT', 'INVALID_LINES', ...CREDIT_CODES],
  async handle(ask) {
    const [verdict] = await placeEach(ask, [ask.body]);
    const { outcome } = mustExist(verdict, 'a verdict');
    return outcome.kind === 'placed' ? done(outcome.order, isNew(outcome.order) ? 201 : 200) : outcome;
  },
});

/** A dry run makes nothing, and a repeat nothing new. */
const isNew = ({ number, replayed }: { number: number | null; replayed: boolean }): boolean =>
  number !== null && !replayed;

const placeBatch = once({
  id: 'placeOrderBatch',
  path: '/orders/batch',
  tag,
  summary: 'Place up to 100 orders at once',
  description:
    'With mode `each` every order gets the verdict that it would have got alone. With mode `all` nothing is placed unless ' +
    'all orders are. The answer is 200 whatever the verdicts are; `placed` counts the orders that were placed.',
  rights: ['orders:write'],
  body: schema.batchAsked,
  answer: schema.batchAnswer,
  codes: ['INVALID_AMOUNT'],
  async handle(ask) {
    const { mode, orders } = ask.body;
    const verdicts = mode === 'each' ? await placeEach(ask, orders) : await placeTogether(ask, orders);
    const results = verdicts.map(({ orderId, outcome }) =>
      outcome.kind === 'placed' ? { placed: true as const, ...outcome.order } : refusedResult(orderId, outcome.problem),
    );
    return done({ placed: results.filter(({ placed }) => placed).length, results });
  },
});

function refusedResult(orderId: string, { code, detail = '', members = {} }: Problem) {
  const { errors, availableMinor, shortByMinor, retryable } = members as Partial<RefusalMembers>;
  return {
    ...{ placed: false as const, status: 'refused' as const, orderId, code, detail, errors },
    availableMinor: bigintOf(availableMinor),
    shortByMinor: bigintOf(shortByMinor),
    retryable: retryable === true,
  };
}

type RefusalMembers = {
  errors: InputError[];
  availableMinor: number | null;
  shortByMinor: number | null;
  retryable: boolean;
};

const bigintOf = (value: number | null | undefined): bigint | null =>
  value === null || value === undefined ? null : BigInt(value);

const list = read({
  id: 'listOrders',
  path: '/orders',
  tag,
  summary: 'Orders, the newest first',
  rights: ['orders:write', 'credit:read'],
  query: schema.orderQuery,
  answer: schema.orderPage,
  async handle({ caller, query, tx }) {
    const { limit, cursor, status, ...filter } = query;
    const below = readCursor(cursor, /^\d{1,10}$/);
    const found = await listOrders(tx, {
      ...filter,
      wholesalerId: caller.wholesalerId,
      statuses: status,
      belowNumber: below === undefined ? undefined : Number(below),
      limit: limit + 1,
    });
    return done(pageOf(found, limit, ({ number }) => String(number)));
  },
});

const one = read({
  id: 'getOrder',
  path: '/orders/{orderId}',
  tag,
  summary: 'An order with its lines, its hold and the arithmetic of its decisions',
  rights: ['orders:write', 'credit:read'],
  params,
  answer: schema.orderDetail,
  async handle({ params: { orderId }, caller: { wholesalerId }, deps, tx }) {
    const found = await readOrder(tx, { wholesalerId, orderId });
    if (found === null) return notFound('order');
    const decisions = await deps.credit.explain({ wholesalerId, retailerId: found.retailerId, orderId }, { tx });
    return done({ ...found, lines: found.lines.map(withQuantity), decisions });
  },
});

/** Stored in thousandths, shown as people write it. */
export const withQuantity = <Line extends { quantityMilli: number }>({ quantityMilli, ...line }: Line) => ({
  ...line,
  quantity: quantityMilli / 1000,
});

const cancel = write({
  id: 'cancelOrder',
  path: '/orders/{orderId}/cancel',
  tag,
  summary: 'Cancel an order and give its credit back',
  rights: ['orders:write'],
  params,
  body: schema.cancelAsked,
  answer: schema.orderCancelled,
  codes: ['ORDER_NOT_OPEN', 'ORDER_DELIVERED', 'MAX_RETRIES_EXCEEDED'],
  async handle({ params: { orderId }, body: { reason }, caller: { wholesalerId, actor }, deps, tx }) {
    const found = await readOrder(tx, { wholesalerId, orderId });
    if (found === null) return notFound('order');
    const { retailerId } = found;
    const item = { wholesalerId, orderId, retailerId, actor, source: 'api' as const, reason };
    const cancelled = mustExist((await cancelBatch(tx, [item]))[0], 'an answer');
    switch (cancelled.kind) {
      case 'cancelled': {
        const { number, releasedMinor, availableMinor } = cancelled;
        return done({ orderId, number, status: 'cancelled' as const, releasedMinor, availableMinor, replayed: false });
      }
      case 'withdrawn': {
        // It waited, so there was no credit to give back.
        const account = mustExist(await deps.credit.getAccount({ wholesalerId, retailerId }, { tx }), 'the account');
        const figures = { releasedMinor: 0n, availableMinor: account.availableMinor };
        return done({ orderId, number: cancelled.number, status: 'cancelled' as const, ...figures, replayed: false });
      }
      case 'busy':
        return refuse(refusalProblem(refused('MAX_RETRIES_EXCEEDED')));
      case 'refused':
        return cancelled.because === 'delivered' ? refuse(DELIVERED) : refuse(NOT_OPEN);
      default:
        return assertNever(cancelled);
    }
  },
});

const deliver = write({
  id: 'deliverOrder',
  path: '/orders/{orderId}/deliver',
  tag,
  summary: 'Book a delivery, whole or in part: held credit becomes a debt',
  rights: ['orders:write'],
  params,
  body: schema.deliverAsked,
  answer: schema.orderDelivered,
  codes: [
    'ORDER_NOT_OPEN',
    'HOLD_NOT_OPEN',
    'CAPTURE_EXCEEDS_HOLD',
    'INVALID_LINES',
    'DUPLICATE_ORDER',
    'MAX_RETRIES_EXCEEDED',
  ],
  async handle({ params: { orderId }, body, caller: { wholesalerId, actor }, tx, key }) {
    const { amountMinor, lines, reference, releaseRest = false, reason } = body;
    const act = { wholesalerId, orderId, actor, source: 'api', key };
    const delivered = await deliverOrder(tx, {
      ...act,
      ...{ amountMinor, reference, releaseRest, reason },
      lines: lines?.map(({ quantity, ...line }) => ({ ...line, quantityMilli: Math.round(quantity * 1000) })),
    });
    if (delivered.kind === 'delivered') return done(delivered);
    if (delivered.because === 'faulty_lines') return refuse(mistakesProblem(delivered.mistakes));
    if (delivered.because === 'not_found') return notFound('order');
    if (delivered.because === 'already_closed') return refuse(NOT_OPEN);
    assert(delivered.because !== 'changed', 'the API does not say what was left when somebody looked');
    return refuse(refusalProblem(delivered.because));
  },
});

const mistakesProblem = (mistakes: readonly LineMistake[]): Problem =>
  inputProblem(
    mistakes.map(({ index, field, message }) => ({ path: `lines[${index}].${field}`, message })),
    'INVALID_LINES',
  );

const reopen = write({
  id: 'reopenOrder',
  path: '/orders/{orderId}/reopen',
  tag,
  summary: 'Open a cancelled or expired order again, with a new hold',
  rights: ['orders:write'],
  params,
  body: nothing,
  answer: schema.orderReopened,
  codes: ['ORDER_NOT_CLOSED', ...CREDIT_CODES],
  async handle({ params: { orderId }, caller: { wholesalerId, actor }, tx }) {
    const opened = await reopenOrder(tx, { wholesalerId, orderId, actor, source: 'api' });
    if (opened.kind === 'reopened') {
      return done({ ...opened, status: 'approved' as const, creditLedgerEntryId: opened.ledgerEntryId });
    }
    if (opened.because === 'not_found') return notFound('order');
    if (opened.because === 'not_closed') {
      return refuse({ status: 409, code: 'ORDER_NOT_CLOSED', detail: 'This order is neither cancelled nor expired.' });
    }
    return refuse(refusalProblem(opened.because));
  },
});

const NOT_OPEN = {
  status: 409,
  code: 'ORDER_NOT_OPEN',
  detail: 'This order is closed already: delivered, cancelled, rejected or expired.',
};
const DELIVERED = {
  status: 409,
  code: 'ORDER_DELIVERED',
  detail: 'This order was delivered, at least in part. Book a credit note instead.',
};

export const orderRoutes = [placeOrder, placeBatch, list, one, cancel, deliver, reopen];
