import cookie from '@fastify/cookie';
import type { FastifyInstance, FastifyReply, FastifyRequest, RouteOptions } from 'fastify';
import { assert } from '../shared/assert.ts';
import { ServiceError } from '../shared/errors.ts';
import { may, type Session } from '../staff/index.ts';
import { assetAt } from './assets.ts';
import { byteRange } from './byte-range.ts';
import { forbiddenPage, notFoundPage, troublePage } from './pages/errors.ts';
import { acceptForms, formOf, readSent, withoutZeros } from './read-sent.ts';
import type { ConsoleDeps, ConsoleRoute, PageAnswer, PageRequest, PublicRequest } from './route.ts';
import { routes } from './routes.ts';
import { carriesToken, isHttps, isSameOrigin, safeNext } from './same-origin.ts';
import { formatsOf } from './view/formats.ts';
import { bareLayout, layout } from './view/layout.ts';
import { noticeOf } from './view/notices.ts';

const PREFIX = '/console';
const COOKIE = 'orderlock_session';
const COOKIE_SECONDS = 14 * 24 * 3600;

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Who may use this route of the console: a right, `public`, or `asset`. */
    consoleRight?: string;
  }
}

/** Nothing inline, nothing from elsewhere: a page loads our own three files, the charts drawn into it, and what shops sent. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "media-src 'self'",
  "connect-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** The wholesaler's pages under /console. Each route comes from `routes`, where it names its right. */
export async function consoleRoutes(app: FastifyInstance, deps: ConsoleDeps): Promise<void> {
  await app.register(
    async (scope) => {
      refuseUnguarded(scope);
      await scope.register(cookie);
      await acceptForms(scope);
      scope.addHook('onRequest', async (_request, reply) => {
        reply.headers({
          'content-security-policy': POLICY,
          // With no-referrer browsers would hide from us where a form comes from, see same-origin.ts.
          'referrer-policy': 'same-origin',
          'cache-control': 'no-store',
          'cross-origin-opener-policy': 'same-origin',
        });
      });
      scope.addHook('onSend', async (_request, reply) => {
        reply.header('server-timing', `page;dur=${reply.elapsedTime.toFixed(1)}`);
      });
      addAssets(scope);
      for (const route of routes) addRoute(scope, route, deps);
      scope.setErrorHandler((error, request, reply) => {
        request.log.error({ err: error, hint: error instanceof ServiceError ? error.hint : undefined }, 'page failed');
        return sendBare(reply, troublePage(error), 500);
      });
      scope.setNotFoundHandler(async (request, reply) => {
        const session = await sessionOf(request, deps, { touch: false });
        return send(request, reply, deps, { kind: 'not_found' }, session);
      });
    },
    { prefix: PREFIX },
  );
}

/** A route that came in by another way than the table would have no guard: it must not start. */
export function refuseUnguarded(scope: FastifyInstance): void {
  scope.addHook('onRoute', (route: RouteOptions) => {
    assert(route.config?.consoleRight !== undefined, `the console route ${route.url} names no right`);
  });
}

function addAssets(scope: FastifyInstance): void {
  scope.get('/assets/:name', { config: { consoleRight: 'asset' } }, async (request, reply) => {
    const asset = assetAt(request.url);
    if (asset === undefined) return reply.code(404).type('text/plain').send('There is no such file.');
    const brotli = /\bbr\b/.test(request.headers['accept-encoding'] ?? '');
    if (brotli) reply.header('content-encoding', 'br');
    reply.headers({ vary: 'accept-encoding', 'cache-control': 'public, max-age=31536000, immutable' });
    return reply.type(asset.contentType).send(brotli ? asset.brotli : asset.plain);
  });
}

function addRoute(scope: FastifyInstance, route: ConsoleRoute, deps: ConsoleDeps): void {
  const url = route.path === PREFIX ? '/' : route.path.slice(PREFIX.length);
  const options = { config: { consoleRight: route.right } };
  const handle = (request: FastifyRequest, reply: FastifyReply) =>
    route.right === 'public' ? answerPublic(route, request, reply, deps) : answer(route, request, reply, deps);
  if (route.method === 'GET') scope.get(url, options, handle);
  else scope.post(url, options, handle);
}

type Guarded = Extract<ConsoleRoute, { handle(request: PageRequest): unknown }>;
type Public = Extract<ConsoleRoute, { right: 'public' }>;

/** In this order: who is it, was it sent from our page, may they. Only then the handler runs. */
async function answer(
  route: Exclude<Guarded, Public>,
  request: FastifyRequest,
  reply: FastifyReply,
  deps: ConsoleDeps,
): Promise<FastifyReply> {
  const isPoll = request.headers['hx-request'] !== undefined;
  const session = await sessionOf(request, deps, { touch: !isPoll });
  if (session === null) return askToSignIn(request, reply, isPoll);
  const sessionToken = tokenOf(request) ?? '';
  const csrfToken = deps.desk.csrfTokenOf(sessionToken);
  const { form, upload } = await readSent(request);
  if (route.method === 'POST' && !(isSameOrigin(request, deps.publicUrl) && carriesToken(form, csrfToken))) {
    return sendPage(reply, { ...forbiddenPage('foreign'), session, csrfToken, notice: null, place: null }, 403);
  }
  if (!may(session.staff.role, route.right)) {
    return sendPage(reply, { ...forbiddenPage('role'), session, csrfToken, notice: null, place: null }, 403);
  }
  const params = request.params as Record<string, string>;
  if (Object.values(params).some((value) => value.includes('\0'))) {
    return send(request, reply, deps, { kind: 'not_found' }, session);
  }
  const result = await route.handle({
    ...session,
    deps,
    actor: `staff:${session.staff.id}`,
    param: (name) => params[name] ?? '',
    baseUrl: deps.publicUrl ?? `${isHttps(request, undefined) ? 'https' : 'http'}://${request.host}`,
    here: request.url,
    query: queryOf(request),
    form,
    upload,
    now: deps.clock.now(),
    isPoll,
    format: formatsOf(session.wholesaler),
    may: (right) => may(session.staff.role, right),
    csrfToken,
    sessionToken,
  });
  return send(request, reply, deps, result, session);
}

async function answerPublic(
  route: Public,
  request: FastifyRequest,
  reply: FastifyReply,
  deps: ConsoleDeps,
): Promise<FastifyReply> {
  if (route.method === 'POST' && !isSameOrigin(request, deps.publicUrl)) {
    return sendBare(reply, { ...forbiddenPage('foreign'), notice: null }, 403);
  }
  const asked: PublicRequest = {
    deps,
    query: queryOf(request),
    form: formOf(request),
    now: deps.clock.now(),
    address: request.ip,
    sessionToken: tokenOf(request),
  };
  return send(request, reply, deps, await route.handle(asked), null);
}

async function send(
  request: FastifyRequest,
  reply: FastifyReply,
  deps: ConsoleDeps,
  result: PageAnswer,
  session: Session | null,
): Promise<FastifyReply> {
  switch (result.kind) {
    case 'redirect':
      if (result.session?.kind === 'open') setCookie(request, reply, deps, result.session.token);
      if (result.session?.kind === 'close') reply.clearCookie(COOKIE, { path: PREFIX });
      return reply.redirect(withNotice(result.to, result.notice), 303);
    case 'file':
      return sendFile(request, reply, result);
    case 'unchanged':
      return reply.code(204).send();
    case 'not_found':
      return sendEither(request, reply, deps, { ...notFoundPage(session !== null), place: null }, session, 404);
    case 'page':
      return sendEither(request, reply, deps, result, session, result.status ?? 200);
  }
}

function sendFile(
  request: FastifyRequest,
  reply: FastifyReply,
  { contentType, filename, inline, body }: Extract<PageAnswer, { kind: 'file' }>,
): FastifyReply {
  reply.type(contentType).header('content-disposition', disposition(filename, inline === true));
  if (!Buffer.isBuffer(body)) return reply.send(body);
  reply.header('accept-ranges', 'bytes');
  const range = byteRange(request.headers.range, body.length);
  if (range === null) return reply.send(body);
  if (range === 'beyond') return reply.code(416).header('content-range', `bytes */${body.length}`).send('');
  const { start, end } = range;
  return reply
    .code(206)
    .header('content-range', `bytes ${start}-${end}/${body.length}`)
    .send(body.subarray(start, end + 1));
}

type Shown = Pick<Extract<PageAnswer, { kind: 'page' }>, 'title' | 'body' | 'place' | 'find'>;

function sendEither(
  request: FastifyRequest,
  reply: FastifyReply,
  deps: ConsoleDeps,
  shown: Shown,
  session: Session | null,
  status: number,
): FastifyReply {
  const notice = noticeOf(queryOf(request).get('notice'));
  if (session === null) return sendBare(reply, { ...shown, notice }, status);
  const csrfToken = deps.desk.csrfTokenOf(tokenOf(request) ?? '');
  return sendPage(reply, { ...shown, notice, session, csrfToken }, status);
}

const sendPage = (reply: FastifyReply, shown: Parameters<typeof layout>[0], status: number): FastifyReply =>
  reply.code(status).type('text/html; charset=utf-8').send(layout(shown));

const sendBare = (reply: FastifyReply, shown: Parameters<typeof bareLayout>[0], status: number): FastifyReply =>
  reply.code(status).type('text/html; charset=utf-8').send(bareLayout(shown));

/**
 * Back to where they were, once they are signed in: to the page itself, or to the page whose form was sent too late, where
 * assets/console.js puts what was typed back.
 */
function askToSignIn(request: FastifyRequest, reply: FastifyReply, isPoll: boolean): FastifyReply {
  const from = request.method === 'GET' && !isPoll ? request.url : pageAround(pathOf(request.headers.referer));
  const to = `${PREFIX}/sign-in?next=${encodeURIComponent(safeNext(from))}`;
  if (isPoll) return reply.header('hx-redirect', to).send('');
  return reply.redirect(to, 303);
}

/** A form that had a mistake in it stands at the address that it was sent to, which is no page: the page is above it. */
function pageAround(from: string | null): string | null {
  if (from === null) return null;
  let [path = ''] = from.split('?');
  if (isPage(path)) return from;
  while (path.length > PREFIX.length && !isPage(path)) path = path.slice(0, path.lastIndexOf('/'));
  return path;
}

const PAGES = routes
  .filter(({ method }) => method === 'GET')
  .map(({ path }) => new RegExp(`^${path.replaceAll(/:\w+/g, '[^/]+')}$`));
const isPage = (path: string): boolean => PAGES.some((page) => page.test(path));

function pathOf(referer: string | undefined): string | null {
  if (referer === undefined || !URL.canParse(referer)) return null;
  const { pathname, search } = new URL(referer);
  return `${pathname}${search}`;
}

function sessionOf(request: FastifyRequest, deps: ConsoleDeps, options: { touch: boolean }): Promise<Session | null> {
  const token = tokenOf(request);
  return token === null ? Promise.resolve(null) : deps.desk.sessionOf(token, options);
}

const tokenOf = (request: FastifyRequest): string | null => request.cookies[COOKIE] ?? null;

function setCookie(request: FastifyRequest, reply: FastifyReply, deps: ConsoleDeps, token: string): void {
  reply.setCookie(COOKIE, token, {
    path: PREFIX,
    httpOnly: true,
    sameSite: 'lax',
    secure: isHttps(request, deps.publicUrl),
    maxAge: COOKIE_SECONDS,
  });
}

function queryOf(request: FastifyRequest): URLSearchParams {
  const at = request.url.indexOf('?');
  return withoutZeros(new URLSearchParams(at < 0 ? '' : request.url.slice(at + 1)));
}

function withNotice(to: string, notice: string | undefined): string {
  return notice === undefined ? to : `${to}${to.includes('?') ? '&' : '?'}notice=${notice}`;
}

function disposition(filename: string, inline: boolean): string {
  const plain = filename.replaceAll(/[^A-Za-z0-9._-]/g, '_');
  return `${inline ? 'inline' : 'attachment'}; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(filename)}`;
}
