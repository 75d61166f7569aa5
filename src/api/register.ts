import rateLimit from '@fastify/rate-limit';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { isTransient } from '../db/index.ts';
import { HttpProblem, sendProblem } from '../http/problem.ts';
import { newId } from '../shared/ids.ts';
import { type Caller, findCaller } from './api-keys.ts';
import { readInput } from './read-input.ts';
import { holds } from './rights.ts';
import type { ApiDeps, ApiRoute, Ask, FileAnswer, Outcome } from './route.ts';
import { runOnce, runWrite } from './run-write.ts';
import { shareLookups } from './share-lookups.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Who calls the API, once its key was looked up. */
    apiCaller: Caller | null;
  }
}

export type ApiLimits = {
  /** Requests that one key may make in a minute, in each process of the service. */
  requestsPerMinute: number;
};

/** Room for 500 products or a batch of 100 orders with their lines. */
const BODY_BYTES_MAX = 1024 * 1024;

/** Puts the routes under /api/v1: key, rights, rate limit, input, repeats, answer, for all of them in the same way. */
export async function registerRoutes(
  app: FastifyInstance,
  { routes, deps, limits }: { routes: readonly ApiRoute[]; deps: ApiDeps; limits: ApiLimits },
): Promise<void> {
  app.decorateRequest('apiCaller', null);
  app.setErrorHandler<FastifyError>((error, request, reply) => {
    if (!isTransient(error)) throw error;
    request.log.error({ err: error }, 'the database did not answer');
    return sendProblem(reply, DATABASE_BUSY);
  });
  const find = shareLookups((key) => findCaller(deps.db.statements, key));
  app.addHook('onRequest', async (request) => {
    request.apiCaller = await authenticate(request, find);
  });
  // Its counts are those of this process: the limit keeps one caller from taking the pool that all share, and every
  // process has one of its own. Counting in PostgreSQL would cost each request a write.
  await app.register(rateLimit, {
    max: limits.requestsPerMinute,
    timeWindow: 60_000,
    keyGenerator: (request) => callerOf(request).keyId,
    addHeadersOnExceeding: { 'x-ratelimit-limit': true, 'x-ratelimit-remaining': true, 'x-ratelimit-reset': true },
    errorResponseBuilder: (_request, { ttl }) =>
      new HttpProblem({
        status: 429,
        code: 'TOO_MANY_REQUESTS',
        detail: `This key may make ${limits.requestsPerMinute} requests a minute.`,
        retryAfterSeconds: Math.max(1, Math.ceil(ttl / 1000)),
      }),
  });
  for (const route of routes) {
    app.route({
      method: route.method,
      url: route.path.replace(/\{(\w+)\}/g, ':$1'),
      bodyLimit: route.bodyBytesMax ?? BODY_BYTES_MAX,
      handler: (request, reply) => answer(request, reply, route, deps),
    });
  }
}

const DATABASE_BUSY = {
  status: 503,
  code: 'DATABASE_ERROR',
  detail: 'This did not work just now. Try again: with the same order id or Idempotency-Key nothing is done twice.',
  members: { retryable: true },
  retryAfterSeconds: 1,
};

async function authenticate(request: FastifyRequest, find: (key: string) => Promise<Caller | null>): Promise<Caller> {
  const [, key] = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '') ?? [];
  const caller = key === undefined ? null : await find(key);
  if (caller !== null) return caller;
  const detail =
    key === undefined ? 'Send your API key: Authorization: Bearer KEY' : 'This API key is unknown, wrong or revoked.';
  throw new HttpProblem({ status: 401, code: 'UNAUTHORIZED', detail });
}

function callerOf(request: FastifyRequest): Caller {
  if (request.apiCaller === null) throw new Error('a route was reached without a key');
  return request.apiCaller;
}

async function answer(
  request: FastifyRequest,
  reply: FastifyReply,
  route: ApiRoute,
  deps: ApiDeps,
): Promise<FastifyReply> {
  const caller = callerOf(request);
  refuseWithoutRight(caller, route);
  const input = readInput(route, request);
  const ask = {
    ...input,
    caller,
    deps,
    tx: deps.db.prisma,
    key: `api:${input.key ?? newId()}`,
    isKeyed: input.key !== null,
  } as Ask<z.ZodObject, z.ZodObject, z.ZodType>;
  switch (route.kind) {
    case 'read':
      return send(reply, route, await route.handle(ask));
    case 'once':
      return send(reply, route, await runOnce(route, ask));
    case 'write':
      return send(reply, route, await runWrite(route, ask));
  }
}

function refuseWithoutRight({ rights }: Caller, route: ApiRoute): void {
  if (route.rights.some((right) => holds(rights, right))) return;
  throw new HttpProblem({
    status: 403,
    code: 'FORBIDDEN',
    detail: `This needs a key with the right ${route.rights.join(' or ')}.`,
  });
}

function send(reply: FastifyReply, route: ApiRoute, outcome: Outcome<unknown>): FastifyReply {
  switch (outcome.kind) {
    case 'refused':
      return sendProblem(reply, outcome.problem);
    case 'file':
      return sendFile(reply, outcome.file);
    case 'done': {
      const body = z.encode(route.answer, outcome.body);
      const isReplay = (body as { replayed?: unknown }).replayed === true;
      if (isReplay) reply.header('idempotency-replayed', 'true');
      return reply
        .code(outcome.status ?? (isReplay ? 200 : route.status))
        .type('application/json')
        .send(JSON.stringify(body));
    }
  }
}

function sendFile(reply: FastifyReply, { contentType, filename, body }: FileAnswer): FastifyReply {
  return reply
    .type(contentType)
    .header('content-disposition', `attachment; filename="${filename.replace(/[^\w.-]/g, '_')}"`)
    .send(body);
}
