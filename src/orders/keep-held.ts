import { extendHold } from '../credit/index.ts';
import type { Tx } from '../db/index.ts';

export type KeepItem = {
  wholesalerId: string;
  retailerId: string;
  orderId: string;
  /** Makes it happen once. */
  key: string;
  actor: string;
};

export type KeepAnswer = { kind: 'kept'; number: number; until: Date } | { kind: 'not_open' } | { kind: 'busy' };

/** The shop still wants an order whose hold is about to lapse: its credit is kept for another lifetime of a hold. */
export async function keepHeld(tx: Tx, item: KeepItem): Promise<KeepAnswer> {
  const { wholesalerId, retailerId, orderId, key, actor } = item;
  const [order] = await tx.$queryRaw<{ holdId: string; number: number; until: Date }[]>`
    select h.id as "holdId", o.number, app_clock() + make_interval(mins => a.hold_lifetime_minutes) as until
      from orders o
      join credit_hold h on h.wholesaler_id = o.wholesaler_id and h.id = o.credit_ledger_entry_id and h.state = 'open'
      join credit_account a on a.wholesaler_id = o.wholesaler_id and a.retailer_id = o.retailer_id
     where o.wholesaler_id = ${wholesalerId} and o.id = ${orderId} and o.retailer_id = ${retailerId}
       and o.status = 'approved'`;
  if (order === undefined) return { kind: 'not_open' };
  const { holdId, number, until } = order;
  const reason = 'the shop still wants the order';
  const answer = await extendHold(tx, { wholesalerId, holdId, key, expiresAt: until, reason, actor, source: 'chat' });
  if (!('code' in answer)) return { kind: 'kept', number, until };
  return answer.code === 'MAX_RETRIES_EXCEEDED' ? { kind: 'busy' } : { kind: 'not_open' };
}
