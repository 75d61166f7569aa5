// Deliveries a second that the webhook acknowledges, with one message in each and with twenty: signature checked, read and
// stored with fsync before the answer. Beside it a route that only takes the body, and one that checks the signature and
// writes the body with one INSERT. The load runs here, each route in a process of its own, all on the same cores.
import { performance } from 'node:perf_hooks';
import { Pool } from 'undici';
import { importShop, readShopFile } from '../../src/catalogue/index.ts';
import { createDatabase, type Database } from '../../src/db/index.ts';
import { assert, mustExist } from '../../src/shared/assert.ts';
import { delivery, messageFrom } from '../../src/simulator/payloads.ts';
import { signBody } from '../../src/whatsapp/signature.ts';
import { startThrowAwayServer } from '../throw-away-server.ts';
import { type Child, startChild } from './child.ts';
import { lost } from './crowd.ts';
import { type BenchOptions, type Measured, type Outcome, shown } from './results.ts';
import { line, personOf, shopFile, textMessage } from './shop.ts';
import { APP_SECRET } from './stage.ts';

type Plan = { rounds: number; pressMs: number; shops: number; connections: number };
const FULL: Plan = { rounds: 7, pressMs: 1_500, shops: 2_000, connections: 64 };
const QUICK: Plan = { rounds: 2, pressMs: 200, shops: 50, connections: 8 };

const BATCHES = [
  { name: 'single', messages: 1 },
  { name: 'batch-20', messages: 20 },
] as const;
const ROUTES = ['webhook', 'bare', 'insert'] as const;
type Route = (typeof ROUTES)[number];

type Stage = { db: Database; urls: Record<Route, string>; warnings(): Promise<string[]>; stop(): Promise<void> };

/** Measures in interleaved rounds. Throws when an acknowledged message is not in the inbox, or is there twice. */
export async function benchWebhook({ quick, progress }: BenchOptions): Promise<Outcome> {
  const plan = quick ? QUICK : FULL;
  progress('starting PostgreSQL and the three routes');
  const stage = await startStage(plan);
  try {
    const figures = await measure(stage, plan, progress);
    const measured = BATCHES.flatMap(({ name }) =>
      (['bare', 'insert'] as const).map(
        (baseline): Measured => ({
          name,
          unit: '/s',
          rounds: figures.of(name, 'webhook'),
          baseline: { name: baseline, rounds: figures.of(name, baseline) },
        }),
      ),
    );
    return { measured, notes: ['Deliveries a second: with batch-20, twenty times as many messages.'] };
  } catch (error) {
    for (const warning of await stage.warnings()) progress(`webhook: ${warning}`);
    throw error;
  } finally {
    await stage.stop();
  }
}

async function startStage(plan: Plan): Promise<Stage> {
  const stops: (() => Promise<unknown>)[] = [];
  const stop = async (): Promise<void> => {
    for (const one of stops.splice(0)) await one();
  };
  try {
    const server = await startThrowAwayServer();
    stops.unshift(() => server.stop());
    const db = await createDatabase({ url: server.url, poolMax: 2, applicationName: 'orderlock bench' });
    stops.unshift(() => db.stop());
    const shop = readShopFile(shopFile(plan.shops));
    assert(shop.ok, 'the shop of the bench can be imported');
    await importShop(db, shop.shop, { dryRun: false });
    const settings = { DATABASE_URL: server.url, WHATSAPP_APP_SECRET: APP_SECRET, LOG_LEVEL: 'info' };
    const start = async (script: URL, more: Record<string, string> = {}): Promise<Child> => {
      const child = await startChild(script, { ...settings, ...more });
      stops.unshift(() => child.stop());
      return child;
    };
    const webhook = await start(new URL('./webhook-process.ts', import.meta.url));
    const bare = await start(new URL('./webhook-process.ts', import.meta.url), { BENCH_ROUTE: 'bare' });
    const insert = await start(new URL('./insert-process.ts', import.meta.url));
    const urls = { webhook: webhook.url, bare: bare.url, insert: `${insert.url}/` };
    return { db, urls, warnings: webhook.warnings, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

type Figures = { of(batch: string, route: Route): readonly number[] };

async function measure(stage: Stage, plan: Plan, progress: (line: string) => void): Promise<Figures> {
  const rounds = new Map<string, number[]>();
  let acknowledged = 0;
  // The first round only warms up.
  for (let round = 0; round <= plan.rounds; round += 1) {
    const newest: string[] = [];
    for (const { name, messages } of BATCHES) {
      for (let turn = 0; turn < ROUTES.length; turn += 1) {
        // Each round begins with another route, so that none always meets what the same one leaves behind.
        const route = mustExist(ROUTES[(turn + round) % ROUTES.length], 'a route');
        const { answered, perSecond } = await press(stage.urls[route], messages, plan);
        if (route === 'webhook') acknowledged += answered * messages;
        if (round > 0) rounds.set(`${name} ${route}`, [...(rounds.get(`${name} ${route}`) ?? []), perSecond]);
        newest.push(`${name} ${route} ${shown(perSecond)}`);
      }
    }
    progress(`${round === 0 ? 'warmed up' : `round ${round}/${plan.rounds}`}: ${newest.join(', ')}`);
  }
  await checkStored(stage, acknowledged, progress);
  return { of: (batch, route) => mustExist(rounds.get(`${batch} ${route}`), 'a series') };
}

let written = 0;

/** Posts deliveries over a few connections, each of its own words, until the time is over. */
async function press(
  address: string,
  messages: number,
  { pressMs, shops, connections }: Plan,
): Promise<{ answered: number; perSecond: number }> {
  const { origin, pathname } = new URL(address);
  const pool = new Pool(origin, { connections, pipelining: 1 });
  const startAt = performance.now();
  let answered = 0;
  const keepPosting = async (): Promise<void> => {
    while (performance.now() - startAt < pressMs) {
      const body = JSON.stringify(delivery(line, { messages: Array.from({ length: messages }, nextMessage) }));
      const headers = { 'content-type': 'application/json', 'x-hub-signature-256': signBody(body, APP_SECRET) };
      const response = await pool.request({ path: pathname, method: 'POST', headers, body });
      await response.body.dump();
      if (response.statusCode !== 200) throw lost(`a delivery was answered with status ${response.statusCode}`);
      answered += 1;
    }
  };
  const nextMessage = () => {
    written += 1;
    return messageFrom(personOf(written % shops), textMessage(written % shops, written).content);
  };
  try {
    await Promise.all(Array.from({ length: connections }, keepPosting));
    return { answered, perSecond: (answered * 1000) / (performance.now() - startAt) };
  } finally {
    await pool.destroy();
  }
}

async function checkStored({ db }: Stage, acknowledged: number, progress: (line: string) => void): Promise<void> {
  const [row] = await db.prisma.$queryRaw<{ stored: number }[]>`
    select count(*)::int as stored from inbox_event where kind = 'message'`;
  const stored = row?.stored ?? 0;
  if (stored !== acknowledged) throw lost(`${acknowledged} messages were acknowledged, but ${stored} are stored`);
  progress(`${stored} messages acknowledged, each stored once`);
}
