import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { OutgoingMessage, SendOutcome } from '../../src/outbox/types.ts';
import { type FakeGraph, type Fault, startFakeGraph } from '../../src/simulator/fake-graph.ts';
import { createGraphClient, type GraphClient, type GraphClientOptions } from '../../src/whatsapp/graph-client.ts';
import { waitFor } from '../support/wait-for.ts';

const TOKEN = 'EAAtoken1234567890';
const message: OutgoingMessage = {
  wholesalerId: 'demo',
  outboxId: 'outbox-1',
  phoneNumberId: '106540352242922',
  tokenRef: 'WHATSAPP_ACCESS_TOKEN',
  recipient: { phone: '919800000001' },
  reply: { kind: 'text', body: 'Order 1042 placed' },
};

let graph: FakeGraph;
const clients: GraphClient[] = [];
const closers: (() => unknown)[] = [];
beforeAll(async () => {
  graph = await startFakeGraph({ appSecret: 'secret', token: TOKEN });
});
afterEach(async () => {
  graph.faults.clear();
  graph.forget();
  await Promise.all(clients.splice(0).map((client) => client.stop(0)));
  for (const close of closers.splice(0)) close();
});
afterAll(() => graph.stop());

function connect(options: Partial<GraphClientOptions> = {}): GraphClient {
  const client = createGraphClient({
    baseUrl: graph.url,
    version: 'v26.0',
    tokens: (ref) => (ref === 'WHATSAPP_ACCESS_TOKEN' ? TOKEN : undefined),
    totalTimeoutMs: 5_000,
    ...options,
  });
  clients.push(client);
  return client;
}

/** A client that has a connection already, however long it took to make: then nothing is between a call and its bytes. */
async function connected(options: Partial<GraphClientOptions>): Promise<GraphClient> {
  const client = connect(options);
  await waitFor('a connection', async () => (await client.send(message)).kind === 'accepted');
  graph.forget();
  return client;
}

/** A bare TCP server, for the ends of a conversation that no HTTP server can play. */
async function listen(onConnection: Parameters<typeof createServer>[1]): Promise<string> {
  const server = createServer(onConnection);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(() => server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

test('an accepted message comes back with its id and was really sent', async () => {
  const outcome = await connect().send(message);
  const [sent] = graph.sentTo('919800000001');
  expect(outcome).toEqual({ kind: 'accepted', wamid: sent?.wamid });
  expect(sent).toMatchObject({ outboxId: 'outbox-1', phoneNumberId: '106540352242922', body: 'Order 1042 placed' });
});

test('a person without a phone is reached by business-scoped id', async () => {
  const outcome = await connect().send({ ...message, recipient: { bsuid: 'IN.1349' } });
  expect(outcome.kind).toBe('accepted');
  expect(graph.sentTo('IN.1349')).toHaveLength(1);
});

test('a message is marked as read', async () => {
  const receipt = {
    phoneNumberId: '106540352242922',
    tokenRef: 'WHATSAPP_ACCESS_TOKEN',
    wamid: 'wamid.A',
    typing: true,
  };
  expect(await connect().markRead(receipt)).toBe(true);
  expect(graph.reads()).toContainEqual({ phoneNumberId: '106540352242922', wamid: 'wamid.A', typing: true });
  expect(await connect().markRead({ ...receipt, tokenRef: 'OTHER' })).toBe(false);
});

describe('every fault has its outcome', () => {
  const refusal = (cls: string, more: object = {}) => ({ kind: 'refused', class: cls, ...more });
  /** The last column: whether Graph counted the message as sent. */
  const faults: [string, Fault, object, boolean][] = [
    [
      "500 without Meta's words",
      { kind: 'http', status: 500, body: 'empty' },
      refusal('transient', { httpStatus: 500, metaCode: undefined }),
      false,
    ],
    ['a 502 page of HTML', { kind: 'http', status: 502 }, refusal('transient', { httpStatus: 502 }), false],
    [
      '503 with Retry-After',
      { kind: 'http', status: 503, retryAfterSeconds: 3 },
      refusal('transient', { retryAfterMs: 3_000 }),
      false,
    ],
    [
      '429 with Retry-After',
      { kind: 'error', code: 130429, retryAfterSeconds: 7 },
      refusal('line_rate', { httpStatus: 429, metaCode: 130429, retryAfterMs: 7_000 }),
      false,
    ],
    ['429 without words', { kind: 'http', status: 429 }, refusal('line_rate'), false],
    ['the pair limit', { kind: 'error', code: 131056 }, refusal('pair_rate', { metaCode: 131056 }), false],
    ['a dead token', { kind: 'error', code: 190 }, refusal('line_stopped', { httpStatus: 401, metaCode: 190 }), false],
    ['a locked account', { kind: 'error', code: 131031 }, refusal('line_stopped'), false],
    ['a closed window', { kind: 'error', code: 131047 }, refusal('window_closed', { httpStatus: 400 }), false],
    ['an unreachable person', { kind: 'error', code: 131026 }, refusal('unreachable'), false],
    ['something went wrong', { kind: 'error', code: 131000 }, refusal('transient'), false],
    [
      'a code sent with 200',
      { kind: 'error', code: 131047, status: 200 },
      refusal('window_closed', { httpStatus: 200 }),
      false,
    ],
    ['a reset before anything was accepted', { kind: 'reset' }, { kind: 'unknown' }, false],
    ['accepted, but the answer was cut off', { kind: 'accept_then_cut' }, { kind: 'unknown' }, true],
    ['accepted, but half an answer came', { kind: 'accept_then_truncate' }, { kind: 'unknown' }, true],
    ['accepted, but the answer is no JSON', { kind: 'accept_then_garble' }, { kind: 'unknown' }, true],
    ['a short delay', { kind: 'delay', ms: 5 }, { kind: 'accepted' }, true],
    ['accepted, to fail later', { kind: 'accept_then_fail', code: 131026 }, { kind: 'accepted' }, true],
  ];
  test.each(faults)('%s', async (_what, fault, expected, counted) => {
    graph.faults.next(fault);
    expect(await connect().send(message)).toMatchObject(expected);
    expect(graph.sent()).toHaveLength(counted ? 1 : 0);
  });

  test.each([
    ['never answered', { kind: 'hang' } as const, 0],
    ['accepted and never answered', { kind: 'accept_then_hang' } as const, 1],
  ])('%s: unknown after the time allowed', async (_what, fault, counted) => {
    const client = await connected({ totalTimeoutMs: 1_000 });
    graph.faults.next(fault);
    const outcome = await client.send(message);
    expect(outcome).toEqual({ kind: 'unknown', detail: 'no answer within 1000 ms' });
    await waitFor('Graph to have read it', () => graph.calls() > 1 && graph.sent().length === counted);
  });

  test('the next message after a fault goes out on a fresh connection', async () => {
    const client = connect({ maxConnections: 1 });
    graph.faults.next({ kind: 'accept_then_cut' });
    expect((await client.send(message)).kind).toBe('unknown');
    expect((await client.send(message)).kind).toBe('accepted');
  });
});

describe('not a byte was written when', () => {
  const notSent = (outcome: SendOutcome) => expect(outcome.kind).toBe('not_sent');

  test('nobody listens', async () => {
    // A port that no test can get, so that none listens there meanwhile.
    notSent(await connect({ baseUrl: 'http://127.0.0.1:1' }).send(message));
  });

  test('the name does not resolve', async () => {
    notSent(await connect({ baseUrl: 'http://graph.invalid' }).send(message));
  });

  test('the other side does not speak TLS', async () => {
    const url = await listen((socket) => socket.on('error', () => {}).end('no tls here\r\n'));
    notSent(await connect({ baseUrl: url.replace('http:', 'https:') }).send(message));
  });

  test('no connection became free in time, and the message does not leave later either', async () => {
    const client = await connected({ maxConnections: 1, totalTimeoutMs: 200 });
    graph.faults.next({ kind: 'hang' });
    const first = client.send(message);
    // While the first call occupies the only connection, the second can but wait; both deadlines pass.
    const second = client.send({ ...message, outboxId: 'outbox-2' });
    expect((await first).kind).toBe('unknown');
    notSent(await second);
    // What waited would leave before a later one; on a slow machine that one needs several tries.
    const third = async () => (await client.send({ ...message, outboxId: 'outbox-3' })).kind === 'accepted';
    await waitFor('a later message to leave', third);
    expect(graph.sent().map(({ outboxId }) => outboxId)).not.toContain('outbox-2');
  });

  test('the client was stopped before', async () => {
    const client = connect();
    await client.stop();
    notSent(await client.send(message));
  });
});

describe('stopping', () => {
  test('lets a running request end', async () => {
    const client = connect();
    graph.faults.next({ kind: 'delay', ms: 20 });
    const outcome = client.send(message);
    await client.stop();
    expect((await outcome).kind).toBe('accepted');
  });

  test('cuts what does not end in the time given', async () => {
    const client = connect();
    const arrived = new Promise<void>((resolve) => closers.push(graph.onSent(() => resolve())));
    graph.faults.next({ kind: 'accept_then_hang' });
    const outcome = client.send(message);
    await arrived;
    await client.stop(1);
    expect((await outcome).kind).toBe('unknown');
  });
});

describe('a request may have arrived when', () => {
  test('the connection is closed without an answer', async () => {
    const url = await listen((socket) => socket.on('error', () => {}).once('data', () => socket.end()));
    expect((await connect({ baseUrl: url }).send(message)).kind).toBe('unknown');
  });

  test('the answer is not HTTP', async () => {
    const url = await listen((socket) => socket.on('error', () => {}).once('data', () => socket.end('hello?\r\n\r\n')));
    expect((await connect({ baseUrl: url }).send(message)).kind).toBe('unknown');
  });

  test('the answer never ends', async () => {
    const flood = 'HTTP/1.1 200 OK\r\ncontent-length: 99999999\r\n\r\n';
    const url = await listen((socket) =>
      socket.on('error', () => {}).once('data', () => void socket.write(flood + 'x'.repeat(1_000_000))),
    );
    expect((await connect({ baseUrl: url }).send(message)).kind).toBe('unknown');
  });
});

test('a refusal that was cut off after its status is a refusal to be tried again', async () => {
  const head = 'HTTP/1.1 400 Bad Request\r\ncontent-length: 900\r\n\r\n{"error"';
  const url = await listen((socket) => socket.on('error', () => {}).once('data', () => socket.end(head)));
  expect(await connect({ baseUrl: url }).send(message)).toMatchObject({
    kind: 'refused',
    class: 'transient',
    httpStatus: 400,
  });
});

describe('no request is spent on', () => {
  test.each([
    ['a missing token', { tokens: () => undefined }],
    ['an empty token', { tokens: () => '  ' }],
    ['a token with a line end inside', { tokens: () => 'EAA\nx' }],
  ])('%s', async (_what, options) => {
    const before = graph.calls();
    const outcome = await connect(options).send(message);
    expect(outcome).toMatchObject({ kind: 'refused', class: 'line_stopped', httpStatus: 0 });
    expect(JSON.stringify(outcome)).toContain('WHATSAPP_ACCESS_TOKEN');
    expect(graph.calls()).toBe(before);
  });

  test('a message that Graph would refuse for its form', async () => {
    const before = graph.calls();
    const outcome = await connect().send({ ...message, reply: { kind: 'text', body: '' } });
    expect(outcome).toMatchObject({ kind: 'refused', class: 'final', detail: 'the body is empty' });
    expect(graph.calls()).toBe(before);
  });
});

test('a wrong token stops the line, and the token is in no detail', async () => {
  const answer = `{"error":{"message":"Malformed access token ${TOKEN}","code":190,"fbtrace_id":"A1"}}`;
  const head = `HTTP/1.1 401 Unauthorized\r\ncontent-length: ${answer.length}\r\n\r\n`;
  const url = await listen((socket) => socket.on('error', () => {}).once('data', () => socket.end(head + answer)));
  const outcome = await connect({ baseUrl: url }).send(message);
  expect(outcome).toMatchObject({ class: 'line_stopped', detail: 'Malformed access token [token] | fbtrace A1' });
  expect(await connect({ tokens: () => 'other' }).send(message)).toMatchObject({
    class: 'line_stopped',
    metaCode: 190,
  });
});

test('an address that is none is told at the start', () => {
  for (const baseUrl of ['', 'graph.facebook.com', 'ftp://graph.facebook.com']) {
    expect(() => connect({ baseUrl })).toThrow('WHATSAPP_GRAPH_URL');
  }
});

test('a path behind the host is kept, a trailing slash is not doubled', async () => {
  const seen: string[] = [];
  const url = await listen((socket) =>
    socket
      .on('error', () => {})
      .once('data', (data) => {
        seen.push(data.toString().split('\r\n')[0] ?? '');
        socket.end();
      }),
  );
  await connect({ baseUrl: `${url}/proxy/` }).send(message);
  expect(seen).toEqual(['POST /proxy/v26.0/106540352242922/messages HTTP/1.1']);
});
