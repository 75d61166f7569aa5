import { writeAudit } from '../audit/index.ts';
import type { Tx } from '../db/index.ts';
import { newId } from '../shared/ids.ts';
import { alertKinds } from './kinds.ts';
import type { Alert, AlertId, AlertKind, AlertSubject, AlertToRaise } from './types.ts';

const KEY_MAX = 300;
const TEXT_MAX = 200;
const SUBJECT_FIELDS_MAX = 12;
const LISTED_MAX = 500;

/**
 * Raises an alert in the caller's transaction; while the same (wholesaler, kind, key) is open, nothing new is raised and
 * `false` is returned. It is logged and counted after COMMIT, by the teller. Call it last in a transaction: whoever else
 * raises the same waits for its end, and locks of alerts come after all others.
 */
export async function raiseAlert(tx: Tx, alert: AlertToRaise): Promise<boolean> {
  const { wholesalerId, kind, lineId = null } = alert;
  const key = alert.key.slice(0, KEY_MAX);
  const [row] = await tx.$queryRaw<{ raised: boolean }[]>`
    with known as (
      select id, seen_at from operator_alert
       where wholesaler_id is not distinct from ${wholesalerId}::text and kind = ${kind} and key = ${key}
         and closed_at is null
    ), seen as (
      -- At most once a minute: an alert that thousands report must not become a row that all of them wait for.
      update operator_alert set seen_at = app_clock()
       where id in (select id from known where seen_at < app_clock() - interval '1 minute')
    ), made as (
      insert into operator_alert (id, wholesaler_id, line_id, kind, key, subject)
      select ${newId()}::uuid, ${wholesalerId}::text, ${lineId}::uuid, ${kind}, ${key},
             ${JSON.stringify(bounded(alert.subject ?? {}))}::jsonb
       where not exists (select 1 from known)
      on conflict (wholesaler_id, kind, key) where closed_at is null do nothing
      returning 1
    )
    select exists (select 1 from made) as raised`;
  return row?.raised === true;
}

/** Closes an open alert; false when there is none. `by` says what answered it: news of Meta's, or a person's id. */
export async function closeAlert(tx: Tx, { wholesalerId, kind, key }: AlertId, by: string): Promise<boolean> {
  const closed = await tx.$executeRaw`
    update operator_alert set closed_at = app_clock(), closed_by = ${by.slice(0, TEXT_MAX)}, told_at = null
     where wholesaler_id is not distinct from ${wholesalerId}::text and kind = ${kind}
       and key = ${key.slice(0, KEY_MAX)} and closed_at is null`;
  return closed > 0;
}

export type ClosedByStaff = { kind: 'closed'; replayed: boolean } | { kind: 'not_found' };

/** Closes an alert of a wholesaler because somebody dealt with it. Raised again, it is a new one. */
export async function closeAlertById(
  tx: Tx,
  { wholesalerId, id, by }: { wholesalerId: string; id: string; by: string },
): Promise<ClosedByStaff> {
  const [closed] = await tx.$queryRaw<{ kind: string }[]>`
    update operator_alert set closed_at = app_clock(), closed_by = ${by.slice(0, TEXT_MAX)}, told_at = null
     where wholesaler_id = ${wholesalerId} and id = ${id}::uuid and closed_at is null
    returning kind`;
  if (closed !== undefined) {
    await writeAudit(tx, [
      { wholesalerId, actor: by, action: 'alert_closed', subject: { alert: id, kind: closed.kind } },
    ]);
    return { kind: 'closed', replayed: false };
  }
  const known = await tx.$queryRaw<unknown[]>`
    select 1 from operator_alert where wholesaler_id = ${wholesalerId} and id = ${id}::uuid`;
  return known.length > 0 ? { kind: 'closed', replayed: true } : { kind: 'not_found' };
}

export type AlertFilter = {
  /** One wholesaler's; null: those outside the tenants; left out: all. */
  wholesalerId?: string | null;
  state?: 'open' | 'all';
  /** Goes on behind this one. */
  beforeId?: string | undefined;
  max?: number;
};

/** Alerts, newest first. */
export async function listAlerts(tx: Tx, filter: AlertFilter = {}): Promise<Alert[]> {
  const { wholesalerId, state = 'open', beforeId = null, max = 100 } = filter;
  const rows = await tx.$queryRaw<AlertRow[]>`
    select id, wholesaler_id as "wholesalerId", line_id as "lineId", kind, key, subject, raised_at as "raisedAt",
           seen_at as "seenAt", closed_at as "closedAt"
      from operator_alert
     where (${wholesalerId === undefined} or wholesaler_id is not distinct from ${wholesalerId ?? null}::text)
       and (${state === 'all'} or closed_at is null)
       and (${beforeId}::uuid is null
            or (raised_at, id) < (select b.raised_at, b.id from operator_alert b where b.id = ${beforeId}::uuid))
     order by raised_at desc, id desc limit ${Math.min(max, LISTED_MAX)}`;
  return rows.map(toAlert);
}

/** How many alerts of a wholesaler wait for somebody. */
export async function countOpenAlerts(tx: Tx, wholesalerId: string): Promise<number> {
  const [row] = await tx.$queryRaw<{ count: number }[]>`
    select count(*)::int as count from operator_alert where wholesaler_id = ${wholesalerId} and closed_at is null`;
  return row?.count ?? 0;
}

export type AlertRow = Omit<Alert, 'severity' | 'title' | 'hint'>;

/** The alert with the words for its kind; a kind of a later version has none here yet. */
export function toAlert(row: AlertRow): Alert {
  const unknown = { severity: 'warning', title: `Alert of kind ${row.kind}`, hint: 'Update the service.' } as const;
  return { ...row, ...(Object.hasOwn(alertKinds, row.kind) ? alertKinds[row.kind as AlertKind] : unknown) };
}

/** Subjects come from outside, also from Meta: few fields, short texts. */
function bounded(subject: AlertSubject): AlertSubject {
  return Object.fromEntries(
    Object.entries(subject)
      .slice(0, SUBJECT_FIELDS_MAX)
      .map(([name, value]) => [name.slice(0, 60), typeof value === 'string' ? value.slice(0, TEXT_MAX) : value]),
  );
}
