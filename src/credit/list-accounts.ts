import type { Tx } from '../db/index.ts';
import { readAccounts } from './read-accounts.ts';
import type { AccountFigures, AccountStatus } from './types.ts';

/** A page of a wholesaler's accounts in the order of their shops' ids, after `after`. */
export async function listAccounts(
  tx: Tx,
  query: { wholesalerId: string; status?: AccountStatus | undefined; after?: string | undefined; limit: number },
): Promise<AccountFigures[]> {
  const { wholesalerId, status = null, after = '', limit } = query;
  const keys = await tx.$queryRaw<{ retailerId: string }[]>`
    select retailer_id as "retailerId" from credit_account
     where wholesaler_id = ${wholesalerId} and retailer_id > ${after}
       and (${status}::text is null or status = ${status})
     order by retailer_id limit ${limit}`;
  const found = await readAccounts(
    tx,
    keys.map(({ retailerId }) => ({ wholesalerId, retailerId })),
  );
  const figures = new Map(found.map((account) => [account.retailerId, account]));
  return keys.flatMap(({ retailerId }) => figures.get(retailerId) ?? []);
}
