import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Registry } from 'prom-client';
import type { IncomingEvent, Recorded } from '../inbox/types.ts';
import type { Clock } from '../shared/clock.ts';
import { messageOf } from '../shared/errors.ts';
import type { Logger } from '../shared/logger.ts';
import { NotJsonError, readEnvelope, unreadableDelivery } from './envelope.ts';
import { signatureMatches } from './signature.ts';
import { createTeacher, type Teacher } from './teacher.ts';
import { createWebhookMetrics, type WebhookMetrics } from './webhook-metrics.ts';

export type WebhookDeps = {
  /** Stores the events durably, each once. The delivery is acknowledged only after this has resolved. */
  record(events: IncomingEvent[], delivery: { receivedAt: Date }): Promise<Recorded>;
  /** More than one while a secret is being rotated. */
  appSecrets: readonly string[];
  verifyToken: string;
  clock: Clock;
  logger: Logger;
  registry: Registry;
  path?: string;
  /** Storing that takes longer is answered 503: Meta sends again, and what was stored after all is a repeat then. */
  recordTimeoutMs?: number;
  /** Deliveries stored at the same time; more are sent back at once instead of piling up in memory. */
  inFlightMax?: number;
};

const CHALLENGE_MAX = 1024;
const RETRY_AFTER_SECONDS = '5';

/** Meta's two doors on one path: GET is the handshake of the set-up, POST brings deliveries. */
export async function webhookRoutes(app: FastifyInstance, deps: WebhookDeps): Promise<void> {
  const path = deps.path ?? '/webhooks/whatsapp';
  const metrics = createWebhookMetrics(deps.registry);
  const teacher = createTeacher(deps.logger, deps.clock);

  // Only in this plugin: the signature is checked before anything looks into the bytes, so nothing may parse them.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));

  app.get(path, { exposeHeadRoute: false }, (request, reply) => shakeHands(request, reply, deps.verifyToken, teacher));
  const receive = createReceiver(deps, metrics, teacher);
  app.post(path, async (request, reply) => {
    const stopTimer = metrics.ackSeconds.startTimer();
    const { status, result } = await receive(request);
    metrics.deliveries.inc({ result });
    stopTimer();
    if (status === 503) reply.header('retry-after', RETRY_AFTER_SECONDS);
    return reply.code(status).send();
  });
}

/** Answers Meta's challenge when it brings our verify token. A doubled parameter is an array and is refused. */
function shakeHands(request: FastifyRequest, reply: FastifyReply, verifyToken: string, teacher: Teacher): FastifyReply {
  const query = request.query as Record<string, unknown>;
  const { 'hub.mode': mode, 'hub.verify_token': token, 'hub.challenge': challenge } = query;
  if (mode !== 'subscribe' || typeof token !== 'string' || !sameText(token, verifyToken)) {
    teacher.verifyTokenMismatch();
    return reply.code(403).send();
  }
  if (typeof challenge !== 'string' || challenge === '' || challenge.length > CHALLENGE_MAX) {
    return reply.code(challenge === undefined || typeof challenge === 'string' ? 400 : 403).send();
  }
  // The challenge is somebody else's text on our domain: plain text, and browsers are told not to guess otherwise.
  return reply.header('x-content-type-options', 'nosniff').type('text/plain; charset=utf-8').send(challenge);
}

/** Compares in a time that does not depend on where the texts differ. An unset token matches nothing. */
function sameText(given: string, expected: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(expected)) && expected !== '';
}

type Verdict = {
  status: 200 | 400 | 401 | 503;
  result: 'stored' | 'not_json' | 'bad_signature' | 'not_stored' | 'overloaded';
};

function createReceiver(deps: WebhookDeps, metrics: WebhookMetrics, teacher: Teacher) {
  const inFlightMax = deps.inFlightMax ?? 1_000;
  let inFlight = 0;

  return async function receive(request: FastifyRequest): Promise<Verdict> {
    const bytes = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
    const signature = request.headers['x-hub-signature-256'];
    if (!signatureMatches(bytes, signature, deps.appSecrets)) {
      teacher.signatureMismatch(signature === undefined);
      return { status: 401, result: 'bad_signature' };
    }
    if (inFlight >= inFlightMax) return { status: 503, result: 'overloaded' };
    inFlight += 1;
    try {
      return await store(bytes, request);
    } finally {
      inFlight -= 1;
    }
  };

  async function store(bytes: Buffer, request: FastifyRequest): Promise<Verdict> {
    const receivedAt = deps.clock.now();
    const keep = (events: IncomingEvent[]): Promise<Recorded> =>
      withTimeout(deps.record(events, { receivedAt }), deps.recordTimeoutMs ?? 5_000);
    try {
      const events = readOrNull(bytes, receivedAt);
      if (events === null) {
        if (bytes.length > 0) await keep([unreadableDelivery(bytes, receivedAt)]);
        request.log.warn({ bytes: bytes.length }, 'signed delivery was not JSON');
        return { status: 400, result: 'not_json' };
      }
      const recorded = await keep(events);
      for (const event of events) metrics.events.inc({ kind: event.kind });
      metrics.count(recorded);
      request.log.debug({ events: events.length, ...recorded }, 'delivery stored');
      return { status: 200, result: 'stored' };
    } catch (error) {
      // Whatever the reason, nothing is lost as long as Meta does not see a 200: it delivers again for days.
      request.log.error({ failure: describeFailure(error) }, 'delivery could not be stored');
      return { status: 503, result: 'not_stored' };
    }
  }
}

/** The events of a delivery; null when it is no JSON. */
function readOrNull(bytes: Buffer, receivedAt: Date): IncomingEvent[] | null {
  try {
    return readEnvelope(bytes, receivedAt);
  } catch (error) {
    if (error instanceof NotJsonError) return null;
    throw error;
  }
}

/** Name, code and first line only: the rest of a database error quotes the row, and the row is somebody's message. */
function describeFailure(error: unknown): { name: string; code: unknown; message: string } {
  const name = error instanceof Error ? error.name : 'unknown';
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return { name, code, message: messageOf(error).trim().split('\n', 1)[0]?.slice(0, 200) ?? '' };
}

async function withTimeout<T>(work: Promise<T>, timeoutMs: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`storing took longer than ${timeoutMs} ms`)), timeoutMs);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
