import type { Tx } from '../db/index.ts';
import { assert, mustExist } from '../shared/assert.ts';
import { newId } from '../shared/ids.ts';
import { refused } from './refused.ts';
import type { Because, CreditCode, Paid, PaymentRequest, Refused } from './types.ts';

/**
 * Books a payment, oldest debt first; what is left over stays unapplied. The same key and request answer as the first
 * time. Works on blocked and closed accounts too. Throws only when the database breaks.
 */
export async function bookPayment(tx: Tx, request: PaymentRequest): Promise<Paid | Refused> {
  // Locks the account row, then receivables.
  const rows = await tx.$queryRaw<PaymentRow[]>`
    select * from credit_record_payment(${request.wholesalerId}, ${request.retailerId}, ${request.key},
      ${newId()}::uuid, ${request.amountMinor}::bigint, ${request.currency ?? null}::text, ${request.method},
      ${request.reference ?? null}::text, ${request.actor ?? 'system'}, ${request.source ?? 'api'},
      ${request.cause ?? null}::text)`;
  const row = mustExist(rows[0], 'an answer to a payment');
  if (row.code !== null) return refused(row.code, { because: row.because });
  const { entry_id, applied_minor, unapplied_minor, owed_minor, available_minor } = row;
  assert(
    entry_id !== null &&
      applied_minor !== null &&
      unapplied_minor !== null &&
      owed_minor !== null &&
      available_minor !== null,
    'a payment without its figures',
  );
  return {
    kind: 'paid',
    ledgerEntryId: entry_id,
    replayed: row.replayed,
    appliedMinor: applied_minor,
    unappliedMinor: unapplied_minor,
    owedMinor: owed_minor,
    availableMinor: available_minor,
  };
}

type PaymentRow = {
  code: CreditCode | null;
  because: Because | null;
  entry_id: string | null;
  replayed: boolean;
  applied_minor: bigint | null;
  unapplied_minor: bigint | null;
  owed_minor: bigint | null;
  available_minor: bigint | null;
};
