import type { CreditCode, Failure, Refused } from '../credit/index.ts';
import type { Problem } from '../http/problem.ts';

const STATUS: Record<CreditCode, number> = {
  INVALID_AMOUNT: 422,
  INVALID_REASON: 422,
  INVALID_ALLOCATION: 422,
  INVALID_TERMS: 422,
  CREDIT_ACCOUNT_NOT_FOUND: 404,
  LEDGER_ENTRY_NOT_FOUND: 404,
  CREDIT_BLOCKED: 409,
  CREDIT_INACTIVE: 409,
  INSUFFICIENT_CREDIT: 409,
  DUPLICATE_ORDER: 409,
  HOLD_NOT_OPEN: 409,
  CAPTURE_EXCEEDS_HOLD: 409,
  NOT_REVERSIBLE: 409,
  MAX_RETRIES_EXCEEDED: 503,
  DATABASE_ERROR: 503,
};

type Figures = {
  availableMinor?: bigint | null | undefined;
  shortByMinor?: bigint | null | undefined;
  retryable: boolean;
};

/** A refusal of the credit core as the API tells it. A code that it does not know yet is a conflict. */
export function creditProblem(code: string, message: string, figures: Figures): Problem {
  const status = Object.hasOwn(STATUS, code) ? STATUS[code as CreditCode] : 409;
  return {
    status,
    code,
    detail: message,
    members: {
      availableMinor: asNumber(figures.availableMinor),
      shortByMinor: asNumber(figures.shortByMinor),
      retryable: figures.retryable,
    },
    ...(status === 503 && { retryAfterSeconds: 1 }),
  };
}

/** The same of a refusal of the library. */
export const failureProblem = (failure: Failure): Problem => creditProblem(failure.code, failure.message, failure);

/** The same of a refusal inside the service. */
export const refusalProblem = ({
  code,
  message,
  figures,
  shortByMinor,
  retryable,
}: Pick<Refused, 'message' | 'shortByMinor' | 'retryable'> & {
  code: string;
  figures: { availableMinor: bigint } | null;
}): Problem => creditProblem(code, message, { availableMinor: figures?.availableMinor, shortByMinor, retryable });

const asNumber = (amount: bigint | null | undefined): number | null =>
  amount === undefined || amount === null ? null : Number(amount);

/** One thing that is wrong with what was sent, and where. */
export type InputError = { path: string; message: string; code?: string };

/** Bad input, every mistake with its path. */
export function inputProblem(errors: readonly InputError[], code?: string): Problem {
  const [first] = errors;
  return {
    status: 422,
    code: code ?? (errors.some(({ path }) => /(^|\.)amountMinor$/.test(path)) ? 'INVALID_AMOUNT' : 'INVALID_INPUT'),
    detail:
      first === undefined
        ? 'The request cannot be read.'
        : `${first.path === '' ? 'the body' : first.path}: ${first.message}`,
    members: { path: first?.path, errors },
  };
}
