import type { Database } from '../db/index.ts';
import type { Change } from './differences.ts';

/** What autovacuum waits for at the least; for less the old statistics do. */
const WORTHWHILE = 500;

type Kind = Change['kind'];

/** The tables that the database's own `analyze_filled` may analyse for us. */
const TABLES: Partial<Record<Kind, readonly string[]>> = {
  product: ['product'],
  retailer: ['retailer'],
  identity: ['identity'],
  account: ['credit_account', 'receivable', 'ledger_entry'],
};

/** How many of each kind an import wrote. */
export function countKinds(changes: readonly Change[]): Partial<Record<Kind, number>> {
  const counts: Partial<Record<Kind, number>> = {};
  for (const { kind } of changes) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
}

/**
 * Tells the planner of what an import filled. Without it look-ups of people and products of a large shop took their time
 * until autovacuum came by. A courtesy, after the import's COMMIT: what fails here fails nothing.
 */
export async function analyzeFilled(
  database: Pick<Database, 'prisma'>,
  counts: Partial<Record<Kind, number>>,
): Promise<void> {
  const filled = (Object.keys(counts) as Kind[]).filter((kind) => (counts[kind] ?? 0) >= WORTHWHILE);
  const tables = filled.flatMap((kind) => TABLES[kind] ?? []);
  if (tables.length === 0) return;
  await database.prisma.$executeRaw`select analyze_filled(${tables}::text[])`.catch(() => undefined);
}
