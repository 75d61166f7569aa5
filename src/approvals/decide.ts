import { writeAudit } from '../audit/index.ts';
import type { Tx } from '../db/index.ts';
import { approveOrder, closeOrders, holdWaitingOrders, type WaitingOrder } from '../orders/index.ts';
import { mustExist } from '../shared/assert.ts';
import { expireHeld } from './expire.ts';
import { endRequest, readRequest, type StoredRequest } from './request-store.ts';
import { tellShop } from './tell-shop.ts';
import type { DecideAnswer, Decider } from './types.ts';

export type Decision = { wholesalerId: string; approvalId: string; approve: boolean; by: Decider };

/**
 * Answers a request, in the caller's transaction. The first answer counts: the order's account and then the order are
 * held before anything is looked at, so of two approvers, a shop that takes its order back and a clock that runs out, one
 * comes first, and the others are told what it did. A yes grants what was asked for and no more, to this order alone, and
 * the credit lock still has the last word.
 */
export async function decideApproval(tx: Tx, decision: Decision): Promise<DecideAnswer> {
  const { wholesalerId, approvalId } = decision;
  const seen = await readRequest(tx, wholesalerId, approvalId);
  if (seen === null) return { kind: 'not_found', approvalId };
  if (seen.state !== 'open') return already(seen, seen.state);
  const held = [...(await holdWaitingOrders(tx, [{ wholesalerId, orderId: seen.orderId }])).values()][0];
  if (held?.kind === 'busy') return { kind: 'busy', approvalId };
  // Read again, now that nobody else can end it.
  const request = mustExist(await readRequest(tx, wholesalerId, approvalId), 'the request');
  if (request.state !== 'open') return already(request, request.state);
  if (held?.kind !== 'held') throw new Error(`the request ${approvalId} is open and its order waits no longer`);
  if (request.isDue) {
    await expireHeld(tx, held.order, request);
    return already(request, 'expired');
  }
  return decision.approve ? approve(tx, decision, request, held.order) : reject(tx, decision, request, held.order);
}

const SOURCES: Record<Decider['kind'], string> = { approver: 'chat', staff: 'console', api: 'api' };

async function approve(tx: Tx, decision: Decision, request: StoredRequest, order: WaitingOrder): Promise<DecideAnswer> {
  const { wholesalerId, approvalId, by } = decision;
  const answer = await approveOrder(tx, {
    order,
    grantMinorMax: request.shortMinor,
    grantKey: `approval:${approvalId}`,
    actor: actorOf(by),
    source: SOURCES[by.kind],
    reason: 'order approved above the credit limit',
  });
  if (answer.kind === 'approved') {
    await end(tx, decision, order, { state: 'approved', action: 'approval_granted' });
    await tellShop(tx, order, { approvalId, outcome: 'approved', availableMinor: answer.availableMinor });
    return { kind: 'approved', ...about(request), availableMinor: answer.availableMinor };
  }
  const { code, figures } = answer.because;
  await closeOrders(tx, 'rejected', [{ wholesalerId, orderId: order.id, reason: `approved, then refused: ${code}` }]);
  await end(tx, decision, order, { state: 'refused', action: 'approval_refused_by_credit', refusalCode: code });
  await tellShop(tx, order, { approvalId, outcome: 'refused', availableMinor: figures?.availableMinor ?? null });
  return { kind: 'refused', ...about(request), code };
}

async function reject(tx: Tx, decision: Decision, request: StoredRequest, order: WaitingOrder): Promise<DecideAnswer> {
  const { wholesalerId, approvalId } = decision;
  await closeOrders(tx, 'rejected', [{ wholesalerId, orderId: order.id, reason: 'not approved' }]);
  await end(tx, decision, order, { state: 'rejected', action: 'approval_rejected' });
  await tellShop(tx, order, { approvalId, outcome: 'rejected', availableMinor: null });
  return { kind: 'rejected', ...about(request) };
}

async function end(
  tx: Tx,
  { wholesalerId, approvalId, by }: Decision,
  order: WaitingOrder,
  how: { state: 'approved' | 'rejected' | 'refused'; action: string; refusalCode?: string },
): Promise<void> {
  const { action, ...state } = how;
  await endRequest(tx, { wholesalerId, approvalId, by: actorOf(by), ...state });
  const subject = { approvalId, orderId: order.id, retailerId: order.retailerId };
  await writeAudit(tx, [{ wholesalerId, actor: actorOf(by), action, subject }]);
}

function actorOf({ kind, id }: Decider): string {
  return `${kind}:${id}`;
}

function about({ id: approvalId, orderId, number, shop, amountMinor }: StoredRequest) {
  return { approvalId, orderId, number, shop, amountMinor };
}

function already(request: StoredRequest, state: Exclude<StoredRequest['state'], 'open'>): DecideAnswer {
  return { kind: 'already', ...about(request), state, by: request.by };
}
