import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { request } from 'undici';
import { signBody } from '../../src/whatsapp/signature.ts';
import { APP_SECRET } from '../support/service.ts';

// The service as production runs it, src/main.ts in a process of its own, for tests that kill, stop or starve it.

export const TOKEN = 'test-access-token';

export type Ended = { code: number | null; signal: NodeJS.Signals | null };

export type ScriptProcess = {
  child: ChildProcess;
  /** Everything it wrote so far. */
  stdout(): string;
  stderr(): string;
  ended: Promise<Ended>;
};

const root = fileURLToPath(new URL('../..', import.meta.url));
const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
const running = new Set<ChildProcess>();

/**
 * Runs one of our TypeScript files with exactly these settings: in an empty folder, so that no `.env` fills any in. The
 * caller waits for its end, or ends it with `killScripts`.
 */
export function runScript(file: string, settings: Record<string, string>, args: string[] = []): ScriptProcess {
  const { PATH = '', HOME = '', TMPDIR } = process.env;
  const cwd = mkdtempSync(path.join(tmpdir(), 'orderlock-start-'));
  const child = spawn(process.execPath, ['--import', tsx, path.join(root, file), ...args], {
    cwd,
    env: { PATH, HOME, ...(TMPDIR === undefined ? {} : { TMPDIR }), ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const ended = new Promise<Ended>((resolve) => {
    child.once('close', (code, signal) => {
      running.delete(child);
      rmSync(cwd, { recursive: true, force: true });
      resolve({ code, signal });
    });
  });
  return { child, stdout: () => stdout, stderr: () => stderr, ended };
}

/** Ends what a failed test left running. */
export async function killScripts(): Promise<void> {
  await Promise.all(
    [...running].map(async (child) => {
      const closed = once(child, 'close');
      child.kill('SIGKILL');
      await closed;
    }),
  );
}

export type ServiceProcess = {
  url: string;
  pid: number;
  logs(): string;
  /** Posts a signed body as Meta would. Throws when nobody answers. */
  post(body: unknown): Promise<{ status: number; retryAfter: string | undefined; durationMs: number }>;
  /** kill -9. */
  kill(): Promise<void>;
  /** SIGTERM, and how the process ended. */
  stop(): Promise<Ended>;
};

type ServiceOptions = { databaseUrl: string; graphUrl: string; settings?: Record<string, string> };

/** Starts the service and waits until it listens. */
export async function startServiceProcess({
  databaseUrl,
  graphUrl,
  settings,
}: ServiceOptions): Promise<ServiceProcess> {
  const { child, stdout, stderr, ended } = runScript('src/main.ts', {
    ...productionSettings(databaseUrl),
    WHATSAPP_GRAPH_URL: graphUrl,
    ...settings,
  });
  const url = await Promise.race([urlSaid(child), ended.then(() => undefined)]);
  if (url === undefined) throw new Error(`the service did not start: ${stderr()}${stdout()}`);
  return {
    url,
    pid: child.pid ?? -1,
    logs: stdout,
    post: (body) => postTo(url, body),
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
    async stop() {
      child.kill('SIGTERM');
      return ended;
    },
  };
}

/** All that production insists on. */
export function productionSettings(databaseUrl: string): Record<string, string> {
  return {
    DATABASE_URL: databaseUrl,
    PORT: '0',
    SESSION_SECRET: 'a-session-secret-of-more-than-32-characters',
    WHATSAPP_APP_SECRET: APP_SECRET,
    WHATSAPP_VERIFY_TOKEN: 'test-verify-token',
    WHATSAPP_ACCESS_TOKEN: TOKEN,
  };
}

async function urlSaid(child: ChildProcess): Promise<string | undefined> {
  if (child.stdout === null) return undefined;
  for await (const line of createInterface({ input: child.stdout })) {
    const found = /"url":"(http[^"]+)".*"msg":"service started"/.exec(line);
    if (found !== null) return found[1];
  }
  return undefined;
}

async function postTo(url: string, body: unknown): ReturnType<ServiceProcess['post']> {
  const bytes = JSON.stringify(body);
  const startedAt = performance.now();
  const response = await request(`${url}/webhooks/whatsapp`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-hub-signature-256': signBody(bytes, APP_SECRET) },
    body: bytes,
  });
  await response.body.dump();
  const retryAfter = response.headers['retry-after'];
  return {
    status: response.statusCode,
    retryAfter: Array.isArray(retryAfter) ? retryAfter[0] : retryAfter,
    durationMs: performance.now() - startedAt,
  };
}
