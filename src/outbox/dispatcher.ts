import type { Database } from '../db/index.ts';
import { messageOf } from '../shared/errors.ts';
import type { Logger } from '../shared/logger.ts';
import { type Attempt, judgeOutcome, type RetryPolicy, type Verdict } from './judge-outcome.ts';
import { type Claimed, claimHeads, type DueLine, openPace, type Pacing } from './outbox-store.ts';
import { createSettler } from './settler.ts';
import type { MessageSender, SendOutcome } from './types.ts';

export type DispatcherOptions = {
  db: Database;
  sender: MessageSender;
  logger: Logger;
  /** Longer than the sender's total timeout: a lease that ends under a running send makes its outcome uncertain. */
  leaseMs: number;
  /** Messages under way at once in this process, and of one line. */
  concurrency: number;
  perLineConcurrency: number;
  batchSize: number;
  pacing: Pacing;
  retry: RetryPolicy;
  random: () => number;
};

export type DispatchCounters = {
  claims: number;
  claimed: number;
  accepted: number;
  requeued: number;
  uncertain: number;
  failed: number;
  dropped: number;
};

export type Dispatcher = {
  /** Says that lines have due messages. */
  heat(lines: DueLine[]): void;
  /** Messages that are being sent or recorded, and claims under way. */
  inFlight(): number;
  counters(): DispatchCounters;
  /** Resolves when nothing is under way and no line is known to have more. */
  quiet(): Promise<void>;
  /** Claims nothing any more, and waits for what is under way, at most `graceMs`; true when all was recorded. */
  stop(graceMs: number): Promise<boolean>;
};

/** A line with something to do. Cold lines are forgotten. */
type Lane = {
  line: DueLine;
  hot: boolean;
  /** Times it was said to have something due. */
  heats: number;
  claiming: boolean;
  inFlight: number;
  timer: NodeJS.Timeout | undefined;
};

/** Bounds the connections that claims of many lines take from the pool at once. */
const CLAIMS_AT_ONCE = 4;
/** At full pace a line's bucket is looked at no more often than this. */
const PACE_MIN_MS = 50;

/**
 * Takes messages from hot lines while there is room, sends them side by side, and has their outcomes recorded. A slow
 * recipient occupies one place; everybody else's messages pass by. Lines take turns, and no line fills every place.
 */
export function createDispatcher(options: DispatcherOptions): Dispatcher {
  const { db, sender, logger, leaseMs, concurrency, perLineConcurrency, batchSize, pacing } = options;
  const settler = createSettler({ db, logger });
  const lanes = new Map<string, Lane>();
  const counters: DispatchCounters = {
    claims: 0,
    claimed: 0,
    accepted: 0,
    requeued: 0,
    uncertain: 0,
    failed: 0,
    dropped: 0,
  };
  /** Lines known to have their row of pace. */
  const paced = new Set<string>();
  let waiters: (() => void)[] = [];
  let inFlight = 0;
  let claims = 0;
  let planned = false;
  let stopping = false;

  function heat(lines: DueLine[]): void {
    for (const line of lines) {
      const lane = lanes.get(line.lineId);
      if (lane === undefined) {
        lanes.set(line.lineId, { line, hot: true, heats: 0, claiming: false, inFlight: 0, timer: undefined });
      } else {
        lane.line = line;
        lane.hot = true;
        lane.heats += 1;
      }
    }
    plan();
  }

  // Once per turn of the event loop, because places that become free together should be filled by one claim.
  function plan(): void {
    if (planned) return;
    planned = true;
    setImmediate(() => {
      planned = false;
      fill();
    });
  }

  function fill(): void {
    const hot = stopping ? [] : [...lanes.values()].filter((lane) => lane.hot && !lane.claiming);
    for (const [index, lane] of hot.entries()) {
      const fairShare = Math.max(1, Math.floor((concurrency - inFlight) / (hot.length - index)));
      const max = Math.min(batchSize, concurrency - inFlight, perLineConcurrency - lane.inFlight, fairShare);
      if (max <= 0 || claims >= CLAIMS_AT_ONCE) continue;
      // To the end of the order, so that the others come first next time.
      lanes.delete(lane.line.lineId);
      lanes.set(lane.line.lineId, lane);
      void claim(lane, max);
    }
    tidy();
  }

  function tidy(): void {
    for (const [id, lane] of lanes) {
      if (!lane.hot && !lane.claiming && lane.inFlight === 0 && lane.timer === undefined) lanes.delete(id);
    }
    if (inFlight > 0 || claims > 0 || (!stopping && [...lanes.values()].some((lane) => lane.hot))) return;
    for (const wake of waiters) wake();
    waiters = [];
  }

  async function claim(lane: Lane, max: number): Promise<void> {
    // The places are taken before the claim: whatever it brings is sent at once, so that no lease is spent waiting.
    take(lane, max);
    claims += 1;
    counters.claims += 1;
    lane.claiming = true;
    lane.hot = false;
    let sent = 0;
    try {
      if (!paced.has(lane.line.lineId)) {
        await openPace(db, lane.line);
        paced.add(lane.line.lineId);
      }
      const found = await claimHeads(db, lane.line, { max, leaseMs, pacing });
      for (const { id, because } of found.dropped) {
        logger.warn({ ...idsOf(lane.line), outboxId: id, because }, 'reply dropped, not sent');
      }
      sent = found.claimed.length;
      counters.claimed += sent;
      counters.dropped += found.dropped.length;
      for (const claimed of found.claimed) void deliver(lane, claimed, found.probing);
      const moved = found.dropped.length + found.waiting + found.aside;
      if (sent + moved >= max) lane.hot = true;
      else if (!found.paused && !found.probing && sent >= found.allowed) heatLater(lane);
      else if (moved > 0) lane.hot = true;
    } catch (error) {
      // The poll finds the line again; a claim whose commit went unheard is settled by its lease.
      logger.warn({ ...idsOf(lane.line), err: error }, 'claim of replies failed');
    }
    lane.claiming = false;
    claims -= 1;
    take(lane, sent - max);
    plan();
  }

  function heatLater(lane: Lane): void {
    if (lane.timer !== undefined || stopping) return;
    const ms = Math.max(PACE_MIN_MS, 1000 / pacing.perLineRatePerSecond);
    lane.timer = setTimeout(() => {
      lane.timer = undefined;
      heat([lane.line]);
    }, ms);
  }

  async function deliver(lane: Lane, claimed: Claimed, probing: boolean): Promise<void> {
    const outcome = await sendSafely(claimed);
    const verdict = judgeOutcome(outcome, attemptOf(claimed), options.retry, options.random());
    report(claimed, verdict);
    const heats = lane.heats;
    const recorded = await settler.settle({ claimed, verdict }, probing);
    // The next message of this person is due now; one that was queued while we wrote may have been claimed in vain; and
    // a line that was just mended has more than this one.
    const atOnce = verdict.state === 'queued' && verdict.delayMs === 0 && verdict.pause === undefined;
    if (recorded?.more || lane.heats !== heats || probing || atOnce) lane.hot = true;
    take(lane, -1);
    plan();
  }

  async function sendSafely(claimed: Claimed): Promise<SendOutcome> {
    try {
      return await sender.send(claimed.message);
    } catch (error) {
      const hint = 'A sender never throws: this is a bug. The message may have gone.';
      logger.error({ ...idsOf(claimed), outboxId: claimed.message.outboxId, err: error, hint }, 'sender threw');
      return { kind: 'unknown', detail: messageOf(error) };
    }
  }

  function report(claimed: Claimed, verdict: Verdict): void {
    const { state, trouble, metaCode, detail } = verdict;
    const fields = { ...idsOf(claimed), outboxId: claimed.message.outboxId, tries: claimed.tries };
    if (state === 'queued') counters.requeued += 1;
    else counters[state] += 1;
    if (state === 'accepted') logger.debug(fields, 'reply accepted');
    else if (state === 'uncertain') logger.warn({ ...fields, detail }, 'reply uncertain; statuses will tell');
    else if (state === 'queued') {
      const restMs = Math.round(verdict.delayMs);
      logger.info({ ...fields, trouble: verdict.pause?.reason ?? trouble, metaCode, detail, restMs }, 'reply put back');
    } else logger.warn({ ...fields, trouble, metaCode, detail }, `reply ${state}`);
  }

  function take(lane: Lane, places: number): void {
    inFlight += places;
    lane.inFlight += places;
  }

  function quiet(): Promise<void> {
    return new Promise((resolve) => {
      waiters.push(resolve);
      plan();
    });
  }

  return {
    heat,
    quiet,
    inFlight: () => inFlight,
    counters: () => ({ ...counters }),
    async stop(graceMs) {
      stopping = true;
      for (const lane of lanes.values()) clearTimeout(lane.timer);
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<boolean>((resolve) => {
        timer = setTimeout(() => resolve(false), graceMs);
      });
      const inTime = await Promise.race([quiet().then(() => true), late]);
      clearTimeout(timer);
      settler.abandon();
      return inTime;
    },
  };
}

const attemptOf = (claimed: Claimed): Attempt => ({
  tries: claimed.tries,
  lastTrouble: claimed.lastTrouble,
  remedies: claimed.remedies,
  template: claimed.message.reply.kind === 'template',
  otherRoute: claimed.otherRoute,
  merged: claimed.merged,
});

const idsOf = (line: { wholesalerId: string; lineId: string }): { wholesalerId: string; lineId: string } => ({
  wholesalerId: line.wholesalerId,
  lineId: line.lineId,
});
