/** A bucket of tokens for each key; `allows` takes one or says no. */
export type Buckets = { allows(key: string, now: Date): boolean };

/** `burst` at once, and one more every `refillMs`. */
function createBuckets(burst: number, refillMs: number): Buckets {
  const buckets = new Map<string, { tokens: number; atMs: number }>();

  return {
    allows(key, now) {
      const nowMs = now.getTime();
      const bucket = buckets.get(key) ?? { tokens: burst, atMs: nowMs };
      const tokens = Math.min(burst, bucket.tokens + (nowMs - bucket.atMs) / refillMs);
      const allowed = tokens >= 1;
      buckets.set(key, { tokens: allowed ? tokens - 1 : tokens, atMs: nowMs });
      return allowed;
    },
  };
}

/** Per pair of line and person: Meta lets a burst of 45 messages go to one person and gives one back every 6 seconds. */
export const createPairLimit = (): Buckets => createBuckets(45, 6_000);

/** Per line: so many messages in a second, at once or spread. */
export const createThroughput = (perSecond: number): Buckets => createBuckets(perSecond, 1000 / perSecond);
