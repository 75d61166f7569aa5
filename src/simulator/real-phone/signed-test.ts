import { request } from 'undici';
import { messageOf } from '../../shared/errors.ts';
import { signBody } from '../../whatsapp/signature.ts';

const TIMEOUT_MS = 10_000;

/**
 * Posts a signed delivery to the public address, as Meta would: of the line that the dashboard's Test button names, which
 * nobody has, so that it is stored and answered by nobody. Returns what is wrong, or undefined.
 */
export async function postSignedTest(callbackUrl: string, appSecret: string): Promise<string | undefined> {
  const value = {
    messaging_product: 'whatsapp',
    metadata: { display_phone_number: '16505551111', phone_number_id: '123456123' },
    messages: [
      {
        from: '16315551181',
        id: 'orderlock.tunnel.test',
        timestamp: '1504902988',
        type: 'text',
        text: { body: 'test' },
      },
    ],
  };
  const body = JSON.stringify({
    object: 'whatsapp_business_account',
    entry: [{ id: '0', changes: [{ field: 'messages', value }] }],
  });
  try {
    const answer = await request(callbackUrl, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-hub-signature-256': signBody(body, appSecret) },
      body,
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    await answer.body.dump();
    return answer.statusCode === 200 ? undefined : `a signed delivery was answered ${answer.statusCode}`;
  } catch (error) {
    return `a signed delivery did not arrive: ${messageOf(error)}`;
  }
}
