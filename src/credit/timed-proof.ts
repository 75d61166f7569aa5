import { type Database, inTransaction, type Tx } from '../db/index.ts';
import { newId } from '../shared/ids.ts';
import { type LedgerProof, verifyLedger } from './verify-ledger.ts';

/** A proof that was run on time, as it is stored. */
export type StoredProof = { startedAt: Date; finishedAt: Date; ok: boolean };

/** No proof lasts longer; one that does is given up and tried again. */
const PROOF_MS_MAX = 6 * 3_600_000;
/** More often than `idle_in_transaction_session_timeout`. */
const HOLD_LOCK_EVERY_MS = 4_000;

/**
 * Proves the ledger and stores what was found, if the newest proof is older than `everyMs` and no other process is at it;
 * null if not. Gentle: it leaves the database to others for half of its time.
 *
 * An advisory lock keeps processes apart: it lives in a transaction that does nothing else, so it dies with its process
 * or connection and locks no table, while the proof reads on connections of its own. A lost lock ends the proof.
 */
export async function proveIfDue(
  db: Database,
  { everyMs, signal }: { everyMs: number; signal: AbortSignal },
): Promise<LedgerProof | null> {
  if (!(await isDue(db.prisma, everyMs))) return null;
  return inTransaction(
    db,
    async (tx) => {
      const [lock] = await tx.$queryRaw<{ mine: boolean }[]>`
        select pg_try_advisory_xact_lock(hashtextextended('orderlock ledger proof', 0)) as mine`;
      // Asked again under the lock: another process may just have finished.
      if (lock?.mine !== true || !(await isDue(db.prisma, everyMs))) return null;
      const held = holdLock(tx);
      try {
        return await proveAndStore(db, AbortSignal.any([signal, held.lost]));
      } finally {
        await held.stop();
      }
    },
    { maxWaitMs: 5_000, timeoutMs: PROOF_MS_MAX },
  );
}

/** The newest stored proof; null when there never was one. */
export async function newestProof(db: Tx): Promise<StoredProof | null> {
  const [row] = await db.$queryRaw<StoredProof[]>`
    select started_at as "startedAt", finished_at as "finishedAt", ok
    from ledger_proof order by started_at desc limit 1`;
  return row ?? null;
}

async function isDue(db: Tx, everyMs: number): Promise<boolean> {
  const [row] = await db.$queryRaw<{ due: boolean }[]>`
    select not exists (
      select from ledger_proof where started_at > app_clock() - make_interval(secs => ${everyMs / 1000}::float8)) as due`;
  return row?.due === true;
}

async function proveAndStore(db: Database, signal: AbortSignal): Promise<LedgerProof> {
  const [clock] = await db.prisma.$queryRaw<{ now: Date }[]>`select app_clock() as now`;
  const proof = await verifyLedger(db, { signal, gentle: true });
  const { ok, accounts, entries, firstBad } = proof;
  await db.prisma.$executeRaw`
    insert into ledger_proof (id, started_at, finished_at, ok, accounts, entries,
                              bad_wholesaler_id, bad_retailer_id, bad_seq, bad_check)
    values (${newId()}::uuid, ${clock?.now}, app_clock(), ${ok}, ${accounts}, ${entries},
            ${firstBad?.wholesalerId}, ${firstBad?.retailerId}, ${firstBad?.seq}, ${firstBad?.check})`;
  return proof;
}

/** Keeps the transaction from being ended as idle, and notices when it was ended all the same. */
function holdLock(tx: Tx): { lost: AbortSignal; stop(): Promise<void> } {
  const lost = new AbortController();
  let asking: Promise<unknown> = Promise.resolve();
  const timer = setInterval(() => {
    asking = tx.$queryRaw`select 1`.catch((error: unknown) => lost.abort(error));
  }, HOLD_LOCK_EVERY_MS);
  return {
    lost: lost.signal,
    async stop() {
      clearInterval(timer);
      await asking;
    },
  };
}
