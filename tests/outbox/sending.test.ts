import { expect, test } from 'vitest';
import { outboxCounts } from '../../src/outbox/index.ts';
import type { SendOutcome } from '../../src/outbox/types.ts';
import { held, scriptedSender, until, useShop } from './support.ts';

const { shop, database } = useShop();

const people = (count: number): string[] => Array.from({ length: count }, (_, index) => `p:${1000 + index}`);

test('replies reach a person in the order in which they were decided', async () => {
  const sender = scriptedSender();
  await shop().queue(['p:1'], ['one', 'two', 'three']);
  await shop().queue(['p:1'], ['four']);
  await shop().worker(sender).idle();
  expect(sender.bodies()).toEqual(['one', 'two', 'three', 'four']);
  expect(await shop().states()).toEqual(['accepted', 'accepted', 'accepted', 'accepted']);
  expect(sender.sent[0]).toMatchObject({ recipient: { phone: '1' }, phoneNumberId: `pn-${shop().lineId}` });
});

test('the next reply leaves as soon as the one before is accepted, without waiting for a poll', async () => {
  const sender = scriptedSender();
  const bodies = Array.from({ length: 15 }, (_, index) => `reply ${index}`);
  await shop().queue(['p:1'], bodies);
  const worker = shop().worker(sender, { pollMs: 60_000 });
  await until(() => worker.counters().accepted === 15, 'all accepted, one after the other');
  expect(sender.bodies()).toEqual(bodies);
});

test('a slow recipient delays nobody else', async () => {
  const sender = scriptedSender();
  const slow = held<SendOutcome>();
  sender.script('slow', slow.promise);
  await shop().queue(['p:1'], ['slow', 'after slow']);
  await shop().queue(people(200), ['quick', 'quick too']);
  const worker = shop().worker(sender, { concurrency: 4, pollMs: 60_000 });
  await until(() => worker.counters().accepted === 400, 'everybody else was served', 20_000);
  expect(sender.bodies()).not.toContain('after slow');
  slow.settle({ kind: 'accepted', wamid: 'wamid.slow' });
  await until(() => worker.counters().accepted === 402, 'the slow one was served');
  expect(sender.bodies().at(-1)).toBe('after slow');
});

test('two workers on one database never send a reply twice, nor out of order', async () => {
  const [first, second] = [scriptedSender(), scriptedSender()];
  await shop().queue(people(150), ['a', 'b', 'c']);
  const workers = [first, second].map((sender) => shop().worker(sender, { concurrency: 20 }));
  await until(async () => (await outboxCounts(database().db, shop().wholesalerId)).accepted === 450, 'all accepted');
  await Promise.all(workers.map((worker) => worker.idle()));
  const ids = [...first.sent, ...second.sent].map((message) => message.outboxId);
  expect(ids.length).toBe(450);
  expect(new Set(ids).size).toBe(450);
  expect(first.sent.length).toBeGreaterThan(0);
  expect(second.sent.length).toBeGreaterThan(0);
});

test('a reply queued while the worker runs leaves on a wake-up', async () => {
  const sender = scriptedSender();
  const worker = shop().worker(sender, { pollMs: 60_000 });
  await worker.idle();
  await shop().queue(['p:1'], ['hello']);
  worker.wake(shop().wholesalerId);
  await until(() => worker.counters().accepted === 1, 'accepted');
});

test('a wholesaler is served although another has a long queue', async () => {
  const sender = scriptedSender();
  const never = held<SendOutcome>();
  const bodies = Array.from({ length: 100 }, () => 'stuck');
  sender.script('stuck', ...bodies.map(() => never.promise));
  await shop().queue(people(100), ['stuck']);
  const worker = shop().worker(sender, { concurrency: 8 });
  await until(() => sender.sent.length === 6, 'three quarters of the places are taken');
  const otherLine = '00000000-0000-7000-8000-000000000001';
  const sql = database().ownerSql;
  await sql(
    `insert into line (id, wholesaler_id, phone_number_id, display_phone) values ($1, $2, 'pn-other', '+91 2')`,
    [otherLine, shop().wholesalerId],
  );
  await sql(
    `insert into conversation (wholesaler_id, line_id, person_key, last_inbound_at) values ($1, $2, 'p:9', app_clock())`,
    [shop().wholesalerId, otherLine],
  );
  await sql(
    `insert into outbox_message (wholesaler_id, id, line_id, person_key, seq, reply, to_phone)
     values ($1, $2, $2, 'p:9', 1, '{"kind": "text", "body": "other"}', '9')`,
    [shop().wholesalerId, otherLine],
  );
  await until(() => worker.counters().accepted === 1, 'the other line was served');
  never.settle({ kind: 'not_sent', detail: 'test over' });
});

test('a reply is dropped, not sent, once the person has been silent for 24 hours, or never wrote', async () => {
  const sender = scriptedSender();
  await shop().queue(['p:1'], ['late', 'late too'], 25);
  await shop().queue(['p:2'], ['in time'], 23);
  await shop().queue(['p:3'], ['unasked']);
  await shop().sql(`update conversation set last_inbound_at = null where wholesaler_id = $1 and person_key = 'p:3'`, [
    shop().wholesalerId,
  ]);
  await shop().worker(sender).idle();
  expect(sender.bodies()).toEqual(['in time']);
  expect((await shop().rows()).map((row) => [row.state, row.error_class])).toEqual([
    ['dropped', 'window_closed'],
    ['dropped', 'window_closed'],
    ['accepted', null],
    ['dropped', 'window_closed'],
  ]);
});

test('a retired line sends nothing', async () => {
  const sender = scriptedSender();
  await shop().queue(['p:1'], ['hello']);
  await shop().sql(`update line set retired_at = app_clock() where id = $1`, [shop().lineId]);
  await shop().worker(sender).idle();
  expect(sender.sent).toEqual([]);
  expect((await shop().rows())[0]).toMatchObject({ state: 'dropped', error_class: 'line_retired' });
});

test('replies leave at the pace of the line, which all processes share', async () => {
  const [first, second] = [scriptedSender(), scriptedSender()];
  await shop().queue(people(60), ['hello']);
  // The clock stands still, so that exactly what the bucket holds may leave.
  await shop().sql(`create or replace function app_clock() returns timestamptz language sql volatile
    as 'select timestamptz ''2026-11-23 10:00:00+00'' + (select shift from test_time)'`);
  try {
    await shop().sql(`update conversation set last_inbound_at = app_clock() where wholesaler_id = $1`, [
      shop().wholesalerId,
    ]);
    await shop().sql(`update outbox_message set not_before = app_clock() where wholesaler_id = $1`, [
      shop().wholesalerId,
    ]);
    const pace = { perLineRatePerSecond: 80, lineBurstMs: 250 };
    const workers = [first, second].map((sender) => shop().worker(sender, pace));
    const sent = (): number => first.sent.length + second.sent.length;
    const settled = (): boolean => workers.every((worker) => worker.counters().inFlight === 0);
    await until(() => sent() >= 20 && settled(), 'the saved-up burst left');
    for (const worker of workers) await worker.idle();
    expect(sent()).toBe(20);
    await shop().pass(100);
    await until(() => sent() >= 28 && settled(), 'what 100 ms allow left');
    for (const worker of workers) await worker.idle();
    expect(sent()).toBe(28);
    await shop().pass(10_000);
    await until(() => sent() >= 48 && settled(), 'a quiet line saves up its burst and no more');
    for (const worker of workers) await worker.idle();
    expect(sent()).toBe(48);
  } finally {
    await shop().stopWorkers();
    await shop().sql(`create or replace function app_clock() returns timestamptz language sql volatile
      as 'select clock_timestamp() + (select shift from test_time)'`);
  }
});

test('one person gets a burst and then one reply per interval; others are not affected', async () => {
  const sender = scriptedSender();
  const bodies = Array.from({ length: 30 }, (_, index) => `reply ${index}`);
  await shop().queue(['p:1'], bodies);
  const worker = shop().worker(sender, { pairBurst: 20, pairIntervalMs: 60_000 });
  await until(() => worker.counters().accepted === 20, 'the burst left');
  await worker.idle();
  expect(sender.sent.length).toBe(20);
  await shop().queue(['p:2'], ['hello']);
  await until(() => worker.counters().accepted === 21, 'another person is served');
  await shop().pass(60_000);
  await until(() => worker.counters().accepted === 22, 'one more after an interval');
  await worker.idle();
  expect(sender.sent.length).toBe(22);
  await shop().pass(120_000);
  await until(() => worker.counters().accepted === 24, 'two more after two intervals');
  await worker.idle();
  expect(sender.sent.length).toBe(24);
});

test('stop waits for what is being sent and leaves the rest queued', async () => {
  const sender = scriptedSender();
  const slow = held<SendOutcome>();
  sender.script('slow', slow.promise);
  await shop().queue(['p:1'], ['slow', 'later']);
  const worker = shop().worker(sender);
  // A claim under way takes its places before it brings anything, and what it brings is sent.
  await until(() => sender.sent.length === 1 && worker.counters().inFlight === 1, 'sending, and nothing claimed');
  const stopped = worker.stop(10_000);
  slow.settle({ kind: 'accepted', wamid: 'wamid.x' });
  await stopped;
  expect(await shop().states()).toEqual(['accepted', 'queued']);
});

test('stop does not wait for ever', async () => {
  const sender = scriptedSender();
  const never = held<SendOutcome>();
  sender.script('stuck', never.promise);
  await shop().queue(['p:1'], ['stuck']);
  const worker = shop().worker(sender);
  await until(() => sender.sent.length === 1, 'sending');
  await worker.stop(50);
  expect(await shop().states()).toEqual(['sending']);
  never.settle({ kind: 'not_sent', detail: 'test over' });
  await until(async () => (await shop().states())[0] === 'queued', 'a late outcome is still recorded');
});

test('text that jsonb cannot hold does not break the set', async () => {
  const sender = scriptedSender();
  await shop().queue(['p:1'], ['nul \u0000 and half \ud83d pair']);
  await shop().worker(sender).idle();
  expect(sender.bodies()).toEqual(['nul \ufffd and half \ufffd pair']);
});
