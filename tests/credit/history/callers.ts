/** Who makes the calls of a history: pools of this process, and other processes that may be killed. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { createCredit } from '../../../src/credit/index.ts';
import { createDatabase, inTransaction } from '../../../src/db/index.ts';
import { createLogger, type Logger } from '../../../src/shared/logger.ts';
import { type Answer, type Request, send } from '../model/requests.ts';

/** A call, with when it was sent and answered: microseconds of the machine's clock, the same in all its processes. */
export type Call = {
  request: Request;
  sentUs: number;
  answeredUs: number;
  /** Null: whoever called was gone before the answer. */
  answer: Answer | null;
};

export type Caller = {
  call(request: Request): Promise<Call>;
  stop(): Promise<void>;
};

/** Whether it may have counted or not: nobody answered, or the library itself could not find out. */
export const isUnknown = ({ answer }: Pick<Call, 'answer'>): boolean =>
  answer === null || (!answer.success && answer.code === 'DATABASE_ERROR');

export const clockUs = (): number => Number(process.hrtime.bigint() / 1_000n);

const silent = createLogger({ level: 'silent', pretty: false });

/** A library of its own in this process. */
export function startCaller(databaseUrl: string, maxConnections = 4, log: Logger = silent): Caller {
  const credit = createCredit({ databaseUrl, maxConnections, log });
  return {
    async call(request) {
      const sentUs = clockUs();
      const answer = await send(credit, request);
      return { request, sentUs, answeredUs: clockUs(), answer };
    },
    stop: () => credit.close(),
  };
}

/** The same, but each call is a transaction of its own: BEGIN, the call, COMMIT, as around an order. */
export async function startTransactionCaller(databaseUrl: string): Promise<Caller> {
  const credit = createCredit({ databaseUrl, maxConnections: 1, log: silent });
  const db = await createDatabase({ url: databaseUrl, poolMax: 4, applicationName: 'test' });
  return {
    async call(request) {
      const sentUs = clockUs();
      // Whatever breaks leaves open whether the COMMIT counted.
      const answer = await inTransaction(db, (tx) => send(credit, request, { tx })).catch(() => null);
      return { request, sentUs, answeredUs: clockUs(), answer };
    },
    stop: async () => {
      await credit.close();
      await db.stop();
    },
  };
}

export type RemoteCaller = Caller & {
  /** SIGKILL; what it had not answered yet is answered with null. */
  kill(): Promise<void>;
  /** Calls that are not answered yet. */
  underWay(): number;
};

/** A library of its own in a process of its own. */
export async function startRemoteCaller(databaseUrl: string): Promise<RemoteCaller> {
  const child = fork(new URL('./caller-process.ts', import.meta.url), [databaseUrl], {
    execArgv: ['--import', 'tsx'],
    serialization: 'advanced',
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const waiting = new Map<number, { call: Call; resolve: (call: Call) => void }>();
  let calls = 0;
  child.on('message', (message: { id: number; call: Call } | 'ready') => {
    if (message === 'ready') return;
    waiting.get(message.id)?.resolve(message.call);
    waiting.delete(message.id);
  });
  // A child that is gone cannot be written to; its exit answers for it.
  child.on('error', () => undefined);
  child.once('exit', () => {
    for (const { call, resolve } of waiting.values()) resolve({ ...call, answeredUs: clockUs() });
    waiting.clear();
  });
  const ended = once(child, 'exit');
  await Promise.race([once(child, 'message'), ended]);
  if (hasEnded(child)) throw new Error('a calling process ended before it was ready');
  return {
    call: (request) =>
      new Promise((resolve) => {
        const call: Call = { request, sentUs: clockUs(), answeredUs: 0, answer: null };
        if (hasEnded(child) || !child.connected) return resolve({ ...call, answeredUs: clockUs() });
        calls += 1;
        waiting.set(calls, { call, resolve });
        child.send({ id: calls, request });
      }),
    underWay: () => waiting.size,
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
    async stop() {
      if (hasEnded(child)) return;
      child.send('stop');
      await ended;
    },
  };
}

const hasEnded = (child: ChildProcess): boolean => child.exitCode !== null || child.signalCode !== null;
