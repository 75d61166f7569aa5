import { Pool } from 'undici';
import { z } from 'zod';
import type { MessageSender, OutgoingMessage, SendOutcome } from '../outbox/types.ts';
import { type Clock, systemClock } from '../shared/clock.ts';
import { messageOf, SetupError } from '../shared/errors.ts';
import { buildMessage, buildReadReceipt } from './build-message.ts';
import { type Exchange, exchange } from './exchange.ts';
import { classifyRefusal, retryAfterMs } from './refusals.ts';

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
  clock?: Clock;
};

export type GraphClient = MessageSender & {
  /** Marks a message of theirs as read. Best effort: false when Graph did not agree. */
  markRead(request: ReadReceipt): Promise<boolean>;
  /** Lets running requests end, at most for `graceMs`, then cuts them. */
  stop(graceMs?: number): Promise<void>;
};
type ReadReceipt = { phoneNumberId: string; tokenRef: string; wamid: string; typing: boolean };
type Line = { phoneNumberId: string; tokenRef: string };
type Refused = Extract<SendOutcome, { kind: 'refused' }>;

const DETAIL_MAX = 500;

const acceptedSchema = z.object({ messages: z.array(z.object({ id: z.string().min(1) })).min(1) });
const errorText = z.string().optional().catch(undefined);
const refusedSchema = z.object({
  error: z.object({
    code: z
      .union([
        z.int(),
        z
          .string()
          .regex(/^\d{1,9}$/)
          .transform(Number),
      ])
      .optional()
      .catch(undefined),
    message: errorText,
    fbtrace_id: errorText,
    is_transient: z.boolean().optional().catch(undefined),
    error_data: z.object({ details: errorText }).optional().catch(undefined),
  }),
});

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

  const post = (line: Line, token: string, body: string) =>
    exchange(pool, {
      path: `${base.path}/${options.version}/${encodeURIComponent(line.phoneNumberId)}/messages`,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', accept: 'application/json' },
      body,
      timeoutMs: totalTimeoutMs,
    });

  async function send(message: OutgoingMessage): Promise<SendOutcome> {
    const token = usableToken(options.tokens(message.tokenRef));
    if (token === undefined)
      return refusedHere('line_stopped', `the setting ${message.tokenRef} holds no usable token`);
    let body: string;
    try {
      body = buildMessage(message);
    } catch (error) {
      return refusedHere('final', messageOf(error));
    }
    return readOutcome(await post(message, token, body), token, clock.now());
  }

  async function markRead(request: ReadReceipt): Promise<boolean> {
    const token = usableToken(options.tokens(request.tokenRef));
    if (token === undefined) return false;
    const result = await post(request, token, buildReadReceipt(request.wamid, request.typing));
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

function refusedHere(refusalClass: Refused['class'], detail: string): Refused {
  return { kind: 'refused', class: refusalClass, httpStatus: 0, metaCode: undefined, retryAfterMs: undefined, detail };
}

function readOutcome(result: Exchange, token: string, now: Date): SendOutcome {
  if (result.kind === 'not_sent') return { kind: 'not_sent', detail: result.detail };
  if (result.kind === 'no_answer') return { kind: 'unknown', detail: result.detail };
  const json = result.kind === 'answered' ? parseJson(result.body) : undefined;
  const error = refusedSchema.safeParse(json).data?.error;
  if (result.status >= 200 && result.status < 300 && error?.code === undefined) {
    const wamid = acceptedSchema.safeParse(json).data?.messages[0]?.id;
    if (wamid !== undefined) return { kind: 'accepted', wamid };
    return { kind: 'unknown', detail: `status ${result.status} without a readable message id` };
  }
  const retryAfter = retryAfterMs(result.retryAfter, error?.code, now);
  const words = error
    ? [error.message, error.error_data?.details, error.fbtrace_id && `fbtrace ${error.fbtrace_id}`]
    : [];
  return {
    kind: 'refused',
    // An answer cut off after its status says that Meta refused, not why: trying again brings the reason.
    class:
      result.kind === 'cut'
        ? cutClass(result.status)
        : classifyRefusal(result.status, error?.code, error?.is_transient),
    httpStatus: result.status,
    metaCode: error?.code,
    retryAfterMs: retryAfter,
    detail: withoutToken(words.filter(Boolean).join(' | ') || `status ${result.status}`, token),
  };
}

function cutClass(status: number): Refused['class'] {
  return status === 429 ? 'line_rate' : 'transient';
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Meta repeats a malformed token in its complaint about it, and details end up in logs and on screens. */
function withoutToken(detail: string, token: string): string {
  return detail.replaceAll(token, '[token]').slice(0, DETAIL_MAX);
}
