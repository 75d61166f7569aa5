import { type FakeGraph, startFakeGraph } from '../../src/simulator/fake-graph.ts';
import { type ManagedApp, wellSetUpApp } from '../../src/simulator/fake-management.ts';

/** What a developer writes into .env to use a real line, here at the fake Graph API. */
export const PHONE_SETTINGS = {
  WHATSAPP_APP_ID: '900100',
  WHATSAPP_APP_SECRET: 'a-real-app-secret',
  WHATSAPP_ACCESS_TOKEN: 'EAAG-system-user-token',
  WHATSAPP_PHONE_NUMBER_ID: '700200',
  WHATSAPP_BUSINESS_ACCOUNT_ID: '800300',
} as const;

export type Meta = { app: ManagedApp; graph: FakeGraph; settings: Record<string, string> };

/** Meta with one app, one account and one line, as the dashboard leaves them on the first day. */
export async function startMeta(): Promise<Meta> {
  const app = wellSetUpApp({
    appId: PHONE_SETTINGS.WHATSAPP_APP_ID,
    appSecret: PHONE_SETTINGS.WHATSAPP_APP_SECRET,
    accessToken: PHONE_SETTINGS.WHATSAPP_ACCESS_TOKEN,
    businessAccountId: PHONE_SETTINGS.WHATSAPP_BUSINESS_ACCOUNT_ID,
    phoneNumberId: PHONE_SETTINGS.WHATSAPP_PHONE_NUMBER_ID,
  });
  const graph = await startFakeGraph({
    appSecret: PHONE_SETTINGS.WHATSAPP_APP_SECRET,
    token: PHONE_SETTINGS.WHATSAPP_ACCESS_TOKEN,
    app,
    lines: [{ phoneNumberId: '700200', displayPhoneNumber: '15550100123', wabaId: '800300' }],
  });
  return { app, graph, settings: { ...PHONE_SETTINGS, WHATSAPP_GRAPH_URL: graph.url } };
}
