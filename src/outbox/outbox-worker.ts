import type { Database } from '../db/index.ts';
import type { Logger } from '../shared/logger.ts';
import { lookAtFailures, watchSilence } from './aftermath.ts';
import { createDispatcher, type DispatchCounters } from './dispatcher.ts';
import { adoptStrayStatuses, expireLeases, findUnsettledLines, settleByEvidence } from './evidence-store.ts';
import { defaultRetryPolicy, type RetryPolicy } from './judge-outcome.ts';
import { findDueLines } from './outbox-store.ts';
import type { MessageSender, RefusalClass } from './types.ts';

export type OutboxWorkerOptions = {
  db: Database;
  sender: MessageSender;
  logger: Logger;
  /** How a failure that Meta reports with this code is to be treated. */
  classify: (metaCode: number) => RefusalClass;
  /** How long statuses of others must keep coming, without one of ours, until an uncertain message counts as not sent. */
  evidenceWaitMs: number;
  /** Longer than the sender's total timeout. */
  leaseMs?: number;
  /** Messages under way at once in this process. */
  concurrency?: number;
  /** Of those, messages of one line. */
  perLineConcurrency?: number;
  /** Messages claimed by one statement. */
  batchSize?: number;
  /** Meta's throughput of a number; over it comes 130429. */
  perLineRatePerSecond?: number;
  /** How much of its rate a quiet line saves up. */
  lineBurstMs?: number;
  /** Messages to one person at once, and how long each further one waits. */
  pairBurst?: number;
  pairIntervalMs?: number;
  /** How long an uncertain message holds up the same person's later ones. */
  uncertainBlocksMs?: number;
  /** Replies to one person leave as one message when the first of them waited this long. */
  mergeAfterMs?: number;
  pollMs?: number;
  /** How often expired leases and evidence are looked at. */
  sweepMs?: number;
  retry?: Partial<RetryPolicy>;
  /** From 0 to 1; spreads retries. */
  random?: () => number;
};

export type OutboxWorker = {
  start(): void;
  /** Says that something was queued: for one wholesaler, or for anybody. */
  wake(wholesalerId?: string): void;
  /** Claims nothing new and waits for what is under way, at most `graceMs`. The rest becomes uncertain, and is settled. */
  stop(graceMs?: number): Promise<void>;
  /** Resolves when a look at every line found nothing to claim and nothing is under way. For tests and the demo. */
  idle(): Promise<void>;
  /** Looks at expired leases and evidence now. */
  sweep(): Promise<void>;
  counters(): OutboxCounters;
};

export type OutboxCounters = DispatchCounters & {
  inFlight: number;
  /** By evidence that they never went. */
  resent: number;
  leasesExpired: number;
  /** After Meta had accepted them and reported that they failed. */
  triedAgain: number;
};

/**
 * Sends queued replies: in order per person, side by side across persons, at most once unless evidence says that it
 * never went. Any number of workers may run, in one process or in several; what they share is in the database.
 */
export function createOutboxWorker(options: OutboxWorkerOptions): OutboxWorker {
  const { db, logger, evidenceWaitMs, pollMs = 250, concurrency = 64 } = options;
  const sweepMs = options.sweepMs ?? Math.min(5_000, Math.max(100, evidenceWaitMs / 4));
  const retry = { ...defaultRetryPolicy, ...options.retry };
  const random = options.random ?? Math.random;
  const dispatcher = createDispatcher({
    db,
    sender: options.sender,
    logger,
    leaseMs: options.leaseMs ?? 45_000,
    concurrency,
    perLineConcurrency: options.perLineConcurrency ?? Math.ceil(concurrency * 0.75),
    batchSize: options.batchSize ?? 100,
    pacing: {
      perLineRatePerSecond: options.perLineRatePerSecond ?? 80,
      lineBurstMs: options.lineBurstMs ?? 250,
      pairBurst: options.pairBurst ?? 20,
      pairIntervalMs: options.pairIntervalMs ?? 6_000,
      uncertainBlocksMs: options.uncertainBlocksMs ?? 60_000,
      mergeAfterMs: options.mergeAfterMs ?? 5_000,
    },
    retry,
    random,
  });
  const counters = { resent: 0, leasesExpired: 0, triedAgain: 0 };
  const timers: NodeJS.Timeout[] = [];
  const wanted = new Set<string>();
  let everybody = false;
  let started = false;
  let stopping = false;
  let scanning: Promise<void> | undefined;
  let sweeping: Promise<void> | undefined;

  // Any number of wake-ups while a look runs lead to one more look.
  function wake(wholesalerId?: string): void {
    if (!started || stopping) return;
    if (wholesalerId === undefined) everybody = true;
    else wanted.add(wholesalerId);
    scanning ??= scan().finally(() => {
      scanning = undefined;
    });
  }

  async function scan(): Promise<void> {
    // Wake-ups of the same moment are answered by one look.
    await new Promise((resolve) => setImmediate(resolve));
    while ((everybody || wanted.size > 0) && !stopping) {
      const whose = everybody ? undefined : [...wanted];
      everybody = false;
      wanted.clear();
      try {
        dispatcher.heat(await findDueLines(db, whose));
      } catch (error) {
        // The next poll looks again.
        logger.warn({ err: error }, 'look for due replies failed');
        return;
      }
    }
  }

  /** A look that is under way may have passed what the caller means, so another follows it. */
  async function sweepAfresh(): Promise<void> {
    await sweeping;
    await sweep();
  }

  function sweep(): Promise<void> {
    sweeping ??= settleUncertain()
      .catch((error: unknown) => logger.warn({ err: error }, 'look at uncertain replies failed'))
      .finally(() => {
        sweeping = undefined;
      });
    return sweeping;
  }

  async function settleUncertain(): Promise<void> {
    for (const line of await findUnsettledLines(db)) {
      if (stopping) return;
      for (const outboxId of await expireLeases(db, line)) {
        counters.leasesExpired += 1;
        logger.warn({ ...line, outboxId }, 'lease of a send ran out; statuses will tell');
      }
      for (const { id, state } of await settleByEvidence(db, line, evidenceWaitMs)) {
        if (state === 'queued') counters.resent += 1;
        const hint = state === 'queued' ? undefined : 'The person may not have got this answer: staff should look.';
        logger.warn({ ...line, outboxId: id, state, hint }, 'uncertain reply settled by evidence');
        wake(line.wholesalerId);
      }
      await adoptStrayStatuses(db, line);
      for (const { id, metaCode } of await lookAtFailures(line, { db, classify: options.classify, retry, random })) {
        counters.triedAgain += 1;
        logger.info({ ...line, outboxId: id, metaCode }, 'reply that Meta could not deliver is tried again');
        wake(line.wholesalerId);
      }
      await watchSilence(db, line, evidenceWaitMs);
    }
  }

  return {
    start() {
      started = true;
      timers.push(
        setInterval(() => wake(), pollMs),
        setInterval(() => void sweep(), sweepMs),
      );
      wake();
      void sweep();
    },
    wake,
    sweep: sweepAfresh,
    async stop(graceMs = 25_000) {
      stopping = true;
      for (const timer of timers) clearInterval(timer);
      // First of all no further claim, however long a look that is under way takes.
      const stopped = dispatcher.stop(graceMs);
      await Promise.all([scanning, sweeping]);
      const inTime = await stopped;
      if (!inTime) logger.warn({ inFlight: dispatcher.inFlight() }, 'outbox stopped with sends under way');
    },
    async idle() {
      for (;;) {
        const before = dispatcher.counters().claimed;
        wake();
        await scanning;
        await dispatcher.quiet();
        if (dispatcher.counters().claimed === before) return;
      }
    },
    counters: () => ({ ...dispatcher.counters(), ...counters, inFlight: dispatcher.inFlight() }),
  };
}
