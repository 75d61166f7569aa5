import { formatMinor } from '../shared/money.ts';
import type { TracedAnswer } from './types.ts';

/** The arithmetic of a verdict, one line for each step a person would take; nothing where nothing was decided. */
export function tellDecision(answer: TracedAnswer | null, currency: string, locale = 'en'): string[] {
  if (answer === null) return [];
  const money = (minor: bigint | null | undefined): string => formatMinor(minor ?? 0n, currency, locale);
  if (answer.placed === true) {
    if (answer.replayed === true) return [`order ${answer.number} was placed before; nothing changes`];
    const before = (answer.availableMinor ?? 0n) + (answer.amountMinor ?? 0n);
    return [
      `available ${money(before)} - order ${money(answer.amountMinor)} = ${money(answer.availableMinor)}: approved`,
    ];
  }
  if (answer.placed === false) {
    const { account } = answer;
    const figures =
      account === null || account === undefined
        ? ''
        : `limit ${money(account.limitMinor)} - owed ${money(account.owedMinor)} - held ${money(account.heldMinor)} = ` +
          `available ${money(account.availableMinor)}; order ${money(answer.amountMinor)}`;
    const short = answer.shortByMinor ? `, short by ${money(answer.shortByMinor)}` : '';
    return [`${figures}${short}: ${answer.code}`];
  }
  if (answer.cancelled === true) {
    return [
      `order ${answer.number} released ${money(answer.releasedMinor)}, available ${money(answer.availableMinor)}`,
    ];
  }
  return [];
}
