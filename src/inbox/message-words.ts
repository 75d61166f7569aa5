import type { IncomingMessage } from './types.ts';

const MEDIA = {
  voice: 'a voice note',
  audio: 'a sound file',
  image: 'a photo',
  video: 'a video',
  document: 'a document',
  sticker: 'a sticker',
} as const;

/** What a person said or did, as a transcript has it. */
export function wordsOfMessage(message: IncomingMessage): string {
  switch (message.type) {
    case 'text':
      return message.body;
    case 'tap':
      return `taps [${message.title}]`;
    case 'cart':
      return `sends a cart: ${message.items.map((item) => `${item.quantity ?? '?'} x ${item.sku}`).join(', ')}`;
    case 'media':
      return `sends ${MEDIA[message.media]}`;
    default:
      return `(${message.type})`;
  }
}
