import type { Tx } from '../db/index.ts';

/** What a new wholesaler has done so far. */
export type SetupSteps = { hasProducts: boolean; hasShops: boolean; hasLine: boolean };

/** What there is and what is still to be done before the first order. */
export async function setupSteps(tx: Tx, wholesalerId: string): Promise<SetupSteps> {
  const [row] = await tx.$queryRaw<SetupSteps[]>`
    select exists (select from product where wholesaler_id = ${wholesalerId}) as "hasProducts",
           exists (select from retailer where wholesaler_id = ${wholesalerId}) as "hasShops",
           exists (select from line where wholesaler_id = ${wholesalerId} and retired_at is null) as "hasLine"`;
  return row ?? { hasProducts: false, hasShops: false, hasLine: false };
}
