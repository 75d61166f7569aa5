import { type FormData, Pool } from 'undici';
import { z } from 'zod';
import type { MessageSender, OutgoingFiles, OutgoingMessage, SendOutcome } from '../outbox/types.ts';
import { type Clock, systemClock } from '../shared/clock.ts';
import { messageOf, SetupError } from '../shared/errors.ts';
import { buildMessage, buildReadReceipt } from './build-message.ts';
import { type Exchange, exchange } from './exchange.ts';
import { readAnswer, refusedHere } from './graph-answers.ts';
import { createUploader, namesFile } from './upload.ts';

export type GraphClientOptions = {
  /** https://graph.facebook.com in production; a path behind the host is kept. */
  baseUrl: string;
  /** For example v26.0. */
  version: string;
  /** The access token that the named setting holds. */
  tokens(tokenRef: string): string | undefined;
  maxConnections?: number;
  connectTimeoutMs?: number;
  headersTimeoutMs?: number;
  bodyTimeoutMs?: number;
  /** Bounds the whole send; the outbox's lease has to be longer. */
  totalTimeoutMs?: number;
  /** Where the files of documents are; without it only media that Meta has already can be sent. */
  files?: OutgoingFiles;
  clock?: Clock;
};

export type GraphClient = MessageSender & {
  /** Marks a message of theirs as read. Best effort: false when Graph did not agree. */
  markRead(request: ReadReceipt): Promise<boolean>;
  /** Lets running requests end, at most for `graceMs`, then cuts them. */
  stop(graceMs?: number): Promise<void>;
};
type ReadReceipt = { phoneNumberId: string; tokenRef: string; wamid: string; typing: boolean };

/** The part of a send's time that an upload before it may take. */
const UPLOAD_SHARE = 0.7;

const acceptedSchema = z.object({ messages: z.array(z.object({ id: z.string().min(1) })).min(1) });
const noFiles: OutgoingFiles = {
  find: async () => ({ kind: 'missing' }),
  remember: async () => undefined,
  forget: async () => undefined,
};

/** The way to Meta's Graph API: a pool of connections of its own, every wait bounded, every end named. */
export function createGraphClient(options: GraphClientOptions): GraphClient {
  const base = parseBaseUrl(options.baseUrl);
  const totalTimeoutMs = options.totalTimeoutMs ?? 20_000;
  const clock = options.clock ?? systemClock;
  const pool = new Pool(base.origin, {
    connections: options.maxConnections ?? 64,
    // One request at a time on a connection: behind a pipelined one, a failure could not be told from its neighbour's.
    pipelining: 1,
    allowH2: false,
    connectTimeout: options.connectTimeoutMs ?? 5_000,
    headersTimeout: options.headersTimeoutMs ?? 15_000,
    bodyTimeout: options.bodyTimeoutMs ?? 5_000,
    // Kept short: a request written into a connection that the other side is just closing ends as "unknown".
    keepAliveTimeout: 4_000,
    keepAliveMaxTimeout: 30_000,
    keepAliveTimeoutThreshold: 2_000,
  });

  const post = (request: { phoneNumberId: string; edge: string; token: string; body: string | FormData }, ms: number) =>
    exchange(pool, {
      path: `${base.path}/${options.version}/${encodeURIComponent(request.phoneNumberId)}/${request.edge}`,
      headers: {
        authorization: `Bearer ${request.token}`,
        accept: 'application/json',
        // A form's type names its boundary, which undici alone knows.
        ...(typeof request.body === 'string' ? { 'content-type': 'application/json' } : {}),
      },
      body: request.body,
      timeoutMs: ms,
    });
  const uploader = createUploader({
    files: options.files ?? noFiles,
    postMedia: (phoneNumberId, token, body, ms) => post({ phoneNumberId, edge: 'media', token, body }, ms),
  });

  async function send(message: OutgoingMessage): Promise<SendOutcome> {
    const token = usableToken(options.tokens(message.tokenRef));
    if (token === undefined)
      return refusedHere('line_stopped', `the setting ${message.tokenRef} holds no usable token`);
    return namesFile(message.reply) ? sendWithFile(message, token) : deliver(message, token, totalTimeoutMs);
  }

  async function sendWithFile(message: OutgoingMessage, token: string): Promise<SendOutcome> {
    const startedMs = performance.now();
    const upload = { token, now: clock.now(), timeoutMs: totalTimeoutMs * UPLOAD_SHARE };
    const prepared = await uploader.prepare(message, upload);
    if (prepared.kind !== 'ready') return prepared;
    // What the upload took is taken off, so that the whole stays within the bound that the lease knows.
    const leftMs = Math.max(1, Math.floor(totalTimeoutMs - (performance.now() - startedMs)));
    return prepared.review(await deliver({ ...message, reply: prepared.reply }, token, leftMs));
  }

  async function deliver(message: OutgoingMessage, token: string, timeoutMs: number): Promise<SendOutcome> {
    let body: string;
    try {
      body = buildMessage(message);
    } catch (error) {
      return refusedHere('final', messageOf(error));
    }
    const result = await post({ phoneNumberId: message.phoneNumberId, edge: 'messages', token, body }, timeoutMs);
    return readOutcome(result, token, clock.now());
  }

  async function markRead(request: ReadReceipt): Promise<boolean> {
    const token = usableToken(options.tokens(request.tokenRef));
    if (token === undefined) return false;
    const { phoneNumberId, wamid, typing } = request;
    const body = buildReadReceipt(wamid, typing);
    const result = await post({ phoneNumberId, edge: 'messages', token, body }, totalTimeoutMs);
    return result.kind === 'answered' && result.status === 200;
  }

  let stopping: Promise<void> | undefined;
  const stop = (graceMs = 10_000) => {
    stopping ??= closePool(graceMs);
    return stopping;
  };

  async function closePool(graceMs: number): Promise<void> {
    const cut = setTimeout(() => void pool.destroy(), graceMs);
    try {
      await pool.close();
    } finally {
      clearTimeout(cut);
    }
  }

  return { send, markRead, stop };
}

function parseBaseUrl(baseUrl: string): { origin: string; path: string } {
  const url = URL.canParse(baseUrl) ? new URL(baseUrl) : undefined;
  if (url === undefined || (url.protocol !== 'https:' && url.protocol !== 'http:')) {
    throw new SetupError(
      `WHATSAPP_GRAPH_URL is not an http address: ${baseUrl.slice(0, 100)}`,
      'Meta answers at https://graph.facebook.com',
    );
  }
  return { origin: url.origin, path: url.pathname.replace(/\/+$/, '') };
}

/** A token with spaces or line ends inside was pasted badly; as a header it could not even be written. */
function usableToken(token: string | undefined): string | undefined {
  const trimmed = token?.trim() ?? '';
  return /^[\x21-\x7e]+$/.test(trimmed) ? trimmed : undefined;
}

function readOutcome(result: Exchange, token: string, now: Date): SendOutcome {
  if (result.kind === 'not_sent') return { kind: 'not_sent', detail: result.detail };
  if (result.kind === 'no_answer') return { kind: 'unknown', detail: result.detail };
  const { json, refused } = readAnswer(result, token, now);
  if (refused !== undefined) return refused;
  const wamid = acceptedSchema.safeParse(json).data?.messages[0]?.id;
  if (wamid !== undefined) return { kind: 'accepted', wamid };
  return { kind: 'unknown', detail: `status ${result.status} without a readable message id` };
}
