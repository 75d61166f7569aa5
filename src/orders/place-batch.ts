import { acquireBatch, refused, type Verdict } from '../credit/index.ts';
import type { Tx } from '../db/index.ts';
import { mustExist } from '../shared/assert.ts';
import { confirmWaiting, insertOrders, orderKey, readOrders } from './order-store.ts';
import type { PlaceAnswer, PlaceItem } from './types.ts';
import { type Held, holdWaitingOrders } from './waiting-orders.ts';

/**
 * The unit of placing: one acquire over all accounts, then the orders that were accepted, all in the caller's
 * transaction. Answers come in the order of the items. Refusals keep their decision when the caller commits.
 *
 * Between the lock and the COMMIT there is one statement for all the orders, never one for each: a held account is time
 * that everybody else on it waits.
 */
export async function placeBatch(
  tx: Tx,
  items: PlaceItem[],
  options: { wait: 'none' | 'promised' },
): Promise<PlaceAnswer[]> {
  const held = await holdWaitingOrders(
    tx,
    items.filter(({ waited }) => waited === true),
  );
  const taken = await readTaken(tx, items);
  const lost = (item: PlaceItem): PlaceAnswer | null => answerIfLost(item, held) ?? answerIfTaken(item, taken);
  const placed = await place(
    tx,
    items.filter((item) => lost(item) === null),
    options,
  );
  const answers = placed.values();
  return items.map((item) => lost(item) ?? mustExist(answers.next().value, 'an answer to an order'));
}

/** An order that waited on credit and does so no longer cannot be confirmed; null where nothing is in the way. */
function answerIfLost(item: PlaceItem, held: Map<string, Held>): PlaceAnswer | null {
  if (item.waited !== true) return null;
  const { orderId, amountMinor } = item;
  const found = held.get(orderKey(item.wholesalerId, orderId));
  if (found?.kind === 'busy') return { kind: 'busy', orderId };
  const isOurs = found?.kind === 'held' && found.order.retailerId === item.retailerId;
  if (isOurs && found.order.status === 'waiting_on_credit') return null;
  return {
    kind: 'refused',
    orderId,
    amountMinor,
    code: 'ORDER_NOT_WAITING',
    because: null,
    figures: null,
    shortByMinor: null,
    message: 'This order waits no longer.',
    retryable: false,
  };
}

/**
 * Ids of orders that are stored and stand on no hold: one waits, or was turned down. The credit lock knows nothing of them
 * and would hold credit for a second order of that id. Only outsiders can name one: chats make a new id for every order.
 */
async function readTaken(tx: Tx, items: PlaceItem[]): Promise<Set<string>> {
  const named = items.filter(({ cause, waited }) => cause === null && waited !== true);
  const stored = await readOrders(tx, named);
  return new Set([...stored].flatMap(([key, { ledgerEntryId }]) => (ledgerEntryId === null ? [key] : [])));
}

function answerIfTaken({ wholesalerId, orderId, amountMinor }: PlaceItem, taken: Set<string>): PlaceAnswer | null {
  if (!taken.has(orderKey(wholesalerId, orderId))) return null;
  return { ...refused('DUPLICATE_ORDER', { because: 'other_request' }), orderId, amountMinor };
}

async function place(tx: Tx, items: PlaceItem[], options: { wait: 'none' | 'promised' }): Promise<PlaceAnswer[]> {
  if (items.length === 0) return [];
  const { verdicts } = await acquireBatch(
    tx,
    items.map((item) => ({
      wholesalerId: item.wholesalerId,
      retailerId: item.retailerId,
      key: item.orderId,
      orderId: item.orderId,
      amountMinor: item.amountMinor,
      currency: item.currency,
      actor: item.cause === null ? (item.actor ?? 'api') : `whatsapp:${item.cause.personKey}`,
      source: item.source,
      cause: item.cause?.eventId ?? null,
      holdLifetimeMinutes: item.holdLifetimeMinutes,
    })),
    options,
  );
  const answers = items.map((item, index) => toAnswer(item, mustExist(verdicts[index], 'a verdict')));
  const approved = answers.flatMap((answer, index) => {
    const item = mustExist(items[index], 'an item');
    return answer.kind === 'placed' ? [{ item, ledgerEntryId: answer.ledgerEntryId }] : [];
  });
  const isFresh = ({ item }: { item: PlaceItem }): boolean => item.waited !== true;
  await insertOrders(
    tx,
    approved.filter(isFresh).map((order) => ({ ...order, status: 'approved', waitMinutes: null })),
  );
  await confirmWaiting(
    tx,
    approved.filter((order) => !isFresh(order)),
  );
  return withNumbersOfReplays(tx, items, answers);
}

function toAnswer(item: PlaceItem, verdict: Verdict): PlaceAnswer {
  const { orderId, amountMinor } = item;
  switch (verdict.kind) {
    case 'approved':
      return {
        kind: 'placed',
        orderId,
        number: item.number,
        amountMinor,
        ledgerEntryId: verdict.ledgerEntryId,
        availableMinor: verdict.availableMinor,
        replayed: verdict.replayed,
      };
    case 'refused':
      return {
        kind: 'refused',
        orderId,
        amountMinor,
        code: verdict.code,
        because: verdict.because,
        figures: verdict.figures,
        shortByMinor: verdict.shortByMinor,
        message: verdict.message,
        retryable: verdict.retryable,
      };
    case 'busy':
      return { kind: 'busy', orderId };
  }
}

// An order that was placed before keeps the number it was given then.
async function withNumbersOfReplays(tx: Tx, items: PlaceItem[], answers: PlaceAnswer[]): Promise<PlaceAnswer[]> {
  const replayed = items.filter((_, index) => {
    const answer = answers[index];
    return answer?.kind === 'placed' && answer.replayed;
  });
  if (replayed.length === 0) return answers;
  const stored = await readOrders(tx, replayed);
  return answers.map((answer, index) => {
    if (answer.kind !== 'placed' || !answer.replayed) return answer;
    const item = mustExist(items[index], 'an item');
    const order = mustExist(stored.get(orderKey(item.wholesalerId, item.orderId)), 'the replayed order');
    return { ...answer, number: order.number };
  });
}
