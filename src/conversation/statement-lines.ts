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
  const { closingBalanceMinor: balance } = summary;
  const lines = [statement.heading({ period: periodText(summary, scene) })];
  if (balance > 0n) lines.push(statement.toPay({ amount: money(balance) }));
  else if (balance < 0n) lines.push(statement.inCredit({ amount: money(-balance) }));
  else lines.push(statement.settled);
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
