import { writeAudit } from '../audit/index.ts';
import type { Tx } from '../db/index.ts';
import { tellRetailer } from '../notices/index.ts';
import { type ClaimRefused, decided, lockClaim, notFound } from './settle-claim.ts';

export type ClaimRefusal = { kind: 'claim_refused'; replayed: boolean };

const REASON_MAX = 300;

/**
 * Refuses a claim for a reason that the shop is told in these words, in the caller's transaction. Nothing was booked, so
 * nothing is taken back; the shop may claim it again.
 */
export async function refuseClaim(
  tx: Tx,
  claim: { wholesalerId: string; claimId: string; reason: string; actor: string },
): Promise<ClaimRefusal | ClaimRefused | { kind: 'refused'; code: 'INVALID_REASON'; message: string }> {
  const { wholesalerId, claimId, actor } = claim;
  const reason = claim.reason.replace(/\s+/g, ' ').trim().slice(0, REASON_MAX);
  if (reason === '') {
    return { kind: 'refused', code: 'INVALID_REASON', message: 'Say why: the shop is told in these words.' };
  }
  const row = await lockClaim(tx, claim);
  if (row === undefined) return notFound();
  if (row.state === 'recorded') return decided('recorded');
  if (row.state === 'refused') return { kind: 'claim_refused', replayed: true };
  const { retailerId } = row;
  const [refused] = await tx.$queryRaw<{ amount: string | null; currency: string; reference: string | null }[]>`
    update claimed_payment set state = 'refused', refusal = ${reason}, decided_at = app_clock(), decided_by = ${actor}
     where wholesaler_id = ${wholesalerId} and id = ${claimId}::uuid
    returning amount_minor::text as amount, currency, reference`;
  await writeAudit(tx, [
    {
      wholesalerId,
      actor,
      action: 'claimed_payment_refused',
      subject: { retailerId, claimId },
      after: { state: 'refused' },
    },
  ]);
  await tellRetailer(tx, {
    wholesalerId,
    retailerId,
    eventKey: `i:claim_refused:${claimId}`,
    payload: {
      type: 'claim_refused',
      retailerId,
      amountMinor: refused?.amount ?? null,
      currency: refused?.currency ?? '',
      reference: refused?.reference ?? null,
      reason,
    },
  });
  return { kind: 'claim_refused', replayed: false };
}
