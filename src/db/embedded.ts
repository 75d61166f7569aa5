/**
 * The embedded PostgreSQL: one server per DATA_DIR, shared by every process that asks for it.
 *
 * The server runs detached and is itself the arbiter. Everybody who uses it holds the advisory lock `present` shared on
 * a connection of its own; a service holds `service` as well, so a second one is refused. When a process is killed, its
 * connection ends and its locks are gone: nothing of ours can become stale. The last one out, who alone can take
 * `present` exclusively, stops the server. A server whose users were all killed is simply attached to by the next.
 */
import { randomBytes } from 'node:crypto';
import { chmod, mkdir, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { SetupError } from '../shared/errors.ts';
import {
  type Cluster,
  findServer,
  isAlive,
  openCluster,
  passwordOf,
  startServer,
  stopServer,
  superuser,
} from './embedded-cluster.ts';

export type EmbeddedOptions = {
  /** Where the cluster lives. `throwAway` makes a fresh temporary folder, removed by `stop()`. */
  dataDir: string | { throwAway: true };
  /** One service at a time per folder; any number of commands beside it. */
  role: 'service' | 'command';
  /** False trades durability for speed (fsync off): for tests that measure nothing. Only counts when this call starts the server. */
  durable?: boolean;
  /** Told when the server was lost and could not be started again within a minute. */
  onLost?: (error: unknown) => void;
};

export type Embedded = {
  /** The owner's URL of the database `orderlock`. */
  url: string;
  dataDir: string;
  /** Leaves; the last one out stops the server, and a throw-away folder is removed. */
  stop(): Promise<void>;
};

/** Attaches to the server that runs on the folder, else starts it. Refuses a second service with a `SetupError`. */
export async function startEmbedded(options: EmbeddedOptions): Promise<Embedded> {
  if (typeof options.dataDir === 'string') return holdServer(path.resolve(options.dataDir), options);
  await sweepThrowAways();
  const dataDir = await makeThrowAway();
  const discard = (): Promise<void> => rm(dataDir, { recursive: true, force: true });
  try {
    const embedded = await holdServer(dataDir, options);
    return { ...embedded, stop: () => embedded.stop().then(discard) };
  } catch (error) {
    await discard();
    throw error;
  }
}

const present = 7_270_001;
const service = 7_270_002;
const enterMsMax = 60_000;

/** Our place at the server: the connection that holds our locks. */
type Seat = { client: pg.Client; port: number; urlOf(database: string): string };

/** Stays at the server until `stop()`: takes its place again when the connection broke, also when the server died. */
async function holdServer(dataDir: string, options: EmbeddedOptions): Promise<Embedded> {
  const cluster = await openCluster(dataDir);
  let seat = await enter(cluster, options);
  let stopped: Promise<void> | undefined;
  let resumed: Promise<void> = Promise.resolve();
  watch();

  function watch(): void {
    seat.client.once('end', () => {
      if (stopped === undefined) resumed = resume();
    });
  }

  async function resume(): Promise<void> {
    try {
      seat = await enter(cluster, options, seat.port);
      watch();
    } catch (error) {
      options.onLost?.(error);
    }
  }

  async function stop(): Promise<void> {
    await resumed;
    await leave(cluster, seat);
  }

  return {
    url: seat.urlOf('orderlock'),
    dataDir,
    stop: () => {
      stopped ??= stop();
      return stopped;
    },
  };
}

/** Loops over the moments in between: a server that stops as we come, another process that starts it first. */
async function enter(cluster: Cluster, options: EmbeddedOptions, port?: number): Promise<Seat> {
  const deadline = Date.now() + enterMsMax;
  for (;;) {
    const server = await findServer(cluster);
    if (server === undefined) {
      await startServer(cluster, { durable: options.durable ?? true, port });
    } else {
      const seat = await attach(cluster, server.port, options.role);
      if (seat !== undefined) return seat;
    }
    if (Date.now() > deadline) {
      throw new SetupError(
        `The embedded PostgreSQL on ${cluster.folder} neither answers nor stops.`,
        `Look at ${path.join(cluster.folder, 'server.log')}; process ${server?.pid ?? 'unknown'} holds the folder.`,
      );
    }
    await sleep(20);
  }
}

/** Undefined when the server is only just starting or already stopping: look again. */
async function attach(cluster: Cluster, port: number, role: 'service' | 'command'): Promise<Seat | undefined> {
  const password = await passwordOf(cluster);
  const urlOf = (database: string): string => `postgresql://${superuser}:${password}@127.0.0.1:${port}/${database}`;
  const client = await connect(urlOf('postgres'), `orderlock ${role} ${process.pid}`);
  if (client === undefined) return undefined;
  try {
    if (!(await holds(client, 'select pg_try_advisory_lock_shared($1) as held', present))) {
      await client.end();
      return undefined;
    }
    if (role === 'service' && !(await holds(client, 'select pg_try_advisory_lock($1) as held', service))) {
      throw await alreadyServed(client, cluster);
    }
    await makeDatabase(client);
  } catch (error) {
    await client.end();
    throw error;
  }
  return { client, port, urlOf };
}

async function leave(cluster: Cluster, seat: Seat): Promise<void> {
  await seat.client.end();
  // A fresh connection, since the old one may have been lost before; a server that is gone needs no stopping.
  const last = await connect(seat.urlOf('postgres'), `orderlock leaving ${process.pid}`);
  if (last === undefined) return;
  try {
    if (await holds(last, 'select pg_try_advisory_lock($1) as held', present)) await stopServer(cluster);
  } finally {
    await last.end();
  }
}

const unavailable = new Set(['ECONNREFUSED', 'ECONNRESET', '57P03', '57P01']);

async function connect(url: string, applicationName: string): Promise<pg.Client | undefined> {
  const client = new pg.Client({
    connectionString: url,
    application_name: applicationName,
    connectionTimeoutMillis: 10_000,
  });
  // The end of this connection is news only to whoever uses the server, and they have connections of their own.
  client.on('error', () => undefined);
  try {
    await client.connect();
    return client;
  } catch (error) {
    await client.end().catch(() => undefined);
    if (unavailable.has(String((error as { code?: unknown }).code))) return undefined;
    throw error;
  }
}

async function holds(client: pg.Client, sql: string, key: number): Promise<boolean> {
  const { rows } = await client.query<{ held: boolean }>(sql, [key]);
  return rows[0]?.held === true;
}

async function alreadyServed(client: pg.Client, cluster: Cluster): Promise<SetupError> {
  const { rows } = await client.query<{ name: string }>(
    `select a.application_name as name from pg_locks l join pg_stat_activity a using (pid)
     where l.locktype = 'advisory' and l.objid = $1 and l.granted`,
    [service],
  );
  const pid = /\d+$/.exec(rows[0]?.name ?? '')?.[0];
  return new SetupError(
    `Another service${pid === undefined ? '' : ` (process ${pid})`} already runs on ${path.dirname(cluster.folder)}.`,
    'Stop it first, or set DATA_DIR to another folder.',
  );
}

async function makeDatabase(client: pg.Client): Promise<void> {
  const { rows } = await client.query(`select from pg_database where datname = 'orderlock'`);
  if (rows.length > 0) return;
  await client.query('create database orderlock').catch((error: { code?: string }) => {
    // Another process that attached at the same moment made it.
    if (error.code !== '42P04' && error.code !== '23505') throw error;
  });
}

const throwAwayPrefix = 'orderlock-throw-away-';

async function makeThrowAway(): Promise<string> {
  const folder = path.join(tmpdir(), `${throwAwayPrefix}${process.pid}-${randomBytes(4).toString('hex')}`);
  await mkdir(folder);
  // The server's user, when that is not us, has to walk through it.
  await chmod(folder, 0o755);
  return folder;
}

/** Stops the servers and removes the folders of processes that were killed before they could do it themselves. */
async function sweepThrowAways(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    if (!name.startsWith(throwAwayPrefix)) continue;
    const pid = Number(name.slice(throwAwayPrefix.length).split('-')[0]);
    if (isAlive(pid)) continue;
    const folder = path.join(tmpdir(), name);
    try {
      const cluster = await openCluster(folder);
      if ((await findServer(cluster)) !== undefined) await stopServer(cluster);
    } catch (error) {
      // Another user's folder, or half removed by another sweep. It harms nobody, and ours is a courtesy.
      if (!(error instanceof SetupError)) throw error;
      continue;
    }
    await rm(folder, { recursive: true, force: true });
  }
}
