import { randomInt } from 'node:crypto';
import { request } from 'undici';
import { z } from 'zod';
import type { GraphCall } from './graph-edge.ts';
import { type GraphAnswer, graphError } from './graph-errors.ts';

// The management side of the fake Graph API: what a token may do, what a line is, and where webhooks go. Like Meta it
// shakes hands with every callback before it keeps it.

/** The app, account and token that the fake knows. Everything in it may be changed while it runs. */
export type ManagedApp = {
  appId: string;
  appSecret: string;
  accessToken: string;
  businessAccountId: string;
  lines: ManagedLine[];
  token: { valid: boolean; appId: string; scopes: string[]; expiresAt: number };
  /** Null: the app has no callback. */
  subscription: { callbackUrl: string; fields: string[] } | null;
  accountSubscribed: boolean;
  accountOverride: string | undefined;
  /** Answers every call with this error. */
  failWith: number | undefined;
};
export type ManagedLine = {
  phoneNumberId: string;
  displayPhone: string;
  quality: string;
  status: string;
  override: string | undefined;
};

/** An app that is set up well, with one line and no callback yet. */
export function wellSetUpApp(
  ids: Pick<ManagedApp, 'appId' | 'appSecret' | 'accessToken' | 'businessAccountId'> & { phoneNumberId: string },
): ManagedApp {
  const { phoneNumberId, ...app } = ids;
  return {
    ...app,
    lines: [
      { phoneNumberId, displayPhone: '+1 555-010-0123', quality: 'GREEN', status: 'CONNECTED', override: undefined },
    ],
    token: {
      valid: true,
      appId: ids.appId,
      scopes: ['whatsapp_business_management', 'whatsapp_business_messaging'],
      expiresAt: 0,
    },
    subscription: null,
    accountSubscribed: false,
    accountOverride: undefined,
    failWith: undefined,
  };
}

type ManagementCall = Pick<GraphCall, 'method' | 'path' | 'query' | 'bearer'> & { body: string };

const HANDSHAKE_MS_MAX = 5_000;
const DONE: GraphAnswer = { status: 200, body: { success: true } };

const overrideSchema = z.object({
  webhook_configuration: z.object({ override_callback_uri: z.string(), verify_token: z.string().optional() }),
});

/** Answers a management call; undefined for a path that is none. */
export async function answerManagement(app: ManagedApp, call: ManagementCall): Promise<GraphAnswer | undefined> {
  const [id = '', edge] = call.path.split('/');
  const line = app.lines.find((one) => one.phoneNumberId === id);
  const route =
    call.path === 'debug_token'
      ? 'token'
      : id === app.appId && edge === 'subscriptions'
        ? 'subscriptions'
        : id === app.businessAccountId && (edge === 'subscribed_apps' || edge === 'phone_numbers')
          ? edge
          : line !== undefined && edge === undefined
            ? 'line'
            : undefined;
  if (route === undefined) return undefined;
  if (app.failWith !== undefined) return graphError(app.failWith);
  const asApp = route === 'token' || route === 'subscriptions';
  const expected = asApp ? `${app.appId}|${app.appSecret}` : app.accessToken;
  if (call.bearer !== expected) return graphError(190);
  if (route === 'token') return describeToken(app, call);
  if (route === 'subscriptions') return appSubscription(app, call);
  if (route === 'subscribed_apps') return accountApps(app, call);
  if (route === 'phone_numbers') {
    return { status: 200, body: { data: app.lines.map(({ phoneNumberId }) => ({ id: phoneNumberId })) } };
  }
  return line === undefined ? undefined : lineNode(app, line, call);
}

function describeToken(app: ManagedApp, call: ManagementCall): GraphAnswer {
  const known = call.query.get('input_token') === app.accessToken;
  const { valid, appId, scopes, expiresAt } = app.token;
  const data = { app_id: appId, is_valid: known && valid, scopes, expires_at: expiresAt, type: 'SYSTEM_USER' };
  return { status: 200, body: { data } };
}

async function appSubscription(app: ManagedApp, call: ManagementCall): Promise<GraphAnswer> {
  if (call.method === 'DELETE') {
    app.subscription = null;
    return DONE;
  }
  if (call.method === 'POST') {
    const form = new URLSearchParams(call.body);
    const callbackUrl = form.get('callback_url') ?? '';
    if (!(await shakesHands(callbackUrl, form.get('verify_token') ?? ''))) return handshakeFailed(callbackUrl);
    app.subscription = { callbackUrl, fields: (form.get('fields') ?? '').split(',') };
    return DONE;
  }
  const { subscription } = app;
  const data =
    subscription === null
      ? []
      : [
          {
            object: 'whatsapp_business_account',
            callback_url: subscription.callbackUrl,
            active: true,
            fields: subscription.fields.map((name) => ({ name, version: 'v26.0' })),
          },
        ];
  return { status: 200, body: { data } };
}

function accountApps(app: ManagedApp, call: ManagementCall): GraphAnswer {
  if (call.method === 'POST' || call.method === 'DELETE') {
    app.accountSubscribed = call.method === 'POST';
    return DONE;
  }
  const ours = { whatsapp_business_api_data: { id: app.appId, name: 'orderlock' } };
  return { status: 200, body: { data: app.accountSubscribed ? [ours] : [] } };
}

async function lineNode(app: ManagedApp, line: ManagedLine, call: ManagementCall): Promise<GraphAnswer> {
  if (call.method === 'POST') {
    const given = overrideSchema.safeParse(parseJson(call.body));
    if (!given.success) return graphError(100, { details: 'webhook_configuration is missing' });
    const { override_callback_uri: url, verify_token: token = '' } = given.data.webhook_configuration;
    if (url !== '' && !(await shakesHands(url, token))) return handshakeFailed(url);
    line.override = url === '' ? undefined : url;
    return DONE;
  }
  const webhook_configuration = {
    phone_number: line.override,
    whatsapp_business_account: app.accountOverride,
    application: app.subscription?.callbackUrl,
  };
  return {
    status: 200,
    body: {
      id: line.phoneNumberId,
      display_phone_number: line.displayPhone,
      verified_name: 'Test Number',
      quality_rating: line.quality,
      status: line.status,
      platform_type: 'CLOUD_API',
      webhook_configuration,
    },
  };
}

async function shakesHands(callbackUrl: string, verifyToken: string): Promise<boolean> {
  if (!URL.canParse(callbackUrl)) return false;
  const challenge = String(randomInt(1_000_000_000, 9_999_999_999));
  const url = new URL(callbackUrl);
  url.searchParams.set('hub.mode', 'subscribe');
  url.searchParams.set('hub.challenge', challenge);
  url.searchParams.set('hub.verify_token', verifyToken);
  try {
    const answer = await request(url, { signal: AbortSignal.timeout(HANDSHAKE_MS_MAX) });
    return answer.statusCode === 200 && (await answer.body.text()) === challenge;
  } catch {
    // Unreachable, reset or too slow: for Meta these are all one failed handshake.
    return false;
  }
}

function handshakeFailed(url: string): GraphAnswer {
  return graphError(2200, { details: `Callback verification failed for ${url.slice(0, 200)}` });
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
