import { lineTotal } from '../shared/money.ts';
import { type QuantityRules, rulesIn } from './quantity-rules.ts';

export type LineToTrim = {
  unit: string;
  quantityMilli: number;
  unitPriceMinor: bigint;
  rules: QuantityRules;
};

export type Trimmed<Line extends LineToTrim> = {
  /** What is left, in the order of the lines given; a line of which nothing fits is gone. */
  lines: Line[];
  amountMinor: bigint;
  /** By line, how much less it is than was asked for. */
  missing: { line: Line; quantityMilli: number }[];
};

/**
 * The order cut down to what there is credit for. Small lines are served first and whole, so the large ones give way: a
 * shop that runs short misses one of forty cases less than the only carton of matches, and most of an order's value lies
 * in few lines anyway. Cutting in the order of writing would let the last lines go for no better reason than their place;
 * cutting every line by the same share leaves a shop with a little too little of everything.
 *
 * What comes out can not be added to: one more step of any line that was cut would be too much. Lines of one value keep
 * the order in which they were written, so the answer is always the same.
 */
export function trimToFit<Line extends LineToTrim>(lines: readonly Line[], availableMinor: bigint): Trimmed<Line> {
  const smallestFirst = lines
    .map((line, at) => ({ at, totalMinor: costOf(line, line.quantityMilli) }))
    .toSorted((one, other) => compare(one.totalMinor, other.totalMinor) || one.at - other.at);
  const kept = new Map<number, number>();
  let roomMinor = availableMinor;
  for (const { at } of smallestFirst) {
    const line = lines[at];
    const quantityMilli = line === undefined ? 0 : mostThatFits(line, roomMinor);
    if (line === undefined || quantityMilli === 0) continue;
    kept.set(at, quantityMilli);
    roomMinor -= costOf(line, quantityMilli);
  }
  return {
    lines: lines.flatMap((line, at) => {
      const quantityMilli = kept.get(at) ?? 0;
      return quantityMilli === 0 ? [] : [{ ...line, quantityMilli }];
    }),
    amountMinor: availableMinor - roomMinor,
    missing: lines.flatMap((line, at) => {
      const quantityMilli = line.quantityMilli - (kept.get(at) ?? 0);
      return quantityMilli === 0 ? [] : [{ line, quantityMilli }];
    }),
  };
}

/** All of the line, else the largest allowed quantity below it that costs no more than `roomMinor`; 0 for none. */
function mostThatFits(line: LineToTrim, roomMinor: bigint): number {
  if (roomMinor < 0n) return 0;
  if (costOf(line, line.quantityMilli) <= roomMinor) return line.quantityMilli;
  const { minimumMilli, stepMilli } = rulesIn(line.rules, line.unit);
  // A line's total is rounded half up, so it may be half a minor unit less than it costs: that much is let in, and what
  // turns out too much by it is one step less. The price is above zero, or all of the line had fitted.
  const affordable = Number((roomMinor * 1000n + 500n) / line.unitPriceMinor);
  let steps = Math.floor(Math.min(affordable, line.quantityMilli) / stepMilli);
  while (steps > 0 && costOf(line, steps * stepMilli) > roomMinor) steps -= 1;
  const quantityMilli = steps * stepMilli;
  return quantityMilli >= minimumMilli ? quantityMilli : 0;
}

function costOf({ unitPriceMinor }: LineToTrim, quantityMilli: number): bigint {
  return lineTotal(BigInt(quantityMilli), unitPriceMinor);
}

function compare(one: bigint, other: bigint): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
