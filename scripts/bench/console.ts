// How fast and how heavy the console's pages are on a year of books: 100,000 orders, their ledger, thousands of accounts.
// Every page of the table of routes is asked for, so a new one is measured as soon as it is there.
import { brotliCompressSync, constants } from 'node:zlib';
import Table from 'cli-table3';
import { request } from 'undici';
import { importShop, readShopFile } from '../../src/catalogue/index.ts';
import { routes } from '../../src/console/routes.ts';
import { createDatabase, type Database } from '../../src/db/index.ts';
import { assert, mustExist } from '../../src/shared/assert.ts';
import { createStaffDesk } from '../../src/staff/index.ts';
import { startThrowAwayServer } from '../throw-away-server.ts';
import { startChild } from './child.ts';
import { type Books, fillBooks } from './console-books.ts';
import { type BenchOptions, type Measured, median, type Outcome, percentile } from './results.ts';
import { shopFile, WHOLESALER_ID } from './shop.ts';

const SECRET = 'bench-session-secret-of-32-characters';
const FULL = { orders: 100_000, shops: 3_000, rounds: 15 };
const QUICK = { orders: 600, shops: 30, rounds: 3 };
/** More rows than this on one page, and nobody bounded them. */
const ROWS_MAX = 400;

/** Measures every page. Throws when one is refused, breaks, or shows more rows than a page may. */
export async function benchConsole({ quick, progress }: BenchOptions): Promise<Outcome> {
  const plan = quick ? QUICK : FULL;
  const server = await startThrowAwayServer();
  const db = await createDatabase({ url: server.url, poolMax: 2, applicationName: 'orderlock bench' });
  try {
    progress(`writing the books: ${plan.orders} orders of ${plan.shops} shops`);
    const shop = readShopFile(patientShops(plan.shops));
    assert(shop.ok, 'the shop of the bench can be imported');
    await importShop(db, shop.shop, { dryRun: false });
    const books = await fillBooks({ url: server.url, db }, plan, progress);
    const cookie = await signIn(db);
    const service = await startChild(new URL('./service-process.ts', import.meta.url), settingsFor(server.url));
    try {
      const pages: Page[] = [];
      for (const path of pathsOf(books)) {
        const page = await measure(`${new URL(service.url).origin}${path}`, cookie, plan.rounds);
        progress(`${page.name}: ${median(page.times).toFixed(1)} ms`);
        pages.push(page);
      }
      return { measured: pages.map(toMeasured), notes: [weights(pages)] };
    } catch (error) {
      for (const warning of await service.warnings()) progress(`service: ${warning}`);
      throw error;
    } finally {
      await service.stop();
    }
  } finally {
    await db.stop();
    await server.stop();
  }
}

/** The shops of the bench, with debts that may be overdue: late payers go on ordering, and the lists have them. */
function patientShops(shops: number): string {
  const file = JSON.parse(shopFile(shops)) as { retailers: { credit: Record<string, unknown> }[] };
  for (const { credit } of file.retailers) credit.overdueToleranceMinor = 1_000_000_000_000;
  return JSON.stringify(file);
}

const settingsFor = (url: string): Record<string, string> => ({
  DATABASE_URL: url,
  HOST: '127.0.0.1',
  PORT: '0',
  LOG_LEVEL: 'warn',
  SESSION_SECRET: SECRET,
  WHATSAPP_APP_SECRET: 'bench-app-secret',
  WHATSAPP_ACCESS_TOKEN: 'bench-access-token',
  // Nothing is sent: nobody writes, and news of these books has no chat.
  WHATSAPP_GRAPH_URL: 'http://127.0.0.1:9',
});

async function signIn(db: Database): Promise<string> {
  const desk = createStaffDesk({ db, secret: SECRET });
  const person = { wholesalerId: WHOLESALER_ID, email: 'bench@example.com', name: 'Bench', role: 'admin' as const };
  const invited = mustExist(await desk.invite(person, 'bench'), 'the wholesaler of the bench');
  const opened = mustExist(await desk.acceptInvitation(invited.token, 'four plain words here'), 'a good link');
  return `orderlock_session=${opened.token}`;
}

/** Every page without a name in its path, and those that are heaviest of the others. Downloads are streams of any length. */
function pathsOf({ hotRetailerId, openOrderId, paymentId }: Books): string[] {
  const plain = routes
    .filter(({ method, path, right }) => method === 'GET' && right !== 'public' && !/:|\.csv$/.test(path))
    .map(({ path }) => path);
  const monthAgo = new Date(Date.now() - 30 * 86_400_000).toISOString();
  return [
    ...plain,
    '/console/orders?state=waiting_on_credit',
    '/console/orders?state=approved',
    '/console/orders?state=over',
    '/console/orders?state=rejected',
    '/console/orders?q=Shop%207',
    '/console/orders?q=1500',
    `/console/orders?after=${monthAgo.replace(/Z$/, '000Z')}~z`,
    `/console/orders/${openOrderId}`,
    '/console/search?q=Shop%2012',
    '/console/accounts?filter=overdue',
    '/console/accounts?q=Shop%2012',
    `/console/accounts/${hotRetailerId}`,
    '/console/accounts/shop-7',
    `/console/accounts/${hotRetailerId}/payment`,
    `/console/payments/${paymentId}`,
  ];
}

type Page = { name: string; times: number[]; bytes: number; brotli: number; rows: number };

const WARM = 3;

/** By the server's own word, so that what is measured is the page and not the bench. */
async function measure(url: string, cookie: string, rounds: number): Promise<Page> {
  const times: number[] = [];
  let body = '';
  for (let round = 0; round < WARM + rounds; round += 1) {
    const answer = await request(url, { headers: { cookie, accept: 'text/html' } });
    body = await answer.body.text();
    assert(answer.statusCode === 200 || answer.statusCode === 303, `${url} answered ${answer.statusCode}`);
    const timing = String(answer.headers['server-timing']).match(/dur=([\d.]+)/)?.[1];
    if (round >= WARM) times.push(Number(mustExist(timing, 'the time that a page took')));
  }
  const rows = body.match(/<tr/g)?.length ?? 0;
  assert(rows <= ROWS_MAX, `${url} shows ${rows} rows`);
  const name = url
    .slice(url.indexOf('/console'))
    .replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, ':id')
    .slice(0, 60);
  const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } };
  return { name, times, rows, bytes: Buffer.byteLength(body), brotli: brotliCompressSync(body, quality).length };
}

const toMeasured = ({ name, times }: Page): Measured => ({ name, unit: 'ms', rounds: times, baseline: null });

/** The table for people: what a page weighs, how long the server took, how many rows it shows. */
function weights(pages: readonly Page[]): string {
  const table = new Table({
    head: ['page', 'bytes', 'brotli', 'rows', 'median ms', 'p95 ms'],
    style: { head: [], border: [] },
    colAligns: ['left', 'right', 'right', 'right', 'right', 'right'],
  });
  for (const { name, bytes, brotli, rows, times } of pages) {
    table.push([name, bytes, brotli, rows, median(times).toFixed(1), percentile(times, 95).toFixed(1)]);
  }
  return table.toString();
}
