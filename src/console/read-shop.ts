import { readMoney } from './read-money.ts';
import type { PageRequest } from './route.ts';

/**
 * A phone as people write it, in the digits that WhatsApp knows it by. Null without the country code: 98000 00001 is a
 * number in several countries, and whoever has it would order on the account.
 */
export function readPhone(text: string): string | null {
  const plain = text.replaceAll(/[\s\u00a0().\-/]/g, '');
  const digits = /^(?:\+|00)([1-9]\d{6,14})$/.exec(plain)?.[1];
  return digits ?? null;
}

/** The terms on which an account is opened; money in minor units. */
export type Terms = { limitMinor: bigint; owedMinor: bigint; termsDays: number; graceDays: number };

/** Reads the fields of `termsFields`; what is wrong with them is added to `errors`. */
export function readTerms({ form, wholesaler, format }: PageRequest, errors: Record<string, string>): Terms {
  const text = (name: string): string => (form.get(name) ?? '').trim();
  const money = (name: string, empty: bigint | null): bigint => {
    const minor = text(name) === '' ? empty : readMoney(text(name), wholesaler.currency, format.locale);
    if (minor === null) errors[name] = `Write an amount such as ${format.money(10_000_00n)}.`;
    return minor ?? 0n;
  };
  const days = (name: string): number => {
    if (!/^\d{1,4}$/.test(text(name)) || Number(text(name)) > 3650)
      errors[name] = 'Write a number of days, such as 14.';
    return Number(text(name));
  };
  return {
    limitMinor: money('limit', null),
    owedMinor: money('owed', 0n),
    termsDays: days('termsDays'),
    graceDays: days('graceDays'),
  };
}
