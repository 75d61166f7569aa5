// One slice of load, asked for over HTTP and made in a process of its own: see credit-process.ts.
import { performance } from 'node:perf_hooks';
import { z } from 'zod';
import { mustExist } from '../../src/shared/assert.ts';
import { accountOf } from './credit-accounts.ts';
import { type Call, type Design, NOTHING_LEFT } from './credit-designs.ts';
import { lost } from './crowd.ts';
import { percentile } from './results.ts';

export type Load = {
  design: Design;
  /** Accounts are named after their group and counted; one account is a hot one. */
  group: string;
  accounts: number;
  callers: number;
  /** The begin, which fills pools and does not count, and what counts after it. */
  warmMs: number;
  forMs: number;
};

const sliceSchema = z.object({
  perSecond: z.number(),
  p50: z.number(),
  p99: z.number(),
  /** Calls answered while it counted, among them the refused ones by code. */
  calls: z.number(),
  refused: z.record(z.string(), z.number()),
  /** All that was acknowledged, the begin and the end included. */
  acknowledged: z.number(),
});

export type Slice = z.infer<typeof sliceSchema>;

/** Has another process make the load. */
export async function askFor(url: string, load: Load): Promise<Slice> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(load),
  });
  if (!response.ok) throw lost(`a load of ${load.design} failed: ${await response.text()}`);
  return sliceSchema.parse(await response.json());
}

type Answered = { at: number; waitMs: number; code: string | null };

let turn = 0;

/** Every caller sends its next call as soon as the one before is answered. */
export async function press(call: Call, { group, accounts, callers, warmMs, forMs }: Load): Promise<Slice> {
  const answered: Answered[] = [];
  const from = performance.now() + warmMs;
  let until = from + forMs;
  const keepCalling = async (): Promise<void> => {
    for (let sentAt = performance.now(); sentAt < until; sentAt = performance.now()) {
      turn += 1;
      const code = await call(accountOf(group, turn % accounts));
      const at = performance.now();
      if (code === NOTHING_LEFT) until = Math.min(until, at);
      else answered.push({ at, waitMs: at - sentAt, code });
    }
  };
  await Promise.all(Array.from({ length: callers }, keepCalling));
  return summedUp(answered, { from, until });
}

function summedUp(answered: readonly Answered[], { from, until }: { from: number; until: number }): Slice {
  const accepted = answered.filter(({ code }) => code === null);
  // Calls sent before the end and answered after it count as waits and refusals, not as speed: the slow ones are those.
  const counted = answered.filter(({ at }) => at >= from);
  const waits = (counted.length === 0 ? answered : counted).map(({ waitMs }) => waitMs);
  const refused: Record<string, number> = {};
  for (const { code } of counted) if (code !== null) refused[code] = (refused[code] ?? 0) + 1;
  return {
    perSecond: perSecond(accepted, { from, until }),
    p50: percentile(waits, 50),
    p99: percentile(waits, 99),
    calls: waits.length,
    refused,
    acknowledged: accepted.length,
  };
}

function perSecond(accepted: readonly Answered[], { from, until }: { from: number; until: number }): number {
  const inTime = accepted.filter(({ at }) => at >= from && at < until).length;
  if (inTime > 0) return (inTime * 1000) / (until - from);
  // So slow that nothing was accepted in time: the figure is what came afterwards.
  const late = accepted.filter(({ at }) => at >= until);
  if (late.length === 0) return 0;
  return (late.length * 1000) / (mustExist(late.at(-1), 'the last call').at - from);
}
