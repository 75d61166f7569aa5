import { createDatabase, type Database, type Tx } from '../db/index.ts';
import { mustExist } from '../shared/assert.ts';
import { newId } from '../shared/ids.ts';
import { createLogger, type Logger } from '../shared/logger.ts';
import { acquireOne } from './acquire-batch.ts';
import { createAcquireGate } from './acquire-gate.ts';
import * as answers from './answers.ts';
import { amountOf, isUsableText, isUuid, reasonOf } from './inputs.ts';
import { openAccount } from './open-accounts.ts';
import { readAccounts } from './read-accounts.ts';
import { bookPayment } from './record-payment.ts';
import { refused } from './refused.ts';
import { releaseBatch } from './release-batch.ts';
import { setStatus } from './set-status.ts';
import type { AccountFigures, AccountKey, AccountTerms, Author, Refused } from './types.ts';
import { untilKnown } from './until-known.ts';

export type CreditOptions = {
  databaseUrl: string;
  /** Connections at most; 10 unless said otherwise. */
  maxConnections?: number;
  /** Told the cause of every DATABASE_ERROR. */
  log?: Logger;
};

/** Joins the caller's Prisma transaction: what is answered then counts only if that commits. */
export type InTransaction = { tx?: Tx };

export type CreditRequest = AccountKey &
  Author & {
    orderId: string;
    /** In whole minor units: a bigint or a safe integer. */
    orderAmount: bigint | number;
    /** Refused when the account is kept in another one. */
    currency?: string;
    /** Idempotency key; the order id unless said otherwise. */
    key?: string;
    holdLifetimeMinutes?: number;
  };

export type PaymentInput = AccountKey &
  Author & {
    amountMinor: bigint | number;
    currency?: string;
    method: string;
    reference?: string;
    /** The same key never books twice. Without one, every call books. */
    key?: string;
  };

export type BlockInput = AccountKey & Author & { reason: string };

/** The credit core as a library: refusals are values, and so is a broken database. */
export type Credit = {
  acquireAndValidateCredit(request: CreditRequest, options?: InTransaction): Promise<answers.AcquireResult>;
  releaseCreditLock(
    ledgerEntryId: string,
    reason: string,
    options?: InTransaction & Author & { wholesalerId?: string },
  ): Promise<answers.ReleaseResult>;
  recordPayment(request: PaymentInput, options?: InTransaction): Promise<answers.PaymentResult>;
  blockAccount(request: BlockInput, options?: InTransaction): Promise<answers.StatusResult>;
  unblockAccount(request: BlockInput, options?: InTransaction): Promise<answers.StatusResult>;
  /** Null when there is no such account. Throws when the database breaks. */
  getAccount(key: AccountKey, options?: InTransaction): Promise<AccountFigures | null>;
  openAccount(terms: AccountTerms & Author, options?: InTransaction): Promise<answers.OpenResult>;
  close(): Promise<void>;
};

/** Connects at the first call. Whoever creates it closes it. */
export function createCredit(options: CreditOptions): Credit {
  const log = options.log ?? createLogger({ level: 'error', pretty: false });
  let opening: Promise<Database> | undefined;

  function database(): Promise<Database> {
    opening ??= createDatabase({
      url: options.databaseUrl,
      poolMax: options.maxConnections ?? 10,
      applicationName: 'orderlock credit',
      log,
    }).catch((error: unknown) => {
      // The next call tries again: the server may only be starting.
      opening = undefined;
      throw error;
    });
    return opening;
  }

  const gate = createAcquireGate(database);

  /** Turns a breakage into DATABASE_ERROR. */
  async function reported<T>(answer: Promise<T>): Promise<T | Refused> {
    try {
      return await answer;
    } catch (error) {
      log.error({ err: error }, 'credit call failed');
      return refused('DATABASE_ERROR');
    }
  }

  /** Runs `work`, alone or in the caller's transaction. */
  function settled<T>(work: (tx: Tx) => Promise<T>, tx: Tx | undefined): Promise<T | Refused> {
    return reported(tx !== undefined ? work(tx) : database().then(({ prisma }) => untilKnown(() => work(prisma))));
  }

  return {
    async acquireAndValidateCredit(request, { tx } = {}) {
      const { wholesalerId, retailerId, orderId, key = orderId } = request;
      if (!isUsableText(orderId) || !isUsableText(key)) return answers.unusable('The order id');
      if (!isUsableText(wholesalerId) || !isUsableText(retailerId)) {
        return answers.acquireResult(refused('CREDIT_ACCOUNT_NOT_FOUND'));
      }
      const asked = { source: 'library', ...request, key, amountMinor: amountOf(request.orderAmount) };
      // The caller's own transaction goes past the gate: it already has its connection.
      return answers.acquireResult(await reported(tx === undefined ? gate.enter(asked) : acquireOne(tx, asked)));
    },

    async releaseCreditLock(ledgerEntryId, reason, { tx, wholesalerId, ...author } = {}) {
      const words = reasonOf(reason);
      if (words === null) return answers.releaseResult(refused('INVALID_REASON'));
      if (!isUuid(ledgerEntryId)) return answers.releaseResult(refused('LEDGER_ENTRY_NOT_FOUND'));
      const verdict = await settled(async (on) => {
        const request = {
          source: 'library',
          ...author,
          wholesalerId: wholesalerId ?? null,
          ledgerEntryId,
          reason: words,
        };
        return mustExist((await releaseBatch(on, [request]))[0], 'an answer to a release');
      }, tx);
      return answers.releaseResult(verdict);
    },

    async recordPayment(request, { tx } = {}) {
      const key = request.key ?? `payment:${newId()}`;
      if (!isUsableText(key)) return answers.unusable('The key');
      if (!isUsableText(request.wholesalerId) || !isUsableText(request.retailerId)) {
        return answers.paymentResult(refused('CREDIT_ACCOUNT_NOT_FOUND'));
      }
      const booking = { source: 'library', ...request, key, amountMinor: amountOf(request.amountMinor) };
      return answers.paymentResult(await settled((on) => bookPayment(on, booking), tx));
    },

    blockAccount: (request, { tx } = {}) => change(request, 'blocked', tx),
    unblockAccount: (request, { tx } = {}) => change(request, 'active', tx),

    async getAccount(key, { tx } = {}) {
      if (!isUsableText(key.wholesalerId) || !isUsableText(key.retailerId)) return null;
      const [account] = await readAccounts(tx ?? (await database()).prisma, [key]);
      return account ?? null;
    },

    async openAccount({ actor, source = 'library', ...terms }, { tx } = {}) {
      if (!isUsableText(terms.wholesalerId) || !isUsableText(terms.retailerId)) {
        return answers.openResult(refused('CREDIT_ACCOUNT_NOT_FOUND', { because: 'no_retailer' }));
      }
      return answers.openResult(await settled((on) => openAccount(on, terms, { actor, source }), tx));
    },

    async close() {
      const open = opening;
      opening = undefined;
      await (await open?.catch(() => undefined))?.stop();
    },
  };

  async function change(request: BlockInput, status: 'blocked' | 'active', tx: Tx | undefined) {
    const reason = reasonOf(request.reason);
    if (reason === null) return answers.statusResult(refused('INVALID_REASON'));
    if (!isUsableText(request.wholesalerId) || !isUsableText(request.retailerId)) {
      return answers.statusResult(refused('CREDIT_ACCOUNT_NOT_FOUND'));
    }
    const wanted = { source: 'library', ...request, reason, status };
    return answers.statusResult(await settled((on) => setStatus(on, wanted), tx));
  }
}
