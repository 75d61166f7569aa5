import type { Tx } from '../db/index.ts';
import { claimPayments, decideRequests, lookUpAll } from './carry-out-asked.ts';
import { cancelOrders, keepOrders, placeOrders, storeOrders } from './carry-out-orders.ts';
import type { Decision } from './decide.ts';
import { transition } from './transition.ts';
import type { EffectAnswered, Step } from './types.ts';
import { type Answers, type EffectsOf, withEffect } from './with-effect.ts';

export type CarriedOut = {
  decision: Decision;
  /** The step after the effect's answer, or the first step where there was no effect; null: the account was busy. */
  finalStep: Step | null;
  answer: EffectAnswered | null;
};

/**
 * Carries out the effects of a set, all placings in one batch and all cancellations in another, and lets each
 * conversation hear its answer. Cancellations go first: credit that they free may be what an order needs.
 */
export async function carryOutEffects(
  tx: Tx,
  wholesaler: EffectsOf,
  decisions: Decision[],
  { wait, firstOrderNumber }: { wait: 'none' | 'promised'; firstOrderNumber: number },
): Promise<CarriedOut[]> {
  const placing = withEffect(decisions, 'place_order');
  const answers: Answers = [
    ...(await keepOrders(tx, wholesaler.id, withEffect(decisions, 'keep_held'))),
    ...(await cancelOrders(tx, wholesaler.id, withEffect(decisions, 'cancel_order'))),
    ...(await placeOrders(tx, wholesaler, placing, { wait, firstOrderNumber })),
    ...(await decideRequests(tx, wholesaler.id, withEffect(decisions, 'decide_approval'))),
    ...(await storeOrders(tx, wholesaler, withEffect(decisions, 'store_order'), firstOrderNumber + placing.length)),
    ...(await lookUpAll(tx, wholesaler.id, withEffect(decisions, 'look_up'))),
    ...(await claimPayments(tx, wholesaler, withEffect(decisions, 'claim_payment'))),
  ];
  const byEvent = new Map(answers);
  return decisions.map((decision) => hearAnswer(decision, byEvent.get(decision.item.event.id)));
}

function hearAnswer(decision: Decision, answer: EffectAnswered | 'busy' | undefined): CarriedOut {
  if (answer === 'busy') return { decision, finalStep: null, answer: null };
  if (answer === undefined) {
    return { decision, finalStep: { ...decision.step, replies: [] }, answer: null };
  }
  return { decision, finalStep: transition(decision.step.next, answer, decision.facts), answer };
}
