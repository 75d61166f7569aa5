import { type FakeGraph, startFakeGraph } from '../../src/simulator/fake-graph.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { APP_SECRET } from '../support/service.ts';
import { crowdShop, EVIDENCE_WAIT_MS, importInto, STATUS_TRIES_MAX } from './crowd.ts';
import { type Ended, killScripts, type ServiceProcess, startServiceProcess, TOKEN } from './service-process.ts';

/** The service as a process of its own before a crowd's shop, with a database and a fake Graph API that outlive it. */
export type CrowdService = {
  database: TestDatabase;
  graph: FakeGraph;
  /** Posts a signed body as Meta would. Throws when nobody answers. */
  post: ServiceProcess['post'];
  /** Starts it again, after `stop` or `kill`. */
  start(): Promise<void>;
  /** SIGTERM, and how the process ended. */
  stop(): Promise<Ended>;
  /** kill -9, and a fresh start. The leases of sends that died with their process, 30 s each, are passed by moving them. */
  killAndRestart(): Promise<void>;
  /** Ends what still runs and drops the database. */
  close(): Promise<void>;
};

/** What tests of killed services set: a send whose outcome is unknown waits a second for its status, not a minute. */
export const SOON_SENT_AGAIN = { OUTBOX_EVIDENCE_WAIT_MS: String(EVIDENCE_WAIT_MS) };

/** For every try anew: what a try left behind must not be counted against the next. */
export async function startCrowdService(people: number, settings: Record<string, string> = {}): Promise<CrowdService> {
  const database = await createTestDatabase();
  await importInto(database, crowdShop(people));
  const graph = await startFakeGraph({ appSecret: APP_SECRET, token: TOKEN, statusTriesMax: STATUS_TRIES_MAX });
  let service = await startProcess();

  async function startProcess() {
    const started = await startServiceProcess({
      databaseUrl: database.url,
      graphUrl: graph.url,
      settings: { LOG_LEVEL: 'info', ...settings },
    });
    graph.setWebhookUrl(`${started.url}/webhooks/whatsapp`);
    return started;
  }
  async function start(): Promise<void> {
    service = await startProcess();
  }

  return {
    database,
    graph,
    post: (body) => service.post(body),
    start,
    stop: () => service.stop(),
    async killAndRestart() {
      await service.kill();
      await database.ownerSql(`update outbox_message set lease_until = app_clock() where state = 'sending'`);
      await start();
    },
    async close() {
      await killScripts();
      await graph.stop();
      await database.drop();
    },
  };
}
