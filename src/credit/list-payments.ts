import type { Tx } from '../db/index.ts';
import { likeSearch } from '../shared/like-pattern.ts';

/** What lowered a debt: a payment, a credit note, a write-off or a correction. */
export type PaymentFigures = {
  paymentId: string;
  retailerId: string;
  retailerName: string;
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

export type PaymentFilter = {
  retailerId?: string | undefined;
  /** A part of the name or id of the shop, or of the reference. */
  search?: string | undefined;
  method?: string | undefined;
  /** Received from then on, and before then. */
  from?: Date | undefined;
  until?: Date | undefined;
};

/** A wholesaler's payments, the newest first; ids are made in the order of time, so they are the order of pages. */
export function listPayments(
  tx: Tx,
  query: PaymentFilter & { wholesalerId: string; beforeId?: string | undefined; limit: number },
): Promise<PaymentFigures[]> {
  const { wholesalerId, retailerId = null, search = '', method = null, from = null, until = null } = query;
  const { beforeId = null, limit } = query;
  const like = likeSearch(search);
  return tx.$queryRaw<PaymentFigures[]>`
    select p.id as "paymentId", p.retailer_id as "retailerId", r.name as "retailerName", p.kind,
           p.amount_minor as "amountMinor", p.unapplied_minor as "unappliedMinor", p.method, p.reference,
           p.received_at as "receivedAt", p.reversed_by as "reversedBy"
      from payment p
      join retailer r on r.wholesaler_id = p.wholesaler_id and r.id = p.retailer_id
     where p.wholesaler_id = ${wholesalerId}
       and (${retailerId}::text is null or p.retailer_id = ${retailerId})
       and (${like}::text is null or r.name ilike ${like} or r.id ilike ${like} or p.reference ilike ${like})
       and (${method}::text is null or p.method = ${method})
       and (${from}::timestamptz is null or p.received_at >= ${from})
       and (${until}::timestamptz is null or p.received_at < ${until})
       and (${beforeId}::uuid is null or p.id < ${beforeId}::uuid)
     order by p.id desc limit ${limit}`;
}
