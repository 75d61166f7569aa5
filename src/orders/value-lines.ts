import { lineTotal } from '../shared/money.ts';
import type { DeliveredLine, LineMistake } from './types.ts';

/** A line of an order, and what came of it so far. */
export type LineSoFar = {
  position: number;
  sku: string;
  name: string;
  unit: string;
  quantityMilli: number;
  deliveredMilli: number;
  unitPriceMinor: bigint;
};

/** Lines after a delivery; `nowMilli` is what it brought. */
export type LineAfter = LineSoFar & { nowMilli: number };

/**
 * What delivered lines are worth at the prices that the order fixed; or which of them it does not have, or has no more of.
 * Each line is rounded half up on all that came of it so far, so the parts add up to the line. Pure.
 */
export function valueLines(
  ordered: readonly LineSoFar[],
  delivered: readonly DeliveredLine[],
): { kind: 'valued'; amountMinor: bigint; lines: LineAfter[] } | { kind: 'faulty'; mistakes: LineMistake[] } {
  const mistakes: LineMistake[] = [];
  const lines = ordered.map((line) => ({ ...line, nowMilli: 0 }));
  delivered.forEach(({ sku, unit, position, quantityMilli }, index) => {
    const ofProduct = lines.filter(
      (line) =>
        line.sku === sku &&
        (unit === undefined || line.unit === unit) &&
        (position === undefined || line.position === position),
    );
    const line = ofProduct.find((one) => quantityMilli <= leftOf(one)) ?? ofProduct[0];
    if (line === undefined) {
      mistakes.push({ index, field: 'sku', message: `the order has no line of "${sku}"${unit ? ` by ${unit}` : ''}` });
    } else if (!Number.isSafeInteger(quantityMilli) || quantityMilli <= 0) {
      mistakes.push({ index, field: 'quantity', message: 'must be above zero, with at most 3 decimals' });
    } else if (quantityMilli > leftOf(line)) {
      mistakes.push({ index, field: 'quantity', message: tooMuch(line) });
    } else {
      line.nowMilli += quantityMilli;
    }
  });
  if (mistakes.length > 0) return { kind: 'faulty', mistakes };
  const amountMinor = lines.reduce((sum, line) => sum + chargeOf(line), 0n);
  if (amountMinor > 0n) return { kind: 'valued', amountMinor, lines };
  return {
    kind: 'faulty',
    mistakes: [{ index: 0, field: 'quantity', message: 'these lines cost nothing by themselves' }],
  };
}

/** What was ordered of a line and has not come. */
export const leftOf = ({ quantityMilli, deliveredMilli, nowMilli }: LineAfter): number =>
  quantityMilli - deliveredMilli - nowMilli;

/** What is still to be charged of a line. */
export const restOf = (line: LineAfter): bigint =>
  worthOf(line, line.quantityMilli) - worthOf(line, line.deliveredMilli + line.nowMilli);

const chargeOf = (line: LineAfter): bigint =>
  worthOf(line, line.deliveredMilli + line.nowMilli) - worthOf(line, line.deliveredMilli);

const worthOf = ({ unitPriceMinor }: LineAfter, milli: number): bigint => lineTotal(BigInt(milli), unitPriceMinor);

function tooMuch(line: LineAfter): string {
  const ordered = `the order has ${line.quantityMilli / 1000} ${line.unit} of it`;
  const left = leftOf(line);
  return left === line.quantityMilli ? ordered : `${ordered}, of which ${left / 1000} are left`;
}
