import { lockFreeAccounts } from '../credit/index.ts';
import type { Tx } from '../db/index.ts';
import { mustExist } from '../shared/assert.ts';
import type { Decision } from './decide.ts';

/**
 * Locks the credit accounts that this set needs, as far as nobody else holds them, and names the events whose account
 * is held. A set never waits for an account: one slow caller must not delay everybody else's messages.
 */
export async function findBusy(tx: Tx, wholesalerId: string, decisions: Decision[]): Promise<Set<string>> {
  const needing = new Map(
    decisions.flatMap((decision) => {
      const retailerId = accountOf(decision);
      return retailerId === null ? [] : [[decision.item.event.id, retailerId] as const];
    }),
  );
  const retailerIds = [...new Set(needing.values())];
  if (retailerIds.length === 0) return new Set();
  const free = await lockFreeAccounts(
    tx,
    retailerIds.map((retailerId) => ({ wholesalerId, retailerId })),
  );
  const freeIds = new Set(free.map((key) => key.retailerId));
  return new Set([...needing].flatMap(([eventId, retailerId]) => (freeIds.has(retailerId) ? [] : [eventId])));
}

/** The shop whose account an effect locks; null where it needs none. */
function accountOf({ step: { effect }, facts }: Decision): string | null {
  switch (effect?.kind) {
    case 'place_order':
    case 'cancel_order':
    case 'keep_held':
      return facts.account === null ? null : mustExist(facts.retailer, 'a retailer').id;
    // What is decided already locks nothing.
    case 'decide_approval':
      return facts.approvals.find(({ id }) => id === effect.approvalId)?.retailerId ?? null;
    default:
      return null;
  }
}
