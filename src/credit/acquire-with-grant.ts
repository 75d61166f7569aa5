import type { Tx } from '../db/index.ts';
import { mustExist } from '../shared/assert.ts';
import { grantOverride } from './account-calls.ts';
import { acquireOne } from './acquire-batch.ts';
import { checkCredit } from './check-credit.ts';
import type { AcquireRequest, Verdict } from './types.ts';

export type Grant = { key: string; minorMax: bigint; reason: string };

/** A grant is used in its own transaction; should it be left over, it ends by itself. */
const GRANT_MINUTES = 10;

/**
 * Asks for credit above the limit in the name of the actor, in the caller's transaction, which holds the account. Only
 * what is missing now is granted, and only where that is no more than the actor agreed to and the one thing in the way:
 * no grant is left behind where the answer is no.
 */
export async function acquireWithGrant(tx: Tx, request: AcquireRequest, grant: Grant): Promise<Verdict> {
  const { shortByMinor = 0n } = await checkCredit(tx, request);
  if (shortByMinor > 0n && shortByMinor <= grant.minorMax) {
    const [clock] = await tx.$queryRaw<{ until: Date }[]>`
      select app_clock() + ${GRANT_MINUTES}::int * interval '1 minute' as until`;
    const granted = await grantOverride(tx, {
      ...request,
      actor: mustExist(request.actor, 'who grants'),
      key: grant.key,
      currency: request.currency ?? null,
      amountMinor: shortByMinor,
      expiresAt: mustExist(clock, 'the clock').until,
      reason: grant.reason,
    });
    if (granted.kind === 'refused') return granted;
  }
  return acquireOne(tx, request);
}
