import { SetupError } from '../../shared/errors.ts';
import type { Callback, GraphAdmin } from '../../whatsapp/graph-admin.ts';
import type { GraphResult } from '../../whatsapp/graph-call.ts';
import type { Journal, Step } from './journal.ts';

export type Registration = {
  graph: GraphAdmin;
  journal: Journal;
  phoneNumberId: string;
  businessAccountId: string;
  say: (line: string) => void;
};

/** What a wholesaler's app listens to: messages, and the news that raise alerts. */
const FIELDS = [
  'messages',
  'account_update',
  'message_template_status_update',
  'phone_number_quality_update',
  'business_capability_update',
];

/**
 * Points Meta to the callback with as little change as possible: an app without a callback gets this one, an app that
 * has one keeps it and only the line is redirected; the account is subscribed where it was not. Each step is in the
 * journal before it is made. Refuses with a `SetupError`.
 */
export async function registerWebhook(callback: Callback, registration: Registration): Promise<void> {
  const { graph, journal, phoneNumberId, businessAccountId, say } = registration;
  const steps: Step[] = [];
  const make = async (step: Step, what: string, change: () => Promise<GraphResult<true>>): Promise<void> => {
    steps.push(step);
    await journal.write(steps);
    orRefuse(await change(), what);
    say(what);
  };
  const app = orRefuse(await graph.appSubscription(), 'reading the callback of the app');
  if (app === null) {
    await make({ kind: 'app_subscribed' }, 'callback of the app set', () => graph.subscribeApp(callback, FIELDS));
  } else if (!app.fields.includes('messages')) {
    throw new SetupError(
      `The app's callback ${app.callbackUrl} does not get the field "messages", so no line of it does.`,
      'Subscribe to it under WhatsApp > Configuration > Webhook fields.',
    );
  }
  const { callbacks } = orRefuse(await graph.readLine(phoneNumberId), 'reading the line');
  const counts = callbacks.line || callbacks.account || app?.callbackUrl || callback.url;
  if (counts !== callback.url) {
    const step: Step = { kind: 'line_overridden', phoneNumberId, previousUrl: callbacks.line || null };
    await make(step, `line redirected, ${counts} stays as it is`, () => graph.overrideLine(phoneNumberId, callback));
  }
  if (!orRefuse(await graph.accountSubscribed(businessAccountId), 'reading the subscriptions of the account')) {
    const step: Step = { kind: 'account_subscribed', accountId: businessAccountId };
    await make(step, 'account subscribed', () => graph.subscribeAccount(businessAccountId));
  }
}

/** Takes back what the journal holds, newest first. What cannot be taken back stays in the journal and is told. */
export async function undoRegistration(
  { graph, journal, say }: Pick<Registration, 'graph' | 'journal' | 'say'>,
  verifyToken: string,
): Promise<boolean> {
  const left: Step[] = [];
  for (const step of (await journal.read()).reverse()) {
    const result = await undo(graph, step, verifyToken);
    if (result.kind === 'ok') say(`${describe(step)}: taken back`);
    else {
      left.unshift(step);
      say(`${describe(step)}: NOT taken back (${result.detail}). ${byHand(step)}`);
    }
  }
  await journal.write(left);
  return left.length === 0;
}

function undo(graph: GraphAdmin, step: Step, verifyToken: string): Promise<GraphResult<true>> {
  switch (step.kind) {
    case 'app_subscribed':
      return graph.unsubscribeApp();
    case 'account_subscribed':
      return graph.unsubscribeAccount(step.accountId);
    case 'line_overridden': {
      const previous = step.previousUrl === null ? null : { url: step.previousUrl, verifyToken };
      return graph.overrideLine(step.phoneNumberId, previous);
    }
  }
}

function describe(step: Step): string {
  switch (step.kind) {
    case 'app_subscribed':
      return 'callback of the app';
    case 'account_subscribed':
      return 'subscription of the account';
    case 'line_overridden':
      return 'redirection of the line';
  }
}

function byHand(step: Step): string {
  return step.kind === 'line_overridden' && step.previousUrl !== null
    ? `Before, it went to ${step.previousUrl}: set that again, or run npm run tunnel -- --undo when it answers.`
    : 'Run npm run tunnel -- --undo again, or look under WhatsApp > Configuration.';
}

function orRefuse<T>(result: GraphResult<T>, what: string): T {
  if (result.kind === 'ok') return result.value;
  const said = result.kind === 'refused' ? 'Meta refused' : 'Meta could not be reached';
  throw new SetupError(`${what}: ${said}: ${result.detail}`, 'npm run doctor looks at each link of the chain.');
}
