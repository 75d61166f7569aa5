import type { Tx } from '../db/index.ts';
import { newId } from '../shared/ids.ts';
import { type OutcomeRow, outcomeOf } from './outcome.ts';
import type { Author, Booked, Refused } from './types.ts';

// Each locks the account row, then the hold, in one round trip, and throws only when the database breaks.

/** A call about one hold. The same key with the same request answers as the first time. */
export type HoldRequest = Author & {
  wholesalerId: string;
  /** Its HOLD entry, whose id it has. */
  holdId: string;
  key: string;
};

/** Sets what the hold holds in all; more is tested like new credit, and a refusal of that is recorded. */
export async function adjustHold(
  tx: Tx,
  request: HoldRequest & { amountMinor: bigint | null; reason: string | null },
): Promise<Booked | Refused> {
  return outcomeOf(
    await tx.$queryRaw<OutcomeRow[]>`
      select * from credit_adjust_hold(${request.wholesalerId}, ${request.holdId}::uuid, ${request.key},
        ${newId()}::uuid, ${request.amountMinor}::bigint, ${request.reason}::text, ${request.actor ?? 'system'},
        ${request.source ?? 'api'}, ${request.cause ?? null}::text)`,
  );
}

export type CaptureRequest = HoldRequest & {
  amountMinor: bigint | null;
  /** The wholesaler's own number of the invoice. */
  reference: string | null;
  /** Gives back what then remains; needs the reason. */
  releaseRest: boolean;
  reason: string | null;
};

/** Turns held credit into debt for what was delivered; more than is held within tolerance and headroom only. */
export async function captureHold(tx: Tx, request: CaptureRequest): Promise<Booked | Refused> {
  return outcomeOf(
    await tx.$queryRaw<OutcomeRow[]>`
      select * from credit_capture_hold(${request.wholesalerId}, ${request.holdId}::uuid, ${request.key},
        ${newId()}::uuid, ${request.amountMinor}::bigint, ${request.reference}::text, ${request.releaseRest},
        ${request.reason}::text, ${request.actor ?? 'system'}, ${request.source ?? 'api'},
        ${request.cause ?? null}::text)`,
  );
}

/** Gives back a part of what is left of the hold. */
export async function releasePart(
  tx: Tx,
  request: HoldRequest & { amountMinor: bigint | null; reason: string },
): Promise<Booked | Refused> {
  return outcomeOf(
    await tx.$queryRaw<OutcomeRow[]>`
      select * from credit_release_part(${request.wholesalerId}, ${request.holdId}::uuid, ${request.key},
        ${newId()}::uuid, ${request.amountMinor}::bigint, ${request.reason}, ${request.actor ?? 'system'},
        ${request.source ?? 'api'}, ${request.cause ?? null}::text)`,
  );
}

/** Gives the hold another time of expiry. */
export async function extendHold(
  tx: Tx,
  request: HoldRequest & { expiresAt: Date; reason: string },
): Promise<Booked | Refused> {
  return outcomeOf(
    await tx.$queryRaw<OutcomeRow[]>`
      select * from credit_extend_hold(${request.wholesalerId}, ${request.holdId}::uuid, ${request.key},
        ${newId()}::uuid, ${request.expiresAt}::timestamptz, ${request.reason}, ${request.actor ?? 'system'},
        ${request.source ?? 'api'}, ${request.cause ?? null}::text)`,
  );
}
