import type { Tx } from '../db/index.ts';
import { type CheckResult, checkCredit } from './check-credit.ts';
import { type Decision, explainDecision, readDecisions } from './explain.ts';
import { amountOf, isUsableText } from './inputs.ts';
import { type HoldFigures, openHolds } from './read-holds.ts';
import { type LedgerEntry, ledgerEntries } from './read-ledger.ts';
import { type OpenReceivable, openReceivables } from './read-receivables.ts';
import { refused } from './refused.ts';
import type { InTransaction } from './settle.ts';
import type { AccountKey } from './types.ts';

type Page = { limit?: number };

/** What can be asked without changing anything. All of it throws when the database breaks. */
export type ReadLibrary = {
  /** Whether so much would fit now, and why not; holds nothing. With an order id, a grant for that order counts. */
  checkCredit(
    request: AccountKey & { amountMinor: bigint | number; orderId?: string },
    options?: InTransaction,
  ): Promise<CheckResult>;
  /** The decisions on an account, newest first, in figures and as a sentence. Of one order when it is named. */
  explain(
    request: AccountKey & { orderId?: string } & Page,
    options?: InTransaction,
  ): Promise<(Decision & { text: string })[]>;
  /** Open holds, those that expire first in front. */
  listHolds(request: AccountKey & Page, options?: InTransaction): Promise<HoldFigures[]>;
  /** Open debts, oldest due first: the order in which payments settle them. */
  listReceivables(request: AccountKey & Page, options?: InTransaction): Promise<OpenReceivable[]>;
  /** Entries in the order they were written, after number `afterSeq`. */
  listEntries(
    request: AccountKey & Page & { afterSeq?: bigint | number },
    options?: InTransaction,
  ): Promise<LedgerEntry[]>;
};

const LIMIT_DEFAULT = 100;
const LIMIT_MAX = 1_000;

export function readLibrary(connect: () => Promise<Tx>): ReadLibrary {
  const limitOf = ({ limit = LIMIT_DEFAULT }: Page): number => Math.min(Math.max(Math.trunc(limit) || 0, 1), LIMIT_MAX);

  /** Ids that cannot exist have nothing to read. */
  async function read<T>(key: AccountKey, { tx }: InTransaction, work: (tx: Tx) => Promise<T[]>): Promise<T[]> {
    if (!isUsableText(key.wholesalerId) || !isUsableText(key.retailerId)) return [];
    return work(tx ?? (await connect()));
  }

  return {
    async checkCredit(request, { tx } = {}) {
      const amountMinor = amountOf(request.amountMinor);
      const { wholesalerId, retailerId, orderId = null } = request;
      if (!isUsableText(wholesalerId) || !isUsableText(retailerId) || (orderId !== null && !isUsableText(orderId))) {
        return { fits: false, ...noFigures(refused('CREDIT_ACCOUNT_NOT_FOUND')) };
      }
      return checkCredit(tx ?? (await connect()), { wholesalerId, retailerId, orderId, amountMinor });
    },

    explain: (request, options = {}) =>
      read(request, options, async (tx) => {
        const [zone] = await tx.$queryRaw<{ name: string }[]>`
          select time_zone as name from wholesaler where id = ${request.wholesalerId}`;
        const decisions = await readDecisions(tx, request, limitOf(request));
        return decisions.map((decision) => ({ ...decision, text: explainDecision(decision, zone?.name ?? 'UTC') }));
      }),

    listHolds: (request, options = {}) => read(request, options, (tx) => openHolds(tx, request, limitOf(request))),
    listReceivables: (request, options = {}) =>
      read(request, options, (tx) => openReceivables(tx, request, limitOf(request))),
    listEntries: (request, options = {}) =>
      read(request, options, (tx) => ledgerEntries(tx, request, BigInt(request.afterSeq ?? 0), limitOf(request))),
  };
}

const noFigures = ({ code, message }: { code: CheckResult['code']; message: string }) => ({
  code,
  message,
  figures: null,
});
