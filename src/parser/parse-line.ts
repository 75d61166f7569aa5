import type { QuantityLine } from './types.ts';

export function parseLine(text: string): QuantityLine {
  return { quantity: null, unit: '', name: text };
}
