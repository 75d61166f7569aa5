import type { GraphMessage } from './message-rules.ts';
import { newWamid } from './payloads.ts';
import { createRandom } from './random.ts';
import type { StatusMode } from './status-plan.ts';

/** A message that the fake Graph API accepted. */
export type SentMessage = {
  wamid: string;
  phoneNumberId: string;
  /** Digits without plus; undefined when the message went to a BSUID alone. */
  to: string | undefined;
  recipient: string | undefined;
  outboxId: string | undefined;
  at: Date;
  /** What the person reads: the text, or the body of an interactive message. */
  body: string;
  /** What the person can tap: buttons or list rows. */
  choices: readonly { id: string; title: string }[];
  message: GraphMessage;
  /** The message fails with this code after it was accepted. */
  failsWith: number | undefined;
  /** How its statuses go. */
  statuses: StatusMode;
};
type Predicate = (message: SentMessage) => boolean;

export type SentLog = {
  /** Everything accepted so far (at most the newest 200,000), in order. */
  sent(): readonly SentMessage[];
  /** What went to this phone or BSUID. */
  sentTo(person: string): SentMessage[];
  /** The first message, sent before or from now on, that satisfies the predicate. Rejects after `timeoutMs`. */
  waitFor(predicate: Predicate, options?: { timeoutMs?: number; what?: string }): Promise<SentMessage>;
  /** Calls the listener with every message from now on; the result ends it. */
  onSent(listener: (message: SentMessage) => void): () => void;
  /** Empties the log. */
  forget(): void;
};

const KEPT_MAX = 200_000;

/** The memory of a fake Graph API. With a seed the ids are the same in every run. */
export function createSentLog(seed?: number): SentLog & { add(accepted: Accepted): SentMessage } {
  const nextId = seed === undefined ? newWamid : seededIds(seed);
  const listeners = new Set<(message: SentMessage) => void>();
  let kept: SentMessage[] = [];

  const onSent: SentLog['onSent'] = (listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  };

  return {
    add(accepted) {
      const message = describe(nextId(), accepted);
      if (kept.length >= KEPT_MAX) kept = kept.slice(KEPT_MAX / 2);
      kept.push(message);
      for (const listener of listeners) listener(message);
      return message;
    },
    sent: () => kept,
    sentTo: (person) => kept.filter(({ to, recipient }) => to === person || recipient === person),
    waitFor(predicate, { timeoutMs = 5_000, what = 'the expected message' } = {}) {
      const already = kept.find(predicate);
      if (already !== undefined) return Promise.resolve(already);
      return new Promise((resolve, reject) => {
        const timer = setTimeout(() => {
          stop();
          reject(new Error(`${what} was not sent within ${timeoutMs} ms; ${kept.length} other messages were`));
        }, timeoutMs);
        const stop = onSent((message) => {
          if (!predicate(message)) return;
          clearTimeout(timer);
          stop();
          resolve(message);
        });
      });
    },
    onSent,
    forget() {
      kept = [];
    },
  };
}

type Accepted = Pick<SentMessage, 'phoneNumberId' | 'message' | 'at' | 'failsWith' | 'statuses'>;

function describe(wamid: string, { phoneNumberId, message, at, failsWith, statuses }: Accepted): SentMessage {
  return {
    wamid,
    phoneNumberId,
    to: message.to?.replace(/^\+/, ''),
    recipient: message.recipient,
    outboxId: message.biz_opaque_callback_data,
    at,
    body: bodyOf(message),
    choices: choicesOf(message),
    message,
    failsWith,
    statuses,
  };
}

function bodyOf(message: GraphMessage): string {
  switch (message.type) {
    case 'text':
      return message.text.body;
    case 'interactive':
      return message.interactive.body?.text ?? '';
    case 'document':
      return message.document.caption ?? message.document.filename ?? '';
    case 'reaction':
      return message.reaction.emoji;
    case 'template':
      return message.template.name;
  }
}

function choicesOf(message: GraphMessage): { id: string; title: string }[] {
  if (message.type !== 'interactive') return [];
  const { interactive } = message;
  switch (interactive.type) {
    case 'button':
      return interactive.action.buttons.map(({ reply }) => reply);
    case 'list':
      return interactive.action.sections.flatMap(({ rows }) => rows);
    default:
      return [];
  }
}

function seededIds(seed: number): () => string {
  const random = createRandom(seed ^ 0x5eed);
  return () => {
    const bytes = Buffer.from(Array.from({ length: 30 }, () => Math.floor(random() * 256)));
    return `wamid.${bytes.toString('base64')}`;
  };
}
