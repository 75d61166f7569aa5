import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { open, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { ServiceError } from '../../src/shared/errors.ts';

export type Child = {
  url: string;
  /** What the process logged as a warning or worse, the last lines of it. */
  warnings(): Promise<string[]>;
  stop(): Promise<void>;
};

let started = 0;

const LOG_LINES_SHOWN = 10;
const STOP_MS_MAX = 15_000;
const readySchema = z.object({ url: z.string() });

/** Starts a script in a process of its own and waits until it says where it listens. */
export async function startChild(script: URL, settings: Record<string, string>): Promise<Child> {
  started += 1;
  const name = `${path.basename(script.pathname, '.ts')}-${started}`;
  const logFile = path.join(tmpdir(), `orderlock-bench-${process.pid}-${name}.log`);
  const log = await open(logFile, 'w');
  const child = fork(fileURLToPath(script), {
    env: { ...process.env, ...settings },
    stdio: ['ignore', log.fd, 'inherit', 'ipc'],
  });
  await log.close();
  const failed = once(child, 'exit').then(() => {
    throw new ServiceError({ code: 'bench_child_ended', message: `${script.pathname} ended before it was told to` });
  });
  const ready = await Promise.race([once(child, 'message'), failed]);
  // From now on its end shows itself in requests that fail.
  failed.catch(() => undefined);
  return {
    url: readySchema.parse(ready[0]).url,
    warnings: () => warningsIn(logFile),
    async stop() {
      await end(child);
      await rm(logFile, { force: true });
    },
  };
}

/** What a started process does: says where it listens, and stops when the one who started it leaves or asks for it. */
export function serveParent(url: string, stop: () => Promise<void>): void {
  process.once('disconnect', () => void stop().finally(() => process.exit()));
  process.send?.({ url });
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  const kill = setTimeout(() => child.kill('SIGKILL'), STOP_MS_MAX);
  child.disconnect();
  await ended;
  clearTimeout(kill);
}

/** Lines of pino's JSON with a level of 40 (warn) or more. */
async function warningsIn(logFile: string): Promise<string[]> {
  const lines = (await readFile(logFile, 'utf8')).split('\n');
  return lines.filter((line) => /^\{"level":[456]0,/.test(line)).slice(-LOG_LINES_SHOWN);
}
