/** Meta lets a burst of 45 messages go to one person and gives one back every 6 seconds. */
const BURST = 45;
const REFILL_MS = 6_000;

/** A token bucket per pair of line and person; `allows` takes a token or says no. */
export function createPairLimit() {
  const buckets = new Map<string, { tokens: number; atMs: number }>();

  return {
    allows(pair: string, now: Date): boolean {
      const nowMs = now.getTime();
      const bucket = buckets.get(pair) ?? { tokens: BURST, atMs: nowMs };
      const tokens = Math.min(BURST, bucket.tokens + (nowMs - bucket.atMs) / REFILL_MS);
      const allowed = tokens >= 1;
      buckets.set(pair, { tokens: allowed ? tokens - 1 : tokens, atMs: nowMs });
      return allowed;
    },
  };
}
