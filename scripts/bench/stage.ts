import { importShop, readShopFile } from '../../src/catalogue/index.ts';
import { createDatabase, type Database } from '../../src/db/index.ts';
import { withConnection } from '../../src/db/one-connection.ts';
import { assert } from '../../src/shared/assert.ts';
import { type FakeGraph, startFakeGraph } from '../../src/simulator/fake-graph.ts';
import { startThrowAwayServer } from '../throw-away-server.ts';
import { type Child, startChild } from './child.ts';
import { line, shopFile } from './shop.ts';

export const APP_SECRET = 'bench-app-secret';
const TOKEN = 'bench-access-token';
/** What Meta upgrades a busy number to; at the usual 80 the bench would measure the pace and nothing else. */
const LINE_RATE = '1000';

/** All that takes part: here the load and the fake Graph API, in processes of their own the service and the yardstick. */
export type Stage = {
  db: Database;
  graph: FakeGraph;
  service: Child;
  insert: Child;
  /** Gives the planner the statistics that autovacuum gathers within the first minutes of a database. */
  analyze(): Promise<void>;
  stop(): Promise<void>;
};

export async function startStage(shops: number): Promise<Stage> {
  const stops: (() => Promise<unknown>)[] = [];
  const stop = async (): Promise<void> => {
    for (const one of stops.splice(0)) await one();
  };
  try {
    return { ...(await start(shops, (one) => stops.unshift(one))), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function start(shops: number, atStop: (stop: () => Promise<unknown>) => void): Promise<Omit<Stage, 'stop'>> {
  const server = await startThrowAwayServer();
  atStop(() => server.stop());
  const db = await createDatabase({ url: server.url, poolMax: 2, applicationName: 'orderlock bench' });
  atStop(() => db.stop());
  const shop = readShopFile(shopFile(shops));
  assert(shop.ok, 'the shop of the bench can be imported');
  await importShop(db, shop.shop, { dryRun: false });
  const graph = await startFakeGraph({ appSecret: APP_SECRET, token: TOKEN, lines: [line] });
  atStop(() => graph.stop());
  const settings = {
    DATABASE_URL: server.url,
    HOST: '127.0.0.1',
    PORT: '0',
    LOG_LEVEL: 'info',
    WHATSAPP_APP_SECRET: APP_SECRET,
    WHATSAPP_ACCESS_TOKEN: TOKEN,
    WHATSAPP_GRAPH_URL: graph.url,
    OUTBOX_LINE_RATE: LINE_RATE,
  };
  const insert = await startChild(new URL('./insert-process.ts', import.meta.url), settings);
  atStop(() => insert.stop());
  const service = await startChild(new URL('./service-process.ts', import.meta.url), settings);
  atStop(() => service.stop());
  graph.setWebhookUrl(service.url);
  const analyze = async (): Promise<void> => {
    await withConnection(server.url, 'orderlock bench', (connection) => connection.rows('analyze'));
  };
  return { db, graph, service, insert, analyze };
}
