import type { Tx } from '../db/index.ts';
import { newId } from '../shared/ids.ts';
import { type OutcomeRow, outcomeOf } from './outcome.ts';
import type { AccountKey, Allocation, Author, Booked, Refused } from './types.ts';

// Each locks the account row, then debts and payments, in one round trip, and throws only when the database breaks.
// Blocked and closed accounts take all of them: the debt is there.

export type LowerDebtRequest = AccountKey &
  Author & {
    kind: 'PAYMENT' | 'CREDIT_NOTE' | 'WRITE_OFF' | 'ADJUSTMENT';
    key: string;
    amountMinor: bigint | null;
    currency: string | null;
    /** cash, transfer, upi, cheque ... */
    method: string;
    reference: string | null;
    /** When the money came; null: now. */
    receivedAt: Date | null;
    /** Null: oldest due first. An empty list: none, keep it all. */
    allocations: Allocation[] | null;
    reason: string | null;
  };

/** Books what lowers a debt; what a payment or credit note leaves is kept for later debts. */
export async function lowerDebt(tx: Tx, request: LowerDebtRequest): Promise<Booked | Refused> {
  return outcomeOf(
    await tx.$queryRaw<OutcomeRow[]>`
      select * from credit_lower_debt(${request.kind}, ${request.wholesalerId}, ${request.retailerId}, ${request.key},
        ${newId()}::uuid, ${request.amountMinor}::bigint, ${request.currency}::text, ${request.method},
        ${request.reference}::text, ${request.receivedAt}::timestamptz, ${jsonOf(request.allocations)}::jsonb,
        ${request.reason}::text, ${request.actor ?? 'system'}, ${request.source ?? 'api'},
        ${request.cause ?? null}::text)`,
  );
}

/** Puts money that a payment left against debts. */
export async function allocatePayment(
  tx: Tx,
  request: Author & { wholesalerId: string; paymentId: string; key: string; allocations: Allocation[] | null },
): Promise<Booked | Refused> {
  return outcomeOf(
    await tx.$queryRaw<OutcomeRow[]>`
      select * from credit_allocate_payment(${request.wholesalerId}, ${request.paymentId}::uuid, ${request.key},
        ${newId()}::uuid, ${jsonOf(request.allocations)}::jsonb, ${request.actor ?? 'system'},
        ${request.source ?? 'api'}, ${request.cause ?? null}::text)`,
  );
}

/** Takes back a payment that bounced, or a note that was a mistake; a second call answers as the first. */
export async function reversePayment(
  tx: Tx,
  request: Author & { wholesalerId: string; paymentId: string; reason: string },
): Promise<Booked | Refused> {
  return outcomeOf(
    await tx.$queryRaw<OutcomeRow[]>`
      select * from credit_reverse_payment(${request.wholesalerId}, ${request.paymentId}::uuid, ${newId()}::uuid,
        ${request.reason}, ${request.actor ?? 'system'}, ${request.source ?? 'api'}, ${request.cause ?? null}::text)`,
  );
}

/** Books a debt that no delivery made. */
export async function addDebt(
  tx: Tx,
  request: AccountKey &
    Author & {
      key: string;
      amountMinor: bigint | null;
      currency: string | null;
      /** A day, YYYY-MM-DD; null: by the account's terms. */
      dueOn: string | null;
      reference: string | null;
      reason: string;
    },
): Promise<Booked | Refused> {
  return outcomeOf(
    await tx.$queryRaw<OutcomeRow[]>`
      select * from credit_add_debt(${request.wholesalerId}, ${request.retailerId}, ${request.key}, ${newId()}::uuid,
        ${request.amountMinor}::bigint, ${request.currency}::text, ${request.dueOn}::date, ${request.reference}::text,
        ${request.reason}, ${request.actor ?? 'system'}, ${request.source ?? 'api'}, ${request.cause ?? null}::text)`,
  );
}

function jsonOf(allocations: Allocation[] | null): string | null {
  if (allocations === null) return null;
  return JSON.stringify(
    allocations.map(({ receivableId, amountMinor }) => ({ receivableId, amountMinor: amountMinor.toString() })),
  );
}
