import { request } from 'undici';
import { signBody } from '../../whatsapp/signature.ts';

const TIMEOUT_MS = 10_000;

export type PostDelivery = (body: string) => Promise<{ status: number }>;

/** Posts what Meta would post, to the signed webhook of the running service. */
export function createPostDelivery(webhookUrl: () => string, appSecret: string): PostDelivery {
  return async (body) => {
    const answer = await request(webhookUrl(), {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-hub-signature-256': signBody(body, appSecret) },
      body,
      headersTimeout: TIMEOUT_MS,
      bodyTimeout: TIMEOUT_MS,
    });
    await answer.body.dump();
    return { status: answer.statusCode };
  };
}
