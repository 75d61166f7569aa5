import type { Tx } from '../db/index.ts';
import { assert, mustExist } from '../shared/assert.ts';
import { refused } from './refused.ts';
import type { AccountChange, AccountTerms, Author, Because, CreditCode, OpenVerdict } from './types.ts';

/**
 * Opens accounts, or brings open ones to the terms given; one answer per account, in their order. Doing it again
 * changes nothing. A changed limit or status becomes a ledger entry; what was owed before is booked at the opening only.
 */
export async function openAccounts(
  tx: Tx,
  accounts: readonly AccountTerms[],
  author: Author = {},
): Promise<OpenVerdict[]> {
  assert(accounts.length <= 512, `a batch of ${accounts.length} accounts is too large`);
  if (accounts.length === 0) return [];
  const input = JSON.stringify(accounts, (_key, value: unknown) =>
    typeof value === 'bigint' ? value.toString() : value,
  );
  // Locks the account rows in key order, with the promised attempts.
  const rows = await tx.$queryRaw<OpenRow[]>`
    select * from credit_open_accounts(${input}::jsonb, ${author.actor ?? 'system'}, ${author.source ?? 'api'})`;
  assert(rows.length === accounts.length, 'an account got no answer');
  return rows
    .sort((a, b) => a.ordinal - b.ordinal)
    .map((row, index) => {
      const { wholesalerId, retailerId } = mustExist(accounts[index], 'the account of an answer');
      if (row.code === null) return { kind: 'open', wholesalerId, retailerId, changes: row.changes };
      return { ...refused(row.code, { because: row.because }), wholesalerId, retailerId };
    });
}

/** One account alone: see `openAccounts`. */
export async function openAccount(tx: Tx, terms: AccountTerms, author: Author = {}): Promise<OpenVerdict> {
  const [answer] = await openAccounts(tx, [terms], author);
  return mustExist(answer, 'an answer to opening an account');
}

type OpenRow = { ordinal: number; code: CreditCode | null; because: Because | null; changes: AccountChange[] };
