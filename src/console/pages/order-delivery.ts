import type { OrderSheet } from '../../orders/index.ts';
import { readMoney, readQuantity } from '../read-money.ts';
import type { Formats } from '../view/formats.ts';

/** What a delivery form says was delivered: all that is left, so much of each line, or a part by its amount. */
export type ReadDelivery =
  | { ok: true; lines?: DeliveredLine[]; amountMinor?: bigint; releaseRest: boolean }
  | { ok: false; errors: Record<string, string> };

type DeliveredLine = { position: number; sku: string; unit: string; quantityMilli: number };

/** The name of the field that says how much of this line came. */
export const lineField = (position: number): string => `line-${position}`;

/** What was left of the order when the form was made. */
export const seenOf = (order: Pick<OrderSheet, 'hold'>): string => String(order.hold?.leftMinor ?? 0n);

/**
 * Reads the form of a delivery. Quantities or an amount under "all that is left" are a doubt and no delivery: whoever wrote
 * them meant a part.
 */
export function readDelivery(
  form: URLSearchParams,
  order: Pick<OrderSheet, 'lines' | 'currency' | 'hold'>,
  format: Pick<Formats, 'locale' | 'money'>,
): ReadDelivery {
  const how = form.get('how') ?? '';
  const amount = (form.get('amount') ?? '').trim();
  const typed = order.lines.flatMap(({ position, sku, unit }) => {
    const text = (form.get(lineField(position)) ?? '').trim();
    return text === '' ? [] : [{ position, sku, unit, quantityMilli: readQuantity(text, format.locale) }];
  });
  const wrong = (errors: Record<string, string>): ReadDelivery => ({ ok: false, errors });
  if (how === 'all') {
    if (typed.length === 0 && amount === '') return { ok: true, releaseRest: false };
    return wrong({ how: 'You wrote how much came: choose a part, or empty those fields.' });
  }
  if (how !== 'part' && how !== 'last') return wrong({ how: 'Choose what was delivered.' });
  const releaseRest = how === 'last';
  if (typed.length === 0) {
    const amountMinor = readMoney(amount, order.currency, format.locale);
    if (amountMinor !== null && amountMinor > 0n) return { ok: true, amountMinor, releaseRest };
    const example = `such as ${format.money(order.hold?.leftMinor ?? 0n)}`;
    const hasLines = order.lines.length > 0 && amount === '';
    return wrong({
      amount: hasLines
        ? `Write how much of each came, or an amount ${example}.`
        : `Write what was delivered, ${example}.`,
    });
  }
  if (amount !== '') return wrong({ amount: 'Write the quantities or the amount, not both.' });
  const unreadable = typed.filter(({ quantityMilli }) => quantityMilli === null);
  if (unreadable.length > 0) {
    return wrong(
      Object.fromEntries(unreadable.map(({ position }) => [lineField(position), 'Write a number, such as 2 or 0.5.'])),
    );
  }
  const lines = typed.flatMap(({ quantityMilli, ...line }) => (quantityMilli ? [{ ...line, quantityMilli }] : []));
  return lines.length > 0
    ? { ok: true, lines, releaseRest }
    : wrong({ how: 'Nothing of it came: there is nothing to book.' });
}
