import { mustExist } from '../shared/assert.ts';
import { refused } from './refused.ts';
import type {
  AccountChange,
  AcquireCode,
  Booked,
  Busy,
  CreditCode,
  HoldState,
  OpenVerdict,
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

type Done = {
  success: true;
  ledgerEntryId: string;
  /** True when this is the first answer again. */
  replayed: boolean;
  availableMinor: bigint;
};

/** A hold as it stands now; `amountMinor` is what the call moved. */
export type HoldDone = Done & {
  holdId: string;
  orderId: string;
  state: HoldState;
  amountMinor: bigint;
  /** Neither delivered nor given back yet. */
  leftMinor: bigint;
  expiresAt: Date;
};

export type HoldResult = HoldDone | Failure;
/** The debt that a delivery made, due on a day of the wholesaler's calendar (YYYY-MM-DD). */
export type CaptureResult = (HoldDone & { receivableId: string; dueOn: string; owedMinor: bigint }) | Failure;

export type PaymentResult =
  | (Done & {
      /** The payment that it is about; null for a debt that was added. */
      paymentId: string | null;
      /** What went against debts (below zero: came back to them), and what is kept of it for later ones. */
      appliedMinor: bigint;
      unappliedMinor: bigint;
      owedMinor: bigint;
      /** The debt that was added. */
      receivableId?: string;
      dueOn?: string;
    })
  | Failure;

export type AccountResult =
  | (Omit<Done, 'ledgerEntryId'> & {
      /** Null where nothing had to change. */
      ledgerEntryId: string | null;
      limitMinor: bigint;
      owedMinor: bigint;
      heldMinor: bigint;
    })
  | Failure;

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

function doneOf({ ledgerEntryId, replayed, figures }: Booked): Done {
  return {
    success: true,
    ledgerEntryId: mustExist(ledgerEntryId, 'the entry of a booking'),
    replayed,
    availableMinor: figures.availableMinor,
  };
}

function holdDone(answer: Booked): HoldDone {
  const { id, ...hold } = mustExist(answer.hold, 'the hold of an answer');
  return { ...doneOf(answer), holdId: id, amountMinor: answer.amountMinor, ...hold };
}

export function holdResult(answer: Booked | Refused): HoldResult {
  return answer.kind === 'refused' ? failure(answer) : holdDone(answer);
}

export function captureResult(answer: Booked | Refused): CaptureResult {
  if (answer.kind === 'refused') return failure(answer);
  const { id, dueOn } = mustExist(answer.receivable, 'the debt of a delivery');
  return { ...holdDone(answer), receivableId: id, dueOn, owedMinor: answer.figures.owedMinor };
}

export function paymentResult(answer: Booked | Refused): PaymentResult {
  if (answer.kind === 'refused') return failure(answer);
  const { paymentId, appliedMinor, keptMinor, figures, receivable } = answer;
  return {
    ...doneOf(answer),
    paymentId,
    appliedMinor,
    unappliedMinor: keptMinor,
    owedMinor: figures.owedMinor,
    ...(receivable === null ? {} : { receivableId: receivable.id, dueOn: receivable.dueOn }),
  };
}

export function accountResult(answer: Booked | Refused): AccountResult {
  if (answer.kind === 'refused') return failure(answer);
  const { ledgerEntryId, replayed, figures } = answer;
  const { limitMinor, owedMinor, heldMinor, availableMinor } = figures;
  return { success: true, ledgerEntryId, replayed, limitMinor, owedMinor, heldMinor, availableMinor };
}

export function statusResult(answer: StatusSet | Refused): StatusResult {
  if (answer.kind === 'refused') return failure(answer);
  const { kind: _, ...set } = answer;
  return { success: true, ...set };
}

export function openResult(answer: OpenVerdict | Refused): OpenResult {
  return answer.kind === 'refused' ? failure(answer) : { success: true, changes: answer.changes };
}

/**
 * For an id that cannot be stored, or a key that the core keeps to itself, which is the caller's mistake and none of the
 * refusals of credit.
 */
export function unusable(what: string): Failure<'DATABASE_ERROR'> {
  const message = `${what} must be text of 1 to 200 characters, and no key may begin with release:, expire: or reverse:. Nothing was booked.`;
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
