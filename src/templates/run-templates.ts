import { type Config, REAL_GRAPH_URL } from '../config.ts';
import { ServiceError, SetupError } from '../shared/errors.ts';
import { createGraphCaller, type GraphResult } from '../whatsapp/graph-call.ts';
import { createGraphTemplates, type GraphTemplates, type RemoteTemplate } from '../whatsapp/graph-templates.ts';
import { compareTemplates, type TemplateFinding } from './compare.ts';
import type { TemplateLanguage } from './languages.ts';
import { type LocalTemplate, localTemplates } from './local-templates.ts';

export type TemplatesOptions = {
  config: Config;
  languages: readonly TemplateLanguage[] | undefined;
};
export type Created = { name: string; language: string; id: string; status: string };
export type NotCreated = { name: string; language: string; because: string };
export type Creation = {
  created: Created[];
  failed: NotCreated[];
  /** Left for another run: Meta limits how many may be made in an hour. */
  left: number;
};

const NEEDED = ['WHATSAPP_ACCESS_TOKEN', 'WHATSAPP_BUSINESS_ACCOUNT_ID'];
/** Limits of calls, of templates per hour and of templates per account. */
const LIMIT_CODES = [4, 17, 32, 613, 80007, 80008];
const LIMIT_SUBCODES = [2388019, 2494102];

/** Our templates beside what the account has. Throws `SetupError` when a setting is missing or Meta refuses the token. */
export async function lookAtTemplates({ config, languages }: TemplatesOptions): Promise<TemplateFinding[]> {
  const remote = unwrap(await connect(config).list());
  return compareTemplates(localTemplates(languages), remote);
}

/**
 * Submits the templates that the account does not have, one after the other; running it again goes on where it
 * stopped. Stops at the first sign of a limit. Throws as `lookAtTemplates` does.
 */
export async function createMissingTemplates(
  { config, languages }: TemplatesOptions,
  onCreated: (created: Created) => void = () => undefined,
): Promise<Creation> {
  const graph = connect(config);
  const remote = unwrap(await graph.list());
  const missing = missingOf(localTemplates(languages), remote);
  const creation: Creation = { created: [], failed: [], left: 0 };
  for (const [index, { name, language, ...rest }] of missing.entries()) {
    const result = await graph.create({ name, language, ...rest });
    if (result.kind === 'ok') {
      const created = { name, language, ...result.value };
      creation.created.push(created);
      onCreated(created);
      continue;
    }
    creation.failed.push({ name, language, because: result.detail });
    if (isRefusedForAll(result)) {
      creation.left = missing.length - index - 1;
      break;
    }
  }
  return creation;
}

function missingOf(local: LocalTemplate[], remote: RemoteTemplate[]): LocalTemplate[] {
  const known = new Set(remote.map(({ name, language }) => `${name}/${language}`));
  return local.filter(({ name, language }) => !known.has(`${name}/${language}`));
}

/** The next template would meet the same: a limit, a token, or nobody at the other end. */
function isRefusedForAll(result: Exclude<GraphResult<unknown>, { kind: 'ok' }>): boolean {
  if (result.kind === 'unreachable') return true;
  const { status, code = 0, subcode = 0 } = result;
  return status === 401 || status === 403 || LIMIT_CODES.includes(code) || LIMIT_SUBCODES.includes(subcode);
}

function connect(config: Config): GraphTemplates {
  const missing = NEEDED.filter((name) => !config.isGiven(name));
  if (missing.length > 0) {
    throw new SetupError(
      `${missing.join(' and ')} ${missing.length === 1 ? 'is' : 'are'} not set.`,
      'WhatsApp Manager > Account tools shows the id of the account; a system user with whatsapp_business_management gives the token. Put both into .env.',
    );
  }
  const call = createGraphCaller({
    baseUrl: config.graphUrl ?? REAL_GRAPH_URL,
    version: config.graphVersion,
    accessToken: config.accessToken('WHATSAPP_ACCESS_TOKEN') ?? '',
  });
  return createGraphTemplates(call, config.businessAccountId ?? '');
}

function unwrap<T>(result: GraphResult<T>): T {
  if (result.kind === 'ok') return result.value;
  if (result.kind === 'unreachable') {
    throw new ServiceError({
      code: 'graph_unreachable',
      message: `The Graph API did not answer: ${result.detail}`,
      hint: 'Look at WHATSAPP_GRAPH_URL and the way to the internet.',
      retryable: true,
    });
  }
  throw new SetupError(
    `The Graph API refused to list the templates: ${result.detail}`,
    'The token needs whatsapp_business_management for this account: npm run doctor looks at both.',
  );
}
