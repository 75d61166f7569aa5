import { debtsOf } from '../credit/index.ts';
import type { Tx } from '../db/index.ts';
import type { Debt } from './types.ts';

/** More are not listed to a shop; what they come to is never cut. */
const DEBTS_MAX = 200;

/** Open debts by shop, oldest due first. No statement where nobody is asked about. */
export async function readDebts(tx: Tx, wholesalerId: string, retailerIds: string[]): Promise<Map<string, Debt[]>> {
  const debts = new Map<string, Debt[]>();
  for (const { retailerId, leftMinor, dueOn } of await debtsOf(tx, wholesalerId, retailerIds, DEBTS_MAX)) {
    const known = debts.get(retailerId);
    if (known === undefined) debts.set(retailerId, [{ leftMinor, dueOn }]);
    else known.push({ leftMinor, dueOn });
  }
  return debts;
}
