import type { Tx } from '../db/index.ts';
import { newId } from '../shared/ids.ts';
import { type OutcomeRow, outcomeOf } from './outcome.ts';
import type { AccountKey, AccountTerms, Author, Booked, Refused } from './types.ts';

// Each locks the account row, in one round trip, and throws only when the database breaks.

/** Sets the limit, its validity, or both; an account that is so already answers `replayed`. */
export async function changeLimit(
  tx: Tx,
  request: AccountKey &
    Author & {
      key: string;
      /** Null: as it is. */
      limitMinor: bigint | null;
      currency: string | null;
      /** A time, a day that counts to its end, or `none`; null: as it is. */
      validUntil: string | null;
      reason: string;
    },
): Promise<Booked | Refused> {
  return outcomeOf(
    await tx.$queryRaw<OutcomeRow[]>`
      select * from credit_change_limit(${request.wholesalerId}, ${request.retailerId}, ${request.key}, ${newId()}::uuid,
        ${request.limitMinor}::bigint, ${request.validUntil}::text, ${request.currency}::text, ${request.reason},
        ${request.actor ?? 'system'}, ${request.source ?? 'api'}, ${request.cause ?? null}::text)`,
  );
}

/** The terms that people may change; what is left out stays. */
export type TermsGiven = Pick<
  AccountTerms,
  'termsDays' | 'graceDays' | 'overdueToleranceMinor' | 'overCaptureBasisPoints' | 'holdLifetimeMinutes'
>;

/** Sets terms for debts and holds to come, and keeps who did it, why, and what was before. */
export async function setTerms(
  tx: Tx,
  request: AccountKey & Author & { terms: TermsGiven; reason: string },
): Promise<Booked | Refused> {
  const terms = JSON.stringify(request.terms, (_key, value: unknown) =>
    typeof value === 'bigint' ? value.toString() : value,
  );
  return outcomeOf(
    await tx.$queryRaw<OutcomeRow[]>`
      select * from credit_set_terms(${request.wholesalerId}, ${request.retailerId}, ${newId()}::uuid, ${terms}::jsonb,
        ${request.reason}, ${request.actor ?? 'system'}, ${request.source ?? 'api'}, ${request.cause ?? null}::text)`,
  );
}

/** Lets one order pass the limit, by so much at most and until then, in the name of the actor. */
export async function grantOverride(
  tx: Tx,
  request: AccountKey &
    Author & {
      actor: string;
      key: string;
      orderId: string;
      amountMinor: bigint | null;
      currency: string | null;
      expiresAt: Date;
      reason: string;
    },
): Promise<Booked | Refused> {
  return outcomeOf(
    await tx.$queryRaw<OutcomeRow[]>`
      select * from credit_grant_override(${request.wholesalerId}, ${request.retailerId}, ${request.key},
        ${newId()}::uuid, ${request.orderId}, ${request.amountMinor}::bigint, ${request.currency}::text,
        ${request.expiresAt}::timestamptz, ${request.reason}, ${request.actor}, ${request.source ?? 'api'},
        ${request.cause ?? null}::text)`,
  );
}
