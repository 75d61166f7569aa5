import { expect, test } from 'vitest';
import type { SendOutcome } from '../../src/outbox/types.ts';
import { newId } from '../../src/shared/ids.ts';
import { held, scriptedSender, until, useShop } from './support.ts';

const { shop, database } = useShop();

const unknown: SendOutcome = { kind: 'unknown', detail: 'no answer within 20 s' };
const WAIT_MS = 120_000;

/** A status of somebody else's message every `everyMs`, for `forMs` of the database's time. */
async function othersKeepComing(forMs: number, everyMs = 20_000): Promise<void> {
  for (let passed = 0; passed < forMs; passed += everyMs) {
    await shop().pass(everyMs);
    await shop().report([{ wamid: `wamid.other.${newId()}`, status: 'delivered' }]);
  }
}

async function sendUncertain(options: { bodies?: string[]; outcomes?: SendOutcome[] } = {}) {
  const sender = scriptedSender();
  sender.script('hello', ...(options.outcomes ?? [unknown]));
  await shop().queue(['p:1'], options.bodies ?? ['hello']);
  const worker = shop().worker(sender);
  await until(() => worker.counters().uncertain === 1, 'uncertain');
  await worker.idle();
  return { sender, worker };
}

test('an uncertain reply that a status names was sent, and is not sent again', async () => {
  const { sender, worker } = await sendUncertain();
  const [row] = await shop().rows();
  expect(row).toMatchObject({ state: 'uncertain', wamid: null, error_class: 'unknown' });
  await shop().report([{ wamid: 'wamid.real', status: 'sent', outboxId: row?.id ?? '' }]);
  await othersKeepComing(2 * WAIT_MS);
  await worker.sweep();
  await worker.idle();
  expect((await shop().rows())[0]).toMatchObject({ state: 'sent', wamid: 'wamid.real', error_class: null });
  expect(sender.sent.length).toBe(1);
});

test('while statuses of others keep coming and none of ours, it was not sent: it is sent again', async () => {
  const { sender, worker } = await sendUncertain();
  await othersKeepComing(WAIT_MS - 20_000);
  await worker.sweep();
  expect(await shop().states()).toEqual(['uncertain']);
  await othersKeepComing(20_000);
  await worker.sweep();
  await until(() => worker.counters().accepted === 1, 'sent again');
  await until(async () => (await shop().rows())[0]?.state === 'accepted', 'the outcome to be recorded');
  expect((await shop().rows())[0]).toMatchObject({ state: 'accepted', attempts: 2 });
  expect(sender.sent.map((message) => message.outboxId)).toEqual([sender.sent[0]?.outboxId, sender.sent[0]?.outboxId]);
});

test('it is sent again once: a second time without answer and status is given up, for staff to see', async () => {
  const { sender, worker } = await sendUncertain({ outcomes: [unknown, unknown, unknown] });
  await othersKeepComing(WAIT_MS);
  await worker.sweep();
  await until(() => worker.counters().uncertain === 2, 'uncertain again');
  await othersKeepComing(WAIT_MS);
  await worker.sweep();
  await worker.idle();
  const [row] = await shop().rows();
  expect(row).toMatchObject({ state: 'failed', error_class: 'unconfirmed' });
  expect(row?.error_detail).toContain('sent twice');
  expect(sender.sent.length).toBe(2);
  await shop().report([{ wamid: 'wamid.late', status: 'delivered', outboxId: row?.id ?? '' }]);
  expect((await shop().rows())[0]).toMatchObject({ state: 'delivered', wamid: 'wamid.late', error_class: null });
});

test('while no statuses come at all nothing is known: it is held, and dropped when it is too old to be of use', async () => {
  const { sender, worker } = await sendUncertain();
  await shop().pass(23 * 3_600_000);
  await worker.sweep();
  expect(await shop().states()).toEqual(['uncertain']);
  await shop().pass(3_600_000);
  await worker.sweep();
  expect((await shop().rows())[0]).toMatchObject({ state: 'dropped', error_class: 'unconfirmed' });
  expect(sender.sent.length).toBe(1);
});

test('statuses of before the attempt, or a single one after it, prove nothing', async () => {
  await othersKeepComing(WAIT_MS);
  const { worker } = await sendUncertain();
  await shop().pass(1_000);
  await shop().report([{ wamid: 'wamid.one', status: 'sent' }]);
  await shop().pass(2 * WAIT_MS);
  await worker.sweep();
  expect(await shop().states()).toEqual(['uncertain']);
});

test('reports with which Meta is behind, of what was before the attempt, prove nothing', async () => {
  const { sender, worker } = await sendUncertain();
  for (let passed = 0; passed < 2 * WAIT_MS; passed += 20_000) {
    await shop().pass(20_000);
    // Meta is five minutes late, with everybody's reports and so with ours.
    await shop().report([{ wamid: `wamid.other.${newId()}`, status: 'delivered', agoMs: 300_000 }]);
  }
  await worker.sweep();
  await worker.idle();
  expect(await shop().states()).toEqual(['uncertain']);
  expect(sender.sent.length).toBe(1);
});

test('when statuses had stopped and return, ours gets the whole wait from then on', async () => {
  const { sender, worker } = await sendUncertain();
  await othersKeepComing(20_000);
  await shop().pass(10 * 60_000);
  await othersKeepComing(WAIT_MS);
  await worker.sweep();
  expect(await shop().states()).toEqual(['uncertain']);
  await othersKeepComing(20_000);
  await worker.sweep();
  await until(() => worker.counters().accepted === 1, 'sent again');
  expect(sender.sent.length).toBe(2);
});

test('a status that has arrived but was not read yet holds the judgement', async () => {
  const { worker } = await sendUncertain();
  const eventId = newId();
  await shop().sql(
    `insert into inbox_event (wholesaler_id, id, line_id, event_key, kind, payload, sent_at)
     values ($1, $2, $3, 's:ours', 'status', '{}', app_clock())`,
    [shop().wholesalerId, eventId, shop().lineId],
  );
  await othersKeepComing(WAIT_MS);
  await worker.sweep();
  expect(await shop().states()).toEqual(['uncertain']);
  await shop().sql(`update inbox_event set state = 'done' where id = $1`, [eventId]);
  await worker.sweep();
  await until(() => worker.counters().accepted === 1, 'judged');
});

test("statuses of another line are no evidence about this one's messages", async () => {
  const { worker } = await sendUncertain();
  const ofLine = newId();
  await shop().sql(
    `insert into line (id, wholesaler_id, phone_number_id, display_phone) values ($1, $2, $3, '+91 2')`,
    [ofLine, shop().wholesalerId, `pn-${ofLine}`],
  );
  for (let passed = 0; passed < 2 * WAIT_MS; passed += 20_000) {
    await shop().pass(20_000);
    await shop().report([{ wamid: `wamid.${newId()}`, status: 'sent', ofLine }]);
  }
  await worker.sweep();
  expect(await shop().states()).toEqual(['uncertain']);
});

test('the same person waits for an uncertain reply, at most a minute', async () => {
  const { sender, worker } = await sendUncertain({ bodies: ['hello', 'next'] });
  expect(sender.bodies()).toEqual(['hello']);
  await shop().pass(50_000);
  await worker.idle();
  expect(sender.bodies()).toEqual(['hello']);
  await shop().pass(10_000);
  await until(() => worker.counters().accepted === 1, 'the next one left');
  expect(sender.bodies()).toEqual(['hello', 'next']);
  expect(await shop().states()).toEqual(['uncertain', 'accepted']);
});

test('a process that dies after its attempt was committed leaves an uncertain reply, never a blind second send', async () => {
  const dead = scriptedSender();
  const never = held<SendOutcome>();
  dead.script('hello', never.promise);
  await shop().queue(['p:1'], ['hello']);
  // Its pool is cut off, so whatever the dying worker still wants to say never arrives.
  const pool = await database().connect();
  const dying = shop().worker(dead, { db: pool, leaseMs: 45_000 });
  await until(() => dead.sent.length === 1, 'the request left');
  await dying.stop(0);
  await pool.stop();
  const sender = scriptedSender();
  const worker = shop().worker(sender);
  await worker.sweep();
  expect(await shop().states()).toEqual(['sending']);
  await shop().pass(45_001);
  await worker.sweep();
  await worker.idle();
  expect((await shop().rows())[0]).toMatchObject({ state: 'uncertain', attempts: 1, error_class: 'unknown' });
  expect(worker.counters().leasesExpired).toBe(1);
  expect(sender.sent).toEqual([]);
  // Nobody's statuses came for 45 s, so the wait begins with the first of these.
  await othersKeepComing(WAIT_MS + 20_000);
  await worker.sweep();
  await until(() => worker.counters().accepted === 1, 'sent on evidence');
  never.settle(unknown);
});

test('an answer that comes after its lease ran out is still believed', async () => {
  const sender = scriptedSender();
  const late = held<SendOutcome>();
  sender.script('hello', late.promise);
  await shop().queue(['p:1'], ['hello']);
  const worker = shop().worker(sender, { leaseMs: 45_000 });
  await until(() => sender.sent.length === 1, 'the request left');
  await shop().pass(45_001);
  await worker.sweep();
  expect(await shop().states()).toEqual(['uncertain']);
  late.settle({ kind: 'accepted', wamid: 'wamid.late' });
  await until(async () => (await shop().states())[0] === 'accepted', 'accepted');
});

test('a late refusal of an earlier attempt does not undo the later one', async () => {
  const sender = scriptedSender();
  const [first, second] = [held<SendOutcome>(), held<SendOutcome>()];
  sender.script('hello', first.promise, second.promise);
  await shop().queue(['p:1'], ['hello']);
  const worker = shop().worker(sender, { leaseMs: 45_000 });
  await until(() => sender.sent.length === 1, 'the first request left');
  await shop().pass(45_001);
  await worker.sweep();
  await othersKeepComing(WAIT_MS + 20_000);
  await worker.sweep();
  await until(() => sender.sent.length === 2, 'sent on evidence');
  first.settle({ kind: 'not_sent', detail: 'late' });
  await until(() => worker.counters().requeued === 1, 'the first outcome was judged');
  expect(await shop().states()).toEqual(['sending']);
  second.settle({ kind: 'accepted', wamid: 'wamid.second' });
  await worker.idle();
  expect((await shop().rows())[0]).toMatchObject({ state: 'accepted', wamid: 'wamid.second' });
  expect(sender.sent.length).toBe(2);
});
