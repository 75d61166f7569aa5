import type { Tx } from '../db/index.ts';
import { newId } from '../shared/ids.ts';
import type { NoticeKind } from '../shared/policies.ts';
import type { NotSent } from './judge-notice.ts';

export type NoticeToQueue = {
  retailerId: string;
  kind: NoticeKind;
  /** What makes it go once. */
  occasion: string;
  notBefore: Date;
  usefulUntil: Date;
  /** What its hearer has to know beside the kind and the shop. */
  about: Record<string, string | number>;
};

/** Queues notices, each once per occasion; returns how many were new. */
export async function queueNotices(tx: Tx, wholesalerId: string, notices: NoticeToQueue[]): Promise<number> {
  if (notices.length === 0) return 0;
  const rows = notices
    .map(({ retailerId, kind, occasion, notBefore, usefulUntil, about }) => ({
      id: newId(),
      retailer_id: retailerId,
      kind,
      occasion,
      payload: { type: 'notice', kind, retailerId, ...about },
      not_before: notBefore.toISOString(),
      useful_until: usefulUntil.toISOString(),
    }))
    .sort((a, b) => (a.occasion < b.occasion ? -1 : 1));
  return tx.$executeRaw`
    insert into notice (wholesaler_id, id, retailer_id, kind, occasion, payload, not_before, useful_until)
    select ${wholesalerId}, id, retailer_id, kind, occasion, payload, not_before, useful_until
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
             as r (id uuid, retailer_id text, kind text, occasion text, payload jsonb, not_before timestamptz,
                   useful_until timestamptz)
    on conflict (wholesaler_id, occasion) do nothing`;
}

export type DueNotice = {
  id: string;
  retailerId: string;
  kind: NoticeKind;
  payload: Record<string, string | number>;
  usefulUntil: Date;
  isSettled: boolean;
  isReminded: boolean;
};

/**
 * Locks notices whose time has come, oldest first, passing over those that another process holds. With each comes what may
 * have changed since it was queued: a debt that was paid, an order that left its hold, a limit or a status that changed
 * again, another reminder of the same day. `dayBegan` is the last midnight of the wholesaler.
 */
export function claimDue(tx: Tx, wholesalerId: string, dayBegan: Date, limit: number): Promise<DueNotice[]> {
  return tx.$queryRaw<DueNotice[]>`
    with due as materialized (
      select id, retailer_id, kind, payload, useful_until from notice
       where wholesaler_id = ${wholesalerId} and state = 'waiting' and not_before <= app_clock()
       order by not_before, id limit ${limit} for update skip locked
    )
    select d.id, d.retailer_id as "retailerId", d.kind, d.payload, d.useful_until as "usefulUntil",
           case d.kind
             when 'payment_due_soon' then a.oldest_due_on is null
             when 'payment_overdue' then a.oldest_due_on is null
             when 'limit_changed' then a.limit_minor::text <> d.payload ->> 'limitMinor'
             when 'account_blocked' then a.status <> 'blocked'
             when 'account_unblocked' then a.status <> 'active'
             when 'hold_expiring' then not exists (
               select from credit_hold h
                where h.wholesaler_id = ${wholesalerId} and h.id = (d.payload ->> 'holdId')::uuid and h.state = 'open'
                  and h.expires_at = (d.payload ->> 'expiresAt')::timestamptz)
             else false end as "isSettled",
           d.kind in ('payment_due_soon', 'payment_overdue') and exists (
             select from notice t
              where t.wholesaler_id = ${wholesalerId} and t.retailer_id = d.retailer_id and t.state = 'told'
                and t.kind in ('payment_due_soon', 'payment_overdue') and t.settled_at >= ${dayBegan}
                and t.created_at > ${dayBegan}::timestamptz - interval '7 days') as "isReminded"
      from due d
      left join credit_account a on a.wholesaler_id = ${wholesalerId} and a.retailer_id = d.retailer_id`;
}

/** What became of a notice: told, dropped with the reason, or put off. */
export type Settled = { id: string } & ({ state: 'told' } | { state: 'dropped'; why: NotSent } | { until: Date });

/** Writes down what became of notices that the caller holds. */
export async function settleNotices(tx: Tx, wholesalerId: string, settled: Settled[]): Promise<void> {
  if (settled.length === 0) return;
  const rows = settled.map((one) => ({
    id: one.id,
    state: 'until' in one ? 'waiting' : one.state,
    why: 'why' in one ? one.why : null,
    until: 'until' in one ? one.until.toISOString() : null,
  }));
  await tx.$executeRaw`
    update notice n
       set state = r.state, why = r.why, not_before = coalesce(r.until, n.not_before),
           settled_at = case when r.state <> 'waiting' then app_clock() end
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (id uuid, state text, why text, until timestamptz)
     where n.wholesaler_id = ${wholesalerId} and n.id = r.id`;
}
