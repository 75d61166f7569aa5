import type { Tx } from '../db/index.ts';
import type { AccountKey, HoldState } from './types.ts';

/** A hold as it stands; amounts in minor units. */
export type HoldFigures = {
  holdId: string;
  orderId: string;
  state: HoldState;
  amountMinor: bigint;
  capturedMinor: bigint;
  releasedMinor: bigint;
  leftMinor: bigint;
  openedAt: Date;
  expiresAt: Date;
};

/** The open holds of an account, those that expire first in front; at most `limit`. */
export function openHolds(tx: Tx, key: AccountKey, limit: number): Promise<HoldFigures[]> {
  return tx.$queryRaw<HoldFigures[]>`
    select id as "holdId", order_id as "orderId", state, amount_minor as "amountMinor",
           captured_minor as "capturedMinor", released_minor as "releasedMinor",
           amount_minor - captured_minor - released_minor as "leftMinor", opened_at as "openedAt",
           expires_at as "expiresAt"
      from credit_hold
     where wholesaler_id = ${key.wholesalerId} and retailer_id = ${key.retailerId} and state = 'open'
     order by expires_at, id limit ${limit}`;
}
