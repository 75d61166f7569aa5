import { writeAudit } from '../audit/index.ts';
import { takeBackPayment } from '../credit/index.ts';
import type { Tx } from '../db/index.ts';

export type PaymentReversed =
  | { kind: 'reversed'; ledgerEntryId: string; replayed: boolean; owedMinor: bigint; availableMinor: bigint }
  | { kind: 'refused'; code: string; message: string };

/**
 * Takes back a payment that bounced, in the caller's transaction: its debts are open again, with their own due dates. A
 * second call answers as the first. The shop is told by src/notices, which reads it off the ledger.
 */
export async function reversePayment(
  tx: Tx,
  payment: { wholesalerId: string; paymentId: string; reason: string; actor: string; source: string },
): Promise<PaymentReversed> {
  const { wholesalerId, paymentId, actor } = payment;
  const booked = await takeBackPayment(tx, payment);
  if (!booked.success) return { kind: 'refused', code: booked.code, message: booked.message };
  const { ledgerEntryId, replayed, owedMinor, availableMinor } = booked;
  if (!replayed) await writeAudit(tx, [{ wholesalerId, actor, action: 'payment_reversed', subject: { paymentId } }]);
  return { kind: 'reversed', ledgerEntryId, replayed, owedMinor, availableMinor };
}
