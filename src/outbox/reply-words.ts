import { assertNever } from '../shared/assert.ts';
import type { ReplyContent } from './types.ts';

/** What a person reads in a reply, without its buttons and rows: for transcripts, screens and tests. */
export function wordsOf(reply: ReplyContent): string {
  switch (reply.kind) {
    case 'text':
    case 'buttons':
    case 'list':
    case 'link':
    case 'contact_request':
      return reply.body;
    case 'product':
      return reply.body ?? '';
    case 'product_list':
      return `${reply.header}\n${reply.body}`;
    case 'document':
      return reply.caption ?? reply.filename;
    case 'template':
      return [reply.name, ...reply.body.map(({ text }) => text)].join('\n');
    case 'reaction':
      return reply.emoji;
    default:
      return assertNever(reply);
  }
}

/** All that a person reads, buttons and rows included, each on the lines that it has on the phone. */
export function asRead(reply: ReplyContent): string {
  if (reply.kind === 'buttons') return `${reply.body}\n${reply.buttons.map(({ title }) => `[${title}]`).join(' ')}`;
  if (reply.kind !== 'list') return wordsOf(reply);
  const rows = reply.rows.map(({ title, description }) => `# ${title}${description ? ` - ${description}` : ''}`);
  return [reply.body, ...rows].join('\n');
}
