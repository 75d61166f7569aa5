import type { Clock } from '../shared/clock.ts';
import type { Logger } from '../shared/logger.ts';

const WINDOW_MS = 60_000;

/** Explains refused deliveries in the log: what is wrong, where to mend it and how to check. */
export type Teacher = {
  signatureMismatch(headerMissing: boolean): void;
  verifyTokenMismatch(): void;
};

/**
 * A teacher speaks at the first mishap and then at most once a minute with the number of mishaps since, because anybody
 * on the internet can cause them and must not be able to fill the log.
 */
export function createTeacher(logger: Logger, clock: Clock): Teacher {
  const missing = oncePerWindow(clock, (count) =>
    logger.warn(
      { count, hint: 'Only Meta and `npm run replay` sign deliveries; other visitors can be ignored.' },
      `Webhook delivery without X-Hub-Signature-256 (${count} in the last minute). It was refused and nothing was stored.`,
    ),
  );
  const wrong = oncePerWindow(clock, (count) =>
    logger.warn(
      { count, hint: 'Look under App settings > Basic, update .env, then run: npm run doctor' },
      `Webhook signature did not match (${count} in the last minute). ` +
        'The app secret in WHATSAPP_APP_SECRET is not the one Meta signs with. ' +
        'Look under App settings > Basic, update .env, then run: npm run doctor',
    ),
  );
  const token = oncePerWindow(clock, (count) =>
    logger.warn(
      { count, hint: 'Put the same words into WHATSAPP_VERIFY_TOKEN and into the webhook form of the app dashboard.' },
      `Webhook handshake refused (${count} in the last minute). The verify token is not the one in WHATSAPP_VERIFY_TOKEN. ` +
        'Look under WhatsApp > Configuration > Webhook, make both equal, then press Verify and save again.',
    ),
  );
  return {
    signatureMismatch: (headerMissing) => (headerMissing ? missing() : wrong()),
    verifyTokenMismatch: token,
  };
}

function oncePerWindow(clock: Clock, say: (count: number) => void): () => void {
  let count = 0;
  let silentUntilMs = 0;
  return () => {
    count += 1;
    const nowMs = clock.now().getTime();
    if (nowMs < silentUntilMs) return;
    // What happened before a long quiet spell is no longer "in the last minute".
    if (nowMs >= silentUntilMs + WINDOW_MS) count = 1;
    say(count);
    count = 0;
    silentUntilMs = nowMs + WINDOW_MS;
  };
}
