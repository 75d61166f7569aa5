// The webhook of the service by itself: the signed route and the recorder behind it, as app.ts puts them together, without
// workers that would take the same cores. With BENCH_ROUTE=bare a route that only takes the body and answers.
import { fastify } from 'fastify';
import { Registry } from 'prom-client';
import { readConfig } from '../../src/config.ts';
import { createDatabase } from '../../src/db/index.ts';
import { createHttpServer, stopHttpServer } from '../../src/http/server.ts';
import { createRecorder } from '../../src/inbox/index.ts';
import { mustExist } from '../../src/shared/assert.ts';
import { systemClock } from '../../src/shared/clock.ts';
import { createLogger } from '../../src/shared/logger.ts';
import { webhookRoutes } from '../../src/whatsapp/webhook-routes.ts';
import { serveParent } from './child.ts';

const PATH = '/webhooks/whatsapp';

const { url, stop } = await (process.env.BENCH_ROUTE === 'bare' ? serveBare() : serveWebhook());
serveParent(`${url}${PATH}`, stop);

async function serveBare(): Promise<{ url: string; stop: () => Promise<void> }> {
  const app = fastify();
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  app.post(PATH, async (_request, reply) => reply.code(200).send());
  return { url: await app.listen({ host: '127.0.0.1', port: 0 }), stop: async () => void (await app.close()) };
}

async function serveWebhook(): Promise<{ url: string; stop: () => Promise<void> }> {
  const config = readConfig('development', process.env);
  const logger = createLogger({ level: config.logLevel, pretty: false });
  const db = await createDatabase({
    url: mustExist(config.databaseUrl, 'the database of the bench'),
    poolMax: config.pools.web,
    applicationName: 'orderlock bench webhook',
  });
  const recorder = createRecorder({ db, logger, onStored: () => {} });
  const app = createHttpServer({ logger });
  await app.register(webhookRoutes, {
    record: (events, { receivedAt }) => recorder.record(events, receivedAt),
    appSecrets: config.appSecrets,
    verifyToken: config.verifyToken,
    clock: systemClock,
    logger,
    registry: new Registry(),
  });
  return {
    url: await app.listen({ host: '127.0.0.1', port: 0 }),
    async stop() {
      await stopHttpServer(app);
      await recorder.stop();
      await db.stop();
    },
  };
}
