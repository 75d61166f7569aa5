import {
  type FastifyBaseLogger,
  type FastifyError,
  type FastifyInstance,
  type FastifyRequest,
  fastify,
  LogController,
} from 'fastify';
import { ServiceError } from '../shared/errors.ts';
import type { Logger } from '../shared/logger.ts';
import { HttpProblem, type Problem, sendProblem } from './problem.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** The JSON body's bytes exactly as they came; undefined for requests without one. */
    rawBody: Buffer | undefined;
  }
}

type HttpServerOptions = {
  logger: Logger;
  /** Meta's deliveries reach 3 MB; a little above is allowed. */
  bodyLimitBytes?: number;
  /** Longest time a client may take to send a whole request. */
  requestTimeoutMs?: number;
  /** Longest silence on a connection while a request is under way. */
  connectionTimeoutMs?: number;
  connectionsMax?: number;
};

/**
 * The Fastify instance that carries every route: bounded in size, time and connections, with security headers on each
 * answer and one error handler. Routes are registered by the features; `stopHttpServer` ends it.
 */
export function createHttpServer(options: HttpServerOptions): FastifyInstance {
  const app = fastify({
    loggerInstance: options.logger as FastifyBaseLogger,
    // Fastify's own request log writes URLs with their query, and the handshake's query holds the verify token.
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: options.bodyLimitBytes ?? 4 * 1024 * 1024,
    requestTimeout: options.requestTimeoutMs ?? 15_000,
    connectionTimeout: options.connectionTimeoutMs ?? 30_000,
    keepAliveTimeout: 65_000,
    // Client addresses are only logged. X-Forwarded-For is anybody's claim until a deployment says who may make it.
    trustProxy: false,
    routerOptions: { maxParamLength: 512 },
    http: { headersTimeout: 10_000, maxHeaderSize: 16 * 1024 },
  });
  app.server.maxConnections = options.connectionsMax ?? 10_000;
  keepRawBodies(app);
  addSecurityHeaders(app);
  logRequests(app);
  app.setErrorHandler<FastifyError>((error, request, reply) => sendProblem(reply, problemOf(error, request)));
  app.setNotFoundHandler((_request, reply) =>
    sendProblem(reply, { status: 404, code: 'NOT_FOUND', detail: 'There is nothing at this address.' }),
  );
  return app;
}

/** Stops accepting, lets running requests end, and after `graceMs` cuts the connections that are left. */
export async function stopHttpServer(app: FastifyInstance, graceMs = 10_000): Promise<void> {
  const cut = setTimeout(() => app.server.closeAllConnections(), graceMs);
  try {
    await app.close();
  } finally {
    clearTimeout(cut);
  }
}

/** JSON is parsed from a buffer that stays with the request, because signatures and fingerprints need its bytes. */
function keepRawBodies(app: FastifyInstance): void {
  app.decorateRequest('rawBody', undefined);
  const parse = app.getDefaultJsonParser('error', 'error');
  // Nothing of ours reads plain text, which Fastify would take as well.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body, done) => {
    const bytes = Buffer.isBuffer(body) ? body : Buffer.from(body);
    request.rawBody = bytes;
    parse(request, bytes.toString('utf8'), done);
  });
}

function addSecurityHeaders(app: FastifyInstance): void {
  // Set first, so that pages which need scripts or styles can replace the policy with one of their own.
  app.addHook('onRequest', async (_request, reply) => {
    reply.headers({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
    });
  });
}

function logRequests(app: FastifyInstance): void {
  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'unknown';
    const level = route.startsWith('/health') || route === '/metrics' ? 'debug' : 'info';
    const durationMs = Math.round(reply.elapsedTime * 10) / 10;
    // The route pattern and not the path: ids in paths can be phone numbers.
    request.log[level]({ method: request.method, route, status: reply.statusCode, durationMs }, 'request answered');
  });
}

const CODES: Record<number, string> = {
  400: 'BAD_REQUEST',
  401: 'UNAUTHORIZED',
  403: 'FORBIDDEN',
  404: 'NOT_FOUND',
  408: 'REQUEST_TIMEOUT',
  413: 'BODY_TOO_LARGE',
  415: 'UNSUPPORTED_MEDIA_TYPE',
  429: 'TOO_MANY_REQUESTS',
};

/** What an outsider may know about an error. Everything else goes to the log. */
function problemOf(error: FastifyError | ServiceError, request: FastifyRequest): Problem {
  if (error instanceof HttpProblem) return logged(error.problem, error, request);
  if (error instanceof ServiceError) {
    const { code, retryable } = error;
    const problem: Problem = retryable
      ? { status: 503, code, detail: 'This did not work just now. Try again.', retryAfterSeconds: 1 }
      : { status: 500, code, detail: 'Something went wrong on our side.' };
    return logged(problem, error, request);
  }
  const status = error.statusCode;
  // Only Fastify's own errors speak of the request alone; any other message may carry internals.
  if (status !== undefined && status >= 400 && status < 500 && error.code?.startsWith('FST_')) {
    return { status, code: CODES[status] ?? 'BAD_REQUEST', detail: error.message };
  }
  if (status === 503 && error.code?.startsWith('FST_')) {
    return { status, code: 'UNAVAILABLE', detail: 'The service is stopping.', retryAfterSeconds: 5 };
  }
  return logged({ status: 500, code: 'INTERNAL_ERROR', detail: 'Something went wrong on our side.' }, error, request);
}

function logged(problem: Problem, error: Error, request: FastifyRequest): Problem {
  const hint = error instanceof ServiceError ? error.hint : undefined;
  if (problem.status >= 500) request.log.error({ err: error, code: problem.code, hint }, 'request failed');
  return problem;
}

export type { FastifyInstance };
