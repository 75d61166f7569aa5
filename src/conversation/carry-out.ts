import type { Tx } from '../db/index.ts';
import { type CancelAnswer as CancelVerdict, cancelBatch, type PlaceAnswer, placeBatch } from '../orders/index.ts';
import { mustExist } from '../shared/assert.ts';
import type { Decision } from './conversation-handler.ts';
import { transition } from './transition.ts';
import type { CancelAnswer, Effect, OrderAnswer, Step } from './types.ts';

export type CarriedOut = {
  decision: Decision;
  /** The step after the effect's answer, or the first step where there was no effect; null: the account was busy. */
  finalStep: Step | null;
  answer: OrderAnswer | CancelAnswer | null;
};

type Placing = Decision & { step: Step & { effect: Extract<Effect, { kind: 'place_order' }> } };
type Cancelling = Decision & { step: Step & { effect: Extract<Effect, { kind: 'cancel_order' }> } };

/**
 * Carries out the effects of a set, all placings in one batch and all cancellations in another, and lets each
 * conversation hear its answer. Cancellations go first: credit that they free may be what an order needs.
 */
export async function carryOutEffects(
  tx: Tx,
  wholesaler: { id: string; currency: string },
  decisions: Decision[],
  options: { wait: 'none' | 'promised'; firstOrderNumber: number },
): Promise<CarriedOut[]> {
  const placing = decisions.filter((decision): decision is Placing => decision.step.effect?.kind === 'place_order');
  const cancelling = decisions.filter(
    (decision): decision is Cancelling => decision.step.effect?.kind === 'cancel_order',
  );
  const answers = new Map<string, OrderAnswer | CancelAnswer | 'busy'>();
  const cancelled = await cancelBatch(
    tx,
    cancelling.map(({ facts, step, item }) => ({
      wholesalerId: wholesaler.id,
      orderId: step.effect.orderId,
      retailerId: mustExist(facts.retailer, 'the retailer of a cancellation').id,
      actor: `whatsapp:${item.conversation.personKey}`,
      reason: step.effect.reason,
    })),
  );
  cancelling.forEach(({ item }, index) => {
    answers.set(item.event.id, toCancelAnswer(mustExist(cancelled[index], 'an answer to a cancellation')));
  });
  const placed = await placeBatch(
    tx,
    placing.map(({ facts, step, item }, index) => ({
      wholesalerId: wholesaler.id,
      retailerId: mustExist(facts.retailer, 'the retailer of an order').id,
      orderId: step.effect.orderId,
      number: options.firstOrderNumber + index,
      currency: wholesaler.currency,
      amountMinor: step.effect.amountMinor,
      source: step.effect.source,
      lines: step.effect.lines,
      cause: {
        lineId: item.conversation.lineId,
        personKey: item.conversation.personKey,
        eventId: item.event.id,
      },
    })),
    { wait: options.wait },
  );
  placing.forEach(({ item }, index) => {
    answers.set(item.event.id, toOrderAnswer(mustExist(placed[index], 'an answer to an order')));
  });
  return decisions.map((decision) => hearAnswer(decision, answers.get(decision.item.event.id)));
}

function hearAnswer(decision: Decision, answer: OrderAnswer | CancelAnswer | 'busy' | undefined): CarriedOut {
  if (answer === 'busy') return { decision, finalStep: null, answer: null };
  if (answer === undefined) {
    return { decision, finalStep: { ...decision.step, replies: [] }, answer: null };
  }
  const event =
    'placed' in answer ? ({ kind: 'order_answered', answer } as const) : ({ kind: 'cancel_answered', answer } as const);
  return { decision, finalStep: transition(decision.step.next, event, decision.facts), answer };
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

function toCancelAnswer(answer: CancelVerdict): CancelAnswer | 'busy' {
  if (answer.kind === 'busy') return 'busy';
  return answer.kind === 'cancelled' ? { cancelled: true, ...answer } : { cancelled: false, ...answer };
}
