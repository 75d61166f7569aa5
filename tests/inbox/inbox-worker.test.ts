import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createHeartbeat } from '../../src/inbox/heartbeat.ts';
import type { InboxWorkerOptions } from '../../src/inbox/inbox-worker.ts';
import { createInboxWorker, createRecorder, type InboxWorker, type StatusItem } from '../../src/inbox/index.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { addTenant, type Tenant } from '../support/tenants.ts';
import { waitFor } from '../support/wait-for.ts';
import { addEffectTable, message, numberOf, quiet, recordingHandler } from './support.ts';

let database: TestDatabase;
let tenant: Tenant;
const workers: InboxWorker[] = [];
const now = new Date();

beforeAll(async () => {
  database = await createTestDatabase({ poolMax: 12 });
  await addEffectTable(database);
});
beforeEach(async () => {
  tenant = await addTenant(database);
});
afterEach(async () => {
  await Promise.all(workers.splice(0).map((worker) => worker.stop()));
});
afterAll(() => database.drop());

function startWorker(options: Partial<InboxWorkerOptions> = {}): InboxWorker {
  const worker = createInboxWorker({
    db: database.db,
    logger: quiet,
    handler: recordingHandler(),
    readStatus: () => ({
      wamid: 'wamid.1',
      status: 'sent',
      outboxId: undefined,
      errorCode: undefined,
      errorDetail: undefined,
    }),
    applyStatuses: async () => {},
    codeVersion: 'test',
    onWorked: () => {},
    pollMs: 20,
    ...options,
  });
  workers.push(worker);
  worker.start();
  return worker;
}

const record = (events: Parameters<ReturnType<typeof createRecorder>['record']>[0]) =>
  createRecorder({ db: database.db, logger: quiet, onStored: () => {} }).record(events, now);

async function effects(): Promise<{ person_key: string; n: number }[]> {
  return database.ownerSql('select person_key, n from effect where wholesaler_id = $1 order by id', [
    tenant.wholesalerId,
  ]);
}
const waitForEffects = (count: number) =>
  waitFor(`${count} effects`, async () => {
    const found = await effects();
    return found.length >= count ? found : null;
  });

describe('working on waiting events', () => {
  it('works on each event once and in order per conversation, with several workers at once', async () => {
    const people = Array.from({ length: 30 }, (_, n) => `77${n}`);
    for (let n = 0; n < 8; n += 1) await record(people.map((person) => message(tenant, person, n)));
    startWorker();
    startWorker();
    const found = await waitForEffects(240);
    expect(found).toHaveLength(240);
    for (const person of people) {
      expect(found.filter((effect) => effect.person_key === `p:${person}`).map((effect) => effect.n)).toEqual([
        0, 1, 2, 3, 4, 5, 6, 7,
      ]);
    }
  });

  it('takes the older message first, also when it was delivered later', async () => {
    await record([message(tenant, '781', 5)]);
    await record([message(tenant, '781', 2)]);
    startWorker();
    expect((await waitForEffects(2)).map((effect) => effect.n)).toEqual([2, 5]);
  });

  it('never starves conversations at the end of the order while others keep writing', async () => {
    const people = Array.from({ length: 12 }, (_, n) => `79${String(n).padStart(2, '0')}`);
    for (let n = 0; n < 6; n += 1) await record(people.map((person) => message(tenant, person, n)));
    startWorker({ setMax: 4, setsAtOnce: 1 });
    const found = await waitForEffects(72);
    const firstOfLast = found.findIndex((effect) => effect.person_key === 'p:7911');
    expect(firstOfLast).toBeLessThan(24);
  });

  it('leaves a conversation whose account is busy out of the set, and works on it once the account is free', async () => {
    let held = true;
    const inner = recordingHandler();
    const waits: string[] = [];
    startWorker({
      handler: {
        ...inner,
        async work(tx, items, wait) {
          waits.push(wait);
          const busy = items.filter((item) => held && item.conversation.personKey === 'p:801');
          const rest = await inner.work(
            tx,
            items.filter((item) => !busy.includes(item)),
            wait,
          );
          return [...rest, ...busy.map((item) => ({ item, kind: 'busy' as const }))];
        },
      },
    });
    await record([message(tenant, '801', 1), message(tenant, '802', 1)]);
    const first = await waitForEffects(1);
    expect(first).toEqual([{ person_key: 'p:802', n: 1 }]);
    await record([message(tenant, '803', 1)]);
    await waitForEffects(2);
    // Not at once: another set may have it in hand just when it is to be tried alone, and it comes round again.
    await waitFor('a try alone that may wait for the account', async () => waits.includes('promised'));
    held = false;
    expect((await waitForEffects(3)).at(-1)).toEqual({ person_key: 'p:801', n: 1 });
  });

  it('parks an event that fails every time, apologises once, and the conversation and all others go on', async () => {
    const handler = recordingHandler(async (_tx, items) => {
      if (items.some((item) => item.conversation.personKey === 'p:811' && numberOf(item) === 1))
        throw new Error('poison');
    });
    await record([message(tenant, '811', 1), message(tenant, '811', 2), message(tenant, '812', 1)]);
    startWorker({ handler });
    const found = await waitForEffects(3);
    expect(found.filter((effect) => effect.person_key === 'p:811').map((effect) => effect.n)).toEqual([-1, 2]);
    expect(found.filter((effect) => effect.person_key === 'p:812').map((effect) => effect.n)).toEqual([1]);
    const [parked] = await database.ownerSql<{ state: string; tries: number; last_error: string }>(
      `select state, tries, last_error from inbox_event where wholesaler_id = $1 and event_key = 'm:811-1'`,
      [tenant.wholesalerId],
    );
    expect(parked).toEqual({ state: 'parked', tries: 4, last_error: 'poison' });
  });

  it('tries what a dead worker left many together, and alone only what was there when that failed', async () => {
    const people = Array.from({ length: 70 }, (_, n) => String(8_400 + n));
    const poison = 'p:8433';
    const sizes: number[] = [];
    const handler = recordingHandler(async (_tx, items) => {
      sizes.push(items.length);
      if (items.some((item) => item.conversation.personKey === poison)) throw new Error('poison');
    });
    await record(people.map((person) => message(tenant, person, 1)));
    await database.ownerSql(
      `insert into worker_heartbeat (id, seen_at) values (gen_random_uuid(), app_clock() - interval '6 seconds')`,
    );
    await database.ownerSql(
      `update inbox_event set received_at = received_at - interval '10 seconds'
                              where wholesaler_id = $1`,
      [tenant.wholesalerId],
    );
    const heartbeat = createHeartbeat(database.db);
    expect(await heartbeat.beat()).toBe(people.length);
    await heartbeat.stop();
    startWorker({ handler });
    const found = await waitForEffects(people.length);
    expect(found.filter(({ n }) => n === -1).map(({ person_key }) => person_key)).toEqual([poison]);
    expect(new Set(found.map(({ person_key }) => person_key)).size).toBe(people.length);
    // 70 in three tries, and the 32 of the one that failed alone: 31 once and the poison until it is out of tries.
    expect(sizes.filter((size) => size > 1).sort((a, b) => a - b)).toEqual([6, 32, 32]);
    expect(sizes.filter((size) => size === 1)).toHaveLength(31 + 2);
  });

  it('counts nothing against an event when the database is in trouble', async () => {
    let troubles = 3;
    const handler = recordingHandler(async (tx) => {
      if (troubles > 0) {
        troubles -= 1;
        const [row] = await tx.$queryRaw<{ pid: number }[]>`select pg_backend_pid() as pid`;
        await database.ownerSql('select pg_terminate_backend($1)', [row?.pid]);
        await tx.$executeRaw`select 1`;
      }
    });
    await record([message(tenant, '821', 1)]);
    startWorker({ handler });
    await waitForEffects(1);
    const [event] = await database.ownerSql<{ state: string; tries: number }>(
      `select state, tries from inbox_event where wholesaler_id = $1 and event_key = 'm:821-1'`,
      [tenant.wholesalerId],
    );
    expect(event).toEqual({ state: 'done', tries: 0 });
  });

  it('rolls the whole set back when an event of it was finished by somebody else', async () => {
    let finished = false;
    const handler = recordingHandler(async (_tx, items) => {
      const item = items[0];
      if (finished || item === undefined) return;
      finished = true;
      await database.ownerSql(`update inbox_event set state = 'done' where id = $1`, [item.event.id]);
    });
    await record([message(tenant, '831', 1), message(tenant, '832', 1)]);
    startWorker({ handler });
    const found = await waitForEffects(1);
    expect(found).toHaveLength(1);
  });

  it('applies statuses in sets, and parks the one that cannot be applied without losing the others', async () => {
    const applied: string[] = [];
    const statuses = Array.from({ length: 5 }, (_, n) => ({
      kind: 'status' as const,
      eventKey: `s:wamid.${n}:sent:1`,
      phoneNumberId: tenant.phoneNumberId,
      sentAt: now,
      payload: { n },
    }));
    await record(statuses);
    startWorker({
      readStatus: (payload) => ({
        wamid: `wamid.${(payload as { n: number }).n}`,
        status: 'sent',
        outboxId: undefined,
        errorCode: undefined,
        errorDetail: undefined,
      }),
      applyStatuses: async (_tx, items: StatusItem[]) => {
        if (items.some((item) => item.status.wamid === 'wamid.2')) throw new Error('bad status');
        applied.push(...items.map((item) => item.status.wamid));
      },
    });
    await waitFor('all statuses', async () => {
      const [row] = await database.ownerSql<{ n: number }>(
        `select count(*)::int as n from inbox_event where wholesaler_id = $1 and state = 'waiting'`,
        [tenant.wholesalerId],
      );
      return row?.n === 0;
    });
    expect(new Set(applied)).toEqual(new Set(['wamid.0', 'wamid.1', 'wamid.3', 'wamid.4']));
    const parked = await database.ownerSql(`select 1 from inbox_event where wholesaler_id = $1 and state = 'parked'`, [
      tenant.wholesalerId,
    ]);
    expect(parked).toHaveLength(1);
  });

  it('takes smaller sets when one runs out of its time, until one fits', async () => {
    const sizes: number[] = [];
    const handler = recordingHandler(async (tx, items) => {
      sizes.push(items.length);
      // What the server says when a statement takes longer than it may.
      if (items.length > 2)
        await tx.$executeRaw`do $$ begin raise exception 'too slow' using errcode = '57014'; end $$`;
    });
    await record(Array.from({ length: 8 }, (_, n) => message(tenant, `85${n}`, 1)));
    startWorker({ handler, setMax: 8, setsAtOnce: 1 });
    await waitForEffects(8);
    expect(sizes.slice(0, 3)).toEqual([8, 4, 2]);
  });

  it('finishes what is under way when it stops, and takes nothing new', async () => {
    const worker = startWorker();
    await record([message(tenant, '841', 1)]);
    await waitForEffects(1);
    await worker.stop();
    await record([message(tenant, '841', 2)]);
    const beats = await database.ownerSql('select 1 from worker_heartbeat where stopped_at is null');
    expect(beats).toEqual([]);
    expect(await effects()).toHaveLength(1);
  });
});
