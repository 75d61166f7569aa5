import type { Tx } from '../db/index.ts';
import type { NoticeKind } from '../shared/policies.ts';
import type { NoticeToQueue } from './notice-store.ts';

/** The entries that are news, by the notice that tells them. */
const ENTRY_KINDS: Partial<Record<NoticeKind, EntryRow['kind']>> = {
  payment_bounced: 'PAYMENT_REVERSAL',
  limit_changed: 'LIMIT_CHANGE',
  account_blocked: 'BLOCK',
  account_unblocked: 'UNBLOCK',
};

/** Longer than any transaction that writes the ledger lasts: an entry has its time before it can be seen. */
const OVERLAP_MINUTES = 10;
const USEFUL_HOURS = 48;

type EntryRow = {
  id: string;
  retailerId: string;
  kind: 'PAYMENT_REVERSAL' | 'LIMIT_CHANGE' | 'BLOCK' | 'UNBLOCK';
  at: Date;
  limitMinor: bigint;
  limitDelta: bigint;
  amountMinor: bigint;
  receivedAt: Date | null;
};

/** Notices about the ledger, and until when it was looked through. */
export type LedgerNews = { notices: NoticeToQueue[]; until: Date };

/**
 * News in the ledger since `since`, oldest first and at most `limit`, over all accounts of a wholesaler, by the index
 * ledger_entry_news. Looks overlap; entries that have their notice are passed over, so a look goes on where the last one
 * ended. An account's first entry is its opening and no change of its limit.
 */
export async function newsOfLedger(
  tx: Tx,
  of: { wholesalerId: string; since: Date; now: Date; send: readonly NoticeKind[]; limit: number },
): Promise<LedgerNews> {
  const kinds = of.send.flatMap((kind) => ENTRY_KINDS[kind] ?? []);
  if (kinds.length === 0) return { notices: [], until: of.now };
  const rows = await tx.$queryRaw<EntryRow[]>`
    select e.id, e.retailer_id as "retailerId", e.kind, e.at, e.limit_after as "limitMinor",
           e.limit_delta as "limitDelta", e.owed_delta - e.unapplied_delta as "amountMinor",
           (select p.received_at from payment p
             where p.wholesaler_id = e.wholesaler_id and p.id = e.reverses) as "receivedAt"
      from ledger_entry e
     where e.wholesaler_id = ${of.wholesalerId} and e.at > ${of.since}::timestamptz - make_interval(mins => ${OVERLAP_MINUTES}::int)
       and e.kind in ('PAYMENT', 'PAYMENT_REVERSAL', 'CAPTURE', 'LIMIT_CHANGE', 'BLOCK', 'UNBLOCK')
       and e.kind = any (${kinds}::text[])
       and (e.kind <> 'LIMIT_CHANGE' or e.limit_delta <> 0 and e.seq > 1)
       and not exists (
         select from notice n where n.wholesaler_id = e.wholesaler_id and n.occasion = 'entry:' || e.id)
     order by e.at limit ${of.limit}`;
  const last = rows.at(-1);
  return {
    notices: rows.map(toNotice),
    until: rows.length === of.limit && last !== undefined ? last.at : of.now,
  };
}

function toNotice(row: EntryRow): NoticeToQueue {
  const { id, retailerId, at } = row;
  const usefulUntil = new Date(at.getTime() + USEFUL_HOURS * 3_600_000);
  const common = { retailerId, occasion: `entry:${id}`, notBefore: at, usefulUntil };
  switch (row.kind) {
    case 'PAYMENT_REVERSAL': {
      const about = { amountMinor: String(row.amountMinor), receivedAt: (row.receivedAt ?? at).toISOString() };
      return { ...common, kind: 'payment_bounced', about };
    }
    case 'LIMIT_CHANGE': {
      const about = { limitMinor: String(row.limitMinor), beforeMinor: String(row.limitMinor - row.limitDelta) };
      return { ...common, kind: 'limit_changed', about };
    }
    case 'BLOCK':
      return { ...common, kind: 'account_blocked', about: {} };
    case 'UNBLOCK':
      return { ...common, kind: 'account_unblocked', about: {} };
  }
}
