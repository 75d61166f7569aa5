import Table from 'cli-table3';
import { mustExist } from '../../src/shared/assert.ts';

export type BenchOptions = {
  /** A short run, for tests of the bench itself. */
  quick: boolean;
  /** Told what is going on, a line at a time. */
  progress: (line: string) => void;
};

export type Bench = (options: BenchOptions) => Promise<Measured[]>;

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

/** The result for people: medians with the spread of the rounds. */
export function table(measured: readonly Measured[]): string {
  const columns = ['', 'median', 'lowest - highest', 'baseline', 'median', 'lowest - highest', 'ratio'];
  const lines = new Table({ head: columns, style: { head: [], border: [] }, colAligns: columns.map(alignmentOf) });
  for (const { name, unit, rounds, baseline } of measured) {
    lines.push([
      name,
      `${rounded(median(rounds))} ${unit}`,
      spread(rounds),
      baseline?.name ?? '',
      baseline === null ? '' : `${rounded(median(baseline.rounds))} ${unit}`,
      baseline === null ? '' : spread(baseline.rounds),
      baseline === null ? '' : (median(rounds) / median(baseline.rounds)).toFixed(2),
    ]);
  }
  return lines.toString();
}

const alignmentOf = (column: string): 'left' | 'right' => (column === '' || column === 'baseline' ? 'left' : 'right');

const spread = (rounds: readonly number[]): string =>
  `${rounded(Math.min(...rounds))} - ${rounded(Math.max(...rounds))}`;

const rounded = (value: number): number => Number(value.toFixed(1));
