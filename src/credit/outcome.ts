import { assert, mustExist } from '../shared/assert.ts';
import { type FiguresRow, figuresOf } from './figures.ts';
import { refused } from './refused.ts';
import type { Because, Booked, CreditCode, FiguresAfter, HoldState, Refused } from './types.ts';

/** A row of `credit_outcome`, which most functions of the core answer with. */
export type OutcomeRow = FiguresRow & {
  code: CreditCode | null;
  because: Because | null;
  entry_id: string | null;
  replayed: boolean;
  amount_minor: bigint | null;
  unapplied_minor: bigint | null;
  override_minor: bigint | null;
  short_by_minor: bigint | null;
  overdue_minor: bigint | null;
  applied_minor: bigint | null;
  kept_minor: bigint | null;
  hold_id: string | null;
  order_id: string | null;
  hold_state: HoldState | null;
  hold_left_minor: bigint | null;
  hold_expires_at: Date | null;
  receivable_id: string | null;
  due_on: Date | null;
  payment_id: string | null;
};

/** Reads the one row that a call answered with. */
export function outcomeOf(rows: readonly OutcomeRow[]): Booked | Refused {
  const row = mustExist(rows[0], 'an answer of the credit core');
  if (row.code !== null) return refusalOf(row, row.code);
  const figures = figuresAfter(row);
  assert(figures !== null, 'a booking without its figures');
  return {
    kind: 'booked',
    ledgerEntryId: row.entry_id,
    replayed: row.replayed,
    amountMinor: row.amount_minor ?? 0n,
    figures,
    appliedMinor: row.applied_minor ?? 0n,
    keptMinor: row.kept_minor ?? 0n,
    hold: holdOf(row),
    // A day of the calendar comes as midnight UTC.
    receivable:
      row.receivable_id === null || row.due_on === null
        ? null
        : { id: row.receivable_id, dueOn: row.due_on.toISOString().slice(0, 10) },
    paymentId: row.payment_id,
  };
}

export function refusalOf(row: OutcomeRow, code: CreditCode): Refused {
  return refused(code, {
    because: row.because,
    figures: figuresOf(row),
    shortByMinor: row.short_by_minor,
    overdueMinor: row.overdue_minor,
    leftMinor: row.hold_left_minor,
    about: 'key',
  });
}

/** Null where no account was found. */
export function figuresAfter(row: OutcomeRow): FiguresAfter | null {
  const figures = figuresOf(row);
  return figures === null || row.unapplied_minor === null ? null : { ...figures, unappliedMinor: row.unapplied_minor };
}

function holdOf(row: OutcomeRow): Booked['hold'] {
  const { hold_id, order_id, hold_state, hold_left_minor, hold_expires_at } = row;
  if (hold_id === null) return null;
  assert(
    order_id !== null && hold_state !== null && hold_left_minor !== null && hold_expires_at !== null,
    'a hold without its state',
  );
  return { id: hold_id, orderId: order_id, state: hold_state, leftMinor: hold_left_minor, expiresAt: hold_expires_at };
}
