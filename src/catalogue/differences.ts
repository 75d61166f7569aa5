import { canonical } from '../shared/canonical.ts';

/** One thing that an import changed, in words for a person: "product", "COKE500", "priceMinor 1800 -> 1900". */
export type Change = {
  kind: 'wholesaler' | 'line' | 'product' | 'retailer' | 'approver' | 'identity' | 'staff' | 'account';
  id: string;
  what: string;
};

/** What differs between a stored thing and what it should be, in the file's own names. Empty: nothing to write. */
export function differences<T extends object>(before: T, after: T): string[] {
  const was = new Map(Object.entries(before));
  return Object.entries(after)
    .filter(([name, value]) => canonical(was.get(name)) !== canonical(value))
    .map(([name, value]) => `${name} ${shown(was.get(name))} -> ${shown(value)}`);
}

function shown(value: unknown): string {
  if (value === undefined || value === null) return 'none';
  return typeof value === 'string' ? value : canonical(value);
}

/** Cuts a list into parts of at most `size`, so that no statement grows with the size of a shop. */
export function inParts<T>(list: readonly T[], size = 5_000): T[][] {
  const parts: T[][] = [];
  for (let at = 0; at < list.length; at += size) parts.push(list.slice(at, at + size));
  return parts;
}
