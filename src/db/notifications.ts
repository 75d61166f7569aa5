/**
 * Wake-ups between processes over LISTEN/NOTIFY, on one connection outside every pool.
 *
 * NOTIFY inside a business transaction takes a lock across the whole database at COMMIT and more than halved commits
 * (7,544/s to 3,139/s), so ours are sent afterwards, gathered: one statement at most every 10 ms, each payload once.
 * A wake-up may be late or lost, never wrong: whoever listens also polls.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { Logger } from '../shared/logger.ts';

export type NotifierOptions = {
  /** Past any transaction pooler: LISTEN needs a session of its own. */
  url: string;
  channel: string;
  /** Called for what other processes sent, and with '' after a break, when anything may have been missed. */
  onNotify: (payload: string) => void;
  log?: Logger;
};

export type Notifier = {
  /** Wakes the other processes, soon; never waits and never throws. An empty payload means "look at everything". */
  notify(payload?: string): void;
  /** Sends what is still waiting, if the connection stands, and closes it. */
  stop(): Promise<void>;
};

const flushEveryMs = 10;
const payloadsMax = 500;
const backOffMsMin = 50;
const backOffMsMax = 5_000;
const goodbyeMsMax = 2_000;

/** Listens on `channel` from the moment it returns; throws when the server cannot be reached at that moment. */
export async function createNotifier(options: NotifierOptions): Promise<Notifier> {
  const waiting = new Set<string>();
  const stopping = new AbortController();
  let client: pg.Client | undefined;
  let flushTimer: NodeJS.Timeout | undefined;
  let flushing: Promise<void> = Promise.resolve();
  let lastFlushAt = 0;
  let reconnecting: Promise<void> = Promise.resolve();

  async function connect(): Promise<void> {
    const fresh = new pg.Client({
      connectionString: options.url,
      application_name: 'orderlock notifier',
      connectionTimeoutMillis: 5_000,
      query_timeout: 5_000,
      keepAlive: true,
    });
    fresh.on('notification', (message) => {
      if (message.processId !== processIdOf(fresh)) options.onNotify(message.payload ?? '');
    });
    // 'end' follows every 'error', so one of them is enough to act on.
    fresh.on('error', (error) => options.log?.warn({ err: error, channel: options.channel }, 'notifier disconnected'));
    try {
      await fresh.connect();
      await fresh.query(`listen ${fresh.escapeIdentifier(options.channel)}`);
    } catch (error) {
      await fresh.end().catch(() => undefined);
      throw error;
    }
    client = fresh;
    fresh.once('end', () => {
      if (client !== fresh) return;
      client = undefined;
      if (!stopping.signal.aborted) reconnecting = reconnect();
    });
  }

  async function reconnect(): Promise<void> {
    for (let waitMs = backOffMsMin; !stopping.signal.aborted; waitMs = Math.min(waitMs * 2, backOffMsMax)) {
      try {
        await connect();
        options.log?.info({ channel: options.channel }, 'notifier reconnected');
        options.onNotify('');
        scheduleFlush();
        return;
      } catch (error) {
        options.log?.warn({ err: error, channel: options.channel, waitMs }, 'notifier could not reconnect');
      }
      await sleep(waitMs, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  }

  function scheduleFlush(): void {
    if (flushTimer !== undefined || waiting.size === 0) return;
    const dueInMs = Math.max(0, lastFlushAt + flushEveryMs - Date.now());
    flushTimer = setTimeout(() => {
      flushTimer = undefined;
      flushing = flushing.then(flush);
    }, dueInMs);
  }

  async function flush(): Promise<void> {
    // Without a connection the payloads stay where they are, and reconnecting sends them.
    if (client === undefined || waiting.size === 0) return;
    lastFlushAt = Date.now();
    const payloads = [...waiting];
    waiting.clear();
    try {
      await client.query('select pg_notify($1, payload) from unnest($2::text[]) as payload', [
        options.channel,
        payloads,
      ]);
    } catch (error) {
      options.log?.warn({ err: error, channel: options.channel }, 'wake-up not sent');
      for (const payload of payloads) remember(payload);
    }
    scheduleFlush();
  }

  function remember(payload: string): void {
    if (waiting.size < payloadsMax) {
      waiting.add(payload);
      return;
    }
    // So many that listing them helps nobody: one says it all.
    waiting.clear();
    waiting.add('');
  }

  await connect();
  return {
    notify: (payload = '') => {
      if (stopping.signal.aborted) return;
      remember(payload);
      scheduleFlush();
    },
    stop: async () => {
      stopping.abort();
      clearTimeout(flushTimer);
      await reconnecting;
      await flushing;
      await flush();
      clearTimeout(flushTimer);
      const last = client;
      client = undefined;
      if (last === undefined) return;
      // A server that is gone without a word never answers the goodbye.
      const ended = await Promise.race([last.end().then(() => true), sleep(goodbyeMsMax, false, { ref: false })]);
      if (!ended) streamOf(last).destroy();
    },
  };
}

/** `pg` knows its socket, its types do not. */
const streamOf = (client: pg.Client): { destroy(): void } =>
  (client as unknown as { connection: { stream: { destroy(): void } } }).connection.stream;

/** `pg` knows the backend's process number, its types do not. */
const processIdOf = (client: pg.Client): number => (client as unknown as { processID: number }).processID;
