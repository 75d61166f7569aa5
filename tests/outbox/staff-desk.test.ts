import { expect, test } from 'vitest';
import { inTransaction, type Tx } from '../../src/db/index.ts';
import { dropReply, listMessages, parkReply, readLineHealth, sendAgain, tryLineNow } from '../../src/outbox/index.ts';
import { mustExist } from '../../src/shared/assert.ts';
import { held, type Row, refused, scriptedSender, until, useShop } from './support.ts';

const { shop, database } = useShop();

const by = 'staff:1';
const reason = 'a test';

async function rowOf(seq = 1): Promise<Row> {
  return mustExist(
    (await shop().rows()).find((row) => row.seq === seq),
    `reply ${seq}`,
  );
}

type Decide<T> = (tx: Tx, wanted: { wholesalerId: string; id: string; by: string; reason: string; seen?: string }) => T;

async function decide<T>(work: Decide<Promise<T>>, id: string, seen?: string, wholesalerId = shop().wholesalerId) {
  const wanted = { wholesalerId, id, by, reason, ...(seen === undefined ? {} : { seen }) };
  return inTransaction(database().db, (tx) => work(tx, wanted));
}

const audited = async (): Promise<string[]> => {
  const rows = await shop().sql<{ action: string }>(
    `select action from audit_entry where wholesaler_id = $1 order by id`,
    [shop().wholesalerId],
  );
  return rows.map(({ action }) => action);
};

test('a reply that was given up is sent again with all its tries, once, and staff hear of its next failure', async () => {
  const sender = scriptedSender();
  sender.script('one', refused('final', 100), refused('final', 100));
  await shop().queue(['p:1'], ['one', 'two']);
  const worker = shop().worker(sender);
  await worker.idle();
  await worker.sweep();
  const { id } = await rowOf();
  await shop().sql(`update operator_alert set closed_at = app_clock(), closed_by = 'test' where wholesaler_id = $1`, [
    shop().wholesalerId,
  ]);
  const answers = await Promise.all([decide(sendAgain, id, 'failed'), decide(sendAgain, id, 'failed')]);
  expect(answers.map((answer) => answer.kind)).toEqual(['done', 'done']);
  await worker.idle();
  await worker.sweep();
  expect(sender.bodies()).toEqual(['one', 'two', 'one']);
  expect(await rowOf()).toMatchObject({ state: 'failed', attempts: 1, error_code: 100 });
  expect((await shop().alerts()).filter(({ open }) => open)).toHaveLength(1);
  await decide(sendAgain, id);
  await worker.idle();
  expect(await shop().states()).toEqual(['accepted', 'accepted']);
  expect(await audited()).toEqual(['reply_sent_again', 'reply_sent_again']);
});

test('what Meta took and then failed is sent again under a new id, and late words of the first try change nothing', async () => {
  const sender = scriptedSender();
  await shop().queue(['p:1'], ['one']);
  const worker = shop().worker(sender);
  await worker.idle();
  const { id, wamid } = await rowOf();
  const failed = { wamid: wamid ?? '', status: 'failed', errorCode: 131026, outboxId: id } as const;
  await shop().report([failed]);
  await worker.sweep();
  expect((await rowOf()).state).toBe('failed');
  sender.wamidOf = () => 'wamid.second';
  await decide(sendAgain, id, 'failed');
  await worker.idle();
  await shop().report([failed]);
  expect(await rowOf()).toMatchObject({ state: 'accepted', wamid: 'wamid.second' });
});

test('a parked reply lets those behind it go, and takes its old place when it is sent again', async () => {
  await shop().queue(['p:1'], ['one', 'two', 'three']);
  const first = await rowOf(1);
  const third = await rowOf(3);
  expect(await decide(parkReply, first.id, 'queued')).toEqual({ kind: 'done', replayed: false });
  expect(await decide(parkReply, first.id, 'queued')).toEqual({ kind: 'done', replayed: true });
  await decide(parkReply, third.id);
  const sender = scriptedSender();
  const worker = shop().worker(sender);
  await worker.idle();
  await worker.sweep();
  expect([sender.bodies(), await shop().states()]).toEqual([['two'], ['failed', 'accepted', 'failed']]);
  expect(await shop().alerts()).toEqual([]);
  await inTransaction(database().db, async (tx) => {
    const wanted = { wholesalerId: shop().wholesalerId, by };
    await sendAgain(tx, { ...wanted, id: third.id });
    await sendAgain(tx, { ...wanted, id: first.id });
  });
  await worker.idle();
  expect(sender.bodies()).toEqual(['two', 'one', 'three']);
});

test('a dropped reply is never sent, and is not told to staff; one that arrived cannot be dropped', async () => {
  await shop().queue(['p:1'], ['one', 'two']);
  const { id } = await rowOf();
  expect(await decide(dropReply, id, 'queued')).toEqual({ kind: 'done', replayed: false });
  expect(await decide(dropReply, id, 'queued')).toEqual({ kind: 'done', replayed: true });
  const sender = scriptedSender();
  const worker = shop().worker(sender);
  await worker.idle();
  await worker.sweep();
  expect([sender.bodies(), await shop().alerts()]).toEqual([['two'], []]);
  expect(await decide(dropReply, (await rowOf(2)).id)).toMatchObject({ kind: 'not_now', because: 'arrived' });
  expect(await decide(sendAgain, (await rowOf(2)).id)).toMatchObject({ kind: 'not_now', because: 'arrived' });
});

test('a reply that is being sent is left alone, and the second of two who decide sees what the first did', async () => {
  const sender = scriptedSender();
  const answer = held<Awaited<ReturnType<typeof sender.send>>>();
  sender.script('one', answer.promise);
  await shop().queue(['p:1'], ['one', 'two']);
  const worker = shop().worker(sender);
  await until(async () => (await rowOf()).state === 'sending', 'the send to begin');
  const { id } = await rowOf();
  for (const work of [parkReply, dropReply]) {
    expect(await decide(work, id, 'queued')).toMatchObject({ kind: 'not_now', because: 'under_way' });
  }
  const second = (await rowOf(2)).id;
  await decide(parkReply, second, 'queued');
  expect(await decide(dropReply, second, 'queued')).toMatchObject({
    kind: 'not_now',
    because: 'changed',
    state: 'failed',
  });
  answer.settle({ kind: 'accepted', wamid: 'wamid.1' });
  await worker.idle();
  expect(await shop().states()).toEqual(['accepted', 'failed']);
});

test('an uncertain reply that is sent again is settled by the report on either try', async () => {
  const sender = scriptedSender();
  sender.script('one', { kind: 'unknown', detail: 'no answer' });
  await shop().queue(['p:1'], ['one']);
  const worker = shop().worker(sender);
  await until(async () => (await rowOf()).state === 'uncertain', 'no answer');
  const { id } = await rowOf();
  expect(await decide(sendAgain, id, 'uncertain')).toMatchObject({ kind: 'done' });
  await worker.idle();
  await shop().report([{ wamid: 'wamid.first', status: 'delivered', outboxId: id }]);
  expect(await rowOf()).toMatchObject({ state: 'delivered' });
  expect((await rowOf()).resent_at).not.toBeNull();
});

test('replies in one message fail together, and are sent again together', async () => {
  const sender = scriptedSender();
  await shop().queue(['p:1'], ['one', 'two']);
  await shop().pass(10_000);
  sender.script('one\n\ntwo', { kind: 'unknown', detail: 'no answer' });
  const worker = shop().worker(sender, { mergeAfterMs: 1_000 });
  await until(async () => (await shop().states()).every((state) => state === 'uncertain'), 'both to be uncertain');
  const [first, second] = [await rowOf(1), await rowOf(2)];
  expect([first.carries, second.carried_by]).toEqual([1, first.id]);
  expect(await decide(dropReply, second.id)).toMatchObject({ kind: 'not_now', because: 'carried' });
  await decide(dropReply, first.id, 'uncertain');
  await worker.sweep();
  expect([await shop().states(), await shop().alerts()]).toEqual([['dropped', 'dropped'], []]);
  await decide(sendAgain, first.id, 'dropped');
  await until(() => sender.sent.length === 3, 'both to go');
  expect(sender.bodies().slice(1)).toEqual(['one', 'two']);
});

test('nothing is sent again that the queue would drop: a closed window, a use that is over, a retired number', async () => {
  await shop().queue(['p:1'], ['one'], 25);
  await shop().queueFor(['p:2'], [{ kind: 'text', body: 'two', usefulForMs: 1_000 }]);
  const [late, stale] = await shop().rows();
  for (const row of [late, stale]) await decide(parkReply, row?.id ?? '');
  await shop().pass(60_000);
  expect(await decide(sendAgain, late?.id ?? '')).toMatchObject({ because: 'window_closed' });
  expect(await decide(sendAgain, stale?.id ?? '')).toMatchObject({ because: 'stale' });
  await shop().sql('update line set retired_at = app_clock() where id = $1', [shop().lineId]);
  expect(await decide(sendAgain, stale?.id ?? '')).toMatchObject({ because: 'line_retired' });
  expect(await decide(sendAgain, late?.id ?? '', undefined, 'somebody-else')).toEqual({ kind: 'not_found' });
});

test('a stopped number says why and since when, and is tried with one reply when somebody mended it', async () => {
  const sender = scriptedSender();
  sender.script('one', refused('line_stopped', 190));
  await shop().queue(['p:1'], ['one']);
  const worker = shop().worker(sender);
  await until(async () => (await shop().alerts()).length === 1, 'the number to be stopped');
  await shop().queue(['p:2'], ['two']);
  const health = () => readLineHealth(database().db.prisma, shop().wholesalerId);
  const [line] = await health();
  expect(line).toMatchObject({
    waiting: 2,
    troubles: [{ kind: 'stopped', metaCode: 190, tries: 1, hint: expect.stringContaining('access token') }],
  });
  expect(line?.troubles[0]?.since).toBeInstanceOf(Date);
  const asked = { wholesalerId: shop().wholesalerId, lineId: shop().lineId, by };
  expect(await inTransaction(database().db, (tx) => tryLineNow(tx, { ...asked, wholesalerId: 'other' }))).toBe(false);
  expect(await inTransaction(database().db, (tx) => tryLineNow(tx, asked))).toBe(true);
  worker.wake(shop().wholesalerId);
  await until(async () => (await shop().states()).every((state) => state === 'accepted'), 'both to leave');
  expect((await health())[0]).toMatchObject({ waiting: 0, troubles: [] });
  expect(await inTransaction(database().db, (tx) => tryLineNow(tx, asked))).toBe(false);
});

test('lists show what is stuck however old it is, and everything in pages', async () => {
  await shop().queue(['p:1'], ['one', 'two', 'three']);
  await decide(parkReply, (await rowOf(1)).id);
  const list = (more: object) =>
    listMessages(database().db.prisma, { wholesalerId: shop().wholesalerId, limit: 2, ...more });
  const seqs = async (ids: string[]) =>
    (await shop().rows()).filter(({ id }) => ids.includes(id)).map(({ seq }) => seq);
  const stuck = await list({ states: ['failed', 'uncertain'] });
  expect(await seqs(stuck.messages.map(({ id }) => id))).toEqual([1]);
  const first = await list({});
  const rest = await list({ beforeId: first.next });
  expect([first.messages.length, rest.messages.length, rest.next]).toEqual([2, 1, null]);
  expect((await list({ states: ['read'] })).messages).toEqual([]);
});
