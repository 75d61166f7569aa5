import { decideApproval } from '../approvals/index.ts';
import type { Tx } from '../db/index.ts';
import { claimPayment } from '../payments/index.ts';
import { mustExist } from '../shared/assert.ts';
import { lookUp } from './look-up.ts';
import type { Answers, EffectsOf, With } from './with-effect.ts';

/** Answers requests for approval; the first answer to each counts. */
export async function decideRequests(
  tx: Tx,
  wholesalerId: string,
  deciding: With<'decide_approval'>[],
): Promise<Answers> {
  const answers: Answers = [];
  for (const { item, facts, step } of deciding) {
    const by = { kind: 'approver', id: mustExist(facts.approver, 'the approver who decides').id } as const;
    const { approvalId, approve } = step.effect;
    const answer = await decideApproval(tx, { wholesalerId, approvalId, approve, by });
    answers.push([item.event.id, answer.kind === 'busy' ? 'busy' : { kind: 'approval_answered', answer }]);
  }
  return answers;
}

/** Reads what people asked for. */
export async function lookUpAll(tx: Tx, wholesalerId: string, asking: With<'look_up'>[]): Promise<Answers> {
  const found = await lookUp(
    tx,
    wholesalerId,
    asking.map(({ item, facts, step }) => ({
      eventId: item.event.id,
      retailerId: mustExist(facts.retailer, 'the retailer who asks').id,
      lookUps: step.effect.lookUps,
    })),
  );
  return [...found].map(([eventId, one]) => [eventId, { kind: 'looked_up', found: one }]);
}

/** Puts claimed payments into the cashier's queue. */
export async function claimPayments(
  tx: Tx,
  { id: wholesalerId, currency }: EffectsOf,
  claiming: With<'claim_payment'>[],
): Promise<Answers> {
  const answers: Answers = [];
  for (const { item, facts, step } of claiming) {
    const { lineId, personKey } = item.conversation;
    const { completes, amountMinor, method, reference, photo } = step.effect;
    const answer = await claimPayment(tx, {
      wholesalerId,
      retailerId: mustExist(facts.retailer, 'the retailer who paid').id,
      lineId,
      personKey,
      eventId: item.event.id,
      completes,
      amountMinor,
      currency: facts.account?.currency ?? currency,
      method,
      reference,
      photoEventId: photo,
    });
    answers.push([item.event.id, { kind: 'claim_answered', claim: step.effect, answer }]);
  }
  return answers;
}
