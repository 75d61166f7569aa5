import { refused } from './refused.ts';
import type {
  AccountChange,
  AcquireCode,
  Busy,
  CreditCode,
  OpenVerdict,
  Paid,
  Refused,
  ReleaseVerdict,
  StatusSet,
  Verdict,
} from './types.ts';

/** A refusal as callers of the library see it. */
export type Failure<Code extends CreditCode = CreditCode> = {
  success: false;
  code: Code;
  /** For a shopkeeper or a cashier. */
  message: string;
  availableMinor?: bigint;
  shortByMinor?: bigint;
  retryable: boolean;
};

export type AcquireResult =
  | { success: true; ledgerEntryId: string; holdId: string; availableMinor: bigint; replayed: boolean }
  | Failure<AcquireCode>;

export type ReleaseResult =
  | {
      success: true;
      /** The RELEASE entry. */
      ledgerEntryId: string;
      holdId: string;
      releasedMinor: bigint;
      availableMinor: bigint;
      replayed: boolean;
    }
  | Failure;

export type PaymentResult = ({ success: true } & Omit<Paid, 'kind'>) | Failure;
export type StatusResult = ({ success: true } & Omit<StatusSet, 'kind'>) | Failure;
export type OpenResult = { success: true; changes: AccountChange[] } | Failure;

export function acquireResult(verdict: Verdict): AcquireResult {
  if (verdict.kind !== 'approved') return failure<AcquireCode>(verdict);
  const { ledgerEntryId, availableMinor, replayed } = verdict;
  return { success: true, ledgerEntryId, holdId: ledgerEntryId, availableMinor, replayed };
}

export function releaseResult(verdict: ReleaseVerdict): ReleaseResult {
  if (verdict.kind !== 'released') return failure(verdict);
  const { ledgerEntryId, holdId, releasedMinor, availableMinor, replayed } = verdict;
  return { success: true, ledgerEntryId, holdId, releasedMinor, availableMinor, replayed };
}

export function paymentResult(answer: Paid | Refused): PaymentResult {
  if (answer.kind === 'refused') return failure(answer);
  const { kind: _, ...paid } = answer;
  return { success: true, ...paid };
}

export function statusResult(answer: StatusSet | Refused): StatusResult {
  if (answer.kind === 'refused') return failure(answer);
  const { kind: _, ...set } = answer;
  return { success: true, ...set };
}

export function openResult(answer: OpenVerdict | Refused): OpenResult {
  return answer.kind === 'refused' ? failure(answer) : { success: true, changes: answer.changes };
}

/** For an id that cannot be stored at all, which is the caller's mistake and none of the refusals of credit. */
export function unusable(what: string): Failure<'DATABASE_ERROR'> {
  const message = `${what} must be text of 1 to 200 characters. Nothing was booked.`;
  return { success: false, code: 'DATABASE_ERROR', message, retryable: false };
}

function failure<Code extends CreditCode>(verdict: Refused | Busy): Failure<Code> {
  const { code, message, figures, shortByMinor, retryable } =
    verdict.kind === 'busy' ? refused('MAX_RETRIES_EXCEEDED') : verdict;
  return {
    success: false,
    // A verdict on an acquire carries the codes of an acquire only; the compiler cannot see that.
    code: code as Code,
    message,
    ...(figures === null ? {} : { availableMinor: figures.availableMinor }),
    ...(shortByMinor === null ? {} : { shortByMinor }),
    retryable,
  };
}
