import type { Tx } from '../db/index.ts';
import { mustExist } from '../shared/assert.ts';
import { figuresAfter, type OutcomeRow, refusalOf } from './outcome.ts';
import type { AccountKey, CreditCode, FiguresAfter } from './types.ts';

/** What an acquire of so much would be answered now. */
export type CheckResult = {
  fits: boolean;
  /** Why not. */
  code: CreditCode | null;
  message: string | null;
  /** Null where there is no such account. Available includes a grant for the order. */
  figures: FiguresAfter | null;
  shortByMinor?: bigint;
};

/** Asks without a lock and without a trace: by the time of an acquire others may have been there. */
export async function checkCredit(
  tx: Tx,
  {
    wholesalerId,
    retailerId,
    amountMinor,
    orderId,
  }: AccountKey & { amountMinor: bigint | null; orderId: string | null },
): Promise<CheckResult> {
  const rows = await tx.$queryRaw<OutcomeRow[]>`
    select * from credit_check(${wholesalerId}, ${retailerId}, ${amountMinor}::bigint, ${orderId}::text)`;
  const row = mustExist(rows[0], 'an answer to a credit check');
  const figures = figuresAfter(row);
  if (row.code === null) return { fits: true, code: null, message: null, figures };
  const { code, message, shortByMinor } = refusalOf(row, row.code);
  return { fits: false, code, message, figures, ...(shortByMinor === null ? {} : { shortByMinor }) };
}
