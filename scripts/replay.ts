import { parseArgs } from 'node:util';
import { readConfig } from '../src/config.ts';
import { createDatabase } from '../src/db/index.ts';
import { mustExist } from '../src/shared/assert.ts';
import { messageOf, SetupError } from '../src/shared/errors.ts';
import { runCommand } from '../src/shared/run-command.ts';
import { type ReplayOptions, type ReplaySummary, replayFolder } from '../src/simulator/replay.ts';
import { databaseReplySource, httpReplySource, type ReplySource } from '../src/simulator/reply-source.ts';
import { runWhatIf } from './replay/what-if.ts';

const USAGE = `Usage: npm run replay -- PATH... [options]
  --url URL               the service, or its whole webhook address (default: this machine, PORT)
  --keep-timestamps       post the times as they are stored, instead of moving the newest to now
  --times N               post the whole set N times
  --shuffle, --seed N     post in an order of chance, the same for the same seed
  --concurrency N         groups under way at the same time (default 1)
  --rate N                POSTs per second at most
  --wait-replies SECONDS  how long a message that asks for an answer may wait for it, else exit 1
                          (default 30 where the service tells, as demo and dev do; 0: do not ask)
  --json                  a last line {"posted","ok","failed","replies","durationMs"}

   or: npm run replay -- --what-if [FROM [TO]] [options]
  decides stored events again with today's code, on the state, goods, prices and ledger figures of then, and prints what
  would be different; exit 1 when anything would. Nothing is written. FROM and TO: 2026-12-01, 2026-12-01T09:30 (the
  wholesaler's clock), 2026-12-01T09:30Z, today, yesterday; days count whole.
  --conversation L/P      one chat: line (number or phone number id) and person (phone or BSUID)
  --wholesaler ID         one wholesaler
  --texts FILE            with these texts in the place of ours: {"en": {"placing": {"placed": "..."}}}
  --json                  a line per event that would differ, and a last one {"events","same","different","skipped","durationMs"}`;

const WAIT_SECONDS = 30;

await runCommand(async () => {
  const given = parsed();
  return given.values['what-if'] === true ? runWhatIf(whatIfArguments(given)) : replay(readArguments(given));
});

async function replay({ options, waitSeconds, json }: Arguments): Promise<number> {
  const summary = await withReplySource(options.webhookUrl, waitSeconds, (source) => {
    const waitMs = (waitSeconds ?? WAIT_SECONDS) * 1000;
    return replayFolder({ ...options, replies: source === undefined ? undefined : { source, waitMs } });
  });
  for (const line of report(summary)) process.stdout.write(`${line}\n`);
  const { posted, ok, failed, replies, durationMs } = summary;
  if (json) process.stdout.write(`${JSON.stringify({ posted, ok, failed, replies, durationMs })}\n`);
  return failed > 0 || summary.unanswered.length > 0 ? 1 : 0;
}

type Given = ReturnType<typeof parsed>;

function whatIfArguments({ values, positionals: [from, to, ...more] }: Given) {
  if (more.length > 0) throw new SetupError(`${more[0]} is one time too many.`, USAGE);
  const { conversation, wholesaler, texts } = values;
  return { from, to, conversation, wholesaler, texts, json: values.json === true };
}

type Arguments = { options: ReplayOptions; waitSeconds: number | undefined; json: boolean };

function readArguments({ values, positionals }: Given): Arguments {
  if (positionals.length === 0) throw new SetupError('Name at least one payload file or folder.', USAGE);
  const config = readConfig('command');
  const url = values.url ?? `http://127.0.0.1:${config.port}`;
  return {
    options: {
      paths: positionals,
      webhookUrl: webhookUrl(url),
      appSecret: mustExist(config.appSecrets[0], 'an app secret'),
      keepTimestamps: values['keep-timestamps'] === true,
      times: numberOf('times', values.times, { whole: true }),
      shuffle:
        values.shuffle === true ? { seed: numberOf('seed', values.seed, { whole: true, min: 0 }) ?? 1 } : undefined,
      concurrency: numberOf('concurrency', values.concurrency, { whole: true }),
      ratePerSecond: numberOf('rate', values.rate),
    },
    waitSeconds: numberOf('wait-replies', values['wait-replies'], { min: 0 }),
    json: values.json === true,
  };
}

function parsed() {
  try {
    return parseArgs({
      options: {
        url: { type: 'string' },
        'keep-timestamps': { type: 'boolean' },
        times: { type: 'string' },
        shuffle: { type: 'boolean' },
        seed: { type: 'string' },
        concurrency: { type: 'string' },
        rate: { type: 'string' },
        'wait-replies': { type: 'string' },
        'what-if': { type: 'boolean' },
        conversation: { type: 'string' },
        wholesaler: { type: 'string' },
        texts: { type: 'string' },
        json: { type: 'boolean' },
      },
      allowPositionals: true,
    });
  } catch (error) {
    throw new SetupError(messageOf(error), USAGE, error);
  }
}

/** A bare origin stands for the webhook there; an address with a path is taken as it is. */
function webhookUrl(given: string): string {
  if (!URL.canParse(given)) throw new SetupError(`--url ${given} is not an address.`, USAGE);
  const url = new URL(given);
  if (url.pathname === '/') url.pathname = '/webhooks/whatsapp';
  return url.href;
}

function numberOf(
  name: string,
  given: string | undefined,
  { whole = false, min }: { whole?: boolean; min?: number } = {},
): number | undefined {
  if (given === undefined) return undefined;
  const value = given.trim() === '' ? Number.NaN : Number(given);
  const isLowEnough = min === undefined ? value > 0 : value >= min;
  if (!Number.isFinite(value) || !isLowEnough || (whole && !Number.isSafeInteger(value))) {
    throw new SetupError(
      `--${name} ${given} is not a ${whole ? 'whole ' : ''}number from ${min ?? (whole ? 1 : 'above 0')}.`,
      USAGE,
    );
  }
  return value;
}

/**
 * Demo and dev tell themselves which messages they answered. A service in production has no such door, so then its
 * database is asked, where DATABASE_URL names it.
 */
async function withReplySource(
  webhook: string,
  waitSeconds: number | undefined,
  work: (source: ReplySource | undefined) => Promise<ReplaySummary>,
): Promise<ReplaySummary> {
  if (waitSeconds === 0) return work(undefined);
  const http = httpReplySource(new URL(webhook).origin);
  const tells = await http.answered([]).then(
    () => true,
    () => false,
  );
  if (tells) return work(http);
  // Nobody asked for the answers, so a service that does not tell need not be asked by other ways.
  if (waitSeconds === undefined) return work(undefined);
  const { databaseUrl } = readConfig('command');
  if (databaseUrl === undefined) return work(http);
  const database = await createDatabase({ url: databaseUrl, poolMax: 1, applicationName: 'orderlock replay' });
  try {
    return await work(databaseReplySource(database.prisma));
  } finally {
    await database.stop();
  }
}

function report({ posted, ok, failed, replies, durationMs, failures, unanswered }: ReplaySummary): string[] {
  return [
    ...failures.map(({ path, problem }) => `${path}: ${problem}`),
    ...(failed > failures.length ? [`... and ${failed - failures.length} more failed`] : []),
    ...unanswered.slice(0, 20).map((id) => `no answer to ${id}`),
    ...(unanswered.length > 20 ? [`... and ${unanswered.length - 20} more without an answer`] : []),
    `${posted} posted, ${ok} ok, ${failed} failed, ${replies} replies, ${durationMs} ms`,
  ];
}
