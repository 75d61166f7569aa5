import type { ParserProduct } from '../../src/parser/index.ts';

/** A product of no size of its own, sold by default in the first of its units. */
export const product = (
  sku: string,
  name: string,
  units: Record<string, number>,
  aliases: string[] = [],
): ParserProduct => ({ sku, name, units, defaultUnit: Object.keys(units)[0] ?? 'each', aliases });
