import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRecorder, type IncomingEvent } from '../../src/inbox/index.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { addTenant, type Tenant } from '../support/tenants.ts';
import { message, quiet } from './support.ts';

let database: TestDatabase;
let tenant: Tenant;
const now = new Date('2026-11-23T08:00:05Z');

beforeAll(async () => {
  database = await createTestDatabase();
  tenant = await addTenant(database);
});
afterAll(() => database.drop());

const recorderOf = (onStored: (ids: string[]) => void = () => {}) =>
  createRecorder({ db: database.db, logger: quiet, onStored });

const keysOf = async (person: string) =>
  (
    await database.ownerSql<{ event_key: string }>(
      'select event_key from inbox_event where person_key = $1 order by id',
      [`p:${person}`],
    )
  ).map((row) => row.event_key);

describe('recording deliveries', () => {
  it('stores an event once, however often and however concurrently it is delivered', async () => {
    const woken: string[] = [];
    const recorder = recorderOf((ids) => woken.push(...ids));
    const events = [message(tenant, '911', 1), message(tenant, '911', 2)];
    const told = await Promise.all(Array.from({ length: 20 }, () => recorder.record(events, now)));
    // Whoever adds up what is told of each counts every event once, also of those that were stored together.
    const sum = (of: 'fresh' | 'repeated') => told.reduce((all, one) => all + one[of], 0);
    expect([sum('fresh'), sum('repeated')]).toEqual([2, 38]);
    expect(await keysOf('911')).toEqual(['m:911-1', 'm:911-2']);
    expect(await recorder.record(events, now)).toMatchObject({ fresh: 0, repeated: 2, stray: 0 });
    expect(new Set(woken)).toEqual(new Set([tenant.wholesalerId]));
  });

  it('keeps the order of a delivery although rows are written sorted by key', async () => {
    await recorderOf().record([message(tenant, '912', 9, now), message(tenant, '912', 1, now)].reverse(), now);
    expect(await keysOf('912')).toEqual(['m:912-1', 'm:912-9']);
  });

  it('never deadlocks when overlapping deliveries come over several connections in different orders', async () => {
    const others = await Promise.all([database.connect(), database.connect(), database.connect()]);
    const recorders = [database.db, ...others].map((db) => createRecorder({ db, logger: quiet, onStored: () => {} }));
    const people = Array.from({ length: 40 }, (_, n) => `92${n}`);
    for (let round = 0; round < 10; round += 1) {
      const stored = await Promise.all(
        recorders.map((recorder, index) => {
          const events = people.map((person) => message(tenant, person, round));
          return recorder.record(index % 2 === 0 ? events : events.reverse(), now);
        }),
      );
      expect(stored).toHaveLength(4);
    }
    const [count] = await database.ownerSql<{ n: number }>(
      `select count(*)::int as n from inbox_event where person_key like 'p:92%'`,
    );
    expect(count?.n).toBe(400);
  });

  it('keeps what belongs to no line here outside the tenants, once', async () => {
    const stray: IncomingEvent = { ...message(tenant, '913', 1), phoneNumberId: '999' };
    const notice: IncomingEvent = {
      kind: 'notice',
      eventKey: 'f:account_update:abc',
      phoneNumberId: undefined,
      field: 'account_update',
      sentAt: now,
      payload: { event: 'DISABLED_UPDATE' },
    };
    expect(await recorderOf().record([stray, notice], now)).toEqual(expect.objectContaining({ fresh: 0, stray: 2 }));
    expect(await recorderOf().record([stray, notice], now)).toMatchObject({ fresh: 0, stray: 0, repeated: 2 });
    expect(await keysOf('913')).toEqual([]);
  });

  it('wakes nobody for a notice on a known line, and keeps it', async () => {
    const woken: string[] = [];
    const notice: IncomingEvent = {
      kind: 'notice',
      eventKey: 'f:unknown:1',
      phoneNumberId: tenant.phoneNumberId,
      field: 'unknown',
      sentAt: now,
      payload: {},
    };
    await recorderOf((ids) => woken.push(...ids)).record([notice], now);
    expect(woken).toEqual([]);
    const [row] = await database.ownerSql<{ state: string }>(
      `select state from inbox_event where event_key = 'f:unknown:1'`,
    );
    expect(row?.state).toBe('kept');
  });

  it('refuses only the delivery that the database cannot take, not those that travel with it', async () => {
    const recorder = createRecorder({ db: database.db, logger: quiet, onStored: () => {}, groupsAtOnceMax: 1 });
    const bad: IncomingEvent = { ...message(tenant, '914', 1), eventKey: `m:${'x'.repeat(800)}` };
    const results = await Promise.allSettled([
      recorder.record([message(tenant, '914', 2)], now),
      recorder.record([bad], now),
      recorder.record([message(tenant, '914', 3)], now),
    ]);
    expect(results.map((result) => result.status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(await keysOf('914')).toEqual(['m:914-2', 'm:914-3']);
  });

  it('refuses deliveries when too many wait, instead of growing without bound', async () => {
    const recorder = createRecorder({ db: database.db, logger: quiet, onStored: () => {}, waitingEventsMax: 5 });
    const results = await Promise.allSettled(
      Array.from({ length: 30 }, (_, n) =>
        recorder.record([message(tenant, '915', n), message(tenant, '916', n)], now),
      ),
    );
    const refused = results.filter((result) => result.status === 'rejected');
    expect(refused.length).toBeGreaterThan(0);
    expect(refused.every((result) => (result.reason as { retryable?: boolean }).retryable === true)).toBe(true);
    const stored = results.length - refused.length;
    expect((await keysOf('915')).length).toBe(stored);
  });
});
