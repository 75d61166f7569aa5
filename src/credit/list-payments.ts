import type { Tx } from '../db/index.ts';

/** What lowered a debt: a payment, a credit note, a write-off or a correction. */
export type PaymentFigures = {
  paymentId: string;
  retailerId: string;
  kind: string;
  amountMinor: bigint;
  /** Not against any debt yet. */
  unappliedMinor: bigint;
  method: string;
  reference: string | null;
  receivedAt: Date;
  /** The entry that took it back. */
  reversedBy: string | null;
};

/** A wholesaler's payments, the newest first; ids are made in the order of time, so they are the order of pages. */
export function listPayments(
  tx: Tx,
  query: { wholesalerId: string; retailerId?: string | undefined; beforeId?: string | undefined; limit: number },
): Promise<PaymentFigures[]> {
  const { wholesalerId, retailerId = null, beforeId = null, limit } = query;
  return tx.$queryRaw<PaymentFigures[]>`
    select id as "paymentId", retailer_id as "retailerId", kind, amount_minor as "amountMinor",
           unapplied_minor as "unappliedMinor", method, reference, received_at as "receivedAt",
           reversed_by as "reversedBy"
      from payment
     where wholesaler_id = ${wholesalerId}
       and (${retailerId}::text is null or retailer_id = ${retailerId})
       and (${beforeId}::uuid is null or id < ${beforeId}::uuid)
     order by id desc limit ${limit}`;
}
