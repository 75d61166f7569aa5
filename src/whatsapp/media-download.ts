import { createHash } from 'node:crypto';
import { Agent, type Dispatcher, request } from 'undici';
import { z } from 'zod';
import type { MediaOutcome, MediaRequest, MediaSource } from '../media/types.ts';
import { messageOf } from '../shared/errors.ts';
import { block, numberLike, text } from './fields.ts';
import { classifyRefusal } from './refusals.ts';

// A file of Meta's comes in two steps: its id is looked up at Graph, which names an address, and the address is asked with
// the same token. The address comes from outside, so it gets our token only when it is one of Meta's own.

export type MediaDownloadOptions = {
  baseUrl: string;
  version: string;
  tokens(tokenRef: string): string | undefined;
  /** Bounds both steps together. */
  totalTimeoutMs?: number;
  bytesMax?: number;
};

export type MediaDownload = MediaSource & { stop(): Promise<void> };

/** What people can send as photo, voice note or video; documents may be larger at Meta, and are not shown then. */
const BYTES_MAX = 16 * 1024 * 1024;
const LOOKUP_BYTES_MAX = 64 * 1024;
const HOSTS = new Set(['lookaside.fbsbx.com', 'graph.facebook.com']);
/** Some of Meta's file servers refuse clients that name none. */
const USER_AGENT = 'orderlock';

const lookupSchema = z.object({ url: text, mime_type: text, sha256: text, file_size: numberLike });
const errorSchema = z.object({ error: block({ code: numberLike, message: text }) });

/** Fetches files of incoming messages: bounded in size and time, and only what has the checksum that was announced. */
export function createMediaDownload(options: MediaDownloadOptions): MediaDownload {
  const { version, totalTimeoutMs = 30_000, bytesMax = BYTES_MAX } = options;
  const base = options.baseUrl.replace(/\/+$/, '');
  const ownOrigin = new URL(base).origin;
  // Redirects are not followed: undici does so only when it is told to.
  const agent = new Agent({ connections: 4, connectTimeout: 5_000, headersTimeout: 10_000, bodyTimeout: 10_000 });

  async function fetchMedia({ mediaId, phoneNumberId, tokenRef, sha256 }: MediaRequest): Promise<MediaOutcome> {
    const token = options.tokens(tokenRef)?.trim() ?? '';
    if (!/^[\x21-\x7e]+$/.test(token)) {
      return { kind: 'stopped', detail: `the setting ${tokenRef} holds no usable token` };
    }
    const signal = AbortSignal.timeout(totalTimeoutMs);
    const get = (url: string) =>
      request(url, {
        dispatcher: agent,
        signal,
        headers: { authorization: `Bearer ${token}`, 'user-agent': USER_AGENT },
      });
    try {
      const query = new URLSearchParams({ phone_number_id: phoneNumberId });
      const looked = await get(`${base}/${version}/${encodeURIComponent(mediaId)}?${query}`);
      const answer = jsonOf(await bodyOf(looked, LOOKUP_BYTES_MAX));
      if (looked.statusCode !== 200) return refusalOf(looked.statusCode, answer);
      const file = lookupSchema.safeParse(answer).data;
      if (file?.url === undefined) return { kind: 'failed', detail: 'the look-up named no address' };
      if (file.file_size !== undefined && file.file_size > bytesMax) return tooLarge(bytesMax);
      if (!mayHaveToken(file.url, ownOrigin)) return { kind: 'refused', detail: 'the address is none of Meta' };

      const sent = await get(file.url);
      if (sent.statusCode !== 200) {
        await sent.body.dump({ limit: LOOKUP_BYTES_MAX });
        return refusalOf(sent.statusCode, undefined);
      }
      const bytes = await bodyOf(sent, bytesMax);
      if (bytes === undefined) return tooLarge(bytesMax);
      const checksums = [sha256, file.sha256].filter((sum) => sum !== undefined);
      if (!hasChecksums(bytes, checksums)) return { kind: 'refused', detail: 'the checksum is another one' };
      return { kind: 'fetched', bytes, mimeType: file.mime_type?.slice(0, 100) };
    } catch (error) {
      // Network errors name the address at times, and addresses of files are secrets for as long as they work.
      const code = error instanceof Error && 'code' in error ? String(error.code) : 'network trouble';
      return { kind: 'failed', detail: signal.aborted ? `took longer than ${totalTimeoutMs} ms` : code };
    }
  }

  return { fetch: fetchMedia, stop: () => agent.destroy() };
}

/** A redirect is an answer that we did not ask for: wherever it leads, our token does not go there. */
function refusalOf(status: number, answer: unknown): MediaOutcome {
  if (status >= 300 && status < 400) return { kind: 'refused', detail: `redirected with ${status}` };
  const error = errorSchema.safeParse(answer).data?.error;
  const detail = error?.code === undefined ? `status ${status}` : `status ${status}, code ${error.code}`;
  // 100 and 33 stand for an id that is none, or none any more.
  if (status === 404 || status === 410 || error?.code === 100 || error?.code === 33) return { kind: 'gone', detail };
  return { kind: classifyRefusal(status, error?.code) === 'line_stopped' ? 'stopped' : 'failed', detail };
}

const tooLarge = (max: number): MediaOutcome => ({ kind: 'refused', detail: `larger than ${max} bytes` });

/** Meta's documented hosts over https at the usual port; and wherever Graph itself was set to be, for tests and dev. */
export function mayHaveToken(address: string, ownOrigin: string): boolean {
  if (!URL.canParse(address)) return false;
  const url = new URL(address);
  if (url.username !== '' || url.password !== '') return false;
  if (url.origin === ownOrigin) return true;
  return url.protocol === 'https:' && url.port === '' && HOSTS.has(url.hostname);
}

/** The body, or undefined as soon as it is larger than it may be; the rest is not waited for. */
async function bodyOf({ body, headers }: Dispatcher.ResponseData, max: number): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  if (Number(headers['content-length'] ?? 0) > max) return leave(body);
  for await (const chunk of body as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > max) return leave(body);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** Ends a body half way. It complains of that in an event of its own, which would end the process unheard. */
function leave(body: Dispatcher.ResponseData['body']): undefined {
  body.on('error', () => undefined);
  body.destroy();
}

function jsonOf(bytes: Buffer | undefined): unknown {
  try {
    return JSON.parse(bytes?.toString('utf8') ?? '');
  } catch (error) {
    return { unreadable: messageOf(error) };
  }
}

/** Meta writes checksums in base64 in messages and in hexadecimal at the look-up. Without any, nothing is proved. */
function hasChecksums(bytes: Buffer, announced: string[]): boolean {
  const sum = createHash('sha256').update(bytes).digest();
  const forms = new Set([sum.toString('base64'), sum.toString('base64url'), sum.toString('hex')]);
  return announced.length > 0 && announced.every((one) => forms.has(one) || forms.has(one.toLowerCase()));
}
