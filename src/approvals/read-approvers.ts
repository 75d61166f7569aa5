import type { Tx } from '../db/index.ts';

/** Who may approve: by which name they are greeted, and in which language, where somebody said so. */
type Approver = { id: string; name: string; language: string | null };

/** Approvers by id. */
export async function readApprovers(tx: Tx, wholesalerId: string, ids: string[]): Promise<Map<string, Approver>> {
  if (ids.length === 0) return new Map();
  const rows = await tx.$queryRaw<Approver[]>`
    select id, name, language from approver where wholesaler_id = ${wholesalerId} and id = any (${ids}::uuid[])`;
  return new Map(rows.map((row) => [row.id, row]));
}
