import type { Tx } from '../db/index.ts';
import { Prisma } from '../generated/prisma/client.ts';
import type { ApprovalState } from './types.ts';

export type StoredRequest = {
  id: string;
  orderId: string;
  number: number;
  shop: string;
  amountMinor: bigint;
  shortMinor: bigint;
  state: ApprovalState;
  isDue: boolean;
  /** The name of the approver, of the staff or of the API key that decided. */
  by: string | null;
};

/** The name of whoever decided on the request `r`. */
export const DECIDED_BY = Prisma.sql`
  coalesce((select a.name from approver a
             where a.wholesaler_id = r.wholesaler_id and 'approver:' || a.id = r.decided_by),
           (select u.name from staff_user u
             where u.wholesaler_id = r.wholesaler_id and 'staff:' || u.id = r.decided_by),
           (select k.name from api_key k
             where k.wholesaler_id = r.wholesaler_id and 'api:' || k.id = r.decided_by))`;

/** A request with its order; locks nothing, since whoever changes it holds the order. Null where there is none. */
export async function readRequest(tx: Tx, wholesalerId: string, approvalId: string): Promise<StoredRequest | null> {
  const [row] = await tx.$queryRaw<StoredRequest[]>`
    select r.id, r.order_id as "orderId", o.number, s.name as shop, o.amount_minor as "amountMinor",
           r.short_minor as "shortMinor", r.state, r.expires_at <= app_clock() as "isDue",
           ${DECIDED_BY} as by
      from approval_request r
      join orders o on o.wholesaler_id = r.wholesaler_id and o.id = r.order_id
      join retailer s on s.wholesaler_id = r.wholesaler_id and s.id = r.retailer_id
     where r.wholesaler_id = ${wholesalerId} and r.id = ${approvalId}::uuid`;
  return row ?? null;
}

/** Ends an open request; the caller holds its order, so that nobody else can at the same time. */
export async function endRequest(
  tx: Tx,
  end: {
    wholesalerId: string;
    approvalId: string;
    state: Exclude<ApprovalState, 'open'>;
    by: string;
    refusalCode?: string;
  },
): Promise<void> {
  const ended = await tx.$executeRaw`
    update approval_request
       set state = ${end.state}, decided_at = app_clock(), decided_by = ${end.by},
           refusal_code = ${end.refusalCode ?? null}::text
     where wholesaler_id = ${end.wholesalerId} and id = ${end.approvalId}::uuid and state = 'open'`;
  if (ended !== 1) throw new Error(`the request ${end.approvalId} was ended by somebody who did not hold its order`);
}
