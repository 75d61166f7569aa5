import { writeAudit } from '../audit/index.ts';
import { bookPayment, type Failure } from '../credit/index.ts';
import type { Tx } from '../db/index.ts';
import { tellRetailer } from '../notices/index.ts';
import { proposeWaitingOrders } from '../orders/index.ts';
import { mustExist } from '../shared/assert.ts';
import { settleClaim, whyNotSettled } from './settle-claim.ts';
import type { DebtPaid, SameReference } from './types.ts';

export type PaymentToRecord = {
  wholesalerId: string;
  retailerId: string;
  /** The same key never books twice; for a claim, its id is one. */
  key: string;
  amountMinor: bigint;
  currency?: string;
  /** cash, transfer, upi, mobile_money, card, cheque, or the wholesaler's own word. */
  method: string;
  reference?: string;
  receivedAt?: Date;
  /** The debts to settle; without them the oldest due go first. */
  allocations?: { receivableId: string; amountMinor: bigint }[];
  /** The claim that this answers. */
  claimId?: string;
  actor: string;
  source: string;
};

export type PaymentRecorded =
  | {
      kind: 'recorded';
      paymentId: string;
      ledgerEntryId: string;
      replayed: boolean;
      amountMinor: bigint;
      /** What went against debts. */
      appliedMinor: bigint;
      /** What it went against, oldest due first, at most ten; what is kept of it for later debts. */
      debts: DebtPaid[];
      debtsLeftOut: number;
      keptMinor: bigint;
      owedMinor: bigint;
      availableMinor: bigint;
      /** Payments under the same reference that count already: a warning, no refusal. Two shops may pay by one transfer. */
      sameReference: SameReference[];
    }
  | { kind: 'refused'; code: string; message: string; failure: Failure }
  | { kind: 'refused'; failure?: undefined; code: 'CLAIM_NOT_FOUND' | 'CLAIM_DECIDED'; message: string };

/**
 * Records a payment, in the caller's transaction: books it, settles the claim that it answers, sends the shop its receipt,
 * and asks about orders that waited for the credit. Locks the claim, then the account. The same key answers as the first
 * time and tells nobody again.
 */
export async function recordPayment(tx: Tx, payment: PaymentToRecord): Promise<PaymentRecorded> {
  const { wholesalerId, retailerId, claimId, key } = payment;
  const trouble = claimId === undefined ? null : await whyNotSettled(tx, { wholesalerId, retailerId, claimId, key });
  if (trouble !== null) return trouble;
  const sameReference = await paymentsUnder(tx, payment);
  const booked = await bookPayment(tx, payment);
  if (!booked.success) return { kind: 'refused', code: booked.code, message: booked.message, failure: booked };
  const paymentId = mustExist(booked.paymentId, 'the payment that was booked');
  const { debts, leftOut } = await debtsPaid(tx, wholesalerId, paymentId);
  const { replayed, ledgerEntryId, appliedMinor, unappliedMinor: keptMinor, owedMinor, availableMinor } = booked;
  if (!replayed) {
    if (claimId !== undefined) await settleClaim(tx, { ...payment, claimId, paymentId });
    await writeAudit(tx, [
      {
        wholesalerId,
        actor: payment.actor,
        action: 'payment_recorded',
        subject: { retailerId, paymentId, claimId: claimId ?? null },
      },
    ]);
    await tellRetailer(tx, {
      wholesalerId,
      retailerId,
      eventKey: `i:receipt:${paymentId}`,
      payload: {
        type: 'payment_recorded',
        retailerId,
        paymentId,
        currency: mustExist(await currencyOf(tx, payment), 'the account that was paid'),
        amountMinor: payment.amountMinor.toString(),
        method: payment.method,
        reference: payment.reference ?? null,
        debts: debts.map(({ orderNumber, amountMinor, restMinor }) => ({
          orderNumber,
          amountMinor: amountMinor.toString(),
          restMinor: restMinor.toString(),
        })),
        debtsLeftOut: leftOut,
        keptMinor: keptMinor.toString(),
        owedMinor: owedMinor.toString(),
        availableMinor: availableMinor.toString(),
      },
    });
    await proposeWaitingOrders(tx, wholesalerId, [retailerId]);
  }
  return {
    kind: 'recorded',
    paymentId,
    ledgerEntryId,
    replayed,
    amountMinor: payment.amountMinor,
    appliedMinor,
    debts,
    debtsLeftOut: leftOut,
    keptMinor,
    owedMinor,
    availableMinor,
    sameReference: sameReference.filter(({ id }) => id !== paymentId),
  };
}

const DEBTS_MAX = 10;

async function debtsPaid(
  tx: Tx,
  wholesalerId: string,
  paymentId: string,
): Promise<{ debts: DebtPaid[]; leftOut: number }> {
  const rows = await tx.$queryRaw<(DebtPaid & { count: number })[]>`
    select o.number as "orderNumber", a.amount_minor as "amountMinor", r.amount_minor - r.paid_minor as "restMinor",
           count(*) over ()::int as count
      from payment_allocation a
      join receivable r on r.wholesaler_id = a.wholesaler_id and r.id = a.receivable_id
      left join orders o on o.wholesaler_id = r.wholesaler_id and o.id = r.order_id
     where a.wholesaler_id = ${wholesalerId} and a.payment_id = ${paymentId}::uuid and a.entry_id = ${paymentId}::uuid
     order by r.due_on, r.id limit ${DEBTS_MAX}`;
  const debts = rows.map(({ count: _count, ...debt }) => debt);
  return { debts, leftOut: (rows[0]?.count ?? 0) - debts.length };
}

async function paymentsUnder(tx: Tx, { wholesalerId, reference }: PaymentToRecord): Promise<SameReference[]> {
  if (reference === undefined) return [];
  return tx.$queryRaw<SameReference[]>`
    select 'payment' as what, id::text as id, retailer_id as "retailerId", amount_minor as "amountMinor", received_at as at
      from payment
     where wholesaler_id = ${wholesalerId} and reference = ${reference} and reversed_by is null
     order by received_at limit 10`;
}

async function currencyOf(tx: Tx, { wholesalerId, retailerId }: PaymentToRecord): Promise<string | undefined> {
  const [row] = await tx.$queryRaw<{ currency: string }[]>`
    select currency from credit_account where wholesaler_id = ${wholesalerId} and retailer_id = ${retailerId}`;
  return row?.currency;
}
