import { dayText } from './dates.ts';
import type { Scene } from './scene.ts';
import type { Dues } from './types.ts';

/** What is overdue since when, and what is due next. */
export function dueLines(dues: Dues | null, scene: Scene): string[] {
  if (dues === null) return [];
  const { balance } = scene.t.money;
  const lines: string[] = [];
  if (dues.pastSince !== null) {
    lines.push(balance.overdue({ amount: scene.money(dues.pastMinor), date: dayText(dues.pastSince, scene) }));
  }
  if (dues.nextOn !== null) {
    lines.push(balance.dueNext({ amount: scene.money(dues.nextMinor), date: dayText(dues.nextOn, scene) }));
  }
  if (dues.unappliedMinor > 0n) lines.push(balance.paidAhead({ amount: scene.money(dues.unappliedMinor) }));
  return lines;
}
