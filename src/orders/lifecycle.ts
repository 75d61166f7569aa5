/** Every state that an order can be in; the names are part of the contract with outsiders. */
export const ORDER_STATUSES = [
  'waiting_for_approval',
  'waiting_on_credit',
  'approved',
  'part_delivered',
  'delivered',
  'cancelled',
  'rejected',
  'expired',
] as const;
export type OrderStatus = (typeof ORDER_STATUSES)[number];

/** An order without a hold: it waits for somebody's word, or for credit. */
export type WaitingStatus = 'waiting_for_approval' | 'waiting_on_credit';

/**
 * What may become of an order. The trigger `order_keeps_its_course` refuses everything else in the database, whoever
 * writes; a test compares the two for every pair. Re-opening leads from a closed order back to an approved one with a
 * hold of its own. A rejected order stays rejected: the shop orders again.
 */
const NEXT: Readonly<Record<OrderStatus, readonly OrderStatus[]>> = {
  waiting_for_approval: ['approved', 'rejected', 'cancelled', 'expired'],
  waiting_on_credit: ['approved', 'cancelled', 'expired'],
  approved: ['part_delivered', 'delivered', 'cancelled', 'expired'],
  part_delivered: ['delivered'],
  delivered: [],
  cancelled: ['approved'],
  rejected: [],
  expired: ['approved'],
};

/** Whether an order that is `from` may become `to`. */
export function mayBecome(from: OrderStatus, to: OrderStatus): boolean {
  return NEXT[from].includes(to);
}

/** Whether an order waits and stands on no credit yet. */
export function isWaiting(status: string): status is WaitingStatus {
  return status === 'waiting_for_approval' || status === 'waiting_on_credit';
}
