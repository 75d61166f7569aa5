import { type EventKind, type ListedEvent, wordsOfMessage } from '../../inbox/index.ts';
import { readMessage } from '../../whatsapp/message.ts';
import { readStatus } from '../../whatsapp/status.ts';

/** What came, by the word that stands before it. */
export const KIND_WORDS: Record<EventKind, string> = {
  message: 'Message',
  status: 'Report',
  notice: 'Account news',
  internal: 'From within',
};

export const DELIVERY_STATES: Record<ListedEvent['state'], { words: string; look: 'good' | 'warn' | 'bad' | '' }> = {
  waiting: { words: 'waiting', look: 'warn' },
  done: { words: 'done', look: 'good' },
  parked: { words: 'needs you', look: 'bad' },
  kept: { words: 'kept', look: '' },
};

const SAID_MAX = 160;

/** What a delivery says, in a line. Total: a parked one may be the very one that cannot be read. */
export function wordsOfDelivery({
  kind,
  payload,
  eventKey,
}: Pick<ListedEvent, 'kind' | 'payload' | 'eventKey'>): string {
  switch (kind) {
    case 'message':
      return short(messageWords(payload));
    case 'status': {
      const { status, errorCode } = readStatus(payload);
      return `a reply was ${status}${errorCode === undefined ? '' : ` (${errorCode})`}`;
    }
    case 'notice':
      return (/^f:(.*):[0-9a-f]{64}$/s.exec(eventKey)?.[1] ?? 'news').replaceAll('_', ' ');
    case 'internal':
      return typeof payload === 'object' && payload !== null && 'type' in payload
        ? String(payload.type).replaceAll('_', ' ')
        : 'news for a chat';
  }
}

function messageWords(payload: unknown): string {
  try {
    return wordsOfMessage(readMessage(payload));
  } catch {
    return 'a message that cannot be read';
  }
}

/** The text of a message, as far as it is one. */
export function textOfMessage(payload: unknown): string | null {
  try {
    const message = readMessage(payload);
    return message.type === 'text' ? message.body : null;
  } catch {
    return null;
  }
}

export const short = (text: string, max = SAID_MAX): string =>
  text.length > max ? `${text.slice(0, max - 1)}…` : text;
