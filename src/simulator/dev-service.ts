import { type Service, type ServiceOptions, startService } from '../app.ts';
import { importShop, readShopFile } from '../catalogue/index.ts';
import type { Config } from '../config.ts';
import { startEmbedded } from '../db/embedded.ts';
import { createDatabase, type Database } from '../db/index.ts';
import { bootstrapRoles, migrate } from '../db/migrate.ts';
import { mustExist } from '../shared/assert.ts';
import { SetupError } from '../shared/errors.ts';
import type { Logger } from '../shared/logger.ts';
import { answeredRoutes } from './answered-routes.ts';
import { type FakeGraph, startFakeGraph } from './fake-graph.ts';
import { simulatorPage } from './page/page-routes.ts';
import { phoneRoutes } from './phone/phone-routes.ts';

export type DevService = {
  service: Service;
  /** The owner's address of the database. */
  ownerUrl: string;
  /** Null when WHATSAPP_GRAPH_URL points somewhere else. */
  fakeGraph: FakeGraph | null;
  stop(): Promise<void>;
};

type DevServiceOptions = {
  config: Config;
  logger: Logger;
  /** `throw-away`: a fresh embedded database that is gone afterwards. `configured`: DATABASE_URL, else DATA_DIR. */
  database: 'throw-away' | 'configured';
  /** The shop that an empty database starts with: the text of an import file. */
  shop: string;
  /** Sees every event before it is stored, and may put another in its place. */
  admit?: ServiceOptions['admit'];
};

/**
 * The whole service as demo and dev run it: embedded PostgreSQL unless told otherwise, migrations, a shop, and a fake
 * Graph API that sends its statuses back through the signed webhook.
 */
export async function startDevService(options: DevServiceOptions): Promise<DevService> {
  const { config, logger } = options;
  const stops: (() => Promise<unknown>)[] = [];
  const stop = async (): Promise<void> => {
    for (const one of stops.splice(0)) await one();
  };
  try {
    const ownerUrl = await openDatabase(options, (one) => stops.unshift(one));
    await bootstrapRoles(ownerUrl);
    await migrate(ownerUrl);
    await importIntoEmpty(ownerUrl, options.shop);
    const fakeGraph = config.graphUrl === undefined ? await startFake(config) : null;
    if (fakeGraph !== null) stops.unshift(() => fakeGraph.stop());
    const databaseUrl = options.database === 'throw-away' ? ownerUrl : (config.databaseUrl ?? ownerUrl);
    const service = await startService({
      config,
      logger,
      databaseUrl,
      directUrl: config.databaseDirectUrl ?? databaseUrl,
      graphUrl: mustExist(config.graphUrl ?? fakeGraph?.url, 'the address of the Graph API'),
      extraRoutes: async (app, db) => {
        await answeredRoutes(app, db);
        if (fakeGraph === null) return;
        await phoneRoutes(app, db, fakeGraph);
        await simulatorPage(app, { db, graph: fakeGraph, appSecret: mustExist(config.appSecrets[0], 'an app secret') });
      },
      admit: options.admit,
    });
    stops.unshift(() => service.stop());
    fakeGraph?.setWebhookUrl(`${service.url}/webhooks/whatsapp`);
    return { service, ownerUrl, fakeGraph, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function openDatabase(
  options: DevServiceOptions,
  onStop: (stop: () => Promise<unknown>) => void,
): Promise<string> {
  const { config } = options;
  if (options.database === 'configured' && config.databaseUrl !== undefined) {
    return config.databaseOwnerUrl ?? config.databaseUrl;
  }
  const dataDir = options.database === 'throw-away' ? ({ throwAway: true } as const) : config.dataDir;
  const embedded = await startEmbedded({ dataDir, role: 'service' });
  onStop(() => embedded.stop());
  return embedded.url;
}

function startFake(config: Config): Promise<FakeGraph> {
  return startFakeGraph({
    appSecret: mustExist(config.appSecrets[0], 'an app secret'),
    token: mustExist(config.accessToken('WHATSAPP_ACCESS_TOKEN'), 'an access token'),
  });
}

async function importIntoEmpty(ownerUrl: string, text: string): Promise<void> {
  const shop = readShopFile(text);
  if (!shop.ok) {
    throw new SetupError(
      `The demo shop is wrong: ${shop.problems.map(({ path, message }) => `${path}: ${message}`).join('; ')}`,
    );
  }
  const db = await createDatabase({ url: ownerUrl, poolMax: 2, applicationName: 'orderlock import' });
  try {
    if (await isEmpty(db)) await importShop(db, shop.shop, { dryRun: false });
  } finally {
    await db.stop();
  }
}

async function isEmpty(db: Database): Promise<boolean> {
  const [row] = await db.prisma.$queryRaw<{ found: boolean }[]>`select exists (select 1 from wholesaler) as found`;
  return row?.found === false;
}
