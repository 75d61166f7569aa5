import { createDatabase, type Database, type Tx } from '../db/index.ts';
import { mustExist } from '../shared/assert.ts';
import { createLogger, type Logger } from '../shared/logger.ts';
import { type AccountLibrary, accountLibrary } from './account-library.ts';
import { acquireOne } from './acquire-batch.ts';
import { createAcquireGate } from './acquire-gate.ts';
import * as answers from './answers.ts';
import { type HoldLibrary, holdLibrary } from './hold-library.ts';
import { amountOf, isUsableKey, isUsableText, isUuid, reasonOf } from './inputs.ts';
import { type MoneyLibrary, moneyLibrary } from './money-library.ts';
import { type PaperLibrary, paperLibrary } from './paper-library.ts';
import { type ReadLibrary, readLibrary } from './read-library.ts';
import { refused } from './refused.ts';
import { releaseBatch } from './release-batch.ts';
import type { InTransaction, Settle } from './settle.ts';
import type { AccountKey, Author, Refused } from './types.ts';
import { untilKnown } from './until-known.ts';

export type CreditOptions = {
  databaseUrl: string;
  /** Connections at most; 10 unless said otherwise. */
  maxConnections?: number;
  /** Told the cause of every DATABASE_ERROR. */
  log?: Logger;
};

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

/** The credit core as a library: refusals are values, and so is a broken database. */
export type Credit = HoldLibrary &
  MoneyLibrary &
  AccountLibrary &
  ReadLibrary &
  PaperLibrary & {
    acquireAndValidateCredit(request: CreditRequest, options?: InTransaction): Promise<answers.AcquireResult>;
    releaseCreditLock(
      ledgerEntryId: string,
      reason: string,
      options?: InTransaction & Author & { wholesalerId?: string },
    ): Promise<answers.ReleaseResult>;
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
  const connect = async (): Promise<Tx> => (await database()).prisma;

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
  const settled: Settle = (work, tx) =>
    reported(tx !== undefined ? work(tx) : connect().then((own) => untilKnown(() => work(own))));

  return {
    async acquireAndValidateCredit(request, { tx } = {}) {
      const { wholesalerId, retailerId, orderId, key = orderId } = request;
      if (!isUsableText(orderId) || !isUsableKey(key)) return answers.unusable('The order id');
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

    ...holdLibrary(settled),
    ...moneyLibrary(settled),
    ...accountLibrary(settled, connect),
    ...readLibrary(connect),
    ...paperLibrary(connect),

    async close() {
      const open = opening;
      opening = undefined;
      await (await open?.catch(() => undefined))?.stop();
    },
  };
}
