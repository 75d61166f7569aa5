import { expect, test } from 'vitest';
import { wordsOf } from '../../src/outbox/index.ts';
import type { MessageSender, Recipient, Reply, TemplateContent } from '../../src/outbox/types.ts';
import { refused, scriptedSender, until, useShop } from './support.ts';

const { shop } = useShop();

const template: TemplateContent = { kind: 'template', name: 'order_news', language: 'en', body: [] };
const text = (body: string, more: object = {}): Reply => ({ kind: 'text', body, ...more });
const both: Recipient = { phone: '919800000001', bsuid: 'IN.1' };
const sentKinds = (sender: ReturnType<typeof scriptedSender>) => sender.sent.map(({ reply }) => reply.kind);

test('outside the window the template of a reply goes instead, and a template of its own as it is', async () => {
  const sender = scriptedSender();
  await shop().queueFor(['p:1'], [text('news', { outsideWindow: template }), template, text('chat')], { hoursAgo: 25 });
  await shop().worker(sender).idle();
  expect(sender.sent.map(({ reply }) => reply)).toEqual([template, template]);
  expect(await shop().rows()).toMatchObject([
    { state: 'accepted', remedies: ['template'] },
    { state: 'accepted', remedies: [] },
    { state: 'dropped', error_class: 'window_closed', error_detail: 'the person had been silent for 24 hours' },
  ]);
});

test('inside the window the reply itself goes', async () => {
  const sender = scriptedSender();
  await shop().queueFor(['p:1'], [text('news', { outsideWindow: template })]);
  await shop().worker(sender).idle();
  expect(sender.bodies()).toEqual(['news']);
});

test('when Meta says that the window is closed all the same, the template goes, once', async () => {
  const sender = scriptedSender();
  sender.script('news', refused('window_closed', 131047));
  sender.script('order_news', refused('window_closed', 131047));
  await shop().queueFor(['p:1'], [text('news', { outsideWindow: template }), text('next')]);
  const worker = shop().worker(sender);
  await until(() => worker.counters().accepted === 1, 'the next one left');
  expect(sentKinds(sender)).toEqual(['text', 'template', 'text']);
  expect((await shop().rows())[0]).toMatchObject({
    state: 'dropped',
    error_class: 'window_closed',
    error_code: 131047,
  });
});

test('a closed window that only the status tells of is answered with the template, and late words of the first try change nothing', async () => {
  const sender = scriptedSender();
  await shop().queueFor(['p:1'], [text('news', { outsideWindow: template })]);
  const worker = shop().worker(sender);
  await worker.idle();
  const [row] = await shop().rows();
  const failed = { wamid: row?.wamid ?? '', status: 'failed', errorCode: 131047, outboxId: row?.id ?? '' } as const;
  sender.wamidOf = () => 'wamid.template';
  await shop().report([failed]);
  await worker.sweep();
  await until(() => sentKinds(sender).length === 2, 'the template left');
  await worker.idle();
  await shop().report([failed, { wamid: row?.wamid ?? '', status: 'sent', outboxId: row?.id ?? '' }]);
  await worker.sweep();
  expect(await shop().rows()).toMatchObject([{ state: 'accepted', wamid: 'wamid.template' }]);
  await shop().report([{ wamid: 'wamid.template', status: 'delivered', outboxId: row?.id ?? '' }]);
  expect(await shop().states()).toEqual(['delivered']);
  expect(sentKinds(sender)).toEqual(['text', 'template']);
});

test('a reply that was not sent for a closed window is told to staff, once for many', async () => {
  await shop().queue(['p:1', 'p:2'], ['one', 'two'], 25);
  const worker = shop().worker(scriptedSender());
  await worker.idle();
  await worker.sweep();
  await worker.sweep();
  expect(await shop().alerts()).toMatchObject([
    { kind: 'replies_parked', key: `${shop().lineId}/window_closed`, open: true },
  ]);
});

test('a reply whose turn comes when it is of no use is dropped with a note, and nobody is bothered', async () => {
  const sender = scriptedSender();
  await shop().queueFor(['p:1'], [text('which one?', { usefulForMs: 60_000 }), text('placed')]);
  await shop().pass(61_000);
  const worker = shop().worker(sender);
  await worker.idle();
  await worker.sweep();
  expect(sender.bodies()).toEqual(['placed']);
  expect((await shop().rows())[0]).toMatchObject({
    state: 'dropped',
    error_class: 'stale',
    error_detail: 'its turn came when it was of no use any more',
  });
  expect(await shop().alerts()).toEqual([]);
});

test.each([Number.MAX_VALUE, 'soon', null, -1])('a use of %j ms stops no line', async (usefulForMs) => {
  const sender = scriptedSender();
  await shop().queueFor(['p:1'], [text('odd', { usefulForMs }), text('next')]);
  await shop().worker(sender).idle();
  expect(sender.bodies().at(-1)).toBe('next');
});

test('to a person whom the phone does not reach the reply goes by the other identity, once, and so do later ones', async () => {
  const sender = scriptedSender();
  sender.script('hello', refused('unreachable', 131026));
  await shop().queueFor(['p:1'], [text('hello'), text('next')], { recipient: both });
  const worker = shop().worker(sender);
  await until(() => worker.counters().accepted === 2, 'both left');
  expect(sender.sent.map(({ recipient }) => recipient)).toEqual([both, { bsuid: 'IN.1' }, { bsuid: 'IN.1' }]);
  expect((await shop().rows())[0]).toMatchObject({ remedies: ['other_route'], route: 'bsuid' });
  // Who writes again shows under what they can be reached.
  await shop().pass(1_000);
  await shop().sql(`update conversation set last_inbound_at = app_clock() where wholesaler_id = $1`, [
    shop().wholesalerId,
  ]);
  await shop().queueFor(['p:1'], [text('again')], { recipient: both });
  await worker.idle();
  await until(() => worker.counters().accepted === 3, 'the third left');
  expect(sender.sent.at(-1)?.recipient).toEqual(both);
});

test('a person whom no identity reaches fails, told to staff, and a person with one identity is tried once', async () => {
  const sender = scriptedSender();
  sender.script(
    'hello',
    refused('unreachable', 131026),
    refused('unreachable', 131026),
    refused('unreachable', 131026),
  );
  await shop().queueFor(['p:1'], [text('hello')], { recipient: both });
  await shop().queueFor(['p:2'], [text('hello')]);
  const worker = shop().worker(sender);
  await until(() => worker.counters().failed === 2, 'both failed');
  await worker.idle();
  await worker.sweep();
  expect(sender.sent).toHaveLength(3);
  expect(await shop().alerts()).toMatchObject([{ kind: 'replies_parked', subject: { metaCode: 131026 } }]);
});

test('a person who is reported unreachable after the message was accepted is tried by the other identity', async () => {
  const sender = scriptedSender();
  await shop().queueFor(['p:1'], [text('hello')], { recipient: both });
  const worker = shop().worker(sender);
  await worker.idle();
  const [row] = await shop().rows();
  await shop().report([{ wamid: row?.wamid ?? '', status: 'failed', errorCode: 131026 }]);
  await worker.sweep();
  await until(() => sender.sent.length === 2, 'tried again');
  expect(sender.sent[1]?.recipient).toEqual({ bsuid: 'IN.1' });
});

test('a file that Meta cannot use is uploaded anew, once', async () => {
  const sender = scriptedSender();
  const document: Reply = { kind: 'document', file: { fileId: 'f' }, filename: 'statement.pdf', caption: 'x' };
  sender.script('x', refused('media', 131053), refused('media', 131053));
  await shop().queueFor(['p:1'], [document]);
  const worker = shop().worker(sender);
  await until(() => worker.counters().failed === 1, 'given up');
  await worker.idle();
  await worker.sweep();
  expect(sender.sent.map(({ freshUpload }) => freshUpload)).toEqual([undefined, true]);
  expect(await shop().alerts()).toMatchObject([{ kind: 'replies_parked' }]);
});

test('what Meta accepts and then fails for a passing trouble is tried again, and given up after six tries', async () => {
  const sender = scriptedSender();
  sender.wamidOf = () => `wamid.${sender.sent.length}`;
  await shop().queue(['p:1'], ['hello']);
  const worker = shop().worker(sender);
  for (let tries = 1; tries <= 6; tries += 1) {
    await until(async () => (await shop().rows())[0]?.wamid === `wamid.${tries}`, `accepted ${tries} times`);
    await shop().report([{ wamid: `wamid.${tries}`, status: 'failed', errorCode: 131016 }]);
    await worker.sweep();
    await shop().pass(400_000);
    await worker.idle();
  }
  await worker.sweep();
  expect(sender.sent).toHaveLength(6);
  expect(await shop().states()).toEqual(['failed']);
  expect(await shop().alerts()).toMatchObject([{ kind: 'replies_parked' }]);
});

test('a limited line answers, keeps its templates, and sends them when it is mended', async () => {
  const sender = scriptedSender();
  sender.script('order_news', refused('line_limited', 131048));
  await shop().queueFor(['p:1'], [template, text('answer')]);
  const worker = shop().worker(sender);
  await until(() => worker.counters().accepted === 1, 'the answer left');
  await worker.idle();
  await shop().queueFor(['p:2'], [template]);
  await shop().queueFor(['p:3'], [text('news', { outsideWindow: template })], { hoursAgo: 25 });
  await shop().queueFor(['p:4'], [text('another answer')]);
  await until(() => worker.counters().accepted === 2, 'another answer left');
  await worker.idle();
  expect(sentKinds(sender)).toEqual(['template', 'text', 'text']);
  expect(await shop().alerts()).toMatchObject([{ kind: 'line_limited', open: true, subject: { metaCode: 131048 } }]);
  await shop().pass(601_000);
  await until(() => worker.counters().accepted === 5, 'the templates left');
  await worker.idle();
  expect(sentKinds(sender).slice(3)).toEqual(['template', 'template', 'template']);
  expect(await shop().alerts()).toMatchObject([{ kind: 'line_limited', open: false }]);
});

test('an unpaid line still tries an answer, with long rests', async () => {
  const sender = scriptedSender();
  sender.script('answer', refused('line_limited', 131042));
  await shop().queue(['p:1'], ['answer']);
  const worker = shop().worker(sender);
  await until(() => worker.counters().requeued === 1, 'put back');
  await worker.idle();
  expect((await shop().rows())[0]?.waits_ms).toBeGreaterThan(590_000);
  await shop().pass(600_000);
  await until(() => worker.counters().accepted === 1, 'left');
});

test('the call limit of an app rests every line of its token, and no other', async () => {
  const sender = scriptedSender();
  sender.script('hello', refused('app_rate', 4));
  const [sameToken, otherToken] = ['00000000-0000-7000-8000-00000000000a', '00000000-0000-7000-8000-00000000000b'];
  for (const [id, token] of [
    [sameToken, 'WHATSAPP_ACCESS_TOKEN'],
    [otherToken, 'WHATSAPP_ACCESS_TOKEN_B'],
  ] as const) {
    await shop().sql(
      `insert into line (id, wholesaler_id, phone_number_id, display_phone, token_ref) values ($1, $2, $3, '+91 2', $4)`,
      [id, shop().wholesalerId, `pn-${id}`, token],
    );
    await shop().sql(
      `insert into conversation (wholesaler_id, line_id, person_key, last_inbound_at) values ($1, $2, 'p:9', app_clock())`,
      [shop().wholesalerId, id],
    );
  }
  await shop().queue(['p:1'], ['hello']);
  const worker = shop().worker(sender);
  await until(() => worker.counters().requeued === 1, 'put back');
  await worker.idle();
  for (const id of [sameToken, otherToken]) {
    await shop().sql(
      `insert into outbox_message (wholesaler_id, id, line_id, person_key, seq, reply, to_phone)
       values ($1, $2, $2, 'p:9', 1, $3, '9')`,
      [shop().wholesalerId, id, JSON.stringify(text(id === sameToken ? 'same' : 'other'))],
    );
  }
  await until(() => worker.counters().accepted === 1, 'the line of the other token sends');
  await worker.idle();
  expect(sender.bodies()).toEqual(['hello', 'other']);
  await shop().pass(60_000);
  await until(() => worker.counters().accepted === 3, 'all left');
});

test('a stopped line raises an alert, which closes by itself when the line works again', async () => {
  const sender = scriptedSender();
  sender.script('hello', refused('line_stopped', 190), refused('line_stopped', 190));
  await shop().queue(['p:1'], ['hello']);
  const worker = shop().worker(sender);
  await until(() => worker.counters().requeued === 1, 'put back');
  await worker.idle();
  const alert = { kind: 'line_stopped', key: shop().lineId, subject: { metaCode: 190 } };
  expect(await shop().alerts()).toMatchObject([{ ...alert, open: true }]);
  await shop().pass(60_000);
  await until(() => worker.counters().requeued === 2, 'stopped again');
  await worker.idle();
  expect(await shop().alerts()).toMatchObject([{ ...alert, open: true }]);
  await shop().pass(120_000);
  await until(() => worker.counters().accepted === 1, 'mended');
  await worker.idle();
  expect(await shop().alerts()).toMatchObject([{ ...alert, open: false }]);
});

test('while no statuses come at all, staff are told that uncertain replies are held, until statuses return', async () => {
  const sender = scriptedSender();
  sender.script('hello', { kind: 'unknown', detail: 'no answer' });
  await shop().queue(['p:1'], ['hello', 'next']);
  const worker = shop().worker(sender);
  await until(() => worker.counters().uncertain === 1, 'uncertain');
  await shop().pass(60_000);
  await until(() => worker.counters().accepted === 1, 'the next one waits a minute at most');
  await worker.sweep();
  expect(await shop().alerts()).toEqual([]);
  await shop().pass(200_000);
  await worker.sweep();
  expect(await shop().alerts()).toMatchObject([{ kind: 'statuses_silent', open: true, subject: { heldReplies: 1 } }]);
  const [row] = await shop().rows();
  await shop().report([{ wamid: 'wamid.late', status: 'delivered', outboxId: row?.id ?? '' }]);
  await worker.sweep();
  expect(await shop().alerts()).toMatchObject([{ kind: 'statuses_silent', open: false }]);
  expect(await shop().states()).toEqual(['delivered', 'accepted']);
});

test('a reply that cannot be built, or on which the sender breaks, holds up the next one for a minute at most', async () => {
  const sender = scriptedSender();
  sender.script('unsendable', refused('final'));
  const broken: MessageSender = {
    send: (message) => {
      if (wordsOf(message.reply) === 'breaks') throw new Error('out of memory');
      return sender.send(message);
    },
  };
  await shop().queue(['p:1'], ['unsendable', 'breaks', 'next']);
  const worker = shop().worker(broken);
  await until(() => worker.counters().uncertain === 1, 'broke');
  await shop().pass(60_000);
  await until(() => worker.counters().accepted === 1, 'the next one left');
  await worker.idle();
  await worker.sweep();
  expect((await shop().rows()).map(({ state, attempts }) => [state, attempts])).toEqual([
    ['failed', 1],
    ['uncertain', 1],
    ['accepted', 1],
  ]);
  expect(await shop().alerts()).toMatchObject([{ kind: 'send_refused', key: 'unsendable' }]);
});
