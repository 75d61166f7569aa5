import { z } from 'zod';
import { createGraphCaller, type GraphCall, type GraphCallOptions, type GraphResult, mapOk } from './graph-call.ts';

// The management side of the Graph API, for `npm run doctor` and `npm run tunnel`: what a token may do, what a line is,
// and where Meta sends its webhooks.

export type GraphAdminOptions = GraphCallOptions & { app: { id: string; secret: string } };

export type TokenFacts = {
  valid: boolean;
  appId: string | undefined;
  scopes: string[];
  /** Undefined for tokens that do not end. */
  expiresAt: Date | undefined;
};
export type LineFacts = {
  displayPhone: string | undefined;
  verifiedName: string | undefined;
  quality: string | undefined;
  status: string | undefined;
  platform: string | undefined;
  /** Callbacks that Meta would use for this line, the nearest first in line, account, app. */
  callbacks: { line: string | undefined; account: string | undefined; app: string | undefined };
};
/** The app's subscription to WhatsApp accounts. */
export type AppSubscription = { callbackUrl: string; active: boolean; fields: string[] };
export type Callback = { url: string; verifyToken: string };

export type GraphAdmin = {
  inspectToken(): Promise<GraphResult<TokenFacts>>;
  readLine(phoneNumberId: string): Promise<GraphResult<LineFacts>>;
  /** Phone number ids of an account. */
  accountLines(accountId: string): Promise<GraphResult<string[]>>;
  /** Null when the app has no callback for WhatsApp accounts. */
  appSubscription(): Promise<GraphResult<AppSubscription | null>>;
  subscribeApp(callback: Callback, fields: readonly string[]): Promise<GraphResult<true>>;
  unsubscribeApp(): Promise<GraphResult<true>>;
  /** Whether the account sends its events to this app. */
  accountSubscribed(accountId: string): Promise<GraphResult<boolean>>;
  subscribeAccount(accountId: string): Promise<GraphResult<true>>;
  unsubscribeAccount(accountId: string): Promise<GraphResult<true>>;
  /** Sends the events of one line elsewhere; null takes that back. Meta shakes hands with the address at once. */
  overrideLine(phoneNumberId: string, callback: Callback | null): Promise<GraphResult<true>>;
};

const WHATSAPP = 'whatsapp_business_account';

const text = z.string().optional().catch(undefined);
const texts = z.array(z.string()).catch([]);
const tokenSchema = z.object({
  data: z.object({
    is_valid: z.boolean().catch(false),
    app_id: z.coerce.string().optional().catch(undefined),
    scopes: texts,
    expires_at: z.number().optional().catch(undefined),
  }),
});
const lineSchema = z.object({
  display_phone_number: text,
  verified_name: text,
  quality_rating: text,
  status: text,
  platform_type: text,
  webhook_configuration: z
    .object({ phone_number: text, whatsapp_business_account: text, application: text })
    .catch({ phone_number: undefined, whatsapp_business_account: undefined, application: undefined })
    .optional(),
});
const idsSchema = z.object({ data: z.array(z.object({ id: z.coerce.string() })) });
const subscriptionsSchema = z.object({
  data: z.array(
    z.object({
      object: z.string(),
      callback_url: z.string().catch(''),
      active: z.boolean().catch(true),
      // Newer versions describe each field with its version; older ones name it alone.
      fields: z.array(z.union([z.string(), z.object({ name: z.string() }).transform(({ name }) => name)])).catch([]),
    }),
  ),
});
const accountAppsSchema = z.object({
  data: z.array(
    z.object({ whatsapp_business_api_data: z.object({ id: z.coerce.string() }).optional().catch(undefined) }),
  ),
});
const doneSchema = z.object({ success: z.literal(true) }).transform((): true => true);

/** `asApp`: with the app's own token instead of the system user's. */
type AdminCall = Omit<GraphCall, 'token' | 'secrets'> & { asApp?: boolean };

/** The way to Graph's management calls. Resolves always; every wait is bounded. */
export function createGraphAdmin(options: GraphAdminOptions): GraphAdmin {
  const { app } = options;
  const appToken = `${app.id}|${app.secret}`;
  const caller = createGraphCaller(options);
  const secrets = (ask: AdminCall) => [app.secret, ask.form?.verify_token ?? ''];
  const call = <T>(ask: AdminCall, schema: z.ZodType<T>): Promise<GraphResult<T>> =>
    caller({ ...ask, token: ask.asApp ? appToken : undefined, secrets: secrets(ask) }, schema);

  return {
    async inspectToken() {
      const query = { input_token: options.accessToken };
      const result = await call({ path: 'debug_token', query, asApp: true }, tokenSchema);
      return mapOk(result, ({ data }) => ({
        valid: data.is_valid,
        appId: data.app_id,
        scopes: data.scopes,
        // Zero means that it does not end.
        expiresAt: data.expires_at ? new Date(data.expires_at * 1000) : undefined,
      }));
    },
    async readLine(phoneNumberId) {
      const fields = 'display_phone_number,verified_name,quality_rating,status,platform_type,webhook_configuration';
      const result = await call({ path: phoneNumberId, query: { fields } }, lineSchema);
      return mapOk(result, (line) => ({
        displayPhone: line.display_phone_number,
        verifiedName: line.verified_name,
        quality: line.quality_rating,
        status: line.status,
        platform: line.platform_type,
        callbacks: {
          line: line.webhook_configuration?.phone_number,
          account: line.webhook_configuration?.whatsapp_business_account,
          app: line.webhook_configuration?.application,
        },
      }));
    },
    async accountLines(accountId) {
      const result = await call({ path: `${accountId}/phone_numbers`, query: { limit: '100' } }, idsSchema);
      return mapOk(result, ({ data }) => data.map(({ id }) => id));
    },
    async appSubscription() {
      const result = await call({ path: `${app.id}/subscriptions`, asApp: true }, subscriptionsSchema);
      return mapOk(result, ({ data }) => {
        const found = data.find(({ object }) => object === WHATSAPP);
        if (found === undefined) return null;
        return { callbackUrl: found.callback_url, active: found.active, fields: found.fields };
      });
    },
    subscribeApp(callback, fields) {
      const form = {
        object: WHATSAPP,
        callback_url: callback.url,
        verify_token: callback.verifyToken,
        fields: fields.join(','),
      };
      return call({ method: 'POST', path: `${app.id}/subscriptions`, form, asApp: true }, doneSchema);
    },
    unsubscribeApp() {
      return call(
        { method: 'DELETE', path: `${app.id}/subscriptions`, query: { object: WHATSAPP }, asApp: true },
        doneSchema,
      );
    },
    async accountSubscribed(accountId) {
      const result = await call({ path: `${accountId}/subscribed_apps` }, accountAppsSchema);
      return mapOk(result, ({ data }) => data.some((one) => one.whatsapp_business_api_data?.id === app.id));
    },
    subscribeAccount: (accountId) => call({ method: 'POST', path: `${accountId}/subscribed_apps` }, doneSchema),
    unsubscribeAccount: (accountId) => call({ method: 'DELETE', path: `${accountId}/subscribed_apps` }, doneSchema),
    overrideLine(phoneNumberId, callback) {
      const webhook_configuration =
        callback === null
          ? { override_callback_uri: '' }
          : { override_callback_uri: callback.url, verify_token: callback.verifyToken };
      return call({ method: 'POST', path: phoneNumberId, json: { webhook_configuration } }, doneSchema);
    },
  };
}
