import { request } from 'undici';
import { expect } from 'vitest';
import { type Service, startService } from '../../src/app.ts';
import { importShop, readShopFile } from '../../src/catalogue/index.ts';
import { readConfig } from '../../src/config.ts';
import { readAccounts } from '../../src/credit/index.ts';
import { mustExist } from '../../src/shared/assert.ts';
import { createLogger } from '../../src/shared/logger.ts';
import { type FakeGraph, type SentMessage, startFakeGraph } from '../../src/simulator/fake-graph.ts';
import { simulatorPage } from '../../src/simulator/page/page-routes.ts';
import {
  buttonTap,
  type Content,
  delivery,
  type Line,
  listTap,
  messageFrom,
  type Person,
  text,
} from '../../src/simulator/payloads.ts';
import { phoneRoutes } from '../../src/simulator/phone/phone-routes.ts';
import { signBody } from '../../src/whatsapp/signature.ts';
import { createTestDatabase, type TestDatabase } from './database.ts';
import { waitFor } from './wait-for.ts';

export const APP_SECRET = 'test-app-secret';
const TOKEN = 'test-access-token';

/** The import file of a shop; see the contract. */
export type ShopFile = {
  wholesaler: { id: string; [more: string]: unknown };
  lines: { phoneNumberId: string; displayPhoneNumber: string }[];
};

export type TestService = {
  service: Service;
  database: TestDatabase;
  graph: FakeGraph;
  line: Line;
  /** Posts a body as Meta would and gives the status of the answer. */
  post(body: unknown, options?: { signature?: string }): Promise<number>;
  chat(person: Person): Chat;
  account(retailerId: string): Promise<{ owedMinor: bigint; heldMinor: bigint; availableMinor: bigint }>;
  /** Waits until nothing is waiting, queued or being sent. */
  quiet(): Promise<void>;
  stop(): Promise<void>;
};

/** A person at the phone: what they say or tap, and what they read. */
export type Chat = {
  /** Sends a text and returns the first reply to it. */
  says(body: string): Promise<SentMessage>;
  /** Taps the button or list row with this title, in the newest reply that shows it. */
  taps(title: string | RegExp): Promise<SentMessage>;
  sends(content: Content): Promise<SentMessage>;
  /** All that the person has read so far. */
  read(): SentMessage[];
};

/** The whole service on a database of its own, with a fake Graph API over real HTTP. */
export async function startTestService(
  shopFile: ShopFile,
  settings: Record<string, string> = {},
  /** False: as in production, without the simulator's doors. */
  { withPhones = true }: { withPhones?: boolean } = {},
): Promise<TestService> {
  const database = await createTestDatabase();
  const shop = readShopFile(JSON.stringify(shopFile));
  if (!shop.ok) throw new Error(`the test shop is wrong: ${JSON.stringify(shop.problems)}`);
  await importShop(database.db, shop.shop, { dryRun: false });
  const graph = await startFakeGraph({ appSecret: APP_SECRET, token: TOKEN });
  const config = readConfig('development', {
    PORT: '0',
    WHATSAPP_APP_SECRET: APP_SECRET,
    WHATSAPP_VERIFY_TOKEN: 'test-verify-token',
    WHATSAPP_ACCESS_TOKEN: TOKEN,
    ...settings,
  });
  const service = await startService({
    config,
    logger: createLogger({ level: 'silent', pretty: false }),
    databaseUrl: database.url,
    directUrl: database.url,
    graphUrl: graph.url,
    extraRoutes: async (app, db) => {
      if (!withPhones) return;
      await phoneRoutes(app, db, graph);
      await simulatorPage(app, { db, graph, appSecret: APP_SECRET });
    },
  });
  graph.setWebhookUrl(`${service.url}/webhooks/whatsapp`);
  const { phoneNumberId, displayPhoneNumber } = mustExist(shopFile.lines[0], 'a line');
  const line: Line = { phoneNumberId, displayPhoneNumber, wabaId: '102290129340398' };

  const post: TestService['post'] = async (body, options = {}) => {
    const bytes = JSON.stringify(body);
    const response = await request(`${service.url}/webhooks/whatsapp`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'x-hub-signature-256': options.signature ?? signBody(bytes, APP_SECRET),
      },
      body: bytes,
    });
    await response.body.dump();
    return response.statusCode;
  };

  return {
    service,
    database,
    graph,
    line,
    post,
    chat: (person) => chatOf(person, { graph, line, post }),
    async account(retailerId) {
      const [figures] = await readAccounts(database.db.prisma, [{ wholesalerId: shopFile.wholesaler.id, retailerId }]);
      return mustExist(figures, `the account of ${retailerId}`);
    },
    async quiet() {
      await waitFor('the service to be quiet', async () => {
        await graph.statusesPosted();
        const [row] = await database.ownerSql<{ busy: boolean }>(
          `select exists (select 1 from inbox_event where state = 'waiting')
               or exists (select 1 from outbox_message where state in ('queued', 'sending', 'uncertain')) as busy`,
        );
        return row?.busy === false;
      });
    },
    async stop() {
      await service.stop();
      await graph.stop();
      await database.drop();
    },
  };
}

function chatOf(person: Person, { graph, line, post }: Pick<TestService, 'graph' | 'line' | 'post'>): Chat {
  const address = mustExist(person.phone ?? person.bsuid, 'an address');
  const sends: Chat['sends'] = async (content) => {
    const before = graph.sentTo(address).length;
    expect(await post(delivery(line, { messages: [messageFrom(person, content)] }))).toBe(200);
    return waitFor(`a reply to ${address}`, () => graph.sentTo(address)[before]);
  };
  return {
    sends,
    says: (body) => sends(text(body)),
    taps(title) {
      const matches = (choice: { title: string }): boolean =>
        typeof title === 'string' ? choice.title === title : title.test(choice.title);
      const shown = graph.sentTo(address).findLast((message) => message.choices.some(matches));
      const choice = mustExist(shown?.choices.find(matches), `a choice ${title} shown to ${address}`);
      const isList = shown?.message.type === 'interactive' && shown.message.interactive.type === 'list';
      return sends(isList ? listTap(choice) : buttonTap(choice));
    },
    read: () => graph.sentTo(address),
  };
}
