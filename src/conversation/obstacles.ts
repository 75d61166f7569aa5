import { type Opening, openingAt } from './opening-hours.ts';
import { costOf, judgeQuantity, unitPrice } from './quantities.ts';
import { productName, quantityText, type Scene } from './scene.ts';
import type { CartLine } from './types.ts';

/** What the wholesaler's own policies have against placing an order now, whatever its credit. */
export type Obstacle = { kind: 'below_minimum'; missingMinor: bigint } | { kind: 'closed'; opensAt: Date | null };

/** The first thing that stands in the way of an order of this amount; null when it may be placed. */
export function obstacleTo(amountMinor: bigint, scene: Scene): Obstacle | null {
  const { policies } = scene.facts.wholesaler;
  const missingMinor = BigInt(policies.minimumOrderMinor) - amountMinor;
  if (missingMinor > 0n) return { kind: 'below_minimum', missingMinor };
  const opening = policies.outsideHours === 'refuse' ? openingNow(scene) : { isOpen: true as const };
  return opening.isOpen ? null : { kind: 'closed', opensAt: opening.opensAt };
}

/** Whether orders were, or are, refused at that moment because it is outside the hours. */
export function isRefusedAt(at: Date, { facts: { wholesaler } }: Scene): boolean {
  const { policies, timeZone } = wholesaler;
  return policies.outsideHours === 'refuse' && !openingAt(policies, timeZone, at).isOpen;
}

/** The obstacle in words: what is missing, or until when, and what may be done about it. */
export function obstacleText(obstacle: Obstacle, cart: readonly CartLine[], scene: Scene): string {
  const { rules } = scene.t;
  if (obstacle.kind === 'closed') return rules.closedRefused({ opens: opensText(obstacle.opensAt, scene) });
  const { missingMinor } = obstacle;
  return rules.belowMinimum({
    minimum: scene.money(BigInt(scene.facts.wholesaler.policies.minimumOrderMinor)),
    missing: scene.money(missingMinor),
    example: whatWouldDo(missingMinor, cart, scene),
  });
}

/** What a placed order is told besides: outside the hours, when it will be worked on. Null when that is now. */
export function afterHoursText(scene: Scene): string | null {
  const opening = openingNow(scene);
  return opening.isOpen ? null : scene.t.rules.closedTaken({ opens: opensText(opening.opensAt, scene) });
}

function openingNow({ facts }: Scene): Opening {
  return openingAt(facts.wholesaler.policies, facts.wholesaler.timeZone, facts.now);
}

const WITHIN_A_WEEK_MS = 6 * 24 * 3_600_000;

/** "Monday 8:00": the weekday says it within six days; a day farther off needs its date. */
function opensText(opensAt: Date | null, { locale, facts }: Scene): string | null {
  if (opensAt === null) return null;
  const { timeZone } = facts.wholesaler;
  const isFar = opensAt.getTime() - facts.now.getTime() > WITHIN_A_WEEK_MS;
  const date = isFar ? ({ day: 'numeric', month: 'long' } as const) : {};
  const day = new Intl.DateTimeFormat(locale, { weekday: 'long', ...date, timeZone }).format(opensAt);
  const time = new Intl.DateTimeFormat(locale, { hour: 'numeric', minute: '2-digit', timeZone }).format(opensAt);
  return `${day} ${time}`;
}

/** An addition that would make up for what is missing, of something that is in the order already. */
function whatWouldDo(missingMinor: bigint, cart: readonly CartLine[], scene: Scene): string | null {
  const { policies } = scene.facts.wholesaler;
  for (const line of cart) {
    const product = scene.facts.catalogue.products.get(line.sku);
    const each = product === undefined ? null : unitPrice(product, line.unit);
    if (product === undefined || each === null || each <= 0n) continue;
    const count = Number((missingMinor + each - 1n) / each);
    const quantityMilli = count * 1000;
    const whole = { unit: line.unit, quantityMilli: line.quantityMilli + quantityMilli };
    if (judgeQuantity(product, whole, { cap: policies.quantityCap }).kind !== 'fine') continue;
    if (costOf(quantityMilli, each) < missingMinor) continue;
    return `${quantityText(quantityMilli, line.unit, scene)} ${productName(product)}`;
  }
  return null;
}
