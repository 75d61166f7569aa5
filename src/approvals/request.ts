import { readAccounts } from '../credit/index.ts';
import type { Tx } from '../db/index.ts';
import { mustExist } from '../shared/assert.ts';
import { newId } from '../shared/ids.ts';
import { tellApprovers } from './approver-chats.ts';

export type ToRequest = {
  orderId: string;
  retailerId: string;
  amountMinor: bigint;
  lineId: string;
  waitMinutes: number;
};

/**
 * Asks every approver about orders that were just stored to wait for approval, in the caller's transaction: the request
 * and the news of it are there if and only if the order is. What is asked for is what is missing now, and no more will be
 * granted, whatever happens to the account meanwhile.
 */
export async function requestApprovals(tx: Tx, wholesalerId: string, orders: ToRequest[]): Promise<void> {
  if (orders.length === 0) return;
  const accounts = await readAccounts(
    tx,
    orders.map(({ retailerId }) => ({ wholesalerId, retailerId })),
  );
  const rows = orders.map(({ orderId, retailerId, amountMinor, waitMinutes }) => {
    const account = mustExist(
      accounts.find((one) => one.retailerId === retailerId),
      'the account of an order that waits',
    );
    const shortMinor = amountMinor - account.availableMinor;
    return {
      id: newId(),
      order_id: orderId,
      retailer_id: retailerId,
      // Credit may have come free since the shop was shown what is missing: then nothing has to be granted.
      short_minor: (shortMinor > 0n ? shortMinor : 1n).toString(),
      limit_minor: account.limitMinor.toString(),
      owed_minor: account.owedMinor.toString(),
      held_minor: account.heldMinor.toString(),
      overdue_minor: account.overdueMinor.toString(),
      wait_minutes: waitMinutes,
    };
  });
  await tx.$executeRaw`
    insert into approval_request (wholesaler_id, id, order_id, retailer_id, short_minor, limit_minor, owed_minor, held_minor,
                                  overdue_minor, expires_at)
    select ${wholesalerId}, id, order_id, retailer_id, short_minor, limit_minor, owed_minor, held_minor, overdue_minor,
           app_clock() + wait_minutes * interval '1 minute'
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (
        id uuid, order_id text, retailer_id text, short_minor bigint, limit_minor bigint, owed_minor bigint,
        held_minor bigint, overdue_minor bigint, wait_minutes integer)`;
  await tellApprovers(
    tx,
    wholesalerId,
    orders.map(({ lineId }, at) => {
      const approvalId = mustExist(rows[at], 'the row of a request').id;
      return { lineId, eventKey: `i:approval:${approvalId}`, payload: { type: 'approval_asked', approvalId } };
    }),
  );
}
