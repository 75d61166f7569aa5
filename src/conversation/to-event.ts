import type { IncomingMessage } from '../inbox/index.ts';
import type { ConversationEvent } from './types.ts';

/** What a message says to the bot; null for what is not answered: reactions, groups, Meta's own notes. */
export function toConversationEvent(message: IncomingMessage): ConversationEvent | null {
  switch (message.type) {
    case 'text':
      return { kind: 'text', body: message.body };
    case 'tap':
      return { kind: 'tap', id: message.id, title: message.title };
    case 'cart':
      return { kind: 'cart', items: message.items };
    case 'media':
      return { kind: 'media', media: message.media };
    case 'location':
    case 'contacts':
      return { kind: 'unreadable', what: message.type };
    case 'unsupported':
      return { kind: 'unreadable', what: message.what };
    case 'reaction':
    case 'system':
    case 'group':
      return null;
  }
}
