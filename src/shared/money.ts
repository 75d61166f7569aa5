import { assert } from './assert.ts';

declare const minor: unique symbol;
/** An amount of money in whole minor units (paise, cents, fils) of a currency that travels beside it. */
export type Minor = bigint & { readonly [minor]: true };

/** Brands a bigint as minor units. */
export const asMinor = (value: bigint): Minor => value as Minor;

/** Quantities are kept in thousandths, because a quantity has at most 3 decimals (contract). */
export const QUANTITY_SCALE = 1000;

const exponents = new Map<string, number>();

/** How many decimals the currency has, from Intl: 2 for INR, 0 for JPY, 3 for KWD. Throws on an unknown code. */
export function currencyExponent(currency: string): number {
  const known = exponents.get(currency);
  if (known !== undefined) return known;
  assert(/^[A-Z]{3}$/.test(currency), `not an ISO 4217 currency code: ${currency}`);
  const found = new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits;
  assert(found !== undefined, `Intl knows no exponent for ${currency}`);
  exponents.set(currency, found);
  return found;
}

const formats = new Map<string, Intl.NumberFormat>();

/** The amount as a person of `language` reads it, without the currency sign: 1240000n INR in en is "12,400.00". */
export function formatMinor(amount: bigint, currency: string, language: string): string {
  const exponent = currencyExponent(currency);
  const key = `${language}/${exponent}`;
  let format = formats.get(key);
  if (format === undefined) {
    format = new Intl.NumberFormat(language, { minimumFractionDigits: exponent, maximumFractionDigits: exponent });
    formats.set(key, format);
  }
  // Intl takes a decimal string exactly, so no amount ever passes through a float.
  return format.format(minorToDecimal(amount, currency) as Intl.StringNumericLiteral);
}

const currencyFormats = new Map<string, Intl.NumberFormat>();

/** The amount with the sign of its currency, for messages that stand alone: "₹12,400.00". */
export function formatWithCurrency(amount: bigint, currency: string, language: string): string {
  const key = `${language}/${currency}`;
  let format = currencyFormats.get(key);
  if (format === undefined) {
    format = new Intl.NumberFormat(language, { style: 'currency', currency });
    currencyFormats.set(key, format);
  }
  return format.format(minorToDecimal(amount, currency) as Intl.StringNumericLiteral);
}

/** The amount for programs: major units, a dot, always all decimals of the currency. 1240000n INR is "12400.00". */
export function minorToDecimal(amount: bigint, currency: string): string {
  const exponent = currencyExponent(currency);
  const digits = (amount < 0n ? -amount : amount).toString().padStart(exponent + 1, '0');
  const whole = digits.slice(0, digits.length - exponent);
  const fraction = digits.slice(digits.length - exponent);
  return `${amount < 0n ? '-' : ''}${whole}${exponent > 0 ? `.${fraction}` : ''}`;
}

/** Quantity (in thousandths) times a unit price in minor units, rounded half up, as one line of an order costs. */
export function lineTotal(quantityMilli: bigint, unitPriceMinor: bigint): Minor {
  assert(quantityMilli >= 0n && unitPriceMinor >= 0n, 'a line of an order is never negative');
  return asMinor((quantityMilli * unitPriceMinor + 500n) / 1000n);
}
