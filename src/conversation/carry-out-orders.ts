import { requestApprovals } from '../approvals/index.ts';
import type { Tx } from '../db/index.ts';
import {
  type CancelAnswer as CancelVerdict,
  cancelBatch,
  keepHeld,
  type PlaceAnswer,
  placeBatch,
  storeWaiting,
} from '../orders/index.ts';
import type { WaitingStatus } from '../orders/lifecycle.ts';
import { mustExist } from '../shared/assert.ts';
import type { CancelAnswer, EffectAnswered, OrderAnswer } from './types.ts';
import type { Answers, EffectsOf, With } from './with-effect.ts';

/** Keeps the credit of orders for longer. Few ask for it, and each on an account of its own: a statement each. */
export async function keepOrders(tx: Tx, wholesalerId: string, keeping: With<'keep_held'>[]): Promise<Answers> {
  const answers: Answers = [];
  for (const { facts, step, item } of keeping) {
    const { orderId } = step.effect;
    const kept = await keepHeld(tx, {
      wholesalerId,
      retailerId: mustExist(facts.retailer, 'the retailer of an order to keep').id,
      orderId,
      key: `keep:${item.event.id}`,
      actor: `whatsapp:${item.conversation.personKey}`,
    });
    const number = facts.orders.find(({ id }) => id === orderId)?.number ?? null;
    const answer = kept.kind === 'kept' ? ({ kept: true, ...kept } as const) : ({ kept: false, number } as const);
    answers.push([item.event.id, kept.kind === 'busy' ? 'busy' : { kind: 'keep_answered', answer }]);
  }
  return answers;
}

/** Cancels orders, in one batch. */
export async function cancelOrders(tx: Tx, wholesalerId: string, cancelling: With<'cancel_order'>[]): Promise<Answers> {
  const cancelled = await cancelBatch(
    tx,
    cancelling.map(({ facts, step, item }) => ({
      wholesalerId,
      orderId: step.effect.orderId,
      retailerId: mustExist(facts.retailer, 'the retailer of a cancellation').id,
      actor: `whatsapp:${item.conversation.personKey}`,
      source: 'chat',
      reason: step.effect.reason,
    })),
  );
  return cancelling.map(({ item }, index) => [
    item.event.id,
    toCancelAnswered(mustExist(cancelled[index], 'an answer to a cancellation')),
  ]);
}

/** Places orders, in one batch; those that waited keep their numbers. */
export async function placeOrders(
  tx: Tx,
  wholesaler: EffectsOf,
  placing: With<'place_order'>[],
  { wait, firstOrderNumber }: { wait: 'none' | 'promised'; firstOrderNumber: number },
): Promise<Answers> {
  const placed = await placeBatch(
    tx,
    placing.map((decision, index) => ({
      ...toPlaceItem(decision, wholesaler),
      number: decision.step.effect.waitedNumber ?? firstOrderNumber + index,
      waited: decision.step.effect.waitedNumber !== null,
    })),
    { wait },
  );
  return placing.map(({ item }, index) => [
    item.event.id,
    toOrderAnswered(mustExist(placed[index], 'an answer to an order')),
  ]);
}

/** Stores orders that are short of credit, and asks approvers about those that wait for them. */
export async function storeOrders(
  tx: Tx,
  wholesaler: EffectsOf,
  storing: With<'store_order'>[],
  firstOrderNumber: number,
): Promise<Answers> {
  const stored = await storeWaiting(
    tx,
    storing.map((decision, index) => ({
      ...toPlaceItem(decision, wholesaler),
      number: firstOrderNumber + index,
      status: decision.step.effect.status,
      waitMinutes: waitMinutes(decision.step.effect.status, wholesaler),
    })),
  );
  await requestApprovals(
    tx,
    wholesaler.id,
    storing.flatMap(({ item, facts, step: { effect } }, index) => {
      const isAsked = stored[index]?.status === 'waiting_for_approval' && stored[index]?.replayed === false;
      if (!isAsked) return [];
      const retailerId = mustExist(facts.retailer, 'the retailer of an order').id;
      const { orderId, amountMinor, status } = effect;
      const waitMins = waitMinutes(status, wholesaler);
      return [{ orderId, retailerId, amountMinor, lineId: item.conversation.lineId, waitMinutes: waitMins }];
    }),
  );
  return storing.map(({ item }, index) => [
    item.event.id,
    { kind: 'order_stored', answer: mustExist(stored[index], 'an answer to storing an order') },
  ]);
}

/** The order as orders know it, without its number. */
function toPlaceItem(
  { facts, step, item }: With<'place_order'> | With<'store_order'>,
  { id, currency, holdLifetimeMinutes }: EffectsOf,
) {
  const { orderId, amountMinor, source, lines } = step.effect;
  const { lineId, personKey } = item.conversation;
  return {
    wholesalerId: id,
    retailerId: mustExist(facts.retailer, 'the retailer of an order').id,
    orderId,
    currency,
    amountMinor,
    source,
    lines,
    cause: { lineId, personKey, eventId: item.event.id },
    ...(holdLifetimeMinutes === null ? {} : { holdLifetimeMinutes }),
  };
}

function waitMinutes(status: WaitingStatus, { policies }: EffectsOf): number {
  return status === 'waiting_for_approval' ? policies.approvalHours * 60 : policies.waitOnCreditDays * 24 * 60;
}

function toOrderAnswered(answer: PlaceAnswer): EffectAnswered | 'busy' {
  const heard = toOrderAnswer(answer);
  return heard === 'busy' ? heard : { kind: 'order_answered', answer: heard };
}

function toOrderAnswer(answer: PlaceAnswer): OrderAnswer | 'busy' {
  switch (answer.kind) {
    case 'placed':
      return { placed: true, ...answer };
    case 'refused':
      // Used-up attempts are a trouble of the moment: the event goes back and is tried again.
      if (answer.code === 'MAX_RETRIES_EXCEEDED') return 'busy';
      return { placed: false, ...answer, account: answer.figures };
    case 'busy':
      return 'busy';
  }
}

function toCancelAnswered(answer: CancelVerdict): EffectAnswered | 'busy' {
  const heard = toCancelAnswer(answer);
  return heard === 'busy' ? heard : { kind: 'cancel_answered', answer: heard };
}

function toCancelAnswer(answer: CancelVerdict): CancelAnswer | 'busy' {
  if (answer.kind === 'busy') return 'busy';
  if (answer.kind === 'refused') return { cancelled: false, ...answer };
  // Who cancels in the chat is told right there.
  const { isTold: _, ...cancelled } = answer;
  return cancelled.kind === 'cancelled'
    ? { cancelled: true, ...cancelled }
    : { cancelled: true, ...cancelled, releasedMinor: 0n, availableMinor: null };
}
