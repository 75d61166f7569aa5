import { formatMinor } from '../shared/money.ts';
import type { Because, CreditCode, FiguresSeen } from './types.ts';

type Refusal = {
  code: CreditCode;
  because: Because | null;
  figures: FiguresSeen | null;
  shortByMinor: bigint | null;
  overdueMinor: bigint | null;
};

/** Says a refusal in words that a shopkeeper or a cashier understands, figures included. */
export function refusalMessage(refusal: Refusal): string {
  const { figures } = refusal;
  const money = (amount: bigint | null): string =>
    figures === null || amount === null ? '?' : `${formatMinor(amount, figures.currency, 'en')} ${figures.currency}`;
  switch (refusal.code) {
    case 'INVALID_AMOUNT':
      return refusal.because === 'currency'
        ? 'The amount is in another currency than the account.'
        : 'The amount must be a whole number of minor units (cents, paise) above zero.';
    case 'CREDIT_ACCOUNT_NOT_FOUND':
      return refusal.because === 'no_retailer'
        ? 'This shop is not registered with the wholesaler yet. Register it first.'
        : 'This shop has no credit account yet. Set one up first.';
    case 'CREDIT_BLOCKED':
      return refusal.because === 'overdue'
        ? `Credit is blocked because ${money(refusal.overdueMinor)} is overdue. Pay it, or contact support.`
        : 'Credit for this shop is blocked. Contact support.';
    case 'CREDIT_INACTIVE':
      return refusal.because === 'closed'
        ? 'This credit account is closed. Contact support.'
        : 'The credit limit of this shop is no longer valid. Contact support to renew it.';
    case 'INSUFFICIENT_CREDIT':
      return `Not enough credit: ${money(figures?.availableMinor ?? null)} is available, ${money(refusal.shortByMinor)} short.`;
    case 'DUPLICATE_ORDER':
      return duplicateMessage(refusal.because);
    case 'MAX_RETRIES_EXCEEDED':
      return 'This account is busy with other orders. Nothing was booked; try again in a moment.';
    case 'DATABASE_ERROR':
      return 'Something went wrong on our side. Try again with the same order id: nothing is ever booked twice.';
    case 'LEDGER_ENTRY_NOT_FOUND':
      return 'No credit was ever held under this ledger entry.';
    case 'HOLD_NOT_OPEN':
      return refusal.because === 'expired'
        ? 'This hold has expired, so its credit was given back already.'
        : 'This hold was used up by deliveries, so nothing is left to give back.';
    case 'INVALID_REASON':
      return 'Give a reason of 1 to 500 characters.';
  }
}

function duplicateMessage(because: Because | null): string {
  switch (because) {
    case 'other_account':
      return 'This order id was used for another shop. Nothing was booked; use a new id.';
    case 'other_request':
      return 'This order id was used for another request. Nothing was booked; use a new id.';
    case 'released':
      return 'This order was cancelled and its credit given back. To order again, re-open it or use a new id.';
    case 'expired':
      return 'The credit held for this order has expired. To order again, re-open it or use a new id.';
    default:
      return 'This order was already delivered on credit. Nothing was booked; use a new id.';
  }
}

/** Whether the same call may succeed later although nobody changed anything about it. */
export function isRetryable(code: CreditCode): boolean {
  return code === 'MAX_RETRIES_EXCEEDED' || code === 'DATABASE_ERROR';
}
