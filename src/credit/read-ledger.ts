import type { Tx } from '../db/index.ts';
import type { AccountKey, AccountStatus } from './types.ts';

/** One entry of the ledger, with the figures after it; amounts in minor units. */
export type LedgerEntry = {
  seq: bigint;
  ledgerEntryId: string;
  kind: string;
  at: Date;
  currency: string;
  limitDelta: bigint;
  heldDelta: bigint;
  owedDelta: bigint;
  unappliedDelta: bigint;
  limitMinor: bigint;
  heldMinor: bigint;
  owedMinor: bigint;
  unappliedMinor: bigint;
  status: AccountStatus;
  orderId: string | null;
  holdId: string | null;
  paymentId: string | null;
  receivableId: string | null;
  reverses: string | null;
  key: string | null;
  actor: string;
  /** Null where none was needed, or where its words were erased. */
  reason: string | null;
  source: string;
};

/** Entries of an account in the order they were written, after number `afterSeq`; at most `limit`. */
export function ledgerEntries(tx: Tx, key: AccountKey, afterSeq: bigint, limit: number): Promise<LedgerEntry[]> {
  return tx.$queryRaw<LedgerEntry[]>`
    select e.seq, e.id as "ledgerEntryId", e.kind, e.at, e.currency, e.limit_delta as "limitDelta",
           e.held_delta as "heldDelta", e.owed_delta as "owedDelta", e.unapplied_delta as "unappliedDelta",
           e.limit_after as "limitMinor", e.held_after as "heldMinor", e.owed_after as "owedMinor",
           e.unapplied_after as "unappliedMinor", e.status_after as status, e.order_id as "orderId",
           e.hold_id as "holdId", e.payment_id as "paymentId", e.receivable_id as "receivableId", e.reverses, e.key,
           e.actor, r.reason, e.source
      from ledger_entry e
      left join ledger_reason r on r.wholesaler_id = e.wholesaler_id and r.entry_id = e.id
     where e.wholesaler_id = ${key.wholesalerId} and e.retailer_id = ${key.retailerId} and e.seq > ${afterSeq}
     order by e.seq limit ${limit}`;
}

/**
 * The newest entries of an account, newest first; with `beforeSeq`, those before that number. Numbers have no gaps, so a
 * page of the end is a page after a number, along the key.
 */
export async function newestEntries(
  tx: Tx,
  key: AccountKey,
  { beforeSeq, limit }: { beforeSeq?: bigint | undefined; limit: number },
): Promise<LedgerEntry[]> {
  const end = beforeSeq ?? (await headSeq(tx, key)) + 1n;
  const after = end - 1n - BigInt(limit);
  const count = after < 0n ? Number(end - 1n) : limit;
  if (count <= 0) return [];
  return (await ledgerEntries(tx, key, after < 0n ? 0n : after, count)).reverse();
}

async function headSeq(tx: Tx, { wholesalerId, retailerId }: AccountKey): Promise<bigint> {
  const [row] = await tx.$queryRaw<{ seq: bigint }[]>`
    select seq from credit_account where wholesaler_id = ${wholesalerId} and retailer_id = ${retailerId}`;
  return row?.seq ?? 0n;
}
