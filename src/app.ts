import { collectDefaultMetrics, Registry } from 'prom-client';
import { createCatalogueCache } from './catalogue/index.ts';
import type { Config } from './config.ts';
import { createConversationHandler } from './conversation/index.ts';
import { createUpkeep, refuseRightsOnMoney } from './credit/index.ts';
import { createDatabase, type Database, explainDatabaseTrouble } from './db/index.ts';
import { pendingMigrations } from './db/migrate.ts';
import { createNotifier } from './db/notifications.ts';
import { healthRoutes } from './http/health.ts';
import { createHttpServer, type FastifyInstance, stopHttpServer } from './http/server.ts';
import { createInboxWorker, createRecorder, sinceLastBeatMs } from './inbox/index.ts';
import { applyStatuses, createOutboxWorker } from './outbox/index.ts';
import { systemClock } from './shared/clock.ts';
import { ServiceError, SetupError } from './shared/errors.ts';
import type { Logger } from './shared/logger.ts';
import { createGraphClient } from './whatsapp/graph-client.ts';
import { readMessage } from './whatsapp/message.ts';
import { readStatus } from './whatsapp/status.ts';
import { webhookRoutes } from './whatsapp/webhook-routes.ts';

export type ServiceOptions = {
  config: Config;
  logger: Logger;
  databaseUrl: string;
  /** Past any pooler, for LISTEN. */
  directUrl: string;
  graphUrl: string;
  /** Pages and routes that exist in demo and dev only. */
  extraRoutes?: (app: FastifyInstance, db: Database) => Promise<void>;
};

export type Service = {
  /** Where it listens, for example http://127.0.0.1:3000 */
  url: string;
  db: Database;
  /** Intake first, then workers, then connections. */
  stop(): Promise<void>;
};

/** Kept with every processed event; a release sets it to its version. */
const CODE_VERSION = '0.1.0';
/** The longest a send may take; leases of replies last longer. */
const SEND_TOTAL_MS = 20_000;
/** Two for a proof, one for sweeps and anchors. */
const UPKEEP_CONNECTIONS = 3;
/** Workers beat every second. */
const BEAT_SILENT_MS_MAX = 10_000;
/** Meta waits a few seconds for an answer: a database that is silent must not use them up, unlike one that refuses. */
const RECORD_MS_MAX = 2_000;

/** Builds every part, hands them to each other and starts them: the one place that knows all of them. */
export async function startService(options: ServiceOptions): Promise<Service> {
  await refusePendingMigrations(options.databaseUrl);
  const stops: Stop[] = [];
  const stop = async (): Promise<void> => {
    for (const one of stops.splice(0)) {
      // One part that cannot stop must not keep the others running.
      await one().catch((error: unknown) => options.logger.error({ err: error }, 'a part did not stop well'));
    }
  };
  try {
    const { url, db } = await start(options, (one) => stops.unshift(one));
    return { url, db, stop };
  } catch (error) {
    await stop();
    throw explainListenTrouble(error, options.config);
  }
}

type Stop = () => Promise<unknown>;

// What is started later is stopped earlier: intake first, then workers, then connections.
async function start(options: ServiceOptions, atStop: (stop: Stop) => void): Promise<Omit<Service, 'stop'>> {
  const { config, logger, databaseUrl } = options;
  const open = async (name: string, poolMax: number, connectTimeoutMs: number): Promise<Database> => {
    const db = await createDatabase({
      url: databaseUrl,
      poolMax,
      applicationName: `orderlock ${name}`,
      connectTimeoutMs,
      log: logger,
    });
    atStop(() => db.stop());
    return db;
  };
  const web = await open('web', config.pools.web, 1_500);
  const work = await open('workers', config.pools.workers, 5_000);
  const send = await open('outbox', config.pools.outbox, 5_000);
  // Order numbers are taken beside a transaction that is open already: from the same pool, transactions that hold all of
  // it would wait for each other.
  const numbers = await open('order numbers', 1, 5_000);
  const care = await open('upkeep', UPKEEP_CONNECTIONS, 5_000);

  const graph = createGraphClient({
    baseUrl: options.graphUrl,
    version: config.graphVersion,
    tokens: config.accessToken,
    totalTimeoutMs: SEND_TOTAL_MS,
  });
  atStop(() => graph.stop());

  const outbox = createOutboxWorker({
    db: send,
    sender: graph,
    logger: logger.child({ part: 'outbox' }),
    evidenceWaitMs: config.evidenceWaitMs,
    perLineRatePerSecond: config.outboxLineRate,
    leaseMs: SEND_TOTAL_MS + 10_000,
  });
  const inbox = createInboxWorker({
    db: work,
    logger: logger.child({ part: 'inbox' }),
    handler: createConversationHandler({ db: numbers, catalogues: createCatalogueCache(), readMessage }),
    readStatus,
    applyStatuses,
    codeVersion: CODE_VERSION,
    onWorked: (wholesalerId) => outbox.wake(wholesalerId),
  });
  const notifier = await createNotifier({
    url: options.directUrl,
    channel: 'orderlock_inbox',
    onNotify: (wholesalerId) => {
      if (wholesalerId !== '') inbox.wake(wholesalerId);
    },
    log: logger,
  }).catch((error: unknown) => {
    throw explainDirectTrouble(error);
  });
  atStop(() => notifier.stop());
  const recorder = createRecorder({
    db: web,
    logger: logger.child({ part: 'webhook' }),
    onStored: (wholesalerIds) => {
      for (const id of wholesalerIds) {
        inbox.wake(id);
        notifier.notify(id);
      }
    },
  });

  outbox.start();
  atStop(() => outbox.stop());
  inbox.start();
  atStop(() => inbox.stop());
  atStop(() => recorder.stop());

  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const upkeep = createUpkeep({
    db: care,
    logger: logger.child({ part: 'upkeep' }),
    registry,
    proofEveryMs: config.ledgerProofEveryMs,
  });
  upkeep.start();
  atStop(() => upkeep.stop());
  const app = createHttpServer({ logger: logger.child({ part: 'http' }) });
  await app.register(webhookRoutes, {
    record: (events, { receivedAt }) => recorder.record(events, receivedAt),
    appSecrets: config.appSecrets,
    verifyToken: config.verifyToken,
    clock: systemClock,
    logger: logger.child({ part: 'webhook' }),
    registry,
    recordTimeoutMs: RECORD_MS_MAX,
  });
  await app.register(healthRoutes, {
    registry,
    checks: [
      { name: 'database', check: () => web.prisma.$queryRaw`select 1` },
      { name: 'rights', check: () => refuseRightsOnMoney(web.prisma) },
      { name: 'migrations', check: () => refusePendingMigrations(databaseUrl) },
      { name: 'workers', check: () => refuseSilentWorkers(web) },
    ],
  });
  if (options.extraRoutes !== undefined) await options.extraRoutes(app, web);
  const url = await app.listen({ host: config.host, port: config.port });
  atStop(() => stopHttpServer(app));
  logger.info({ url }, 'service started');
  return { url, db: web };
}

async function refusePendingMigrations(databaseUrl: string): Promise<void> {
  const pending = await pendingMigrations(databaseUrl);
  if (pending.length === 0) return;
  throw new SetupError(
    `The database lacks ${pending.length} migrations (${pending.join(', ')}).`,
    'Run: npm run db:migrate',
  );
}

async function refuseSilentWorkers(db: Database): Promise<void> {
  const silentMs = await sinceLastBeatMs(db);
  if (silentMs !== null && silentMs <= BEAT_SILENT_MS_MAX) return;
  throw new ServiceError({ code: 'workers_silent', message: 'no worker gave a sign of life' });
}

// DATABASE_URL has proved itself by now, so what fails is the way past the pooler.
function explainDirectTrouble(error: unknown): unknown {
  const explained = explainDatabaseTrouble(error);
  if (!(explained instanceof SetupError)) return error;
  return new SetupError(
    'DATABASE_URL works, but the database cannot be used at the address in DATABASE_DIRECT_URL.',
    'It is for LISTEN: point it to PostgreSQL itself, past any pooler. Without a pooler, leave it unset.',
    error,
  );
}

function explainListenTrouble(error: unknown, config: Config): unknown {
  const { syscall, code, hostname } = (error ?? {}) as { syscall?: unknown; code?: unknown; hostname?: unknown };
  switch (syscall === 'listen' || (syscall === 'getaddrinfo' && hostname === config.host) ? code : undefined) {
    case 'EADDRINUSE':
      return new SetupError(
        `Port ${config.port} on ${config.host} is taken by another program.`,
        'Stop that program, or set PORT to another number (0 takes a free one).',
        error,
      );
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return new SetupError(
        `This machine has no address ${config.host} to listen on.`,
        'Set HOST to one of its own: 127.0.0.1 for this machine alone, 0.0.0.0 for every network it is in.',
        error,
      );
    case 'EACCES':
      return new SetupError(
        `This user may not listen on port ${config.port}.`,
        'Set PORT to a number above 1023, and let a proxy in front take 80 and 443.',
        error,
      );
    default:
      return error;
  }
}
