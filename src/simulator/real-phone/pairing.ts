import { createHash, randomInt, timingSafeEqual } from 'node:crypto';
import type { IncomingEvent } from '../../inbox/types.ts';
import { readMessage } from '../../whatsapp/message.ts';

// The first phone that sends the printed code becomes the demo's retailer. The code stands between anybody who finds the
// test number and the demo shop's credit, so it is good once, for a while, and for a few wrong guesses.

type Message = Extract<IncomingEvent, { kind: 'message' }>;

export type Pairing = {
  code: string;
  /** Looks for the code in what comes in; a message that holds it is turned into a greeting by the new retailer. */
  admit(events: IncomingEvent[]): Promise<IncomingEvent[]>;
};

export type PairingOptions = {
  phoneNumberId: string;
  /** Makes the sender the retailer. When it throws, the delivery is refused, Meta sends it again, and nothing is lost. */
  link: (sender: Message['sender']) => Promise<void>;
  onPaired: () => void;
  /** Told once, when nobody can pair any more. */
  onClosed: (because: 'guesses' | 'time') => void;
  now: () => Date;
};

const LIFETIME_MS = 30 * 60_000;
const WRONG_MAX = 10;
const GREETING = 'hi';

/** Opens a pairing with a fresh six-digit code. */
export function openPairing(options: PairingOptions): Pairing {
  const code = String(randomInt(100_000, 1_000_000));
  const endsAt = options.now().getTime() + LIFETIME_MS;
  let wrong = 0;
  let open = true;

  async function admitOne(event: IncomingEvent): Promise<IncomingEvent> {
    if (!open || event.kind !== 'message' || event.phoneNumberId !== options.phoneNumberId) return event;
    const said = readMessage(event.payload);
    const digits = said.type === 'text' ? said.body.replaceAll(/[\s-]/g, '') : '';
    if (!/^\d{6}$/.test(digits)) return event;
    if (options.now().getTime() > endsAt) return close('time', event);
    if (!sameCode(digits, code)) {
      wrong += 1;
      return wrong >= WRONG_MAX ? close('guesses', event) : event;
    }
    await options.link(event.sender);
    open = false;
    options.onPaired();
    return { ...event, payload: { ...(event.payload as object), type: 'text', text: { body: GREETING } } };
  }

  function close(because: 'guesses' | 'time', event: IncomingEvent): IncomingEvent {
    open = false;
    options.onClosed(because);
    return event;
  }

  return {
    code,
    async admit(events) {
      const admitted: IncomingEvent[] = [];
      for (const event of events) admitted.push(await admitOne(event));
      return admitted;
    },
  };
}

function sameCode(given: string, expected: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}
