import { setTimeout as sleep } from 'node:timers/promises';
import { Pool } from 'undici';
import { importShop, readShopFile } from '../../src/catalogue/index.ts';
import { verifyLedger } from '../../src/credit/index.ts';
import { createDatabase, type Database } from '../../src/db/index.ts';
import { assert } from '../../src/shared/assert.ts';
import { type FakeGraph, startFakeGraph } from '../../src/simulator/fake-graph.ts';
import { delivery, messageFrom, text } from '../../src/simulator/payloads.ts';
import { createRandom } from '../../src/simulator/random.ts';
import { signBody } from '../../src/whatsapp/signature.ts';
import {
  CHATTERERS_PER_LINE,
  type Crowd,
  isOrder,
  lineOf,
  markOf,
  marksIn,
  personOf,
  phoneOf,
  says,
  shopFile,
  TURNS_MAX,
  tokens,
} from './crowd.ts';
import { explain } from './explain.ts';
import { type KillableService, startKillable } from './service.ts';
import { FAULTS, settle, shake } from './shake.ts';
import { type Known, type Outbox, type Tally, tally } from './tally.ts';

export type EdgeOptions = {
  /** A migrated database that is empty. */
  databaseUrl: string;
  messages: number;
  persons: number;
  lines: number;
  seed: number;
  /** Of calls for each kind of fault, and of messages for each fault of their statuses. */
  faultShare: number;
  /** Incoming messages a second. */
  perSecond: number;
  /** kill -9 of the service so often, counted from when it listens again; 0: never. */
  killEveryS: number;
  /** Meta's rests are divided by this. */
  restScale: number;
  logFile: string;
  progress: (line: string) => void;
};

export type EdgeResult = Tally & {
  seconds: number;
  kills: number;
  faultKinds: number;
  calls: number;
  accepted: number;
  acceptedThenFailed: number;
  statuses: { posted: number; lost: number; waiting: number };
  ordersExpected: number;
  orders: number;
  ledgerOk: boolean;
  untold: number;
  openAlerts: number;
  ok: boolean;
};

const APP_SECRET = 'edge-app-secret';
const SEND_TOTAL_MS = 1_500;
const EVIDENCE_WAIT_MS = 4_000;
/** Statuses that are late by the dice; those of a lost answer have to come within the wait for evidence. */
const LATE_MS = 1_000;
/** Of incoming deliveries, so many come twice, as Meta's do. */
const REPEATED = 0.05;
const PER_DELIVERY_MAX = 5;
const CHAT_EVERY_MS = 400;
const SETTLE_MS_MAX = 1_500_000;
/** Faults go on until so few replies are open, or so long after the last message; then the last ones are settled. */
const SHAKEN_PART = 0.02;
/** The chatterers' own replies are among them. */
const SHAKEN_OPEN_MIN = 60;
const SHAKEN_MS_MAX = 600_000;

/**
 * Sends a crowd's messages through the whole service while everything goes wrong between it and a fake Graph API, and
 * counts at the fake what became of each answer. Not Meta's: the rests (divided by `restScale`), the time a call may take
 * (1.5 s) and the wait for evidence (4 s). Meta's: 80 messages a second per line, the pair limit, what each code means.
 */
export async function runEdge(options: EdgeOptions): Promise<EdgeResult> {
  const stops: (() => Promise<unknown>)[] = [];
  try {
    return await run(options, (stop) => stops.unshift(stop));
  } finally {
    for (const stop of stops) await stop();
  }
}

async function run(options: EdgeOptions, atStop: (stop: () => Promise<unknown>) => void): Promise<EdgeResult> {
  const { messages, persons, lines, seed, progress } = options;
  assert(messages / persons <= TURNS_MAX, 'there are enough persons for the messages');
  const crowd: Crowd = { lines, persons };
  const db = await createDatabase({ url: options.databaseUrl, poolMax: 2, applicationName: 'orderlock edge' });
  atStop(() => db.stop());
  const shop = readShopFile(shopFile(crowd));
  assert(shop.ok, 'the shop of the run can be imported');
  await importShop(db, shop.shop, { dryRun: false });
  const graph = await startFakeGraph({
    appSecret: APP_SECRET,
    token: Object.values(tokens),
    lines: Array.from({ length: lines }, (_, n) => lineOf(n)),
    seed,
    enforcePairLimit: true,
    throughputPerSecond: 80,
    statusTriesMax: 100,
  });
  atStop(() => graph.stop());
  graph.statusFaults.lateMs(LATE_MS);
  const service = await startKillable(settingsFor(options, graph), options.logFile);
  atStop(() => service.stop());
  graph.setWebhookUrl(service.webhookUrl);
  shake(graph, options.faultShare);

  const startedAt = performance.now();
  const writing = new AbortController();
  const killer = killEvery(options.killEveryS, service, writing.signal);
  const post = createPost(service.webhookUrl, atStop);
  const turns = await write(options, crowd, post, (written) => {
    progress(
      `${Math.round((performance.now() - startedAt) / 1000)} s: ${written} written, ${graph.sent().length} accepted`,
    );
  });
  await settleAll(options, crowd, db, graph, post, () => writing.abort());
  await killer;
  await graph.statusesPosted();
  const counted = tally(crowd, turns, graph.sent(), await readOutbox(db));
  const figures = await readFigures(db, crowd);
  const ordersExpected = turns.reduce(
    (sum, count) => sum + Array.from({ length: count }, (_, t) => t).filter(isOrder).length,
    0,
  );
  const ok =
    [counted.twice, counted.lost, counted.outOfOrder, counted.unasked].every((list) => list.length === 0) &&
    figures.ledgerOk &&
    figures.orders === ordersExpected &&
    figures.untold === 0;
  if (!ok) {
    const wrong = [...counted.twice, ...counted.lost, ...counted.outOfOrder, ...counted.unasked];
    for (const line of await explain(
      db,
      graph.sent(),
      wrong.map((what) => what.split(' ')[0] ?? ''),
    ))
      progress(line);
  }
  return {
    ...counted,
    ...figures,
    ordersExpected,
    seconds: Math.round((performance.now() - startedAt) / 1000),
    kills: service.kills(),
    faultKinds: FAULTS.length + 1,
    calls: graph.calls(),
    accepted: graph.sent().length,
    acceptedThenFailed: graph.sent().filter(({ failsWith }) => failsWith !== undefined).length,
    statuses: graph.statusCounts(),
    ok,
  };
}

function settingsFor(options: EdgeOptions, graph: FakeGraph): Record<string, string> {
  return {
    ...tokens,
    DATABASE_URL: options.databaseUrl,
    LOG_LEVEL: 'warn',
    WHATSAPP_APP_SECRET: APP_SECRET,
    WHATSAPP_GRAPH_URL: graph.url,
    OUTBOX_EVIDENCE_WAIT_MS: String(EVIDENCE_WAIT_MS),
    LEDGER_PROOF_HOURS: '0',
    EDGE_REST_SCALE: String(options.restScale),
    EDGE_SEND_TOTAL_MS: String(SEND_TOTAL_MS),
  };
}

async function killEvery(seconds: number, service: KillableService, until: AbortSignal): Promise<void> {
  while (seconds > 0 && !until.aborted) {
    await sleep(seconds * 1000, undefined, { signal: until }).catch(() => undefined);
    if (!until.aborted) await service.killAndRestart();
  }
}

type Post = (body: unknown) => Promise<void>;

/** Posts as Meta does: again and again until it is told 200. */
function createPost(webhookUrl: string, atStop: (stop: () => Promise<unknown>) => void): Post {
  const url = new URL(webhookUrl);
  const pool = new Pool(url.origin, { connections: 16, pipelining: 1 });
  atStop(() => pool.destroy());
  return async (json) => {
    const body = JSON.stringify(json);
    const headers = { 'content-type': 'application/json', 'x-hub-signature-256': signBody(body, APP_SECRET) };
    for (let tries = 0; tries < 600; tries += 1) {
      const answer = await pool.request({ path: url.pathname, method: 'POST', headers, body }).catch(() => undefined);
      await answer?.body.dump();
      if (answer?.statusCode === 200) return;
      await sleep(100);
    }
    throw new Error('the webhook took nothing in for a minute');
  };
}

/** Everybody writes in turn, several people to a delivery; gives how often each person wrote. */
async function write(
  options: EdgeOptions,
  crowd: Crowd,
  post: Post,
  said: (written: number) => void,
): Promise<number[]> {
  const random = createRandom(options.seed ^ 0xc0ffee);
  const turns = Array.from({ length: crowd.persons }, () => 0);
  const startedAt = performance.now();
  const posting = new Set<Promise<void>>();
  const busy = new Set<number>();
  let saidAt = startedAt;
  for (let written = 0; written < options.messages; ) {
    const line = Math.floor(random() * crowd.lines);
    const count = Math.min(1 + Math.floor(random() * PER_DELIVERY_MAX), options.messages - written);
    const writers = writersOf(crowd, line, count, { turns, busy, random });
    if (writers.length === 0) await sleep(20);
    if (writers.length > 0) {
      const at = new Date();
      const messages = writers.map((n) => messageFrom(personOf(n), says(turns[n] ?? 0), { at }));
      for (const n of writers) {
        turns[n] = (turns[n] ?? 0) + 1;
        // A person's next message is posted when this one was taken in: Meta itself promises no order beyond that.
        busy.add(n);
      }
      written += writers.length;
      const task = postOnceOrTwice(delivery(lineOf(line), { messages })).finally(() => {
        for (const n of writers) busy.delete(n);
        posting.delete(task);
      });
      posting.add(task);
    }
    const ahead = startedAt + (written * 1000) / options.perSecond - performance.now();
    if (ahead > 1) await sleep(ahead);
    if (posting.size > 64) await Promise.race(posting);
    if (performance.now() - saidAt > 5_000) {
      saidAt = performance.now();
      said(written);
    }
  }
  await Promise.all(posting);
  said(options.messages);
  return turns;

  async function postOnceOrTwice(body: unknown): Promise<void> {
    await post(body);
    if (random() < REPEATED) await post(body);
  }
}

/** People of a line whose last message was taken in, those who wrote least first. */
function writersOf(
  crowd: Crowd,
  line: number,
  count: number,
  { turns, busy, random }: { turns: number[]; busy: Set<number>; random: () => number },
): number[] {
  const perLine = Math.floor(crowd.persons / crowd.lines);
  const chosen = new Set<number>();
  for (let tries = 0; chosen.size < count && tries < 200; tries += 1) {
    const candidates = Array.from({ length: 3 }, () => line + crowd.lines * Math.floor(random() * perLine));
    const [n = 0] = candidates.filter((one) => !busy.has(one)).sort((a, b) => (turns[a] ?? 0) - (turns[b] ?? 0));
    if (candidates.includes(n) && !busy.has(n) && (turns[n] ?? 0) < TURNS_MAX) chosen.add(n);
  }
  return [...chosen];
}

/** Waits until every message is worked on and every reply settled, while chatterers keep statuses coming. */
async function settleAll(
  options: EdgeOptions,
  crowd: Crowd,
  db: Database,
  graph: FakeGraph,
  post: Post,
  endKills: () => void,
): Promise<void> {
  const deadline = performance.now() + SETTLE_MS_MAX;
  const shakenUntil = performance.now() + SHAKEN_MS_MAX;
  let shaken = true;
  let saidAt = 0;
  for (let turn = 0; performance.now() < deadline; turn += 1) {
    const open = await openWork(db);
    if (open.waiting + open.unsent + open.uncertain + open.unlooked === 0) {
      endKills();
      return;
    }
    const few =
      open.waiting + open.unsent + open.uncertain <= Math.max(SHAKEN_OPEN_MIN, options.messages * SHAKEN_PART);
    if (shaken && (few || performance.now() > shakenUntil)) {
      shaken = false;
      settle(graph);
      endKills();
    }
    if (performance.now() - saidAt > 5_000) {
      saidAt = performance.now();
      const faults = shaken ? 'with faults' : 'faults ended';
      options.progress(`settling, ${faults}: ${JSON.stringify(open)}, ${graph.sent().length} accepted`);
    }
    const nth = turn % CHATTERERS_PER_LINE;
    for (let line = 0; line < crowd.lines && open.uncertain > 0; line += 1) {
      const chatterer = personOf(crowd.persons + line * CHATTERERS_PER_LINE + nth);
      await post(delivery(lineOf(line), { messages: [messageFrom(chatterer, text('balance'))] }));
    }
    await sleep(CHAT_EVERY_MS);
  }
  options.progress(`not settled within ${SETTLE_MS_MAX / 1000} s: ${JSON.stringify(await openWork(db))}`);
  endKills();
}

async function openWork(db: Database) {
  const [row] = await db.prisma.$queryRaw<{ waiting: number; unsent: number; uncertain: number; unlooked: number }[]>`
    select (select count(*)::int from inbox_event where state = 'waiting') as waiting,
           (select count(*)::int from outbox_message where state = 'queued') as unsent,
           (select count(*)::int from outbox_message where state in ('sending', 'uncertain')) as uncertain,
           (select count(*)::int from outbox_message where state in ('failed', 'dropped') and told_at is null) as unlooked`;
  return row ?? { waiting: 0, unsent: 0, uncertain: 0, unlooked: 0 };
}

async function readOutbox(db: Database): Promise<Outbox> {
  const rows = await db.prisma.$queryRaw<
    { to_phone: string; body: string; created_at: Date; resent: boolean; given_up: boolean }[]
  >`
    select to_phone, reply->>'body' as body, created_at, resent_at is not null as resent,
           state in ('failed', 'dropped') and told_at is not null as given_up from outbox_message
     where resent_at is not null or state in ('failed', 'dropped') and told_at is not null`;
  const known = (some: typeof rows): Known[] =>
    some.flatMap(({ to_phone, body, created_at }) =>
      marksIn(body).map((mark) => ({ person: to_phone, mark, queuedAt: created_at })),
    );
  return {
    givenUp: known(rows.filter(({ given_up }) => given_up)),
    resent: known(rows.filter(({ resent }) => resent)),
  };
}

async function readFigures(db: Database, crowd: Crowd) {
  const [row] = await db.prisma.$queryRaw<{ orders: number; untold: number; alerts: number }[]>`
    select (select count(*)::int from orders) as orders,
           (select count(*)::int from outbox_message where state in ('failed', 'dropped') and told_at is null) as untold,
           (select count(*)::int from operator_alert where closed_at is null) as alerts`;
  const { ok } = await verifyLedger(db);
  assert(phoneOf(0) !== phoneOf(crowd.persons) && markOf(0) !== markOf(1), 'marks tell answers apart');
  return { orders: row?.orders ?? 0, untold: row?.untold ?? 0, openAlerts: row?.alerts ?? 0, ledgerOk: ok };
}
