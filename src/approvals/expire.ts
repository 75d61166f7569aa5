import type { Tx } from '../db/index.ts';
import { closeOrders, holdWaitingOrders, type WaitingOrder } from '../orders/index.ts';
import { tellApprovers } from './approver-chats.ts';
import { endRequest, readRequest, type StoredRequest } from './request-store.ts';
import { tellShop } from './tell-shop.ts';

export type DueRequest = { wholesalerId: string; approvalId: string; orderId: string };

/** Open requests whose time is over, at most `limit`; locks none. */
export async function dueRequests(tx: Tx, limit: number): Promise<DueRequest[]> {
  return tx.$queryRaw<DueRequest[]>`
    select wholesaler_id as "wholesalerId", id as "approvalId", order_id as "orderId"
      from approval_request where state = 'open' and expires_at <= app_clock()
     order by wholesaler_id, expires_at limit ${limit}`;
}

/** Ends one request whose time is over, in the caller's transaction; false where somebody came first or holds it. */
export async function expireApproval(tx: Tx, { wholesalerId, approvalId, orderId }: DueRequest): Promise<boolean> {
  const held = [...(await holdWaitingOrders(tx, [{ wholesalerId, orderId }])).values()][0];
  if (held?.kind !== 'held') return false;
  const request = await readRequest(tx, wholesalerId, approvalId);
  if (request?.state !== 'open' || !request.isDue) return false;
  await expireHeld(tx, held.order, request);
  return true;
}

/** Ends the request of an order that the caller holds: shop and approvers are told. */
export async function expireHeld(tx: Tx, order: WaitingOrder, request: StoredRequest): Promise<void> {
  const { wholesalerId, id: orderId, lineId } = order;
  const { id: approvalId, number, shop } = request;
  await closeOrders(tx, 'expired', [{ wholesalerId, orderId, reason: 'nobody answered about it in time' }]);
  await endRequest(tx, { wholesalerId, approvalId, state: 'expired', by: 'system' });
  await tellShop(tx, order, { approvalId, outcome: 'expired', availableMinor: null });
  if (lineId === null) return;
  const payload = { type: 'approval_lapsed', number, shop };
  await tellApprovers(tx, wholesalerId, [{ lineId, eventKey: `i:approval-lapsed:${approvalId}`, payload }]);
}
