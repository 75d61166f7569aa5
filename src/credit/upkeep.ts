import type { Registry } from 'prom-client';
import { type Database, isTransient } from '../db/index.ts';
import { newId } from '../shared/ids.ts';
import type { Logger } from '../shared/logger.ts';
import { createRepeater, type Repeater } from '../shared/repeater.ts';
import { anchorHeads } from './anchors.ts';
import { sweepDueHolds } from './expire-due-holds.ts';
import { newestProof, proveIfDue } from './timed-proof.ts';
import { createUpkeepMetrics } from './upkeep-metrics.ts';
import type { LedgerProof } from './verify-ledger.ts';

export type UpkeepOptions = {
  /** At least 3 connections: a proof takes two for as long as it lasts. */
  db: Database;
  logger: Logger;
  registry: Registry;
  /** How often the ledger is proved, by one of all processes; 0 turns it off. */
  proofEveryMs: number;
  /** After the start, so that a process which is restarted again and again does not prove each time. */
  firstProofAfterMs?: number;
  sweepEveryMs?: number;
  /** How often it is looked whether a day has to be anchored or a proof is due. */
  lookEveryMs?: number;
};

export type Upkeep = {
  start(): void;
  /** Ends a proof that is under way between two of its statements, and waits for the rest. */
  stop(): Promise<void>;
};

/** After a proof that broke off; it may have cost half an hour. */
const REST_AFTER_TROUBLE_MS = 15 * 60_000;

/**
 * What the credit core needs done without anybody asking: holds lapse when they are due, the ledger is proved now and
 * then, and the heads of its chains are anchored daily. Runs in every process of the service beside the others; what two
 * do at once is done once. Nothing is kept in memory that a dead process would take with it.
 */
export function createUpkeep(options: UpkeepOptions): Upkeep {
  const { db, logger, proofEveryMs } = options;
  const { firstProofAfterMs = 300_000, sweepEveryMs = 5_000, lookEveryMs = 60_000 } = options;
  const metrics = createUpkeepMetrics(options.registry);
  const id = newId();
  const stopping = new AbortController();
  const jobs: Repeater[] = [];
  let rootsLogged: { day: string; wholesalers: Set<string> } = { day: '', wholesalers: new Set() };

  async function sweep(): Promise<void> {
    const [clock] = await db.prisma.$queryRaw<{ now: Date }[]>`select app_clock() as now`;
    try {
      const { lapsed, troubles } = await sweepDueHolds(db.prisma);
      metrics.holdsLapsed.inc(lapsed);
      if (lapsed > 0) logger.info({ holds: lapsed }, 'holds lapsed');
      for (const { account, error } of troubles) {
        const hint = 'Its credit stays held until this is mended; release the hold by hand meanwhile.';
        logger.error({ ...account, err: error, hint }, 'a hold that is due could not lapse');
      }
      if (troubles.length === 0) metrics.swept();
    } finally {
      await noteSweep(clock?.now);
    }
  }

  // For the proof (no hold is open long after its time while somebody sweeps), also of a sweep that failed.
  async function noteSweep(began: Date | undefined): Promise<void> {
    await db.prisma.$executeRaw`
      insert into credit_sweeper as s (id, alive_since, swept_at) values (${id}::uuid, ${began}, ${began})
      on conflict (id) do update set swept_at = excluded.swept_at,
        alive_since = case when excluded.swept_at - s.swept_at > interval '1 minute' then excluded.swept_at
                           else s.alive_since end`;
  }

  // Every process logs each root once: more than enough, and none is lost with a process that dies before it could.
  async function anchor(): Promise<void> {
    for (const root of await anchorHeads(db.prisma)) {
      if (root.day !== rootsLogged.day) rootsLogged = { day: root.day, wholesalers: new Set() };
      if (!rootsLogged.wholesalers.has(root.wholesalerId)) logger.info(root, 'ledger anchored');
      rootsLogged.wholesalers.add(root.wholesalerId);
    }
  }

  let proofNotBeforeMs = 0;
  async function prove(): Promise<void> {
    if (performance.now() >= proofNotBeforeMs) {
      try {
        const proof = await proveIfDue(db, { everyMs: proofEveryMs, signal: stopping.signal });
        if (proof !== null) report(proof);
      } catch (error) {
        if (stopping.signal.aborted) return;
        proofNotBeforeMs = performance.now() + REST_AFTER_TROUBLE_MS;
        throw error;
      }
    }
    const newest = await newestProof(db.prisma);
    if (newest !== null) metrics.proved(newest);
  }

  function report({ ok, firstBad, accounts, entries, durationMs }: LedgerProof): void {
    if (ok) {
      logger.info({ accounts, entries, durationMs }, 'ledger proved');
      return;
    }
    const hint =
      'Somebody changed stored money past the service. Keep the database as it is and compare it with a backup; ' +
      'npm run ledger:verify proves it again.';
    logger.error({ ...firstBad, accounts, entries, hint }, 'the ledger is not whole');
  }

  return {
    start() {
      jobs.push(every(sweepEveryMs, 0, 'sweep of due holds', sweep), every(lookEveryMs, 0, 'anchoring', anchor));
      if (proofEveryMs > 0) jobs.push(every(lookEveryMs, firstProofAfterMs, 'proof of the ledger', prove));
    },
    async stop() {
      stopping.abort(new Error('the service stops'));
      await Promise.all(jobs.map((job) => job.stop()));
      await db.prisma.$executeRaw`
        delete from credit_sweeper where id = ${id}::uuid or swept_at < app_clock() - interval '1 day'`.catch(
        (error: unknown) => logger.warn({ err: error }, 'sweeper left without saying so'),
      );
    },
  };

  function every(everyMs: number, firstAfterMs: number, name: string, round: () => Promise<void>): Repeater {
    const onFailure = (error: unknown): void =>
      logger[isTransient(error) ? 'warn' : 'error']({ err: error }, `${name} failed, tried again later`);
    const job = createRepeater({ round, everyMs, firstAfterMs, onFailure });
    job.start();
    return job;
  }
}
