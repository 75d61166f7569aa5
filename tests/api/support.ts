import { createApiKey, type Right, restApi } from '../../src/api/index.ts';
import { importShop, readShopFile } from '../../src/catalogue/index.ts';
import { createCredit } from '../../src/credit/index.ts';
import { createHttpServer, stopHttpServer } from '../../src/http/server.ts';
import { createOrderDesk } from '../../src/orders/index.ts';
import { mustExist } from '../../src/shared/assert.ts';
import { systemClock } from '../../src/shared/clock.ts';
import { createLogger } from '../../src/shared/logger.ts';
import { createStaffDesk } from '../../src/staff/index.ts';
import { readMessage } from '../../src/whatsapp/message.ts';
import { SESSION_SECRET } from '../support/console.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';

const silent = createLogger({ level: 'silent', pretty: false });

export type Answer = { status: number; headers: Headers; body: Record<string, unknown> };

type CallOptions = { body?: unknown; key?: string | null; idempotencyKey?: string; headers?: Record<string, string> };

export type ApiBench = {
  database: TestDatabase;
  url: string;
  /** Calls a path under /api/v1 with the key given, else with an admin's of the first wholesaler. */
  call(method: string, path: string, options?: CallOptions): Promise<Answer>;
  post(path: string, body: unknown, options?: CallOptions): Promise<Answer>;
  get(path: string, options?: CallOptions): Promise<Answer>;
  newKey(rights: Right[], wholesalerId?: string): Promise<string>;
  /** Another process of the service, on connections of its own. */
  another(): Promise<{ url: string }>;
  stop(): Promise<void>;
};

/** Calls a path under /api/v1 of a service, or an address as it stands. */
export async function callApi(
  url: string,
  method: string,
  path: string,
  { body, key = null, idempotencyKey, headers }: CallOptions = {},
): Promise<Answer> {
  const response = await fetch(path.startsWith('http') ? path : `${url}/api/v1${path}`, {
    method,
    headers: {
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(key === null ? {} : { authorization: `Bearer ${key}` }),
      ...(idempotencyKey === undefined ? {} : { 'idempotency-key': idempotencyKey }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json');
  return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : { text } };
}

/** Two wholesalers, `one` and `two`, with the same shops, so that an id of one always exists at the other as well. */
export const WHOLESALERS = ['one', 'two'] as const;

function shopFile(id: string, limits: Record<string, number>): string {
  return JSON.stringify({
    wholesaler: { id, name: `Wholesale ${id}`, currency: 'INR', language: 'en', timeZone: 'Asia/Kolkata' },
    lines: [{ phoneNumberId: `30000000000${id.length}${id.charCodeAt(0)}`, displayPhoneNumber: '+91 22 5555 0300' }],
    products: [
      {
        sku: 'COKE500',
        name: 'Coca-Cola 500ml',
        units: { each: 1, case: 24 },
        defaultUnit: 'case',
        priceMinor: 1800,
        unitPricesMinor: { case: 40000 },
        prices: { gold: 1700 },
      },
      { sku: 'SUGAR', name: 'Sugar', units: { kg: 1 }, defaultUnit: 'kg', priceMinor: 4550, step: 0.5 },
      { sku: 'OLD', name: 'Old soap', units: { each: 1 }, defaultUnit: 'each', priceMinor: 100, active: false },
      { sku: 'GONE', name: 'Salt', units: { each: 1 }, defaultUnit: 'each', priceMinor: 100, stock: 'out' },
    ],
    retailers: Object.entries(limits).map(([retailerId, limitMinor]) => ({
      id: retailerId,
      name: `${retailerId} Stores`,
      ...(retailerId === 'gita' ? { priceList: 'gold' } : {}),
      credit: { limitMinor, termsDays: 14 },
    })),
  });
}

/** The API on a database, over real HTTP and on connections of its own. */
export async function serveApi(
  database: TestDatabase,
  limits = { requestsPerMinute: 1_000_000 },
): Promise<{ url: string; stop(): Promise<void> }> {
  const db = await database.connect({ poolMax: 6, applicationName: 'api' });
  const app = createHttpServer({ logger: silent });
  const credit = createCredit({ databaseUrl: database.url, log: silent });
  const staff = createStaffDesk({ db, secret: SESSION_SECRET });
  await app.register(restApi, {
    deps: { db, credit, desk: createOrderDesk(db), staff, clock: systemClock, readMessage, publicUrl: undefined },
    limits,
    version: 'test',
  });
  const url = await app.listen({ port: 0, host: '127.0.0.1' });
  return {
    url,
    async stop() {
      await stopHttpServer(app);
      await credit.close();
    },
  };
}

/** The API on a database of its own with two wholesalers. */
export async function startApi(
  limits: Record<string, number> = { asha: 1_000_000, gita: 1_000_000 },
  { requestsPerMinute = 1_000_000 } = {},
): Promise<ApiBench> {
  const database = await createTestDatabase();
  for (const id of WHOLESALERS) {
    // One shop that only the first wholesaler has.
    const shop = readShopFile(shopFile(id, id === 'one' ? { ...limits, only: 1_000_000 } : limits));
    if (!shop.ok) throw new Error(`the test shop is wrong: ${JSON.stringify(shop.problems)}`);
    await importShop(database.db, shop.shop, { dryRun: false });
  }
  const stops: (() => Promise<void>)[] = [];

  async function serve(): Promise<{ url: string }> {
    const served = await serveApi(database, { requestsPerMinute });
    stops.push(served.stop);
    return served;
  }

  async function newKey(rights: Right[], wholesalerId = 'one'): Promise<string> {
    const made = await createApiKey(database.db.prisma, { wholesalerId, name: 'test', rights, by: 'test' });
    return mustExist(made, 'the wholesaler of a key').key;
  }

  const { url } = await serve();
  const admin = await newKey(['admin']);

  const call: ApiBench['call'] = (method, path, options = {}) =>
    callApi(url, method, path, { ...options, key: options.key === undefined ? admin : options.key });

  return {
    database,
    url,
    call,
    post: (path, body, options) => call('POST', path, { ...options, body }),
    get: (path, options) => call('GET', path, options),
    newKey,
    another: serve,
    async stop() {
      for (const stop of stops) await stop();
      await database.drop();
    },
  };
}
