import { type AccountChange, type OpenVerdict, openAccounts } from '../credit/index.ts';
import type { Tx } from '../db/index.ts';
import { SetupError } from '../shared/errors.ts';
import { type Change, inParts } from './differences.ts';
import type { ImportedWholesaler } from './import-wholesaler.ts';
import type { ShopRetailer } from './shop-schema.ts';

/** As many as one call of the credit feature takes. */
const ACCOUNTS_PER_CALL = 500;

/**
 * Opens the credit accounts that the file names and hands changed terms to the credit feature, which alone writes
 * money: a changed limit or status becomes a ledger entry, and what is owed at the opening is booked once.
 */
export async function importAccounts(
  tx: Tx,
  wholesaler: ImportedWholesaler,
  retailers: ShopRetailer[],
): Promise<Change[]> {
  const accounts = retailers.flatMap(({ id, credit }) => (credit === undefined ? [] : [{ id, credit }]));
  const changes: Change[] = [];
  for (const part of inParts(accounts, ACCOUNTS_PER_CALL)) {
    const answers = await openAccounts(
      tx,
      part.map(({ id, credit }) => ({
        wholesalerId: wholesaler.id,
        retailerId: id,
        currency: wholesaler.currency,
        limitMinor: BigInt(credit.limitMinor),
        owedMinor: BigInt(credit.owedMinor ?? 0),
        status: credit.status,
        blockReason: credit.blockReason,
        termsDays: credit.termsDays,
        graceDays: credit.graceDays,
        overdueToleranceMinor:
          credit.overdueToleranceMinor === undefined ? undefined : BigInt(credit.overdueToleranceMinor),
        limitValidUntil: credit.limitValidUntil,
        holdLifetimeMinutes: wholesaler.holdLifetimeMinutes,
      })),
      { actor: 'import', source: 'import' },
    );
    changes.push(...answers.flatMap((answer) => changeOf(answer)));
  }
  return changes;
}

/** A busy account ends the whole import: half a file would be worse than an import to repeat. */
function changeOf(verdict: OpenVerdict): Change[] {
  if (verdict.kind === 'refused') {
    throw new SetupError(
      `The credit account of "${verdict.retailerId}" was not changed: ${verdict.message}`,
      'Nothing of the file was written. Mend the cause, then import it again.',
    );
  }
  if (verdict.changes.length === 0) return [];
  const isNew = verdict.changes.some(({ what }) => what === 'opened');
  const words = verdict.changes.map((change) => wordsOf(change, isNew));
  return [{ kind: 'account', id: verdict.retailerId, what: words.join(', ') }];
}

function wordsOf({ what, from, to }: AccountChange, isNew: boolean): string {
  if (what === 'opened') return 'new';
  if (to === undefined) return what;
  return isNew || from === undefined ? `${what} ${to}` : `${what} ${from} -> ${to}`;
}
