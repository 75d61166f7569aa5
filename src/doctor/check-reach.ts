import { randomInt } from 'node:crypto';
import { request } from 'undici';
import { messageOf } from '../shared/errors.ts';
import { type Finding, failed, ok, skipped } from './types.ts';

const TIMEOUT_MS = 10_000;
const ANSWER_MAX = 4_096;

type Answer = { status: number; body: string };

/** Calls the public address as Meta does: the handshake has to come back, and an unsigned delivery has to be refused. */
export async function checkReach(callbackUrl: string | undefined, verifyToken: string): Promise<Finding[]> {
  if (callbackUrl === undefined) {
    return [skipped('handshake', 'No callback is known.'), skipped('signature', 'No callback is known.')];
  }
  const challenge = String(randomInt(1_000_000_000, 9_999_999_999));
  const url = new URL(callbackUrl);
  url.searchParams.set('hub.mode', 'subscribe');
  url.searchParams.set('hub.challenge', challenge);
  url.searchParams.set('hub.verify_token', verifyToken);
  const shaken = await ask(url, 'GET');
  const handshake = judgeHandshake(shaken, callbackUrl, challenge);
  if (handshake.state !== 'ok') return [handshake, skipped('signature', 'The handshake has to work first.')];
  const unsigned = await ask(new URL(callbackUrl), 'POST', '{"object":"whatsapp_business_account","entry":[]}');
  return [handshake, judgeUnsigned(unsigned, callbackUrl)];
}

function judgeHandshake(answer: Answer | string, url: string, challenge: string): Finding {
  const check = 'handshake';
  if (typeof answer === 'string') {
    return failed(
      check,
      `${url} cannot be reached: ${answer}.`,
      'Is the service up, and the tunnel or proxy in front of it?',
    );
  }
  if (answer.status === 200 && answer.body === challenge) return ok(check, `${url} answers as Meta expects.`);
  if (answer.status === 403) {
    return failed(
      check,
      `${url} refuses our verify token.`,
      'The service there runs with another WHATSAPP_VERIFY_TOKEN.',
    );
  }
  return failed(
    check,
    `${url} answered ${answer.status} and not the challenge.`,
    'Something else answers there. The path has to be /webhooks/whatsapp.',
  );
}

function judgeUnsigned(answer: Answer | string, url: string): Finding {
  const check = 'signature';
  if (typeof answer === 'string')
    return failed(check, `${url} took no delivery: ${answer}.`, 'Look at the proxy in front of it.');
  if (answer.status === 401) return ok(check, 'An unsigned delivery is refused.');
  return failed(
    check,
    `${url} answered ${answer.status} to an unsigned delivery, where 401 was due.`,
    'Something between Meta and the service answers in its place.',
  );
}

/** The answer, or what went wrong in words. */
async function ask(url: URL, method: 'GET' | 'POST', body?: string): Promise<Answer | string> {
  try {
    const answer = await request(url, {
      method,
      body: body ?? null,
      headers: {
        'content-type': 'application/json',
        // The free plan of ngrok shows browsers a page in between; this says that we are none.
        'ngrok-skip-browser-warning': '1',
      },
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    let text = '';
    for await (const chunk of answer.body as AsyncIterable<Buffer>) {
      text += chunk.toString('utf8');
      if (text.length > ANSWER_MAX) break;
    }
    return { status: answer.statusCode, body: text };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? `${String(error.code)} ` : '';
    return `${code}${messageOf(error)}`.trim();
  }
}
