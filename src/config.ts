import { resolve } from 'node:path';
import { config as readDotenv } from 'dotenv';
import { z } from 'zod';
import { SetupError } from './shared/errors.ts';

/**
 * Which command reads the settings. `production` insists on real secrets and a database of its own, `tunnel` on all that
 * a real phone needs; the others need nothing.
 */
export type Mode = 'production' | 'tunnel' | 'development' | 'command';

const wholeNumber = (min: number, max: number) => {
  const error = `must be a whole number from ${min} to ${max}`;
  return z.coerce.number({ error }).int({ error }).min(min, { error }).max(max, { error });
};
const port = wholeNumber(0, 65_535);
const positive = wholeNumber(1, 2_000_000_000);
const postgresUrl = z
  .string()
  .regex(/^postgres(ql)?:\/\//, 'must be a PostgreSQL address: postgresql://user:password@host:5432/database');
const digits = z.string().regex(/^\d+$/, 'must be digits');
const httpUrl = z.url({ protocol: /^https?$/, error: 'must be an http or https address' });

const settingsSchema = z.object({
  DATABASE_URL: postgresUrl.optional(),
  DATABASE_OWNER_URL: postgresUrl.optional(),
  DATABASE_DIRECT_URL: postgresUrl.optional(),
  DATA_DIR: z.string().default('.data'),
  HOST: z.string().default('127.0.0.1'),
  PORT: port.default(3000),
  PUBLIC_URL: httpUrl.optional(),
  LOG_LEVEL: z.enum(['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace']).default('info'),
  LOG_PRETTY: z.stringbool().optional(),
  SESSION_SECRET: z.string().min(32, 'must be at least 32 characters: openssl rand -hex 32').optional(),
  WHATSAPP_APP_SECRET: z
    .string()
    .regex(/[^\s,]/, 'must hold a secret, or several between commas')
    .optional(),
  WHATSAPP_VERIFY_TOKEN: z.string().min(1).optional(),
  WHATSAPP_ACCESS_TOKEN: z.string().min(1).optional(),
  WHATSAPP_GRAPH_URL: httpUrl.optional(),
  WHATSAPP_GRAPH_VERSION: z
    .string()
    .regex(/^v\d+\.\d+$/, 'must look like v26.0')
    .default('v26.0'),
  WHATSAPP_PHONE_NUMBER_ID: digits.optional(),
  WHATSAPP_APP_ID: digits.optional(),
  WHATSAPP_BUSINESS_ACCOUNT_ID: digits.optional(),
  NGROK_AUTHTOKEN: z.string().optional(),
  NGROK_DOMAIN: z
    .string()
    .regex(/^[a-z0-9.-]+$/i, 'must be a host name: shop.ngrok.app')
    .optional(),
  OUTBOX_EVIDENCE_WAIT_MS: positive.default(120_000),
  MEDIA_KEEP_DAYS: wholeNumber(0, 3_650).default(30),
  OUTBOX_LINE_RATE: wholeNumber(1, 10_000).default(80),
  LEDGER_PROOF_HOURS: wholeNumber(0, 8_760).default(6),
  POOL_WEB: positive.default(4),
  POOL_WORKERS: positive.default(10),
  POOL_OUTBOX: positive.default(4),
  POOL_API: positive.default(8),
  API_REQUESTS_PER_MINUTE: positive.default(30_000),
});

type Settings = z.infer<typeof settingsSchema>;

/** Where Meta answers. */
export const REAL_GRAPH_URL = 'https://graph.facebook.com';

/** What a setting must be when it is missing where it is needed, in words for `missing or wrong` lists. */
const NEEDED: Record<Mode, Partial<Record<keyof Settings, string>>> = {
  production: {
    DATABASE_URL: 'the PostgreSQL to work on: postgresql://user:password@host:5432/database',
    SESSION_SECRET: 'at least 32 random characters: openssl rand -hex 32',
    WHATSAPP_APP_SECRET: 'the app secret: App settings > Basic in the Meta dashboard',
    WHATSAPP_VERIFY_TOKEN: 'the word you also enter as Verify token in the Meta dashboard',
    WHATSAPP_ACCESS_TOKEN: 'a system-user token with whatsapp_business_messaging',
  },
  tunnel: {
    WHATSAPP_APP_ID: 'the number of your app: App settings > Basic in the Meta dashboard',
    WHATSAPP_APP_SECRET: 'the app secret: App settings > Basic in the Meta dashboard',
    WHATSAPP_ACCESS_TOKEN: 'a token with whatsapp_business_messaging and whatsapp_business_management',
    WHATSAPP_PHONE_NUMBER_ID: 'Phone number ID: WhatsApp > API Setup in the Meta dashboard',
    WHATSAPP_BUSINESS_ACCOUNT_ID: 'WhatsApp Business Account ID: WhatsApp > API Setup in the Meta dashboard',
  },
  development: {},
  command: {},
};

export type Config = Readonly<{
  mode: Mode;
  databaseUrl: string | undefined;
  databaseOwnerUrl: string | undefined;
  databaseDirectUrl: string | undefined;
  dataDir: string;
  host: string;
  port: number;
  /** Where people reach the service, past proxies; undefined where only it knows its own address. */
  publicUrl: string | undefined;
  logLevel: Settings['LOG_LEVEL'];
  logPretty: boolean;
  /** Never a default in production, which refuses to start without its own. */
  sessionSecret: string;
  appSecrets: readonly string[];
  verifyToken: string;
  graphUrl: string | undefined;
  graphVersion: string;
  phoneNumberId: string | undefined;
  appId: string | undefined;
  businessAccountId: string | undefined;
  ngrok: Readonly<{ authtoken: string | undefined; domain: string | undefined }>;
  /** Settings that were really given, by name; the others show their defaults. */
  isGiven: (name: string) => boolean;
  evidenceWaitMs: number;
  /** Messages per second that Meta lets one line send. */
  outboxLineRate: number;
  /** How long photos, documents and voice notes of shops are kept for staff; 0: they are not fetched. */
  mediaKeepDays: number;
  /** How often the ledger is proved by a timer; 0: never. */
  ledgerProofEveryMs: number;
  /** Requests that one API key may make in a minute, in each process. */
  apiRequestsPerMinute: number;
  pools: Readonly<{ web: number; workers: number; outbox: number; api: number }>;
  /** The access token that a line's `token_ref` names; undefined when that setting is empty. */
  accessToken: (tokenRef: string) => string | undefined;
}>;

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads the environment, and `.env` where the environment says nothing, into one frozen object. Throws one
 * `SetupError` that lists everything missing or wrong at once.
 */
export function readConfig(mode: Mode, environment: Environment = environmentWithDotenv()): Config {
  const given = Object.fromEntries(
    Object.keys(settingsSchema.shape)
      .map((name) => [name, environment[name]?.trim()] as const)
      .filter(([, value]) => value !== undefined && value !== ''),
  );
  const read = settingsSchema.safeParse(given);
  const problems = read.success ? [] : read.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  for (const [name, what] of Object.entries(NEEDED[mode])) {
    if (given[name] === undefined) problems.push(`${name} is missing: ${what}`);
  }
  if (problems.length > 0 || !read.success) {
    throw new SetupError(
      `Settings are missing or wrong:\n${problems.map((problem) => `  ${problem}`).join('\n')}`,
      'Set them in the environment or in .env; .env.example explains each.',
    );
  }
  return freeze(mode, read.data, { environment, given });
}

type Sources = { environment: Environment; given: Readonly<Record<string, string | undefined>> };

function freeze(mode: Mode, settings: Settings, { environment, given }: Sources): Config {
  const real = mode === 'production' || mode === 'tunnel';
  const appSecrets = (settings.WHATSAPP_APP_SECRET ?? 'dev-app-secret')
    .split(',')
    .map((secret) => secret.trim())
    .filter((secret) => secret !== '');
  return Object.freeze({
    mode,
    databaseUrl: settings.DATABASE_URL,
    databaseOwnerUrl: settings.DATABASE_OWNER_URL,
    databaseDirectUrl: settings.DATABASE_DIRECT_URL,
    dataDir: resolve(settings.DATA_DIR),
    host: settings.HOST,
    port: settings.PORT,
    publicUrl: settings.PUBLIC_URL?.replace(/\/+$/, ''),
    logLevel: settings.LOG_LEVEL,
    logPretty: settings.LOG_PRETTY ?? (mode !== 'production' && process.stdout.isTTY === true),
    sessionSecret: settings.SESSION_SECRET ?? 'dev-session-secret-that-guards-nothing-real',
    appSecrets: Object.freeze(appSecrets),
    verifyToken: settings.WHATSAPP_VERIFY_TOKEN ?? 'dev-verify-token',
    graphUrl: settings.WHATSAPP_GRAPH_URL ?? (real ? REAL_GRAPH_URL : undefined),
    graphVersion: settings.WHATSAPP_GRAPH_VERSION,
    phoneNumberId: settings.WHATSAPP_PHONE_NUMBER_ID,
    appId: settings.WHATSAPP_APP_ID,
    businessAccountId: settings.WHATSAPP_BUSINESS_ACCOUNT_ID,
    ngrok: Object.freeze({ authtoken: settings.NGROK_AUTHTOKEN, domain: settings.NGROK_DOMAIN }),
    isGiven: (name: string) => given[name] !== undefined,
    evidenceWaitMs: settings.OUTBOX_EVIDENCE_WAIT_MS,
    outboxLineRate: settings.OUTBOX_LINE_RATE,
    mediaKeepDays: settings.MEDIA_KEEP_DAYS,
    ledgerProofEveryMs: settings.LEDGER_PROOF_HOURS * 3_600_000,
    apiRequestsPerMinute: settings.API_REQUESTS_PER_MINUTE,
    pools: Object.freeze({
      web: settings.POOL_WEB,
      workers: settings.POOL_WORKERS,
      outbox: settings.POOL_OUTBOX,
      api: settings.POOL_API,
    }),
    accessToken: (tokenRef: string) => {
      // A line names its setting, so only names of that kind may be read: never DATABASE_URL by way of a line.
      if (!/^WHATSAPP_ACCESS_TOKEN(_[A-Z0-9_]+)?$/.test(tokenRef)) return undefined;
      const token = environment[tokenRef]?.trim();
      if (token !== undefined && token !== '') return token;
      return real ? undefined : 'dev-access-token';
    },
  });
}

/** `.env` fills what the environment leaves open; the environment wins. */
function environmentWithDotenv(): Environment {
  const fromFile: Record<string, string> = {};
  readDotenv({ processEnv: fromFile, quiet: true });
  return { ...fromFile, ...process.env };
}

/** For integrators who import the credit core singly: the database that DATABASE_URL names. */
export function databaseUrlFromEnvironment(): string {
  const url = readConfig('command').databaseUrl;
  if (url === undefined) {
    throw new SetupError('DATABASE_URL is not set.', 'Set it, or call createCredit({ databaseUrl }) instead.');
  }
  return url;
}
