import { awaitAccounts, captureHold, refused } from '../credit/index.ts';
import type { Tx } from '../db/index.ts';
import { addDelivered, allDelivered, readLinesSoFar } from './delivered-lines.ts';
import { orderKey, readOrders } from './order-store.ts';
import { tellDelivery } from './tell-delivery.ts';
import type { DeliverAnswer, DeliverItem, LineMistake } from './types.ts';
import { type LineAfter, valueLines } from './value-lines.ts';

/**
 * Books a delivery, of a part or of all that is left, as a debt of the shop and tells the shop, in the caller's
 * transaction: account, hold and order are locked in that order, so a cancellation at the same moment either comes first
 * or is told. The same key books, counts its lines and tells once: a repeat gets the first answer, whatever its lines are.
 */
export async function deliverOrder(tx: Tx, item: DeliverItem): Promise<DeliverAnswer> {
  const { wholesalerId, orderId } = item;
  const refuse = <Why>(because: Why) => ({ kind: 'refused' as const, orderId, because });
  const order = (await readOrders(tx, [item])).get(orderKey(wholesalerId, orderId));
  if (order === undefined || order.ledgerEntryId === null) return refuse('not_found' as const);
  // Before lines and hold are read: of two deliveries at once the second counts on the first.
  if ((await awaitAccounts(tx, [order])).length === 0) return refuse(refused('MAX_RETRIES_EXCEEDED'));
  const before = await readBefore(tx, item, order.ledgerEntryId);
  const { seenLeftMinor = before.leftMinor } = item;
  // The same delivery again finds what it changed itself.
  if (seenLeftMinor !== before.leftMinor && before.bookedMinor === null) return refuse('changed' as const);
  const asked = await chargeOf(tx, item, before);
  if (asked.kind === 'faulty') return { ...refuse('faulty_lines' as const), mistakes: asked.mistakes };
  const { amountMinor, lines } = asked;
  if (amountMinor === 0n) return refuse('already_closed' as const);
  const booked = await captureHold(tx, {
    wholesalerId,
    holdId: order.ledgerEntryId,
    key: item.key,
    amountMinor,
    reference: item.reference ?? null,
    releaseRest: item.releaseRest,
    reason: item.reason ?? null,
    actor: item.actor,
    source: item.source,
  });
  if (booked.kind === 'refused') return refuse(booked);
  const status = booked.hold?.state === 'open' ? 'part_delivered' : 'delivered';
  await tx.$executeRaw`
    update orders set status = ${status}, closed_at = case when ${status} = 'delivered' then app_clock() end
     where wholesaler_id = ${wholesalerId} and id = ${orderId} and status in ('approved', 'part_delivered')`;
  if (!booked.replayed) {
    const restMinor = before.leftMinor > booked.amountMinor ? before.leftMinor - booked.amountMinor : 0n;
    if (restMinor === 0n) await allDelivered(tx, item);
    else if (lines !== null) await addDelivered(tx, item, lines);
    await tellDelivery(tx, { order, booked, restMinor, lines });
  }
  return {
    kind: 'delivered',
    orderId,
    number: order.number,
    status,
    amountMinor: booked.amountMinor,
    leftMinor: booked.hold?.leftMinor ?? 0n,
    receivableId: booked.receivable?.id ?? null,
    dueOn: booked.receivable?.dueOn ?? null,
    availableMinor: booked.figures.availableMinor,
    replayed: booked.replayed,
  };
}

type Before = {
  /** What the same delivery booked when it came before. */
  bookedMinor: bigint | null;
  leftMinor: bigint;
};

async function readBefore(tx: Tx, { wholesalerId, key }: DeliverItem, holdId: string): Promise<Before> {
  const [row] = await tx.$queryRaw<Before[]>`
    select (select e.owed_delta from ledger_entry e where e.wholesaler_id = ${wholesalerId} and e.key = ${key})
             as "bookedMinor",
           coalesce((select h.amount_minor - h.captured_minor - h.released_minor from credit_hold h
                      where h.wholesaler_id = ${wholesalerId} and h.id = ${holdId}::uuid), 0) as "leftMinor"`;
  return row ?? { bookedMinor: null, leftMinor: 0n };
}

type Charge =
  | { kind: 'valued'; amountMinor: bigint; lines: LineAfter[] | null }
  | { kind: 'faulty'; mistakes: LineMistake[] };

async function chargeOf(tx: Tx, item: DeliverItem, { bookedMinor, leftMinor }: Before): Promise<Charge> {
  if (item.lines !== undefined && bookedMinor === null) {
    return valueLines(await readLinesSoFar(tx, item), item.lines);
  }
  const amountMinor = item.lines === undefined ? item.amountMinor : undefined;
  return { kind: 'valued', amountMinor: amountMinor ?? bookedMinor ?? leftMinor, lines: null };
}
