import type { Tx } from '../db/index.ts';

type ClaimRow = { state: 'open' | 'recorded' | 'refused'; retailerId: string; bookedUnder: string | null };

export type ClaimRefused = { kind: 'refused'; code: 'CLAIM_NOT_FOUND' | 'CLAIM_DECIDED'; message: string };

/** Locks the claim until the transaction ends, before any account is locked; null where a payment under `key` may settle it. */
export async function whyNotSettled(
  tx: Tx,
  claim: { wholesalerId: string; retailerId: string; claimId: string; key: string },
): Promise<ClaimRefused | null> {
  const row = await lockClaim(tx, claim);
  if (row === undefined || row.retailerId !== claim.retailerId) return notFound();
  // The same call again: the booking gives its first answer.
  if (row.state === 'open' || row.bookedUnder === claim.key) return null;
  return decided(row.state);
}

/** The claim as it stands, locked; undefined when there is none. */
export async function lockClaim(
  tx: Tx,
  { wholesalerId, claimId }: { wholesalerId: string; claimId: string },
): Promise<ClaimRow | undefined> {
  const [row] = await tx.$queryRaw<Omit<ClaimRow, 'bookedUnder'>[]>`
    select state, retailer_id as "retailerId" from claimed_payment
     where wholesaler_id = ${wholesalerId} and id = ${claimId}::uuid
       for no key update`;
  if (row?.state !== 'recorded') return row && { ...row, bookedUnder: null };
  // Asked once the row is held: a statement that waited for it would not see what was booked meanwhile.
  const [booked] = await tx.$queryRaw<{ key: string }[]>`
    select e.key from claimed_payment c
      join ledger_entry e on e.wholesaler_id = c.wholesaler_id and e.id = c.payment_id
     where c.wholesaler_id = ${wholesalerId} and c.id = ${claimId}::uuid`;
  return { ...row, bookedUnder: booked?.key ?? null };
}

/** Marks a claim, which the caller holds, as recorded. */
export async function settleClaim(
  tx: Tx,
  {
    wholesalerId,
    claimId,
    paymentId,
    actor,
  }: { wholesalerId: string; claimId: string; paymentId: string; actor: string },
): Promise<void> {
  await tx.$executeRaw`
    update claimed_payment set state = 'recorded', payment_id = ${paymentId}::uuid, decided_at = app_clock(),
           decided_by = ${actor}
     where wholesaler_id = ${wholesalerId} and id = ${claimId}::uuid and state = 'open'`;
}

export const notFound = (): ClaimRefused => ({
  kind: 'refused',
  code: 'CLAIM_NOT_FOUND',
  message: 'This shop has no such claim.',
});

export const decided = (state: 'recorded' | 'refused'): ClaimRefused => ({
  kind: 'refused',
  code: 'CLAIM_DECIDED',
  message: state === 'recorded' ? 'This claim is recorded already.' : 'This claim was refused.',
});
