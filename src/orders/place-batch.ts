import { acquireBatch, type Verdict } from '../credit/index.ts';
import type { Tx } from '../db/index.ts';
import { mustExist } from '../shared/assert.ts';
import { insertOrders, orderKey, readOrders } from './order-store.ts';
import type { PlaceAnswer, PlaceItem } from './types.ts';

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
      actor: item.cause === null ? 'api' : `whatsapp:${item.cause.personKey}`,
      source: item.source,
      cause: item.cause?.eventId ?? null,
    })),
    options,
  );
  const answers = items.map((item, index) => toAnswer(item, mustExist(verdicts[index], 'a verdict')));
  const approved = answers.flatMap((answer, index) => {
    const item = mustExist(items[index], 'an item');
    return answer.kind === 'placed' ? [{ item, ledgerEntryId: answer.ledgerEntryId }] : [];
  });
  await insertOrders(tx, approved);
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
