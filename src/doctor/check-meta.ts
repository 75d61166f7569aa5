import type { GraphAdmin, LineFacts } from '../whatsapp/graph-admin.ts';
import type { GraphResult } from '../whatsapp/graph-call.ts';
import { type Finding, failed, ok, skipped, warning } from './types.ts';

export type MetaCheck = {
  graph: GraphAdmin;
  appId: string;
  phoneNumberId: string;
  businessAccountId: string;
  now: () => Date;
};

const SCOPES = ['whatsapp_business_messaging', 'whatsapp_business_management'];
const DAY_MS = 86_400_000;
const EXPIRY_WARNING_MS = 3 * DAY_MS;
const CLOCK_DIFFERENCE_MS_MAX = 60_000;

/** What Meta says of token, line and subscriptions, and the address that it would call for this line. */
export async function checkMeta(options: MetaCheck): Promise<{ findings: Finding[]; callbackUrl: string | undefined }> {
  const { graph, phoneNumberId, businessAccountId } = options;
  const token = await graph.inspectToken();
  const line = await graph.readLine(phoneNumberId);
  const subscription = await graph.appSubscription();
  const known = await graph.accountLines(businessAccountId);
  const subscribed = await graph.accountSubscribed(businessAccountId);
  const app = subscription.kind === 'ok' ? subscription.value : null;
  const overridden = line.kind === 'ok' ? (line.value.callbacks.line ?? line.value.callbacks.account) : undefined;
  const findings = [
    checkToken(token, options),
    checkClock(token, options.now),
    checkLine(line, phoneNumberId),
    read('account', known, (ids) =>
      ids.includes(phoneNumberId)
        ? ok('account', `${businessAccountId} has the line.`)
        : failed(
            'account',
            `The line ${phoneNumberId} is not of account ${businessAccountId}.`,
            'Compare WHATSAPP_PHONE_NUMBER_ID and WHATSAPP_BUSINESS_ACCOUNT_ID with WhatsApp > API Setup.',
          ),
    ),
    read('app callback', subscription, (found) => checkAppCallback(found)),
    read('account subscription', subscribed, (yes) =>
      yes
        ? ok('account subscription', 'The account sends its events to this app.')
        : failed(
            'account subscription',
            'The account does not send its events to this app: no message will ever arrive.',
            `POST /${businessAccountId}/subscribed_apps with the system user's token, or run: npm run tunnel`,
          ),
    ),
    checkOverride(line, app?.callbackUrl),
  ];
  return { findings, callbackUrl: overridden ?? app?.callbackUrl };
}

/** Turns a failed call into a finding; a call that went well is judged by `judge`. */
function read<T>(check: string, result: GraphResult<T>, judge: (value: T) => Finding): Finding {
  if (result.kind === 'ok') return judge(result.value);
  if (result.kind === 'unreachable') {
    return failed(
      check,
      `Meta could not be reached: ${result.detail}.`,
      "Look at this machine's network and WHATSAPP_GRAPH_URL.",
    );
  }
  return failed(check, `Meta refused: ${result.detail}`, hintFor(result.code));
}

function hintFor(code: number | undefined): string {
  switch (code) {
    case 0:
    case 190:
      return 'The token is bad or has ended: make one for a system user and put it into WHATSAPP_ACCESS_TOKEN.';
    case 3:
    case 10:
    case 200:
      return 'The token lacks a right: it needs whatsapp_business_messaging and whatsapp_business_management.';
    case 33:
    case 100:
      return 'An id is wrong, or the token may not see it: compare the ids in .env with the Meta dashboard.';
    case 101:
      return 'App id and app secret do not belong together: see App settings > Basic.';
    default:
      return "Look the code up in Meta's list of error codes.";
  }
}

function checkToken(result: Awaited<ReturnType<GraphAdmin['inspectToken']>>, { appId, now }: MetaCheck): Finding {
  return read('token', result, (token) => {
    const again =
      'Make one for a system user (Business settings > System users) and put it into WHATSAPP_ACCESS_TOKEN.';
    if (!token.valid) return failed('token', 'The access token is not valid any more.', again);
    if (token.appId !== undefined && token.appId !== appId) {
      return failed('token', `The access token is of app ${token.appId}, not of ${appId}.`, again);
    }
    const missing = SCOPES.filter((scope) => !token.scopes.includes(scope));
    if (missing.length > 0) return failed('token', `The access token lacks ${missing.join(' and ')}.`, again);
    if (token.expiresAt === undefined) return ok('token', 'Valid without end, with both rights.');
    const leftMs = token.expiresAt.getTime() - now().getTime();
    const until = `${token.expiresAt.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
    if (leftMs > EXPIRY_WARNING_MS) return ok('token', `Valid until ${until}, with both rights.`);
    return warning('token', `Valid only until ${until}.`, `For more than a trial: ${again}`);
  });
}

function checkClock(result: GraphResult<unknown>, now: () => Date): Finding {
  if (result.kind !== 'ok' || result.date === undefined) return skipped('clock', 'Meta told no time.');
  const differenceMs = now().getTime() - result.date.getTime();
  if (Math.abs(differenceMs) <= CLOCK_DIFFERENCE_MS_MAX) return ok('clock', 'This machine and Meta agree on the time.');
  const minutes = (Math.abs(differenceMs) / 60_000).toFixed(1);
  return warning(
    'clock',
    `This machine's clock is ${minutes} minutes ${differenceMs > 0 ? 'ahead of' : 'behind'} Meta's.`,
    'Switch on time synchronisation (NTP): the 24-hour window of replies is judged by this clock.',
  );
}

function checkLine(result: GraphResult<LineFacts>, phoneNumberId: string): Finding {
  return read('line', result, (line) => {
    const name = `${line.displayPhone ?? phoneNumberId}${line.verifiedName === undefined ? '' : ` (${line.verifiedName})`}`;
    if (line.platform !== undefined && line.platform !== 'CLOUD_API') {
      return failed(
        'line',
        `${name} is not registered with the Cloud API (${line.platform}).`,
        'Register the number: WhatsApp > API Setup.',
      );
    }
    if (line.status !== undefined && line.status !== 'CONNECTED') {
      return warning('line', `${name} is ${line.status}.`, 'See WhatsApp Manager > Phone numbers.');
    }
    if (line.quality === 'RED' || line.quality === 'YELLOW') {
      return warning(
        'line',
        `${name} has the quality rating ${line.quality}.`,
        'See WhatsApp Manager > Phone numbers before sending more.',
      );
    }
    return ok('line', `${name} is ready.`);
  });
}

function checkAppCallback(found: { callbackUrl: string; active: boolean; fields: string[] } | null): Finding {
  const check = 'app callback';
  if (found === null) {
    return failed(
      check,
      'The app has no callback for WhatsApp.',
      'Run npm run tunnel, or enter it under WhatsApp > Configuration > Webhook.',
    );
  }
  if (!found.active)
    return failed(
      check,
      `${found.callbackUrl} is switched off.`,
      'Enter it anew under WhatsApp > Configuration > Webhook.',
    );
  if (!found.fields.includes('messages')) {
    return failed(
      check,
      `${found.callbackUrl} does not get the field "messages".`,
      'Subscribe to it under WhatsApp > Configuration > Webhook fields.',
    );
  }
  return ok(
    check,
    `${found.callbackUrl} gets ${found.fields.length === 1 ? 'messages' : `${found.fields.length} fields`}.`,
  );
}

/** An inherited override is the classic reason why the dashboard's test arrives and real messages do not. */
function checkOverride(result: GraphResult<LineFacts>, appUrl: string | undefined): Finding {
  const check = 'callback override';
  if (result.kind !== 'ok') return skipped(check, 'Not looked at: the line has to be readable first.');
  return read(check, result, ({ callbacks }) => {
    const [whose, url] =
      callbacks.line !== undefined ? ['the line', callbacks.line] : ['the account', callbacks.account];
    if (url === undefined || url === '' || url === appUrl) return ok(check, "None: the app's callback counts.");
    return warning(
      check,
      `Messages of this line go to ${url}, by an override of ${whose}, not to the app's callback.`,
      'If that is not meant, npm run tunnel -- --undo takes back what a tunnel left; else POST an empty override_callback_uri.',
    );
  });
}
