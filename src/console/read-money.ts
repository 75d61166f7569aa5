import { currencyExponent } from '../shared/money.ts';

/**
 * An amount as somebody types it in their locale: "1,20,000.50", "1 200,50", "1200". Null when it is none, has more
 * decimals than the currency, or leaves in doubt which mark is the decimal one.
 */
export function readMoney(text: string, currency: string, locale: string): bigint | null {
  return readDecimal(text, currencyExponent(currency), locale);
}

/** A quantity as somebody types it, in thousandths; null when it is none or has more than 3 decimals. */
export function readQuantity(text: string, locale: string): number | null {
  const milli = readDecimal(text, 3, locale);
  return milli === null ? null : Number(milli);
}

function readDecimal(text: string, decimals: number, locale: string): bigint | null {
  const decimal = decimalMark(locale);
  const plain = text.replaceAll(/[\s\u00a0\u202f']/g, '');
  const at = plain.lastIndexOf(decimal);
  const [whole, fraction] = at < 0 ? [plain, ''] : [plain.slice(0, at), plain.slice(at + 1)];
  const group = decimal === ',' ? '.' : ',';
  // Groups of two or three digits: Indian lakhs and everybody's thousands. Anything else may be a decimal in disguise.
  const grouped = new RegExp(`^\\d{1,3}(?:\\${group}\\d{2,3})*\\${group}\\d{3}$`);
  if (!/^\d+$/.test(whole) && !grouped.test(whole)) return null;
  if (!/^\d*$/.test(fraction) || fraction.length > decimals || (at >= 0 && fraction === '')) return null;
  const digits = whole.replaceAll(group, '');
  if (digits.length > 15) return null;
  return BigInt(digits + fraction.padEnd(decimals, '0'));
}

const marks = new Map<string, string>();

function decimalMark(locale: string): string {
  const known = marks.get(locale);
  if (known !== undefined) return known;
  const parts = new Intl.NumberFormat(locale).formatToParts(1.5);
  const mark = parts.find(({ type }) => type === 'decimal')?.value === ',' ? ',' : '.';
  marks.set(locale, mark);
  return mark;
}
