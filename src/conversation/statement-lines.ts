import { formatMinor } from '../shared/money.ts';
import { dayText, periodText, todayOf } from './dates.ts';
import { dueLines } from './due-lines.ts';
import { type Scene, wordsText } from './scene.ts';
import type { Found } from './types.ts';

export type StatementFound = Extract<Found, { kind: 'statement' }>;

/** A statement in a few lines, short enough to stand under its PDF. */
export function statementLines({ summary, dues, fileId }: StatementFound, scene: Scene): string[] {
  const { statement } = scene.t.money;
  if (summary === null) return [scene.t.account.missing({ wholesaler: scene.facts.wholesaler.name })];
  const money = (minor: bigint): string => formatMinor(minor, summary.currency, scene.locale);
  const lines = [
    statement.heading({ period: periodText(summary, scene) }),
    balanceText(summary.closingBalanceMinor, money, scene),
  ];
  // Due dates are of today, and belong to a statement that ends today.
  if (summary.to > todayOf(scene)) lines.push(...dueLines(dues, scene));
  lines.push('');
  if (summary.last.length === 0) lines.push(statement.none);
  else lines.push(statement.movements);
  for (const { day, kind, orderNumber, reference, movedMinor } of summary.last) {
    const what = statement.what({
      kind,
      number: orderNumber,
      reference: reference === null ? null : wordsText(reference),
    });
    lines.push(statement.movement({ date: dayText(day, scene), what, amount: money(movedMinor) }));
  }
  lines.push(fileId === null ? statement.tooLong : statement.inPdf);
  return lines;
}

/** What a statement comes to, and for whom: an amount alone would not say whether it is owed. */
export function balanceText(balanceMinor: bigint, money: (minor: bigint) => string, { t }: Scene): string {
  const { toPay, inCredit, settled } = t.money.statement;
  if (balanceMinor > 0n) return toPay({ amount: money(balanceMinor) });
  return balanceMinor < 0n ? inCredit({ amount: money(-balanceMinor) }) : settled;
}
