import { pino } from 'pino';
import { Registry } from 'prom-client';
import { afterEach, describe, expect, test } from 'vitest';
import { createHttpServer, type FastifyInstance } from '../../src/http/server.ts';
import type { IncomingEvent, Recorded } from '../../src/inbox/types.ts';
import { delivery, messageFrom, text } from '../../src/simulator/payloads.ts';
import { signBody } from '../../src/whatsapp/signature.ts';
import { type WebhookDeps, webhookRoutes } from '../../src/whatsapp/webhook-routes.ts';
import fc from '../support/properties.ts';

const SECRET = 'app-secret';
const PATH = '/webhooks/whatsapp';
const NOW = new Date('2026-11-20T10:00:00Z');
const LINE = { phoneNumberId: '106540352242922', displayPhoneNumber: '912255550100', wabaId: '1' };
const ASHA = { phone: '919800000001', bsuid: 'IN.1' };

let app: FastifyInstance | undefined;
afterEach(() => app?.close());

/** A server with the webhook alone, what it recorded and what it logged. */
async function startWebhook(overrides: Partial<WebhookDeps> = {}) {
  const recorded: IncomingEvent[][] = [];
  const lines: string[] = [];
  const logger = pino({ level: 'debug' }, { write: (line: string) => void lines.push(line) });
  const registry = new Registry();
  let nowMs = NOW.getTime();
  const server = createHttpServer({ logger });
  app = server;
  await server.register(webhookRoutes, {
    record: async (events) => {
      recorded.push(events);
      return { fresh: events.length, repeated: 0, stray: 0 };
    },
    appSecrets: [SECRET],
    verifyToken: 'verify-me',
    clock: { now: () => new Date(nowMs) },
    logger,
    registry,
    ...overrides,
  });
  const post = (body: string | Buffer, headers: Record<string, string> = {}) =>
    server.inject({
      method: 'POST',
      url: PATH,
      headers: { 'content-type': 'application/json', 'x-hub-signature-256': signBody(body, SECRET), ...headers },
      payload: body,
    });
  const get = (query: string) => server.inject({ method: 'GET', url: `${PATH}?${query}` });
  const later = (ms: number) => {
    nowMs += ms;
  };
  return { server, recorded, lines, registry, post, get, later };
}
const hello = (body = 'hi') =>
  JSON.stringify(delivery(LINE, { messages: [messageFrom(ASHA, text(body), { id: 'm' })] }));

describe('the handshake', () => {
  test('echoes the challenge as plain text when the token is right', async () => {
    const { get } = await startWebhook();
    const answer = await get('hub.mode=subscribe&hub.challenge=11584017928346501984&hub.verify_token=verify-me');
    expect(answer.statusCode).toBe(200);
    expect(answer.body).toBe('11584017928346501984');
    expect(answer.headers['content-type']).toBe('text/plain; charset=utf-8');
    expect(answer.headers['x-content-type-options']).toBe('nosniff');
  });

  const refused: [string, string, number][] = [
    ['a wrong token', 'hub.mode=subscribe&hub.challenge=1&hub.verify_token=wrong', 403],
    ['no token', 'hub.mode=subscribe&hub.challenge=1', 403],
    ['another mode', 'hub.mode=unsubscribe&hub.challenge=1&hub.verify_token=verify-me', 403],
    ['no mode', 'hub.challenge=1&hub.verify_token=verify-me', 403],
    [
      'a doubled token',
      'hub.mode=subscribe&hub.challenge=1&hub.verify_token=verify-me&hub.verify_token=verify-me',
      403,
    ],
    ['a doubled mode', 'hub.mode=subscribe&hub.mode=subscribe&hub.challenge=1&hub.verify_token=verify-me', 403],
    ['a doubled challenge', 'hub.mode=subscribe&hub.challenge=1&hub.challenge=2&hub.verify_token=verify-me', 403],
    ['no challenge', 'hub.mode=subscribe&hub.verify_token=verify-me', 400],
    ['a huge challenge', `hub.mode=subscribe&hub.challenge=${'1'.repeat(5000)}&hub.verify_token=verify-me`, 400],
    ['nothing', '', 403],
  ];
  test.each(refused)('refuses %s', async (_what, query, status) => {
    const { get, lines } = await startWebhook();
    const answer = await get(query);
    expect(answer.statusCode).toBe(status);
    expect(answer.body).toBe('');
    expect(lines.join('')).not.toContain('verify-me');
  });

  test('refuses everything while no token is set', async () => {
    const { get } = await startWebhook({ verifyToken: '' });
    expect((await get('hub.mode=subscribe&hub.challenge=1&hub.verify_token=')).statusCode).toBe(403);
  });
});

describe('a delivery', () => {
  test('is acknowledged with an empty 200 only after it was stored', async () => {
    const order: string[] = [];
    const { post } = await startWebhook({
      record: () =>
        new Promise((resolve) => {
          setImmediate(() => {
            order.push('stored');
            resolve({ fresh: 1, repeated: 0, stray: 0 });
          });
        }),
    });
    const answer = await post(hello()).then((value) => {
      order.push('answered');
      return value;
    });
    expect(answer.statusCode).toBe(200);
    expect(answer.body).toBe('');
    expect(order).toEqual(['stored', 'answered']);
  });

  test('hands over all events with the time of receipt', async () => {
    const received: unknown[] = [];
    const { post } = await startWebhook({
      record: async (events, { receivedAt }) => {
        received.push(events.length, receivedAt);
        return { fresh: 1, repeated: 0, stray: 0 };
      },
    });
    await post(hello());
    expect(received).toEqual([1, NOW]);
  });

  const raw = '{"object":"whatsapp_business_account","entry":[{"x":"äöå 1/2 👍 \x7f"}]}';
  const escaped = raw.replace(/[^ -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
  const signed: [string, string, string][] = [
    ['with raw accents, signed over raw bytes', raw, raw],
    ['with escaped accents, signed over those', escaped, escaped],
    ['with escaped slashes', '{"a":"1\\/2"}', '{"a":"1\\/2"}'],
  ];
  test.each(signed)('is accepted %s', async (_what, body, over) => {
    const { post, recorded } = await startWebhook();
    expect((await post(body, { 'x-hub-signature-256': signBody(over, SECRET) })).statusCode).toBe(200);
    expect(recorded).toHaveLength(1);
  });

  test('is accepted with a charset, and with the other secret of a rotation', async () => {
    const { post } = await startWebhook({ appSecrets: ['next', SECRET] });
    expect((await post(hello(), { 'content-type': 'application/json; charset=utf-8' })).statusCode).toBe(200);
    expect((await post(hello(), { 'x-hub-signature-256': signBody(hello(), 'next') })).statusCode).toBe(200);
  });

  test.each(['[]', '5', 'null', '{"object":"page","entry":[]}', '{"object":"whatsapp_business_account"}'])(
    'that is signed but not WhatsApp is kept and acknowledged: %s',
    async (body) => {
      const { post, recorded } = await startWebhook();
      expect((await post(body)).statusCode).toBe(200);
      expect(recorded[0]).toMatchObject([{ kind: 'notice' }]);
    },
  );

  const big = JSON.stringify({ a: 'x'.repeat(5 * 1024 * 1024) });
  const refused: [string, string, Record<string, string>, number][] = [
    ['without signature', hello(), { 'x-hub-signature-256': '' }, 401],
    ['with a wrong signature', hello(), { 'x-hub-signature-256': signBody(hello(), 'guess') }, 401],
    ['signed, then changed', hello('100 coke'), { 'x-hub-signature-256': signBody(hello('10 coke'), SECRET) }, 401],
    ['unsigned and not JSON', '{', { 'x-hub-signature-256': '' }, 401],
    ['signed but empty', '', {}, 400],
    ['of 5 MB', big, {}, 413],
    ['of another content type', hello(), { 'content-type': 'text/plain' }, 415],
    ['as a form', hello(), { 'content-type': 'application/x-www-form-urlencoded' }, 415],
  ];
  test.each(refused)('%s is refused and nothing is stored', async (_what, body, headers, status) => {
    const { post, recorded } = await startWebhook();
    expect((await post(body, headers)).statusCode).toBe(status);
    expect(recorded).toEqual([]);
  });

  test('signed but not JSON is refused and kept for inspection: beginning, length and hash', async () => {
    const { post, recorded } = await startWebhook();
    expect((await post('{"a":\u0000')).statusCode).toBe(400);
    const payload = { beginning: '{"a":\uFFFD', bytes: 6, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) };
    expect(recorded).toEqual([[expect.objectContaining({ kind: 'notice', field: 'not_json', payload })]]);
  });

  test('that cannot be stored is sent back for later with 503', async () => {
    const { post } = await startWebhook({ record: () => Promise.reject(new Error('connection refused at 10.0.0.5')) });
    const answer = await post(hello());
    expect(answer.statusCode).toBe(503);
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
    expect(answer.body).toBe('');
  });

  test('is sent back when storing takes too long, or throws at once', async () => {
    const slow = await startWebhook({ record: () => new Promise(() => {}), recordTimeoutMs: 10 });
    expect((await slow.post(hello())).statusCode).toBe(503);
    await app?.close();
    const broken = await startWebhook({
      record: () => {
        throw new Error('no pool');
      },
    });
    expect((await broken.post(hello())).statusCode).toBe(503);
  });

  test('is sent back at once when too many are being stored already', async () => {
    let begin = () => {};
    const started = new Promise<void>((resolve) => {
      begin = resolve;
    });
    let finish: (value: Recorded) => void = () => {};
    const { post } = await startWebhook({
      inFlightMax: 1,
      record: () => {
        begin();
        return new Promise((resolve) => {
          finish = resolve;
        });
      },
    });
    const first = post(hello());
    await started;
    expect((await post(hello())).statusCode).toBe(503);
    finish({ fresh: 1, repeated: 0, stray: 0 });
    expect((await first).statusCode).toBe(200);
  });
});

describe('logs and numbers', () => {
  test('a wrong secret is explained once a minute, not once a delivery', async () => {
    const { post, lines, later } = await startWebhook();
    const wrong = () => post(hello('my secret order'), { 'x-hub-signature-256': signBody('x', SECRET) });
    const lessons = () => lines.filter((line) => line.includes('Webhook signature did not match'));
    for (let count = 0; count < 5; count += 1) await wrong();
    expect(lessons()).toHaveLength(1);
    later(61_000);
    await wrong();
    expect(lessons()).toHaveLength(2);
    expect(lessons()[1]).toContain('(5 in the last minute)');
    expect(lessons()[1]).toContain('WHATSAPP_APP_SECRET');
    expect(lessons()[1]).toContain('npm run doctor');
  });

  test('never hold message text, phone numbers or signatures', async () => {
    const { post, lines } = await startWebhook();
    await post(hello('my secret order'));
    await post(hello('my secret order'), { 'x-hub-signature-256': 'sha256=0' });
    const log = lines.join('');
    expect(log).toContain('delivery stored');
    for (const secret of ['my secret order', ASHA.phone, ASHA.bsuid, 'sha256=']) expect(log).not.toContain(secret);
  });

  test('a failed store is logged without the row that the database quotes', async () => {
    const failure = Object.assign(new Error('violates check\nFailing row contains (my secret order)'), {
      code: '23514',
      detail: 'Failing row contains (my secret order)',
    });
    const { post, lines } = await startWebhook({ record: () => Promise.reject(failure) });
    await post(hello());
    const log = lines.join('');
    expect(log).toContain('"code":"23514","message":"violates check"');
    expect(log).not.toContain('my secret order');
  });

  test('deliveries are counted by what became of them', async () => {
    const { post, registry } = await startWebhook();
    await post(hello());
    await post('{', {});
    await post(hello(), { 'x-hub-signature-256': '' });
    const metrics = await registry.metrics();
    expect(metrics).toContain('orderlock_webhook_deliveries_total{result="stored"} 1');
    expect(metrics).toContain('orderlock_webhook_deliveries_total{result="not_json"} 1');
    expect(metrics).toContain('orderlock_webhook_deliveries_total{result="bad_signature"} 1');
    expect(metrics).toContain('orderlock_webhook_events_total{kind="message"} 1');
    expect(metrics).toContain('orderlock_webhook_rows_total{novelty="fresh"} 1');
  });
});

test('no signed body makes the webhook answer with a 5xx', async () => {
  const { post } = await startWebhook();
  const body = fc.oneof(
    fc.json(),
    fc.string({ unit: 'binary' }),
    fc.uint8Array().map((bytes) => Buffer.from(bytes)),
  );
  await fc.assert(
    fc.asyncProperty(body, async (payload) => {
      const bytes = Buffer.from(payload as string);
      expect([200, 400]).toContain((await post(bytes)).statusCode);
    }),
    { numRuns: 300 },
  );
});
