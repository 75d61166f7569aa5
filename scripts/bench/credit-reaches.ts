// What the credit lock has to reach, and whether this run reached it.
import type { Design } from './credit-designs.ts';
import type { Slice } from './credit-load.ts';
import { boundsOf, interval, median, ratiosOf } from './results.ts';

/** The counted slices of one design under one load, a slice per round. */
export type SlicesOf = (load: string, design: Design) => readonly Slice[];

type Reach =
  | { what: string; values: readonly number[]; atLeast: number }
  | { what: string; values: readonly number[]; below: number };

/** One line per reach. It is met when the 90 % interval of the median touches it: a single run cannot say more. */
export function reachLines(slicesOf: SlicesOf): string[] {
  const speeds = (load: string, design: Design): number[] => slicesOf(load, design).map(({ perSecond }) => perSecond);
  const against = (load: string, baseline: Design): number[] =>
    ratiosOf(speeds(load, 'credit'), speeds(load, baseline));
  const ofHot = (load: string): number[] => ratiosOf(speeds(load, 'credit'), speeds('hot-32', 'credit'));
  const p99 = (load: string): number[] => slicesOf(load, 'credit').map((slice) => slice.p99);
  const givenUp = (loads: readonly string[]): number[] => [
    loads
      .flatMap((load) => slicesOf(load, 'credit'))
      .reduce((sum, { refused }) => sum + (refused.MAX_RETRIES_EXCEEDED ?? 0), 0),
  ];
  const reaches: Reach[] = [
    { what: 'hot-32 x insert', values: against('hot-32', 'insert'), atLeast: 1 },
    { what: 'hot-32-history-10000 x insert', values: against('hot-32-history-10000', 'insert'), atLeast: 1 },
    { what: 'hot-32-history-10000 x original', values: against('hot-32-history-10000', 'original'), atLeast: 20 },
    { what: 'hot-32 p99 ms', values: p99('hot-32'), below: 50 },
    { what: 'hot-32-history-10000 p99 ms', values: p99('hot-32-history-10000'), below: 50 },
    { what: 'spread-32 x insert', values: against('spread-32', 'insert'), atLeast: 0.5 },
    { what: 'hot-32-history-100000 x hot-32', values: ofHot('hot-32-history-100000'), atLeast: 0.9 },
    { what: 'one-1 x insert', values: against('one-1', 'insert'), atLeast: 0.4 },
    { what: 'processes-2 x hot-32', values: ofHot('processes-2'), atLeast: 0.5 },
    { what: 'given up in one process', values: givenUp(ONE_PROCESS), below: 1 },
    { what: 'given up in two processes', values: givenUp(['processes-2']), below: 1 },
  ];
  return reaches.map(lineOf);
}

const ONE_PROCESS = ['one-1', 'hot-8', 'hot-32', 'spread-32', 'hot-32-history-10000', 'hot-32-history-100000'];

function lineOf(reach: Reach): string {
  const [low, high] = boundsOf(reach.values);
  const met = 'atLeast' in reach ? high >= reach.atLeast : low < reach.below;
  const wanted = 'atLeast' in reach ? `at least ${reach.atLeast}` : `below ${reach.below}`;
  const measured = `${Number(median(reach.values).toFixed(2))} (${interval(reach.values, 2)})`;
  return `${met ? 'met   ' : 'missed'} ${reach.what}: ${measured}, ${wanted}`;
}
