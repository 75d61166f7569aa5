import { pino } from 'pino';
import { Registry } from 'prom-client';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type AlertToRaise, closeAlert, createAlertTeller, listAlerts, raiseAlert } from '../../src/alerts/index.ts';
import { alertKinds } from '../../src/alerts/kinds.ts';
import { inTransaction } from '../../src/db/index.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { addTenant, type Tenant } from '../support/tenants.ts';

let database: TestDatabase;
let tenant: Tenant;
beforeAll(async () => {
  database = await createTestDatabase();
  tenant = await addTenant(database);
});
beforeEach(() => database.ownerSql('delete from operator_alert'));
afterAll(() => database?.drop());

const paused = (more: Partial<AlertToRaise> = {}): AlertToRaise => ({
  wholesalerId: tenant.wholesalerId,
  lineId: tenant.lineId,
  kind: 'template_stopped',
  key: 'payment_reminder/en',
  subject: { template: 'payment_reminder', event: 'PAUSED' },
  ...more,
});
const raise = (more?: Partial<AlertToRaise>) => raiseAlert(database.db.prisma, paused(more));
const open = () => listAlerts(database.db.prisma);

type Line = { level: number; msg: string; hint?: string; kind: string };
function teller() {
  const lines: Line[] = [];
  const registry = new Registry();
  const logger = pino({ level: 'info' }, { write: (line: string) => void lines.push(JSON.parse(line)) });
  const { tell } = createAlertTeller({ db: database.db, logger, registry });
  return { lines, registry, tell };
}

describe('an alert', () => {
  test('is raised once while it is open, with words for a person who can act on it', async () => {
    expect(await raise()).toBe(true);
    expect(await raise({ subject: { template: 'payment_reminder', event: 'DISABLED' } })).toBe(false);
    expect(await open()).toEqual([
      expect.objectContaining({
        wholesalerId: tenant.wholesalerId,
        lineId: tenant.lineId,
        kind: 'template_stopped',
        severity: 'critical',
        hint: expect.stringContaining('submit it again'),
        subject: { template: 'payment_reminder', event: 'PAUSED' },
        closedAt: null,
      }),
    ]);
  });

  test('is raised once also by many at the same time, in a tenant and outside of any', async () => {
    const outside = { wholesalerId: null, lineId: null };
    const tries = await Promise.all(Array.from({ length: 16 }, (_, n) => raise(n % 2 === 0 ? outside : {})));
    expect(tries.filter(Boolean)).toHaveLength(2);
    expect((await open()).map(({ wholesalerId }) => wholesalerId).sort()).toEqual([null, tenant.wholesalerId].sort());
  });

  test('is kept apart from another key, another kind and another tenant', async () => {
    const other = await addTenant(database);
    await raise();
    expect(await raise({ key: 'payment_reminder/hi' })).toBe(true);
    expect(await raise({ kind: 'template_quality' })).toBe(true);
    expect(await raise({ wholesalerId: other.wholesalerId, lineId: other.lineId })).toBe(true);
    expect(await listAlerts(database.db.prisma, { wholesalerId: other.wholesalerId })).toHaveLength(1);
    expect(await listAlerts(database.db.prisma, { wholesalerId: null })).toHaveLength(0);
  });

  test('can be raised again after it was closed', async () => {
    await raise();
    expect(await closeAlert(database.db.prisma, paused(), 'meta: APPROVED')).toBe(true);
    expect(await closeAlert(database.db.prisma, paused(), 'meta: APPROVED')).toBe(false);
    expect(await open()).toEqual([]);
    expect(await raise()).toBe(true);
    expect(await listAlerts(database.db.prisma, { state: 'all' })).toHaveLength(2);
  });

  test('has a subject of few and short fields, whatever is put in', async () => {
    const long = Object.fromEntries(Array.from({ length: 90 }, (_, n) => [`field${n}`, 'x'.repeat(5_000)]));
    await raise({ subject: long, key: 'k'.repeat(5_000) });
    const [alert] = await open();
    expect(Object.keys(alert?.subject ?? {})).toHaveLength(12);
    expect(JSON.stringify(alert?.subject).length).toBeLessThan(4_000);
  });

  test('that is seen again while open says when, to the minute', async () => {
    await raise();
    await database.ownerSql(`update operator_alert set seen_at = seen_at - interval '2 minutes'`);
    await raise();
    const [row] = await database.ownerSql<{ fresh: boolean }>(
      `select seen_at > app_clock() - interval '1 minute' as fresh from operator_alert`,
    );
    expect(row?.fresh).toBe(true);
  });
});

describe('telling', () => {
  test('logs each alert once with its hint and counts it, in whichever process is first', async () => {
    const [one, two] = [teller(), teller()];
    await raise();
    await raise({ kind: 'line_quality', key: 'line' });
    await Promise.all([one.tell(), two.tell(), one.tell()]);
    const lines = [...one.lines, ...two.lines];
    expect(lines.map(({ kind, level }) => [kind, level]).sort()).toEqual([
      ['line_quality', 40],
      ['template_stopped', 50],
    ]);
    expect(lines.every(({ kind, hint }) => hint === alertKinds[kind as 'line_quality'].hint)).toBe(true);
    const counted = await Promise.all([one, two].map(({ registry }) => registry.metrics()));
    expect(counted.join('\n').match(/orderlock_operator_alerts_total\{[^}]*\} 1/g)).toHaveLength(2);
  });

  test('says that an alert was closed, and nothing of one whose transaction was rolled back', async () => {
    const { lines, tell } = teller();
    await raise();
    await tell();
    await closeAlert(database.db.prisma, paused(), 'meta: APPROVED');
    await inTransaction(database.db, async (tx) => {
      await raiseAlert(tx, paused({ key: 'never' }));
      throw new Error('rolled back');
    }).catch(() => undefined);
    expect(await tell()).toBe(1);
    expect(lines.map(({ msg }) => msg)).toEqual([alertKinds.template_stopped.title, 'operator alert closed']);
  });

  test('begins with the start and ends with the stop', async () => {
    const registry = new Registry();
    const logger = pino({ level: 'silent' });
    const running = createAlertTeller({ db: database.db, logger, registry, everyMs: 5 });
    await raise();
    running.start();
    await expect.poll(() => registry.metrics()).toContain('orderlock_operator_alerts_open{kind="template_stopped"} 1');
    await running.stop();
  });
});
