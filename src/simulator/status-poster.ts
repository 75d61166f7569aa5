import { Agent, request } from 'undici';
import { signBody } from '../whatsapp/signature.ts';
import { delivery, type Line, type PersonStatus } from './payloads.ts';

type PosterOptions = {
  appSecret: string;
  /** Most statuses in one delivery. */
  batchMax?: number | undefined;
  /** Tries per delivery before it is given up; Meta itself goes on for days. */
  triesMax?: number | undefined;
};
type Waiting = { line: Line; status: PersonStatus };

const FIRST_RETRY_MS = 25;
const RETRY_MAX_MS = 2_000;
const POST_TIMEOUT_MS = 10_000;

/**
 * Posts signed status deliveries one after the other, each with all that has gathered meanwhile, as Meta batches more
 * under load. Like Meta it repeats a delivery until it sees a 200.
 */
export function createStatusPoster({ appSecret, batchMax = 200, triesMax = 10 }: PosterOptions) {
  const agent = new Agent({ connections: 4, headersTimeout: POST_TIMEOUT_MS, bodyTimeout: POST_TIMEOUT_MS });
  const stopping = new AbortController();
  let webhookUrl: string | undefined;
  let waiting: Waiting[] = [];
  let pump: Promise<void> | undefined;
  let posted = 0;
  let lost = 0;

  function add(items: Waiting[]): void {
    if (webhookUrl === undefined || stopping.signal.aborted) return;
    for (const item of items) waiting.push(item);
    pump ??= drain().finally(() => {
      pump = undefined;
    });
  }

  async function drain(): Promise<void> {
    while (waiting.length > 0 && !stopping.signal.aborted) {
      // One turn of the event loop lets the statuses of calls that are being answered right now join.
      await new Promise((resolve) => setImmediate(resolve));
      const batch = takeBatch();
      const line = batch[0]?.line;
      if (line === undefined) continue;
      const body = JSON.stringify(delivery(line, { statuses: batch.map(({ status }) => status) }));
      if (await postUntilAccepted(body)) posted += batch.length;
      else lost += batch.length;
    }
  }

  /** A delivery's change belongs to one line, so a batch ends where the next line's statuses begin. */
  function takeBatch(): Waiting[] {
    const lineId = waiting[0]?.line.phoneNumberId;
    let end = 0;
    while (end < batchMax && waiting[end]?.line.phoneNumberId === lineId && end < waiting.length) end += 1;
    const batch = waiting.slice(0, end);
    waiting = waiting.slice(end);
    return batch;
  }

  async function postUntilAccepted(body: string): Promise<boolean> {
    for (let tries = 0; tries < triesMax && !stopping.signal.aborted; tries += 1) {
      if (tries > 0) await pause(Math.min(FIRST_RETRY_MS * 2 ** (tries - 1), RETRY_MAX_MS), stopping.signal);
      if (await postOnce(body)) return true;
    }
    return false;
  }

  async function postOnce(body: string): Promise<boolean> {
    if (webhookUrl === undefined) return false;
    try {
      const answer = await request(webhookUrl, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-hub-signature-256': signBody(body, appSecret) },
        body,
        dispatcher: agent,
        signal: stopping.signal,
      });
      await answer.body.dump();
      return answer.statusCode === 200;
    } catch {
      // A webhook that is down is an everyday event for Meta, and the reason why it repeats deliveries.
      return false;
    }
  }

  return {
    setWebhookUrl(url: string | undefined): void {
      webhookUrl = url;
    },
    add,
    /** Resolves when everything added so far was posted or given up. */
    async idle(): Promise<void> {
      while (pump !== undefined) await pump;
    },
    counts: () => ({ posted, lost, waiting: waiting.length }),
    async stop(): Promise<void> {
      stopping.abort();
      await pump;
      await agent.destroy();
    },
  };
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal.addEventListener('abort', end);
    if (signal.aborted) end();
  });
}
