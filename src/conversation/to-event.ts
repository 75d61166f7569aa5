import type { IncomingMessage } from '../inbox/index.ts';
import type { ConversationEvent } from './types.ts';

/**
 * What Meta does not pass on and nobody expects an answer to: gestures about messages, not messages. Everything else that
 * comes as `unsupported` was said to us, perhaps an order, and its sender must hear that it was not read.
 */
const GESTURES = new Set(['reaction', 'pin', 'keep_in_chat', 'poll_update']);

/** What a message says to the bot, and which event brought it; null for what is not answered: reactions, groups, Meta's own notes. */
export function toConversationEvent(message: IncomingMessage, eventId: string): ConversationEvent | null {
  switch (message.type) {
    case 'text':
      return { kind: 'text', body: message.body };
    case 'tap':
      return { kind: 'tap', id: message.id, title: message.title };
    case 'cart':
      return { kind: 'cart', items: message.items };
    case 'media':
      return {
        kind: 'media',
        media: message.media,
        ...(message.file === undefined ? {} : { file: eventId }),
        ...(message.caption === undefined ? {} : { caption: message.caption }),
      };
    // Never obeyed silently: an order may stand on what was changed or taken back, so the person is asked.
    case 'edit':
    case 'revoke':
    case 'location':
    case 'contacts':
    case 'form':
      return { kind: 'unreadable', what: message.type };
    case 'unsupported':
      return GESTURES.has(message.what) ? null : { kind: 'unreadable', what: message.what };
    case 'reaction':
    case 'system':
    case 'group':
    case 'call_permission':
      return null;
  }
}
