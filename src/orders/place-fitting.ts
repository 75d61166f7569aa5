import type { PricedLine } from '../catalogue/index.ts';
import { lineTotal } from '../shared/money.ts';
import type { OrderDesk, OrderToPlace } from './place-order.ts';
import { trimToFit } from './trim-to-fit.ts';
import type { PlaceAnswer } from './types.ts';

/** Others spend meanwhile: after so many cuts the order is refused as it stands. */
const CUTS_MAX = 3;

/** The order cut down to so much credit; null when nothing of it fits. */
export function cutDown(
  order: OrderToPlace,
  lines: readonly PricedLine[],
  availableMinor: bigint,
): OrderToPlace | null {
  const trimmed = trimToFit(lines, availableMinor);
  if (trimmed.amountMinor <= 0n) return null;
  return {
    ...order,
    amountMinor: trimmed.amountMinor,
    lines: trimmed.lines.map((line) => ({
      ...line,
      totalMinor: lineTotal(BigInt(line.quantityMilli), line.unitPriceMinor),
    })),
  };
}

/**
 * Places an order, or as much of it as there is credit for: the lock's own refusal says how much that is, so nothing is
 * asked for twice where all of it fits.
 */
export async function placeFitting(
  desk: OrderDesk,
  order: OrderToPlace,
  lines: readonly PricedLine[],
): Promise<{ order: OrderToPlace; answer: PlaceAnswer }> {
  let asked = order;
  for (let cuts = 0; ; cuts += 1) {
    const answer = await desk.place(asked);
    const isShort = answer.kind === 'refused' && answer.code === 'INSUFFICIENT_CREDIT' && answer.figures !== null;
    if (!isShort || cuts === CUTS_MAX) return { order: asked, answer };
    const cut = cutDown(order, lines, answer.figures?.availableMinor ?? 0n);
    if (cut === null) return { order: asked, answer };
    asked = cut;
  }
}
