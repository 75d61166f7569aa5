import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { Pool } from 'undici';
import { messageOf, SetupError } from '../shared/errors.ts';
import { signBody } from '../whatsapp/signature.ts';
import { askingMessages } from './asking-messages.ts';
import { type DeliveryFile, type DeliveryGroup, readDeliveryGroups } from './delivery-files.ts';
import { moveTimestamps, newestTimestamp } from './move-timestamps.ts';
import { createRandom } from './random.ts';
import type { ReplySource } from './reply-source.ts';

export type ReplayOptions = {
  /** Payload files, or folders of them (their `deliveries/` if they have one). */
  paths: readonly string[];
  /** The webhook's full address. */
  webhookUrl: string;
  appSecret: string;
  /** Post the bodies with the times they were stored with. */
  keepTimestamps?: boolean;
  /** Post the whole set so many times; the bytes are the same each time, as when Meta repeats a delivery. */
  times?: number;
  /** Post the groups in an order of chance, the same for the same seed. */
  shuffle?: { seed: number };
  /** Groups under way at the same time. The files of one group always are. */
  concurrency?: number;
  /** POSTs per second at most. */
  ratePerSecond?: number;
  /** Where replies are counted, and how long to wait at the end for those that are missing. Left out: not counted. */
  replies?: { source: ReplySource; waitMs: number };
  /** Called after each group was posted. With a concurrency of 1 the next group waits for it. */
  onPosted?: (group: PostedGroup) => Promise<void> | void;
};

export type PostedFile = { path: string; status: number | undefined; problem: string | undefined };
export type PostedGroup = { number: string | undefined; files: PostedFile[]; messageIds: string[] };

export type ReplaySummary = {
  posted: number;
  ok: number;
  failed: number;
  replies: number;
  durationMs: number;
  /** Files whose POST was not answered with 200, the first hundred. */
  failures: PostedFile[];
  /** Messages that ask for an answer and had none in time. */
  unanswered: string[];
};

const FAILURES_SHOWN = 100;
const CONNECTIONS_MAX = 256;
const POST_TIMEOUT_MS = 30_000;
const POLL_MS = 150;
const IDS_PER_QUESTION = 1_000;

/**
 * Signs and posts stored deliveries as Meta would. Each is posted once, whatever comes back: an answer other than 200
 * is a failure to report, not to hide behind a retry. Refuses with a `SetupError` when nothing listens at the address.
 */
export async function replayFolder(options: ReplayOptions): Promise<ReplaySummary> {
  const groups = ordered(prepared(await readDeliveryGroups(options.paths), options), options);
  const startedAt = performance.now();
  const posted = await postAll(groups, options);
  const failures = posted.filter((file) => file.status !== 200);
  const asked = [...new Set(groups.flatMap((group) => group.files.flatMap(({ body }) => askingMessages(body))))];
  const answers = await countReplies(asked, options.replies);
  return {
    posted: posted.length,
    ok: posted.length - failures.length,
    failed: failures.length,
    replies: [...answers.values()].reduce((sum, count) => sum + count, 0),
    durationMs: Math.round(performance.now() - startedAt),
    failures: failures.slice(0, FAILURES_SHOWN),
    unanswered: options.replies === undefined ? [] : asked.filter((id) => !answers.has(id)),
  };
}

/** Moves all times by the same distance, so that the newest of the whole set is now. */
function prepared(groups: DeliveryGroup[], options: ReplayOptions): DeliveryGroup[] {
  if (options.keepTimestamps === true) return groups;
  const newest = newestTimestamp(groups.flatMap((group) => group.files.map((file) => file.body)));
  if (newest === undefined) return groups;
  const bySeconds = Math.floor(Date.now() / 1000) - newest;
  const moved = (file: DeliveryFile): DeliveryFile => ({ ...file, body: moveTimestamps(file.body, bySeconds) });
  return groups.map((group) => ({ ...group, files: group.files.map(moved) }));
}

/** The set as often as asked for; shuffled over all its repetitions, so that a repeat may come before its original. */
function ordered(groups: DeliveryGroup[], { times = 1, shuffle }: ReplayOptions): DeliveryGroup[] {
  const all = Array.from({ length: times }, () => groups).flat();
  if (shuffle === undefined) return all;
  const random = createRandom(shuffle.seed);
  for (let at = all.length - 1; at > 0; at -= 1) {
    const other = Math.floor(random() * (at + 1));
    const [a, b] = [all[at], all[other]];
    if (a !== undefined && b !== undefined) [all[at], all[other]] = [b, a];
  }
  return all;
}

async function postAll(groups: DeliveryGroup[], options: ReplayOptions): Promise<PostedFile[]> {
  const { concurrency = 1 } = options;
  const url = new URL(options.webhookUrl);
  const widest = Math.max(1, ...groups.map((group) => group.files.length));
  const pool = new Pool(url.origin, {
    connections: Math.min(CONNECTIONS_MAX, concurrency * widest),
    pipelining: 1,
    headersTimeout: POST_TIMEOUT_MS,
    bodyTimeout: POST_TIMEOUT_MS,
  });
  const pace = createPace(options.ratePerSecond);
  const results: PostedFile[] = [];
  let next = 0;
  const postGroups = async (): Promise<void> => {
    for (;;) {
      const group = groups[next];
      next += 1;
      if (group === undefined) return;
      await pace(group.files.length);
      const files = await Promise.all(group.files.map((file) => post(pool, url.pathname, file, options.appSecret)));
      if (results.length === 0 && files.every((file) => file.unreachable)) throw notReachable(url);
      results.push(...files);
      const messageIds = group.files.flatMap(({ body }) => askingMessages(body));
      await options.onPosted?.({ number: group.number, files, messageIds });
    }
  };
  try {
    await Promise.all(Array.from({ length: concurrency }, postGroups));
  } finally {
    await pool.destroy();
  }
  return results;
}

async function post(
  pool: Pool,
  path: string,
  file: DeliveryFile,
  appSecret: string,
): Promise<PostedFile & { unreachable: boolean }> {
  try {
    const response = await pool.request({
      path,
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-hub-signature-256': signBody(file.body, appSecret) },
      body: file.body,
    });
    const said = await response.body.text();
    const status = response.statusCode;
    const problem = status === 200 ? undefined : `answered ${status} ${said.slice(0, 200)}`.trim();
    return { path: file.path, status, problem, unreachable: false };
  } catch (error) {
    return { path: file.path, status: undefined, problem: messageOf(error), unreachable: isUnreachable(error) };
  }
}

function isUnreachable(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return ['ECONNREFUSED', 'ENOTFOUND', 'EHOSTUNREACH', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT'].includes(code);
}

function notReachable(url: URL): SetupError {
  return new SetupError(
    `No service answers at ${url.origin}.`,
    'Start it with npm run dev, or say where it is with --url.',
  );
}

/** Spreads POSTs over time: a group of three takes three places, and all of it leaves at the first. */
function createPace(ratePerSecond: number | undefined): (posts: number) => Promise<void> {
  if (ratePerSecond === undefined) return async () => {};
  let freeAt = performance.now();
  return async (posts) => {
    const startAt = Math.max(performance.now(), freeAt);
    freeAt = startAt + (posts * 1000) / ratePerSecond;
    await sleep(startAt - performance.now());
  };
}

async function countReplies(asked: string[], replies: ReplayOptions['replies']): Promise<Map<string, number>> {
  let answers = new Map<string, number>();
  if (replies === undefined) return answers;
  const deadline = performance.now() + replies.waitMs;
  for (;;) {
    const missing = asked.filter((id) => !answers.has(id));
    answers = new Map([...answers, ...(await askFor(missing, replies.source))]);
    const isComplete = asked.every((id) => answers.has(id));
    // A message may have several replies, of which the first was seen: the last look counts them all.
    if (isComplete) return new Map([...answers, ...(await askFor(asked, replies.source))]);
    if (performance.now() >= deadline) return answers;
    await sleep(POLL_MS);
  }
}

/** What is known of these messages. A service that does not answer just now may be starting again: ask it later. */
async function askFor(ids: string[], source: ReplySource): Promise<Map<string, number>> {
  const answers = new Map<string, number>();
  try {
    for (let at = 0; at < ids.length; at += IDS_PER_QUESTION) {
      const found = await source.answered(ids.slice(at, at + IDS_PER_QUESTION));
      for (const [id, count] of found) if (count > 0) answers.set(id, count);
    }
  } catch (error) {
    if (error instanceof SetupError) throw error;
  }
  return answers;
}
