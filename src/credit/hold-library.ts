import { newId } from '../shared/ids.ts';
import * as answers from './answers.ts';
import { adjustHold, captureHold, extendHold, type HoldRequest, releasePart } from './hold-calls.ts';
import {
  amountOf,
  instantOf,
  isUsableKey,
  isUsableText,
  isUuid,
  optionalReason,
  reasonOf,
  referenceOf,
} from './inputs.ts';
import { refused, unusableKey } from './refused.ts';
import type { InTransaction, Settle } from './settle.ts';
import type { Author, Booked, Refused } from './types.ts';

/** Which hold, by whom, and under which key; without a key, every call counts. */
export type HoldInput = Author & {
  wholesalerId: string;
  /** What the acquire answered: the HOLD entry, whose id the hold has. */
  ledgerEntryId: string;
  key?: string;
};

export type AdjustInput = HoldInput & {
  /** What the hold shall hold in all, delivered parts included, in minor units. */
  amountMinor: bigint | number;
  reason?: string;
};

export type CaptureInput = HoldInput & {
  /** What was delivered, in minor units. */
  amountMinor: bigint | number;
  /** The wholesaler's own number of the invoice; it stands on statements. */
  reference?: string;
  /** Gives back what is then left, for the reason given. */
  releaseRest?: boolean;
  reason?: string;
};

export type ReleasePartInput = HoldInput & { amountMinor: bigint | number; reason: string };
export type ExtendInput = HoldInput & { expiresAt: Date; reason: string };

/** What happens to a hold between its acquire and its end. */
export type HoldLibrary = {
  /** Up is tested like a new order; down always works. Refuses below what is delivered or given back already. */
  adjustHold(request: AdjustInput, options?: InTransaction): Promise<answers.HoldResult>;
  /** Turns held credit into debt; may be called for each delivery in part. */
  captureHold(request: CaptureInput, options?: InTransaction): Promise<answers.CaptureResult>;
  /** Gives back a part; `releaseCreditLock` gives back all. */
  releasePart(request: ReleasePartInput, options?: InTransaction): Promise<answers.HoldResult>;
  /** Another time of expiry, at most ten years ahead. */
  extendHold(request: ExtendInput, options?: InTransaction): Promise<answers.HoldResult>;
};

export function holdLibrary(settle: Settle): HoldLibrary {
  /** Checks what all of these calls have in common, then runs `work`. */
  async function onHold(
    { ledgerEntryId, key = `call:${newId()}`, ...request }: HoldInput,
    { tx }: InTransaction,
    work: (request: HoldRequest) => (on: NonNullable<typeof tx>) => Promise<Booked | Refused>,
  ): Promise<Booked | Refused> {
    if (!isUuid(ledgerEntryId) || !isUsableText(request.wholesalerId)) return refused('LEDGER_ENTRY_NOT_FOUND');
    if (!isUsableKey(key)) return unusableKey();
    return settle(work({ source: 'library', ...request, holdId: ledgerEntryId, key }), tx);
  }

  return {
    async adjustHold(request, options = {}) {
      const reason = optionalReason(request.reason);
      if (reason === undefined) return answers.holdResult(refused('INVALID_REASON'));
      const amountMinor = amountOf(request.amountMinor);
      return answers.holdResult(
        await onHold(request, options, (hold) => (tx) => adjustHold(tx, { ...hold, amountMinor, reason })),
      );
    },

    async captureHold(request, options = {}) {
      const { releaseRest = false } = request;
      const reason = optionalReason(request.reason);
      const reference = referenceOf(request.reference);
      if (reason === undefined || (releaseRest && reason === null)) {
        return answers.captureResult(refused('INVALID_REASON'));
      }
      if (reference === undefined) return answers.captureResult(refused('INVALID_TERMS', { because: 'reference' }));
      const amountMinor = amountOf(request.amountMinor);
      return answers.captureResult(
        await onHold(
          request,
          options,
          (hold) => (tx) => captureHold(tx, { ...hold, amountMinor, reference, releaseRest, reason }),
        ),
      );
    },

    async releasePart(request, options = {}) {
      const reason = reasonOf(request.reason);
      if (reason === null) return answers.holdResult(refused('INVALID_REASON'));
      const amountMinor = amountOf(request.amountMinor);
      return answers.holdResult(
        await onHold(request, options, (hold) => (tx) => releasePart(tx, { ...hold, amountMinor, reason })),
      );
    },

    async extendHold(request, options = {}) {
      const reason = reasonOf(request.reason);
      if (reason === null) return answers.holdResult(refused('INVALID_REASON'));
      const expiresAt = instantOf(request.expiresAt);
      if (expiresAt === null) return answers.holdResult(refused('INVALID_TERMS', { because: 'expiry' }));
      return answers.holdResult(
        await onHold(request, options, (hold) => (tx) => extendHold(tx, { ...hold, expiresAt, reason })),
      );
    },
  };
}
