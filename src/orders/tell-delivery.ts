import type { Booked } from '../credit/index.ts';
import type { Tx } from '../db/index.ts';
import { tellRetailer } from '../notices/index.ts';
import { mustExist } from '../shared/assert.ts';
import type { StoredOrder } from './order-store.ts';
import { type LineAfter, leftOf, restOf } from './value-lines.ts';

/** Lines that the shop is told one by one, of those that came and of those that did not; the rest is counted. */
const TOLD_MAX = 10;

export type Delivery = {
  order: StoredOrder;
  booked: Booked;
  /** What was ordered and is not charged: still held, or given back. */
  restMinor: bigint;
  /** Null where the delivery was told by its amount. */
  lines: LineAfter[] | null;
};

/** Tells the shop what came, what is charged and what became of the rest; once, in the transaction of the booking. */
export async function tellDelivery(tx: Tx, { order, booked, restMinor, lines }: Delivery): Promise<void> {
  const { wholesalerId, retailerId, currency, number } = order;
  const came = (lines ?? []).filter(({ nowMilli }) => nowMilli > 0);
  const missing = restMinor === 0n ? [] : missingOf(lines ?? [], restMinor);
  const told = restMinor === 0n ? [] : came;
  await tellRetailer(tx, {
    wholesalerId,
    retailerId,
    eventKey: `i:delivered:${mustExist(booked.ledgerEntryId, 'the entry of the delivery')}`,
    payload: {
      type: 'order_delivered',
      retailerId,
      currency,
      number,
      outcome: restMinor === 0n ? 'whole' : booked.hold?.state === 'open' ? 'rest_kept' : 'rest_released',
      amountMinor: booked.amountMinor.toString(),
      dueOn: booked.receivable?.dueOn ?? null,
      restMinor: restMinor.toString(),
      came: told.slice(0, TOLD_MAX).map((line) => goods(line, line.nowMilli)),
      cameLeftOut: Math.max(0, told.length - TOLD_MAX),
      missing: missing.slice(0, TOLD_MAX).map((line) => goods(line, leftOf(line))),
      missingLeftOut: Math.max(0, missing.length - TOLD_MAX),
      owedMinor: booked.figures.owedMinor.toString(),
      availableMinor: booked.figures.availableMinor.toString(),
    },
  });
}

/** The lines that are missing; none where an earlier delivery was told by its amount, and nobody knows which they are. */
function missingOf(lines: readonly LineAfter[], restMinor: bigint): LineAfter[] {
  const rest = lines.reduce((sum, line) => sum + restOf(line), 0n);
  return rest === restMinor ? lines.filter((line) => leftOf(line) > 0) : [];
}

const goods = ({ name, unit }: LineAfter, quantityMilli: number) => ({ name, unit, quantityMilli });
