import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import type { AcquireResult, CreditRequest } from '../../src/credit/index.ts';

export type RacingProcess = {
  /** Makes the calls in that process, all at once, and returns their answers in order. One list at a time. */
  acquire(requests: CreditRequest[]): Promise<AcquireResult[]>;
  stop(): Promise<void>;
};

/** Starts an operating-system process with a credit library of its own. */
export async function startRacingProcess(databaseUrl: string): Promise<RacingProcess> {
  const child = fork(new URL('./racing-process.ts', import.meta.url), [databaseUrl], {
    execArgv: ['--import', 'tsx'],
    serialization: 'advanced',
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  await nextMessage(child);
  return {
    async acquire(requests) {
      child.send(requests);
      return (await nextMessage(child)) as AcquireResult[];
    },
    async stop() {
      child.send('stop');
      if (child.exitCode === null) await once(child, 'exit');
    },
  };
}

function nextMessage(child: ChildProcess): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const hear = (message: unknown): void => {
      child.off('exit', fail);
      resolve(message);
    };
    const fail = (code: number | null): void => {
      child.off('message', hear);
      reject(new Error(`a racing process ended with ${code}`));
    };
    child.once('message', hear);
    child.once('exit', fail);
  });
}
