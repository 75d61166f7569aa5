import { formatMinor } from '../shared/money.ts';
import type { Because, CreditCode, FiguresSeen } from './types.ts';

export type Refusal = {
  code: CreditCode;
  because: Because | null;
  figures: FiguresSeen | null;
  shortByMinor: bigint | null;
  overdueMinor: bigint | null;
  /** What is left of the hold in question. */
  leftMinor: bigint | null;
  /** What a key that was used before stands for: an order, or any other request. */
  about: 'order' | 'key';
};

type Say = (refusal: Refusal, money: (amount: bigint | null) => string) => string;

/** Says a refusal in words that a shopkeeper or a cashier understands, figures included. */
export function refusalMessage(refusal: Refusal): string {
  const { figures } = refusal;
  return say[refusal.code](refusal, (amount) =>
    figures === null || amount === null ? '?' : `${formatMinor(amount, figures.currency, 'en')} ${figures.currency}`,
  );
}

/** Whether the same call may succeed later although nobody changed anything about it. */
export function isRetryable(code: CreditCode): boolean {
  return code === 'MAX_RETRIES_EXCEEDED' || code === 'DATABASE_ERROR';
}

const say: Record<CreditCode, Say> = {
  INVALID_AMOUNT: ({ because, figures, leftMinor }, money) => {
    switch (because) {
      case 'currency':
        return 'The amount is in another currency than the account.';
      case 'used_up':
        return 'Part of this hold is used already: set it above that, or release the rest.';
      case 'above_rest':
        return `Only ${money(leftMinor)} is still held: give back that or less.`;
      case 'above_owed':
        return `Only ${money(figures?.owedMinor ?? null)} is owed: book that or less.`;
      case 'limit':
        return 'The limit must be a whole number of minor units (cents, paise), zero or more.';
      default:
        return 'The amount must be a whole number of minor units (cents, paise) above zero.';
    }
  },
  CREDIT_ACCOUNT_NOT_FOUND: ({ because }) =>
    because === 'no_retailer'
      ? 'This shop is not registered with the wholesaler yet. Register it first.'
      : 'This shop has no credit account yet. Set one up first.',
  CREDIT_BLOCKED: ({ because, overdueMinor }, money) =>
    because === 'overdue'
      ? `Credit is blocked because ${money(overdueMinor)} is overdue. Pay it, or contact support.`
      : 'Credit for this shop is blocked. Contact support.',
  CREDIT_INACTIVE: ({ because }) =>
    because === 'closed'
      ? 'This credit account is closed. Contact support.'
      : 'The credit limit of this shop is no longer valid. Contact support to renew it.',
  INSUFFICIENT_CREDIT: ({ figures, shortByMinor }, money) =>
    `Not enough credit: ${money(figures?.availableMinor ?? null)} is available, ${money(shortByMinor)} short.`,
  DUPLICATE_ORDER: (refusal) => duplicateMessage(refusal),
  MAX_RETRIES_EXCEEDED: () => 'This account is busy with other orders. Nothing was booked; try again in a moment.',
  DATABASE_ERROR: () =>
    'Something went wrong on our side. Try again with the same order id: nothing is ever booked twice.',
  LEDGER_ENTRY_NOT_FOUND: ({ because }) =>
    because === 'payment'
      ? 'There is no payment with this id. Look it up in the ledger of the shop.'
      : 'No credit was ever held under this ledger entry.',
  HOLD_NOT_OPEN: ({ because }) => {
    switch (because) {
      case 'expired':
        return 'This hold has expired, so its credit was given back already. Re-open the order to hold credit again.';
      case 'released':
        return 'This hold was given back already. Re-open the order to hold credit again.';
      default:
        return 'This hold was used up by deliveries, so nothing is left of it.';
    }
  },
  CAPTURE_EXCEEDS_HOLD: ({ because, figures, leftMinor }, money) =>
    because === 'tolerance'
      ? `Only ${money(leftMinor)} is held for this order, and the rest is more than the tolerance of the account. Raise the hold first.`
      : `Only ${money(leftMinor)} is held for this order, and ${money(figures?.availableMinor ?? null)} of credit is left. Raise the limit first, or take the payment.`,
  INVALID_REASON: ({ because }) =>
    because === 'actor' ? 'Name the person who does this.' : 'Give a reason of 1 to 500 characters.',
  INVALID_ALLOCATION: ({ because }) => allocationMessage(because),
  INVALID_TERMS: ({ because }) => {
    switch (because) {
      case 'expiry':
        return 'The date must lie ahead, and not too far. Write a day as 2026-12-31.';
      case 'due_date':
        return 'The due date must be a day, written as 2026-12-31.';
      case 'received_later':
        return 'The money cannot have come after today. Correct the date.';
      case 'reference':
        return 'The reference must be text of at most 200 characters.';
      case 'method':
        return 'Say how it was paid: cash, transfer, upi, cheque ... (1 to 200 characters).';
      case 'key':
        return 'Keys and order ids must be text of 1 to 200 characters, and no key may begin with release:, expire: or reverse:. Nothing was booked.';
      default:
        return 'Days, minutes and basis points must be whole numbers, zero or more, within their bounds.';
    }
  },
  NOT_REVERSIBLE: ({ because }) =>
    because === 'reversal'
      ? 'This is a reversal itself. Book the payment again instead.'
      : 'Only payments, credit notes, write-offs and corrections can be reversed.',
};

function duplicateMessage({ because, about }: Refusal): string {
  const [thing, fresh] = about === 'order' ? ['order id', 'a new id'] : ['key', 'a new key'];
  switch (because) {
    case 'other_account':
      return `This ${thing} was used for another shop. Nothing was booked; use ${fresh}.`;
    case 'other_request':
      return `This ${thing} was used for another request. Nothing was booked; use ${fresh}.`;
    case 'released':
      return 'This order was cancelled and its credit given back. To order again, re-open it or use a new id.';
    case 'expired':
      return 'The credit held for this order has expired. To order again, re-open it or use a new id.';
    default:
      return 'This order was already delivered on credit. Nothing was booked; use a new id.';
  }
}

function allocationMessage(because: Because | null): string {
  switch (because) {
    case 'twice':
      return 'The same debt is named twice. Name each once.';
    case 'no_such_debt':
      return 'One of the debts named is not a debt of this shop.';
    case 'above_debt':
      return 'More is put against a debt than is open on it.';
    case 'above_amount':
      return 'More is put against debts than there is money.';
    case 'below_amount':
      return 'The debts named do not add up to the amount.';
    case 'nothing_kept':
      return 'Nothing of this payment is left: all of it went against debts.';
    case 'nothing_owed':
      return 'This shop owes nothing, so there is no debt to put the money against.';
    case 'nothing_chosen':
      return 'Name at least one debt, or leave the choice out: then the oldest is paid first.';
    default:
      return 'Name each debt by its id and give a whole amount of minor units above zero, at most 200 of them.';
  }
}
