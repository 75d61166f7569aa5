import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { type FakeGraph, type FakeGraphOptions, startFakeGraph } from '../../src/simulator/fake-graph.ts';
import { readEnvelope } from '../../src/whatsapp/envelope.ts';
import { signatureMatches } from '../../src/whatsapp/signature.ts';
import { readStatus } from '../../src/whatsapp/status.ts';

const SECRET = 'app-secret';
const TOKEN = 'EAAtoken';
const LINE = { phoneNumberId: '106540352242922', displayPhoneNumber: '912255550100', wabaId: '102290129340398' };
const ASHA = { phone: '919800000001', bsuid: 'IN.1349120865530', name: 'Asha' };

const running: { stop(): unknown }[] = [];
afterEach(async () => {
  for (const one of running.splice(0)) await one.stop();
});

async function startGraph(options: Partial<FakeGraphOptions> = {}): Promise<FakeGraph> {
  const graph = await startFakeGraph({ appSecret: SECRET, token: TOKEN, ...options });
  running.push(graph);
  return graph;
}

const textBody = (body = 'hi', more: object = {}) => ({
  messaging_product: 'whatsapp',
  recipient_type: 'individual',
  to: ASHA.phone,
  type: 'text',
  text: { body },
  ...more,
});
const interactive = (block: object) => ({ ...textBody(), type: 'interactive', text: undefined, interactive: block });

type Answer = { status: number; json: { error?: { code: number }; messages?: { id: string }[]; contacts?: unknown[] } };
async function post(graph: FakeGraph, body: unknown, options: { path?: string; token?: string } = {}): Promise<Answer> {
  const { path = `/v26.0/${LINE.phoneNumberId}/messages`, token = TOKEN } = options;
  const response = await fetch(graph.url + path, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  return { status: response.status, json: (await response.json()) as Answer['json'] };
}

type Received = { wamid: string; status: string; outboxId: string | undefined; payload: unknown };
/** A webhook that checks signatures and remembers statuses; `failures` answers 503 that many times first. */
async function startWebhook(failures = 0) {
  const received: Received[] = [];
  const sizes: number[] = [];
  let toFail = failures;
  const server: Server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    const bytes = Buffer.concat(chunks);
    if (!signatureMatches(bytes, request.headers['x-hub-signature-256'], [SECRET]))
      return response.writeHead(401).end();
    if (toFail-- > 0) return response.writeHead(503).end();
    const events = readEnvelope(bytes, new Date());
    sizes.push(events.length);
    for (const { payload } of events) {
      const { wamid, status, outboxId } = readStatus(payload);
      received.push({ wamid, status, outboxId, payload });
    }
    return response.writeHead(200).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  running.push({ stop: () => server.closeAllConnections() ?? server.close() });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, received, sizes };
}

describe('a good call', () => {
  test('is answered with an id and remembered', async () => {
    const graph = await startGraph();
    const { status, json } = await post(graph, textBody('hi', { biz_opaque_callback_data: 'o-1' }));
    expect(status).toBe(200);
    expect(json.contacts).toEqual([{ input: ASHA.phone, wa_id: ASHA.phone }]);
    expect(graph.sent()).toMatchObject([{ wamid: json.messages?.[0]?.id, outboxId: 'o-1', body: 'hi', choices: [] }]);
  });

  test('to a business-scoped id names that id', async () => {
    const graph = await startGraph();
    const { json } = await post(graph, { ...textBody(), to: undefined, recipient: 'IN.1' });
    expect(json.contacts).toEqual([{ input: 'IN.1', user_id: 'IN.1' }]);
    expect(graph.sentTo('IN.1')).toHaveLength(1);
  });

  test('of buttons and lists shows what can be tapped', async () => {
    const graph = await startGraph();
    const buttons = [{ type: 'reply', reply: { id: 'ok', title: 'Confirm' } }];
    await post(graph, interactive({ type: 'button', body: { text: 'Your order' }, action: { buttons } }));
    const rows = [{ id: 'a', title: 'Sugar 1kg', description: '48.00' }];
    await post(
      graph,
      interactive({ type: 'list', body: { text: 'Which?' }, action: { button: 'Choose', sections: [{ rows }] } }),
    );
    expect(graph.sent().map(({ body, choices }) => [body, choices.map(({ id }) => id)])).toEqual([
      ['Your order', ['ok']],
      ['Which?', ['a']],
    ]);
  });

  test('can be waited for, whether it came already or comes later', async () => {
    const graph = await startGraph();
    const later = graph.waitFor(({ body }) => body === 'second');
    await post(graph, textBody('first'));
    expect((await graph.waitFor(({ body }) => body === 'first')).body).toBe('first');
    await post(graph, textBody('second'));
    expect((await later).body).toBe('second');
    await expect(graph.waitFor(() => false, { timeoutMs: 5, what: 'a third' })).rejects.toThrow(/a third was not sent/);
  });

  test('with a seed gets the same ids in every run', async () => {
    const ids = async () => (await post(await startGraph({ seed: 7 }), textBody())).json.messages?.[0]?.id;
    expect(await ids()).toBe(await ids());
    expect((await post(await startGraph({ seed: 8 }), textBody())).json.messages?.[0]?.id).not.toBe(await ids());
  });
});

describe('a bad call is refused with the code that Meta has for it', () => {
  const x = (length: number) => 'x'.repeat(length);
  const button = (count: number, title = (n: number) => `B${n}`, id = (n: number) => `b${n}`) =>
    interactive({
      type: 'button',
      body: { text: 'x' },
      action: {
        buttons: Array.from({ length: count }, (_, n) => ({ type: 'reply', reply: { id: id(n), title: title(n) } })),
      },
    });
  const list = (sections: unknown, label = 'Choose') =>
    interactive({ type: 'list', body: { text: 'x' }, action: { button: label, sections } });
  const rows = (count: number, from = 0) =>
    Array.from({ length: count }, (_, n) => ({ id: `r${from + n}`, title: 'T' }));
  const cases: [string, unknown, number][] = [
    ['not JSON', '{', 100],
    ['a list', [], 100],
    ['no messaging_product', { to: ASHA.phone, type: 'text', text: { body: 'x' } }, 100],
    ['another product', textBody('x', { messaging_product: 'sms' }), 131009],
    ['an unknown type', textBody('x', { type: 'hologram' }), 131051],
    ['no type', textBody('x', { type: undefined }), 131008],
    ['an unknown parameter', textBody('x', { colour: 'red' }), 100],
    ['no recipient', textBody('x', { to: undefined }), 131008],
    ['a name for a phone', textBody('x', { to: 'Asha' }), 131009],
    ['no text', textBody('x', { text: undefined }), 131008],
    ['an empty text', textBody(''), 131009],
    ['a text of 4,097', textBody(x(4097)), 131009],
    ['callback data of 513', textBody('x', { biz_opaque_callback_data: x(513) }), 131009],
    ['no buttons', button(0), 131009],
    ['4 buttons', button(4), 131009],
    ['a button title of 21', button(1, () => x(21)), 131009],
    ['an empty button title', button(1, () => ''), 131009],
    ['a button id of 257', button(1, undefined, () => x(257)), 131009],
    ['a button id with a space at its end', button(1, undefined, () => 'a '), 131009],
    ['equal button titles', button(2, () => 'same'), 131009],
    ['equal button ids', button(2, undefined, () => 'same'), 131009],
    ['no sections', list([]), 131009],
    ['no rows', list([{ rows: [] }]), 131009],
    ['11 rows in one section', list([{ rows: rows(11) }]), 131009],
    [
      '12 rows over two sections',
      list([
        { title: 'a', rows: rows(6) },
        { title: 'b', rows: rows(6, 6) },
      ]),
      131009,
    ],
    ['two sections without titles', list([{ rows: rows(1) }, { rows: rows(1, 1) }]), 131009],
    ['equal row ids', list([{ rows: [...rows(1), ...rows(1)] }]), 131009],
    ['a row title of 25', list([{ rows: [{ id: 'i', title: x(25) }] }]), 131009],
    ['a row description of 73', list([{ rows: [{ id: 'i', title: 't', description: x(73) }] }]), 131009],
    ['a list button of 21', list([{ rows: rows(1) }], x(21)), 131009],
    [
      'an interactive body of 1,025',
      interactive({ type: 'button', body: { text: x(1025) }, action: { buttons: [] } }),
      131009,
    ],
    ['a read receipt without id', { messaging_product: 'whatsapp', status: 'read' }, 131008],
  ];
  test.each(cases)('%s', async (_what, body, code) => {
    const graph = await startGraph();
    const { status, json } = await post(graph, body);
    expect([status, json.error?.code]).toEqual([400, code]);
    expect(graph.sent()).toEqual([]);
  });

  test.each([
    ['a wrong token', { token: 'other' }, 401, 190],
    ['a path without version', { path: `/${LINE.phoneNumberId}/messages` }, 400, 2500],
    ['a version that is none', { path: `/26/${LINE.phoneNumberId}/messages` }, 400, 2500],
    ['another edge', { path: `/v26.0/${LINE.phoneNumberId}/calls` }, 400, 2500],
    ['an unknown line', { path: '/v26.0/999/messages' }, 400, 100],
  ])('%s', async (_what, options, status, code) => {
    const graph = await startGraph({ lines: [LINE] });
    const answer = await post(graph, textBody(), options);
    expect([answer.status, answer.json.error?.code]).toEqual([status, code]);
  });

  test('a closed window refuses texts until the person writes again', async () => {
    const graph = await startGraph({ people: [ASHA] });
    graph.closeWindow(ASHA.bsuid);
    expect((await post(graph, textBody())).json.error?.code).toBe(131047);
    const template = { name: 'receipt', language: { code: 'en' } };
    expect((await post(graph, { ...textBody(), type: 'template', text: undefined, template })).status).toBe(200);
    graph.openWindow(ASHA.bsuid);
    expect((await post(graph, textBody())).status).toBe(200);
  });

  test('the pair limit gives out one message every six seconds after a burst of 45', async () => {
    let nowMs = Date.UTC(2026, 10, 20);
    const graph = await startGraph({ enforcePairLimit: true, clock: { now: () => new Date(nowMs) } });
    const codes = await Promise.all(
      Array.from({ length: 46 }, async () => (await post(graph, textBody())).json.error?.code),
    );
    expect(codes.filter((code) => code === 131056)).toHaveLength(1);
    expect((await post(graph, textBody('x', { to: '919800000002' }))).status).toBe(200);
    nowMs += 6_000;
    expect((await post(graph, textBody())).status).toBe(200);
    expect((await post(graph, textBody())).json.error?.code).toBe(131056);
  });
});

describe('limits by its own clock', () => {
  test('more messages in a second than the line may send are refused', async () => {
    let nowMs = Date.UTC(2026, 10, 20);
    const graph = await startGraph({ throughputPerSecond: 20, clock: { now: () => new Date(nowMs) } });
    const codes = [];
    for (let n = 0; n < 21; n += 1) {
      codes.push((await post(graph, textBody('x', { to: `9198000000${10 + n}` }))).json.error?.code);
    }
    expect(codes.filter((code) => code === 130429)).toHaveLength(1);
    nowMs += 50;
    expect((await post(graph, textBody())).status).toBe(200);
  });

  test('who wrote nothing for 24 hours gets templates alone', async () => {
    let nowMs = Date.UTC(2026, 10, 20);
    const graph = await startGraph({ enforceWindows: true, people: [ASHA], clock: { now: () => new Date(nowMs) } });
    expect((await post(graph, textBody())).json.error?.code).toBe(131047);
    graph.hears(ASHA.bsuid);
    nowMs += 24 * 3_600_000 - 1;
    expect((await post(graph, textBody())).status).toBe(200);
    nowMs += 1;
    expect((await post(graph, textBody())).json.error?.code).toBe(131047);
    const template = { name: 'receipt', language: { code: 'en' } };
    expect((await post(graph, { ...textBody(), type: 'template', text: undefined, template })).status).toBe(200);
  });
});

test('every error code of the fact sheet can be had on demand, with its own words', async () => {
  const graph = await startGraph();
  const codes = [0, 1, 2, 3, 4, 10, 33, 100, 190, 200, 368, 470, 80007, 130429, 130472, 130497, 131000, 131005, 131008];
  codes.push(131009, 131016, 131021, 131026, 131030, 131031, 131037, 131042, 131044, 131045, 131047, 131048, 131049);
  codes.push(131050, 131051, 131052, 131053, 131056, 131057, 131062, 131064, 132000, 132001, 132005, 132007, 132008);
  codes.push(132012, 132015, 132016, 132068, 132069, 133004, 133010, 133016, 135000, 137000);
  for (const code of codes) {
    graph.faults.next({ kind: 'error', code });
    const { status, json } = await post(graph, textBody());
    expect(status).toBeGreaterThanOrEqual(400);
    expect(json.error).toMatchObject({ code });
    expect(JSON.stringify(json.error)).not.toContain('Unknown error');
  }
});

describe('statuses', () => {
  test('are posted signed, in order, with our callback data and both ids of the person', async () => {
    const webhook = await startWebhook();
    const graph = await startGraph({ webhookUrl: webhook.url, lines: [LINE], people: [ASHA] });
    const { json } = await post(graph, textBody('hi', { biz_opaque_callback_data: 'o-1' }));
    await graph.statusesPosted();
    const wamid = json.messages?.[0]?.id;
    expect(webhook.received.map(({ status }) => status)).toEqual(['sent', 'delivered', 'read']);
    expect(webhook.received.every((one) => one.wamid === wamid && one.outboxId === 'o-1')).toBe(true);
    expect(webhook.received[0]?.payload).toMatchObject({ recipient_id: ASHA.phone, recipient_user_id: ASHA.bsuid });
    expect(webhook.received[0]?.payload).toMatchObject({
      conversation: { origin: { type: 'service' } },
      pricing: { billable: false },
    });
  });

  test('of many messages share deliveries', async () => {
    const webhook = await startWebhook();
    const graph = await startGraph({ webhookUrl: webhook.url });
    await Promise.all(Array.from({ length: 50 }, (_, n) => post(graph, textBody(`${n}`))));
    await graph.statusesPosted();
    expect(webhook.received).toHaveLength(150);
    expect(webhook.sizes.length).toBeLessThan(50);
  });

  test('are repeated until the webhook takes them', async () => {
    const webhook = await startWebhook(2);
    const graph = await startGraph({ webhookUrl: webhook.url });
    await post(graph, textBody());
    await graph.statusesPosted();
    expect(webhook.received).toHaveLength(3);
    expect(graph.statusCounts()).toEqual({ posted: 3, lost: 0, waiting: 0 });
  });

  test.each([
    ['none', []],
    ['duplicate', ['sent', 'sent', 'delivered', 'delivered', 'read', 'read']],
    ['reordered', ['read', 'delivered', 'sent']],
  ] as const)('in mode %s arrive as %j', async (statusMode, expected) => {
    const webhook = await startWebhook();
    const graph = await startGraph({ webhookUrl: webhook.url, statusMode });
    await post(graph, textBody());
    await graph.statusesPosted();
    expect(webhook.received.map(({ status }) => status)).toEqual(expected);
  });

  test('by dice are late, twice, reversed or missing, and the same for the same seed', async () => {
    const run = async () => {
      const webhook = await startWebhook();
      const graph = await startGraph({ webhookUrl: webhook.url, seed: 9 });
      for (const fault of ['late', 'duplicate', 'reordered', 'none'] as const) graph.statusFaults.rate(fault, 0.2);
      graph.statusFaults.lateMs(50);
      for (let n = 0; n < 60; n += 1) await post(graph, textBody(`${n}`, { biz_opaque_callback_data: `${n}` }));
      await graph.statusesPosted();
      const soon = webhook.received.length;
      const expected = (id: string) =>
        webhook.received.filter((one) => one.outboxId === id).map(({ status }) => status);
      await expect.poll(() => graph.statusCounts().waiting, { timeout: 5_000 }).toBe(0);
      await graph.statusesPosted();
      expect(webhook.received.length).toBeGreaterThanOrEqual(soon);
      return Array.from({ length: 60 }, (_, n) => expected(`${n}`).join(' '));
    };
    const ways = await run();
    expect(new Set(ways)).toEqual(
      new Set(['sent delivered read', 'sent sent delivered delivered read read', 'read delivered sent', '']),
    );
    expect(await run()).toEqual(ways);
  });

  test('in mode late are kept back until they are released', async () => {
    const webhook = await startWebhook();
    const graph = await startGraph({ webhookUrl: webhook.url, statusMode: 'late' });
    await post(graph, textBody());
    await graph.statusesPosted();
    expect(webhook.received).toEqual([]);
    graph.releaseStatuses();
    await graph.statusesPosted();
    expect(webhook.received).toHaveLength(3);
  });

  test('of a message that fails later say so', async () => {
    const webhook = await startWebhook();
    const graph = await startGraph({ webhookUrl: webhook.url });
    graph.faults.next({ kind: 'accept_then_fail', code: 131026 });
    expect((await post(graph, textBody())).status).toBe(200);
    await graph.statusesPosted();
    expect(webhook.received).toMatchObject([{ status: 'failed', payload: { errors: [{ code: 131026 }] } }]);
  });

  test('of a message whose answer was lost come all the same', async () => {
    const webhook = await startWebhook();
    const graph = await startGraph({ webhookUrl: webhook.url });
    graph.faults.next({ kind: 'accept_then_cut' });
    await expect(post(graph, textBody('x', { biz_opaque_callback_data: 'o-9' }))).rejects.toThrow();
    await graph.statusesPosted();
    expect(webhook.received.map(({ outboxId }) => outboxId)).toEqual(['o-9', 'o-9', 'o-9']);
  });
});

describe('faults', () => {
  test('queue up one per message, and read receipts use none', async () => {
    const graph = await startGraph();
    graph.faults.next({ kind: 'error', code: 131056 }, 2);
    const receipt = { messaging_product: 'whatsapp', status: 'read', message_id: 'wamid.A' };
    expect((await post(graph, receipt)).json).toEqual({ success: true });
    const codes = [];
    for (let n = 0; n < 3; n += 1) codes.push((await post(graph, textBody())).json.error?.code);
    expect(codes).toEqual([131056, 131056, undefined]);
  });

  test('by dice are about as frequent as asked, and the same for the same seed', async () => {
    const run = async () => {
      const graph = await startGraph({ seed: 42 });
      graph.faults.rate({ kind: 'error', code: 131000 }, 0.3);
      graph.faults.rate({ kind: 'error', code: 131056 }, 0.1);
      const codes: (number | undefined)[] = [];
      for (let n = 0; n < 200; n += 1) codes.push((await post(graph, textBody())).json.error?.code);
      return codes;
    };
    const codes = await run();
    const share = (code: number) => codes.filter((one) => one === code).length / codes.length;
    expect(share(131000)).toBeGreaterThan(0.2);
    expect(share(131000)).toBeLessThan(0.4);
    expect(share(131056)).toBeGreaterThan(0.03);
    expect(await run()).toEqual(codes);
  });
});

test('the read side knows the line, for checks of the set-up', async () => {
  const graph = await startGraph({ lines: [LINE] });
  const headers = { authorization: `Bearer ${TOKEN}` };
  const get = async (path: string) => (await fetch(`${graph.url}/v26.0/${path}`, { headers })).json();
  expect(await get(LINE.phoneNumberId)).toMatchObject({ id: LINE.phoneNumberId });
  expect(await get(`${LINE.wabaId}/subscribed_apps`)).toMatchObject({ data: [{}] });
  expect(await get('999')).toMatchObject({ error: { code: 100 } });
});
