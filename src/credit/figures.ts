import type { AccountStatus, FiguresSeen } from './types.ts';

/** The columns that every answer of the core shows an account by. */
export type FiguresRow = {
  currency: string | null;
  status: AccountStatus | null;
  limit_minor: bigint | null;
  owed_minor: bigint | null;
  held_minor: bigint | null;
  available_minor: bigint | null;
};

/** Null where no account was found. */
export function figuresOf(row: FiguresRow): FiguresSeen | null {
  const { currency, status, limit_minor, owed_minor, held_minor, available_minor } = row;
  if (currency === null || status === null || limit_minor === null) return null;
  if (owed_minor === null || held_minor === null || available_minor === null) return null;
  return {
    currency,
    status,
    limitMinor: limit_minor,
    owedMinor: owed_minor,
    heldMinor: held_minor,
    availableMinor: available_minor,
  };
}
