// The ways of taking a hold that the bench compares, each as a function of an account that answers null when the hold
// was accepted and the code of the refusal when not; beside them what else happens to money, of ours only.
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { acquireBatch, createCredit } from '../../src/credit/index.ts';
import { createDatabase, inTransaction, sqlStateOf, type Tx } from '../../src/db/index.ts';
import { newId } from '../../src/shared/ids.ts';
import { holdRequest, WHOLESALER_ID } from './credit-accounts.ts';
import { lost } from './crowd.ts';

/** The same for every design, so that none is faster by having more connections. */
const POOL_MAX = 10;
const AMOUNT_MINOR = 1n;
/** Holds that wait for a load of captures or releases, taken before it begins. */
const HELD_BATCHES = 8;
const HELD_PER_BATCH = 512;

export type Design = 'credit' | 'insert' | 'original' | 'capture' | 'release' | 'payment';

/** Null: done. 'NOTHING_LEFT': there was nothing to do any more. Anything else is the code of a refusal. */
export type Call = (account: string) => Promise<string | null>;
export const NOTHING_LEFT = 'NOTHING_LEFT';

export type Designs = {
  /** Makes the call ready for a load on these accounts. */
  ready(design: Design, account: string): Promise<Call>;
  stop(): Promise<void>;
};

export async function openDesigns(databaseUrl: string): Promise<Designs> {
  const credit = createCredit({ databaseUrl, maxConnections: POOL_MAX });
  const insert = new pg.Pool({ connectionString: databaseUrl, max: POOL_MAX, idleTimeoutMillis: 30_000 });
  const db = await createDatabase({ url: databaseUrl, poolMax: POOL_MAX, applicationName: 'orderlock bench original' });

  const acquire: Call = async (retailerId) => {
    const asked = { wholesalerId: WHOLESALER_ID, retailerId, orderId: newId(), orderAmount: AMOUNT_MINOR };
    const result = await credit.acquireAndValidateCredit(asked);
    return result.success ? null : result.code;
  };

  const plainInsert: Call = async (account) => {
    await insert.query({
      name: 'bench_insert',
      text: 'insert into bench_insert (account_id, order_id, amount_minor) values ($1, $2, $3)',
      values: [account, newId(), AMOUNT_MINOR],
    });
    return null;
  };

  /**
   * The design that the product began with: lock without waiting, read the account, sum the ledger, append; four attempts
   * with sleeps of 100, 200 and 400 ms between them. READ COMMITTED and no foreign key: both are in its favour.
   */
  const original: Call = async (account) => {
    for (const pauseMs of [100, 200, 400, null]) {
      try {
        return await inTransaction(db, (tx) => originalInTransaction(tx, account));
      } catch (error) {
        if (sqlStateOf(error) !== '55P03') return 'DATABASE_ERROR';
        if (pauseMs !== null) await sleep(pauseMs);
      }
    }
    return 'MAX_RETRIES_EXCEEDED';
  };

  /** Takes the holds first, in batches, so that the load itself does nothing but what is measured. */
  async function readyWithHolds(account: string, use: (ledgerEntryId: string) => ReturnType<Call>): Promise<Call> {
    const held: string[] = [];
    for (let batch = 0; batch < HELD_BATCHES; batch += 1) {
      const requests = Array.from({ length: HELD_PER_BATCH }, () => holdRequest(account));
      const { verdicts } = await acquireBatch(db.prisma, requests, { wait: 'promised' });
      for (const verdict of verdicts) {
        if (verdict.kind !== 'approved') throw lost('a hold that the load needs was refused');
        held.push(verdict.ledgerEntryId);
      }
    }
    return async () => {
      const entryId = held.pop();
      return entryId === undefined ? NOTHING_LEFT : use(entryId);
    };
  }

  const release = async (ledgerEntryId: string): Promise<string | null> => {
    const result = await credit.releaseCreditLock(ledgerEntryId, 'bench', { wholesalerId: WHOLESALER_ID });
    return result.success ? null : result.code;
  };

  const capture = async (ledgerEntryId: string): Promise<string | null> => {
    const delivered = { wholesalerId: WHOLESALER_ID, ledgerEntryId, amountMinor: AMOUNT_MINOR };
    const result = await credit.captureHold({ ...delivered, key: newId() });
    return result.success ? null : result.code;
  };

  const pay: Call = async (retailerId) => {
    const payment = { wholesalerId: WHOLESALER_ID, retailerId, amountMinor: AMOUNT_MINOR, method: 'cash' };
    const result = await credit.recordPayment({ ...payment, key: newId() });
    return result.success ? null : result.code;
  };

  return {
    async ready(design, account) {
      if (design === 'release') return readyWithHolds(account, release);
      if (design === 'capture') return readyWithHolds(account, capture);
      return { credit: acquire, insert: plainInsert, original, payment: pay }[design];
    },
    async stop() {
      await credit.close();
      await insert.end();
      await db.stop();
    },
  };
}

async function originalInTransaction(tx: Tx, account: string): Promise<string | null> {
  await tx.$queryRaw`select id from bench_account where id = ${account} for update nowait`;
  const [row] = await tx.$queryRaw<{ limit_minor: bigint; blocked: boolean }[]>`
    select limit_minor, blocked from bench_account where id = ${account}`;
  if (row === undefined) return 'CREDIT_ACCOUNT_NOT_FOUND';
  if (row.blocked) return 'CREDIT_BLOCKED';
  const [sum] = await tx.$queryRaw<{ used_minor: bigint }[]>`
    select coalesce(sum(amount_minor), 0)::bigint as used_minor from bench_ledger where account_id = ${account}`;
  const usedMinor = sum?.used_minor ?? 0n;
  if (usedMinor + AMOUNT_MINOR > row.limit_minor) return 'INSUFFICIENT_CREDIT';
  await tx.$executeRaw`
    insert into bench_ledger (account_id, order_id, amount_minor, balance_after_minor)
    values (${account}, ${newId()}, ${AMOUNT_MINOR}, ${usedMinor + AMOUNT_MINOR})`;
  return null;
}
