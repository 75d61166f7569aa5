import { type Database, inTransaction, isTransient } from '../db/index.ts';
import { lapseWaitingOrders, proposeWaitingOrders, shopsThatWait } from '../orders/index.ts';
import type { Logger } from '../shared/logger.ts';
import { createRepeater } from '../shared/repeater.ts';
import { dueRequests, expireApproval } from './expire.ts';

export type WaitingUpkeep = {
  start(): void;
  /** Waits for the round that is under way. */
  stop(): Promise<void>;
};

/** Far more than a wholesaler has waiting at a time; what is left over is the next round's. */
const PER_ROUND = 500;

/**
 * What orders that wait need done without anybody asking: requests and waits end in time, and shops are asked about
 * orders that fit, whatever made room. Runs in every process beside the others; what two do at once is done once.
 */
export function createWaitingUpkeep(options: { db: Database; logger: Logger; everyMs?: number }): WaitingUpkeep {
  const { db, logger, everyMs = 5_000 } = options;
  const { start, stop } = createRepeater({
    everyMs,
    onFailure: (error) =>
      logger[isTransient(error) ? 'warn' : 'error'](
        { err: error },
        'sweep of waiting orders failed, tried again later',
      ),
    async round() {
      const done = await sweepWaiting(db);
      if (done.expired + done.lapsed + done.proposed > 0) logger.info(done, 'waiting orders swept');
    },
  });
  return { start, stop };
}

/** One round over all wholesalers. Each request, and each wholesaler, is a transaction of its own. */
export async function sweepWaiting(db: Database): Promise<{ expired: number; lapsed: number; proposed: number }> {
  const done = { expired: 0, lapsed: 0, proposed: 0 };
  for (const request of await dueRequests(db.prisma, PER_ROUND)) {
    if (await inTransaction(db, (tx) => expireApproval(tx, request))) done.expired += 1;
  }
  const shops = await shopsThatWait(db.prisma, { wholesalerId: '', retailerId: '' }, PER_ROUND);
  for (const wholesalerId of new Set(shops.map((shop) => shop.wholesalerId))) {
    const retailerIds = shops.filter((shop) => shop.wholesalerId === wholesalerId).map((shop) => shop.retailerId);
    done.lapsed += await inTransaction(db, (tx) => lapseWaitingOrders(tx, wholesalerId, PER_ROUND));
    done.proposed += await inTransaction(db, (tx) => proposeWaitingOrders(tx, wholesalerId, retailerIds));
  }
  return done;
}
