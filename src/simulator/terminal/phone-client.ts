import { request } from 'undici';
import { ServiceError, SetupError } from '../../shared/errors.ts';
import { signBody } from '../../whatsapp/signature.ts';
import { deliveryOf, type PhoneAct } from '../phone/act.ts';
import type { PhonePerson } from '../phone/people.ts';
import type { Look } from '../phone/phone-routes.ts';

const TIMEOUT_MS = 10_000;

/** The two sides of a phone beside a running service: Meta's signed webhook, and what the fake Graph API was sent. */
export type PhoneClient = {
  people(): Promise<PhonePerson[]>;
  /** Sends it through the signed webhook; returns the id of the message. */
  send(person: PhonePerson, act: PhoneAct): Promise<string>;
  look(person: PhonePerson, seen: Look['seen'], waitingFor: readonly string[]): Promise<Look>;
};

export function createPhoneClient({ origin, appSecret }: { origin: string; appSecret: string }): PhoneClient {
  const ask = async (path: string, body?: unknown): Promise<unknown> => {
    const response = await request(new URL(path, origin), {
      method: body === undefined ? 'GET' : 'POST',
      headers: { 'content-type': 'application/json' },
      body: body === undefined ? undefined : JSON.stringify(body),
      headersTimeout: TIMEOUT_MS,
      bodyTimeout: TIMEOUT_MS,
    });
    if (response.statusCode === 200) return response.body.json();
    await response.body.dump();
    throw new ServiceError({ code: 'no_phone_here', message: `${origin}${path} said ${response.statusCode}` });
  };
  return {
    people: async () => ((await ask('/simulator/api/phone/people')) as { people: PhonePerson[] }).people,
    async send(person, act) {
      const { wamid, body } = deliveryOf(person.line, person, act);
      const response = await request(new URL('/webhooks/whatsapp', origin), {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-hub-signature-256': signBody(body, appSecret) },
        body,
        headersTimeout: TIMEOUT_MS,
        bodyTimeout: TIMEOUT_MS,
      });
      await response.body.dump();
      if (response.statusCode === 200) return wamid;
      throw new SetupError(
        `The webhook at ${origin} answered ${response.statusCode}.`,
        'Is WHATSAPP_APP_SECRET here the one that the service was started with?',
      );
    },
    look: async (person, seen, waitingFor) =>
      (await ask('/simulator/api/phone/look', {
        address: person.phone ?? person.bsuid,
        seen,
        waitingFor,
      })) as Look,
  };
}
