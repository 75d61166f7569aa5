import type { Tx } from '../db/index.ts';
import { DECIDED_BY } from './request-store.ts';
import type { DecidedApproval } from './types.ts';

/** Requests that wait no longer, those asked last first; ids are made in the order of time, so they are that of pages. */
export function listDecidedApprovals(
  tx: Tx,
  {
    wholesalerId,
    beforeId = null,
    limit,
  }: { wholesalerId: string; beforeId?: string | null | undefined; limit: number },
): Promise<DecidedApproval[]> {
  return tx.$queryRaw<DecidedApproval[]>`
    select r.id, r.order_id as "orderId", o.number, r.retailer_id as "retailerId", s.name as shop,
           o.amount_minor as "amountMinor", o.currency, r.short_minor as "shortMinor", r.limit_minor as "limitMinor",
           r.owed_minor as "owedMinor", r.held_minor as "heldMinor", r.overdue_minor as "overdueMinor", r.state,
           r.refusal_code as "refusalCode", r.asked_at as "askedAt", r.expires_at as "expiresAt", r.decided_at as "decidedAt", ${DECIDED_BY} as by
      from approval_request r
      join orders o on o.wholesaler_id = r.wholesaler_id and o.id = r.order_id
      join retailer s on s.wholesaler_id = r.wholesaler_id and s.id = r.retailer_id
     where r.wholesaler_id = ${wholesalerId} and r.state <> 'open' and (${beforeId}::uuid is null or r.id < ${beforeId}::uuid)
     order by r.id desc limit ${limit}`;
}
