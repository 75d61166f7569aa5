import { pino } from 'pino';
import { Counter, Registry } from 'prom-client';
import { afterEach, expect, test } from 'vitest';
import { healthRoutes, type ReadinessCheck } from '../../src/http/health.ts';
import { createHttpServer, type FastifyInstance } from '../../src/http/server.ts';

let app: FastifyInstance | undefined;
afterEach(() => app?.close());

async function startHealth(checks: ReadinessCheck[]) {
  const registry = new Registry();
  const server = createHttpServer({ logger: pino({ level: 'silent' }) });
  app = server;
  await server.register(healthRoutes, { checks, registry, checkTimeoutMs: 20 });
  return { server, registry };
}
const works: ReadinessCheck = { name: 'migrations', check: async () => {} };

test('the process is live whatever its checks say', async () => {
  const { server } = await startHealth([{ name: 'database', check: () => Promise.reject(new Error('down')) }]);
  expect((await server.inject('/health/live')).statusCode).toBe(200);
});

test('ready when every check is', async () => {
  const { server } = await startHealth([works]);
  const answer = await server.inject('/health/ready');
  expect(answer.statusCode).toBe(200);
  expect(answer.json()).toEqual({ status: 'ready', checks: { migrations: 'ok' } });
});

test('not ready when a check fails or hangs, and the reason stays inside', async () => {
  const failing = { name: 'database', check: () => Promise.reject(new Error('password of 10.0.0.5')) };
  const throwing = {
    name: 'cache',
    check: () => {
      throw new Error('at once');
    },
  };
  const hanging = { name: 'worker', check: () => new Promise(() => {}) };
  const { server } = await startHealth([works, failing, throwing, hanging]);
  const answer = await server.inject('/health/ready');
  expect(answer.statusCode).toBe(503);
  expect(answer.json()).toEqual({
    status: 'not ready',
    checks: { migrations: 'ok', database: 'failed', cache: 'failed', worker: 'timed out' },
  });
});

test('many probes at once cost one check', async () => {
  let asked = 0;
  const slow = {
    name: 'database',
    check: () => {
      asked += 1;
      return new Promise((resolve) => setImmediate(resolve));
    },
  };
  const { server } = await startHealth([slow]);
  const answers = await Promise.all([1, 2, 3, 4].map(() => server.inject('/health/ready')));
  expect(answers.every(({ statusCode }) => statusCode === 200)).toBe(true);
  expect(asked).toBe(1);
});

test('metrics are those of the registry that was passed in', async () => {
  const { server, registry } = await startHealth([]);
  new Counter({ name: 'orderlock_test_total', help: 'x', registers: [registry] }).inc();
  const answer = await server.inject('/metrics');
  expect(answer.headers['content-type']).toContain('text/plain');
  expect(answer.body).toContain('orderlock_test_total 1');
});
