// What is to become of a message after an attempt to send it. Pure: the same outcome and luck give the same verdict.
import { assertNever } from '../shared/assert.ts';
import type { RefusalClass, SendOutcome } from './types.ts';

export type RetryPolicy = {
  /** 2, 6, 18, 54 and 162 s with jitter: six tries within about five minutes. */
  transientBaseMs: number;
  transientFactor: number;
  triesMax: number;
  /** A number in maintenance (131057, a throughput upgrade) is back after about a minute. */
  maintenanceMs: number;
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
  /** Quality limits and unpaid bills last hours; each look at them costs one refused message. */
  lineLimitedBaseMs: number;
  lineLimitedMaxMs: number;
  /** A delay is stretched by up to this part of itself, so that messages that failed together do not return together. */
  jitter: number;
};

export const defaultRetryPolicy: RetryPolicy = {
  transientBaseMs: 2_000,
  transientFactor: 3,
  triesMax: 6,
  maintenanceMs: 60_000,
  unsentMaxMs: 60_000,
  pairBaseMs: 1_000,
  pairFactor: 4,
  pairMaxMs: 256_000,
  lineRateBaseMs: 1_000,
  callLimitBaseMs: 60_000,
  lineRateMaxMs: 300_000,
  lineStoppedBaseMs: 60_000,
  lineStoppedMaxMs: 900_000,
  lineLimitedBaseMs: 600_000,
  lineLimitedMaxMs: 6 * 3_600_000,
  jitter: 0.25,
};

/** A rest for the whole line, or for every line of its app; each further one in a row is twice as long, up to `maxMs`. */
export type PauseOrder = {
  reason: 'line_rate' | 'app_rate' | 'line_stopped' | 'line_limited';
  baseMs: number;
  maxMs: number;
  /** What Meta asked for, where it said so. */
  retryAfterMs: number;
  metaCode: number | undefined;
  detail: string;
};

/** Why a message is not (yet) with Meta; stored as `error_class`. */
export type Trouble = RefusalClass | 'not_sent' | 'unknown';

/** What is done about a refusal, each at most once per message. The migration says what each means. */
export type Remedy = 'template' | 'other_route' | 'upload' | 'apart';

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
  /** How the next try differs from this one. */
  remedy?: Remedy | undefined;
  /** Meta does not reach the person by the identity that this went to. */
  routeFailed?: true | undefined;
  /** The API answered about the message itself, so a line that was stopped works again. */
  lineWorks: boolean;
};

/** The attempt that was made. */
export type Attempt = {
  /** Tries including it. */
  tries: number;
  /** What went wrong with the message before. */
  lastTrouble: string | undefined;
  remedies?: readonly string[];
  /** It went as a template. */
  template?: boolean;
  /** The person has another identity than the one that it went to. */
  otherRoute?: boolean;
  /** It carried several replies. */
  merged?: boolean;
};

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
      return {
        ...base,
        state: 'queued',
        tries,
        delayMs: Math.max(transientRest(outcome, tries, policy, luck), askedMs),
      };
    }
    case 'pair_rate': {
      const delayMs = growing(policy.pairBaseMs, policy.pairFactor, tries, policy.pairMaxMs, luck, policy);
      return { ...base, state: 'queued', tries, delayMs: Math.max(delayMs, askedMs), lineWorks: true };
    }
    case 'line_rate':
    case 'app_rate':
    case 'line_stopped': {
      const pause = pauseFor(outcome, outcome.class, policy);
      // Whoever is told to slow down was let in: a stopped line works again.
      return { ...uncounted(attempt, base), state: 'queued', pause, lineWorks: outcome.class !== 'line_stopped' };
    }
    case 'line_limited': {
      const pause = pauseFor(outcome, 'line_limited', policy);
      // A template waits for the end of the limit, as the others do; an answer is tried now and then.
      if (attempt.template) return { ...uncounted(attempt, base), state: 'queued', pause, lineWorks: true };
      if (tries >= policy.triesMax) return { ...base, state: 'failed', tries, pause, lineWorks: true };
      const delayMs = growing(policy.lineLimitedBaseMs, 2, tries, policy.lineLimitedMaxMs, luck, policy);
      return { ...base, state: 'queued', tries, delayMs: Math.max(delayMs, askedMs), pause, lineWorks: true };
    }
    case 'window_closed': {
      // The claim knows whether the reply has a template for this; without one it is dropped there.
      const dropped: Verdict = { ...base, state: 'dropped', tries, lineWorks: true };
      return attempt.template ? dropped : remedied('template', attempt, dropped);
    }
    case 'unreachable': {
      const failed: Verdict = { ...base, state: 'failed', tries, routeFailed: true, lineWorks: true };
      return attempt.otherRoute ? remedied('other_route', attempt, failed) : failed;
    }
    case 'media':
      return remedied('upload', attempt, { ...base, state: 'failed', tries, lineWorks: true });
    case 'final': {
      const failed: Verdict = { ...base, state: 'failed', tries, lineWorks: true };
      // One of the replies that it carried may be what Meta does not take: the others must not share its fate.
      return attempt.merged ? remedied('apart', attempt, failed) : failed;
    }
    default:
      return assertNever(outcome.class);
  }
}

/** Put back for a try that differs by this remedy; when that was tried already, what would have become of it. */
function remedied(remedy: Remedy, attempt: Attempt, otherwise: Verdict): Verdict {
  if (has(attempt, remedy)) return otherwise;
  return { ...otherwise, state: 'queued', remedy, delayMs: 0 };
}

const has = (attempt: Attempt, remedy: Remedy): boolean => attempt.remedies?.includes(remedy) === true;

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

function transientRest(outcome: Refused, tries: number, policy: RetryPolicy, luck: number): number {
  if (outcome.metaCode === 131057) return policy.maintenanceMs * (1 + policy.jitter * luck);
  const { transientBaseMs, transientFactor } = policy;
  return growing(transientBaseMs, transientFactor, tries, Number.POSITIVE_INFINITY, luck, policy);
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
  const [baseMs, maxMs] = {
    line_rate: [policy.lineRateBaseMs, policy.lineRateMaxMs] as const,
    app_rate: [policy.callLimitBaseMs, policy.lineRateMaxMs] as const,
    line_stopped: [policy.lineStoppedBaseMs, policy.lineStoppedMaxMs] as const,
    line_limited: [policy.lineLimitedBaseMs, policy.lineLimitedMaxMs] as const,
  }[reason];
  const { metaCode, detail, retryAfterMs = 0 } = outcome;
  return { reason, baseMs, maxMs, retryAfterMs, metaCode, detail };
}
