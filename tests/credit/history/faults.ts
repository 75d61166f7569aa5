/** What a fault run has in common: callers at work while something is broken around them, then the settling of accounts. */
import { waitFor } from '../../support/wait-for.ts';
import { type Call, type Caller, isUnknown } from './callers.ts';
import { keyOf } from './judge.ts';
import { type Load, runLoad } from './load.ts';

export type FaultRun = {
  load: Load;
  /** Those at work now; a run may replace them. */
  callers: Caller[];
  random: () => number;
  calls: number;
  lanes: number;
  /** Breaks something, so many times: each after this many further answers. */
  breaks: { every: number; what: (isOver: () => boolean) => Promise<unknown> };
  whenUnknown?: () => Promise<unknown>;
};

export type Broken = { calls: Call[]; breaks: number };

/** Makes the calls and breaks things meanwhile, until all calls are answered or lost. */
export async function runUnderFault(run: FaultRun): Promise<Broken> {
  let answered = 0;
  let isOver = false;
  let breaks = 0;
  const work = runLoad({
    ...{ load: run.load, calls: run.calls, lanes: run.lanes },
    caller: () => run.callers[Math.floor(run.random() * run.callers.length)] as Caller,
    onAnswer: (count) => {
      answered = count;
    },
    ...(run.whenUnknown && { whenUnknown: run.whenUnknown }),
  }).finally(() => {
    isOver = true;
  });
  // Told of below, unless breaking fails first.
  work.catch(() => undefined);
  while (!isOver) {
    const next = answered + run.breaks.every;
    await waitFor('the next answers', () => isOver || answered >= next, 60_000);
    if (isOver) break;
    await run.breaks.what(() => isOver);
    breaks += 1;
  }
  return { calls: await work, breaks };
}

/** Asks again for everything whose outcome nobody knows, until it is known; returns these calls. */
export async function replayUnknown(calls: readonly Call[], caller: Caller): Promise<Call[]> {
  const made: Call[] = [];
  const asked = new Set<string>();
  for (const { request } of calls.filter(isUnknown)) {
    const name = `${keyOf(request)} ${'amountMinor' in request ? request.amountMinor : ''}`;
    if (asked.has(name)) continue;
    asked.add(name);
    await waitFor(`the outcome of ${name}`, async () => {
      const call = await caller.call(request);
      made.push(call);
      return !isUnknown(call);
    });
  }
  return made;
}
