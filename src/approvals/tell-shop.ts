import type { Tx } from '../db/index.ts';
import { tellConversations } from '../inbox/index.ts';
import type { WaitingOrder } from '../orders/index.ts';
import type { ApprovalOutcome } from './types.ts';

/** Tells the chat that placed the order how its request ended, once. */
export async function tellShop(
  tx: Tx,
  order: WaitingOrder,
  end: { approvalId: string; outcome: ApprovalOutcome; availableMinor: bigint | null },
): Promise<void> {
  const { wholesalerId, lineId, personKey, id: orderId, number, retailerId, amountMinor, currency } = order;
  if (lineId === null || personKey === null) return;
  const { approvalId, outcome, availableMinor } = end;
  const payload = {
    type: 'approval_decided',
    retailerId,
    orderId,
    number,
    amountMinor: amountMinor.toString(),
    currency,
    outcome,
    availableMinor: availableMinor?.toString() ?? null,
  };
  await tellConversations(tx, wholesalerId, [{ lineId, personKey, eventKey: `i:decided:${approvalId}`, payload }]);
}
