import { z } from 'zod';
import {
  CHATS_CURSOR,
  type HeardMessage,
  listConversations,
  MESSAGES_CURSOR,
  readChat,
  readConversation,
  type SaidMessage,
} from '../../chats/index.ts';
import { wordsOfMessage } from '../../inbox/index.ts';
import { asRead } from '../../outbox/index.ts';
import { readCursor, writeCursor } from '../cursor.ts';
import { type ApiDeps, done, notFound, read } from '../route.ts';
import { uuid } from '../schemas/common.ts';
import * as schema from '../schemas/conversations.ts';

const tag = 'Conversations';

const list = read({
  id: 'listConversations',
  path: '/conversations',
  tag,
  summary: 'Chats with shops, the newest message first',
  rights: ['admin'],
  query: schema.conversationQuery,
  answer: schema.conversationPage,
  async handle({ query: { limit, cursor, only, retailerId }, caller: { wholesalerId }, deps, tx }) {
    const after = readCursor(cursor, CHATS_CURSOR);
    const { chats, next } = await listConversations(tx, { wholesalerId, only, retailerId, after, max: limit });
    return done({
      items: chats.map(({ last, ...chat }) => ({
        ...chat,
        last: last && {
          from: last.from,
          at: last.at,
          words: last.from === 'shop' ? wordsOfMessage(deps.readMessage(last.payload)) : asRead(last.reply),
        },
      })),
      nextCursor: next === null ? null : writeCursor(next),
    });
  },
});

const one = read({
  id: 'getConversation',
  path: '/conversations/{conversationId}',
  tag,
  summary: 'A chat with its messages, how each was read and what was decided',
  rights: ['admin'],
  params: z.object({ conversationId: uuid }),
  query: schema.messageQuery,
  answer: schema.conversationDetail,
  async handle({ params: { conversationId: chatId }, query: { limit, cursor }, caller: { wholesalerId }, deps, tx }) {
    const after = readCursor(cursor, MESSAGES_CURSOR);
    const chat = await readChat(tx, wholesalerId, chatId);
    const found = chat && (await readConversation(tx, { wholesalerId, chatId, after, max: limit }));
    if (chat === null || found === null) return notFound('conversation');
    const { last: _last, ...about } = chat;
    return done({
      ...about,
      messages: found.messages.map((message) => (message.from === 'shop' ? heard(message, deps) : said(message))),
      nextCursor: found.next === null ? null : writeCursor(found.next),
    });
  },
});

function heard({ id, at, payload, state, parsed, answer }: HeardMessage, { readMessage }: ApiDeps) {
  return {
    id,
    from: 'shop' as const,
    at,
    words: wordsOfMessage(readMessage(payload)),
    state,
    saidBy: null,
    why: null,
    reading: parsed && {
      intents: [parsed.intent, ...parsed.alsoIntents],
      confidence: parsed.confidence,
      lines: parsed.lines.map(({ act, sku, quantity, unit, confidence }) => ({ act, sku, quantity, unit, confidence })),
      asked: parsed.clarify.length,
    },
    decision: answer && {
      placed: answer.placed ?? null,
      cancelled: answer.cancelled ?? null,
      number: answer.number ?? null,
      code: answer.code ?? null,
      amountMinor: answer.amountMinor ?? null,
      availableMinor: answer.availableMinor ?? null,
      shortByMinor: answer.shortByMinor ?? null,
    },
  };
}

function said({ id, at, reply, state, saidBy, why }: SaidMessage) {
  return { id, from: 'us' as const, at, words: asRead(reply), state, saidBy, why, reading: null, decision: null };
}

export const conversationRoutes = [list, one];
