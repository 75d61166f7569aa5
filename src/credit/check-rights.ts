import type { Tx } from '../db/index.ts';
import { ServiceError } from '../shared/errors.ts';

/** The tables that only the credit functions may write. */
const MONEY_TABLES = [
  'credit_account',
  'ledger_entry',
  'ledger_reason',
  'credit_hold',
  'credit_override',
  'receivable',
  'payment',
  'payment_allocation',
  'credit_decision',
  'credit_terms_change',
  'ledger_anchor',
  'ledger_anchor_root',
];

/**
 * Throws when this connection could write money past the credit functions: a service with such rights must not be
 * called ready, since every promise of the ledger rests on their absence.
 */
export async function refuseRightsOnMoney(db: Tx): Promise<void> {
  const rows = await db.$queryRaw<{ name: string }[]>`
    select t.name from unnest(${MONEY_TABLES}::text[]) as t (name)
     where has_table_privilege(current_user, t.name, 'insert, update, delete, truncate')`;
  if (rows.length === 0) return;
  throw new ServiceError({
    code: 'rights_too_wide',
    message: `The service may write ${rows.map((row) => row.name).join(', ')} itself.`,
    hint: 'Let DATABASE_URL log in as a member of orderlock_app and nothing more, and revoke its rights on these tables.',
  });
}
