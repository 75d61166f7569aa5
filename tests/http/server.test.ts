import { connect } from 'node:net';
import { pino } from 'pino';
import { afterEach, describe, expect, test } from 'vitest';
import { HttpProblem } from '../../src/http/problem.ts';
import { createHttpServer, type FastifyInstance, stopHttpServer } from '../../src/http/server.ts';
import { ServiceError } from '../../src/shared/errors.ts';

let app: FastifyInstance | undefined;
afterEach(() => app?.close());

function startServer(options: { bodyLimitBytes?: number } = {}) {
  const lines: string[] = [];
  const logger = pino({ level: 'debug' }, { write: (line: string) => void lines.push(line) });
  const server = createHttpServer({ logger, ...options });
  app = server;
  server.get('/fine/:id', async () => ({ fine: true }));
  server.post('/echo', async (request) => ({ body: request.body, raw: request.rawBody?.toString('latin1') }));
  const failing = (url: string, error: Error) =>
    server.get(url, () => {
      throw error;
    });
  failing('/bug', new TypeError('cannot read x of undefined at 10.0.0.5'));
  failing('/bad-input', Object.assign(new Error('select * from credit'), { statusCode: 400 }));
  failing('/busy', new ServiceError({ code: 'DATABASE_ERROR', message: 'deadlock on 10.0.0.5', retryable: true }));
  failing('/broken', new ServiceError({ code: 'ledger_broken', message: 'seq 7 of asha' }));
  failing(
    '/short',
    new HttpProblem({ status: 409, code: 'INSUFFICIENT_CREDIT', detail: 'Too little.', members: { shortByMinor: 5 } }),
  );
  return { server, lines };
}

describe('every answer carries the security headers', () => {
  test.each(['/fine/1', '/nowhere', '/bug'])('%s', async (url) => {
    const { headers } = await startServer().server.inject(url);
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['referrer-policy']).toBe('no-referrer');
    expect(headers['content-security-policy']).toContain("default-src 'none'");
  });
});

describe('errors are problem documents that tell outsiders nothing about our insides', () => {
  const cases: [string, string, object][] = [
    ['an unknown address', '/nowhere', { status: 404, code: 'NOT_FOUND', title: 'Not Found' }],
    ['a bug', '/bug', { status: 500, code: 'INTERNAL_ERROR' }],
    ['an error that names a client status but is not ours', '/bad-input', { status: 500, code: 'INTERNAL_ERROR' }],
    ['a busy database', '/busy', { status: 503, code: 'DATABASE_ERROR' }],
    ['a breakage', '/broken', { status: 500, code: 'ledger_broken' }],
    [
      'a problem of our own',
      '/short',
      { status: 409, code: 'INSUFFICIENT_CREDIT', detail: 'Too little.', shortByMinor: 5 },
    ],
  ];
  test.each(cases)('%s', async (_what, url, expected) => {
    const answer = await startServer().server.inject(url);
    expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8');
    expect(answer.json()).toMatchObject({ type: 'about:blank', ...expected });
    expect(answer.body).not.toMatch(/10\.0\.0\.5|select|seq 7|at \//);
    if (answer.statusCode === 503) expect(answer.headers['retry-after']).toBe('1');
  });

  const bodies: [string, string, string, number][] = [
    ['broken JSON', '{', 'application/json', 400],
    ['a prototype key', '{"__proto__":{}}', 'application/json', 400],
    ['plain text', 'hi', 'text/plain', 415],
    ['too much', `"${'x'.repeat(200)}"`, 'application/json', 413],
  ];
  test.each(bodies)('%s', async (_what, payload, type, status) => {
    const { server } = startServer({ bodyLimitBytes: 100 });
    const answer = await server.inject({ method: 'POST', url: '/echo', headers: { 'content-type': type }, payload });
    expect(answer.statusCode).toBe(status);
    expect(answer.json()).toMatchObject({ status });
  });

  test('and the log has what they leave out', async () => {
    const { server, lines } = startServer();
    await server.inject('/bug');
    expect(lines.join('')).toContain('cannot read x of undefined at 10.0.0.5');
  });
});

test('a JSON body is parsed and its bytes are kept as they came', async () => {
  const payload = Buffer.from('{ "a" : "\\u00e4é" }');
  const headers = { 'content-type': 'application/json; charset=utf-8' };
  const answer = await startServer().server.inject({ method: 'POST', url: '/echo', headers, payload });
  expect(answer.json()).toEqual({ body: { a: 'äé' }, raw: payload.toString('latin1') });
});

test('the request log names the route and never the path, the query or the body', async () => {
  const { server, lines } = startServer();
  await server.inject('/fine/919800000001?token=hush');
  await server.inject({
    method: 'POST',
    url: '/echo',
    headers: { 'content-type': 'application/json' },
    payload: '{"a":"private"}',
  });
  const log = lines.join('');
  expect(log).toContain('"route":"/fine/:id"');
  expect(log).not.toMatch(/919800000001|hush|private/);
});

test('stopping lets a running request end, then cuts connections that stay', async () => {
  const { server } = startServer();
  let release = () => {};
  const entered = new Promise<void>((enter) => {
    server.get('/slow', async () => {
      enter();
      await new Promise<void>((resolve) => {
        release = resolve;
      });
      return 'done';
    });
  });
  const url = await server.listen({ port: 0, host: '127.0.0.1' });
  // A client that opens a connection and says half a request is nobody to wait for.
  const half = connect(Number(new URL(url).port), '127.0.0.1', () => void half.write('GET / HTTP/1.1\r\nHost:'));
  const halfClosed = new Promise((resolve) => half.once('close', resolve));
  half.on('error', () => {});
  const slow = fetch(`${url}/slow`);
  await entered;
  const stopped = stopHttpServer(server, 200);
  release();
  expect(await (await slow).text()).toBe('done');
  await stopped;
  await halfClosed;
});
