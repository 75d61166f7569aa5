import { collectDefaultMetrics, Registry } from 'prom-client';
import { createAlertTeller } from './alerts/index.ts';
import { createAnswerSweeper, restApi } from './api/index.ts';
import { createWaitingUpkeep } from './approvals/index.ts';
import { createCatalogueCache } from './catalogue/index.ts';
import { createSilenceTimer } from './chats/index.ts';
import type { Config } from './config.ts';
import { consoleRoutes } from './console/index.ts';
import { createConversationHandler, createStatementMaker } from './conversation/index.ts';
import { createCredit, createUpkeep, refuseRightsOnMoney } from './credit/index.ts';
import { createDatabase, type Database, explainDatabaseTrouble } from './db/index.ts';
import { pendingMigrations } from './db/migrate.ts';
import { createNotifier } from './db/notifications.ts';
import { healthRoutes } from './http/health.ts';
import { createHttpServer, type FastifyInstance, stopHttpServer } from './http/server.ts';
import {
  createInboxWorker,
  createNoticeWorker,
  createRecorder,
  type IncomingEvent,
  sinceLastBeatMs,
} from './inbox/index.ts';
import { createMediaWorker, noteIncomingMedia, type Transcriber } from './media/index.ts';
import { createNoticeTimer } from './notices/index.ts';
import { createOrderDesk } from './orders/index.ts';
import {
  applyStatuses,
  createLineAddresses,
  createOutboxWorker,
  createOutgoingFiles,
  noteMarketingChoices,
  type RetryPolicy,
} from './outbox/index.ts';
import { systemClock } from './shared/clock.ts';
import { ServiceError, SetupError } from './shared/errors.ts';
import type { Logger } from './shared/logger.ts';
import { createStaffDesk } from './staff/index.ts';
import { readNews } from './whatsapp/account-news.ts';
import { createGraphClient } from './whatsapp/graph-client.ts';
import { createMediaDownload } from './whatsapp/media-download.ts';
import { readMessage } from './whatsapp/message.ts';
import { createReadReceipts } from './whatsapp/read-receipts.ts';
import { classifyFailure } from './whatsapp/refusals.ts';
import { readStatus } from './whatsapp/status.ts';
import { webhookRoutes } from './whatsapp/webhook-routes.ts';

export type ServiceOptions = {
  config: Config;
  logger: Logger;
  databaseUrl: string;
  /** Past any pooler, for LISTEN. */
  directUrl: string;
  graphUrl: string;
  /** Writes voice notes down; without one staff listen to them. */
  transcriber?: Transcriber;
  /** Pages and routes that exist in demo and dev only. */
  extraRoutes?: (app: FastifyInstance, db: Database) => Promise<void>;
  /** Runs and tests only: times of sending that are not Meta's. */
  sending?: { totalMs?: number; leaseMs?: number; retry?: Partial<RetryPolicy> } | undefined;
  /** Demo and dev only: sees every event before it is stored, and may put another in its place. */
  admit?: ((events: IncomingEvent[]) => Promise<IncomingEvent[]>) | undefined;
};

export type Service = {
  /** Where it listens, for example http://127.0.0.1:3000 */
  url: string;
  db: Database;
  /** Where the first wholesaler is set up, as long as there is none. Works once: for whoever started the service. */
  firstRunUrl: string | null;
  /** Intake first, then workers, then connections. */
  stop(): Promise<void>;
};

/** Kept with every processed event; a release sets it to its version. */
const CODE_VERSION = '0.1.0';
/** The longest a send may take; leases of replies last longer. */
const SEND_TOTAL_MS = 20_000;
/** People click slowly; what they book waits its turn. */
const CONSOLE_CREDIT_CONNECTIONS = 3;
/** Two for a proof, one each for sweeps and anchors, account news, media, telling alerts, kept answers, notices and silent staff. */
const UPKEEP_CONNECTIONS = 9;
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
    const started = await start(options, (one) => stops.unshift(one));
    return { ...started, stop };
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
  const api = await open('api', config.pools.api, 1_500);

  const files = createOutgoingFiles({
    db: send,
    logger: logger.child({ part: 'files' }),
    make: createStatementMaker(send),
  });
  const graph = createGraphClient({
    baseUrl: options.graphUrl,
    version: config.graphVersion,
    tokens: config.accessToken,
    totalTimeoutMs: options.sending?.totalMs ?? SEND_TOTAL_MS,
    files,
  });
  atStop(() => graph.stop());

  const outbox = createOutboxWorker({
    db: send,
    sender: graph,
    classify: classifyFailure,
    logger: logger.child({ part: 'outbox' }),
    evidenceWaitMs: config.evidenceWaitMs,
    perLineRatePerSecond: config.outboxLineRate,
    leaseMs: options.sending?.leaseMs ?? SEND_TOTAL_MS + 10_000,
    retry: options.sending?.retry ?? {},
  });
  const receipts = createReadReceipts({
    markRead: graph.markRead,
    lineOf: createLineAddresses(send).find,
    logger: logger.child({ part: 'receipts' }),
  });
  atStop(() => receipts.stop());
  const inbox = createInboxWorker({
    db: work,
    logger: logger.child({ part: 'inbox' }),
    handler: createConversationHandler({
      db: numbers,
      catalogues: createCatalogueCache(),
      readMessage,
      noteMedia: config.mediaKeepDays > 0 ? noteIncomingMedia : undefined,
      onWork: receipts.show,
    }),
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

  files.start();
  atStop(() => files.stop());
  outbox.start();
  atStop(() => outbox.stop());
  inbox.start();
  atStop(() => inbox.stop());
  if (config.mediaKeepDays > 0) {
    const files = createMediaDownload({
      baseUrl: options.graphUrl,
      version: config.graphVersion,
      tokens: config.accessToken,
    });
    atStop(() => files.stop());
    const media = createMediaWorker({
      db: care,
      logger: logger.child({ part: 'media' }),
      source: files,
      keepDays: config.mediaKeepDays,
      transcriber: options.transcriber,
    });
    media.start();
    atStop(() => media.stop());
  }
  const notices = createNoticeWorker({
    db: care,
    logger: logger.child({ part: 'notices' }),
    readNews,
    noteMarketing: noteMarketingChoices,
  });
  notices.start();
  atStop(() => notices.stop());
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
  const told = createNoticeTimer({ db: care, logger: logger.child({ part: 'told' }) });
  const silence = createSilenceTimer({ db: care, logger: logger.child({ part: 'chats' }) });
  silence.start();
  atStop(() => silence.stop());
  told.start();
  atStop(() => told.stop());
  const waiting = createWaitingUpkeep({ db: care, logger: logger.child({ part: 'waiting orders' }) });
  waiting.start();
  atStop(() => waiting.stop());
  const alerts = createAlertTeller({ db: care, logger: logger.child({ part: 'alerts' }), registry });
  alerts.start();
  atStop(() => alerts.stop());
  const app = createHttpServer({ logger: logger.child({ part: 'http' }) });
  await app.register(webhookRoutes, {
    record: async (events, { receivedAt }) =>
      recorder.record(options.admit === undefined ? events : await options.admit(events), receivedAt),
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
  const desk = createStaffDesk({ db: web, secret: config.sessionSecret });
  const credit = createCredit({ databaseUrl, maxConnections: CONSOLE_CREDIT_CONNECTIONS, log: logger });
  atStop(() => credit.close());
  await consoleRoutes(app, { db: web, credit, desk, clock: systemClock, readMessage, publicUrl: config.publicUrl });
  const sweeper = createAnswerSweeper({ db: care, logger: logger.child({ part: 'api' }) });
  sweeper.start();
  atStop(() => sweeper.stop());
  await app.register(restApi, {
    deps: {
      db: api,
      // Only ever called with a transaction of the pool above, so it takes none of the console's connections.
      credit,
      desk: createOrderDesk(api),
      clock: systemClock,
      readMessage,
    },
    limits: { requestsPerMinute: config.apiRequestsPerMinute },
    version: CODE_VERSION,
  });
  if (options.extraRoutes !== undefined) await options.extraRoutes(app, web);
  const url = await app.listen({ host: config.host, port: config.port });
  atStop(() => stopHttpServer(app));
  logger.info({ url }, 'service started');
  const token = await desk.firstRunToken();
  const firstRunUrl = token === null ? null : `${config.publicUrl ?? url}/console/first-run?token=${token}`;
  return { url, db: web, firstRunUrl };
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
