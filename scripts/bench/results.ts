import Table from 'cli-table3';
import { mustExist } from '../../src/shared/assert.ts';

export type BenchOptions = {
  /** A short run, for tests of the bench itself. */
  quick: boolean;
  /** Told what is going on, a line at a time. */
  progress: (line: string) => void;
};

export type Bench = (options: BenchOptions) => Promise<Outcome>;

export type Outcome = {
  measured: Measured[];
  /** What the table has no column for; for people only. */
  notes?: string[];
};

/** One figure of a bench, measured in several rounds, beside that of a baseline measured in the same rounds. */
export type Measured = {
  name: string;
  unit: string;
  rounds: readonly number[];
  baseline: { name: string; rounds: readonly number[] } | null;
};

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = mustExist(sorted[middle], 'a value to take the median of');
  return sorted.length % 2 === 1 ? upper : (upper + mustExist(sorted[middle - 1], 'its neighbour')) / 2;
}

/** The smallest value that so many percent of all do not exceed. */
export function percentile(values: readonly number[], percent: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const at = Math.max(0, Math.ceil((sorted.length * percent) / 100) - 1);
  return mustExist(sorted[at], 'a value to take the percentile of');
}

/**
 * Encloses the median with 90 % confidence or more, whatever the distribution: the order statistics of the binomial.
 * With fewer than five rounds nothing does, and the lowest and the highest stand for it.
 */
export function boundsOf(values: readonly number[]): [low: number, high: number] {
  const sorted = [...values].sort((a, b) => a - b);
  const left = leftOut(sorted.length);
  return [
    mustExist(sorted[left], 'the lower end of the interval'),
    mustExist(sorted[sorted.length - 1 - left], 'the upper end of the interval'),
  ];
}

/** The bounds as people read them. */
export function interval(values: readonly number[], digits = 1): string {
  return boundsOf(values)
    .map((value) => Number(value.toFixed(digits)))
    .join(' - ');
}

/** How many values may be left out at each end. */
function leftOut(count: number): number {
  // P(fewer than k of n fall below the median), for each end at most 5 %.
  let ways = 1;
  let below = 0;
  for (let left = 0; left < count / 2; left += 1) {
    below += ways / 2 ** count;
    if (below > 0.05) return Math.max(0, left - 1);
    ways = (ways * (count - left)) / (left + 1);
  }
  return 0;
}

/** Round by round: what disturbs a round disturbs both. */
export const ratiosOf = (values: readonly number[], baseline: readonly number[]): number[] =>
  values.flatMap((value, round) => {
    const other = baseline[round];
    return other === undefined || other === 0 ? [] : [value / other];
  });

/** The result for programs, as the contract has it. */
export function jsonLine(bench: string, measured: readonly Measured[]): string {
  return JSON.stringify({
    bench,
    results: measured.map(({ name, unit, rounds, baseline }) => {
      const value = median(rounds);
      const baselineValue = baseline === null ? null : median(baseline.rounds);
      return {
        name,
        value: rounded(value),
        unit,
        baseline: baseline?.name ?? null,
        baselineValue: baselineValue === null ? null : rounded(baselineValue),
        ratio: baselineValue === null ? null : Number((value / baselineValue).toFixed(3)),
      };
    }),
  });
}

/** The result for people: medians with their 90 % intervals. */
export function table(measured: readonly Measured[]): string {
  const columns = ['', 'median', '90 % interval', 'baseline', 'median', '90 % interval', 'ratio', '90 % interval'];
  const lines = new Table({ head: columns, style: { head: [], border: [] }, colAligns: columns.map(alignmentOf) });
  for (const { name, unit, rounds, baseline } of measured) {
    lines.push([
      name,
      `${rounded(median(rounds))} ${unit}`,
      interval(rounds),
      baseline?.name ?? '',
      baseline === null ? '' : `${rounded(median(baseline.rounds))} ${unit}`,
      baseline === null ? '' : interval(baseline.rounds),
      baseline === null ? '' : (median(rounds) / median(baseline.rounds)).toFixed(2),
      baseline === null ? '' : interval(ratiosOf(rounds, baseline.rounds), 2),
    ]);
  }
  return lines.toString();
}

const alignmentOf = (column: string): 'left' | 'right' => (column === '' || column === 'baseline' ? 'left' : 'right');

export const shown = (value: number): string => String(rounded(value));

const rounded = (value: number): number => Number(value.toFixed(1));
