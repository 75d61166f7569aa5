import { newId } from '../shared/ids.ts';
import * as answers from './answers.ts';
import {
  allocationsOf,
  amountOf,
  dayOf,
  instantOf,
  isUsableKey,
  isUsableText,
  isUuid,
  reasonOf,
  referenceOf,
} from './inputs.ts';
import { addDebt, allocatePayment, type LowerDebtRequest, lowerDebt, reversePayment } from './money-calls.ts';
import { refused, unusableKey } from './refused.ts';
import type { InTransaction, Settle } from './settle.ts';
import type { AccountKey, Author, Refused } from './types.ts';

/** What every booking says; without a key, every call books. */
type BookingInput = AccountKey &
  Author & {
    /** In minor units. */
    amountMinor: bigint | number;
    /** Refused when the account is kept in another one. */
    currency?: string;
    /** The same key never books twice. */
    key?: string;
    /** Number of the receipt, cheque, credit note or invoice. */
    reference?: string;
  };

/** The debts to settle; without them the oldest due go first. An empty list settles none and keeps the money. */
type ChosenDebts = { allocations?: readonly { receivableId: string; amountMinor: bigint | number }[] };

export type PaymentInput = BookingInput &
  ChosenDebts & {
    /** cash, transfer, upi, mobile money, cheque ... */
    method: string;
    /** When the money came, if not now. */
    receivedAt?: Date;
  };

export type NoteInput = BookingInput & ChosenDebts & { reason: string };
export type AdjustBalanceInput = Omit<BookingInput, 'amountMinor'> & {
  /** Above zero the shop owes more, below zero less; in minor units. */
  amountMinor: bigint | number;
  /** YYYY-MM-DD, for more debt; by the account's terms unless said. */
  dueOn?: string;
  reason: string;
};

export type AllocateInput = Author & ChosenDebts & { wholesalerId: string; paymentId: string; key?: string };
export type ReverseInput = Author & { wholesalerId: string; paymentId: string; reason: string };

/** Debts and what lowers them. Blocked and closed accounts take all of these. */
export type MoneyLibrary = {
  /** Oldest due first, or the debts chosen; the rest is kept for later ones. */
  recordPayment(request: PaymentInput, options?: InTransaction): Promise<answers.PaymentResult>;
  /** Puts kept money against debts. */
  allocatePayment(request: AllocateInput, options?: InTransaction): Promise<answers.PaymentResult>;
  /** A cheque that bounced: the debts are open again, with their own due dates. Asked again, it answers as before. */
  reversePayment(request: ReverseInput, options?: InTransaction): Promise<answers.PaymentResult>;
  /** For goods that came back or were wrong; like a payment. */
  issueCreditNote(request: NoteInput, options?: InTransaction): Promise<answers.PaymentResult>;
  /** Gives up a debt; never more than is owed. */
  writeOff(request: NoteInput, options?: InTransaction): Promise<answers.PaymentResult>;
  /** Corrects what is owed: up by a debt, down by settling debts, never below zero. */
  adjustBalance(request: AdjustBalanceInput, options?: InTransaction): Promise<answers.PaymentResult>;
};

export function moneyLibrary(settle: Settle): MoneyLibrary {
  /** Checks what all bookings have in common; a refusal, or what the call needs. */
  function read(request: BookingInput & ChosenDebts) {
    const { wholesalerId, retailerId, key = `call:${newId()}`, currency = null } = request;
    if (!isUsableText(wholesalerId) || !isUsableText(retailerId)) return refused('CREDIT_ACCOUNT_NOT_FOUND');
    if (!isUsableKey(key)) return unusableKey();
    const reference = referenceOf(request.reference);
    if (reference === undefined) return refused('INVALID_TERMS', { because: 'reference' });
    const allocations = allocationsOf(request.allocations);
    if (allocations === undefined) return refused('INVALID_ALLOCATION', { because: 'malformed' });
    const { actor, source = 'library', cause } = request;
    return {
      kind: 'read' as const,
      ...{ wholesalerId, retailerId, key, currency, reference, allocations, actor, source, cause },
      amountMinor: amountOf(request.amountMinor),
    };
  }

  async function lower(
    kind: LowerDebtRequest['kind'],
    request: BookingInput & ChosenDebts,
    how: Pick<LowerDebtRequest, 'method' | 'receivedAt' | 'reason'>,
    { tx }: InTransaction,
  ): Promise<answers.PaymentResult> {
    const common = read(request);
    if (common.kind === 'refused') return answers.paymentResult(common);
    const { kind: _, ...booking } = common;
    return answers.paymentResult(await settle((on) => lowerDebt(on, { ...booking, ...how, kind }), tx));
  }

  function note(kind: 'CREDIT_NOTE' | 'WRITE_OFF') {
    return (request: NoteInput, options: InTransaction = {}): Promise<answers.PaymentResult> => {
      const reason = reasonOf(request.reason);
      if (reason === null) return Promise.resolve(answers.paymentResult(refused('INVALID_REASON')));
      return lower(kind, request, { method: kind.toLowerCase(), receivedAt: null, reason }, options);
    };
  }

  return {
    async recordPayment(request, options = {}) {
      const receivedAt = request.receivedAt === undefined ? null : instantOf(request.receivedAt);
      if (request.receivedAt !== undefined && receivedAt === null) return refusedTerms('received_later');
      if (!isUsableText(request.method)) return refusedTerms('method');
      return lower('PAYMENT', request, { method: request.method, receivedAt, reason: null }, options);
    },

    issueCreditNote: note('CREDIT_NOTE'),
    writeOff: note('WRITE_OFF'),

    async allocatePayment({ key = `call:${newId()}`, ...request }, { tx } = {}) {
      const { wholesalerId, paymentId } = request;
      if (!isUuid(paymentId) || !isUsableText(wholesalerId)) return noPayment();
      if (!isUsableKey(key)) return answers.paymentResult(unusableKey());
      const allocations = allocationsOf(request.allocations);
      if (allocations === undefined) {
        return answers.paymentResult(refused('INVALID_ALLOCATION', { because: 'malformed' }));
      }
      const asked = { source: 'library', ...request, key, allocations };
      return answers.paymentResult(await settle((on) => allocatePayment(on, asked), tx));
    },

    async reversePayment(request, { tx } = {}) {
      const reason = reasonOf(request.reason);
      if (reason === null) return answers.paymentResult(refused('INVALID_REASON'));
      if (!isUuid(request.paymentId) || !isUsableText(request.wholesalerId)) return noPayment();
      const asked = { source: 'library', ...request, reason };
      return answers.paymentResult(await settle((on) => reversePayment(on, asked), tx));
    },

    async adjustBalance(request, { tx } = {}) {
      const reason = reasonOf(request.reason);
      if (reason === null) return answers.paymentResult(refused('INVALID_REASON'));
      const isLess =
        (typeof request.amountMinor === 'bigint' || Number.isFinite(request.amountMinor)) && request.amountMinor < 0;
      if (isLess) {
        const less = { ...request, amountMinor: -request.amountMinor };
        return lower('ADJUSTMENT', less, { method: 'adjustment', receivedAt: null, reason }, { ...(tx && { tx }) });
      }
      const common = read(request);
      if (common.kind === 'refused') return answers.paymentResult(common);
      const dueOn = request.dueOn === undefined ? null : dayOf(request.dueOn);
      if (request.dueOn !== undefined && dueOn === null) return refusedTerms('due_date');
      return answers.paymentResult(await settle((on) => addDebt(on, { ...common, dueOn, reason }), tx));
    },
  };
}

const refusedTerms = (because: NonNullable<Refused['because']>): answers.PaymentResult =>
  answers.paymentResult(refused('INVALID_TERMS', { because }));

const noPayment = (): answers.PaymentResult =>
  answers.paymentResult(refused('LEDGER_ENTRY_NOT_FOUND', { because: 'payment' }));
