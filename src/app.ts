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
import { explainListenTrouble } from './http/listen-trouble.ts';
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
import { createParts, type Parts } from './shared/parts.ts';
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
  const parts = createParts(options.logger);
  try {
    const started = await start(options, parts);
    return { ...started, stop: parts.stop };
  } catch (error) {
    await parts.stop();
    throw explainListenTrouble(error, options.config);
  }
}

/** What every step below builds from. */
type Ground = ServiceOptions & {
  parts: Parts;
  /** A logger that names its part. */
  log: (part: string) => Logger;
  pools: Pools;
};

type Pools = Awaited<ReturnType<typeof openPools>>;

// What is started later is stopped earlier: intake first, then workers, then connections.
async function start(options: ServiceOptions, parts: Parts): Promise<Omit<Service, 'stop'>> {
  const log = (part: string): Logger => options.logger.child({ part });
  const ground: Ground = { ...options, parts, log, pools: await openPools(options, parts) };
  const sending = startSending(ground);
  const recorder = await startConversations(ground, sending);
  startMedia(ground);
  parts.run(
    createNoticeWorker({
      db: ground.pools.care,
      logger: log('notices'),
      readNews,
      noteMarketing: noteMarketingChoices,
    }),
  );
  parts.atStop(() => recorder.stop());
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  startUpkeep(ground, registry);
  return serve(ground, recorder, registry);
}

async function openPools({ config, logger, databaseUrl }: ServiceOptions, parts: Parts) {
  const open = async (name: string, poolMax: number, connectTimeoutMs: number): Promise<Database> => {
    const db = await createDatabase({
      url: databaseUrl,
      poolMax,
      applicationName: `orderlock ${name}`,
      connectTimeoutMs,
      log: logger,
    });
    parts.atStop(() => db.stop());
    return db;
  };
  return {
    web: await open('web', config.pools.web, 1_500),
    work: await open('workers', config.pools.workers, 5_000),
    send: await open('outbox', config.pools.outbox, 5_000),
    // Order numbers are taken beside a transaction that is open already: from the same pool, transactions that hold all of
    // it would wait for each other.
    numbers: await open('order numbers', 1, 5_000),
    care: await open('upkeep', UPKEEP_CONNECTIONS, 5_000),
    api: await open('api', config.pools.api, 1_500),
  };
}

/** The way out: files, the client of the Graph API, and the workers of the outbox, which `startConversations` starts. */
function startSending({ config, graphUrl, sending, parts, log, pools: { send } }: Ground) {
  const files = createOutgoingFiles({ db: send, logger: log('files'), make: createStatementMaker(send) });
  const graph = createGraphClient({
    baseUrl: graphUrl,
    version: config.graphVersion,
    tokens: config.accessToken,
    totalTimeoutMs: sending?.totalMs ?? SEND_TOTAL_MS,
    files,
  });
  parts.atStop(() => graph.stop());
  const outbox = createOutboxWorker({
    db: send,
    sender: graph,
    classify: classifyFailure,
    logger: log('outbox'),
    evidenceWaitMs: config.evidenceWaitMs,
    perLineRatePerSecond: config.outboxLineRate,
    leaseMs: sending?.leaseMs ?? SEND_TOTAL_MS + 10_000,
    retry: sending?.retry ?? {},
  });
  const receipts = createReadReceipts({
    markRead: graph.markRead,
    lineOf: createLineAddresses(send).find,
    logger: log('receipts'),
  });
  parts.atStop(() => receipts.stop());
  return { files, outbox, receipts };
}

/** The way in: what the webhook stores, and the workers that answer it. */
async function startConversations(ground: Ground, { files, outbox, receipts }: ReturnType<typeof startSending>) {
  const { config, logger, directUrl, parts, log, pools } = ground;
  const inbox = createInboxWorker({
    db: pools.work,
    logger: log('inbox'),
    handler: createConversationHandler({
      db: pools.numbers,
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
    url: directUrl,
    channel: 'orderlock_inbox',
    onNotify: (wholesalerId) => {
      if (wholesalerId !== '') inbox.wake(wholesalerId);
    },
    log: logger,
  }).catch((error: unknown) => {
    throw explainDirectTrouble(error);
  });
  parts.atStop(() => notifier.stop());
  const recorder = createRecorder({
    db: pools.web,
    logger: log('webhook'),
    onStored: (wholesalerIds) => {
      for (const id of wholesalerIds) {
        inbox.wake(id);
        notifier.notify(id);
      }
    },
  });
  parts.run(files);
  parts.run(outbox);
  parts.run(inbox);
  return recorder;
}

/** Fetches photos and voice notes, unless none are to be kept. */
function startMedia({ config, graphUrl, transcriber, parts, log, pools }: Ground): void {
  if (config.mediaKeepDays <= 0) return;
  const source = createMediaDownload({ baseUrl: graphUrl, version: config.graphVersion, tokens: config.accessToken });
  parts.atStop(() => source.stop());
  parts.run(
    createMediaWorker({ db: pools.care, logger: log('media'), source, keepDays: config.mediaKeepDays, transcriber }),
  );
}

/** What is done by the clock and not by a message. */
function startUpkeep({ config, parts, log, pools: { care: db } }: Ground, registry: Registry): void {
  parts.run(createUpkeep({ db, logger: log('upkeep'), registry, proofEveryMs: config.ledgerProofEveryMs }));
  parts.run(createSilenceTimer({ db, logger: log('chats') }));
  parts.run(createNoticeTimer({ db, logger: log('told') }));
  parts.run(createWaitingUpkeep({ db, logger: log('waiting orders') }));
  parts.run(createAlertTeller({ db, logger: log('alerts'), registry }));
}

/** The webhook, the probes, the console and the API over HTTP. */
async function serve(
  ground: Ground,
  recorder: ReturnType<typeof createRecorder>,
  registry: Registry,
): Promise<Omit<Service, 'stop'>> {
  const { config, logger, databaseUrl, admit, extraRoutes, parts, log } = ground;
  const { web, care, api } = ground.pools;
  const app = createHttpServer({ logger: log('http') });
  await app.register(webhookRoutes, {
    record: async (events, { receivedAt }) =>
      recorder.record(admit === undefined ? events : await admit(events), receivedAt),
    appSecrets: config.appSecrets,
    verifyToken: config.verifyToken,
    clock: systemClock,
    logger: log('webhook'),
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
  parts.atStop(() => credit.close());
  await consoleRoutes(app, { db: web, credit, desk, clock: systemClock, readMessage, publicUrl: config.publicUrl });
  parts.run(createAnswerSweeper({ db: care, logger: log('api') }));
  await app.register(restApi, {
    deps: {
      db: api,
      // Only ever called with a transaction of the pool above, so it takes none of the console's connections.
      credit,
      desk: createOrderDesk(api),
      staff: desk,
      clock: systemClock,
      readMessage,
      publicUrl: config.publicUrl,
    },
    limits: { requestsPerMinute: config.apiRequestsPerMinute },
    version: CODE_VERSION,
  });
  if (extraRoutes !== undefined) await extraRoutes(app, web);
  const url = await app.listen({ host: config.host, port: config.port });
  parts.atStop(() => stopHttpServer(app));
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
