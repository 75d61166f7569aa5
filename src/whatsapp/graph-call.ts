import { request } from 'undici';
import { z } from 'zod';
import { messageOf } from '../shared/errors.ts';

// One call to the management side of the Graph API. Nothing here is on the way of a message, so a plain request with a
// bound will do.

export type GraphCallOptions = {
  baseUrl: string;
  version: string;
  /** The token of a system user, with whatsapp_business_management. */
  accessToken: string;
  timeoutMs?: number | undefined;
};

/** What came of a call. A refusal carries Meta's own code and words, without any secret. */
export type GraphResult<T> =
  | { kind: 'ok'; value: T; date: Date | undefined }
  | { kind: 'refused'; status: number; code: number | undefined; subcode: number | undefined; detail: string }
  | { kind: 'unreachable'; detail: string };

export type GraphCall = {
  method?: 'GET' | 'POST' | 'DELETE';
  path: string;
  query?: Record<string, string>;
  json?: unknown;
  form?: Record<string, string>;
  /** Instead of the system user's: the app's own. */
  token?: string | undefined;
  /** What is in the call and may not be in what is said about it; the tokens never are. */
  secrets?: readonly string[];
};

export type GraphCaller = <T>(ask: GraphCall, schema: z.ZodType<T>) => Promise<GraphResult<T>>;

const TIMEOUT_MS = 10_000;
const ANSWER_MAX_BYTES = 1_000_000;
const DETAIL_MAX = 400;

const text = z.string().optional().catch(undefined);
const errorSchema = z.object({
  error: z.object({
    code: z.number().optional().catch(undefined),
    error_subcode: z.number().optional().catch(undefined),
    message: text,
    // What Meta would show to a person: often the only words that say what is wrong.
    error_user_msg: text,
    error_data: z.object({ details: text }).optional().catch(undefined),
  }),
});

/** Makes calls of one token. They resolve always; every wait is bounded. */
export function createGraphCaller(options: GraphCallOptions): GraphCaller {
  const base = `${options.baseUrl.replace(/\/+$/, '')}/${options.version}`;

  return async function call<T>(ask: GraphCall, schema: z.ZodType<T>): Promise<GraphResult<T>> {
    const url = new URL(`${base}/${ask.path}`);
    for (const [name, value] of Object.entries(ask.query ?? {})) url.searchParams.set(name, value);
    const token = ask.token ?? options.accessToken;
    const secrets = [options.accessToken, token, ...(ask.secrets ?? [])];
    const form = ask.form === undefined ? null : new URLSearchParams(ask.form).toString();
    try {
      const answer = await request(url, {
        method: ask.method ?? 'GET',
        headers: {
          authorization: `Bearer ${token}`,
          accept: 'application/json',
          'content-type': form === null ? 'application/json' : 'application/x-www-form-urlencoded',
        },
        body: ask.json === undefined ? form : JSON.stringify(ask.json),
        signal: AbortSignal.timeout(options.timeoutMs ?? TIMEOUT_MS),
      });
      const body = await readBounded(answer.body);
      const json = parseJson(body);
      const read = schema.safeParse(json);
      if (answer.statusCode === 200 && read.success) {
        return { kind: 'ok', value: read.data, date: dateOf(answer.headers.date) };
      }
      const { error } = errorSchema.safeParse(json).data ?? {};
      const words = [error?.message, error?.error_user_msg, error?.error_data?.details].filter(Boolean).join(' | ');
      return {
        kind: 'refused',
        status: answer.statusCode,
        code: error?.code,
        subcode: error?.error_subcode,
        detail: withoutSecrets(words || `status ${answer.statusCode} with an answer that is not Graph's`, secrets),
      };
    } catch (error) {
      return { kind: 'unreachable', detail: withoutSecrets(describeTrouble(error), secrets) };
    }
  };
}

/** The same result with another value. */
export function mapOk<T, U>(result: GraphResult<T>, map: (value: T) => U): GraphResult<U> {
  return result.kind === 'ok' ? { ...result, value: map(result.value) } : result;
}

async function readBounded(body: AsyncIterable<Buffer>): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.length;
    if (bytes > ANSWER_MAX_BYTES) throw new Error('the answer is too large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

function dateOf(header: string | string[] | undefined): Date | undefined {
  const ms = typeof header === 'string' ? Date.parse(header) : Number.NaN;
  return Number.isNaN(ms) ? undefined : new Date(ms);
}

function describeTrouble(error: unknown): string {
  if (error instanceof Error && error.name === 'TimeoutError') return 'no answer in time';
  const code = error instanceof Error && 'code' in error ? String(error.code) : undefined;
  return [code, messageOf(error)].filter(Boolean).join(': ');
}

/** Meta repeats parameters in its complaints about them, and details end on screens. */
function withoutSecrets(detail: string, secrets: readonly string[]): string {
  const clean = secrets.reduce((text, secret) => (secret === '' ? text : text.replaceAll(secret, '[secret]')), detail);
  return clean.slice(0, DETAIL_MAX);
}
