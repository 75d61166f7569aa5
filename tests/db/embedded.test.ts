import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Embedded, startEmbedded } from '../../src/db/embedded.ts';
import { withConnection } from '../../src/db/one-connection.ts';
import { waitFor } from '../support/wait-for.ts';

let dataDir: string;
let held: Embedded[];
let children: ChildProcess[];

// One folder for all, because making a cluster takes longer than all the rest.
beforeAll(async () => {
  dataDir = path.join(await mkdtemp(path.join(tmpdir(), 'orderlock-embedded-')), 'data');
});

afterAll(() => rm(path.dirname(dataDir), { recursive: true }));

beforeEach(() => {
  held = [];
  children = [];
});

afterEach(async () => {
  for (const child of children) child.kill('SIGKILL');
  // Whatever a test left running is attached to and stopped like any orphan.
  held.push(await startEmbedded({ dataDir, role: 'command' }));
  for (const embedded of held) await embedded.stop();
  expect(await serverPid()).toBeUndefined();
});

async function start(role: 'service' | 'command'): Promise<Embedded> {
  const embedded = await startEmbedded({ dataDir, role, durable: false });
  held.push(embedded);
  return embedded;
}

/** Another process that holds the server; resolves with its URL once it does. */
async function startElsewhere(role: 'service' | 'command'): Promise<{ child: ChildProcess; url: string }> {
  const script = path.join(import.meta.dirname, 'hold-embedded.ts');
  const child = spawn(process.execPath, ['--import', 'tsx', script, dataDir, role], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  children.push(child);
  const [url] = await once(createInterface({ input: child.stdout }), 'line');
  return { child, url };
}

async function kill(child: ChildProcess): Promise<void> {
  child.kill('SIGKILL');
  await once(child, 'exit');
}

async function serverPid(): Promise<number | undefined> {
  const text = await readFile(path.join(dataDir, 'postgres/postmaster.pid'), 'utf8').catch(() => undefined);
  return text === undefined ? undefined : Number(text.split('\n')[0]);
}

const rows = (url: string, sql: string): Promise<Record<string, unknown>[]> =>
  withConnection(url, 'test', (connection) => connection.rows(sql));

test('two processes that start at once on an empty folder share one server', async () => {
  const [first, second] = await Promise.all([startElsewhere('command'), startElsewhere('service')]);
  expect(first.url).toBe(second.url);
});

test('the server speaks UTF-8 and UTC, listens on the loopback only, with a password of its own', async () => {
  const { url } = await start('service');
  const [row] = await rows(
    url,
    `select current_setting('server_encoding') as encoding, current_setting('timezone') as zone,
            current_setting('listen_addresses') as address, current_setting('max_connections')::int as connections`,
  );
  expect(row).toEqual({ encoding: 'UTF8', zone: 'UTC', address: '127.0.0.1', connections: 300 });
  const { mode } = await stat(path.join(dataDir, 'postgres/orderlock-password'));
  expect(mode & 0o777).toBe(0o600);
  const wrong = new URL(url);
  wrong.password = 'guess';
  await expect(rows(wrong.href, 'select 1')).rejects.toThrow('The database refused the login.');
});

test('a second service on the folder is refused, a command attaches to the same server', async () => {
  const { child, url } = await startElsewhere('service');
  await expect(start('service')).rejects.toThrow(`Another service (process ${child.pid}) already runs on ${dataDir}.`);
  expect((await start('command')).url).toBe(url);
});

test('the last one out stops the server, whoever started it', async () => {
  const command = await start('command');
  const service = await start('service');
  await command.stop();
  expect(await rows(service.url, 'select 1 as one')).toEqual([{ one: 1 }]);
  await service.stop();
  expect(await serverPid()).toBeUndefined();
});

test('after kill -9 of the service the next one takes over its living server and its data', async () => {
  const { child, url } = await startElsewhere('service');
  await rows(url, 'create table if not exists kept as select 1 as one');
  await kill(child);
  const next = await start('service');
  expect(next.url).toBe(url);
  expect(await rows(next.url, 'select one from kept')).toEqual([{ one: 1 }]);
});

test('after kill -9 of service and server the next start recovers the data', async () => {
  const { child, url } = await startElsewhere('service');
  await rows(url, 'create table if not exists kept as select 1 as one');
  await kill(child);
  process.kill((await serverPid()) ?? 0, 'SIGKILL');
  const next = await start('service');
  expect(await rows(next.url, 'select one from kept')).toEqual([{ one: 1 }]);
});

test('a lock file whose number now belongs to another program does not keep the server from starting', async () => {
  await (await start('service')).stop();
  const stale = [process.pid, path.join(dataDir, 'postgres'), 1, 5432, '', '127.0.0.1', '', 'ready', ''].join('\n');
  await writeFile(path.join(dataDir, 'postgres/postmaster.pid'), stale);
  const next = await start('service');
  expect(await rows(next.url, 'select 1 as one')).toEqual([{ one: 1 }]);
});

test('a server that is killed under its service comes back at the same address', async () => {
  const service = await start('service');
  const before = await serverPid();
  process.kill(before ?? 0, 'SIGKILL');
  const again = await waitFor('the server to answer again', () =>
    rows(service.url, 'select 1 as one').catch(() => undefined),
  );
  expect(again).toEqual([{ one: 1 }]);
  expect(await serverPid()).not.toBe(before);
  await waitFor('the service to take its place again', async () => {
    const locks = await rows(service.url, 'select from pg_locks where objid = 7270002');
    return locks.length > 0;
  });
  await expect(start('service')).rejects.toThrow(/Another service/);
});
