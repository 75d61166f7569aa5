import type { Tx } from '../db/index.ts';
import { isUuid } from './inputs.ts';
import type { PaymentFigures } from './list-payments.ts';

export type PaymentSheet = PaymentFigures & {
  currency: string;
  /** What it went against, oldest due first; at most a hundred. */
  debts: {
    receivableId: string;
    orderId: string | null;
    reference: string | null;
    dueOn: string;
    amountMinor: bigint;
  }[];
};

/** One payment as its receipt shows it; null when the wholesaler has none with this id. */
export async function paymentSheet(tx: Tx, wholesalerId: string, paymentId: string): Promise<PaymentSheet | null> {
  if (!isUuid(paymentId)) return null;
  const [row] = await tx.$queryRaw<Omit<PaymentSheet, 'debts'>[]>`
    select p.id::text as "paymentId", p.retailer_id as "retailerId", r.name as "retailerName", a.currency, p.kind,
           p.amount_minor as "amountMinor", p.unapplied_minor as "unappliedMinor", p.method, p.reference,
           p.received_at as "receivedAt", p.reversed_by::text as "reversedBy"
      from payment p
      join retailer r on r.wholesaler_id = p.wholesaler_id and r.id = p.retailer_id
      join credit_account a on a.wholesaler_id = p.wholesaler_id and a.retailer_id = p.retailer_id
     where p.wholesaler_id = ${wholesalerId} and p.id = ${paymentId}::uuid`;
  if (row === undefined) return null;
  const debts = await tx.$queryRaw<PaymentSheet['debts']>`
    select d.id::text as "receivableId", d.order_id as "orderId", d.reference, d.due_on::text as "dueOn",
           sum(s.amount_minor)::bigint as "amountMinor"
      from payment_allocation s
      join receivable d on d.wholesaler_id = s.wholesaler_id and d.id = s.receivable_id
     where s.wholesaler_id = ${wholesalerId} and s.payment_id = ${paymentId}::uuid
     group by d.id, d.order_id, d.reference, d.due_on having sum(s.amount_minor) <> 0
     order by d.due_on, d.id limit 100`;
  return { ...row, debts };
}

/** A payment that counts already under this reference and was not booked by this very key: a warning before another. */
export async function paymentUnder(
  tx: Tx,
  wholesalerId: string,
  { reference, key }: { reference: string; key: string },
): Promise<{ paymentId: string; amountMinor: bigint; receivedAt: Date } | null> {
  const [row] = await tx.$queryRaw<{ paymentId: string; amountMinor: bigint; receivedAt: Date }[]>`
    select id::text as "paymentId", amount_minor as "amountMinor", received_at as "receivedAt" from payment
     where wholesaler_id = ${wholesalerId} and reference = ${reference} and kind = 'payment' and reversed_by is null
       and not exists (select from ledger_entry e
                        where e.wholesaler_id = ${wholesalerId} and e.key = ${key} and e.payment_id = payment.id)
     order by received_at desc limit 1`;
  return row ?? null;
}
