import { type Database, inTransaction, type Tx } from '../db/index.ts';
import { analyzeFilled, countKinds } from './analyze-filled.ts';
import type { Change } from './differences.ts';
import { importAccounts } from './import-accounts.ts';
import { importApprovers, importIdentities, importRetailers, importStaff } from './import-people.ts';
import { importProducts } from './import-products.ts';
import { importLines, importWholesaler } from './import-wholesaler.ts';
import type { Shop } from './shop-schema.ts';

export type ImportOptions = {
  /** Do everything, report it, and roll it back. */
  dryRun?: boolean;
};

/** A shop with tens of thousands of products or retailers takes its time; nobody waits for it in a chat. */
const LIMITS = { maxWaitMs: 10_000, timeoutMs: 600_000 };

/**
 * Makes the database say what the file says, in one transaction: all of it or nothing. What the file leaves out stays
 * as it is, and importing the same file again changes nothing. Refuses with a `SetupError` a WhatsApp number that
 * another wholesaler uses, and a new currency for accounts that have one.
 */
export async function importShop(
  database: Pick<Database, 'prisma'>,
  shop: Shop,
  options: ImportOptions = {},
): Promise<{ changes: Change[] }> {
  try {
    const changes = await inTransaction(
      database,
      async (tx) => {
        const made = await importShopWithin(tx, shop);
        if (options.dryRun === true) throw new DryRunEnded(made);
        return made;
      },
      LIMITS,
    );
    await analyzeFilled(database, countKinds(changes));
    return { changes };
  } catch (error) {
    if (error instanceof DryRunEnded) return { changes: error.changes };
    throw error;
  }
}

/** Leaves the transaction of a dry run: throwing is the only way to roll one back. */
class DryRunEnded extends Error {
  readonly changes: Change[];

  constructor(changes: Change[]) {
    super('the dry run ended');
    this.changes = changes;
  }
}

/** As `importShop`, in the caller's transaction. */
export async function importShopWithin(tx: Tx, shop: Shop): Promise<Change[]> {
  const { lines = [], products = [], retailers = [], approvers = [], staff = [] } = shop;
  // The wholesaler comes first, for its row is the lock that makes two imports of one shop take turns.
  const { wholesaler, changes } = await importWholesaler(tx, shop.wholesaler);
  return [
    ...changes,
    ...(await importLines(tx, wholesaler.id, lines)),
    ...(await importProducts(tx, wholesaler.id, products)),
    ...(await importRetailers(tx, wholesaler.id, retailers)),
    ...(await importApprovers(tx, wholesaler.id, approvers)),
    ...(await importIdentities(tx, wholesaler.id, { retailers, approvers })),
    ...(await importStaff(tx, wholesaler.id, staff)),
    ...(await importAccounts(tx, wholesaler, retailers)),
  ];
}
