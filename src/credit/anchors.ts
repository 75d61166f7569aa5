import type { Tx } from '../db/index.ts';

/** The head hashes of a wholesaler's accounts on one day, as one hash; see credit_anchor_root in SQL. */
export type AnchorRoot = { wholesalerId: string; day: string; accounts: number; root: string };

const ACCOUNTS_PER_STATEMENT = 500;

/**
 * Anchors the head of every account that moved since it was anchored last, once a day (by UTC), and seals the day of each
 * wholesaler with a root hash. Several processes may do so at once; what is there already is left. Returns the roots of
 * the day.
 */
export async function anchorHeads(db: Tx): Promise<AnchorRoot[]> {
  const open = await db.$queryRaw<{ id: string; day: string }[]>`
    select w.id, d.day::text as day
    from wholesaler w, (select (app_clock() at time zone 'UTC')::date as day) as d
    where not exists (select from ledger_anchor_root s where s.wholesaler_id = w.id and s.day = d.day)
    order by w.id`;
  for (const { id, day } of open) {
    let after: string | null = '';
    while (after !== null) after = await writeAnchors(db, { wholesalerId: id, day, after });
    await db.$executeRaw`select credit_seal_anchors(${id}, ${day}::date)`;
  }
  return db.$queryRaw<AnchorRoot[]>`
    select wholesaler_id as "wholesalerId", day::text as day, accounts, encode(root, 'hex') as root
    from ledger_anchor_root where day = (select (app_clock() at time zone 'UTC')::date) order by wholesaler_id`;
}

async function writeAnchors(
  db: Tx,
  { wholesalerId, day, after }: { wholesalerId: string; day: string; after: string },
): Promise<string | null> {
  const [row] = await db.$queryRaw<{ last: string | null }[]>`
    select credit_write_anchors(${wholesalerId}, ${day}::date, ${after}, ${ACCOUNTS_PER_STATEMENT}::integer) as last`;
  return row?.last ?? null;
}
