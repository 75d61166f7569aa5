import { describe, expect, test } from 'vitest';
import { judgeQuantity } from '../../src/conversation/quantities.ts';
import { rulesIn } from '../../src/orders/quantity-rules.ts';
import { type LineToTrim, trimToFit } from '../../src/orders/trim-to-fit.ts';
import { lineTotal } from '../../src/shared/money.ts';
import fc from '../support/properties.ts';

const plain = { units: { each: 1, case: 24 }, defaultUnit: 'case', minimumMilli: 1000, stepMilli: 1000 };
const line = (quantity: number, unitPriceMinor: bigint, more: Partial<LineToTrim> = {}): LineToTrim => ({
  unit: 'case',
  quantityMilli: quantity * 1000,
  unitPriceMinor,
  rules: plain,
  ...more,
});
const quantities = (trimmed: { lines: LineToTrim[] }) => trimmed.lines.map(({ quantityMilli }) => quantityMilli / 1000);
const totalOf = (lines: readonly LineToTrim[]): bigint =>
  lines.reduce((sum, { quantityMilli, unitPriceMinor }) => sum + lineTotal(BigInt(quantityMilli), unitPriceMinor), 0n);

describe('an order that is more than the credit left', () => {
  test('gives way in its largest line and keeps the small ones whole: 40 tuna and 10 flour on 900', () => {
    const [tuna, flour] = [line(40, 3_000n), line(10, 1_200n)];
    const trimmed = trimToFit([tuna, flour], 90_000n);
    expect(quantities(trimmed)).toEqual([26, 10]);
    expect(trimmed.amountMinor).toBe(90_000n);
    expect(trimmed.missing).toEqual([{ line: tuna, quantityMilli: 14_000 }]);
  });

  test('loses a line of which not even the least amount fits, and says so', () => {
    const fridge = line(1, 50_000n);
    const trimmed = trimToFit([fridge, line(3, 1_000n)], 10_000n);
    expect(quantities(trimmed)).toEqual([3]);
    expect(trimmed.missing).toEqual([{ line: fridge, quantityMilli: 1_000 }]);
  });

  test('keeps the minimum and the steps of a product, also in another unit than they were set for', () => {
    const bySix = { ...plain, stepMilli: 6_000, minimumMilli: 12_000 };
    expect(quantities(trimToFit([line(60, 100n, { rules: bySix })], 2_300n))).toEqual([18]);
    expect(quantities(trimToFit([line(60, 100n, { rules: bySix })], 1_100n))).toEqual([]);
    // Six cases are 144 bottles: half that would be no step of six cases.
    expect(rulesIn(bySix, 'each')).toEqual({ stepMilli: 144_000, minimumMilli: 288_000 });
  });

  test('is nothing at all where there is no credit, and all of it where everything fits', () => {
    expect(trimToFit([line(1, 100n)], -5n)).toMatchObject({ lines: [], amountMinor: 0n });
    expect(trimToFit([line(2, 100n)], 200n)).toMatchObject({ amountMinor: 200n, missing: [] });
  });
});

describe('whatever the order', () => {
  const anyLine = fc
    .record({
      unit: fc.constantFrom('each', 'case', 'dozen'),
      quantityMilli: fc.oneof(
        fc.integer({ min: 1, max: 300 }).map((n) => n * 1000),
        fc.integer({ min: 1, max: 90_000 }),
      ),
      unitPriceMinor: fc.bigInt({ min: 0n, max: 50_000n }),
      minimum: fc.integer({ min: 0, max: 12 }),
      step: fc.constantFrom(0, 1000, 2000, 6000, 500),
      defaultUnit: fc.constantFrom('each', 'case'),
    })
    .map(
      ({ minimum, step, defaultUnit, ...rest }): LineToTrim => ({
        ...rest,
        rules: {
          units: { each: 1, dozen: 12, case: 24 },
          defaultUnit,
          minimumMilli: minimum * 1000,
          stepMilli: step,
        },
      }),
    );
  const anyOrder = fc.array(anyLine, { maxLength: 12 });
  const anyRoom = fc.bigInt({ min: -1_000n, max: 3_000_000n });

  test('it is never above what is available, only ever less of the same lines, and adds up', () => {
    fc.assert(
      fc.property(anyOrder, anyRoom, (lines, available) => {
        const trimmed = trimToFit(lines, available);
        expect(trimmed.amountMinor).toBe(totalOf(trimmed.lines));
        if (available >= 0n) expect(trimmed.amountMinor <= available).toBe(true);
        else expect(trimmed.lines).toEqual([]);
        const kept = trimmed.lines.values();
        const missing = new Map(trimmed.missing.map((one) => [one.line, one.quantityMilli]));
        for (const asked of lines) {
          const left = asked.quantityMilli - (missing.get(asked) ?? 0);
          expect(left >= 0 && left <= asked.quantityMilli).toBe(true);
          if (left > 0) expect(kept.next().value).toEqual({ ...asked, quantityMilli: left });
        }
        expect(kept.next().done).toBe(true);
        expect(trimToFit(lines, available)).toEqual(trimmed);
      }),
    );
  });

  test('a line that was cut is still one that the product allows', () => {
    fc.assert(
      fc.property(anyOrder, anyRoom, (lines, available) => {
        const trimmed = trimToFit(lines, available);
        const whole = new Set(lines.filter((asked) => !trimmed.missing.some((one) => one.line === asked)));
        const cut = trimmed.lines.filter((left) => ![...whole].some((asked) => isSame(asked, left)));
        for (const { rules, unit, quantityMilli } of cut) {
          const product = { ...rules, unitPricesMinor: {}, sku: 'x', name: 'x', size: null, cartUnit: unit } as never;
          expect(judgeQuantity(product, { unit, quantityMilli }, { cap: 1, sure: true })).toEqual({ kind: 'fine' });
        }
      }),
    );
  });

  test('nothing could be added: one more step of a line that was cut is too much', () => {
    fc.assert(
      fc.property(anyOrder, fc.bigInt({ min: 0n, max: 3_000_000n }), (lines, available) => {
        const trimmed = trimToFit(lines, available);
        for (const { line: asked, quantityMilli: less } of trimmed.missing) {
          const { minimumMilli, stepMilli } = rulesIn(asked.rules, asked.unit);
          const now = asked.quantityMilli - less;
          const more = Math.max(minimumMilli, now + stepMilli);
          if (more > asked.quantityMilli) continue;
          const added = lineTotal(BigInt(more), asked.unitPriceMinor) - lineTotal(BigInt(now), asked.unitPriceMinor);
          expect(trimmed.amountMinor + added > available).toBe(true);
        }
      }),
    );
  });
});

function isSame(one: LineToTrim, other: LineToTrim): boolean {
  return JSON.stringify({ ...one, unitPriceMinor: '' }) === JSON.stringify({ ...other, unitPriceMinor: '' });
}
