import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Clock, systemClock } from '../shared/clock.ts';
import { createFaults, type Fault, type Faults } from './faults.ts';
import { type GraphAnswer, graphError } from './graph-errors.ts';
import { checkBody, type GraphMessage } from './message-rules.ts';
import { createPairLimit } from './pair-limit.ts';
import type { Line, Person, StatusName } from './payloads.ts';
import { createSentLog, type SentLog, type SentMessage } from './sent-log.ts';
import { planStatuses, type StatusMode } from './status-plan.ts';
import { createStatusPoster } from './status-poster.ts';

// A Graph API over real HTTP that checks like Meta, remembers what was sent, reports statuses through the signed
// webhook and fails on demand. Demo, development, tests and benchmarks talk to it; production code cannot see it.

export type FakeGraphOptions = {
  appSecret: string;
  /** The access token, or the tokens, that calls have to bring. */
  token: string | readonly string[];
  /** 0 or missing: any free port. */
  port?: number;
  host?: string;
  /** Where statuses go; can be set later with `setWebhookUrl`. Without it none are posted. */
  webhookUrl?: string;
  /** Known numbers of the business; when given, any other number is refused as Meta refuses it. */
  lines?: readonly Line[];
  /** People whose phone and BSUID are both known to Meta, so that statuses name both. */
  people?: readonly Person[];
  /** For the dice of `faults.rate` and the ids. */
  seed?: number;
  clock?: Clock;
  statusMode?: StatusMode;
  stages?: readonly StatusName[];
  /** Refuses with 131056 when one person gets more than Meta's pair limit allows. */
  enforcePairLimit?: boolean;
};

export type FakeGraph = Pick<SentLog, 'sent' | 'sentTo' | 'waitFor' | 'onSent' | 'forget'> & {
  url: string;
  faults: Faults;
  setWebhookUrl(url: string | undefined): void;
  setStatusMode(mode: StatusMode): void;
  /** Posts the statuses that mode `late` kept back. */
  releaseStatuses(): void;
  /** Resolves when every status was posted or given up. */
  statusesPosted(): Promise<void>;
  /** Statuses accepted by the webhook, given up, and still waiting. */
  statusCounts(): { posted: number; lost: number; waiting: number };
  /** From now on this person (phone or BSUID) has not written for 24 hours: 131047. */
  closeWindow(person: string): void;
  openWindow(person: string): void;
  knowPerson(person: Person): void;
  /** Messages of people that were marked as read. */
  reads(): readonly ReadMark[];
  /** Calls to POST /messages, refused ones and read receipts included. */
  calls(): number;
  stop(): Promise<void>;
};
type ReadMark = { phoneNumberId: string; wamid: string; typing: boolean };

export type { Fault, SentMessage };

type Call = { phoneNumberId: string; message: GraphMessage };

const PATH = /^\/(v\d{1,2}\.\d)\/([^/?]+)(?:\/([a-z_]+))?(?:\?|$)/;
const BODY_MAX_BYTES = 1024 * 1024;
const READS_MAX = 100_000;

/** Starts a fake Graph API on a free (or the given) port of the loopback interface. */
export async function startFakeGraph(options: FakeGraphOptions): Promise<FakeGraph> {
  const clock = options.clock ?? systemClock;
  const tokens = new Set(typeof options.token === 'string' ? [options.token] : options.token);
  const faults = createFaults(options.seed ?? 1);
  const poster = createStatusPoster({ appSecret: options.appSecret });
  const log = createSentLog(options.seed);
  const pairLimit = options.enforcePairLimit ? createPairLimit() : undefined;
  const people = new Map<string, Person>();
  const closedWindows = new Set<string>();
  const reads: ReadMark[] = [];
  let statusMode = options.statusMode ?? 'normal';
  let held: ReturnType<typeof planStatuses> = [];
  let calls = 0;

  const knowPerson = (person: Person) => {
    if (person.phone !== undefined) people.set(person.phone, person);
    if (person.bsuid !== undefined) people.set(person.bsuid, person);
  };
  for (const person of options.people ?? []) knowPerson(person);
  poster.setWebhookUrl(options.webhookUrl);

  const server = createServer((request, response) => {
    handle(request, response).catch((error) => {
      // A bug of the fake itself must not look like one of the planned faults.
      if (!response.headersSent) respond(response, { status: 500, body: { fakeGraphBug: String(error) } });
    });
  });

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [, , id = '', edge] = PATH.exec(request.url ?? '') ?? [];
    const body = await readBody(request);
    if (id === '' || body === undefined) return respond(response, graphError(2500));
    if (!isAuthorized(request.headers.authorization)) return respond(response, graphError(190));
    if (request.method === 'GET') return respond(response, describeNode(id, edge));
    if (request.method !== 'POST' || edge !== 'messages') return respond(response, graphError(2500));
    calls += 1;
    await handleMessages(decodeURIComponent(id), request.headers['content-type'], body, response);
  }

  async function handleMessages(
    phoneNumberId: string,
    contentType: string | undefined,
    body: string,
    response: ServerResponse,
  ): Promise<void> {
    if (lineOf(phoneNumberId) === undefined) return respond(response, unknownLine(phoneNumberId));
    if (!contentType?.startsWith('application/json')) {
      return respond(response, graphError(100, { details: 'The body has to be application/json' }));
    }
    const checked = checkBody(parseJson(body));
    if (checked.kind === 'refused') return respond(response, checked.answer);
    if (checked.kind === 'read') {
      if (reads.length < READS_MAX) reads.push({ phoneNumberId, wamid: checked.wamid, typing: checked.typing });
      return respond(response, { status: 200, body: { success: true } });
    }
    await answerWithFault({ phoneNumberId, message: checked.message }, faults.take(), response);
  }

  async function answerWithFault(call: Call, fault: Fault | undefined, response: ServerResponse): Promise<void> {
    switch (fault?.kind) {
      case 'error':
        return respond(response, graphError(fault.code, fault));
      case 'http':
        return respondBare(response, fault);
      case 'reset':
        return cut(response);
      case 'hang':
        return;
      case 'delay':
        await new Promise((resolve) => setTimeout(resolve, fault.ms));
        return respond(response, accept(call));
    }
    const answer = accept(call, fault?.kind === 'accept_then_fail' ? fault.code : undefined);
    // A refusal stays a refusal: faults that lose the answer need a message that was accepted.
    if (answer.status !== 200) return respond(response, answer);
    switch (fault?.kind) {
      case 'accept_then_cut':
        return cut(response);
      case 'accept_then_truncate':
        response.writeHead(200, { 'content-type': 'application/json', 'content-length': '200' });
        response.write('{"messaging_product":"whatsapp","contacts"', () => cut(response));
        return;
      case 'accept_then_hang':
        return;
      case 'accept_then_garble':
        response.writeHead(200, { 'content-type': 'application/json' });
        response.end('{"messaging_product":"whatsapp","mess');
        return;
    }
    respond(response, answer);
  }

  function accept({ phoneNumberId, message }: Call, failsWith?: number): GraphAnswer {
    const input = message.to?.replace(/^\+/, '') ?? message.recipient ?? '';
    const person = people.get(input) ?? (message.to === undefined ? { bsuid: input } : { phone: input });
    const at = clock.now();
    const line = lineOf(phoneNumberId);
    if (line === undefined) return unknownLine(phoneNumberId);
    if (isWindowClosed(person) && message.type !== 'template') return graphError(131047);
    if (pairLimit?.allows(`${phoneNumberId}/${input}`, at) === false) return graphError(131056);
    const sent = log.add({ phoneNumberId, message, at });
    const progress = { line, person, wamid: sent.wamid, outboxId: sent.outboxId, at, failsWith };
    const planned = planStatuses(progress, statusMode, options.stages ?? ['sent', 'delivered', 'read']);
    if (statusMode === 'late') held.push(...planned);
    // Statuses may overtake the answer of the call they belong to, as they do at Meta.
    else poster.add(planned);
    const contact = message.to === undefined ? { input, user_id: input } : { input: message.to, wa_id: input };
    const messages = [{ id: sent.wamid, message_status: 'accepted' }];
    return { status: 200, body: { messaging_product: 'whatsapp', contacts: [contact], messages } };
  }

  const isWindowClosed = ({ phone, bsuid }: Person) => closedWindows.has(phone ?? '') || closedWindows.has(bsuid ?? '');

  function isAuthorized(header: string | undefined): boolean {
    return header?.startsWith('Bearer ') === true && tokens.has(header.slice('Bearer '.length));
  }

  function lineOf(phoneNumberId: string): Line | undefined {
    if (options.lines !== undefined) return options.lines.find((line) => line.phoneNumberId === phoneNumberId);
    if (!/^\d+$/.test(phoneNumberId)) return undefined;
    return { phoneNumberId, displayPhoneNumber: '15550000000', wabaId: '100000000000000' };
  }

  /** Just enough of the read side for a check of token, line and subscription. */
  function describeNode(id: string, edge: string | undefined): GraphAnswer {
    if (edge === 'subscribed_apps') {
      return { status: 200, body: { data: [{ whatsapp_business_api_data: { id: '1', name: 'orderlock' } }] } };
    }
    const line = edge === undefined ? lineOf(id) : undefined;
    if (line === undefined) return unknownLine(id);
    const { phoneNumberId, displayPhoneNumber } = line;
    return {
      status: 200,
      body: { id: phoneNumberId, display_phone_number: displayPhoneNumber, quality_rating: 'GREEN' },
    };
  }

  const { port = 0, host = '127.0.0.1' } = options;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  const address = server.address() as AddressInfo;

  return {
    url: `http://${host}:${address.port}`,
    faults,
    sent: log.sent,
    sentTo: log.sentTo,
    waitFor: log.waitFor,
    onSent: log.onSent,
    forget: log.forget,
    setWebhookUrl: poster.setWebhookUrl,
    setStatusMode(mode) {
      statusMode = mode;
    },
    releaseStatuses() {
      poster.add(held);
      held = [];
    },
    statusesPosted: poster.idle,
    statusCounts: poster.counts,
    closeWindow: (person) => void closedWindows.add(person),
    openWindow: (person) => void closedWindows.delete(person),
    knowPerson,
    reads: () => reads,
    calls: () => calls,
    async stop() {
      await poster.stop();
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

async function readBody(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > BODY_MAX_BYTES) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function respond(response: ServerResponse, answer: GraphAnswer): void {
  const text = JSON.stringify(answer.body);
  response.writeHead(answer.status, {
    'content-type': 'application/json; charset=UTF-8',
    'content-length': Buffer.byteLength(text),
    ...(answer.retryAfterSeconds === undefined ? {} : { 'retry-after': String(answer.retryAfterSeconds) }),
  });
  response.end(text);
}

function respondBare(response: ServerResponse, fault: Extract<Fault, { kind: 'http' }>): void {
  response.writeHead(fault.status, {
    'content-type': 'text/html',
    ...(fault.retryAfterSeconds === undefined ? {} : { 'retry-after': String(fault.retryAfterSeconds) }),
  });
  response.end(fault.body === 'empty' ? '' : `<html><body><h1>${fault.status}</h1></body></html>`);
}

/** A TCP reset, which the caller cannot mistake for an orderly end. */
function cut(response: ServerResponse): void {
  response.socket?.resetAndDestroy();
}

function unknownLine(id: string): GraphAnswer {
  return graphError(100, { subcode: 33, details: `Object with ID '${id}' does not exist or cannot be loaded` });
}
