import { expect, test } from 'vitest';
import { wordsOf } from '../../src/outbox/index.ts';
import type { Reply, SendOutcome } from '../../src/outbox/types.ts';
import { held, refused, scriptedSender, until, useShop } from './support.ts';

const { shop } = useShop();

const text = (body: string, more: object = {}): Reply => ({ kind: 'text', body, ...more });
const buttons = (body: string): Reply => ({ kind: 'buttons', body, buttons: [{ id: 'ok', title: 'Confirm' }] });
const list = (body: string): Reply => ({ kind: 'list', body, button: 'Choose', rows: [{ id: 'a', title: 'A' }] });
const document: Reply = { kind: 'document', file: { mediaId: '1' }, filename: 'statement.pdf' };
const statuses = (count: number, status: string) => Array.from({ length: count }, () => status);

/** What leaves after these waited for a minute. */
async function sentAfterRest(replies: Reply[]): Promise<string[]> {
  const sender = scriptedSender();
  await shop().queueFor(['p:1'], replies);
  await shop().pass(60_000);
  await shop().worker(sender, { mergeAfterMs: 5_000 }).idle();
  return sender.sent.map(({ reply }) => `${reply.kind}: ${wordsOf(reply)}`);
}

test('texts that had to wait leave as one message, in their order', async () => {
  expect(await sentAfterRest([text('one'), text('two'), text('three')])).toEqual(['text: one\n\ntwo\n\nthree']);
  expect(await shop().states()).toEqual(['accepted', 'accepted', 'accepted']);
});

test('what was just queued stays as it was said', async () => {
  const sender = scriptedSender();
  await shop().queueFor(['p:1'], [text('one'), text('two')]);
  await shop().worker(sender, { mergeAfterMs: 5_000 }).idle();
  expect(sender.bodies()).toEqual(['one', 'two']);
});

const x = (length: number) => 'x'.repeat(length);
test.each<[string, Reply[], string[]]>([
  ['texts go before buttons', [text('one'), buttons('sure?'), text('two')], ['buttons: one\n\nsure?', 'text: two']],
  ['texts go before a list', [text('one'), text('two'), list('which?')], ['list: one\n\ntwo\n\nwhich?']],
  ['buttons never join what follows', [buttons('a'), text('b'), text('c')], ['buttons: a', 'text: b\n\nc']],
  [
    'a document stands alone',
    [text('a'), document, text('b'), text('c')],
    ['text: a', 'document: statement.pdf', 'text: b\n\nc'],
  ],
  ['kept apart', [text('a'), text('b', { keepApart: true }), text('c')], ['text: a', 'text: b', 'text: c']],
  ['a text of 4,096', [text(x(4000)), text(x(94)), text('c')], [`text: ${x(4000)}\n\n${x(94)}`, 'text: c']],
  ['a text of 4,097', [text(x(4000)), text(x(95))], [`text: ${x(4000)}`, `text: ${x(95)}`]],
  ['buttons of 1,025', [text(x(1000)), buttons(x(23))], [`text: ${x(1000)}`, `buttons: ${x(23)}`]],
  ['what must not be later', [text('a'), text('b', { usefulForMs: 1_000 }), text('c')], ['text: a', 'text: c']],
])('limits and order are kept: %s', async (_what, replies, expected) => {
  expect(await sentAfterRest(replies)).toEqual(expected);
});

test('no more than ten answers are put into one message', async () => {
  const sent = await sentAfterRest(Array.from({ length: 12 }, (_, n) => text(`${n}`)));
  expect(sent.map((body) => body.split('\n\n').length)).toEqual([10, 2]);
});

test('a quote is kept where all share it', async () => {
  const sender = scriptedSender();
  await shop().queueFor(['p:1'], [text('a', { quotes: 'wamid.1' }), text('b', { quotes: 'wamid.1' })]);
  await shop().queueFor(['p:2'], [text('a', { quotes: 'wamid.1' }), text('b', { quotes: 'wamid.2' })]);
  await shop().pass(60_000);
  await shop().worker(sender, { mergeAfterMs: 5_000 }).idle();
  expect(sender.sent.map(({ reply }) => reply.quotes).sort()).toEqual(['wamid.1', undefined]);
});

test('what Meta reports of the message moves every reply in it', async () => {
  await sentAfterRest([text('one'), text('two'), text('three')]);
  const [first] = await shop().rows();
  await shop().report([{ wamid: first?.wamid ?? '', status: 'delivered' }]);
  expect(await shop().states()).toEqual(statuses(3, 'delivered'));
  await shop().report([{ wamid: first?.wamid ?? '', status: 'failed', errorCode: 131009 }]);
  expect(await shop().rows()).toMatchObject(Array.from({ length: 3 }, () => ({ state: 'failed', error_code: 131009 })));
});

test('a refusal of all of it puts each reply back, and they leave together later, with what came meanwhile', async () => {
  const sender = scriptedSender();
  sender.script('one\n\ntwo', refused('pair_rate', 131056));
  await shop().queueFor(['p:1'], [text('one'), text('two')]);
  await shop().pass(60_000);
  const worker = shop().worker(sender, { mergeAfterMs: 5_000 });
  await until(() => worker.counters().requeued === 1, 'put back');
  await until(async () => (await shop().states()).every((state) => state === 'queued'), 'recorded');
  expect(await shop().rows()).toMatchObject([
    { attempts: 1, carries: 0, carried_by: null, error_class: 'pair_rate' },
    { attempts: 1, carries: 0, carried_by: null, error_class: 'pair_rate' },
  ]);
  await shop().queueFor(['p:1'], [text('three')]);
  await shop().pass(60_000);
  await until(() => worker.counters().accepted === 1, 'accepted');
  expect(sender.bodies()).toEqual(['one\n\ntwo', 'one\n\ntwo\n\nthree']);
});

test('of what Meta does not take as one message, each reply is sent alone', async () => {
  const sender = scriptedSender();
  sender.script('one\n\nbad', refused('final', 131009));
  sender.script('bad', refused('final', 131009));
  await shop().queueFor(['p:1'], [text('one'), text('bad')]);
  await shop().pass(60_000);
  const worker = shop().worker(sender, { mergeAfterMs: 5_000 });
  await until(() => worker.counters().failed === 1, 'the bad one failed');
  await worker.idle();
  expect(sender.bodies()).toEqual(['one\n\nbad', 'one', 'bad']);
  expect(await shop().states()).toEqual(['accepted', 'failed']);
});

test('a merged message of unknown outcome is settled as one, and what never went is sent again one by one', async () => {
  const sender = scriptedSender();
  const unknown: SendOutcome = { kind: 'unknown', detail: 'no answer' };
  sender.script('one\n\ntwo', unknown);
  sender.script('three\n\nfour', unknown);
  await shop().queueFor(['p:1'], [text('one'), text('two')]);
  await shop().queueFor(['p:2'], [text('three'), text('four')]);
  await shop().pass(60_000);
  const worker = shop().worker(sender, { mergeAfterMs: 5_000 });
  await until(() => worker.counters().uncertain === 2, 'both uncertain');
  await worker.idle();
  expect(await shop().states()).toEqual(statuses(4, 'uncertain'));
  const first = (await shop().rows())[0]?.id ?? '';
  await shop().report([{ wamid: 'wamid.first', status: 'sent', outboxId: first }]);
  expect(await shop().states()).toEqual(['sent', 'sent', 'uncertain', 'uncertain']);
  for (let passed = 0; passed < 120_000; passed += 20_000) {
    await shop().pass(20_000);
    await shop().report([{ wamid: `wamid.other${passed}`, status: 'delivered' }]);
  }
  await worker.sweep();
  await until(() => worker.counters().accepted === 2, 'each sent again');
  expect(sender.bodies().slice(2)).toEqual(['three', 'four']);
});

test('a process that dies with a merged message leaves all of it uncertain', async () => {
  const sender = scriptedSender();
  const never = held<SendOutcome>();
  sender.script('one\n\ntwo', never.promise);
  await shop().queueFor(['p:1'], [text('one'), text('two')]);
  await shop().pass(60_000);
  const worker = shop().worker(sender, { mergeAfterMs: 5_000, leaseMs: 30_000 });
  await until(() => sender.sent.length === 1, 'sending');
  expect(await shop().states()).toEqual(['sending', 'sending']);
  await shop().pass(31_000);
  await worker.sweep();
  expect(await shop().states()).toEqual(['uncertain', 'uncertain']);
  never.settle({ kind: 'not_sent', detail: 'test over' });
});

test('two workers never tear what belongs to one person apart', async () => {
  const senders = [scriptedSender(), scriptedSender()];
  const people = Array.from({ length: 60 }, (_, n) => `p:${n}`);
  await shop().queueFor(people, [text('a'), text('b'), text('c'), text('d')]);
  await shop().pass(60_000);
  const workers = senders.map((sender) => shop().worker(sender, { mergeAfterMs: 5_000, concurrency: 16 }));
  await until(async () => (await shop().states()).every((state) => state === 'accepted'), 'all accepted');
  for (const worker of workers) await worker.idle();
  const sent = senders.flatMap((sender) => sender.sent);
  for (const person of people) {
    const bodies = sent
      .filter(({ recipient }) => recipient.phone === person.slice(2))
      .map(({ reply }) => wordsOf(reply));
    expect(bodies.join('\n\n'), person).toBe('a\n\nb\n\nc\n\nd');
  }
});
