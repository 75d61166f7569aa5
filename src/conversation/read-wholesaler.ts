import type { Tx } from '../db/index.ts';
import type { WholesalerPolicies } from '../shared/policies.ts';
import { readPolicies } from '../shared/policies.ts';

export type WholesalerRow = {
  id: string;
  name: string;
  currency: string;
  language: string;
  timeZone: string;
  policies: WholesalerPolicies;
  /** How long an order keeps its credit, where the wholesaler decided it; null: as long as the account says. */
  holdLifetimeMinutes: number | null;
  catalogueVersion: number;
  /** The database's present moment: one for all events of a set. */
  now: Date;
};

/** The wholesaler as this set of events finds it. */
export async function readWholesaler(tx: Tx, wholesalerId: string): Promise<WholesalerRow | null> {
  const [row] = await tx.$queryRaw<(Omit<WholesalerRow, 'policies' | 'holdLifetimeMinutes'> & { policies: unknown })[]>`
    select id, name, currency, language, time_zone as "timeZone", policies, catalogue_version as "catalogueVersion",
           app_clock() as now
      from wholesaler where id = ${wholesalerId}`;
  if (row === undefined) return null;
  const policies = readPolicies(row.policies);
  return { ...row, policies, holdLifetimeMinutes: isDecided(row.policies) ? policies.holdLifetimeHours * 60 : null };
}

function isDecided(stored: unknown): boolean {
  return typeof stored === 'object' && stored !== null && 'holdLifetimeHours' in stored;
}
