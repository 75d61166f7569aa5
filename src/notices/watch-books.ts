import type { Tx } from '../db/index.ts';
import type { NoticePolicies } from '../shared/policies.ts';
import { newsOfLedger } from './ledger-news.ts';
import { type NoticeToQueue, queueNotices } from './notice-store.ts';
import { reminderRound } from './reminder-days.ts';

/** A wholesaler with what it wants its shops to be told. */
export type Watched = { wholesalerId: string; timeZone: string; policies: NoticePolicies; now: Date };

const ENTRIES_MAX = 500;
const HOLDS_MAX = 500;
/** Accounts looked at for reminders in one transaction. */
const ACCOUNTS_MAX = 500;
/** Tomorrow's round must not meet a reminder of today's. */
const REMINDER_USEFUL_HOURS = 36;

type WatchRow = {
  ledgerUntil: Date;
  remindedUntil: string | null;
  roundOn: string | null;
  roundAfter: string | null;
};

/**
 * Looks through a wholesaler's books for what its shops should hear of, and queues it: in bounded steps, each of which
 * commits how far it came together with what it found. Whatever crashes, the next look goes on from there. Returns whether
 * there is more to look through at once; null when another process is looking.
 */
export async function watchBooks(tx: Tx, watched: Watched): Promise<{ queued: number; more: boolean } | null> {
  const { wholesalerId, policies, now } = watched;
  const watch = await lockWatch(tx, wholesalerId, now);
  if (watch === null) return null;
  const ledger = await newsOfLedger(tx, {
    wholesalerId,
    since: watch.ledgerUntil,
    now,
    send: policies.send,
    limit: ENTRIES_MAX,
  });
  const holds = policies.send.includes('hold_expiring') ? await expiringHolds(tx, watched) : [];
  const reminders = await reminderStep(tx, watched, watch);
  const queued = await queueNotices(tx, wholesalerId, [...ledger.notices, ...holds, ...reminders.notices]);
  await tx.$executeRaw`
    update notice_watch
       set ledger_until = ${ledger.until}, reminded_until = ${reminders.until}::date,
           round_on = ${reminders.after === null ? null : reminders.on}::date, round_after = ${reminders.after}
     where wholesaler_id = ${wholesalerId}`;
  return { queued, more: ledger.notices.length === ENTRIES_MAX || reminders.after !== null };
}

/** What happened before a wholesaler wanted notices is no news. */
async function lockWatch(tx: Tx, wholesalerId: string, now: Date): Promise<WatchRow | null> {
  await tx.$executeRaw`
    insert into notice_watch (wholesaler_id, ledger_until) values (${wholesalerId}, ${now}) on conflict do nothing`;
  const [row] = await tx.$queryRaw<WatchRow[]>`
    select ledger_until as "ledgerUntil", reminded_until::text as "remindedUntil", round_on::text as "roundOn",
           round_after as "roundAfter"
      from notice_watch where wholesaler_id = ${wholesalerId} for update skip locked`;
  return row ?? null;
}

/** Holds that lapse soon. One that was opened for a shorter time is warned of when half of it is over. */
async function expiringHolds(tx: Tx, { wholesalerId, policies, now }: Watched): Promise<NoticeToQueue[]> {
  type Row = {
    holdId: string;
    retailerId: string;
    orderId: string;
    number: number;
    restMinor: bigint;
    expiresAt: string;
  };
  const rows = await tx.$queryRaw<Row[]>`
    select h.id as "holdId", h.retailer_id as "retailerId", h.order_id as "orderId", o.number,
           h.amount_minor - h.captured_minor - h.released_minor as "restMinor",
           to_char(h.expires_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as "expiresAt"
      from credit_hold h
      join orders o on o.wholesaler_id = h.wholesaler_id and o.credit_ledger_entry_id = h.id and o.status = 'approved'
     where h.wholesaler_id = ${wholesalerId} and h.state = 'open'
       and h.expires_at > ${now} and h.expires_at <= ${now}::timestamptz + make_interval(hours => ${policies.holdWarningHours}::int)
       and ${now}::timestamptz >= h.expires_at - (h.expires_at - h.opened_at) / 2
       and not exists (
         select from notice n
          where n.wholesaler_id = h.wholesaler_id
            and n.occasion = 'hold:' || h.id || ':' || extract(epoch from h.expires_at)::bigint)
     order by h.expires_at limit ${HOLDS_MAX}`;
  return rows.map(({ holdId, retailerId, orderId, number, restMinor, expiresAt }) => ({
    retailerId,
    kind: 'hold_expiring',
    occasion: `hold:${holdId}:${Math.round(Date.parse(expiresAt) / 1000)}`,
    notBefore: now,
    usefulUntil: new Date(expiresAt),
    about: { holdId, orderId, number, amountMinor: String(restMinor), expiresAt },
  }));
}

type ReminderStep = { notices: NoticeToQueue[]; until: string | null; on: string | null; after: string | null };

/** The next accounts of today's reminders; a day's round is over when `after` is null again. */
async function reminderStep(tx: Tx, watched: Watched, watch: WatchRow): Promise<ReminderStep> {
  const { remindedUntil, roundOn, roundAfter } = watch;
  const round = reminderRound({ ...watched, remindedUntil });
  if (round === null) return { notices: [], until: remindedUntil, on: roundOn, after: roundAfter };
  // A round that was broken off on another day begins anew, about the days of both.
  const after = roundOn === round.today ? (roundAfter ?? '') : '';
  const { wholesalerId, now } = watched;
  type Row = { retailerId: string; isDue: boolean; isOverdue: boolean };
  const rows = await tx.$queryRaw<Row[]>`
    select a.retailer_id as "retailerId", coalesce(d.is_due, false) as "isDue",
           coalesce(d.is_overdue, false) as "isOverdue"
      from (select retailer_id from credit_account
             where wholesaler_id = ${wholesalerId} and retailer_id > ${after} and oldest_due_on is not null
             order by retailer_id limit ${ACCOUNTS_MAX}) a
     cross join lateral (
       select bool_or(r.due_on = any (${round.dueDays}::date[])) as is_due,
              bool_or(r.due_on < ${round.today}::date) as is_overdue
         from receivable r
        where r.wholesaler_id = ${wholesalerId} and r.retailer_id = a.retailer_id and r.paid_minor < r.amount_minor) d
     order by a.retailer_id`;
  const usefulUntil = new Date(now.getTime() + REMINDER_USEFUL_HOURS * 3_600_000);
  return {
    notices: rows
      .filter(({ isDue }) => isDue)
      .map(({ retailerId, isOverdue }) => ({
        retailerId,
        kind: isOverdue && watched.policies.send.includes('payment_overdue') ? 'payment_overdue' : 'payment_due_soon',
        occasion: `reminder:${retailerId}:${round.today}`,
        notBefore: now,
        usefulUntil,
        about: {},
      })),
    until: rows.length < ACCOUNTS_MAX ? round.today : remindedUntil,
    on: round.today,
    after: rows.length < ACCOUNTS_MAX ? null : (rows.at(-1)?.retailerId ?? null),
  };
}
