import { type Clock, systemClock } from '../shared/clock.ts';
import { answerManagement, type ManagedApp } from './fake-management.ts';
import { createDownloads, type Downloads } from './fake-media-download.ts';
import { createMessagesEdge, type ReadMark } from './fake-messages.ts';
import { createNodesEdge } from './fake-nodes.ts';
import { createTemplatesEdge, type TemplatesEdge } from './fake-templates.ts';
import { createUploadsEdge, type UploadedFile } from './fake-uploads.ts';
import { createFaults, type Fault, type Faults } from './faults.ts';
import type { GraphEdge } from './graph-edge.ts';
import { graphError } from './graph-errors.ts';
import { serveEdges } from './graph-server.ts';
import { createPairLimit, createThroughput } from './pair-limit.ts';
import type { Line, Person, StatusName } from './payloads.ts';
import { createSentLog, type SentLog, type SentMessage } from './sent-log.ts';
import { createStatusFaults, type StatusFaults, type StatusMode } from './status-plan.ts';
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
  /** An app and account whose webhooks can be set up; without it the management side answers as if all were well. */
  app?: ManagedApp;
  statusMode?: StatusMode;
  stages?: readonly StatusName[];
  /** Refuses with 131056 when one person gets more than Meta's pair limit allows. */
  enforcePairLimit?: boolean;
  /** Refuses with 130429 when a line gets more messages in a second. */
  throughputPerSecond?: number;
  /** Refuses with 131047 what goes to a person of whom the fake heard nothing (`hears`) for 24 hours by its clock. */
  enforceWindows?: boolean;
  /** Tries per delivery of statuses before it is given up. */
  statusTriesMax?: number;
};

export type FakeGraph = Pick<SentLog, 'sent' | 'sentTo' | 'waitFor' | 'onSent' | 'forget'> & {
  url: string;
  faults: Faults;
  /** Files that people sent. */
  downloads: Pick<Downloads, 'offer' | 'lookups'>;
  statusFaults: StatusFaults;
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
  /** This person (phone or BSUID) writes now; needed where windows are enforced. */
  hears(person: string): void;
  knowPerson(person: Person): void;
  /** Messages of people that were marked as read. */
  reads(): readonly ReadMark[];
  /** The account's templates, and how many more may be made. */
  templates: TemplatesEdge['templates'];
  limitTemplates: TemplatesEdge['limitCreations'];
  /** Files that were uploaded, what goes wrong with uploads, and their end as after 30 days. */
  uploads(): readonly UploadedFile[];
  uploadCalls(): number;
  uploadFaults: Faults;
  expireUploads(): void;
  /** Calls to POST /messages, refused ones and read receipts included. */
  calls(): number;
  stop(): Promise<void>;
};

export type { Fault, SentMessage };

/** Starts a fake Graph API on a free (or the given) port of the loopback interface. */
export async function startFakeGraph(options: FakeGraphOptions): Promise<FakeGraph> {
  const clock = options.clock ?? systemClock;
  const faults = createFaults(options.seed ?? 1);
  const statusFaults = createStatusFaults(options.seed ?? 1);
  const poster = createStatusPoster({ appSecret: options.appSecret, triesMax: options.statusTriesMax });
  const log = createSentLog(options.seed);
  const lineOf = (phoneNumberId: string) => findLine(options.lines, phoneNumberId);
  const uploads = createUploadsEdge({ lineOf, seed: options.seed ?? 1 });
  const templates = createTemplatesEdge({
    hasAccount: (id) =>
      options.lines === undefined ? /^\d+$/.test(id) : options.lines.some(({ wabaId }) => wabaId === id),
  });
  const messages = createMessagesEdge({
    lineOf,
    check: (phoneNumberId, message) => uploads.check(phoneNumberId, message) ?? templates.check(message),
    clock,
    faults,
    log,
    poster,
    pairLimit: options.enforcePairLimit ? createPairLimit() : undefined,
    throughput: options.throughputPerSecond === undefined ? undefined : createThroughput(options.throughputPerSecond),
    enforceWindows: options.enforceWindows ?? false,
    statusFaults,
    statusMode: options.statusMode ?? 'normal',
    stages: options.stages ?? ['sent', 'delivered', 'read'],
  });
  for (const person of options.people ?? []) messages.knowPerson(person);
  poster.setWebhookUrl(options.webhookUrl);

  let url = '';
  const downloads = createDownloads(() => url);
  // In this order. The app's own calls bring tokens of their own; behind `requireToken` come those of a line.
  const server = await serveEdges(
    [
      managementEdge(options.app),
      requireToken(options.token),
      messages.answer,
      downloads.answer,
      uploads.answer,
      templates.answer,
      createNodesEdge({ lineOf }),
    ],
    options,
  );
  url = server.url;

  return {
    url,
    faults,
    downloads,
    statusFaults,
    sent: log.sent,
    sentTo: log.sentTo,
    waitFor: log.waitFor,
    onSent: log.onSent,
    forget: log.forget,
    setWebhookUrl: poster.setWebhookUrl,
    setStatusMode: messages.setStatusMode,
    releaseStatuses: messages.releaseStatuses,
    statusesPosted: poster.idle,
    statusCounts() {
      const counts = poster.counts();
      return { ...counts, waiting: counts.waiting + messages.keptBack() };
    },
    closeWindow: messages.closeWindow,
    openWindow: messages.openWindow,
    hears: messages.hears,
    knowPerson: messages.knowPerson,
    reads: messages.reads,
    templates: templates.templates,
    limitTemplates: templates.limitCreations,
    uploads: uploads.uploads,
    uploadCalls: uploads.calls,
    uploadFaults: uploads.faults,
    expireUploads: uploads.expire,
    calls: messages.calls,
    async stop() {
      messages.stop();
      await poster.stop();
      await server.stop();
    },
  };
}

function managementEdge(app: ManagedApp | undefined): GraphEdge {
  return (call) =>
    app === undefined ? undefined : answerManagement(app, { ...call, body: call.body.toString('utf8') });
}

/** Not an edge of Meta's: refuses what brings no known token, before the edges behind it see the call. */
function requireToken(token: string | readonly string[]): GraphEdge {
  const tokens = new Set(typeof token === 'string' ? [token] : token);
  return ({ bearer }) => (tokens.has(bearer) ? undefined : graphError(190));
}

function findLine(lines: readonly Line[] | undefined, phoneNumberId: string): Line | undefined {
  if (lines !== undefined) return lines.find((line) => line.phoneNumberId === phoneNumberId);
  if (!/^\d+$/.test(phoneNumberId)) return undefined;
  return { phoneNumberId, displayPhoneNumber: '15550000000', wabaId: '100000000000000' };
}
