import { createRandom } from './random.ts';

/** What can go wrong with one call. `accept_then_*` faults count the message as sent; the caller just cannot know. */
export type Fault =
  /** One of Meta's error codes, with its usual HTTP status unless told otherwise. */
  | { kind: 'error'; code: number; status?: number; retryAfterSeconds?: number }
  /** A status from something in front of Graph: no error object. */
  | { kind: 'http'; status: number; body?: 'html' | 'empty'; retryAfterSeconds?: number }
  /** Answers as usual, but late. */
  | { kind: 'delay'; ms: number }
  /** The connection is reset and nothing was accepted. */
  | { kind: 'reset' }
  /** Nothing was accepted and no answer ever comes. */
  | { kind: 'hang' }
  | { kind: 'accept_then_cut' }
  | { kind: 'accept_then_truncate' }
  | { kind: 'accept_then_hang' }
  /** Status 200 with something that is no JSON. */
  | { kind: 'accept_then_garble' }
  /** Accepted with a wamid; a failed status with this code follows. */
  | { kind: 'accept_then_fail'; code: number };

export type Faults = {
  /** Makes the next message call (or the next `times` of them) fail in this way. Queued faults come first. */
  next(fault: Fault, times?: number): void;
  /** From now on each message call fails in this way with this probability, by the seed's dice. 0 ends it. */
  rate(fault: Fault, probability: number): void;
  clear(): void;
};

type FaultSource = Faults & { take(): Fault | undefined };

/** The faults of one fake Graph API: a queue for tests, dice for simulations. */
export function createFaults(seed: number): FaultSource {
  const random = createRandom(seed);
  const rates = new Map<string, { fault: Fault; probability: number }>();
  let queue: Fault[] = [];

  return {
    next(fault, times = 1) {
      for (let count = 0; count < times; count += 1) queue.push(fault);
    },
    rate(fault, probability) {
      const key = JSON.stringify(fault);
      if (probability > 0) rates.set(key, { fault, probability });
      else rates.delete(key);
    },
    clear() {
      queue = [];
      rates.clear();
    },
    take() {
      const queued = queue.shift();
      if (queued !== undefined) return queued;
      if (rates.size === 0) return undefined;
      // One throw for all, so that adding a kind of fault leaves the dice of the others where they were.
      let dice = random();
      for (const { fault, probability } of rates.values()) {
        if (dice < probability) return fault;
        dice -= probability;
      }
      return undefined;
    },
  };
}
