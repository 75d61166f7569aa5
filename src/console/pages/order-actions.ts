import { inTransaction } from '../../db/index.ts';
import { cancelBatch, deliverOrder, type LineMistake, type OrderSheet, reopenOrder } from '../../orders/index.ts';
import { refuse } from '../read-form.ts';
import { action, type ConsoleRoute, type PageAnswer, type PageRequest } from '../route.ts';
import { showOrder, withOrder } from './order.ts';
import { lineField, readDelivery } from './order-delivery.ts';

const PATH = '/console/orders/:orderId';

export const orderActionRoutes: readonly ConsoleRoute[] = [
  action(`${PATH}/deliver`, 'work_orders', (request) => withOrder(request, (order) => deliver(request, order))),
  action(`${PATH}/cancel`, 'work_orders', (request) => withOrder(request, (order) => cancel(request, order))),
  action(`${PATH}/reopen`, 'work_orders', (request) => withOrder(request, (order) => reopen(request, order))),
];

async function deliver(request: PageRequest, order: OrderSheet): Promise<PageAnswer> {
  const { deps, wholesaler, form: given, actor, format } = request;
  const read = readDelivery(given, order, format);
  if (!read.ok) return showOrder(request, order, { deliver: refuse(given, read.errors) });
  const { lines, amountMinor, releaseRest } = read;
  const seen = given.get('seen') ?? '';
  const answer = await inTransaction(deps.db, (tx) =>
    deliverOrder(tx, {
      wholesalerId: wholesaler.id,
      orderId: order.id,
      key: keyOf(given),
      ...(lines && { lines }),
      ...(amountMinor !== undefined && { amountMinor }),
      ...(/^\d{1,18}$/.test(seen) && { seenLeftMinor: BigInt(seen) }),
      ...(text(given, 'reference') !== '' && { reference: text(given, 'reference') }),
      releaseRest,
      ...(releaseRest && { reason: 'the rest is not delivered' }),
      actor,
      source: 'console',
    }),
  );
  if (answer.kind === 'delivered') return done(order, 'order_delivered');
  if (answer.because === 'changed')
    return withOrder(request, (now) => showOrder(request, now, { deliver: refuse(given, {}) }, MEANWHILE));
  if (answer.because === 'faulty_lines') {
    return showOrder(request, order, { deliver: refuse(given, mistakesOf(answer.mistakes, lines ?? [])) });
  }
  const why = typeof answer.because === 'string' ? 'Nothing is left to deliver.' : answer.because.message;
  return showOrder(request, order, { deliver: refuse(given, { [amountMinor === undefined ? '' : 'amount']: why }) });
}

const MEANWHILE =
  'Somebody else booked a delivery of this order while you were writing. Nothing of yours was booked: look at what is ' +
  'left, and send it again if it is still right.';

/** Beside the fields that the lines were written in. */
function mistakesOf(mistakes: readonly LineMistake[], lines: readonly { position: number }[]): Record<string, string> {
  return Object.fromEntries(
    mistakes.map(({ index, message }) => {
      const position = lines[index]?.position;
      const sentence = `${message.slice(0, 1).toUpperCase()}${message.slice(1)}.`;
      return [position === undefined ? '' : lineField(position), sentence];
    }),
  );
}

async function cancel(request: PageRequest, order: OrderSheet): Promise<PageAnswer> {
  const { deps, wholesaler, form: given, actor } = request;
  const reason = text(given, 'reason');
  if (reason === '') {
    return showOrder(request, order, { cancel: refuse(given, { reason: 'Say why: the shop will ask.' }) });
  }
  const { retailerId, id: orderId } = order;
  const [answer] = await inTransaction(deps.db, (tx) =>
    cancelBatch(tx, [{ wholesalerId: wholesaler.id, orderId, retailerId, actor, source: 'console', reason }]),
  );
  if (answer?.kind === 'cancelled' || answer?.kind === 'withdrawn') {
    return done(order, answer.isTold ? 'order_cancelled' : 'order_cancelled_untold');
  }
  const why =
    answer?.kind === 'busy'
      ? 'The account is busy with other orders. Try again in a moment.'
      : 'It was delivered or closed meanwhile: look at its state.';
  return showOrder(request, order, { cancel: refuse(given, { '': why }) });
}

async function reopen(request: PageRequest, order: OrderSheet): Promise<PageAnswer> {
  const { deps, wholesaler, form: given, actor } = request;
  const answer = await inTransaction(deps.db, (tx) =>
    reopenOrder(tx, { wholesalerId: wholesaler.id, orderId: order.id, actor, source: 'console' }),
  );
  if (answer.kind === 'reopened') return done(order, 'order_reopened');
  const why = typeof answer.because === 'string' ? 'It is open already.' : answer.because.message;
  return showOrder(request, order, { reopen: refuse(given, { '': why }) });
}

const done = (order: OrderSheet, notice: string): PageAnswer => ({
  kind: 'redirect',
  to: `/console/orders/${encodeURIComponent(order.id)}`,
  notice,
});

const text = (given: URLSearchParams, name: string): string => (given.get(name) ?? '').trim().slice(0, 300);

/** One form, one booking: a second sending of it finds the first. */
const keyOf = (given: URLSearchParams): string => `console:${(given.get('_key') ?? '').slice(0, 100)}`;
