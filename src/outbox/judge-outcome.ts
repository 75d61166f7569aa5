// What is to become of a message after an attempt to send it. Pure: the same outcome and luck give the same verdict.
import { assertNever } from '../shared/assert.ts';
import type { RefusalClass, SendOutcome } from './types.ts';

export type RetryPolicy = {
  /** 2, 6, 18, 54 and 162 s with jitter: six tries within about five minutes. */
  transientBaseMs: number;
  transientFactor: number;
  triesMax: number;
  /** Nothing was written, so nothing is spoilt by trying until the window closes. */
  unsentMaxMs: number;
  pairBaseMs: number;
  pairFactor: number;
  pairMaxMs: number;
  lineRateBaseMs: number;
  /** Call limits of the app or the account need minutes, not seconds. */
  callLimitBaseMs: number;
  lineRateMaxMs: number;
  lineStoppedBaseMs: number;
  lineStoppedMaxMs: number;
  /** A delay is stretched by up to this part of itself, so that messages that failed together do not return together. */
  jitter: number;
};

export const defaultRetryPolicy: RetryPolicy = {
  transientBaseMs: 2_000,
  transientFactor: 3,
  triesMax: 6,
  unsentMaxMs: 60_000,
  pairBaseMs: 1_000,
  pairFactor: 4,
  pairMaxMs: 256_000,
  lineRateBaseMs: 1_000,
  callLimitBaseMs: 60_000,
  lineRateMaxMs: 300_000,
  lineStoppedBaseMs: 60_000,
  lineStoppedMaxMs: 900_000,
  jitter: 0.25,
};

/** A rest for the whole line; every further one in a row is twice as long, up to `maxMs`. */
export type PauseOrder = {
  reason: 'line_rate' | 'line_stopped';
  baseMs: number;
  maxMs: number;
  /** What Meta asked for, where it said so. */
  retryAfterMs: number;
  metaCode: number | undefined;
  detail: string;
};

/** Why a message is not (yet) with Meta; stored as `error_class`. */
export type Trouble = RefusalClass | 'not_sent' | 'unknown';

export type Verdict = {
  state: 'accepted' | 'queued' | 'uncertain' | 'failed' | 'dropped';
  wamid?: string | undefined;
  /** Rest before the next try, of this person's queue alone. */
  delayMs: number;
  /** Tries in the present kind of trouble; what to store. */
  tries: number;
  trouble: Trouble | undefined;
  metaCode?: number | undefined;
  detail?: string | undefined;
  pause?: PauseOrder | undefined;
  /** The API answered about the message itself, so a line that was stopped works again. */
  lineWorks: boolean;
};

/** The attempt that was made: tries including it, and what went wrong with the message before. */
export type Attempt = { tries: number; lastTrouble: string | undefined };

/** Decides what becomes of a message; `luck` is from 0 to 1 and spreads the delays. */
export function judgeOutcome(outcome: SendOutcome, attempt: Attempt, policy: RetryPolicy, luck: number): Verdict {
  switch (outcome.kind) {
    case 'accepted':
      return {
        state: 'accepted',
        wamid: outcome.wamid,
        delayMs: 0,
        tries: attempt.tries,
        trouble: undefined,
        lineWorks: true,
      };
    case 'unknown':
      return { ...still(attempt, 'unknown', outcome.detail), state: 'uncertain', tries: attempt.tries };
    case 'not_sent': {
      const tries = triesIn('not_sent', attempt);
      const delayMs = growing(policy.transientBaseMs, policy.transientFactor, tries, policy.unsentMaxMs, luck, policy);
      return { ...still(attempt, 'not_sent', outcome.detail), state: 'queued', tries, delayMs };
    }
    case 'refused':
      return judgeRefusal(outcome, attempt, policy, luck);
    default:
      return assertNever(outcome);
  }
}

type Refused = Extract<SendOutcome, { kind: 'refused' }>;

function judgeRefusal(outcome: Refused, attempt: Attempt, policy: RetryPolicy, luck: number): Verdict {
  const base = { ...still(attempt, outcome.class, outcome.detail), metaCode: outcome.metaCode };
  const tries = triesIn(outcome.class, attempt);
  const askedMs = outcome.retryAfterMs ?? 0;
  switch (outcome.class) {
    case 'transient': {
      if (tries >= triesMaxFor(outcome.metaCode, policy)) return { ...base, state: 'failed', tries };
      const { transientBaseMs, transientFactor } = policy;
      const delayMs = growing(transientBaseMs, transientFactor, tries, Number.POSITIVE_INFINITY, luck, policy);
      return { ...base, state: 'queued', tries, delayMs: Math.max(delayMs, askedMs) };
    }
    case 'pair_rate': {
      const delayMs = growing(policy.pairBaseMs, policy.pairFactor, tries, policy.pairMaxMs, luck, policy);
      return { ...base, state: 'queued', tries, delayMs: Math.max(delayMs, askedMs), lineWorks: true };
    }
    case 'line_rate':
    case 'line_stopped': {
      const pause = pauseFor(outcome, outcome.class, policy);
      // Whoever is told to slow down was let in: a stopped line works again.
      return { ...uncounted(attempt, base), state: 'queued', pause, lineWorks: outcome.class === 'line_rate' };
    }
    case 'window_closed':
      return { ...base, state: 'dropped', tries, lineWorks: true };
    case 'final':
      return { ...base, state: 'failed', tries, lineWorks: true };
    default:
      return assertNever(outcome.class);
  }
}

function still(attempt: Attempt, trouble: Trouble, detail: string): Omit<Verdict, 'state'> {
  return { delayMs: 0, tries: attempt.tries, trouble, detail, lineWorks: false };
}

/** The line's trouble says nothing about the message: its tries and what went wrong before stay as they were. */
function uncounted(attempt: Attempt, base: Omit<Verdict, 'state'>): Omit<Verdict, 'state'> {
  return { ...base, tries: attempt.tries - 1, trouble: attempt.lastTrouble as Trouble | undefined };
}

/** Tries are counted per kind of trouble in a row: five waits for the pair limit must not use up the tries of a 502. */
function triesIn(trouble: Trouble, attempt: Attempt): number {
  return attempt.lastTrouble === undefined || attempt.lastTrouble === trouble ? attempt.tries : 1;
}

/** 131000 and 135000 mean either a passing trouble or a bad parameter, so they are given up sooner. */
function triesMaxFor(metaCode: number | undefined, policy: RetryPolicy): number {
  return metaCode === 131000 || metaCode === 135000 ? Math.min(3, policy.triesMax) : policy.triesMax;
}

function growing(
  baseMs: number,
  factor: number,
  tries: number,
  maxMs: number,
  luck: number,
  policy: RetryPolicy,
): number {
  return Math.min(maxMs, baseMs * factor ** (Math.max(1, tries) - 1)) * (1 + policy.jitter * luck);
}

function pauseFor(outcome: Refused, reason: PauseOrder['reason'], policy: RetryPolicy): PauseOrder {
  const ofCalls = outcome.metaCode !== undefined && outcome.metaCode !== 130429;
  const rateBaseMs = ofCalls ? policy.callLimitBaseMs : policy.lineRateBaseMs;
  return {
    reason,
    baseMs: reason === 'line_stopped' ? policy.lineStoppedBaseMs : rateBaseMs,
    maxMs: reason === 'line_stopped' ? policy.lineStoppedMaxMs : policy.lineRateMaxMs,
    retryAfterMs: outcome.retryAfterMs ?? 0,
    metaCode: outcome.metaCode,
    detail: outcome.detail,
  };
}
