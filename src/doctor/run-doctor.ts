import { type Config, REAL_GRAPH_URL } from '../config.ts';
import { messageOf } from '../shared/errors.ts';
import { createGraphAdmin } from '../whatsapp/graph-admin.ts';
import { checkDatabase } from './check-database.ts';
import { checkMeta } from './check-meta.ts';
import { checkReach } from './check-reach.ts';
import { type Finding, failed, ok, skipped } from './types.ts';

export type DoctorOptions = {
  config: Config;
  /** Gives the database's address while `work` runs; starts the embedded server where none is configured. */
  withDatabase: <T>(work: (url: string) => Promise<T>) => Promise<T>;
  now: () => Date;
  /** Called with each finding as it is made, because the slow ones take seconds. */
  onFinding?: (finding: Finding) => void;
};

/** What the checks at Meta need, with the settings that they come from. */
const META_SETTINGS = [
  'WHATSAPP_ACCESS_TOKEN',
  'WHATSAPP_APP_ID',
  'WHATSAPP_APP_SECRET',
  'WHATSAPP_PHONE_NUMBER_ID',
  'WHATSAPP_BUSINESS_ACCOUNT_ID',
];

/** Looks at every link between a phone and the ledger, in the order in which a message passes them. */
export async function runDoctor(options: DoctorOptions): Promise<Finding[]> {
  const all: Finding[] = [];
  const add = (findings: Finding[]): void => {
    for (const finding of findings) {
      all.push(finding);
      options.onFinding?.(finding);
    }
  };
  const { config } = options;
  add([checkSettings(config)]);
  add(await lookAtDatabase(options));
  const missing = META_SETTINGS.filter((name) => !config.isGiven(name));
  if (missing.length > 0) {
    const fake = missing.includes('WHATSAPP_ACCESS_TOKEN');
    const message = fake
      ? 'Not set up: demo and dev talk to the built-in fake Graph API.'
      : `Not looked at: ${missing.join(', ')} ${missing.length === 1 ? 'is' : 'are'} not set.`;
    add([skipped('Meta', message, `docs/real-phone.md leads to a real phone; it needs ${missing.join(', ')}.`)]);
    return all;
  }
  const { appId = '', phoneNumberId = '', businessAccountId = '' } = config;
  const { findings, callbackUrl } = await checkMeta({
    graph: createGraphAdmin({
      baseUrl: config.graphUrl ?? REAL_GRAPH_URL,
      version: config.graphVersion,
      accessToken: config.accessToken('WHATSAPP_ACCESS_TOKEN') ?? '',
      app: { id: appId, secret: config.appSecrets[0] ?? '' },
    }),
    appId,
    phoneNumberId,
    businessAccountId,
    now: options.now,
  });
  add(findings);
  add(await checkReach(callbackUrl, config.verifyToken));
  return all;
}

function checkSettings(config: Config): Finding {
  const given = [...META_SETTINGS, 'DATABASE_URL'].filter((name) => config.isGiven(name));
  return ok('settings', given.length === 0 ? 'All defaults.' : `Readable; given: ${given.join(', ')}.`);
}

async function lookAtDatabase({ config, withDatabase, now }: DoctorOptions): Promise<Finding[]> {
  try {
    return await withDatabase((url) => checkDatabase({ url, phoneNumberId: config.phoneNumberId, now }));
  } catch (error) {
    return [failed('database', messageOf(error), 'Stop what uses the data folder, or set DATABASE_URL.')];
  }
}
