import { timingSafeEqual } from 'node:crypto';
import type { FastifyRequest } from 'fastify';

/**
 * Whether a form was sent by one of our own pages. Browsers say where a POST comes from in Origin, which pages elsewhere
 * cannot change; where a proxy gave us another Host, the address it was reached at counts, too. Nothing that a foreign
 * page can send makes this true, and clients that are no browser (no Origin at all) still need the form's token.
 */
export function isSameOrigin(request: FastifyRequest, publicUrl: string | undefined): boolean {
  const { origin } = request.headers;
  const site = request.headers['sec-fetch-site'];
  if (origin === undefined) return site === undefined || site === 'same-origin' || site === 'none';
  const from = hostOf(origin);
  const ours = [request.headers.host, request.headers['x-forwarded-host'], publicUrl && hostOf(publicUrl)];
  return from !== null && ours.includes(from);
}

function hostOf(url: string): string | null {
  return URL.canParse(url) ? new URL(url).host : null;
}

/** Whether the form carries this session's token; in constant time. */
export function carriesToken(form: URLSearchParams, expected: string): boolean {
  const given = Buffer.from(form.get('_csrf') ?? '');
  const wanted = Buffer.from(expected);
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}

/**
 * Whether the browser came by https, so that the cookie may be kept to it. A proxy's claim is believed without asking who
 * made it: a false one only makes the cookie stricter.
 */
export function isHttps(request: FastifyRequest, publicUrl: string | undefined): boolean {
  return (
    request.protocol === 'https' ||
    request.headers['x-forwarded-proto'] === 'https' ||
    publicUrl?.startsWith('https:') === true
  );
}

/** A path of ours to go on to after signing in; anything else, which could lead elsewhere, becomes the first page. */
export function safeNext(next: string | null): string {
  return next !== null && /^\/console(?:[/?][^\\\s]*)?$/.test(next) && !next.includes('//') ? next : '/console';
}
