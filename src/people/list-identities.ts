import type { Tx } from '../db/index.ts';
import type { IdKind } from './types.ts';

export type Identity = {
  id: string;
  kind: IdKind | 'username';
  value: string;
  /** Those of one person have the same. */
  personId: string;
  since: Date;
  /** Since when it opens the account no more. */
  endedAt: Date | null;
  /** The claim that has to be decided before it opens the account again. */
  heldBy: string | null;
  /** They also decide about orders above the credit. */
  isApprover: boolean;
};

/** The phones and ids that open a shop's account, and with `ended` those that did, in the order of their ids. */
export async function listIdentities(
  tx: Tx,
  asked: {
    wholesalerId: string;
    retailerId: string;
    ended: boolean;
    afterId?: string | null | undefined;
    limit: number;
  },
): Promise<Identity[]> {
  const { wholesalerId, retailerId, ended, afterId = null, limit } = asked;
  return tx.$queryRaw<Identity[]>`
    select id, kind, value, person_id as "personId", valid_from as since, valid_to as "endedAt", held_by as "heldBy",
           approver_id is not null as "isApprover"
      from identity
     where wholesaler_id = ${wholesalerId} and retailer_id = ${retailerId} and (${ended} or valid_to is null)
       and (${afterId}::uuid is null or id > ${afterId}::uuid)
     order by id limit ${limit}`;
}
