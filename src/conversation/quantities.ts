import { minimumOf, sizeOf, stepOf } from '../orders/quantity-rules.ts';
import { lineTotal } from '../shared/money.ts';
import type { CartLine, CatalogueProduct } from './types.ts';

/**
 * What a product's rules say about a quantity. Minimum and step are kept in thousandths of the default unit, so a
 * quantity in another unit is converted first.
 */
export type QuantityVerdict =
  | { kind: 'fine' }
  /** Zero, negative, or beyond anything that a line can hold. */
  | { kind: 'impossible' }
  /** More than anybody usually orders: asked about once, believed after a yes. */
  | { kind: 'surprising' }
  /** Below the minimum or between two steps; `nearest` may be ordered. */
  | { kind: 'off_step'; nearest: { quantityMilli: number; unit: string } };

/** 1,000,000 is more than any line may hold. */
const IMPOSSIBLE_MILLI = 1_000_000 * 1000;
const SAFE_MILLI = 9e15;

/**
 * Judges a quantity of a product. More than `cap` of a unit is surprising; `sure` means that the retailer has said yes to
 * that.
 */
export function judgeQuantity(
  product: CatalogueProduct,
  line: Omit<CartLine, 'sku'>,
  { cap, sure = false }: { cap: number; sure?: boolean | undefined },
): QuantityVerdict {
  const { quantityMilli, unit } = line;
  if (quantityMilli <= 0 || quantityMilli > IMPOSSIBLE_MILLI) return { kind: 'impossible' };
  const nearest = nearestAllowed(product, quantityMilli, unit);
  if (nearest !== null) return { kind: 'off_step', nearest };
  if (quantityMilli > cap * 1000 && !sure) return { kind: 'surprising' };
  return { kind: 'fine' };
}

/** The allowed quantity next to the one asked for; null when that one is allowed itself. */
function nearestAllowed(product: CatalogueProduct, quantityMilli: number, unit: string): Omit<CartLine, 'sku'> | null {
  const asked = (quantityMilli * sizeOf(product, unit)) / sizeOf(product, product.defaultUnit);
  const minimum = minimumOf(product);
  const step = stepOf(product);
  if (asked >= minimum - 0.5 && (step === 0 || isMultiple(asked, step))) {
    return wholePieces(product, quantityMilli, unit);
  }
  const stepped = step === 0 ? asked : Math.max(1, Math.round(asked / step)) * step;
  const lowest = step === 0 ? minimum : Math.ceil(minimum / step) * step;
  return inUnit(product, Math.min(Math.max(stepped, lowest, 1), IMPOSSIBLE_MILLI), unit);
}

/** Half a case may be whole bottles, half a bottle is none: `each` is what cannot be cut. Null when nothing is cut. */
function wholePieces(product: CatalogueProduct, quantityMilli: number, unit: string): Omit<CartLine, 'sku'> | null {
  if (product.units.each !== 1) return null;
  const pieces = (quantityMilli * sizeOf(product, unit)) / 1000;
  const whole = Math.max(1, Math.round(pieces));
  // A third of a case is written as 0.333: as long as it means whole bottles, it is taken as it was said.
  return Math.abs(pieces - whole) <= sizeOf(product, unit) / 1000
    ? null
    : { quantityMilli: whole * 1000, unit: 'each' };
}

/** Half a thousandth of slack: a third of a case converted to bottles and back is not exact. */
function isMultiple(value: number, step: number): boolean {
  return Math.abs(value - Math.round(value / step) * step) <= 0.5;
}

/** A quantity of the default unit in the unit the retailer spoke of, where that comes out even. */
function inUnit(product: CatalogueProduct, defaultMilli: number, unit: string): Omit<CartLine, 'sku'> {
  const inAsked = (defaultMilli * sizeOf(product, product.defaultUnit)) / sizeOf(product, unit);
  const isWhole = Math.abs(inAsked / 1000 - Math.round(inAsked / 1000)) < 1e-9;
  if (isWhole && inAsked >= 1000) return { quantityMilli: Math.round(inAsked), unit };
  return { quantityMilli: Math.max(1, Math.round(defaultMilli)), unit: product.defaultUnit };
}

/** The unit a line is kept in: the one said if the product has it, else its default. */
export function unitOf(product: CatalogueProduct, said: string | null): string {
  return said !== null && Object.hasOwn(product.units, said) ? said : product.defaultUnit;
}

/** What one of `unit` costs this retailer; null when there is no price, so that it cannot be sold. */
export function unitPrice(product: CatalogueProduct, unit: string): bigint | null {
  return (Object.hasOwn(product.unitPricesMinor, unit) ? product.unitPricesMinor[unit] : undefined) ?? null;
}

/** A quantity as people and the parser say it, in thousandths; bounded, so that it and its sums stay safe integers. */
export function toMilli(quantity: number): number {
  return Math.max(-SAFE_MILLI, Math.min(SAFE_MILLI, Math.round(quantity * 1000)));
}

/** Quantity times price of one line, rounded half up. */
export function costOf(quantityMilli: number, unitPriceMinor: bigint): bigint {
  return lineTotal(BigInt(quantityMilli), unitPriceMinor);
}
