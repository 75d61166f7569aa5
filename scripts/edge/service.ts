import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { ServiceError } from '../../src/shared/errors.ts';

/** The service in a process of its own, at an address that stays the same over its lives. */
export type KillableService = {
  webhookUrl: string;
  kills(): number;
  /** kill -9, and a fresh start; resolves when it listens again. */
  killAndRestart(): Promise<void>;
  stop(): Promise<void>;
};

const STOP_MS_MAX = 30_000;
const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;

export async function startKillable(settings: Record<string, string>, logFile: string): Promise<KillableService> {
  const port = await freePort();
  const log = createWriteStream(logFile, { flags: 'a' });
  let kills = 0;
  let child = await start();

  async function start(): Promise<ChildProcess> {
    const started = fork(fileURLToPath(new URL('./service-process.ts', import.meta.url)), {
      env: { ...process.env, ...settings, PORT: String(port), HOST: '127.0.0.1' },
      // Named, because a test runner starts its own processes without it.
      execArgv: ['--import', tsx],
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    started.stdout?.pipe(log, { end: false });
    started.stderr?.pipe(log, { end: false });
    const ended = once(started, 'exit').then(() => 'ended' as const);
    const ready = await Promise.race([once(started, 'message'), ended]);
    if (ready === 'ended') {
      throw new ServiceError({ code: 'edge_service_ended', message: `the service did not start: see ${logFile}` });
    }
    return started;
  }

  async function end(signal: NodeJS.Signals): Promise<void> {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill(signal);
    const late = setTimeout(() => child.kill('SIGKILL'), STOP_MS_MAX);
    await ended;
    clearTimeout(late);
  }

  return {
    webhookUrl: `http://127.0.0.1:${port}/webhooks/whatsapp`,
    kills: () => kills,
    async killAndRestart() {
      kills += 1;
      await end('SIGKILL');
      child = await start();
    },
    async stop() {
      await end('SIGTERM');
      log.end();
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
