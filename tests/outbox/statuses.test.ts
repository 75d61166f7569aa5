import { expect, test } from 'vitest';
import { inTransaction } from '../../src/db/index.ts';
import { applyStatuses } from '../../src/outbox/index.ts';
import type { SendOutcome } from '../../src/outbox/types.ts';
import { newId } from '../../src/shared/ids.ts';
import { held, scriptedSender, until, useShop } from './support.ts';

const { shop, database } = useShop();

type Status = 'sent' | 'delivered' | 'read' | 'failed';

async function accepted(people = ['p:1']) {
  const sender = scriptedSender();
  await shop().queue(people, ['hello']);
  await shop().worker(sender).idle();
  return shop().rows();
}

const only = async () => (await shop().rows())[0];

test('a reply ends as the furthest thing ever reported, in whatever order and however often it is reported', async () => {
  const orders: [Status[], string][] = [
    [['sent', 'delivered', 'read'], 'read'],
    [['read', 'delivered', 'sent'], 'read'],
    [['delivered', 'sent'], 'delivered'],
    [['sent', 'sent'], 'sent'],
    [['failed', 'delivered'], 'failed'],
    [['delivered', 'failed'], 'failed'],
  ];
  const rows = await accepted(orders.flatMap((_, index) => [`p:a${index}`, `p:b${index}`]));
  const rowOf = (personKey: string) => rows.find((row) => row.person_key === personKey);
  for (const [index, [statuses]] of orders.entries()) {
    const wamid = rowOf(`p:a${index}`)?.wamid ?? '';
    for (const status of statuses) await shop().report([{ wamid, status }]);
    const together = rowOf(`p:b${index}`)?.wamid ?? '';
    await shop().report(statuses.map((status) => ({ wamid: together, status })));
  }
  const after = await shop().rows();
  for (const [index, [, state]] of orders.entries()) {
    expect(after.find((row) => row.person_key === `p:a${index}`)?.state).toBe(state);
    expect(after.find((row) => row.person_key === `p:b${index}`)?.state).toBe(state);
  }
});

test('a failure is recorded with its code and is final, and the queue goes on', async () => {
  const sender = scriptedSender();
  await shop().queue(['p:1'], ['hello', 'next']);
  const worker = shop().worker(sender);
  await worker.idle();
  const wamid = (await only())?.wamid ?? '';
  await shop().report([{ wamid, status: 'failed', errorCode: 131047 }]);
  await shop().report([{ wamid, status: 'delivered' }]);
  expect(await shop().rows()).toMatchObject([
    { state: 'failed', error_class: 'window_closed', error_code: 131047, error_detail: 'error 131047' },
    { state: 'accepted' },
  ]);
  await shop().queue(['p:1'], ['third']);
  await worker.idle();
  expect((await shop().states())[2]).toBe('accepted');
});

test('errors win over the word that they come with', async () => {
  const [row] = await accepted();
  await shop().report([{ wamid: row?.wamid ?? '', status: 'sent', errorCode: 131026 }]);
  expect(await only()).toMatchObject({ state: 'failed', error_code: 131026 });
});

test('a status that comes before the answer settles the reply, and the answer does not set it back', async () => {
  const sender = scriptedSender();
  const slow = held<SendOutcome>();
  sender.script('hello', slow.promise);
  await shop().queue(['p:1'], ['hello', 'next']);
  const worker = shop().worker(sender);
  await until(() => sender.sent.length === 1, 'sending');
  const outboxId = sender.sent[0]?.outboxId ?? '';
  await shop().report([{ wamid: 'wamid.early', status: 'delivered', outboxId }]);
  expect(await only()).toMatchObject({ state: 'delivered', wamid: 'wamid.early' });
  await until(() => sender.sent.length === 2, 'the next one need not wait for the answer');
  slow.settle({ kind: 'accepted', wamid: 'wamid.early' });
  await worker.idle();
  expect(await only()).toMatchObject({ state: 'delivered', wamid: 'wamid.early', attempts: 1 });
});

test('a status without our id that comes before the answer is kept and found when the answer is recorded', async () => {
  const sender = scriptedSender();
  const slow = held<SendOutcome>();
  sender.script('hello', slow.promise);
  await shop().queue(['p:1'], ['hello']);
  const worker = shop().worker(sender);
  await until(() => sender.sent.length === 1, 'sending');
  await shop().report([
    { wamid: 'wamid.x', status: 'sent' },
    { wamid: 'wamid.x', status: 'read' },
  ]);
  expect(await shop().states()).toEqual(['sending']);
  slow.settle({ kind: 'accepted', wamid: 'wamid.x' });
  await worker.idle();
  expect(await shop().states()).toEqual(['read']);
});

test('a stray status written in the same moment as the answer is adopted by the next sweep', async () => {
  const [row] = await accepted();
  const eventId = newId();
  await shop().sql(
    `insert into inbox_event (wholesaler_id, id, line_id, event_key, kind, payload, sent_at, state)
     values ($1, $2, $3, 's:stray', 'status', '{}', app_clock(), 'done')`,
    [shop().wholesalerId, eventId, shop().lineId],
  );
  // As the two transactions would leave it, neither having seen the other.
  await shop().sql(
    `insert into delivery_status (wholesaler_id, event_id, line_id, wamid, status, reported_at)
     values ($1, $2, $3, $4, 'delivered', app_clock())`,
    [shop().wholesalerId, eventId, shop().lineId, row?.wamid],
  );
  await shop().worker(scriptedSender()).sweep();
  expect(await shop().states()).toEqual(['delivered']);
});

test('an id that is echoed on another line or by another wholesaler moves nothing', async () => {
  const [row] = await accepted();
  const outboxId = row?.id ?? '';
  const ofWholesaler = `w-${newId()}`;
  const [ofLine, foreignLine] = [newId(), newId()];
  await shop().sql(
    `insert into wholesaler (id, name, currency, language, time_zone) values ($1, 'Other', 'INR', 'en', 'UTC')`,
    [ofWholesaler],
  );
  for (const [id, owner] of [
    [ofLine, shop().wholesalerId],
    [foreignLine, ofWholesaler],
  ]) {
    await shop().sql(
      `insert into line (id, wholesaler_id, phone_number_id, display_phone) values ($1, $2, $3, '+91 2')`,
      [id, owner, `pn-${id}`],
    );
  }
  await shop().report([{ wamid: 'wamid.1', status: 'read', outboxId, ofLine }]);
  await shop().report([{ wamid: 'wamid.2', status: 'read', outboxId, ofLine: foreignLine, ofWholesaler }]);
  await shop().report([{ wamid: row?.wamid ?? '', status: 'read', ofLine }]);
  await shop().report([{ wamid: 'wamid.3', status: 'read', outboxId: "'; drop table outbox_message --" }]);
  expect(await shop().states()).toEqual(['accepted']);
  const [kept] = await shop().sql<{ count: number }>(
    `select count(*)::int from delivery_status where outbox_id is null`,
  );
  expect(kept?.count).toBe(4);
});

test('statuses that contradict each other about a wamid cannot break the set', async () => {
  const rows = await accepted(['p:1', 'p:2']);
  const [one, two] = rows;
  await shop().report([
    { wamid: one?.wamid ?? '', status: 'sent', outboxId: two?.id ?? '' },
    { wamid: 'wamid.new', status: 'delivered', outboxId: one?.id ?? '' },
    { wamid: 'wamid.new', status: 'delivered', outboxId: two?.id ?? '' },
    { wamid: '', status: 'other' },
  ]);
  expect((await shop().rows()).map((row) => row.wamid)).toEqual([one?.wamid, two?.wamid]);
});

test('a repeated event is kept once', async () => {
  const [row] = await accepted();
  const eventId = newId();
  await shop().sql(
    `insert into inbox_event (wholesaler_id, id, line_id, event_key, kind, payload, sent_at, state)
     values ($1, $2, $3, 's:twice', 'status', '{}', app_clock(), 'done')`,
    [shop().wholesalerId, eventId, shop().lineId],
  );
  const item = {
    wholesalerId: shop().wholesalerId,
    lineId: shop().lineId,
    eventId,
    status: {
      wamid: row?.wamid ?? '',
      status: 'sent' as const,
      outboxId: row?.id,
      errorCode: undefined,
      errorDetail: undefined,
    },
    reportedAt: new Date(),
    receivedAt: new Date(),
  };
  for (let times = 0; times < 2; times += 1) {
    await inTransaction(database().db, (tx) => applyStatuses(tx, [item, item]));
  }
  const [kept] = await shop().sql<{ count: number }>(`select count(*)::int from delivery_status`);
  expect(kept?.count).toBe(1);
  expect(await shop().states()).toEqual(['sent']);
});

test('statuses and answers that arrive together never deadlock', async () => {
  const sender = scriptedSender();
  await shop().queue(
    Array.from({ length: 200 }, (_, index) => `p:${index}`),
    ['hello'],
  );
  const worker = shop().worker(sender);
  const reports: Promise<void>[] = [];
  await until(() => {
    // Meta's statuses race the answers, in the reverse order of sending.
    const fresh = sender.sent.slice(reports.length * 20, reports.length * 20 + 20).reverse();
    if (fresh.length === 20) {
      const statuses = fresh.map(({ outboxId }) => ({
        wamid: sender.wamidOf(outboxId),
        status: 'delivered' as const,
        outboxId,
      }));
      reports.push(shop().report(statuses));
    }
    return reports.length === 10;
  }, 'all reported');
  await Promise.all(reports);
  await worker.idle();
  expect(new Set(await shop().states())).toEqual(new Set(['delivered']));
});
