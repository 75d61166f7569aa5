import type { Tx } from '../db/index.ts';
import { Prisma } from '../generated/prisma/client.ts';
import type { QueuedClaim, SameReference } from './types.ts';

/** The largest page, and one that tells that there are more. */
const LIMIT_MAX = 201;

/** `decided`: recorded or refused. */
export type ClaimState = QueuedClaim['state'] | 'decided';

/**
 * The cashier's queue, oldest first; those decided on, claimed last first, from `beforeId` on. Ids are made in the order of
 * time, so they are the order of pages. At most 201 at once.
 */
export function listClaims(
  tx: Tx,
  query: {
    wholesalerId: string;
    state: ClaimState;
    /** The last claim of the page before. */
    afterId?: string | undefined;
    limit?: number;
  },
): Promise<QueuedClaim[]> {
  const { wholesalerId, state, afterId = null, limit = LIMIT_MAX } = query;
  const max = Math.min(Math.max(Math.trunc(limit) || 1, 1), LIMIT_MAX);
  return readClaims(
    tx,
    wholesalerId,
    state === 'open'
      ? Prisma.sql`c.state = 'open' and (${afterId}::uuid is null or (c.claimed_at, c.id) > (
            select p.claimed_at, p.id from claimed_payment p
             where p.wholesaler_id = ${wholesalerId} and p.id = ${afterId}::uuid))
          order by c.claimed_at, c.id limit ${max}`
      : Prisma.sql`c.state = any (${state === 'decided' ? ['recorded', 'refused'] : [state]}::text[])
            and (${afterId}::uuid is null or c.id < ${afterId}::uuid)
          order by c.id desc limit ${max}`,
  );
}

/** One claim; null where the wholesaler has none with this id. */
export async function readClaim(tx: Tx, wholesalerId: string, claimId: string): Promise<QueuedClaim | null> {
  const [claim] = await readClaims(tx, wholesalerId, Prisma.sql`c.id = ${claimId}::uuid`);
  return claim ?? null;
}

/** How many wait for the cashier. */
export async function countOpenClaims(tx: Tx, wholesalerId: string): Promise<number> {
  const [row] = await tx.$queryRaw<{ count: number }[]>`
    select count(*)::int as count from claimed_payment where wholesaler_id = ${wholesalerId} and state = 'open'`;
  return row?.count ?? 0;
}

async function readClaims(tx: Tx, wholesalerId: string, which: Prisma.Sql): Promise<QueuedClaim[]> {
  const rows = await tx.$queryRaw<(QueuedClaim & { sameReference: JsonReference[] })[]>`
    select c.id as "claimId", c.retailer_id as "retailerId", r.name as "retailerName", c.amount_minor as "amountMinor",
           c.currency, c.method, c.reference, c.photo_event_id as "photoEventId", c.claimed_at as "claimedAt", c.state,
           c.decided_at as "decidedAt", c.decided_by as "decidedBy", c.payment_id as "paymentId", c.refusal,
           coalesce(a.owed_minor, 0) as "owedMinor",
           coalesce((select jsonb_agg(s order by s.at) from (
             select 'payment' as what, p.id::text as id, p.retailer_id as "retailerId", p.amount_minor::text as "amountMinor",
                    p.received_at as at
               from payment p
              where p.wholesaler_id = c.wholesaler_id and p.reference = c.reference
                and p.reversed_by is null and p.id is distinct from c.payment_id
             union all
             select 'claim', o.id::text, o.retailer_id, o.amount_minor::text, o.claimed_at
               from claimed_payment o
              where o.wholesaler_id = c.wholesaler_id and o.reference_key = c.reference_key and o.id <> c.id
              limit 10) s), '[]') as "sameReference"
      from claimed_payment c
      join retailer r on r.wholesaler_id = c.wholesaler_id and r.id = c.retailer_id
      left join credit_account a on a.wholesaler_id = c.wholesaler_id and a.retailer_id = c.retailer_id
     where c.wholesaler_id = ${wholesalerId} and ${which}`;
  return rows.map((row) => ({ ...row, sameReference: row.sameReference.map(toReference) }));
}

type JsonReference = Omit<SameReference, 'amountMinor' | 'at'> & { amountMinor: string | null; at: string };

function toReference({ amountMinor, at, ...rest }: JsonReference): SameReference {
  return { ...rest, amountMinor: amountMinor === null ? null : BigInt(amountMinor), at: new Date(at) };
}
