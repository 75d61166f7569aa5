import { Counter, Gauge, type Registry } from 'prom-client';
import type { Database } from '../db/index.ts';
import type { Logger } from '../shared/logger.ts';
import { createRepeater } from '../shared/repeater.ts';
import { type AlertRow, toAlert } from './alert-store.ts';

export type AlertTellerOptions = { db: Database; logger: Logger; registry: Registry; everyMs?: number };

export type AlertTeller = {
  start(): void;
  /** Tells what was not told yet, once over all processes; returns how many alerts that were. */
  tell(): Promise<number>;
  stop(): Promise<void>;
};

const TOLD_AT_ONCE_MAX = 100;

/**
 * Logs and counts alerts once their transaction is committed: whoever raises one has only a transaction at hand, and one
 * that is rolled back must not be told. Runs in every process; the row says what was told, so each is told by one.
 */
export function createAlertTeller({ db, logger, registry, everyMs = 1_000 }: AlertTellerOptions): AlertTeller {
  const raised = new Counter({
    name: 'orderlock_operator_alerts_total',
    help: 'Alerts for whoever runs the service, by kind, counted by the process that logged them',
    labelNames: ['kind', 'severity'],
    registers: [registry],
  });
  const open = new Gauge({
    name: 'orderlock_operator_alerts_open',
    help: 'Alerts that nobody and nothing has answered yet',
    labelNames: ['kind'],
    registers: [registry],
  });
  const { start, stop } = createRepeater({
    everyMs,
    onFailure: (error) => logger.warn({ err: error }, 'alerts could not be told, tried again later'),
    async round() {
      await tell();
      await count();
    },
  });

  async function tell(): Promise<number> {
    const rows = await db.prisma.$queryRaw<ToldRow[]>`
      with untold as (
        select id, raise_told_at from operator_alert where told_at is null
         order by id limit ${TOLD_AT_ONCE_MAX} for update skip locked
      )
      update operator_alert a
         set told_at = app_clock(), raise_told_at = coalesce(a.raise_told_at, app_clock())
        from untold u where a.id = u.id
      returning a.id, a.wholesaler_id as "wholesalerId", a.line_id as "lineId", a.kind, a.key, a.subject,
                a.raised_at as "raisedAt", a.seen_at as "seenAt", a.closed_at as "closedAt",
                a.closed_by as "closedBy", u.raise_told_at is null as "isNew"`;
    for (const row of rows) say(row);
    return rows.length;
  }

  function say({ isNew, closedBy, ...row }: ToldRow): void {
    const { severity, title, hint, kind, key, id, wholesalerId, lineId, subject } = toAlert(row);
    const fields = { alertId: id, kind, key, wholesalerId, lineId, subject };
    if (isNew) {
      raised.inc({ kind, severity });
      logger[severity === 'critical' ? 'error' : 'warn']({ ...fields, hint }, title);
    }
    if (row.closedAt !== null) logger.info({ ...fields, closedBy }, 'operator alert closed');
  }

  async function count(): Promise<void> {
    const rows = await db.prisma.$queryRaw<{ kind: string; count: number }[]>`
      select kind, count(*)::int as count from operator_alert where closed_at is null group by kind`;
    open.reset();
    for (const { kind, count } of rows) open.set({ kind }, count);
  }

  return { start, tell, stop };
}

type ToldRow = AlertRow & { isNew: boolean; closedBy: string | null };
