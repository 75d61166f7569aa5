import { decideApproval, requestApprovals } from '../approvals/index.ts';
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
import { claimPayment } from '../payments/index.ts';
import { mustExist } from '../shared/assert.ts';
import type { WholesalerPolicies } from '../shared/policies.ts';
import type { Decision } from './conversation-handler.ts';
import { lookUp } from './look-up.ts';
import type { WholesalerRow } from './read-wholesaler.ts';
import { transition } from './transition.ts';
import type { CancelAnswer, Effect, EffectAnswered, OrderAnswer, Step } from './types.ts';

export type CarriedOut = {
  decision: Decision;
  /** The step after the effect's answer, or the first step where there was no effect; null: the account was busy. */
  finalStep: Step | null;
  answer: EffectAnswered | null;
};

type With<Kind extends Effect['kind']> = Decision & { step: Step & { effect: Extract<Effect, { kind: Kind }> } };

function withEffect<Kind extends Effect['kind']>(decisions: readonly Decision[], kind: Kind): With<Kind>[] {
  return decisions.filter((decision): decision is With<Kind> => decision.step.effect?.kind === kind);
}

/**
 * Carries out the effects of a set, all placings in one batch and all cancellations in another, and lets each
 * conversation hear its answer. Cancellations go first: credit that they free may be what an order needs.
 */
export async function carryOutEffects(
  tx: Tx,
  wholesaler: Pick<WholesalerRow, 'id' | 'currency' | 'holdLifetimeMinutes'> & {
    policies: Pick<WholesalerPolicies, 'approvalHours' | 'waitOnCreditDays'>;
  },
  decisions: Decision[],
  options: { wait: 'none' | 'promised'; firstOrderNumber: number },
): Promise<CarriedOut[]> {
  const placing = withEffect(decisions, 'place_order');
  const storing = withEffect(decisions, 'store_order');
  const cancelling = withEffect(decisions, 'cancel_order');
  const asking = withEffect(decisions, 'look_up');
  const answers = await keepAll(tx, wholesaler.id, withEffect(decisions, 'keep_held'));
  const cancelled = await cancelBatch(
    tx,
    cancelling.map(({ facts, step, item }) => ({
      wholesalerId: wholesaler.id,
      orderId: step.effect.orderId,
      retailerId: mustExist(facts.retailer, 'the retailer of a cancellation').id,
      actor: `whatsapp:${item.conversation.personKey}`,
      source: 'chat',
      reason: step.effect.reason,
    })),
  );
  cancelling.forEach(({ item }, index) => {
    answers.set(item.event.id, toCancelAnswered(mustExist(cancelled[index], 'an answer to a cancellation')));
  });
  const placed = await placeBatch(
    tx,
    placing.map((decision, index) => ({
      ...toPlaceItem(decision, wholesaler),
      number: decision.step.effect.waitedNumber ?? options.firstOrderNumber + index,
      waited: decision.step.effect.waitedNumber !== null,
    })),
    { wait: options.wait },
  );
  placing.forEach(({ item }, index) => {
    answers.set(item.event.id, toOrderAnswered(mustExist(placed[index], 'an answer to an order')));
  });
  for (const { item, facts, step } of withEffect(decisions, 'decide_approval')) {
    const by = { kind: 'approver', id: mustExist(facts.approver, 'the approver who decides').id } as const;
    const { approvalId, approve } = step.effect;
    const answer = await decideApproval(tx, { wholesalerId: wholesaler.id, approvalId, approve, by });
    answers.set(item.event.id, answer.kind === 'busy' ? 'busy' : { kind: 'approval_answered', answer });
  }
  const stored = await storeWaiting(
    tx,
    storing.map((decision, index) => ({
      ...toPlaceItem(decision, wholesaler),
      number: options.firstOrderNumber + placing.length + index,
      status: decision.step.effect.status,
      waitMinutes: waitMinutes(decision.step.effect.status, wholesaler.policies),
    })),
  );
  storing.forEach(({ item }, index) => {
    answers.set(item.event.id, {
      kind: 'order_stored',
      answer: mustExist(stored[index], 'an answer to storing an order'),
    });
  });
  await requestApprovals(
    tx,
    wholesaler.id,
    storing.flatMap(({ item, facts, step: { effect } }, index) => {
      const isAsked = stored[index]?.status === 'waiting_for_approval' && stored[index]?.replayed === false;
      if (!isAsked) return [];
      const retailerId = mustExist(facts.retailer, 'the retailer of an order').id;
      const { orderId, amountMinor, status } = effect;
      const waitMins = waitMinutes(status, wholesaler.policies);
      return [{ orderId, retailerId, amountMinor, lineId: item.conversation.lineId, waitMinutes: waitMins }];
    }),
  );
  const found = await lookUp(
    tx,
    wholesaler.id,
    asking.map(({ item, facts, step }) => ({
      eventId: item.event.id,
      retailerId: mustExist(facts.retailer, 'the retailer who asks').id,
      lookUps: step.effect.lookUps,
    })),
  );
  for (const [eventId, one] of found) answers.set(eventId, { kind: 'looked_up', found: one });
  for (const { item, facts, step } of withEffect(decisions, 'claim_payment')) {
    const { lineId, personKey } = item.conversation;
    const { completes, amountMinor, method, reference, photo } = step.effect;
    const answer = await claimPayment(tx, {
      wholesalerId: wholesaler.id,
      retailerId: mustExist(facts.retailer, 'the retailer who paid').id,
      lineId,
      personKey,
      eventId: item.event.id,
      completes,
      amountMinor,
      currency: facts.account?.currency ?? wholesaler.currency,
      method,
      reference,
      photoEventId: photo,
    });
    answers.set(item.event.id, { kind: 'claim_answered', claim: step.effect, answer });
  }
  return decisions.map((decision) => hearAnswer(decision, answers.get(decision.item.event.id)));
}

function hearAnswer(decision: Decision, answer: EffectAnswered | 'busy' | undefined): CarriedOut {
  if (answer === 'busy') return { decision, finalStep: null, answer: null };
  if (answer === undefined) {
    return { decision, finalStep: { ...decision.step, replies: [] }, answer: null };
  }
  return { decision, finalStep: transition(decision.step.next, answer, decision.facts), answer };
}

/** The order as orders know it, without its number. */
function toPlaceItem(
  { facts, step, item }: With<'place_order'> | With<'store_order'>,
  { id, currency, holdLifetimeMinutes }: Pick<WholesalerRow, 'id' | 'currency' | 'holdLifetimeMinutes'>,
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

function waitMinutes(
  status: WaitingStatus,
  policies: Pick<WholesalerPolicies, 'approvalHours' | 'waitOnCreditDays'>,
): number {
  return status === 'waiting_for_approval' ? policies.approvalHours * 60 : policies.waitOnCreditDays * 24 * 60;
}

/** Few ask for it, and each on an account of its own: a statement each. */
async function keepAll(
  tx: Tx,
  wholesalerId: string,
  keeping: With<'keep_held'>[],
): Promise<Map<string, EffectAnswered | 'busy'>> {
  const answers = new Map<string, EffectAnswered | 'busy'>();
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
    answers.set(item.event.id, kept.kind === 'busy' ? 'busy' : { kind: 'keep_answered', answer });
  }
  return answers;
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
